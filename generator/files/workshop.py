"""Workshops: hidden folders in which files and folders are made before they take their places, and
what becomes of those that a killed run has left behind.

A workshop lies beside what it is for, since only there can names be exchanged. Git never sees it: it
holds a `.gitignore` of its own. Nobody else may look into it. As long as its process lives, the
system holds a lock on it; the next run takes away what nobody holds.

Before several things take their places, a workshop gets a journal of what lay there before. So of a
run that was killed between the first and the last, the next one undoes what had been done: what has
been changed by somebody since then stays as it is.

A folder of such a name may have come from anywhere: as a part of a copied folder, or moved there by
somebody who may write into the same one. So nothing is touched but what has the owner, the rights and
the marks of a workshop, and a journal reaches nothing outside the folder that holds the workshop, nor
git's own files.
"""

from __future__ import annotations

import hashlib
import json
import os
import platform
import re
import secrets
import shutil
import stat
import tempfile
import time
import zlib
from collections.abc import Iterator, Sequence
from contextlib import contextmanager, suppress
from dataclasses import asdict, dataclass
from functools import cache
from pathlib import Path

from generator.files.locks import try_lock

NAME = re.compile(
    r"\.playbook-(?P<machine>[0-9a-f]{8})-(?P<process>[0-9]+)-[0-9a-f]{8}\.tmp", re.ASCII
)
"""The name of a workshop: the machine and the process that it belongs to, then a random part. It is
hidden, so that nobody who reads the folder of a strategy takes it for a part of that.
"""
_JOURNAL = "journal.json"
_IGNORE, _IGNORED = ".gitignore", b"*\n"
"""What makes git pass a workshop over, and what tells a workshop from a folder of that name."""
_STRAY_SECONDS = 3600
"""Where there are no locks, one of another machine that is older belongs to nobody any more."""


@dataclass(frozen=True)
class Step:
    """One thing that takes its place: `path` seen from the folder that holds the workshop; in the
    workshop the names of what is new and of what lay there before (empty: nothing did). `digests`
    are those of the new files: of one file under an empty name, of a folder by their paths in it;
    none where a folder is exchanged for another.
    """

    path: str
    made: str
    old: str
    digests: dict[str, str]


@contextmanager
def open_workshop(folder: Path) -> Iterator[Path]:
    """A workshop in a folder, for as long as the context lasts. What others left there is swept.
    Where the context ends before its journal is closed, what was begun is undone. Raises OSError.
    """
    sweep(folder)
    workshop, descriptor = _make(folder)
    try:
        yield workshop
    finally:
        undo(workshop)
        _remove(workshop)
        if descriptor is not None:
            os.close(descriptor)


@contextmanager
def open_temporary() -> Iterator[Path]:
    """A workshop in the system's folder for temporary files, for what takes no place."""
    with open_workshop(Path(tempfile.gettempdir())) as workshop:
        yield workshop


def sweep(folder: Path) -> list[str]:
    """Take away the workshops that killed runs have left in a folder, and undo what was begun in
    them. Returns the paths, seen from the folder, of what is as it was before.
    """
    try:
        with os.scandir(folder) as found:
            strays = [Path(one.path) for one in found if NAME.fullmatch(one.name)]
    except OSError:  # whoever writes there will say it
        return []
    undone: list[str] = []
    for stray in strays:
        with _taking(stray) as is_free:
            if is_free:
                undone += undo(stray)
                _remove(stray)
    return sorted(set(undone))


def write_journal(workshop: Path, steps: Sequence[Step], *, durable: bool) -> None:
    """Note what is about to take its place: from now on a sweep undoes it."""
    content = json.dumps([asdict(step) for step in steps]).encode()
    fresh = workshop / "journal.new"
    with open(fresh, "wb") as file:
        file.write(content)
        file.flush()
        if durable:
            os.fsync(file.fileno())
    os.replace(fresh, workshop / _JOURNAL)
    if durable:
        force_to_disk(workshop)


def close_journal(workshop: Path) -> None:
    """All has taken its place: there is nothing to undo any more."""
    (workshop / _JOURNAL).unlink()


def undo(workshop: Path) -> list[str]:
    """Put back, by its journal, what lay there before; the paths of what was put back. Of a
    workshop without one, nothing had taken its place. What cannot be put back now stays in the
    workshop with the journal, for the next time.
    """
    undone, is_complete = [], True
    for step in reversed(_read_journal(workshop)):
        try:
            if _undo_step(workshop, step):
                undone.append(step.path)
        except OSError:
            is_complete = False
    if is_complete:
        with suppress(OSError):
            close_journal(workshop)
    return undone


def force_to_disk(folder: Path) -> None:
    """A rename is lasting when its folder is on disk. Not every system can be asked for that."""
    with suppress(OSError):
        descriptor = os.open(folder, os.O_RDONLY)
        try:
            os.fsync(descriptor)
        finally:
            os.close(descriptor)


def digest(file: Path) -> str:
    """What tells the content of a file."""
    return hashlib.sha256(file.read_bytes()).hexdigest()


# Making


def _make(folder: Path) -> tuple[Path, int | None]:
    while True:
        name = f".playbook-{_machine()}-{os.getpid()}-{secrets.token_hex(4)}.tmp"
        assert NAME.fullmatch(name)  # noqa: S101  # whoever sweeps must know it
        workshop = folder / name
        workshop.mkdir(mode=0o700)
        with suppress(FileNotFoundError):  # swept before it was locked
            descriptor = _lock(workshop)
            with open(workshop / _IGNORE, "wb") as file:
                file.write(_IGNORED)
            return workshop, descriptor


def _lock(workshop: Path) -> int | None:
    """Raises FileNotFoundError where somebody is about to sweep it, or has done so."""
    if os.name == "nt":  # where a folder cannot be opened
        return None
    descriptor = os.open(workshop, os.O_RDONLY)
    if try_lock(descriptor) is False:
        os.close(descriptor)
        raise FileNotFoundError(workshop)
    return descriptor


# Sweeping


@contextmanager
def _taking(stray: Path) -> Iterator[bool]:
    """Whether nobody works there any more. While the context lasts nobody else sweeps it."""
    try:
        found = os.lstat(stray)
        if not _is_own(found):
            yield False
            return
        if stat.S_ISDIR(found.st_mode) and not _has_marks(stray, found):
            yield False
            return
        if not stat.S_ISDIR(found.st_mode) or os.name == "nt":  # a file: of an earlier version
            yield _looks_forsaken(stray, found)
            return
        descriptor = os.open(stray, os.O_RDONLY | os.O_NOFOLLOW)
    except OSError:
        yield False
        return
    try:
        is_free = try_lock(descriptor)
        yield _looks_forsaken(stray, found) if is_free is None else is_free
    finally:
        os.close(descriptor)


def _is_own(found: os.stat_result) -> bool:
    return not hasattr(os, "geteuid") or found.st_uid == os.geteuid()


def _has_marks(stray: Path, found: os.stat_result) -> bool:
    """Whether a folder looks as only a workshop does: closed to others, and ignored by git, or
    still empty.
    """
    if os.name != "nt" and found.st_mode & 0o077:
        return False
    names = os.listdir(stray)
    return not names or (_IGNORE in names and (stray / _IGNORE).read_bytes() in (_IGNORED, b""))


def _looks_forsaken(stray: Path, found: os.stat_result) -> bool:
    """What can be told without locks, by name and age."""
    name = NAME.fullmatch(stray.name)
    if name and name["machine"] == _machine() and not _is_running(int(name["process"])):
        return True
    return found.st_mtime < time.time() - _STRAY_SECONDS


def _is_running(process: int) -> bool:
    if os.name == "nt":  # where asking a process would end it
        return True
    try:
        os.kill(process, 0)
    except (ProcessLookupError, OverflowError):
        return False
    except OSError:  # somebody else's
        return True
    return True


@cache
def _machine() -> str:
    """Which machine this is: on a shared disk, another one's process is not known here."""
    return f"{zlib.crc32(platform.node().encode()):08x}"


def _remove(stray: Path) -> None:
    """Take a workshop away, unless something in it is still to be put back."""
    if stray.is_dir() and not stray.is_symlink():
        if not (stray / _JOURNAL).exists():
            for inner in _list_inner(stray):  # the mark goes last
                if inner.is_dir(follow_symlinks=False):
                    shutil.rmtree(inner, ignore_errors=True)
                else:
                    with suppress(OSError):
                        os.unlink(inner)
            shutil.rmtree(stray, ignore_errors=True)
        return
    with suppress(OSError):
        stray.unlink()


def _list_inner(stray: Path) -> list[os.DirEntry[str]]:
    with suppress(OSError), os.scandir(stray) as found:
        return [one for one in found if one.name != _IGNORE]
    return []


# Undoing


def _read_journal(workshop: Path) -> list[Step]:
    try:
        steps = [Step(**step) for step in json.loads((workshop / _JOURNAL).read_bytes())]
        return steps if all(_is_sound(workshop, step) for step in steps) else []
    except (OSError, ValueError, TypeError, AttributeError, RecursionError):
        return []


def _is_sound(workshop: Path, step: Step) -> bool:
    """Whether a step stays in the folder of the workshop, and off git's own files."""
    if not re.fullmatch(r"[0-9a-z]+", step.made) or not re.fullmatch(r"[0-9a-z]*", step.old):
        return False
    if step.old and step.digests.keys() - {""}:
        return False
    inner = (f"{step.path}/{name}" for name in step.digests if name)
    return all(_is_inside(workshop.parent, path) for path in (step.path, *inner))


def _is_inside(folder: Path, path: str) -> bool:
    parts = Path(path).parts
    if not parts or Path(path).is_absolute() or os.pardir in parts:
        return False
    if any(part.encode("ascii", "ignore").lower() == b".git" for part in parts):
        return False
    real = os.path.realpath(folder / path)
    return Path(real).is_relative_to(os.path.realpath(folder))


def _undo_step(workshop: Path, step: Step) -> bool:
    """Whether something had to be put back."""
    target, made = workshop.parent / step.path, workshop / step.made
    old = workshop / step.old if step.old else None
    if not step.digests:  # a folder, of which there must never be none
        if old is None or not old.exists() or target.exists():
            return False
        os.rename(old, target)
        return True
    if made.exists():  # its turn had not come
        return False
    if old is None:
        return _take_away(target, step.digests)
    if not old.exists() or (target.exists() and digest(target) != step.digests[""]):
        return False
    os.replace(old, target)
    return True


def _take_away(target: Path, digests: dict[str, str]) -> bool:
    """Take away new files, but for those that somebody has changed since, with their folders."""
    had = False
    for name, wanted in digests.items():
        file = target / name if name else target
        if file.is_file() and not file.is_symlink() and digest(file) == wanted:
            file.unlink()
            had = True
    if "" not in digests:
        for folder, _, _ in os.walk(target, topdown=False):
            with suppress(OSError):  # it holds something of somebody else
                os.rmdir(folder)
    return had
