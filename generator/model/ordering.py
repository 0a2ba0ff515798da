"""What an entry is called in a list, and the order in which a reader wants entries."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Any

from generator.model.entry import Entry
from generator.model.markdown import plain_text

PRIORITIES = ("primary", "secondary", "opportunistic", "not_pursued")
"""How much of our time a market gets, the most first."""
_AVAILABILITY = ("available", "beta", "retiring", "planned", "retired")
"""What a customer can have now stands before what goes and what comes."""
_SHAREABLE = ("public", "with_permission", "internal")
_TITLE_LENGTH = 90
_UNRANKED = 10**6


def title_of(entry: Entry) -> str:
    """The entry's title as plain words on one line, cut where it is a whole text."""
    text = plain_text(entry.title) if entry.KIND == "field_notes" else entry.title
    return (
        text
        if len(text) <= _TITLE_LENGTH or entry.KIND != "field_notes"
        else text[: _TITLE_LENGTH - 1].rstrip() + "…"
    )


def rank_of_priority(entry: Entry) -> int:
    """0 for what is primary, and for what has no priority; then as `PRIORITIES` says."""
    priority = getattr(entry, "priority", "")
    return PRIORITIES.index(priority) if priority in PRIORITIES else 0


def rank_of_availability(entry: Entry) -> int:
    """0 for what can be had now, and for what says nothing of it; then as `_AVAILABILITY` says."""
    said = getattr(entry, "availability", None)
    return _AVAILABILITY.index(said) if said in _AVAILABILITY else 0


def rank_of_shareable(entry: Entry) -> int:
    """0 for what everybody may have, then what may be sent when asked, then what must stay inside."""
    said = getattr(entry, "shareable", "public")
    return _SHAREABLE.index(said) if said in _SHAREABLE else len(_SHAREABLE)


def sort_entries(entries: Iterable[Entry]) -> list[Entry]:
    """Entries as a reader wants them: by priority, rank, order or date where there is one, then by
    title. In which file and in which place they are written never counts.
    """
    return sorted(entries, key=_order)


def _order(entry: Entry) -> tuple[Any, ...]:
    rank = getattr(entry, "rank", None)
    day = getattr(entry, "date", None)
    last = 1 if getattr(entry, "kind", "") == "status_quo" and entry.order is None else 0
    return (
        rank_of_priority(entry),
        rank_of_availability(entry),
        last,
        _UNRANKED if rank is None else rank,
        _UNRANKED if entry.order is None else entry.order,
        -(day.toordinal() if day else 0),
        entry.title.casefold(),
        entry.id,
    )


@dataclass(frozen=True)
class SpokenPlace:
    """Where an entry stands among `total` that are spoken one after the other, counted from 1, and its
    neighbours.
    """

    entry: Entry
    at: int
    total: int
    before: Entry | None
    after: Entry | None


def list_spoken(entries: Iterable[Entry]) -> Iterator[SpokenPlace]:
    """The places of what is spoken, of the entries of a kind as a reader wants them sorted: the
    objections of each category one after the other, and all competitors to whom there is a quick
    answer.
    """
    groups: dict[str, list[Entry]] = {}
    for entry in entries:
        if entry.KIND == "objections":
            groups.setdefault(getattr(entry, "category", ""), []).append(entry)
        elif entry.KIND == "competitors" and getattr(entry, "quick_answer", None):
            groups.setdefault("", []).append(entry)
    for group in groups.values():
        around = zip(group, [None, *group], [*group[1:], None], strict=False)
        for at, (entry, before, after) in enumerate(around, 1):
            yield SpokenPlace(entry, at, len(group), before, after)
