"""Edits as people make them, and what must be said of each."""

from __future__ import annotations

import re
import shutil
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from tests.playbooks import ROOT

STRATEGIES = {
    "root": ROOT,
    "posthog": ROOT / "examples/posthog",
    "sourcegraph": ROOT / "examples/sourcegraph",
}


@dataclass(frozen=True)
class Swap:
    """In a file, a text that stands there gives way to another: the first time, or every time."""

    file: str
    old: str
    new: str
    every: bool = False

    def make(self, root: Path) -> None:
        path = root / self.file
        text = path.read_text("utf-8")
        assert self.old in text, f"{self.file} does not hold {self.old!r}"
        path.write_text(text.replace(self.old, self.new, -1 if self.every else 1), "utf-8")


@dataclass(frozen=True)
class Move:
    """A file gets another name; it may also be copied there."""

    file: str
    to: str
    copy: bool = False

    def make(self, root: Path) -> None:
        (root / self.to).parent.mkdir(parents=True, exist_ok=True)
        (shutil.copy if self.copy else shutil.move)(root / self.file, root / self.to)


@dataclass(frozen=True)
class Write:
    """A file with this text."""

    file: str
    text: str

    def make(self, root: Path) -> None:
        (root / self.file).parent.mkdir(parents=True, exist_ok=True)
        (root / self.file).write_text(self.text, "utf-8")


@dataclass(frozen=True)
class Delete:
    """A file is gone."""

    file: str

    def make(self, root: Path) -> None:
        (root / self.file).unlink()


Change = Swap | Move | Write | Delete


@dataclass(frozen=True)
class Slip:
    """An edit on one of the three strategies.

    `cause` is a pattern that the first thing said must match (its title, or why), in a file that
    begins with `file`; `way` one that what to do about it must match. `silent` edits mean no harm:
    nothing new may be said.
    """

    name: str
    strategy: str
    changes: Sequence[Change]
    cause: str = ""
    way: str = ""
    file: str = ""
    silent: bool = False

    def make(self, root: Path) -> None:
        """Make the edit in a copy of the strategy."""
        for change in self.changes:
            change.make(root)

    def is_cause(self, title: str, why: str, file: str) -> bool:
        """Whether what was said first is the cause."""
        return file.startswith(self.file) and bool(
            re.search(self.cause, f"{title}\n{why}", re.IGNORECASE)
        )

    def helps(self, fix: str) -> bool:
        """Whether what is said to do is what helps."""
        return bool(re.search(self.way, fix, re.IGNORECASE))
