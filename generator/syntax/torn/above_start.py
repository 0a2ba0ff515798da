"""Lines above the first field of a file: an entry that was pasted where the file begins."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping, Sequence, Set

from generator.problems.problem import Edit, Place, Problem
from generator.syntax.encoding import quote_lines
from generator.syntax.lines import FIELD, indent_of, is_item
from generator.syntax.rules import WRONG_INDENTATION
from generator.syntax.torn.outline import FILE, Outline, top_field_of

_STEP = "  "


def find_above_start(lines: Sequence[str], stopped: int, outline: Outline) -> range | None:
    """The lines (from 0) above the field at which reading stopped, where that is the first field of
    its file and they are none. None where something else is wrong.
    """
    if outline.type != FILE or not 0 < stopped < len(lines):
        return None
    if top_field_of(lines[stopped], outline) is None:
        return None
    filled = [number for number in range(stopped) if is_filled(lines[number])]
    if not filled or any(top_field_of(lines[number], outline) for number in filled):
        return None
    if not FIELD.match(lines[filled[0]]):
        return None
    return range(filled[0], filled[-1] + 1)


def say_above_start(
    file: str, lines: Sequence[str], above: range, first: str, outline: Outline
) -> Problem:
    """What is said of these lines; `first` is the field that the file begins with."""
    names = {match[2] for number in above if (match := FIELD.match(lines[number]))}
    lists = {name: one.item.fields for name, one in outline.fields.items() if one.item is not None}
    kind = guess_list(names, lists)
    start = next((number for number, line in enumerate(lines) if _names(line, kind, outline)), None)
    where = say_list(kind, start)
    counted = f"lines {above.start + 1} to {above.stop}" if len(above) > 1 else "this line"
    place = Place(file, above.start + 1, 1, above.start + 1, len(lines[above.start].rstrip()) + 1)
    return WRONG_INDENTATION.problem(
        place=place,
        title=f'{counted} {"stand" if len(above) > 1 else "stands"} above "{first}:", where the file begins',
        why="An entry stands in the list of its kind; above the first list it belongs to none.",
        fix=f"Move {'them' if len(above) > 1 else 'it'} into {where}, as far to the right as the entries there.",
        excerpt=quote_lines(lines, (place,)),
        is_cause=True,
        proposed=move_into_list(file, lines, above, start, outline) if start is not None else (),
    )


def guess_list(names: Set[str], lists: Mapping[str, Collection[str]]) -> str:
    """The only list whose entries may have all fields of these names; empty where several may, or
    none. `lists` are the fields of the entries of each.
    """
    found = [name for name, fields in lists.items() if names and names <= set(fields)]
    return found[0] if len(found) == 1 else ""


def say_list(name: str, line: int | None) -> str:
    """The list into which something belongs, and where it begins (from 0), as far as that is known."""
    return (
        "the list of its kind" if line is None else f'the list below "{name}:" on line {line + 1}'
    )


def move_into_list(
    file: str, lines: Sequence[str], block: range, start: int, outline: Outline
) -> tuple[Edit, ...]:
    """The lines of a `block` as the last entry of the list that begins below the line `start`, which
    the `outline` of the file knows. Nothing where it stands in the midst of that list, or the list
    at the end of the file.
    """
    end = next(
        (at for at in range(start + 1, len(lines)) if top_field_of(lines[at], outline)), len(lines)
    )
    held = [number for number in range(start + 1, end) if is_filled(lines[number])]
    is_within = start < block.start < end
    if is_within or not held or not is_item(lines[held[0]]) or held[-1] + 1 == len(lines):
        return ()
    margin = " " * indent_of(lines[held[0]])
    text = "".join(f"{margin}{line}\n" for line in _as_item([lines[number] for number in block]))
    return (
        Edit(Place(file, block.start + 1, 1, block.stop + 1, 1), ""),
        Edit(Place(file, held[-1] + 2, 1, held[-1] + 2, 1), text),
    )


def is_filled(line: str) -> bool:
    """Whether a line holds more than a comment or the beginning of a document."""
    return bool(line.strip()) and not line.lstrip().startswith("#") and not line.startswith("---")


def _names(line: str, kind: str, outline: Outline) -> bool:
    return bool(kind) and top_field_of(line, outline) == kind


def _as_item(lines: Sequence[str]) -> Iterator[str]:
    """The lines of an entry, its dash at the left edge."""
    width, is_whole = indent_of(lines[0]), is_item(lines[0])
    for number, line in enumerate(lines):
        rest = line[min(width, indent_of(line)) :]
        yield rest if is_whole or not rest else ("- " if number == 0 else _STEP) + rest
