"""The answers of a submitted form: the text of an issue, taken apart at the form's own headings."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass

FIELDS = {
    "said_by": ("who says it", "said by"),
    "note": ("what did you see or hear", "note"),
    "about": ("what is it about", "about"),
}
"""The questions of the form, by the field that the answer goes to; in full, and in short."""

_HEADING = re.compile(r"(#{2,4}) +(.+?)[ #]*")
_FENCE = re.compile(r" {0,3}(`{3,}|~{3,})(.*)")
_NOTHING = ("", "_no response_", "none", "n/a")


@dataclass(frozen=True)
class _Divider:
    """A line that reads like a heading of the form; those of one form are of one style."""

    line: int
    field: str
    style: tuple[str, int]


def read_answers(body: str) -> Mapping[str, str]:
    """The answers by field. What merely looks like a heading of the form (inside an answer, in a
    block of code, a heading of another form) is a part of the answer it stands in.
    """
    lines = body.split("\n")
    dividers = _choose(_list_dividers(lines))
    if not dividers:
        return {}
    ends = [*(one.line for one in dividers[1:]), len(lines)]
    answers = {
        one.field: "\n".join(lines[one.line + 1 : end]).strip("\n").rstrip()
        for one, end in zip(dividers, ends, strict=True)
    }
    return {
        field: "" if text.strip().casefold() in _NOTHING else text
        for field, text in answers.items()
    }


def _list_dividers(lines: list[str]) -> list[_Divider]:
    code = _find_code(lines)
    found = [
        _Divider(number, field, (heading[1], questions.index(question)))
        for number, line in enumerate(lines)
        if (heading := _HEADING.fullmatch(line.rstrip()))
        for question in [heading[2].casefold().strip(" ?:*")]
        for field, questions in FIELDS.items()
        if question in questions
    ]
    outside = [one for one in found if one.line not in code]
    found = outside if any(one.field == "note" for one in outside) else found
    return [one for one in found if one.style == found[0].style]


def _choose(found: list[_Divider]) -> list[_Divider]:
    """One for each field. Only the note may have lines like headings in it: it begins with the
    first of its own, and what stands behind it with the last.
    """
    note = next((one.line for one in found if one.field == "note"), -1)
    chosen: dict[str, _Divider] = {}
    for one in found:
        if one.field not in chosen or (one.line > note > -1 and chosen[one.field].line > note):
            chosen[one.field] = one
    return sorted(chosen.values(), key=lambda one: one.line)


def _find_code(lines: list[str]) -> set[int]:
    """The lines in fenced blocks of code; a fence that is never closed is none."""
    found: set[int] = set()
    number = 0
    while number < len(lines):
        opening = _FENCE.fullmatch(lines[number])
        end = _find_end(lines, number, opening[1]) if opening else None
        if end is not None:
            found.update(range(number, end + 1))
            number = end
        number += 1
    return found


def _find_end(lines: list[str], start: int, fence: str) -> int | None:
    for number in range(start + 1, len(lines)):
        closing = _FENCE.fullmatch(lines[number])
        if closing and closing[1].startswith(fence) and not closing[2].strip():
            return number
    return None
