"""What the schema's validator found, in the author's words: one problem per cause."""

from __future__ import annotations

import calendar
import dataclasses
import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from jsonschema.exceptions import ValidationError

from generator.diagnosis import quote_scalar
from generator.problem import Place, Problem
from generator.source import Route, Source
from generator.suggestion import Suggestion, find_nearest
from generator.vocabulary import KINDS, Field, Kind
from generator.wording import shorten, with_article

_NUMBER = re.compile(r"[-+]?(0|[1-9][0-9]*)(\.[0-9]+)?")
_LOOSE_DATE = re.compile(r"(\d{4})[-/. ](\d{1,2})[-/. ](\d{1,2})(?:[T ]\d{1,2}:\d{2}(?::\d{2})?)?")
_DAY_FIRST = re.compile(r"(\d{1,2})([-/.])(\d{1,2})\2(\d{4})")
_LIST_LIMIT = 12


@dataclass(frozen=True)
class _Told:
    """What is said of one value, and what a machine may write in its place."""

    rule: str
    title: str
    why: str
    fix: str
    replacement: str | None = None


def explain_errors(
    errors: Sequence[ValidationError], kind: Kind, source: Source, route: Route
) -> Iterator[Problem]:
    """The validator's errors as problems: one per cause, nothing about what could not be read anyway."""
    told: set[Route] = set()
    for error in sorted(errors, key=lambda error: (len(error.absolute_path), error.validator != "type")):
        path = tuple(error.absolute_path)
        here = source_route(source, route, path)
        about_fields = error.validator in ("required", "additionalProperties", "unevaluatedProperties")
        mark = (*path, "fields") if about_fields else path
        if mark in told or source.is_faulty(here):
            continue
        told.add(mark)
        field = _field_at(kind, path)
        if error.validator == "minItems" and _has_faulty_item(source, here):
            continue
        if error.validator == "pattern" and field.name == "audience" and len(path) == 1:
            continue  # whoever knows the header's audiences says it better
        if field.type == "reference" and error.validator != "type":
            continue  # whoever resolves references says it better: there the entries are known
        if about_fields:
            instance: Any = error.instance
            yield from _explain_fields(instance, field, kind, source, here, is_entry=not path)
        else:
            yield _explain_value(error, field, kind, source, here)


def _list_some(names: Sequence[str]) -> str:
    """The first of some names; nobody reads forty."""
    return ", ".join(names[:_LIST_LIMIT]) + (" and more" if len(names) > _LIST_LIMIT else "")


def _has_faulty_item(source: Source, route: Route) -> bool:
    """Whether a list is empty only because what stands in it could not be read."""
    items = source.value(route)
    return isinstance(items, list) and any(source.is_faulty((*route, number)) for number in range(len(items)))


def source_route(source: Source, route: Route, path: Route) -> Route:
    """The route in the source of a path in the values: empty items were left out of lists there."""
    for step in path:
        data = source.value(route)
        filled = [number for number, item in enumerate(data) if item is not None] if isinstance(data, list) else []
        route = (*route, filled[step] if isinstance(step, int) and step < len(filled) else step)
    return route


def _field_at(kind: Kind, path: Route) -> Field:
    """The field a path leads to; an item of a list goes by the name of its list."""
    field = Field("", kind.title, kind.description, "object", fields=kind.fields, labels={})
    for step in path:
        inner = field.item if isinstance(step, int) else field.fields.get(step)
        if inner is None:
            break
        if isinstance(step, int):
            inner = dataclasses.replace(inner, name=field.name, title=field.title, description=field.description)
        field = inner
    return field


def _explain_fields(
    written: Mapping[str, Any], field: Field, kind: Kind, source: Source, route: Route, *, is_entry: bool
) -> Iterator[Problem]:
    """Missing and unknown fields of one mapping; an unknown one that stands for a missing one is told once."""
    known = field.fields
    whole = f"this {kind.title.lower()}" if is_entry else f'"{field.name}" in this {kind.title.lower()}'
    missing = [name for name, inner in known.items()
               if inner.required and name not in written and not source.is_faulty((*route, name))]  # fmt: skip
    unknown = [name for name in written if name not in known]
    for name in unknown:
        head, colon, rest = name.partition(":")
        if colon and head in known:
            missing = [other for other in missing if other != head]
            yield source.problem(
                "space-after-colon", source.key_place((*route, name)), f'a space is missing after "{head}:"',
                "Without it YAML takes the whole for one word.", f"Write {head}: {rest}", replace_with=f"{head}: {rest}")  # fmt: skip
            continue
        free = {key: (inner.title,) for key, inner in known.items() if key not in written}
        near = find_nearest(name, free)
        if near is None and len(unknown) == len(missing) == 1 and not _group_of(name, known):
            near = Suggestion(missing[0], sure=False)  # one too many, one too few: a renamed field
        if near and near.word in missing:
            missing.remove(near.word)
        why, fix = _about_unknown(name, near.word if near else None, known, kind, whole, is_entry=is_entry)
        yield source.problem(
            "unknown-field", source.key_place((*route, name)), f"{_show(name)} is not a field of {whole}", why, fix,
            replace_with=near.word if near and near.sure else None)  # fmt: skip
    for name in () if source.is_incomplete(route) else missing:
        is_empty = isinstance(source.value(route), dict) and name in source.value(route)
        place = source.key_place((*route, name)) if is_empty else _start_of(source, route)
        title = f'"{name}" is {"empty" if is_empty else "missing"} in {whole}'
        fix = "Write its value behind the colon." if is_empty else _how_to_write(known[name])
        yield source.problem("missing-field", place, title, f"{known[name].title}: {known[name].description}", fix)


def _about_unknown(
    name: str, near: str | None, known: Mapping[str, Field], kind: Kind, whole: str, *, is_entry: bool
) -> tuple[str, str]:
    """Why a field is not known here, and what to do: another name, another place, or the list of what there is."""
    if not known:
        return (
            "Your company has no fields of its own here.",
            "Delete the line, or describe the field in schema/custom.schema.json.",
        )
    listed = _list_some(list(known))
    why = f"{whole[:1].upper()}{whole[1:]} has the fields {listed}."
    if name in KINDS and kind.key == "header":
        return f'"{name}" is a list of its own, beside the header.', "Move it to the left edge of strategy.yaml."
    if near:
        return why, f'Did you mean "{near}" ({known[near].title})?'
    if not is_entry and name in kind.fields:
        return (
            f'"{name}" is a field of the {kind.title.lower()} itself.',
            "Indent it less, so that it lines up with the fields of the entry.",
        )
    group = _group_of(name, known)
    if group:
        return f'"{name}" stands under "{group}".', f"Write it below {group}: and indent it two spaces further."
    return why, "Delete the line, or use one of these fields."


def _group_of(name: str, known: Mapping[str, Field]) -> str | None:
    """The group of fields that has a field of this name."""
    return next((outer.name for outer in known.values() if name in (outer.item or outer).fields), None)


def _start_of(source: Source, route: Route) -> Place:
    data = source.value(route)
    if isinstance(data, dict) and data:
        return source.key_place((*route, "id" if "id" in data else next(iter(data))))
    return source.key_place(route)


def _how_to_write(field: Field) -> str:
    if field.labels:
        return f"Add a line: {field.name}: followed by one of {', '.join(field.labels)}."
    if field.type == "list":
        return f"Add a line {field.name}: and below it a line for each item, with a dash and a space before it."
    if field.type == "object":
        return f"Add a line {field.name}: and below it, indented, its own fields: {', '.join(field.fields)}."
    return f"Add a line: {field.name}: followed by {field.form or 'the value'}."


def _explain_value(error: ValidationError, field: Field, kind: Kind, source: Source, route: Route) -> Problem:
    """One value that does not fit, by the keyword it fails."""
    shown = _show(source.written(route))
    teller = _TELLERS.get(str(error.validator), _tell_other)
    if field.type in ("date", "day_or_month") and error.validator != "type":
        teller = _tell_date
    told = teller(error, field, shown)
    if told.rule == "wrong-type" and isinstance(error.instance, dict) and isinstance(route[-1], int):
        told = _tell_colon(source, route, field) or told
    place = source.value_place(route)
    if told.rule == "wrong-type" and field.type == "list" and str(error.instance)[:1] == "-":
        return _tell_dash(source, place, str(error.instance))
    if told.rule == "colon-in-text":
        place = dataclasses.replace(place, end_column=len(source.lines[place.line - 1].rstrip()) + 1)
    return source.problem(told.rule, place, told.title, told.why, told.fix, replace_with=told.replacement)


def _tell_enum(error: ValidationError, field: Field, shown: str) -> _Told:
    instance: Any = error.instance
    if isinstance(instance, list | dict):
        found = "a list" if isinstance(instance, list) else "a group of fields"
        return _Told("wrong-type", f"{field.title} takes one value, and {found} stands here",
                     f"{field.title} is one of: {', '.join(field.labels)}.", "Write one of these behind the colon.")  # fmt: skip
    near = find_nearest(str(error.instance), {value: (label,) for value, label in field.labels.items()})
    fix = f'Did you mean "{near.word}"?' if near else "Write one of these."
    return _Told("unknown-value", f"{shown} is not {with_article(field.title.lower())} we know",
                 f"{field.title} is one of: {_list_some(list(field.labels))}.", fix,
                 near.word if near and near.sure else None)  # fmt: skip


def _tell_date(error: ValidationError, field: Field, shown: str) -> _Told:
    text = str(error.instance)
    meant = _read_date(text)
    if re.fullmatch(r"\d{4}-\d{2}-\d{2}" if field.type == "date" else r"\d{4}-\d{2}(-\d{2})?", text):
        return _Told(
            "wrong-date", f"{shown} is not in the calendar", f"{field.title} is {field.form}.", _correct_day(text)
        )
    fix = f"Write {meant}" if meant else "Write year, month and day with hyphens, such as 2026-03-31."
    return _Told(
        "wrong-date",
        f"{shown} is not a date as the playbook writes it",
        f"{field.title} is {field.form}.",
        fix,
        meant,
    )


def _correct_day(text: str) -> str:
    """What is wrong with a date that has the right form."""
    year, month = int(text[:4]), int(text[5:7])
    if year < 1:
        return "Correct the year."
    if not 1 <= month <= 12:
        return "There are 12 months; correct the month."
    return f"{calendar.month_name[month]} {year} has {calendar.monthrange(year, month)[1]} days; correct the day."


def _tell_pattern(error: ValidationError, field: Field, shown: str) -> _Told:
    text = str(error.instance)
    if field.type == "plain":
        return _Told("several-lines", f"{field.title} takes text on one line only",
                     "It is shown in lists and headings, where a second line has no place.",
                     "Write it on one line. A long line may be folded over several with >-")  # fmt: skip
    form = f"{field.title} is {field.form}." if field.form else f"{field.title}: {field.description}"
    fix = "Write it in that form."
    if field.type == "reference" and len(field.refers_to) == 1 and "/" in text:
        kind, _, name = text.partition("/")
        fix = f"Write {name}" if kind in field.refers_to else fix
        form = f"Here the kind is clear, so the id stands alone, such as {name or 'ev-charging'}."
    elif "hyphens" in field.form or field.type == "reference":
        slug = re.sub(r"[^a-z0-9]+", "-", text.lower()).strip("-")
        fix = f"Write {slug}" if slug and slug != text else fix
    elif field.type == "reference" or "slash" in field.form:
        fix = "Put the kind and a slash before the id."
    return _Told("wrong-form", f'{shown} does not have the form of "{field.title}"', form, fix)


def _tell_range(error: ValidationError, field: Field, shown: str) -> _Told:
    is_most = "aximum" in str(error.validator)
    title = f"{shown} is too {'large' if is_most else 'small'} for {field.title}"
    fix = f"Write a number of {'at most' if is_most else 'at least'} {error.validator_value}."
    return _Told("out-of-range", title, f"{field.title}: {field.description}", fix)


def _tell_empty(error: ValidationError, field: Field, shown: str) -> _Told:
    return _Told("empty-value", f"{field.title} is empty", f"{field.title}: {field.description}",
                 "Write it, or delete the line if it is not needed.")  # fmt: skip


def _tell_length(error: ValidationError, field: Field, shown: str) -> _Told:
    what = "items" if error.validator == "maxItems" else "characters"
    return _Told(
        "too-long",
        f"{field.title} is too long",
        f"It may have up to {error.validator_value} {what}.",
        "Shorten it.",
    )


def _tell_repeated(error: ValidationError, field: Field, shown: str) -> _Told:
    items: Any = error.instance
    twice = next((str(item) for number, item in enumerate(items) if item in items[:number]), "")
    return _Told("repeated-item", f"{field.title} names {_show(twice)} twice",
                 "Once is enough: each may stand one time.", "Delete one of the two.")  # fmt: skip


def _tell_other(error: ValidationError, field: Field, shown: str) -> _Told:
    form = f"{field.title} is {field.form}." if field.form else f"{field.title}: {field.description}"
    return _Told("wrong-value", f"{shown} does not fit {field.title}", form, "Change it so that it fits.")


def _tell_type(error: ValidationError, field: Field, shown: str) -> _Told:
    limit: Any = error.validator_value
    wanted = limit if isinstance(limit, str) else limit[0]
    instance: Any = error.instance
    found = (
        "a group of fields" if isinstance(instance, dict) else "a list" if isinstance(instance, list) else "a text"
    )
    why = f"{field.title}: {field.description}"
    if wanted == "array":
        item = f" - {instance}" if isinstance(instance, str) and len(instance) < 40 else ""
        fix = "Write each item on a line of its own below it, with a dash and a space before it" + (
            f":{item}" if item else "."
        )
        return _Told("wrong-type", f"{field.title} must be a list, and {found} stands here", why, fix)
    if wanted == "object":
        names = ", ".join(list(field.fields)[:_LIST_LIMIT])
        fix = f"Write its fields below it, indented: {names}." if names else "Write its fields below it, indented."
        return _Told("wrong-type", f"{field.title} must have fields of its own, and {found} stands here", why, fix)
    if wanted in ("integer", "number"):
        return _tell_number(instance, wanted, field, shown, why, found)
    if wanted == "boolean":
        return _Told("wrong-type", f"{shown} is neither yes nor no", why, "Write yes or no.")
    fix = "Write one text, without dashes or brackets."
    if isinstance(instance, dict):
        fix = "If it is one text, put the whole of it in double quotes."
    return _Told("wrong-type", f"{field.title} must be a text, and {found} stands here", why, fix)


def _tell_number(instance: Any, wanted: str, field: Field, shown: str, why: str, found: str) -> _Told:
    whole = wanted == "integer"
    what = "a whole number" if whole else "a number"
    if not isinstance(instance, str | int | float):
        return _Told("wrong-type", f"{field.title} must be {what}, and {found} stands here", why, "Write digits.")
    fix = (
        "Write a whole number in digits, such as 3."
        if whole
        else "Write digits alone, with a point before decimals."
    )
    text = str(instance).strip()
    if re.fullmatch(r"-?0+\d+", text) and len(text) < 16:
        return _Told("wrong-type", f"{shown} begins with a zero", why, f"Write {int(text)}")
    if re.search(r"\d\s*(k|m|mn|mio|bn|thousand|million|billion)\b", text.lower()):
        fix = "Write the whole number in digits; a unit has a field of its own."
    else:
        digits = re.sub(r"(?<=\d)[,  _'](?=\d{3}(?!\d))", "", text)
        digits = re.sub(r"[^0-9.-]", "", re.sub(r"(?<=\d),(?=\d)", ".", digits)).strip(".")
        if len(digits) < 16 and _NUMBER.fullmatch(digits) and ":" not in text and not (whole and "." in digits):
            fix = f"Write the digits alone: {digits}"
    return _Told("wrong-type", f"{shown} is not {what}", why, fix)


def _tell_colon(source: Source, route: Route, field: Field) -> _Told | None:
    """`- Speed: within a day` in a list of texts: YAML takes the words before the colon for a field."""
    place = source.value_place(route)
    written = source.lines[place.line - 1][place.column - 1 :].rstrip()
    if field.type not in ("plain", "prose", "text") or len(source.value(route)) != 1 or ": " not in written:
        return None
    return _Told("colon-in-text", "a colon followed by a space stands inside a text",
                 "YAML takes the words before it for the name of a field.",
                 f"Put the whole text in double quotes: {shorten(quote_scalar(written))}", quote_scalar(written))  # fmt: skip


def _tell_dash(source: Source, place: Place, written: str) -> Problem:
    """`-heat` below a field that takes a list: without its space the dash is a part of the text."""
    first = written[1:].split("\n")[0].strip()
    return source.problem("space-after-dash", dataclasses.replace(place, end_column=place.column + 1),
                          "a space is missing after the dash",
                          "Only a dash followed by a space begins an item of a list.", f"Write - {shorten(first)}",
                          replace_with="- ")  # fmt: skip


_TELLERS: Mapping[str, Callable[[ValidationError, Field, str], _Told]] = {
    "type": _tell_type, "enum": _tell_enum, "const": _tell_enum, "pattern": _tell_pattern, "format": _tell_pattern,
    "minimum": _tell_range, "maximum": _tell_range, "exclusiveMinimum": _tell_range, "exclusiveMaximum": _tell_range,
    "minItems": _tell_empty, "minLength": _tell_empty, "minProperties": _tell_empty,
    "maxLength": _tell_length, "maxItems": _tell_length, "uniqueItems": _tell_repeated,
}  # fmt: skip
"""Who explains which keyword of JSON Schema."""


def _read_date(text: str) -> str | None:
    """The date that was probably meant, in the right form, where there is only one reading."""
    loose, day_first = _LOOSE_DATE.fullmatch(text.strip()), _DAY_FIRST.fullmatch(text.strip())
    try:
        if loose:
            return date(int(loose[1]), int(loose[2]), int(loose[3])).isoformat()
        if day_first and (int(day_first[1]) > 12 or day_first[2] == "."):
            return date(int(day_first[4]), int(day_first[3]), int(day_first[1])).isoformat()
    except ValueError:
        pass
    return None


def _show(written: str | None) -> str:
    return "this value" if written is None else f'"{shorten(written)}"'
