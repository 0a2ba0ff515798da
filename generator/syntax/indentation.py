"""Lines that do not hang together: a dash, a colon or some spaces that are missing, or one too
many.

libyaml stops at the first line that fits nothing; the slip may stand there or in a line above. Each
function here knows one slip and is asked in turn. Lines and columns count from 0.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence

from generator.syntax.lines import (
    BULLET,
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
    shift_lines,
)
from generator.syntax.rules import (
    COLON_IN_TEXT,
    MISSING_COLON,
    SEVERAL_DOCUMENTS,
    SPACE_AFTER_COLON,
    SPACE_AFTER_DASH,
    SPECIAL_START,
    WRONG_BULLET,
    WRONG_INDENTATION,
)
from generator.syntax.torn.lost_lines import explain_lost_first_line
from generator.syntax.torn.open_texts import find_open_text

Lines = Sequence[str]

_GLUED_COLON = re.compile(r"^(\s*(?:- +)*[A-Za-z_][\w-]*):([^\s:/].*)$")
_GLUED_DASH = re.compile(r"^(\s*)-([^\s-].*)$")
_BARE_NAME = re.compile(r"^\s*(?:- +)*([a-z][\w-]*)\s*$")
_BLOCK = re.compile(r"^(\s*(?:- +)*(?:[^\s:#]+: +)?)([>|][+-]?[0-9]?)\s*(?:#.*)?$")
_OTHER_STARTS = "\"'[]{}>|&*!%@`#,?-"


def explain_lines(lines: Lines, line: int) -> Finding:
    """Why the reader stopped at `line`, judged by how the lines lie."""
    for find in _SLIPS:
        found = find(lines, line)
        if found is not None:
            return found
    return _out_of_line(lines, line)


def explain_glued(lines: Lines, line: int) -> Finding | None:
    """A dash or a colon without the space behind it, on `line`."""
    dash, colon = _GLUED_DASH.match(lines[line]), _GLUED_COLON.match(lines[line])
    if dash and not lines[line].strip().startswith("---"):
        column = len(dash[1])
        below = _lines_below(lines, line)
        glued = below if below and indent_of(lines[below[0]]) == column + 1 else []
        also = " and indent the lines below it by one space more" if glued else ""
        same = [
            number for number in _same_marks(lines, line, 1) if _GLUED_DASH.match(lines[number])
        ]
        also += f", and the same in {count_lines(len(same))} more" if same else ""
        return Finding(
            rule=SPACE_AFTER_DASH,
            title="a space is missing after the dash",
            fix=f"Write - {dash[2].strip()}{also}",
            line=line,
            start=column,
            end=column + 1,
            changes=(
                *(Change(number, column, column + 1, "- ") for number in (line, *same)),
                *shift_lines(lines, glued, 1),
            ),
        )
    if colon:
        name = lines[line][field_column(lines[line]) : colon.end(1)]
        column = colon.end(1)
        return Finding(
            rule=SPACE_AFTER_COLON,
            title=f'a space is missing after "{name}:"',
            why="Without it YAML takes the whole for one word.",
            fix=f"Write {name}: {colon[2].strip()}",
            line=line,
            start=column,
            end=column + 1,
            changes=(Change(line, column, column + 1, ": "),),
        )
    return None


def _lines_below(lines: Lines, line: int) -> list[int]:
    """The lines below that are indented further than this one."""
    below = []
    for number in range(line + 1, len(lines)):
        if lines[number].strip() and indent_of(lines[number]) <= indent_of(lines[line]):
            break
        below.append(number)
    return below


def explain_bullet(lines: Lines, line: int) -> Finding | None:
    """A list whose items begin with another mark than a hyphen, as they do when they are pasted."""
    match = BULLET.match(lines[line])
    if match is None:
        return None
    mark, column = match[2].strip(), match.end(1)
    same = [line, *_same_marks(lines, line, -1), *_same_marks(lines, line, 1)]
    more = f", and the same in {count_lines(len(same) - 1)} more" if len(same) > 1 else ""
    changes = tuple(Change(number, column, _end_of_bullet(lines[number]), "- ") for number in same)
    return Finding(
        rule=WRONG_BULLET,
        title=f'"{mark}" stands where a hyphen belongs',
        why="In YAML only a hyphen followed by a space begins an item of a list.",
        fix=f"Write - {lines[line][match.end() :].strip()}{more}",
        line=line,
        start=column,
        end=column + 1,
        changes=changes,
    )


def _same_marks(lines: Lines, line: int, step: int) -> Iterator[int]:
    """The lines of the same list that begin with the same mark, above or below."""
    column, mark = indent_of(lines[line]), lines[line].lstrip()[:1]
    number = line + step
    while 0 <= number < len(lines) and (
        not lines[number].strip() or indent_of(lines[number]) >= column
    ):
        if indent_of(lines[number]) == column and lines[number].strip():
            if lines[number].lstrip()[:1] != mark:
                return
            yield number
        number += step


def _end_of_bullet(line: str) -> int:
    match = BULLET.match(line)
    return match.end() if match else 0


def _above(find: Callable[[Lines, int], Finding | None]) -> Callable[[Lines, int], Finding | None]:
    """The same slip in the line above, which this one then does not fit."""

    def find_above(lines: Lines, line: int) -> Finding | None:
        above = line_above(lines, line)
        return find(lines, above) if above is not None else None

    return find_above


def _document_mark(lines: Lines, line: int) -> Finding | None:
    """A line of three dots above, or a directive."""
    above = line_above(lines, line)
    for number in (line, above):
        if number is not None and lines[number].rstrip() == "...":
            return Finding(
                rule=SEVERAL_DOCUMENTS,
                title="a line of three dots ends the file for YAML",
                why="What stands below it would be lost.",
                fix="Delete the three dots.",
                line=number,
                start=0,
                end=3,
                changes=(Change(number, 0, len(lines[number]), ""),),
            )
        if number is not None and lines[number].startswith("%"):
            text = lines[number].rstrip()
            return Finding(
                rule=SPECIAL_START,
                title='a line cannot start with "%"',
                why="YAML takes it for an instruction to whatever reads the file.",
                fix="Delete the line. If it is text, put it in double quotes.",
                line=number,
                start=0,
                end=len(text),
                changes=(Change(number, 0, len(text), ""),),
                certain=False,
            )
    return None


def explain_bare_name(lines: Lines, line: int) -> Finding | None:
    """`strategy` without its colon, with its fields or items below."""
    match = _BARE_NAME.match(lines[line])
    below = next((number for number in range(line + 1, len(lines)) if lines[number].strip()), None)
    if match is None or below is None or _find_text_start(lines, line) is not None:
        return None
    deeper, field = indent_of(lines[below]) - field_column(lines[line]), FIELD.match(lines[below])
    has_items = is_item(lines[below]) and deeper >= 0
    if not has_items and not (field and NAME.fullmatch(field[2]) and deeper > 0):
        return None
    start, end = match.start(1), match.end(1)
    return Finding(
        rule=MISSING_COLON,
        title=f'a colon is missing behind "{match[1]}"',
        why="What stands below it belongs to it, but only a colon makes it a field.",
        fix=f"Write {match[1]}:",
        line=line,
        start=start,
        end=end,
        above=below,
        changes=(Change(line, end, end, ":"),),
    )


def _bare_name_above(lines: Lines, line: int) -> Finding | None:
    """A field without its colon further up: YAML reads all below it as one text, up to the next
    colon.
    """
    own = indent_of(lines[line])
    for number in range(line - 1, -1, -1):
        if lines[number].strip() and indent_of(lines[number]) <= own:
            return explain_bare_name(lines, number)
    return None


def _find_text_start(lines: Lines, line: int) -> tuple[int, int] | None:
    """The line and column at which the unquoted text begins that `line` goes on with."""
    own, start = indent_of(lines[line]), line - 1
    while start >= 0 and (not lines[start].strip() or indent_of(lines[start]) >= own):
        start -= 1
    if start < 0:
        return None
    field, text = FIELD.match(lines[start]), lines[start]
    column = (
        field.start(3)
        if field and field[3]
        else field_column(text)
        if is_item(text) and not field
        else None
    )
    if own <= (field_column(text) if field else indent_of(text)):
        return None
    return None if column is None or text[column] in _OTHER_STARTS else (start, column)


def find_block(lines: Lines, line: int) -> tuple[int, int] | None:
    """The line with the `>-` or `|` whose text `line` should go on with, and the column of that
    text.
    """
    own = indent_of(lines[line])
    column = None
    for number in range(line - 1, -1, -1):
        text = lines[number]
        if not text.strip():
            continue
        header = _BLOCK.match(text)
        if header:
            home = indent_of(text) if is_item(text) and ":" not in text else field_column(text)
            column = column if column is not None else home + 2
            return (number, column) if home < column and own < column else None
        if indent_of(text) <= own:
            return None
        column = indent_of(text)
    return None


def explain_block(lines: Lines, line: int) -> Finding | None:
    """A line of a text under `>-` that is indented less than its first line."""
    block = find_block(lines, line)
    if block is None:
        return None
    header, column = block
    nearest = find_open_text(lines, line)
    if nearest is not None and nearest.line != header:
        return None  # it goes on with a text that stands closer
    own, home = indent_of(lines[line]), field_column(lines[header])
    field = FIELD.match(lines[line])
    if is_item(lines[line]) or (field and (own <= home or NAME.fullmatch(field[2]))):
        return None
    run = [line]
    while (
        run[-1] + 1 < len(lines)
        and indent_of(lines[run[-1] + 1]) == own
        and lines[run[-1] + 1].strip()
    ):
        following = lines[run[-1] + 1]
        if FIELD.match(following) or is_item(following):
            break
        run.append(run[-1] + 1)
    mark = lines[header].rstrip()[field_column(lines[header]) :]
    also = f"; so does the text in {count_lines(len(run) - 1)} below" if len(run) > 1 else ""
    return Finding(
        rule=WRONG_INDENTATION,
        title=f'this line belongs to the text under "{mark}", and is indented too little',
        why="Such a text ends at the first line that is indented less than its first one.",
        fix=f"Let it start after {count_spaces(column)}; it starts after {count_spaces(own)}{also}.",
        line=line,
        start=0,
        end=max(own, 1),
        above=header,
        changes=shift_lines(lines, run, column - own),
    )


def _first_line(lines: Lines, line: int) -> Finding | None:
    """The first line of a file is indented, and those it belongs with are not."""
    filled = [
        number
        for number, text in enumerate(lines)
        if text.strip() and not text.lstrip().startswith("#")
    ]
    if len(filled) < 2 or filled[1] != line or is_item(lines[line]):
        return None
    first = lines[filled[0]]
    by = field_column(first) - indent_of(lines[line])
    if not 0 < by <= indent_of(first):
        return None
    fix = f"Take away {count_spaces(by)} at the start of this line."
    return Finding(
        rule=WRONG_INDENTATION,
        title="the first line is indented further than those that belong to it",
        fix=fix,
        line=filled[0],
        start=0,
        end=indent_of(first),
        above=line,
        changes=shift_lines(lines, filled[:1], -by),
    )


def _first_item(lines: Lines, line: int) -> Finding | None:
    """The first item of a list is indented further than the others."""
    own, first = indent_of(lines[line]), None
    if not is_item(lines[line]):
        return None
    for number in range(line - 1, -1, -1):
        if lines[number].strip() and indent_of(lines[number]) <= own:
            break
        if is_item(lines[number]):
            first = number
    above = line_above(lines, first) if first is not None else None
    if (
        first is None
        or above is None
        or not NAME_ALONE.match(lines[above])
        or field_column(lines[above]) > own
    ):
        return None
    by = indent_of(lines[first]) - own
    if (
        own % 2 or not indent_of(lines[first]) % 2
    ):  # with two steps to a level, the odd one is the slip
        return None
    return Finding(
        rule=WRONG_INDENTATION,
        title="this dash stands further right than those below it",
        fix=f"Let it start after {count_spaces(own)}; it starts after {count_spaces(own + by)}.",
        line=first,
        start=0,
        end=own + by,
        above=line,
        changes=shift_lines(lines, range(first, line), -by),
    )


def _missing_dash(lines: Lines, line: int) -> Finding | None:
    """A new entry without its dash: a line that begins as the entries do, below the dash of the one
    before.
    """
    own, field = indent_of(lines[line]), FIELD.match(lines[line])
    dash = next(
        (
            number
            for number in range(line - 1, -1, -1)
            if is_item(lines[number]) and indent_of(lines[number]) == own
        ),
        None,
    )
    first = FIELD.match(lines[dash]) if dash is not None else None
    if dash is None or not field or is_item(lines[line]) or not first or first[2] != field[2]:
        return None
    run = [line]
    while (
        run[-1] + 1 < len(lines)
        and not is_item(lines[run[-1] + 1])
        and indent_of(lines[run[-1] + 1]) >= own
    ):
        run.append(run[-1] + 1)
    changes = (Change(line, own, own, "- "), *shift_lines(lines, run[1:], 2))
    return Finding(
        rule=WRONG_INDENTATION,
        title="a dash is missing at the start of this line",
        why="It begins another entry of the list above, and each entry begins with a dash.",
        fix=f"Write - {lines[line].strip()} and indent the lines below it by two spaces more.",
        line=line,
        start=own,
        end=own + len(field[2]),
        above=dash,
        changes=changes,
        certain=False,
    )


def _colon_in_folded_text(lines: Lines, line: int) -> Finding | None:
    """A text over several lines, with a colon in one that is not the first."""
    field = FIELD.match(lines[line])
    if not field or NAME.fullmatch(field[2]) or is_item(lines[line]):
        return None
    start = _find_text_start(lines, line)
    if start is None:
        return None
    return Finding(
        rule=COLON_IN_TEXT,
        title="a colon followed by a space stands inside a text",
        why="YAML takes it for the end of another field name.",
        fix="Put the whole text in double quotes: one before its first word, one behind its last.",
        line=line,
        start=field.end(2),
        end=field.end(2) + 1,
        above=start[0],
        changes=quote_text(lines, *start),
    )


def _out_of_line(lines: Lines, line: int) -> Finding:
    """A line that does not line up: the nearest column at which the lines above begin is where it
    may belong.
    """
    text = lines[line]
    own = indent_of(text)
    before = [other for other in lines[max(line - 40, 0) : line] if other.strip()]
    columns = {indent_of(other) for other in before if is_item(other)} if is_item(text) else set()
    columns = columns or {field_column(other) for other in before if FIELD.match(other)}
    near = min(columns - {own}, key=lambda column: (abs(column - own), -column), default=None)
    fix = "Let it start at the same column as the lines it belongs with."
    if near is not None:
        fix = f"The lines it belongs with start after {count_spaces(near)}; this one after {count_spaces(own)}. Line it up."
    return Finding(
        rule=WRONG_INDENTATION,
        title="this line does not line up with the lines above it",
        fix=fix,
        line=line,
        start=0,
        end=max(own, 1),
        above=line_above(lines, line),
        vague=True,
    )


_SLIPS: tuple[Callable[[Lines, int], Finding | None], ...] = (
    _document_mark,
    explain_glued,
    explain_block,
    explain_bullet,
    _above(explain_glued),
    _above(explain_bullet),
    explain_bare_name,
    _above(explain_bare_name),
    _bare_name_above,
    explain_lost_first_line,
    _first_line,
    _first_item,
    _missing_dash,
    _colon_in_folded_text,
)
"""Asked in this order: the sure signs first."""
