"""YAML text to plain data, with the place of every key and value.

Every scalar is kept as the text the author wrote; what it means is decided by the schema, so that `no`, `010` and
`12:30` stay what they are. Only an empty value, `~` and `null` become None. The reader works on libyaml's events: it is
quicker than PyYAML's own loaders and sees what they drop without a word (duplicate keys, anchors, tags).
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from itertools import islice
from typing import Any

import yaml

from generator.problem import MOST, Edit, Place, Problem, Related, Severity
from generator.reader import Fault, Mark, Reader
from generator.slip import explain_slip, find_lost_comments
from generator.text import clean_text, decode, quote_lines

Route = tuple[str | int, ...]
"""The keys and list positions that lead from the top of a file to a value."""

MAX_BYTES = 2_000_000
_MAX_SLIPS = 25


@dataclass(frozen=True, eq=False)
class Source:
    """One file as read: its lines, its data (mappings, lists, text, None) and where each part stands.

    `unread` means that nothing could be read. `lost_ids` are the ids of entries that could not be read, so that
    references to them are not called broken. `told_lines` are lines of which something was said already.
    """

    file: str
    lines: tuple[str, ...]
    data: Any
    unread: bool = False
    lost_ids: frozenset[str] = frozenset()
    told_lines: frozenset[int] = frozenset()
    _marks: Mapping[int, Mapping[str | int, Mark]] = field(default_factory=dict, repr=False)
    _faults: frozenset[Fault] = frozenset()
    _incomplete: frozenset[int] = frozenset()
    _gaps: frozenset[int] = frozenset()

    def value(self, route: Route) -> Any:
        """The data at `route`, or None where there is none."""
        value = self.data
        for step in route:
            if id(value) not in self._marks or step not in self._marks[id(value)]:
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
        """Where the value at `route` stands; for a mapping, a list or an empty value, where its key stands."""
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
        """Where `wanted` first stands inside the text at `route`: a link in a long text has a line of its own."""
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
        rule: str,
        place: Place,
        title: str,
        why: str = "",
        fix: str = "",
        related: Sequence[Related] = (),
        severity: Severity = Severity.ERROR,
        replace_with: str | None = None,
    ) -> Problem:
        """A problem at `place`, with the author's own lines. `replace_with` is what a machine may put there."""
        edits = () if replace_with is None else (Edit(place, replace_with),)
        here = [place, *(other.place for other in related if other.place.file == self.file)]
        return Problem(rule, severity, place, title, why, fix, tuple(related), quote_lines(self.lines, here), edits)

    @property
    def has_gaps(self) -> bool:
        """Whether some lines could not be read."""
        return bool(self._gaps)

    def may_lack_lines(self, route: Route) -> bool:
        """Whether lines that could not be read may belong to the entry at `route`: they lie between it and the next."""
        if not self._gaps:
            return False
        first = self.key_place(route).line if route else 1
        last = len(self.lines)
        if route and isinstance(route[-1], int):
            following = (*route[:-1], route[-1] + 1)
            last = self.key_place(following).line if self.value(following) is not None else last
        return any(first <= line <= last for line in self._gaps)

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
        value, mark = self.data, None
        for step in route:
            here = self._marks.get(id(value), {}).get(step)
            if here is None:
                break
            mark, value = here, value[step]
        return mark, value

    def _place(self, span: Sequence[int]) -> Place:
        line, column, end_line, end_column = span
        if end_line != line and line < len(self.lines):  # a text over several lines: its first line stands for it
            return Place(self.file, line + 1, column + 1, line + 1, len(self.lines[line].rstrip()) + 1)
        return Place(self.file, line + 1, column + 1, end_line + 1, end_column + 1)


@dataclass(frozen=True)
class Read:
    """What reading one file gave: the source, and every problem met on the way."""

    source: Source
    problems: tuple[Problem, ...]


def read_source(file: str, raw: bytes, max_bytes: int = MAX_BYTES) -> Read:
    """Read one YAML file from its bytes. Never raises for what the bytes hold: faults come back as problems.

    `file` is the name shown to the author; a file of more than `max_bytes` is refused unread.
    """
    nothing = Source(file, (), None, unread=True)
    if len(raw) > max_bytes:
        return Read(
            nothing,
            (
                Problem(
                    "file-too-large",
                    Severity.ERROR,
                    Place(file),
                    f"this file is too large to be read ({len(raw) / 1e6:.1f} MB)",
                    f"A file of a strategy may have up to {max_bytes / 1e6:.1f} MB.",
                    "Move some of its entries into files of their own in the folder strategy.",
                ),
            ),
        )
    text, problem = decode(file, raw)
    if problem is not None or text is None:
        return Read(nothing, (problem,) if problem else ())
    clean = clean_text(file, text)
    reader, slips, lost_ids, gaps = _read_lines(file, clean.lines, clean.readable)
    found = [*clean.problems, *slips, *reader.problems]
    if reader.data is None and not found:
        found.append(
            Problem(
                "empty-file",
                Severity.ERROR,
                Place(file, 1),
                "this file is empty",
                "Every file of a strategy holds at least one entry.",
                "Write an entry into it, or delete the file.",
            )
        )
    found += islice(find_lost_comments(file, clean.lines, reader.plain), MOST + 1)
    found = _join_tabs(found)
    source = Source(
        file,
        clean.lines,
        reader.data,
        unread=reader.data is None,
        lost_ids=lost_ids,
        told_lines=frozenset(problem.place.line for problem in clean.problems),
        _marks=reader.marks,
        _faults=frozenset(reader.faults),
        _incomplete=frozenset(reader.incomplete),
        _gaps=gaps,
    )
    return Read(source, tuple(sorted(found, key=lambda problem: problem.order)))


def _join_tabs(problems: list[Problem]) -> list[Problem]:
    """A file indented with tabs throughout has one fault, not one a line."""
    tabs = [problem for problem in problems if problem.rule == "tab-indentation"]
    if len(tabs) < 2:
        return problems
    fix = f"Replace the tabs by spaces, here and in {len(tabs) - 1} more places, as many as the lines beside them have."
    first = replace(tabs[0], fix=fix, edits=tuple(edit for problem in tabs for edit in problem.edits))
    return [first, *(problem for problem in problems if problem.rule != "tab-indentation")]


def _read_lines(
    file: str, lines: tuple[str, ...], readable: list[str]
) -> tuple[Reader, list[Problem], frozenset[str], frozenset[int]]:
    """Read the lines; where one cannot be read, say why, leave its entry out, and read on without it."""
    slips: list[Problem] = []
    lost_ids: set[str] = set()
    gaps: set[int] = set()
    while True:
        reader = Reader(file, lines)
        try:
            reader.read("\n".join(readable))
        except yaml.MarkedYAMLError as error:
            slip = explain_slip(file, lines, readable, error)
            slips.append(slip.problem)
            lost_ids |= slip.lost_ids
            gaps.update(number + 1 for number in slip.lost_lines)
            for number in slip.lost_lines:
                readable[number] = ""
            if len(slips) < _MAX_SLIPS and any(line.strip() for line in readable):
                continue
            reader = Reader(file, lines)
        return reader, slips, frozenset(lost_ids), frozenset(gaps)
