"""The discovery questions of the whole strategy, gathered from the entries they stand in."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from itertools import groupby

from generator.model.applicability import Scope
from generator.model.entry import Entry
from generator.model.kinds import (
    Competitor,
    Market,
    Objection,
    Offering,
    Persona,
    Play,
    Qualification,
)
from generator.model.strategy import Strategy


@dataclass(frozen=True)
class Question:
    """A question as a seller asks it; `about` says what it finds out, where the strategy says so."""

    text: str
    about: str = ""


@dataclass(frozen=True)
class QuestionGroup:
    """Questions that stand in one place: the entry, the part of it (`now`), and for whom they are."""

    source: Entry
    questions: tuple[Question, ...]
    scope: Scope
    part: str = ""


@dataclass(frozen=True)
class Asker:
    """An entry with all of its questions, part by part."""

    source: Entry
    parts: tuple[QuestionGroup, ...]

    @property
    def first(self) -> str:
        """The question to begin with."""
        return self.parts[0].questions[0].text

    @property
    def count(self) -> int:
        """How many questions it has."""
        return sum(len(part.questions) for part in self.parts)


def list_askers(groups: Iterable[QuestionGroup]) -> Mapping[str, tuple[Asker, ...]]:
    """The entries that questions stand in, by kind, each once: its groups stand beside each other."""
    found: dict[str, list[Asker]] = {}
    for _, parts in groupby(groups, key=lambda group: group.source.key):
        asker = Asker((own := tuple(parts))[0].source, own)
        found.setdefault(asker.source.KIND, []).append(asker)
    return {kind: tuple(askers) for kind, askers in found.items()}


def group_questions(strategy: Strategy) -> tuple[QuestionGroup, ...]:
    """All discovery questions, by kind and entry; nothing for entries without any."""
    return tuple(_find_groups(strategy))


def has_questions(strategy: Strategy) -> bool:
    """Whether there are any."""
    return any(True for _ in _find_groups(strategy))


def _find_groups(strategy: Strategy) -> Iterator[QuestionGroup]:
    for kind, gather in _GATHERERS.items():
        for entry in strategy.in_order(kind):
            yield from (group for group in gather(entry, strategy) if group.questions)


def _group(entry: Entry, texts: tuple[str, ...], scope: Scope, part: str = "") -> QuestionGroup:
    return QuestionGroup(entry, tuple(Question(text) for text in texts), scope, part)


def _of_field(field: str) -> Callable[[Entry, Strategy], Iterator[QuestionGroup]]:
    def gather(entry: Entry, strategy: Strategy) -> Iterator[QuestionGroup]:
        yield _group(entry, getattr(entry, field), strategy.scopes[entry.key])

    return gather


def _of_market(entry: Entry, strategy: Strategy) -> Iterator[QuestionGroup]:
    """A market's questions stand in its horizons, each for those to engage there."""
    if not isinstance(entry, Market) or entry.horizons is None:
        return
    for part in ("now", "next", "later"):
        horizon = getattr(entry.horizons, part)
        if horizon is not None:
            whom = {"persona": horizon.who_to_engage} if horizon.who_to_engage else {}
            yield _group(entry, horizon.questions, {"market": (entry.id,), **whom}, part)


def _of_method(entry: Entry, strategy: Strategy) -> Iterator[QuestionGroup]:
    """A qualification method's questions are asked in every deal."""
    if isinstance(entry, Qualification):
        asked = tuple(Question(one.question, one.name) for one in entry.elements if one.question)
        yield QuestionGroup(entry, asked, {})


_GATHERERS: Mapping[str, Callable[[Entry, Strategy], Iterator[QuestionGroup]]] = {
    Persona.KIND: _of_field("questions"),
    Market.KIND: _of_market,
    Offering.KIND: _of_field("questions"),
    Play.KIND: _of_field("questions"),
    Competitor.KIND: _of_field("ask"),
    Objection.KIND: _of_field("explore"),
    Qualification.KIND: _of_method,
}

QUESTION_KINDS = tuple(_GATHERERS)
"""The kinds that questions stand in, in the order a reader meets them."""
