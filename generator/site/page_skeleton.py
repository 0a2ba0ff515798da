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
import posixpath
import re
from collections.abc import Callable, Iterable, Mapping
from functools import cached_property
from pathlib import Path
from typing import Any

from jinja2 import Environment, Template
from markupsafe import Markup
from mkdocs.config.defaults import MkDocsConfig
from mkdocs.structure.pages import Page as MkDocsPage

from generator.site.content import Content, describe, fill
from generator.site.mkdocs_internals import SEARCH, MadePage, find_listener, set_toc
from generator.site.theme.escaping import mark_html

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
AT_REST = (SEARCH,)
"""Plugins that may be listed, and that we have put to rest."""

Finish = Callable[[str], str]


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
            html = self._template.render(context)
            page.content = ""  # it stands in there now; that of a long list takes megabytes
            return self._finish(html)
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


class Layout:
    """Lays out pages the fast way, in what one build has made round them. `env` is the theme's,
    `finish` is done to every page, `edit_base` is the address before the path of a file where the
    git host edits it.
    """

    def __init__(self, env: Environment, finish: Finish, edit_base: str) -> None:
        self._env, self._finish, self._edit_base = env, finish, edit_base

    @cached_property
    def _shells(self) -> Shells:
        return Shells(self._env.get_template("main.html"), self._finish)

    def lay_out(self, content: Content, page: MkDocsPage, context: Mapping[str, Any]) -> str:
        """A page of ours, finished: it is made, and forgotten. Those that the navigation does not
        list have all but their content in common.
        """
        ours = content.pages[page.file.src_uri]
        describe(
            page,
            ours,
            self._edit_base,
            is_for_everybody=content.made.edition.is_for_everybody,
        )
        page.content = fill(page, ours, content.notice)
        mark_html(page)
        try:
            is_listed = not isinstance(page, MadePage) or page.is_listed
            return self._shells.lay_out(page, context, is_listed=is_listed)
        finally:
            page.content = ""
            set_toc(page, ())

    def lay_out_hand_written(
        self, notice: Markup, page: MkDocsPage, context: Mapping[str, Any]
    ) -> str:
        """A page as MkDocs has read it, with the notice of now."""
        content = page.content or ""
        page.content = f"{notice}{content}"
        mark_html(page)
        try:
            return self._shells.lay_out(page, context, is_listed=True)
        finally:
            page.content = content


def find_obstacle(config: MkDocsConfig, own: object) -> str:
    """Why no page may be filled in: something of the company's own that may make any page another.
    Empty where all may.
    """
    if config.theme.name != "material":
        return f"the theme is {config.theme.name}"
    listener = find_listener(
        config, _PAGE_EVENTS, lambda plugin, name: plugin is own or name in AT_REST
    )
    if listener:
        return f"{listener} wants to see every page"
    own_folder, *others = [Path(folder) for folder in config.theme.dirs]
    for file in sorted(own_folder.rglob("*.html")) if config.theme.custom_dir else ():
        path = file.relative_to(own_folder)
        if any((folder / path).is_file() for folder in others):
            return f"{path.as_posix()} stands in for the theme's own"
    return ""


def _family_of(page: MkDocsPage, slots: Mapping[str, str]) -> object:
    """All that a page's shell depends on, but for what its slots hold."""
    return (
        posixpath.dirname(posixpath.dirname(page.file.dest_uri)),
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
        "canonical_url": str(Markup.escape(page.canonical_url or "")),
        "edit_url": str(Markup.escape(page.edit_url or "")),
    }


def _mark(page: MkDocsPage) -> MkDocsPage:
    """A page like this one, with marks in place of what is its own."""
    marks = {
        name: f"\ue000{name}\ue001" if value else value for name, value in _slots_of(page).items()
    }
    marked = copy.copy(page)
    marked.meta = {**page.meta, "title": marks["title"], "description": marks["description"]}
    marked.title = Markup(marks["title"])  # noqa: S704  # a mark, to be filled with what is escaped
    marked.content = Markup(f"{marks['content']}<h1>")  # noqa: S704  # the same
    marked.canonical_url, marked.edit_url = (
        marks["canonical_url"] or None,
        marks["edit_url"] or None,
    )
    return marked


def _fill(shell: list[str], slots: Mapping[str, str]) -> str:
    """Texts and the names of slots take turns in a shell."""
    return "".join(slots[part] if place % 2 else part for place, part in enumerate(shell))
