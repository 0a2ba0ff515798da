"""What a company has described of its own: `schema/custom.yaml`, or `schema/custom.schema.json`
written by hand; read, or why it cannot be used.

Where there is a `custom.yaml`, a `custom.schema.json` beside it is made from it, for editors.
"""

from __future__ import annotations

import json
from dataclasses import dataclass, field
from functools import lru_cache
from typing import Any

from generator.problems.problem import Place, Problem
from generator.schema.own_description import Description, read_description
from generator.schema.rules import FAULTY_CUSTOM_SCHEMA
from generator.schema.validator import find_schema_fault
from generator.schema.vocabulary import (
    KINDS,
    Vocabulary,
    closed_custom_schema,
    read_vocabulary,
)
from generator.syntax.encoding import decode, quote_lines

CUSTOM_SCHEMA = "schema/custom.schema.json"

_MADE = "Made from schema/custom.yaml by playbook. Change that file, not this one."
_JSON_FAULTS = {
    "Expecting ',' delimiter": "a comma or a closing bracket is missing before this",
    "Expecting ':' delimiter": "a colon is missing before this",
    "Expecting property name": "a name in double quotes belongs here; behind the last item stands no comma",
    "Illegal trailing comma": "behind the last item stands no comma",
    "Expecting value": "a value is missing here, or it is not written as JSON",
    "Extra data": "the schema ends before this",
    "Unterminated string": "a quote is opened here and never closed",
    "Invalid control character": "a quote is not closed on this line",
    "Invalid \\": "a backslash in quotes is written twice",
}
"""What Python says of faulty JSON, by its beginning, in plain words."""


@lru_cache(maxsize=4)
def read_custom_schema(raw: bytes) -> tuple[Vocabulary, Problem | None]:
    """The vocabulary with a company's own fields. Where their schema cannot be used, any may stand:
    none can be blamed.
    """
    text, problem = decode(CUSTOM_SCHEMA, raw)
    if text is None:
        return open_vocabulary(), problem
    schema, problem = _read_json(text)
    return (open_vocabulary(), problem) if problem is not None else (read_vocabulary(schema), None)


@dataclass(frozen=True)
class Described:
    """The vocabulary with a company's own, and what its `custom.yaml` says, where it has one."""

    vocabulary: Vocabulary
    description: Description = field(default_factory=Description)


def read_own(raw: bytes, written_format: int) -> Described:
    """The same by `schema/custom.yaml`, for a strategy written in this format."""
    description = read_description(raw, written_format)
    if not description.readable:
        return Described(open_vocabulary(), description)
    return Described(read_vocabulary(description.schema, written_format), description)


def make_custom_schema(description: Description) -> bytes:
    """The `custom.schema.json` for editors that is made of a `custom.yaml`."""
    schema = {**closed_custom_schema(), "$comment": _MADE}
    schema["$defs"] = {**schema["$defs"], **description.schema.get("$defs", {})}
    return (json.dumps(schema, indent=2, ensure_ascii=False) + "\n").encode()


def says_something(raw: bytes) -> bool:
    """Whether a `custom.schema.json` describes fields by hand: it is not made of a custom.yaml, and
    not the empty one that a playbook begins with.
    """
    try:
        schema = json.loads(raw)
        groups = schema.get("$defs", {}).values()
        return schema.get("$comment") != _MADE and not all(
            one.get("additionalProperties") is False and not one.get("properties") for one in groups
        )
    except (ValueError, AttributeError, RecursionError):
        return True


def open_vocabulary() -> Vocabulary:
    """The vocabulary of a company of whose own fields nothing is known."""
    return read_vocabulary({"$defs": {kind: {} for kind in KINDS}})


def _read_json(text: str) -> tuple[dict[str, Any], Problem | None]:
    """The schema in a text, or why there is none."""
    try:
        schema = json.loads(text)
    except json.JSONDecodeError as error:
        fault = next(
            (said for start, said in _JSON_FAULTS.items() if error.msg.startswith(start)),
            "this is not JSON",
        )
        return {}, _say_fault(text, fault, error.lineno, error.colno)
    except RecursionError:
        return {}, _say_fault(text, "it is nested too deeply", 1, 1)
    fault = (
        (find_schema_fault(schema) or "") if isinstance(schema, dict) else "it must be an object"
    )
    return ({}, _say_fault(text, fault, 1, 1)) if fault else (schema, None)


def _say_fault(text: str, fault: str, line: int, column: int) -> Problem:
    place = Place(CUSTOM_SCHEMA, line, column, line, column + 1)
    return FAULTY_CUSTOM_SCHEMA.problem(
        place=place,
        title=f"the schema of your own fields cannot be used: {fault}",
        why="It describes the fields under custom, in JSON Schema 2020-12.",
        excerpt=quote_lines(text.splitlines(), (place,)),
    )
