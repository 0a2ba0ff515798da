"""What a finished page says to a reader: its words, read from its HTML as they stand there. Whoever
tells others what a hand-written page says (the finder, for one) takes it from here, so that what
was kept from the page is kept from them too.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from html.parser import HTMLParser
from typing import NamedTuple

_NO_WORDS = frozenset(
    {"script", "style", "template", "noscript", "svg", "head", "iframe", "object"}
)
"""What stands in these is not read."""
_INLINE = frozenset(
    {
        *("a", "abbr", "b", "bdi", "bdo", "cite", "code", "data", "del", "dfn", "em", "font", "i"),
        *("ins", "kbd", "mark", "q", "s", "samp", "small", "span", "strong", "sub", "sup", "time"),
        *("u", "var", "wbr"),
    }
)
"""Elements that part no words."""
_HEADING = re.compile("h[1-6]")
_KEPT_OR_COMMENT = re.compile(
    r"(<(?:script|style|textarea|title)\b.*?</(?:script|style|textarea|title)\s*>)"
    r"|<!--(?:-?>|.*?(?:--!?>|\Z))|<(?:!(?!doctype\b)|\?)[^>]*>",
    re.DOTALL | re.IGNORECASE,
)
"""A part of a page that holds no comments, or a comment as browsers read them."""


class FinishedPage(NamedTuple):
    """A hand-written page as it stands on the site: its path in `playbook/`, what the menu calls
    it, its HTML, and its address.
    """

    path: str
    title: str
    html: str
    address: str


@dataclass(frozen=True, slots=True)
class PageText:
    """What a page says: its first heading (empty where it has none), the others, and all other
    words.
    """

    title: str
    headings: tuple[str, ...]
    words: str


def read_page_text(html: str) -> PageText:
    """The words that a reader sees: no markup, no comments, no attributes, no links to headings."""
    reader = _Reader()
    reader.feed(take_out_comments(html))
    reader.close()
    title, *headings = reader.list_headings()
    return PageText(title, tuple(headings), _in_one("".join(reader.words)))


def take_out_comments(html: str) -> str:
    """A page without what only those see who look at its source."""
    if "<!" not in html and "<?" not in html:
        return html
    return _KEPT_OR_COMMENT.sub(lambda found: found[1] or "", html)


class _Reader(HTMLParser):
    """Goes through a page and keeps its words."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.words: list[str] = []
        self._headings: list[tuple[str, list[str]]] = []
        self._heading: list[str] | None = None
        self._skipped: list[str] = []

    def list_headings(self) -> list[str]:
        """The first heading of the first rank, or nothing, then all others."""
        texts = [(tag, _in_one("".join(parts))) for tag, parts in self._headings]
        first = next((place for place, (tag, _) in enumerate(texts) if tag == "h1"), None)
        rest = [text for place, (_, text) in enumerate(texts) if place != first and text]
        return ["" if first is None else texts[first][1], *rest]

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if self._skipped:
            self._skipped += [tag] if tag == self._skipped[0] else []
        elif tag in _NO_WORDS or "headerlink" in (dict(attrs).get("class") or "").split():
            self._skipped.append(tag)
        elif _HEADING.fullmatch(tag):
            self._heading = []
            self._headings.append((tag, self._heading))
        elif tag not in _INLINE:
            self._keep(" ")

    def handle_endtag(self, tag: str) -> None:
        if self._skipped:
            if tag == self._skipped[0]:
                self._skipped.pop()
        elif _HEADING.fullmatch(tag):
            self._heading = None
        elif tag not in _INLINE:
            self._keep(" ")

    def handle_data(self, data: str) -> None:
        if not self._skipped:
            self._keep(data)

    def _keep(self, text: str) -> None:
        (self.words if self._heading is None else self._heading).append(text)


def _in_one(text: str) -> str:
    return " ".join(text.split())
