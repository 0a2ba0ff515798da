"""A field of the company's own, begun in `schema/custom.yaml`; and a `custom.schema.json` written by
hand, moved into it. Only what must change does, and comments stay.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from generator.editing.value_changes import Put
from generator.editing.value_edits import EditError, edit_text, read_text
from generator.editing.value_text import write_inline
from generator.files.tree import Tree
from generator.schema.corrections import make_id
from generator.schema.custom_fields import (
    CUSTOM_SCHEMA,
    make_custom_schema,
    read_own,
    says_something,
)
from generator.schema.own_description import DESCRIPTION
from generator.schema.vocabulary import KINDS

_HEAD = """\
# Fields of our own for the standard kinds of entry, and kinds of our own.
# Each field says its title, the kind of its value, and the field behind which it stands on the page.
"""
_VALUES = {
    "common.schema.json#/$defs/plain": "text",
    "common.schema.json#/$defs/prose": "prose",
    "common.schema.json#/$defs/date": "date",
    "common.schema.json#/$defs/url": "link",
}
_TYPES = {"string": "text", "number": "number", "integer": "whole_number", "boolean": "yes_no"}
_WORDS = frozenset({"title", "description", "x-order", "uniqueItems", "minItems", "x-labels"})
"""Words of JSON Schema that say nothing that the description would lose."""


class OwnFieldError(Exception):
    """A field cannot be described. The text is one line for the terminal."""


@dataclass(frozen=True)
class NewField:
    """A field to describe: its name in the YAML, and what `schema/custom.yaml` says of it."""

    kind: str
    name: str
    about: Mapping[str, Any]


def name_field(title: str) -> str:
    """The name of a field that readers know by this title; empty where none can be made."""
    return make_id(title).replace("-", "_").lstrip("0123456789_")[:40].rstrip("_")


def plan_field(tree: Tree, new: NewField, written_format: int) -> Mapping[str, bytes]:
    """The files that change where this field is described: `schema/custom.yaml`, and what editors
    read of it. Raises OwnFieldError where the description would have a fault.
    """
    by_hand = _read(tree, CUSTOM_SCHEMA)
    if by_hand is not None and says_something(by_hand):
        raise OwnFieldError(
            f"fields of your own are described in {CUSTOM_SCHEMA}; run first: playbook upgrade --convert"
        )
    before = _read(tree, DESCRIPTION)
    own = read_own(before or b"", written_format)
    if own.description.problems:
        raise OwnFieldError(f"{DESCRIPTION} has a fault; playbook check says where")
    group = ("fields", new.kind) if new.kind in KINDS else ("kinds", new.kind, "fields")
    if new.name in own.vocabulary.kinds[new.kind].own:
        raise OwnFieldError(f"{new.kind} have a field {new.name} of your own already")
    text = read_text(tree, DESCRIPTION) if before is not None else _HEAD
    return _write(text, [Put((*group, new.name), dict(new.about))], written_format)


def plan_conversion(tree: Tree, written_format: int) -> tuple[Mapping[str, bytes], int] | None:
    """The files that change where a `custom.schema.json` written by hand becomes a `custom.yaml`, and
    how many fields it describes; None where there is none. Raises OwnFieldError where something in it
    cannot be said there, or is there already.
    """
    by_hand = _read(tree, CUSTOM_SCHEMA)
    if by_hand is None or not says_something(by_hand):
        return None
    try:
        schema = json.loads(by_hand)
    except ValueError:
        raise OwnFieldError(f"{CUSTOM_SCHEMA} cannot be read; playbook check says why") from None
    fields = list(_list_fields(schema))
    before = _read(tree, DESCRIPTION)
    known = read_own(before or b"", written_format).description.schema.get("$defs", {})
    for one in fields:
        if one.name in known.get(one.kind, {}).get("properties", {}):
            raise OwnFieldError(
                f"{one.name} of {one.kind} is described in {DESCRIPTION} as well; delete one of the two"
            )
    text = read_text(tree, DESCRIPTION) if before is not None else _HEAD
    puts = [Put(("fields", one.kind, one.name), dict(one.about)) for one in fields]
    return _write(text, puts, written_format), len(fields)


def _write(text: str, puts: Sequence[Put], written_format: int) -> Mapping[str, bytes]:
    try:
        if puts and not any(line.strip() and line[0] != "#" for line in text.splitlines()):
            text += _begin(puts[0])
        after = edit_text(DESCRIPTION, text, puts)
    except EditError as error:
        raise OwnFieldError(str(error)) from error
    own = read_own(after.encode(), written_format)
    if own.description.problems:
        problem = own.description.problems[0]
        raise OwnFieldError(f"{problem.title}. {problem.fix}".strip())
    return {
        DESCRIPTION: after.encode(),
        CUSTOM_SCHEMA: make_custom_schema(own.description),
    }


def _begin(first: Put) -> str:
    """The beginning of the first field, for a file that holds nothing but comments."""
    lines = [f"{'  ' * depth}{step}:" for depth, step in enumerate(first.route)]
    title = write_inline(first.value["title"], None)
    return "\n".join([*lines, f"{'  ' * len(lines)}title: {title}", ""])


def _read(tree: Tree, file: str) -> bytes | None:
    try:
        return tree.read_bytes(file)
    except FileNotFoundError:
        return None
    except OSError as error:
        raise OwnFieldError(f"{file} cannot be read: {error}") from None


def _list_fields(schema: Mapping[str, Any]) -> Iterator[NewField]:
    for kind, group in schema.get("$defs", {}).items():
        if kind in KINDS and isinstance(group, dict):
            required = group.get("required", ())
            others = group.keys() - {"type", "properties", "required", "additionalProperties"}
            if others or group.get("additionalProperties", False) is not False:
                _refuse(f"{kind} as a whole")
            for name, node in group.get("properties", {}).items():
                about = _describe(node, f"{name} of {kind}", name)
                yield NewField(
                    kind, name, {**about, **({"required": True} if name in required else {})}
                )
        elif kind not in KINDS:
            _refuse(f'the part "{kind}"')


def _refuse(what: str) -> None:
    raise OwnFieldError(
        f"{what} says more in {CUSTOM_SCHEMA} than {DESCRIPTION} can say; it stays as it is"
    )


def _describe(node: Any, where: str, name: str) -> dict[str, Any]:
    """A field of JSON Schema as `custom.yaml` describes it."""
    if not isinstance(node, dict):
        _refuse(where)
    about: dict[str, Any] = {"title": str(node.get("title", name.replace("_", " ").capitalize()))}
    if node.get("description"):
        about["description"] = " ".join(str(node["description"]).split())
    one = node.get("items", {}) if node.get("type") == "array" else node
    about |= _describe_value(one, where)
    if one is not node:
        about["several"] = True
    for word, said in (("x-audience", "audience"), ("x-grade", "grade")):
        if word in node:
            about[said] = node[word]
    return about


def _describe_value(node: Any, where: str) -> dict[str, Any]:
    said = set(node) - _WORDS - {"x-audience", "x-grade", "type", "x-text", "items"}
    if node.get("type") == "object" and "properties" in node:
        required = node.get("required", ())
        inner = {
            name: {
                **_describe(one, f"{name} in {where}", name),
                **({"required": True} if name in required else {}),
            }
            for name, one in node["properties"].items()
        }
        if said - {"properties", "required", "additionalProperties"}:
            _refuse(where)
        return {"value": "group", "fields": inner}
    if "x-ref" in node and said <= {"x-ref", "$ref", "pattern", "maxLength"}:
        kinds = node["x-ref"]
        return {"value": "reference", "refers_to": list(KINDS) if kinds == "*" else kinds}
    if "enum" in node and said == {"enum"} and all(isinstance(one, str) for one in node["enum"]):
        return {"value": "choice", "choices": node["enum"]}
    if said == {"$ref"} and node["$ref"] in _VALUES:
        return {"value": _VALUES[node["$ref"]]}
    if said == {"format"} and node["format"] == "date":
        return {"value": "date"}
    if not said and node.get("x-text") == "prose":
        return {"value": "prose"}
    if said or node.get("type") not in _TYPES:
        _refuse(where)
    return {"value": _TYPES[node["type"]]}
