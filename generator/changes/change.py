"""A change between two versions of a strategy, as data."""

from __future__ import annotations

import dataclasses
from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum
from typing import Any, Protocol

from generator.model.entry import Key
from generator.model.strategy import Strategy
from generator.schema.vocabulary import Field, Vocabulary


class Grade(StrEnum):
    """How much a change weighs: it changes what to do, it is good to know, or only its words are
    new.
    """

    MATERIAL = "material"
    MINOR = "minor"
    WORDING = "wording"

    @property
    def rank(self) -> int:
        """0 for what weighs most."""
        return list(Grade).index(self)


class What(StrEnum):
    """What happened to an entry, a field or an item of a list."""

    ADDED = "added"
    REMOVED = "removed"
    RENAMED = "renamed"
    CHANGED = "changed"
    MOVED = "moved"


@dataclass(frozen=True, slots=True)
class Item:
    """An item of a list: its position, from 0, on the old side and on the new one.

    In a list whose order means nothing, the positions are those in the sorted list. `name` is what
    tells a group of fields from the others, and plays no part in comparing.
    """

    old: int | None
    new: int | None
    name: str = dataclasses.field(default="", compare=False)


Step = str | Item


class Side(Protocol):
    """One of the two strategies that are compared, with the schema it was read by. An edition is
    one, too.
    """

    @property
    def strategy(self) -> Strategy:
        """The strategy."""

    @property
    def vocabulary(self) -> Vocabulary:
        """Its fields and their words."""


@dataclass(frozen=True, slots=True)
class Version:
    """A side that is no edition: all of a strategy."""

    strategy: Strategy
    vocabulary: Vocabulary


@dataclass(frozen=True, slots=True)
class Change:
    """One change. `key` is None for the header, and the new key of a renamed entry.

    `path` leads through fields and lists to the value; it is empty where a whole entry came, went
    or got another id (then `old` and `new` are the ids). `old` and `new` are plain data: text,
    numbers, lists, groups; None where there is nothing. `trail` are the fields on the path, and
    play no part in comparing.
    """

    what: What
    key: Key | None
    path: tuple[Step, ...]
    old: Any
    new: Any
    grade: Grade
    trail: tuple[Field, ...] = dataclasses.field(default=(), compare=False)

    @property
    def field(self) -> Field | None:
        """The field (or item) that changed; None for a whole entry."""
        return self.trail[-1] if self.trail else None


def share_kinds(old: Side, new: Side) -> tuple[Side, Side]:
    """Both sides with all kinds that either knows: a company's own kinds come and go."""
    if old.vocabulary.kinds.keys() == new.vocabulary.kinds.keys():
        return old, new
    kinds = {**old.vocabulary.kinds, **new.vocabulary.kinds}
    before, after = (
        Version(
            one.strategy,
            dataclasses.replace(one.vocabulary, kinds={**kinds, **one.vocabulary.kinds}),
        )
        for one in (old, new)
    )
    return before, after


def strongest(changes: Iterable[Change]) -> Grade:
    """The grade of the weightiest of these changes."""
    return min(
        (change.grade for change in changes), key=lambda grade: grade.rank, default=Grade.WORDING
    )
