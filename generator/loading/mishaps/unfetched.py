"""Pictures, documents and pages of which only a pointer of Git LFS is there: a site would show the pointer."""

from __future__ import annotations

import os
from collections.abc import Iterator
from pathlib import Path

from generator.loading.mishaps.foreign import LFS, PULL
from generator.loading.rules import UNFETCHED_FILE
from generator.problems.problem import Place, Problem

_LARGEST = 1024
"""A pointer has some 130 bytes."""


def find_unfetched(root: Path, folder: str) -> Iterator[Problem]:
    """What is said of pointers below `folder`, by path."""
    for path in sorted(_list_small(root / folder)):
        try:
            is_pointer = path.read_bytes().startswith(LFS)
        except OSError:  # that it cannot be read is said elsewhere
            continue
        if is_pointer:
            yield UNFETCHED_FILE.problem(
                place=Place(path.relative_to(root).as_posix()),
                title="this is a pointer of Git LFS, not the file itself",
                fix=PULL,
                is_cause=True,
            )


def _list_small(folder: Path) -> Iterator[Path]:
    for path, _, files in os.walk(folder):
        for name in files:
            file = Path(path) / name
            if not file.is_symlink() and file.stat().st_size <= _LARGEST:
                yield file
