"""The strategy as it stood at a commit, read through the same door as today's."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta
from functools import lru_cache
from typing import NamedTuple

from generator.files.git import GitError, Repository
from generator.files.memory import NO_MEMORY, Memory
from generator.loading.loader import Loaded, load_strategy
from generator.loading.manuscript import MAIN_FILE
from generator.schema.taken_kinds import keep_own_kinds
from generator.schema.version_names import is_version
from generator.syntax.document import MAX_BYTES, read_document

TAG_PREFIX = "v"
"""A released version of the strategy is tagged with this before it."""


@dataclass(frozen=True)
class Release:
    """A released version: what it is called, its tag, the commit, and the day from which it is in
    effect.
    """

    version: str
    tag: str
    commit: str
    day: str


def load_at(
    repository: Repository,
    commit: str,
    max_bytes: int = MAX_BYTES,
    memory: Memory = NO_MEMORY,
) -> Loaded:
    """The strategy at a commit, with the schema of the company's own as it was then; older formats
    are migrated. With a `memory`, files that several commits have in common are read once.
    """
    with repository.open_tree(commit) as tree:
        return load_strategy(keep_own_kinds(tree), max_bytes, memory)


def list_releases(
    repository: Repository, commit: str | None = "HEAD", *, damaged: bool = False
) -> list[Release]:
    """The versions released up to `commit` (None: all that have a tag here), the oldest first; with
    `damaged`, those too of which the header cannot be read.

    A tag is that of a version where the header at its commit has this version: other tools have
    tags that begin alike. A version comes after those it was made from, else by the day of its commit.
    """
    if not repository.has_commits:
        return []
    named = {
        tag.name.removeprefix(TAG_PREFIX): tag
        for tag in repository.list_tags(commit)
        if tag.name.startswith(TAG_PREFIX)
    }
    tags = {version: tag for version, tag in named.items() if is_version(version)}
    headers = _read_headers(repository, tuple(tag.commit for tag in tags.values()))
    found = [
        Release(version, tag.name, tag.commit, tag.day)
        for version, tag in tags.items()
        if headers.get(tag.commit, _UNREAD).version in ((version, "") if damaged else (version,))
    ]
    if len(found) > 1:
        try:
            order = repository.order_commits([one.commit for one in found])
            found.sort(key=lambda one: order[one.commit])
        except GitError:  # a commit between them is damaged
            found.sort(key=lambda one: one.day)
    return list(_date(found, [headers.get(one.commit, _UNREAD).day for one in found]))


def _date(found: Sequence[Release], written: Sequence[str]) -> Iterator[Release]:
    """Releases with the day that the header of each has, as the changelog says it: a release writes
    it there, by the clock of the strategy. Where nobody wrote a new one, or one that was still to
    come, the day of the tag counts.
    """
    before = ""
    for one, day in zip(found, written, strict=True):
        if before < day <= _next_day(one.day):
            yield replace(one, day=day)
        else:
            yield one
        before = max(before, day)


def _next_day(day: str) -> str:
    """A clock elsewhere may be a day ahead."""
    return (date.fromisoformat(day) + timedelta(days=1)).isoformat()


def find_commits_of(repository: Repository, version: str) -> list[str]:
    """The commits that changed the main file and left this version in its header, the oldest first;
    of what was merged, the merge.
    """
    listed = repository.run("rev-list", "--first-parent", "--reverse", "HEAD", "--", f"{MAIN_FILE}")
    commits = tuple(listed.split())
    headers = _read_headers(repository, commits)
    return [commit for commit in commits if headers.get(commit, _UNREAD).version == version]


class _Header(NamedTuple):
    """What the header of a strategy says of its version; empty where it cannot be read."""

    version: str = ""
    day: str = ""


_UNREAD = _Header()


@lru_cache(maxsize=8)
def _read_headers(repository: Repository, commits: tuple[str, ...]) -> dict[str, _Header]:
    """The header of the strategy at each commit that has a strategy.yaml."""
    path = "/".join(filter(None, (repository.folder, MAIN_FILE)))
    names = {commit: f"{commit}:{path}" for commit in commits}
    contents = repository.read_found(names)
    return {commit: _read_header(raw) for commit, raw in contents.items()}


def _read_header(raw: bytes) -> _Header:
    """Only the header of a strategy.yaml is read: there may be many."""
    header = re.search(
        rb"^strategy[ \t]*:.*\n(?:(?:[ \t#].*)?\r?\n)*(?:[ \t#].*)?", raw, re.MULTILINE
    )
    data = read_document(MAIN_FILE, header[0] if header else raw).document.data
    fields = data.get("strategy") if isinstance(data, dict) else None
    if not isinstance(fields, dict):
        return _UNREAD
    version, day = fields.get("version"), fields.get("effective_from")
    is_day = isinstance(day, str) and bool(re.fullmatch(r"\d{4}-\d\d-\d\d", day))
    return _Header(version if isinstance(version, str) else "", str(day) if is_day else "")
