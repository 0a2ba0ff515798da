"""How much an entry matters where nothing is known of the reader's choice."""

from __future__ import annotations

from datetime import date

from generator.model.entry import Entry
from generator.model.insights.freshness import judge_freshness
from generator.model.kinds import Assumption
from generator.model.strategy import Strategy

_OFTEN = 12
"""Wordings of an entry, personas and stages that it names, entries that speak of it: so many, and
it is met everywhere.
"""
_ASIDE = frozenset({"paths", "skills", "assumptions", "value_drivers", "wins"})
"""What is told of an entry for other ends (to learn, to doubt, to remember) says nothing of how often
a buyer comes to it.
"""


def weigh(entry: Entry, strategy: Strategy, today: date) -> float:
    """How much an entry matters where the choice says nothing of it, from -2 to 1: what leadership
    ranked first, what many entries build on; what nobody has looked at in time comes last.
    """
    fresh = judge_freshness(entry, strategy.header, today)
    if fresh and fresh.state == "overdue":
        return -2
    if isinstance(entry, Assumption) or getattr(entry, "outcome", "won") != "won":
        return 1
    rank = getattr(entry, "rank", None)
    ranked = 1 / rank if rank else 0.0
    naming = [link.source for link in strategy.links_to.get(entry.key, ())]
    links = sum(1 for source in naming if source is None or source.kind not in _ASIDE)
    named = sum(len(getattr(entry, name, ())) for name in ("also_said", "personas", "stages"))
    return round(max(ranked, min(1.0, (links + named) / _OFTEN)), 2)
