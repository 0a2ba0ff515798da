"""A plain folder that holds the versions of a site, for any web server."""

from __future__ import annotations

import os
import shutil
import tempfile
import time
from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path

from generator.files.writing import write_all
from generator.site.versions.errors import PublishError
from generator.site.versions.version_list import LATEST, VERSIONS, VersionList

_PATIENCE = 300
"""Seconds to wait for somebody else who is putting a site in place, which takes moments."""


class FolderShelf:
    """A plain folder. One publisher at a time is in it; each version is put in place whole, and
    `versions.json` after it, so that there is nothing to undo.
    """

    def __init__(self, folder: Path, named: Path | None = None) -> None:
        self.folder, self._named = folder, named or folder
        self._versions = VersionList()

    @property
    def place(self) -> str:
        return str(self._named)

    @contextmanager
    def opened(self) -> Iterator[None]:
        with self._alone():
            self._refuse_other()
            self._versions = self._read_versions()
            yield

    def list_versions(self) -> Mapping[str, frozenset[str]]:
        return self._versions.names

    def list_files(self) -> Iterable[str]:
        return sorted(
            path.relative_to(self.folder).as_posix()
            for path in self.folder.rglob("*")
            if path.is_file()
        )

    def read_all(self, paths: Iterable[str]) -> dict[str, bytes]:
        return {path: (self.folder / path).read_bytes() for path in paths}

    def lay(self, version: str, title: str, circle: str, site: Path, *, latest: bool) -> None:
        self.folder.mkdir(parents=True, exist_ok=True)
        self._versions.add(version, title, circle, latest=latest)
        for name in (version, LATEST) if latest else (version,):
            self._put(site, name)
        self.change({VERSIONS: self._versions.write()})

    def change(self, files: Mapping[str, bytes], removed: Iterable[str] = ()) -> None:
        gone = self._versions.remove(removed)
        if gone:
            self._write({VERSIONS: self._versions.write()})
            for version in gone:
                shutil.rmtree(self.folder / version, ignore_errors=True)
        self._write(files)

    def put(self, message: str) -> bool:
        stands = self._read_versions().names
        is_whole = all((self.folder / name).is_dir() for name in stands)
        return is_whole and stands == self._versions.names

    def _read_versions(self) -> VersionList:
        path = self.folder / VERSIONS
        return VersionList(path.read_bytes() if path.is_file() else None)

    @contextmanager
    def _alone(self) -> Iterator[None]:
        """Hold the folder that holds this one, since this one may not be there yet. A lock ends
        with its process, however that ends.
        """
        if os.name == "nt":  # where a folder cannot be locked
            yield
            return
        self.folder.parent.mkdir(parents=True, exist_ok=True)
        descriptor = os.open(self.folder.parent, os.O_RDONLY)
        try:
            self._wait(descriptor)
            yield
        finally:
            os.close(descriptor)

    def _refuse_other(self) -> None:
        """Raise PublishError where the folder holds something else than published versions."""
        is_ours = (self.folder / VERSIONS).is_file() and not (self.folder / ".git").exists()
        is_folder = not self.folder.exists() or self.folder.is_dir()
        if not is_folder or (self.folder.exists() and any(self.folder.iterdir()) and not is_ours):
            raise PublishError(
                f"{self.place} holds something else than published versions; "
                "name a folder of its own"
            )

    def _wait(self, descriptor: int) -> None:
        until = time.monotonic() + _PATIENCE
        while not _lock(descriptor):
            if time.monotonic() > until:
                raise PublishError(
                    f"somebody else has been publishing in {self.place} for minutes; "
                    "nothing was published, try again later"
                )
            time.sleep(0.05)

    def _put(self, made: Path, name: str) -> None:
        """A copy of the site under a name: two renames, so that a reader meets the old one or the
        new one.
        """
        with tempfile.TemporaryDirectory(prefix=".publish-", dir=self.folder) as name_of_workshop:
            fresh = Path(name_of_workshop) / "new"
            shutil.copytree(made, fresh)
            target = self.folder / name
            if target.exists():
                target.rename(Path(name_of_workshop) / "old")
            fresh.rename(target)

    def _write(self, files: Mapping[str, bytes]) -> None:
        """A site is there to be read by all, and can be made again."""
        changed = {
            path: content
            for path, content in files.items()
            if not (self.folder / path).is_file() or self.read_all([path])[path] != content
        }
        write_all(self.folder, changed, mode=0o644, durable=False)


def _lock(descriptor: int) -> bool:
    """Whether nobody else holds a folder now; a disk that knows no locks is everybody's."""
    import fcntl  # not on every system

    try:
        fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        return False
    except OSError:
        return True
    return True
