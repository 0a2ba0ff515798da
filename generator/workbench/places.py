"""Which field of an entry a problem is about: from the line in the file back to the form."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from generator.editing.value_edits import show_path
from generator.loading.located_entry import Written
from generator.problems.problem import Place, Problem
from generator.schema.vocabulary import OWN
from generator.syntax.document import Document, Route


def is_about(problem: Problem, written: Written) -> bool:
    """Whether a problem stands in this entry, or is said of it."""
    document, place = written.document, problem.place
    if problem.entry:
        return problem.entry == str(written.key)
    if place.file != document.file:
        return False
    if not written.route:
        return True
    first, last = document.key_place(written.route), document.end_place(written.route)
    return first.line <= place.line <= last.end_line


def find_path(problem: Problem, written: Written) -> str:
    """The path of the field in which a problem stands, as a note writes it; empty for the entry."""
    place = problem.place
    if place.file != written.document.file:
        return ""
    starts = sorted(_list_starts(written.document, written.route))
    before = [route for line, column, route in starts if (line, column) <= _begin(place)]
    if not before:
        return ""
    route = before[-1]
    if route[0] == OWN and len(route) > 1 and f"{OWN}.{route[1]}" not in written.kind.fields:
        route = route[1:]
    return show_path(route)


def _begin(place: Place) -> tuple[int, int]:
    return (place.line, place.column)


def _list_starts(document: Document, root: Route) -> Iterator[tuple[int, int, Route]]:
    """Where each field of an entry begins, and each part of one."""
    for route in _list_routes(document.value(root) if root else document.data):
        start = document.key_place((*root, *route))
        yield start.line, start.column, route


def _list_routes(value: Any, above: Route = ()) -> Iterator[Route]:
    steps = (
        value if isinstance(value, dict) else range(len(value)) if isinstance(value, list) else ()
    )
    for step in steps:
        route = (*above, step)
        yield route
        yield from _list_routes(value[step], route)
