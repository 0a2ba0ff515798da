"""Which entries fit a market, persona, offering, competitor or stage, as a filtered list shows them,
and which of them come first.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date
from typing import NamedTuple

from generator.model.applicability import SCOPES
from generator.model.entry import Entry
from generator.model.insights.weight import weigh
from generator.model.ordering import rank_of_shareable
from generator.model.strategy import Strategy

_SCOPE_OF = {kind: name for name, kind in SCOPES.items()}
"""By what name it is said for which entries of a kind another one is."""


class _Placed(NamedTuple):
    """An entry, where it stands in the list of its kind, and how the best are sorted."""

    place: int
    worth: tuple[float, int, int]
    entry: Entry


@dataclass
class _Shares:
    """The entries of a kind: those that name an id, by that id; and those that name none and so are for
    every one, of which leadership ranked some.
    """

    naming: dict[str, list[_Placed]] = field(default_factory=dict)
    ranked: list[_Placed] = field(default_factory=list)
    plain: list[Entry] = field(default_factory=list)
    best: list[_Placed] = field(default_factory=list)


class Fitting:
    """What fits an entry, on a day. Nearly all fits nearly everything, so what names none is sorted
    once, and not for every entry anew.
    """

    def __init__(self, strategy: Strategy, today: date) -> None:
        self._strategy, self._today = strategy, today
        self._shares: dict[tuple[str, str], _Shares] = {}

    def list_fitting(self, entry: Entry, kind: str) -> list[Entry]:
        """Those of a kind that name the entry, then those that name none of its kind; what leadership
        ranked, by its rank. The others stand in the order of their list.
        """
        shares = self._share_out(kind, _SCOPE_OF[entry.KIND])
        first = sorted(
            [*shares.naming.get(entry.id, ()), *shares.ranked], key=lambda one: one.place
        )
        return [*(one.entry for one in first), *shares.plain]

    def list_best(self, entry: Entry, kind: str, most: int) -> list[Entry]:
        """The first of those that fit, by the rule of a prepared call: what names the entry, what is
        met often, what may be sent; what nobody has looked at in time comes last.
        """
        shares = self._share_out(kind, _SCOPE_OF[entry.KIND])
        found = _sort_best([*shares.naming.get(entry.id, ()), *shares.best[:most]])
        return [one.entry for one in found[:most]]

    def _share_out(self, kind: str, scope: str) -> _Shares:
        known = self._shares.get((kind, scope))
        if known is None:
            known = self._shares[kind, scope] = self._find_shares(kind, scope)
        return known

    def _find_shares(self, kind: str, scope: str) -> _Shares:
        shares = _Shares()
        for place, one in enumerate(self._strategy.in_order(kind)):
            ids = self._strategy.scopes[one.key].get(scope, ())
            placed = _Placed(place, self._judge(one, place, names_it=bool(ids)), one)
            for entry_id in dict.fromkeys(ids):
                shares.naming.setdefault(entry_id, []).append(placed)
            if ids:
                continue
            shares.best.append(placed)
            if getattr(one, "rank", None) is None:
                shares.plain.append(one)
            else:
                shares.ranked.append(placed)
        shares.best = _sort_best(shares.best)
        return shares

    def _judge(self, one: Entry, place: int, *, names_it: bool) -> tuple[float, int, int]:
        worth = names_it + weigh(one, self._strategy, self._today)
        return -worth, rank_of_shareable(one), place


def _sort_best(placed: Iterable[_Placed]) -> list[_Placed]:
    return sorted(placed, key=lambda one: one.worth)
