"""Where sellers meet each entry: the home page, battlecards, pages of markets, prepared calls, as
data without any page being laid out.

Two editions compared by it say what sellers will see differently. Only places of few entries count:
that an entry stands in the list of its kind goes without saying.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from datetime import date
from itertools import islice

from generator.changes.impact import Placements
from generator.checks.project import choose_today
from generator.loading.loader import Loaded
from generator.model.edition import Edition, choose_edition
from generator.model.entry import DEFAULT_AUDIENCE, Entry, Key
from generator.model.insights.weight import weigh
from generator.model.ordering import title_of
from generator.model.strategy import Strategy
from generator.pages.call import SECTIONS, CallPart, list_parts
from generator.schema.words import read_words

HOME: Mapping[str, int] = {"markets": 12, "differentiators": 4, "offerings": 12, "announcements": 4}
"""How many entries of a kind the home page shows at the most: it is read at a glance."""

_CALL = ("objections", "proof")
"""The sections of a prepared call in which the order is told."""


def find_placements(edition: Edition) -> Placements:
    """Where each entry of an edition is met; an entry without such a place has an empty mapping."""
    found: dict[Key, dict[str, int]] = {entry.key: {} for entry in edition.strategy}
    for key, place, rank in _list_places(edition):
        found[key].setdefault(place, rank)
    return found


def find_placements_inside(loaded: Loaded, as_of: date | None = None) -> Placements:
    """Where those inside the company meet the entries of a strategy as it was loaded, on the day
    `as_of` (None: today). Nothing where it cannot be read, or has no such readers.
    """
    if loaded.strategy is None or DEFAULT_AUDIENCE not in loaded.strategy.header.audiences:
        return {}
    day = choose_today(loaded.strategy, as_of)
    return find_placements(
        choose_edition(loaded.strategy, loaded.vocabulary, DEFAULT_AUDIENCE, day)
    )


def _list_places(edition: Edition) -> Iterator[tuple[Key, str, int]]:
    strategy, words = edition.strategy, read_words(edition.strategy.header.language)
    for entry in _list_home(strategy):
        yield entry.key, words("place_home"), 0
    for competitor in strategy.of("competitors"):
        place = words("place_battlecard", title=title_of(competitor))
        for link in strategy.links_to.get(competitor.key, ()):
            if link.source is not None:
                yield link.source, place, 0
    parts = list_parts(strategy)
    sources = {part.source.key: part.source for part in parts}
    worth = {key: weigh(source, strategy, edition.today) for key, source in sources.items()}
    for market in strategy.of("markets"):
        place = words("place_call", title=title_of(market))
        for section in _CALL:
            shown = _choose_for(market, [one for one in parts if one.section == section], worth)
            for rank, key in enumerate(shown[: SECTIONS[section]], 1):
                yield key, place, rank


def _list_home(strategy: Strategy) -> Iterator[Entry]:
    for kind, most in HOME.items():
        shown = (
            one
            for one in strategy.in_order(kind)
            if kind != "markets" or getattr(one, "priority", "") == "primary"
        )
        yield from islice(shown, most)


def _choose_for(market: Entry, parts: Sequence[CallPart], worth: Mapping[Key, float]) -> list[Key]:
    """The entries that a call in a market shows, the best first: by the rule of the page, with
    nothing but the market chosen. What names the market is closer by one than what is for all.
    """
    ranked: list[tuple[float, Key]] = []
    for part in parts:
        named = part.scope.get("market", ())
        if part.needed or (named and market.id not in named):
            continue
        ranked.append((bool(named) + worth[part.source.key], part.source.key))
    ranked.sort(key=lambda one: -one[0])
    return list(dict.fromkeys(key for _, key in ranked))
