"""A list of groups that goes over several rows of somebody's table: the packages of an offering with
their prices, the steps of a play.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from typing import Any

from generator.editing.edit_notes import is_same
from generator.editing.tables.columns import Column
from generator.syntax.document import Route

Cells = Sequence[tuple[Column, str, str]]
"""The cells of one row that belong to such lists: the column, its letter, the text."""
Read = Callable[[str, Column, str], Any]
"""The value of a cell, by its letter, its column and its text; None where it has none."""


def read_items(
    rows: Sequence[tuple[int, Cells]], read: Callable[[int], Read]
) -> Mapping[Route, list[dict[str, Any]]]:
    """The groups of each list, by its route: one for each row that says something of it. `read` gives
    the way to read the cells of a row.
    """
    found: dict[Route, list[dict[str, Any]]] = {}
    for number, cells in rows:
        items: dict[Route, dict[str, Any]] = {}
        for column, letter, text in cells:
            value = read(number)(letter, column, text)
            if value is not None:
                items.setdefault(column.route, {})[column.inner] = value
        for route, item in items.items():
            found.setdefault(route, []).append(item)
    return found


def find_wanting(cells: Cells) -> Iterator[tuple[Column, str, str]]:
    """What the groups of a row lack that each must have: a column that is filled, its letter, and the
    name of the field.
    """
    filled: dict[Route, set[str]] = {}
    for column, _, _ in cells:
        filled.setdefault(column.route, set()).add(column.inner)
    told: set[Route] = set()
    for column, letter, _ in cells:
        missing = [name for name in column.needed if name not in filled[column.route]]
        if missing and column.route not in told:
            told.add(column.route)
            yield column, letter, missing[0]


def merge_items(
    now: Any, items: Sequence[Mapping[str, Any]], needed: Sequence[str]
) -> list[dict[str, Any]]:
    """The list that stands there with what rows say: a group of the same name gets their values, any
    other comes behind.
    """
    merged = [dict(one) for one in now] if isinstance(now, list) else []
    for item in items:
        alike = [
            one for one in merged if needed and is_same(one.get(needed[0]), item.get(needed[0]))
        ]
        if alike:
            alike[0].update(item)
        elif not any(is_same(one, item) for one in merged):
            merged.append(dict(item))
    return merged
