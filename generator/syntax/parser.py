"""One pass over libyaml's events: data, the place of every key and value, and what YAML would
swallow without a word.
"""

from __future__ import annotations

from sys import intern
from typing import Any

import yaml
from yaml._yaml import CParser

from generator.problems.phrases import shorten
from generator.problems.problem import MOST, Edit, Place, Problem, Related
from generator.problems.rule import Rule
from generator.syntax.encoding import UNSEEN, compose, quote_lines
from generator.syntax.lines import quote_text
from generator.syntax.rules import (
    ALIAS,
    ANCHOR,
    DUPLICATE_KEY,
    INVISIBLE_CHARACTER,
    KEY_NOT_TEXT,
    LOST_FIRST_LINE,
    MERGE_KEY,
    MISSING_KEY,
    SEVERAL_DOCUMENTS,
    TAG,
    TOO_DEEP,
)
from generator.syntax.swallowed_text import Span, may_lose
from generator.syntax.torn.lost_lines import (
    find_commented_start,
    find_ids,
    list_field_names,
    uncomment,
)
from generator.syntax.torn.pasted_into import say_pasted_into, was_cut

Mark = tuple[int, int, int, int, int, int, int, int]
"""Lines and columns, from 0: start and end of the key, start and end of the value. Items of lists
have no key: -1.
"""

Fault = tuple[int, str | int]
"""The id of a container and the key or position in it whose value could not be read."""

MAX_DEPTH = 40
_PAIR = 2
_EMPTY = frozenset({"", "~", "null"})
_DISCARD = object()
_NO_KEY = object()


class Reader:
    """One pass over libyaml's events that builds the data, the places and the problems."""

    def __init__(self, file: str, lines: tuple[str, ...]) -> None:
        self.file = file
        self.lines = lines
        self.data: Any = None
        self.marks: dict[int, dict[str | int, Mark]] = {}
        self.problems: list[Problem] = []
        self.faults: set[Fault] = set()
        self.texts: list[Span] = []
        self.folded: list[Span] = []
        self.blocks: list[Span] = []
        self.incomplete: set[int] = set()
        self.lost_ids: set[str] = set()
        self._notes_texts = False
        self._container: Any = None
        self._stack: list[tuple[Any, Any]] = []
        self._key: Any = None
        self._key_marks: Any = None

    def read(self, text: str) -> None:
        """Fill `data`. Raises yaml.MarkedYAMLError at a slip; all else is noted in `problems`."""
        get_event = CParser(text).get_event
        self._notes_texts = may_lose(text)
        stack, documents = self._stack, 0
        while True:
            if len(self.problems) > MOST:
                return
            event = get_event()
            kind = type(event)
            if kind is yaml.ScalarEvent:
                self._take_scalar(event)
            elif kind is yaml.MappingStartEvent or kind is yaml.SequenceStartEvent:
                if len(stack) > MAX_DEPTH:
                    self._refuse_depth(event)
                    return
                stack.append((self._container, self._key_after()))
                self._open(event, {} if kind is yaml.MappingStartEvent else [])
            elif kind is yaml.MappingEndEvent or kind is yaml.SequenceEndEvent:
                self._container, self._key = stack.pop()
            elif kind is yaml.AliasEvent:
                self._take_alias(event)
            elif kind is yaml.DocumentStartEvent:
                documents += 1
                if documents > 1:
                    self._refuse_document(event)
                    return
            elif kind is yaml.StreamEndEvent:
                return

    def _key_after(self) -> Any:
        """What is expected behind a list or mapping that begins now: where it stands as a key, the
        value to discard.
        """
        is_key = type(self._container) is dict and self._key is _NO_KEY
        return _DISCARD if is_key else _NO_KEY

    def _take_scalar(self, event: Any) -> None:
        text = compose(event.value)
        value: str | None = text
        if self._notes_texts and text:
            self.texts.append(_span_of(event))
        if type(self._container) is dict and self._key is _NO_KEY:
            self._key, self._key_marks = self._take_key(event), (event.start_mark, event.end_mark)
            return
        if event.style == "":
            if value in _EMPTY:
                value = None
            elif event.end_mark.line != event.start_mark.line:
                self.folded.append(_span_of(event))
        elif event.style == ">" and "- " in text:
            self.blocks.append(_span_of(event))
        elif event.style == '"' and UNSEEN.search(text):
            self._say(
                INVISIBLE_CHARACTER,
                event,
                title="this value holds a character that nobody can see, written as a code",
                why=r"Between double quotes, \ starts such a code: \0 or \u200b.",
                fix="Delete the code; or use single quotes, where a backslash is just that.",
            )
            value = UNSEEN.sub(" ", text)
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
            self._key, self._key_marks = (
                self._refuse_key(event),
                (event.start_mark, event.start_mark),
            )
        if event.anchor is not None or event.tag is not None:
            self._refuse_markup(event)
        self._attach(inner, event)
        self._container, self._key = inner, _NO_KEY
        self.marks[id(inner)] = {}

    def _attach(self, value: Any, event: Any) -> None:
        """Put a value where it belongs and note its place."""
        container, start, end = self._container, event.start_mark, event.end_mark
        if type(container) is list:
            self.marks[id(container)][len(container)] = (
                -1,
                -1,
                -1,
                -1,
                start.line,
                start.column,
                end.line,
                end.column,
            )
            container.append(value)
        elif container is None:
            self.data = value
        else:
            if self._key is not _DISCARD:
                first, last = self._key_marks
                self.marks[id(container)][self._key] = (
                    first.line,
                    first.column,
                    last.line,
                    last.column,
                    start.line,
                    start.column,
                    end.line,
                    end.column,
                )
                container[self._key] = value
            self._key = _NO_KEY

    def _take_key(self, event: Any) -> Any:
        """The key that an event stands for; the value behind a faulty one is discarded."""
        key = intern(compose(event.value))  # all entries share the names of their fields
        if event.anchor is not None or event.tag is not None:
            return self._refuse_key(event)
        if key == "<<" and event.style == "":
            self._say(
                MERGE_KEY,
                event,
                title='the key "<<" copies one entry into another',
                why="A strategy says everything where it stands, so that every reader sees the same.",
            )
            return self._discard()
        if key == "":
            self._say(
                MISSING_KEY,
                event,
                title="a colon stands here without a field name before it",
            )
            return self._discard()
        if key in self._container:
            above = self._find_cut_entry(event)
            if above is not None:
                self._say_pasted_into(event, above)
                self._container = above
                return key
            start = self._find_lost_start(event)
            if start is not None:
                self._say_lost_start(event, start)
                self._begin_entry(event)
                return key
            begins_entry = self._begins_entry(key)
            self._refuse_duplicate(event, key)
            if not begins_entry:
                return _DISCARD
            self._begin_entry(event)
        return key

    def _find_cut_entry(self, event: Any) -> Any:
        """The entry above, where the fields from here on seem to be the rest of it: read on as such."""
        entries = self._stack[-1][0]
        if type(entries) is not list or len(entries) < _PAIR:
            return None
        above, line = entries[-2], event.start_mark.line
        return above if was_cut(above, self._container, self.lines, line) else None

    def _say_pasted_into(self, event: Any, above: Any) -> None:
        entries = self._stack[-1][0]
        start = self.marks[id(entries)][len(entries) - 1][4]
        line = event.start_mark.line
        self.problems.append(
            say_pasted_into(self.file, self.lines, line, above, self._container, start)
        )

    def _find_lost_start(self, event: Any) -> int | None:
        """The line (from 0) on which an item without its first line seems to begin: fields that its
        list's item above has already stand below a first line turned into a comment, or several of
        them in a row. None where a field is merely written twice.
        """
        if type(self._stack[-1][0]) is not list or len(self._container) < 2:
            return None
        first, line, column = (
            next(iter(self._container)),
            event.start_mark.line,
            event.start_mark.column,
        )
        if event.value == first or not isinstance(first, str):
            return None
        comment = find_commented_start(self.lines, line, first)
        if comment is not None:
            return comment
        names = list_field_names(self.lines, line, column)
        again = [name for name in names if name in self._container]
        is_item = len(again) > 1 and 2 * len(again) >= len(names) and first not in names
        return line if is_item else None

    def _say_lost_start(self, event: Any, start: int) -> None:
        first = next(iter(self._container))
        is_comment = start != event.start_mark.line
        text = self.lines[start]
        begin = len(text) - len(text.lstrip())
        place = Place(self.file, start + 1, begin + 1, start + 1, len(text.rstrip()) + 1)
        self.lost_ids |= find_ids(text) if is_comment else set()
        self.problems.append(
            LOST_FIRST_LINE.problem(
                place=place,
                title=f'an item seems to begin here without its line "- {first}:"',
                why="Its first line is a comment, so that the lines below it go on with the item above."
                if is_comment
                else "These lines repeat fields of the item above, which would lose them.",
                fix="Take the # away, or put one before every line of the item."
                if is_comment
                else f"Write - {first}: above this line, and what stood behind it.",
                excerpt=quote_lines(self.lines, (place,)),
                is_cause=True,
                proposed=(uncomment(self.file, text, start),) if is_comment else (),
            )
        )

    def _begins_entry(self, key: str) -> bool:
        """Whether a field that is written again is the one its entry begins with: then a dash may
        be missing before it.
        """
        in_list = type(self._stack[-1][0]) is list
        return in_list and len(self._container) > 1 and key == next(iter(self._container))

    def _begin_entry(self, event: Any) -> None:
        """Read on as if the dash were there, in an entry of which nobody knows whether it is whole."""
        inner: dict[str, Any] = {}
        outer, self._container = self._container, self._stack[-1][0]
        self._attach(inner, event)
        self._container = inner
        self.marks[id(inner)] = {}
        self.incomplete |= {id(outer), id(inner)}

    def _refuse_duplicate(self, event: Any, key: str) -> None:
        marks = self.marks[id(self._container)]
        line, column, end_line, end_column = marks[key][:4]
        earlier = Place(self.file, line + 1, column + 1, end_line + 1, end_column + 1)
        place = _place_of(self.file, event)
        why, fix = "Only one may stand.", "Keep the line you want and delete the other."
        if self._begins_entry(key):
            why = "A new entry begins with a dash, and this line has none."
            fix = f"Write - {key}: where a new entry begins. If none does, delete one of the two lines."
        self.problems.append(
            DUPLICATE_KEY.problem(
                place=place,
                title=f'"{shorten(key, 40)}" is written twice in the same entry',
                why=why,
                fix=fix,
                related=(Related(earlier, "first written here"),),
                excerpt=quote_lines(self.lines, (earlier, place)),
            )
        )

    def _refuse_key(self, event: Any) -> Any:
        self._say(
            KEY_NOT_TEXT,
            event,
            title="a mark of YAML's own stands where the name of a field belongs",
        )
        return self._discard()

    def _discard(self) -> Any:
        """The key of a field that cannot be known: what the mapping lacks may be just that."""
        self.incomplete.add(id(self._container))
        return _DISCARD

    def _refuse_markup(self, event: Any) -> None:
        """Anchors, aliases and tags change what a reader would think is written."""
        if self._key is _DISCARD and type(self._container) is dict:
            return  # the key was refused already
        if isinstance(event, yaml.AliasEvent):
            self._say(
                ALIAS,
                event,
                title=f'"*{shorten(event.anchor or "", 40)}" would be replaced by text from elsewhere',
                why="A value that starts with * is a reference in YAML, not text.",
                proposed=self._quote(event),
            )
        elif event.anchor is not None:
            self._say(
                ANCHOR,
                event,
                title=f'"&{shorten(event.anchor or "", 40)}" at the start of a value would be lost',
                why="A value that starts with & is a marker in YAML, not text.",
                proposed=self._quote(event),
            )
        else:
            self._say(
                TAG,
                event,
                title='the word behind "!" at the start of a value would be lost',
                why="A value that starts with ! is an instruction in YAML, not text.",
                proposed=self._quote(event),
            )
        if self._container is not None:
            step = len(self._container) if type(self._container) is list else self._key
            self.faults.add((id(self._container), step))

    def _refuse_depth(self, event: Any) -> None:
        self._say(
            TOO_DEEP,
            event,
            title=f"lists and groups lie more than {MAX_DEPTH} deep in each other here",
            why="No part of a strategy needs that many levels.",
        )
        self.data = None

    def _refuse_document(self, event: Any) -> None:
        self._say(
            SEVERAL_DOCUMENTS,
            event,
            title="a line of three hyphens starts a second document here",
            why="A file of a strategy is read as one piece; what stands below would be lost.",
            fix='Delete the line "---".',
            proposed=self._delete_line(event),
        )

    def _quote(self, event: Any) -> tuple[Edit, ...]:
        """What makes a text of a value that begins with a mark of YAML's own."""
        return tuple(
            Edit(Place(self.file, one.line + 1, one.start + 1, one.line + 1, one.end + 1), one.text)
            for one in quote_text(self.lines, event.start_mark.line, event.start_mark.column)
        )

    def _delete_line(self, event: Any) -> tuple[Edit, ...]:
        """What takes a line of nothing but hyphens away."""
        line = event.start_mark.line
        if line >= len(self.lines) or self.lines[line].strip() != "---":
            return ()
        return (Edit(Place(self.file, line + 1, 1, line + 2, 1), ""),)

    def _say(
        self,
        rule: Rule,
        event: Any,
        *,
        title: str,
        why: str = "",
        fix: str = "",
        proposed: tuple[Edit, ...] = (),
    ) -> None:
        place = _place_of(self.file, event)
        excerpt = quote_lines(self.lines, (place,))
        self.problems.append(
            rule.problem(
                place=place, title=title, why=why, fix=fix, excerpt=excerpt, proposed=proposed
            )
        )


def _span_of(event: Any) -> Span:
    start, end = event.start_mark, event.end_mark
    return (start.line, start.column, end.line, end.column)


def _place_of(file: str, event: Any) -> Place:
    start, end = event.start_mark, event.end_mark
    end_column = (
        end.column if end.line == start.line and end.column > start.column else start.column + 1
    )
    return Place(file, start.line + 1, start.column + 1, start.line + 1, end_column + 1)
