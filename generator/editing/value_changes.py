"""What may be done to a value of a file; how it is done there is said in `value_edits`."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from generator.syntax.document import Route


@dataclass(frozen=True)
class Put:
    """The value at `route` is `value` from now on, whether or not there was one: text, a number, yes
    or no, a date, or lists and groups of them. At the position behind the last, a list gets an item
    more.
    """

    route: Route
    value: Any


@dataclass(frozen=True)
class Insert:
    """A list gets one more item, before the one that stands at `route` now."""

    route: Route
    value: Any


@dataclass(frozen=True)
class Remove:
    """The value at `route` is taken away, and the list or group around it where that holds nothing
    else.
    """

    route: Route


@dataclass(frozen=True)
class Move:
    """The value at `route` stands at `to` from now on: an item at another position of its list, a
    field under another name or in another group, which is made where there is none.
    """

    route: Route
    to: Route


Change = Put | Insert | Remove | Move
