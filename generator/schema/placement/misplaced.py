"""Fields that slipped out of the group or the entry that they belong to, or into one: known by their
names, with what moves them back.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from generator.problems.phrases import join_words
from generator.problems.problem import Edit, Place, Problem
from generator.schema.unknown_fields import begins_remark
from generator.schema.vocabulary import Field, Kind
from generator.syntax.document import Document, Route
from generator.syntax.lines import NAME, count_spaces, indent_of, quote_scalar
from generator.syntax.rules import WRONG_INDENTATION

_TEXTS = ("plain", "prose", "text")
_PLAIN = re.compile(r"[^\W\d_](?:(?!: | #)[^\"'])*")
"""A text that needs no quotes behind a colon."""


@dataclass(frozen=True)
class Slipped:
    """Fields that stand too far right, or too far left, and what is said of them."""

    names: tuple[str, ...]
    problem: Problem


def find_slipped_in(
    written: Mapping[str, object],
    unknown: Sequence[str],
    kind: Kind,
    document: Document,
    route: Route,
    entry: Route,
) -> Slipped | None:
    """Fields of the entry itself at the end of a group in it: half the entry was moved to the right."""
    names: list[str] = []
    for name in reversed(list(written)):
        if name not in unknown or name not in kind.fields or document.has((*entry, name)):
            break
        names.insert(0, name)
    if not names or len(route) <= len(entry) or document.is_inline((*route, names[0])):
        return None
    whole = document.value(entry)
    first = next(iter(whole)) if isinstance(whole, dict) and whole else ""
    home = document.key_place((*entry, first)).column - 1
    return _move(names, document, route, home, f"the {kind.title.lower()} itself")


def find_slipped_out(
    written: Mapping[str, object],
    unknown: Sequence[str],
    known: Mapping[str, Field],
    document: Document,
    route: Route,
) -> Slipped | None:
    """Fields of a group that stand beside it, right below it: they were moved to the left."""
    order = list(written)
    for position, name in enumerate(order):
        if name not in unknown or position == 0:
            continue
        above = order[position - 1]
        group = known.get(above)
        if group is None or group.type != "object" or name not in group.fields:
            continue
        names = [name]
        for following in order[position + 1 :]:
            if following not in unknown or following not in group.fields:
                break
            names.append(following)
        inner = document.value((*route, above))
        if isinstance(inner, dict) and any(one in inner for one in names):
            return None
        if not isinstance(inner, dict | None) or document.is_inline((*route, name)):
            return None
        home = document.key_place((*route, above)).column + 1
        if isinstance(inner, dict) and inner:
            first = (*route, above, next(iter(inner)))
            if document.is_inline(first):
                return None
            home = document.key_place(first).column - 1
        return _move(names, document, route, home, f'"{above}"')
    return None


def _move(
    names: Sequence[str], document: Document, route: Route, home: int, owner: str
) -> Slipped | None:
    """What is said of fields that belong to `owner`, whose fields begin at the column `home`."""
    start = document.key_place((*route, names[0]))
    last = document.end_place((*route, names[-1])).line
    by = home - (start.column - 1)
    following = next((one for one in document.lines[last:] if one.strip()), "")
    block = range(start.line, last + 1)
    torn = document.lines[start.line - 1][: start.column - 1].strip() or (
        by < 0
        and (
            indent_of(following) > home
            or any(
                0 < indent_of(document.lines[one - 1]) < -by
                for one in block
                if document.lines[one - 1].strip()
            )
        )
    )
    if by == 0 or torn:
        return None
    edits = tuple(
        Edit(Place(document.file, one, 1, one, 1 if by > 0 else 1 - by), " " * max(by, 0))
        for one in block
        if document.lines[one - 1].strip()
    )
    count = count_spaces(abs(by))
    where = "left" if by > 0 else "right"
    lines = "this line stands" if len(block) == 1 else f"lines {start.line} to {last} stand"
    shown = join_words([f'"{name}"' for name in names])
    are = "is a field" if len(names) == 1 else "are fields"
    fix = f"Let it start after {count_spaces(home)}; it starts after {count_spaces(start.column - 1)}."
    if len(block) > 1:
        fix = f"{f'Put {count}' if by > 0 else f'Take {count} away'} before each of them."
    problem = document.problem(
        WRONG_INDENTATION,
        place=start,
        title=f"{lines} {count} too far {where}: {shown} {are} of {owner}",
        fix=fix,
        edits=edits,
    )
    return Slipped(tuple(names), problem)


def find_commented(document: Document, route: Route, name: str) -> tuple[Place, Edit] | None:
    """The line of a field that was turned into a comment, and what makes a field of it again."""
    value = document.value(route)
    if not isinstance(value, dict) or not value:
        return None
    first, last = document.key_place((*route, next(iter(value)))), document.end_place(route).line
    form = re.compile(rf"\s*#+\s*(?={re.escape(name)}:(?: |$))")
    for number in range(first.line + 1, min(last + 1, len(document.lines)) + 1):
        found = form.match(document.lines[number - 1])
        if found:
            place = Place(document.file, number, 1, number, found.end() + 1)
            return place, Edit(place, " " * (first.column - 1))
    return None


def find_holder(field: Field, outer: Field, document: Document, route: Route, gap: Place) -> str:
    """The list before a missing one that may have taken its items, when the line with its name went."""
    value = document.value(route)
    names = list(value) if isinstance(value, dict) and field.type == "list" else []
    before = [name for name in names if document.end_place((*route, name)) <= gap]
    last = outer.fields.get(before[-1]) if before else None
    if last is None or last.item is None or field.item is None:
        return ""
    several = len(document.value((*route, last.name)) or ()) > 1
    return last.name if several and last.item.type == field.item.type else ""


def make_fit(document: Document, route: Route, field: Field) -> tuple[Edit, ...]:
    """What gives a value the form of its field, and loses none of it: a list of one as the one value, a
    list in braces in brackets, a text as the one field that its group must have, lines as one. Nothing
    where only its author knows.
    """
    value = document.value(route)
    if field.type == "plain" and isinstance(value, str):
        return _write_on_one_line(document, route)
    if isinstance(value, list) and field.type not in ("list", "object"):
        return _take_item_out(document, route, value)
    if isinstance(value, dict) and field.type == "list" and not any(value.values()):
        return _replace_on_line(document, route, r"\{([^{}\[\]]*)\}", r"[\1]")
    must = [one.name for one in field.fields.values() if one.required]
    if field.type != "object" or len(must) != 1 or field.fields[must[0]].type not in _TEXTS:
        return ()
    items = document.value(route[:-1]) if route and isinstance(route[-1], int) else None
    texts = [
        (*route[:-1], number) for number, one in enumerate(items or ()) if isinstance(one, str)
    ]
    plain = all(_PLAIN.fullmatch(document.written(one) or "") for one in texts)
    places = [document.value_place(one) for one in texts]
    if not plain or any(
        document.lines[one.line - 1][: one.column - 1].strip() != "-" for one in places
    ):
        return ()
    return tuple(
        Edit(Place(document.file, one.line, one.column, one.line, one.column), f"{must[0]}: ")
        for one in places
    )


def _take_item_out(document: Document, route: Route, value: list[object]) -> tuple[Edit, ...]:
    """What makes one value of a list with one item."""
    if len(value) != 1 or not isinstance(value[0], str) or document.written((*route, 0)) is None:
        return ()
    key, item = document.key_place(route), document.value_place((*route, 0))
    between = document.lines[item.line - 1][: item.column - 1]
    if item.line == key.line:
        return _replace_on_line(document, route, r"\[\s*([^\[\]{},]*?)\s*\]", r"\1")
    if between.strip() != "-" or document.lines[key.line - 1][key.end_column - 1 :].strip() != ":":
        return ()
    return (Edit(Place(document.file, key.line, key.end_column + 1, item.line, item.column), " "),)


def _replace_on_line(document: Document, route: Route, form: str, by: str) -> tuple[Edit, ...]:
    """What replaces the value behind a key on its line, where all of it has this form."""
    key = document.key_place(route)
    behind = document.lines[key.line - 1][key.end_column :]
    found = re.match(rf"\s*({form})\s*(?:#.*)?$", behind)
    if found is None:
        return ()
    start = key.end_column + found.start(1) + 1
    place = Place(document.file, key.line, start, key.line, start + len(found[1]))
    return (Edit(place, re.sub(form, by, found[1])),)


def is_remark(name: str) -> bool:
    """Whether what stands before a colon is surely no name of a field: several words, one in
    capitals, or one behind the sign that begins a remark elsewhere.
    """
    return begins_remark(name) or " " in name.strip() or (len(name) > 1 and name.isupper())


def take_back(document: Document, route: Route) -> tuple[Edit, ...]:
    """What makes a remark of a line that only looks like a field, or takes away one that says nothing
    and is not alone; nothing where more belongs to it, or where it may be one.
    """
    start, name = document.key_place(route), str(route[-1])
    before = document.lines[start.line - 1][: start.column - 1]
    value = document.value(route)
    is_line = not before.strip()
    may_be_field = NAME.fullmatch(name) or document.end_place(route).line > start.line
    if value is None and may_be_field and len(document.value(route[:-1]) or ()) > 1:
        return document.removal(route)
    if not is_line or may_be_field:
        return ()
    return (Edit(Place(document.file, start.line, start.column, start.line, start.column), "# "),)


def _write_on_one_line(document: Document, route: Route) -> tuple[Edit, ...]:
    """A text of one paragraph, folded where a bar keeps its lines apart, or without the breaks that
    its quotes hold. Nothing where it is written otherwise.
    """
    place, value = document.value_place(route), document.value(route)
    line = document.lines[place.line - 1]
    if not isinstance(value, str) or re.search(r"\n\s", value.strip()):
        return ()
    bar = re.match(r"\|[-+0-9]*(?=\s*(?:#|$))", line[place.column - 1 :])
    if bar:
        end = place.column + len(bar[0])
        return (Edit(Place(document.file, place.line, place.column, place.line, end), ">-"),)
    if place.line != place.end_line or line[place.column - 1] != '"':
        return ()
    return (Edit(place, quote_scalar(" ".join(value.split()))),)


def mark_text(document: Document, route: Route) -> tuple[Edit, bool] | None:
    """The mark that makes one text of the lines below a field's name, and whether they can be nothing
    else: names of fields have no capital and no blank in them.
    """
    value = document.value(route)
    key = document.key_place(route)
    behind = document.lines[key.line - 1][key.end_column - 1 :]
    if not isinstance(value, dict) or not re.fullmatch(r":\s*", behind):
        return None
    place = Place(document.file, key.line, key.end_column + 1, key.line, key.end_column + 1)
    return Edit(place, " >-"), not any(NAME.fullmatch(name) for name in value)
