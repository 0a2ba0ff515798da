"""A plain folder that holds the versions of a site, for any web server."""

from __future__ import annotations

import shutil
from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import ExitStack, contextmanager
from pathlib import Path
from shlex import quote

from generator.files.locks import hold
from generator.files.writing import change_folder, write_all
from generator.site.versions.circles import Standing, tell_standing
from generator.site.versions.errors import PublishError
from generator.site.versions.version_list import LATEST, VERSIONS, VersionList


class FolderShelf:
    """A plain folder. One publisher at a time is in it; what is changed is changed in a copy, which
    takes the place of the folder in one step.
    """

    def __init__(self, folder: Path, named: Path, say: Callable[[str], None]) -> None:
        self.folder, self._named, self._say = folder, named, say
        self._changing = ExitStack()
        self._now = folder
        self._versions = VersionList()

    @property
    def place(self) -> str:
        return str(self._named)

    @property
    def has_history(self) -> bool:
        return False

    @property
    def options(self) -> str:
        return f" --to-dir {quote(str(self._named))}"

    def peek(self) -> Standing:
        self._refuse_other()
        return self.look()

    @contextmanager
    def opened(self) -> Iterator[None]:
        outer = self.folder.parent
        outer.mkdir(parents=True, exist_ok=True)  # only what is there can be held
        with hold(outer, self._say_waiting), ExitStack() as self._changing:
            self._refuse_other()
            self._now, self._versions = self.folder, VersionList()
            yield

    def look(self) -> Standing:
        return tell_standing(self.list_files(), self._read_list())

    def go_on(self) -> None:
        self._now = self._changing.enter_context(change_folder(self.folder))
        self._versions = VersionList(self._read_list())

    def clear(self) -> None:
        if self._now == self.folder:
            self._now = self._changing.enter_context(change_folder(self.folder))
        for path in self._now.iterdir():
            shutil.rmtree(path) if path.is_dir() and not path.is_symlink() else path.unlink()
        self._versions = VersionList()
        self.change({VERSIONS: self._versions.write()})

    def forget_history(self) -> None:
        """A folder has none."""

    def list_versions(self) -> Mapping[str, frozenset[str]]:
        return self._versions.names

    def describe(self, version: str) -> tuple[str, str]:
        return self._versions.describe(version)

    def list_files(self) -> Iterable[str]:
        return sorted(
            path.relative_to(self._now).as_posix()
            for path in self._now.rglob("*")
            if path.is_file()
        )

    def read_all(self, paths: Iterable[str]) -> dict[str, bytes]:
        return {path: (self._now / path).read_bytes() for path in paths}

    def lay(
        self, version: str, title: str, circle: str, site: Path, position: int, *, latest: bool
    ) -> None:
        self._versions.add(version, title, circle, position, latest=latest)
        for name in (version, LATEST) if latest else (version,):
            shutil.rmtree(self._now / name, ignore_errors=True)
            shutil.copytree(site, self._now / name)
        self.change({VERSIONS: self._versions.write()})

    def change(self, files: Mapping[str, bytes], removed: Iterable[str] = ()) -> None:
        gone = self._versions.remove(removed)
        for version in gone:
            shutil.rmtree(self._now / version, ignore_errors=True)
        listed = {VERSIONS: self._versions.write()} if gone else {}
        wanted = {**files, **listed}
        # a site is there to be read by all, and can be made again
        write_all(self._now, wanted, mode=0o644, durable=False)

    def put(self, message: str) -> bool:
        self._changing.close()
        self._now = self.folder
        stands = VersionList(self._read_list()).names
        is_whole = all((self.folder / name).is_dir() for name in stands)
        return is_whole and stands == self._versions.names

    def _say_waiting(self) -> None:
        self._say(f"Somebody else is publishing in {self.place}; waiting for that to end.\n")

    def _read_list(self) -> bytes | None:
        path = self._now / VERSIONS
        return path.read_bytes() if path.is_file() else None

    def _refuse_other(self) -> None:
        """Raise PublishError where the folder holds something else than published versions."""
        is_ours = (self.folder / VERSIONS).is_file() and not (self.folder / ".git").exists()
        is_folder = not self.folder.exists() or self.folder.is_dir()
        if not is_folder or (self.folder.exists() and any(self.folder.iterdir()) and not is_ours):
            raise PublishError(
                f"{self.place} holds something else than published versions; "
                "name a folder of its own"
            )
