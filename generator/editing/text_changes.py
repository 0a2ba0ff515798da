"""What must be written where, so that one value of a file becomes another: changes of text, made from
the file's layout.

Each function gives its proposals, the best first; whoever applies one reads the file again and takes
the next where the result is not what was wanted.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from generator.editing.value_text import (
    escape,
    is_plain,
    quote,
    read_manner,
    refold,
    spell,
    write_block,
    write_field,
    write_inline,
    write_item,
)
from generator.schema.vocabulary import Field
from generator.syntax.layout import Layout, Node, Step

_WIDTH = 100
_COMMENT_LINE = re.compile(r"([ \t]*)#")


@dataclass(frozen=True, order=True)
class TextChange:
    """What stands from `start` to `end` of a text is replaced."""

    start: int
    end: int
    text: str


Proposal = Sequence[TextChange]


def apply_changes(text: str, changes: Sequence[TextChange]) -> str:
    """The text with these changes, which do not overlap."""
    parts, at = [], 0
    for change in sorted(changes, key=lambda change: (change.start, change.end)):
        parts += [text[at : change.start], change.text]
        at = change.end
    return "".join([*parts, text[at:]])


@dataclass(frozen=True, eq=False)
class Spot:
    """Where a value stands: the group or list around it, and its key or position there."""

    layout: Layout
    outer: Node
    step: Step
    in_flow: bool

    @property
    def node(self) -> Node:
        """The value."""
        return self.outer.inner[self.step]

    @property
    def start(self) -> int:
        """Where its key or its dash begins; in brackets where the value does."""
        if self.outer.form == "group":
            return self.outer.keys[self.step][0]
        return (
            self.node.start
            if self.outer.style == "flow"
            else find_dash(self.layout, self.outer, self.step)
        )

    @property
    def head_end(self) -> int:
        """The place behind its colon or dash."""
        text = self.layout.text
        if self.outer.form == "group":
            return text.index(":", self.outer.keys[self.step][1]) + 1
        return self.start + 1 if self.outer.style == "block" else self.node.start

    @property
    def indent(self) -> int:
        """How far its key or dash is indented."""
        return self.layout.column(self.start)

    @property
    def end(self) -> int:
        """The end of its last line, with the comment there."""
        return self.layout.line_end(max(self.node.end, self.head_end))


def find_spot(layout: Layout, route: tuple[Step, ...]) -> Spot | None:
    """The spot at the end of a route, where there is a value."""
    outer, in_flow = layout.find(route[:-1]), False
    for length in range(len(route)):
        around = layout.find(route[:length])
        in_flow = in_flow or (around is not None and around.style == "flow")
    if outer is None or outer.form == "text" or route[-1] not in outer.inner:
        return None
    return Spot(layout, outer, route[-1], in_flow)


def find_dash(layout: Layout, outer: Node, step: Step) -> int:
    """Where the dash of an item stands, which may be lines above what is in it."""
    column, start = layout.column(outer.start), outer.inner[step].start
    while True:
        line = layout.line_start(start)
        dash = line + column
        if layout.text[dash : dash + 1] == "-" and "#" not in layout.text[line:dash]:
            return dash
        if line <= outer.start:
            return outer.start
        start = line - 1


def replace_value(spot: Spot, value: Any, field: Field | None) -> Iterator[Proposal]:
    """Another value in place of the one that is there."""
    node, spelt = spot.node, spell(value)
    if node.form == "text" and not node.is_empty and isinstance(spelt, str):
        yield from _replace_text(spot, value, field)
        return
    if spot.in_flow or spelt is None:
        text = _inline(spot.layout, spot.outer, value, field)
        yield [TextChange(node.start, node.end, f" {text}" if node.is_empty else text)]
        return
    lines = _write_at(spot, value, field)
    if node.style == "flow" and "\n" not in spot.layout.text[node.start : node.end]:
        yield [TextChange(node.start, node.end, write_inline(value, field))]
    head, rest = lines[0], lines[1:]
    nl, end = spot.layout.line_break, max(node.end, spot.head_end)
    if not rest:
        yield [TextChange(spot.head_end, end, head)]
        return
    tail = "".join(f"{nl}{line}" for line in rest)
    first = spot.layout.line_end(spot.head_end)
    if node.form != "text" and node.style == "block":
        yield [TextChange(spot.head_end, end, head + tail)]
    elif first >= end:  # a comment behind the old value stays on its line
        yield [TextChange(spot.head_end, end, head), TextChange(first, first, tail)]
    else:
        yield [TextChange(spot.head_end, end, head + tail)]


def _write_at(spot: Spot, value: Any, field: Field | None) -> list[str]:
    """The lines of a value behind its key or dash; the first begins right behind that."""
    manner = read_manner(spot.layout)
    if spot.outer.form == "group":
        lines = write_field("x", value, field, spot.indent, manner)
        return [lines[0][2:], *lines[1:]]
    lines = write_item(value, field, spot.indent, 1, manner)
    return [lines[0][1:], *lines[1:]]


def _replace_text(spot: Spot, value: Any, field: Field | None) -> Iterator[Proposal]:
    """A text in place of a text, in its style: quotes, folds and bars stay where they can."""
    node, text = spot.node, spell(value)
    is_block = node.style in ("|", ">")
    if is_block and text.strip():
        yield from _replace_block(spot, text)
    elif not is_block:
        yield from (
            [TextChange(node.start, node.end, new)] for new in _in_style(spot, value, field)
        )
    if "\n" in text.strip("\n") and not spot.in_flow:
        indent = spot.indent + read_manner(spot.layout).step
        lines = write_block(text, indent, folded=False)
        if lines:
            tail = "".join(f"{spot.layout.line_break}{line}" for line in lines[1:])
            end = spot.layout.line_end(node.start)
            if end >= node.end and not is_block:
                yield [TextChange(node.start, node.end, lines[0]), TextChange(end, end, tail)]
            yield [TextChange(node.start, node.end, lines[0] + tail)]
    yield [TextChange(node.start, node.end, write_inline(value, field, in_flow=spot.in_flow))]
    yield [TextChange(node.start, node.end, quote(text))]


def _in_style(spot: Spot, value: Any, field: Field | None) -> Iterator[str]:
    """A text that stands in quotes, or bare, written in the same way; its lines as they were."""
    node, text = spot.node, spell(value)
    written = spot.layout.text[node.start : node.end]
    is_long = "\n" in written or "\r" in written
    if node.style == "'":
        if not re.search(r"[\x00-\x1f\x7f]", text.replace("\n", "")) and (
            is_long or "\n" not in text
        ):
            yield _fold(spot, written[1:-1], text.replace("'", "''"), "'")
    elif node.style == '"':
        if is_long:
            yield _fold(spot, written[1:-1], "\n".join(map(escape, text.split("\n"))), '"')
        yield quote(text)
    elif is_plain(
        text.replace("\n", " ") if is_long else text,
        is_text=isinstance(value, str)
        and (field is None or field.type in ("plain", "prose", "text")),
        in_flow=spot.in_flow,
    ):
        yield _fold(spot, written, text, "") if is_long else text


def _fold(spot: Spot, written: str, text: str, mark: str) -> str:
    """A text over several lines in quotes, or bare."""
    lines = [line.strip(" \t") for line in re.split(r"\r\n|\r|\n", written)]
    if len(lines) == 1:
        return f"{mark}{text}{mark}"
    second = next((line for line in re.split(r"\r\n|\r|\n", written)[1:] if line.strip()), "")
    margin = second[: len(second) - len(second.lstrip())]
    folded = refold(lines, text, _WIDTH - len(margin))
    joined = spot.layout.line_break.join(
        f"{margin}{line}" if number and line else line for number, line in enumerate(folded)
    )
    return f"{mark}{joined}{mark}"


def _replace_block(spot: Spot, text: str) -> Iterator[Proposal]:
    """A text under `|` or `>`: its first line, with what it says of the end, stays."""
    layout, node = spot.layout, spot.node
    first = layout.next_line(node.start)
    old = re.split(r"\r\n|\r|\n", layout.text[first : node.end])
    margins = [len(line) - len(line.lstrip(" ")) for line in old if line.strip()]
    given = re.match(r"[|>][-+]?([1-9])", layout.text[node.start : first])
    margin = " " * (min(margins) if margins else spot.indent + 2)
    if given and margins:
        margin = " " * (spot.indent + int(given[1]))
    body = [line[len(margin) :] if line.strip() else "" for line in old]
    said = text.rstrip("\n")
    lines = refold(body, said, _WIDTH - len(margin)) if node.style == ">" else said.split("\n")
    whole = layout.line_break.join(
        f"{margin}{line}".rstrip() if not line.strip() else f"{margin}{line}" for line in lines
    )
    yield [TextChange(first, node.end, whole)]
    if node.style == ">" and not said[:1].isspace():  # each line of its own kind: a table, a list
        header = layout.text[node.start : first]
        bar = [
            TextChange(
                node.start,
                node.start + len(header.rstrip("\r\n")),
                header.rstrip("\r\n").replace(">", "|", 1),
            ),
            TextChange(
                first,
                node.end,
                layout.line_break.join(f"{margin}{line}".rstrip() for line in said.split("\n")),
            ),
        ]
        yield bar


def add_field(
    layout: Layout,
    outer: Node,
    name: str,
    value: Any,
    fields: dict[str, Field] | None,
    *,
    in_flow: bool,
) -> Iterator[Proposal]:
    """A field that a group does not have yet, behind those that the schema has before it."""
    known = list(fields or ())
    before = known[: known.index(name)] if name in known else list(map(str, outer.inner))
    present = [one for one in before if one in outer.inner]
    field = (fields or {}).get(name)
    if outer.style == "flow" or in_flow:
        pair = f"{_inline_key(layout, outer, name)}: {_inline(layout, outer, value, field)}"
        yield _insert_in_flow(layout, outer, present[-1] if present else None, pair)
        return
    nl, indent = layout.line_break, layout.column(outer.start)
    lines = write_field(name, value, field, indent, read_manner(layout))
    if present:
        place = _pass_comments(layout, Spot(layout, outer, present[-1], in_flow=False).end, indent)
        tail = "".join([f"{nl}{' ' * indent}{lines[0]}", *(f"{nl}{line}" for line in lines[1:])])
        yield [TextChange(place, place, tail)]
    else:
        head = "".join(f"{line}{nl}" for line in lines) + " " * indent
        yield [TextChange(outer.start, outer.start, head)]


def insert_item(
    layout: Layout, outer: Node, position: int, value: Any, field: Field | None, *, in_flow: bool
) -> Iterator[Proposal]:
    """An item more in a list, at a position from 0 to the count of those that are there."""
    if outer.style == "flow" or in_flow:
        before = position - 1 if position else None
        yield _insert_in_flow(layout, outer, before, _inline(layout, outer, value, field))
        return
    nl, indent = layout.line_break, layout.column(outer.start)
    sibling = Spot(layout, outer, max(position - 1, 0), in_flow=False)
    gap = sibling.node.start - sibling.start - 1
    gap = gap if 0 < gap <= 8 and "\n" not in layout.text[sibling.start : sibling.node.start] else 1
    if isinstance(value, dict) and sibling.node.style == "flow":
        lines = [f"-{' ' * gap}{write_inline(value, field)}"]
    else:
        lines = write_item(value, field, indent, gap, read_manner(layout))
    blank = nl if _is_spaced(layout, outer) else ""
    if position:
        place = _pass_comments(layout, sibling.end, indent)
        tail = "".join(
            [f"{nl}{blank}{' ' * indent}{lines[0]}", *(f"{nl}{line}" for line in lines[1:])]
        )
        yield [TextChange(place, place, tail)]
    else:
        head = "".join(f"{line}{nl}" for line in lines) + blank + " " * indent
        yield [TextChange(sibling.start, sibling.start, head)]


def _is_spaced(layout: Layout, outer: Node) -> bool:
    """Whether blank lines stand between the items of a list."""
    if len(outer.inner) < 2:
        return False
    between = layout.text[outer.inner[0].end : find_dash(layout, outer, 1)]
    return re.search(r"\n[ \t]*\r?\n", between) is not None


def _pass_comments(layout: Layout, end: int, indent: int) -> int:
    """The end of the comments below a line that are indented further than `indent`: they belong to
    what stands above them.
    """
    while True:
        following = layout.next_line(end)
        line = layout.text[following : layout.line_end(following)]
        comment = _COMMENT_LINE.match(line)
        if following <= end or comment is None or len(comment[1]) <= indent:
            return end
        end = following + len(line)


def _inline_key(layout: Layout, outer: Node, name: str) -> str:
    return quote(name) if _is_json(layout, outer) else write_inline(name, in_flow=True)


def _inline(layout: Layout, outer: Node, value: Any, field: Field | None) -> str:
    if _is_json(layout, outer) and isinstance(value, str | date):
        return quote(str(spell(value)))
    return write_inline(value, field, in_flow=True)


def _is_json(layout: Layout, outer: Node) -> bool:
    """Whether everything in braces or brackets stands in double quotes, as in JSON."""
    starts = [start for start, _ in outer.keys.values()] or [
        one.start for one in outer.inner.values() if one.form == "text"
    ]
    return bool(starts) and all(layout.text[start] == '"' for start in starts)


def _insert_in_flow(layout: Layout, outer: Node, before: Step | None, text: str) -> Proposal:
    """Something more in braces or brackets, behind `before` or as the first."""
    if not outer.inner:
        return [TextChange(outer.start + 1, outer.start + 1, text)]
    first = next(iter(outer.inner)) if before is None else before
    spot = Spot(layout, outer, first, in_flow=True)
    column = layout.column(spot.start)
    begins_line = not layout.text[layout.line_start(spot.start) : spot.start].strip()
    between = f",{layout.line_break}{' ' * column}" if begins_line else ", "
    if before is None:
        return [TextChange(spot.start, spot.start, f"{text}{between}")]
    end = max(spot.node.end, spot.head_end)
    return [TextChange(end, end, f"{between}{text}")]


def remove_value(spot: Spot) -> Iterator[Proposal]:
    """A value with its key or dash taken away; there are others beside it."""
    layout, text = spot.layout, spot.layout.text
    steps = list(spot.outer.inner)
    place = steps.index(spot.step)
    following = (
        Spot(layout, spot.outer, steps[place + 1], spot.in_flow) if place + 1 < len(steps) else None
    )
    end = max(spot.node.end, spot.head_end)
    if spot.outer.style == "flow":
        if following is not None:
            yield [TextChange(spot.start, following.start, "")]
            return
        before = Spot(layout, spot.outer, steps[place - 1], in_flow=True)
        yield [TextChange(max(before.node.end, before.head_end), end, "")]
        return
    begins_line = not text[layout.line_start(spot.start) : spot.start].strip()
    if begins_line:
        yield [_whole_lines(layout, spot.start, end)]
    elif following is not None:
        if "#" not in text[end : following.start]:
            yield [TextChange(spot.start, following.start, "")]
        dash = spot.start - len(text[: spot.start]) + len(text[: spot.start].rstrip(" "))
        yield [TextChange(dash, layout.line_end(end), "")]


def _whole_lines(layout: Layout, start: int, end: int) -> TextChange:
    """The lines from `start` to `end` taken away."""
    first, last = layout.line_start(start), layout.next_line(end)
    if last == layout.line_end(end) and first:  # the last line, without a line end
        first -= 2 if layout.text[first - 2 : first] == "\r\n" else 1
    return TextChange(first, last, "")


def move_item(layout: Layout, outer: Node, position: int, to: int) -> Iterator[Proposal]:
    """An item of a list moved to another position, with the comments that stand right above it."""
    spot, goal = (Spot(layout, outer, step, outer.style == "flow") for step in (position, to))
    if outer.style == "flow":
        written = layout.text[spot.start : spot.node.end]
        change = next(iter(remove_value(spot)))[0]
        at = goal.node.end if to > position else goal.start
        yield [change, TextChange(at, at, f", {written}" if to > position else f"{written}, ")]
        return
    nl = layout.line_break
    first = _with_comments_above(layout, spot) if position else layout.line_start(spot.start)
    cut = _whole_lines(layout, first, _pass_comments(layout, spot.end, spot.indent))
    written = layout.text[cut.start : cut.end].strip("\r\n")
    if to > position:
        at = _pass_comments(layout, goal.end, goal.indent)
        yield [cut, TextChange(at, at, f"{nl}{written}")]
    else:
        at = _with_comments_above(layout, goal) if to else layout.line_start(goal.start)
        yield [cut, TextChange(at, at, f"{written}{nl}")]


def _with_comments_above(layout: Layout, spot: Spot) -> int:
    """Where the comments begin that stand right above an item, as far indented as its dash."""
    start = layout.line_start(spot.start)
    while start:
        above = layout.line_start(start - (2 if layout.text[start - 2 : start] == "\r\n" else 1))
        comment = _COMMENT_LINE.match(layout.text[above : layout.line_end(above)])
        if comment is None or len(comment[1]) != spot.indent:
            break
        start = above
    return start


def rename_key(spot: Spot, name: str) -> Iterator[Proposal]:
    """Another name for a field; what it says stays as it is."""
    start, end = spot.outer.keys[spot.step]
    written = _inline_key(spot.layout, spot.outer, name)
    yield [TextChange(start, end, written)]


def move_field(
    spot: Spot, outer: Node, name: str, fields: dict[str, Field] | None
) -> Iterator[Proposal]:
    """A field moved into another group of the same file, in its own letters; nothing where either
    stands in braces.
    """
    layout = spot.layout
    if spot.outer.style == "flow" or outer.style == "flow" or spot.outer.form != "group":
        return
    if layout.text[layout.line_start(spot.start) : spot.start].strip():
        return
    known = list(fields or ())
    before = known[: known.index(name)] if name in known else list(map(str, outer.inner))
    present = [one for one in before if one in outer.inner]
    indent, nl = layout.column(outer.start), layout.line_break
    shift = indent - spot.indent
    key_end = spot.outer.keys[spot.step][1]
    lines = re.split(r"\r\n|\r|\n", name + layout.text[key_end : spot.end])
    moved = [lines[0], *(_shift(line, shift) for line in lines[1:])]
    cut = _whole_lines(layout, spot.start, spot.end)
    if present:
        at = _pass_comments(layout, Spot(layout, outer, present[-1], in_flow=False).end, indent)
        tail = "".join([f"{nl}{' ' * indent}{moved[0]}", *(f"{nl}{line}" for line in moved[1:])])
        yield [cut, TextChange(at, at, tail)]
    else:
        head = "".join(f"{line}{nl}" for line in moved) + " " * indent
        yield [cut, TextChange(outer.start, outer.start, head)]


def _shift(line: str, by: int) -> str:
    if by >= 0 or not line.strip():
        return " " * by + line if line.strip() else line
    return line[min(-by, len(line) - len(line.lstrip(" "))) :]
