"""Where in the files a thing of the strategy is written: from an entry and a field back to the
author's own line.
"""

from __future__ import annotations

from collections.abc import Hashable, Mapping, Sequence
from dataclasses import dataclass
from functools import partial
from typing import Any

from generator.loading.located_entry import Written
from generator.model.entry import Key
from generator.problems.problem import Edit, Place, Problem, Related, Severity
from generator.problems.rule import Rule
from generator.schema.errors import source_route
from generator.syntax.document import Route, Source


@dataclass(frozen=True)
class Spot:
    """A field of an entry (or, without `key`, of the header), and a text that stands in it."""

    key: Key | None
    route: Route = ()
    text: str = ""


def _first_line(source: Source, place: Place) -> Place:
    """Where a text begins: behind a `>-` or `|` that is the line below."""
    lines = source.lines
    if place.line < len(lines) and lines[place.line - 1][place.column - 1 : place.column] in (
        ">",
        "|",
    ):
        text = lines[place.line]
        return Place(
            place.file,
            place.line + 1,
            len(text) - len(text.lstrip()) + 1,
            place.line + 1,
            len(text.rstrip()) + 1,
        )
    return place


@dataclass(frozen=True)
class Locator:
    """Knows where the header and each entry are written."""

    header: Written | None = None
    entries: Mapping[Key, Written] | None = None

    def place(self, spot: Spot) -> Place:
        """Where it is written; for a field that nobody wrote, where its entry is."""
        written = self.find(spot.key)
        if written is None:
            return Place("")
        source = written.source
        route = source_route(source, written.route, spot.route)
        if not spot.route or source.value(route) is None:
            return (
                source.value_place((*written.route, "id"))
                if spot.key
                else source.key_place(written.route)
            )
        return (
            source.text_place(route, spot.text)
            if spot.text
            else _first_line(source, source.value_place(route))
        )

    def date_edit(self, key: Key, field: str, day: str) -> Edit:
        """The edit that sets a date of an entry. A field that nobody wrote gets a line below the
        id.

        Raises KeyError where there is no such entry.
        """
        written = self.find(key)
        if written is None:
            raise KeyError(key)
        source, route = written.source, (*written.route, field)
        if source.value(route) is not None:
            return Edit(source.value_place(route), day)
        name, identity = source.key_place(route), source.value_place((*written.route, "id"))
        if source.has(route):  # the field is written, with nothing behind its colon
            colon = Place(name.file, name.line, name.end_column, name.line, name.end_column + 1)
            return Edit(colon, f": {day}")
        line = source.lines[identity.line - 1]
        beginning = source.key_place((*written.route, "id")).column - 1
        if source.is_inline((*written.route, "id")):
            end = Place(
                identity.file,
                identity.line,
                identity.end_column,
                identity.line,
                identity.end_column,
            )
            return Edit(end, f", {field}: {day}")
        end = Place(identity.file, identity.line, len(line) + 1, identity.line, len(line) + 1)
        return Edit(end, f"\n{' ' * beginning}{field}: {day}")

    def problem(
        self,
        rule: Rule,
        *,
        spot: Spot,
        title: str,
        why: str = "",
        fix: str = "",
        related: Sequence[tuple[Spot, str]] = (),
        severity: Severity | None = None,
        entry: str = "",
    ) -> Problem:
        """What breaks a rule at this spot, with the author's own lines; the rest is as in
        `Rule.problem`.
        """
        place = self.place(spot)
        written = self.find(spot.key)
        others = tuple(Related(self.place(other), note) for other, note in related)
        make = partial(written.source.problem, rule) if written else rule.problem
        return make(
            place=place,
            title=title,
            why=why,
            fix=fix,
            related=others,
            severity=severity,
            entry=entry,
        )

    def recall(self, key: Key | None, name: Hashable) -> Any:
        """What somebody kept about an entry (or the header) under this name, and it still stands as
        it did; else None.
        """
        written = self.find(key)
        return written.notes.get(name) if written else None

    def keep(self, key: Key | None, name: Hashable, value: object) -> None:
        """Keep what was worked out of an entry by itself, for as long as it stands as it does."""
        written = self.find(key)
        if written is not None:
            written.note(name, value)

    def find(self, key: Key | None) -> Written | None:
        """The entry as it is written, or the header."""
        return self.header if key is None else (self.entries or {}).get(key)
