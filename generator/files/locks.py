"""One command at a time writes into a folder: the system keeps the lock as long as the process
lives, so that a killed one blocks nobody and leaves no file.
"""

from __future__ import annotations

import errno
import os
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

if os.name != "nt":  # Windows has no such locks
    import fcntl

PATIENCE = 60.0
"""Seconds to wait for another command: writing takes moments, hooks of a release some more."""
_PAUSE = 0.05
_held: set[tuple[int, int]] = set()
"""The folders that this process holds, by device and number: who holds one may ask again."""


class BusyError(OSError):
    """Another command is writing there and does not end."""


@contextmanager
def hold(folder: Path, when_waiting: Callable[[], None] = lambda: None) -> Iterator[None]:
    """Be the only command that writes into a folder. Where it does not exist yet, the nearest one
    above stands for it. `when_waiting` is called once where another is at work there.
    Raises BusyError after a minute. Where a disk or system knows no such locks, nobody waits.
    """
    descriptor = _lock_what_is_there(folder, when_waiting)
    if descriptor is None:
        yield
        return
    found = os.fstat(descriptor)
    mark = (found.st_dev, found.st_ino)
    _held.add(mark)
    try:
        yield
    finally:
        _held.discard(mark)
        os.close(descriptor)


def try_lock(descriptor: int) -> bool | None:
    """Whether an open folder is nobody's, and this process's from now on until it is closed; None
    where there are no locks.
    """
    if os.name == "nt":
        return None
    try:
        fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        return False
    except OSError:  # some shared disks
        return None
    return True


def _lock_what_is_there(folder: Path, when_waiting: Callable[[], None]) -> int | None:
    """An open folder that is locked; None where this process holds it, or nothing can be locked.

    While one waits, the folder may come into being, or be another one by now.
    """
    if os.name == "nt":  # where a folder cannot be opened
        return None
    last, has_said = time.monotonic() + PATIENCE, False
    while True:
        try:
            descriptor = os.open(_find_nearest(folder), os.O_RDONLY)
        except OSError:  # whoever may not look into it may still write there
            return None
        found = os.fstat(descriptor)
        if (found.st_dev, found.st_ino) in _held:
            os.close(descriptor)
            return None
        is_ours = try_lock(descriptor)
        with suppress(OSError):
            if is_ours and os.path.samestat(found, os.stat(_find_nearest(folder))):
                return descriptor
        os.close(descriptor)
        if is_ours is None:
            return None
        if not is_ours:
            if not has_said:
                when_waiting()
            has_said = True
            if time.monotonic() > last:
                raise BusyError(
                    errno.EBUSY,
                    "another playbook command is writing here, and does not end",
                    str(folder),
                )
            time.sleep(_PAUSE)


def _find_nearest(folder: Path) -> Path:
    folder = folder.absolute()
    return next(one for one in (folder, *folder.parents) if one.is_dir())
