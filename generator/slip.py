"""A slip in YAML as a problem, and how much around it cannot be read; text that YAML drops behind a `#`."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from generator.diagnosis import FIELD, diagnose, indent_of
from generator.problem import Edit, Place, Problem, Related, Severity
from generator.text import quote_lines

_ID = re.compile(r"^\s*(?:- +)?[\"']?id[\"']?\s*:\s*[^a-z0-9]?([a-z0-9-]+)")
_TOP = re.compile(r"^[A-Za-z_][\w-]*\s*:")


@dataclass(frozen=True)
class Slip:
    """A slip explained, the lines (from 0) that cannot be read because of it, and the ids of the entries they held."""

    problem: Problem
    lost_lines: range
    lost_ids: frozenset[str]


def explain_slip(file: str, lines: Sequence[str], readable: Sequence[str], error: Any) -> Slip:
    """What the author did where libyaml stopped. `error` is a yaml.MarkedYAMLError; `lines` are the author's own."""
    finding = diagnose(readable, error)
    line = finding.line
    width = len(lines[line].rstrip())
    start = min(finding.start, max(width - 1, 0))
    end = max(min(finding.end, width), start + 1)
    place = Place(file, line + 1, start + 1, line + 1, end + 1)
    related: tuple[Related, ...] = ()
    if finding.above is not None:
        related = (Related(Place(file, finding.above + 1, 1, finding.above + 1, 1), "the line above"),)
    changed = place
    if finding.edit_start is not None:
        changed = Place(file, line + 1, finding.edit_start + 1, line + 1, width + 1)
    edits = () if finding.replacement is None else (Edit(changed, finding.replacement),)
    excerpt = quote_lines(lines, (place, *(other.place for other in related)))
    problem = Problem(
        finding.rule, Severity.ERROR, place, finding.title, finding.why, finding.fix, related, excerpt, edits
    )
    lost = _find_lost(readable, line, error)
    ids = (match[1] for number in lost if (match := _ID.match(lines[number])))
    return Slip(problem, lost, frozenset(filter(None, ids)))


def find_lost_comments(file: str, lines: Sequence[str], ends: Iterable[tuple[int, int]]) -> Iterator[Problem]:
    """Text that YAML drops because a `#` stands in it: `we are #1` reads as `we are`.

    `ends` are the places (line, column, from 0) where unquoted values end. A `#` with a space behind it is taken for a
    comment, as people write them; a `#` that touches what follows is taken for text.
    """
    for line, column in ends:
        if line >= len(lines):
            continue
        match = re.match(r"\s+#[^\s#]", lines[line][column:])
        if match:
            yield _say_lost(file, lines, line, column + match.end() - 2)
        elif not lines[line][column:].strip() and line + 1 < len(lines):
            following = lines[line + 1]
            if (
                re.match(r"\s+#[^\s#]", following)
                and not _TOP.match(following.lstrip(" #"))
                and indent_of(following) > indent_of(lines[line])
            ):
                yield _say_lost(file, lines, line + 1, indent_of(following))


def _say_lost(file: str, lines: Sequence[str], line: int, column: int) -> Problem:
    place = Place(file, line + 1, column + 1, line + 1, len(lines[line].rstrip()) + 1)
    return Problem("lost-behind-hash", Severity.ERROR, place, 'the text from "#" to the end of this line would be lost',
                   "In YAML a # with a space before it starts a comment.",
                   'Put the whole value in double quotes. If it is a comment, write "# " with a space.',
                   excerpt=quote_lines(lines, (place,)))  # fmt: skip


def _find_lost(lines: Sequence[str], line: int, error: Any) -> range:
    """The lines that cannot be read for the slip on `line`: its entry, and what lies between it and where reading stopped."""
    starts = _entry_starts(lines)
    lost = _entry_around(lines, line, starts)
    stopped = error.problem_mark.line if error.problem_mark is not None else line
    if stopped not in lost and stopped < len(lines) and stopped not in starts:
        inner = _entry_around(lines, stopped, starts)
        lost = range(min(lost.start, inner.start), max(lost.stop, min(inner.stop, stopped + 1)))
    return lost


def _entry_starts(lines: Sequence[str]) -> dict[int, int]:
    """The lines on which entries begin, and how far each is indented: the outermost dashes below a field at the left edge."""
    starts: dict[int, int] = {}
    outermost: int | None = None
    for number, line in enumerate(lines):
        if _TOP.match(line):
            outermost = None
        elif line.lstrip().startswith("- ") and (outermost is None or indent_of(line) <= outermost):
            outermost = indent_of(line)
            starts[number] = outermost
    return starts


def _entry_around(lines: Sequence[str], line: int, starts: Mapping[int, int]) -> range:
    """The lines of the entry that `line` stands in; outside a list of entries, the field with all below it."""
    start = max((number for number in starts if number <= line), default=None)
    if start is not None:
        end = _end_of_entry(lines, start, starts)
        belongs = line == start or indent_of(lines[line]) > starts[start]
        if belongs and line < end:
            return range(start, end)
    indent, end = indent_of(lines[line]), line + 1
    is_list = not any(
        _TOP.match(other) for other in lines
    )  # there the next entry ends it; else its items are its own
    while end < len(lines) and not _ends_field(lines[end], indent) and not (is_list and end in starts):
        end += 1
    return range(line, end)


def _ends_field(line: str, indent: int) -> bool:
    """Whether a line begins another field than the one indented by `indent` (its items may line up with it)."""
    return (
        bool(line.strip())
        and indent_of(line) <= indent
        and bool(FIELD.match(line))
        and not line.lstrip().startswith("- ")
    )


def _end_of_entry(lines: Sequence[str], start: int, starts: Mapping[int, int]) -> int:
    """The first line behind the list item that starts at `start`."""
    for number in range(start + 1, len(lines)):
        text = lines[number]
        if not text.strip() or text.lstrip().startswith("#"):
            continue
        if number in starts and starts[number] <= starts[start] + 1:
            return number
        own = indent_of(text)
        if own < starts[start] or (own == starts[start] and FIELD.match(text)):
            return number
    return len(lines)
