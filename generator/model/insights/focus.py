"""Whether a strategy chooses: how many primary markets count at once, and which objectives
something works for.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from generator.model.kinds import Market, Objective
from generator.model.strategy import Strategy


def largest_at_once(markets: Sequence[Market]) -> list[Market]:
    """The most of these markets that count on one day. No day is today's, so the answer does not
    change overnight.
    """
    starts = sorted({market.effective_from or date.min for market in markets})
    groups = [[market for market in markets if _counts_on(market, day)] for day in starts]
    return max(groups, key=len, default=[])


def _counts_on(market: Market, day: date) -> bool:
    return (market.effective_from or date.min) <= day <= (market.effective_until or date.max)


def list_served(strategy: Strategy) -> set[str]:
    """The objectives that something works for, be it by way of another objective."""
    objectives = {
        entry.id: entry for entry in strategy.of("objectives") if isinstance(entry, Objective)
    }
    served = {
        target
        for kind in ("markets", "plays")
        for entry in strategy.of(kind)
        for target in getattr(entry, "objectives", ())
    }
    served |= {
        target
        for group in (strategy.header.commitments, strategy.header.cadence)
        for one in group
        for target in getattr(one, "objectives", ())
    }
    served |= {
        name
        for name, objective in objectives.items()
        if any(initiative.status != "stopped" for initiative in objective.initiatives)
    }
    waiting = [name for name in served if name in objectives]
    while waiting:
        further = [target for target in objectives[waiting.pop()].supports if target not in served]
        served.update(further)
        waiting += [target for target in further if target in objectives]
    return served
