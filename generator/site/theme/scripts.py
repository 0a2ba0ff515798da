"""The inline scripts and styles that may run: those that the theme ships, and the company's own.

The list is closed before any page is made. It comes from the templates alone, so that no value of
`mkdocs.yml`, no front matter and no text can put anything on it: where a script of the theme has
expressions in it, they get neutral values, once for each depth that a page can lie at. The files of
`custom_dir` are the maintainer's; a script there is trusted where it is the same on every page.
"""

from __future__ import annotations

import os
import re
from collections.abc import Iterator, Mapping, Sequence
from functools import lru_cache
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

from jinja2 import Environment, TemplateError
from mkdocs.config.defaults import MkDocsConfig
from mkdocs.theme import Theme

from generator.site.csp import NOTHING, Inline, find_inline, list_inline
from generator.site.theme.escaping import ICONS

_DEEPEST = 12
"""So many folders deep a page may lie and still have the scripts of the theme that know where the
site begins; the deepest of ours lies three deep.
"""
_IS_MADE = re.compile(r"\{\{|\{%|\{#")
_FONT = re.compile(r"[\w -]+")


def list_trusted(env: Environment, config: MkDocsConfig) -> Inline:
    """What the templates of this configuration may put into a page. `env` is the theme's."""
    own = config.theme.custom_dir
    trusted, made = NOTHING, []
    for folder in config.theme.dirs:
        is_own = bool(own) and os.path.realpath(folder) == os.path.realpath(str(own))
        for element in _read_elements(folder) if is_own else _read_kept(folder):
            if not _IS_MADE.search(element):
                trusted |= find_inline(element)
            elif not is_own:
                made.append(element)
    values = list(_list_values(config)) if made else []
    for element in made:
        trusted |= _find_made(env, element, values)
    return trusted | _find_icons(env, config)


def _read_elements(folder: str) -> list[str]:
    """The scripts and styles that stand in the templates of a folder, with their tags."""
    return [
        element
        for file in _list_templates(folder)
        for element in list_inline(file.read_text("utf-8", "replace"))
    ]


@lru_cache(maxsize=16)
def _read_kept(folder: str) -> list[str]:
    """Those of an installed theme, which stays as it is."""
    return _read_elements(folder)


def _list_templates(folder: str) -> Iterator[Path]:
    for place, folders, files in os.walk(folder):
        folders[:] = sorted(name for name in folders if not name.startswith("."))  # icons
        yield from (Path(place, name) for name in sorted(files) if name.endswith(".html"))


def _list_values(config: MkDocsConfig) -> Iterator[Mapping[str, Any]]:
    """The neutral values: for each depth, and for the page that is shown at any."""
    fonts = config.theme.get("font") or {}
    scope = config.extra.get("scope")  # plain by now
    extra = {"scope": scope} if scope else {}
    neutral = {"theme": Theme(name=config.theme.name), "extra": extra}
    names = {key: _name_font(fonts, key) for key in ("text", "code")}
    # as the theme's template sets them where nothing is said
    names = {"text": names["text"] or "Roboto", "code": names["code"] or "Roboto Mono"}
    depths = ("/".join([".."] * depth) or "." for depth in range(_DEEPEST + 1))
    for base in (*depths, urlsplit(config.site_url or "/").path):
        yield {"base_url": base, "config": neutral, "page": None, **names}


def _name_font(fonts: Any, key: str) -> str:
    name = fonts.get(key) if isinstance(fonts, Mapping) else None
    return name if isinstance(name, str) and _FONT.fullmatch(name) else ""


def _find_made(env: Environment, element: str, values: Sequence[Mapping[str, Any]]) -> Inline:
    found = NOTHING
    try:
        template = env.from_string(element)
        for neutral in values:
            found |= find_inline(template.render(neutral))
    except (TemplateError, LookupError, TypeError, ValueError, AttributeError):
        return NOTHING  # it needs more than is neutral
    return found


def _find_icons(env: Environment, config: MkDocsConfig) -> Inline:
    """The style that the theme makes of the icons that mkdocs.yml names; their names are plain."""
    if config.theme.name != "material" or not config.theme.get("icon"):
        return NOTHING
    try:
        return find_inline(env.get_template(ICONS).render(config=config))
    except TemplateError:  # an icon that there is none of: the first page says so
        return NOTHING
