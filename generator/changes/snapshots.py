"""The strategy as it stood at a commit, read through the same door as today's."""

from __future__ import annotations

import re
from dataclasses import dataclass

from generator.files.git import Repository
from generator.loading.loader import Loaded, load_strategy
from generator.syntax.document import MAX_BYTES

TAG_PREFIX = "v"
"""A released version of the strategy is tagged with this before it."""


@dataclass(frozen=True)
class Release:
    """A released version: what it is called, its tag, the commit, and the day the tag's commit was
    made.
    """

    version: str
    tag: str
    commit: str
    day: str


def load_at(repository: Repository, commit: str, max_bytes: int = MAX_BYTES) -> Loaded:
    """The strategy at a commit, with the schema of the company's own as it was then; older formats
    are migrated.
    """
    with repository.open_tree(commit) as tree:
        return load_strategy(tree, max_bytes)


def list_releases(repository: Repository, commit: str = "HEAD") -> list[Release]:
    """The versions released up to `commit`, the oldest first. Tags that are no version's are left
    out.
    """
    if not repository.has_commits:
        return []
    tags = [tag for tag in repository.list_tags(commit) if tag.name.startswith(TAG_PREFIX)]
    found = [
        Release(tag.name.removeprefix(TAG_PREFIX), tag.name, tag.commit, tag.day) for tag in tags
    ]
    return sorted(
        (one for one in found if is_version(one.version)), key=lambda one: order_of(one.version)
    )


def is_version(text: str) -> bool:
    """Whether a text can name a version: a number, then numbers and words joined by dots and
    hyphens.
    """
    return re.fullmatch(r"[0-9]+(?:[.-]?[0-9a-z]+)*", text) is not None and len(text) <= 40


def order_of(version: str) -> tuple[tuple[int, int, str], ...]:
    """Where a version comes among others: number by number; `2026.4-rc1` comes before `2026.4`,
    `2026.4.1` after it.
    """
    parts = re.findall(r"[0-9]+|[a-z]+", version)
    ordered = [(1, int(part), "") if part.isdigit() else (-1, 0, part) for part in parts]
    while ordered and ordered[-1] == (1, 0, ""):
        ordered.pop()
    return (*ordered, (0, 0, ""))
