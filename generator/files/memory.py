"""What was worked out before, kept for as long as what it was worked out of stays the same: between
the edits under `serve`, and by way of `loading/parse_cache` from one `check` to the next.

Nothing is compared but identity: whoever keeps something of a thing must get that very thing again.
So it begins with the files: bytes alone are the same where they are equal.
"""

from __future__ import annotations

from collections.abc import Callable, Hashable, Iterator
from typing import Any, TypeVar

T = TypeVar("T")

LEAVES = "leaves"
"""The files below `strategy/` as they were read."""
PLACES = "places"
"""Where in its file a part of an entry stands: plain data, by the entry as it is written."""
FINDINGS = "findings"
"""What checks found in an entry by itself: plain data, by the entry as it is written."""


class Kept:
    """What was worked out under one name."""

    def __init__(self, circumstances: tuple[Any, ...] = ()) -> None:
        self.circumstances = circumstances
        self._values: dict[Hashable, tuple[object, Any]] = {}

    def recall(self, name: Hashable, of: object) -> Any:
        """What was kept under this name, where it was worked out of this very thing; else None."""
        found = self._values.get(name)
        if found is None:
            return None
        thing, value = found
        return value if thing is of or (isinstance(of, bytes) and thing == of) else None

    def keep(self, name: Hashable, of: object, value: Any) -> None:
        """Keep what was worked out of a thing."""
        self._values[name] = (of, value)

    def __iter__(self) -> Iterator[tuple[Hashable, Any, Any]]:
        """All that is kept: the name, the thing, and what was worked out of it."""
        return ((name, of, value) for name, (of, value) in self._values.items())

    def of(self, name: Hashable, thing: object, work: Callable[[], T]) -> T:
        """What `work` makes of a thing (never None); it is done once."""
        value: T | None = self.recall(name, thing)
        if value is None:
            value = work()
            self.keep(name, thing, value)
        return value


class Memory:
    """All that is kept, by what it is about. `holds_lines` says that much will be asked about the
    lines of the files.
    """

    holds_lines = False

    def __init__(self) -> None:
        self._kept: dict[str, Kept] = {}

    def about(self, what: str, *circumstances: Any) -> Kept:
        """What was worked out about this. Nothing, where the circumstances it depends on as a whole
        were others.
        """
        found = self._kept.get(what)
        if found is None or found.circumstances != circumstances:
            found = self._kept[what] = Kept(circumstances)
        return found


class NoMemory(Memory):
    """Forgets everything at once: for whoever does a thing only once, and has no use for what it is
    made of.
    """

    def about(self, what: str, *circumstances: Any) -> Kept:
        return Kept(circumstances)


NO_MEMORY = NoMemory()
