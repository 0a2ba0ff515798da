"""YAML text to plain data, with the place of every key and value.

Every scalar is kept as the text the author wrote; what it means is decided by the schema, so that
`no`, `010` and `12:30` stay what they are. Only an empty value, `~` and `null` become None. The
reader works on libyaml's events: it is quicker than PyYAML's own loaders and sees what they drop
without a word (duplicate keys, anchors, tags).
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import cached_property
from itertools import islice
from types import MappingProxyType
from typing import Any, NamedTuple

import yaml

from generator.problems.problem import MOST, Edit, Place, Problem, Related, Severity
from generator.problems.rule import Rule
from generator.syntax.encoding import clean_text, decode, quote_lines
from generator.syntax.parser import Fault, Mark, Reader
from generator.syntax.recovery import explain_slip
from generator.syntax.rules import (
    EMPTY_FILE,
    FILE_TOO_LARGE,
    INVISIBLE_CHARACTER,
    NON_BREAKING_SPACE,
    TAB_INDENTATION,
    UNREADABLE_YAML,
)
from generator.syntax.swallowed_text import find_folded_items, find_lost_text, find_swallowed
from generator.syntax.torn.lost_lines import is_closed
from generator.syntax.torn.outline import Outline
from generator.syntax.torn.plain_values import say_plainly

Route = tuple[str | int, ...]
"""The keys and list positions that lead from the top of a file to a value."""

MAX_BYTES = 2_000_000
_MAX_SLIPS = 25
_PASTED = frozenset({TAB_INDENTATION.id, INVISIBLE_CHARACTER.id, NON_BREAKING_SPACE.id})
_LINES_NAMED = 6
_FEW_LINES = 400
_CONTENT = re.compile(r"\s*[^\s#]")


class _Content(NamedTuple):
    """The lines of a file, what they say, and where."""

    lines: tuple[str, ...] = ()
    data: Any = None
    marks: Mapping[int, Mapping[str | int, Mark]] = MappingProxyType({})


@dataclass(frozen=True, eq=False)
class Document:
    """One file as read: its lines, its data (mappings, lists, text, None) and where each part
    stands.

    `unread` means that nothing could be read. `lost_ids` are the ids of entries that could not be
    read, so that references to them are not called broken. `told_lines` are lines of which
    something was said already.
    """

    file: str
    unread: bool = False
    lost_ids: frozenset[str] = frozenset()
    told_lines: frozenset[int] = frozenset()
    _held: _Content | bytes = field(default_factory=_Content, repr=False)
    _faults: frozenset[Fault] = frozenset()
    _incomplete: frozenset[int] = frozenset()
    _gaps: frozenset[int] = frozenset()

    @property
    def lines(self) -> tuple[str, ...]:
        """The author's own lines."""
        return self._content.lines

    @property
    def data(self) -> Any:
        """What is written in the file."""
        return self._content.data

    @property
    def _marks(self) -> Mapping[int, Mapping[str | int, Mark]]:
        """Where each key and item of a mapping or list stands, by the identity of the mapping or
        list.
        """
        return self._content.marks

    @cached_property
    def _content(self) -> _Content:
        if isinstance(self._held, _Content):
            return self._held
        text, _ = decode(self.file, self._held)
        clean = clean_text(self.file, text or "")
        reader = Reader(self.file, clean.lines)
        reader.read("\n".join(clean.readable))
        return _Content(clean.lines, reader.data, reader.marks)

    @property
    def is_flawless(self) -> bool:
        """Whether nothing was in the way of reading it."""
        return not (
            self.unread or self.told_lines or self._faults or self._incomplete or self._gaps
        )

    @property
    def is_short(self) -> bool:
        """Whether its lines are read in some ten milliseconds."""
        return len(self.lines) <= _FEW_LINES

    def value(self, route: Route) -> Any:
        """The data at `route`, or None where there is none."""
        value, marks = self.data, self._marks
        for step in route:
            if id(value) not in marks or step not in marks[id(value)]:
                return None
            value = value[step]
        return value

    def has(self, route: Route) -> bool:
        """Whether something is written at `route`, be it a name with nothing behind its colon."""
        outer = self.value(route[:-1]) if len(route) > 1 else self.data
        return route[-1] in self._marks.get(id(outer), {})

    def is_inline(self, route: Route) -> bool:
        """Whether the field at `route` stands in braces, beside others on its line."""
        place = self.key_place(route)
        before = self.lines[place.line - 1][: place.column - 1].rstrip()
        return before.endswith(("{", ","))

    def value_place(self, route: Route) -> Place:
        """Where the value at `route` stands; of a mapping, a list or nothing, its key."""
        mark, value = self._find(route)
        if mark is None:
            return Place(self.file, 1, 1, 1, 1)
        has_key = mark[0] >= 0
        if has_key and (isinstance(value, dict | list) or mark[4:6] == mark[6:8]):
            return self._place(mark[0:4])
        return self._place(mark[4:8])

    def key_place(self, route: Route) -> Place:
        """Where the key at the end of `route` stands; for an item of a list, where the item begins."""
        mark, _ = self._find(route)
        if mark is None:
            return Place(self.file, 1, 1, 1, 1)
        return self._place(mark[0:4] if mark[0] >= 0 else mark[4:8])

    def text_place(self, route: Route, wanted: str) -> Place:
        """Where `wanted` first stands inside the text at `route`: a link in a long text has a line
        of its own.
        """
        mark, _ = self._find(route)
        if mark is not None:
            for number in range(mark[4], min(mark[6] + 1, len(self.lines))):
                column = self.lines[number].find(wanted, mark[5] if number == mark[4] else 0) + 1
                if column:
                    return Place(self.file, number + 1, column, number + 1, column + len(wanted))
        return self.value_place(route)

    def written(self, route: Route) -> str | None:
        """The value at `route` as the author wrote it, where it is a text on one line."""
        mark, value = self._find(route)
        return value if mark is not None and isinstance(value, str) and "\n" not in value else None

    def problem(
        self,
        rule: Rule,
        *,
        place: Place,
        title: str,
        why: str = "",
        fix: str = "",
        related: Sequence[Related] = (),
        severity: Severity | None = None,
        replace_with: str | None = None,
        edits: tuple[Edit, ...] = (),
        certain: bool = True,
        entry: str = "",
        is_cause: bool = False,
        renamed_to: str = "",
    ) -> Problem:
        """What breaks a rule at `place`, with the author's own lines. `replace_with` is what would
        stand there instead, `edits` are what else would mend it: a machine may write them where that
        is `certain`. The rest is as in `Rule.problem`.
        """
        if replace_with is not None and place.line not in self.told_lines:
            edits = (*edits, Edit(place, replace_with))
        return rule.problem(
            place=place,
            title=title,
            why=why,
            fix=fix,
            related=tuple(related),
            excerpt=self.quote([place, *(other.place for other in related)]),
            edits=edits if certain else (),
            severity=severity,
            entry=entry,
            is_cause=is_cause,
            proposed=() if certain else edits,
            renamed_to=renamed_to,
        )

    def quote(self, places: Sequence[Place]) -> tuple[tuple[int, str], ...]:
        """The author's own lines around those of these places that lie in this file, with their
        numbers.
        """
        return quote_lines(self.lines, [place for place in places if place.file == self.file])

    @property
    def is_unended(self) -> bool:
        """Whether the last line has no line end. Many editors leave it out; so does whatever cuts a
        file off.
        """
        return bool(self.lines) and self.lines[-1] != "" and not is_closed(self.lines)

    @property
    def last_line(self) -> int:
        """The last line that holds more than a comment, or 0."""
        filled = (
            number
            for number in range(len(self.lines), 0, -1)
            if _CONTENT.match(self.lines[number - 1])
        )
        return next(filled, 0)

    def end_place(self, route: Route) -> Place:
        """The place behind the last character of the value at `route`: where what comes next would
        be written.
        """
        value = self.value(route)
        while isinstance(value, dict | list) and value:
            step: Any = next(reversed(value)) if isinstance(value, dict) else len(value) - 1
            route, value = (*route, step), value[step]
        mark, _ = self._find(route)
        if mark is None:
            return Place(self.file, 1, 1, 1, 1)
        # a text under a bar ends at the start of the line behind it and the blank ones
        last = min(
            mark[6] - 1 if mark[7] == 0 and mark[6] > mark[4] else mark[6], len(self.lines) - 1
        )
        while last > mark[4] and not self.lines[last].strip():
            last -= 1
        column = len(self.lines[last].rstrip()) + 1
        return Place(self.file, last + 1, column, last + 1, column)

    def removal(self, route: Route) -> tuple[Edit, ...]:
        """What takes the value at `route` away with its key or dash: its whole lines, or, in brackets
        behind another item, it and the comma before it. Nothing where that is not so simple.
        """
        start = self.key_place(route)
        before = self.lines[start.line - 1][: start.column - 1]
        last = self.end_place(route).line
        if re.fullmatch(r"\s*(- *)?", before) and (isinstance(route[-1], int) == ("-" in before)):
            return (Edit(Place(self.file, start.line, 1, last + 1, 1), ""),)
        comma = re.search(r",\s*$", before)
        if comma and isinstance(route[-1], int) and last == start.line:
            end = self.value_place(route).end_column
            return (Edit(Place(self.file, start.line, comma.start() + 1, last, end), ""),)
        return ()

    @property
    def gaps(self) -> frozenset[int]:
        """The lines that could not be read."""
        return self._gaps

    @property
    def has_gaps(self) -> bool:
        """Whether some lines could not be read."""
        return bool(self._gaps)

    def may_lack_lines(self, route: Route) -> bool:
        """Whether lines that could not be read may belong to the entry at `route`: they lie between
        it and the next.
        """
        if not self._gaps:
            return False
        first = self.key_place(route).line if route else 1
        last = len(self.lines)
        if route and isinstance(route[-1], int):
            following = (*route[:-1], route[-1] + 1)
            last = self.key_place(following).line if self.value(following) is not None else last
        return any(first <= line <= last for line in self._gaps)

    def is_told(self, route: Route) -> bool:
        """Whether something was said of the line on which the value at `route` stands, when it was
        read.
        """
        return self.value_place(route).line in self.told_lines

    def is_incomplete(self, route: Route) -> bool:
        """Whether a field of the mapping at `route` could not be read, not even its name."""
        return id(self.value(route)) in self._incomplete

    def is_faulty(self, route: Route) -> bool:
        """Whether the value at `route`, or anything around it, could not be read."""
        value = self.data
        for step in route:
            if (id(value), step) in self._faults:
                return True
            if id(value) not in self._marks or step not in self._marks[id(value)]:
                return False
            value = value[step]
        return False

    def _find(self, route: Route) -> tuple[Mark | None, Any]:
        content = self._content
        value, marks, mark = content.data, content.marks, None
        for step in route:
            here = marks.get(id(value), {}).get(step)
            if here is None:
                break
            mark, value = here, value[step]
        return mark, value

    def _place(self, span: Sequence[int]) -> Place:
        line, column, end_line, end_column = span
        if end_line != line and line < len(
            self.lines
        ):  # a text over several lines: its first line stands for it
            return Place(
                self.file, line + 1, column + 1, line + 1, len(self.lines[line].rstrip()) + 1
            )
        return Place(self.file, line + 1, column + 1, end_line + 1, end_column + 1)


class Read(NamedTuple):
    """What reading one file gave: the document, and every problem met on the way."""

    document: Document
    problems: tuple[Problem, ...]


def read_document(
    file: str, raw: bytes, max_bytes: int = MAX_BYTES, outline: Outline | None = None
) -> Read:
    """Read one YAML file from its bytes. Never raises for what the bytes hold: faults come back as
    problems.

    `file` is the name shown to the author; a file of more than `max_bytes` is refused unread.
    The `outline` says what may stand in it: which reading of torn lines was meant.
    """
    nothing = Document(file, unread=True)
    if len(raw) > max_bytes:
        return Read(
            nothing,
            (
                FILE_TOO_LARGE.problem(
                    place=Place(file),
                    title=f"this file is too large to be read ({len(raw) / 1e6:.1f} MB)",
                    why=f"A file of a strategy may have up to {max_bytes / 1e6:.1f} MB.",
                ),
            ),
        )
    text, problem = decode(file, raw)
    if problem is not None or text is None:
        return Read(nothing, (problem,) if problem else ())
    clean = clean_text(file, text)
    passed = _read_lines(file, clean.lines, clean.readable, outline)
    reader = passed.reader
    found = [*clean.problems, *passed.slips, *reader.problems]
    found += islice(find_lost_text(file, clean.readable, reader.texts), MOST + 1)
    found += islice(find_swallowed(file, clean.readable, reader.folded, outline), MOST + 1)
    found += islice(find_folded_items(file, clean.readable, reader.blocks, outline), MOST + 1)
    if reader.data is None and not found:
        found.append(EMPTY_FILE.problem(place=Place(file, 1), title="this file is empty"))
    found = say_plainly(found, clean.lines, outline)
    document = Document(
        file,
        unread=reader.data is None,
        lost_ids=frozenset(passed.lost_ids | reader.lost_ids),
        told_lines=frozenset(passed.mended.union(*(lines_of(problem) for problem in found))),
        _held=_Content(clean.lines, reader.data, reader.marks),
        _faults=frozenset(reader.faults),
        _incomplete=frozenset(reader.incomplete),
        _gaps=frozenset(passed.gaps),
    )
    return Read(document, tuple(sorted(_join_pasted(found), key=lambda problem: problem.order)))


def reopen_document(file: str, raw: bytes) -> Document:
    """A file that was read before without a fault, as its bytes only: they are read again when
    somebody asks what stands in it, and where.

    What it says, and where, takes many times the room, and few files are asked about again.
    """
    return Document(file, _held=raw)


def lines_of(problem: Problem) -> set[int]:
    """The lines that a problem speaks of."""
    return {
        problem.place.line,
        *(other.place.line for other in problem.related),
        *(edit.place.line for edit in problem.edits),
    }


def _join_pasted(problems: Sequence[Problem]) -> list[Problem]:
    """What is wrong in the same way on many lines of a file (its tabs, its non-breaking spaces) has
    one cause.
    """
    first: dict[tuple[str, str], Problem] = {}
    joined: list[Problem] = []
    lines: dict[tuple[str, str], list[int]] = {}
    for problem in sorted(problems, key=lambda problem: problem.order):
        key = (problem.rule, problem.title)
        if problem.rule not in _PASTED or key not in first:
            first[key] = problem
            joined.append(problem)
        else:
            lines.setdefault(key, []).append(problem.place.line)
            joined[joined.index(first[key])] = first[key] = replace(
                first[key], edits=first[key].edits + problem.edits
            )
    return [
        _say_likewise(problem, lines.get((problem.rule, problem.title), ())) for problem in joined
    ]


def _say_likewise(problem: Problem, lines: Sequence[int]) -> Problem:
    if not lines:
        return problem
    shown = ", ".join(str(line) for line in lines[:_LINES_NAMED]) + (
        " …" if len(lines) > _LINES_NAMED else ""
    )
    where = f"line {shown}" if len(lines) == 1 else f"{len(lines)} more lines: {shown}"
    return replace(problem, fix=f"{problem.fix} Likewise in {where}")


@dataclass
class _Passed:
    """How a file was read: what with, which slips were in the way, what is lost for them and what
    was read as meant.
    """

    reader: Reader
    slips: list[Problem] = field(default_factory=list)
    lost_ids: set[str] = field(default_factory=set)
    gaps: set[int] = field(default_factory=set)
    mended: set[int] = field(default_factory=set)


def _read_lines(
    file: str, lines: tuple[str, ...], readable: list[str], outline: Outline | None
) -> _Passed:
    """Read the lines. At a slip say why, and read on: with the slip mended where it may be, else
    without its entry.
    """
    passed = _Passed(Reader(file, lines))
    guessed: set[int] = set()
    while True:
        try:
            passed.reader.read("\n".join(readable))
        except yaml.MarkedYAMLError as error:
            passed.reader = Reader(file, lines)
            slip = explain_slip(file, lines, readable, error, outline)
            lost = set(slip.lost_lines)
            passed.lost_ids |= slip.ids
            is_echo = bool(lost & guessed) or slip.problem.place.line in passed.mended
            if not is_echo:
                passed.slips.append(slip.problem)
            if len(passed.slips) >= _MAX_SLIPS:
                passed.slips.append(_say_stopped(file, lines, slip.problem.place.line))
                return passed
            if (
                slip.mended
                and not is_echo
                and not {number + 1 for number in slip.mended} & passed.mended
            ):
                for number, text in slip.mended.items():
                    readable[number] = text
                passed.mended.update(number + 1 for number in slip.mended)
                if slip.certain:
                    continue
                guessed |= lost
            else:
                for number in lost:
                    readable[number] = ""
                guessed -= lost
            passed.gaps.update(number + 1 for number in lost)
            if any(line.strip() for line in readable):
                continue
        return passed


def _say_stopped(file: str, lines: Sequence[str], line: int) -> Problem:
    rest = sum(bool(text.strip()) for text in lines[line:])
    return UNREADABLE_YAML.problem(
        place=Place(file, line + 1, 1, line + 1, 1),
        title=f"reading ends here, after {_MAX_SLIPS} slips",
        why=f"{rest} more lines below were not looked at.",
    )
