"""The schema files as editors need them: with a company's own fields among the others, and its own
kinds beside the standard ones.

Our own reading puts own fields into a group of theirs first; an editor looks at a file as it stands.
"""

from __future__ import annotations

from typing import Any

from generator.schema.vocabulary import CUSTOM_NAME, Kind, Schemas, Vocabulary


def make_editor_schemas(vocabulary: Vocabulary) -> Schemas:
    """Every schema file by its name."""
    made = dict(vocabulary.schemas)
    for key, kind in vocabulary.kinds.items():
        name = f"{key}.schema.json"
        own = _list_beside(key, kind)
        if own:
            made[name] = {**made[name], "properties": {**made[name]["properties"], **own}}
        if kind.is_own:
            made |= _list_files(key, kind, made)
    return made


def _list_beside(key: str, kind: Kind) -> dict[str, Any]:
    """The own fields of a kind that may stand beside the others."""
    return {
        name: {
            "title": field.title,
            "description": field.description or field.title,
            "$ref": f"{CUSTOM_NAME}#/$defs/{key}/properties/{name}",
        }
        for name, field in kind.own.items()
        if kind.written[name].own
    }


def _list_files(key: str, kind: Kind, made: Schemas) -> dict[str, Any]:
    """What an editor needs of a kind of one's own: a file of many, and its list in strategy.yaml."""
    listed = {
        "$schema": made[f"{key}.schema.json"]["$schema"],
        "title": kind.plural,
        "description": kind.description,
        "type": "array",
        "x-order": "set",
        "items": {"$ref": f"../{key}.schema.json"},
    }
    whole = made["strategy.schema.json"]
    properties = {**whole["properties"], key: {"$ref": f"list/{key}.schema.json"}}
    return {
        f"list/{key}.schema.json": listed,
        "strategy.schema.json": {**whole, "properties": properties},
    }
