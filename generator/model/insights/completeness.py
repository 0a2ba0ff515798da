"""How complete an entry is: which of the things a seller would look for are there. A placeholder
counts as nothing.

For each kind a table names them, all of the same weight: fields of the entry itself, and
(`<offerings`) entries that name it.
"""

from __future__ import annotations

import dataclasses
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from generator.model.entry import Entry
from generator.model.placeholders import find_placeholder
from generator.model.strategy import Strategy

WANTED: Mapping[str, tuple[str, ...]] = {
    "markets": (
        "rationale",
        "ideal_customer.must_have",
        "ideal_customer.disqualifiers",
        "pains",
        "triggers",
        "personas",
        "buying",
        "objectives",
        "<offerings",
        "<differentiators",
        "<objections",
        "<plays",
        "<competitors",
    ),
    "personas": (
        "titles",
        "purchasing_roles",
        "goals",
        "challenges",
        "measured_by",
        "questions",
        "message",
    ),
    "offerings": (
        "description",
        "markets",
        "problems",
        "outcomes",
        "packages",
        "availability",
        "not_for",
        "<differentiators",
    ),
    "differentiators": ("proof", "say", "show", "kind", "offerings", "competitors"),
    "proof": ("customer", "result", "shareable", "<differentiators,objections"),
    "value_drivers": (
        "pain",
        "how_measured",
        "range",
        "pitches",
        "personas",
        "offerings",
        "differentiators",
        "proof",
    ),
    "wins": ("date", "customer", "market", "offerings", "personas", "plays", "told_by"),
    "competitors": (
        "quick_answer",
        "they_say",
        "ask",
        "avoid",
        "pricing",
        "switching",
        "offerings",
    ),
    "objections": ("also_said", "real_concern", "acknowledge", "explore", "confirm", "proof"),
    "plays": ("markets", "offerings", "personas", "stages", "questions", "assets", "objectives"),
    "stages": ("goal", "evidence", "typical_days"),
    "qualification": ("elements.question", "elements.good_answer"),
    "objectives": (
        "why",
        "horizon",
        "measures",
        "measures.target",
        "measures.current",
        "measures.as_of",
        "measures.due",
    ),
    "assumptions": ("state", "rests_on_it", "watch_for", "evidence", "decide_by"),
    "skills": ("why", "levels", "practise", "plays", "roles"),
    "paths": ("steps.read", "steps.prove"),
    "people": ("contact", "topics"),
    "assets": ("kind", "shareable"),
}
"""What makes an entry of a kind complete, beside what it must have. Kinds that are not here have
nothing more to fill in.
"""


@dataclass(frozen=True)
class Completeness:
    """What is there and what is missing of an entry, both as in `WANTED`."""

    there: tuple[str, ...]
    missing: tuple[str, ...]

    @property
    def share(self) -> int:
        """How complete it is, in percent, rounded down: 100 means that nothing is missing."""
        return 100 * len(self.there) // (len(self.there) + len(self.missing))


def measure_completeness(entry: Entry, strategy: Strategy) -> Completeness | None:
    """How complete an entry is; None for kinds that have nothing to fill in."""
    wanted = WANTED.get(entry.KIND)
    if wanted is None:
        return None
    there = tuple(name for name in wanted if is_there(entry, name, strategy))
    return Completeness(there, tuple(name for name in wanted if name not in there))


def is_there(entry: Entry, name: str, strategy: Strategy) -> bool:
    """Whether an entry has something real in a field, or (`<kind`) is named by an entry of that
    kind.
    """
    if name.startswith("<"):
        kinds = name[1:].split(",")
        return any(
            link.source and link.source.kind in kinds
            for link in strategy.links_to.get(entry.key, ())
        )
    return _has(entry, name.split("."))


def _has(value: Any, path: list[str]) -> bool:
    if isinstance(value, tuple):
        return any(_has(item, path) for item in value)
    return _has(getattr(value, path[0], None), path[1:]) if path else is_filled(value)


def is_filled(value: Any) -> bool:
    """Whether a value says something: a text that stands in for one does not, nor does a group in
    which nothing does.
    """
    if isinstance(value, str):
        return bool(value.strip()) and find_placeholder(value) is None
    if isinstance(value, tuple):
        return any(map(is_filled, value))
    if isinstance(value, Mapping):
        return any(map(is_filled, value.values()))
    if dataclasses.is_dataclass(value):
        return any(is_filled(getattr(value, field.name)) for field in dataclasses.fields(value))
    return value is not None
