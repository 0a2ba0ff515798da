"""What the strategy takes for true, weighed: what speaks for each assumption and what against it,
and the objectives that would fall with it.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from generator.model.dates import Day, RoughDay
from generator.model.entry import Entry, Key
from generator.model.kinds import Assumption, FieldNote, Market
from generator.model.strategy import Strategy

STATES = ("broken", "doubtful", None, "holds")
"""The states of an assumption, the one that needs somebody first; None where nobody has judged."""
_IN_DOUBT = frozenset({"broken", "doubtful"})


@dataclass(frozen=True)
class Sign:
    """One thing that speaks for an assumption or against it: evidence written with it, or a field
    note (`note`), whose text is its own.
    """

    bears: str
    text: str
    source: str = ""
    day: Day | RoughDay | None = None
    note: FieldNote | None = None


@dataclass(frozen=True)
class Belief:
    """An assumption, the signs for it and against it, and the objectives that rest on it: those it
    names, then those of the markets it names.
    """

    assumption: Assumption
    signs: tuple[Sign, ...]
    objectives: tuple[Entry, ...]

    @property
    def in_favour(self) -> tuple[Sign, ...]:
        """What speaks for it."""
        return tuple(sign for sign in self.signs if sign.bears == "for")

    @property
    def against(self) -> tuple[Sign, ...]:
        """What speaks against it."""
        return tuple(sign for sign in self.signs if sign.bears == "against")

    @property
    def is_in_doubt(self) -> bool:
        """Whether somebody has said that it no longer holds, or may not."""
        return self.assumption.state in _IN_DOUBT


def judge_beliefs(strategy: Strategy) -> tuple[Belief, ...]:
    """All assumptions: the broken ones first, then the doubtful, those nobody has judged, and those
    that hold.
    """
    notes: dict[str, list[Sign]] = {}
    for note in strategy.in_order("field_notes"):
        for name, sign in _list_notes(note):
            notes.setdefault(name, []).append(sign)
    found = [
        Belief(
            entry,
            (*_list_evidence(entry), *notes.get(entry.id, ())),
            tuple(_list_objectives(entry, strategy)),
        )
        for entry in strategy.in_order("assumptions")
        if isinstance(entry, Assumption)
    ]
    return tuple(sorted(found, key=lambda belief: STATES.index(belief.assumption.state)))


def list_doubts(strategy: Strategy) -> tuple[Belief, ...]:
    """The assumptions that are broken or doubtful."""
    return tuple(belief for belief in judge_beliefs(strategy) if belief.is_in_doubt)


def _list_evidence(entry: Assumption) -> Iterator[Sign]:
    for one in entry.evidence:
        yield Sign(one.bears, one.text, one.source or "", one.date)


def _list_notes(note: Entry) -> Iterator[tuple[str, Sign]]:
    if isinstance(note, FieldNote):
        for one in note.bears_on:
            yield one.assumption, Sign(one.bears, note.note, note.said_by, note.date, note)


def _list_objectives(entry: Assumption, strategy: Strategy) -> Iterator[Entry]:
    named = [Key(*name.split("/", 1)) for name in entry.rests_on_it]
    markets = [strategy.find(key) for key in named if key.kind == "markets"]
    served = [
        Key("objectives", name)
        for market in markets
        if isinstance(market, Market)
        for name in market.objectives
    ]
    keys = dict.fromkeys([*(key for key in named if key.kind == "objectives"), *served])
    yield from (found for key in keys if (found := strategy.find(key)) is not None)
