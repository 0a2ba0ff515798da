"""Whom a hand-written page is for, as its first lines say.

Only front matter that MkDocs reads counts. What looks like an attempt at it, in whatever place or
form, is found and never taken for silence: a page that says nothing is open to everybody inside.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any

import yaml

from generator.loading.audience_words import (
    FILLERS,
    KEY,
    KEYS_OF_FIELDS,
    NAMING,
    OTHER_KEYS,
    SECRECY,
    YES,
    clean_line,
    is_key,
    is_other_key,
    split_words,
)
from generator.model.entry import DEFAULT_AUDIENCE
from generator.problems.suggestions import find_nearest

_FIRST_LINES = 40
"""An attempt at front matter that stands lower is none; tried on pages with a notice of rights and
a heading before it.
"""
_MOST_WORDS = 10
"""Of a line that says nothing but whom a page is for."""
_MOST_KEY_WORDS = 3
_FRONT_MATTER = re.compile(r"\A---[ \t]*\n(.*?\n)(?:---|\.\.\.)[ \t]*\n", re.DOTALL)
_PLAIN_FIELD = re.compile(r" {0,3}([A-Za-z0-9_-]+):\s*(.*)")
"""MkDocs takes lines such as `audience: partner` at the very beginning for front matter even
without the dashes.
"""
_SEPARATOR = re.compile(r"\s*(?:[:;=\u2236\u2192|]|[-=]>|\s[-\u2013\u2014]+\s|\t)")
_GIVEN = re.compile(r"\b(?=(\w+)\s*[^\w\s-]+\s*[\"']?(\w+))")
"""A word and what is given to it, wherever on a line."""
_DELIMITER = re.compile(r"\W{2,}|[{}]|/\*|\*/|(?:---|\+\+\+|~~~+|```+)\s*\w*")
_UNDERLINE = re.compile(r" {0,3}(?:=+|-+)\s*")
_ASIDE = re.compile(r"<!--|-->|\{%|\[\w+\]$|!?\[.*\]\(.*\)$|</?[a-zA-Z]|\[[^\]]+\]:|[-+]{3}|%")
"""What may stand before front matter and is no text of the page: a comment, a tag, a picture."""
_ITEM = re.compile(r"^\s*[-*+]\s+")
_HEADING = re.compile(r" {0,3}#{1,6}\s")
_FENCE = re.compile(r" {0,3}(```|~~~)")


@dataclass(frozen=True)
class PageAudience:
    """Whom a page is for. `unclear` is the number of the line that seems to say it but cannot be
    understood; 0 where none does. Then the page is for the narrowest circle until it can.
    """

    name: str
    unclear: int = 0


def read_audience(text: str, circles: Sequence[str]) -> PageAudience:
    """Whom a page is for, among `circles`, the narrowest first: those inside where it does not say
    so.
    """
    said = _read_front_matter(text)
    head = _Head(text, circles)
    line = head.find_second() or head.find_narrower(said) if said else head.find_unclear()
    return PageAudience(circles[0], line) if line else PageAudience(said or DEFAULT_AUDIENCE)


def _read_front_matter(text: str) -> str:
    """What the front matter says, as MkDocs reads it; empty where it says nothing."""
    match = _FRONT_MATTER.match(text)
    if match is None:
        return next((value for _, name, value in _list_plain(text) if name == KEY), "")
    try:
        meta: Any = yaml.load(match[1], yaml.BaseLoader)  # noqa: S506  # BaseLoader makes nothing but texts, lists, groups
    except (yaml.YAMLError, ValueError, RecursionError):
        return ""
    if not isinstance(meta, dict) or not meta.get(KEY):
        return ""
    said = meta[KEY]
    return said if isinstance(said, str) else yaml.safe_dump(said, default_flow_style=True).strip()


def _list_plain(text: str) -> Iterator[tuple[int, str, str]]:
    """Lines that MkDocs takes for front matter without dashes: number, name and value."""
    for number, line in enumerate(text.split("\n"), 1):
        field = _PLAIN_FIELD.match(line)
        if field is not None:
            yield number, field[1], field[2].strip()
        elif not line.startswith(("    ", "\t")):
            return


class _Head:
    """The first lines of a page, in which somebody may have tried to say whom it is for."""

    def __init__(self, text: str, circles: Sequence[str]) -> None:
        self._lines = [clean_line(line) for line in text.split("\n", _FIRST_LINES)[:_FIRST_LINES]]
        self._circles = circles
        match = _FRONT_MATTER.match(text)
        self._end = text.count("\n", 0, match.end()) if match else 0
        """How many lines are front matter as MkDocs knows it."""

    def find_unclear(self) -> int:
        """The first line that seems to say whom the page is for."""
        return next((number for number, line, where in self._walk() if self._tries(line, where)), 0)

    def find_second(self) -> int:
        """The second line of front matter that gives the audience: nobody knows which one counts."""
        first = self._lines[: self._end] if self._end else self._lines
        fields = (number for number, line in enumerate(first, 1) if re.match(rf"{KEY}\s*:", line))
        next(fields, 0)
        return next(fields, 0) if self._end else 0

    def find_narrower(self, said: str) -> int:
        """A line at the very top that names a narrower circle than the one that is `said`."""
        if said not in self._circles:
            return 0
        narrower = self._circles[: self._circles.index(said)]
        for number, line, where in self._walk():
            names = {self._name(word) for word in split_words(line)}
            if where in ("top", "fields") and names & set(narrower) and self._states(line):
                return number
        return 0

    def _walk(self) -> Iterator[tuple[int, str, str]]:
        """Every line but those of the text, with where it stands: in `fields`, at the `top` before
        any other thing, `before` the text begins, or `in` the text.
        """
        where, fence = "top", ""
        for number, line in enumerate(self._lines, 1):
            if number <= self._end:
                yield number, line, "fields"
                continue
            mark = _FENCE.match(line)
            if mark and fence in ("", mark[1]):
                fence = "" if fence else mark[1]
                where = "fields" if where != "in" and fence else where
                continue
            if fence and where == "in":
                continue  # an example
            yield number, line, where
            where = self._follow(number, line, where)

    def _follow(self, number: int, line: str, where: str) -> str:
        """Where the line after this one stands."""
        stripped = line.strip()
        if where == "in" or not stripped:
            return where
        if _DELIMITER.fullmatch(stripped):
            return "fields"
        below = self._lines[number] if number < len(self._lines) else ""
        is_title = _UNDERLINE.fullmatch(below) is not None and not _SEPARATOR.search(stripped)
        if _HEADING.match(line) or is_title or _UNDERLINE.fullmatch(line):
            return "before"
        if _ASIDE.match(stripped):
            return "fields" if stripped.startswith("<!--") and "-->" not in stripped else where
        if where in ("top", "fields") and (_PLAIN_FIELD.match(line) or line[:1] in " \t\"'-#"):
            return where
        return where if self._is_field(stripped) and where != "before" else "in"

    def _is_field(self, line: str) -> bool:
        name = _SEPARATOR.split(line, maxsplit=1)[0]
        return name != line and len(split_words(name)) <= _MOST_KEY_WORDS

    def _tries(self, line: str, where: str) -> bool:
        """Whether a line seems to say whom the page is for."""
        if where == "in":
            return not line.startswith(("    ", "\t", ">", "- ", "* ", "`", "|")) and (
                self._states(line)
            )
        if self._states(line) or (where == "fields" and self._holds(line)):
            return True
        return where in ("top", "fields") and self._names_field(line, where)

    def _states(self, line: str) -> bool:
        """Whether a line says nothing but that something is for a circle."""
        words = split_words(line)
        if not 1 < len(words) <= _MOST_WORDS or not any(map(self._name, words)):
            return False
        if not all(self._is_of_statement(word) for word in words):
            return False
        first = next(word for word in words if word not in FILLERS)
        is_narrow = any(self._is_narrow(word) for word in words)
        if is_key(first) or any(map(is_key, words[:_MOST_KEY_WORDS])):
            return True
        return is_narrow and (first in OTHER_KEYS or "only" in words)

    def _is_of_statement(self, word: str) -> bool:
        return is_key(word) or word in OTHER_KEYS or word in FILLERS or self._name(word) is not None

    def _holds(self, line: str) -> bool:
        """Whether a circle is given to an audience in a part of a line: in a remark, a group."""
        return any(
            is_key(words[-1]) and self._name(value) is not None
            for name, value in _GIVEN.findall(line)
            if (words := split_words(name))
        )

    def _names_field(self, line: str, where: str) -> bool:
        """Whether a field has a name near to ours, or another name and a value that keeps back."""
        name, *rest = _SEPARATOR.split(_ITEM.sub("", line), maxsplit=1)
        names, values = split_words(name), split_words(" ".join(rest))
        if not names or len(names) > _MOST_KEY_WORDS:
            return False
        if not rest and where != "fields":
            return False
        if any(map(is_key, names)):
            others = [word for word in names if not is_key(word)]
            if all(word in FILLERS | KEYS_OF_FIELDS for word in others):
                return bool(rest) or not others
            return any(map(self._name, values))
        if values and all(map(is_key, values)):
            return names[-1] in NAMING
        return self._keeps_back(names, values)

    def _keeps_back(self, names: Sequence[str], values: Sequence[str]) -> bool:
        """Whether a field with another name than ours says that not all may read the page."""
        if not any(map(is_other_key, names)):
            return False
        if values and set(values) <= YES:
            return not SECRECY.isdisjoint(names)
        return bool(values) and all(
            self._is_narrow(word) or word in SECRECY or word in FILLERS for word in values
        )

    def _name(self, word: str) -> str | None:
        """The circle that a word names."""
        found = find_nearest(word, tuple(self._circles))
        return found.word if found is not None and found.sure else None

    def _is_narrow(self, word: str) -> bool:
        name = self._name(word)
        inside = DEFAULT_AUDIENCE if DEFAULT_AUDIENCE in self._circles else self._circles[-1]
        return name is not None and self._circles.index(name) < self._circles.index(inside)
