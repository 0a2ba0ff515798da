"""Pages laid out the fast way: the theme's shell around a body is made once for all pages that have
it in common.

Two pages differ only in a few known places (the slots) when they lie in the same folder and the
same group of the navigation, are not listed in it themselves, and have the same headings. Of each
such family the first page is laid out by MkDocs as ever. With the second, the theme is asked once
more for a page whose slots are marks; when the marks, filled with what belongs to the first page,
give the first page to the byte, all further pages are filled in. Else they go the plain way.
"""

from __future__ import annotations

import copy
import re
from collections.abc import Callable, Iterable, Mapping
from pathlib import Path
from typing import Any

from jinja2 import Template
from mkdocs.config.defaults import MkDocsConfig
from mkdocs.structure.files import File, Files
from mkdocs.structure.pages import Page as MkDocsPage
from mkdocs.structure.toc import TableOfContents

READY = "ready.html"
"""The template of a page that is laid out already; it stands beside our partials of the theme."""
_MARK = re.compile("\ue000(\\w+)\ue001(?:<h1>)?")
"""What stands for a slot: signs that no text needs, and the `<h1` that the theme looks for in a
page's content.
"""
_PAGE_EVENTS = (
    "pre_page",
    "page_read_source",
    "page_markdown",
    "page_content",
    "page_context",
    "post_page",
)
AT_REST = ("material/search",)
"""Plugins that may be listed, and that we have put to rest."""

Finish = Callable[[str], str]


class MadePage(MkDocsPage):
    """A page whose HTML is made: there is no Markdown to convert. `list_anchors` gives the ids that
    a link may lead to.
    """

    def __init__(
        self, file: File, config: MkDocsConfig, list_anchors: Callable[[], set[str]]
    ) -> None:
        super().__init__(None, file, config)
        self._list_anchors = list_anchors

    def render(self, config: MkDocsConfig, files: Files) -> None:
        """What the conversion of an empty text gives."""
        self.content, self.toc, self._title_from_render = "", TableOfContents([]), None
        self.links_to_anchors = {}

    @property
    def present_anchor_ids(self) -> set[str]:  # type: ignore[override]  # asked for only where some page leads to an anchor
        """The ids on the page."""
        return self._list_anchors()


class Shells:
    """The shells of one build. `template` is the theme's; `finish` is done to what it makes, alike
    for all of one family.
    """

    def __init__(self, template: Template, finish: Finish) -> None:
        self._template, self._finish = template, finish
        self._first: dict[object, tuple[Mapping[str, str], str]] = {}
        self._shells: dict[object, list[str] | None] = {}

    def lay_out(self, page: MkDocsPage, context: Mapping[str, Any], *, is_listed: bool) -> str:
        """The finished page, as the theme's template makes it in this context, or as its shell
        does.

        A page that `is_listed` in the navigation has a shell of its own: it is marked there.
        """
        if is_listed:
            return self._finish(self._template.render(context))
        slots = _slots_of(page)
        family = _family_of(page, slots)
        if family in self._first:
            self._shells[family] = self._learn(family, page, context)
        shell = self._shells.get(family)
        if shell is not None:
            return _fill(shell, slots)
        html = self._finish(self._template.render(context))
        if family not in self._shells:
            self._first[family] = (slots, html)
        return html

    def _learn(
        self, family: object, page: MkDocsPage, context: Mapping[str, Any]
    ) -> list[str] | None:
        """The shell of a family, seen from its second page; None where it does not give the first
        one.
        """
        slots, html = self._first.pop(family)
        shell = _MARK.split(self._finish(self._template.render({**context, "page": _mark(page)})))
        return shell if _fill(shell, slots) == html else None


def find_obstacle(config: MkDocsConfig, own: object) -> str:
    """Why no page may be filled in: something of the company's own that may make any page another.
    Empty where all may.
    """
    if config.theme.name != "material":
        return f"the theme is {config.theme.name}"
    plugins = {id(plugin): name for name, plugin in config.plugins.items()}
    for event in _PAGE_EVENTS:
        for method in config.plugins.events[event]:
            owner = getattr(method, "__self__", None)
            if owner is not own and plugins.get(id(owner)) not in AT_REST:
                return f"{plugins.get(id(owner), 'a hook')} wants to see every page"
    own_folder, *others = [Path(folder) for folder in config.theme.dirs]
    for file in sorted(own_folder.rglob("*.html")) if config.theme.custom_dir else ():
        path = file.relative_to(own_folder)
        if any((folder / path).is_file() for folder in others):
            return f"{path.as_posix()} stands in for the theme's own"
    return ""


def _family_of(page: MkDocsPage, slots: Mapping[str, str]) -> object:
    """All that a page's shell depends on, but for what its slots hold."""
    return (
        page.url.rstrip("/").rpartition("/")[0],
        id(page.parent),
        tuple(_list_headings(page.toc)),
        tuple(page.meta["hide"]),
        page.meta["search"]["exclude"],
        tuple(name for name, value in slots.items() if value),
    )


def _list_headings(toc: Iterable[Any]) -> Iterable[tuple[str, str, int]]:
    for item in toc:
        yield item.id, str(item.title), item.level
        yield from _list_headings(item.children)


def _slots_of(page: MkDocsPage) -> dict[str, str]:
    return {
        "title": str(page.title),
        "description": str(page.meta["description"]),
        "content": page.content or "",
        "canonical_url": page.canonical_url or "",
        "edit_url": page.edit_url or "",
    }


def _mark(page: MkDocsPage) -> MkDocsPage:
    """A page like this one, with marks in place of what is its own."""
    marks = {
        name: f"\ue000{name}\ue001" if value else value for name, value in _slots_of(page).items()
    }
    marked = copy.copy(page)
    marked.meta = {**page.meta, "title": marks["title"], "description": marks["description"]}
    marked.title, marked.content = marks["title"], f"{marks['content']}<h1>"
    marked.canonical_url, marked.edit_url = (
        marks["canonical_url"] or None,
        marks["edit_url"] or None,
    )
    return marked


def _fill(shell: list[str], slots: Mapping[str, str]) -> str:
    """Texts and the names of slots take turns in a shell."""
    return "".join(slots[part] if place % 2 else part for place, part in enumerate(shell))
