"""How a sound YAML file is laid out: for every value where its text begins and ends and how it is
written, so that a change of it can leave all other letters alone.

`read_document` says what is written, and reads on over slips; a layout is for files without them.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any, Literal

import yaml
from yaml._yaml import CParser

from generator.syntax.encoding import UNSEEN

LINE = re.compile(r"[^\r\n]*(?:\r\n|\r|\n)|[^\r\n]+\Z")
"""A line with its end; other characters that some call line ends are text here, as in editors."""

Step = str | int


class LayoutError(ValueError):
    """The text has no layout that could be changed safely. The message is one line."""


@dataclass(eq=False, slots=True)
class Node:
    """A value as it is written. `start` and `end` are offsets in the text of the file.

    `form` is `group`, `list` or `text`; a value that is not there (`key:`) is an empty text.
    `style` of a group or list is `block` or `flow`, of a text what it begins with: nothing, a quote,
    `|` or `>`. `inner` holds the values of a group by key, of a list by position; `keys` where the
    keys of a group stand. A group or list in block style ends with its last value.
    """

    form: Literal["group", "list", "text"]
    style: str
    start: int
    end: int
    value: str = ""
    inner: dict[Step, Node] = field(default_factory=dict)
    keys: dict[Step, tuple[int, int]] = field(default_factory=dict)

    @property
    def is_empty(self) -> bool:
        """Whether nothing at all is written where a value belongs."""
        return self.form == "text" and self.start == self.end


@dataclass(frozen=True, eq=False)
class Layout:
    """The text of one file, with the node that holds everything in it."""

    text: str
    root: Node
    starts: tuple[int, ...]

    def find(self, route: tuple[Step, ...]) -> Node | None:
        """The node at the end of a route, or None."""
        node: Node | None = self.root
        for step in route:
            node = node.inner.get(step) if node is not None else None
        return node

    def column(self, offset: int) -> int:
        """How many characters of its line stand before an offset."""
        return offset - self.line_start(offset)

    def line_start(self, offset: int) -> int:
        """Where the line of an offset begins."""
        end = max(self.text.rfind("\n", 0, offset), self.text.rfind("\r", 0, offset))
        return end + 1

    def line_end(self, offset: int) -> int:
        """Where the line of an offset ends, before its line end."""
        found = re.compile(r"[\r\n]|\Z").search(self.text, offset)
        return found.start() if found else len(self.text)

    def next_line(self, offset: int) -> int:
        """Where the line behind that of an offset begins; the end of the text where there is none."""
        end = self.line_end(offset)
        return end + (2 if self.text.startswith("\r\n", end) else 1 if end < len(self.text) else 0)

    @property
    def line_break(self) -> str:
        """The line end that most lines of the file have."""
        pairs = self.text.count("\r\n")
        return "\r\n" if pairs * 2 > self.text.count("\n") else "\n"


def read_layout(text: str) -> Layout:
    """The layout of a file, from its text without a byte-order mark.

    Raises LayoutError where it is no sound YAML, or makes use of what a strategy does not: anchors,
    tags, several documents, keys that are no text or written twice.
    """
    lines = LINE.findall(text)
    starts = [0]
    for line in lines:
        starts.append(starts[-1] + len(line))
    bare = "\n".join(line.rstrip("\r\n") for line in lines)
    plain = UNSEEN.sub(" ", bare) + ("\n" if text.endswith(("\n", "\r")) else "")
    try:
        root = _Reader(text, starts).read(plain)
    except yaml.YAMLError as error:
        raise LayoutError("the file cannot be read as it stands") from error
    return Layout(text, root, tuple(starts))


def iterate_nodes(node: Node) -> Iterator[Node]:
    """A node and all in it."""
    yield node
    for inner in node.inner.values():
        yield from iterate_nodes(inner)


class _Reader:
    """libyaml's events as nodes."""

    def __init__(self, text: str, starts: list[int]) -> None:
        self._text, self._starts = text, starts

    def read(self, plain: str) -> Node:
        get_event = CParser(plain).get_event
        stack: list[tuple[Node, Any]] = []
        root: Node | None = None
        key: Any = None
        documents = 0
        while type(event := get_event()) is not yaml.StreamEndEvent:
            if isinstance(event, yaml.DocumentStartEvent):
                documents += 1
            if documents > 1 or getattr(event, "anchor", None) or getattr(event, "tag", None):
                raise LayoutError("the file uses marks of YAML that a strategy has no use for")
            if isinstance(event, yaml.CollectionEndEvent):
                self._close(stack[-1][0], event)
                key = stack.pop()[1]
                continue
            if not isinstance(event, yaml.ScalarEvent | yaml.CollectionStartEvent):
                continue
            outer = stack[-1][0] if stack else None
            if outer is not None and outer.form == "group" and key is None:
                key = self._take_key(outer, event)
                continue
            node = self._begin(event)
            if outer is None:
                root = node
            else:
                outer.inner[len(outer.inner) if key is None else key] = node
            if isinstance(event, yaml.CollectionStartEvent):
                stack.append((node, None))
            key = None
        if root is None:
            raise LayoutError("the file is empty")
        return root

    def _take_key(self, outer: Node, event: Any) -> str:
        if not isinstance(event, yaml.ScalarEvent) or event.value in outer.inner:
            raise LayoutError("a field is written twice, or its name is no text")
        outer.keys[event.value] = (self._offset(event.start_mark), self._offset(event.end_mark))
        return str(event.value)

    def _begin(self, event: Any) -> Node:
        start, end = self._offset(event.start_mark), self._offset(event.end_mark)
        if isinstance(event, yaml.ScalarEvent):
            if event.style in ("|", ">"):
                end = start + len(self._text[start:end].rstrip())
            return Node("text", event.style or "", start, end, event.value)
        form: Literal["group", "list"] = (
            "group" if isinstance(event, yaml.MappingStartEvent) else "list"
        )
        return Node(form, "flow" if event.flow_style else "block", start, end)

    def _close(self, node: Node, event: Any) -> None:
        if node.style == "flow":
            node.end = self._offset(event.end_mark)
        elif node.inner:
            last = next(reversed(node.inner))
            key_end = node.keys[last][1] + 1 if node.form == "group" else node.start
            node.end = max(node.inner[last].end, key_end)

    def _offset(self, mark: Any) -> int:
        start: int = self._starts[min(mark.line, len(self._starts) - 1)]
        column: int = mark.column
        return min(start + column, len(self._text))
