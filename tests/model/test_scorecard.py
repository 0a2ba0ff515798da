from datetime import date

import pytest

from generator.model.dates import Interval
from generator.model.insights.scorecard import (
    BAD,
    CHART_HEIGHT,
    CHART_WIDTH,
    GOOD,
    STATES,
    draw_chart,
    is_stale,
    judge_measure,
    plan_for,
)
from generator.model.kinds import Measure

TODAY = date(2026, 7, 1)
PLAN = {
    "baseline": 100,
    "target": 200,
    "baseline_on": date(2026, 1, 1),
    "due": date(2027, 1, 1),
    "as_of": TODAY,
}


def measure(**values):
    return Measure(name="Orders", **{**PLAN, **values})


@pytest.mark.parametrize(
    ("current", "state"),
    [
        (100, "behind"),
        (139, "behind"),
        (140, "on_plan"),
        (150, "on_plan"),
        (159, "on_plan"),
        (161, "ahead"),
        (200, "reached"),
        (250, "reached"),
    ],
)
def test_more_is_better(current, state):
    assert judge_measure(measure(current=current), TODAY).state == state


@pytest.mark.parametrize(
    ("current", "state"),
    [(200, "behind"), (150, "on_plan"), (130, "ahead"), (100, "reached"), (90, "reached")],
)
@pytest.mark.parametrize("direction", ["down", None])
def test_less_is_better(current, state, direction):
    falling = measure(baseline=200, target=100, current=current, direction=direction)
    assert judge_measure(falling, TODAY).state == state


@pytest.mark.parametrize(
    ("current", "state"), [(28, "held"), (27.6, "held"), (26.8, "moved"), (29, "moved")]
)
def test_what_is_to_be_held_may_hardly_move(current, state):
    assert (
        judge_measure(
            measure(baseline=28, target=28, current=current, direction="hold"), TODAY
        ).state
        == state
    )


def test_after_its_day_a_target_is_reached_or_missed():
    later = date(2027, 2, 1)
    assert judge_measure(measure(current=199), later).state == "missed"
    assert judge_measure(measure(current=200), later).state == "reached"


def test_the_plan_is_a_straight_line_and_ends_flat():
    assert plan_for(measure(), date(2025, 1, 1)) == 100
    assert plan_for(measure(), date(2026, 7, 2)) == pytest.approx(149.9, abs=0.1)
    assert plan_for(measure(), date(2028, 1, 1)) == 200


@pytest.mark.parametrize("missing", ["baseline", "target", "baseline_on", "due"])
def test_without_a_whole_plan_nobody_says_behind(missing):
    course = judge_measure(measure(current=120, **{missing: None}), TODAY)
    assert course.state == ""
    assert course.planned is None


def test_a_plan_that_ends_before_it_begins_is_none():
    assert plan_for(measure(due=date(2025, 1, 1)), TODAY) is None


def test_without_a_figure_there_is_no_course():
    course = judge_measure(measure(current=None), TODAY)
    assert (course.state, course.share) == ("", None)
    assert draw_chart(measure(current=None), TODAY) is None


@pytest.mark.parametrize(("day", "stale"), [(date(2026, 4, 2), False), (date(2026, 4, 1), True)])
def test_a_figure_older_than_its_interval_is_stale(day, stale):
    one = measure(current=150, as_of=day, update_every=Interval("90d"))
    assert is_stale(one, TODAY) is stale
    assert judge_measure(one, TODAY).stale is stale


def test_a_figure_without_an_interval_is_never_stale():
    assert not is_stale(measure(current=1, as_of=date(2000, 1, 1)), TODAY)


def test_the_chart_runs_from_the_baseline_to_the_target():
    chart = draw_chart(measure(current=150), TODAY)
    assert chart is not None
    assert chart.start[0] < chart.now[0] < chart.goal[0]
    assert chart.start[1] > chart.now[1] > chart.goal[1]
    assert chart.today == chart.now[0]


@pytest.mark.parametrize("current", [-1000, 0, 100, 150, 200, 10**9])
@pytest.mark.parametrize("as_of", [date(2020, 1, 1), TODAY, date(2030, 1, 1)])
def test_the_chart_never_leaves_its_frame(current, as_of):
    chart = draw_chart(measure(current=current, as_of=as_of), TODAY)
    assert chart is not None
    for x, y in (chart.start, chart.now, chart.goal):
        assert 0 < x < CHART_WIDTH
        assert 0 < y < CHART_HEIGHT


def test_every_state_is_good_or_bad_and_has_its_words():
    from generator.schema.words import read_words

    assert set(STATES) == GOOD | BAD
    assert all(read_words("en")(f"state_{state}") for state in STATES)
