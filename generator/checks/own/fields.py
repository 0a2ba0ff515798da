"""Fields as the rules of a company name them: `guardrails.floor`, from the kind or from an entry."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from generator.model.builder import list_values
from generator.schema.vocabulary import Field, Kind, Vocabulary
from generator.syntax.document import Route

HEADER = "strategy"
"""What stands for the header where a kind belongs."""


def find_kind(name: str, vocabulary: Vocabulary) -> Kind | None:
    """The kind, or the header, that a rule names."""
    return vocabulary.header if name == HEADER else vocabulary.kinds.get(name)


def find_field(kind: Kind, path: str) -> Field | None:
    """The field at the end of a path of names."""
    fields, found = kind.fields, None
    for name in path.split("."):
        found = fields.get(name)
        if found is None:
            return None
        fields = (found.item or found).fields
    return found


def list_paths(kind: Kind) -> Iterator[str]:
    """Every field of a kind by its path, the ones in groups too."""
    yield from _list_paths(kind.fields.values(), "")


def _list_paths(fields: Any, prefix: str) -> Iterator[str]:
    for one in fields:
        yield prefix + one.name
        yield from _list_paths((one.item or one).fields.values(), f"{prefix}{one.name}.")


def find_values(group: Any, path: str) -> Iterator[tuple[Route, Any]]:
    """The values at the end of a path, one for each item of the lists on the way; None where there
    is none.
    """
    yield from _walk(group, tuple(path.split(".")), ())


def _walk(value: Any, steps: Route, route: Route) -> Iterator[tuple[Route, Any]]:
    if isinstance(value, tuple | list) and steps:
        for position, item in enumerate(value):
            yield from _walk(item, steps, (*route, position))
    elif not steps or value is None:
        yield route, None if value in ("", ()) else value
    else:
        inner = dict(list_values(value)).get(str(steps[0]))
        yield from _walk(inner, steps[1:], (*route, steps[0]))


def spell(value: Any) -> str:
    """A value as an author writes it."""
    if isinstance(value, bool):
        return "true" if value else "false"
    return f"{value:g}" if isinstance(value, float) else str(value)
