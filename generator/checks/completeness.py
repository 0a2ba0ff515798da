"""Completeness: a primary market is ready to be sold to, or the strategy says what is still
missing.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from typing import Any

from generator.checks.context import Check, Context, Find, Finding, is_live
from generator.checks.example import header_example
from generator.checks.focus import list_primary
from generator.loading.locator import Spot
from generator.model.entry import Key
from generator.model.insights.completeness import is_filled
from generator.model.kinds import Market
from generator.problems.phrases import join_words, shorten

_NAMED_BY: Mapping[str, str] = {
    "offerings": "an offering that names it",
    "differentiators": "a reason to choose us there",
    "objections": "an objection heard there",
    "plays": "a play",
}
_BY_OFFERING = frozenset({"differentiators", "objections"})
"""Kinds whose entries may count for an offering, and so for every market it is sold in."""


def find_incomplete(context: Context) -> Iterator[Finding]:
    """Primary markets that lack something a seller needs to begin."""
    for market in list_primary(context):
        missing = list(_list_missing(market, context))
        if missing:
            yield Finding(
                entry=market.key,
                spot=Spot(market.key),
                title=f'the primary market "{shorten(market.name)}" is not ready: it lacks {join_words(missing)}',
            )


def _find_gaps(kind: str, lacks: Callable[[Any], bool], says: str, field: str = "") -> Find:
    """A check of the entries of a kind that lack something; `says` has a place for the title."""

    def find(context: Context) -> Iterator[Finding]:
        for entry in context.live(kind):
            if lacks(entry):
                title = says.format(shorten(entry.title.rstrip(".")))
                yield Finding(
                    entry=entry.key, spot=Spot(entry.key, (field,) if field else ()), title=title
                )

    return find


def _list_missing(market: Market, context: Context) -> Iterator[str]:
    if not is_filled(market.ideal_customer):
        yield "the ideal customer"
    if not market.personas:
        yield "personas"
    naming = _kinds_naming(market, context)
    yield from (words for kind, words in _NAMED_BY.items() if kind not in naming)
    if market.owner is None and "markets" not in context.header.owners:
        yield "an owner"


def _kinds_naming(market: Market, context: Context) -> set[str]:
    """The kinds of the entries that name a market, or go with an offering that does."""
    strategy = context.strategy
    found: set[str] = set()
    for key in _naming(market.key, context):
        found.add(key.kind)
        if key.kind == "offerings":
            own = (link.target for link in strategy.links_from.get(key, ()))
            found |= {
                other.kind for other in (*own, *_naming(key, context)) if other.kind in _BY_OFFERING
            }
    return found


def _naming(key: Key, context: Context) -> Iterator[Key]:
    for link in context.strategy.links_to.get(key, ()):
        entry = context.entry(link.source)
        if entry is not None and is_live(entry):
            yield entry.key


_MARKET = "\nmarkets:\n  - id: mills\n    name: Mills\n    priority: {priority}\n    summary: They dry board.\n"
_TIME = "  allocation:\n    - to: markets/mills\n      time: 60\n"
_BELIEF = "- id: gas-stays-dear\n  statement: Gas stays dear\n"
_SKILL = "- id: ask-for-money\n  name: Ask who signs\n"
_PATH = "- id: seller\n  name: First month\n  role: Seller\n  steps:\n    - when: Day 1\n      do: Read the objections.\n"
CHECKS = (
    Check(
        id="incomplete-primary-market",
        family="completeness",
        whole=True,
        find=find_incomplete,
        says="A primary market lacks what a seller needs to begin: ideal customer, personas, offerings, reasons to choose us, "
        "objections, a play, an owner.",
        why="Sellers are sent there first, and would arrive with empty hands.",
        fix="Add what is missing, or make the market secondary until it is there.",
        bad=header_example(_TIME) + _MARKET.format(priority="primary"),
        good=header_example() + _MARKET.format(priority="secondary"),
        file="strategy.yaml",
    ),
    Check(
        id="unwatched-assumption",
        family="completeness",
        close=True,
        find=_find_gaps(
            "assumptions",
            lambda entry: not is_filled(entry.watch_for),
            'nobody knows what to watch for if "{}" stopped being true',
        ),
        says="Nothing says what to watch for in case an assumption stops being true.",
        why="Sellers see it first, if they know what to look for; leadership hears of it a year later.",
        fix="Write under watch_for what a seller would see or hear.",
        bad=_BELIEF,
        good=_BELIEF + "  watch_for: [A contract below EUR 30 per MWh]\n",
        file="strategy/assumptions.yaml",
    ),
    Check(
        id="skill-without-levels",
        family="completeness",
        close=True,
        find=_find_gaps(
            "skills",
            lambda entry: not is_filled(entry.levels),
            'nothing says what good looks like in "{}"',
        ),
        says="A skill does not say what good looks like.",
        why="Nobody can practise, or coach, what nobody can see.",
        fix="Write under levels what one sees or hears of somebody who has it.",
        bad=_SKILL,
        good=_SKILL
        + "  levels:\n    - name: Begins\n      what_good_looks_like: Knows the name.\n",
        file="strategy/skills.yaml",
    ),
    Check(
        id="path-without-proof",
        family="completeness",
        close=True,
        find=_find_gaps(
            "paths",
            lambda entry: not any(is_filled(step.prove) for step in entry.steps),
            'no step of "{}" says how one sees that it has sunk in',
            "steps",
        ),
        says="No step of a path says how one sees that it has sunk in.",
        why="What is only read is gone within a week; what must be shown stays.",
        fix="Write under prove, at one step at least, what the newcomer can then do.",
        bad=_PATH,
        good=_PATH + "      prove: Answers three of them aloud.\n",
        file="strategy/paths.yaml",
    ),
)
