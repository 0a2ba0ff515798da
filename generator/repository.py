"""What we need to know of the git repository around a strategy."""

from __future__ import annotations

from pathlib import Path


def folder_in_repository(root: Path) -> str:
    """The way from the root of the git repository to `root`, with `/` between the parts; empty where there is none."""
    here = root.resolve()
    for folder in (here, *here.parents):
        if (folder / ".git").exists():
            return "" if folder == here else here.relative_to(folder).as_posix()
    return ""
