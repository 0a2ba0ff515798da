from datetime import date

import pytest

from generator.model.insights.indicators import percent, read_gauges
from tests.sample import load_data

TODAY = date(2026, 6, 1)


@pytest.fixture
def read():
    """The figures of a strategy on the day of the tests."""

    def measure(header=None, **kinds):
        strategy = load_data(header, **kinds).strategy
        assert strategy is not None
        return read_gauges(strategy, TODAY)

    return measure


@pytest.fixture
def focus(read):
    """How many of how many, by the part of focus."""

    def measure(header=None, **kinds):
        return {part.name: (part.good, part.total) for part in read(header, **kinds).focus_parts}

    return measure


@pytest.mark.parametrize(
    ("part", "whole", "found"), [(0, 0, 0), (0, 3, 0), (1, 3, 33), (999, 1000, 99), (3, 3, 100)]
)
def test_a_share_is_rounded_down_so_that_only_all_is_a_hundred(part, whole, found):
    assert percent(part, whole) == found


def test_what_is_due_soon_is_still_verified_and_what_is_overdue_or_unread_is_not(read):
    terms = [
        {"id": "fresh", "reviewed_on": "2026-05-31"},
        {"id": "soon", "reviewed_on": "2026-05-02", "review_every": "30d"},
        {"id": "late", "reviewed_on": "2026-05-01", "review_every": "30d"},
        {"id": "never"},
    ]
    notes = [{"date": "2026-05-31"}]
    assert read(glossary=terms, field_notes=notes).verified == 50


def test_completeness_counts_what_is_there_of_all_that_is_wanted(read):
    stages = [{"goal": "A study", "evidence": ["An order"], "typical_days": 3}, {"id": "two"}]
    assert read(stages=stages[:1]).complete == 100
    assert read(stages=stages, glossary=[{}]).complete == 50


def test_open_notes_are_counted_once_they_have_waited_too_long(read):
    notes = [
        {"id": "long", "date": "2026-05-01"},
        {"id": "short", "date": "2026-05-31"},
        {"id": "done", "date": "2026-05-01", "status": "done"},
    ]
    assert read(field_notes=notes).unanswered == 1


def test_figures_bear_the_version_and_the_day(read):
    found = read({"version": "2026.4"})
    assert (found.version, found.day) == ("2026.4", TODAY)


def markets(*priorities):
    return [{"id": f"no-{n}", "priority": one} for n, one in enumerate(priorities)]


@pytest.mark.parametrize(
    ("priorities", "chosen"),
    [
        (["primary"], 1),
        (["secondary"], 0),
        (["primary", "primary"], 0),
        (["primary", "secondary"], 1),
        (["secondary", "secondary"], 0),
        ([], 0),
    ],
)
def test_a_choice_is_made_where_some_markets_come_first_and_others_do_not(
    focus, priorities, chosen
):
    assert focus(markets=markets(*priorities))["focus_chosen"] == (chosen, 1)


@pytest.mark.parametrize(
    ("number", "few"), [(0, (0, 1)), (1, (1, 1)), (2, (2, 2)), (3, (2, 3)), (5, (2, 5))]
)
def test_more_primary_markets_than_allowed_blur_the_focus(focus, number, few):
    header = {"max_primary_markets": 2}
    assert focus(header, markets=markets(*["primary"] * number))["focus_few"] == few


def test_primary_markets_count_as_funded_with_a_share_of_time(focus):
    header = {
        "allocation": [
            {"to": "markets/no-0", "time": 60},
            {"to": "markets/no-1", "money": 40},
            {"to": "markets/no-2", "time": 10},
            {"to": "markets/no-3", "time": 10},
        ]
    }
    found = focus(header, markets=markets("primary", "primary", "primary", "secondary"))
    assert found["focus_funded"] == (2, 3)
    assert focus()["focus_funded"] == (0, 1)


def test_something_must_be_ruled_out(focus):
    assert focus()["focus_ruled_out"] == (1, 1)
    assert focus({"not_now": []})["focus_ruled_out"] == (0, 1)


def test_objectives_are_served_and_plays_aim_at_one(focus):
    found = focus(
        objectives=[{"id": "grow"}, {"id": "idle"}, {"id": "lazy"}],
        plays=[{"id": "a", "objectives": ["grow"]}, {"id": "b"}],
    )
    assert (found["focus_served"], found["focus_aimed"]) == ((1, 3), (1, 2))
    assert focus()["focus_served"] == (0, 1)
    assert "focus_aimed" not in focus()


def test_focus_is_the_mean_of_its_parts(read):
    found = read(markets=markets("primary"))
    assert [(part.name, part.good, part.total) for part in found.focus_parts] == [
        ("focus_few", 1, 1),
        ("focus_chosen", 1, 1),
        ("focus_ruled_out", 1, 1),
        ("focus_funded", 0, 1),
        ("focus_served", 0, 1),
    ]
    assert found.focus == 60


def test_a_strategy_that_chooses_in_all_it_does_is_wholly_focused(read):
    header = {"allocation": [{"to": "markets/no-0", "time": 60}]}
    found = read(
        header,
        markets=[{**one, "objectives": ["grow"]} for one in markets("primary", "secondary")],
        objectives=[{"id": "grow"}],
    )
    assert found.focus == 100
