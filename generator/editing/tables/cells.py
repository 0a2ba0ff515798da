"""Values as the text of a cell, and back.

A list stands in one cell, an item a line; where an item has lines of its own, is a group, or would be
taken apart otherwise, each begins with a dot (`• `) and goes on two blanks further in. A group within
a list is a line for each of its fields, with the field's title before it.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from generator.editing.edit_notes import is_same
from generator.editing.tables.words import Tongue, is_called, plain, read_bool
from generator.editing.value_text import spell
from generator.problems.phrases import join_words, on_one_line, shorten
from generator.schema.corrections import (
    READERS,
    SIMPLE_ITEM,
    read_dates,
    read_figure,
    read_interval,
)
from generator.schema.vocabulary import Field

_DOT = "• "
_STEP = "  "
_BULLET = re.compile(r"\s*(?:[-*–—•·▪◦‣]|[0-9]{1,2}[.)])\s+")
_NUMBER = re.compile(r"-?[0-9]+(\.[0-9]+)?")
_NAMED = ("reference", "enum", "date", "interval", "integer", "number")
"""The types of value that hold no comma of their own."""

Find = Callable[[str, Field], str]
"""What a text that stands for another entry is called there. Raises CellError."""


class CellError(ValueError):
    """The text of a cell is no value of its column. The message says why, and what to do."""


@dataclass(frozen=True)
class Writing:
    """How values are written and read in a table: in whose words, and how entries are found."""

    tongue: Tongue
    find: Find

    def write(self, value: Any, field: Field) -> str:
        """A value as the text of a cell."""
        if value is None:
            return ""
        if isinstance(value, list | tuple):
            return self._write_list(value, field)
        if isinstance(value, Mapping):
            return self._write_group(value, field)
        written = spell(value)
        if written in field.labels:
            return self._label(written, field)
        if isinstance(value, bool):
            return self.tongue.say_bool(value)
        return str(written)

    def list_choices(self, field: Field) -> list[str]:
        """What may stand in a cell, where it is one of a few."""
        if field.labels:
            return [self._label(value, field) for value in field.labels]
        if field.type == "boolean":
            return [self.tongue.say_bool(True), self.tongue.say_bool(False)]
        return []

    def read(self, text: str, field: Field) -> Any:
        """The value that a cell says; None where it says nothing. Raises CellError."""
        text = text.replace("\r\n", "\n")
        if not text.strip():
            return None
        if field.type == "list" and field.item is not None:
            item = field.item
            return [self.read(one, item) for one in _split_list(text, item)]
        if field.type == "object":
            return self._read_group(text, field)
        if field.labels:
            return self._read_choice(text, field)
        return self._read_plain(text, field)

    def is_exact(self, value: Any, field: Field) -> bool:
        """Whether a value is read back from its cell as it is."""
        try:
            return is_same(self.read(self.write(value, field), field), value)
        except CellError:
            return False

    def _write_list(self, value: Any, field: Field) -> str:
        item = field.item or field
        items = [self.write(one, item) for one in value]
        simple = "\n".join(items)
        if item.type not in ("object", "list") and _split_list(simple, item) == items:
            return simple
        return "\n".join(_DOT + _indent(one) for one in items)

    def _write_group(self, value: Mapping[str, Any], field: Field) -> str:
        lines = []
        for name, inner in value.items():
            known = field.fields.get(name)
            title = self.tongue.say(known.title) if known else name
            text = self.write(inner, known or field)
            gap = "\n" + _STEP if text.startswith((_DOT, "\n")) else " "
            lines.append(f"{title}:{gap}{_indent(text)}")
        return "\n".join(lines)

    def _read_group(self, text: str, field: Field) -> Any:
        found: dict[str, list[str]] = {}
        current: list[str] = []
        for line in text.split("\n"):
            name, colon, rest = line.partition(":")
            known = _field_called(name, field) if colon and not line.startswith(_STEP) else None
            if known is not None and known not in found:
                current = found[known] = [rest.removeprefix(" ")] if rest.strip() else []
            elif found:
                current.append(line.removeprefix(_STEP))
            else:
                return self._read_lone(text, field)
        read = {
            name: self.read("\n".join(lines), field.fields[name]) for name, lines in found.items()
        }
        return {name: value for name, value in read.items() if value is not None}

    def _read_lone(self, text: str, field: Field) -> Any:
        """A group of which only the text is written that it is about."""
        needed = [name for name, inner in field.fields.items() if inner.required]
        name = field.shorthand or (needed[0] if len(needed) == 1 else "")
        if name and field.fields[name].type in ("plain", "prose", "text"):
            return {name: self.read(text, field.fields[name])}
        titles = join_words([self.tongue.say(inner.title) for inner in field.fields.values()])
        raise CellError(
            f'"{shorten(on_one_line(text))}" does not say what it is; before each part write one of these and a '
            f"colon: {titles}"
        )

    def _label(self, value: str, field: Field) -> str:
        """The word for a value; the value itself where two have the same word."""
        label = self.tongue.say(field.labels[value])
        alike = [one for one in field.labels.values() if plain(one) == plain(field.labels[value])]
        return label if len(alike) == 1 else value

    def _read_choice(self, text: str, field: Field) -> Any:
        bare = text.strip()
        fitting = [one for one in field.labels if bare == one] or [
            one for one, label in field.labels.items() if is_called(bare, one, label)
        ]
        if len(fitting) != 1:
            choices = ", ".join(self.list_choices(field))
            raise CellError(f'"{shorten(on_one_line(bare))}" is none of: {choices}')
        value = field.values.get(fitting[0], fitting[0])
        return int(value) if field.type == "integer" and not isinstance(value, bool) else value

    def _read_plain(self, text: str, field: Field) -> Any:
        if field.type == "prose":
            return text.strip()
        bare = on_one_line(text)
        read = _READERS.get(field.type)
        if read is not None:
            return read(bare)
        if field.type == "reference":
            return self.find(bare, field)
        reader = READERS.get(field.noun)
        meant = reader(bare) if reader is not None else None
        return meant.word if meant is not None and meant.sure else bare


def _split_list(text: str, item: Field) -> list[str]:
    """The items of a list as the texts of cells of their own."""
    lines = text.split("\n")
    if lines[0].startswith(_DOT):
        items: list[list[str]] = []
        for line in lines:
            if line.startswith(_DOT):
                items.append([line.removeprefix(_DOT)])
            else:
                items[-1].append(line.removeprefix(_STEP))
        return ["\n".join(one) for one in items]
    filled = [line for line in lines if line.strip()]
    if all(map(_BULLET.match, filled)):
        return [_BULLET.sub("", line, count=1).strip() for line in filled]
    if len(filled) > 1 or item.type in ("prose", "object"):
        return [line.strip() for line in filled]
    return _split_line(text.strip(), item)


def _split_line(line: str, item: Field) -> list[str]:
    """The items that stand on one line: between semicolons, or between commas where they are names
    or a few words each.
    """
    for sign in (";", "|", ","):
        pieces = [one.strip() for one in line.split(sign) if one.strip()]
        is_safe = sign != "," or item.type in _NAMED or bool(item.labels)
        if len(pieces) > 1 and (is_safe or all(map(SIMPLE_ITEM.fullmatch, pieces))):
            return pieces
    return [line]


def _indent(text: str) -> str:
    """A text of several lines as it goes on further in."""
    first, *rest = text.split("\n")
    return "\n".join([first, *(f"{_STEP}{line}" if line else "" for line in rest)])


def _field_called(name: str, field: Field) -> str | None:
    """The field of a group that a line begins with."""
    for known, inner in field.fields.items():
        if is_called(name, inner.title) or name.strip() == known:
            return known
    return None


def _read_day(text: str, *, rough: bool = False) -> str:
    if re.fullmatch(
        r"[0-9]{4}-[0-9]{2}-[0-9]{2}" + ("|[0-9]{4}(-[0-9]{2})?" if rough else ""), text
    ):
        return text
    found = read_dates(text, rough=rough)
    if len(found) > 1:
        raise CellError(f'"{text}" may be {" or ".join(found)}; write one of these')
    if not found and not (rough and text == "unknown"):
        raise CellError(f'"{shorten(text)}" is no date; write year-month-day, such as 2026-03-31')
    return found[0] if found else text


def _read_number(text: str) -> int | float:
    bare = re.sub(r"\s*%$", "", text)
    if not _NUMBER.fullmatch(bare):
        figure, is_sure = read_figure(bare)
        is_decimal = re.fullmatch(r"-?[0-9]+,([0-9]{1,2}|[0-9]{4,})", bare) is not None
        if not figure or not (is_sure or is_decimal):
            raise CellError(
                f'"{shorten(text)}" is no figure that can be read in one way only; write digits, with a '
                "point before decimals and no other mark"
            )
        bare = figure
    return float(bare) if "." in bare else int(bare)


def _read_whole(text: str) -> int | float:
    number = _read_number(text)
    return int(number) if number == int(number) else number


def _read_bool(text: str) -> bool:
    value = read_bool(text)
    if value is None:
        raise CellError(f'"{shorten(text)}" is neither yes nor no')
    return value


def _read_stretch(text: str) -> str:
    meant = read_interval(text)
    if re.fullmatch(r"[1-9][0-9]{0,3}[dwmy]", text):
        return text
    if meant is None or not meant.sure:
        raise CellError(f'"{shorten(text)}" is no stretch of time; write it as 90d, 2w, 6m or 1y')
    return meant.word


_READERS: Mapping[str, Callable[[str], Any]] = {
    "date": _read_day,
    "day_or_month": lambda text: _read_day(text, rough=True),
    "integer": _read_whole,
    "number": _read_number,
    "boolean": _read_bool,
    "interval": _read_stretch,
}
