"""The moments between which recent changes are told: released versions, and the last days on which
the strategy was edited.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import suppress
from dataclasses import dataclass
from itertools import zip_longest

from generator.changes.release_history import MOST, Past
from generator.changes.snapshots import list_releases
from generator.files.git import GitError
from generator.loading.manuscript import MAIN_FILE

MOST_DAYS = 6
"""So many of the last days with an edit are told one by one. Each costs a build about as much as
reading the strategy once more.
"""
_MOST_COMMITS = 400
_SOURCES = (MAIN_FILE, "strategy", "schema")


@dataclass(frozen=True)
class Moment:
    """A commit at which the strategy is looked at, and the day it counts from; `version` where it
    was released then.
    """

    commit: str
    day: str
    version: str = ""


@dataclass(frozen=True)
class Timeline:
    """The moments, the oldest first. `day` is that of what lies in the folder now, where it differs
    from the last moment; else the last moment is now.
    """

    moments: tuple[Moment, ...]
    day: str = ""

    def list_pairs(self) -> Iterator[tuple[Moment, Moment | None, str, bool]]:
        """Each moment with the next one (None: now), the day that what changed between them counts
        from, and whether it has been released since.
        """
        versions = [place for place, one in enumerate(self.moments) if one.version]
        last = versions[-1] if versions else -1
        for place, (before, after) in enumerate(zip_longest(self.moments, self.moments[1:])):
            is_now = not self.day and after is not None and place + 2 == len(self.moments)
            if after is not None or self.day:
                day = after.day if after else self.day
                yield before, None if is_now else after, day, place + 1 <= last


def list_moments(past: Past, today: str, *, released_only: bool) -> Timeline:
    """The moments up to `today`. `released_only`: what was never released is none of the reader's
    business.
    """
    repository = past.repository
    head = repository.resolve(past.commit)
    releases = list_releases(repository, head)[-MOST:]
    found = {one.commit: Moment(one.commit, one.day, one.version) for one in releases}
    edited = [] if released_only else _list_edited(past, head)
    days: dict[str, str] = {}
    for commit, day in edited:
        if day <= today:
            days.setdefault(day, commit)
    # one more, to compare the first of them with
    for day, commit in list(days.items())[: MOST_DAYS + 1]:
        found.setdefault(commit, Moment(commit, day))
    moments = _in_order(past, [one for one in found.values() if one.day <= today])
    is_last = bool(moments and edited and moments[-1].commit == edited[0][0])
    return Timeline(moments, "" if is_last and _is_clean(past) else today)


def _list_edited(past: Past, head: str) -> list[tuple[str, str]]:
    """The commits that edited the strategy, with their days, the newest first; of what was merged,
    the merge.
    """
    most, form = f"--max-count={_MOST_COMMITS}", "--format=%H %cs"
    try:
        listed = past.repository.run("log", "--first-parent", most, form, head, "--", *_SOURCES)
    except GitError:  # a commit among them is damaged: what was released is told
        return []
    rows = (line.partition(" ") for line in listed.splitlines())
    return [(commit, day) for commit, _, day in rows]


def _in_order(past: Past, moments: list[Moment]) -> tuple[Moment, ...]:
    order: dict[str, int] = {}
    with suppress(GitError):  # a commit between them is damaged: then by their days
        order = past.repository.order_commits([one.commit for one in moments]) if moments else {}
    return tuple(sorted(moments, key=lambda one: (order.get(one.commit, 0), one.day)))


def _is_clean(past: Past) -> bool:
    """Whether what lies in the folder is what was committed. An earlier version is laid out from its
    commit.
    """
    if past.commit != "HEAD":
        return True
    return past.repository.ask("status", "--porcelain", "--", *_SOURCES) == ""
