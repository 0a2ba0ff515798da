"""The one door through which every file goes that the program writes for a user.

A file is written whole beside its target, under a name that `TEMPORARY` matches, forced to disk,
and renamed onto the target: a reader sees the old content or the new one, never half of it, and a
failure (a full disk, a missing right, an interruption) leaves the old one. What a killed run left
behind is swept by the next write into that folder.

What a target keeps: an existing file its mode (permission bits) and, where we may give it, its
owner; a new one gets the mode that the umask leaves. A file that is protected from writing is not
replaced. Hard links to a replaced file go on holding the old content.

Links: a target that is a link, or lies below a folder that is one, is the file that the link leads
to, and the link stays. It must lie inside the root that the caller names, else OutsideError is
raised and nothing is written: a link in somebody's repository must not choose which file of this
machine is overwritten. So what is not read through a link is not written through one either.
For a file that was named on the command line, the root is its own folder or the working folder.
"""

from __future__ import annotations

import errno
import os
import platform
import re
import secrets
import shutil
import stat
import time
import zlib
from collections.abc import Iterable, Iterator, Mapping
from contextlib import ExitStack, contextmanager, suppress
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from generator.files.tree import OutsideError

TEMPORARY = re.compile(
    r"\.playbook-(?P<machine>[0-9a-f]{8})-(?P<process>[0-9]+)-[0-9a-f]{8}\.tmp", re.ASCII
)
"""The name of a file on its way: the machine and the process that write it, then a random part.
It is hidden, so that nobody who reads the folder of a strategy takes it for a part of that.
"""
_STRAY_SECONDS = 3600
"""A file on its way that is older than this belongs to nobody any more: writing takes moments."""
_STREAM = re.compile(r"/dev/(stdout|stderr|fd/[0-9]+)|/proc/(self|[0-9]+)/fd/[0-9]+", re.ASCII)


@dataclass(frozen=True)
class _Wanted:
    """A file to write: as the caller names it, where it really lies, and its new content."""

    named: Path
    target: Path
    content: bytes


def write_file(
    path: Path,
    content: bytes,
    *,
    root: Path | None = None,
    with_folders: bool = False,
    mode: int | None = None,
    durable: bool = True,
) -> None:
    """Write one file, whole or not at all; `with_folders` makes the folders that are missing.

    A link may lead anywhere inside `root`; without one, inside the folder that holds it and the
    working folder. `mode` are the permission bits where neither those of the old file nor the umask
    shall decide. Not `durable` is what can be made again at any time: nobody waits for the disk. A
    device or pipe (such as /dev/stdout) is written to directly.
    Raises OSError, which names `path`; OutsideError where a link leads out.
    """
    if _is_stream(path):
        with open(path, "wb") as stream:
            stream.write(content)
        return
    roots = [root] if root is not None else [path.parent, Path.cwd()]
    wanted = _Wanted(path, _find_target(path, roots), content)
    _write([wanted], with_folders=with_folders, mode=mode, durable=durable)


def write_all(
    folder: Path,
    files: Mapping[str, bytes],
    *,
    root: Path | None = None,
    mode: int | None = None,
    durable: bool = True,
) -> None:
    """Write files below a folder (by their paths in it), all or none. Missing folders are made.

    All are written beside their targets before the first one is renamed. Where anything fails,
    replaced files are put back and new files and folders are taken away. Only a kill between two
    renames can leave some files new and others old, each of them whole.
    No name and no link may lead out of `root`, which is the folder where none is named. `mode` and
    `durable` are those of `write_file`. Raises OSError, which names the file; OutsideError.
    """
    roots = [root or folder]
    wanted = [
        _Wanted(folder / name, _find_target(folder / name, roots), content)
        for name, content in files.items()
    ]
    _write(wanted, with_folders=True, mode=mode, durable=durable)


def append_text(path: Path, text: str) -> None:
    """Append to a file that the program shares with others, such as one that CI names in
    GITHUB_OUTPUT; it is made where it is missing. Where not all of it can be written, none is.
    """
    content = text.encode()
    descriptor = os.open(path, os.O_WRONLY | os.O_APPEND | os.O_CREAT, 0o666)
    size = os.fstat(descriptor).st_size
    try:
        with _naming(path):
            while content:
                content = content[os.write(descriptor, content) :]
    except OSError:
        with suppress(OSError):  # a pipe keeps what it got
            os.truncate(descriptor, size)
        raise
    finally:
        os.close(descriptor)


def sweep_strays(folder: Path) -> None:
    """Take away what killed runs left in a folder: files on their way whose process is gone, or
    that are older than an hour. Those of a process that may still be writing stay.
    """
    try:
        with os.scandir(folder) as found:
            strays = [Path(one.path) for one in found if _is_stray(one)]
    except OSError:  # whoever writes there will say it
        return
    for path in strays:
        _remove_file(path)


def _is_stray(file: os.DirEntry[str]) -> bool:
    name = TEMPORARY.fullmatch(file.name)
    if name is None:
        return False
    if name["machine"] == _machine() and not _is_running(int(name["process"])):
        return True
    with suppress(OSError):
        return file.stat(follow_symlinks=False).st_mtime < time.time() - _STRAY_SECONDS
    return False


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


def _is_stream(path: Path) -> bool:
    """Whether a path is an open stream or a device, of which there is nothing to replace."""
    if _STREAM.fullmatch(os.path.abspath(path)):
        return True
    with suppress(OSError):
        mode = os.stat(path).st_mode
        return not stat.S_ISREG(mode) and not stat.S_ISDIR(mode)
    return False


def _find_target(path: Path, roots: Iterable[Path]) -> Path:
    """Where a path leads when all links are followed. Raises OutsideError where that lies in none
    of these folders, IsADirectoryError and OSError where it is no file.
    """
    target = Path(os.path.realpath(path))
    if not any(target.is_relative_to(os.path.realpath(root)) for root in roots):
        raise OutsideError(
            errno.EACCES, "it leads out of its folder, where nothing is written", str(path)
        )
    if target.is_symlink():  # it leads round in a circle
        raise OSError(errno.ELOOP, os.strerror(errno.ELOOP), str(path))
    if target.is_dir():
        raise IsADirectoryError(errno.EISDIR, os.strerror(errno.EISDIR), str(path))
    if target.exists() and not target.is_file():
        raise OSError(errno.EINVAL, "it is not an ordinary file", str(path))
    if target.exists() and not os.access(target, os.W_OK):
        raise PermissionError(errno.EACCES, os.strerror(errno.EACCES), str(path))
    return target


def _write(wanted: list[_Wanted], *, with_folders: bool, mode: int | None, durable: bool) -> None:
    """Write all beside their targets, then put all in place; on any failure undo all of it."""
    folders = {one.target.parent for one in wanted}
    with ExitStack() as undo_folders, ExitStack() as at_last, ExitStack() as undo:
        if with_folders:
            for folder in sorted(folders):
                folders = folders | _make_folders(folder, undo_folders)
        for folder in folders:
            sweep_strays(folder)
        fresh = []
        for one in wanted:
            with _naming(one.named):
                fresh.append(_write_beside(one, mode, at_last, durable=durable))
        for one, made in zip(wanted, fresh, strict=True):
            with _naming(one.named):
                _put_in_place(made, one.target, at_last, undo)
        undo.pop_all()
        undo_folders.pop_all()
    if durable:
        for folder in folders:
            _force_to_disk(folder)


def _make_folders(folder: Path, undo: ExitStack) -> set[Path]:
    """Make a folder with those above it, the outermost first; the folders that hold a new one."""
    holding = set()
    missing = [one for one in (folder, *folder.parents) if not one.exists()]
    for one in reversed(missing):
        undo.callback(_remove_folder, one)
        one.mkdir(exist_ok=True)
        holding.add(one.parent)
    return holding


def _write_beside(one: _Wanted, mode: int | None, at_last: ExitStack, *, durable: bool) -> Path:
    """The content in a file of its own in the folder of the target, with the mode it will have."""
    fresh = _name_temporary(one.target.parent, at_last)
    old = os.stat(one.target) if one.target.exists() else None
    kept = mode if mode is not None else old.st_mode & 0o777 if old is not None else None
    flags = os.O_WRONLY | os.O_CREAT | os.O_EXCL | getattr(os, "O_BINARY", 0)
    descriptor = os.open(fresh, flags, 0o666 if kept is None else 0o600)
    with open(descriptor, "wb") as file:
        file.write(one.content)
        file.flush()
        if durable:
            os.fsync(descriptor)
    if old is not None:
        _give_to(fresh, old)
    if kept is not None:
        fresh.chmod(kept)
    return fresh


def _give_to(file: Path, old: os.stat_result) -> None:
    """The owner and the group of the old file, each where we may give them."""
    new = file.stat()
    if (new.st_uid, new.st_gid) != (old.st_uid, old.st_gid) and hasattr(os, "chown"):
        for user, group in ((-1, old.st_gid), (old.st_uid, -1)):
            with suppress(OSError):
                os.chown(file, user, group)


def _put_in_place(fresh: Path, target: Path, at_last: ExitStack, undo: ExitStack) -> None:
    """Rename a file onto its target; what lay there is kept until all is done."""
    if target.exists():
        old = _name_temporary(target.parent, at_last)
        try:
            os.link(target, old)
        except OSError:  # not every file system has hard links
            shutil.copy2(target, old)
        undo.callback(_put_back, old, target)
    else:
        undo.callback(_remove_file, target)
    os.replace(fresh, target)


def _name_temporary(folder: Path, at_last: ExitStack) -> Path:
    """A new name for a file on its way, which is gone at last whatever happens."""
    name = f".playbook-{_machine()}-{os.getpid()}-{secrets.token_hex(4)}.tmp"
    assert TEMPORARY.fullmatch(name)  # noqa: S101  # whoever sweeps must know it
    at_last.callback(_remove_file, folder / name)
    return folder / name


def _put_back(old: Path, target: Path) -> None:
    with suppress(OSError):
        os.replace(old, target)


def _remove_file(path: Path) -> None:
    with suppress(OSError):
        path.unlink()


def _remove_folder(path: Path) -> None:
    with suppress(OSError):  # it may hold something of somebody else by now
        path.rmdir()


def _force_to_disk(folder: Path) -> None:
    """A rename is lasting when its folder is on disk. Not every system can be asked for that."""
    with suppress(OSError):
        descriptor = os.open(folder, os.O_RDONLY)
        try:
            os.fsync(descriptor)
        finally:
            os.close(descriptor)


@contextmanager
def _naming(path: Path) -> Iterator[None]:
    """Errors about a file on its way, whose name says nothing, name the file that is meant."""
    try:
        yield
    except OSError as error:
        error.filename, error.filename2 = str(path), None
        raise
