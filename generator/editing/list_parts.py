"""A long list of entries in parts: who changes one of thousands need not read the others again."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, replace
from itertools import accumulate
from typing import Any

from generator.editing.value_changes import Change
from generator.syntax.document import Document, read_document

_ENTRIES = 25
"""How many entries a part has: enough to show the manner of their author."""
_LONG = 100


@dataclass(frozen=True)
class Part:
    """Some entries of a list, from `first` to before `last`, and where their lines stand in the text."""

    first: int
    last: int
    start: int
    end: int


def edit_in_parts(
    document: Document,
    text: str,
    changes: Sequence[Change],
    edit: Callable[[str, Sequence[Change], int], str],
) -> str | None:
    """The text of a long list with changes made in its entries. `edit` makes those of a part in the
    part's own text, and is told the position of its first entry; routes lead from there.

    None where the file is better taken whole.
    """
    if not all(map(_is_within_an_entry, changes)):
        return None
    by_part: dict[int, list[Change]] = {}
    for change in changes:
        first = _first_of(change.route[0])
        by_part.setdefault(first, []).append(_shift(change, first))
    parts = _find_parts(document, text, by_part)
    if parts is None:
        return None
    for part in reversed(parts):
        after = edit(text[part.start : part.end], by_part[part.first], part.first)
        if part.end < len(text) and not after.endswith("\n"):
            return None
        text = text[: part.start] + after + text[part.end :]
    return text


def find_end(document: Document, text: str) -> int:
    """Where the last part of a long list begins in its text; the beginning of the text where the file is
    better taken whole.
    """
    data = document.data
    parts = (
        _find_parts(document, text, [_first_of(len(data) - 1)]) if isinstance(data, list) else None
    )
    return parts[0].start if parts else 0


def _is_within_an_entry(change: Any) -> bool:
    routes = [change.route, getattr(change, "to", change.route)]
    return all(len(route) > 1 and route[0] == routes[0][0] for route in routes) and isinstance(
        routes[0][0], int
    )


def _first_of(position: Any) -> int:
    """The first entry of the part that holds the one at this position."""
    return int(position) - int(position) % _ENTRIES


def _shift(change: Any, first: int) -> Any:
    routes = {
        name: (getattr(change, name)[0] - first, *getattr(change, name)[1:])
        for name in ("route", "to")
        if hasattr(change, name)
    }
    return replace(change, **routes)


def _find_parts(document: Document, text: str, firsts: Iterable[int]) -> list[Part] | None:
    """The parts of a list that begin with these entries, in their order. `document` is what reading
    `text` gave.

    None where the file is better taken whole: it is short, no list with each dash at the left edge,
    not flawless, or a part of it would say something else by itself.
    """
    data = document.data
    if not isinstance(data, list) or len(data) < _LONG or not document.is_flawless:
        return None
    lines = text.split("\n")
    if [line.rstrip("\r") for line in lines[: len(document.lines)]] != list(document.lines):
        return None
    offsets = [0, *accumulate(len(line) + 1 for line in lines)]
    parts = []
    for first in sorted(firsts):
        last = min(first + _ENTRIES, len(data))
        ends = [_find_dash(document, lines, one) for one in (first, last) if 0 < one < len(data)]
        if None in ends:
            return None
        start = offsets[ends[0] or 0] if first else 0
        end = offsets[ends[-1] or 0] if last < len(data) else len(text)
        inner = text[start:end].encode()
        if read_document(document.file, inner, len(inner) + 1).document.data != data[first:last]:
            return None
        parts.append(Part(first, last, start, end))
    return parts


def _find_dash(document: Document, lines: Sequence[str], position: int) -> int | None:
    """The line of an entry's dash, counted from 0; None where that does not stand at the left edge."""
    begun = number = document.key_place((position,)).line - 1
    while number > 0 and not lines[number].startswith("-"):
        text = lines[number].strip()
        if number < begun and text and not text.startswith("#"):
            return None
        number -= 1
    return number if lines[number].rstrip("\r") == "-" or lines[number].startswith("- ") else None
