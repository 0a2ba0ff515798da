"""A sign of YAML's own before a value that is no text: there quotes are no way out, for a number, a day, an
id or a word of a list is wanted, and is written without the sign.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from generator.problems.problem import Edit, Place, Problem
from generator.syntax.lines import FIELD
from generator.syntax.rules import (
    ALIAS,
    ANCHOR,
    LOST_BEHIND_HASH,
    SPECIAL_START,
    TAG,
    TEXT_AFTER_BAR,
)
from generator.syntax.torn.outline import Outline
from generator.syntax.torn.repairs import find_field

_RULES = frozenset(
    rule.id for rule in (ALIAS, ANCHOR, LOST_BEHIND_HASH, SPECIAL_START, TAG, TEXT_AFTER_BAR)
)
_COMMENT = re.compile(r"\s+#\s.*$")
_FIGURE = re.compile(r"[^\w.-]*(-?[0-9]+(?:\.[0-9]+)?)\s*[^\s0-9]{0,8}")
_DAY = re.compile(r"\W*([0-9]{4}-[0-9]{2}-[0-9]{2})\W*")
_SIGNS = " @*&!%#`><|~\"'"


def say_plainly(
    problems: Sequence[Problem], lines: Sequence[str], outline: Outline | None
) -> list[Problem]:
    """The same problems, each with the way out that fits what may stand there."""
    if outline is None:
        return list(problems)
    return [_say(one, lines, outline) if one.rule in _RULES else one for one in problems]


def _say(problem: Problem, lines: Sequence[str], outline: Outline) -> Problem:
    """The same problem with another way out, itself where a text may stand there."""
    number = problem.place.line - 1
    field = FIELD.match(lines[number])
    if field is None or not field[3]:
        return problem
    holder = find_field(lines, number, outline)
    value, start = _COMMENT.sub("", field[3]).rstrip(), field.start(3)
    if holder is not None and holder.type == "list" and value.startswith("["):
        start = max(problem.place.column - 1, start + 1)
        value = re.split(r"[,\]]", lines[number][start:])[0].rstrip()
        holder = holder.item
    if holder is None:
        return problem
    place = Place(problem.place.file, number + 1, start + 1, number + 1, start + len(value) + 1)
    if holder.type in ("number", "integer"):
        return _write(problem, place, _FIGURE.fullmatch(value), "the digits alone", value)
    if holder.type in ("date", "day_or_month"):
        return _write(problem, place, _DAY.fullmatch(value), "the day alone", value)
    bare = value.strip(_SIGNS)
    if holder.type == "enum" and bare in holder.labels:
        return _mend(problem, place, bare)
    if holder.type != "reference" or not re.fullmatch(r"[\w./-]+", bare):
        return problem
    if value.lstrip("\"'")[:1] != "@":
        return _mend(problem, place, bare)
    if holder.name == "":  # in brackets the quote must end with the item
        problem = replace(problem, edits=(Edit(place, f'"{value}"'),), proposed=())
    kinds = " or ".join(holder.refers_to)
    fix = f"The id of an entry of {kinds} is wanted here, without a sign before it: {bare}, or the id of whose account it is."
    return replace(problem, fix=fix)


def _write(
    problem: Problem, place: Place, found: re.Match[str] | None, what: str, value: str
) -> Problem:
    """What is said where a figure or a day is wanted."""
    if found is None:
        return replace(
            problem, fix=f"Quotes are no way out here: write {what}.", edits=(), proposed=()
        )
    fix = f"Write {what}: {found[1]}"
    if value[0] in "<>~":
        fix += '; that it is a limit says "direction" where there is such a field'
    return replace(problem, fix=fix, edits=(), proposed=(Edit(place, found[1]),))


def _mend(problem: Problem, place: Place, bare: str) -> Problem:
    return replace(problem, fix=f"Write {bare}", edits=(Edit(place, bare),), proposed=())
