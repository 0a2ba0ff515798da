"""What may stand where in a file, as far as the names of fields go: enough to say which of several
readings of torn lines is the one that was meant. Whoever reads a file for its kind brings it along.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, Protocol

import yaml

from generator.syntax.lines import FIELD, indent_of, is_item

FILE = "file"
"""The type of a file that holds a group of fields at its left edge, each with its own entries."""
_TOP = re.compile(r"[^\w\s#-]{0,2}([A-Za-z_][\w-]*)\s*:(?:\s|$)")
"""A field at the left edge, be it behind a sign that slipped in."""
_UNLIKE = 3
"""A list or a group in place of a text, or the other way round, weighs as much as so many fields that
are missing."""
_UNKNOWN = 2
_WORDS = frozenset({"reference", "enum", "date", "interval", "integer", "number", "boolean"})
"""What is one word, and no sentence."""


class Outline(Protocol):
    """What may stand in one place: a list of items, a group of fields, or a value."""

    @property
    def name(self) -> str:
        """The name of the field, empty for a whole file or entry."""

    @property
    def type(self) -> str:
        """`list`, `object`, or what a value is."""

    @property
    def required(self) -> bool:
        """Whether it must be there."""

    @property
    def shorthand(self) -> str:
        """The field that a lone text in its place stands for."""

    @property
    def labels(self) -> Mapping[str, str]:
        """The words that may stand, where only some may."""

    @property
    def refers_to(self) -> tuple[str, ...]:
        """The kinds of entry that a reference may name."""

    @property
    def fields(self) -> Mapping[str, Outline]:
        """The fields of a group, by name."""

    @property
    def item(self) -> Outline | None:
        """What the items of a list are."""


@dataclass(frozen=True)
class Group:
    """A group of fields without a name, or a file (`FILE`) of such."""

    fields: Mapping[str, Outline]
    type: str = "object"
    name: str = ""
    required: bool = False
    shorthand: str = ""
    item: Outline | None = None
    labels: Mapping[str, str] = field(default_factory=dict)
    refers_to: tuple[str, ...] = ()


ANYTHING = Group({}, type="any")
"""The outline of a file of which nobody knows what may stand in it."""


def top_field_of(line: str, outline: Outline) -> str | None:
    """The field of a file that a line at the left edge begins; None where it begins none."""
    found = _TOP.match(line)
    return found[1] if found and found[1] in outline.fields else None


@dataclass(frozen=True)
class Chunk:
    """The lines (from 0) that hold one entry, or the header, and what may stand in them."""

    start: int
    end: int
    outline: Outline


def find_chunk(lines: Sequence[str], line: int, outline: Outline) -> Chunk:
    """The entry around a line: in a list from its dash to that of the next, in a file of one entry all
    of it.
    """
    start, end = 0, len(lines)
    if outline.type == FILE:
        tops = [at for at, text in enumerate(lines) if top_field_of(text, outline)]
        start = max((number for number in tops if number <= line), default=0)
        end = min((number for number in tops if number > line), default=len(lines))
        top = _TOP.match(lines[start])
        inner = outline.fields.get(top[1]) if top else None
        if inner is None or inner.type != "list" or start == line:
            return Chunk(start, end, Group({inner.name: inner} if inner is not None else {}))
        start, outline = start + 1, inner
    if outline.type != "list":
        return Chunk(start, end, outline)
    dashes = [number for number in range(start, end) if is_item(lines[number])]
    if not dashes:
        return Chunk(start, end, outline)
    column, first = indent_of(lines[dashes[0]]), FIELD.match(lines[dashes[0]])
    begins = [
        number
        for number in dashes
        if indent_of(lines[number]) <= column
        and (first is None or ((begun := FIELD.match(lines[number])) and begun[2] == first[2]))
    ]
    own = max((number for number in begins if number <= line), default=start)
    following = min((number for number in begins if number > line), default=end)
    return Chunk(own, following, outline)


class _Texts(yaml.CBaseLoader):
    """Values as the texts that they are; a field written twice is an error, as it is to our readers."""

    def construct_mapping(self, node: Any, deep: bool = False) -> dict[Any, Any]:
        """The fields of a group."""
        names = [key.value for key, _ in node.value if isinstance(key.value, str)]
        if len(names) > len(set(names)):
            raise yaml.YAMLError("a field is written twice")
        return super().construct_mapping(node, deep=deep)


def count_misfits(lines: Sequence[str], outline: Outline) -> int | None:
    """How much of some lines does not fit the outline; None where they cannot be read at all."""
    try:
        data = yaml.load("\n".join(lines), Loader=_Texts)  # noqa: S506, all values stay texts
    except (yaml.YAMLError, ValueError):
        return None
    return _count(data, outline)


def _count(data: Any, outline: Outline) -> int:
    if outline.type == "any":
        return 0
    if outline.type == "list":
        if not isinstance(data, list):
            return _UNLIKE
        item = outline.item
        return sum(_count(one, item) for one in data) if item is not None else 0
    if outline.fields and isinstance(data, dict):
        known = outline.fields
        missing = sum(one.required and name not in data for name, one in known.items())
        return missing + sum(
            _count(value, known[name]) if name in known else _UNKNOWN
            for name, value in data.items()
        )
    if outline.type == "object":
        return 0 if isinstance(data, dict) or outline.shorthand else _UNLIKE
    if isinstance(data, list | dict):
        return _UNLIKE
    is_word = outline.type in _WORDS and " " in (data or "").strip()
    return _UNLIKE if is_word else 0
