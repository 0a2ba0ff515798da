"""Older formats of the model are brought up to date while they are read; newer ones are refused.

To change the model so that old files no longer fit: raise `FORMAT`, and put the step that leads
from the format before it into `STEPS`. A step gets a kind (or `header`) and the data of one entry
as written, and returns the data of the next format.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from generator.problems.problem import Problem
from generator.schema.rules import NEWER_FORMAT
from generator.syntax.document import Source

FORMAT = 1
STEPS: Mapping[int, Callable[[str, dict[str, Any]], dict[str, Any]]] = {}


def read_format(source: Source) -> int:
    """The format named in the header of strategy.yaml; the current one where none can be read."""
    header = source.data.get("strategy") if isinstance(source.data, dict) else None
    written = header.get("format") if isinstance(header, dict) else None
    if (
        isinstance(written, str)
        and written.isascii()
        and written.isdigit()
        and int(written[:9]) > 0
    ):
        return int(written[:9])
    return FORMAT


def check_format(source: Source) -> list[Problem]:
    """Whether this version of the playbook can read the format that the header names."""
    written = read_format(source)
    if written <= FORMAT:
        return []
    return [
        source.problem(
            NEWER_FORMAT,
            place=source.value_place(("strategy", "format")),
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
