"""The strategy as it lies in the folder, read anew when a file has changed, and as it would be with
edits laid over it.
"""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator, Mapping
from contextlib import suppress
from dataclasses import dataclass, field
from datetime import UTC, date, datetime
from functools import cached_property
from pathlib import Path

from generator.checks.hidden_names import check_hidden_names
from generator.checks.project import choose_today, read_content
from generator.files.memory import Memory
from generator.files.program import describe_files
from generator.files.tree import FolderTree, KeptTree, OverlayTree, Tree
from generator.loading.guides import find_folder
from generator.loading.loader import Loaded, load_strategy
from generator.loading.manuscript import FOLDER, MAIN_FILE
from generator.problems.problem import Problem

Problems = tuple[Problem, ...]


@dataclass(frozen=True)
class Folder:
    """The folder of a strategy, and how it is read. `allow` leaves out the problems that the site's
    settings have no objection to; `when_written` is told what is read after each time that files were
    written.
    """

    root: Path
    max_bytes: int
    as_of: date | None = None
    allow: Callable[[Problems], Problems] = lambda problems: problems
    when_written: Callable[[Loaded], None] = lambda loaded: None


@dataclass(frozen=True)
class Reading:
    """What a tree holds; what the check says of it is worked out when somebody asks."""

    folder: Folder
    tree: Tree
    memory: Memory = field(default_factory=Memory, repr=False)

    @cached_property
    def loaded(self) -> Loaded:
        """The strategy."""
        return load_strategy(self.tree, self.folder.max_bytes, self.memory)

    @cached_property
    def today(self) -> date:
        """The day that counts as today."""
        return choose_today(self.loaded.strategy, self.folder.as_of)

    @cached_property
    def problems(self) -> Problems:
        """All that the check says."""
        folder = self.folder
        content = read_content(folder.root, self.tree, folder.max_bytes, folder.as_of, self.memory)
        hidden = check_hidden_names(content.loaded, content.pages, content.today)
        found = sorted([*content.find_problems(), *hidden], key=lambda problem: problem.order)
        return folder.allow(tuple(found))


class Reader:
    """Reads one folder again and again; what has not changed since is not looked into again."""

    def __init__(self, folder: Folder) -> None:
        self.folder = folder
        self._tree, self._memory = KeptTree(folder.root), Memory()
        self._stamp: tuple[str, ...] = ()
        self._laid_over: tuple[Mapping[str, str], Reading] | None = None
        self.now = self._read({})

    def refresh(self) -> None:
        """Look whether files have changed: `now` is what lies there from now on."""
        stamp = tuple(self._describe())
        if stamp != self._stamp:
            self._laid_over, self._stamp = None, stamp
            self.now = self._read({})

    def read_with(self, files: Mapping[str, str]) -> Reading:
        """The same with these texts in place of files, by their paths."""
        if not files:
            return self.now
        if self._laid_over is None or self._laid_over[0] != files:
            self._laid_over = (dict(files), self._read(files))
        return self._laid_over[1]

    def read_elsewhere(self, tree: Tree) -> Reading:
        """What another tree holds, such as a commit, with the files beside it that lie here."""
        return Reading(self.folder, tree)

    def _read(self, files: Mapping[str, str]) -> Reading:
        return Reading(self.folder, OverlayTree(self._tree, files), self._memory)

    def _describe(self) -> Iterator[str]:
        """What tells that a file has changed which a strategy is read from, or that it is another day."""
        root = self.folder.root
        yield str(datetime.now(UTC).date())
        with suppress(OSError):
            found = os.stat(root / MAIN_FILE)
            yield f"{found.st_size} {found.st_mtime_ns}"
        for folder in (FOLDER, "schema", find_folder(FolderTree(root))):
            yield from describe_files(root / folder)
