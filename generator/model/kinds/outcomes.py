"""What buyers want, and how deals have ended: value drivers, and stories of deals won and lost."""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar

from generator.model.dates import RoughDay
from generator.model.entry import Entry


@dataclass(frozen=True, kw_only=True)
class Range:
    """How much of an outcome buyers get, and where the figures come from."""

    figure: str
    source: str


@dataclass(frozen=True, kw_only=True)
class Pitch:
    """A message in the words for a length of time or for one persona."""

    length: str | None = None
    persona: str | None = None
    text: str


@dataclass(frozen=True, kw_only=True)
class ValueDriver(Entry):
    """An outcome that buyers want, with or without us."""

    KIND: ClassVar[str] = "value_drivers"
    name: str
    promise: str
    pain: str | None = None
    how_measured: str | None = None
    range: Range | None = None
    pitches: tuple[Pitch, ...] = ()
    personas: tuple[str, ...] = ()
    offerings: tuple[str, ...] = ()
    differentiators: tuple[str, ...] = ()
    proof: tuple[str, ...] = ()


@dataclass(frozen=True, kw_only=True)
class DealStory(Entry):
    """A deal that was won, lost or left undecided, told for those who come after."""

    KIND: ClassVar[str] = "wins"
    TITLE: ClassVar[str] = "headline"
    headline: str
    outcome: str
    date: RoughDay | None = None
    customer: str | None = None
    market: str | None = None
    offerings: tuple[str, ...] = ()
    personas: tuple[str, ...] = ()
    competitors: tuple[str, ...] = ()
    objections: tuple[str, ...] = ()
    plays: tuple[str, ...] = ()
    what_turned_it: str
    lesson: str
    size: str | None = None
    cycle_days: int | None = None
    told_by: str | None = None
    shareable: str | None = None
