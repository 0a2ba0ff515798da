"""What each owner must look at: reviews, field notes without an answer, late initiatives, values of
the scorecard that are too old.

Leadership's items and the field's are one list.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta

from generator.model.entry import Entry, Key
from generator.model.header import Header
from generator.model.insights.freshness import (
    judge_freshness,
    list_stale_measures,
    list_unanswered,
    list_unfinished,
)
from generator.model.strategy import Strategy

NOBODY = ""
"""The owner of what nobody stands behind."""
KINDS_OF_WORK = {
    "review": "read it, mend it, verify it",
    "answer": "answer the field note",
    "finish": "finish it, stop it, or promise a new day",
    "measure": "write the value of today",
}
"""What may be asked of an owner."""


@dataclass(frozen=True)
class Item:
    """One thing to do: what, about which entry, by when (None: nobody ever did it) and who."""

    work: str
    key: Key
    title: str
    due: date | None
    owner: str

    def days_left(self, today: date) -> int | None:
        """How many days are left; negative where the day has passed."""
        return (self.due - today).days if self.due else None


def list_items(
    strategy: Strategy, today: date, within: timedelta, owner: str | None = None
) -> list[Item]:
    """What is overdue, was never done, or is due within this time, the most urgent first; all
    owners', or one's.
    """
    until = _add(today, within)
    found = [
        item
        for item in (*_list_reviews(strategy, today, until), *_list_leadership(strategy, today))
        if owner is None or item.owner == owner
    ]
    return sorted(found, key=lambda item: (item.due or date.max, item.work, item.key))


def _add(day: date, length: timedelta) -> date:
    try:
        return day + length
    except OverflowError:  # beyond the calendar
        return date.max


def owner_of(entry: Entry, header: Header) -> str:
    """Who stands behind an entry: its own owner, else that of its kind, else nobody."""
    return entry.owner or header.owners.get(entry.KIND) or NOBODY


def _list_reviews(strategy: Strategy, today: date, until: date) -> Iterator[Item]:
    for entry in strategy:
        ended = entry.has_ended(today)
        found = (
            None
            if ended or entry.status == "draft"
            else judge_freshness(entry, strategy.header, today)
        )
        if found is not None and (found.review_by is None or found.review_by <= until):
            yield Item(
                "review", entry.key, entry.title, found.review_by, owner_of(entry, strategy.header)
            )


def _list_leadership(strategy: Strategy, today: date) -> Iterator[Item]:
    header = strategy.header
    for note in list_unanswered(strategy, today):
        due = _add(note.date, header.checks.field_note_age.length)
        yield Item("answer", note.key, note.title, due, owner_of(note, header))
    for late in list_unfinished(strategy, today):
        owner = late.initiative.owner or owner_of(late.objective, header)
        yield Item("finish", late.objective.key, late.initiative.name, late.due, owner)
    for stale in list_stale_measures(strategy, today):
        owner = owner_of(stale.objective, header)
        yield Item("measure", stale.objective.key, stale.measure.name, stale.due, owner)
