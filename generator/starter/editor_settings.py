"""What VS Code is told of the files of a strategy. The door is `editor_settings`."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from generator.schema.vocabulary import KINDS


def editor_settings(kinds: Iterable[str] = KINDS) -> dict[str, Any]:
    """The settings by which VS Code's YAML extension completes and explains the fields of every
    file, of entries of these kinds.
    """
    schemas: dict[str, Any] = {
        "./schema/strategy.schema.json": ["strategy.yaml"],
        "./schema/own.schema.json": ["schema/custom.yaml"],
    }
    for kind in kinds:
        schemas[f"./schema/list/{kind}.schema.json"] = [f"strategy/{kind}.yaml"]
        schemas[f"./schema/{kind}.schema.json"] = [f"strategy/{kind}/*.yaml"]
    return {
        "yaml.schemas": schemas,
        "yaml.validate": True,
        "yaml.completion": True,
        "yaml.hover": True,
        "yaml.schemaStore.enable": False,
        "yaml.format.enable": False,
        "files.encoding": "utf8",
        "files.eol": "\n",
        "editor.insertSpaces": True,
        "editor.tabSize": 2,
    }
