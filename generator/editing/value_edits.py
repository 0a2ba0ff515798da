"""The one way in which a value of a strategy is changed: an exact edit of text.

Only the value's own letters change: its quotes, folds and bars stay, and so do all comments, the
order of fields, indentation and line ends. A new field stands where the schema has it. After each
edit the file is read again: it must say exactly what was wanted and nothing else may have changed,
or the edit is refused.
"""

from __future__ import annotations

import copy
import json
import re
from collections import Counter
from collections.abc import Callable, Iterator, Mapping, Sequence
from difflib import SequenceMatcher
from itertools import islice, pairwise
from typing import Any

from generator.editing.list_parts import edit_in_parts
from generator.editing.text_changes import (
    Proposal,
    TextChange,
    add_field,
    apply_changes,
    find_spot,
    insert_item,
    move_field,
    move_item,
    remove_value,
    rename_key,
    replace_value,
)
from generator.editing.value_changes import Change, Insert, Move, Put, Remove
from generator.editing.value_text import spell
from generator.files.tree import Tree
from generator.loading.loader import Loaded, load_strategy
from generator.model.entry import Key
from generator.schema.placement.source_routes import source_route
from generator.schema.vocabulary import Field, Kind
from generator.syntax.document import MAX_BYTES, Document, Route, read_document
from generator.syntax.encoding import UNSEEN
from generator.syntax.layout import Layout, LayoutError, Node, read_layout

_BOM = "\ufeff"
_PATH = re.compile(r"([^.\[\]]+)|\[([0-9]+)\]")
_MOST_PROPOSALS = 8


class EditError(ValueError):
    """A value cannot be changed safely. The message is one line for the terminal or a form."""


Describe = Callable[[Route], Field | None]
"""What the schema says of the value at a route of a file; None where it says nothing."""


def parse_path(path: str) -> Route:
    """`steps[2].say` as the route `("steps", 2, "say")`; positions count from 0. Raises EditError."""
    parts = _PATH.findall(path)
    route = tuple(int(position) if position else name for name, position in parts)
    if not route or show_path(route) != path:
        raise EditError(f'"{path}" is not a path such as price.amount or steps[2].say')
    return route


def show_path(route: Route) -> str:
    """A route as it is written: `steps[2].say`."""
    parts = (f"[{step}]" if isinstance(step, int) else f".{step}" for step in route)
    return "".join(parts).removeprefix(".")


def edit_entries(
    tree: Tree,
    changes: Sequence[tuple[Key | None, Change]],
    max_bytes: int = MAX_BYTES,
    loaded: Loaded | None = None,
) -> Mapping[str, str]:
    """The files that change, with their new text, where these changes are made one after the other,
    each in the entry of that key, or in the header (None). Routes lead from there.

    `loaded` is what reading the tree gave, where that is known. Raises EditError where there is no
    such entry or value, or where it cannot be changed without changing anything else.
    """
    loaded = loaded or load_strategy(tree, max_bytes)
    by_file: dict[str, list[Change]] = {}
    kinds: dict[str, dict[Route, Kind]] = {}
    documents: dict[str, Document] = {}
    for key, change in changes:
        written = loaded.locator.find(key)
        if written is None:
            raise EditError(f"there is no {key}" if key else "the header cannot be read")
        document, root = written.document, written.route
        by_file.setdefault(document.file, []).append(_in_file(document, root, change))
        documents[document.file] = document
        kinds.setdefault(document.file, {})[root] = written.kind
    changed = {}
    for file, own in by_file.items():
        text = read_text(tree, file)
        after = _edit_file(documents[file], text, own, _describer(kinds[file]))
        if after != text:
            changed[file] = after
    return changed


def _edit_file(document: Document, text: str, changes: Sequence[Change], describe: Describe) -> str:
    """The text of a file with these changes; of a long list, only the parts that change are read anew."""

    def edit_part(inner: str, own: Sequence[Change], first: int) -> str:
        def describe_inner(route: Route) -> Field | None:
            return describe((int(route[0]) + first, *route[1:])) if route else None

        return edit_text(document.file, inner, own, describe_inner)

    try:
        after = edit_in_parts(document, text, changes, edit_part)
    except EditError:  # what cannot be done in a part may be possible in the whole
        after = None
    return edit_text(document.file, text, changes, describe) if after is None else after


def _in_file(document: Document, root: Route, change: Change) -> Change:
    """A change within an entry as one within its file."""
    route = source_route(document, root, change.route)
    if isinstance(change, Move):
        return Move(route, source_route(document, root, change.to))
    return Remove(route) if isinstance(change, Remove) else type(change)(route, change.value)


def _describer(kinds: Mapping[Route, Kind]) -> Describe:
    def describe(route: Route) -> Field | None:
        for length in range(len(route) + 1):
            if route[:length] in kinds:
                return field_at(kinds[route[:length]], route[length:])
        return None

    return describe


def field_at(kind: Kind, route: Route) -> Field | None:
    """What the schema says of the value at a route within an entry."""
    field: Field | None = Field("", kind.title, kind.description, "object", fields=kind.written)
    for step in route:
        if field is None:
            return None
        field = field.item if isinstance(step, int) else field.fields.get(str(step))
    return field


def read_text(tree: Tree, file: str) -> str:
    """A file as text, with its byte-order mark. Raises EditError where it is not UTF-8."""
    try:
        return tree.read_bytes(file).decode("utf-8")
    except UnicodeDecodeError:
        raise EditError(f"{file} is not saved as UTF-8") from None


def edit_text(
    file: str, text: str, changes: Sequence[Change], describe: Describe = lambda _: None
) -> str:
    """The text of a file with these changes, whose routes lead from the top of the file.

    `describe` says what the schema knows of the values there; without it, new fields come last.
    Raises EditError where a change cannot be made without changing anything else.
    """
    mark = _BOM if text.startswith(_BOM) else ""
    editing = _Editing(file, text.removeprefix(mark), describe)
    waiting: Sequence[Change] = changes
    if len(waiting) > 1 and all(isinstance(change, Put) for change in waiting):
        waiting = editing.make_together(waiting)
    for change in waiting:
        editing.make(change)
    return mark + editing.text


class _Editing:
    """A file while it is changed: its text so far, and what it says."""

    def __init__(self, file: str, text: str, describe: Describe) -> None:
        self.text = text
        self._file, self._describe = file, describe
        self._data, self._slips = self._read(text)

    def make_together(self, changes: Sequence[Change]) -> Sequence[Change]:
        """Make those changes at once that lie apart; returns the others, or all where that fails."""
        layout = self._lay_out()
        taken: list[TextChange] = []
        wanted, left = copy.deepcopy(self._data), []
        for change in changes:
            is_simple = list(_split(layout.root, change)) == [change] and _is_text(change)
            made = next(self._propose(layout, change), None) if is_simple else None
            if made is None or _overlap(taken, made):
                left.append(change)
            else:
                taken += made
                _change_data(wanted, change)
        return left if self._take(taken, wanted) else changes

    def make(self, change: Change) -> None:
        """Make one change. Raises EditError where no way of writing it gives what is wanted."""
        wanted = copy.deepcopy(self._data)
        try:
            _change_data(wanted, change)
        except (KeyError, IndexError, TypeError):
            raise EditError(f"there is no {show_path(change.route)} in {self._file}") from None
        if _same(wanted, self._data):
            return
        layout = self._lay_out()
        steps = list(_split(layout.root, change))
        if steps != [change]:
            for step in steps:
                self.make(step)
            return
        for proposal in islice(self._propose(layout, change), _MOST_PROPOSALS):
            if self._take(proposal, wanted):
                return
        if isinstance(change, Move):
            value = value_at(self._data, change.route)
            self.make(Remove(change.route))
            self.make(Put(change.to, value))
            return
        raise EditError(_say_refused(change, self._file))

    def _take(self, proposal: Proposal, wanted: Any) -> bool:
        """Take a proposal over where it gives what is wanted, and no new slip of YAML."""
        after = apply_changes(self.text, proposal)
        data, slips = self._read(after)
        if not _same(data, wanted) or slips - self._slips:
            return False
        self.text, self._data, self._slips = after, data, slips
        return True

    def _read(self, text: str) -> tuple[Any, Counter[str]]:
        raw = text.encode("utf-8", "replace")  # a sign that is none is not taken over, and refused
        read = read_document(self._file, raw, len(raw))
        return read.document.data, Counter(problem.rule for problem in read.problems)

    def _lay_out(self) -> Layout:
        try:
            return read_layout(self.text)
        except LayoutError as error:
            raise EditError(f"{self._file}: {error}") from None

    def _propose(self, layout: Layout, change: Change) -> Iterator[Proposal]:
        route = change.route
        outer, step = layout.find(route[:-1]), route[-1]
        spot = find_spot(layout, route)
        if outer is None:
            return
        in_flow = any(
            node is not None and node.style == "flow"
            for node in (layout.find(route[:length]) for length in range(len(route)))
        )
        around = self._describe(route[:-1])
        if isinstance(change, Put) and spot is not None:
            yield from replace_value(spot, change.value, self._describe(route))
        elif isinstance(change, Put) and outer.form == "group":
            fields = dict(around.fields) if around else None
            yield from add_field(layout, outer, str(step), change.value, fields, in_flow=in_flow)
        elif isinstance(change, Put | Insert) and outer.form == "list" and isinstance(step, int):
            item = around.item if around else None
            yield from insert_item(layout, outer, step, change.value, item, in_flow=in_flow)
        elif isinstance(change, Remove) and spot is not None:
            yield from remove_value(spot)
        elif isinstance(change, Move) and spot is not None:
            yield from self._propose_move(layout, change)

    def _propose_move(self, layout: Layout, change: Move) -> Iterator[Proposal]:
        spot, goal = find_spot(layout, change.route), change.to[-1]
        if spot is None:
            return
        if change.route[:-1] != change.to[:-1]:
            outer, around = layout.find(change.to[:-1]), self._describe(change.to[:-1])
            if outer is not None and outer.form == "group" and len(spot.outer.inner) > 1:
                yield from move_field(
                    spot, outer, str(goal), dict(around.fields) if around else None
                )
        elif spot.outer.form == "group":
            yield from rename_key(spot, str(goal))
        elif isinstance(goal, int) and isinstance(spot.step, int):
            yield from move_item(layout, spot.outer, spot.step, goal)


def _split(root: Node, change: Change) -> Iterator[Change]:
    """A change as those that each concern one value: a list that gets another item, a group in which
    one field differs.
    """
    if isinstance(change, Remove):
        route = change.route
        while len(route) > 1 and len(_find(root, route[:-1]).inner) == 1:
            route = route[:-1]
        yield Remove(route)
        return
    if not isinstance(change, Put):
        yield change
        return
    value, route = change.value, change.route
    while len(route) > 1 and _is_absent(root, route[:-1]):  # its group is not there yet
        value = [value] if isinstance(route[-1], int) else {route[-1]: value}
        route = route[:-1]
    node = _find(root, route)
    if isinstance(value, Mapping) and value and node.form == "group" and node.inner:
        yield from _split_group(node, Put(route, value))
    elif isinstance(value, list | tuple) and value and node.form == "list" and node.inner:
        yield from _split_list(node, Put(route, value))
    else:
        yield Put(route, value)


def _split_group(node: Node, change: Put) -> Iterator[Change]:
    old = _read_node(node)
    for name, inner in change.value.items():
        if name not in old or not _same(old[name], spell(inner)):
            yield Put((*change.route, name), inner)
    for name in old:
        if name not in change.value:
            yield Remove((*change.route, name))


def _split_list(node: Node, change: Put) -> Iterator[Change]:
    """Item by item, from the last to the first, so that positions stay."""
    old, new = _read_node(node), list(change.value)
    ways = SequenceMatcher(
        None, [_freeze(one) for one in old], [_freeze(spell(one)) for one in new], autojunk=False
    )
    for tag, first, last, start, end in reversed(ways.get_opcodes()):
        if tag == "equal":
            continue
        paired = min(last - first, end - start)
        for position in range(end - 1, start + paired - 1, -1):
            step = first + paired
            yield (Put if step == len(old) else Insert)((*change.route, step), new[position])
        for position in range(last - 1, first + paired - 1, -1):
            yield Remove((*change.route, position))
        for position in range(paired):
            yield Put((*change.route, first + position), new[start + position])


def _find(root: Node, route: Route) -> Node:
    node = root
    for step in route:
        node = node.inner.get(step, Node("text", "", 0, 0))
    return node


def _is_absent(root: Node, route: Route) -> bool:
    node = _find(root, route)
    return node.form == "text"


def _read_node(node: Node) -> Any:
    """What a node says."""
    if node.form == "group":
        return {key: _read_node(inner) for key, inner in node.inner.items()}
    if node.form == "list":
        return [_read_node(inner) for inner in node.inner.values()]
    return None if node.style == "" and node.value in ("", "~", "null") else node.value


def _freeze(value: Any) -> str:
    return json.dumps(value, sort_keys=True, ensure_ascii=False)


def _same(one: Any, other: Any) -> bool:
    """Whether two values say the same; blanks and line ends behind a text say nothing."""
    if isinstance(one, str) and isinstance(other, str):
        return one.rstrip() == other.rstrip()
    if isinstance(one, dict) and isinstance(other, dict):
        return one.keys() == other.keys() and all(_same(one[key], other[key]) for key in one)
    if isinstance(one, list) and isinstance(other, list):
        return len(one) == len(other) and all(map(_same, one, other))
    return bool(one is None and other is None)


def _is_text(change: Change) -> bool:
    return isinstance(change, Put) and isinstance(spell(change.value), str)


def _overlap(taken: Sequence[TextChange], made: Proposal) -> bool:
    return any(one.start <= new.end and new.start <= one.end for one in taken for new in made)


def value_at(data: Any, route: Route) -> Any:
    """The value in plain data that a route leads to. Raises KeyError, IndexError or TypeError where
    there is none.
    """
    for step in route:
        data = data[step]
    return data


def find_value(data: Any, route: Route) -> Any:
    """The same; None where there is none."""
    try:
        return value_at(data, route)
    except (KeyError, IndexError, TypeError):
        return None


def _change_data(data: Any, change: Change) -> None:
    """The change made in what a file says, which is to be read from it afterwards.

    Raises KeyError, IndexError or TypeError where there is no such value.
    """
    if isinstance(change, Move):
        value = value_at(data, change.route)
        if change.route[:-1] == change.to[:-1] and isinstance(change.to[-1], int):
            items = value_at(data, change.route[:-1])
            items.insert(change.to[-1], items.pop(change.route[-1]))
            return
        _remove_from(data, change.route)
        _put_into(data, change.to, value)
    elif isinstance(change, Remove):
        _remove_from(data, change.route)
    elif isinstance(change, Insert):
        items, position = value_at(data, change.route[:-1]), change.route[-1]
        if not isinstance(items, list) or not isinstance(position, int) or position > len(items):
            raise IndexError(position)
        items.insert(position, spell(change.value))
    else:
        _put_into(data, change.route, spell(change.value))


def _remove_from(data: Any, route: Route) -> None:
    outer = value_at(data, route[:-1])
    del outer[route[-1]]
    if not outer and len(route) > 1:
        _remove_from(data, route[:-1])


def _put_into(data: Any, route: Route, value: Any) -> None:
    outer: Any = data
    step: Any
    for step, following in pairwise(route):
        fresh: Any = [] if isinstance(following, int) else {}
        if isinstance(outer, list):
            if step == len(outer):
                outer.append(fresh)
            elif outer[step] is None:
                outer[step] = fresh
        elif outer.get(step) is None:
            outer[step] = fresh
        outer = outer[step]
    last: Any = route[-1]
    if isinstance(outer, list) and last == len(outer):
        outer.append(value)
    elif isinstance(outer, list) and not isinstance(last, int):
        raise TypeError(last)
    elif isinstance(outer, dict | list):
        outer[last] = value
    else:
        raise TypeError(last)


def _say_refused(change: Change, file: str) -> str:
    value = getattr(change, "value", None)
    if isinstance(value, str) and UNSEEN.search(value):
        return f"the text for {show_path(change.route)} holds a character that nobody can see"
    return f"{show_path(change.route)} cannot be changed safely in {file}; change it by hand"
