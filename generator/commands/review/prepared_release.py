"""A release where nobody may commit to the main branch: prepared as a change of its own, and tagged
after it was merged, however that was done.
"""

from __future__ import annotations

import posixpath
from collections.abc import Mapping
from dataclasses import dataclass

from generator.changes.missing_releases import read_traces
from generator.changes.snapshots import TAG_PREFIX, find_commits_of, load_at
from generator.commands.terminal import CannotRunError
from generator.editing.release_plan import Plan
from generator.files.git import Repository
from generator.files.git_branches import (
    Entry,
    list_entries,
    read_branch,
    swap_branch,
    write_commit,
    write_contents,
)
from generator.problems.problem import Problem, has_errors


@dataclass(frozen=True)
class Merged:
    """The commit that is to be tagged, and what is wrong with the strategy there."""

    commit: str
    problems: tuple[Problem, ...]
    files: int


def name_branch(version: str) -> str:
    """The branch on which a release is prepared."""
    return f"release-{version}"


def prepare(repository: Repository, plan: Plan, after: Mapping[str, bytes]) -> str:
    """Commit what a release writes on a branch of its own, beside the one that is checked out; the
    name of the branch. No file on disk is touched. Raises GitError, and CannotRunError where the
    branch is there already.
    """
    branch, head = name_branch(plan.version), repository.resolve("HEAD")
    there = f"the branch {branch} is there already; push it, or begin anew: git branch -D {branch}"
    if read_branch(repository, branch) is not None:
        raise CannotRunError(there)
    entries = list_entries(repository, head)
    changed = {_path_in(repository, path): content for path, content in after.items()}
    known = {path: entries[path] for path in changed if path in entries}
    before = repository.read_blobs({path: entry.blob for path, entry in known.items()})
    contents = {path: _as_kept(new, before.get(path, b"")) for path, new in changed.items()}
    for path, made in write_contents(repository, contents).items():
        mode = known[path].mode if path in known else made.mode
        if mode not in ("100644", "100755"):
            raise CannotRunError(f"{path} is a link; a release writes into files only")
        entries[path] = Entry(mode, made.blob)
    commit = write_commit(repository, entries, head, plan.message, may_sign=True)
    if not swap_branch(repository, branch, commit, None):
        raise CannotRunError(there)
    return branch


def find_merged(repository: Repository, version: str, changelog: str, max_bytes: int) -> Merged:
    """The commit of this branch with which a version came into it. Raises CannotRunError where there
    is none here.
    """
    path = _path_in(repository, changelog)
    for commit in find_commits_of(repository, version):
        log = repository.read_found({path: f"{commit}:{path}"}).get(path, b"")
        loaded = load_at(repository, commit, max_bytes)
        traces = read_traces(loaded, log.decode("utf-8", "replace"))
        if version in traces.sections:
            faults = loaded.problems if has_errors(loaded.problems) else ()
            return Merged(commit, faults, len(loaded.files))
    more = (
        "get the whole history with: git fetch --unshallow --tags"
        if repository.is_shallow
        else f"prepare it with: playbook release {version} --prepare; after the merge: git pull"
    )
    raise CannotRunError(
        f"no commit of this branch has version {version} in the header and in {changelog}; {more}"
    )


def set_tag(repository: Repository, version: str, commit: str, message: str) -> None:
    """Tag a commit as a version, on the day on which it was made. Raises GitError."""
    moment = repository.run("show", "--no-patch", "--format=%cI", commit).strip()
    repository.run(
        "tag",
        "--annotate",
        f"{TAG_PREFIX}{version}",
        "--message",
        message,
        commit,
        environment={"GIT_COMMITTER_DATE": moment},
    )


def _path_in(repository: Repository, path: str) -> str:
    """A path below the folder of the strategy, as git counts from the top."""
    found = posixpath.normpath(posixpath.join(repository.folder, path))
    if found.startswith(("../", "/")):
        raise CannotRunError(f"{path} lies outside the repository")
    return found


def _as_kept(new: bytes, before: bytes) -> bytes:
    """A content with the line ends that git keeps, which may be others than those on this disk."""
    return new if b"\r\n" in before else new.replace(b"\r\n", b"\n")
