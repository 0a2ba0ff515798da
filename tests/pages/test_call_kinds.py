"""What the kinds beside the classic ones give to a call."""

from generator.pages.call import list_parts
from tests.sample import load_data


def parts(**kinds):
    strategy = load_data(**kinds).strategy
    assert strategy is not None
    return [
        (part.section, part.text, dict(part.scope), part.needed) for part in list_parts(strategy)
    ]


def test_what_a_persona_wants_and_the_words_for_it():
    driver = {
        "id": "less-gas",
        "name": "Less gas",
        "personas": ["cfo"],
        "pitches": [{"text": "To everybody."}, {"persona": "cfo", "text": "To you."}],
    }
    found = parts(personas=[{"id": "cfo"}], value_drivers=[driver])
    assert ("care", "Less gas", {"persona": ("cfo",)}, True) in found
    assert [one for one in found if one[0] == "say"] == [
        ("say", "To you.", {"persona": ("cfo",)}, True)
    ]


def test_the_lesson_of_a_deal_in_a_sentence_where_it_was_learned():
    deal = {"market": "dairies", "lesson": "Ask **first**. Then wait.", "personas": ["cfo"]}
    kinds = {"markets": [{"id": "dairies", "summary": "Milk."}], "personas": [{"id": "cfo"}]}
    [found] = [one for one in parts(wins=[deal], **kinds) if one[0] == "traps"]
    assert found == ("traps", "Ask first", {"market": ("dairies",)}, True)
    assert [one for one in parts(wins=[{}], **kinds) if one[0] == "traps"] == []


def test_what_to_listen_for_where_something_is_in_doubt():
    belief = {"watch_for": ["A rival", "A rise"], "rests_on_it": ["markets/dairies"]}
    kinds = {"markets": [{"id": "dairies"}]}
    for state, told in (("doubtful", ["A rival"]), ("holds", []), ("broken", [])):
        found = parts(assumptions=[{**belief, "state": state}], **kinds)
        assert [text for section, text, _, _ in found if section == "traps"] == told
