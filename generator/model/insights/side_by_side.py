"""Us and all competitors, criterion by criterion, as the battlecards have it. What nobody has
written stays blank.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from generator.model.kinds import Comparison, Competitor
from generator.model.strategy import Strategy


@dataclass(frozen=True)
class Row:
    """One criterion: how we do, in each wording once, and what stands on which battlecard, by id."""

    criterion: str
    us: tuple[str, ...]
    them: Mapping[str, Comparison]

    def tells_of(self, competitor: Competitor) -> bool:
        """Whether anything is known of how this one does."""
        one = self.them.get(competitor.id)
        return one is not None and bool(one.them or one.note)


@dataclass(frozen=True)
class SideBySide:
    """The competitors that are compared, and the criteria by how many battlecards have them."""

    competitors: tuple[Competitor, ...]
    rows: tuple[Row, ...]

    def known(self, competitor: Competitor) -> list[Row]:
        """The criteria by which something is known of one of them."""
        return [row for row in self.rows if row.tells_of(competitor)]

    def unknown(self, competitor: Competitor) -> list[Row]:
        """The criteria by which nothing is known of one of them."""
        return [row for row in self.rows if not row.tells_of(competitor)]


def has_comparisons(strategy: Strategy) -> bool:
    """Whether anything is compared."""
    return any(True for _ in _find_compared(strategy))


def _find_compared(strategy: Strategy) -> Iterator[Competitor]:
    for entry in strategy.in_order("competitors"):
        if isinstance(entry, Competitor) and entry.compare:
            yield entry


def compare_all(strategy: Strategy) -> SideBySide:
    """All comparisons of the battlecards in one. A criterion is known by its words, whatever their
    case.
    """
    cards = list(_find_compared(strategy))
    names: dict[str, str] = {}
    found: dict[str, dict[str, Comparison]] = {}
    for card in cards:
        for one in card.compare:
            key = " ".join(one.criterion.casefold().split())
            names.setdefault(key, one.criterion)
            found.setdefault(key, {}).setdefault(card.id, one)
    rows = [
        Row(
            names[key],
            tuple(dict.fromkeys(one.us for one in them.values() if one.us)),
            them,
        )
        for key, them in found.items()
    ]
    return SideBySide(tuple(cards), tuple(sorted(rows, key=lambda row: -len(row.them))))
