"""What a reader, or a browser, finds in a page's HTML."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from html.parser import HTMLParser

_IN_LINE = {"a", "b", "code", "em", "i", "small", "span", "strong", "time"}


@dataclass
class Found:
    """The ids, the links (address to words, as they are read out), and the visible text of a piece of HTML."""

    ids: list[str] = field(default_factory=list)
    links: list[tuple[str, str]] = field(default_factory=list)
    tags: set[str] = field(default_factory=set)
    attributes: list[tuple[str, str]] = field(default_factory=list)
    text: str = ""

    @property
    def addresses(self) -> set[str]:
        """Where the links lead."""
        return {address for address, _ in self.links}


class _Collector(HTMLParser):
    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.found = Found()
        self._parts: list[str] = []
        self._open: list[tuple[str, str, int]] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        values = {name: value or "" for name, value in attrs}
        self.found.tags.add(tag)
        self._part_from_neighbours(tag)
        self.found.attributes += values.items()
        if "id" in values:
            self.found.ids.append(values["id"])
        if tag == "a" and "href" in values:
            self._open.append((values["href"], values.get("aria-label", ""), len(self._parts)))

    def _part_from_neighbours(self, tag: str) -> None:
        if tag not in _IN_LINE:
            self._parts.append(" ")

    def handle_endtag(self, tag: str) -> None:
        self._part_from_neighbours(tag)
        if tag == "a" and self._open:
            address, label, start = self._open.pop()
            self.found.links.append((address, label or _join(self._parts[start:])))

    def handle_data(self, data: str) -> None:
        self._parts.append(data)

    def finish(self) -> Found:
        self.close()
        self.found.text = _join(self._parts)
        return self.found


def _join(parts: list[str]) -> str:
    return re.sub(r"[ \t\n]+", " ", "".join(parts)).strip()


def read_html(html: str) -> Found:
    """Everything that the tests ask of a piece of HTML."""
    collector = _Collector()
    collector.feed(html)
    return collector.finish()
