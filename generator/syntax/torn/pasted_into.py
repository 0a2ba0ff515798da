"""An item that was pasted into the middle of another: what is left of that one stands below it, and is
read as fields that it has twice.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from generator.problems.phrases import join_words, shorten
from generator.problems.problem import Edit, Place, Problem, Related
from generator.syntax.encoding import quote_lines
from generator.syntax.lines import field_column, indent_of, is_item
from generator.syntax.rules import DUPLICATE_KEY
from generator.syntax.torn.lost_lines import find_commented_start, list_field_names

_BEGINS = "id"
"""The field that entries begin with: of a group in them nobody can tell whether it is whole."""


def was_cut(above: Any, item: Mapping[str, Any], lines: Sequence[str], line: int) -> bool:
    """Whether the fields from `line` (from 0) on, of which the first stands in an entry already, seem
    to be those of the entry above it, which has none of them.
    """
    if not isinstance(above, dict) or next(iter(above), "") != _BEGINS:
        return False
    if next(iter(item)) != _BEGINS or find_commented_start(lines, line, _BEGINS) is not None:
        return False
    rest = list_field_names(lines, line, field_column(lines[line]))
    return bool(rest) and _BEGINS not in rest and not any(name in above for name in rest)


def say_pasted_into(
    file: str,
    lines: Sequence[str],
    line: int,
    above: Mapping[str, Any],
    item: Mapping[str, Any],
    start: int,
) -> Problem:
    """What is said of an entry that begins on the line `start` and goes on, from `line` on, with the
    fields of the one above it.
    """
    column = field_column(lines[line])
    rest = list_field_names(lines, line, column)
    slipped = _find_slipped(lines, start, column, rest[0])
    own, other = (shorten(str(one.get(_BEGINS) or "?"), 40) for one in (item, above))
    names = join_words([f'"{name}"' for name in rest])
    place = Place(file, line + 1, column + 1, line + 1, len(lines[line].rstrip()) + 1)
    begin = Place(file, start + 1, 1, start + 1, 1)
    last = max(number for number in range(start, line) if lines[number].strip()) + 1
    if slipped and len(above) > 1:
        return _say_slipped(file, lines, (start, slipped), (own, other), rest[0])
    return DUPLICATE_KEY.problem(
        place=place,
        title=f'{names} may belong to "{other}", into the middle of which "{own}" seems to have been pasted',
        why=f'"{own}" has "{rest[0]}" already, and "{other}" above it does not.',
        fix=f'Move "{own}", lines {start + 1} to {last}, behind the fields of "{other}". '
        f'If it is "{own}" that has "{rest[0]}" twice, delete one of the two.',
        related=(Related(begin, f'where "{own}" begins'),),
        excerpt=quote_lines(lines, (begin, place)),
        is_cause=True,
        proposed=_move(file, lines, start, line, column),
    )


def _find_slipped(lines: Sequence[str], start: int, column: int, name: str) -> int:
    """The line (from 0) below the beginning of an entry, where it is the field of this name, on one
    line; 0 where it is not. There it may be the last of the entry above.
    """
    line = start + 1
    is_field = lines[line].startswith(f"{' ' * column}{name}:") and is_item(lines[start])
    is_short = line + 1 < len(lines) and indent_of(lines[line + 1]) <= column
    return line if is_field and is_short else 0


def _say_slipped(
    file: str, lines: Sequence[str], at: tuple[int, int], entries: tuple[str, str], name: str
) -> Problem:
    """What is said of the last line of an entry that changed places with the first of the next."""
    (start, line), (own, other) = at, entries
    place = Place(file, line + 1, 1, line + 1, len(lines[line].rstrip()) + 1)
    return DUPLICATE_KEY.problem(
        place=place,
        title=f'"{name}" may belong to "{other}" above: "{own}" begins one line too early',
        why=f'"{own}" has "{name}" a second time further down, and "{other}" does not have it.',
        fix=f'Move line {line + 1} one line up, above "{own}". If it is "{own}" that has it twice, delete one of the two.',
        excerpt=quote_lines(lines, (place, Place(file, start + 1, 1, start + 1, 1))),
        is_cause=True,
        proposed=(
            Edit(Place(file, start + 1, 1, start + 1, 1), f"{lines[line]}\n"),
            Edit(Place(file, line + 1, 1, line + 2, 1), ""),
        ),
    )


def _move(file: str, lines: Sequence[str], start: int, line: int, column: int) -> tuple[Edit, ...]:
    """The entry from `start` up to `line` moved behind the fields that stand below it."""
    block = [*lines[start:line]]
    while not block[-1].strip():
        block.pop()
    end = line
    for number in range(line, len(lines)):
        if lines[number].strip() and indent_of(lines[number]) < column:
            break
        end = number + 1 if lines[number].strip() else end
    if end == len(lines) or not is_item(lines[start]):
        return ()
    return (
        Edit(Place(file, start + 1, 1, line + 1, 1), ""),
        Edit(Place(file, end + 1, 1, end + 1, 1), "".join(f"{text}\n" for text in block)),
    )
