"""Days and stretches of time, as an author writes them."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from functools import cache

Day = date  # fields are called date, too

_DAYS = {"d": 1, "w": 7, "m": 30, "y": 365}
_UNITS = {"d": "day", "w": "week", "m": "month", "y": "year"}


@cache
def _length_of(written: str) -> timedelta:
    return timedelta(days=int(written[:-1]) * _DAYS[written[-1]])


@dataclass(frozen=True, slots=True)
class Interval:
    """A stretch of time as written, such as `90d`; months count 30 days, years 365."""

    written: str

    @property
    def words(self) -> str:
        """`90 days`, `1 year`."""
        unit = _UNITS[self.written[-1]]
        return f"{self.written[:-1]} {unit}{'' if self.written[:-1] == '1' else 's'}"

    @property
    def length(self) -> timedelta:
        """How long it is."""
        return _length_of(self.written)


@dataclass(frozen=True, slots=True)
class RoughDay:
    """A date as far as it is known: `2026-03-31`, `2026-03` or `2026`; or `unknown`."""

    written: str

    @property
    def is_known(self) -> bool:
        """Whether anything is known of it."""
        return self.written != "unknown"

    @property
    def first(self) -> Day:
        """The first day it may mean; of what nobody knows, the first of all."""
        if not self.is_known:
            return Day.min
        year, month, day = [*(int(part) for part in self.written.split("-")), 1, 1][:3]
        return Day(year, month, day)

    def toordinal(self) -> int:
        """For sorting beside dates."""
        return self.first.toordinal()

    def __str__(self) -> str:
        return self.written
