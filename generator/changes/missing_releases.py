"""Released versions of which a clone does not know: it has no tag of them, or not their commits.

A clone made with `--depth`, `--no-tags` or of one branch only looks as if nothing was ever
released. That something was is told by what a release leaves behind: its section in the changelog,
the version in the header, and the message of its commit.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from generator.changes.snapshots import TAG_PREFIX, Release
from generator.files.git import Repository
from generator.loading.loader import Loaded

CHANGELOG = "CHANGELOG.md"
RELEASE_MESSAGE = "Release version"
"""The message of a release's commit, before the version."""
SECTION = re.compile(r"^## (\S+) \([0-9]{4}-[0-9]{2}-[0-9]{2}\)\s*$", re.MULTILINE)
"""The heading of a section that a release writes."""


@dataclass(frozen=True)
class Traces:
    """What a strategy and its changelog say of releases: the version in the header, the versions
    that have a section, the newest first, and the file of the sections.
    """

    header: str
    sections: tuple[str, ...] = ()
    file: str = CHANGELOG


def read_traces(loaded: Loaded, changelog: str, file: str = CHANGELOG) -> Traces:
    """The traces that releases left in a strategy and in the text of its changelog."""
    header = loaded.strategy.header.version if loaded.strategy is not None else ""
    return Traces(header, tuple(SECTION.findall(changelog)), file)


def find_missing(repository: Repository, traces: Traces, releases: list[Release]) -> str:
    """The last released version that is not known here, and how to get it, in one line; empty where
    none is missing. `releases` are those that are known.
    """
    known = {release.version for release in releases}
    newest = traces.sections[0] if traces.sections else ""
    if traces.header not in known:
        commit = _find_commit(repository, traces.header)
        if traces.header in traces.sections:
            where = f"stands in the header and in {traces.file}"
            return _say_missing(repository, traces.header, where, commit)
        if commit:
            return _say_missing(repository, traces.header, f"was released in {commit}", commit)
    commit = _find_commit(repository, newest) if newest and newest not in known else ""
    if commit or (newest and newest not in known and repository.is_shallow):
        return _say_missing(repository, newest, f"has a section in {traces.file}", commit)
    if not releases and repository.is_shallow:
        return f"older history was left out of this clone, so nobody can tell here what was released: {_how_to_get(repository)}"
    return ""


def tells_of_earlier(repository: Repository, traces: Traces, version: str) -> bool:
    """Whether versions came before the oldest one that is known here, `version`."""
    return repository.is_shallow or any(one != version for one in traces.sections)


def _say_missing(repository: Repository, version: str, where: str, commit: str) -> str:
    tag = f"{TAG_PREFIX}{version}"
    if repository.ask("rev-parse", "--verify", "--quiet", f"refs/tags/{tag}^{{commit}}"):
        if not repository.is_shallow:
            return (
                f"version {version} {where}, but the tag {tag} is not on a commit of this branch "
                f"that has this version; put it on the one that has: git tag --force {tag} {commit or 'COMMIT'}"
            )
        missing = f"this clone does not reach back to the tag {tag}"
    else:
        missing = f"there is no tag {tag} here"
    lost = f"; if nobody has it, or it was merged only now: playbook release {version} --tag"
    return f"version {version} {where}, but {missing}: {_how_to_get(repository)}{lost}"


def _how_to_get(repository: Repository) -> str:
    return "git fetch --unshallow --tags" if repository.is_shallow else "git fetch --tags"


def _find_commit(repository: Repository, version: str) -> str:
    """The commit of a release, by its message; a host may have put more behind it. Empty where
    there is none.
    """
    message = f"{RELEASE_MESSAGE} {version}"
    found = repository.ask(
        "log", "--fixed-strings", f"--grep={message}", "--format=%h%x09%s", "HEAD"
    )
    rows = (row.split("\t", 1) for row in (found or "").splitlines())
    return next(
        (commit for commit, told in rows if told == message or told.startswith(f"{message} ")), ""
    )
