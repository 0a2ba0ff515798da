"""Edits are seen at once where the system tells of them, and within half a second where it does
not.

MkDocs looks at every file twice a second, which works on any disk. Most systems also tell at once
what was saved; some disks (shared with a virtual machine, or over a network) never do.
"""

from __future__ import annotations

import contextlib
import os
import time
from collections.abc import Callable
from typing import Any

from watchdog.events import FileSystemEvent, FileSystemEventHandler
from watchdog.observers import Observer

_EDITS = ("created", "modified", "moved", "deleted")
"""The system also tells of files that are only read."""
_LATE = 2.0
"""For so many seconds after the system has told of a file, looking at it finds nothing new."""


class Watcher:
    """Stands in for the observer that a server looks with, and listens to the system as well."""

    def __init__(self, looking: Any) -> None:
        self._looking, self._listening = looking, Observer()
        self._told: dict[str, float] = {}

    def schedule(
        self, handler: FileSystemEventHandler, path: str, *, recursive: bool = False
    ) -> Any:
        """Watch a file or a folder."""
        real, is_file = _real(path), os.path.isfile(path)

        def hear(event: FileSystemEvent) -> bool:
            names = [_real(name) for name in (event.src_path, event.dest_path) if name]
            is_meant = event.event_type in _EDITS and (not is_file or real in names)
            if is_meant:
                self._told |= dict.fromkeys(names, time.monotonic())
            return is_meant

        folder = (
            os.path.dirname(real) if is_file else real
        )  # to save, many programs put a new file in place
        self._listening.schedule(_Relay(handler, hear), folder, recursive=recursive and not is_file)
        return self._looking.schedule(_Relay(handler, self._is_news), path, recursive=recursive)

    def _is_news(self, event: FileSystemEvent) -> bool:
        """Whether what was found by looking is more than the system has told of already."""
        last = self._told.get(_real(event.dest_path or event.src_path), 0.0)
        return time.monotonic() - last > _LATE

    def unschedule(self, watch: Any) -> None:
        """Look at it no more."""
        self._looking.unschedule(watch)

    def start(self) -> None:
        """Begin. Where the system has no room for another listener, looking must do."""
        self._looking.start()
        with contextlib.suppress(OSError):
            self._listening.start()

    def stop(self) -> None:
        """End."""
        self._looking.stop()
        self._listening.stop()

    def join(self) -> None:
        """Wait for the end."""
        self._looking.join()


def _real(path: bytes | str) -> str:
    """Where links lead: some systems tell that path instead of the one that was asked for."""
    return os.path.realpath(os.fsdecode(path))


class _Relay(FileSystemEventHandler):
    """Passes on the events that count."""

    def __init__(
        self, handler: FileSystemEventHandler, passes: Callable[[FileSystemEvent], bool]
    ) -> None:
        self._handler, self._passes = handler, passes

    def on_any_event(self, event: FileSystemEvent) -> None:
        if self._passes(event):
            self._handler.dispatch(event)
