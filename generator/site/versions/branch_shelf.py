"""A branch that holds the versions of a site, written without checking it out."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from shlex import quote

from generator.files.git import GitError, Repository
from generator.files.git_branches import (
    Entry,
    fetch_branch,
    is_part_of,
    list_earlier,
    list_entries,
    push_branch,
    read_branch,
    swap_branch,
    write_blobs,
    write_commit,
    write_contents,
)
from generator.loading.manuscript import MAIN_FILE
from generator.site.versions.circles import Standing, join_standing, tell_standing
from generator.site.versions.errors import PublishError
from generator.site.versions.version_list import LATEST, VERSIONS, VersionList

USUAL_BRANCH = "gh-pages"


class BranchShelf:
    """A branch, here and on the remote where one is named. It moves once for each publication."""

    def __init__(self, repository: Repository, branch: str, remote: str | None = None) -> None:
        self._repository, self.branch, self._remote = repository, branch, remote
        self._here: str | None = None
        self._there: str | None = None
        self._parent: str | None = None
        self._entries: dict[str, Entry] = {}
        self._versions = VersionList()
        self._written: dict[Path, dict[str, Entry]] = {}

    @property
    def place(self) -> str:
        return f"the branch {self.branch}"

    @property
    def has_history(self) -> bool:
        return True

    @property
    def options(self) -> str:
        branch = f" --branch {quote(self.branch)}" if self.branch != USUAL_BRANCH else ""
        return branch + (f" --push {quote(self._remote)}" if self._remote else "")

    def peek(self) -> Standing:
        with self.opened():
            return self.look()

    @property
    def _start(self) -> str | None:
        """Where the branch stands here, or stood on the remote when a fresh clone was made."""
        if self._here or self._there or self._remote:
            return self._here
        return self._repository.ask(
            "rev-parse", "--verify", "--quiet", f"refs/remotes/origin/{self.branch}"
        )

    @contextmanager
    def opened(self) -> Iterator[None]:
        repository, branch = self._repository, self.branch
        self._here = read_branch(repository, branch)
        self._there = fetch_branch(repository, self._remote, branch) if self._remote else None
        self._parent, self._entries, self._versions = None, {}, VersionList()
        yield

    def look(self) -> Standing:
        """Of both branches, where that of a remote is published to: one takes over the other."""
        found = [self._look_at(one) for one in dict.fromkeys([self._start, self._there]) if one]
        return join_standing(found)

    def _look_at(self, commit: str) -> Standing:
        repository = self._repository
        files = list_entries(repository, commit)
        self._refuse_strategy(files)
        entry = files.get(VERSIONS)
        listed = repository.read_blobs({VERSIONS: entry.blob})[VERSIONS] if entry else None
        return tell_standing(files, listed, list_earlier(repository, commit, VERSIONS))

    def _refuse_strategy(self, files: Mapping[str, Entry]) -> None:
        """Raise PublishError where the branch is one of those that the strategy is written on."""
        path = "/".join(filter(None, (self._repository.folder, MAIN_FILE)))
        if path in files:
            raise PublishError(
                f"{self.place} holds the strategy itself ({path}); "
                "name a branch of its own to publish to, such as gh-pages"
            )

    def go_on(self) -> None:
        self._parent = self._choose_parent()
        self._entries = list_entries(self._repository, self._parent) if self._parent else {}
        known = VERSIONS in self._entries
        self._versions = VersionList(self.read_all([VERSIONS])[VERSIONS] if known else None)

    def clear(self) -> None:
        self._entries, self._versions = {}, VersionList()
        self.change({VERSIONS: self._versions.write()})

    def forget_history(self) -> None:
        self._parent = None

    def list_versions(self) -> Mapping[str, frozenset[str]]:
        return self._versions.names

    def describe(self, version: str) -> tuple[str, str]:
        return self._versions.describe(version)

    def list_files(self) -> Iterable[str]:
        return sorted(self._entries)

    def read_all(self, paths: Iterable[str]) -> dict[str, bytes]:
        return self._repository.read_blobs({path: self._entries[path].blob for path in paths})

    def lay(
        self, version: str, title: str, circle: str, site: Path, position: int, *, latest: bool
    ) -> None:
        made = self._write(site)
        self._versions.add(version, title, circle, position, latest=latest)
        for name in (version, LATEST) if latest else (version,):
            self._clear(name)
            self._entries.update({f"{name}/{path}": entry for path, entry in made.items()})
        self.change({VERSIONS: self._versions.write()})

    def change(self, files: Mapping[str, bytes], removed: Iterable[str] = ()) -> None:
        gone = self._versions.remove(removed)
        for version in gone:
            self._clear(version)
        listed = {VERSIONS: self._versions.write()} if gone else {}
        self._entries.update(write_contents(self._repository, {**files, **listed}))

    def put(self, message: str) -> bool:
        """A remote first, which says who is first of all; what it did not take is nowhere."""
        new = write_commit(self._repository, self._entries, self._parent, message)
        if self._remote is None:
            is_taken = swap_branch(self._repository, self.branch, new, self._here)
        else:
            is_taken = push_branch(self._repository, self._remote, self.branch, new, self._there)
            if is_taken:
                self._follow(new)
        return is_taken and self._stands(new)

    def _follow(self, pushed: str) -> None:
        """Let the branch here stand where the remote does, unless others are further already."""
        try:
            while not swap_branch(self._repository, self.branch, pushed, self._here):
                self._here = read_branch(self._repository, self.branch)
                if self._here and not is_part_of(self._repository, self._here, pushed):
                    break
        except GitError as error:
            raise GitError(
                f"this is published on {self._remote}, but the branch {self.branch} here could "
                f"not follow: {error}; nothing is lost, the next publish brings it up"
            ) from error

    def _stands(self, commit: str) -> bool:
        """Whether what was published is read back, here and on the remote: it or what others have
        put on top of it since.
        """
        now = [read_branch(self._repository, self.branch)]
        if self._remote:
            now.append(fetch_branch(self._repository, self._remote, self.branch))
        return all(one is not None and is_part_of(self._repository, commit, one) for one in now)

    def _choose_parent(self) -> str | None:
        """What is gone on from: the branch here, or on the remote where others have gone further."""
        here, there = self._start, self._there
        if here is None or there is None or is_part_of(self._repository, there, here):
            return here or there
        if is_part_of(self._repository, here, there):
            return there
        raise GitError(
            f"the branch {self.branch} here and on {self._remote} have gone different ways; "
            f"to take over what is on {self._remote}: git branch --force {self.branch} {there[:12]}"
        )

    def _write(self, site: Path) -> dict[str, Entry]:
        """A built site as objects of git, once however often it is laid."""
        if site not in self._written:
            files = sorted(path for path in site.rglob("*") if path.is_file())
            entries = write_blobs(self._repository, files)
            names = [path.relative_to(site).as_posix() for path in files]
            self._written[site] = dict(zip(names, entries, strict=True))
        return self._written[site]

    def _clear(self, folder: str) -> None:
        inside = [path for path in self._entries if path == folder or path.startswith(f"{folder}/")]
        for path in inside:
            del self._entries[path]
