"""What YAML would swallow without a word: text behind a `#`, items that become a part of the text
above them.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import replace

from generator.problems.phrases import shorten
from generator.problems.problem import Edit, Place, Problem, Related, Severity
from generator.syntax.encoding import quote_lines
from generator.syntax.lines import (
    FIELD,
    NAME,
    count_spaces,
    field_column,
    indent_of,
    is_item,
    quote_scalar,
)
from generator.syntax.recovery import say_finding
from generator.syntax.rules import LOST_BEHIND_HASH, WRONG_BULLET, WRONG_INDENTATION
from generator.syntax.torn.outline import Outline
from generator.syntax.torn.repairs import find_field, find_lost_name

Span = tuple[int, int, int, int]
"""Line and column (from 0) where a text begins, and where it ends."""

_FIELD_LINE = re.compile(r"\s*#+\s*(?:- *)?[A-Za-z_][\w-]*\s*:")
_GLUED_FIELD = re.compile(r"\s*(?!mailto|tel|entry|https?)([a-z][a-z_]+):([^\s/:][^:]*)$")
_PLAIN_COMMENT = re.compile(r"\s*#(?:[\s#]|$)")
_TOUCHING = "\"'[]{},"


def may_lose(text: str) -> bool:
    """Whether anything in a text could be lost behind a `#`: asked first, because it mostly is not
    so.
    """
    return "#" in text and _MARK.search(text) is not None


_MARK = re.compile(r"[ \t\"'\[\]{},]#")


def find_lost_text(file: str, lines: Sequence[str], texts: Sequence[Span]) -> Iterator[Problem]:
    """Text that YAML drops because a `#` stands before it: `we are #1` reads as `we are`.

    `texts` are all that was read, in order. A `#` with a space behind it is taken for a comment, as
    people write them; a `#` that touches what follows, or a quote before it, is taken for text.
    """
    starts = [text[:2] for text in texts]
    for number, line in enumerate(lines):
        if "#" not in line or _PLAIN_COMMENT.match(line):
            continue
        column = _find_comment(line, number, texts, starts)
        if column is None:
            continue
        before, behind = line[column - 1 : column], line[column + 1 : column + 2]
        glued = behind not in ("", " ", "\t", "#")
        if column > indent_of(line):
            if (before.isspace() and glued) or (before in _TOUCHING and behind):
                yield _say_lost(file, lines, number, column)
        elif glued and not _FIELD_LINE.match(line) and _goes_on(lines, number, texts, starts):
            yield _say_lost(file, lines, number, column)


def _find_comment(
    line: str, number: int, texts: Sequence[Span], starts: Sequence[tuple[int, int]]
) -> int | None:
    """The column of the `#` behind which YAML does not read."""
    column = line.find("#")
    while column >= 0:
        touches = column == 0 or line[column - 1].isspace() or line[column - 1] in _TOUCHING
        if touches and not _is_inside(number, column, texts, starts):
            return column
        column = line.find("#", column + 1)
    return None


def _is_inside(
    line: int, column: int, texts: Sequence[Span], starts: Sequence[tuple[int, int]]
) -> bool:
    nearest = bisect_right(starts, (line, column)) - 1
    return nearest >= 0 and texts[nearest][2:] > (line, column)


def _goes_on(
    lines: Sequence[str], number: int, texts: Sequence[Span], starts: Sequence[tuple[int, int]]
) -> bool:
    """Whether a line that begins with `#` lies as if it went on with the text of the line above."""
    nearest = bisect_right(starts, (number, 0)) - 1
    if nearest < 0 or indent_of(lines[number]) <= indent_of(lines[number - 1]):
        return False
    end_line, end_column = texts[nearest][2:]
    return end_line == number - 1 and not lines[end_line][end_column:].strip()


def _say_lost(file: str, lines: Sequence[str], line: int, column: int) -> Problem:
    text = lines[line].rstrip()
    place = Place(file, line + 1, column + 1, line + 1, len(text) + 1)
    field = FIELD.match(text)
    start = field.start(3) if field and field[3] else field_column(text)
    fix = "Put the whole value in double quotes"
    edits: tuple[Edit, ...] = ()
    proposed: tuple[Edit, ...] = ()
    if (field or is_item(text)) and not _has_lines_below(lines, line):
        value = text[start:]
        whole = quote_scalar(value.replace(value[0], "") if value[0] in "\"'" else value)
        fix += f": {text[indent_of(text) : start]}{shorten(whole)}"
        if start == column:
            edits = (Edit(place, whole),)
        else:
            proposed = (Edit(Place(file, line + 1, start + 1, line + 1, len(text) + 1), whole),)
    why = "In YAML a # with a space before it starts a comment."
    if not text[column - 1].isspace():
        why = f"In YAML a # behind {text[column - 1]} starts a comment."
    return LOST_BEHIND_HASH.problem(
        place=place,
        title='the text from "#" to the end of this line would be lost',
        why=why,
        fix=f'{fix}; if it is a comment, write "# " with a space.',
        excerpt=quote_lines(lines, (place,)),
        edits=edits,
        proposed=proposed,
    )


def _has_lines_below(lines: Sequence[str], line: int) -> bool:
    """Whether something belongs to the field on `line` that stands below it."""
    following = next(
        (lines[number] for number in range(line + 1, len(lines)) if lines[number].strip()), ""
    )
    home = field_column(lines[line]) if FIELD.match(lines[line]) else indent_of(lines[line])
    return indent_of(following) > home or (
        is_item(following) and indent_of(following) == home and not is_item(lines[line])
    )


def find_swallowed(
    file: str, lines: Sequence[str], folded: Sequence[Span], outline: Outline | None = None
) -> Iterator[Problem]:
    """Items and fields that YAML reads as part of the text above them, because they are indented
    further than it.

    `folded` are the unquoted texts of several lines; the `outline` says what may stand in the file.
    """
    for first, column, last, end in folded:
        numbers = range(first + 1, min(last + (end > 0), len(lines)))
        dashes = [number for number in numbers if is_item(lines[number])]
        fields = [number for number in numbers if _GLUED_FIELD.match(lines[number])]
        if dashes:
            lost = _find_lost_name(file, lines, dashes, first, outline)
            yield lost or _say_swallowed_item(file, lines, dashes, first, column, outline)
        elif fields:
            yield _say_swallowed_field(file, lines, fields[0], first)


def _find_lost_name(
    file: str, lines: Sequence[str], dashes: Sequence[int], first: int, outline: Outline | None
) -> Problem | None:
    """What is said where the items of a list stand below a text that is a field's own: the name of
    their field seems to be gone.
    """
    field = FIELD.match(lines[first])
    if outline is None or not field or not NAME.fullmatch(field[2]):
        return None
    holder = find_field(lines, first, outline)
    if holder is None or holder.type == "list":
        return None
    found = find_lost_name(lines, dashes[0], outline)
    if found is None:
        return None
    fix = f"{found.fix} If it goes on with the text above, begin that with >- on the line of its name."
    return say_finding(file, lines, replace(found, fix=fix))


def find_folded_items(
    file: str, lines: Sequence[str], blocks: Sequence[Span], outline: Outline | None = None
) -> Iterator[Problem]:
    """Items that stand in a text under `>-` as if they were a list of their own: they are joined into
    its last paragraph.

    `blocks` are the texts under `>`.
    """
    for first, _, last, end in blocks:
        numbers = range(first + 1, min(last + (end > 0), len(lines)))
        filled = [number for number in numbers if lines[number].strip()]
        column = indent_of(lines[filled[0]]) if filled else 0
        items = [
            number
            for number in filled
            if is_item(lines[number]) and indent_of(lines[number]) == column
        ]
        if not items:
            continue
        mark = lines[first].rfind(">")
        place = Place(file, items[0] + 1, column + 1, items[0] + 1, column + 2)
        names = find_lost_name(lines, items[0], outline) if outline is not None else None
        is_last = filled[-1] in items and len(items) == len(filled) - filled.index(items[0])
        also = (
            f" If they are the items of a field: {names.fix[:1].lower()}{names.fix[1:]}"
            if names and is_last
            else ""
        )
        yield WRONG_BULLET.problem(
            place=place,
            title="these lines with a dash would be joined into one paragraph",
            why="A text under > is folded; only under a bar do its lines stay apart.",
            fix=f"Write | in place of > on the line where the text begins.{also}",
            related=(Related(Place(file, first + 1, 1, first + 1, 1), "where the text begins"),),
            excerpt=quote_lines(lines, (Place(file, first + 1, 1, first + 1, 1), place)),
            severity=Severity.WARNING,
            proposed=(Edit(Place(file, first + 1, mark + 1, first + 1, mark + 2), "|"),)
            if mark >= 0
            else (),
        )


def _say_swallowed_item(
    file: str,
    lines: Sequence[str],
    dashes: Sequence[int],
    first: int,
    column: int,
    outline: Outline | None,
) -> Problem:
    line, own = dashes[0], indent_of(lines[dashes[0]])
    above = Place(file, first + 1, 1, first + 1, 1)
    place = Place(file, line + 1, own + 1, line + 1, own + 2)
    title = "this dash begins no item: the text above it goes on here"
    edits: tuple[Edit, ...] = ()
    fix = "If it is a list, give its first item a line of its own with a dash. If it is text, begin it with >- one line above."
    proposed: tuple[Edit, ...] = ()
    holder = find_field(lines, first, outline) if outline is not None else None
    if holder is not None and holder.type == "list" and dashes[0] == first + 1:
        fix = f"Give the first item a line of its own, with a dash: - {shorten(lines[first][column:].strip())}"
        begin = Place(file, first + 1, column + 1, first + 1, column + 1)
        proposed = (Edit(begin, f"\n{' ' * own}- "),)
    home = lines[first].rfind("-", 0, column)
    if home >= 0 and not lines[first][home + 1 : column].strip():
        title = "this dash stands too far right to begin an item"
        fix = f"Let the dash start after {count_spaces(home)}, like the one above; it starts after {count_spaces(own)}."
        edits = tuple(
            Edit(Place(file, number + 1, 1, number + 1, indent_of(lines[number]) + 1), " " * home)
            for number in dashes
        )
    return WRONG_INDENTATION.problem(
        place=place,
        title=title,
        why="YAML would read the line as the rest of the text above, dash and all.",
        fix=fix,
        related=(Related(above, "the text above"),),
        excerpt=quote_lines(lines, (above, place)),
        edits=tuple(edits),
        proposed=() if edits else proposed,
    )


def _say_swallowed_field(file: str, lines: Sequence[str], line: int, first: int) -> Problem:
    match = _GLUED_FIELD.match(lines[line])
    name, value = (match[1], match[2].strip()) if match else ("", "")
    above = Place(file, first + 1, 1, first + 1, 1)
    place = Place(
        file, line + 1, indent_of(lines[line]) + 1, line + 1, indent_of(lines[line]) + len(name) + 2
    )
    return WRONG_INDENTATION.problem(
        place=place,
        title=f'"{name}:" begins no field: the text above it goes on here',
        why="It is indented further than the field above, and has no space behind its colon.",
        fix=f"If it is a field, write {name}: {shorten(value)} below the name of the field above. "
        "If it is text, put the whole text in double quotes.",
        related=(Related(above, "the text above"),),
        excerpt=quote_lines(lines, (above, place)),
    )
