from generator.model.insights.beliefs import judge_beliefs, list_doubts
from generator.model.insights.deals import count_deals
from tests.sample import load_data


def test_what_needs_somebody_stands_first():
    states = {"a": "holds", "b": None, "c": "doubtful", "d": "broken", "e": "doubtful"}
    assumptions = [
        {"id": name, "statement": name.upper(), **({"state": state} if state else {})}
        for name, state in states.items()
    ]
    strategy = load_data(assumptions=assumptions).strategy
    assert [one.assumption.id for one in judge_beliefs(strategy)] == ["d", "c", "e", "b", "a"]
    assert [one.assumption.id for one in list_doubts(strategy)] == ["d", "c", "e"]


def test_evidence_and_field_notes_speak_for_and_against():
    evidence = [
        {"text": "Contracts fell.", "bears": "for", "source": "Finance", "date": "2026-05"},
        {"text": "Fees rose.", "bears": "against"},
    ]
    notes = [
        {
            "id": "n",
            "note": "Two pay more.",
            "bears_on": [{"assumption": "one", "bears": "against"}],
        }
    ]
    [belief] = judge_beliefs(
        load_data(assumptions=[{"evidence": evidence}], field_notes=notes).strategy
    )
    assert [sign.text for sign in belief.in_favour] == ["Contracts fell."]
    assert [(sign.text, sign.note is not None) for sign in belief.against] == [
        ("Fees rose.", False),
        ("Two pay more.", True),
    ]
    assert [(sign.source, str(sign.day)) for sign in belief.signs] == [
        ("Finance", "2026-05"),
        ("", "None"),
        ("Seller", "2026-05-01"),
    ]


def test_the_objectives_of_a_market_rest_on_what_the_market_rests_on():
    strategy = load_data(
        objectives=[{"id": "grow"}, {"id": "learn"}, {"id": "other"}],
        markets=[{"id": "dairies", "objectives": ["grow", "learn"]}],
        offerings=[{"id": "pump"}],
        assumptions=[
            {"rests_on_it": ["markets/dairies", "objectives/learn", "offerings/pump"]},
        ],
    ).strategy
    [belief] = judge_beliefs(strategy)
    assert [one.id for one in belief.objectives] == ["learn", "grow"]


def test_deals_are_counted_by_how_they_ended():
    ends = ["won", "lost", "won", "no_decision"]
    wins = [{"id": f"w{n}", "outcome": end} for n, end in enumerate(ends)]
    strategy = load_data(wins=wins).strategy
    assert count_deals(strategy.of("wins")) == (2, 1, 1)
    assert count_deals(()) == (0, 0, 0)
