"""Why we tell a seller something: the chain from an entry up to the objective that it serves.

Only steps that make a reason count (an objection is answered to win a market, a market is served to
reach an objective). They are found in the graph of references, whichever of the two entries names
the other.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from functools import cached_property

from generator.model.entry import Entry, Key
from generator.model.ordering import rank_of_priority
from generator.model.strategy import Strategy

SERVES = {
    "plays": ("objectives", "markets"),
    "markets": ("objectives", "plays"),
    "differentiators": ("markets", "offerings"),
    "offerings": ("markets", "plays", "differentiators"),
    "personas": ("markets", "plays"),
    "competitors": ("markets", "differentiators", "offerings"),
    "objections": ("markets", "plays", "differentiators", "offerings", "competitors"),
    "proof": ("differentiators", "markets", "offerings", "objections", "competitors"),
    "value_drivers": ("offerings", "differentiators", "personas"),
    "wins": ("markets", "plays", "offerings", "competitors"),
    "assumptions": ("objectives", "markets", "offerings"),
    "skills": ("plays", "stages"),
    "paths": ("plays", "stages", "markets", "offerings"),
    "stages": ("plays",),
    "assets": ("plays", "offerings"),
    "announcements": (
        "objectives",
        "markets",
        "offerings",
        "differentiators",
        "plays",
        "competitors",
        "objections",
    ),
    "field_notes": (
        "objectives",
        "markets",
        "plays",
        "objections",
        "offerings",
        "competitors",
        "assets",
    ),
}
"""What each kind is there for, the better reason first."""

_TOP = "financial"


class Reasons:
    """Why each entry of a strategy is told. What stands next to what is worked out once, since
    chains have steps in common.
    """

    def __init__(self, strategy: Strategy) -> None:
        self._strategy = strategy
        self._next: dict[tuple[Key, str], list[Entry]] = {}

    def trace_up(self, entry: Entry) -> tuple[Entry, ...]:
        """The shortest chain of entries from what `entry` serves to an objective at the top; empty
        where there is none.

        Of chains of the same length the one with better reasons wins: in the order of `SERVES`,
        primary markets first.
        """
        if entry.KIND == "objectives":
            return self._climb(entry)[1:]
        chain: list[Entry] = []
        last: Entry | None = entry
        while last is not None:
            climbs = [self._climb(found) for found in self._list_next(last, "objectives")]
            if climbs:
                return (*chain, *min(climbs, key=_how_good))
            last = self._step_nearer(last)
            chain += [last] if last else []
        return ()

    def _step_nearer(self, entry: Entry) -> Entry | None:
        """The best of the steps from which fewer are left."""
        left = self._steps_left.get(entry.key, 0) - 1
        steps = self._list_steps(entry)
        return next((step for step in steps if self._steps_left.get(step.key) == left), None)

    @cached_property
    def _steps_left(self) -> Mapping[Key, int]:
        """How many steps each entry is away from one that serves an objective, as far as there is one:
        found for all together, from the objectives down.
        """
        served_by: dict[Key, list[Entry]] = {}
        left: dict[Key, int] = {}
        nearest: list[Entry] = []
        for entry in self._strategy:
            if self._list_next(entry, "objectives"):
                left[entry.key] = 0
                nearest.append(entry)
            for step in self._list_steps(entry):
                served_by.setdefault(step.key, []).append(entry)
        for found in nearest:  # which grows
            for entry in served_by.get(found.key, ()):
                if entry.key not in left:
                    left[entry.key] = left[found.key] + 1
                    nearest.append(entry)
        return left

    def _climb(self, objective: Entry) -> tuple[Entry, ...]:
        """The shortest way from an objective to one at the top; as far as it goes where none is
        reached.
        """
        seen = {objective.key}
        ways: list[tuple[Entry, ...]] = [(objective,)]
        furthest = ways[0]
        while ways:
            for way in ways:
                if _is_top(way[-1]):
                    return way
            furthest = ways[0]
            longer: list[tuple[Entry, ...]] = []
            for way in ways:
                for target in getattr(way[-1], "supports", ()):
                    found = self._strategy.find(Key("objectives", target))
                    if found is not None and found.key not in seen:
                        seen.add(found.key)
                        longer.append((*way, found))
            ways = longer
        return furthest

    def _list_steps(self, entry: Entry) -> Iterator[Entry]:
        """What an entry serves directly, objectives apart; the better reasons first."""
        for kind in SERVES.get(entry.KIND, ()):
            if kind != "objectives":
                yield from self._list_next(entry, kind)

    def _list_next(self, entry: Entry, kind: str) -> list[Entry]:
        """The entries of a kind that `entry` names or that name it, if that kind is a reason for
        it.
        """
        found = self._next.get((entry.key, kind))
        if found is None:
            found = self._next[entry.key, kind] = self._find_next(entry, kind)
        return found

    def _find_next(self, entry: Entry, kind: str) -> list[Entry]:
        if kind not in SERVES.get(entry.KIND, ()):
            return []
        strategy = self._strategy
        named = {link.target for link in strategy.links_from.get(entry.key, ())}
        named |= {
            link.source for link in strategy.links_to.get(entry.key, ()) if link.source is not None
        }
        found = [
            other for key in named if key.kind == kind and (other := strategy.find(key)) is not None
        ]
        chosen = [other for other in found if getattr(other, "priority", "") != "not_pursued"]
        return sorted(chosen, key=lambda other: (rank_of_priority(other), other.id))


def _how_good(climb: tuple[Entry, ...]) -> tuple[bool, bool, int, str]:
    """One that gets to the top, by way of a cause rather than by naming the top itself, in few
    steps.
    """
    return (not _is_top(climb[-1]), len(climb) == 1, len(climb), climb[0].id)


def _is_top(entry: Entry) -> bool:
    return getattr(entry, "perspective", "") == _TOP
