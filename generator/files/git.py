"""All that is known of git.

Reading looks at git's objects only: no checkout, no index, no lock, whatever else is going on in
the repository. Names that come from outside never reach git as options, and nothing passes through
a shell.
"""

from __future__ import annotations

import posixpath
import shlex
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from datetime import UTC, date, datetime
from pathlib import Path

from generator.files.git_process import GitError as GitError
from generator.files.git_process import NoAnswerError as NoAnswerError
from generator.files.git_process import run_git, start_git
from generator.files.git_process import stop_waiting as stop_waiting

_TAG = "refs/tags/"
_UNCOMMITTED = "Not Committed Yet"
_MODES = {"120000": "link", "160000": "submodule"}
_MOST_LINKS = 20


@dataclass(frozen=True)
class Blob:
    """A file at a commit: git's name for its content, and whether it is a `file`, a `link` or a
    `submodule`.
    """

    name: str
    type: str


@dataclass(frozen=True)
class Tag:
    """A tag: its name, the commit it leads to, and the day it was made."""

    name: str
    commit: str
    day: str


@dataclass(frozen=True)
class LastChange:
    """Who changed something last, and on which day."""

    author: str
    day: date


@dataclass(frozen=True)
class Repository:
    """A git repository, and in it the folder of a strategy: `root` on disk, `folder` as git counts
    from the top.
    """

    root: Path
    folder: str

    def run(
        self,
        *arguments: str,
        text: str | None = None,
        environment: Mapping[str, str] | None = None,
        patience: float | None = None,
    ) -> str:
        """What git answers. Raises GitError with git's own words where it refuses, and NoAnswerError
        where it has not ended after so many seconds of `patience`.
        """
        done = run_git(self.root, arguments, text, environment, patience)
        if done.returncode != 0:
            raise GitError(
                _first_line(done.stderr) or f"git {arguments[0]} ended with {done.returncode}",
                done.stderr.decode("utf-8", "replace"),
            )
        return done.stdout.decode("utf-8", "surrogateescape")

    def ask(self, *arguments: str) -> str | None:
        """What git answers on one line, or None where it has no answer."""
        done = run_git(self.root, arguments)
        return (
            done.stdout.decode("utf-8", "surrogateescape").strip() if done.returncode == 0 else None
        )

    def resolve(self, ref: str) -> str:
        """The commit that a branch, a tag or an abbreviation names. Raises GitError where there is
        none.
        """
        if not ref or ref.startswith("-") or not ref.isprintable():
            raise GitError(f"{ref!r} cannot be the name of a version in git")
        found = self.ask(
            "rev-parse", "--verify", "--quiet", "--end-of-options", f"{ref}^{{commit}}"
        )
        if found is None:
            hint = (
                "this is a shallow clone, so it may only be missing here; get all with: git fetch --unshallow --tags"
                if self.is_shallow
                else "if others have it, get it with: git fetch --tags"
            )
            raise GitError(f'git knows no version "{ref}"; {hint}')
        return found.splitlines()[-1]

    @property
    def is_shallow(self) -> bool:
        """Whether older history was left out when this was cloned."""
        return self.ask("rev-parse", "--is-shallow-repository") == "true"

    @property
    def is_bare(self) -> bool:
        """Whether it has no files checked out."""
        return self.ask("rev-parse", "--is-bare-repository") == "true"

    @property
    def has_commits(self) -> bool:
        """Whether anything was ever committed here."""
        return self.ask("rev-parse", "--verify", "--quiet", "HEAD") is not None

    def merge_base(self, one: str, other: str) -> str:
        """The last commit that both have in common. Raises GitError where none is to be found here."""
        found = self.ask("merge-base", one, other)
        if found:
            return found.splitlines()[0]
        if self.is_shallow:
            raise GitError(
                "this is a shallow clone, and the commit where the change began is not in it; "
                "get the whole history with: git fetch --unshallow (in CI: fetch-depth: 0, or GIT_DEPTH: 0)"
            )
        raise GitError("the two versions have no commit in common; name the one to compare with")

    def find_main_branch(self, environment: Mapping[str, str]) -> str:
        """The branch that a change goes to: what CI says, else what the remote has as its own, else
        main or master.
        """
        named = environment.get("GITHUB_BASE_REF") or environment.get(
            "CI_MERGE_REQUEST_TARGET_BRANCH_NAME"
        )
        remote = self.ask("symbolic-ref", "--quiet", "refs/remotes/origin/HEAD")
        usual = environment.get("CI_DEFAULT_BRANCH"), self.ask("config", "init.defaultBranch")
        names = [f"refs/remotes/origin/{named}", f"refs/heads/{named}"] if named else []
        names += [remote] if remote else []
        names += [
            f"refs/{place}/{branch}"
            for branch in (usual[0], "main", "master", usual[1])
            for place in ("remotes/origin", "heads")
            if branch
        ]
        names += self._find_only_branch()
        for name in names:
            if self.ask(
                "rev-parse", "--verify", "--quiet", "--end-of-options", f"{name}^{{commit}}"
            ):
                return name
        missing = "; this is a shallow clone, fetch the branch first" if self.is_shallow else ""
        raise GitError(
            f"no main branch was found to compare with; name a version: playbook diff BASE{missing}"
        )

    def guess_default_branch(self) -> str:
        """What the branch that is published is called here, as far as git knows: what the remote
        has as its own, else main or master where there are several, else the one that is checked out.
        """
        remote = self.ask("symbolic-ref", "--quiet", "refs/remotes/origin/HEAD")
        if remote:
            return remote.removeprefix("refs/remotes/origin/")
        here = self.ask("symbolic-ref", "--quiet", "--short", "HEAD")
        known = (self.ask("for-each-ref", "--format=%(refname:short)", "refs/heads") or "").split()
        return next((name for name in ("main", "master") if name in known), here or "main")

    def find_remote(self) -> str:
        """The address from which this repository is fetched; empty where there is none."""
        return self.ask("remote", "get-url", "origin") or ""

    def _find_only_branch(self) -> list[str]:
        """The one branch that there is, on the remote, else here; none where there are several."""
        for place in ("refs/remotes/origin", "refs/heads"):
            found = (self.ask("for-each-ref", "--format=%(refname)", place) or "").split()
            if found:
                return found if len(found) == 1 else []
        return []

    def list_tags(self, commit: str | None = "HEAD") -> list[Tag]:
        """The tags that lead to `commit` or to what came before it; None: all."""
        form = "--format=%(refname)%09%(*objectname)%09%(objectname)%09%(creatordate:short)"
        merged = [f"--merged={commit}"] if commit else []
        try:
            found = self.run("for-each-ref", *merged, form, "refs/tags")
        except GitError:  # one of them is damaged; the others are told
            found = ""
            for name in self.list_tag_names():
                with suppress(GitError):
                    found += self.run("for-each-ref", *merged, form, f"{_TAG}{name}")
        rows = [row.split("\t") for row in found.splitlines()]
        return [
            Tag(name.removeprefix(_TAG), peeled or plain, day) for name, peeled, plain, day in rows
        ]

    def order_commits(self, commits: Sequence[str]) -> dict[str, int]:
        """Where each commit stands among all of them: after what it was made from, else by date."""
        listed = self.run("rev-list", "--date-order", "--reverse", "--end-of-options", *commits)
        wanted = set(commits)
        return {one: place for place, one in enumerate(listed.split()) if one in wanted}

    def list_tag_names(self, prefix: str = "") -> list[str]:
        """The names of all tags that begin with `prefix`, wherever they lead and whether they are
        whole or not.
        """
        found = self.run("for-each-ref", "--format=%(refname)", "refs/tags").splitlines()
        names = [name.removeprefix(_TAG) for name in found]
        return [name for name in names if name.startswith(prefix)]

    def list_changed(self) -> list[str]:
        """Every file that differs from the last commit, and every new one that is not ignored."""
        rows = self.run(
            "status", "--porcelain=v1", "-z", "--untracked-files=all", "--no-renames"
        ).split("\0")
        return [row[3:] for row in rows if row]

    def find_last_change(self, file: str, first: int, last: int) -> LastChange | None:
        """Who last changed these lines of a file, and when (by the committer's own clock); None where
        that is not committed, or git does not know.
        """
        found = self.ask("blame", "--porcelain", f"-L{first},{last}", "--", file)
        rows = [row.partition(" ")[::2] for row in (found or "").splitlines() if row[:1] != "\t"]
        times = [int(value) for name, value in rows if name == "author-time" and value.isdigit()]
        names = [value for name, value in rows if name == "author"]
        whole = list(zip(times, names, strict=False))
        if not whole or any(name == _UNCOMMITTED for name in names):
            return None
        time, author = max(whole)
        return LastChange(author, datetime.fromtimestamp(time, UTC).date())

    @contextmanager
    def open_tree(self, commit: str, folder: str | None = None) -> Iterator[CommitTree]:
        """The files of the strategy as they stand at a commit."""
        where = self.folder if folder is None else folder
        with _BlobReader(self.root) as reader:
            yield CommitTree(_list_blobs(self, commit, where), reader)

    def read_blobs(self, blobs: Mapping[str, str]) -> dict[str, bytes]:
        """Contents by path, from git's names for them. Raises OSError where one is not here."""
        with _BlobReader(self.root) as reader:
            return {path: reader.read(name, path) for path, name in blobs.items()}

    def read_found(self, names: Mapping[str, str]) -> dict[str, bytes]:
        """Contents by key, from git's names for them, such as `commit:path`. What is not here is
        left out.
        """
        found = {}
        with _BlobReader(self.root) as reader:
            for key, name in names.items():
                with suppress(OSError):
                    found[key] = reader.read(name, name)
        return found

    def read_revisions(self, names: Iterable[str]) -> list[bytes]:
        """Each content once, by git's `commit:path`. One that is not here is left out."""
        found: dict[bytes, None] = {}
        with _BlobReader(self.root) as reader:
            for name in names:
                with suppress(OSError):
                    found[reader.read(name, name)] = None
        return list(found)


class CommitTree:
    """The files of a folder at a commit, read from git's objects. Links are followed as long as
    they stay inside.
    """

    def __init__(self, blobs: Mapping[str, Blob], reader: _BlobReader) -> None:
        self._blobs, self._reader = blobs, reader

    def list_files(self, folder: str) -> Sequence[str]:
        """Every file below `folder`, sorted; hidden ones and what belongs to other repositories are
        left out.
        """
        return sorted(
            f"{folder}{path[len(real) :]}"
            for real in (self._follow(folder),)
            for path, blob in self._blobs.items()
            if path.startswith(f"{real}/")
            and blob.type != "submodule"
            and not any(part.startswith(".") for part in path[len(real) + 1 :].split("/"))
        )

    def list_hidden(self, folder: str) -> Sequence[str]:
        """None: what was wrong with the names of files is said before it is committed."""
        return ()

    def read_bytes(self, path: str) -> bytes:
        """The content of a file. Raises OSError where it cannot be read."""
        folder, slash, rest = path.partition("/")
        path = f"{self._follow(folder)}{slash}{rest}" if slash else path
        for _ in range(_MOST_LINKS):
            blob = self._find(path)
            if blob.type != "link":
                return self._reader.read(blob.name, path)
            path = self._lead_on(path, blob)
        raise OSError(40, "links lead in a circle", path)

    def _follow(self, folder: str) -> str:
        """Where a folder lies that may be a link itself; on disk it is followed as well."""
        for _ in range(_MOST_LINKS):
            blob = self._blobs.get(folder)
            if blob is None or blob.type != "link":
                break
            folder = self._lead_on(folder, blob)
        return folder

    def _lead_on(self, path: str, blob: Blob) -> str:
        """Where a link leads. Raises PermissionError where that is outside."""
        target = self._reader.read(blob.name, path).decode("utf-8", "surrogateescape")
        path = posixpath.normpath(posixpath.join(posixpath.dirname(path), target))
        if path.startswith(("/", "../")) or path == "..":
            raise PermissionError(13, "it leads outside the strategy's folder", path)
        return path

    def _find(self, path: str) -> Blob:
        blob = self._blobs.get(path)
        if blob is not None and blob.type != "submodule":
            return blob
        if any(other.startswith(f"{path}/") for other in self._blobs):
            raise IsADirectoryError(21, "it is a folder", path)
        raise FileNotFoundError(2, "there is no such file", path)


class _BlobReader:
    """One `git cat-file --batch` that answers for many files."""

    def __init__(self, root: Path) -> None:
        self._root = root
        self._start()

    def _start(self) -> None:
        self._process = start_git(self._root, "cat-file", "--batch")
        assert self._process.stdin is not None  # noqa: S101  # both are pipes
        assert self._process.stdout is not None  # noqa: S101
        self._questions, self._answers = self._process.stdin, self._process.stdout

    def __enter__(self) -> _BlobReader:
        return self

    def __exit__(self, *_: object) -> None:
        self._end()

    def _end(self) -> None:
        with suppress(OSError):
            self._questions.close()
        self._answers.close()
        self._process.wait()

    def read(self, name: str, path: str) -> bytes:
        self._questions.write(f"{name}\n".encode())
        self._questions.flush()
        answer = self._answers.readline()
        head = answer.split()
        if answer and (len(head) != 3 or head[2] == b"missing"):
            # a clone that fetches files only when they are asked for, and cannot now
            raise OSError(5, "its content is not in this clone", path)
        content = self._answers.read(int(head[2])) if head else b""
        if not head or len(content) != int(head[2]) or self._answers.read(1) != b"\n":
            self._end()  # git ends where an object is damaged; the next one is asked of a new one
            self._start()
            raise OSError(5, "git's object of it is damaged", path)
        return content


def find_repository(root: Path) -> Repository | None:
    """The repository that a folder lies in; None where there is none, or no git to ask."""
    try:
        done = run_git(root, ("rev-parse", "--show-prefix"))
    except GitError:
        return None
    if done.returncode != 0:
        words = _first_line(done.stderr)
        if "dubious ownership" in words:
            top = words.partition("'")[2].rpartition("'")[0] or root.resolve().as_posix()
            raise GitError(
                "git does not trust this folder, since it belongs to somebody else; "
                f"if you do: git config --global --add safe.directory {shlex.quote(top)}"
            )
        return None
    prefix = done.stdout.decode("utf-8", "surrogateescape").rstrip("\n").rstrip("/")
    return Repository(root.resolve(), prefix)


def folder_in_repository(root: Path) -> str:
    """The way from the root of the git repository to `root`, with `/` between the parts; empty
    where there is none.
    """
    here = root.resolve()
    for folder in (here, *here.parents):
        if (folder / ".git").exists():
            return "" if folder == here else here.relative_to(folder).as_posix()
    return ""


def _list_blobs(repository: Repository, commit: str, folder: str) -> dict[str, Blob]:
    try:
        if folder and not repository.run("ls-tree", "--full-tree", commit, "--", folder):
            return {}
        listed = repository.run("ls-tree", "-r", "-z", "--full-tree", f"{commit}:{folder}")
    except GitError as error:
        if repository.ask("cat-file", "-t", commit) is None:
            raise
        raise GitError(f"its files are damaged or missing in this clone ({error})") from error
    blobs = {}
    for row in filter(None, listed.split("\0")):
        head, _, path = row.partition("\t")
        mode, _, name = head.split(" ")
        blobs[path] = Blob(name, _MODES.get(mode, "file"))
    return blobs


def _first_line(raw: bytes) -> str:
    lines = raw.decode("utf-8", "replace").splitlines()
    return next(
        (line.removeprefix("fatal: ").removeprefix("error: ") for line in lines if line.strip()), ""
    )
