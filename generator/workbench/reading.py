"""A strategy as it is read, anew when it has changed, and as it would be with edits laid over it."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator, Mapping
from contextlib import suppress
from dataclasses import dataclass, field
from datetime import UTC, date, datetime
from functools import cached_property
from pathlib import Path
from typing import Protocol

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


class Ground(Protocol):
    """What a strategy is read by: how large a file of it may be, which day counts as today (None: that
    where the strategy counts its days), and what the check says of a tree.
    """

    @property
    def max_bytes(self) -> int:
        """The size from which on a file is refused."""

    @property
    def as_of(self) -> date | None:
        """The day that counts as today."""

    def find_problems(self, tree: Tree, memory: Memory) -> Problems:
        """All that the check says of what a tree holds."""


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

    def find_problems(self, tree: Tree, memory: Memory) -> Problems:
        """All that the check says, of the hand-written pages as well."""
        content = read_content(self.root, tree, self.max_bytes, self.as_of, memory)
        hidden = check_hidden_names(content.loaded, content.pages, content.today)
        found = sorted([*content.find_problems(), *hidden], key=lambda problem: problem.order)
        return self.allow(tuple(found))


@dataclass(frozen=True)
class Reading:
    """What a tree holds; what the check says of it is worked out when somebody asks."""

    ground: Ground
    tree: Tree
    memory: Memory = field(default_factory=Memory, repr=False)

    @cached_property
    def loaded(self) -> Loaded:
        """The strategy."""
        return load_strategy(self.tree, self.ground.max_bytes, self.memory)

    @cached_property
    def today(self) -> date:
        """The day that counts as today."""
        return choose_today(self.loaded.strategy, self.ground.as_of)

    @cached_property
    def problems(self) -> Problems:
        """All that the check says."""
        return self.ground.find_problems(self.tree, self.memory)

    def lay_over(self, files: Mapping[str, str]) -> Reading:
        """The same with these texts in place of files, by their paths."""
        return Reading(self.ground, OverlayTree(self.tree, files), self.memory)


class Source(Protocol):
    """Where a strategy lies."""

    def read(self) -> Reading:
        """What lies there now: the very same as before where nothing has changed."""


class FolderSource:
    """A strategy in a folder, which is read again and again; what has not changed since is not looked
    into again.
    """

    def __init__(self, folder: Folder) -> None:
        self._folder, self._tree, self._memory = folder, KeptTree(folder.root), Memory()
        self._stamp: tuple[str, ...] = ()
        self._now = Reading(folder, self._tree, self._memory)

    def read(self) -> Reading:
        """What lies in the folder."""
        stamp = tuple(self._describe())
        if stamp != self._stamp:
            self._stamp = stamp
            self._now = Reading(self._folder, self._tree, self._memory)
        return self._now

    def _describe(self) -> Iterator[str]:
        """What tells that a file has changed which a strategy is read from, or that it is another day."""
        root = self._folder.root
        yield str(datetime.now(UTC).date())
        with suppress(OSError):
            found = os.stat(root / MAIN_FILE)
            yield f"{found.st_size} {found.st_mtime_ns}"
        for folder in (FOLDER, "schema", find_folder(FolderTree(root))):
            yield from describe_files(root / folder)


class Reader:
    """What somebody looks at: `now` is what lay there when they looked last."""

    def __init__(self, source: Source) -> None:
        self._source = source
        self._laid_over: tuple[Mapping[str, str], Reading] | None = None
        self.now = source.read()

    def refresh(self) -> None:
        """Look whether something has changed."""
        now = self._source.read()
        if now is not self.now:
            self._laid_over, self.now = None, now

    def read_with(self, files: Mapping[str, str]) -> Reading:
        """The same with these texts in place of files, by their paths."""
        if not files:
            return self.now
        if self._laid_over is None or self._laid_over[0] != files:
            self._laid_over = (dict(files), self.now.lay_over(files))
        return self._laid_over[1]
