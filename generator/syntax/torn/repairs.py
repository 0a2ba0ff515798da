"""What lines that do not hang together were meant to be, found by trial: each likely repair is made, the
entry is read with it, and the one that leaves least that does not fit is told.

Where an editor has moved half an entry, where the line with a field's name is gone, where a text has lost
the mark before it, the place at which reading stops says little; which repair fits says more. Lines
and columns count from 0 here.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace

from generator.problems.phrases import shorten
from generator.syntax.lines import (
    FIELD,
    NAME,
    NAME_ALONE,
    Change,
    Finding,
    apply_changes,
    count_spaces,
    field_column,
    indent_of,
    is_item,
    line_above,
    shift_lines,
)
from generator.syntax.rules import (
    COLON_IN_TEXT,
    MISSING_COLON,
    MISSING_NAME,
    SPECIAL_START,
    WRONG_INDENTATION,
)
from generator.syntax.torn.open_texts import explain_continuation, explain_rows
from generator.syntax.torn.outline import FILE, Chunk, Outline, count_misfits, find_chunk

Lines = Sequence[str]

_MOST_COLUMNS = 6
_MOST_ENDS = 8
_LARGEST = 2000
"""In an entry of more lines nothing is tried."""
_MOST_NAMES = 5
_REMARK = re.compile(r"(\s*)(?:(//+|--+(?=\s)|<!--+|/\*+|;+)|()(?=[A-Z]{2,}[ !:]))")

_STRAY = re.compile(r"(\s*)([^\w\s#-]{1,2})(?=(?:\s*- \S|(?:\s*([a-z][a-z0-9_]*):(?:\s|$))))( *)")


@dataclass(frozen=True)
class _Trial:
    """A repair: what is said of it, and the lines of the entry with it."""

    finding: Finding
    lines: Sequence[str]
    name: str = ""


def find_repair(lines: Lines, line: int, outline: Outline) -> Finding | None:
    """The repair with which the entry around a line can be read, and fits best; None where there is
    none.
    """
    begins_list = re.match(r"[a-z_]+", lines[line])
    if outline.type == FILE and begins_list and begins_list[0] in outline.fields:
        return None
    chunk = find_chunk(lines, line, outline)
    if chunk.end - chunk.start > _LARGEST:
        return None
    rows = explain_rows(lines, line, chunk)
    if rows is not None:
        return rows
    return _choose(_list_trials(lines, line, chunk), chunk)


def _choose(trials: Iterable[_Trial], chunk: Chunk) -> Finding | None:
    """The first of the repairs with which the entry fits best; where several names do, a question."""
    scored = [(count_misfits(trial.lines, chunk.outline), trial) for trial in trials]
    least = min((misfits for misfits, _ in scored if misfits is not None), default=None)
    if least is None:
        return None
    best = [trial for misfits, trial in scored if misfits == least]
    names = list(dict.fromkeys(trial.name for trial in best if trial.name))
    if best[0].name and len(names) > 1:
        return _ask_for_name(best[0].finding, names)
    alike = {tuple(trial.lines) for trial in best}
    return replace(best[0].finding, certain=best[0].finding.certain and len(alike) == 1)


def find_field(lines: Lines, line: int, outline: Outline) -> Outline | None:
    """What the field on a line may hold; None where it is not known."""
    field = FIELD.match(lines[line])
    if field is None:
        return None
    return find_field_in(lines, line, find_chunk(lines, line, outline))


def find_field_in(lines: Lines, line: int, chunk: Chunk) -> Outline | None:
    """The same where the entry around the line is known."""
    field = FIELD.match(lines[line])
    group = _group_around(lines, line, field_column(lines[line]), chunk)
    return group.fields.get(field[2]) if group is not None and field is not None else None


def find_lost_name(lines: Lines, line: int, outline: Outline) -> Finding | None:
    """The name of a field that seems to have stood above the item on `line`, where reading goes on
    without it.
    """
    chunk = find_chunk(lines, line, outline)
    return _choose(_lost_names(lines, line, chunk), chunk)


def _list_trials(lines: Lines, line: int, chunk: Chunk) -> Iterator[_Trial]:
    """Repairs that may help where reading stopped at `line`, the likeliest first."""
    sure = (
        _remark(lines, line) or _stray_sign(lines, line, chunk) or _lost_colon(lines, line, chunk)
    )
    if sure is not None:
        yield _try(lines, chunk, sure)
        return
    is_word = NAME.fullmatch(lines[line].strip()) is not None
    going_on = explain_continuation(lines, line, chunk) if not is_word else None
    if going_on is not None:
        yield _try(lines, chunk, going_on)
        return
    yield from _lost_marks(lines, line, chunk)
    yield from _shifts(lines, line, chunk)
    yield from _lost_names(lines, line, chunk)
    swallowed = _first_swallowed(lines, line, chunk)
    if swallowed is not None:
        yield from _lost_names(lines, swallowed, chunk)


def _first_swallowed(lines: Lines, line: int, chunk: Chunk) -> int | None:
    """The first of the items just above that go on with the text of a field, for YAML, or stand in place
    of the fields of a group.
    """
    first = None
    for number in range(line - 1, chunk.start, -1):
        text = lines[number]
        if text.strip() and not is_item(text):
            if first is None or not NAME_ALONE.match(text):
                return first
            holder = find_field_in(lines, number, chunk)
            return first if holder is not None and holder.type == "object" else None
        first = number if text.strip() else first
    return None


def _try(lines: Lines, chunk: Chunk, finding: Finding, name: str = "") -> _Trial:
    made = apply_changes(lines, finding.written or finding.changes)
    return _Trial(
        finding, [made.get(number, lines[number]) for number in range(chunk.start, chunk.end)], name
    )


# ---- a field without its colon, a text without its mark


def _remark(lines: Lines, line: int) -> Finding | None:
    """A remark as other languages write it, or one that begins with a word in capitals."""
    text = lines[line].rstrip()
    match = _REMARK.match(text)
    if match is None:
        return None
    mark = match[2]
    end = match.end(2) + len(text[match.end(2) :]) - len(text[match.end(2) :].lstrip())
    return Finding(
        rule=MISSING_COLON,
        title="this line is neither a field nor an item of a list: it looks like a remark",
        why="In YAML a remark begins with # and a space.",
        fix=f"Write # {shorten(text[end if mark else match.end(1) :])}",
        line=line,
        start=match.end(1),
        end=len(text),
        changes=(Change(line, match.end(1), end if mark else match.end(1), "# "),),
        safe=True,
        certain=bool(mark),
    )


def _stray_sign(lines: Lines, line: int, chunk: Chunk) -> Finding | None:
    """A sign that slipped in before an item, or before a field that belongs here."""
    match = _STRAY.match(lines[line])
    if match is None:
        return None
    name = match[3]
    if name:
        column = match.end(1) + len(match[4] or "")
        group = _group_around(lines, line, column, chunk)
        if group is None or name not in group.fields:
            return None
    start, end = match.span(2)
    return Finding(
        rule=SPECIAL_START,
        title=f'a line cannot start with "{match[2]}"',
        why=f"Behind it stands {'a field' if name else 'an item of a list'}, as if the sign had slipped in.",
        fix=f"Delete the {match[2]}",
        line=line,
        start=start,
        end=end,
        changes=(Change(line, start, end, ""),),
        certain=False,
    )


def _lost_colon(lines: Lines, line: int, chunk: Chunk) -> Finding | None:
    """The name of a field that belongs here, with its value but no colon behind it."""
    match = re.match(r"( *)([a-z][a-z0-9_]*)(?: +(\S.*))?$", lines[line].rstrip())
    group = _group_around(lines, line, len(match[1]), chunk) if match else None
    if match is None or group is None or match[2] not in group.fields:
        return None
    if match[2] in _names_at(lines, line, len(match[1]), chunk):
        return None
    end = match.end(2)
    return Finding(
        rule=MISSING_COLON,
        title=f'a colon is missing behind "{match[2]}"',
        why="Only a colon with a space behind it parts a field's name from its value.",
        fix=f"Write {match[2]}: {shorten(match[3] or '')}".rstrip()
        + ("" if match[3] else " and its value behind it."),
        line=line,
        start=match.start(2),
        end=end,
        changes=(Change(line, end, end, ":"),),
        certain=bool(match[3]),
    )


def _lost_marks(lines: Lines, line: int, chunk: Chunk) -> Iterator[_Trial]:
    """A text below the name of a field, with a colon in one of its lines."""
    for number in _open_lines(lines, line, chunk):
        name = FIELD.match(lines[number])
        if not NAME_ALONE.match(lines[number]) or name is None:
            continue
        home = field_column(lines[number])
        below = [one for one in range(number + 1, chunk.end) if lines[one].strip()]
        run: list[int] = []
        for one in below:
            field = FIELD.match(lines[one])
            if indent_of(lines[one]) <= home or is_item(lines[one]):
                break
            run.append(one)
        if len(run) < 1 or line not in range(number, run[-1] + 2):
            continue
        end = len(lines[number].rstrip())
        finding = Finding(
            rule=COLON_IN_TEXT,
            title=f'a text with a colon stands below "{name[2]}:", without a mark before it',
            why="YAML takes the words before a colon for the name of a field.",
            fix=f"Begin the text with >- behind the colon: {name[2]}: >-",
            line=number,
            start=name.start(2),
            end=name.end(2) + 1,
            changes=(Change(number, end, end, " >-"),),
        )
        if all(
            not (field := FIELD.match(lines[one])) or not NAME.fullmatch(field[2])
            for one in run[:1]
        ):
            yield _try(lines, chunk, finding)


def _open_lines(lines: Lines, line: int, chunk: Chunk) -> Iterator[int]:
    """The lines above, and this one, that those below them belong to: each stands further left than
    all between.
    """
    least = indent_of(lines[line]) + 1
    for number in range(line, chunk.start - 1, -1):
        text = lines[number]
        if not text.strip() or text.lstrip().startswith("#"):
            continue
        if indent_of(text) < least:
            least = indent_of(text)
            yield number


# ---- lines that were moved


def _shifts(lines: Lines, line: int, chunk: Chunk) -> Iterator[_Trial]:
    """The lines from `line` on moved to the left, or to the right, as far as a part of the entry."""
    own = indent_of(lines[line])
    columns = sorted(
        _columns_above(lines, line, chunk) - {own}, key=lambda column: (abs(column - own), column)
    )
    for column in columns[:_MOST_COLUMNS]:
        for end in _ends(lines, line, chunk, column - own):
            run = [number for number in range(line, end) if lines[number].strip()]
            by = column - own
            if by < 0 and any(indent_of(lines[number]) < -by for number in run):
                continue
            yield _try(lines, chunk, _say_shift(lines, run, by))


def _columns_above(lines: Lines, line: int, chunk: Chunk) -> set[int]:
    """Where lines above begin that this one may line up with: as a field, or as an item."""
    columns: set[int] = set()
    least, item = None, is_item(lines[line])
    for number in range(line - 1, chunk.start - 1, -1):
        text = lines[number]
        if not text.strip() or text.lstrip().startswith("#"):
            continue
        if least is not None and indent_of(text) >= least:
            continue
        least = indent_of(text)
        if item:
            columns |= (
                {least} if is_item(text) else {least + 2} if NAME_ALONE.match(text) else set()
            )
        else:
            columns.add(field_column(text))
            columns |= {field_column(text) + 2} if NAME_ALONE.match(text) else set()
    return columns


def _ends(lines: Lines, line: int, chunk: Chunk, by: int) -> Iterator[int]:
    """Where the lines that were moved may end."""
    own, last = indent_of(lines[line]), chunk.end
    for number in range(line + 1, chunk.end):
        if lines[number].strip() and indent_of(lines[number]) < own:
            last = number
            break
    yield last
    if by > 0:
        back = [
            number
            for number in range(line + 1, last)
            if lines[number].strip() and indent_of(lines[number]) == own + by
        ]
        yield from back[:_MOST_ENDS]


def _say_shift(lines: Lines, run: Sequence[int], by: int) -> Finding:
    count, where = count_spaces(abs(by)), "left" if by > 0 else "right"
    what = "this line stands"
    own = indent_of(lines[run[0]])
    fix = f"Let it start after {count_spaces(own + by)}; it starts after {count_spaces(own)}."
    if len(run) > 1:
        what = f"lines {run[0] + 1} to {run[-1] + 1} stand"
        fix = f"{f'Put {count}' if by > 0 else f'Take {count} away'} before each of them."
    return Finding(
        rule=WRONG_INDENTATION,
        title=f"{what} {count} too far {where}",
        fix=fix,
        line=run[0],
        start=0,
        end=max(indent_of(lines[run[0]]), 1),
        above=line_above(lines, run[0]),
        changes=shift_lines(lines, run, by),
    )


# ---- names that were deleted


def _lost_names(lines: Lines, line: int, chunk: Chunk) -> Iterator[_Trial]:
    """The name of a field, or of a group and a field in it, put back above the line."""
    text = lines[line]
    item, own = is_item(text), indent_of(text)
    above = line_above(lines, line)
    before = FIELD.match(lines[above]) if above is not None else None
    for column in sorted(_field_columns(lines, line, chunk), reverse=True):
        if column > own or (column == own and not item):
            continue
        group = _group_around(lines, line, column, chunk)
        if group is None:
            continue
        taken = _names_at(lines, line, column, chunk)
        order = list(group.fields)
        place = order.index(before[2]) if before and before[2] in order else 0
        likely = sorted(order, key=lambda name: (order.index(name) < place, order.index(name)))
        for names in _fitting(group, likely, taken, item=item, depth=own - column):
            head = "".join(
                f"{' ' * (column + 2 * deep)}{name}:\n" for deep, name in enumerate(names)
            )
            yield _try(lines, chunk, _say_lost_name(lines, line, names, head), ".".join(names))


def _field_columns(lines: Lines, line: int, chunk: Chunk) -> set[int]:
    """Where the fields of the entry, and of the groups open above the line, begin."""
    above = line_above(lines, line)
    opened = above is not None and NAME_ALONE.match(lines[above])
    deeper = {field_column(lines[above]) + 2} if opened and above is not None else set()
    return deeper | {
        field_column(lines[number])
        for number in range(chunk.start, line)
        if FIELD.match(lines[number]) and NAME.fullmatch(FIELD.match(lines[number])[2])  # type: ignore[index]
    }


def _fitting(
    group: Outline, likely: Sequence[str], taken: set[str], *, item: bool, depth: int
) -> Iterator[tuple[str, ...]]:
    """The fields of a group that are not there and may hold the line: a list above an item, a group of
    fields above a field; or a group with such a field in it. The `likely` come first.
    """
    free = [name for name in likely if name not in taken and name != "custom"]
    for name in free:
        field = group.fields[name]
        if (field.type == "list") if item else (field.type == "object" and bool(field.fields)):
            yield (name,)
    for name in free:
        field = group.fields[name]
        if depth >= 2 and field.type == "object":
            for inner, below in field.fields.items():
                if (below.type == "list") if item else (below.type == "object" and below.fields):
                    yield (name, inner)


def _group_around(lines: Lines, line: int, column: int, chunk: Chunk) -> Outline | None:
    """What may stand at a column above the line: the fields of the entry, or of a group in it."""
    path: list[str] = []
    least = column
    for number in range(line - 1, chunk.start - 1, -1):
        text = lines[number]
        field = FIELD.match(text)
        if not text.strip() or field is None or text.lstrip().startswith("#"):
            continue
        if field_column(text) < least or (is_item(text) and indent_of(text) < least):
            if field_column(text) < least:
                path.append(field[2])
            least = min(least, indent_of(text))
    here: Outline | None = chunk.outline
    for name in ("", *reversed(path)):
        here = here.fields.get(name) if name and here is not None else here
        if here is not None and here.type == "list":
            here = here.item
    return here


def _names_at(lines: Lines, line: int, column: int, chunk: Chunk) -> set[str]:
    """The fields that stand at a column in the group around the line."""
    names: set[str] = set()
    for step in (-1, 1):
        number = line + (step < 0) * step
        while chunk.start <= number < chunk.end:
            text = lines[number]
            field = FIELD.match(text)
            if text.strip() and indent_of(text) < column and (step > 0 or not is_item(text)):
                break
            if field and field_column(text) == column:
                names.add(field[2])
            if text.strip() and is_item(text) and indent_of(text) < column:
                break
            number += step
    return names


def _say_lost_name(lines: Lines, line: int, names: Sequence[str], head: str) -> Finding:
    shown = ", and below it ".join(f"{name}:" for name in names)
    return Finding(
        rule=MISSING_NAME,
        title="the name of a field seems to be missing above this line",
        why="It belongs to none of the fields above it.",
        fix=f"Write {shown} on a line of its own above it.",
        line=line,
        start=indent_of(lines[line]),
        end=len(lines[line].rstrip()),
        above=line_above(lines, line),
        written=(Change(line, 0, 0, head),),
        certain=False,
    )


def _ask_for_name(finding: Finding, names: Sequence[str]) -> Finding:
    """What is said where several names would fit."""
    shown = [name.replace(".", " with ") for name in names[:_MOST_NAMES]]
    more = f" and {len(names) - _MOST_NAMES} more" if len(names) > _MOST_NAMES else ""
    return replace(
        finding,
        fix=f"Write the name on a line of its own above it. These would fit here: {', '.join(shown)}{more}.",
        written=(),
    )
