"""Which entries fit a market, persona, offering, competitor or stage, as a filtered list shows them,
and which of them come first.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from generator.model.applicability import SCOPES
from generator.model.entry import Entry
from generator.model.insights.weight import weigh
from generator.model.ordering import rank_of_shareable
from generator.model.strategy import Strategy


def list_fitting(entry: Entry, others: Sequence[Entry], strategy: Strategy) -> list[Entry]:
    """Those of the others that name the entry, then those that name none of its kind and so are for
    every one; what leadership ranked, by its rank. The others stand in the order of their list.
    """

    def is_last(found: tuple[Entry, bool]) -> bool:
        return not found[1] and getattr(found[0], "rank", None) is None

    return [one for one, _ in sorted(_fit(entry, others, strategy), key=is_last)]


def list_best(
    entry: Entry, others: Sequence[Entry], strategy: Strategy, today: date
) -> list[Entry]:
    """Those that fit, by the rule of a prepared call: what names the entry, what is met often, what
    may be sent; what nobody has looked at in time comes last.
    """

    def order(found: tuple[Entry, bool]) -> tuple[float, int]:
        one, names_it = found
        return -(names_it + weigh(one, strategy, today)), rank_of_shareable(one)

    return [one for one, _ in sorted(_fit(entry, others, strategy), key=order)]


def _fit(entry: Entry, others: Sequence[Entry], strategy: Strategy) -> list[tuple[Entry, bool]]:
    """Each that fits, and whether it names the entry."""
    name = next(name for name, kind in SCOPES.items() if kind == entry.KIND)
    named = ((one, strategy.scopes[one.key].get(name, ())) for one in others)
    return [(one, bool(ids)) for one, ids in named if entry.id in (ids or (entry.id,))]
