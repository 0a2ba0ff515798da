"""What every entry has, whatever its kind, and the key that names it for good."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from functools import cached_property
from typing import ClassVar, NamedTuple

from generator.model.dates import Day, Interval
from generator.problems.problem import Place

DEFAULT_AUDIENCE = "internal"
"""The readers of an entry that names no audience: all who sell here."""

AUDIENCES = ("leadership", "internal", "partner", "public")
"""The circles of readers everybody knows, each within the next; a company may add its own."""


class Key(NamedTuple):
    """What identifies an entry for good: its kind and id."""

    kind: str
    id: str

    def __str__(self) -> str:
        return f"{self.kind}/{self.id}"


@dataclass(frozen=True, kw_only=True)
class Entry:
    """What every entry has. `place` is where it is written and plays no part in comparing."""

    KIND: ClassVar[str] = ""
    TITLE: ClassVar[str] = "name"

    id: str
    owner: str | None = None
    status: str | None = "approved"
    reviewed_on: Day | None = None
    review_every: Interval | None = None
    effective_from: Day | None = None
    effective_until: Day | None = None
    audience: str = DEFAULT_AUDIENCE
    order: int | None = None
    tags: tuple[str, ...] = ()
    sources: tuple[str, ...] = ()
    former_ids: tuple[str, ...] = ()
    custom: Mapping[str, object] = field(default_factory=dict)
    place: Place = field(default=Place(""), compare=False)

    @cached_property
    def key(self) -> Key:
        """Kind and id."""
        return Key(self.KIND, self.id)

    def has_ended(self, today: date) -> bool:
        """Whether its time is over: it is no longer on the site."""
        return self.effective_until is not None and self.effective_until < today

    @property
    def title(self) -> str:
        """The text that stands for the entry in lists, headings and search."""
        title: str = getattr(self, self.TITLE)
        return title
