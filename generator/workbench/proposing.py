"""The edits as a branch that is proposed: made from the commit one is on, behind the back of the files
and of the branch one works on, and pushed by one's own git.
"""

from __future__ import annotations

import posixpath
import re
from collections.abc import Iterator, Mapping
from typing import Any

from generator.editing.edit_notes import NotePlan, plan_notes
from generator.files.git import GitError, NoAnswerError, Repository, find_repository
from generator.files.git_branches import (
    Entry,
    list_entries,
    push_branch,
    say_why,
    swap_branch,
    write_commit,
    write_contents,
)
from generator.files.tree import OverlayTree
from generator.schema.corrections import make_id
from generator.starter.hosts import find_change_page
from generator.workbench.edits import Sitting
from generator.workbench.looking import Telling
from generator.workbench.reading import Folder, Reading
from generator.workbench.saving import refuse

REMOTE = "origin"
PREFIX = "proposal/"
"""How the names of all branches begin that are proposed."""
_MOST_NAMES = 50
_LINK = "120000"
NO_NAME = "no name is free for the branch; begin the reason with other words"
_NOT_WHOLE = (
    "This rests on changes in your files that are not committed yet, so it cannot be proposed without "
    "them. Commit those first."
)
_UNSOUND = "At the commit you are on, the strategy would no longer be sound with these edits."
PATIENCE = 60
"""Seconds for which a push may wait for the network, or for somebody to sign in."""
_UNANSWERED = {
    "asks_who": r"terminal prompts disabled|could not read (?:Username|Password)|Authentication failed"
    r"|Permission denied|Host key verification failed",
    "not_reached": r"Could not resolve host|Failed to connect|Couldn't connect|Connection refused"
    r"|timed out|unreachable",
}
"""What became of a push, by what git says where the remote was never asked to take the branch."""


def find_obstacle(folder: Folder) -> tuple[Repository | None, str]:
    """The repository that the strategy lies in, and why nothing can be proposed there; empty where
    something can.
    """
    try:
        repository = find_repository(folder.root)
    except GitError as error:
        return None, f"{error}."
    if repository is None:
        return (
            None,
            "This folder is not in a git repository, so there is no branch to propose. Save works.",
        )
    if not repository.has_commits:
        return repository, "Nothing was ever committed here; commit once, and then propose."
    if repository.ask("var", "GIT_AUTHOR_IDENT") is None:
        return repository, (
            'Git does not know who you are. Say it once in a terminal: git config --global user.name "Your name", '
            "and the same with user.email."
        )
    return repository, ""


def find_commit(folder: Folder) -> str:
    """The commit that one is on; empty where there is none."""
    repository, _ = find_obstacle(folder)
    try:
        return (repository.ask("rev-parse", "HEAD") or "") if repository else ""
    except GitError:
        return ""


def propose(folder: Folder, tell: Telling, sitting: Sitting, reason: str) -> dict[str, Any]:
    """Make a branch of all edits since the last proposal, those that were saved among them, and push
    it. The answer says its `branch`, what happened (`says`), and the `page` of the host where it is
    opened, as far as it is known.
    """
    repository, obstacle = find_obstacle(folder)
    edits = (*sitting.now.saved, *sitting.now.pending)
    if repository is None or obstacle:
        return {"refused": obstacle}
    if not edits:
        return {"refused": "Nothing has been changed yet."}
    message = _clean(reason)
    if not message:
        return {"refused": "Say why, in a sentence: it is what whoever decides reads first."}
    try:
        commit = repository.resolve("HEAD")
        with repository.open_tree(commit) as tree:
            before = Reading(folder, tree)
            notes = [one.note for one in edits]
            plan = plan_notes(tree, before.loaded, notes, folder.max_bytes)
            after = Reading(folder, OverlayTree(tree, plan.files))
            refused = refuse(tell, plan, before, after)
        if refused:
            return {"refused": _NOT_WHOLE if "in_the_way" in refused else _UNSOUND, **refused}
        if not plan.files:
            return {"refused": "All of this is committed already."}
        made = commit_plan(repository, commit, plan, message)
        answer = _send(repository, made, message)
    except GitError as error:
        return {"refused": f"Git could not do it: {error}."}
    sitting.note_proposed()
    return answer


def _clean(reason: str) -> str:
    """The reason as the message of a commit: its lines, without signs that steer a terminal."""
    lines = ("".join(sign for sign in line if sign.isprintable()) for line in reason.splitlines())
    return "\n".join(lines).strip()


def name_branches(message: str) -> Iterator[str]:
    """Names for a branch that is proposed for this reason, until one is free."""
    name = make_id(message.splitlines()[0][:50]) or "edit"
    yield f"{PREFIX}{name}"
    yield from (f"{PREFIX}{name}-{number}" for number in range(2, _MOST_NAMES))


def commit_plan(
    repository: Repository,
    parent: str,
    plan: NotePlan,
    message: str,
    author: tuple[str, str] | None = None,
) -> str:
    """A commit of what a plan changes, which no branch knows of yet. The author is named with an
    address; where none is, it is whoever git says. Raises GitError.
    """
    entries = list_entries(repository, parent)
    files = {posixpath.join(repository.folder, path): text for path, text in plan.files.items()}
    for path in files:
        if path in entries and entries[path].mode == _LINK:
            raise GitError(f"{path} is a link to another file; change that one by hand")
    blobs = write_contents(repository, {path: text.encode() for path, text in files.items()})
    whole = {**entries, **_keep_modes(entries, blobs)}
    return write_commit(repository, whole, parent, message + "\n", author, may_sign=True)


def _keep_modes(old: Mapping[str, Entry], new: Mapping[str, Entry]) -> dict[str, Entry]:
    return {
        path: Entry(old[path].mode, one.blob) if path in old else one for path, one in new.items()
    }


def _send(repository: Repository, commit: str, message: str) -> dict[str, Any]:
    """Give the commit a branch of its own, here and on the remote, under a name that is free in both."""
    remote = repository.find_remote()
    for branch in name_branches(message):
        if not swap_branch(repository, branch, commit, None, "edit"):
            continue
        answer = {"branch": branch}
        if not remote:
            return {**answer, "says": "no_origin"}
        try:
            if not push_branch(repository, REMOTE, branch, commit, None, PATIENCE):
                repository.ask("update-ref", "-d", f"refs/heads/{branch}", commit)
                continue  # somebody else has a branch of this name there
        except GitError as error:
            cause = error.__cause__ if isinstance(error.__cause__, GitError) else error
            return {**answer, "says": _find_why(cause), "why": say_why(cause)}
        return {**answer, "says": "pushed", "page": find_change_page(remote, branch)}
    raise GitError(NO_NAME)


def _find_why(error: GitError) -> str:
    """What stopped a push, as the form names it."""
    said = f"{error}\n{error.whole}"
    named = (name for name, words in _UNANSWERED.items() if re.search(words, said))
    return "no_answer" if isinstance(error, NoAnswerError) else next(named, "not_pushed")
