from datetime import date

import pytest

from generator.checks.evidence import find_figures


def entries(problems):
    return [problem.entry for problem in problems]


def test_a_reason_without_proof_is_told_as_long_as_it_is_in_use(find):
    reasons = [
        {"id": "bare", "claim": "We measure first."},
        {"id": "proven", "proof": ["plant"]},
        {"id": "leaving", "status": "deprecated"},
    ]
    [found] = find("missing-proof", differentiators=reasons, proof=[{"id": "plant"}])
    assert (found.entry, found.title) == (
        "differentiators/bare",
        'nothing proves "We measure first"',
    )


@pytest.mark.parametrize(
    ("written", "last_day"),
    [
        ("2025-03-15", date(2025, 3, 15)),
        ("2025-02", date(2025, 2, 28)),
        ("2024-02", date(2024, 2, 29)),
        ("2025-11", date(2025, 11, 30)),
        ("2025-12", date(2025, 12, 31)),
        ("2025", date(2025, 12, 31)),
    ],
)
def test_proof_may_be_as_old_as_the_company_says_from_the_last_day_it_may_mean(
    find, written, last_day
):
    header = {"checks": {"proof_age": "365d"}}
    until = date.fromordinal(last_day.toordinal() + 365)
    after = date.fromordinal(until.toordinal() + 1)
    proof = [{"date": written, "statement": "Saved gas"}]
    assert find("old-proof", header, until, proof=proof) == []
    [found] = find("old-proof", header, after, proof=proof)
    assert found.title == f'the proof "Saved gas" is from {written}; proof may be 365 days old'


@pytest.mark.parametrize(
    ("where", "told"),
    [
        (["Nowhere"], True),
        (["They never win."], True),
        (["nothing", "Not at all!"], True),
        (["tbd"], True),
        (["Price today"], False),
        (["Nowhere", "Price today"], False),
        (["Nowhere but on price"], False),
    ],
)
def test_a_battlecard_must_say_in_what_they_win(find, where, told):
    cards = [{"id": "boilers", "where_they_win": where}]
    assert (
        entries(find("one-sided-battlecard", competitors=cards)) == ["competitors/boilers"] * told
    )


def test_a_battlecard_of_no_use_any_more_is_left_in_peace(find):
    cards = [{"status": "deprecated", "where_they_win": ["Nowhere"]}, {"id": "two"}]
    assert find("one-sided-battlecard", competitors=cards) == []


SAVED = "Over ten years you pay 40% less than with gas."


def test_the_first_text_with_a_figure_is_told_for_each_entry(find):
    objections = [
        {
            "id": "a",
            "says": "It is dear",
            "acknowledge": SAVED,
            "respond": "You also get 2x the heat.",
        },
        {
            "id": "b",
            "says": "It is slow",
            "respond": "It runs 30% faster, 3x quieter, 25% cooler and 4x smaller.",
        },
        {"id": "c", "says": "It is big", "respond": "It is small."},
    ]
    found = find("number-without-source", objections=objections)
    assert [problem.title for problem in found] == [
        'the objection "It is dear" claims 40%, and names no source',
        'the objection "It is slow" claims 30%, 3x and 25%, and names no source',
    ]


def test_a_figure_that_is_repeated_is_named_once(find):
    twice = "You pay 40% less for gas, and 40% less for water."
    [found] = find("number-without-source", objections=[{"respond": twice}])
    assert "claims 40%, and" in found.title


@pytest.mark.parametrize(
    ("kind", "fields", "told"),
    [
        ("objections", {"respond": SAVED}, True),
        ("objections", {"respond": SAVED, "sources": ["A study"]}, False),
        ("objections", {"respond": SAVED, "proof": ["plant"]}, False),
        ("objections", {"says": "You pay 40% more than with gas"}, False),
        ("personas", {"message": SAVED}, True),
        ("personas", {"goals": [SAVED]}, False),
        ("offerings", {"one_liner": SAVED}, True),
        ("offerings", {"description": SAVED}, True),
        ("offerings", {"one_liner": SAVED, "differentiators": ["proven"]}, False),
        ("offerings", {"one_liner": SAVED, "differentiators": ["bare"]}, True),
        ("competitors", {"they_say": [{"claim": SAVED, "reply": "No."}]}, False),
        ("competitors", {"they_say": [{"claim": "No.", "reply": SAVED}]}, True),
    ],
)
def test_a_figure_that_sellers_claim_needs_a_source(find, kind, fields, told):
    beside = {
        "proof": [{"id": "plant"}],
        "differentiators": [{"id": "proven", "proof": ["plant"]}, {"id": "bare"}],
    }
    found = find("number-without-source", **beside, **{kind: [fields]})
    assert entries(found) == [f"{kind}/one"] * told


@pytest.mark.parametrize(("names", "told"), [(["pump"], 0), ([], 1)])
def test_proof_that_names_an_entry_bears_it_out(find, names, told):
    offerings = [{"id": "pump", "one_liner": SAVED}]
    proof = [{"offerings": names}]
    assert len(find("number-without-source", offerings=offerings, proof=proof)) == told


def test_an_entry_that_is_named_by_something_else_is_not_borne_out(find):
    offerings = [{"id": "pump", "one_liner": SAVED}]
    plays = [{"offerings": ["pump"]}]
    assert len(find("number-without-source", offerings=offerings, plays=plays)) == 1


@pytest.mark.parametrize(
    ("text", "figures"),
    [
        ("You pay 40% less", []),
        ("Then you pay 40% less", ["40%"]),
        ("We are 3-fold faster than any boiler", ["3-fold"]),
        ("You save 100% of the heat today", []),
        ("You save 40% at least, and when it runs 30% more", ["40%"]),
        ("A dairy saves [40 percent](https://example.com) of its gas", []),
        ("A dairy saves 40 percent of its gas", ["40 percent"]),
        ("We come within ten days, on every working day", []),
    ],
)
def test_a_figure_counts_in_a_sentence_that_claims_it(text, figures):
    assert list(find_figures(text)) == figures


def test_an_outcome_is_borne_out_by_proof_a_figure_or_a_proof_that_names_it(find):
    figure = {"figure": "20%", "source": "Reports"}
    drivers = [
        {"id": "bare", "name": "Less gas."},
        {"id": "proven", "proof": ["plant"]},
        {"id": "figure", "range": figure},
        {"id": "named"},
        {"id": "leaving", "status": "deprecated"},
    ]
    proof = [{"id": "plant"}, {"id": "two", "value_drivers": ["named"]}]
    [found] = find("unproven-value-driver", value_drivers=drivers, proof=proof)
    assert (found.entry, found.title) == (
        "value_drivers/bare",
        'nothing shows that "Less gas" comes about',
    )


def test_a_figure_an_outcome_promises_is_sourced_by_its_range(find):
    promise = "You burn 30% less gas in every single month."
    bare = [{"id": "bare", "promise": promise, "proof": []}]
    [found] = find("number-without-source", value_drivers=bare)
    assert found.entry == "value_drivers/bare"
    sourced = [{"promise": promise, "range": {"figure": "30%", "source": "Reports"}}]
    assert find("number-without-source", value_drivers=sourced) == []


def signs(against, in_favour=0):
    bears = ["against"] * against + ["for"] * in_favour
    return [{"text": f"Sign {n}.", "bears": one} for n, one in enumerate(bears)]


@pytest.mark.parametrize(
    ("assumption", "told"),
    [
        ({"evidence": signs(2)}, True),
        ({"evidence": signs(2), "state": "holds"}, True),
        ({"evidence": signs(3, 2), "state": "holds"}, True),
        ({"evidence": signs(1)}, False),
        ({"evidence": signs(2, 2)}, False),
        ({"evidence": signs(2), "state": "doubtful"}, False),
        ({"evidence": signs(2), "state": "broken"}, False),
        ({"evidence": signs(2), "status": "draft"}, False),
    ],
)
def test_more_against_an_assumption_than_for_it_asks_for_doubt(find, assumption, told):
    found = find("contradicted-assumption", assumptions=[assumption])
    assert entries(found) == ["assumptions/one"] * told


def test_field_notes_speak_against_an_assumption_as_evidence_does(find):
    note = {"bears_on": [{"assumption": "one", "bears": "against"}], "status": "done"}
    found = find(
        "contradicted-assumption",
        assumptions=[{"statement": "Gas stays dear.", "evidence": signs(1)}],
        field_notes=[note],
    )
    assert [one.title for one in found] == [
        '"Gas stays dear" has 2 signs against it and none for it, and nobody calls it doubtful'
    ]


def stories(*outcomes):
    return [{"id": f"s{n}", "outcome": outcome} for n, outcome in enumerate(outcomes)]


def test_four_stories_that_were_all_won_are_one_sided(find):
    [found] = find("only-wins-told", wins=stories(*["won"] * 4))
    assert found.title == "all 4 stories are of deals that were won"
    assert find("only-wins-told", wins=stories(*["won"] * 3)) == []
    assert find("only-wins-told", wins=stories("won", "won", "won", "no_decision")) == []
    draft = [*stories("won", "won", "won"), {"id": "d", "outcome": "won", "status": "draft"}]
    assert find("only-wins-told", wins=draft) == []
