"""Where in the files a thing of the strategy is written: from an entry and a field back to the
author's own line.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, NamedTuple

from generator.files.memory import Kept
from generator.loading.located_entry import Written
from generator.model.entry import Key
from generator.problems.problem import Edit, Place, Problem, Related, Severity
from generator.problems.rule import Rule
from generator.schema.placement.source_routes import source_route
from generator.syntax.document import Document, Route


@dataclass(frozen=True)
class Spot:
    """A field of an entry (or, without `key`, of the header), and a text that stands in it."""

    key: Key | None
    route: Route = ()
    text: str = ""


def _first_line(document: Document, place: Place) -> Place:
    """Where a text begins: behind a `>-` or `|` that is the line below."""
    lines = document.lines
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


class _Lines(NamedTuple):
    """Where something is written, what it has to do with, and the author's own lines there."""

    place: Place
    others: tuple[Place, ...]
    excerpt: tuple[tuple[int, str], ...]


def _as_plain(lines: _Lines) -> tuple[Any, ...]:
    """Places of one file as plain data, which can be kept from one run to the next."""
    return (_span(lines.place), tuple(map(_span, lines.others)), lines.excerpt)


def _span(place: Place) -> tuple[int, int, int, int]:
    return (place.line, place.column, place.end_line, place.end_column)


def _as_lines(file: str, plain: tuple[Any, ...]) -> _Lines:
    span, others, excerpt = plain
    return _Lines(Place(file, *span), tuple(Place(file, *other) for other in others), excerpt)


@dataclass(frozen=True)
class Locator:
    """Knows where the header and each entry are written.

    `known` is where spots were found before, as plain data, for each entry as it is written.
    """

    header: Written | None = None
    entries: Mapping[Key, Written] | None = None
    known: Kept = field(default_factory=Kept)

    def place(self, spot: Spot) -> Place:
        """Where it is written; for a field that nobody wrote, where its entry is."""
        written = self.find(spot.key)
        if written is None:
            return Place("")
        document = written.document
        route = source_route(document, written.route, spot.route)
        if not spot.route or document.value(route) is None:
            return (
                document.value_place((*written.route, "id"))
                if spot.key
                else document.key_place(written.route)
            )
        return (
            document.text_place(route, spot.text)
            if spot.text
            else _first_line(document, document.value_place(route))
        )

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
        replacement: str | None = None,
    ) -> Problem:
        """What breaks a rule at this spot, with the author's own lines; `replacement` is what would
        stand there where its author agrees. The rest is as in `Rule.problem`.
        """
        lines = self._find_lines(spot, tuple(other for other, _ in related))
        return rule.problem(
            place=lines.place,
            title=title,
            why=why,
            fix=fix,
            related=tuple(
                Related(place, note) for place, (_, note) in zip(lines.others, related, strict=True)
            ),
            excerpt=lines.excerpt,
            severity=severity,
            entry=entry,
            proposed=(Edit(lines.place, replacement),) if replacement is not None else (),
        )

    def _find_lines(self, spot: Spot, others: tuple[Spot, ...]) -> _Lines:
        """Where these spots are written, and what stands there. It is known from before for an
        entry that has stayed as it was; but where another one plays a part, its place may have
        changed.
        """
        written = self.find(spot.key)
        if written is None or any(other.key != spot.key for other in others):
            return self._look_up(spot, others)
        name = (spot.route, spot.text, tuple((other.route, other.text) for other in others))
        known: dict[Any, Any] = self.known.of(spot.key, written, dict)
        if name not in known:
            known[name] = _as_plain(self._look_up(spot, others))
        return _as_lines(written.document.file, known[name])

    def _look_up(self, spot: Spot, others: tuple[Spot, ...]) -> _Lines:
        place, places = self.place(spot), tuple(self.place(other) for other in others)
        written = self.find(spot.key)
        return _Lines(place, places, written.document.quote([place, *places]) if written else ())

    def find(self, key: Key | None) -> Written | None:
        """The entry as it is written, or the header."""
        return self.header if key is None else (self.entries or {}).get(key)
