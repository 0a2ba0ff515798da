"""Whom an entry concerns beyond those it names: a reason why customers choose us names no persona,
and still means more to one than to another.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping

from generator.model.applicability import SCOPES
from generator.model.entry import Entry, Key
from generator.model.kinds import Persona, ValueDriver
from generator.model.strategy import Strategy

_LEFT_OPEN = ("persona", "offering")
"""Choices for which it makes a difference who is meant, where an entry names none. What names no
market, competitor or stage is for every one alike.
"""
_LEAST = 0.3
"""What is less near than that is not near."""

Near = Mapping[str, Mapping[str, float]]


class Nearness:
    """What a strategy speaks of together: the offerings that the objections of a persona are about,
    the personas whose value a reason adds to.
    """

    def __init__(self, strategy: Strategy) -> None:
        self._strategy = strategy
        self._own = {kind: name for name, kind in SCOPES.items()}
        self._together: dict[tuple[str, str], dict[tuple[str, str], float]] = defaultdict(
            lambda: defaultdict(float)
        )
        for entry in strategy:
            if entry.KIND not in self._own:
                self._count(entry)

    def _count(self, entry: Entry) -> None:
        scope = self._strategy.scopes[entry.key]
        for name, ids in scope.items():
            for other in (other for other in scope if other in _LEFT_OPEN and other != name):
                share = 1 / len(scope[other])
                for one in ids:
                    for found in scope[other]:
                        self._together[name, one][other, found] += share

    def of(self, entry: Entry) -> Near:
        """How near each persona and offering is that an entry leaves open, from 0.3 to 1, by the name of
        the choice and its id.
        """
        scope = self._strategy.scopes[entry.key]
        found = {
            name: self._wanting(entry) if name == "persona" else {}
            for name in _LEFT_OPEN
            if name not in scope
        }
        for name in found:
            found[name] = found[name] or self._spoken_of_with(entry, name)
        return {name: near for name, near in found.items() if near}

    def _wanting(self, entry: Entry) -> dict[str, float]:
        """The personas who want what an entry adds to."""
        drivers = set(getattr(entry, "value_drivers", ()))
        if not drivers:
            return {}
        wanting = {
            one.id: drivers & set(one.value_drivers)
            for one in self._strategy.of("personas")
            if isinstance(one, Persona)
        }
        named = (self._strategy.find(Key("value_drivers", one)) for one in drivers)
        told = {one for found in named if isinstance(found, ValueDriver) for one in found.personas}
        return {one: 1.0 for one, wanted in wanting.items() if wanted or one in told}

    def _spoken_of_with(self, entry: Entry, name: str) -> dict[str, float]:
        """What is named together with a choice; of what is none, with the offerings it is about."""
        own = self._own.get(entry.KIND)
        ids = (entry.id,) if own else self._strategy.scopes[entry.key].get("offering", ())
        counts: dict[str, float] = defaultdict(float)
        for one in ids:
            for (other, found), count in self._together[own or "offering", one].items():
                if other == name:
                    counts[found] += count
        most = max(counts.values(), default=0)
        shares = {found: round(count / most, 1) for found, count in counts.items()}
        return {found: share for found, share in shares.items() if share >= _LEAST}
