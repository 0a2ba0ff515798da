"""Where the versions of a site stand side by side: what a branch and a plain folder have in common.

Whoever publishes opens the place, changes what stands there, and puts the result in place. Where
somebody else was quicker, `put` says so and nothing has changed: the same is done again on top of
what stands there then.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from contextlib import AbstractContextManager
from pathlib import Path
from typing import Protocol

from generator.site.versions.errors import PublishError
from generator.site.versions.version_list import LATEST

_MOST_TRIES = 20


class Shelf(Protocol):
    """A place that holds a folder per version, the newest once more as `latest`, and a few files at
    its root. All but `place` and `opened` is for use while it is open.
    """

    @property
    def place(self) -> str:
        """What the place is called, within a sentence."""

    def opened(self) -> AbstractContextManager[None]:
        """Read what stands there. Whatever fails within, that is what stands there afterwards."""

    def list_versions(self) -> Mapping[str, frozenset[str]]:
        """The versions that stand here, the newest first, each with its other names."""

    def list_files(self) -> Iterable[str]:
        """Every file, with `/` between the parts."""

    def read_all(self, paths: Iterable[str]) -> dict[str, bytes]:
        """The content of files. Raises OSError where one cannot be read."""

    def lay(self, version: str, title: str, circle: str, site: Path, *, latest: bool) -> None:
        """Lay a built site in the place of a version, and of `latest`."""

    def change(self, files: Mapping[str, bytes], removed: Iterable[str] = ()) -> None:
        """Write files, and take whole versions away."""

    def put(self, message: str) -> bool:
        """Put what was changed in place, and read back that it stands there. False where somebody
        else was quicker.
        """


def put_in_place(
    shelf: Shelf, change: Callable[[], None], message: str, say: Callable[[str], None]
) -> Mapping[str, frozenset[str]]:
    """Change what stands in a place, again and again until nobody came in between. Returns the
    versions that stand there then. Raises PublishError where others are quicker every time.
    """
    for _ in range(_MOST_TRIES):
        with shelf.opened():
            change()
            if shelf.put(message):
                return shelf.list_versions()
        say(
            f"Somebody else published in {shelf.place} meanwhile; "
            "once more, on top of what stands there now.\n"
        )
    raise PublishError(
        f"others publish in {shelf.place} all the time: after {_MOST_TRIES} tries, "
        "what you have here is not published; try again later"
    )


def name_versions(versions: Mapping[str, frozenset[str]]) -> str:
    """The versions that stand in a place, in one line."""
    return ", ".join(
        name + (" (latest)" if LATEST in names else "") for name, names in versions.items()
    )
