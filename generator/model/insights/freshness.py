"""How far an entry may be trusted today, from the day its owner last read it."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from generator.model.dates import Day, Interval
from generator.model.entry import Entry
from generator.model.header import Header
from generator.model.kinds import FieldNote, Initiative, Measure, Objective
from generator.model.strategy import Strategy

DEFAULT_INTERVALS = {
    "assumptions": "90d",
    "people": "365d",
    "skills": "365d",
    "paths": "365d",
    "glossary": "365d",
    "stages": "365d",
    "qualification": "365d",
}
_OTHERWISE = "180d"
NEVER_REVIEWED = frozenset({"field_notes", "announcements", "wins"})
"""Kinds that record what was said or what happened on a day; there is nothing to review in them."""


@dataclass(frozen=True)
class Freshness:
    """`state` is verified, due, overdue or never; `review_by` the day the next review is due."""

    state: str
    reviewed_on: date | None
    review_by: date | None


def judge_freshness(entry: Entry, header: Header, today: date) -> Freshness | None:
    """The freshness of an entry on the day `today`; None for kinds that are not reviewed."""
    if entry.KIND in NEVER_REVIEWED:
        return None
    if entry.reviewed_on is None:
        return Freshness("never", None, None)
    interval = (
        entry.review_every
        or header.checks.review_every.get(entry.KIND)
        or Interval(DEFAULT_INTERVALS.get(entry.KIND, _OTHERWISE))
    )
    review_by = add_interval(entry.reviewed_on, interval)
    if review_by < today:
        return Freshness("overdue", entry.reviewed_on, review_by)
    return Freshness(
        "due" if review_by - today <= header.checks.due_soon.length else "verified",
        entry.reviewed_on,
        review_by,
    )


def add_interval(day: Day, interval: Interval) -> Day:
    """The day an interval that begins on `day` ends; one beyond the calendar never does."""
    try:
        return day + interval.length
    except OverflowError:
        return date.max


@dataclass(frozen=True)
class StaleMeasure:
    """A measure of an objective, in which place it stands there, and the day by which its value was
    to be renewed.
    """

    objective: Objective
    position: int
    measure: Measure
    due: Day


@dataclass(frozen=True)
class LateInitiative:
    """An initiative of an objective, in which place it stands there, and the day by which it was to
    be finished.
    """

    objective: Objective
    position: int
    initiative: Initiative
    due: Day


def list_stale_measures(strategy: Strategy, today: date) -> Iterator[StaleMeasure]:
    """The values of the scorecard that are older than they may be. One without a day cannot be
    judged.
    """
    for objective in _list_objectives(strategy):
        for position, measure in enumerate(objective.measures):
            if measure.as_of is not None:
                due = add_interval(
                    measure.as_of, measure.update_every or strategy.header.checks.measure_age
                )
                if due < today:
                    yield StaleMeasure(objective, position, measure, due)


def list_unfinished(strategy: Strategy, today: date) -> Iterator[LateInitiative]:
    """The initiatives that should be finished, and are neither done nor stopped."""
    for objective in _list_objectives(strategy):
        for position, initiative in enumerate(objective.initiatives):
            late = initiative.due is not None and initiative.due < today
            if late and initiative.due and initiative.status not in ("done", "stopped"):
                yield LateInitiative(objective, position, initiative, initiative.due)


def _list_objectives(strategy: Strategy) -> Iterator[Objective]:
    for entry in strategy.of("objectives"):
        if isinstance(entry, Objective) and entry.status not in ("draft", "deprecated"):
            yield entry


def list_unanswered(strategy: Strategy, today: date) -> Iterator[FieldNote]:
    """The field notes that have waited for an answer longer than they may."""
    for note in strategy.of("field_notes"):
        if not isinstance(note, FieldNote) or note.status != "open":
            continue
        if add_interval(note.date, strategy.header.checks.field_note_age) < today:
            yield note
