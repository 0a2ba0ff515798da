"""Where a newcomer starts, by the strategy itself, and what to practise: what is met most comes
first.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from generator.changes.recent.entry_changes import Mark
from generator.model.addresses import Delivery, address_of
from generator.model.edition import Edition
from generator.model.entry import Entry, Key
from generator.model.kinds import Competitor, Objection, Person, Play, Stage
from generator.model.markdown import plain_text
from generator.model.ordering import title_of
from generator.model.strategy import Strategy
from generator.pages.page import Asset
from generator.schema.vocabulary import Field
from generator.schema.words import Words

CARDS = "assets/cards.json"
_ANSWER = ("acknowledge", "explore", "respond", "confirm", "never_say")
_COUNTER = ("quick_answer", "where_we_win", "where_they_win", "ask")
_SAID = (
    *("left", "known", "ask_objections", "ask_competitors", "ask_change", "another", "turn"),
    *("again", "nearly", "well", "open", "done", "next"),
)
_MOST_LINES = 3
"""A card is turned to see whether one has said it, and holds no more than one says."""


@dataclass(frozen=True)
class FirstStep:
    """Something to read on the first day: the name of its words, and the entries."""

    name: str
    entries: tuple[Entry, ...]


def list_first_steps(edition: Edition) -> tuple[FirstStep, ...]:
    """The first day by the strategy itself, for whom leadership has named no path."""
    strategy = edition.strategy
    markets = strategy.in_order("markets")
    primary = [one for one in markets if getattr(one, "priority", "") == "primary"]
    steps = (
        FirstStep("first_markets", tuple((primary or markets)[:3])),
        FirstStep("first_reasons", tuple(strategy.in_order("differentiators")[:3])),
        FirstStep("first_objections", tuple(sort_by_use(edition, "objections")[:3])),
        FirstStep("first_competitor", tuple(sort_by_use(edition, "competitors")[:1])),
        FirstStep("first_plays", tuple(_list_first_plays(strategy)[:3])),
        FirstStep("first_people", tuple(_list_helpers(strategy)[:3])),
    )
    return tuple(step for step in steps if step.entries)


def has_first_steps(strategy: Strategy) -> bool:
    """Whether there is more than one."""
    kinds = ("markets", "differentiators", "objections", "competitors", "plays")
    return sum(bool(strategy.of(kind)) for kind in kinds) + bool(_list_helpers(strategy)) > 1


def sort_by_use(edition: Edition, kind: str) -> list[Entry]:
    """The entries of a kind, those first that come up most: that deals, notes, plays and others
    name, and that buyers say in many ways. What nobody has looked at in time comes last.
    """
    strategy, found = edition.strategy, edition.strategy.in_order(kind)

    def count(entry: Entry) -> tuple[bool, int]:
        fresh = edition.freshness_of(entry)
        named = len(strategy.links_to.get(entry.key, ()))
        wordings = len(getattr(entry, "also_said", ())) + len(getattr(entry, "personas", ()))
        return fresh is not None and fresh.state == "overdue", -(named + wordings)

    return sorted(found, key=count)


def _list_first_plays(strategy: Strategy) -> list[Entry]:
    """The plays of the first stage that has any; without stages, the first plays."""
    plays = [one for one in strategy.in_order("plays") if isinstance(one, Play)]
    stages = [one for one in strategy.of("stages") if isinstance(one, Stage)]
    for stage in sorted(stages, key=lambda one: one.order):
        found: list[Entry] = [play for play in plays if stage.id in play.stages]
        if found:
            return found
    return list(plays)


def _list_helpers(strategy: Strategy) -> list[Entry]:
    """People who can help, those first who stand behind most."""
    people = [one for one in strategy.in_order("people") if isinstance(one, Person)]
    able: list[Entry] = [one for one in people if one.topics]
    return sorted(able, key=lambda one: -len(strategy.links_to.get(one.key, ())))


def list_cards(
    edition: Edition, read_marks: Callable[[], Mapping[Key, Mark]], delivery: Delivery
) -> Asset:
    """What one practises, as data: the question, and what may be said, in plain words."""
    return Asset(CARDS, lambda: _write_cards(edition, read_marks(), delivery))


def write_practise_words(words: Words) -> str:
    """What the script for practising says, as data."""
    return json.dumps({name: words.form(f"practise_{name}") for name in _SAID})


def has_cards(strategy: Strategy) -> bool:
    """Whether there is anything to practise."""
    return bool(strategy.of("objections")) or any(
        isinstance(one, Competitor) and one.quick_answer for one in strategy.of("competitors")
    )


def _write_cards(edition: Edition, marks: Mapping[Key, Mark], delivery: Delivery) -> bytes:
    cards = list(_make_cards(edition, marks, delivery))
    return (json.dumps(cards, ensure_ascii=False, separators=(",", ":")) + "\n").encode()


def _make_cards(
    edition: Edition, marks: Mapping[Key, Mark], delivery: Delivery
) -> Iterator[Mapping[str, Any]]:
    for kind, names in (("objections", _ANSWER), ("competitors", _COUNTER)):
        fields = edition.vocabulary.kinds[kind].fields
        for entry in sort_by_use(edition, kind):
            if isinstance(entry, Competitor) and not entry.quick_answer:
                continue
            answer = list(_list_answer(entry, names, fields))
            says = entry.says if isinstance(entry, Objection) else title_of(entry)
            mark = marks.get(entry.key)
            yield {
                "key": str(entry.key),
                "kind": kind,
                "address": delivery.complete(address_of(entry.key)),
                "says": says,
                "answer": answer,
                "sign": _sign([says, answer]),
                "changed": list(mark.fields) if mark else [],
            }


def _list_answer(
    entry: Entry, names: Sequence[str], fields: Mapping[str, Field]
) -> Iterator[tuple[str, str, list[str]]]:
    for name in names:
        value = getattr(entry, name)
        lines = value[:_MOST_LINES] if isinstance(value, tuple) else (value,) if value else ()
        if lines:
            yield name, fields[name].title, [plain_text(line) for line in lines]


def _sign(content: Any) -> str:
    """What tells that a card is another than the one that was practised."""
    whole = json.dumps(content, ensure_ascii=False)
    return hashlib.sha256(whole.encode()).hexdigest()[:10]
