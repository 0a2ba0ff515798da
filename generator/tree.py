"""A tree of files that a strategy is read from: a folder on disk, or (later) a commit in git."""

from __future__ import annotations

import os
from collections.abc import Sequence
from pathlib import Path
from typing import Protocol


class Tree(Protocol):
    """The only way to the files of a strategy; paths are relative to its root, with `/` between the parts."""

    def list_files(self, folder: str) -> Sequence[str]:
        """Every file below `folder`, sorted; hidden files and folders are left out. None there: empty."""

    def read_bytes(self, path: str) -> bytes:
        """The content of a file. Raises OSError where it cannot be read, FileNotFoundError where it is missing."""


class FolderTree:
    """The files of a folder on disk."""

    def __init__(self, root: Path) -> None:
        self.root = root

    def list_files(self, folder: str) -> Sequence[str]:
        found = []
        for path, folders, files in os.walk(self.root / folder, followlinks=False):
            folders[:] = sorted(name for name in folders if not name.startswith("."))
            found += [
                (Path(path) / name).relative_to(self.root).as_posix() for name in files if not name.startswith(".")
            ]
        return sorted(found)

    def read_bytes(self, path: str) -> bytes:
        target = self.root / path
        if not target.resolve().is_relative_to(self.root.resolve()):
            raise PermissionError(f"{path} is a link to a file outside the strategy's folder")
        return target.read_bytes()
