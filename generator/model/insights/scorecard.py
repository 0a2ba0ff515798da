"""Whether a measure is on its plan, how old its figure is, and the small chart that shows both.

The plan is a straight line from the baseline on its day to the target on the day it is due. Lengths
are in pixels.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from generator.model.kinds import Measure

TOLERANCE = 0.1
"""A figure that is off by at most this share of the way from baseline to target is near its plan:
slightly behind where it is below. On plan is only what the measure's own tolerance allows, or what
is not below.
"""
HOLD_TOLERANCE = 0.02
"""What is to be held may move by this share of the target."""
CHART_WIDTH, CHART_HEIGHT, _MARGIN = 200.0, 64.0, 8.0
STATES = ("reached", "ahead", "on_plan", "held", "slightly_behind", "behind", "moved", "missed")
GOOD, FAIR, BAD = frozenset(STATES[:4]), frozenset(STATES[4:5]), frozenset(STATES[5:])


@dataclass(frozen=True)
class Course:
    """Where a measure stands: `state` is one of `STATES`, or empty where there is no dated plan to
    judge by.

    `planned` is what the plan asks for on the day of the figure, `share` how much of the way is
    done (0 to 1).
    """

    state: str = ""
    planned: float | None = None
    share: float | None = None
    stale: bool = False


@dataclass(frozen=True)
class Chart:
    """Plan against actual: the points of the plan, of the actual value, and where today stands on
    the axis of time.
    """

    start: tuple[float, float]
    goal: tuple[float, float]
    now: tuple[float, float]
    today: float


def judge_measure(measure: Measure, today: date) -> Course:
    """Where a measure stands on the day `today`."""
    current, target = measure.current, measure.target
    stale = is_stale(measure, today)
    if current is None:
        return Course(stale=stale)
    planned = plan_for(measure, measure.as_of or today)
    if target is None:
        return Course(planned=planned, stale=stale)
    if _is_held(measure):
        allowed = HOLD_TOLERANCE * abs(target) if measure.tolerance is None else measure.tolerance
        moved = abs(current - target) > allowed
        return Course("moved" if moved else "held", planned, stale=stale)
    upward = _goes_up(measure)
    share = _share_done(measure)
    if current >= target if upward else current <= target:
        return Course("reached", planned, share, stale)
    if measure.due is not None and measure.due < today:
        return Course("missed", planned, share, stale)
    return Course(_compare(measure, planned, upward), planned, share, stale)


def is_stale(measure: Measure, today: date) -> bool:
    """Whether a figure is older than the interval in which it must be renewed."""
    if measure.update_every is None or measure.as_of is None:
        return False
    return today - measure.as_of > measure.update_every.length


def plan_for(measure: Measure, day: date) -> float | None:
    """What the plan asks for on a day; None where it does not say from when to when it runs."""
    if (
        measure.baseline is None
        or measure.target is None
        or measure.baseline_on is None
        or measure.due is None
    ):
        return None
    length = (measure.due - measure.baseline_on).days
    if length <= 0:
        return None
    done = min(max((day - measure.baseline_on).days / length, 0.0), 1.0)
    return measure.baseline + (measure.target - measure.baseline) * done


def draw_chart(measure: Measure, today: date) -> Chart | None:
    """The chart of a measure; None where there is no plan, or no figure to hold against it."""
    planned = plan_for(measure, today)
    begin, due, as_of, current = measure.baseline_on, measure.due, measure.as_of, measure.current
    baseline, target = measure.baseline, measure.target
    if planned is None or begin is None or due is None or as_of is None:
        return None
    if current is None or baseline is None or target is None:
        return None
    low, high = min(baseline, target, current), max(baseline, target, current)
    last = max(due, as_of)

    def place(day: date, value: float) -> tuple[float, float]:
        return _along(day, begin, last), _upward(value, low, high)

    return Chart(
        place(begin, baseline),
        place(due, target),
        place(as_of, current),
        _along(today, begin, last),
    )


@dataclass(frozen=True)
class Tally:
    """How some measures stand: how many there are, how many in each state, how many figures are
    old.
    """

    total: int
    states: list[tuple[str, int]]
    stale: int


def count_measures(measures: Sequence[Measure], today: date) -> Tally:
    """How these measures stand."""
    courses = [judge_measure(measure, today) for measure in measures]
    counts = [(state, sum(course.state == state for course in courses)) for state in STATES]
    return Tally(
        len(courses),
        [(state, n) for state, n in counts if n],
        sum(course.stale for course in courses),
    )


def judge_measures(measures: Sequence[Measure], today: date) -> str:
    """`bad` where any of these measures is behind, `fair` where any is slightly, `good` where all that
    can be judged are on plan; else empty.
    """
    states = {judge_measure(measure, today).state for measure in measures}
    looks = (("bad", BAD), ("fair", FAIR), ("good", GOOD))
    return next((look for look, found in looks if states & found), "")


def round_plan(measure: Measure, today: date) -> float | None:
    """What the plan asks for on the day of the figure, as exact as the figures themselves."""
    value = judge_measure(measure, today).planned
    return None if value is None else _as_exact(value, measure)


def _as_exact(value: float, measure: Measure) -> float:
    figures = (measure.baseline, measure.target, measure.current)
    return round(value, max(_places(figure) for figure in figures if figure is not None))


def _places(figure: float) -> int:
    """How many decimal places a figure is written with."""
    exponent = Decimal(str(figure)).normalize().as_tuple().exponent
    return max(-exponent, 0) if isinstance(exponent, int) else 0


def _along(day: date, first: date, last: date) -> float:
    done = min(max((day - first).days / max((last - first).days, 1), 0.0), 1.0)
    return round(_MARGIN + done * (CHART_WIDTH - 2 * _MARGIN), 1)


def _upward(value: float, low: float, high: float) -> float:
    share = (value - low) / (high - low) if high > low else 0.5
    return round(CHART_HEIGHT - _MARGIN - share * (CHART_HEIGHT - 2 * _MARGIN), 1)


def _compare(measure: Measure, planned: float | None, upward: bool) -> str:
    if (
        planned is None
        or measure.current is None
        or measure.baseline is None
        or measure.target is None
    ):
        return ""
    ahead = measure.current - planned if upward else planned - measure.current
    room = TOLERANCE * abs(measure.target - measure.baseline)
    if measure.tolerance is not None:
        room = measure.tolerance
    if abs(ahead) > room:
        return "ahead" if ahead > 0 else "behind"
    shown = _as_exact(planned, measure)
    is_below = measure.current < shown if upward else measure.current > shown
    return "slightly_behind" if is_below and measure.tolerance is None else "on_plan"


def _share_done(measure: Measure) -> float | None:
    if measure.baseline is None or measure.target is None or measure.current is None:
        return None
    way = measure.target - measure.baseline
    return min(max((measure.current - measure.baseline) / way, 0.0), 1.0) if way else None


def _is_held(measure: Measure) -> bool:
    return measure.direction == "hold" or (
        measure.direction is None and measure.baseline == measure.target
    )


def _goes_up(measure: Measure) -> bool:
    if measure.direction is not None:
        return measure.direction == "up"
    return measure.baseline is None or measure.target is None or measure.target >= measure.baseline
