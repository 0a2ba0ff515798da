"""What the schema's validator found, in the author's words: one problem per cause."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from datetime import date
from typing import Any

from jsonschema.exceptions import ValidationError

from generator.problem import Problem
from generator.source import Route, Source
from generator.suggestion import suggest
from generator.vocabulary import Field, Kind

_NUMBER = re.compile(r"[-+]?(0|[1-9][0-9]*)(\.[0-9]+)?")
_ISO_DATE = re.compile(r"\d{4}-\d{2}-\d{2}")
_LOOSE_DATE = re.compile(r"(\d{4})[-/.](\d{1,2})[-/.](\d{1,2})")
_DAY_FIRST = re.compile(r"(\d{1,2})[-/.](\d{1,2})[-/.](\d{4})")
_LIST_LIMIT = 12


def explain_errors(
    errors: Sequence[ValidationError], kind: Kind, source: Source, route: Route, value: Any
) -> Iterator[Problem]:
    """The validator's errors as problems: one per cause, nothing about what could not be read anyway."""
    seen: set[tuple[Any, ...]] = set()
    for error in sorted(errors, key=lambda error: [str(step) for step in error.absolute_path]):
        path = tuple(error.absolute_path)
        place_route = _source_route(source, route, path)
        if source.is_faulty(place_route):
            continue
        group = "fields" if error.validator in ("required", "additionalProperties") else error.validator
        if (path, group) in seen:
            continue
        seen.add((path, group))
        if group == "fields":
            yield from _explain_fields(error, kind, source, place_route, path)
        elif (path, "type") not in seen or group == "type":
            seen.add((path, "type"))
            yield _explain_value(error, _field_at(kind, path), source, place_route)


def _source_route(source: Source, route: Route, path: Route) -> Route:
    """The route in the source of a path in the values: empty items were left out of lists there."""
    for step in path:
        data = source.value(route)
        filled = (
            [position for position, item in enumerate(data) if item is not None] if isinstance(data, list) else []
        )
        route = (*route, filled[step] if isinstance(step, int) and step < len(filled) else step)
    return route


def _field_at(kind: Kind, path: Route) -> Field:
    field = Field("", kind.title, kind.description, "object", fields=kind.fields, labels={})
    for step in path:
        inner = field.item if isinstance(step, int) else (field.fields or {}).get(step)
        if inner is None:
            break
        field = inner if inner.name or not isinstance(step, int) else _named(inner, field)
    return field


def _named(item: Field, owner: Field) -> Field:
    """An item of a list goes by the name of its list."""
    return Field(
        owner.name,
        owner.title,
        owner.description,
        item.type,
        item.required,
        item.form,
        item.labels,
        item.refers_to,
        item.audience,
        item.is_set,
        item.default,
        item.item,
        item.fields,
    )


def _explain_fields(
    error: ValidationError, kind: Kind, source: Source, route: Route, path: Route
) -> Iterator[Problem]:
    """Missing and unknown fields of one mapping; an unknown one that stands for a missing one is told once."""
    field = _field_at(kind, path)
    known = field.fields
    written: Any = error.instance
    whole = f"this {kind.title.lower()}" if not path else f"{field.title} of this {kind.title.lower()}"
    missing = [
        name
        for name, inner in known.items()
        if inner.required and name not in written and not source.is_faulty((*route, name))
    ]
    for name in [name for name in written if name not in known]:
        near = suggest(name, {key: inner.title for key, inner in known.items() if key not in written})
        place = source.key_place((*route, name))
        if near in missing:
            missing.remove(near)
        listed = ", ".join(list(known)[:_LIST_LIMIT]) + (" and more" if len(known) > _LIST_LIMIT else "")
        fix = (
            f'Did you mean "{near}" ({known[near].title})?'
            if near
            else "Delete the line, or use one of the known fields."
        )
        why = (
            f"{_capital(whole)} has these fields: {listed}."
            if known
            else "The playbook has no fields of that name here."
        )
        yield source.problem("unknown-field", place, f'"{name}" is not a field of {whole}', why, fix)
    for name in missing:
        inner = known[name]
        is_empty = isinstance(source.value(route), dict) and name in source.value(route)
        place = source.key_place((*route, name)) if is_empty else _start_of(source, route)
        title = f'"{name}" is empty in {whole}' if is_empty else f'"{name}" is missing in {whole}'
        yield source.problem(
            "missing-field", place, title, f"{inner.title}: {inner.description}", _how_to_write(inner)
        )


def _start_of(source: Source, route: Route) -> Any:
    data = source.value(route)
    if isinstance(data, dict) and data:
        return source.key_place((*route, "id" if "id" in data else next(iter(data))))
    return source.key_place(route)


def _how_to_write(field: Field) -> str:
    if field.labels:
        return f"Add a line: {field.name}: followed by one of {', '.join(field.labels)}."
    if field.type == "list":
        return f"Add a line {field.name}: and below it one line per item, each with a dash and a space before it."
    if field.type == "object":
        return f"Add a line {field.name}: and below it, indented, its own fields: {', '.join(field.fields)}."
    form = f" ({field.form})" if field.form else ""
    return f"Add a line: {field.name}: followed by the value{form}."


def _explain_value(error: ValidationError, field: Field, source: Source, route: Route) -> Problem:
    """One value that does not fit, by the keyword it fails."""
    place = source.value_place(route)
    shown = _show(source.written(route))
    keyword = error.validator
    limit: Any = error.validator_value
    form = f"{field.title} is {field.form}." if field.form else f"{field.title}: {field.description}"
    if keyword == "type":
        return _explain_type(error, field, source, route, shown)
    if keyword == "enum":
        near = suggest(str(error.instance), field.labels)
        fix = f'Did you mean "{near}"?' if near else "Write one of these."
        return source.problem(
            "unknown-value",
            place,
            f"{shown} is not a {field.title.lower()} we know",
            f"{field.title} is one of: {', '.join(map(str, limit))}.",
            fix,
        )
    if field.type in ("date", "day_or_month"):
        return source.problem(
            "wrong-date",
            place,
            f"{shown} is not a date that the calendar knows"
            if keyword == "format" and _ISO_DATE.fullmatch(str(error.instance))
            else f"{shown} is not a date as the playbook writes it",
            form,
            _suggest_date(str(error.instance)),
        )
    if field.type == "plain" and keyword == "pattern":
        return source.problem(
            "several-lines",
            place,
            f"{field.title} takes text on one line only",
            "It is shown in lists and headings, where a second line has no place.",
            "Write it on one line; a long line may be folded with >-",
        )
    if keyword == "pattern":
        return source.problem(
            "wrong-form",
            place,
            f"{shown} does not have the form of a {field.title.lower()}",
            form,
            _suggest_form(field, str(error.instance)),
        )
    if keyword in ("minimum", "maximum", "exclusiveMinimum", "exclusiveMaximum"):
        most = "at most" if "aximum" in keyword else "at least"
        return source.problem(
            "out-of-range",
            place,
            f"{shown} is too {'large' if most == 'at most' else 'small'} for {field.title}",
            field.description,
            f"Write a number of {most} {limit}.",
        )
    if keyword in ("minItems", "minLength"):
        return source.problem(
            "empty-value",
            place,
            f"{field.title} is empty",
            field.description,
            "Write it, or delete the line if it is not needed.",
        )
    if keyword == "maxLength":
        return source.problem(
            "too-long", place, f"{field.title} is too long", f"It may have up to {limit} characters.", "Shorten it."
        )
    if keyword == "uniqueItems":
        return source.problem(
            "repeated-item",
            place,
            f"{field.title} names something twice",
            "The order and number of its items carry no meaning.",
            "Delete the one that is too many.",
        )
    return source.problem(
        "wrong-value", place, f"{shown} does not fit {field.title}", form, "Change it so that it fits."
    )


def _explain_type(error: ValidationError, field: Field, source: Source, route: Route, shown: str) -> Problem:
    place = source.value_place(route)
    limit: Any = error.validator_value
    wanted = limit if isinstance(limit, str) else limit[0]
    instance: Any = error.instance
    found = (
        "a group of fields" if isinstance(instance, dict) else "a list" if isinstance(instance, list) else "a text"
    )
    if wanted == "array":
        fix = "Write each item on a line of its own below it, with a dash and a space before it."
        return source.problem(
            "wrong-type", place, f"{field.title} must be a list, and {found} stands here", field.description, fix
        )
    if wanted == "object":
        names = ", ".join(list(field.fields)[:_LIST_LIMIT])
        fix = f"Write its fields below it, indented: {names}." if names else "Write its fields below it, indented."
        return source.problem(
            "wrong-type",
            place,
            f"{field.title} must have fields of its own, and {found} stands here",
            field.description,
            fix,
        )
    if wanted in ("integer", "number"):
        what = "a whole number" if wanted == "integer" else "a number"
        digits = re.sub(r"[^0-9.,-]", "", str(error.instance)).strip(".,-").replace(",", "")
        fix = (
            f"Write the digits alone, such as {digits}." if _NUMBER.fullmatch(digits) else "Write the digits alone."
        )
        title = (
            f"{shown} is not {what}"
            if isinstance(error.instance, str | int | float)
            else f"{field.title} must be {what}"
        )
        return source.problem("wrong-type", place, title, f"{field.title}: {field.description}", fix)
    if isinstance(error.instance, dict):
        fix = "If a colon in the text caused this, put the whole text in double quotes."
    else:
        fix = "Write one text, without dashes or brackets."
    return source.problem(
        "wrong-type", place, f"{field.title} must be a text, and {found} stands here", field.description, fix
    )


def _suggest_date(text: str) -> str:
    """The date the author probably meant, in the right form, where there is only one reading."""
    loose, day_first = _LOOSE_DATE.fullmatch(text.strip()), _DAY_FIRST.fullmatch(text.strip())
    try:
        if loose:
            return f"Write {date(int(loose[1]), int(loose[2]), int(loose[3])).isoformat()}."
        if day_first and (int(day_first[1]) > 12 or "." in text):
            return f"Write {date(int(day_first[3]), int(day_first[2]), int(day_first[1])).isoformat()}."
    except ValueError:
        pass
    return "Write year, month and day with hyphens, such as 2026-03-31."


def _suggest_form(field: Field, text: str) -> str:
    if (
        field.type in ("reference", "text") and "hyphens" in (field.form + field.description)
    ) or field.type == "reference":
        slug = re.sub(r"[^a-z0-9]+", "-", text.lower()).strip("-")
        if slug and slug != text:
            return f"Write {slug}"
    return "Write it in that form."


def _show(written: str | None) -> str:
    if written is None:
        return "this value"
    return f'"{written}"' if len(written) <= 60 else f'"{written[:59]}…"'


def _capital(text: str) -> str:
    return text[:1].upper() + text[1:]
