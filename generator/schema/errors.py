"""What the schema's validator found, in the author's words: one problem per cause."""

from __future__ import annotations

import dataclasses
import re
from collections.abc import Iterator, Mapping, Sequence
from typing import TYPE_CHECKING, Any

from generator.problems.phrases import join_words, shorten
from generator.problems.problem import Edit, Place, Problem, Related
from generator.problems.suggestions import Suggestion
from generator.schema.placement.cut_texts import find_cut_texts, is_in_braces, say_cut_text
from generator.schema.placement.misplaced import (
    find_commented,
    find_holder,
    find_slipped_in,
    find_slipped_out,
    is_remark,
    make_fit,
    mark_text,
    take_back,
)
from generator.schema.placement.source_routes import source_route
from generator.schema.rules import EMPTY_VALUE, MISSING_FIELD, UNKNOWN_FIELD, WRONG_TYPE
from generator.schema.unknown_fields import about_unknown, find_meant, group_of
from generator.schema.value_errors import LEAVE_OUT, Misfit, describe, show_value, tell_value
from generator.schema.vocabulary import OWN, Field, Kind
from generator.syntax.document import Document, Route
from generator.syntax.indentation import explain_bullet, explain_glued
from generator.syntax.lines import quote_scalar
from generator.syntax.numbering import explain_numbers
from generator.syntax.recovery import say_finding
from generator.syntax.rules import COLON_IN_TEXT, SPACE_AFTER_COLON, WRONG_BULLET

if TYPE_CHECKING:
    from jsonschema.exceptions import ValidationError


_TEXTS = ("plain", "prose", "text")


def explain_errors(
    errors: Sequence[ValidationError], kind: Kind, document: Document, route: Route
) -> Iterator[Problem]:
    """The validator's errors as problems: one per cause, nothing about what could not be read."""
    lacking: list[_Lack] = []
    found = list(_explain_each(errors, kind, document, route, lacking))
    above = [problem for problem in found if problem.place.line < document.last_line]
    stops = document.is_unended and any(one.place.line >= document.last_line for one in lacking)
    if stops and len(lacking) + len(found) - len(above) > 1:
        yield from above  # what is wrong on the last line comes of its not being written to the end
        yield _say_ending(lacking, kind, document, route)
        return
    yield from found
    yield from (_say_missing(one, kind, document, route) for one in lacking)


@dataclasses.dataclass(frozen=True)
class _Lack:
    """A required field that a group of fields lacks, or has with nothing behind its colon."""

    field: Field
    outer: Field
    route: Route
    place: Place
    is_empty: bool


def _explain_each(
    errors: Sequence[ValidationError],
    kind: Kind,
    document: Document,
    route: Route,
    lacking: list[_Lack],
) -> Iterator[Problem]:
    """All but missing fields, which are put into `lacking`."""
    told: set[Route] = set()
    for error in sorted(
        errors, key=lambda error: (len(error.absolute_path), error.validator != "type")
    ):
        path = tuple(error.absolute_path)
        here = source_route(document, route, path)
        about_fields = error.validator in (
            "required",
            "additionalProperties",
            "unevaluatedProperties",
        )
        mark = (*path, "fields") if about_fields else path
        if mark in told or document.is_faulty(here):
            continue
        told.add(mark)
        field = _field_at(kind, path)
        if (
            error.validator == "type"
            and path
            and isinstance(path[-1], int)
            and field.type == "object"
        ):
            if (*path[:-1], "items") in told:  # a text for each of several groups is one mistake
                continue
            told.add((*path[:-1], "items"))
        if error.validator == "minItems" and _has_faulty_item(document, here):
            continue
        if error.validator == "pattern" and field.name == "audience" and len(path) == 1:
            continue  # whoever knows the header's audiences says it better
        if field.type == "reference" and error.validator != "type":
            continue  # whoever resolves references says it better: there the entries are known
        if about_fields:
            instance: Any = error.instance
            if path == (OWN,):  # what is missing of the company's own is missing in the entry
                names = [name for name, one in kind.own.items() if one.required]
                missing = [name for name in names if name not in instance]
                whole = dataclasses.replace(_field_at(kind, ()), fields=kind.written)
                lacking += _find_lacks(missing, whole, document, route)
                field = dataclasses.replace(field, fields=_all_optional(field.fields))
            yield from _explain_fields(instance, field, kind, document, here, route, lacking)
        else:
            yield _explain_value(error, field, document, here)


def _has_faulty_item(document: Document, route: Route) -> bool:
    """Whether a list is empty only because what stands in it could not be read."""
    items = document.value(route)
    return isinstance(items, list) and any(
        document.is_faulty((*route, number)) for number in range(len(items))
    )


def _all_optional(fields: Mapping[str, Field]) -> Mapping[str, Field]:
    return {name: dataclasses.replace(one, required=False) for name, one in fields.items()}


def _field_at(kind: Kind, path: Route) -> Field:
    """The field a path leads to; an item goes by the name of its list."""
    fields = {  # what is missing of the company's own is told where their group is looked at
        name: dataclasses.replace(one, required=False) if one.own else one
        for name, one in kind.written.items()
    }
    field = Field("", kind.title, kind.description, "object", fields=fields, labels={})
    for step in path:
        inner = field.item if isinstance(step, int) else field.fields.get(step)
        if inner is None:
            break
        if isinstance(step, int):
            inner = dataclasses.replace(
                inner, name=field.name, title=field.title, description=field.description
            )
        field = inner
    return field


def _explain_fields(
    written: Mapping[str, Any],
    field: Field,
    kind: Kind,
    document: Document,
    route: Route,
    entry: Route,
    lacking: list[_Lack],
) -> Iterator[Problem]:
    """Unknown fields of one mapping; the missing ones but for those that an unknown one stands for
    go into `lacking`.
    """
    known = field.fields
    whole = _name_group(field, f"this {kind.title.lower()}")
    missing = [
        name
        for name, inner in known.items()
        if inner.required and name not in written and not document.is_faulty((*route, name))
    ]
    unknown = [name for name in written if name not in known]
    cut = list(find_cut_texts(document, route, known))
    for one in cut:
        yield say_cut_text(one, document, route)
        unknown = [name for name in unknown if name not in one]
    slipped = find_slipped_in(written, unknown, kind, document, route, entry) or find_slipped_out(
        written, unknown, known, document, route
    )
    if slipped is not None:
        yield slipped.problem
        unknown = [name for name in unknown if name not in slipped.names]
        lacking[:] = [
            one for one in lacking if one.route != entry or one.field.name not in slipped.names
        ]
    for name in unknown:
        glued = _say_glued(name, known, document, route)
        if glued is not None:
            missing = [other for other in missing if other != name.partition(":")[0]]
            yield glued
            continue
        free = {key: inner for key, inner in known.items() if key not in written}
        near = find_meant(name, free)
        if near is None and len(unknown) == len(missing) == 1 and not group_of(name, known):
            near = Suggestion(missing[0], sure=False)  # one too many, one too few: a renamed field
        if near and near.word in missing:
            missing.remove(near.word)
        word, bare = near.word if near else None, written[name] is None
        advice = about_unknown(name, word, known, kind, whole, is_entry=not field.name, empty=bare)
        yield document.problem(
            UNKNOWN_FIELD,
            place=document.key_place((*route, name)),
            title=f"{show_value(name)} is not a field of {whole}",
            why=advice.why,
            fix=advice.fix,
            replace_with=word,
            edits=() if near else take_back(document, (*route, name)),
            certain=near.sure if near else is_remark(name),
        )
    if not document.is_incomplete(route):
        lacking += _find_lacks(missing, field, document, route)


def _say_glued(
    name: str, known: Mapping[str, Field], document: Document, route: Route
) -> Problem | None:
    """A field and its value with no space behind the colon, which YAML takes for one word."""
    head, colon, rest = name.partition(":")
    if not colon or head not in known:
        return None
    return document.problem(
        SPACE_AFTER_COLON,
        place=document.key_place((*route, name)),
        title=f'a space is missing after "{head}:"',
        why="Without it YAML takes the whole for one word.",
        fix=f"Write {head}: {rest}",
        replace_with=f"{head}: {rest}",
    )


def _find_lacks(
    missing: Sequence[str], outer: Field, document: Document, route: Route
) -> Iterator[_Lack]:
    for name in missing:
        is_empty = document.has((*route, name))
        place = (
            document.key_place((*route, name))
            if is_empty
            else _find_gap(document, route, name, outer.fields)
        )
        yield _Lack(outer.fields[name], outer, route, place, is_empty)


def _find_gap(document: Document, route: Route, name: str, known: Mapping[str, Field]) -> Place:
    """Where a field belongs: behind the last of those that the schema has before it, so that it can
    be added right there.
    """
    names = list(known)
    before = [other for other in names[: names.index(name)] if document.has((*route, other))]
    return document.end_place((*route, before[-1])) if before else _start_of(document, route)


def _say_missing(one: _Lack, kind: Kind, document: Document, route: Route) -> Problem:
    name, start = one.field.name, _start_of(document, one.route)
    if one.is_empty:
        title = f'"{name}" is empty in {_name_group(one.outer, f"this {kind.title.lower()}")}'
        return document.problem(
            MISSING_FIELD,
            place=one.place,
            title=title,
            why=describe(one.field),
            fix="Write its value behind the colon.",
        )
    title = f'"{name}" is missing in {_name_group(one.outer, _name_entry(kind, document, route))}'
    related = () if start.line == one.place.line else (Related(start, "where it begins"),)
    commented = find_commented(document, one.route, name)
    if commented is not None:
        fix = "Take the # away, so that the line begins where the other fields do."
        return document.problem(
            MISSING_FIELD,
            place=commented[0],
            title=f"{title}: its line is a comment",
            why=describe(one.field),
            fix=fix,
            edits=commented[1:],
            certain=False,
        )
    how = _how_to_write(one.field, in_braces=is_in_braces(document, one.route))
    holder = find_holder(one.field, one.outer, document, one.route, one.place)
    if holder:
        how = f"If its items stand under {holder}, write {name}: above the first of them. Else: {how[:1].lower()}{how[1:]}"
    return document.problem(
        MISSING_FIELD,
        place=one.place,
        title=title,
        why=describe(one.field),
        fix=how,
        related=related,
    )


def _say_ending(lacking: Sequence[_Lack], kind: Kind, document: Document, route: Route) -> Problem:
    """Of a file without a line end that stops before its last entry is whole, only that is said."""
    last, start = max(one.place for one in lacking), _start_of(document, route)
    names = [
        f'"{one.field.name}"' + (f' in "{one.outer.name}"' if one.outer.name else "")
        for one in lacking
    ]
    related = () if start.line == last.line else (Related(start, "where it begins"),)
    return document.problem(
        MISSING_FIELD,
        place=last,
        title=f"the file ends in the middle of {_name_entry(kind, document, route)}",
        why=f"{join_words(names)} {'is' if len(names) == 1 else 'are'} missing, and the last line has no line end.",
        fix="Write what is missing.",
        related=related,
    )


def _name_group(field: Field, entry: str) -> str:
    """`this market`, or `"contact" in this market` for a group of fields in it."""
    return f'"{field.name}" in {entry}' if field.name else entry


def _name_entry(kind: Kind, document: Document, route: Route) -> str:
    """An entry as its readers know it; a fault in the middle of a long one is told far from its
    title.
    """
    title = kind.title.lower()
    names = (
        document.written((*route, name))
        for name in (kind.title_field, "id")
        if document.has((*route, name))
    )
    name = next(filter(None, names), None)
    return f'the {title} "{shorten(name, 40)}"' if name else f"this {title}"


def _start_of(document: Document, route: Route) -> Place:
    data = document.value(route)
    if isinstance(data, dict) and data:
        return document.key_place((*route, "id" if "id" in data else next(iter(data))))
    return document.key_place(route)


def _how_to_write(field: Field, *, in_braces: bool = False) -> str:
    add = "Add inside the braces, behind a comma" if in_braces else "Add a line"
    if field.labels:
        return f"{add}: {field.name}: followed by one of {', '.join(field.labels)}."
    if in_braces and field.type in ("list", "object"):
        return f"{add}: {field.name}: followed by {'[its items]' if field.type == 'list' else '{its own fields}'}."
    if field.type == "list":
        return f"Add a line {field.name}: and below it a line for each item, with a dash and a space before it."
    if field.type == "object":
        return f"Add a line {field.name}: and below it, indented, its own fields: {', '.join(field.fields)}."
    form = field.form or {
        "integer": "a whole number",
        "number": "a number",
        "boolean": "yes or no",
    }.get(field.type, "text")
    return f"{add}: {field.name}: followed by {form}."


def explain_pasted_list(document: Document, route: Route) -> Problem | None:
    """Lines with bullets in a text: YAML joins them, so that no reader would see a list."""
    line = document.value_place(route).line - 1
    finding = explain_bullet(document.lines, line)
    if finding is None or len(finding.changes) < 2:
        return None
    field = str(route[-1])
    return document.problem(
        WRONG_BULLET,
        place=document.value_place(route),
        title="these lines would be joined into one paragraph",
        why="YAML folds the lines of a text; only a list of Markdown under a bar keeps them apart.",
        fix=f"Write {field}: | and below it each line with - instead of {document.lines[line].strip()[0]}",
    )


def _explain_value(
    error: ValidationError, field: Field, document: Document, route: Route
) -> Problem:
    """One value that does not fit, by the keyword it fails."""
    place, value = document.value_place(route), document.value(route)
    is_item, written = bool(route) and isinstance(route[-1], int), document.written(route)
    if error.validator == "type":
        slip = _find_slip(document, place, value, field, in_list=is_item)
        if slip is not None:
            return slip
    # {dairies}: what has no value is left out of the data
    is_torn = isinstance(value, dict) and field.type == "list"
    instance: Any = value if is_torn else error.instance
    beside = (*route[:-1], "unit")
    unit = document.written(beside) or "" if document.has(beside) else ""
    keyword, limit = str(error.validator), error.validator_value
    told = tell_value(Misfit(keyword, limit, instance, field, written, is_item, unit))
    line = document.lines[place.line - 1]
    if isinstance(value, str) and value.split() and value.split()[-1].strip("'\"") not in line:
        told = dataclasses.replace(told, replacement=None)  # it goes on in the lines below
    related: tuple[Related, ...] = ()
    edits: tuple[Edit, ...] = ()
    is_text = field.type in _TEXTS and not is_item
    marked = mark_text(document, route) if told.rule is WRONG_TYPE and is_text else None
    if told.rule is WRONG_TYPE or (keyword, field.type) == ("pattern", "plain"):
        edits = make_fit(document, route, field)
    if told.fix == LEAVE_OUT:
        edits = document.removal(route)
    if marked is not None:
        fix = f"Begin the text with >- behind the colon: {route[-1]}: >-"
        told = dataclasses.replace(told, fix=fix, sure=marked[1])
        edits = marked[:1]
    elif error.validator == "uniqueItems":
        place, related, edits = _find_repeated(document, route, place)
    elif told.rule is EMPTY_VALUE and not field.required and not is_item:
        edits = document.removal(route)
    return document.problem(
        told.rule,
        place=place,
        title=told.title,
        why=told.why,
        fix=told.fix,
        related=related,
        replace_with=told.replacement,
        edits=edits,
        certain=told.sure and (marked is not None or not edits),
    )


def _find_repeated(
    document: Document, route: Route, place: Place
) -> tuple[Place, tuple[Related, ...], tuple[Edit, ...]]:
    """Where an item of a list stands for the second time, and for the first, and what takes it away;
    `place` where that cannot be told.
    """
    items = document.value(route)
    for number, item in enumerate(items if isinstance(items, list) else ()):
        if item is not None and item in items[:number]:
            first = document.key_place((*route, items.index(item)))
            again = (*route, number)
            related = (Related(first, "first written here"),)
            return document.key_place(again), related, document.removal(again)
    return place, (), ()


def _find_slip(
    document: Document, place: Place, value: Any, field: Field, *, in_list: bool
) -> Problem | None:
    """A slip in YAML that could be read all the same, and gave something of another form than was
    meant.
    """
    line = place.line - 1
    before, written = (
        document.lines[line][: place.column - 1],
        document.lines[line][place.column - 1 :].rstrip(),
    )
    if before.count("[") > before.count(
        "]"
    ):  # an item of a list in brackets ends with the next comma
        written = re.split(r"[,\]]", written)[0].rstrip()
    if field.type == "list" and isinstance(value, str):
        finding = (
            explain_bullet(document.lines, line)
            or explain_numbers(document.lines, line, place.column - 1)
            or (explain_glued(document.lines, line) if value[:1] == "-" else None)
        )
        return say_finding(document.file, document.lines, finding) if finding is not None else None
    is_text = field.type in ("plain", "prose", "text")
    if in_list and isinstance(value, dict) and len(value) == 1 and is_text and ": " in written:
        whole = dataclasses.replace(place, end_column=place.column + len(written))
        return document.problem(
            COLON_IN_TEXT,
            place=whole,
            title="a colon followed by a space stands inside a text",
            why="YAML takes the words before it for the name of a field.",
            fix=f"Put the whole text in double quotes: {shorten(quote_scalar(written))}",
            replace_with=quote_scalar(written),
        )
    return None
