"""What a site shows, in the terms of MkDocs: the description of a page of ours, and its body."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from markupsafe import Markup
from mkdocs.structure.files import File
from mkdocs.structure.pages import Page as MkDocsPage

from generator.model.addresses import edit_address
from generator.pages.finder.index import make_index, tell_address
from generator.pages.finder.page_text import FinishedPage
from generator.pages.page import Asset, Body, Page
from generator.schema.words import Words, read_words
from generator.site.assembly import Made
from generator.site.mkdocs_internals import MadePage, set_anchors, set_toc

READY = "ready.html"
"""The template of a page that is laid out the fast way; it stands beside our partials of the theme."""

NO_NOTICE = Markup("")


@dataclass(frozen=True)
class Content:
    """What was made, and, where the last edit is faulty, the notice that stands over all pages."""

    made: Made
    notice: Markup = NO_NOTICE

    @cached_property
    def pages(self) -> Mapping[str, Page]:
        """Our pages, by the path of the file that MkDocs knows them by."""
        return {page.path: page for page in self.made.pages.pages}

    @cached_property
    def words(self) -> Words:
        """The words of the interface, in the language of this strategy."""
        return read_words(self.made.edition.strategy.header.language)

    def list_index(self, files: Iterable[File]) -> Iterator[Asset]:
        """What the finder knows, once MkDocs has read all pages. `files` are those it knows: the
        hand-written pages that it publishes are found by what stands in them now.
        """
        made = self.made
        tell = tell_address(made.desk, self.words) if made.desk else ""
        published = list(self._list_published(files))
        yield from make_index(
            made.edition, made.pages.pages, published, tell, delivery=made.delivery
        )

    def _list_published(self, files: Iterable[File]) -> Iterator[FinishedPage]:
        found = {
            file.src_uri: file.page
            for file in files
            if file.page is not None and file.inclusion.is_included()
        }
        for written in self.made.hand_written:
            page = found.get(written.path)
            if page is not None:
                title = Markup(page.title or "").striptags()  # noqa: S704  # its words alone are taken
                yield FinishedPage(
                    written.path, title, page.content or "", page.url.removeprefix("./")
                )


def describe(page: MkDocsPage, ours: Page, edit_base: str, *, is_for_everybody: bool) -> None:
    """Give a page what is said of it: its title, what is shown beside it, where it is edited. Where a
    link is sent on, its preview shows the title alone: a text of the strategy only where everybody
    may read it.
    """
    page.meta = {
        "title": Markup.escape(ours.title),
        "description": Markup.escape(ours.description if is_for_everybody else ""),
        "hide": (["toc"] if ours.wide else []) + (["navigation"] if ours.alone else []),
        "search": {"exclude": ours.hidden},
        **({"template": READY} if isinstance(page, MadePage) else {}),
    }
    if page.edit_url:
        page.edit_url = edit_address(edit_base, ours.place) or page.edit_url


def fill(page: MkDocsPage, ours: Page, notice: Markup) -> str:
    """The HTML of a page, the notice below its title. Sets its table of contents; a wide page shows
    none, and of a long list it would be the list over again.
    """
    body = ours.lay_out()
    headings = _nest_headings(ours.title, body)
    # of a wide page nobody sees the headings; the first is where the theme's link past the menu leads
    set_toc(page, [{**one, "children": []} for one in headings[:1]] if ours.wide else headings)
    if not isinstance(page, MadePage):
        set_anchors(page, list_anchors(body))
    if not notice:
        return body.html
    head, end, rest = body.html.partition("</h1>")
    return f"{head}{end}{notice}{rest}"


def list_anchors(body: Body) -> set[str]:
    """The ids that a link to this page may lead to."""
    return {heading.id for heading in body.headings}


def _nest_headings(title: str, body: Body) -> Sequence[Any]:
    """The headings of a page as a tree; its title is the root."""
    top: dict[str, Any] = {"level": 1, "id": "", "name": Markup.escape(title), "children": []}
    path = [top]
    for heading in body.headings:
        while path[-1]["level"] >= heading.level:
            path.pop()
        item = {
            "level": heading.level,
            "id": heading.id,
            "name": Markup.escape(heading.text),
            "children": [],
        }
        path[-1]["children"].append(item)
        path.append(item)
    children: Sequence[Any] = top["children"]
    return children
