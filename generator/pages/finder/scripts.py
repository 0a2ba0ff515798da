"""The finder's scripts as a site has them.

They are written in modules, in `browser/`, and sent as few files: a browser would ask for a dozen,
the last of them only when it has read the first. One is the door that every page has; one is what
runs in the worker beside it, with what is known of the playbook's language. A site that is opened
from a folder has all of it in a single script.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Iterator
from functools import cache
from importlib.resources import files

from generator.pages.finder.lexicon import write_groups
from generator.pages.finder.tokenizer import LANGUAGES, Terms
from generator.pages.page import Asset

FOLDER = "assets/finder/"
DOOR, WORKER, HERE = (f"{FOLDER}{name}.js" for name in ("finder", "finder-worker", "finder-here"))
"""The door of a site that a server delivers, its worker, and both for one opened from a folder."""
LANGUAGE = "finder-language"
"""The module that is written at build; all others stand in `browser/`."""
_PAGE = ("finder-dialog.js", "finder.css")
_BROWSER = files("generator.pages.finder").joinpath("browser")
_IMPORT = re.compile(r'^import \{ ([\w, ]+) \} from "\./([\w-]+)\.js";.*\n', re.MULTILINE)
_EXPORT = re.compile(
    r"(?:^|(?<=;))export (?=(?:async )?(?:class|const|function\*?) (\w+))", re.MULTILINE
)
_COMMENT = re.compile(r"^[ ]*(?://[^\n]*|/\*\*.*?\*/)\n", re.MULTILINE | re.DOTALL)


def list_scripts() -> Iterator[Asset]:
    """The files that are the same on every site."""
    yield Asset(DOOR, lambda: _join("finder", "").encode())
    for name in _PAGE:
        yield Asset(f"{FOLDER}{name}", _BROWSER.joinpath(name).read_bytes)
    licence = _BROWSER.joinpath("stemmers", "licence.txt")
    yield Asset(f"{FOLDER}finder-language-licence.txt", licence.read_bytes)


def make_worker(language: str, articles: Iterable[str]) -> Asset:
    """The worker of a site in this language. `articles` are the little words of its lexicon that a
    phrase may be typed with or without.
    """
    content = _join("finder-worker", _write_language(language, tuple(articles))).encode()
    return Asset(WORKER, lambda: content)


def make_here(language: str, articles: Iterable[str]) -> Asset:
    """Door, dialog and what answers, for a site that is opened from a folder; as `make_worker`."""
    content = _join("finder-here", _write_language(language, tuple(articles))).encode()
    return Asset(HERE, lambda: content)


def list_modules(language: str, articles: Iterable[str]) -> Iterator[tuple[str, str]]:
    """All that `make_worker` joins, as name and text of each module."""
    for file in _BROWSER.iterdir():
        if file.name.endswith(".js"):
            yield file.name, file.read_text("utf-8")
    yield f"{LANGUAGE}.js", _write_language(language, tuple(articles))


@cache
def _write_language(language: str, articles: tuple[str, ...]) -> str:
    """The module of what is known of a language: how words come to their stems, and which mean the
    same.
    """
    terms = Terms(language, ())
    stemmer = "export const stem = (word) => word;\n"
    if terms.language in LANGUAGES:
        stemmer = _BROWSER.joinpath("stemmers", f"{terms.language}.js").read_text("utf-8")
    groups = "\n".join(write_groups(terms, articles))
    return f"{stemmer}export const groups = {json.dumps(groups, ensure_ascii=False)};\n"


@cache
def _join(module: str, language: str) -> str:
    """A module and all that it imports, each after what it imports itself."""
    joined: dict[str, str] = {}

    def add(name: str) -> None:
        if name in joined:
            return
        path = _BROWSER.joinpath(f"{name}.js")
        text = language if name == LANGUAGE else path.read_text("utf-8")
        for _, imported in _IMPORT.findall(text):
            add(imported)
        joined[name] = _wrap(name, text)

    add(module)
    return "".join(joined.values())


def _wrap(name: str, text: str) -> str:
    """A module as a function that is called at once: its names are its own, but for those that it
    exports.
    """
    exported = ", ".join(_EXPORT.findall(text))
    body = _IMPORT.sub(lambda found: f"const {{ {found[1]} }} = {_name(found[2])};\n", text)
    body = _COMMENT.sub("", _EXPORT.sub("", body))
    return f"const {_name(name)} = (() => {{\n{body}return {{ {exported} }};\n}})();\n"


def _name(module: str) -> str:
    return module.replace("-", "_")
