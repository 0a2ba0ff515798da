"""An edition written out as the files of a strategy of its own. Whatever is read from these, checked,
compared or drawn, can hold nothing that its readers do not get: it is nowhere in them.
"""

from __future__ import annotations

import errno
import json
import os
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from typing import Any

from generator.changes.comparison import as_data
from generator.editing.value_text import write_inline
from generator.files.tree import Tree
from generator.loading.manuscript import FOLDER, MAIN_FILE
from generator.model.builder import list_values
from generator.model.edition import Edition
from generator.model.entry import DEFAULT_AUDIENCE
from generator.schema.custom_fields import CUSTOM_SCHEMA
from generator.schema.own_description import DESCRIPTION
from generator.schema.vocabulary import OWN, Field
from generator.syntax.document import read_document

_EVERYBODY = "public"
_NOTHING: tuple[Any, ...] = (None, "", [], {})
_STANDS_IN: Mapping[str, Any] = {
    "date": "2000-01-01",
    "day_or_month": "2000-01",
    "interval": "90d",
    "boolean": False,
    "integer": 1,
    "number": 1,
}
Gets = Callable[[str], bool]
"""Whether a reader gets what is marked so."""


class TextTree:
    """The files of a strategy in memory, by their paths."""

    def __init__(self, files: Mapping[str, bytes]) -> None:
        self._files = files

    def list_files(self, folder: str) -> Sequence[str]:
        """Every file below a folder, sorted."""
        return sorted(path for path in self._files if path.startswith(f"{folder}/"))

    def list_hidden(self, folder: str) -> Sequence[str]:
        """None."""
        return ()

    def read_bytes(self, path: str) -> bytes:
        """The content of a file. Raises FileNotFoundError."""
        try:
            return self._files[path]
        except KeyError:
            raise FileNotFoundError(errno.ENOENT, os.strerror(errno.ENOENT), path) from None


def spell_edition(edition: Edition, written: Tree, written_format: int) -> TextTree:
    """The files of an edition, in the format of the whole strategy: the header, an entry a file, and of
    the company's own fields, as `written` describes them, those that its readers get.
    """
    vocabulary, gets = edition.vocabulary, edition.gets_field
    head = _spell_fields(edition.strategy.header, vocabulary.header.fields, gets, DEFAULT_AUDIENCE)
    known = {**dict(head), "format": written_format, "audiences": list(edition.known_circles)}
    files = {MAIN_FILE: f"strategy: {write_inline(known)}\n".encode()}
    for entry in edition.strategy:
        fields = vocabulary.kinds[entry.KIND].fields
        rows = [f"id: {write_inline(entry.id, _ID)}"]
        rows += [
            f"{write_inline(name)}: {write_inline(value, fields.get(name))}"
            for name, value in _spell_fields(entry, fields, gets, _EVERYBODY)
            if name != "id"
        ]
        files[f"{FOLDER}/{entry.key}.yaml"] = "".join(f"{row}\n" for row in rows).encode()
    return TextTree(files | dict(_cut_own(written, gets)))


def name_entry(path: str) -> str:
    """What a file of an edition is about: its reader knows no files."""
    return path.removeprefix(f"{FOLDER}/").removesuffix(".yaml")


_ID = Field("id", "Id", "", "text")


def _spell_fields(
    group: Any, fields: Mapping[str, Field], gets: Gets, usual: str
) -> Iterator[tuple[str, Any]]:
    """What is written in a group of fields; `usual` is for whom they are that do not say. What it must
    have and its reader does not get has something else in its place: it is on no page and in no form.
    """
    own: dict[str, Any] = {}
    written: set[str] = set()
    for name, value in list_values(group):
        field = fields.get(name)
        spelled = _spell(value, field, gets) if name != "place" and field else None
        if field is None or spelled in _NOTHING:
            continue
        written.add(name)
        if field.own:
            own[field.name] = spelled
        else:
            yield name, spelled
    for name, field in fields.items():
        if field.required and not field.own and not gets(field.audience or usual):
            stands_in = _stand_in(field) if name not in written else None
            if stands_in is not None:
                yield name, stands_in
    if own:
        yield OWN, own


def _spell(value: Any, field: Field | None, gets: Gets) -> Any:
    if field is not None and isinstance(value, tuple | list):
        return [_spell(item, field.item, gets) for item in value]
    if field is not None and field.fields:
        return (
            dict(_spell_fields(value, field.fields, gets, _EVERYBODY))
            if value is not None
            else None
        )
    return as_data(value)


def _stand_in(field: Field) -> Any:
    """A value of the right form that says nothing; None where there is none."""
    if field.type in ("plain", "prose"):
        return "…" * max(int(field.limits.get("minLength", 1)), 1)
    if field.type == "text":
        return "https://example.com" if "http" in field.form else "nobody@example.com"
    if field.type == "enum":
        return next(iter(field.labels), None)
    if field.type == "list" and field.item is not None:
        inner = _stand_in(field.item)
        return None if inner is None else [inner]
    if field.type == "object":
        parts = {name: _stand_in(inner) for name, inner in field.fields.items() if inner.required}
        return None if None in parts.values() else parts or None
    return _STANDS_IN.get(field.type)


def _cut_own(written: Tree, gets: Gets) -> Iterator[tuple[str, bytes]]:
    """What the company has described of its own, without the fields that a reader does not get."""
    described, by_hand = _read(written, DESCRIPTION), _read(written, CUSTOM_SCHEMA)
    if described is not None:
        data = read_document(DESCRIPTION, described).document.data
        if isinstance(data, dict):
            yield DESCRIPTION, f"{write_inline(_cut_description(data, gets))}\n".encode()
    elif by_hand is not None:
        yield CUSTOM_SCHEMA, json.dumps(_cut_schema(json.loads(by_hand), gets)).encode()


def _read(tree: Tree, path: str) -> bytes | None:
    try:
        return tree.read_bytes(path)
    except OSError:
        return None


def _cut_description(data: Mapping[str, Any], gets: Gets) -> dict[str, Any]:
    """A `custom.yaml`: the fields of standard kinds, and the company's kinds with theirs."""
    cut = dict(data)
    for kind, fields in _groups(data.get("fields")):
        cut["fields"] = {**cut["fields"], kind: _cut_fields(fields, gets, DEFAULT_AUDIENCE)}
    for kind, about in _groups(data.get("kinds")):
        own = about.get("fields")
        if isinstance(own, Mapping):
            inner = {**about, "fields": _cut_fields(own, gets, DEFAULT_AUDIENCE)}
            cut["kinds"] = {**cut["kinds"], kind: inner}
    return cut


def _cut_fields(fields: Mapping[str, Any], gets: Gets, usual: str) -> dict[str, Any]:
    """Fields as they are described, each with those below it; `usual` is for whom they are that do
    not say.
    """
    left = {}
    for name, about in _groups(fields):
        if gets(str(about.get("audience") or usual)):
            inner = about.get("fields")
            more = (
                {"fields": _cut_fields(inner, gets, _EVERYBODY)}
                if isinstance(inner, Mapping)
                else {}
            )
            left[name] = {**about, **more}
    return left


def _groups(value: Any) -> Iterable[tuple[str, Mapping[str, Any]]]:
    pairs = value.items() if isinstance(value, Mapping) else ()
    return ((name, inner) for name, inner in pairs if isinstance(inner, Mapping))


def _cut_schema(schema: Any, gets: Gets) -> Any:
    """A `custom.schema.json` written by hand: the fields of each kind, and what they are made of."""
    if not isinstance(schema, Mapping):
        return schema
    groups = {
        kind: _cut_node(node, gets, DEFAULT_AUDIENCE) for kind, node in _groups(schema.get("$defs"))
    }
    return {**schema, "$defs": groups}


def _cut_node(node: Any, gets: Gets, usual: str) -> Any:
    if isinstance(node, list):
        return [_cut_node(one, gets, _EVERYBODY) for one in node]
    if not isinstance(node, Mapping):
        return node
    properties = node.get("properties")
    left = {
        name: _cut_node(inner, gets, _EVERYBODY)
        for name, inner in _groups(properties)
        if gets(str(inner.get("x-audience") or usual))
    }
    cut = {
        name: _cut_node(inner, gets, _EVERYBODY)
        for name, inner in node.items()
        if name not in ("properties", "required")
    }
    if isinstance(properties, Mapping):
        cut["properties"] = left
    if isinstance(node.get("required"), list):
        cut["required"] = [name for name in node["required"] if name in left]
    return cut
