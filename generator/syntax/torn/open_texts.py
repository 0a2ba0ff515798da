"""Lines that go on with the text above them, and stand too far left: at the edge, as they do where they
were pasted, or where an editor broke them.

Lines and columns count from 0 here.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace

from generator.syntax.lines import (
    FIELD,
    NAME,
    NAME_ALONE,
    Change,
    Finding,
    count_lines,
    count_spaces,
    field_column,
    indent_of,
    is_item,
    line_above,
    quote_text,
)
from generator.syntax.rules import SPACE_AFTER_DASH, WRONG_INDENTATION
from generator.syntax.torn.outline import Chunk

Lines = Sequence[str]

BLOCK = re.compile(r"^(\s*(?:- +)*(?:[^\s:#]+: +)?)([>|][+-]?[0-9]?)\s*(?:#.*)?$")
"""A line that announces a text of several lines."""
_NOT_PLAIN = "\"'[]{}>|&*!%@`#,"
_HURTS = re.compile(r":(?:\s|$)|\s#|^[\"'\[\]{}>|&*!%@`#,]")
"""What a text without quotes cannot hold."""
_LIKE_FIELD = re.compile(r"\s*\S{0,2}\s*[a-z][a-z0-9_]*:(?:\s|$)")
"""The name of a field behind stray signs: a text may go on so, but a field may be torn as well."""


@dataclass(frozen=True)
class OpenText:
    """A text that may go on: the line and column where it begins, the column where its further lines
    belong, and whether it stands under `>-` or `|`.
    """

    line: int
    start: int
    column: int
    is_block: bool


def find_open_text(lines: Lines, line: int) -> OpenText | None:
    """The nearest text above that `line` can go on with; None where what stands above is none."""
    above = line_above(lines, line)
    while above is not None and lines[above].lstrip().startswith("#"):
        above = line_above(lines, above)
    if above is None:
        return None
    block = _find_block(lines, above)
    if block is not None:
        return block
    text, field = lines[above], FIELD.match(lines[above])
    if field and NAME.fullmatch(field[2]):
        if not field[3] or field[3][0] in _NOT_PLAIN:
            return None
        return OpenText(above, field.start(3), field_column(text) + 2, is_block=False)
    if is_item(text):
        start = field_column(text)
        if start >= len(text.rstrip()) or text[start] in _NOT_PLAIN:
            return None
        return OpenText(above, start, start, is_block=False)
    begun = find_open_text(lines, above)
    if begun is None or indent_of(text) < begun.column - 1:
        return None
    return begun if begun.is_block else replace(begun, column=indent_of(text))


def _find_block(lines: Lines, line: int) -> OpenText | None:
    """The text under `>-` or `|` that `line` is a part of."""
    least = column = None
    for number in range(line, -1, -1):
        text = lines[number]
        if not text.strip():
            continue
        header = BLOCK.match(text)
        if header:
            home = indent_of(text) if is_item(text) and ":" not in text else field_column(text)
            if least is not None and least <= home:
                return None  # it has ended above
            return OpenText(number, header.end(1), column or home + 2, is_block=True)
        column = indent_of(text)
        least = column if least is None else min(least, column)
        if least == 0:
            return None
    return None


def explain_continuation(lines: Lines, line: int, chunk: Chunk) -> Finding | None:
    """A line, or several paragraphs, that go on with the text above, which ended for YAML."""
    field = FIELD.match(lines[line])
    if field and (NAME.fullmatch(field[2]) or is_item(lines[line])):
        return None
    braces = _find_braces(lines, line)
    if braces is not None:
        return braces
    text = find_open_text(lines, line)
    if text is None or indent_of(lines[line]) >= text.column or is_item(lines[line]):
        return None
    run = _find_run(lines, line, chunk)
    if len(run) > 1 and not text.is_block and all("\t" in lines[number].strip() for number in run):
        return _say_table(lines, run)
    by_line = [
        Change(number, 0, indent_of(lines[number]), " " * text.column)
        for number in run
        if lines[number].strip()
    ]
    count = len(by_line)
    several = any(not lines[number].strip() for number in range(text.line, run[-1])) or any(
        is_item(lines[number]) for number in run
    )
    torn = not text.is_block and (
        several or any(_HURTS.search(lines[number].strip()) for number in run)
    )
    title = "this line goes on with the text above it, and stands too far left"
    if count > 1:
        title = f"these {count_lines(count)} go on with the text above them, and stand too far left"
    also = f", and {count_lines(count - 1)} below it" if count > 1 else ""
    fix = f"Let it start after {count_spaces(text.column)}{also}."
    if torn:
        fix = f"Begin the text with {_mark(lines, run)} on the line of its name, and let all of it start after {count_spaces(text.column)}."
    goes_on = _goes_on(lines, text, line)
    if not goes_on:
        fix += " If it is a remark, put # before each line."
    changes = _quote(lines, text, run) if torn else tuple(by_line)
    if torn and not changes:
        return None
    return Finding(
        rule=WRONG_INDENTATION,
        title=title,
        why="A text ends at the first line that does not stand further right than the name or dash it belongs to.",
        fix=fix,
        line=line,
        start=indent_of(lines[line]),
        end=len(lines[line].rstrip()),
        above=text.line,
        changes=changes,
        written=_write_block(lines, text, run, by_line) if torn else (),
        certain=not torn and goes_on,
        safe=goes_on and not torn,
    )


def _find_braces(lines: Lines, line: int) -> Finding | None:
    """An entry in braces, as other programs write it, without its dash."""
    found = re.fullmatch(r"\s*(\{\s*\"?[a-z_]+\"?\s*:.*\})\s*,?\s*", lines[line])
    first = next(
        (one for one in range(line - 1, -1, -1) if re.match(r"\s*- +id:", lines[one])), None
    )
    if found is None or first is None or indent_of(lines[line]) > indent_of(lines[first]):
        return None
    return Finding(
        rule=SPACE_AFTER_DASH,
        title="an entry in braces stands here without its dash",
        why="In a list each entry begins with a dash and a space, and no comma stands behind it.",
        fix=f"Write {' ' * indent_of(lines[first])}- before it, and no comma behind it.",
        line=line,
        start=indent_of(lines[line]),
        end=len(lines[line].rstrip()),
        changes=(
            Change(line, 0, len(lines[line]), f"{' ' * indent_of(lines[first])}- {found[1]}"),
        ),
        certain=False,
    )


def _say_table(lines: Lines, run: Sequence[int]) -> Finding:
    """The rows of a spreadsheet, pasted below an entry."""
    return Finding(
        rule=WRONG_INDENTATION,
        title=f"{count_lines(len(run))} of a table stand here, and are not read",
        why="YAML knows no tables: an entry has a line for each of its fields.",
        fix="Take them out of here, save them as a file of a spreadsheet, and run: playbook import KIND FILE",
        line=run[0],
        start=indent_of(lines[run[0]]),
        end=len(lines[run[0]].rstrip()),
        changes=tuple(Change(number, 0, len(lines[number]), "") for number in run),
        certain=False,
        vague=False,
    )


def _goes_on(lines: Lines, text: OpenText, line: int) -> bool:
    """Whether a line goes on with the sentence above it: it may be a remark where that has ended."""
    above = line_above(lines, line)
    before = lines[above].rstrip() if above is not None else ""
    if text.is_block and above is not None and above + 1 == line and indent_of(lines[line]) > 0:
        return True
    if _LIKE_FIELD.match(lines[line]):
        return False
    ended = not before or before[-1] in ".!?:;…\"'”»)" or above is None or above + 1 < line
    return not ended or lines[line].strip()[0].islower()


def explain_rows(lines: Lines, line: int, chunk: Chunk) -> Finding | None:
    """The rows of a table that were pasted below the name of a field."""
    above = line_above(lines, line)
    name = FIELD.match(lines[above]) if above is not None else None
    if above is None or not name or not NAME_ALONE.match(lines[above]):
        return None
    rows = []
    for number in range(line, chunk.end):
        if not lines[number].strip() or FIELD.match(lines[number]) or is_item(lines[number]):
            break
        rows.append(number)
    signs = [sign for sign in "\t|;" if all(lines[one].strip().count(sign) for one in rows)]
    if len(rows) < 2 or not signs:
        return None
    return Finding(
        rule=WRONG_INDENTATION,
        title=f'the rows of a table stand below "{name[2]}:", and are not read',
        why="YAML knows no tables: a list has an item for each row, begun by a dash.",
        fix=f"Write each of the {count_lines(len(rows))} as an item below {name[2]}:, with a dash and a space before it; "
        "where an item has fields of its own, each cell behind the name of its field.",
        line=line,
        start=indent_of(lines[line]),
        end=len(lines[line].rstrip()),
        above=above,
        certain=False,
    )


def _mark(lines: Lines, run: Sequence[int]) -> str:
    """What announces the text: one whose lines stay apart where there are items in it."""
    return "|" if any(is_item(lines[number]) for number in run) else ">-"


def _find_run(lines: Lines, line: int, chunk: Chunk) -> list[int]:
    """The lines from `line` on that are no field and no item of their own: all of one text."""
    run = [line]
    for number in range(line + 1, chunk.end):
        text = lines[number]
        field = FIELD.match(text)
        if field and (NAME.fullmatch(field[2]) or is_item(text)):
            break
        if is_item(text) and indent_of(text) > indent_of(lines[line]):
            break
        run.append(number)
    while not lines[run[-1]].strip() or lines[run[-1]].lstrip().startswith("#"):
        run.pop()
    return run


def _quote(lines: Lines, text: OpenText, run: Sequence[int]) -> tuple[Change, ...]:
    """The text with all its lines in double quotes, so that it can be read; nothing where a comment
    stands in it.
    """
    joined = [*lines[: run[0]], *(_moved(lines[number], text.column) for number in run)]
    changes = quote_text([*joined, *lines[run[-1] + 1 :]], text.line, text.start)
    if not changes:
        return ()
    by_number = {one.line: one for one in changes}
    last = max(by_number)
    made = []
    for number in sorted({*by_number, *(one for one in run if lines[one].strip())}):
        body = (
            lines[number].strip() if number in run else lines[number][_from(number, text) :].strip()
        )
        start = indent_of(lines[number]) if number != text.line else text.start
        opening = '"' if number == text.line else ""
        closing = '"' if number == max(last, run[-1]) else ""
        escaped = body.replace("\\", "\\\\").replace('"', '\\"')
        made.append(
            Change(number, start, len(lines[number].rstrip()), f"{opening}{escaped}{closing}")
        )
    return tuple(made)


def _from(number: int, text: OpenText) -> int:
    return text.start if number == text.line else 0


def _moved(line: str, column: int) -> str:
    return " " * column + line.strip() if line.strip() else ""


def _write_block(
    lines: Lines, text: OpenText, run: Sequence[int], by_line: Sequence[Change]
) -> tuple[Change, ...]:
    """The text begun anew under a mark, all its lines at one column."""
    between = [
        number
        for number in range(text.line + 1, run[0])
        if lines[number].strip() and indent_of(lines[number]) != text.column
    ]
    begin = Change(text.line, text.start, text.start, f"{_mark(lines, run)}\n{' ' * text.column}")
    moved = [Change(number, 0, indent_of(lines[number]), " " * text.column) for number in between]
    return (begin, *moved, *by_line)
