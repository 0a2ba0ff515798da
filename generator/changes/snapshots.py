"""The strategy as it stood at a commit, read through the same door as today's."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache

from generator.files.git import GitError, Repository
from generator.loading.loader import Loaded, load_strategy
from generator.loading.manuscript import MAIN_FILE
from generator.schema.version_names import is_version
from generator.syntax.document import MAX_BYTES, read_document

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
    headers = _read_versions(repository, tuple(tag.commit for tag in tags.values()))
    found = [
        Release(version, tag.name, tag.commit, tag.day)
        for version, tag in tags.items()
        if headers.get(tag.commit) in ((version, "") if damaged else (version,))
    ]
    if len(found) < 2:
        return found
    try:
        order = repository.order_commits([one.commit for one in found])
    except GitError:  # a commit between them is damaged
        return sorted(found, key=lambda one: one.day)
    return sorted(found, key=lambda one: order[one.commit])


def find_commits_of(repository: Repository, version: str) -> list[str]:
    """The commits that changed the main file and left this version in its header, the oldest first;
    of what was merged, the merge.
    """
    listed = repository.run("rev-list", "--first-parent", "--reverse", "HEAD", "--", f"{MAIN_FILE}")
    commits = tuple(listed.split())
    versions = _read_versions(repository, commits)
    return [commit for commit in commits if versions.get(commit) == version]


@lru_cache(maxsize=8)
def _read_versions(repository: Repository, commits: tuple[str, ...]) -> dict[str, str]:
    """The version in the header of the strategy at each commit that has a strategy.yaml, empty
    where it cannot be read.
    """
    path = "/".join(filter(None, (repository.folder, MAIN_FILE)))
    names = {commit: f"{commit}:{path}" for commit in commits}
    contents = repository.read_found(names)
    return {commit: _find_version(raw) for commit, raw in contents.items()}


def _find_version(raw: bytes) -> str:
    """The version in the header of a strategy.yaml. Only the header is read: there may be many."""
    header = re.search(
        rb"^strategy[ \t]*:.*\n(?:(?:[ \t#].*)?\r?\n)*(?:[ \t#].*)?", raw, re.MULTILINE
    )
    data = read_document(MAIN_FILE, header[0] if header else raw).source.data
    fields = data.get("strategy") if isinstance(data, dict) else None
    version = fields.get("version") if isinstance(fields, dict) else None
    return version if isinstance(version, str) else ""
