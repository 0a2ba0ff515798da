"""Where a value of an entry is written in its document."""

from __future__ import annotations

from typing import Any

from generator.schema.vocabulary import OWN
from generator.syntax.document import Document, Route


def source_route(document: Document, route: Route, path: Route) -> Route:
    """The route in the document of a path in the values of an entry: empty items were left out of
    lists there, and a company's own fields may be written beside the others or below `custom`.
    """
    data = document.value(route)
    for step in _find_own(data, path):
        at, data = _step_into(data, step)
        route = (*route, at)
    return route


def _step_into(data: Any, step: int | str) -> tuple[int | str, Any]:
    """A step as it is written, and what it leads to."""
    if isinstance(data, list) and isinstance(step, int):
        filled = [number for number, item in enumerate(data) if item is not None]
        at = filled[step] if step < len(filled) else step
        return at, data[at] if at < len(data) else None
    return step, data.get(step) if isinstance(data, dict) else None


def _find_own(written: Any, path: Route) -> Route:
    """The path as it is written, where it leads to a field of the company's own: `custom`, then its
    name; its name alone; or `custom.name`, where a standard field is called so.
    """
    if not path or not isinstance(written, dict) or not isinstance(path[0], str):
        return path
    below = written.get(OWN)
    known = below if isinstance(below, dict) else {}
    if path[0] == OWN:
        is_below = len(path) == 1 or path[1] in known or path[1] not in written
        return path if OWN in written and is_below else path[1:]
    name = path[0].removeprefix(f"{OWN}.")
    is_below = name in known and (name != path[0] or name not in written)
    return (OWN, name, *path[1:]) if is_below else (name, *path[1:])
