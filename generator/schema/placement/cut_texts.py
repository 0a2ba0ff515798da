"""Groups of fields in braces, and the texts in them that a comma cuts in two."""

from __future__ import annotations

import dataclasses
from collections.abc import Iterator, Mapping, Sequence

from generator.problems.phrases import shorten
from generator.problems.problem import Edit, Problem
from generator.schema.rules import COMMA_IN_TEXT
from generator.schema.vocabulary import Field
from generator.syntax.document import Document, Route
from generator.syntax.lines import quote_scalar


def is_in_braces(document: Document, route: Route) -> bool:
    """Whether a group of fields is written on one line: `{name: Visits, unit: days}`."""
    data = document.value(route)
    return isinstance(data, dict) and bool(data) and document.is_inline((*route, next(iter(data))))


def find_cut_texts(
    document: Document, route: Route, known: Mapping[str, Field]
) -> Iterator[Sequence[str]]:
    """The names in braces that make one text between commas: a field with its text, and what reads
    as names of fields behind it.
    """
    data = document.value(route)
    if not isinstance(data, dict) or not is_in_braces(document, route):
        return
    run: list[str] = []
    for name, value in data.items():
        is_rest = name not in known and (value is None or (" " in name and isinstance(value, str)))
        if run and is_rest:
            run.append(name)
            continue
        if len(run) > 1:
            yield run
        holds_text = name in known and known[name].type in ("plain", "prose")
        run = [name] if holds_text and isinstance(value, str) else []
    if len(run) > 1:
        yield run


def say_cut_text(names: Sequence[str], document: Document, route: Route) -> Problem:
    """A text with commas in braces, which ends at the first of them."""
    field, *rest = names
    begin, end = document.value_place((*route, field)), (*route, names[-1])
    last = document.key_place(end) if document.value(end) is None else document.value_place(end)
    place = document.key_place((*route, rest[0]))
    line = document.lines[begin.line - 1]
    is_whole = begin.line == last.line and line[begin.column - 1] not in "'\""
    text = line[begin.column - 1 : last.end_column - 1] if is_whole else ""
    problem = document.problem(
        COMMA_IN_TEXT,
        place=place,
        title=f'the comma before "{shorten(rest[0], 40)}" ends the text of "{field}"',
        why="Between braces a comma parts one field from the next, so that the rest would be shown nowhere.",
        fix=f"Put the whole text in double quotes: {field}: {shorten(quote_scalar(text), 90)}"
        if text
        else f"Put the whole text of {field} in double quotes.",
    )
    whole = dataclasses.replace(begin, end_column=last.end_column)
    edits = (
        (Edit(whole, quote_scalar(text)),) if text and begin.line not in document.told_lines else ()
    )
    return dataclasses.replace(problem, edits=edits)
