"""The schema files as data: the kinds of entry, their fields, and the words an executive knows them
by.

`schema/` owns the shape and the words; everything else asks here. The files are found in a
checkout, in an editable install and in a wheel alike.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from functools import cache, cached_property
from importlib.resources import files
from pathlib import Path
from typing import Any

KINDS = (
    "markets",
    "personas",
    "value_drivers",
    "offerings",
    "differentiators",
    "proof",
    "wins",
    "competitors",
    "objections",
    "plays",
    "stages",
    "qualification",
    "skills",
    "paths",
    "objectives",
    "assumptions",
    "people",
    "assets",
    "glossary",
    "field_notes",
    "announcements",
)
"""Every kind of entry, in the order a reader meets them."""

ANY_KIND = "*"
OWN = "custom"
"""The group in which a company's own fields are kept; they may be written in it or beside it."""
PROTECTED = frozenset({"id", "format", "audience", "audiences", "checks", "owners"})
"""Fields that no form and no note changes: what an entry is called, who may read it, and who decides."""
CUSTOM_NAME = "custom.schema.json"
COMMON = (
    "owner",
    "status",
    "reviewed_on",
    "review_every",
    "effective_from",
    "effective_until",
    "audience",
    "order",
    "tags",
    "sources",
    "former_ids",
)
"""What every entry may have, whatever its kind; its own fields stand before these."""
OWN_KINDS = "x-kinds"
"""Where the schema of a company's own says what kinds it has besides: their words, by their keys."""
Schemas = Mapping[str, Mapping[str, Any]]
_MAX_DEPTH = 8
"""How deep fields lie in each other at the most; a company's own schema may refer to itself."""


_LIMITS = (
    *("minLength", "maxLength", "pattern", "anyOf", "minItems", "maxItems"),
    *("minimum", "maximum", "exclusiveMinimum", "exclusiveMaximum"),
)
"""What the schema says of a value's form that its type does not say."""
_SENTENCE = 4
"""From so many words on, a text is no name that two companies may share."""
_ANY_FORMAT = 10**9
_CHOSEN = ("enum", "boolean", "reference")
"""The types of value that readers can choose by: there are few."""
_OWN_NAME = re.compile(r"[a-z][a-z0-9_]{0,39}")


@dataclass(frozen=True, eq=False)
class Field:
    """One field as the schema describes it.

    `type` is one of plain, prose, text (any other text), date, interval, integer, number, boolean,
    enum, reference, object, list. `noun` is what one value of its form is called (an id, an
    interval). `refers_to` names the kinds a reference may point at; `item` describes the items of a
    list, `fields` the fields of an object. `labels` are the words for the values of an enum, by the
    value as it is written; `values` are those that are no text (a company may allow 1 and 2).
    `audience` is the widest circle that may read it, where it is not everybody's. `grade` is how
    much a change of it weighs (material, minor), where that does not follow from its type.
    `limits` are the schema's bounds of its value (maxLength, minimum, pattern, ...), as JSON Schema
    has them. `since` is the first format of the model that has it, `values_since` the same of values that came
    later. A lone text in the place of a group stands for its field `shorthand`. `example` is a value
    that shows what is meant.

    An `own` field is one of the company's: it stands on pages behind the field `after`, in lists of
    its kind where it is `in_lists`, and readers choose by it where it `is_filter`. It `takes_over`
    the name of a field that came with a later format than that of the strategy.
    """

    name: str
    title: str
    description: str
    type: str
    required: bool = False
    form: str = ""
    noun: str = ""
    labels: Mapping[str, str] = field(default_factory=dict)
    values: Mapping[str, Any] = field(default_factory=dict)
    refers_to: tuple[str, ...] = ()
    audience: str = ""
    grade: str = ""
    is_set: bool = False
    since: int = 1
    values_since: Mapping[str, int] = field(default_factory=dict)
    shorthand: str = ""
    default: Any = None
    example: Any = None
    item: Field | None = None
    fields: Mapping[str, Field] = field(default_factory=dict)
    own: bool = False
    takes_over: bool = False
    after: str = ""
    in_lists: bool = False
    is_filter: bool = False
    limits: Mapping[str, Any] = field(default_factory=dict)

    @property
    def names_kind(self) -> bool:
        """Whether a reference is written with its kind (`markets/dairies`), since it may point at
        several kinds.
        """
        return len(self.refers_to) > 1

    @cached_property
    def may_refer(self) -> bool:
        """Whether a reference may stand in it, or in what it is made of. Most fields hold none, and
        are passed over.
        """
        return self.type in ("reference", "prose") or any(one.may_refer for one in self._parts)

    @cached_property
    def may_say(self) -> bool:
        """Whether a text for readers may stand in it, or in what it is made of."""
        return self.type in ("plain", "prose") or any(one.may_say for one in self._parts)

    @property
    def _parts(self) -> Iterator[Field]:
        yield from self.fields.values()
        yield from [self.item] if self.item else ()


@dataclass(frozen=True, eq=False)
class Kind:
    """A kind of entry, or the header: its words, its fields, and the first format that has it.

    Among its fields are the company's own, each by its name, or by that of `OWN` and its name where
    a standard field is called so. Where the whole kind is the company's, `is_own` says so.
    """

    key: str
    title: str
    plural: str
    description: str
    title_field: str
    fields: Mapping[str, Field]
    grade: str = ""
    since: int = 1
    is_own: bool = False

    @property
    def own(self) -> Mapping[str, Field]:
        """The company's own fields, by the names they are written with."""
        return self.fields[OWN].fields if OWN in self.fields else {}

    @cached_property
    def written(self) -> Mapping[str, Field]:
        """What each name means that stands among the fields of an entry."""
        taken = {name: one for name, one in self.own.items() if one.takes_over}
        left = {name: one for name, one in self.own.items() if name not in self.fields}
        return {**self.fields, **left, **taken}


@dataclass(frozen=True, eq=False)
class Vocabulary:
    """All kinds, the header, and the schema files they were read from (name to content)."""

    kinds: Mapping[str, Kind]
    header: Kind
    schemas: Schemas

    @cached_property
    def names_of_kinds(self) -> Mapping[str, tuple[str, str]]:
        """What else each kind is called: by its title, and by its plural."""
        return {key: (kind.title, kind.plural) for key, kind in self.kinds.items()}


def schema_folder() -> Path:
    """The folder of the schema files, wherever the package was installed from."""
    packaged = Path(str(files("generator.schema"))) / "packaged"
    return packaged if packaged.is_dir() else Path(str(files("generator"))).parent / "schema"


def is_id(text: str) -> bool:
    """Whether a text has the form of an id, as the schema has it."""
    form = _standard_schemas()["common.schema.json"]["$defs"]["id"]
    return re.search(form["pattern"], text) is not None and len(text) <= form["maxLength"]


@cache
def list_examples(vocabulary: Vocabulary) -> frozenset[str]:
    """The examples that are whole sentences: who finds one in a strategy has found no answer."""
    kinds = (vocabulary.header, *vocabulary.kinds.values())
    found = (text for kind in kinds for text in _find_examples(kind.fields.values()))
    return frozenset(text for text in found if len(text.split()) >= _SENTENCE)


def _find_examples(fields: Iterable[Field]) -> Iterator[str]:
    for one in fields:
        inner = one.item if one.item is not None else one
        yield from _find_examples(inner.fields.values())
        if not inner.fields:
            shown = one.example if isinstance(one.example, list) else [one.example]
            yield from (text for text in shown if isinstance(text, str))


def is_own_name(text: str) -> bool:
    """Whether a field of a company's own may be called so."""
    return _OWN_NAME.fullmatch(text) is not None


def closed_custom_schema() -> dict[str, Any]:
    """The schema of a company that has no fields of its own: what `init` writes and what counts
    where there is none.
    """
    return {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "title": "Custom fields",
        "description": "Fields of the company's own, a group per kind of entry. "
        "Give each a title and a description; they are checked and shown like any other.",
        "$defs": {
            kind: {"type": "object", "properties": {}, "additionalProperties": False}
            for kind in KINDS
        },
    }


@cache
def standard_vocabulary() -> Vocabulary:
    """The vocabulary of a company without fields of its own."""
    return read_vocabulary(closed_custom_schema())


def read_vocabulary(custom: Mapping[str, Any], written_format: int = _ANY_FORMAT) -> Vocabulary:
    """The vocabulary with a company's own fields and kinds. `custom` is the content of its
    `schema/custom.schema.json`, or what is made of its `schema/custom.yaml`; `written_format` is the
    format that the strategy is written in.
    """
    schemas = dict(_standard_schemas())
    closed, own_kinds = closed_custom_schema(), custom.get(OWN_KINDS, {})
    schemas[CUSTOM_NAME] = {
        **closed,
        **custom,
        "$defs": {**closed["$defs"], **custom.get("$defs", {})},
    }
    for key, about in own_kinds.items():
        schemas[f"{key}.schema.json"] = _make_kind_schema(key, about, schemas)
        schemas["header.schema.json"] = _add_to_header(schemas["header.schema.json"], key, about)
    kinds = {
        key: read_kind(key, schemas, written_format, is_own=key in own_kinds)
        for key in (*KINDS, *own_kinds)
    }
    return Vocabulary(kinds, read_kind("header", schemas, written_format), schemas)


def _make_kind_schema(key: str, about: Mapping[str, Any], schemas: Schemas) -> dict[str, Any]:
    """The schema of a kind of the company's own: a name, what every entry may have, and its own
    fields.
    """
    known = schemas["markets.schema.json"]["properties"]
    name = {**known["name"], "description": "What it is called."}
    properties = {"id": known["id"], "name": name} | {one: known[one] for one in COMMON}
    custom = {**known[OWN], "$ref": f"{CUSTOM_NAME}#/$defs/{key}"}
    return {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "title": about["title"],
        "x-plural": about["plural"],
        "description": about["description"],
        "x-title": "name",
        "type": "object",
        "properties": {**properties, OWN: custom},
        "required": ["id", "name"],
        "additionalProperties": False,
    }


def _add_to_header(header: Mapping[str, Any], key: str, about: Mapping[str, Any]) -> dict[str, Any]:
    """The schema of a header that can say of one more kind who stands behind it, and how long its
    entries may be trusted.
    """
    properties = dict(header["properties"])
    for path in (("owners",), ("checks", "properties", "review_every")):
        group: dict[str, Any] = properties
        for step in path:
            group[step] = dict(group[step])
            group = group[step]
        like = group["properties"]["markets"]
        group["properties"] = {**group["properties"], key: {**like, "title": about["plural"]}}
    return {**header, "properties": properties}


@cache
def _standard_schemas() -> Mapping[str, Mapping[str, Any]]:
    folder = schema_folder()
    return {
        path.relative_to(folder).as_posix(): json.loads(path.read_text("utf-8"))
        for path in sorted(folder.rglob("*.schema.json"))
        if path.name != CUSTOM_NAME
    }


def read_kind(
    key: str, schemas: Schemas, written_format: int = _ANY_FORMAT, *, is_own: bool = False
) -> Kind:
    """What one of the schema files describes."""
    name = f"{key}.schema.json"
    schema = schemas[name]
    title = schema["title"]
    fields = dict(_read_fields(schema, name, schemas, 0))
    if OWN in fields:
        fields = dict(_place_own(fields, written_format))
    plural, title_field, grade = (
        schema.get("x-plural", title),
        schema.get("x-title", ""),
        schema.get("x-grade", ""),
    )
    since = schema.get("x-since", 1)
    return Kind(
        key, title, plural, schema["description"], title_field, fields, grade, since, is_own
    )


def _place_own(fields: Mapping[str, Field], written_format: int) -> Iterator[tuple[str, Field]]:
    """The fields of a kind with the company's own among them: each behind the one it names, else
    before what every entry may have. What a company adds is for those inside, unless it says
    otherwise.
    """
    own = {
        name: replace(
            inner,
            audience=inner.audience or "internal",
            own=True,
            is_filter=inner.is_filter and (inner.item or inner).type in _CHOSEN,
            takes_over=name in fields and fields[name].since > written_format,
        )
        for name, inner in fields[OWN].fields.items()
    }
    taken = {*fields, "place"}  # an entry knows its place in a file by that name
    left = {f"{OWN}.{name}" if name in taken else name: one for name, one in own.items()}

    def behind(name: str) -> Iterator[tuple[str, Field]]:
        for key in [key for key, one in left.items() if one.after == name]:
            if key in left:
                yield key, left.pop(key)
                yield from behind(key)

    for name, standard in fields.items():
        if name == COMMON[0]:
            for key in [key for key, one in left.items() if one.after not in (*fields, *left)]:
                yield key, left.pop(key)
                yield from behind(key)
        yield name, replace(standard, fields=own) if name == OWN else standard
        yield from behind(name)
    yield from left.items()


def _read_fields(
    schema: Mapping[str, Any], file: str, schemas: Schemas, depth: int
) -> Iterator[tuple[str, Field]]:
    required = schema.get("required", ())
    for name, node in schema.get("properties", {}).items():
        yield name, _read_field(name, node, file, schemas, depth, required=name in required)


def _read_field(
    name: str, node: Any, file: str, schemas: Schemas, depth: int, *, required: bool = False
) -> Field:
    node, file = _resolve(node if isinstance(node, dict) else {}, file, schemas)
    kind = _type_of(node) if depth < _MAX_DEPTH else "text"
    kinds = (*KINDS, *schemas[CUSTOM_NAME].get(OWN_KINDS, ()))
    refers_to = node.get("x-ref", ())
    if isinstance(refers_to, str):
        refers_to = kinds if refers_to == ANY_KIND else (refers_to,)
    if not set(refers_to) <= set(kinds):
        raise KeyError(*sorted(set(refers_to) - set(kinds))[:1])
    return Field(
        name=name,
        title=str(node.get("title", name.replace("_", " ").capitalize())),
        description=str(node.get("description", "")),
        type=kind,
        required=required,
        form=str(node.get("x-form", "")),
        noun=str(node.get("x-noun", "")),
        labels={
            _spell(one): str(node.get("x-labels", {}).get(_spell(one), _spell(one)))
            for one in node.get("enum", ())
        },
        values={_spell(one): one for one in node.get("enum", ()) if not isinstance(one, str)},
        refers_to=tuple(refers_to),
        audience=str(node.get("x-audience", "")),
        grade=str(node.get("x-grade", "")),
        is_set=node.get("x-order") == "set",
        shorthand=str(node.get("x-shorthand", "")),
        since=node.get("x-since", 1),
        values_since=node.get("x-values-since", {}),
        default=node.get("default"),
        example=next(iter(node.get("examples", ())), None),
        after=str(node.get("x-after", "")),
        in_lists=node.get("x-lists") is True,
        is_filter=node.get("x-filter") is True,
        limits={name: node[name] for name in _LIMITS if name in node},
        item=_read_field("", node.get("items", {}), file, schemas, depth + 1)
        if kind == "list"
        else None,
        fields=dict(_read_fields(node, file, schemas, depth + 1)) if kind == "object" else {},
    )


def _spell(value: Any) -> str:
    """A value of an enumeration as an author writes it: `true`, `2.5`, `primary`."""
    return value if isinstance(value, str) else json.dumps(value, ensure_ascii=False)


def _resolve(node: Mapping[str, Any], file: str, schemas: Schemas) -> tuple[Mapping[str, Any], str]:
    """Follow `$ref`; what stands beside it (title, description) wins over what it leads to."""
    for _ in range(_MAX_DEPTH):
        if "$ref" not in node:
            return node, file
        target, _, pointer = node["$ref"].partition("#")
        file = target or file
        found: Any = schemas[file]
        for part in pointer.strip("/").split("/"):
            found = found[part] if part else found
        beside = {key: value for key, value in node.items() if key != "$ref"}
        node = {**(found if isinstance(found, dict) else {}), **beside}
    raise RecursionError("a reference leads to itself")


def _type_of(node: Mapping[str, Any]) -> str:
    if "x-ref" in node:
        return "list" if node.get("type") == "array" else "reference"
    if "x-text" in node:
        return str(node["x-text"])
    if node.get("format") == "date":
        return "date"
    if str(node.get("pattern", "")).endswith("[dwmy]$"):
        return "interval"
    types = node.get("type", ())
    types = [types] if isinstance(types, str) else [one for one in types if one != "null"]
    declared = {
        "array": "list",
        "object": "object",
        "integer": "integer",
        "number": "number",
        "boolean": "boolean",
    }
    if types and types[0] in declared:
        return declared[types[0]]
    if "enum" in node:
        return "enum"
    return "object" if "properties" in node else "text"
