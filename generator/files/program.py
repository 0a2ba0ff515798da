"""Which program this is: what is kept between runs counts for the very same program only."""

from __future__ import annotations

import os
from collections.abc import Iterable, Iterator
from importlib.metadata import version
from importlib.resources import files
from pathlib import Path

_PACKAGES = (
    "jinja2",
    "jsonschema-rs",
    "markdown",
    "markdown-it-py",
    "mike",
    "mkdocs",
    "mkdocs-material",
    "nh3",
    "pymdown-extensions",
    "pyyaml",
    "rapidfuzz",
    "readability",
)


def describe_program() -> Iterable[str]:
    """This package as it lies there, and those that it builds with."""
    yield from (f"{package} {version(package)}" for package in _PACKAGES)
    yield from describe_files(Path(str(files("generator"))))


def describe_files(folder: Path) -> Iterator[str]:
    """Every file in a folder, with what tells that it has changed."""
    for where, folders, names in os.walk(folder):
        folders[:] = sorted(name for name in folders if name != "__pycache__")
        for name in sorted(names):
            try:
                found = os.stat(os.path.join(where, name))
            except FileNotFoundError:  # an editor's own, gone by now
                continue
            yield f"{where}/{name} {found.st_size} {found.st_mtime_ns}"
