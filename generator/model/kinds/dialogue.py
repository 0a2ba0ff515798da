"""What sellers and leadership tell each other."""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar

from generator.model.dates import Day
from generator.model.entry import Entry


@dataclass(frozen=True, kw_only=True)
class Bearing:
    """An assumption that a field note speaks for or against."""

    assumption: str
    bears: str


@dataclass(frozen=True, kw_only=True)
class FieldNote(Entry):
    """What a seller has heard, and the answer of leadership."""

    KIND: ClassVar[str] = "field_notes"
    TITLE: ClassVar[str] = "note"
    date: Day
    said_by: str
    note: str
    about: tuple[str, ...] = ()
    bears_on: tuple[Bearing, ...] = ()
    answer: str | None = None
    answered_by: str | None = None
    answered_on: Day | None = None


@dataclass(frozen=True, kw_only=True)
class Announcement(Entry):
    """Something that leadership says to the field on a day."""

    KIND: ClassVar[str] = "announcements"
    TITLE: ClassVar[str] = "headline"
    date: Day
    headline: str
    importance: int
    why: str
    who: tuple[str, ...] = ()
    do: str | None = None
    act_by: Day | None = None
    acknowledge_by: Day | None = None
    about: tuple[str, ...] = ()
    version: str | None = None
