"""What the company wants to reach, the figures and deeds that show it, and what must be true for it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar

from generator.model.dates import Day, Interval, RoughDay
from generator.model.entry import Entry


@dataclass(frozen=True, kw_only=True)
class Measure:
    """A figure by which an objective is judged, with its target and its last value."""

    name: str
    unit: str | None = None
    direction: str | None = None
    baseline: float | None = None
    baseline_on: Day | None = None
    target: float | None = None
    tolerance: float | None = None
    current: float | None = None
    as_of: Day | None = None
    due: Day | None = None
    update_every: Interval | None = None


@dataclass(frozen=True, kw_only=True)
class Initiative:
    """Something that is done for an objective, by somebody until a day."""

    name: str
    owner: str | None = None
    due: Day | None = None
    budget: str | None = None
    status: str | None = None


@dataclass(frozen=True, kw_only=True)
class Objective(Entry):
    """What the company wants to reach, in one of the four perspectives of a strategy map."""

    KIND: ClassVar[str] = "objectives"
    name: str
    perspective: str
    why: str | None = None
    supports: tuple[str, ...] = ()
    horizon: str | None = None
    measures: tuple[Measure, ...] = ()
    initiatives: tuple[Initiative, ...] = ()


@dataclass(frozen=True, kw_only=True)
class Evidence:
    """Something that was seen or heard, and whether it speaks for an assumption or against it."""

    text: str
    bears: str
    source: str | None = None
    date: RoughDay | None = None


@dataclass(frozen=True, kw_only=True)
class Assumption(Entry):
    """Something the strategy takes for true, and what would fall with it."""

    KIND: ClassVar[str] = "assumptions"
    TITLE: ClassVar[str] = "statement"
    statement: str
    state: str | None = None
    rests_on_it: tuple[str, ...] = ()
    watch_for: tuple[str, ...] = ()
    evidence: tuple[Evidence, ...] = ()
    decide_by: Day | None = None
