"""Two versions of a strategy compared, whatever state each of them is in."""

from __future__ import annotations

import dataclasses
from collections.abc import Callable, Mapping

from generator.changes.change import Side, Version, share_kinds
from generator.changes.comparison import compare
from generator.changes.decision_text import tell, tell_readers
from generator.changes.impact import Placements, find_touches
from generator.changes.review_text import Review
from generator.loading.loader import Loaded
from generator.loading.manuscript import MAIN_FILE
from generator.model.circles import Circles
from generator.model.entry import Key
from generator.model.strategy import Strategy
from generator.problems.problem import Severity
from generator.schema.translation import translate
from generator.schema.words import Words, read_words


class NothingToCompareError(Exception):
    """Neither side has a strategy that can be read. The text is one line for the terminal."""


def review_sides(
    old_name: str,
    old: Loaded,
    new_name: str,
    new: Loaded,
    find_placements: Callable[[Loaded], Placements] = lambda _: {},
    old_readers: Mapping[str, str] = {},
    new_readers: Mapping[str, str] = {},
) -> Review:
    """Two versions compared. What one of them could not be read of is a notice, and is not
    compared. `find_placements` says where sellers meet the entries of a version, `old_readers` and
    `new_readers` whom each hand-written page is for. Raises NothingToCompareError where neither has
    a strategy.
    """
    language = new.strategy.header.language if new.strategy else "en"
    words = read_words(language)
    notices = [
        *_notice(old_name, old, words, is_old=True),
        *_notice(new_name, new, words, is_old=False),
    ]
    if new.strategy is None or (old.strategy is None and not _is_missing(old)):
        nothing: Side = Version(_empty(new.strategy or old.strategy), new.vocabulary)
        return Review(
            old_name, new_name, nothing, nothing, words, (), {}, tuple(notices), compared=False
        )
    before, after = share_kinds(
        Version(old.strategy or _empty(new.strategy), translate(old.vocabulary, language)),
        Version(new.strategy, translate(new.vocabulary, language)),
    )
    if old.strategy is not None and before.strategy.header.format < after.strategy.header.format:
        notices.append(words("diff_migrated", side=old_name, format=before.strategy.header.format))
    changes = compare(before, after, _list_lost(old, new))
    told = tell(changes, before, after, words)
    circles = Circles(after.strategy.header.audiences)
    told = (*tell_readers(old_readers, new_readers, circles, words), *told)
    return Review(
        old_name,
        new_name,
        before,
        after,
        words,
        told,
        find_touches(changes, before, after, find_placements(old), find_placements(new)),
        tuple(notices),
    )


def _notice(name: str, loaded: Loaded, words: Words, *, is_old: bool) -> list[str]:
    if loaded.strategy is None:
        if _is_missing(loaded):
            return [words("diff_missing" if is_old else "diff_gone", side=name)]
        return [words("diff_unreadable", side=name)]
    faults = sum(problem.severity is Severity.ERROR for problem in loaded.problems)
    return [words("diff_faulty", side=name, n=faults)] if faults else []


def _is_missing(loaded: Loaded) -> bool:
    return any(
        problem.rule == "missing-file" and problem.place.file == MAIN_FILE
        for problem in loaded.problems
    )


def _empty(like: Strategy | None) -> Strategy:
    """A strategy without entries, under the same header: what there was before the first version."""
    if like is None:
        raise NothingToCompareError(
            "neither side has a strategy that can be read; playbook check says what is wrong"
        )
    return dataclasses.replace(like, entries={kind: {} for kind in like.entries}, links=())


def _list_lost(*sides: Loaded) -> set[Key]:
    """The entries of which one side cannot say whether it has them."""
    lost = {key for loaded in sides for key in loaded.lost}
    for loaded in sides:
        for other in sides:
            if other.strategy is not None:
                lost |= {entry.key for entry in other.strategy if entry.KIND in loaded.unread_kinds}
    return lost
