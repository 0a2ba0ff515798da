"""What is different between two strategies: `compare`, a pure function by kind and id.

Where entries stand, in which file and in which order, makes no difference. A list that the schema
marks as a set means the same in another order; since it is shown as written, that is one minor
change. A renamed entry is one entry: it names its old id, or has the
same content under a new one; references to it that follow the new name are no change.
"""

from __future__ import annotations

import dataclasses
from collections import Counter
from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from datetime import date
from typing import Any

from generator.changes.alignment import align, canon, find_moved, flow
from generator.changes.change import Change, Grade, Item, Side, Step, What
from generator.changes.grading import Grader, find_joined, grade_entry, mark_of
from generator.model.builder import list_values
from generator.model.dates import Interval, RoughDay
from generator.model.entry import Entry, Key
from generator.model.markdown import replace_entry_links
from generator.schema.vocabulary import Field, Kind

Renames = Mapping[Key, Key]
"""Old key to new key, for entries that got another id."""

_TEXTS = ("plain", "prose")
_UNCOMPARED = {"id", "place"}


def compare(old: Side, new: Side, lost: Collection[Key] = ()) -> tuple[Change, ...]:
    """Every change that leads from `old` to `new`: the header first, then by kind and id, then in
    the schema's order.

    Entries in `lost` could not be read on one of the sides; nothing is said of them.
    """
    return _Comparison(old, new, lost).compare()


def find_renames(old: Side, new: Side, lost: Collection[Key] = ()) -> dict[Key, Key]:
    """The entries that got another id: where one names the other's id as a former one, or has all
    of its content.
    """
    gone = [
        entry
        for entry in old.strategy
        if new.strategy.find(entry.key) is None and entry.key not in lost
    ]
    come = [
        entry
        for entry in new.strategy
        if old.strategy.find(entry.key) is None and entry.key not in lost
    ]
    if not gone or not come:
        return {}
    pairs = [
        (before.key, after.key)
        for before in gone
        for after in come
        if before.KIND == after.KIND
        and (before.id in after.former_ids or after.id in before.former_ids)
    ]
    renames = _keep_unique(pairs)
    while found := _match_content(old, new, gone, come, renames):
        renames |= found
    return renames


def as_data(value: Any) -> Any:
    """An entry, a header or a part of them as plain data, without what is empty."""
    if isinstance(value, Interval | RoughDay):
        return value.written
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, tuple | list):
        return [as_data(item) for item in value]
    if isinstance(value, float):
        return int(value) if value.is_integer() else value
    if isinstance(value, dict) or dataclasses.is_dataclass(value):
        whole = (
            (name, as_data(inner)) for name, inner in list_values(value) if name not in _UNCOMPARED
        )
        return {name: inner for name, inner in whole if inner not in (None, "", [], {})}
    return value


def rename_references(data: Any, fields: Mapping[str, Field], renames: Renames) -> dict[str, Any]:
    """The data of an entry or the header with every reference that `renames` knows under its new
    name.
    """
    return {
        name: _rename(value, fields[name], renames) if name in fields else value
        for name, value in data.items()
    }


def _rename(value: Any, field: Field, renames: Renames) -> Any:
    if isinstance(value, list) and field.item is not None:
        return [_rename(item, field.item, renames) for item in value]
    if isinstance(value, dict):
        return rename_references(value, field.fields, renames)
    if isinstance(value, str) and field.type == "reference":
        return _new_name(value, field, renames)
    if isinstance(value, str) and field.type == "prose":
        named = {str(before): str(after) for before, after in renames.items()}
        return replace_entry_links(
            value,
            lambda link: (
                link.lead_to(f"entry:{named[link.target]}") if link.target in named else None
            ),
        )
    return value


def _new_name(written: str, field: Field, renames: Renames) -> str:
    kind, _, entry_id = (
        written.rpartition("/") if field.names_kind else (field.refers_to[0], "", written)
    )
    after = renames.get(Key(kind, entry_id))
    if after is None:
        return written
    return str(after) if field.names_kind else after.id


def _keep_unique(pairs: Sequence[tuple[Key, Key]]) -> dict[Key, Key]:
    """The pairs of which neither side is in another pair, too: what could be read in two ways is no
    rename.
    """
    before, after = Counter(old for old, _ in pairs), Counter(new for _, new in pairs)
    return {old: new for old, new in pairs if before[old] == 1 and after[new] == 1}


def _match_content(
    old: Side, new: Side, gone: Sequence[Entry], come: Sequence[Entry], known: Renames
) -> dict[Key, Key]:
    """Entries with the same content under another id, as far as renames known so far let their
    references agree.
    """
    taken = set(known.values())

    def content(entry: Entry, side: Side) -> tuple[str, str]:
        data = as_data(entry)
        data.pop("former_ids", None)
        return entry.KIND, canon(
            rename_references(data, side.vocabulary.kinds[entry.KIND].fields, known)
        )

    mine = [(content(entry, old), entry.key) for entry in gone if entry.key not in known]
    yours = [(content(entry, new), entry.key) for entry in come if entry.key not in taken]
    by_content: dict[tuple[str, str], list[Key]] = {}
    for found, key in yours:
        by_content.setdefault(found, []).append(key)
    return _keep_unique(
        [(key, other) for found, key in mine for other in by_content.get(found, ())]
    )


class _Comparison:
    def __init__(self, old: Side, new: Side, lost: Collection[Key]) -> None:
        self._old, self._new, self._lost = old, new, frozenset(lost)
        self._renames = find_renames(old, new, lost)

    def compare(self) -> tuple[Change, ...]:
        return (
            *self._compare_headers(),
            *(change for kind in self._new.vocabulary.kinds for change in self._compare_kind(kind)),
        )

    def _compare_headers(self) -> Iterator[Change]:
        old, new = self._old.strategy.header, self._new.strategy.header
        if self._renames or old != new:
            data = rename_references(
                as_data(old), self._old.vocabulary.header.fields, self._renames
            )
            yield from self._compare_all(
                None, data, as_data(new), self._old.vocabulary.header, self._new.vocabulary.header
            )

    def _compare_kind(self, kind: str) -> Iterator[Change]:
        old, new = (
            self._old.strategy.entries.get(kind, {}),
            self._new.strategy.entries.get(kind, {}),
        )
        before = {after.id: key.id for key, after in self._renames.items() if key.kind == kind}
        renamed = set(before.values())
        for entry_id in sorted(old.keys() | new.keys()):
            key = Key(kind, entry_id)
            if key in self._lost:
                continue
            if entry_id in old and entry_id not in new and entry_id not in renamed:
                yield self._whole(What.REMOVED, key, entry_id, None)
            elif entry_id in new and entry_id not in old and entry_id not in before:
                yield self._whole(What.ADDED, key, None, entry_id)
            elif entry_id in new:
                yield from self._compare_entries(
                    key, old[before.get(entry_id, entry_id)], new[entry_id]
                )

    def _whole(self, what: What, key: Key, old: str | None, new: str | None) -> Change:
        side = self._old if new is None else self._new
        mark = mark_of(side.vocabulary.kinds[key.kind], self._new.vocabulary.kinds[key.kind])
        grade = grade_entry(what, side.strategy.find(key), side, mark)
        return Change(what, key, (), old, new, grade)

    def _compare_entries(self, key: Key, old: Entry, new: Entry) -> Iterator[Change]:
        if not self._renames and old == new:
            return
        if old.id != new.id:
            yield self._whole(What.RENAMED, key, old.id, new.id)
        kinds = self._old.vocabulary.kinds[key.kind], self._new.vocabulary.kinds[key.kind]
        data = rename_references(as_data(old), kinds[0].fields, self._renames)
        draft = old.status == new.status == "draft"
        now = as_data(new)
        joined = find_joined(data, now)
        for change in self._compare_all(key, data, now, *kinds):
            is_joined = bool(change.path) and change.path[0] in joined
            grade = Grade.MATERIAL if is_joined else change.grade
            unseen = draft and grade is Grade.MATERIAL
            yield dataclasses.replace(change, grade=Grade.MINOR if unseen else grade)

    def _compare_all(
        self,
        key: Key | None,
        old: Mapping[str, Any],
        new: Mapping[str, Any],
        before: Kind,
        after: Kind,
    ) -> Iterator[Change]:
        walk = _Walk(key, Grader(mark_of(before, after), after.title_field, key is None))
        yield from walk.compare_groups(old, new, before.fields, after.fields, (), ())


@dataclasses.dataclass(frozen=True)
class _Walk:
    """The way through the fields of one entry."""

    key: Key | None
    grader: Grader

    def compare_groups(
        self,
        old: Mapping[str, Any],
        new: Mapping[str, Any],
        before: Mapping[str, Field],
        after: Mapping[str, Field],
        path: tuple[Step, ...],
        trail: tuple[Field, ...],
    ) -> Iterator[Change]:
        """Two groups of fields, in the order of the schema; fields that only the old schema knew
        come last.
        """
        for name in [*after, *(name for name in before if name not in after)]:
            if old.get(name) != new.get(name):
                field, other = after.get(name) or before[name], before.get(name) or after[name]
                known = other if new.get(name) is None else field
                yield from self._compare_values(
                    old.get(name), new.get(name), other, field, (*path, name), (*trail, known)
                )

    def _compare_values(
        self,
        old: Any,
        new: Any,
        before: Field,
        field: Field,
        path: tuple[Step, ...],
        trail: tuple[Field, ...],
    ) -> Iterator[Change]:
        if isinstance(old, str) and isinstance(new, str) and flow(old) == flow(new):
            return  # the same text, in other lines
        if isinstance(old, dict) and isinstance(new, dict):
            yield from self.compare_groups(old, new, before.fields, field.fields, path, trail)
        elif isinstance(old, list) and isinstance(new, list) and field.item is not None:
            item = field.item
            yield from self._compare_lists(old, new, before.item or item, item, path, trail)
        else:
            what = What.ADDED if old is None else What.REMOVED if new is None else What.CHANGED
            yield self._change(what, old, new, path, trail)

    def _compare_lists(
        self,
        old: list[Any],
        new: list[Any],
        before: Field,
        item: Field,
        path: tuple[Step, ...],
        trail: tuple[Field, ...],
    ) -> Iterator[Change]:
        is_set = trail[-1].is_set
        if is_set:
            if _is_reordered(old, new):
                yield Change(What.MOVED, self.key, path, old, new, Grade.MINOR, trail)
            old, new = sorted(old, key=canon), sorted(new, key=canon)
        likely = item.type in (*_TEXTS, "object")
        name_of = _name_by(item)
        pairs = align(old, new, name_of, by_likeness=likely)
        trail = (*trail, item)
        left, right = {i for i, _ in pairs}, {j for _, j in pairs}
        for i, value in enumerate(old):
            if i not in left:
                yield self._change(What.REMOVED, value, None, (*path, Item(i, None)), trail)
        for j, value in enumerate(new):
            if j not in right:
                yield self._change(What.ADDED, None, value, (*path, Item(None, j)), trail)
        for i, j in () if is_set else find_moved(pairs, old, new):
            yield self._change(What.MOVED, old[i], new[j], (*path, Item(i, j)), trail)
        for i, j in sorted(pairs, key=lambda pair: pair[1]):
            if old[i] != new[j]:
                name = name_of(new[j])
                yield from self._compare_values(
                    old[i], new[j], before, item, (*path, Item(i, j, name)), trail
                )

    def _change(
        self, what: What, old: Any, new: Any, path: tuple[Step, ...], trail: tuple[Field, ...]
    ) -> Change:
        grade = self.grader.grade(what, old, new, path, trail)
        return Change(what, self.key, path, old, new, grade, trail)


def _is_reordered(old: Sequence[Any], new: Sequence[Any]) -> bool:
    """Whether what two lists have in common stands in another order."""
    before, after = [canon(item) for item in old], [canon(item) for item in new]
    common = set(before) & set(after)
    return [item for item in before if item in common] != [item for item in after if item in common]


def naming_field(item: Field) -> str:
    """The field that tells the items of a list apart where they are groups of fields: the first
    they must have.
    """
    return next((name for name, inner in item.fields.items() if inner.required), "")


def _name_by(item: Field) -> Callable[[Any], str]:
    naming = naming_field(item)

    def name_of(value: Any) -> str:
        found = value.get(naming) if isinstance(value, dict) else None
        return str(found) if found is not None else ""

    return name_of
