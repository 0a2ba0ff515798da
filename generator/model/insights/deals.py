"""How deals have ended: the score of a market or against a competitor."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from typing import NamedTuple

from generator.model.entry import Entry


class Score(NamedTuple):
    """How many deals were won, lost, and left without a decision."""

    won: int
    lost: int
    no_decision: int


def count_deals(stories: Iterable[Entry]) -> Score:
    """The score of these stories."""
    ends = Counter(getattr(story, "outcome", "") for story in stories)
    return Score(ends["won"], ends["lost"], ends["no_decision"])
