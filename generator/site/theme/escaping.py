"""What the theme prints is text, unless we know it for HTML.

MkDocs gives themes an environment that escapes nothing, and Material prints the values of
`mkdocs.yml` and of front matter as they are. Here every expression is escaped; what is HTML says so
(`Markup`): the body of a page, titles that come from its Markdown, and the few settings that are
documented as HTML, which pass the allow-list.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, MutableMapping, Sequence
from typing import Any

from jinja2 import Environment
from markupsafe import Markup
from mkdocs.config.defaults import MkDocsConfig
from mkdocs.structure.pages import Page as MkDocsPage

from generator.files.cache import keep_templates
from generator.model.raw_html.allow_list import clean_setting, is_safe_address
from generator.site.mkdocs_internals import has_given_title

ICONS = "partials/icons.html"
"""The one template that puts HTML together from texts: a style, of the names of icons."""

_LEADING = {"link", "url", "href", "homepage", "location", "src", "avatar"}
"""The names of settings and of front matter that the theme prints as an address."""
_SCOPE = re.compile(r"[\w./:~-]+")
"""What the theme puts into a script: the address below which a browser keeps what it keeps."""
_DATES = ("git_revision_date_localized", "git_creation_date_localized")
"""What plugins write into front matter as HTML."""
_ICON = re.compile(r"[\w-]+(?:/[\w.-]+)*")


def escape_all(env: Environment) -> None:
    """From now on, templates of this environment escape what they print."""
    env.autoescape = lambda name: name != ICONS
    env.bytecode_cache = keep_templates("escaped")
    env.filters["striptags"] = _strip_tags


def clean_settings(config: MkDocsConfig) -> None:
    """Make of the settings in mkdocs.yml what may be printed: HTML where it is documented as such,
    by the allow-list; addresses that lead somewhere and run nothing; plain names of icons.
    """
    if config.copyright:
        config.copyright = clean_setting(config.copyright)
    extra = config.extra
    _clean_at(extra, ("consent", "description"))
    for rating in _list_groups(extra, ("analytics", "feedback", "ratings")):
        _clean_at(rating, ("note",))
    disarm(extra)
    if not _SCOPE.fullmatch(str(extra.get("scope") or "/")):
        del extra["scope"]
    for name in ("repo_url", "edit_uri", "edit_uri_template"):
        if config[name] and not is_safe_address(str(config[name])):
            config[name] = None
    if config.nav:
        config.nav = _disarm_menu(config.nav)
    icons = config.theme.get("icon")
    if isinstance(icons, Mapping):
        config.theme["icon"] = _keep_plain(icons)


def disarm(values: Any) -> None:
    """Take away the addresses in a group of values that would run something, at any depth."""
    if isinstance(values, MutableMapping):
        for name, value in values.items():
            if isinstance(value, str):
                if name in _LEADING and not is_safe_address(value):
                    values[name] = ""
            else:
                disarm(value)
    elif isinstance(values, list):
        for value in values:
            disarm(value)


def mark_html(page: MkDocsPage, context: Mapping[str, Any] | None = None) -> None:
    """Say of a page that is about to be laid out what of it is HTML: its body, its headings, and
    what plugins of Material put into `context`.
    """
    page.content = Markup(page.content or "")  # noqa: S704  # made by us, or cleaned
    _mark_headings(page.toc)
    for name in _DATES:
        _clean_at(page.meta, (name,))
    for post in (context or {}).get("posts") or ():
        post.content = clean_setting(post.content)


def mark_typeset(pages: Iterable[MkDocsPage | None]) -> None:
    """Say of the titles that Material's plugin `typeset` has made that they are HTML; menus print
    them on other pages, too.
    """
    for page in pages:
        if page is not None and hasattr(page, "typeset") and not isinstance(page.title, Markup):
            page.title = _strip_tags(Markup(page.title or ""))  # noqa: S704  # only to be stripped
        for heading in page.toc if page else ():
            _mark_typeset(heading)


def _mark_typeset(heading: Any) -> None:
    _clean_at(getattr(heading, "typeset", None), ("title",))
    for inner in heading.children:
        _mark_typeset(inner)


def mark_title(page: MkDocsPage) -> None:
    """Say of the title that a page has from its Markdown that it is HTML, which MkDocs leaves."""
    if not has_given_title(page):
        page.title = _strip_tags(Markup(page.title or ""))  # noqa: S704  # only to be stripped


def _mark_headings(headings: Iterable[Any]) -> None:
    for heading in headings:
        if not isinstance(heading.title, Markup):  # ours say so already
            heading.title = _strip_tags(Markup(heading.title))  # noqa: S704  # only to be stripped
        _mark_headings(heading.children)


def _strip_tags(text: Any) -> Markup:
    """Jinja's filter, but for texts, too, and safe to print: its own takes what stands between `<`
    and `>` from a text, and gives `<` back for `&lt;`.
    """
    return Markup.escape(text.striptags() if isinstance(text, Markup) else text)


def _clean_at(values: Any, way: Sequence[str]) -> None:
    *groups, last = way
    for name in groups:
        values = values.get(name) if isinstance(values, Mapping) else None
    if isinstance(values, MutableMapping) and isinstance(values.get(last), str):
        values[last] = clean_setting(values[last])


def _list_groups(values: Any, way: Sequence[str]) -> list[Any]:
    for name in way:
        values = values.get(name) if isinstance(values, Mapping) else None
    return values if isinstance(values, list) else []


def _disarm_menu(items: Any) -> Any:
    """A `nav` without the links that would run something."""
    if isinstance(items, dict):
        kept = {title: _disarm_menu(inner) for title, inner in items.items()}
        return {title: inner for title, inner in kept.items() if inner is not None}
    if isinstance(items, list):
        return [kept for item in items if (kept := _disarm_menu(item)) not in (None, {})]
    return None if isinstance(items, str) and not is_safe_address(items) else items


def _keep_plain(icons: Mapping[Any, Any]) -> dict[Any, Any]:
    kept: dict[Any, Any] = {}
    for name, value in icons.items():
        if isinstance(value, Mapping):
            kept[name] = _keep_plain(value)
        elif not isinstance(value, str) or (_ICON.fullmatch(value) and _ICON.fullmatch(str(name))):
            kept[name] = value
    return kept
