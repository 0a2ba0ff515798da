"""The strategy as typed, frozen values. The fields are those of `schema/`, by the same names; a
test holds them equal.

No files, no terminals, no pages. References are ids; `Strategy.links` has them resolved, both ways.
The head of the strategy is described in `header`, what every entry has in `entry`, and the kinds of
entry in `kinds/`.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import NamedTuple

from generator.model.applicability import Scope, find_scopes
from generator.model.entry import Entry, Key
from generator.model.header import Header
from generator.model.ordering import SpokenPlace, list_spoken, sort_entries


class Link(NamedTuple):
    """One entry (or, with `source` None, the header) refers to another, in the field of that name."""

    source: Key | None
    field: str
    target: Key


@dataclass(frozen=True)
class Strategy:
    """A whole strategy: header, entries by kind (sorted by id), and every reference between them."""

    header: Header
    entries: Mapping[str, Mapping[str, Entry]]
    links: tuple[Link, ...] = ()

    def of(self, kind: str) -> tuple[Entry, ...]:
        """All entries of a kind, sorted by id."""
        return tuple(self.entries.get(kind, {}).values())

    def in_order(self, kind: str) -> tuple[Entry, ...]:
        """All entries of a kind, as a reader wants them sorted (see `ordering`)."""
        return self._in_order.get(kind, ())

    @cached_property
    def _in_order(self) -> Mapping[str, tuple[Entry, ...]]:
        return {kind: tuple(sort_entries(found.values())) for kind, found in self.entries.items()}

    @cached_property
    def is_reviewed(self) -> bool:
        """Whether any entry says when somebody looked at it."""
        return any(entry.reviewed_on for found in self.entries.values() for entry in found.values())

    @cached_property
    def spoken(self) -> Mapping[Key, SpokenPlace]:
        """For each entry that is spoken, its place among those that are spoken with it (see
        `ordering`).
        """
        return {
            place.entry.key: place
            for entries in self._in_order.values()
            for place in list_spoken(entries)
        }

    @cached_property
    def scopes(self) -> Mapping[Key, Scope]:
        """For each entry, whom it is for (see `applicability`)."""
        return find_scopes(self.entries)

    def find(self, key: Key) -> Entry | None:
        """The entry with this kind and id."""
        return self.entries.get(key.kind, {}).get(key.id)

    def __iter__(self) -> Iterator[Entry]:
        for kind in self.entries.values():
            yield from kind.values()

    @cached_property
    def links_to(self) -> Mapping[Key, tuple[Link, ...]]:
        """For each entry, the references that point at it."""
        found: dict[Key, list[Link]] = {}
        for link in self.links:
            found.setdefault(link.target, []).append(link)
        return {key: tuple(links) for key, links in found.items()}

    @cached_property
    def links_from(self) -> Mapping[Key, tuple[Link, ...]]:
        """For each entry, the references it makes."""
        found: dict[Key, list[Link]] = {}
        for link in self.links:
            if link.source is not None:
                found.setdefault(link.source, []).append(link)
        return {key: tuple(links) for key, links in found.items()}
