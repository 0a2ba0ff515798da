"""For whom an entry is: the markets, personas, offerings, competitors and stages that it names.

An entry that names none of a kind is for all of that kind: an objection without a market is heard
in every market.
"""

from __future__ import annotations

from collections.abc import Mapping

from generator.model.entry import Entry, Key
from generator.model.kinds import Market, Persona

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


def find_scopes(entries: Mapping[str, Mapping[str, Entry]]) -> Mapping[Key, Scope]:
    """What each entry is for: itself where it is one of the choices, what it names, and a persona's
    markets. Entries by kind and id, as a strategy has them.

    A persona names no market; it is met in those whose buying committee names it.
    """
    committees: dict[str, tuple[str, ...]] = {}
    for market in entries.get("markets", {}).values():
        for persona in market.personas if isinstance(market, Market) else ():
            committees[persona] = (*committees.get(persona, ()), market.id)
    return {
        entry.key: _find_scope(entry, committees)
        for kind in entries.values()
        for entry in kind.values()
    }


def _find_scope(entry: Entry, committees: Mapping[str, tuple[str, ...]]) -> Scope:
    found: dict[str, tuple[str, ...]] = {}
    for name, kind in SCOPES.items():
        ids = _list_named(entry, name, kind)
        if name == "market" and isinstance(entry, Persona):
            ids = committees.get(entry.id, ())
        if ids:
            found[name] = ids
    return found


def _list_named(entry: Entry, name: str, kind: str) -> tuple[str, ...]:
    if kind == entry.KIND:
        return (entry.id,)
    many: tuple[str, ...] = getattr(entry, kind, ())
    one: str | None = getattr(entry, name, None)
    return many or ((one,) if one else ())
