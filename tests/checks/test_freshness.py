from datetime import date

import pytest


def titles(problems):
    return [problem.title for problem in problems]


@pytest.mark.parametrize(
    ("review_by", "found"), [("2026-11-21", 1), ("2026-11-22", 0), ("2026-11-23", 0)]
)
def test_the_strategy_itself_is_overdue_from_the_day_after_its_review(find, review_by, found):
    told = find("overdue-review", {"review_by": review_by})
    assert (
        titles(told)
        == ["leadership was to look at the whole strategy by 2026-11-21, 1 day ago"] * found
    )


def test_a_strategy_that_counts_from_its_day_of_review_may_be_overdue(find):
    header = {"effective_from": "2026-11-20", "review_by": "2026-11-20"}
    assert len(find("overdue-review", header)) == 1


def test_a_review_before_the_strategy_counts_is_a_mistake_and_not_overdue(find):
    header = {"effective_from": "2026-11-20", "review_by": "2026-11-19"}
    assert find("overdue-review", header) == []
    assert len(find("dates-reversed", header)) == 1


def test_a_review_is_told_as_due_and_then_as_overdue(find):
    terms = [
        {"id": "late", "term": "Late", "reviewed_on": "2026-10-20", "review_every": "30d"},
        {"id": "soon", "term": "Soon", "reviewed_on": "2026-10-23", "review_every": "30d"},
        {"id": "fresh", "term": "Fresh", "reviewed_on": "2026-11-22", "review_every": "30d"},
        {"id": "never", "term": "Never"},
    ]
    assert titles(find("overdue-review", glossary=terms)) == [
        'the review of the term "Late" was due on 2026-11-19, 3 days ago'
    ]
    assert titles(find("review-due", glossary=terms)) == [
        'the review of the term "Soon" is due on 2026-11-22'
    ]


@pytest.mark.parametrize(
    ("more", "found"),
    [
        ({"status": "draft"}, 0),
        ({"status": "deprecated"}, 1),
        ({"effective_until": "2026-11-21"}, 0),
        ({"effective_until": "2026-11-22"}, 1),
    ],
)
def test_nobody_need_read_again_what_is_a_draft_or_has_ended(find, more, found):
    term = {"reviewed_on": "2020-01-01", **more}
    assert len(find("overdue-review", glossary=[term])) == found


@pytest.mark.parametrize(("day", "found"), [("2026-11-22", 0), ("2026-11-23", 1)])
def test_nobody_can_have_read_it_tomorrow(find, day, found):
    assert len(find("review-in-future", glossary=[{"reviewed_on": day}])) == found


@pytest.mark.parametrize(("day", "found"), [("2026-11-21", 1), ("2026-11-22", 0)])
def test_an_entry_counts_until_the_end_of_its_last_day(find, day, found):
    assert len(find("expired-entry", glossary=[{"effective_until": day}])) == found
    assert find("expired-entry", glossary=[{}]) == []


def test_what_leadership_owes_is_told_with_how_long_it_waits(find):
    kinds = {
        "objectives": [
            {
                "initiatives": [
                    {"name": "Wait"},
                    {"name": "Hire", "due": "2026-11-20"},
                    {"name": "Train", "due": "2026-11-22"},
                ],
                "measures": [{"name": "Orders", "current": 3, "as_of": "2026-08-13"}],
            }
        ],
        "field_notes": [{"note": "Steam.", "date": "2026-11-07"}],
    }
    assert titles(find("overdue-initiative", **kinds)) == [
        'the initiative "Hire" was to be finished by 2026-11-20, 2 days ago'
    ]
    assert titles(find("stale-measure", **kinds)) == [
        'the value of "Orders" is from 2026-08-13 and was to be renewed by 2026-11-21'
    ]
    assert titles(find("unanswered-field-note", **kinds)) == [
        'the field note "Steam." has waited for an answer since 2026-11-07, for 15 days'
    ]


@pytest.mark.parametrize(
    ("today", "ran_out"),
    [
        (date(2026, 11, 21), []),
        (date(2026, 11, 22), ['the waiver of "missing-proof" ran out on 2026-11-21']),
        (
            date(2026, 11, 23),
            [
                'the waiver of "missing-proof" ran out on 2026-11-21',
                'the waiver of "vague-words" for offerings/pump ran out on 2026-11-22',
            ],
        ),
    ],
)
def test_a_waiver_counts_until_the_end_of_its_last_day(find, today, ran_out):
    known = {"reason": "We know.", "owner": "zoe"}
    waivers = [
        {"check": "missing-proof", "until": "2026-11-21", **known},
        {"check": "vague-words", "entry": "offerings/pump", "until": "2026-11-22", **known},
    ]
    kinds = {"people": [{"id": "zoe"}], "offerings": [{"id": "pump"}]}
    header = {"checks": {"waivers": waivers}}
    assert titles(find("expired-waiver", header, today, **kinds)) == ran_out


def test_an_assumption_is_decided_by_the_day_that_was_named(find):
    late = {"id": "late", "statement": "Gas stays dear.", "decide_by": "2026-11-20"}
    fine = [
        {"id": "today", "decide_by": "2026-11-22"},
        {"id": "open"},
        {**late, "id": "draft", "status": "draft"},
    ]
    [found] = find("overdue-decision", assumptions=[late, *fine])
    assert found.title == (
        'whether "Gas stays dear" still holds was to be decided by 2026-11-20, 2 days ago'
    )
