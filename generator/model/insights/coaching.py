"""What a manager coaches: the stages and plays that say what to ask, and what counts this quarter."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from generator.model.entry import Entry
from generator.model.kinds import Objective, Play, Stage
from generator.model.strategy import Strategy

COACHED = ("stages", "plays")
"""The kinds that may say what a manager asks and looks for, in the order of a conversation."""
MOST_PLAYS = 6
"""So many plays of a quarter are room for on one sheet."""


def list_coached(strategy: Strategy) -> Iterator[Entry]:
    """The stages and plays that say what a manager asks and looks for."""
    for kind in COACHED:
        for entry in strategy.in_order(kind):
            if isinstance(entry, Stage | Play) and entry.coach is not None:
                yield entry


def list_current_plays(strategy: Strategy) -> Sequence[Entry]:
    """The plays that serve most of the objectives for now; of a strategy without such, the first."""
    now = {
        entry.id
        for entry in strategy.of("objectives")
        if isinstance(entry, Objective) and entry.horizon == "now"
    }
    plays = [entry for entry in strategy.in_order("plays") if isinstance(entry, Play)]
    served = {play.id: len(now & set(play.objectives)) for play in plays}
    chosen = [play for play in plays if served[play.id]] or plays
    return sorted(chosen, key=lambda play: -served[play.id])[:MOST_PLAYS]
