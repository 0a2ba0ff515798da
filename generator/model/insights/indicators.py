"""A strategy in four figures: how much of it is verified, complete and focused, and how much waits
for an answer.

They are made of a strategy and a day alone, so that older versions can be measured like the newest
one.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from generator.model.insights.completeness import measure_completeness
from generator.model.insights.focus import largest_at_once, list_served
from generator.model.insights.freshness import judge_freshness, list_unanswered
from generator.model.kinds import Market, Play
from generator.model.strategy import Strategy


@dataclass(frozen=True)
class FocusPart:
    """A part of a figure: its name in the catalogue of words, and how many are so of how many."""

    name: str
    good: int
    total: int


@dataclass(frozen=True)
class Reading:
    """The figures of a strategy on a day, in percent; under no version, as it stands now.

    `unanswered` is a number of field notes, and `focus_parts` says what its focus is made of.
    """

    version: str
    day: date
    verified: int
    complete: int
    focus: int
    unanswered: int
    focus_parts: tuple[FocusPart, ...] = ()


def read_gauges(strategy: Strategy, today: date) -> Reading:
    """Measure a strategy on the day `today`."""
    states = [
        found.state
        for entry in strategy
        if (found := judge_freshness(entry, strategy.header, today))
    ]
    verified = sum(state in ("verified", "due") for state in states)
    scores = [score for entry in strategy if (score := measure_completeness(entry, strategy))]
    there = sum(len(score.there) for score in scores)
    wanted = there + sum(len(score.missing) for score in scores)
    parts = tuple(_list_focus(strategy))
    return Reading(
        strategy.header.version,
        today,
        percent(verified, len(states)),
        percent(there, wanted),
        sum(100 * part.good // part.total for part in parts) // len(parts),
        sum(1 for _ in list_unanswered(strategy, today)),
        parts,
    )


def percent(part: int, whole: int) -> int:
    """A share in percent, rounded down so that 100 means all; of nothing there is none."""
    return 100 * part // whole if whole else 0


def _list_focus(strategy: Strategy) -> Iterator[FocusPart]:
    """What makes a strategy focused. None of it falls when something true is added to an entry."""
    markets = [entry for entry in strategy.of("markets") if isinstance(entry, Market)]
    primary = [market for market in markets if market.priority == "primary"]
    at_once = len(largest_at_once(primary))
    yield FocusPart("focus_few", min(at_once, strategy.header.max_primary_markets), max(at_once, 1))
    chosen = bool(primary) and (len(markets) == 1 or len(primary) < len(markets))
    yield FocusPart("focus_chosen", int(chosen), 1)
    yield FocusPart("focus_ruled_out", int(bool(strategy.header.not_now)), 1)
    funded = {row.to for row in strategy.header.allocation if row.time}
    yield FocusPart(
        "focus_funded", sum(str(market.key) in funded for market in primary), max(len(primary), 1)
    )
    objectives, served = strategy.of("objectives"), list_served(strategy)
    yield FocusPart(
        "focus_served", sum(entry.id in served for entry in objectives), max(len(objectives), 1)
    )
    plays = [entry for entry in strategy.of("plays") if isinstance(entry, Play)]
    if plays:
        yield FocusPart("focus_aimed", sum(bool(play.objectives) for play in plays), len(plays))
