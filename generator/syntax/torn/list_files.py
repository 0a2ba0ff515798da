"""What is pasted into a file that is one list as if it were another file: an entry without its dash at
the top, and the name of the kind as `strategy.yaml` has it.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass

from generator.problems.problem import Edit, Place, Problem
from generator.syntax.encoding import quote_lines
from generator.syntax.lines import FIELD, indent_of, is_item
from generator.syntax.rules import WRONG_INDENTATION
from generator.syntax.torn.above_start import is_filled
from generator.syntax.torn.outline import Outline

_NAME_ALONE = re.compile(r"([a-z][a-z0-9_]*)\s*:\s*(?:#.*)?$")


@dataclass(frozen=True)
class Pasted:
    """What is wrong, and how the lines (from 0) were meant."""

    problem: Problem
    mended: Mapping[int, str]


def find_pasted(file: str, lines: Sequence[str], stopped: int, outline: Outline) -> Pasted | None:
    """What was pasted into a list, where reading stopped; None where something else is wrong."""
    if outline.type != "list" or outline.item is None or not 0 < stopped < len(lines):
        return None
    fields = outline.item.fields
    return _find_lost_dash(file, lines, stopped, fields) or _find_kind(
        file, lines, stopped, outline.name
    )


def _find_lost_dash(
    file: str, lines: Sequence[str], stopped: int, fields: Collection[str]
) -> Pasted | None:
    """The fields of one entry at the left edge, above the first dash."""
    above = [number for number in range(stopped) if is_filled(lines[number])]
    if not above or not is_item(lines[stopped]) or indent_of(lines[above[0]]):
        return None
    heads = [match[2] for at in above if (match := FIELD.match(lines[at])) and not match[1]]
    if any(is_item(lines[at]) and not indent_of(lines[at]) for at in above):
        return None
    if not heads or not set(heads) <= set(fields):
        return None
    mended = {at: ("- " if at == above[0] else "  ") + lines[at] for at in above}
    head = lines[above[0]].strip()
    return _tell(
        file,
        lines,
        mended,
        title="a dash is missing at the start of this line",
        why="It begins an entry, and each entry begins with a dash.",
        fix=f"Write - {head} and indent the lines below it by two spaces more.",
    )


def _find_kind(file: str, lines: Sequence[str], stopped: int, kind: str) -> Pasted | None:
    """The name of the kind at the left edge, and its entries below it."""
    found = _NAME_ALONE.match(lines[stopped])
    if not found or found[1] != kind:
        return None
    below = [at for at in range(stopped + 1, len(lines)) if is_filled(lines[at])]
    dash = next((line for line in lines[:stopped] if is_item(line)), None)
    if not below or dash is None or not is_item(lines[below[0]]):
        return None
    moved = indent_of(lines[below[0]]) - indent_of(dash)
    if moved < 0 or any(indent_of(lines[at]) < moved for at in below):
        return None
    mended = {stopped: "", **{at: lines[at][moved:] for at in below if moved}}
    rest = f", and take away {moved} spaces before each of the lines below it" if moved else ""
    return _tell(
        file,
        lines,
        mended,
        title=f'"{found[1]}:" stands in the file of {found[1]}',
        why="Only strategy.yaml has the names of the kinds; a file of its own is the list itself.",
        fix=f"Delete this line{rest}.",
    )


def _tell(
    file: str, lines: Sequence[str], mended: Mapping[int, str], *, title: str, why: str, fix: str
) -> Pasted:
    line = min(mended)
    place = Place(file, line + 1, 1, line + 1, len(lines[line].rstrip()) + 1)
    edits = tuple(_edit(file, lines, at, text) for at, text in sorted(mended.items()))
    problem = WRONG_INDENTATION.problem(
        place=place,
        title=title,
        why=why,
        fix=fix,
        excerpt=quote_lines(lines, (place,)),
        edits=edits,
        is_cause=True,
    )
    return Pasted(problem, mended)


def _edit(file: str, lines: Sequence[str], at: int, text: str) -> Edit:
    """A line with another beginning, or none at all."""
    if not text:
        return Edit(Place(file, at + 1, 1, at + 2, 1), "")
    more = len(text) - len(lines[at])
    if more > 0:
        return Edit(Place(file, at + 1, 1, at + 1, 1), text[:more])
    return Edit(Place(file, at + 1, 1, at + 1, 1 - more), "")
