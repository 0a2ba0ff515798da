"""For whom an entry is: the markets, personas, offerings, competitors and stages that it names.

An entry that names none of a kind is for all of that kind: an objection without a market is heard
in every market.
"""

from __future__ import annotations

from collections.abc import Mapping

from generator.model.entry import Entry
from generator.model.kinds import Market, Persona
from generator.model.strategy import Strategy

SCOPES: Mapping[str, str] = {
    "market": "markets",
    "persona": "personas",
    "offering": "offerings",
    "competitor": "competitors",
    "stage": "stages",
}
"""What a seller may choose, and the kind of entry that it chooses among. The names stand in
addresses of the site.
"""

Scope = Mapping[str, tuple[str, ...]]
"""The ids an entry names, by the name of the choice. A choice that is missing is left open: every
one fits.
"""


def scope_of(entry: Entry, strategy: Strategy) -> Scope:
    """What an entry is for: itself where it is one of the choices, what it names, and a persona's
    markets.

    A persona names no market; it is met in those whose buying committee names it.
    """
    found: dict[str, tuple[str, ...]] = {}
    for name, kind in SCOPES.items():
        ids = _named(entry, name, kind)
        if isinstance(entry, Persona) and name == "market":
            ids = committees_with(entry.id, strategy)
        if ids:
            found[name] = ids
    return found


def committees_with(persona: str, strategy: Strategy) -> tuple[str, ...]:
    """The markets whose buying committee names a persona."""
    return tuple(
        market.id
        for market in strategy.of("markets")
        if isinstance(market, Market) and persona in market.personas
    )


def _named(entry: Entry, name: str, kind: str) -> tuple[str, ...]:
    if kind == entry.KIND:
        return (entry.id,)
    many: tuple[str, ...] = getattr(entry, kind, ())
    one: str | None = getattr(entry, name, None)
    return many or ((one,) if one else ())
