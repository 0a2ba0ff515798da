"""Where in the files a thing of the strategy is written: from an entry and a field back to the author's own line."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from generator.explanation import source_route
from generator.manuscript import Written
from generator.model import Key
from generator.problem import Place, Problem, Related, Severity
from generator.source import Route


@dataclass(frozen=True)
class Spot:
    """A field of an entry (or, without `key`, of the header), and a text that stands in it."""

    key: Key | None
    route: Route = ()
    text: str = ""


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
            return source.value_place((*written.route, "id")) if spot.key else source.key_place(written.route)
        return source.text_place(route, spot.text) if spot.text else source.value_place(route)

    def problem(
        self,
        rule: str,
        severity: Severity,
        spot: Spot,
        words: tuple[str, str, str],
        related: Sequence[tuple[Spot, str]] = (),
    ) -> Problem:
        """A problem at this spot, with the author's own lines; `words` are title, why and fix."""
        place = self.place(spot)
        written = self.find(spot.key)
        others = tuple(Related(self.place(other), note) for other, note in related)
        if written is None:
            return Problem(rule, severity, place, *words, related=others)
        return written.source.problem(rule, place, *words, related=others, severity=severity)

    def find(self, key: Key | None) -> Written | None:
        """The entry as it is written, or the header."""
        return self.header if key is None else (self.entries or {}).get(key)
