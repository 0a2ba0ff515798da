"""Decisions told in the words of the business: one sentence each, and under it what follows."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import groupby
from typing import Any

from generator.changes.change import Change, Grade, Side, What, strongest
from generator.changes.comparison import as_data
from generator.changes.decisions import Decision, Turn, find_decisions
from generator.changes.describe import (
    ChangeTeller,
    Phrase,
    is_listed,
    join_names,
    noun_of,
    say_phrases,
    title_in,
)
from generator.changes.grading import ACT_NOW
from generator.model.circles import Circles
from generator.model.entry import DEFAULT_AUDIENCE, Key
from generator.problems.phrases import shorten
from generator.schema.words import Words

_NAMED = 4
"""So many entries are named before the rest is counted."""
_SUMMARY = 160
_PARTIES = ("people", "personas", "competitors")
"""Kinds of which one takes another's place, and is not joined with it."""


@dataclass(frozen=True, slots=True)
class Told:
    """A decision as a sentence: whose it is and what is said of it. `behind` are sentences on what
    follows from it; `follows` the changes that they are about. `kind` is the kind of entry in words,
    empty where the sentence says it or where it is the header.
    """

    turn: Turn
    changes: tuple[Change, ...]
    title: str
    phrases: tuple[Phrase, ...]
    grade: Grade
    key: Key | None
    kind: str = ""
    follows: tuple[Change, ...] = ()
    behind: tuple[str, ...] = ()
    page: str = ""
    """The hand-written page that it is about, by its path."""

    @property
    def keys(self) -> tuple[Key, ...]:
        """The entries it is about, each once."""
        return tuple(dict.fromkeys(change.key for change in self.changes if change.key))


def tell(changes: Iterable[Change], old: Side, new: Side, words: Words) -> tuple[Told, ...]:
    """The decisions as sentences: the weightiest first; of those that weigh the same, who may read
    something comes first, then what everybody must act upon, then what comes and goes, then the
    header, then by kind and title.
    """
    return _Narrator(old, new, words).tell(tuple(changes))


def tell_readers(
    old: Mapping[str, str], new: Mapping[str, str], circles: Circles, words: Words
) -> tuple[Told, ...]:
    """Of hand-written pages, those that others may read now; a page that is new counts as one that
    was for all inside. By path, whom each page is for before and after.
    """
    found: list[tuple[bool, str]] = []
    for path, reader in new.items():
        before = old.get(path, DEFAULT_AUDIENCE)
        wider = circles.is_narrower(before, reader)
        if reader != before and (path in old or not circles.is_narrower(reader, before)):
            found.append((not wider, path))
    return tuple(_tell_page(path, old, new, words, wider=not last) for last, path in sorted(found))


def _tell_page(
    path: str, old: Mapping[str, str], new: Mapping[str, str], words: Words, *, wider: bool
) -> Told:
    before, reader = old.get(path, DEFAULT_AUDIENCE), new[path]
    change = Change(What.CHANGED, None, ("audience",), before, reader, Grade.MATERIAL)
    name = "diff_readers_wider" if wider else "diff_readers_narrower"
    said = (Phrase(words(name, new=reader, old=before)),)
    kind = words("diff_page")
    return Told(Turn.SINGLE, (change,), path, said, change.grade, None, kind, page=path)


class _Narrator:
    def __init__(self, old: Side, new: Side, words: Words) -> None:
        self._old, self._new, self._words = old, new, words
        self._teller = ChangeTeller(old, new, words)
        self._circles = Circles(new.strategy.header.audiences)

    def tell(self, changes: tuple[Change, ...]) -> tuple[Told, ...]:
        renamed = {change.key for change in changes if change.what is What.RENAMED}
        told: list[Told] = []
        single: list[Change] = []
        for decision in find_decisions(changes, self._old, self._new):
            if decision.turn is Turn.SINGLE:
                single += decision.changes
            else:
                told.append(self._tell(decision))
        for _, found in groupby(single, key=_group_of):
            group = tuple(found)
            if group[0].key in renamed and group[0].path[:1] == ("former_ids",):
                continue  # the new name is told once
            if group[0].key in renamed and self._is_title(group[0]):
                continue  # told with the new id
            if group[0].what is What.RENAMED:
                group += tuple(
                    one for one in single if one.key == group[0].key and self._is_title(one)
                )
            told.append(self._tell_single(group))
        return tuple(sorted(told, key=self._order(told)))

    def _order(self, told: Sequence[Told]) -> Any:
        weight: dict[Key | None, int] = {}
        for one in told:
            weight[one.key] = min(one.grade.rank, weight.get(one.key, len(Grade)))

        def order(one: Told) -> tuple[Any, ...]:
            kind = -1 if one.key is None else list(self._new.vocabulary.kinds).index(one.key.kind)
            return (
                one.grade.rank,
                self._urgency(one),
                weight[one.key],
                kind,
                one.title.casefold(),
                one.key or Key("", ""),
            )

        return order

    def _urgency(self, told: Told) -> int:
        first = told.changes[0]
        if first.path == ("audience",):
            wider = self._circles.is_narrower(str(first.old), str(first.new))
            return 0 if wider else 1
        if any(self._must_be_acted_on(change) for change in told.changes):
            return 2
        return 4 if told.turn is Turn.SINGLE and first.path else 3

    def _must_be_acted_on(self, change: Change) -> bool:
        if change.path:
            return change.path == ("importance",) and change.new == ACT_NOW
        entry = self._new.strategy.find(change.key) if change.key else None
        return change.what is What.ADDED and getattr(entry, "importance", None) == ACT_NOW

    def _is_title(self, change: Change) -> bool:
        title = self._new.vocabulary.kinds[change.key.kind].title_field if change.key else ""
        return change.path == (title,)

    def _tell_single(self, group: tuple[Change, ...]) -> Told:
        key = group[0].key
        is_whole = key is None or not group[0].path
        return Told(
            Turn.SINGLE,
            group,
            self._title(key),
            self._teller.say(group),
            strongest(group),
            key,
            kind="" if is_whole or key is None else self._noun(key.kind, 1),
        )

    def _tell(self, decision: Decision) -> Told:
        say = {
            Turn.ADDED: self._say_added,
            Turn.REMOVED: self._say_removed,
            Turn.REPLACED: self._say_replaced,
            Turn.SPLIT: self._say_split,
            Turn.MERGED: self._say_merged,
            Turn.ALIKE: self._say_alike,
            Turn.MANY_ADDED: self._say_many_added,
        }[decision.turn]
        title, key, said = say(decision)
        phrases = tuple(Phrase(one) if isinstance(one, str) else one for one in said)
        behind = (*self._say_own(decision), *self._say_follows(decision))
        return Told(
            decision.turn,
            decision.changes,
            title,
            phrases,
            decision.grade,
            key,
            follows=decision.follows,
            behind=behind,
        )

    def _say_added(self, decision: Decision) -> tuple[str, Key, Sequence[str | Phrase]]:
        key = decision.after[0]
        said = self._teller.say(decision.changes)
        return self._title(key), key, [*said, self._summary(key)]

    def _say_removed(self, decision: Decision) -> tuple[str, Key, Sequence[str | Phrase]]:
        key = decision.before[0]
        return self._title(key), key, self._teller.say(decision.changes)

    def _say_replaced(self, decision: Decision) -> tuple[str, Key, Sequence[str | Phrase]]:
        before, after = decision.before[0], decision.after[0]
        said = self._words(
            "diff_replaced", kind=self._noun(after.kind, 1), title=self._title(after)
        )
        return self._title(before), after, [said, self._summary(after)]

    def _say_split(self, decision: Decision) -> tuple[str, Key, Sequence[str | Phrase]]:
        before, after = decision.before[0], decision.after
        kind = self._noun(before.kind, 1)
        new = [key for key in after if key != before]
        names = self._name_all(new, most=len(new))
        said = self._words(
            "diff_split_off" if before in after else "diff_split",
            kind=kind,
            n=len(new),
            title=self._title(before),
            names=names,
        )
        summary = self._summary(new[0]) if len(new) == 1 else ""
        key = before if before in after else after[0]
        return self._title(before), key, [said, summary]

    def _say_merged(self, decision: Decision) -> tuple[str, Key, Sequence[str | Phrase]]:
        into = decision.after[-1]
        gone = [key for key in decision.before if key != into]
        is_party = into.kind in _PARTIES and len(gone) == 1
        said = self._words(
            "diff_taken_over" if is_party else "diff_merged",
            n=len(gone),
            kind=self._noun(into.kind, len(gone)),
            title=self._title(into),
        )
        return join_names([self._title(key) for key in gone]), into, [said, self._summary(into)]

    def _say_alike(self, decision: Decision) -> tuple[str, Key | None, Sequence[str | Phrase]]:
        first = decision.changes[0]
        names = f" ({self._name_all(decision.after)})"
        n = len(decision.after)
        if first.path == ("reviewed_on",) and first.new is not None:
            said: list[str | Phrase] = [self._words("diff_reviewed", day=first.new)]
        elif len({str(one.old) for one in decision.changes}) == 1:
            said = list(self._teller.say(decision.changes[:1]))
        elif len({str(one.new) for one in decision.changes}) > 1:
            named = [(self._title(one.key), one) for one in decision.changes]
            said, names = [self._teller.say_each(named)], ""
        else:
            said = [self._teller.say_new(first)]
        kinds = {key.kind for key in decision.after}
        noun = self._noun(next(iter(kinds)), n) if len(kinds) == 1 else self._words("diff_entries")
        return f"{n} {noun}", None, [*said, names]

    def _say_many_added(self, decision: Decision) -> tuple[str, None, Sequence[str | Phrase]]:
        kind, n = decision.after[0].kind, len(decision.after)
        said = self._words("diff_many_added", names=self._name_all(decision.after, most=8))
        return f"{n} {self._noun(kind, n)}", None, [said]

    def _say_own(self, decision: Decision) -> Iterator[str]:
        """What became of an entry that others were parted from, and what the new ones are."""
        if decision.turn is not Turn.SPLIT:
            return
        own = [one for one in decision.changes if one.path]
        for _, found in groupby(own, key=_group_of):
            said = say_phrases(self._teller.say(tuple(found)), self._words)
            yield f"{self._title(decision.before[0])}: {said}"
        new = [key for key in decision.after if key not in decision.before]
        for key in new if len(new) > 1 else ():
            if summary := self._summary(key):
                yield f"{self._title(key)}{summary}"

    def _say_follows(self, decision: Decision) -> Iterator[str]:
        """Who names something else now, and who is left without."""
        if not decision.follows:
            return
        keys = list(dict.fromkeys(one.key for one in decision.follows))
        named = self._count_by_kind(keys)
        names = self._name_all(keys)
        turn = "removed" if decision.turn is Turn.REMOVED else "added"
        if decision.turn in (Turn.SPLIT, Turn.MERGED, Turn.REPLACED):
            turn = "moved"
        without = self._find_left_without(decision) if turn == "removed" else {}
        if not any(set(bare) == set(keys) for bare in without.values()):
            yield self._words(f"diff_follow_{turn}", n=len(keys), entries=named, names=names)
        yield from self._say_left_without(without)

    def _find_left_without(self, decision: Decision) -> Mapping[str, Sequence[Key | None]]:
        """Of whom nothing is left in a field, by the field in words."""
        without: dict[str, list[Key | None]] = {}
        for one in decision.follows:
            if self._is_empty(one):
                title = self._words.within(one.trail[0].title)
                without.setdefault(title, []).append(one.key)
        return without

    def _say_left_without(self, without: Mapping[str, Sequence[Key | None]]) -> Iterator[str]:
        for field, keys in without.items():
            yield self._words(
                "diff_left_without",
                n=len(keys),
                entries=self._count_by_kind(keys),
                field=field,
                names=self._name_all(keys),
            )

    def _is_empty(self, change: Change) -> bool:
        """Whether nothing is left in the field that a reference went from."""
        name = change.path[0]
        holder: Any = self._new.strategy.header
        if change.key is not None:
            holder = self._new.strategy.find(change.key)
        return isinstance(name, str) and name not in as_data(holder)

    def _count_by_kind(self, keys: Sequence[Key | None]) -> str:
        """`5 objections and 1 play`; the header by its name."""
        counts: dict[str, int] = {}
        for key in keys:
            if key is not None:
                counts[key.kind] = counts.get(key.kind, 0) + 1
        parts = [f"{n} {self._noun(kind, n)}" for kind, n in counts.items()]
        if None in keys:
            parts.append(self._words.within(self._words("diff_header")))
        joiner = self._words("diff_and")
        return joiner.join(filter(None, [", ".join(parts[:-1]), parts[-1]]))

    def _name_all(self, keys: Sequence[Key | None], most: int = _NAMED) -> str:
        names = join_names([self._title(key) for key in keys[:most]])
        more = len(keys) - most
        return f"{names} {self._words('diff_more', n=more)}" if more > 0 else names

    def _summary(self, key: Key) -> str:
        """What a new entry is, in the first words of its own."""
        entry = self._new.strategy.find(key)
        text = next(
            (
                value
                for name in ("summary", "one_liner", "quick_answer")
                if (value := getattr(entry, name, None))
            ),
            "",
        )
        return f". {shorten(' '.join(text.split()), _SUMMARY)}" if text else ""

    def _title(self, key: Key | None) -> str:
        return title_in(key, self._old, self._new, self._words)

    def _noun(self, kind: str, n: int) -> str:
        return noun_of(kind, n, self._new, self._words)


def _group_of(change: Change) -> tuple[Any, ...]:
    """Items of one list are told together; every other change stands alone."""
    if is_listed(change):
        return (change.key, "items", change.path[:-1])
    return (change.key, change.what, change.path, "alone")
