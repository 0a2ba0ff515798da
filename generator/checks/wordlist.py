"""The words that say nothing, a list per language, which a company extends and trims."""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Iterator
from functools import cache
from importlib.resources import files

from generator.model.header import Words

_QUOTED = re.compile(
    r"\"[^\"\n]{0,80}\"|“[^”\n]{0,80}”|„[^“”\n]{0,80}[“”]|«[^»\n]{0,80}»|`[^`\n]{0,80}`|\]\([^)\s]*\)"
)


def find_words(text: str, list_name: str, language: str, own: Words) -> Iterator[str]:
    """Words of a list (`vague`, `empty`) in a text, as they are written there. What stands in
    quotes is somebody else's.

    A company's own words stand in the list of vague ones; what it allows is in none.
    """
    pattern, _ = _compile_own(list_name, language, own)
    quoted: list[tuple[int, int]] | None = None
    for match in pattern.finditer(text):
        if quoted is None:
            quoted = [one.span() for one in _QUOTED.finditer(text)]
        if not any(start <= match.start() < end for start, end in quoted):
            yield match[0]


def may_have_words(texts: Iterable[str], list_name: str, language: str, own: Words) -> bool:
    """Whether words of a list may stand in some of these texts. Most have none, and to find them takes
    ten times as long.
    """
    plain = _plain("\n".join(texts))
    return any(map(plain.__contains__, _compile_own(list_name, language, own)[1]))


def _compile_own(
    list_name: str, language: str, own: Words
) -> tuple[re.Pattern[str], tuple[str, ...]]:
    return _compile(list_name, language, own.add if list_name == "vague" else (), own.allow)


@cache
def _compile(
    list_name: str, language: str, add: tuple[str, ...], allow: tuple[str, ...]
) -> tuple[re.Pattern[str], tuple[str, ...]]:
    """The words of a list as a pattern, and plain: the pattern matches no text that, made plain,
    has none of them.
    """
    allowed = {_plain(word) for word in allow}
    words = [
        word
        for word in (*_read_list(language).get(list_name, ()), *add)
        if _plain(word) not in allowed
    ]
    return compile_words(words), tuple({_plain(word) for word in words})


def compile_words(words: Iterable[str]) -> re.Pattern[str]:
    """What finds whole words, in any case; hyphen and space are one, `*` stands for any ending."""
    forms = sorted(map(_form, words), key=len, reverse=True)
    return re.compile(rf"(?<![\w-])(?:{'|'.join(forms)})(?![\w])", re.IGNORECASE)


def _plain(text: str) -> str:
    """A word or a text without case, with a space where it has hyphens."""
    return " ".join(text.casefold().rstrip("*").replace("-", " ").split())


def _form(word: str) -> str:
    """A word as a pattern: hyphen and space are one, `*` stands for any ending."""
    parts = re.split(r"[\s-]+", word.strip().rstrip("*"))
    return r"[\s-]+".join(map(re.escape, parts)) + (r"\w*" if word.strip().endswith("*") else "")


@cache
def _read_list(language: str) -> dict[str, list[str]]:
    """The lists of a language (`de`, `de-AT`); none where it has none: better silent than wrong."""
    folder = files("generator.checks").joinpath("vague")
    for name in (language, language.partition("-")[0]):
        own = folder.joinpath(f"{name}.json")
        if own.is_file():
            found: dict[str, list[str]] = json.loads(own.read_text("utf-8"))
            return found
    return {}
