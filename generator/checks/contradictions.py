"""Contradictions: what one part of a strategy says and another takes back, and figures that do not go
with those beside them.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator, Mapping, Sequence
from itertools import pairwise
from typing import Any

from generator.checks.context import Check, Context, Finding
from generator.checks.example import header_example
from generator.loading.locator import Spot
from generator.model.builder import list_values
from generator.model.entry import Entry, Key
from generator.model.kinds import Market, Offering
from generator.problems.phrases import count_of, join_words, shorten
from generator.schema.vocabulary import Field
from generator.syntax.document import Route

_NAMED = 4
_FEWEST = 4
"""So many entries of a kind make a habit."""


_FIGURES = ("baseline", "target", "current")
_LEAST, _MOST = 300, 3000
"""A figure is off by about a thousand where what the others are to it lies between these."""
_APART = 10
"""Where the others differ by more than this factor among themselves, they are no measure."""
_NUMBER = re.compile(r"(?<![\w.,-])\d[\d.,' \u00a0]*(?<=\d)(?![\w])|(?<![\w.,-])\d[\d.,]*(?=%)")
_PAIR = 2
_YEAR = range(1990, 2101)
_NEAR = 2
"""A figure of a name is that of the target where it is no more than so many times as large, or
small.
"""
_SHORTEST = 3


def find_served_though_given_up(context: Context) -> Iterator[Finding]:
    """Markets that are not pursued, and still have time, money, people, targets, objectives, plays or
    offerings of their own; and such as are on their way out, with a share of allocation.
    """
    markets = {
        entry.key: entry
        for entry in context.live("markets")
        if isinstance(entry, Market) and entry.priority == "not_pursued"
    }
    for key, market in markets.items():
        said = list(_list_services(market, set(markets), context))
        if said:
            yield Finding(
                entry=key,
                spot=Spot(key, ("priority",)),
                title=f"{context.name(market)} is not pursued, and still has {join_words([words for words, _ in said])}",
                related=tuple((spot, "still serves it") for _, spots in said for spot in spots),
            )
    for leaving in context.strategy.of("markets"):
        if leaving.status != "deprecated":
            continue
        shares = list(_list_shares(leaving, context))
        if shares:
            yield Finding(
                entry=leaving.key,
                spot=Spot(leaving.key, ("status",)),
                title=f"{context.name(leaving)} is on its way out, and still has a share of allocation",
                fix="Give its share to what counts now, or take its status back.",
                related=tuple((spot, "still serves it") for spot in shares),
            )


def _list_services(
    market: Market, given_up: set[Key], context: Context
) -> Iterator[tuple[str, Sequence[Spot]]]:
    """What still serves a market, in words, and where it is written."""
    shares = list(_list_shares(market, context))
    if shares:
        yield "a share of allocation", shares
    for name in ("targets", "objectives"):
        if getattr(market, name):
            yield name, [Spot(market.key, (name,))]
    for kind, words in (("plays", "play"), ("offerings", "offering")):
        entries = list(_list_only_for(kind, market.key, given_up, context))
        if entries:
            yield (
                f"{count_of(len(entries), words)} for it alone ({_name_some(entries)})",
                [Spot(entry.key, ("markets",)) for entry in entries],
            )


def _list_shares(market: Entry, context: Context) -> Iterator[Spot]:
    """Where the header gives a market time, money or people."""
    for position, row in enumerate(context.header.allocation):
        if row.to == str(market.key) and (row.time or row.money or row.people):
            yield Spot(None, ("allocation", position, "to"))


def _list_only_for(kind: str, market: Key, given_up: set[Key], context: Context) -> Iterator[Entry]:
    """The entries of a kind that are for this market, and for none that is pursued."""
    for entry in context.live(kind):
        markets = {Key("markets", one) for one in getattr(entry, "markets", ())}
        if market in markets and markets <= given_up and not _is_leaving(entry):
            yield entry


def _is_leaving(entry: Entry) -> bool:
    return isinstance(entry, Offering) and entry.availability == "retiring"


def _name_some(entries: Sequence[Entry]) -> str:
    shown = [f'"{shorten(entry.title, 30)}"' for entry in entries[:_NAMED]]
    more = [f"{len(entries) - _NAMED} more"] if len(entries) > _NAMED else []
    return join_words([*shown, *more])


def find_same_names(context: Context) -> Iterator[Finding]:
    """Entries of a kind with the very same name."""
    for kind in context.vocabulary.kinds.values():
        named: dict[str, Entry] = {}
        for entry in context.live(kind.key):
            first = named.setdefault(fold_name(entry.title), entry)
            if first is not entry:
                yield Finding(
                    entry=entry.key,
                    spot=Spot(entry.key, (kind.title_field,)),
                    title=f'{first.id} and {entry.id} have the same {kind.fields[kind.title_field].title.lower()}: "{shorten(entry.title)}"',
                    related=((Spot(first.key, (kind.title_field,)), "the other one"),),
                )
        for entry in context.live(kind.key):
            for position, other in enumerate(getattr(entry, "also", ())):
                namesake = named.get(fold_name(other))
                if namesake is not None and namesake is not entry:
                    yield Finding(
                        entry=entry.key,
                        spot=Spot(entry.key, ("also", position)),
                        title=f'"{shorten(other)}" is another name of "{shorten(entry.title)}", and the name of an entry: {namesake.id}',
                        related=(
                            (Spot(namesake.key, (kind.title_field,)), "the entry of that name"),
                        ),
                    )


def fold_name(name: str) -> str:
    """A name as people compare it: whatever its capitals, blanks and composition of letters."""
    return " ".join(unicodedata.normalize("NFKC", name).casefold().split())


def find_lost_field_names(context: Context) -> Iterator[Finding]:
    """Lists that seem to have taken over the items of the next one, whose name was deleted: all other
    entries of the kind have that one, and none has so many items here.
    """
    for kind in context.vocabulary.kinds.values():
        entries = context.live(kind.key)
        if len(entries) < _FEWEST:
            continue
        lists = [
            name
            for name, field in kind.fields.items()
            if field.item is not None and field.item.type in ("plain", "prose")
        ]
        counts = {
            name: {entry.id: len(getattr(entry, name, None) or ()) for entry in entries}
            for name in lists
        }
        for above, lost in pairwise(lists):
            yield from _find_taken_over(entries, counts, above, lost)


def _find_taken_over(
    entries: Sequence[Entry], counts: Mapping[str, Mapping[str, int]], above: str, lost: str
) -> Iterator[Finding]:
    without = [entry for entry in entries if not counts[lost][entry.id]]
    if len(without) != 1 or not counts[above][without[0].id]:
        return
    entry = without[0]
    own = counts[above][entry.id]
    others = [count for name, count in counts[above].items() if name != entry.id]
    if own > max(others) and own > 2 * sorted(others)[len(others) // 2] - 1:
        yield Finding(
            entry=entry.key,
            spot=Spot(entry.key, (above,)),
            title=f'"{above}" has {own} items here, and "{lost}" is missing, which all others have: its line may be lost',
            fix=f"If some of these items belong to {lost}, write {lost}: on a line of its own above them.",
        )


def find_off_scale(context: Context) -> Iterator[Finding]:
    """Of baseline, target and value of a measure, the one that is about a thousand times as large, or
    small, as the others.
    """
    kinds = {
        key: kind.fields
        for key, kind in context.vocabulary.kinds.items()
        if _has_targets(kind.fields)
    }
    for entry in context.strategy:
        fields = kinds.get(entry.KIND)
        if fields is None:
            continue
        yield from _find_odd_targets(entry)
        for route, group in _find_groups(entry, fields, ()):
            figures = {name: group[name] for name in _FIGURES if group.get(name)}
            odd = _find_odd(figures)
            if odd:
                value, other = figures[odd], next(name for name in figures if name != odd)
                times = "a thousandth" if abs(value) < abs(figures[other]) else "a thousand times"
                meant = value * 1000 if times == "a thousandth" else value / 1000
                yield Finding(
                    entry=entry.key,
                    spot=Spot(entry.key, (*route, odd)),
                    title=f'"{odd}" is {value:g}, about {times} of "{other}", which is {figures[other]:g}',
                    fix=f"If {meant:.10g} is meant, write just that: digits, with a point only before decimals. If "
                    f"{value:g} is meant, {_how_to_waive(entry, context)}",
                    replacement=f"{meant:.10g}",
                )


def _how_to_waive(entry: Entry, context: Context) -> str:
    """The line that says that a figure is meant as it stands."""
    until = context.today.replace(year=context.today.year + 1, day=min(context.today.day, 28))
    return (
        "write below checks: and waivers: in the header: "
        f"- {{check: figure-off-scale, entry: {entry.key}, reason: It is meant, until: {until}}}"
    )


def _has_targets(fields: Mapping[str, Field]) -> bool:
    """Whether a kind has figures that are compared with each other; most have none."""
    groups = (field.item.fields for field in fields.values() if field.item is not None)
    return any({"target", "current"} <= group.keys() for group in groups)


def _find_odd_targets(entry: Entry) -> Iterator[Finding]:
    """Of the targets in one unit, the one that is about a thousand times as large, or small."""
    measures = getattr(entry, "measures", ())
    for unit in dict.fromkeys(one.unit for one in measures if one.unit):
        targets = {
            str(position): one.target
            for position, one in enumerate(measures)
            if one.unit == unit and one.target
        }
        odd = _find_odd(targets) if len(targets) > _PAIR else ""
        if odd:
            yield Finding(
                entry=entry.key,
                spot=Spot(entry.key, ("measures", int(odd), "target")),
                title=f"the target {targets[odd]:g} is off by about a thousand from the others in {unit}",
                fix="Write digits alone, with a point only before decimals; or waive this check for "
                f"{entry.key} under checks.waivers in the header.",
            )


def _find_groups(
    group: Any, fields: Mapping[str, Field], route: Route
) -> Iterator[tuple[Route, dict[str, float]]]:
    """The groups of fields in an entry that hold a target and what it is compared with."""
    values = dict(list_values(group))
    if "target" in fields and "current" in fields:
        numbers = {name: value for name, value in values.items() if isinstance(value, int | float)}
        yield route, numbers
        return
    for name, field in fields.items():
        value = values.get(name)
        if field.item is not None and field.item.fields and isinstance(value, tuple):
            for position, item in enumerate(value):
                yield from _find_groups(item, field.item.fields, (*route, name, position))


def _find_odd(figures: Mapping[str, float]) -> str:
    """The figure that is off by about a thousand from all others; empty where none is."""
    for odd, value in figures.items():
        others = [abs(other) for name, other in figures.items() if name != odd]
        if not others or max(others) > _APART * min(others):
            continue
        ratios = [max(other / abs(value), abs(value) / other) for other in others]
        if not all(_LEAST <= ratio <= _MOST for ratio in ratios):
            continue
        if len(others) > 1 or min(abs(value), others[0]) % 1:
            if len(others) == 1:  # of two the one that a point was put into is the odd one
                return min(figures, key=lambda name: abs(figures[name]))
            return odd
    return ""


def find_other_target(context: Context) -> Iterator[Finding]:
    """Objectives, and measures, whose name holds another figure than their target."""
    for entry in context.live("objectives"):
        measures = getattr(entry, "measures", ())
        for position, measure in enumerate(measures):
            if measure.target is None:
                continue
            named = _find_named(entry, measure.unit, [one.target for one in measures])
            place = entry.title
            if not named:
                own = _list_figures(measure.name, measure.unit)
                named, place = (own if measure.target not in own else []), measure.name
            near = [one for one in named if _is_near(one, measure.target)]
            if near:
                yield Finding(
                    entry=entry.key,
                    spot=Spot(entry.key, ("measures", position, "target")),
                    title=f'the target is {measure.target:g}, and the name "{shorten(place)}" says {near[0]:g}',
                )
                break


def _find_named(entry: Entry, unit: str | None, targets: list[float | None]) -> list[float]:
    """The figures in the name of an objective, where none of them is the target of a measure."""
    found = _list_figures(entry.title, unit)
    return [] if any(one in targets for one in found) else found


def _list_figures(text: str, unit: str | None) -> list[float]:
    """The figures of a text, where they are in this unit. Years are none."""
    words = [
        word
        for word in re.findall(r"[^\W\d_]{2,}|%", unit or "")
        if len(word) >= _SHORTEST or word == "%"
    ]
    if words and not any(word.casefold() in text.casefold() for word in words):
        return []
    found = []
    for match in _NUMBER.finditer(text):
        figure = _read(match[0])
        is_share = text[match.end() :].lstrip()[:1] == "%"
        if (
            figure is None
            or (figure in _YEAR and not is_share)
            or is_share != ("%" in (unit or ""))
        ):
            continue
        found.append(figure)
    return found


def _read(written: str) -> float | None:
    digits = re.sub(r"[' \u00a0]", "", written)
    if re.fullmatch(r"\d{1,3}(?:,\d{3})+(?:\.\d+)?", digits):
        digits = digits.replace(",", "")
    elif re.fullmatch(r"\d{1,3}(?:\.\d{3}){2,}", digits):
        digits = digits.replace(".", "")
    try:
        return float(digits.replace(",", "."))
    except ValueError:
        return None


def _is_near(named: float, target: float) -> bool:
    """Whether a figure may be an older target: of the same size, and not the same."""
    if named * target <= 0 or named == target:
        return False
    return max(named / target, target / named) <= _NEAR


_MARKET = "\nmarkets:\n  - id: mills\n    name: Mills\n    priority: {priority}\n    summary: They dry board.\n"
_TIME = "  allocation:\n    - to: markets/mills\n      time: 60\n"
_TERM = "- id: {id}\n  term: {term}\n  meaning: How far heat is raised.\n"
_PERSONA = "- id: {id}\n  name: {id}\n  goals:\n    - {goals}\n"
_LISTS = "Less gas\n  challenges:\n    - No time"
_PEOPLE = "".join(
    _PERSONA.format(id=name, goals=_LISTS) for name in ("buyer", "chemist", "engineer")
)
_GOAL = (
    "- id: grow\n  name: Grow order intake to EUR 150 million\n  perspective: financial\n  measures:\n    - name: Orders\n"
    "      unit: EUR million\n      baseline: 104\n      target: {target}\n      current: {current}\n"
    "  initiatives:\n    - name: Two more sellers\n"
)
_OBJECTIVES = "strategy/objectives.yaml"
CHECKS = (
    Check(
        id="not-pursued-but-served",
        family="focus",
        whole=True,
        find=find_served_though_given_up,
        says="A market is not pursued, or on its way out, and still has a share of allocation, targets, objectives, or plays and offerings of its own.",
        why="Sellers go where the time and the plays are, whatever the priority says.",
        fix="Give to other markets what serves this one, or pursue it.",
        bad=header_example(_TIME) + _MARKET.format(priority="not_pursued"),
        good=header_example(_TIME) + _MARKET.format(priority="secondary"),
        file="strategy.yaml",
    ),
    Check(
        id="same-name",
        family="clarity",
        whole=True,
        find=find_same_names,
        says="Two entries of a kind have the same name.",
        why="A seller who finds one does not look for the other, and a menu shows the same words twice.",
        fix="Make one entry of the two, or give each a name that says how it differs.",
        bad=_TERM.format(id="lift", term="Lift") + _TERM.format(id="lift-of-heat", term="lift"),
        good=_TERM.format(id="lift", term="Lift")
        + _TERM.format(id="lift-of-heat", term="Lift of heat"),
    ),
    Check(
        id="lost-field-name",
        family="completeness",
        whole=True,
        find=find_lost_field_names,
        says="A list seems to hold the items of another one, whose name was deleted.",
        why="Where the line with the name is gone, the items join the list above without a word.",
        bad=_PEOPLE
        + _PERSONA.format(id="director", goals="Less gas\n    - No time\n    - No money"),
        good=_PEOPLE + _PERSONA.format(id="director", goals=_LISTS),
        file="strategy/personas.yaml",
    ),
    Check(
        id="figure-off-scale",
        family="evidence",
        close=True,
        find=find_off_scale,
        says="A figure is about a thousand times as large, or as small, as those it is compared with.",
        why="A point between thousands is read as a decimal point: 1.180 is 1.18, and the scorecard shows it.",
        bad=_GOAL.format(target=150, current="0.118"),
        good=_GOAL.format(target=150, current="118"),
        file=_OBJECTIVES,
    ),
    Check(
        id="target-unlike-name",
        family="evidence",
        close=True,
        find=find_other_target,
        says="A target has another figure than the name of its objective, or its own.",
        why="Sellers read the name; leadership is measured by the target.",
        fix="Decide which of the two counts, and write it in both.",
        bad=_GOAL.format(target=135, current=118),
        good=_GOAL.format(target=150, current=118),
        file=_OBJECTIVES,
    ),
)
