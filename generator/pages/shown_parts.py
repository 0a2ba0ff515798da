"""A link, a mark, a place among what is spoken, as a page shows them."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property

from markupsafe import Markup, escape

from generator.model.entry import Entry, Key
from generator.model.kinds import Competitor, Objection
from generator.model.strategy import Strategy


@dataclass(frozen=True)
class LinkView:
    """A link as shown: its words, its address from this page, the kind it leads to."""

    title: str
    url: str
    kind: str
    key: Key

    @cached_property
    def anchor(self) -> Markup:
        """The link as HTML."""
        return Markup(f'<a href="{escape(self.url)}">{escape(self.title)}</a>')  # noqa: S704  # both parts are escaped


@dataclass(frozen=True)
class BadgeView:
    """A small mark: its words, and the name of its look."""

    text: str
    look: str
    hint: str = ""


@dataclass(frozen=True)
class SpokenPlace:
    """Where an entry stands among `total` that are spoken one after the other, counted from 1, and its
    neighbours.
    """

    at: int
    total: int
    before: Entry | None
    after: Entry | None


def find_spoken_place(entry: Entry, strategy: Strategy) -> SpokenPlace | None:
    """The place of an entry among those that are spoken one after the other; none where it is not
    spoken.
    """
    ids = [one.id for one in strategy.in_order(entry.KIND) if _goes_with(one, entry)]
    if entry.id not in ids:
        return None
    at = ids.index(entry.id)
    near = strategy.entries[entry.KIND]
    return SpokenPlace(
        at + 1,
        len(ids),
        near[ids[at - 1]] if at else None,
        near[ids[at + 1]] if at + 1 < len(ids) else None,
    )


def _goes_with(one: Entry, entry: Entry) -> bool:
    if isinstance(one, Objection) and isinstance(entry, Objection):
        return one.category == entry.category
    return isinstance(one, Competitor) and bool(one.quick_answer)
