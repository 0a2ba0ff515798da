"""YAML text to plain data, with the place of every key and value.

Every scalar is kept as the text the author wrote; what it means is decided by the schema, so that `no`, `010` and
`12:30` stay what they are. Only an empty value, `~` and `null` become None. The reader works on libyaml's events: it is
quicker than PyYAML's own loaders and sees what they drop without a word (duplicate keys, anchors, tags).
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

import yaml
from yaml._yaml import CParser

from generator.problem import Place, Problem, Related, Severity
from generator.slip import explain_slip, find_lost_comments
from generator.text import clean_text, decode, quote_lines

Route = tuple[str | int, ...]
"""The keys and list positions that lead from the top of a file to a value."""

_Mark = tuple[int, int, int, int, int, int, int, int]
"""Lines and columns, from 0: start and end of the key, start and end of the value. Items of lists have no key: -1."""

_Fault = tuple[int, str | int]
"""The id of a container and the key or position in it whose value could not be read."""

MAX_BYTES = 2_000_000
MAX_DEPTH = 40
_MAX_SLIPS = 25
_EMPTY = frozenset({"", "~", "null"})
_DISCARD = object()
_NO_KEY = object()


@dataclass(frozen=True, eq=False)
class Source:
    """One file as read: its lines, its data (mappings, lists, text, None) and where each part stands.

    `unread` means that nothing could be read. `lost_ids` are the ids of entries that could not be read, so that
    references to them are not called broken.
    """

    file: str
    lines: tuple[str, ...]
    data: Any
    unread: bool = False
    lost_ids: frozenset[str] = frozenset()
    _marks: Mapping[int, Mapping[str | int, _Mark]] = field(default_factory=dict, repr=False)
    _faults: frozenset[_Fault] = frozenset()

    def value(self, route: Route) -> Any:
        """The data at `route`, or None where there is none."""
        value = self.data
        for step in route:
            if id(value) not in self._marks or step not in self._marks[id(value)]:
                return None
            value = value[step]
        return value

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
    ) -> Problem:
        """A problem at `place`, with the author's own lines."""
        here = [place, *(other.place for other in related if other.place.file == self.file)]
        return Problem(rule, severity, place, title, why, fix, tuple(related), quote_lines(self.lines, here))

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

    def _find(self, route: Route) -> tuple[_Mark | None, Any]:
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
        return Read(nothing, (Problem(
            "file-too-large", Severity.ERROR, Place(file), f"this file is too large to be read ({len(raw) / 1e6:.1f} MB)",
            f"A file of a strategy may have up to {max_bytes / 1e6:.1f} MB.",
            "Move some of its entries into files of their own in the folder strategy."),))
    text, problem = decode(file, raw)
    if problem is not None or text is None:
        return Read(nothing, (problem,) if problem else ())
    clean = clean_text(file, text)
    reader, slips, lost_ids = _read_lines(file, clean.lines, clean.readable)
    found = [*clean.problems, *slips, *reader.problems]
    if reader.data is None and not found:
        found.append(Problem(
            "empty-file", Severity.ERROR, Place(file, 1), "this file is empty",
            "Every file of a strategy holds at least one entry.", "Write an entry into it, or delete the file."))
    found += find_lost_comments(file, clean.lines, reader.plain)
    source = Source(file, clean.lines, reader.data, reader.data is None, lost_ids, reader.marks, frozenset(reader.faults))
    return Read(source, tuple(sorted(found, key=lambda problem: problem.order)))


def _read_lines(file: str, lines: tuple[str, ...], readable: list[str]) -> tuple[_Reader, list[Problem], frozenset[str]]:
    """Read the lines; where one cannot be read, say why, leave its entry out, and read on without it."""
    slips: list[Problem] = []
    lost_ids: set[str] = set()
    while True:
        reader = _Reader(file, lines)
        try:
            reader.read("\n".join(readable))
        except yaml.MarkedYAMLError as error:
            slip = explain_slip(file, lines, readable, error)
            slips.append(slip.problem)
            lost_ids |= slip.lost_ids
            for number in slip.lost_lines:
                readable[number] = ""
            if len(slips) < _MAX_SLIPS and any(line.strip() for line in readable):
                continue
            reader = _Reader(file, lines)
        return reader, slips, frozenset(lost_ids)


class _Reader:
    """One pass over libyaml's events that builds the data, the places and the problems."""

    def __init__(self, file: str, lines: tuple[str, ...]) -> None:
        self.file = file
        self.lines = lines
        self.data: Any = None
        self.marks: dict[int, dict[str | int, _Mark]] = {}
        self.problems: list[Problem] = []
        self.faults: set[_Fault] = set()
        self.plain: list[tuple[int, int]] = []
        self._has_hash = any(" #" in line for line in lines)
        self._container: Any = None
        self._key: Any = None
        self._key_marks: Any = None

    def read(self, text: str) -> None:
        """Fill `data`. Raises yaml.MarkedYAMLError at a slip; all else is noted in `problems`."""
        get_event = CParser(text).get_event
        stack: list[Any] = []
        documents = 0
        while True:
            event = get_event()
            kind = type(event)
            if kind is yaml.ScalarEvent:
                self._take_scalar(event)
            elif kind is yaml.MappingStartEvent or kind is yaml.SequenceStartEvent:
                if len(stack) > MAX_DEPTH:
                    self._refuse_depth(event)
                    return
                stack.append(self._container)
                self._open(event, {} if kind is yaml.MappingStartEvent else [])
            elif kind is yaml.MappingEndEvent or kind is yaml.SequenceEndEvent:
                self._container = stack.pop()
                self._key = _NO_KEY
            elif kind is yaml.AliasEvent:
                self._take_alias(event)
            elif kind is yaml.DocumentStartEvent:
                documents += 1
                if documents > 1:
                    self._refuse_document(event)
                    return
            elif kind is yaml.StreamEndEvent:
                return

    def _take_scalar(self, event: Any) -> None:
        value = event.value
        if type(self._container) is dict and self._key is _NO_KEY:
            self._key, self._key_marks = self._take_key(event), (event.start_mark, event.end_mark)
            return
        if event.style == "":
            if value in _EMPTY:
                value = None
            elif self._has_hash:
                self.plain.append((event.end_mark.line, event.end_mark.column))
        if event.anchor is not None or event.tag is not None:
            self._refuse_markup(event)
            value = None
        self._attach(value, event)

    def _take_alias(self, event: Any) -> None:
        if type(self._container) is dict and self._key is _NO_KEY:
            self._key, self._key_marks = self._refuse_key(event), (event.start_mark, event.end_mark)
            return
        self._refuse_markup(event)
        self._attach(None, event)

    def _open(self, event: Any, inner: Any) -> None:
        if type(self._container) is dict and self._key is _NO_KEY:
            self._key, self._key_marks = self._refuse_key(event), (event.start_mark, event.start_mark)
        if event.anchor is not None or event.tag is not None:
            self._refuse_markup(event)
        self._attach(inner, event)
        self._container, self._key = inner, _NO_KEY
        self.marks[id(inner)] = {}

    def _attach(self, value: Any, event: Any) -> None:
        """Put a value where it belongs and note its place."""
        container, start, end = self._container, event.start_mark, event.end_mark
        if type(container) is list:
            self.marks[id(container)][len(container)] = (-1, -1, -1, -1, start.line, start.column, end.line, end.column)
            container.append(value)
        elif container is None:
            self.data = value
        else:
            if self._key is not _DISCARD:
                first, last = self._key_marks
                self.marks[id(container)][self._key] = (
                    first.line, first.column, last.line, last.column, start.line, start.column, end.line, end.column)
                container[self._key] = value
            self._key = _NO_KEY

    def _take_key(self, event: Any) -> Any:
        """The key that an event stands for; the value behind a faulty one is discarded."""
        key = event.value
        if event.anchor is not None or event.tag is not None:
            return self._refuse_key(event)
        if key == "<<" and event.style == "":
            self._say("merge-key", event, 'the key "<<" copies one entry into another',
                      "A strategy says everything where it stands, so that every reader sees the same.",
                      "Write the fields out.")
            return _DISCARD
        if key == "":
            self._say("missing-key", event, "a colon stands here without a field name before it",
                      "Every value needs the name of its field.",
                      "Write the field's name before the colon, or delete the line.")
            return _DISCARD
        if key in self._container:
            self._refuse_duplicate(event, key)
            return _DISCARD
        return key

    def _refuse_duplicate(self, event: Any, key: str) -> None:
        line, column, end_line, end_column = self.marks[id(self._container)][key][:4]
        earlier = Place(self.file, line + 1, column + 1, end_line + 1, end_column + 1)
        place = _place_of(self.file, event)
        self.problems.append(Problem(
            "duplicate-key", Severity.ERROR, place, f'"{_shorten(key)}" is written twice in the same entry',
            "Only one may stand.", "Keep the line you want and delete the other.",
            (Related(earlier, "first written here"),), quote_lines(self.lines, (earlier, place))))

    def _refuse_key(self, event: Any) -> Any:
        self._say("key-not-text", event, "a mark of YAML's own stands where the name of a field belongs",
                  "At the start of a line or value, { [ * & and ! mean something else in YAML.",
                  "If it is text, put the whole text in double quotes.")
        return _DISCARD

    def _refuse_markup(self, event: Any) -> None:
        """Anchors, aliases and tags change what a reader would think is written."""
        if isinstance(event, yaml.AliasEvent):
            self._say("alias", event, f'"*{_shorten(event.anchor)}" would be replaced by text from elsewhere',
                      "A value that starts with * is a reference in YAML, not text.",
                      "If it is text, put it in double quotes. If it is a reference, write the text out.")
        elif event.anchor is not None:
            self._say("anchor", event, f'"&{_shorten(event.anchor)}" at the start of a value would be lost',
                      "A value that starts with & is a marker in YAML, not text.",
                      "Put the whole value in double quotes.")
        else:
            self._say("tag", event, 'the word behind "!" at the start of a value would be lost',
                      "A value that starts with ! is an instruction in YAML, not text.",
                      "Put the whole value in double quotes.")
        if self._container is not None:
            step = len(self._container) if type(self._container) is list else self._key
            self.faults.add((id(self._container), step))

    def _refuse_depth(self, event: Any) -> None:
        self._say("too-deep", event, f"lists and groups lie more than {MAX_DEPTH} deep in each other here",
                  "No part of a strategy needs that many levels.",
                  "Check the brackets and the indentation on this line.")
        self.data = None

    def _refuse_document(self, event: Any) -> None:
        self._say("several-documents", event, "a line of three hyphens starts a second document here",
                  "A file of a strategy is read as one piece; what stands below would be lost.",
                  'Delete the line "---".')

    def _say(self, rule: str, event: Any, title: str, why: str, fix: str) -> None:
        place = _place_of(self.file, event)
        excerpt = quote_lines(self.lines, (place,))
        self.problems.append(Problem(rule, Severity.ERROR, place, title, why, fix, excerpt=excerpt))


def _shorten(text: str) -> str:
    return text if len(text) <= 40 else text[:39] + "…"


def _place_of(file: str, event: Any) -> Place:
    start, end = event.start_mark, event.end_mark
    end_column = end.column if end.line == start.line and end.column > start.column else start.column + 1
    return Place(file, start.line + 1, start.column + 1, start.line + 1, end_column + 1)
