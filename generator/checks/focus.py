"""Focus: a strategy chooses. Everything a priority, nothing left out, effort that leads nowhere:
these are said here.
"""

from __future__ import annotations

from collections.abc import Iterator

from generator.checks.context import Check, Context, Finding
from generator.checks.example import header_example
from generator.loading.locator import Spot
from generator.model.header import Header
from generator.model.insights.focus import largest_at_once, list_served
from generator.model.kinds import Market, Play
from generator.problems.phrases import join_words, shorten


def find_too_many(context: Context) -> Iterator[Finding]:
    """More primary markets at one time than the header allows."""
    primary, most = list_primary(context), context.header.max_primary_markets
    at_once = largest_at_once(primary)
    if len(at_once) > most:
        names = join_words([shorten(market.name, 30) for market in at_once])
        is_default = (
            most == Header.max_primary_markets
        )  # then nobody wrote it, and the last market is the one too many
        yield Finding(
            entry=None,
            spot=Spot(at_once[-1].key, ("priority",))
            if is_default
            else Spot(None, ("max_primary_markets",)),
            title=f"{len(at_once)} markets are primary, and the strategy allows {most}",
            fix=f"Make one of them secondary ({names}), or raise max_primary_markets in the header.",
            related=tuple(
                (Spot(market.key, ("priority",)), "a primary market") for market in at_once
            ),
        )


def find_no_choice(context: Context) -> Iterator[Finding]:
    """All markets primary: then none is. Where they are too many besides, that is said instead."""
    markets = [market for market in context.live("markets") if isinstance(market, Market)]
    primary = list_primary(context)
    too_many = len(largest_at_once(primary)) > context.header.max_primary_markets
    if len(markets) > 1 and len(primary) == len(markets) and not too_many:
        first = primary[0].key
        yield Finding(
            entry=None,
            spot=Spot(first, ("priority",)),
            title="both markets are primary"
            if len(markets) == 2
            else f"all {len(markets)} markets are primary",
            related=tuple(
                (Spot(market.key, ("priority",)), "primary as well") for market in primary[1:]
            ),
        )


def find_unfunded(context: Context) -> Iterator[Finding]:
    """Primary markets that nobody has given time to."""
    primary = list_primary(context)
    funded = {row.to for row in context.header.allocation if row.time}
    if primary and not funded:
        yield Finding(
            entry=None,
            spot=Spot(None, ("allocation",)),
            title="nothing says how much of the sellers' time each market gets",
            fix="Add allocation to the header, with a share of time for each primary market.",
        )
        return
    for market in primary:
        if str(market.key) not in funded:
            yield Finding(
                entry=market.key,
                spot=Spot(market.key, ("priority",)),
                title=f'"{shorten(market.name)}" is a primary market, and no time is set aside for it',
                fix="Give it a share of time under allocation, or make it secondary.",
                related=((Spot(None, ("allocation",)), "where time is given out"),),
            )


def find_nothing_ruled_out(context: Context) -> Iterator[Finding]:
    """A strategy that says no to nothing."""
    if not context.header.not_now:
        yield Finding(
            entry=None,
            spot=Spot(None, ("not_now",)),
            title="the strategy does not say what you leave alone",
        )


def find_unserved(context: Context) -> Iterator[Finding]:
    """Objectives that nothing works for: no market, play, initiative, commitment or cadence, and no
    objective that is served supports them.
    """
    served = list_served(context.strategy)
    for objective in context.live("objectives"):
        if objective.id not in served:
            yield Finding(
                entry=objective.key,
                spot=Spot(objective.key),
                title=f'nothing works for the objective "{shorten(objective.title)}"',
            )


def find_aimless(context: Context) -> Iterator[Finding]:
    """Plays that serve no objective, in a strategy that has objectives."""
    if not context.strategy.of("objectives"):
        return
    for play in context.live("plays"):
        if isinstance(play, Play) and not play.objectives:
            yield Finding(
                entry=play.key,
                spot=Spot(play.key),
                title=f'the play "{shorten(play.name)}" serves no objective',
            )


def list_primary(context: Context) -> list[Market]:
    """The primary markets that sellers work with."""
    return [
        entry
        for entry in context.live("markets")
        if isinstance(entry, Market) and entry.priority == "primary"
    ]


_MARKETS = "strategy/markets.yaml"
_MARKET = (
    "- id: {id}\n  name: {name}\n  priority: {priority}\n  summary: Plants that heat and cool.\n"
)
_DAIRIES = _MARKET.format(id="dairies", name="Dairies", priority="primary")
_BREWERIES = _MARKET.format(id="breweries", name="Breweries", priority="{priority}")
_OBJECTIVE = "- id: grow\n  name: Grow\n  perspective: financial\n"
_INITIATIVE = "  initiatives:\n    - name: Two more sellers\n"
_HEADER_LISTS = "{header}\nobjectives:\n  - id: grow\n    name: Grow\n    perspective: financial\n    initiatives:\n      - name: Two more sellers\n\n"
_PLAY = (
    "plays:\n  - id: measure\n    name: Measure first\n    trigger: A boiler is old\n    goal: A paid study\n"
    "    steps:\n      - do: Call the plant.\n    done_when: [The study is ordered]\n"
)
CHECKS = (
    Check(
        id="too-many-primary-markets",
        family="focus",
        whole=True,
        find=find_too_many,
        says="More markets are primary than the strategy allows.",
        why="Sellers can follow three priorities; they cannot follow seven.",
        bad="".join(
            _MARKET.format(id=name.lower(), name=name, priority="primary")
            for name in ("Dairies", "Breweries", "Bakeries", "Mills")
        ),
        good=_DAIRIES + _BREWERIES.format(priority="secondary"),
        file=_MARKETS,
    ),
    Check(
        id="every-market-primary",
        family="focus",
        whole=True,
        find=find_no_choice,
        says="Every market is primary.",
        why="Where everything comes first, each seller chooses alone what to leave out.",
        fix="Decide which of them comes first for a seller with one free hour, and make the others secondary.",
        bad=_DAIRIES + _BREWERIES.format(priority="primary"),
        good=_DAIRIES + _BREWERIES.format(priority="secondary"),
        file=_MARKETS,
    ),
    Check(
        id="primary-market-without-time",
        family="focus",
        whole=True,
        find=find_unfunded,
        says="No time is set aside for a primary market.",
        why="A priority that costs nobody an hour is a wish.",
        bad=header_example()
        + "\nmarkets:\n  - id: mills\n    name: Mills\n    priority: primary\n    summary: They dry board.\n",
        good=header_example("  allocation:\n    - to: markets/mills\n      time: 60\n")
        + "\nmarkets:\n  - id: mills\n    name: Mills\n    priority: primary\n    summary: They dry board.\n",
        file="strategy.yaml",
    ),
    Check(
        id="nothing-ruled-out",
        family="focus",
        whole=True,
        find=find_nothing_ruled_out,
        says="Nothing stands under not_now.",
        why="What a company leaves alone is half of its strategy; without it, every enquiry looks like an opportunity.",
        fix="Add not_now to the header: what you will not do, why, and until when.",
        bad=header_example(not_now=""),
        good=header_example(),
        file="strategy.yaml",
    ),
    Check(
        id="objective-nobody-serves",
        family="focus",
        whole=True,
        find=find_unserved,
        says="No market, play, initiative, commitment or cadence works for an objective.",
        why="An objective that nobody works for is a wish; sellers learn to pass over it, and over the next one.",
        fix="Name it under objectives of a market, a play, a commitment or a cadence, give it an initiative, or drop it.",
        bad=_OBJECTIVE,
        good=_OBJECTIVE + _INITIATIVE,
        file="strategy/objectives.yaml",
    ),
    Check(
        id="play-without-objective",
        family="focus",
        whole=True,
        find=find_aimless,
        says="A play serves no objective.",
        why="A seller's week is short; each play should move something that leadership has chosen.",
        fix="Name the objective it serves under objectives, or ask whether it is worth a seller's time.",
        bad=_HEADER_LISTS.format(header=header_example()) + _PLAY,
        good=_HEADER_LISTS.format(header=header_example()) + _PLAY + "    objectives: [grow]\n",
        file="strategy.yaml",
    ),
)
