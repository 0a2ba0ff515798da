"""The ids that editors offer, made again wherever entries come and go."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import suppress
from pathlib import Path
from threading import Timer
from typing import TYPE_CHECKING

from generator.files.writing import write_all
from generator.loading.loader import Loaded
from generator.schema.editor_schemas import make_editor_schemas
from generator.starter.editor_copy import WORKSPACE, Titles, make_editor_copy

if TYPE_CHECKING:
    from generator.site.assembly import Assembly

_SETTINGS = ".vscode/settings.json"
_IGNORE = ".gitignore"


def list_titles(loaded: Loaded) -> dict[str, dict[str, str]]:
    """The title of every entry by kind and id. One with a fault has an id, and no title yet."""
    by_kind = loaded.strategy.entries.values() if loaded.strategy else ()
    known = {entry.key: entry.title for entries in by_kind for entry in entries.values()}
    found: dict[str, dict[str, str]] = {kind: {} for kind in loaded.vocabulary.kinds}
    for key in sorted(loaded.keys | set(known)):
        found.setdefault(key.kind, {})[key.id] = known.get(key, "")
    return found


def write_ids(root: Path, loaded: Loaded) -> bool:
    """Write the copy of the schema with the ids there are, and the workspace that names it; the
    latter only where git passes it over. Whether it does.
    """
    settings = root / _SETTINGS
    now = settings.read_bytes() if settings.is_file() else b""
    files = make_editor_copy(make_editor_schemas(loaded.vocabulary), list_titles(loaded), now)
    is_ignored = is_workspace_ignored(root)
    if not is_ignored:
        del files[WORKSPACE]
    changed = {path: text for path, text in files.items() if _differs(root / path, text)}
    write_all(root, changed, durable=False)
    return is_ignored


def renew_ids(root: Path, loaded: Loaded) -> None:
    """Write them where nothing depends on it: a folder that is closed to us has none."""
    with suppress(OSError):
        write_ids(root, loaded)


def follow_entries(root: Path, seconds: float = 0) -> Callable[[Assembly], None]:
    """What writes them after each edit by which an entry, or the title of one, comes or goes: so many
    seconds later, when the pages that show the edit have been made.
    """
    last: list[Titles] = []
    waiting: list[Timer] = []

    def heed(assembly: Assembly) -> None:
        loaded = assembly.loaded
        if loaded is None or loaded.strategy is None:
            return
        titles = list_titles(loaded)
        if last == [titles]:
            return
        last[:] = [titles]
        for timer in waiting:  # what it would write is no longer so
            timer.cancel()
            timer.join()
        waiting[:] = [Timer(seconds, renew_ids, (root, loaded))] if seconds else []
        for timer in waiting:
            timer.start()
        if not seconds:
            renew_ids(root, loaded)

    return heed


def is_workspace_ignored(root: Path) -> bool:
    """Whether the folder's own list of what git passes over names the workspace."""
    try:
        lines = (root / _IGNORE).read_text("utf-8").split()
    except (OSError, UnicodeDecodeError):
        return False
    return any(line.lstrip("/") == WORKSPACE for line in lines)


def _differs(file: Path, content: bytes) -> bool:
    try:
        return file.read_bytes() != content
    except OSError:
        return True
