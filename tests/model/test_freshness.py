from datetime import date

import pytest

from generator.model.insights.freshness import NEVER_REVIEWED, Freshness, judge_freshness
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
