"""An entry as it stands in a file, and what can be said of it without the others: its references,
and what it is when typed.
"""

from __future__ import annotations

from collections.abc import Hashable, Iterator
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any

from generator.model.builder import Mention, build_entry, find_mentions, parse_key
from generator.model.entry import Entry, Key
from generator.model.strategy import Link
from generator.problems.problem import Place
from generator.schema.vocabulary import Kind
from generator.syntax.document import Route, Source

_MOST_NOTES = 50


@dataclass(frozen=True)
class Written:
    """An entry as it stands in a file, checked: `value` is what the schema makes of it, `id` also
    known when faulty.

    `notes` are what others have worked out of it by itself.
    """

    kind: Kind
    source: Source
    route: Route
    value: Any
    id: str | None
    sound: bool
    notes: dict[Hashable, Any] = field(default_factory=dict, compare=False)

    @property
    def key(self) -> Key | None:
        """The entry's key; None for the header, and where there is no id."""
        return Key(self.kind.key, self.id) if self.id is not None else None

    def list_mentions(self) -> Iterator[tuple[Mention, Key | None]]:
        """Every reference in it, with the entry that it names; None where it cannot be the name of
        one that may stand there.
        """
        return ((one, _target_of(one)) for one in find_mentions(self.value, self.kind.fields))

    @property
    def links(self) -> tuple[Link, ...]:
        """Its references as links, whether or not they lead anywhere: each once, sorted by field
        and target.
        """
        return self._references[0]

    @property
    def has_strays(self) -> bool:
        """Whether some reference in it cannot be the name of an entry that may stand there."""
        return self._references[1]

    @cached_property
    def _references(self) -> tuple[tuple[Link, ...], bool]:
        found: dict[tuple[str, str], Link] = {}
        key, has_strays = self.key, False
        for mention, target in self.list_mentions():
            if target is None:
                has_strays = True
            elif (mention.field, str(target)) not in found:
                found[mention.field, str(target)] = Link(
                    key, mention.field, target, self.place_of(mention)
                )
        return tuple(link for _, link in sorted(found.items())), has_strays

    @cached_property
    def entry(self) -> Entry:
        """The typed entry; only of a sound one."""
        return build_entry(self.kind, self.value, self.source.value_place((*self.route, "id")))

    def note(self, name: Hashable, value: object) -> None:
        """Keep what was worked out of it. What nobody asks for any more (of another day) goes with
        the rest in time.
        """
        if len(self.notes) >= _MOST_NOTES:
            self.notes.clear()
        self.notes[name] = value

    def fold(self) -> None:
        """Hold little: what is known of it, and of its file the text only."""
        if self.sound:
            self.links, self.entry  # noqa: B018  # both need the file's lines, and are kept once they are known
            self.source.fold()

    def place_of(self, mention: Mention) -> Place:
        """Where a reference is written."""
        route = (*self.route, *mention.route)
        named = f"entry:{mention.written}"
        return (
            self.source.text_place(route, named)
            if mention.in_text
            else self.source.value_place(route)
        )


def _target_of(mention: Mention) -> Key | None:
    target = parse_key(mention.written, mention.refers_to)
    fits = target is not None and (not mention.refers_to or target.kind in mention.refers_to)
    return target if fits else None
