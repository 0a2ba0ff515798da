"""What is said of the edits that wait: what is wrong with them, in the words of the check, what is in
their way, and what they change, in the words of the comparison.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import groupby
from typing import Any

from generator.changes.comparison import as_data
from generator.changes.review import NothingToCompareError, review_sides
from generator.editing.edit_notes import NotePlan, Outcome
from generator.editing.edit_notes.meanwhile import find_brought
from generator.editing.edit_notes.note import HEADER
from generator.loading.loader import Loaded
from generator.loading.located_entry import Written
from generator.model.entry import Entry, Key
from generator.model.strategy import Strategy
from generator.problems.problem import Place, Problem, Severity
from generator.workbench.overlay import Overlay
from generator.workbench.places import find_path, is_about
from generator.workbench.reading import Reading

SHOWN = 50
"""So many problems, and so many changes, are told; more nobody reads at once."""


@dataclass(frozen=True)
class Telling:
    """How things are told to whoever asks: who wrote what is in the way, as the end of a sentence; how
    a place is called; and whether one knows `all` of the strategy. Whoever does not is told only what
    the edits bring, since what they do not get may be what the rest lacks.
    """

    by_whom: Callable[[Outcome], str] = lambda outcome: ""
    name_place: Callable[[Place], str] = lambda place: (
        f"{place.file}:{place.line}" if place.line else place.file
    )
    knows_all: bool = True

    def outcome(self, outcome: Outcome) -> dict[str, Any]:
        """What is in the way of a change: both values, and who wrote the other."""
        change = outcome.change
        return {
            "entry": str(outcome.key) if outcome.key else HEADER,
            "title": outcome.title,
            "state": outcome.state,
            "why": outcome.why,
            "field": change.path if change is not None else "",
            "was": as_data(change.before) if change is not None else None,
            "now": as_data(outcome.now),
            "wanted": as_data(change.after) if change is not None else None,
            "by": self.by_whom(outcome) if outcome.state == "conflict" else "",
        }

    def say_problem(self, problem: Problem, written: Written | None = None) -> dict[str, Any]:
        """A problem as the check says it; `field` is where the form shows it, if it does."""
        title = f"{problem.title[:1].upper()}{problem.title[1:]}."
        return {
            "severity": str(problem.severity),
            "field": find_path(problem, written) if written is not None else "",
            "text": " ".join(filter(None, (title, problem.why, problem.fix))),
            "short": " ".join(filter(None, (title, problem.fix))),
            "where": self.name_place(problem.place),
            "entry": problem.entry,
        }

    def own(
        self, before: Reading, problems: Iterable[Problem], written: Written | None
    ) -> list[Problem]:
        """The problems that are about an entry."""
        if written is None:
            return []
        told = list(problems) if self.knows_all else self.brought(before, problems)
        return [one for one in told if is_about(one, written)]

    def brought(self, before: Reading, problems: Iterable[Problem]) -> list[Problem]:
        """The problems that edits bring. To whoever does not know all, what was doubtful in an entry
        before is not told again in other words.
        """
        found = find_brought(before.problems, problems)
        if self.knows_all:
            return found
        doubts = {
            (one.rule, one.entry)
            for one in before.problems
            if one.entry and one.severity is not Severity.ERROR
        }
        return [one for one in found if (one.rule, one.entry) not in doubts]


def tell_overlay(tell: Telling, before: Reading, overlay: Overlay, entry: str) -> dict[str, Any]:
    """What can be said at once, with an eye on the form of one entry (empty: on none): what is in the
    way of the edits, what is wrong with the entry by itself, and what they change.
    """
    written = overlay.written.get(parse_entry(entry)) if entry else None
    own = tell.own(before, overlay.problems, written)
    return {
        "in_the_way": [tell.outcome(one) for one in list_in_the_way(overlay.plan)],
        "own": [tell.say_problem(one, written) for one in own[:SHOWN]],
        "changes": _tell_changes(before.loaded, overlay),
        "is_changed": bool(overlay.plan.files),
    }


def tell_reading(tell: Telling, before: Reading, after: Reading, entry: str) -> dict[str, Any]:
    """What the whole check says: of the entry, and what the edits bring elsewhere."""
    written = find_written(after.loaded, entry) if entry else None
    own = tell.own(before, after.problems, written)
    brought = [one for one in tell.brought(before, after.problems) if one not in own]
    return {
        "own": [tell.say_problem(one, written) for one in own[:SHOWN]],
        "brought": [tell.say_problem(one) for one in brought[:SHOWN]],
    }


def find_written(loaded: Loaded, entry: str) -> Written | None:
    """An entry as it is written, by its key or as `header`; None where there is none."""
    return loaded.locator.find(parse_entry(entry))


def parse_entry(entry: str) -> Key | None:
    """The key of an entry; None for the header."""
    kind, _, name = entry.partition("/")
    return None if entry == HEADER else Key(kind, name)


def list_in_the_way(plan: NotePlan) -> list[Outcome]:
    """What cannot be written."""
    return [one for one in plan.outcomes if one.state not in ("applied", "done")]


def list_errors(problems: Iterable[Problem]) -> list[Problem]:
    """The problems that stop a site."""
    return [one for one in problems if one.severity is Severity.ERROR]


def _tell_changes(before: Loaded, overlay: Overlay) -> list[dict[str, Any]]:
    """What changes, as the comparison of two versions says it: groups by weight, each with sentences
    whose words that go and come are marked.
    """
    keys, now, then = list(overlay.written), before.strategy, overlay.loaded.strategy
    if now is None or then is None or not keys:
        return []
    try:
        review = review_sides(
            "",
            replace(before, strategy=_narrow(now, keys, then)),
            "",
            replace(overlay.loaded, strategy=_narrow(then, keys, now)),
        )
    except NothingToCompareError:
        return []
    return [
        {"title": review.words(f"diff_{grade}"), "told": list(_tell(group))}
        for grade, group in groupby(review.told[:SHOWN], key=lambda one: one.grade)
    ]


def _narrow(strategy: Strategy, keys: Sequence[Key | None], other: Strategy) -> Strategy:
    """A strategy with the entries that changed, and those around them that a sentence may name."""
    wanted = {key for key in keys if key is not None}
    for side in (strategy, other):
        wanted |= {link.target for link in side.links if link.source in keys}
        wanted |= {link.source for link in side.links if link.target in keys and link.source}
    entries: dict[str, dict[str, Entry]] = {kind: {} for kind in strategy.entries}
    for key in sorted(wanted):
        found = strategy.find(key)
        if found is not None:
            entries[key.kind][key.id] = found
    links = [link for link in strategy.links if link.source in keys or link.target in keys]
    return Strategy(strategy.header, entries, tuple(links))


def _tell(group: Iterable[Any]) -> Iterator[dict[str, Any]]:
    for one in group:
        yield {
            "title": f"{one.title} ({one.kind})" if one.kind else one.title,
            "phrases": [[phrase.mark, phrase.text] for phrase in one.phrases],
            "behind": list(one.behind),
        }
