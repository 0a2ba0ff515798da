"""What can be made again at any time, kept between runs in the user's cache folder; all of it is
safe to delete.
"""

from __future__ import annotations

import os
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from jinja2 import FileSystemBytecodeCache

_NAME = "strategy-playbook"


def open_cache(name: str) -> Path | None:
    """The folder for one sort of things; None where this user has none that can be written."""
    try:
        folder = _find_home() / name
        folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    except (OSError, RuntimeError):  # the latter where nobody knows the user's home
        return None
    is_own = (
        not hasattr(os, "getuid") or folder.stat().st_uid == os.getuid()
    )  # what lies there is run
    return folder if is_own and os.access(folder, os.W_OK) else None


def _find_home() -> Path:
    """Where caches lie on this system; XDG_CACHE_HOME goes before, on any."""
    home = os.environ.get("XDG_CACHE_HOME")
    if home:
        return Path(home, _NAME)
    import platformdirs

    return platformdirs.user_cache_path(_NAME, appauthor=False)


@cache
def keep_templates(made: str) -> FileSystemBytecodeCache | None:
    """Compiled templates, by their source and by the versions of Jinja and Python: compiling takes
    half a second. How they are `made` is no part of that, so those that are made alike lie together.
    """
    from jinja2 import FileSystemBytecodeCache

    folder = open_cache(f"templates-{made}")
    return FileSystemBytecodeCache(str(folder)) if folder else None
