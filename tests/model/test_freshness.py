from datetime import date

import pytest

from generator.model.insights.freshness import (
    NEVER_REVIEWED,
    Freshness,
    judge_freshness,
    list_stale_measures,
    list_unanswered,
    list_unfinished,
)
from tests.sample import load_data


def judge(today: date, header=None, kind: str = "markets", **fields):
    strategy = load_data(header, **{kind: [fields]}).strategy
    assert strategy is not None
    return judge_freshness(strategy.of(kind)[0], strategy.header, today)


REVIEWED = {"reviewed_on": "2026-01-01", "review_every": "90d"}
"""Due on the ninetieth day behind, the first of April."""


@pytest.mark.parametrize(
    ("today", "state"),
    [
        (date(2026, 1, 1), "verified"),
        (date(2026, 3, 17), "verified"),
        (date(2026, 3, 18), "due"),
        (date(2026, 4, 1), "due"),
        (date(2026, 4, 2), "overdue"),
    ],
)
def test_an_entry_is_trusted_until_its_review(today, state):
    assert judge(today, **REVIEWED) == Freshness(state, date(2026, 1, 1), date(2026, 4, 1))


def test_an_entry_that_nobody_reviewed_is_said_to_be_so():
    assert judge(date(2026, 1, 1)) == Freshness("never", None, None)


@pytest.mark.parametrize(
    ("kind", "header", "fields", "review_by"),
    [
        ("markets", {}, {}, date(2026, 6, 30)),
        ("people", {}, {}, date(2027, 1, 1)),
        ("markets", {"checks": {"review_every": {"markets": "10d"}}}, {}, date(2026, 1, 11)),
        ("plays", {"checks": {"review_every": {"markets": "10d"}}}, {}, date(2026, 6, 30)),
        (
            "markets",
            {"checks": {"review_every": {"markets": "10d"}}},
            {"review_every": "1d"},
            date(2026, 1, 2),
        ),
    ],
)
def test_the_entrys_own_interval_wins_then_the_headers_then_the_usual_one(
    kind, header, fields, review_by
):
    found = judge(date(2026, 1, 1), header, kind, reviewed_on="2026-01-01", **fields)
    assert found is not None
    assert found.review_by == review_by


def test_an_interval_beyond_the_calendar_never_ends():
    found = judge(date(9999, 12, 31), reviewed_on="9000-01-01", review_every="9999y")
    assert found is not None
    assert found.state in ("verified", "due")


@pytest.mark.parametrize("kind", sorted(NEVER_REVIEWED))
def test_what_was_said_on_a_day_is_not_reviewed(kind):
    assert judge(date(2030, 1, 1), kind=kind, reviewed_on="2026-01-01") is None


@pytest.mark.parametrize(
    ("today", "state"), [(date(2026, 3, 30), "verified"), (date(2026, 3, 31), "due")]
)
def test_a_company_says_how_soon_is_soon(today, state):
    header = {"checks": {"due_soon": "1d"}}
    assert judge(today, header, **REVIEWED).state == state


@pytest.fixture
def strategy_of():
    """A strategy from data."""

    def make(header=None, **kinds):
        strategy = load_data(header, **kinds).strategy
        assert strategy is not None
        return strategy

    return make


NOTE = {"date": "2026-05-01", "status": "open"}
"""To be answered within fourteen days, until the fifteenth of May."""


@pytest.mark.parametrize(
    ("today", "waits"), [(date(2026, 5, 15), False), (date(2026, 5, 16), True)]
)
def test_an_open_note_waits_too_long_from_the_day_after_its_term(strategy_of, today, waits):
    strategy = strategy_of(field_notes=[NOTE])
    assert [note.id for note in list_unanswered(strategy, today)] == ["one"] * waits


def test_a_company_says_how_long_a_note_may_wait(strategy_of):
    strategy = strategy_of({"checks": {"field_note_age": "30d"}}, field_notes=[NOTE])
    assert list(list_unanswered(strategy, date(2026, 5, 31))) == []
    assert len(list(list_unanswered(strategy, date(2026, 6, 1)))) == 1


def test_an_open_note_waits_and_one_that_is_settled_does_not(strategy_of):
    notes = [
        {**NOTE, "id": "accepted", "status": "accepted"},
        {**NOTE, "id": "declined", "status": "declined"},
        {**NOTE, "id": "done", "status": "done"},
        {**NOTE, "id": "open"},
        {**NOTE, "id": "spoken", "answer": "In spring."},
    ]
    waiting = list_unanswered(strategy_of(field_notes=notes), date(2027, 1, 1))
    assert [note.id for note in waiting] == ["open", "spoken"]


def initiatives(*written):
    return [{"initiatives": [{"name": f"No. {n}", **one} for n, one in enumerate(written)]}]


@pytest.mark.parametrize(
    ("today", "late"), [(date(2026, 3, 31), []), (date(2026, 4, 1), [date(2026, 3, 31)])]
)
def test_an_initiative_is_late_from_the_day_after_it_was_to_be_finished(strategy_of, today, late):
    strategy = strategy_of(objectives=initiatives({"due": "2026-03-31"}))
    assert [one.due for one in list_unfinished(strategy, today)] == late


def test_only_an_initiative_with_a_day_that_still_runs_can_be_late(strategy_of):
    strategy = strategy_of(
        objectives=initiatives(
            {},
            {"status": "on_track"},
            {"due": "2026-01-31", "status": "done"},
            {"due": "2026-01-31", "status": "stopped"},
            {"due": "2026-01-31", "status": "on_track"},
            {"due": "2026-01-31"},
        )
    )
    late = list(list_unfinished(strategy, date(2026, 6, 1)))
    assert [(one.position, one.initiative.name) for one in late] == [(4, "No. 4"), (5, "No. 5")]


@pytest.mark.parametrize(
    ("today", "stale"), [(date(2026, 4, 11), []), (date(2026, 4, 12), [date(2026, 4, 11)])]
)
def test_a_value_of_the_scorecard_is_stale_after_a_hundred_days(strategy_of, today, stale):
    objectives = [{"measures": [{"name": "Orders", "current": 1, "as_of": "2026-01-01"}]}]
    found = list_stale_measures(strategy_of(objectives=objectives), today)
    assert [one.due for one in found] == stale


def test_a_measure_says_itself_how_often_it_is_renewed_else_the_header_does(strategy_of):
    measures = [
        {"name": "Undated", "current": 1},
        {"name": "Weekly", "as_of": "2026-01-01", "update_every": "1w"},
        {"name": "As usual", "as_of": "2026-01-01"},
    ]
    strategy = strategy_of({"checks": {"measure_age": "30d"}}, objectives=[{"measures": measures}])
    found = {
        day: [(one.position, one.measure.name) for one in list_stale_measures(strategy, day)]
        for day in (date(2026, 1, 9), date(2026, 2, 1))
    }
    assert found == {
        date(2026, 1, 9): [(1, "Weekly")],
        date(2026, 2, 1): [(1, "Weekly"), (2, "As usual")],
    }


@pytest.mark.parametrize(
    ("status", "counts"), [("approved", True), ("draft", False), ("deprecated", False)]
)
def test_of_objectives_only_those_in_force_are_asked_for_news(strategy_of, status, counts):
    late = {
        "status": status,
        "initiatives": [{"name": "Hire", "due": "2026-01-31"}],
        "measures": [{"name": "Orders", "as_of": "2025-01-01"}],
    }
    strategy = strategy_of(objectives=[late])
    assert len(list(list_unfinished(strategy, date(2026, 6, 1)))) == counts
    assert len(list(list_stale_measures(strategy, date(2026, 6, 1)))) == counts
