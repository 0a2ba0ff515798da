"""Abbreviations that a playbook explains by itself: `key performance indicator (KPI)`, and the
initials of what something is called.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any

from generator.pages.finder.records import Record
from generator.pages.finder.tokenizer import Terms, split

_CAPITALS = re.compile(r"[A-Z](?<![\w-][A-Z])[A-Z0-9]{1,5}(?![\w-])")
_JOINED = re.compile(r"(?<=[a-z])(?=[A-Z])")
"""Between the words of a name that is written as one: `SalesForge`."""
_BRACKETS = re.compile(r" \([A-Z][A-Za-z0-9]{1,5}\)")
_IN_BRACKETS = re.compile(r"((?:[\w’'-]+ ){1,7}[\w’'-]+) \(([A-Z][A-Za-z0-9]{1,5})\)")
_NAMED = frozenset(
    {"glossary", "personas", "people", "offerings", "competitors", "markets", "qualification"}
)
_FEWEST, _MOST_WORDS = 2, 6
"""Words of a name whose initials may stand for it. Those of two stand for much: the browser takes
them only where they are typed in capitals.
"""
_MOST = 2000


def list_initials(records: Sequence[Record], terms: Terms) -> Mapping[str, Any]:
    """`short`: the abbreviations that stand in the texts; `long`: by its initials, what may be meant:
    the words as written, then their terms.
    """
    short: set[str] = set()
    long: dict[str, dict[str, list[str]]] = {}
    for record in records:
        texts = (record.title, *record.names, record.short, record.text)
        for text in texts:
            short.update(found.lower() for found in _CAPITALS.findall(text))
        for initials, written in (*_find_explained(texts), *_find_names(record)):
            if len(long) < _MOST:
                found = [written, *dict.fromkeys(terms.key_of(written).split())]
                long.setdefault(initials, {})[written.lower()] = found
    return {
        "short": sorted(short)[:_MOST],
        "long": {initials: list(found.values()) for initials, found in sorted(long.items())},
    }


def _find_explained(texts: Iterable[str]) -> Iterator[tuple[str, str]]:
    """What stands before brackets and begins with the letters in them."""
    for text in texts:
        for written, capitals in _IN_BRACKETS.findall(text) if _BRACKETS.search(text) else ():
            initials = (
                capitals.lower().removesuffix("s") if capitals[-1] == "s" else capitals.lower()
            )
            words = written.split()[-len(initials) :]
            if "".join(word[0] for word in words).lower() == initials:
                yield initials, " ".join(words)


def _find_names(record: Record) -> Iterator[tuple[str, str]]:
    if record.kind not in _NAMED:
        return
    for name in (record.title, *record.names):
        words = split(_JOINED.sub(" ", name))
        if _FEWEST <= len(words) <= _MOST_WORDS and len(name) < 60:
            yield "".join(word[0] for word in words), name
