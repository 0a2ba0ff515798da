import json

import pytest

from generator.pages.call import (
    LONGEST,
    PER_ENTRY,
    SECTIONS,
    is_worth_a_page,
    list_parts,
    write_parts,
)
from generator.pages.registry import render_pages
from generator.pages.template_context import View
from generator.pages.templates import Templates
from generator.schema.words import read_words
from tests.markup import read_html
from tests.sample import MEDIUM_HEADER, write_medium


@pytest.fixture
def make_parts(make_edition):
    def make(*args, **kinds):
        return list_parts(make_edition(*args, **kinds).strategy)

    return make


@pytest.fixture
def write(make_edition):
    def write_data(*args, **kinds):
        edition = make_edition(*args, **kinds)
        view = View(edition, read_words("en"), "call/")
        return json.loads(write_parts(list_parts(edition.strategy), view, Templates()))

    return write_data


def parts_of(data, section):
    [found] = [one for one in data["sections"] if one["name"] == section]
    return found["parts"]


def test_the_sections_stand_in_the_order_of_a_conversation(write):
    data = write(**write_medium())
    assert [(one["name"], one["limit"]) for one in data["sections"]] == list(SECTIONS.items())
    assert list(SECTIONS) == [
        "why",
        "care",
        "questions",
        "say",
        "objections",
        "proof",
        "traps",
        "next",
    ]
    assert data["per_entry"] == PER_ENTRY


def test_what_belongs_to_a_choice_waits_until_it_is_chosen(make_parts):
    [part] = [part for part in make_parts(markets=[{}]) if part.section == "why"]
    assert (part.own, part.needed, part.scope) == ("market", True, {"market": ("one",)})


def test_an_answer_fits_what_its_objection_names(write):
    objections = [
        {
            "markets": ["dairies"],
            "acknowledge": "It does.",
            "confirm": "Is it?",
            "never_say": ["No.", "Never."],
        }
    ]
    data = write(objections=objections, markets=[{"id": "dairies"}])
    [answer] = parts_of(data, "objections")
    assert answer["scope"] == {"market": ["dairies"]}
    found = read_html(answer["html"])
    words = ["It costs too much", "It does.", "Over five years it costs less.", "Is it?"]
    assert sorted(words, key=found.text.index) == words
    assert found.addresses == {"../objections/one/"}
    assert "Never say: No." in read_html(parts_of(data, "traps")[0]["html"]).text


def test_proof_that_may_be_sent_stands_first_and_says_so(write):
    proof = [
        {"id": "a", "shareable": "internal", "date": "2026-05"},
        {"id": "b"},
        {"id": "c", "shareable": "with_permission", "date": "2026-04"},
        {"id": "d", "shareable": "public", "date": "2020"},
    ]
    found = parts_of(write(proof=proof), "proof")
    assert [part["from"] for part in found] == ["proof/d", "proof/c", "proof/a", "proof/b"]
    assert "public" in read_html(found[0]["html"]).text


def test_a_question_of_a_competitor_is_asked_only_against_it(write):
    data = write(
        competitors=[{"ask": ["How old is it?"]}], personas=[{"questions": ["Which return?"]}]
    )
    persona, competitor = parts_of(data, "questions")
    assert (persona["own"], persona.get("needed")) == ("persona", None)
    assert (competitor["own"], competitor["needed"]) == ("competitor", True)


@pytest.mark.parametrize(("kind", "is_rival"), [("direct", True), ("status_quo", False)])
def test_what_takes_it_that_one_rival_is_in_the_deal_says_so(write, kind, is_rival):
    competitors = [{"kind": kind, "ask": ["How old is it?"]}]
    data = write(competitors=competitors, personas=[{"questions": ["Which return?"]}])
    persona, competitor = parts_of(data, "questions")
    assert ("rival" in persona, "rival" in competitor) == (False, is_rival)


def test_of_what_is_in_doubt_one_thing_to_listen_for_comes_up(make_parts):
    assumption = {
        "state": "doubtful",
        "watch_for": ["Prices fall.", "Grids fill up."],
        "rests_on_it": ["markets/dairies"],
    }
    parts = make_parts(assumptions=[assumption], markets=[{"id": "dairies"}])
    assert [part.text for part in parts if part.label == "call_listen"] == ["Prices fall."]


def test_a_persona_hears_the_words_of_the_market_where_it_has_some(write):
    messages = [{"market": "mills", "text": "Steam costs you more."}]
    data = write(
        personas=[{"message": "Heat costs you less.", "messages": messages}],
        markets=[{"id": "mills"}, {"id": "dairies"}],
    )
    general, here = parts_of(data, "say")
    assert general["but_in"] == ["mills"]
    assert (here["whole"], here["scope"]) == (True, {"persona": ["one"], "market": ["mills"]})


def test_the_size_of_a_part_is_that_of_its_words(write):
    [part] = parts_of(write(differentiators=[{}]), "why")
    assert len("We measure first") <= part["size"] <= len("We measure first") + 4


def test_markup_in_a_text_is_shown_and_not_obeyed(write):
    evil = '<img src=x onerror="alert(1)"><script>alert(1)</script>'
    kinds = {
        "markets": [{"summary": evil, "pains": [{"pain": evil}], "name": evil}],
        "personas": [{"message": evil, "questions": [evil], "goals": [evil]}],
        "competitors": [{"they_say": [{"claim": evil, "reply": evil}], "avoid": [evil]}],
        "objections": [{"says": evil, "respond": evil, "acknowledge": evil}],
        "plays": [{"goal": evil, "steps": [{"do": evil}]}],
    }
    shown = 0
    for section in write(**kinds)["sections"]:
        for part in section["parts"]:
            found = read_html(part["html"])
            assert not found.tags & {"img", "script"}
            assert not [name for name, _ in found.attributes if name.startswith("on")]
            shown += "<img src=x" in found.text
    assert shown == 9


def test_what_a_reader_does_not_get_is_in_no_part(make_edition):
    kinds = {
        "markets": [{"id": "open", "audience": "public"}, {"id": "closed", "summary": "SECRET"}],
        "objections": [
            {"audience": "public", "markets": ["open", "closed"]},
            {"id": "two", "says": "SECRET"},
        ],
        "competitors": [{"quick_answer": "SECRET", "where_they_win": ["SECRET"]}],
        "proof": [{"audience": "public", "shareable": "internal", "statement": "SECRET"}],
        "personas": [{"audience": "public", "questions": ["Which return?"]}],
    }
    pages = render_pages(make_edition("public", **kinds))
    [data] = [asset.content.decode() for asset in pages.assets if asset.path == "call/parts.json"]
    everything = data + "".join(page.lay_out().html for page in pages.pages)
    assert "Which return?" in data
    assert "SECRET" not in everything
    assert "closed" not in everything


def test_a_strategy_with_nothing_to_say_has_no_call_page(make_edition, make_parts):
    strategy = make_edition(markets=[{}]).strategy
    assert not is_worth_a_page(strategy)
    for kinds, made in (({"markets": [{}]}, False), (write_medium(), True)):
        pages = render_pages(make_edition(header=MEDIUM_HEADER if made else None, **kinds))
        assert ("call/" in {page.address for page in pages.pages}) == made
        assert ("call/parts.json" in {asset.path for asset in pages.assets}) == made
        market = next(
            page
            for page in pages.pages
            if page.address.startswith("markets/") and page.address != "markets/"
        )
        assert ("call/?market=" in market.lay_out().html) == made


def sheet(parts):
    """What waits in which section, as its text and its label."""
    return [(part.section, part.text, part.label) for part in parts]


OF_A_CHOICE = {
    "markets": (
        {
            "summary": "They heat.",
            "pains": [{"pain": "Steam"}, {"pain": "Gas"}],
            "horizons": {"now": {"challenge": "Gas is dear.", "our_view": "Heat is there."}},
            "ideal_customer": {"disqualifiers": ["One shift"]},
            "do_less": ["Trade fairs"],
        },
        [
            ("why", "They heat.", ""),
            ("care", "Steam", ""),
            ("care", "Gas", ""),
            ("care", "Gas is dear.", ""),
            ("say", "Heat is there.", ""),
            ("traps", "One shift", "call_not_ours"),
            ("traps", "Trade fairs", "call_do_less"),
        ],
    ),
    "personas": (
        {
            "message": "You decide.",
            "measured_by": ["Output", "Cost"],
            "challenges": ["Noise"],
            "goals": ["Calm"],
            "asks_us": ["How long?"],
        },
        [
            ("say", "You decide.", ""),
            ("care", "Output", ""),
            ("care", "Noise", ""),
            ("care", "Calm", ""),
            ("care", "Cost", ""),
            ("traps", "How long?", "call_they_ask"),
        ],
    ),
    "offerings": (
        {
            "one_liner": "Heat from waste.",
            "problems": ["Dear gas"],
            "outcomes": ["Hot water"],
            "not_for": ["Steam"],
            "limitations": [{"limit": "160 degrees"}],
        },
        [
            ("why", "Heat from waste.", ""),
            ("care", "Dear gas", ""),
            ("say", "Hot water", ""),
            ("traps", "Steam", "call_not_for"),
            ("traps", "160 degrees", "call_limit"),
        ],
    ),
    "competitors": (
        {
            "quick_answer": "They burn gas.",
            "where_we_win": ["Cost"],
            "they_say": [{"claim": "Gas is cheap.", "reply": "It was."}],
            "avoid": ["Price", "Age", "Names"],
            "where_they_win": ["Today"],
        },
        [
            ("say", "They burn gas.", ""),
            ("say", "Cost", "call_we_win"),
            ("objections", "Gas is cheap.", ""),
            ("traps", "Price", "call_avoid"),
            ("traps", "Age", "call_avoid"),
            ("traps", "Today", "call_they_win"),
        ],
    ),
    "stages": ({"buyer_step": "Orders a study"}, [("next", "Orders a study", "")]),
}


@pytest.mark.parametrize("kind", OF_A_CHOICE)
def test_what_a_choice_brings_to_a_call_is_of_use_only_when_it_is_chosen(make_parts, kind):
    fields, expected = OF_A_CHOICE[kind]
    parts = make_parts(**{kind: [fields]})
    assert sheet(parts) == expected
    assert all(part.needed for part in parts)
    assert {part.own for part in parts} == {kind.removesuffix("s")}


def test_an_entry_brings_nothing_of_what_nobody_wrote(make_parts):
    written = make_parts(markets=[{"horizons": {"now": {"our_view": "Heat is there."}}}])
    assert [part.text for part in written] == ["They heat and cool at once.", "Heat is there."]
    assert make_parts(personas=[{}]) == ()


OF_EVERY_CALL = {
    "objections": (
        {"never_say": ["No.", "Never."]},
        [("objections", "It costs too much", ""), ("traps", "No.", "call_never_say")],
    ),
    "differentiators": (
        {"say": "We come first with a meter."},
        [("why", "We measure first", ""), ("say", "We come first with a meter.", "")],
    ),
    "proof": ({}, [("proof", "Saved 30% at a dairy", "")]),
    "plays": ({}, [("next", "A paid study", "")]),
}


@pytest.mark.parametrize("kind", OF_EVERY_CALL)
def test_what_fits_any_call_waits_for_no_choice(make_parts, kind):
    fields, expected = OF_EVERY_CALL[kind]
    parts = make_parts(**{kind: [fields]})
    assert sheet(parts) == expected
    assert not any(part.needed or part.own for part in parts)


def test_a_document_is_sent_only_for_the_offering_it_is_about(make_parts):
    assets = [{"id": "general"}, {"id": "special", "offerings": ["pump"]}]
    parts = make_parts(assets=assets, offerings=[{"id": "pump"}])
    [asset] = [part for part in parts if part.look == "asset"]
    assert (asset.source.id, asset.scope) == ("special", {"offering": ("pump",)})


def test_what_explores_an_objection_is_no_question_to_open_with(make_parts):
    parts = make_parts(
        objections=[{"explore": ["Sum or payback?"]}],
        qualification=[{"elements": [{"name": "Need", "question": "Why now?"}]}],
    )
    assert [part.text for part in parts if part.section == "questions"] == ["Why now?"]


def test_what_stands_first_where_nothing_else_decides(make_parts):
    kinds = {
        kind: [fields] for kind, (fields, _) in reversed([*OF_A_CHOICE.items()]) if kind != "stages"
    }
    said = [part.source.KIND for part in make_parts(**kinds) if part.section == "say"]
    assert said == ["personas", "markets", "competitors", "competitors", "offerings"]


def test_a_sheet_holds_no_more_than_one_page():
    assert dict(SECTIONS) == {
        "why": 3,
        "care": 5,
        "questions": 6,
        "say": 5,
        "objections": 3,
        "proof": 3,
        "traps": 5,
        "next": 2,
    }
    assert (LONGEST, PER_ENTRY) == (4800, 3)


@pytest.mark.parametrize(
    ("kinds", "worth"),
    [
        ({}, False),
        ({"objections": [{}], "markets": [{}]}, False),
        ({"objections": [{}], "proof": [{}]}, False),
        ({"objections": [{}], "proof": [{}], "markets": [{}]}, True),
        ({"differentiators": [{}], "proof": [{}], "markets": [{}]}, False),
    ],
)
def test_a_call_page_needs_a_choice_and_two_things_to_say(make_edition, kinds, worth):
    assert is_worth_a_page(make_edition(**kinds).strategy) is worth


def test_what_two_entries_ask_alike_is_known_as_one(write):
    data = write(
        personas=[{"questions": ["Who signs?", "Which return?"]}],
        offerings=[{"questions": ["Who signs ?"]}],
    )
    asked = {part["from"]: part.get("text") for part in parts_of(data, "questions")}
    assert len(asked) == 2
    assert {tuple(text or ()) for text in asked.values()} >= {("questions", "who signs")}
