"""Older formats of the model are brought up to date while they are read; newer ones are refused.

To change the model so that old files no longer fit: raise `FORMAT`, and put the step that leads
from the format before it into `STEPS`. A step gets a kind (or `header`) and the data of one entry
as written, and returns the data of the next format. What a format adds is marked in the schema
(`x-since`), and is refused in a file of a format before it: whoever reads that format would not
know it.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping
from typing import Any

from generator.problems.problem import Problem
from generator.schema.rules import NEWER_FORMAT, OLDER_FORMAT
from generator.schema.vocabulary import Field, Kind
from generator.syntax.document import Document, Route

FORMAT = 2


def _keep(_kind: str, data: dict[str, Any]) -> dict[str, Any]:
    """What was right before is right still: the next format only adds."""
    return data


STEPS: Mapping[int, Callable[[str, dict[str, Any]], dict[str, Any]]] = {1: _keep}


def read_format(document: Document) -> int:
    """The format named in the header of strategy.yaml; the current one where none can be read."""
    header = document.data.get("strategy") if isinstance(document.data, dict) else None
    written = header.get("format") if isinstance(header, dict) else None
    if (
        isinstance(written, str)
        and written.isascii()
        and written.isdigit()
        and int(written[:9]) > 0
    ):
        return int(written[:9])
    return FORMAT


_FORMAT_LINE = re.compile(
    rb"^[ \t]+[\"']?format[\"']?[ \t]*:[ \t]*[\"']?([0-9]{1,9})", re.MULTILINE
)


def peek_format(raw: bytes) -> int:
    """The format that a strategy.yaml names, before it is read: what a company's own fields mean
    depends on it.
    """
    found = _FORMAT_LINE.search(raw)
    return int(found[1]) if found and int(found[1]) > 0 else FORMAT


def check_format(document: Document) -> list[Problem]:
    """Whether this version of the playbook can read the format that the header names."""
    written = read_format(document)
    if written <= FORMAT:
        return []
    return [
        document.problem(
            NEWER_FORMAT,
            place=document.value_place(("strategy", "format")),
            title=f"this strategy has format {written}, and this playbook knows formats up to {FORMAT}",
            why="It was written for a newer version of the playbook.",
        )
    ]


def migrate(kind: str, data: Any, written_format: int) -> Any:
    """The data of one entry in the current format."""
    for step in range(written_format, FORMAT):
        if isinstance(data, dict):
            data = STEPS[step](kind, data)
    return data


def find_newer(
    kind: Kind, document: Document, route: Route, data: Any, written_format: int
) -> Problem | None:
    """What an entry (or the header) has that its format does not know yet, the first of it; None
    where there is nothing.
    """
    if written_format >= FORMAT:
        return None
    if kind.since > written_format:
        return _say_newer(document, route, f"{kind.plural}", kind.since, written_format)
    found = next(_list_newer(data, kind.written, route, written_format), None)
    if found is None:
        return None
    field, where, value = found
    name = f'"{value or field.name}" in {kind.plural}'
    since = field.values_since[value] if value else field.since
    return _say_newer(document, where, name, since, written_format)


def _say_newer(document: Document, route: Route, name: str, since: int, written: int) -> Problem:
    there = document.key_place(route) if route else document.value_place(("id",))
    return document.problem(
        OLDER_FORMAT,
        place=there,
        title=f"{name} came with format {since}, and this strategy is written in format {written}",
    )


def _list_newer(
    data: Any, fields: Mapping[str, Field], route: Route, written: int
) -> Iterator[tuple[Field, Route, str]]:
    """Fields (and values) that a format does not know, in the order in which they are written."""
    for name, value in data.items() if isinstance(data, dict) else ():
        field = fields.get(name)
        if field is None or value is None:
            continue
        if field.since > written:
            yield field, (*route, name), ""
        elif isinstance(value, str) and field.values_since.get(value, 1) > written:
            yield field, (*route, name), value
        elif isinstance(value, list) and field.item is not None:
            for position, item in enumerate(value):
                yield from _list_newer(item, field.item.fields, (*route, name, position), written)
        else:
            yield from _list_newer(value, field.fields, (*route, name), written)
