"""Lists whose items are numbered or lettered, as word processors number them: YAML takes all of them
for one text.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from generator.syntax.lines import Change, Finding, count_lines, indent_of, quote_scalar
from generator.syntax.rules import WRONG_BULLET

_NUMBER = re.compile(r"\(?([0-9]{1,2}|[a-zA-Z])(?:[.)]|\.\)) +(?=\S)")
_ENDS_WORD = re.compile(r": |:$| #")


def explain_numbers(lines: Sequence[str], line: int, column: int) -> Finding | None:
    """A list that begins at `column` of `line`, if it is numbered from 1 or a on, an item a line."""
    if lines[line][:column].strip() not in ("", "-"):
        return None
    numbers = [line]
    for number in range(line + 1, len(lines)):
        if lines[number].strip() and indent_of(lines[number]) < column:
            break
        if indent_of(lines[number]) == column and lines[number].strip():
            numbers.append(number)
    found = [_NUMBER.match(lines[number], column) for number in numbers]
    marks = [one[1].lower() for one in found if one]
    wanted = [str(place) for place in range(1, len(numbers) + 1)]
    letters = [chr(ord("a") + place) for place in range(min(len(numbers), 26))]
    if len(numbers) < 2 or marks not in (wanted, letters):
        return None
    changes = tuple(_change(lines[number], number, column, one.end()) for number, one in zip(numbers, found, strict=True) if one)  # fmt: skip
    mark = lines[line][column : found[0].end()].strip() if found[0] else ""
    return Finding(
        rule=WRONG_BULLET,
        title=f'"{mark}" stands where a hyphen belongs',
        why="YAML does not know numbered lists: it would take all of these lines for one text.",
        fix=f"Write - instead of {mark} and the same in {count_lines(len(numbers) - 1)} more",
        line=line,
        start=column,
        end=column + len(mark),
        changes=changes,
    )


def _change(line: str, number: int, column: int, end: int) -> Change:
    """An item with a hyphen before it, in quotes where what it says is none of YAML's business."""
    text = line[end:].rstrip()
    if text[0] in "\"'[]{}>|*&!%@`,#" or _ENDS_WORD.search(text):
        return Change(number, column, len(line.rstrip()), f"- {quote_scalar(text)}")
    return Change(number, column, end, "- ")
