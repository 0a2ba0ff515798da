from datetime import date

import pytest

from generator.model.dates import Interval
from generator.model.insights.scorecard import (
    BAD,
    CHART_HEIGHT,
    CHART_WIDTH,
    FAIR,
    GOOD,
    STATES,
    Chart,
    Tally,
    count_measures,
    draw_chart,
    is_stale,
    judge_measure,
    judge_measures,
    plan_for,
    round_plan,
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
        (140, "slightly_behind"),
        (149, "slightly_behind"),
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

    assert set(STATES) == GOOD | FAIR | BAD
    assert all(read_words("en")(f"state_{state}") for state in STATES)


HALFWAY = {
    "baseline_on": date(2026, 1, 1),
    "due": date(2026, 1, 11),
    "as_of": date(2026, 1, 6),
}
"""A plan of ten days with a figure in their middle, where it asks for 150."""


@pytest.mark.parametrize(
    ("current", "state"),
    [
        (139.9, "behind"),
        (140, "slightly_behind"),
        (150, "on_plan"),
        (160, "on_plan"),
        (160.1, "ahead"),
    ],
)
def test_a_rising_figure_is_near_its_plan_up_to_a_tenth_of_its_way(current, state):
    assert judge_measure(measure(current=current, **HALFWAY), date(2026, 1, 6)).state == state


@pytest.mark.parametrize(
    ("current", "state"),
    [
        (160.1, "behind"),
        (160, "slightly_behind"),
        (150, "on_plan"),
        (140, "on_plan"),
        (139.9, "ahead"),
    ],
)
def test_a_falling_figure_is_near_its_plan_up_to_a_tenth_of_its_way(current, state):
    falling = measure(baseline=200, target=100, current=current, **HALFWAY)
    assert judge_measure(falling, date(2026, 1, 6)).state == state


@pytest.mark.parametrize(
    ("current", "state"), [(97.9, "moved"), (98, "held"), (102, "held"), (102.1, "moved")]
)
@pytest.mark.parametrize("sign", [1, -1])
def test_what_is_to_be_held_is_held_up_to_a_fiftieth_of_its_target(current, state, sign):
    held = measure(baseline=None, target=100 * sign, current=current * sign, direction="hold")
    assert judge_measure(held, TODAY).state == state


def test_a_target_equal_to_its_baseline_is_to_be_held_unless_it_says_otherwise():
    level = {"baseline": 50, "target": 50, "current": 60}
    assert judge_measure(measure(**level), TODAY).state == "moved"
    assert judge_measure(measure(**level, direction="up"), TODAY).state == "reached"


@pytest.mark.parametrize(
    ("direction", "current", "state"),
    [
        (None, 100, "reached"),
        (None, 99, ""),
        ("up", 100, "reached"),
        ("up", 99, ""),
        ("down", 100, "reached"),
        ("down", 101, ""),
    ],
)
def test_without_a_baseline_a_figure_counts_upwards_unless_it_says_otherwise(
    direction, current, state
):
    one = measure(baseline=None, target=100, current=current, direction=direction)
    assert judge_measure(one, TODAY).state == state


@pytest.mark.parametrize(
    ("today", "state"), [(date(2027, 1, 1), "behind"), (date(2027, 1, 2), "missed")]
)
def test_a_target_may_be_reached_until_the_end_of_its_day(today, state):
    assert judge_measure(measure(current=120), today).state == state


def test_a_target_without_a_day_is_never_missed():
    assert judge_measure(measure(current=120, due=None), date(2099, 1, 1)).state == ""


def test_a_figure_is_held_against_the_plan_of_its_own_day():
    april = measure(current=126, as_of=date(2026, 4, 1))
    assert judge_measure(april, TODAY).planned == plan_for(april, date(2026, 4, 1))
    assert judge_measure(april, TODAY).state == "on_plan"
    undated = measure(current=126, as_of=None)
    assert judge_measure(undated, TODAY).planned == plan_for(undated, TODAY)
    assert judge_measure(undated, TODAY).state == "behind"


@pytest.mark.parametrize(
    ("baseline", "target", "current", "share"),
    [
        (100, 200, 125, 0.25),
        (200, 100, 125, 0.75),
        (100, 200, 90, 0),
        (100, 200, 300, 1),
        (0, 10, 5, 0.5),
        (None, 200, 125, None),
    ],
)
def test_the_share_of_the_way_is_counted_from_the_baseline(baseline, target, current, share):
    found = judge_measure(measure(baseline=baseline, target=target, current=current), TODAY)
    assert found.share == share


def test_a_way_of_no_length_has_no_share():
    one = measure(baseline=50, target=50, current=60, direction="up")
    assert judge_measure(one, TODAY).share is None


def test_the_plan_of_a_single_day_is_reached_on_it():
    short = measure(baseline_on=date(2026, 1, 1), due=date(2026, 1, 2))
    assert [plan_for(short, date(2026, 1, day)) for day in (1, 2)] == [100, 200]


def test_a_plan_needs_a_day_to_pass():
    assert plan_for(measure(due=date(2026, 1, 1)), TODAY) is None


def test_a_figure_without_a_day_of_its_own_is_never_stale():
    assert not is_stale(measure(current=1, as_of=None, update_every=Interval("1d")), TODAY)


def test_a_stale_figure_is_said_to_be_so_whatever_its_state():
    old = {"as_of": date(2026, 1, 1), "update_every": Interval("30d")}
    for values in (
        {"current": None},
        {"current": 1, "target": None},
        {"current": 250},
        {"current": 120},
        {"current": 200, "direction": "hold"},
    ):
        assert judge_measure(measure(**old, **values), TODAY).stale, values
        assert judge_measure(measure(**old, **values), date(2027, 2, 1)).stale, values


def test_the_chart_is_drawn_within_its_margins():
    chart = draw_chart(measure(current=150, **HALFWAY), date(2026, 1, 3))
    assert chart == Chart(start=(8, 56), goal=(192, 8), now=(100, 32), today=44.8)
    assert (CHART_WIDTH, CHART_HEIGHT) == (200, 64)


def test_the_chart_of_a_falling_figure_runs_downhill():
    chart = draw_chart(measure(baseline=200, target=100, current=175, **HALFWAY), TODAY)
    assert chart == Chart(start=(8, 8), goal=(192, 56), now=(100, 20), today=192)


def test_a_figure_from_after_the_end_lengthens_the_chart():
    chart = draw_chart(measure(current=200, **{**HALFWAY, "as_of": date(2026, 1, 21)}), TODAY)
    assert chart is not None
    assert (chart.goal[0], chart.now[0], chart.today) == (100, 192, 192)


def test_a_figure_outside_the_plan_stretches_the_chart():
    chart = draw_chart(measure(current=300, **HALFWAY), TODAY)
    assert chart is not None
    assert (chart.start[1], chart.goal[1], chart.now[1]) == (56, 32, 8)


def test_a_chart_without_any_height_is_a_line_in_its_middle():
    level = measure(baseline=50, target=50, current=50, **HALFWAY)
    chart = draw_chart(level, TODAY)
    assert chart is not None
    assert {chart.start[1], chart.goal[1], chart.now[1]} == {32}


@pytest.mark.parametrize("missing", ["baseline", "target", "baseline_on", "due", "as_of"])
def test_without_a_plan_or_a_day_there_is_no_chart(missing):
    assert draw_chart(measure(current=150, **{missing: None}), TODAY) is None


MIXED = [
    measure(current=250),
    measure(current=201),
    measure(current=150),
    measure(current=100, update_every=Interval("1d"), as_of=date(2026, 6, 1)),
    measure(current=None),
]


def test_measures_are_counted_by_their_state():
    assert count_measures(MIXED, TODAY) == Tally(
        total=5, states=[("reached", 2), ("on_plan", 1), ("behind", 1)], stale=1
    )


def test_one_measure_behind_makes_the_whole_bad():
    assert judge_measures(MIXED, TODAY) == "bad"
    assert judge_measures(MIXED[:3], TODAY) == "good"
    assert judge_measures(MIXED[4:], TODAY) == ""


@pytest.mark.parametrize(
    ("values", "planned"),
    [
        ({"current": 150}, 150),
        ({"current": 150.5}, 149.6),
        ({"target": 200.25, "current": 150.5}, 149.71),
        ({"baseline": 100.125, "current": 150}, 149.652),
        ({"current": 150, "due": None}, None),
        ({"current": None}, None),
    ],
)
def test_the_plan_is_told_as_exactly_as_its_figures(values, planned):
    assert round_plan(measure(**values), TODAY) == planned


@pytest.mark.parametrize(
    ("tolerance", "current", "state"),
    [
        (None, 149.9, "slightly_behind"),
        (5, 145, "on_plan"),
        (5, 144.9, "behind"),
        (0, 149.9, "behind"),
        (0, 150, "on_plan"),
        (5, 156, "ahead"),
    ],
)
def test_below_plan_is_on_plan_only_where_the_measure_allows_it(tolerance, current, state):
    one = measure(current=current, tolerance=tolerance, **HALFWAY)
    assert judge_measure(one, date(2026, 1, 6)).state == state


def test_a_figure_that_is_the_plan_as_it_is_told_is_on_plan():
    on_its_day = {**HALFWAY, "due": date(2026, 1, 13)}  # 141.666 as told: 142
    assert judge_measure(measure(current=142, **on_its_day), date(2026, 1, 6)).state == "on_plan"
    assert (
        judge_measure(measure(current=141, **on_its_day), date(2026, 1, 6)).state
        == "slightly_behind"
    )


def test_behind_moved_and_missed_are_bad_and_slightly_behind_is_fair():
    assert {"reached", "ahead", "on_plan", "held"} == GOOD
    assert {"behind", "moved", "missed"} == BAD
    near = measure(current=145)
    assert judge_measures([near, measure(current=150)], TODAY) == "fair"
    assert judge_measures([near, measure(current=0)], TODAY) == "bad"


def test_a_plan_of_one_day_fills_its_chart():
    short = {"baseline_on": date(2026, 1, 1), "due": date(2026, 1, 2), "as_of": date(2026, 1, 2)}
    chart = draw_chart(measure(current=200, **short), TODAY)
    assert chart is not None
    assert (chart.start[0], chart.goal[0]) == (8, 192)


def test_the_points_of_a_chart_are_exact_to_a_tenth_of_a_pixel():
    thirds = {"baseline_on": date(2026, 1, 1), "due": date(2026, 1, 4), "as_of": date(2026, 1, 2)}
    chart = draw_chart(measure(baseline=0, target=3, current=1, **thirds), TODAY)
    assert chart is not None
    assert chart.now == (69.3, 40)
    chart = draw_chart(measure(baseline=0, target=7, current=1, **thirds), TODAY)
    assert chart is not None
    assert chart.now == (69.3, 49.1)
