"""What was decided, each decision once: the changes that are it, and those that only follow from it.

That an entry goes, comes, takes another's place, or is divided or joined with others is decided once;
the many entries that no longer name it, or now do, follow. The same change made in many entries is
one decision too. Whatever is left is a decision of its own.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from enum import StrEnum

from generator.changes.alignment import canon, find_swaps
from generator.changes.change import Change, Grade, Side, What, strongest
from generator.model.builder import parse_key
from generator.model.entry import Key
from generator.schema.vocabulary import Field

_SHARE = 0.8
"""This share of the entries that name a new entry named the other one, where it takes its place."""
_FEWEST_ALIKE = 3
_FEWEST_NEW = 6
"""From so many on, the same change in many entries, and new entries of one kind, are told as one."""


class Turn(StrEnum):
    """What became of the entries that a decision is about."""

    SINGLE = "single"
    """One change, told by itself."""
    ADDED = "added"
    REMOVED = "removed"
    REPLACED = "replaced"
    SPLIT = "split"
    MERGED = "merged"
    ALIKE = "alike"
    """The same change in several entries."""
    MANY_ADDED = "many_added"
    """Several new entries of a kind, which nothing else names."""


@dataclass(frozen=True, slots=True)
class Decision:
    """One decision. `before` and `after` are the entries it is about, on the old side and on the
    new one; both are empty where it is about a single change or about the header.
    """

    turn: Turn
    changes: tuple[Change, ...]
    follows: tuple[Change, ...] = ()
    before: tuple[Key, ...] = ()
    after: tuple[Key, ...] = ()

    @property
    def grade(self) -> Grade:
        """How much it weighs: what follows from it weighs nothing of its own."""
        return strongest(self.changes)


def find_decisions(changes: Sequence[Change], old: Side, new: Side) -> tuple[Decision, ...]:
    """Every change in exactly one decision, in no order that means anything."""
    return tuple(_Finder(changes, old, new).find())


class _Finder:
    def __init__(self, changes: Sequence[Change], old: Side, new: Side) -> None:
        self._changes, self._old, self._new = changes, old, new
        whole = [one for one in changes if not one.path and one.key]
        self._gone = {one.key: one for one in whole if one.what is What.REMOVED and one.key}
        self._come = {one.key: one for one in whole if one.what is What.ADDED and one.key}
        self._renamed = {
            Key(one.key.kind, one.old): one.key
            for one in whole
            if one.what is What.RENAMED and one.key
        }
        self._reworked = {
            one.key
            for one in changes
            if one.key
            and one.path
            and one.grade is not Grade.WORDING
            and old.strategy.find(one.key) is not None
        }
        """The entries of both sides that are not what they were."""
        self._left: dict[Key, list[Change]] = defaultdict(list)
        """The changes by which an entry lost its reference to this one."""
        self._gained: dict[Key, list[Change]] = defaultdict(list)
        for change in changes:
            if change.path and change.what is not What.MOVED:
                for key in _named_in(change, change.old) - _named_in(change, change.new):
                    self._left[self._renamed.get(key, key)].append(change)
                for key in _named_in(change, change.new) - _named_in(change, change.old):
                    self._gained[key].append(change)
        self._told: set[int] = set()

    def find(self) -> Iterator[Decision]:
        yield from self._find_successions()
        for key, change in self._gone.items():
            if self._is_open(change):
                yield self._decide(Turn.REMOVED, [change], self._left[key], before=(key,))
        for key, change in self._come.items():
            if self._is_open(change) and self._gained[key]:
                yield self._decide(Turn.ADDED, [change], self._gained[key], after=(key,))
        yield from self._find_many_added()
        yield from self._find_alike()
        for change in self._changes:
            if self._is_open(change):
                yield self._decide(Turn.SINGLE, [change])

    def _find_successions(self) -> Iterator[Decision]:
        """Entries that were divided, joined, or whose place another one took."""
        heirs: dict[Key, list[Key]] = defaultdict(list)
        for key in (*self._come, *(key for key in self._gained if key not in self._come)):
            for former in self._find_former(key):
                heirs[former].append(key)
        taken: set[Key] = set()
        for former, found in heirs.items():
            if former in taken or not taken.isdisjoint(found):
                continue
            joined = [other for other, theirs in heirs.items() if theirs == found]
            taken.update((*joined, *found))
            yield self._succeed(joined, found)

    def _find_former(self, key: Key) -> list[Key]:
        """The entries whose place `key` takes: almost all that name it now named them, and they
        went; or (for a new entry) it was parted from one that stays and is now less than it was.
        """
        gainers = {one.key for one in self._gained[key]}
        if not gainers:
            return []
        former = [
            gone
            for gone in self._gone
            if gone.kind == key.kind and self._covers(gone, key, gainers)
        ]
        if former or key not in self._come:
            return former
        parted = {
            other: len(gainers & self._namers(other))
            for other in self._reworked
            if other.kind == key.kind and self._is_parted(other, gainers)
        }
        most = max(parted.values(), default=None)
        nearest = [other for other, shared in parted.items() if shared == most]
        return nearest if len(nearest) == 1 else []

    def _covers(self, gone: Key, key: Key, gainers: set[Key | None]) -> bool:
        """Whether those that named `gone` name `key` now, and hardly anybody else does so newly."""
        namers = {name for name in self._namers(gone) if name is None or self._stays(name)}
        both = gainers & namers
        swapped = {id(one) for one in self._gained[key]} & {id(one) for one in self._left[gone]}
        enough = len(both) >= 2 or (key in self._come and bool(both)) or bool(swapped)
        return enough and len(both) >= _SHARE * len(namers)

    def _is_parted(self, key: Key, gainers: set[Key | None]) -> bool:
        both = gainers & self._namers(key)
        return len(both) >= 2 and len(both) >= _SHARE * len(gainers)

    def _stays(self, key: Key) -> bool:
        return self._new.strategy.find(self._renamed.get(key, key)) is not None

    def _namers(self, key: Key) -> set[Key | None]:
        """Who named an entry before, by their keys of today."""
        links = self._old.strategy.links_to.get(key, ())
        return {
            self._renamed.get(link.source, link.source) if link.source else None for link in links
        }

    def _succeed(self, former: Sequence[Key], found: Sequence[Key]) -> Decision:
        if len(former) > 1 and len(found) == 1:
            turn = Turn.MERGED
        elif len(found) > 1 or former[0] not in self._gone:
            turn = Turn.SPLIT
        elif found[0] in self._come:
            turn = Turn.REPLACED
        else:
            turn = Turn.MERGED
        after = list(found) if former[0] in self._gone else [*former, *found]
        if turn is Turn.MERGED and found[0] not in self._come:
            former = [*former, found[0]]
        own = [self._gone[key] for key in former if key in self._gone]
        own += [self._come[key] for key in found if key in self._come]
        if turn is Turn.SPLIT and former[0] not in self._gone:
            own += [one for one in self._changes if one.key == former[0] and one.path]
        follows = [
            one for key in {*former, *found} for one in (*self._left[key], *self._gained[key])
        ]
        return self._decide(turn, own, follows, tuple(former), tuple(after))

    def _find_many_added(self) -> Iterator[Decision]:
        by_kind: dict[tuple[str, Grade], list[Change]] = defaultdict(list)
        for key, change in self._come.items():
            if self._is_open(change):
                by_kind[key.kind, change.grade].append(change)
        for found in by_kind.values():
            if len(found) >= _FEWEST_NEW:
                keys = tuple(one.key for one in found if one.key)
                yield self._decide(Turn.MANY_ADDED, found, after=keys)
            else:
                for one in found:
                    assert one.key is not None  # noqa: S101  # only entries come
                    yield self._decide(Turn.ADDED, [one], after=(one.key,))

    def _find_alike(self) -> Iterator[Decision]:
        """The same change in several entries: by field and by what is new there."""
        alike: dict[tuple[str, ...], list[Change]] = defaultdict(list)
        for change in self._changes:
            if self._is_open(change) and change.path and change.key:
                names = [step for step in change.path if isinstance(step, str)]
                alike[change.what, change.grade, _substance(change), *names].append(change)
        for found in alike.values():
            entries = {one.key for one in found}
            if len(entries) >= _FEWEST_ALIKE and len(entries) == len(found):
                yield self._decide(Turn.ALIKE, found, after=tuple(sorted(filter(None, entries))))

    def _decide(
        self,
        turn: Turn,
        changes: Iterable[Change],
        follows: Iterable[Change] = (),
        before: tuple[Key, ...] = (),
        after: tuple[Key, ...] = (),
    ) -> Decision:
        own = tuple(changes)
        self._told.update(map(id, own))
        wanted = {id(one) for one in follows if self._is_open(one)}
        behind = tuple(one for one in self._changes if id(one) in wanted) if wanted else ()
        self._told.update(map(id, behind))
        return Decision(turn, own, behind, before, after)

    def _is_open(self, change: Change) -> bool:
        return id(change) not in self._told


def _substance(change: Change) -> str:
    """What is the same where two changes are alike: the new value (the old one where there is no new
    one); of texts the words that took the place of others.
    """
    old, new = change.old, change.new
    if isinstance(old, str) and isinstance(new, str) and _is_text(change):
        return canon(find_swaps(old, new))
    return canon(old if new is None else new)


def _is_text(change: Change) -> bool:
    return change.field is not None and change.field.type in ("plain", "prose")


def _named_in(change: Change, value: object) -> set[Key]:
    """The entries that a value of a field refers to."""
    if value is None:
        return set()
    return set(_list_named(value, change.trail[-1], goes=change.new is None))


def _list_named(value: object, field: Field, *, goes: bool) -> Iterator[Key]:
    """The entries named in a value. A group of fields that comes says more than whom it names, so it
    is told by itself; one that goes with the entry it names follows from that.
    """
    if isinstance(value, list) and field.item is not None:
        for one in value:
            yield from _list_named(one, field.item, goes=goes)
    elif isinstance(value, dict) and (goes or len(value) == 1):
        for name, inner in value.items():
            if name in field.fields and field.fields[name].required:
                yield from _list_named(inner, field.fields[name], goes=goes)
    elif isinstance(value, str) and field.type == "reference":
        key = parse_key(value, field.refers_to)
        yield from (key,) if key else ()
