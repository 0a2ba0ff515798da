"""A slip in YAML as a problem, and how the rest is read: with the slip mended, or without its
entry.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from generator.problems.problem import Edit, Place, Problem, Related
from generator.syntax.diagnosis import diagnose
from generator.syntax.encoding import quote_lines
from generator.syntax.lines import FIELD, Finding, apply_changes, indent_of, is_item
from generator.syntax.rules import (
    COLON_IN_TEXT,
    LOST_FIRST_LINE,
    OPEN_QUOTE,
    SPECIAL_START,
    TEXT_AFTER_BAR,
    TEXT_AFTER_QUOTE,
)
from generator.syntax.torn.above_start import find_above_start, say_above_start
from generator.syntax.torn.list_files import find_pasted
from generator.syntax.torn.outline import ANYTHING, Outline
from generator.syntax.torn.repairs import find_repair

_ID = re.compile(r"^\s*(?:- +)?[\"']?id[\"']?\s*:\s*[^a-z0-9]?([a-z0-9-]+)")
_TOP = re.compile(r"^[A-Za-z_][\w-]*\s*:")


@dataclass(frozen=True)
class Slip:
    """A slip explained, and the lines (from 0) that it makes unreadable.

    `mended` are lines as they were probably meant, by number; where that is `certain`, nothing is
    lost by reading them. `ids` are those of the entries that the unreadable lines hold.
    """

    problem: Problem
    lost_lines: range
    mended: Mapping[int, str]
    certain: bool
    ids: frozenset[str]


def explain_slip(
    file: str,
    lines: Sequence[str],
    readable: Sequence[str],
    error: Any,
    outline: Outline | None = None,
) -> Slip:
    """What the author did where libyaml stopped. `error` is a yaml.MarkedYAMLError; `lines` are the
    author's own; the `outline` says what may stand in the file.
    """
    pasted = _find_pasted(file, lines, readable, error, outline)
    if pasted is not None:
        return pasted
    finding = diagnose(readable, error)
    if finding.vague or finding.rule is COLON_IN_TEXT:
        stopped = min(error.problem_mark.line, len(readable) - 1) if error.problem_mark else 0
        line = finding.line if finding.vague else stopped
        repair = find_repair(readable, line, outline or ANYTHING)
        if repair is not None and (finding.vague or repair.rule is COLON_IN_TEXT):
            finding = repair
    lost = _find_lost(readable, finding.line, error)
    problem = say_finding(file, lines, finding, readable)
    return Slip(
        problem,
        lost,
        apply_changes(readable, finding.changes),
        finding.certain,
        _ids_in(lines, lost),
    )


def _find_pasted(
    file: str, lines: Sequence[str], readable: Sequence[str], error: Any, outline: Outline | None
) -> Slip | None:
    """An entry or a list that was pasted where none belongs; None where something else is wrong."""
    if error.problem_mark is None or outline is None:
        return None
    stopped = error.problem_mark.line
    above = find_above_start(readable, stopped, outline)
    if above is not None:
        first = readable[stopped].partition(":")[0]
        problem = say_above_start(file, lines, above, first, outline)
        return Slip(problem, above, {}, certain=False, ids=_ids_in(lines, above))
    found = find_pasted(file, readable, stopped, outline)
    if found is None:
        return None
    meant = range(min(found.mended), max(found.mended) + 1)
    return Slip(found.problem, meant, found.mended, certain=True, ids=frozenset())


def _ids_in(lines: Sequence[str], lost: range) -> frozenset[str]:
    return frozenset(match[1] for number in lost if (match := _ID.match(lines[number])))


def say_finding(
    file: str, lines: Sequence[str], finding: Finding, readable: Sequence[str] = ()
) -> Problem:
    """A slip as a problem. `readable` are the lines that were looked at, where they are not the
    author's own.
    """
    line = finding.line
    width = len(lines[line].rstrip())
    start = min(finding.start, max(width - 1, 0))
    end = max(min(finding.end, width), start + 1)
    place = Place(file, line + 1, start + 1, line + 1, end + 1)
    related: tuple[Related, ...] = ()
    if finding.above is not None:
        related = (
            Related(Place(file, finding.above + 1, 1, finding.above + 1, 1), "the line beside it"),
        )
    edits: tuple[Edit, ...] = ()
    is_sure = finding.certain or finding.safe
    changes = finding.written or finding.changes
    if all(lines[one.line] == (readable or lines)[one.line] for one in changes):
        edits = tuple(
            Edit(Place(file, one.line + 1, one.start + 1, one.line + 1, one.end + 1), one.text)
            for one in changes
        )
    excerpt = quote_lines(lines, (place, *(other.place for other in related)))
    return finding.rule.problem(
        place=place,
        title=finding.title,
        why=finding.why,
        fix=finding.fix,
        related=related,
        excerpt=excerpt,
        edits=edits if is_sure else (),
        proposed=edits if not is_sure and _may_be_meant(finding, lines) else (),
        is_cause=finding.rule is LOST_FIRST_LINE,
    )


def _may_be_meant(finding: Finding, lines: Sequence[str]) -> bool:
    """Whether the reading that a slip was given is worth proposing: not where a bracket may have been
    meant to close, nor at the end of what is written; a quote is right there too.
    """
    if finding.rule in (OPEN_QUOTE, TEXT_AFTER_BAR, TEXT_AFTER_QUOTE):
        return "[" not in lines[finding.line]
    is_last = not any(line.strip() for line in lines[finding.line + 1 :])
    return "[" not in lines[finding.line] and not is_last and finding.rule is not SPECIAL_START


def _find_lost(lines: Sequence[str], line: int, error: Any) -> range:
    """The lines that cannot be read for the slip on `line`: its entry, and what lies between it and
    where reading stopped.
    """
    stopped = error.problem_mark.line if error.problem_mark is not None else line
    starts = _entry_starts(lines, max(line, stopped))
    lost = _entry_around(lines, line, starts)
    if stopped not in lost and stopped < len(lines) and stopped not in starts:
        inner = _entry_around(lines, stopped, starts)
        lost = range(min(lost.start, inner.start), max(lost.stop, min(inner.stop, stopped + 1)))
    return lost


def _entry_starts(lines: Sequence[str], until: int) -> dict[int, int]:
    """The lines on which entries begin, and how far each is indented: the outermost dashes below a
    field at the left edge.

    All up to the line `until` are found, and the first behind it.
    """
    starts: dict[int, int] = {}
    outermost: int | None = None
    is_list = _is_list(lines)
    for number, line in enumerate(lines):
        if _TOP.match(line) and not is_list:
            outermost = None
        elif line.lstrip().startswith("- ") and (outermost is None or indent_of(line) <= outermost):
            outermost = indent_of(line)
            starts[number] = outermost
            if number > until:
                break
    return starts


def _is_list(lines: Sequence[str]) -> bool:
    """Whether a file is a list of entries, with no field at the left edge above it."""
    filled = (line for line in lines if line.strip() and not line.startswith(("#", "---", "%")))
    return is_item(next(filled, ""))


def _entry_around(lines: Sequence[str], line: int, starts: Mapping[int, int]) -> range:
    """The lines of the entry that `line` stands in; outside a list of entries, the field with all
    below it.
    """
    start = max((number for number in starts if number <= line), default=None)
    if start is not None:
        end = _end_of_entry(lines, start, starts)
        belongs = line == start or indent_of(lines[line]) > starts[start]
        if belongs and line < end:
            return range(start, end)
    indent, end = indent_of(lines[line]), line + 1
    is_list = _is_list(lines)  # there the next entry ends it; else its items are its own
    while (
        end < len(lines) and not _ends_field(lines[end], indent) and not (is_list and end in starts)
    ):
        end += 1
    return range(line, end)


def _ends_field(line: str, indent: int) -> bool:
    """Whether a line begins another field than the one indented by `indent` (its items may line up
    with it).
    """
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
