"""Items of a list that lost their first line: it was deleted, or turned into a comment."""

from __future__ import annotations

import re
from collections.abc import Sequence

from generator.problems.problem import Edit, Place
from generator.syntax.lines import FIELD, NAME_ALONE, Change, Finding, indent_of, is_item
from generator.syntax.rules import LOST_FIRST_LINE


def explain_lost_first_line(lines: Sequence[str], line: int) -> Finding | None:
    """The first item of a list without its first line: its fields stand where those of an item would,
    above the dash of the next.
    """
    own, next_item = indent_of(lines[line]), FIELD.match(lines[line])
    if not is_item(lines[line]) or next_item is None:
        return None
    above: list[int] = []
    for number in range(line - 1, -1, -1):
        text = lines[number]
        if not text.strip() or text.lstrip().startswith("#"):
            continue
        if indent_of(text) <= own:
            if is_item(text) or not NAME_ALONE.match(text):
                return None
            break
        above.append(number)
    home = own + 2
    if not above or indent_of(lines[above[-1]]) != home or not FIELD.match(lines[above[-1]]):
        return None
    start = find_commented_start(lines, above[-1], next_item[2])
    names = list_field_names(lines, above[-1], home)
    if start is None and (len(names) < 2 or next_item[2] in names):  # one alone is no item
        return None
    return Finding(
        rule=LOST_FIRST_LINE,
        title=f'an item seems to begin here without its line "- {next_item[2]}:"',
        why="Below it stand its fields, and then the next item."
        if start is None
        else "Its first line is a comment, so that the lines below it belong to nothing.",
        fix=f"Write - {next_item[2]}: above this line, and what stood behind it."
        if start is None
        else "Take the # away, or put one before every line of the item.",
        line=above[-1] if start is None else start,
        start=indent_of(lines[above[-1] if start is None else start]),
        end=len(lines[above[-1] if start is None else start].rstrip()),
        changes=(Change(above[-1], own, home, "- "),),
        certain=False,
    )


def find_commented_start(lines: Sequence[str], line: int, first: str) -> int | None:
    """The line above that is the first line of an item, turned into a comment: `# - id: lift`. Only
    comments, blank lines and fields of the same item lie between.
    """
    form, column = re.compile(rf"\s*#\s*- +{re.escape(first)}\s*:"), indent_of(lines[line])
    for number in range(line - 1, -1, -1):
        text = lines[number]
        if form.match(text):
            return number
        if text.strip() and not text.lstrip().startswith("#") and indent_of(text) < column:
            return None
        if is_item(text) and indent_of(text) <= column:
            return None
    return None


def uncomment(file: str, line: str, number: int) -> Edit:
    """What takes the # from the first line of an item, on line `number` (from 0)."""
    mark = line.index("#")
    end = mark + 1 + len(line[mark + 1 :]) - len(line[mark + 1 :].lstrip())
    return Edit(Place(file, number + 1, mark + 1, number + 1, end + 1), "")


def find_ids(line: str) -> set[str]:
    """The id that a line gives, be it in a comment."""
    found = re.search(r"\bid\s*:\s*[\"']?([a-z0-9][a-z0-9-]*)", line)
    return {found[1]} if found else set()


def list_field_names(lines: Sequence[str], line: int, column: int) -> list[str]:
    """The names of the fields that stand at this column from `line` on, up to the end of their item."""
    names = []
    for number in range(line, len(lines)):
        text = lines[number]
        if not text.strip() or text.lstrip().startswith("#"):
            continue
        if indent_of(text) < column:
            break
        field = FIELD.match(text) if indent_of(text) == column else None
        names += [field[2]] if field else []
    return names


def is_closed(lines: Sequence[str]) -> bool:
    """Whether a file is one group or list in brackets, as programs write it: nothing can be missing
    behind the last of them.
    """
    first = next((line for line in lines if line.strip()), "").lstrip()[:1]
    return lines[-1].rstrip()[-1:] == {"{": "}", "[": "]"}.get(first, "none")
