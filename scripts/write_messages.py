"""Write into the schema what editors say of a value that does not fit, in the words of `check`. A
test holds them equal.

`errorMessage` is no word of JSON Schema; the language servers of VS Code and its kin show it for a
wrong value, form or type. On a group of fields it would also take the place of their message about
a missing field, which names the field.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from typing import Any

from generator.schema.value_errors import tell_in_editor
from generator.schema.vocabulary import Field, schema_folder

WORD = "errorMessage"


def annotate(node: Any, title: str = "") -> Any:
    """A schema with the message of each value; an item of a list goes by the title of its list."""
    if isinstance(node, list):
        return [annotate(inner) for inner in node]
    if not isinstance(node, Mapping):
        return node
    title = str(node.get("title", title))
    made = {
        key: annotate(inner, title if key == "items" else "")
        for key, inner in node.items()
        if key != WORD
    }
    said = tell_in_editor(_describe(node, title)) if "properties" not in node else ""
    return {**made, WORD: said} if said else made


def _describe(node: Mapping[str, Any], title: str) -> Field:
    labels = {str(value): str(value) for value in node.get("enum", ())}
    kind, form, noun = (str(node.get(key, "")) for key in ("x-text", "x-form", "x-noun"))
    return Field("", title, "", kind, form=form, noun=noun, labels=labels)


def write(schema: Any) -> str:
    """A schema as its file holds it."""
    return json.dumps(annotate(schema), ensure_ascii=False, indent=2) + "\n"


if __name__ == "__main__":
    for path in schema_folder().rglob("*.schema.json"):
        if path.name != "custom.schema.json":
            path.write_text(write(json.loads(path.read_text("utf-8"))), encoding="utf-8")
