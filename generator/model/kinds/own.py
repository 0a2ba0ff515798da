"""An entry of a kind of the company's own, which no class of ours knows."""

from __future__ import annotations

from dataclasses import dataclass

from generator.model.entry import Entry


@dataclass(frozen=True, kw_only=True)
class OwnEntry(Entry):
    """It has a name, what every entry may have, and below `custom` the fields of its description."""

    KIND: str = ""  # type: ignore[misc]  # the kinds are not known before a strategy is read
    name: str
