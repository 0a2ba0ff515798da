"""Shape: is every field there, known, and of the right form? Answered in the author's words.

The quick validator decides; only for what failed does the slower one say why. Values are read as
the schema means them (`rank: 1` is a number, `name: 1` a text), and fields left empty count as not
written.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from contextlib import suppress
from functools import cache, cached_property, lru_cache
from typing import TYPE_CHECKING, Any, NamedTuple

import jsonschema_rs

from generator.problems.phrases import shorten
from generator.problems.problem import Problem, Severity, has_errors
from generator.schema.errors import explain_errors, explain_pasted_list
from generator.schema.rules import EMPTY_ITEM, EMPTY_VALUE, MISSING_FIELD, OWN_FIELD_TWICE
from generator.schema.vocabulary import OWN, Field, Kind, Vocabulary, read_vocabulary
from generator.syntax.document import Document, Route, lines_of
from generator.syntax.lines import BULLETS

if TYPE_CHECKING:
    from jsonschema.exceptions import ValidationError

_BASE = "https://playbook.invalid/schema/"  # never fetched: every file is in the registry
_META_SCHEMA = "https://json-schema.org/draft/2020-12/schema"
_INTEGER = re.compile(r"[-+]?(0|[1-9][0-9]*)")
_YES = frozenset({"true", "yes", "on"})
_NO = frozenset({"false", "no", "off"})
_ECHOES = frozenset({MISSING_FIELD.id, EMPTY_VALUE.id, EMPTY_ITEM.id})
_DIGITS = 16
"""From so many digits on a figure is no figure of a strategy, and would be rounded."""
_NUMBER = re.compile(r"[-+]?(0|[1-9][0-9]*)(\.[0-9]+)?")


@cache
def _compile(pattern: str) -> Any:
    """A pattern in the quick validator's engine, which bounds its time: a company may write
    ^(a+)+$.
    """
    return jsonschema_rs.Draft202012Validator({"pattern": pattern})


def _check_pattern(
    validator: Any, pattern: str, instance: Any, schema: Any
) -> Iterator[ValidationError]:
    from jsonschema.exceptions import ValidationError

    if isinstance(instance, str) and not _compile(pattern).is_valid(instance):
        yield ValidationError(f"{instance!r} does not match {pattern!r}")


@cache
def read_descriptive() -> Any:
    """The validator that says what failed; Python's own patterns may take for ever.

    Only a fault needs it, and its import takes a tenth of a second.
    """
    from jsonschema import Draft202012Validator
    from jsonschema.validators import extend

    return extend(Draft202012Validator, {"pattern": _check_pattern})  # type: ignore[no-untyped-call]


class Shape(NamedTuple):
    """What checking one entry gave: its values as the schema means them, what is wrong with them,
    whether all is well.

    An entry may be unsound without a problem: where its fault was said when the file was read.
    """

    value: Any
    problems: tuple[Problem, ...]
    sound: bool


class ShapeChecker:
    """Checks entries against a vocabulary's schema files."""

    def __init__(self, vocabulary: Vocabulary) -> None:
        self._vocabulary = vocabulary
        self._quick: dict[str, Any] = {}

    def check(
        self, kind: Kind, document: Document, route: Route, raw: Any, *, explain: bool = True
    ) -> Shape:
        """Check `raw`, the entry (or header) of this kind that stands at `route` in `document`.

        Without `explain` it is only decided whether it is sound, which takes a thousandth of the
        time.
        """
        read: list[Problem] = []
        value = _gather_own(_read_value(raw, kind.written, document, route, read), kind)
        read += _find_twice(raw, kind, document, route)
        faults = [problem for problem in read if problem.place.line not in document.told_lines]
        if self._quick_validator(kind.key).is_valid(value):
            if isinstance(value, dict) and OWN in value:
                value[OWN] = _without_empty(value[OWN])
            return Shape(value, tuple(faults), not has_errors(read))
        if not explain:
            return Shape(value, tuple(faults), False)
        errors = self._slow_validator(kind.key).iter_errors(value)
        told = {problem.place.line for problem in faults} | document.told_lines
        # a line that was lost may hold it
        echoes = _ECHOES if document.may_lack_lines(route) else ()
        found = [
            problem
            for problem in explain_errors(list(errors), kind, document, route)
            if not lines_of(problem) & told and problem.rule not in echoes
        ]
        return Shape(value, (*faults, *found), False)

    def prepare(self, kind: Kind) -> None:
        """Compile the schema of a kind; raises what the library raises where it cannot be used."""
        self._quick_validator(kind.key)

    def _quick_validator(self, key: str) -> Any:
        if key not in self._quick:
            self._quick[key] = jsonschema_rs.Draft202012Validator(
                {"$ref": f"{_BASE}{key}.schema.json"},
                registry=self._quick_registry,
                validate_formats=True,
            )
        return self._quick[key]

    @cached_property
    def _quick_registry(self) -> jsonschema_rs.Registry:
        resources: list[tuple[str, Any]] = [
            (_BASE + name, schema) for name, schema in self._vocabulary.schemas.items()
        ]
        return jsonschema_rs.Registry(resources)

    def _slow_validator(self, key: str) -> Any:
        validator = read_descriptive()
        return validator(
            {"$ref": f"{_BASE}{key}.schema.json"},
            registry=self._registry,
            format_checker=validator.FORMAT_CHECKER,
        )

    @cached_property
    def _registry(self) -> Any:
        from referencing import Registry, Resource
        from referencing.jsonschema import DRAFT202012

        return Registry().with_resources(
            (
                _BASE + name,
                Resource.from_contents(_without_dialect(schema), default_specification=DRAFT202012),
            )
            for name, schema in self._vocabulary.schemas.items()
        )


@lru_cache(maxsize=8)
def checker_of(vocabulary: Vocabulary) -> ShapeChecker:
    """The checker of this very vocabulary: what it has compiled of the schema serves every reading."""
    return ShapeChecker(vocabulary)


def _without_dialect(schema: Any) -> Any:
    """A schema that names no dialect: a part that does is checked by the library's own validator,
    not by ours.
    """
    if isinstance(schema, list):
        return [_without_dialect(inner) for inner in schema]
    if not isinstance(schema, Mapping):
        return schema
    return {key: _without_dialect(inner) for key, inner in schema.items() if key != "$schema"}


def find_fault(schema: dict[str, Any], value: Any) -> str | None:
    """The first thing in which data does not fit a JSON Schema, on one line, or None."""
    found = next(iter(jsonschema_rs.validator_for(schema).iter_errors(value)), None)
    if found is None:
        return None
    where = "/".join(map(str, found.instance_path))
    return " ".join(f"{where}: {found.message}".removeprefix(": ").split())


def find_schema_fault(schema: Mapping[str, Any]) -> str | None:
    """What is wrong with a company's own schema file, in one line, or None."""
    try:
        fault = _find_form_fault(schema)
        if fault is not None:
            return fault
        if not all(isinstance(fields, dict) for fields in schema.get("$defs", {}).values()):
            return "each kind under $defs must be an object"
        if "patternProperties" in _keys_in(schema):
            return "it has patternProperties; name each field under properties"
        vocabulary = read_vocabulary(schema)
        checker = ShapeChecker(vocabulary)
        for kind in vocabulary.kinds.values():
            checker.prepare(kind)
    except RecursionError:
        return "one of its references leads to itself"
    except KeyError as error:
        return (
            f"it refers to {str(error.args[0]) if error.args else 'something'}, which is not there"
        )
    except jsonschema_rs.ValidationError as error:
        return str(error.message).splitlines()[0]
    except (
        ValueError,
        TypeError,
        AttributeError,
    ) as error:  # what odd data makes the libraries raise
        named = [word for word in _named_in(schema) if word in str(error)]
        return (
            f"it refers to {named[0]}, which is not there"
            if named
            else "a part of it has the wrong form"
        )
    return None


def _find_form_fault(schema: Mapping[str, Any]) -> str | None:
    """What makes it no JSON Schema, in one line, or None. The quick validator decides for most; it
    takes patterns that Python does not know.
    """
    if "pattern" not in _keys_in(schema):
        quick = jsonschema_rs.Draft202012Validator({"$ref": _META_SCHEMA}, validate_formats=True)
        with suppress(ValueError):  # it cannot take all that JSON can be
            if quick.is_valid(schema):
                return None
    from jsonschema import Draft202012Validator
    from jsonschema.exceptions import SchemaError

    try:
        Draft202012Validator.check_schema(schema)
    except SchemaError as error:
        return error.message.splitlines()[0]
    return None


def _keys_in(schema: Any) -> Iterator[str]:
    """All keys of a schema, at any depth."""
    if isinstance(schema, dict):
        for key, inner in schema.items():
            yield key
            yield from _keys_in(inner)
    elif isinstance(schema, list):
        for inner in schema:
            yield from _keys_in(inner)


def _named_in(schema: Any) -> Iterator[str]:
    """The targets of all references in a schema."""
    if isinstance(schema, dict):
        if isinstance(schema.get("$ref"), str):
            yield schema["$ref"]
        for inner in schema.values():
            yield from _named_in(inner)
    elif isinstance(schema, list):
        for inner in schema:
            yield from _named_in(inner)


def _read_value(
    raw: Any, fields: Mapping[str, Field], document: Document, route: Route, faults: list[Problem]
) -> Any:
    """A mapping with its values read as the fields mean them. Fields left empty are dropped; names
    that nobody knows are kept, so that they are said.
    """
    if not isinstance(raw, dict):
        return raw
    read = {}
    for key, value in raw.items():
        here = (*route, key)
        if value is None and key in fields:
            is_bare = document.value_place(here) == document.key_place(
                here
            )  # else it says null, or ~
            if is_bare and not fields[key].required and not document.is_faulty(here):
                faults.append(say_empty_field(key, document, here))
        elif value is not None or not document.is_faulty(here):
            read[key] = _read_field(value, fields.get(key), document, here, faults)
    return read


def _gather_own(value: Any, kind: Kind) -> Any:
    """The values of an entry with the company's own put into their group, wherever they were written."""
    if not isinstance(value, dict) or not kind.own:
        return value
    beside = {name: one for name, one in value.items() if name in kind.own and _is_own(name, kind)}
    below = value.get(OWN, {})
    is_needed = any(one.required for one in kind.own.values())
    if not isinstance(below, dict) or not (beside or is_needed):
        return {name: one for name, one in value.items() if name not in beside}
    rest = {name: one for name, one in value.items() if name not in beside}
    return {**rest, OWN: {**below, **beside}}


def _is_own(name: str, kind: Kind) -> bool:
    return name in kind.written and kind.written[name].own


def _find_twice(raw: Any, kind: Kind, document: Document, route: Route) -> Iterator[Problem]:
    """Own fields that stand both beside the others and below custom: which one counts?"""
    below = raw.get(OWN) if isinstance(raw, dict) else None
    if not isinstance(below, dict):
        return
    for name in below:
        if name in raw and _is_own(name, kind):
            yield document.problem(
                OWN_FIELD_TWICE,
                place=document.key_place((*route, OWN, name)),
                title=f'"{shorten(name)}" is written twice in this {kind.title.lower()}',
                why=f"It stands beside the other fields, and below {OWN}: as well.",
                fix=f"Delete the one below {OWN}:"
                if len(below) > 1
                else f"Delete {OWN}: and what stands below it.",
                edits=document.removal((*route, OWN, name)) if len(below) > 1 else (),
                certain=False,
            )


def say_empty_field(name: str, document: Document, route: Route) -> Problem:
    """A field that may be left out is there, with nothing behind its colon."""
    is_inline = document.is_inline(route)
    return document.problem(
        EMPTY_VALUE,
        place=document.key_place(route),
        title=f'nothing stands behind "{shorten(name)}:"',
        why="A field without a value is shown nowhere.",
        fix=f"Write its value, or take {name} out of the braces."
        if is_inline
        else "Write its value behind the colon or below it, or delete the line.",
        severity=Severity.WARNING,
        edits=() if is_inline else document.removal(route),
        certain=False,
    )


def _without_empty(value: Any) -> Any:
    """A company's own fields without those that have no value: its schema may let any name stand."""
    if isinstance(value, dict):
        return {key: _without_empty(inner) for key, inner in value.items() if inner is not None}
    return [_without_empty(inner) for inner in value] if isinstance(value, list) else value


def _read_field(
    raw: Any, field: Field | None, document: Document, route: Route, faults: list[Problem]
) -> Any:
    if field is None:
        return raw
    if isinstance(raw, str) and field.shorthand:
        inner = field.fields[field.shorthand]
        return {field.shorthand: _read_field(raw, inner, document, route, faults)}
    if isinstance(raw, str):
        if raw[:1] in BULLETS and field.type == "prose":
            pasted = explain_pasted_list(document, route)
            faults += [pasted] if pasted else []
        return _read_text(raw, field)
    if isinstance(raw, dict):
        return _read_value(raw, field.fields, document, route, faults)
    if isinstance(raw, list):
        values = []
        for position, item in enumerate(raw):
            if item is None and not document.is_faulty((*route, position)):
                faults.append(_say_empty_item(field, document, (*route, position)))
            if item is not None:
                values.append(_read_field(item, field.item, document, (*route, position), faults))
        return values
    return raw


def _say_empty_item(field: Field, document: Document, route: Route) -> Problem:
    place = document.value_place(route)
    written = re.match(r"~|null\b|", document.lines[place.line - 1][place.column - 1 :])
    why, fix = "Nothing stands behind the dash.", "Write the item, or delete the dash."
    if written and written[0]:
        why, fix = f'"{written[0]}" stands for nothing in YAML.', "Write the item, or take it away."
    return document.problem(
        EMPTY_ITEM,
        place=place,
        title=f"an item of {field.title} is empty",
        why=why,
        fix=fix,
        edits=document.removal(route) if len(document.value(route[:-1])) > 1 else (),
        certain=False,
    )


def _read_text(raw: str, field: Field) -> Any:
    if field.type == "prose":
        return raw.rstrip()
    if field.values:
        return field.values.get(raw.strip(), raw.strip())
    text = raw.strip()
    if field.type == "integer" and _INTEGER.fullmatch(text) and len(text) < _DIGITS:
        return int(text)
    if field.type in ("number", "integer") and _NUMBER.fullmatch(text) and len(text) < _DIGITS:
        return float(text) if "." in text else int(text)
    if field.type == "boolean" and text.lower() in _YES | _NO:
        return text.lower() in _YES
    return text
