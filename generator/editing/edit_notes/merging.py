"""A value that somebody proposes against the one that stands there by now: taken, there already, or in
the way of somebody else's.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher
from typing import Any

from generator.editing.edit_notes.note import FieldChange
from generator.editing.value_text import spell
from generator.schema.vocabulary import Field


@dataclass(frozen=True)
class Merged:
    """The value to write; `is_there` where it stands there already."""

    value: Any
    is_there: bool = False


def merge(now: Any, change: FieldChange, field: Field) -> Merged | None:
    """What becomes of a value by a proposed change. None where it was changed meanwhile in another way.

    Lists are merged item by item: a set by what was added and taken away, a sequence where what others
    changed lies apart.
    """
    if change.is_by_item:
        return _merge_items(now, change, field)
    meant = _read(now, field)
    if is_same(meant, _read(change.after, field)):
        return Merged(now, is_there=True)
    if is_same(meant, _read(change.before, field)):
        return Merged(change.after)
    before, after = _as_list(change.before), _as_list(change.after)
    if before is None or after is None or field.type != "list" or not isinstance(now, list):
        return None
    if field.is_set:
        gone = [one for one in before if not _holds(after, one)]
        come = [one for one in after if not _holds(before, one)]
        return _merge_items(now, FieldChange("", added=tuple(come), removed=tuple(gone)), field)
    merged = merge_sequences(before, after, now)
    return None if merged is None else Merged(merged, is_same(merged, now))


def _read(value: Any, field: Field) -> Any:
    """What a value means: where nothing is written, what the schema says of that; a lone text in the
    place of a group, the field it stands for.
    """
    if value is None:
        return field.default
    if isinstance(value, str) and field.shorthand:
        return {field.shorthand: value}
    return value


def _merge_items(now: Any, change: FieldChange, field: Field) -> Merged | None:
    """A list with these items more, at its end, and those fewer; what is gone or there already needs
    no change.
    """
    items = [] if now is None else now
    if field.type != "list" or not isinstance(items, list):
        return None
    left = [one for one in items if not _holds(change.removed, one)]
    merged = left + [one for one in change.added if not _holds(left, one)]
    return Merged(merged or None, is_same(merged or None, now))


def merge_sequences(
    before: Sequence[Any], after: Sequence[Any], now: Sequence[Any]
) -> list[Any] | None:
    """The list `now` with what has changed from `before` to `after`. None where both changes touch the
    same items, or neighbours of which one could not say what comes first.
    """
    mine, theirs = _list_changes(before, after), _list_changes(before, now)
    for first, last, _ in mine:
        if any(
            first <= other_last and other_first <= last for other_first, other_last, _ in theirs
        ):
            return None
    merged: list[Any] = []
    position = 0
    for first, last, items in sorted([*mine, *theirs], key=lambda one: one[:2]):
        merged += before[position:first]
        merged += items
        position = last
    return [*merged, *before[position:]]


def _list_changes(before: Sequence[Any], after: Sequence[Any]) -> list[tuple[int, int, list[Any]]]:
    """The stretches of a list that are replaced, and by what."""
    ways = SequenceMatcher(
        None, [_freeze(one) for one in before], [_freeze(one) for one in after], autojunk=False
    )
    return [
        (first, last, list(after[start:end]))
        for tag, first, last, start, end in ways.get_opcodes()
        if tag != "equal"
    ]


def is_same(one: Any, other: Any) -> bool:
    """Whether two values say the same; nothing, an empty text and an empty list say nothing."""
    return _freeze(one) == _freeze(other)


def _freeze(value: Any) -> str:
    return repr(tidy(value))


def tidy(value: Any) -> Any:
    """A value as it is compared: all as text, a figure without a point that says nothing, without blanks
    at the ends; None for what says nothing.
    """
    if isinstance(value, Mapping):
        inner = {str(key): tidy(one) for key, one in sorted(value.items())}
        return {key: one for key, one in inner.items() if one is not None} or None
    if isinstance(value, list | tuple):
        return [tidy(one) for one in value] or None
    if isinstance(value, float) and value.is_integer():
        return str(int(value))
    return str(spell(value)).strip() or None if value is not None else None


def _as_list(value: Any) -> list[Any] | None:
    return [] if value is None else value if isinstance(value, list) else None


def _holds(items: Sequence[Any], wanted: Any) -> bool:
    return any(is_same(one, wanted) for one in items)
