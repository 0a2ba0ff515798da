"""An entry as it stands in a file, and what can be said of it without the others: its references,
and what it is when typed.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from generator.model.builder import Mention, build_entry, find_mentions, parse_key
from generator.model.entry import Entry, Key
from generator.model.strategy import Link
from generator.problems.problem import Place
from generator.schema.placement.source_routes import source_route
from generator.schema.vocabulary import Kind
from generator.syntax.document import Document, Route


@dataclass(frozen=True, eq=False)
class Written:
    """An entry as it stands in a file, checked: `value` is what the schema makes of it, `id` also
    known when faulty, `entry` the typed one, where it is sound.

    `links` are its references, whether or not they lead anywhere: each once, sorted by field and
    target. It `has_strays` where some reference cannot be the name of an entry that may stand
    there.
    """

    kind: Kind
    document: Document
    route: Route
    value: Any
    id: str | None
    sound: bool
    entry: Entry | None
    links: tuple[Link, ...]
    has_strays: bool

    @property
    def key(self) -> Key | None:
        """The entry's key; None for the header, and where there is no id."""
        return Key(self.kind.key, self.id) if self.id is not None else None

    def list_mentions(self) -> Iterator[tuple[Mention, Key | None]]:
        """Every reference in it, with the entry that it names; None where it cannot be the name of
        one that may stand there.
        """
        return ((one, _target_of(one)) for one in find_mentions(self.value, self.kind.fields))

    def place_of(self, mention: Mention) -> Place:
        """Where a reference is written."""
        where = source_route(self.document, self.route, mention.route)
        if mention.in_text:
            return self.document.text_place(where, f"entry:{mention.written}")
        return self.document.value_place(where)


def describe_written(
    kind: Kind, document: Document, route: Route, value: Any, *, sound: bool
) -> Written:
    """The entry (or the header) of which the schema has made `value`. An entry with a fault keeps
    its id.
    """
    found = value.get("id") if isinstance(value, dict) else None
    entry_id = found if isinstance(found, str) else None
    key = Key(kind.key, entry_id) if entry_id is not None else None
    links: dict[tuple[str, str], Link] = {}
    has_strays = False
    for mention in find_mentions(value, kind.fields):
        target = _target_of(mention)
        if target is None:
            has_strays = True
        else:
            links[mention.field, str(target)] = Link(key, mention.field, target)
    return Written(
        kind,
        document,
        route,
        value,
        entry_id,
        sound,
        # the header is typed when all is put together
        build_entry(kind, value, document.value_place((*route, "id"))) if sound and key else None,
        tuple(link for _, link in sorted(links.items())),
        has_strays,
    )


def _target_of(mention: Mention) -> Key | None:
    target = parse_key(mention.written, mention.refers_to)
    fits = target is not None and (not mention.refers_to or target.kind in mention.refers_to)
    return target if fits else None
