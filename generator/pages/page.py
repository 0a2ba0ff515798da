"""A page and a file of the site, before any site builder has seen them."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from functools import cache
from typing import NamedTuple

from generator.problems.problem import Place


@dataclass(frozen=True, slots=True)
class Heading:
    """A heading on a page: its anchor, its level (2 is a section) and its text without markup."""

    id: str
    level: int
    text: str


class Body(NamedTuple):
    """What a page holds: HTML that begins with its h1, and the headings below that."""

    html: str
    headings: tuple[Heading, ...]


def keep_body(lay_out: Callable[[], Body]) -> Callable[[], Body]:
    """The same, but laid out once: what it gave is kept as bytes, in half the room."""

    @cache
    def lay_out_once() -> tuple[bytes, tuple[Heading, ...]]:
        html, headings = lay_out()
        return html.encode("utf-8", "surrogatepass"), headings

    def give() -> Body:
        html, headings = lay_out_once()
        return Body(html.decode("utf-8", "surrogatepass"), headings)

    return give


@dataclass(frozen=True, slots=True)
class Page:
    """One page. `address` is relative to the root of the site and ends in `/`, or is empty for the
    home page.

    What it holds is made by `lay_out`, when somebody asks for it and each time anew: a site of
    thousands of pages is never held as a whole. A `wide` page has no table of contents beside it,
    `alone` no navigation either; a `hidden` one is in no navigation and no search. `also` are other
    names that it is looked for by. `place` is where
    it is written. Neither of `lay_out` and `place` plays a part in comparing.
    """

    address: str
    title: str
    description: str
    lay_out: Callable[[], Body] = field(compare=False, repr=False)
    place: Place = field(compare=False)
    wide: bool = False
    alone: bool = False
    hidden: bool = False
    also: tuple[str, ...] = ()

    @property
    def path(self) -> str:
        """The page's source file for a site builder that thinks in Markdown files."""
        return f"{self.address}index.md"


@dataclass(frozen=True, slots=True)
class Asset:
    """Any other file of the site. Its content is made by `write` when somebody asks for it."""

    path: str
    write: Callable[[], bytes] = field(compare=False, repr=False)

    @property
    def content(self) -> bytes:
        """What `write` makes."""
        return self.write()

    def as_script(self) -> Asset:
        """The same data as a script, for pages that are opened from a folder: they can fetch
        nothing. It puts the data where `finder-here.js` looks for it.
        """

        def write() -> bytes:
            return b"(globalThis.pbRead??=new Map()).set(document.currentScript.src,%s);\n" % (
                self.write()
            )

        return Asset(f"{self.path}.js", write)


@dataclass(frozen=True, slots=True)
class Task:
    """Something a reader comes for: its words, the page that helps, and an icon."""

    title: str
    hint: str
    address: str
    icon: str


@dataclass(frozen=True, slots=True)
class Group:
    """A group of the navigation: its title, the page it opens with, and what lies below it."""

    title: str
    items: Sequence[Group | Page]


@dataclass(frozen=True, slots=True)
class Pages:
    """Everything that becomes a site: pages, other files, and the order in which a reader meets the
    pages.
    """

    pages: tuple[Page, ...]
    assets: tuple[Asset, ...]
    navigation: tuple[Group | Page, ...]
    tasks: tuple[Task, ...] = ()
