"""Integrity: what makes a strategy contradict itself. None of it can be waived."""

from __future__ import annotations

from collections.abc import Container, Iterator, Mapping
from graphlib import CycleError, TopologicalSorter

from generator.checks.context import Check, Context, Finding, is_live, is_retired
from generator.checks.example import allocation_example, header_example
from generator.loading.locator import Spot
from generator.model.entry import Entry, Key
from generator.model.kinds import Announcement, Objective
from generator.model.strategy import Link
from generator.problems.phrases import shorten
from generator.problems.problem import Severity
from generator.schema.version_names import find_name_fault, mend_name

_MOST_CIRCLES = 20
_HISTORY = frozenset({"proof", "wins", "field_notes", "announcements", "glossary"})
"""Kinds that tell what was; they may name what is no longer sold."""
_BOTH = (
    "- id: grow\n  name: Grow\n  perspective: financial\n{grow}"
    "- id: learn\n  name: Learn\n  perspective: learning_growth\n  supports: [grow]\n  initiatives:\n    - name: A course\n"
)


def find_circles(context: Context) -> Iterator[Finding]:
    """Objectives that support each other in a circle, each once."""
    objectives = {
        entry.id: sorted(entry.supports)
        for entry in context.strategy.of("objectives")
        if isinstance(entry, Objective)
    }
    for _ in range(_MOST_CIRCLES):
        circle = _find_circle(objectives)
        if not circle:
            return
        titles = [_title(context, Key("objectives", name)) for name in [*circle, circle[0]]]
        first = Key("objectives", circle[0])
        alone = len(circle) == 1
        yield Finding(
            entry=first,
            spot=Spot(first, ("supports",)),
            title=f'the objective "{titles[0]}" supports itself'
            if alone
            else "these objectives support each other in a circle: " + " → ".join(titles),
            fix=f"Take {first.id} out of its own supports."
            if alone
            else f'Decide which comes first. Then take "{titles[0]}" out of what "{titles[-2]}" supports, or cut elsewhere.',
            related=tuple(
                (Spot(Key("objectives", name), ("supports",)), "part of the circle")
                for name in circle[1:]
            ),
        )
        objectives = {name: supports for name, supports in objectives.items() if name not in circle}


def _find_circle(objectives: Mapping[str, list[str]]) -> list[str]:
    """The ids along one circle, the first in the alphabet first; empty where there is none."""
    try:
        TopologicalSorter(objectives).prepare()
    except CycleError as error:
        ids: list[str] = error.args[1][:-1][::-1]  # it is told from effect to cause
        start = ids.index(min(ids))
        return ids[start:] + ids[:start]
    return []


def _title(context: Context, key: Key) -> str:
    entry = context.strategy.find(key)
    return shorten(entry.title if entry else key.id, 40)


def find_allocation_over_100(context: Context) -> Iterator[Finding]:
    """Time, money and people given out more than once."""
    for name in ("time", "money", "people"):
        total = sum(getattr(row, name) or 0 for row in context.header.allocation)
        if total > 100 + 1e-6:
            yield Finding(
                entry=None,
                spot=Spot(None, ("allocation",)),
                title=f"the shares of {name} add up to {total:g}%",
                fix=f"Take {total - 100:g}% away somewhere, so that no more than 100% is given out.",
            )


def find_reversed_dates(context: Context) -> Iterator[Finding]:
    """Entries that end before they begin, and a strategy that is looked at again before it counts."""
    header = context.header
    if header.review_by is not None and header.review_by < header.effective_from:
        yield Finding(
            entry=None,
            spot=Spot(None, ("review_by",)),
            title=f"the strategy is to be looked at again on {header.review_by}, before it takes effect on {header.effective_from}",
            why="Nobody can look again at what has not begun.",
            fix=f"Set review_by to {header.effective_from} or later, or delete its line.",
        )
    for entry in context.strategy:
        begin, end = entry.effective_from, entry.effective_until
        if begin is not None and end is not None and end < begin:
            yield Finding(
                entry=entry.key,
                spot=Spot(entry.key, ("effective_until",)),
                title=f"{context.name(entry)} ends on {end}, before it begins on {begin}",
            )


def find_unfit_versions(context: Context) -> Iterator[Finding]:
    """Versions that cannot be released or published under their name."""
    named: list[tuple[Key | None, str]] = [(None, context.header.version)]
    named += [
        (entry.key, str(entry.version))
        for entry in context.strategy.of("announcements")
        if isinstance(entry, Announcement) and entry.version is not None
    ]
    for key, version in named:
        fault = find_name_fault(version)
        if fault:
            nearest = mend_name(version)
            yield Finding(
                entry=key,
                spot=Spot(key, ("version",)),
                title=f'"{shorten(version)}" cannot be a version: its name {fault}',
                fix=f'Write "{nearest}".' if nearest else "",
            )


def find_retired(context: Context) -> Iterator[Finding]:
    """References of what is in use to an offering that is no longer sold."""
    gone = {entry.key: entry for entry in context.strategy.of("offerings") if is_retired(entry)}
    for link in _links_in_use(context, gone):
        yield _say_gone(
            context, link, gone[link.target], "is no longer sold", "Name what is sold instead"
        )


def find_expired_targets(context: Context) -> Iterator[Finding]:
    """References of what is in use to an entry that has ended."""
    gone = {
        entry.key: entry
        for entry in context.strategy
        if entry.has_ended(context.today) and not is_retired(entry)
    }
    for link in _links_in_use(context, gone):
        target = gone[link.target]
        yield _say_gone(
            context, link, target, f"ended on {target.effective_until}", "Name what counts instead"
        )


def _links_in_use(context: Context, targets: Container[Key]) -> Iterator[Link]:
    """The references to these entries, from the header and from what sellers work with."""
    for link in context.strategy.links:
        if link.target not in targets or link.field in ("checks", "former_ids"):
            continue
        source = context.entry(link.source)
        if source is None and link.source is not None:
            continue
        if source is None or not (
            source.KIND in _HISTORY or not is_live(source) or source.has_ended(context.today)
        ):
            yield link


def _say_gone(context: Context, link: Link, target: Entry, gone: str, instead: str) -> Finding:
    title = f"{context.titled(link.source)} names {context.name(target)}, which {gone}"
    fix = f"{instead}, or delete the reference."
    if link.source is None and link.field == "allocation":
        title = f"{context.name(target)} {gone}, and still has a share of allocation"
        fix = "Give its share to what counts now, and delete the row."
    return Finding(
        entry=link.source, spot=Spot(link.source, (link.field,), target.id), title=title, fix=fix
    )


def find_unwaivable(context: Context) -> Iterator[Finding]:
    """Waivers for what cannot be waived."""
    for position, waiver in enumerate(context.settings.waivers):
        if waiver.check in NEVER_WAIVED:
            yield Finding(
                entry=None,
                spot=Spot(None, ("checks", "waivers", position, "check")),
                title=f'"{waiver.check}" cannot be waived',
            )


_FILE = "strategy/objectives.yaml"
CHECKS = (
    Check(
        id="cycle-in-supports",
        family="integrity",
        severity=Severity.ERROR,
        whole=True,
        find=find_circles,
        says="Objectives support each other in a circle.",
        why="Cause and effect run one way; in a circle nobody can tell where to begin.",
        bad=_BOTH.format(grow="  supports: [learn]\n"),
        good=_BOTH.format(grow=""),
        file=_FILE,
    ),
    Check(
        id="allocation-over-100",
        family="integrity",
        severity=Severity.ERROR,
        find=find_allocation_over_100,
        says="More than 100% of the time, the money or the people is given out.",
        why="What is given out twice is missing in the end where it was needed most.",
        bad=header_example(allocation_example(30)),
        good=header_example(allocation_example(20)),
        file="strategy.yaml",
    ),
    Check(
        id="dates-reversed",
        family="integrity",
        severity=Severity.ERROR,
        find=find_reversed_dates,
        says="An entry ends before it begins.",
        why="No seller would ever see it.",
        fix="Correct one of the two dates.",
        bad="- id: lift\n  term: Lift\n  meaning: How far heat is raised.\n  effective_from: 2026-06-01\n  effective_until: 2026-05-01\n",
        good="- id: lift\n  term: Lift\n  meaning: How far heat is raised.\n  effective_from: 2026-06-01\n  effective_until: 2027-05-01\n",
    ),
    Check(
        id="version-name",
        family="integrity",
        severity=Severity.ERROR,
        find=find_unfit_versions,
        says="A version has a name that it cannot be released under.",
        why="It becomes a tag in git, a folder of the site and a part of addresses.",
        fix="Call it otherwise, such as 2026.4, FY27-Q1 or Spring.",
        bad=header_example(version="Q3 of 2026"),
        good=header_example(version="2026-Q3"),
        file="strategy.yaml",
    ),
    Check(
        id="reference-to-retired",
        family="integrity",
        whole=True,
        find=find_retired,
        says="An entry in use names an offering that is no longer sold.",
        why="A seller would offer what nobody can deliver; the site shows no link to it.",
        bad="- id: pump\n  name: Old pump\n  one_liner: Heat from waste heat.\n  availability: retired\n"
        "- id: care\n  name: Care\n  one_liner: A technician within a day.\n  next_offerings:\n    - to: pump\n",
        good="- id: pump\n  name: Pump\n  one_liner: Heat from waste heat.\n"
        "- id: care\n  name: Care\n  one_liner: A technician within a day.\n  next_offerings:\n    - to: pump\n",
        file="strategy/offerings.yaml",
    ),
    Check(
        id="reference-to-expired",
        family="integrity",
        severity=Severity.NOTICE,
        dated=True,
        whole=True,
        find=find_expired_targets,
        says="An entry in use names one that has ended.",
        why="It is no longer on the site, so a seller would look for it in vain.",
        bad=_BOTH.format(grow="  effective_until: 2026-08-31\n"),
        good=_BOTH.format(grow="  effective_until: 2099-08-31\n"),
        file=_FILE,
    ),
    Check(
        id="unwaivable-check",
        family="integrity",
        severity=Severity.ERROR,
        find=find_unwaivable,
        says="A waiver names a check that cannot be waived.",
        why="Where a strategy contradicts itself, sellers get two answers, whatever the reason.",
        fix="Mend what it finds, and delete this waiver.",
        bad=header_example(
            "  checks:\n    waivers:\n      - check: allocation-over-100\n        reason: Growth.\n"
            "        owner: anna\n        until: 2099-01-01\n"
        ),
        good=header_example(),
        file="strategy.yaml",
    ),
)
NEVER_WAIVED = frozenset(check.id for check in CHECKS)
