"""A tree of files that a strategy is read from: a folder on disk, or (later) a commit in git."""

from __future__ import annotations

import errno
import os
import re
import stat
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Protocol

_HIDDEN = re.compile(r"\.[a-z0-9][a-z0-9_-]*\.ya?ml")
"""A hidden file that is YAML; programs give what is theirs other names."""


class Tree(Protocol):
    """The only way to the files of a strategy; paths are relative to its root, with `/` between the
    parts.
    """

    def list_files(self, folder: str) -> Sequence[str]:
        """Every file below `folder`, sorted, links to folders among them; hidden ones are left out.
        None there: empty.
        """

    def list_hidden(self, folder: str) -> Sequence[str]:
        """Files below `folder` that are left out for the dot before their name, sorted, but would be
        YAML without it.
        """

    def read_bytes(self, path: str) -> bytes:
        """The content of a file. Raises OSError where it cannot be read, FileNotFoundError where it
        is missing.
        """


class OutsideError(PermissionError):
    """A link leads to a file outside the tree, which is never read."""


@dataclass(frozen=True)
class StrayLink:
    """A link that leads where it may not: its path, and where it leads if that lies inside."""

    path: str
    inside: str = ""


def list_stray_links(root: Path, folder: str, private: Sequence[str] = ()) -> list[StrayLink]:
    """The links in `folder` (or that folder itself) that lead out of `root`, or in it to one of the
    `private` files and folders; by path. Links to other folders inside are followed.
    """
    real_root, seen = os.path.realpath(root), set[str]()

    def find(path: str, name: str) -> Iterator[StrayLink]:
        real = os.path.realpath(path)
        inside = os.path.relpath(real, real_root)
        if inside == os.pardir or inside.startswith(os.path.join(os.pardir, "")):
            yield StrayLink(name)
        elif any(inside == one or inside.startswith(f"{one}{os.sep}") for one in private):
            yield StrayLink(name, inside.replace(os.sep, "/"))
        elif real not in seen and os.path.isdir(real):
            seen.add(real)
            for one in _scan(real):
                if one.is_symlink() or one.is_dir():
                    yield from find(one.path, f"{name}/{one.name}")

    return sorted(find(os.path.join(root, folder), folder), key=lambda link: link.path)


def list_nested_repositories(root: Path, folders: Iterable[str]) -> list[str]:
    """The folders below `root`, in these or one of these, that are a repository of git's own or are
    said to be a submodule, whether it is there or not; by path.
    """
    found, named = set[str](), _read_submodules(root)
    for folder in folders:
        found |= {one for one in named if one == folder or one.startswith(f"{folder}/")}
        for where, inner, files in os.walk(root / folder):
            if ".git" in inner or ".git" in files:
                found.add(os.path.relpath(where, root).replace(os.sep, "/"))
                inner.clear()
    return sorted(found)


def _read_submodules(root: Path) -> set[str]:
    """The paths below `root` that the repository it lies in says are submodules."""
    for top in (root.resolve(), *root.resolve().parents):
        if (top / ".git").exists():
            break
    else:
        return set()
    try:
        text = (top / ".gitmodules").read_text("utf-8", "replace")
    except OSError:
        return set()
    prefix = root.resolve().relative_to(top).as_posix()
    paths = re.findall(r'^\s*path\s*=\s*"?(.*?)"?\s*$', text, re.MULTILINE)
    start = "" if prefix == "." else f"{prefix}/"
    return {path.removeprefix(start).rstrip("/") for path in paths if path.startswith(start)}


def _scan(folder: str) -> list[os.DirEntry[str]]:
    try:
        return list(os.scandir(folder))
    except OSError:  # whoever may not look into it cannot show it either
        return []


class OverlayTree:
    """A tree in which some files hold other text than on disk, are there at all, or (None) are gone:
    what it would be after a change.
    """

    def __init__(self, tree: Tree, texts: Mapping[str, str | None]) -> None:
        self._tree, self._texts = tree, texts

    def list_files(self, folder: str) -> Sequence[str]:
        more = {path for path in self._texts if path.startswith(f"{folder}/")}
        found = {*self._tree.list_files(folder), *more}
        return sorted(path for path in found if self._texts.get(path, "") is not None)

    def list_hidden(self, folder: str) -> Sequence[str]:
        return self._tree.list_hidden(folder)

    def read_bytes(self, path: str) -> bytes:
        if path not in self._texts:
            return self._tree.read_bytes(path)
        text = self._texts[path]
        if text is None:
            raise FileNotFoundError(errno.ENOENT, os.strerror(errno.ENOENT), path)
        return text.encode()


class FolderTree:
    """The files of a folder on disk."""

    def __init__(self, root: Path) -> None:
        self.root = root
        self._real_root = os.path.join(os.path.realpath(root), "")
        self._real_folders: dict[str, str] = {}

    def list_files(self, folder: str) -> Sequence[str]:
        self._real_folders.clear()  # a folder may be a link by now
        found: list[str] = []
        for path, folders, files in os.walk(self.root / folder, followlinks=False):
            linked = [name for name in folders if os.path.islink(os.path.join(path, name))]
            folders[:] = sorted(name for name in folders if not name.startswith("."))
            inner = Path(path).relative_to(self.root).as_posix()
            found += [f"{inner}/{name}" for name in (*files, *linked) if not name.startswith(".")]
        return sorted(found)

    def list_hidden(self, folder: str) -> Sequence[str]:
        found: list[str] = []
        for path, folders, files in os.walk(self.root / folder, followlinks=False):
            folders[:] = sorted(name for name in folders if not name.startswith("."))
            hidden = filter(_HIDDEN.fullmatch, files)
            found += [(Path(path) / name).relative_to(self.root).as_posix() for name in hidden]
        return sorted(found)

    def read_bytes(self, path: str) -> bytes:
        target = os.path.join(self.root, path)
        mode = os.lstat(target).st_mode
        if not self._find_real(target, is_link=stat.S_ISLNK(mode)).startswith(self._real_root):
            raise OutsideError(errno.EACCES, "it leads outside the strategy's folder", path)
        mode = os.stat(target).st_mode if stat.S_ISLNK(mode) else mode
        if stat.S_ISDIR(mode):
            raise IsADirectoryError(errno.EISDIR, "it is a folder", path)
        if not stat.S_ISREG(mode):  # a pipe or a device would keep us waiting for ever
            raise OSError(errno.EINVAL, "it is not an ordinary file", path)
        with open(target, "rb", buffering=0) as file:
            return file.read()

    def _find_real(self, path: str, *, is_link: bool) -> str:
        """Where a path leads when all links are followed; a folder is followed once."""
        folder, name = os.path.split(path)
        if is_link or not name or name == "..":
            return os.path.realpath(path)
        if folder not in self._real_folders:
            self._real_folders[folder] = os.path.join(os.path.realpath(folder), "")
        return self._real_folders[folder] + name


class KeptTree(FolderTree):
    """The files of a folder on disk; of one that has not changed since it was read, the very same
    bytes are given again.
    """

    def __init__(self, root: Path) -> None:
        super().__init__(root)
        self._read: dict[str, tuple[tuple[int, ...], bytes]] = {}

    def read_bytes(self, path: str) -> bytes:
        found = os.stat(os.path.join(self.root, path))
        state = (found.st_dev, found.st_ino, found.st_size, found.st_mtime_ns)
        known = self._read.get(path)
        if known is None or known[0] != state:
            known = self._read[path] = (state, super().read_bytes(path))
        return known[1]
