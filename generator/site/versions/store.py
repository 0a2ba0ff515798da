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

from generator.site.versions.circles import Standing
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

    @property
    def has_history(self) -> bool:
        """Whether what stood there before can still be found there."""

    @property
    def options(self) -> str:
        """The options of the command that name the place, each with a blank before it."""

    def peek(self) -> Standing:
        """A first look at what stands there, before anything is built. Raises PublishError where it
        is no place for versions.
        """

    def opened(self) -> AbstractContextManager[None]:
        """Find out where the place stands. Whatever fails within, that is afterwards as it was."""

    def look(self) -> Standing:
        """Who may read what stands there, and what stood there before."""

    def go_on(self) -> None:
        """Take up what stands there. Without this, nothing of it is kept."""

    def clear(self) -> None:
        """Take everything away, but for an empty list of versions."""

    def forget_history(self) -> None:
        """Let the place begin anew, as far as it has a history."""

    def list_versions(self) -> Mapping[str, frozenset[str]]:
        """The versions that stand here, the newest first, each with its other names."""

    def describe(self, version: str) -> tuple[str, str]:
        """The title of a version, and for whom it was made."""

    def list_files(self) -> Iterable[str]:
        """Every file, with `/` between the parts."""

    def read_all(self, paths: Iterable[str]) -> dict[str, bytes]:
        """The content of files. Raises OSError where one cannot be read."""

    def lay(
        self, version: str, title: str, circle: str, site: Path, position: int, *, latest: bool
    ) -> None:
        """Lay a built site in the place of a version, of which so many are newer, and of `latest`."""

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
