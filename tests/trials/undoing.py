"""Changes undone and done again, for the tests: `apply_changes` leads from the old strategy to the
new, `mirror` back.
"""

from __future__ import annotations

import copy
import dataclasses
from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from generator.changes.alignment import canon
from generator.changes.change import Change, Item, Side, Step, What
from generator.changes.comparison import as_data, rename_references
from generator.model.entry import Key
from generator.schema.vocabulary import Field

Data = dict[Key | None, Any]


def data_of(side: Side) -> Data:
    """A strategy as data by key, the header under None; lists whose order means nothing are sorted."""
    found: Data = {
        entry.key: _settle(as_data(entry), side.vocabulary.kinds[entry.KIND].fields)
        for entry in side.strategy
    }
    found[None] = _settle(as_data(side.strategy.header), side.vocabulary.header.fields)
    return found


def apply_changes(old: Side, new: Side, changes: Iterable[Change]) -> Data:
    """What the changes make of the old strategy. Of the new one, only entries that were added are
    looked at.
    """
    changes = tuple(changes)
    renames = {
        Key(one.key.kind, one.old): one.key
        for one in changes
        if one.what is What.RENAMED and one.key
    }
    data: Data = {}
    for key, value in data_of(old).items():
        fields = old.vocabulary.kinds[key.kind].fields if key else old.vocabulary.header.fields
        data[renames.get(key, key) if key else None] = _settle(
            rename_references(value, fields, renames), fields
        )
    added = data_of(new)
    for change in changes:
        if not change.path and change.what is What.REMOVED:
            del data[change.key]
        elif not change.path and change.what is What.ADDED:
            data[change.key] = added[change.key]
    for key in {change.key for change in changes if change.path}:
        own = [change for change in changes if change.path and change.key == key]
        data[key] = _apply(data.get(key, {}), [(change.path, change) for change in own])
    return {
        key: _settle(
            value, new.vocabulary.kinds[key.kind].fields if key else new.vocabulary.header.fields
        )
        for key, value in data.items()
    }


def mirror(changes: Iterable[Change], old: Side) -> set[str]:
    """The changes the other way round, as texts that can be compared."""
    changes = tuple(changes)
    back = {
        one.key: Key(one.key.kind, one.old)
        for one in changes
        if one.what is What.RENAMED and one.key
    }
    turned = {What.ADDED: What.REMOVED, What.REMOVED: What.ADDED}
    found = []
    for change in changes:
        path = tuple(
            Item(step.new, step.old) if isinstance(step, Item) else step for step in change.path
        )
        before, after = change.new, change.old
        if change.trail:
            before, after = (
                _rename_value(value, change.trail[-1], back) for value in (before, after)
            )
        key = back.get(change.key, change.key) if change.key else None
        found.append(
            dataclasses.replace(
                change,
                what=turned.get(change.what, change.what),
                key=key,
                path=path,
                old=before,
                new=after,
            )
        )
    return show(found)


def show(changes: Iterable[Change]) -> set[str]:
    """The changes as texts, in no order."""
    return {
        canon(
            [
                str(one.what),
                str(one.key),
                [_show_step(step) for step in one.path],
                one.old,
                one.new,
                str(one.grade),
            ]
        )
        for one in changes
    }


def _show_step(step: Step) -> Any:
    return step if isinstance(step, str) else [step.old, step.new]


def _rename_value(value: Any, field: Field, renames: Mapping[Key, Key]) -> Any:
    return value if value is None else rename_references({"x": value}, {"x": field}, renames)["x"]


def _settle(value: Any, fields: Mapping[str, Field]) -> Any:
    return {
        name: _settle_value(inner, fields[name]) if name in fields else inner
        for name, inner in value.items()
    }


def _settle_value(value: Any, field: Field) -> Any:
    if isinstance(value, list) and field.item is not None:
        items = [_settle_value(item, field.item) for item in value]
        return sorted(items, key=canon) if field.is_set else items
    return _settle(value, field.fields) if isinstance(value, dict) else value


def _apply(value: Any, changes: Sequence[tuple[tuple[Step, ...], Change]]) -> Any:
    """The value after the changes, whose paths begin here. A list whose order means nothing is the
    same in another one.
    """
    changes = [
        (path, change)
        for path, change in changes
        if not (isinstance(value, list) and not path and change.what is What.MOVED)
    ]
    if not changes:
        return value
    if any(not path and change.what is not What.MOVED for path, change in changes):
        return next(
            change.new for path, change in changes if not path and change.what is not What.MOVED
        )
    if isinstance(value, list):
        return _apply_list(value, changes)
    result = copy.deepcopy(value) if value else {}
    for name in {path[0] for path, _ in changes}:
        inner = [(path[1:], change) for path, change in changes if path[0] == name]
        found = _apply(result.get(name, [] if isinstance(inner[0][0][:1], Item) else None), inner)
        if found in (None, [], {}):
            result.pop(name, None)
        else:
            result[name] = found
    return result


def _apply_list(value: list[Any], changes: Sequence[tuple[tuple[Step, ...], Change]]) -> list[Any]:
    items = dict(enumerate(value))
    placed: dict[int, Any] = {}
    for step in {path[0] for path, _ in changes}:
        assert isinstance(step, Item)
        inner = [(path[1:], change) for path, change in changes if path[0] == step]
        if step.new is None:
            del items[step.old]
        elif step.old is None:
            placed[step.new] = inner[0][1].new
        else:
            deeper = [
                (path, change) for path, change in inner if path or change.what is not What.MOVED
            ]
            changed = _apply(items[step.old], deeper) if deeper else items[step.old]
            if any(not path and change.what is What.MOVED for path, change in inner):
                del items[step.old]
                placed[step.new] = changed
            else:
                items[step.old] = changed
    result = [items[position] for position in sorted(items)]
    for position in sorted(placed):
        result.insert(position, placed[position])
    return result
