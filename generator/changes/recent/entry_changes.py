"""Recent changes as one reader may know them: each told in a line, with the entries of today that it
is about.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from functools import cached_property, lru_cache

from generator.changes.change import Grade, What
from generator.changes.decision_text import Told
from generator.changes.decisions import Turn
from generator.changes.describe import Phrase
from generator.changes.recent.moments import list_moments
from generator.changes.release_history import Past, load_release
from generator.changes.release_notes import Reader, make_notes
from generator.files.git import GitError, Repository
from generator.loading.loader import Loaded
from generator.model.edition import Edition
from generator.model.entry import Key
from generator.problems.phrases import shorten
from generator.syntax.document import MAX_BYTES

_LONGEST = 180
"""Characters of a line that says what changed."""
_NAMED = 2
"""Fields that a mark names."""


@dataclass(frozen=True)
class EntryChange:
    """A change: the day, what is said of it, the entries of today that it is about, and whether a
    version has been released with it.
    """

    day: str
    told: Told
    keys: tuple[Key, ...]
    is_released: bool = False

    @property
    def name(self) -> str:
        """What this change is known by, the same in every build."""
        said = "".join(part.text for part in self.told.phrases)
        whole = "\n".join([*map(str, self.keys), self.told.title, said])
        return hashlib.sha256(whole.encode()).hexdigest()[:12]

    @property
    def line(self) -> tuple[Phrase, ...]:
        """What changed, in one line."""
        phrases = self.told.phrases
        if self.told.turn is Turn.ADDED and phrases:  # what it names can be read at the entry
            phrases = (Phrase(phrases[0].text.partition(" (")[0]),)
        return tuple(_cut(phrases))


@dataclass(frozen=True)
class Mark:
    """What a list or a page says of an entry that changed: the day, the titles of the fields (none
    where the entry is new), how much it weighs, and the changes by name.
    """

    day: str
    fields: tuple[str, ...]
    grade: Grade
    names: tuple[str, ...]


@dataclass(frozen=True)
class Recent:
    """The changes of the last weeks, the newest first, and of a day the weightiest."""

    changes: tuple[EntryChange, ...] = ()
    former: Mapping[Key, Key] = field(default_factory=dict, repr=False)
    """Entries by the ids that they had before."""

    @cached_property
    def marks(self) -> Mapping[Key, Mark]:
        """Each entry that changed, with its last change of substance."""
        found: dict[Key, list[EntryChange]] = {}
        for one in self.changes:
            for key in one.keys if one.told.grade is not Grade.WORDING else ():
                known = found.setdefault(key, [])
                if not known or known[0].day == one.day:
                    known.append(one)
        return {key: self._mark(key, changes) for key, changes in found.items()}

    def _mark(self, key: Key, changes: list[EntryChange]) -> Mark:
        all_told = [change for one in changes for change in one.told.changes if change.key]
        own = [one for one in all_told if one.key and self.former.get(one.key, one.key) == key]
        is_new = any(change.what is What.ADDED and not change.path for change in own)
        titles = dict.fromkeys(change.trail[0].title for change in own if change.trail)
        fields = () if is_new else tuple(titles)[:_NAMED]
        grade = min((one.told.grade for one in changes), key=lambda grade: grade.rank)
        return Mark(changes[0].day, fields, grade, tuple(one.name for one in changes))

    @property
    def unreleased(self) -> tuple[EntryChange, ...]:
        """What no version has been released with yet."""
        return tuple(one for one in self.changes if not one.is_released)


NOTHING_RECENT = Recent()


def read_recent(
    past: Past | None, now: Loaded, edition: Edition, reader: Reader, max_bytes: int = MAX_BYTES
) -> Recent:
    """What changed lately, as the reader of this edition may know it. Nothing is said of an entry
    that the reader does not get today; readers outside hear only of what was released.
    """
    if past is None or now.strategy is None:
        return NOTHING_RECENT
    try:
        spans = list(_tell_spans(past, now, edition, reader, max_bytes))
    except GitError:  # its files are not in this clone
        return NOTHING_RECENT
    former = {
        Key(entry.KIND, old): entry.key for entry in edition.strategy for old in entry.former_ids
    }
    found = [
        EntryChange(day, told, _of_today(told.keys, edition, former), is_released)
        for day, is_released, all_told in spans
        for told in all_told
        if not any(key in edition.hidden for key in told.keys)
    ]
    found.sort(key=lambda one: one.told.grade.rank)
    found.sort(key=lambda one: one.day, reverse=True)
    return Recent(tuple(found), former)


def _of_today(
    keys: tuple[Key, ...], edition: Edition, former: Mapping[Key, Key]
) -> tuple[Key, ...]:
    """Those of the entries that this reader has today, under their names of today."""
    named = dict.fromkeys(former.get(key, key) for key in keys)
    return tuple(key for key in named if edition.strategy.find(key))


def _tell_spans(
    past: Past, now: Loaded, edition: Edition, reader: Reader, max_bytes: int
) -> Iterator[tuple[str, bool, tuple[Told, ...]]]:
    """What is told of each span between two moments: its day, whether it is released, and the
    changes.
    """
    today, outside = reader.today.isoformat(), edition.is_for_outsiders
    timeline = list_moments(past, today, released_only=outside)
    for before, after, day, is_released in timeline.list_pairs():
        if after is None:
            old = load_release(past.repository, before.commit, max_bytes)
            yield day, is_released, _tell(old, now, reader)
        else:
            ends = before.commit, after.commit
            yield day, is_released, _tell_between(past.repository, *ends, reader, max_bytes)


@lru_cache(maxsize=64)
def _tell_between(
    repository: Repository, before: str, after: str, reader: Reader, max_bytes: int
) -> tuple[Told, ...]:
    old, new = (load_release(repository, commit, max_bytes) for commit in (before, after))
    return _tell(old, new, reader)


def _tell(old: Loaded, new: Loaded, reader: Reader) -> tuple[Told, ...]:
    notes = make_notes("", "", new, "before", old, reader=reader)
    return notes.told if notes else ()


def _cut(phrases: tuple[Phrase, ...]) -> Iterator[Phrase]:
    left = _LONGEST
    for one in phrases:
        if left > 0:
            yield Phrase(shorten(one.text, left), one.mark)
        left -= len(one.text)
