"""Where the versions of a site stand side by side: a branch of the repository, by way of mike, or a
plain folder.

mike documents its command line only; what we use of its Python stands in this module and was written
for mike 2.2.0:

- `commands.deploy`, `delete` and `list_versions` do what the commands of these names do, without
  building the site (that is ours) and without pushing it. `deploy` reads `site_dir` and
  `use_directory_urls` of the configuration and nothing else, so it gets a plain group of these two.
- `commands.AliasType.copy`: a branch is read by hosts that follow no links.
- `git_utils.Commit` and `FileInfo` write files of ours (marks, redirects) into the branch without
  checking it out; `git_utils.GitError` is what all of these raise.
- `versions.Versions` reads and writes `versions.json`, which the theme's selector reads: a folder
  gets the same file as a branch.
- All of them run git in the current folder, so that `_inside` goes to that of the playbook.
"""

from __future__ import annotations

import shutil
import tempfile
from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from typing import Protocol

from mike import commands as mike
from mike import git_utils
from mike.commands import AliasType
from mike.versions import Versions

from generator.files.git import GitError, Repository
from generator.files.writing import write_all

LATEST = "latest"
VERSIONS = "versions.json"


class Shelf(Protocol):
    """A place that holds a folder per version, the newest once more as `latest`, and a few files at
    its root.
    """

    def list_versions(self) -> Mapping[str, frozenset[str]]:
        """The versions that stand here, the newest first, each with its other names."""

    def list_files(self) -> Iterable[str]:
        """Every file, with `/` between the parts."""

    def read(self, path: str) -> bytes:
        """The content of a file."""

    def deploying(self, version: str, title: str, *, latest: bool) -> AbstractDeploy:
        """Within this context the site is built into the folder it gives; what comes then is put in
        its place.
        """

    def change(self, files: Mapping[str, bytes], removed: Iterable[str], message: str) -> None:
        """Write files, and take whole versions away."""


class AbstractDeploy(Protocol):
    """A context that gives a folder to build into."""

    def __enter__(self) -> Path: ...

    def __exit__(self, *_: object) -> bool | None: ...


class BranchShelf:
    """A branch, written without checking it out."""

    def __init__(self, repository: Repository, branch: str) -> None:
        self._repository, self.branch = repository, branch

    @property
    def _ref(self) -> str:
        return f"refs/heads/{self.branch}"

    def list_versions(self) -> Mapping[str, frozenset[str]]:
        with self._inside():
            return _as_mapping(mike.list_versions(self.branch))

    def list_files(self) -> Iterable[str]:
        if self._repository.ask("rev-parse", "--verify", "--quiet", self._ref) is None:
            return []
        return self._repository.run(
            "ls-tree", "-r", "-z", "--full-tree", "--name-only", self._ref
        ).split("\0")[:-1]

    def read(self, path: str) -> bytes:
        return self.read_all([path])[path]

    def read_all(self, paths: Iterable[str]) -> dict[str, bytes]:
        with self._repository.open_tree(self._ref, "") as tree:
            return {path: tree.read_bytes(path) for path in paths}

    @contextmanager
    def deploying(self, version: str, title: str, *, latest: bool) -> Iterator[Path]:
        with _workshop() as made, self._inside():
            config = {"site_dir": str(made), "use_directory_urls": True}
            with mike.deploy(
                config,
                version,
                title,
                [LATEST] if latest else [],
                update_aliases=True,
                alias_type=AliasType.copy,
                branch=self.branch,
                message=f"Publish version {version}",
                allow_empty=True,
            ):
                yield made

    def change(self, files: Mapping[str, bytes], removed: Iterable[str], message: str) -> None:
        gone = list(removed)
        with self._inside():
            if gone:
                mike.delete(
                    gone,
                    branch=self.branch,
                    message=f"Take away {', '.join(gone)}",
                    allow_empty=True,
                )
            if files:
                with git_utils.Commit(self.branch, message, allow_empty=True) as commit:
                    for path, content in sorted(files.items()):
                        commit.add_file(git_utils.FileInfo(path, content))

    @contextmanager
    def transaction(self) -> Iterator[None]:
        """Whatever fails within, the branch is afterwards what it was before."""
        before = self._repository.ask("rev-parse", "--verify", "--quiet", self._ref)
        try:
            yield
        except BaseException as error:
            if before is not None:
                self._repository.ask("update-ref", "-m", "publishing undone", self._ref, before)
            else:
                self._repository.ask("update-ref", "-d", self._ref)
            if isinstance(error, git_utils.GitError):
                raise GitError(" ".join(str(error).split())) from error
            raise

    def take_over(self) -> None:
        """In a fresh clone, go on from what was published before, as far as the clone knows it."""
        there = self._repository.ask(
            "rev-parse", "--verify", "--quiet", f"refs/remotes/origin/{self.branch}"
        )
        if there and self._repository.ask("rev-parse", "--verify", "--quiet", self._ref) is None:
            self._repository.run("update-ref", self._ref, there)

    def fetch(self, remote: str) -> None:
        """Take over what others published meanwhile. Raises GitError where the two cannot be
        brought together.
        """
        known = self._repository.ask("ls-remote", "--exit-code", "--heads", remote, self._ref)
        if not known:
            return
        there = f"refs/remotes/{remote}/{self.branch}"
        self._repository.run("fetch", "--quiet", "--no-tags", remote, f"+{self._ref}:{there}")
        here = self._repository.ask("rev-parse", "--verify", "--quiet", self._ref)
        if (
            here is not None
            and self._repository.ask("merge-base", "--is-ancestor", there, here) is not None
        ):
            return
        if (
            here is not None
            and self._repository.ask("merge-base", "--is-ancestor", here, there) is None
        ):
            raise GitError(
                f"the branch {self.branch} here and on {remote} have gone different ways; "
                f"to take over what is on {remote}: git branch --force {self.branch} {remote}/{self.branch}"
            )
        self._repository.run("update-ref", self._ref, there)

    def push(self, remote: str) -> None:
        """Hand the branch on. Raises GitError where somebody else was quicker."""
        try:
            self._repository.run("push", "--quiet", remote, f"{self._ref}:{self._ref}")
        except GitError as error:
            raise GitError(
                f"{remote} did not take the branch {self.branch}; if somebody else published at the same time, "
                f"publish again: {error}"
            ) from error

    def refuse_checked_out(self) -> None:
        """The branch is written behind the back of whoever works on it."""
        if (
            f"branch {self._ref}"
            in self._repository.run("worktree", "list", "--porcelain").splitlines()
        ):
            raise GitError(
                f"the branch {self.branch} is checked out; switch to another one, or name another to publish to"
            )

    @contextmanager
    def _inside(self) -> Iterator[None]:
        """mike asks git from the current folder, by the environment as it is, and must know who
        commits.
        """
        with self._repository.entered():
            yield


class FolderShelf:
    """A plain folder, for any web server."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder

    def list_versions(self) -> Mapping[str, frozenset[str]]:
        return _as_mapping(self._read_versions())

    def list_files(self) -> Iterable[str]:
        return sorted(
            path.relative_to(self.folder).as_posix()
            for path in self.folder.rglob("*")
            if path.is_file()
        )

    def read(self, path: str) -> bytes:
        return (self.folder / path).read_bytes()

    def read_all(self, paths: Iterable[str]) -> dict[str, bytes]:
        return {path: self.read(path) for path in paths}

    @contextmanager
    def deploying(self, version: str, title: str, *, latest: bool) -> Iterator[Path]:
        self.folder.mkdir(parents=True, exist_ok=True)
        with _workshop(self.folder.parent) as made:
            yield made
            versions = self._read_versions()
            versions.add(version, title, [LATEST] if latest else [], update_aliases=True)
            for name in (version, LATEST) if latest else (version,):
                self._put(made, name)
            self._write({VERSIONS: (versions.dumps() + "\n").encode()})

    def change(self, files: Mapping[str, bytes], removed: Iterable[str], message: str) -> None:
        versions = self._read_versions()
        gone = [str(one.version) for one in versions if str(one.version) in set(removed)]
        if gone:
            versions.difference_update(gone)
            self._write({VERSIONS: (versions.dumps() + "\n").encode()})
            for version in gone:
                shutil.rmtree(self.folder / version, ignore_errors=True)
        self._write(files)

    @contextmanager
    def transaction(self) -> Iterator[None]:
        """Each version is put in place whole, and versions.json after it: there is nothing to undo."""
        yield

    def _read_versions(self) -> Versions:
        path = self.folder / VERSIONS
        return Versions.loads(path.read_text("utf-8")) if path.is_file() else Versions()

    def _put(self, made: Path, name: str) -> None:
        """A copy of the site under a name: two renames, so that a reader meets the old one or the
        new one.
        """
        with tempfile.TemporaryDirectory(prefix=".publish-", dir=self.folder) as name_of_workshop:
            fresh = Path(name_of_workshop) / "new"
            shutil.copytree(made, fresh)
            target = self.folder / name
            if target.exists():
                target.rename(Path(name_of_workshop) / "old")
            fresh.rename(target)

    def _write(self, files: Mapping[str, bytes]) -> None:
        """A site is there to be read by all, and can be made again."""
        changed = {
            path: content
            for path, content in files.items()
            if not (self.folder / path).is_file() or self.read(path) != content
        }
        write_all(self.folder, changed, mode=0o644, durable=False)


def name_versions(versions: Mapping[str, frozenset[str]]) -> str:
    """The versions that stand in a place, in one line."""
    return ", ".join(
        name + (" (latest)" if LATEST in names else "") for name, names in versions.items()
    )


def _as_mapping(versions: Versions) -> dict[str, frozenset[str]]:
    return {str(one.version): frozenset(one.aliases) for one in versions}


@contextmanager
def _workshop(parent: Path | None = None) -> Iterator[Path]:
    with tempfile.TemporaryDirectory(prefix=".playbook-publish-", dir=parent) as name:
        made = Path(name) / "site"
        made.mkdir()
        yield made
