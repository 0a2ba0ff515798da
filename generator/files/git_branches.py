"""A branch written behind the back of all checkouts, and never over what somebody else wrote.

Files become objects of git, a commit is made of them, and the branch moves to it in one step that
fails where the branch is no longer what it was read as (compare and swap), here and on a remote.
Until that step nothing has changed that anybody sees.
"""

from __future__ import annotations

import os
import re
from collections.abc import Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path

from generator.files.git import GitError, NoAnswerError, Repository
from generator.files.workshop import open_temporary

_PATIENCE = "core.filesRefLockTimeout=20000"
"""Milliseconds for which git waits while somebody else holds the lock of a branch."""
_LOST = (
    "stale info",
    "fetch first",
    "cannot lock ref",
    "failed to update ref",
    "incorrect old value",
)
"""How git says that a push came second."""
_MOST_QUESTIONS = 20
_TO_SIGN = 120
"""Seconds in which a person can find the key that a commit is signed with."""
_HEADS = "refs/heads/"
_SPECIAL = re.compile("[A-Z]+_HEAD")
"""What git itself writes, such as FETCH_HEAD, whether it is there now or not."""
_UNDER_WAY = ("rebase-merge/head-name", "rebase-apply/head-name", "BISECT_START")
"""Where git keeps which branch a checkout comes back to."""


@dataclass(frozen=True)
class Entry:
    """A file in a commit: its mode as git writes it, and git's name for its content."""

    mode: str
    blob: str


def read_branch(repository: Repository, branch: str) -> str | None:
    """The commit that a branch stands at; None where there is no such branch."""
    return repository.ask("rev-parse", "--verify", "--quiet", f"refs/heads/{branch}")


def refuse_branch(repository: Repository, branch: str) -> None:
    """Raise GitError where a name is none for a branch of its own, where git reads it as something
    else, or where somebody works on the branch, which is written behind his back.
    """
    ref = f"refs/heads/{branch}"
    shown = branch if branch.isprintable() else ascii(branch)[1:-1]
    is_name = branch.isprintable() and not branch.startswith("-") and branch.upper() != "HEAD"
    if branch.startswith("refs/"):
        raise GitError(
            f'"{shown}" is how git writes a branch in full; name it without refs/heads/ before it'
        )
    if not is_name or branch == "@" or repository.ask("check-ref-format", ref) is None:
        raise GitError(
            f'"{shown}" cannot be the name of a branch to publish to; name one such as gh-pages'
        )
    meant = repository.ask("rev-parse", "--symbolic-full-name", "--verify", "--quiet", branch)
    if meant not in (None, ref) or _SPECIAL.fullmatch(branch):
        raise GitError(
            f'git reads "{branch}" as {meant or "a commit"}, not as a branch of that name; '
            "name another one, such as gh-pages"
        )
    if branch in _list_in_use(repository):
        raise GitError(
            f"the branch {branch} is checked out; switch to another one, or name another to publish to"
        )


def _list_in_use(repository: Repository) -> set[str]:
    """The branches that somebody works on in any folder, those in the middle of a rebase or a
    bisection among them.
    """
    rows = repository.run("worktree", "list", "--porcelain", "-z").split("\0")
    used = {row.removeprefix(f"branch {_HEADS}") for row in rows if row.startswith("branch ")}
    for folder in (row.removeprefix("worktree ") for row in rows if row.startswith("worktree ")):
        for name in _UNDER_WAY:
            path = repository.ask("-C", folder, "rev-parse", "--git-path", name)
            with suppress(OSError, ValueError):
                if path:
                    text = (Path(folder) / path).read_text("utf-8")
                    used.add(text.strip().removeprefix(_HEADS))
    return used


def read_remote_branch(
    repository: Repository, remote: str, branch: str, patience: float | None = None
) -> str | None:
    """The commit that a branch stands at on a remote, as that says now. Raises GitError where it
    does not answer, at the latest after so many seconds of `patience`.
    """
    ref = f"refs/heads/{branch}"
    answer = repository.run("ls-remote", "--heads", "--", remote, ref, patience=patience)
    rows = [row.split("\t") for row in answer.splitlines()]
    return next((row[0] for row in rows if row[-1] == ref), None)


def fetch_branch(repository: Repository, remote: str, branch: str) -> str | None:
    """Get a branch of a remote, and the commit that it stands at; None where it has no such branch.
    No name here is changed.
    """
    for _ in range(_MOST_QUESTIONS):
        commit = read_remote_branch(repository, remote, branch)
        if commit is None or _is_here(repository, commit):
            return commit
        repository.run(
            "fetch",
            "--quiet",
            "--no-tags",
            "--no-write-fetch-head",
            "--refmap=",
            "--",
            remote,
            f"refs/heads/{branch}",
        )
        if _is_here(repository, commit):
            return commit  # else it has moved on between the two questions
    raise GitError(f"{remote} has something new on the branch {branch} at every look; try later")


def _is_here(repository: Repository, commit: str) -> bool:
    """Whether a commit is here with all that is in it and below it: while somebody else fetches it, the
    commit alone may be.
    """
    below = ("--objects", "--quiet", "--exclude-promisor-objects", commit, "--not", "--all")
    return repository.ask("rev-list", *below) is not None


def is_part_of(repository: Repository, commit: str, later: str) -> bool:
    """Whether a commit is in the history of another one, or is that one."""
    return repository.ask("merge-base", "--is-ancestor", commit, later) is not None


def list_entries(repository: Repository, commit: str) -> dict[str, Entry]:
    """Every file of a commit by its path."""
    found = {}
    for row in repository.run("ls-tree", "-r", "-z", "--full-tree", commit).split("\0")[:-1]:
        head, _, path = row.partition("\t")
        mode, _, blob = head.split(" ")
        found[path] = Entry(mode, blob)
    return found


def list_earlier(repository: Repository, commit: str, path: str) -> list[bytes]:
    """What a file held at a commit and at all before it, each content once. What is not in this
    clone is left out.
    """
    commits = repository.run("rev-list", commit).split()
    return repository.read_revisions([f"{one}:{path}" for one in commits])


def write_blobs(repository: Repository, files: Sequence[Path]) -> list[Entry]:
    """Files of the disk as objects of git, in their order."""
    names = "".join(f"{file}\n" for file in files)
    answer = repository.run("hash-object", "-w", "--no-filters", "--stdin-paths", text=names)
    return [Entry("100644", blob) for blob in answer.split()]


def write_contents(repository: Repository, contents: Mapping[str, bytes]) -> dict[str, Entry]:
    """Contents by path as objects of git."""
    with open_temporary() as workshop:
        files = []
        for number, content in enumerate(contents.values()):
            files.append(workshop / str(number))
            files[-1].write_bytes(content)
        return dict(zip(contents, write_blobs(repository, files), strict=True))


def write_commit(
    repository: Repository,
    entries: Mapping[str, Entry],
    parent: str | None,
    message: str,
    author: tuple[str, str] | None = None,
    *,
    may_sign: bool = False,
) -> str:
    """A commit of just these files, which no branch knows of yet; its name. Where it would be the
    same as its parent, it is the parent. The `author` is named with an address, where it is not whoever
    commits. Where it `may_sign`, it is signed if the settings of git sign commits.
    """
    rows = "".join(f"{entry.mode} {entry.blob}\t{path}\0" for path, entry in entries.items())
    with open_temporary() as workshop:
        index = {"GIT_INDEX_FILE": str(workshop / "index")}
        repository.run("update-index", "-z", "--add", "--index-info", text=rows, environment=index)
        tree = repository.run("write-tree", environment=index).strip()
    if parent is not None and repository.ask("rev-parse", f"{parent}^{{tree}}") == tree:
        return parent
    options = ["-p", parent] if parent is not None else []
    signs = may_sign and repository.ask("config", "--type=bool", "commit.gpgSign") == "true"
    if signs:
        options.append("--gpg-sign")
    who = _somebody(repository)
    if author is not None:
        who |= {"GIT_AUTHOR_NAME": author[0], "GIT_AUTHOR_EMAIL": author[1]}
    return repository.run(
        *("commit-tree", *options, "-F", "-", tree),
        text=message,
        environment=who,
        patience=_TO_SIGN if signs else None,
    ).strip()


def _somebody(repository: Repository) -> dict[str, str]:
    """Who commits: on a machine without a person, the program."""
    name = repository.ask("config", "user.name") or "playbook"
    mail = repository.ask("config", "user.email") or "playbook@localhost"
    return {
        f"GIT_{role}_{what}": os.environ.get(f"GIT_{role}_{what}") or value
        for role in ("AUTHOR", "COMMITTER")
        for what, value in (("NAME", name), ("EMAIL", mail))
    }


def swap_branch(
    repository: Repository, branch: str, new: str, old: str | None, command: str = "publish"
) -> bool:
    """Let a branch stand at `new` where it still stands at `old` (None: where there is none), as git's
    log of it says by which command. Whether it does; False says that somebody else was quicker. Raises
    GitError where git refuses.
    """
    ref, nothing = f"refs/heads/{branch}", "0" * len(new)
    try:
        repository.run(
            "-c",
            _PATIENCE,
            "update-ref",
            "-m",
            f"playbook {command}",
            ref,
            new,
            old or nothing,
        )
    except GitError:
        if read_branch(repository, branch) != old:
            return False
        raise
    return True


def push_branch(
    repository: Repository,
    remote: str,
    branch: str,
    new: str,
    old: str | None,
    patience: float | None = None,
) -> bool:
    """Let a branch of a remote stand at `new` where it still stands at `old` (None: where there is
    none). Whether it does; False says that somebody else was quicker. Raises GitError where the
    remote refuses, and NoAnswerError where it says nothing for so many seconds of `patience`.
    """
    ref = f"refs/heads/{branch}"
    try:
        repository.run(
            "push",
            "--quiet",
            f"--force-with-lease={ref}:{old or ''}",
            "--",
            remote,
            f"{new}:{ref}",
            patience=patience,
        )
    except NoAnswerError:
        raise
    except GitError as error:
        if _came_second(error) or read_remote_branch(repository, remote, branch, patience) != old:
            return False
        raise GitError(
            f"{remote} did not take the branch {branch}, and nothing was changed: {say_why(error)}"
        ) from error
    return True


def say_why(error: GitError) -> str:
    """The line on which a push says why the branch was not taken, where there is one."""
    rows = [row.strip() for row in error.whole.splitlines() if row.startswith(" ! ")]
    return " ".join(rows[0].removeprefix("! ").split()) if rows else str(error)


def _came_second(error: GitError) -> bool:
    return any(words in error.whole for words in _LOST)
