"""The bare clone that the service reads from, and proposes by: it fetches the default branch, and pushes
`proposal/…` and nothing else.
"""

from __future__ import annotations

import posixpath
import re
from collections.abc import Mapping
from pathlib import Path

from generator.editing.edit_notes import NotePlan
from generator.files.git import GitError, Repository
from generator.files.git_branches import push_branch
from generator.loading.manuscript import FOLDER, MAIN_FILE
from generator.schema.custom_fields import CUSTOM_SCHEMA
from generator.schema.own_description import DESCRIPTION
from generator.workbench.proposing import PATIENCE, PREFIX, REMOTE, commit_plan
from generator.workbench.service.person import Person
from generator.workbench.service.spelling import TextTree

_FOLLOWED = "refs/playbook/default"
_OWN = re.compile(rf"{PREFIX}[a-z0-9][a-z0-9-]{{0,99}}")


class Clone:
    """A bare clone of the repository at an `address`, in a folder of ours. The strategy lies in the
    folder `within` of it.
    """

    def __init__(self, folder: Path, address: str, within: str = "") -> None:
        self.address = address
        self.folder = folder
        self._repository = Repository(folder, within)
        if not (folder / "HEAD").is_file():
            self._repository.run("init", "--quiet", "--bare")
        for name, value in (
            (f"remote.{REMOTE}.url", address),
            ("user.name", "playbook edit"),
            ("user.email", "playbook-edit@localhost"),
            ("http.lowSpeedLimit", "1000"),  # who waits for a dead host holds up others
            ("http.lowSpeedTime", "30"),
        ):
            self._repository.run("config", "--replace-all", name, value)

    def fetch(self) -> str:
        """Get the default branch as it is now; the commit that it stands at. Raises GitError."""
        asked = ("ls-remote", "--symref", "--", REMOTE, "HEAD")
        rows = self._repository.run(*asked, patience=PATIENCE).splitlines()
        heads = [row.split()[1] for row in rows if row.startswith("ref: refs/heads/")]
        if not heads:
            raise GitError("the repository has no default branch with a commit")
        self._repository.run(
            *("fetch", "--quiet", "--no-tags", "--no-write-fetch-head", "--refmap="),
            *("--", REMOTE, f"+{heads[0]}:{_FOLLOWED}"),
        )
        return self._repository.resolve(_FOLLOWED)

    def read(self, commit: str) -> TextTree:
        """What a strategy is read from, as it stands at a commit. Raises GitError."""
        found: dict[str, bytes] = {}
        with self._repository.open_tree(commit) as tree:
            for path in (MAIN_FILE, DESCRIPTION, CUSTOM_SCHEMA, *tree.list_files(FOLDER)):
                try:
                    found[path] = tree.read_bytes(path)
                except FileNotFoundError:
                    continue
                except OSError as error:
                    raise GitError(f"a file cannot be read ({error.strerror})") from error
        return TextTree(found)

    def read_file(self, commit: str, path: str) -> bytes:
        """A file beside the strategy; empty where there is none."""
        name = posixpath.join(self._repository.folder, path)
        found: Mapping[str, bytes] = self._repository.read_found({path: f"{commit}:{name}"})
        return found.get(path, b"")

    def commit(self, parent: str, plan: NotePlan, message: str, person: Person) -> str:
        """A commit of what a plan changes, by somebody; no branch knows of it yet. Raises GitError."""
        author = (person.name, person.mail)
        return commit_plan(self._repository, parent, plan, message, author)

    def push(self, branch: str, commit: str) -> bool:
        """Give a commit a new branch on the remote; whether the name was free. Raises GitError where the
        remote does not take it, and, before anything is asked, for any branch but a proposal.
        """
        if not _OWN.fullmatch(branch):
            raise GitError(f"only branches below {PREFIX} are pushed")
        return push_branch(self._repository, REMOTE, branch, commit, None, PATIENCE)
