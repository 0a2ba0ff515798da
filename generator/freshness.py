"""How far an entry may be trusted today, from the day its owner last read it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta

from generator.model import Entry, Header, Interval

DEFAULT_INTERVALS = {"people": "365d", "glossary": "365d", "stages": "365d", "qualification": "365d"}
_OTHERWISE = "180d"
_SOON = timedelta(days=14)
NEVER_REVIEWED = frozenset({"field_notes", "announcements"})
"""Kinds that record what was said on a day; there is nothing to review in them."""


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
    try:
        review_by = entry.reviewed_on + interval.length
    except OverflowError:  # an interval beyond the calendar never ends
        review_by = date.max
    if review_by < today:
        return Freshness("overdue", entry.reviewed_on, review_by)
    return Freshness("due" if review_by - today <= _SOON else "verified", entry.reviewed_on, review_by)
