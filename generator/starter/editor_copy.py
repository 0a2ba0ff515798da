"""What editors offer beside fields and choices: the ids there are. The door is `make_editor_copy`.

The schema in `schema/` is the same for everybody. Beside it lies a copy that also knows the entries
of this strategy, in a folder that git ignores. A language server completes nothing at all where a
schema that it was told of is missing. So the settings that everybody shares name `schema/`, and a
workspace file, made and ignored like the copy, names the copy; VS Code offers to open it.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Mapping
from typing import Any

from generator.schema.vocabulary import ANY_KIND, KINDS, Schemas
from generator.starter.editor_settings import editor_settings
from generator.syntax.lines import quote_scalar

COPY = ".playbook"
"""The folder of the copy; nothing of ours reads it."""
WORKSPACE = "playbook.code-workspace"
_IDS = "ids.schema.json"
_IGNORED = b"# Made again by playbook serve, playbook new and playbook schema --ids.\n*\n"
_SPOKEN = re.compile(r"null|true|false|yes|no|on|off|y|n|[0-9][a-z0-9]*")
"""Ids that other readers of YAML may take for something else than text."""

Titles = Mapping[str, Mapping[str, str]]
"""The title of each entry by kind and id; empty where it has none yet."""


def make_editor_copy(schemas: Schemas, titles: Titles, settings: bytes = b"") -> dict[str, bytes]:
    """The files of the copy and the workspace that names it, by path. `settings` are those of the
    folder, as VS Code keeps them: what else they say is said in the workspace, too.
    """
    offered: dict[str, Any] = {}
    kinds = [*KINDS, *(kind for kind in titles if kind not in KINDS)]
    files = {f"{COPY}/.gitignore": _IGNORED, WORKSPACE: _make_workspace(settings, kinds)}
    for name, schema in schemas.items():
        copied = _offer_ids(schema, "../" * name.count("/"), titles, offered)
        files[f"{COPY}/schema/{name}"] = _as_json(copied)
    files[f"{COPY}/schema/{_IDS}"] = _as_json({"$defs": offered})
    return files


def _offer_ids(node: Any, above: str, titles: Titles, offered: dict[str, Any]) -> Any:
    """A schema whose references lead to what is offered for them, which is gathered in `offered`.
    `above` leads from its file to the folder of the schema.
    """
    if isinstance(node, list):
        return [_offer_ids(inner, above, titles, offered) for inner in node]
    if not isinstance(node, Mapping):
        return node
    made = {key: _offer_ids(inner, above, titles, offered) for key, inner in node.items()}
    refers_to = node.get("x-ref")
    if not refers_to:
        return made
    kinds = list(titles) if refers_to == ANY_KIND else refers_to
    kinds = [kinds] if isinstance(kinds, str) else kinds
    snippets = list(_list_snippets(kinds, titles))
    if "$ref" not in node:  # a company's own schema may say itself what a reference looks like
        return {**made, "defaultSnippets": snippets}
    name = "any" if refers_to == ANY_KIND else "-or-".join(kinds)
    made.pop("examples", None)  # an editor would offer it as if it were an entry
    offered[name] = {"$ref": node["$ref"].removeprefix(above), "defaultSnippets": snippets}
    return {**made, "$ref": f"{above}{_IDS}#/$defs/{name}"}


def _list_snippets(kinds: list[str], titles: Titles) -> Iterator[dict[str, str]]:
    """What is offered for a reference, as a list shows it: by its id, then its title."""
    for kind in kinds:
        for entry_id, title in titles.get(kind, {}).items():
            written = f"{kind}/{entry_id}" if len(kinds) > 1 else entry_id
            yield {
                "label": f"{written} – {title}" if title else written,
                "description": title,
                "body": quote_scalar(written) if _SPOKEN.fullmatch(written) else written,
            }


def _make_workspace(settings: bytes, kinds: list[str]) -> bytes:
    """The folder with its own settings, but our files by the copy of their schema."""
    try:
        own = json.loads(settings)
    except ValueError:  # there are none, or they hold comments
        own = {}
    merged = {**editor_settings(kinds), **(own if isinstance(own, dict) else {})}
    named = merged.get("yaml.schemas")
    schemas = {
        **editor_settings(kinds)["yaml.schemas"],
        **(named if isinstance(named, dict) else {}),
    }
    merged["yaml.schemas"] = {
        f"./{COPY}/{schema[2:]}" if schema.startswith("./schema/") else schema: files
        for schema, files in schemas.items()
    }
    return _as_json({"folders": [{"path": "."}], "settings": merged})


def _as_json(content: Any) -> bytes:
    return (json.dumps(content, indent=1, ensure_ascii=False) + "\n").encode()
