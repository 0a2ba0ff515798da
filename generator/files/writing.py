"""The one door through which every file goes that the program writes for a user.

A file is written whole in a workshop (see there) beside its target, forced to disk, and renamed onto
the target: a reader sees the old content or the new one, never half of it, and a failure (a full
disk, a missing right, an interruption) leaves the old one. Folders that are missing come into being
with all that is in them. Of several files all are written, or none: where a run is killed between
the first and the last, the next one puts back what lay there. `change_folder` and `put_folder` do
the same for whole folders, such as a site.

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
import hashlib
import os
import re
import shutil
import stat
from collections.abc import Iterable, Iterator, Mapping
from contextlib import ExitStack, contextmanager, suppress
from dataclasses import dataclass, field
from functools import cached_property
from pathlib import Path
from typing import TextIO

from generator.files.renaming import exchange, rename_new
from generator.files.tree import OutsideError
from generator.files.workshop import (
    Step,
    close_journal,
    force_to_disk,
    open_workshop,
    write_journal,
)

_STREAM = re.compile(r"/dev/(stdout|stderr|fd/[0-9]+)|/proc/(self|[0-9]+)/fd/[0-9]+", re.ASCII)


@dataclass(frozen=True)
class _Wanted:
    """A file to write: as the caller names it, where it really lies, and its new content; None where
    it is taken away.
    """

    named: Path
    target: Path
    content: bytes | None


@dataclass
class _Placing:
    """What takes its place as one: a file, or the outermost folder that is missing with all that
    will be in it.
    """

    target: Path
    named: Path
    files: list[_Wanted] = field(default_factory=list)

    @property
    def is_file(self) -> bool:
        return self.files[0].target == self.target

    @cached_property
    def is_new(self) -> bool:
        return not self.target.exists()


@dataclass(frozen=True)
class _How:
    """How files are written: with which permission bits (None: see above), and whether one waits
    for the disk.
    """

    mode: int | None
    durable: bool


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
    if not with_folders and not wanted.target.parent.is_dir():
        raise FileNotFoundError(errno.ENOENT, os.strerror(errno.ENOENT), str(path))
    _write(wanted.target.parent, [wanted], _How(mode, durable))


def write_all(
    folder: Path,
    files: Mapping[str, bytes | None],
    *,
    root: Path | None = None,
    mode: int | None = None,
    durable: bool = True,
) -> None:
    """Write files below a folder (by their paths in it), all or none. Missing folders are made; a file
    without content is taken away.

    All are written before the first one is renamed. Where anything fails, replaced files are put
    back and new files and folders are taken away; so they are by `workshop.sweep(folder)` after a
    kill. Where a part of the folder lies on another disk, each disk is all or none.
    No name and no link may lead out of `root`, which is the folder where none is named. `mode` and
    `durable` are those of `write_file`. Raises OSError, which names the file; OutsideError.
    """
    roots = [root or folder]
    for name, content in files.items():
        if content is None and (folder / name).is_symlink():
            raise OSError(errno.EINVAL, "it is a link, and is not taken away", str(folder / name))
    wanted = [
        _Wanted(folder / name, _find_target(folder / name, roots), content)
        for name, content in files.items()
        if content is not None or (folder / name).exists()
    ]
    _write(Path(os.path.realpath(folder)), wanted, _How(mode, durable))


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


@contextmanager
def change_folder(folder: Path) -> Iterator[Path]:
    """A copy of a folder (an empty one where there is none), to be changed at will by putting other
    files in place of its own; at the end it takes the place of the folder, whole. Where the context
    ends by an error, the folder is as it was. Raises OSError where it cannot be replaced.

    The copy shares its files with the folder where the disk allows that: none of them may be
    written into.
    """
    refuse_mount(folder)
    folder.parent.mkdir(parents=True, exist_ok=True)
    with open_workshop(folder.parent) as workshop:
        fresh = workshop / "new"
        if folder.exists():
            shutil.copytree(folder, fresh, copy_function=_share, symlinks=True)
        else:
            fresh.mkdir()
        yield fresh
        put_folder(fresh, folder, workshop)


def put_folder(made: Path, target: Path, workshop: Path) -> None:
    """Put a finished folder from a workshop in the place of another; that goes into the workshop.

    Where the system can exchange two names, there is a folder at every moment. Elsewhere there is
    none between two renames, and after a kill between them `workshop.sweep` puts the old one back.
    """
    refuse_mount(target)
    if not target.exists():
        rename_new(made, target)
    elif not exchange(made, target):
        old = workshop / "old"
        step = Step(target.name, made.name, old.name, {})
        write_journal(workshop, [step], durable=True)
        os.rename(target, old)
        os.rename(made, target)
        close_journal(workshop)


def refuse_mount(folder: Path) -> None:
    """Raise OSError where a folder is a disk of its own, which nothing can take the place of."""
    if os.path.ismount(folder):
        raise OSError(
            errno.EBUSY,
            "it is a disk of its own, and cannot be replaced as a whole; name a folder in it",
            str(folder),
        )


def _share(source: str, target: str) -> None:
    try:
        os.link(source, target, follow_symlinks=False)
    except OSError:  # not every disk can
        shutil.copy2(source, target, follow_symlinks=False)


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


def _write(folder: Path, wanted: list[_Wanted], how: _How) -> None:
    """Write all in workshops, then put all in place; on any failure undo all of it.

    The workshop lies in `folder`, or in the nearest folder above that exists; on another disk, or
    where that folder is closed to us, beside the target.
    """
    placings = _gather(wanted)
    by_place: dict[Path, list[_Placing]] = {}
    for placing in placings:
        by_place.setdefault(_choose_place(folder, placing.target.parent), []).append(placing)
    is_one = len(placings) == 1
    with ExitStack() as stack:
        prepared = []
        for place, together in by_place.items():
            with _naming(together[0].named):
                workshop = stack.enter_context(open_workshop(place))
            prepared.append((workshop, together, _prepare(workshop, together, how)))
            if not is_one:
                write_journal(workshop, prepared[-1][2], durable=how.durable)
        for workshop, together, steps in prepared:
            _put_in_place(workshop, together, steps)
        if not is_one:
            for workshop, _, _ in prepared:
                close_journal(workshop)
    if how.durable:
        for parent in {placing.target.parent for placing in placings}:
            force_to_disk(parent)


def _gather(wanted: list[_Wanted]) -> list[_Placing]:
    """What takes its place as one: files below a folder that is missing come with that."""
    found: dict[Path, _Placing] = {}
    for one in wanted:
        missing = [folder for folder in one.target.parents if not os.path.lexists(folder)]
        target = missing[-1] if missing else one.target
        found.setdefault(target, _Placing(target, one.named)).files.append(one)
    return list(found.values())


def _choose_place(folder: Path, parent: Path) -> Path:
    """Where the workshop lies for what goes into `parent`."""
    nearest = next(one for one in (folder, *folder.parents) if one.is_dir())
    is_same = parent.exists() and os.stat(nearest).st_dev == os.stat(parent).st_dev
    is_above = parent.is_relative_to(nearest)
    return nearest if is_same and is_above and os.access(nearest, os.W_OK) else parent


def _prepare(workshop: Path, placings: list[_Placing], how: _How) -> list[Step]:
    """Write everything into the workshop, and keep there what lies in its place now."""
    steps = []
    for number, placing in enumerate(placings):
        made, old = workshop / f"{number}", ""
        digests = {}
        for one in placing.files:
            inner = "" if placing.is_file else one.target.relative_to(placing.target).as_posix()
            with _naming(one.named):
                if inner:
                    (made / inner).parent.mkdir(parents=True, exist_ok=True)
                _write_fresh(made / inner if inner else made, one, how)
            digests[inner] = hashlib.sha256(one.content or b"").hexdigest()
        if not placing.is_new:
            old = f"{number}old"
            with _naming(placing.named):
                _keep(placing.target, workshop / old)
        path = placing.target.relative_to(workshop.parent).as_posix()
        steps.append(Step(path, made.name, old, digests))
    return steps


def _keep(target: Path, old: Path) -> None:
    try:
        os.link(target, old)
    except OSError:  # not every file system has hard links
        shutil.copy2(target, old)


def _write_fresh(fresh: Path, one: _Wanted, how: _How) -> None:
    """The content in a file of the workshop, with the mode and the owner that it will have."""
    old = os.stat(one.target) if one.target.exists() else None
    kept = how.mode if how.mode is not None else old.st_mode & 0o777 if old is not None else None
    flags = os.O_WRONLY | os.O_CREAT | os.O_EXCL | getattr(os, "O_BINARY", 0)
    descriptor = os.open(fresh, flags, 0o666 if kept is None else 0o600)
    with open(descriptor, "wb") as file:
        file.write(one.content or b"")
        file.flush()
        if how.durable:
            os.fsync(descriptor)
    _give_to(fresh, one.target.parent, old)
    if kept is not None:
        fresh.chmod(kept)


def _give_to(file: Path, parent: Path, old: os.stat_result | None) -> None:
    """The owner and the group of the old file, or the group that a folder gives to what is made in
    it; each where we may give them.
    """
    new = file.stat()
    user, group = (old.st_uid, old.st_gid) if old else (new.st_uid, new.st_gid)
    with suppress(OSError):
        above = os.stat(parent)
        group = above.st_gid if old is None and above.st_mode & stat.S_ISGID else group
    if (new.st_uid, new.st_gid) != (user, group) and hasattr(os, "chown"):
        for pair in ((-1, group), (user, -1)):
            with suppress(OSError):
                os.chown(file, *pair)


def _put_in_place(workshop: Path, placings: list[_Placing], steps: list[Step]) -> None:
    """Rename everything onto its target; what is new takes nobody's place."""
    for placing, step in zip(placings, steps, strict=True):
        made = workshop / step.made
        with _naming(placing.named):
            if placing.files[0].content is None:
                made.unlink()  # first: as long as it is there, nothing is put back
                placing.target.unlink()
            elif placing.is_new:
                rename_new(made, placing.target)
            else:
                os.replace(made, placing.target)


@contextmanager
def _naming(path: Path) -> Iterator[None]:
    """Errors about a file on its way, whose name says nothing, name the file that is meant."""
    try:
        yield
    except OSError as error:
        error.filename, error.filename2 = str(path), None
        raise


def mute(stream: TextIO) -> None:
    """From now on, what goes to this stream of the process goes nowhere: its reader has had enough."""
    os.dup2(os.open(os.devnull, os.O_WRONLY), stream.fileno())
