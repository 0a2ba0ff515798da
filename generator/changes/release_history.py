"""The released versions of a strategy, each with what changed in it, as one reader may know it."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import suppress
from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from itertools import islice, zip_longest
from pathlib import Path

from generator.changes.missing_releases import (
    CHANGELOG,
    find_missing,
    read_traces,
    tells_of_earlier,
)
from generator.changes.release_notes import Notes, Reader, make_notes
from generator.changes.snapshots import Release, list_releases, load_at
from generator.files.git import GitError, Repository, find_repository
from generator.files.memory import Memory
from generator.loading.loader import Loaded
from generator.model.edition import Edition, choose_edition
from generator.model.insights.indicators import Reading, read_gauges
from generator.model.strategy import Strategy
from generator.problems.problem import has_errors
from generator.syntax.document import MAX_BYTES

MOST = 12
"""How many released versions are told of; older ones stay in the changelog, in git and on their own
sites.
"""


_COMMON = Memory()
"""The files that the versions told of have in common: most of them."""


@dataclass(frozen=True)
class Past:
    """Where history is read from: a repository, and the commit at which it ends."""

    repository: Repository
    commit: str = "HEAD"


def find_past(root: Path) -> Past | None:
    """The history of the folder of a strategy; None where it is in no git repository."""
    try:
        repository = find_repository(root)
        return Past(repository) if repository is not None and repository.has_commits else None
    except GitError:
        return None


def read_released(
    past: Past | None, reader: Reader, max_bytes: int = MAX_BYTES
) -> tuple[Notes, ...]:
    """What is said of each released version, the newest first."""
    if past is None:
        return ()
    releases = list(islice(_list_released(past), MOST + 1))
    found = [
        _make(past.repository, release, before, reader, max_bytes)
        for release, before in zip_longest(releases, releases[1:])
    ]
    return tuple(notes for notes in found[:MOST] if notes is not None)


def read_unreleased(
    past: Past | None, now: Loaded, reader: Reader, max_bytes: int = MAX_BYTES
) -> tuple[Notes, ...]:
    """What is said, under no version, of what has changed since the last one; nothing where nothing
    has.
    """
    last = next(_list_released(past), None) if past is not None else None
    if past is None or last is None or now.strategy is None:
        return ()
    notes = _make_open(past.repository, last, now, reader, max_bytes)
    return (notes,) if notes is not None else ()


def read_trend(
    past: Past | None, reader: Reader, max_bytes: int = MAX_BYTES
) -> tuple[Reading, ...]:
    """The figures of the last released versions, each on the day it was released, the oldest first.

    A version with faults, by today's rules, is left out: half a strategy would give figures of
    something that never was.
    """
    if past is None:
        return ()
    releases = islice(_list_released(past), MOST)
    readings = [_measure(past.repository, one, reader, max_bytes) for one in releases]
    return tuple(reading for reading in reversed(readings) if reading is not None)


def read_editions(
    past: Past | None, reader: Reader, max_bytes: int = MAX_BYTES
) -> Iterator[tuple[Strategy, Strategy | None]]:
    """The released versions that `read_released` tells of, and what this reader may know of each:
    None where it knew no such circle.
    """
    if past is None:
        return
    for release in islice(_list_released(past), MOST + 1):
        loaded = load_release(past.repository, release.commit, max_bytes)
        if loaded.strategy is not None:
            edition = _choose(loaded, loaded.strategy, release, reader)
            yield loaded.strategy, edition.strategy if edition else None


def tell_release(
    past: Past, version: str | None, reader: Reader, max_bytes: int = MAX_BYTES
) -> Notes | None:
    """What is said of one released version, the last one where none is named. None where there is
    no such version.
    """
    released = _list_released(past)
    for release in released:
        if version in (release.version, None):
            return _make(past.repository, release, next(released, None), reader, max_bytes)
    return None


def say_missing(past: Past, max_bytes: int = MAX_BYTES) -> str:
    """The last released version of which this clone knows nothing, and how to get it, in one line;
    empty where none is missing.
    """
    repository, commit = past.repository, past.repository.resolve(past.commit)
    traces = read_traces(
        load_release(repository, commit, max_bytes), _read_changelog(repository, commit)
    )
    return find_missing(repository, traces, list_releases(repository, commit))


def _list_released(past: Past) -> Iterator[Release]:
    """The released versions, the newest first."""
    return reversed(list_releases(past.repository, past.repository.resolve(past.commit)))


@lru_cache(maxsize=2 * MOST)
def load_release(repository: Repository, commit: str, max_bytes: int) -> Loaded:
    """The strategy of a released version. Raises GitError where its files are damaged or missing.

    Kept: what was committed never changes, and `serve` asks again after every edit."""
    return load_at(repository, commit, max_bytes, _COMMON)


@lru_cache(maxsize=8 * MOST)
def _make(
    repository: Repository, release: Release, before: Release | None, reader: Reader, max_bytes: int
) -> Notes | None:
    new = load_release(repository, release.commit, max_bytes)
    if before is None:
        traces = read_traces(new, _read_changelog(repository, release.commit))
        unknown = tells_of_earlier(repository, traces, release.version)
        return make_notes(release.version, release.day, new, reader=reader, follows_unknown=unknown)
    old = load_release(repository, before.commit, max_bytes)
    return make_notes(release.version, release.day, new, before.version, old, before.day, reader)


def _read_changelog(repository: Repository, commit: str) -> str:
    """The changelog as it was at a commit, empty where there was none."""
    with repository.open_tree(commit) as tree, suppress(OSError):
        return tree.read_bytes(CHANGELOG).decode("utf-8", "replace")
    return ""


@lru_cache(maxsize=8 * MOST)
def _measure(
    repository: Repository, release: Release, reader: Reader, max_bytes: int
) -> Reading | None:
    """The figures of a version as this reader got it on its day."""
    loaded = load_release(repository, release.commit, max_bytes)
    if loaded.strategy is None or has_errors(loaded.problems):
        return None
    edition = _choose(loaded, loaded.strategy, release, reader)
    return read_gauges(edition.strategy, edition.today) if edition else None


def _choose(loaded: Loaded, strategy: Strategy, release: Release, reader: Reader) -> Edition | None:
    """A version as this reader got it on its day; None where it knew no such circle."""
    day = date.fromisoformat(release.day)
    try:
        return choose_edition(
            strategy,
            loaded.vocabulary,
            reader.audience,
            day,
            reader.drafts,
            circles_now=reader.circles,
            kept_back=reader.kept_back,
        )
    except ValueError:
        return None


def _make_open(
    repository: Repository, last: Release, now: Loaded, reader: Reader, max_bytes: int
) -> Notes | None:
    """What has changed since the last version, where anything has."""
    old = load_release(repository, last.commit, max_bytes)
    notes = make_notes("", reader.today.isoformat(), now, last.version, old, last.day, reader)
    return notes if notes is not None and (notes.told or notes.announcements) else None
