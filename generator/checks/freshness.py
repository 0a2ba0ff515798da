"""Freshness: what somebody must look at again. It all depends on today's date, so nothing here ever
stops a build.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from generator.checks.context import Check, Context, Find, Finding
from generator.checks.example import header_example
from generator.loading.locator import Spot
from generator.model.insights.freshness import list_stale_measures, list_unanswered, list_unfinished
from generator.problems.phrases import count_of, shorten
from generator.problems.problem import Severity


def find_overdue(context: Context) -> Iterator[Finding]:
    """Entries that nobody has looked at in time, and the strategy as a whole."""
    review_by = context.header.review_by
    if review_by is not None and context.header.effective_from <= review_by < context.today:
        yield Finding(
            None,
            Spot(None, ("review_by",)),
            f"leadership was to look at the whole strategy by {review_by}, {_ago(review_by, context.today)}",
            "Look at it, then set review_by to the next day you will.",
        )
    yield from _find_reviews(context, "overdue")


def find_due(context: Context) -> Iterator[Finding]:
    """Entries whose review comes soon."""
    yield from _find_reviews(context, "due")


def _find_reviews(context: Context, state: str) -> Iterator[Finding]:
    for entry in context.strategy:
        found = context.freshness.get(entry.key)
        if (
            found is None
            or found.state != state
            or found.review_by is None
            or entry.has_ended(context.today)
        ):
            continue
        when = f"was due on {found.review_by}, {_ago(found.review_by, context.today)}"
        yield Finding(
            entry.key,
            Spot(entry.key, ("reviewed_on",)),
            f"the review of {context.name(entry)} {when if state == 'overdue' else f'is due on {found.review_by}'}",
            f"Read it, mend what is no longer true, then: playbook verify {entry.key}",
        )


def find_future_reviews(context: Context) -> Iterator[Finding]:
    """Reviews on a day that has not come yet."""
    for entry in context.strategy:
        if entry.reviewed_on is not None and entry.reviewed_on > context.today:
            yield Finding(
                entry.key,
                Spot(entry.key, ("reviewed_on",)),
                f"{context.name(entry)} was reviewed on {entry.reviewed_on}, a day that has not come yet",
                "Write the day on which somebody last read it.",
            )


def find_expired(context: Context) -> Iterator[Finding]:
    """Entries that have ended, and are still in the files."""
    for entry in context.strategy:
        if entry.has_ended(context.today):
            yield Finding(
                entry.key,
                Spot(entry.key, ("effective_until",)),
                f"{context.name(entry)} ended on {entry.effective_until} and is no longer on the site",
                "Delete the entry, or move effective_until if it still counts.",
            )


def find_stale_measures(context: Context) -> Iterator[Finding]:
    """Values of the scorecard that are older than they may be."""
    for stale in list_stale_measures(context.strategy, context.today):
        measure = stale.measure
        yield Finding(
            stale.objective.key,
            Spot(stale.objective.key, ("measures", stale.position, "as_of")),
            f'the value of "{shorten(measure.name)}" is from {measure.as_of} and was to be renewed by {stale.due}',
            "Write the value of today under current, and its day under as_of.",
        )


def find_overdue_initiatives(context: Context) -> Iterator[Finding]:
    """Initiatives that should be finished."""
    for late in list_unfinished(context.strategy, context.today):
        yield Finding(
            late.objective.key,
            Spot(late.objective.key, ("initiatives", late.position, "due")),
            f'the initiative "{shorten(late.initiative.name)}" was to be finished by {late.due}, {_ago(late.due, context.today)}',
            "Set its status to done or stopped, or promise a new day.",
        )


def find_unanswered_notes(context: Context) -> Iterator[Finding]:
    """Field notes that leadership has left open for too long."""
    for note in list_unanswered(context.strategy, context.today):
        yield Finding(
            note.key,
            Spot(note.key, ("status",)),
            f"{context.name(note)} has waited for an answer since {note.date}, {_ago(note.date, context.today, 'for')}",
            "Answer it, and set its status to accepted, declined or done.",
        )


def find_expired_waivers(context: Context) -> Iterator[Finding]:
    """Waivers whose end has come: what they hid is shown again."""
    for position, waiver in enumerate(context.settings.waivers):
        if waiver.until < context.today:
            about = f" for {waiver.entry}" if waiver.entry else ""
            yield Finding(
                None,
                Spot(None, ("checks", "waivers", position, "until")),
                f'the waiver of "{waiver.check}"{about} ran out on {waiver.until}',
                "Mend what it hid and delete the waiver, or give it a new reason and a new end.",
            )


def _ago(day: date, today: date, word: str = "") -> str:
    """`3 days ago`, or with `for` as the word, `for 3 days`."""
    days = count_of((today - day).days, "day")
    return f"{word} {days}" if word else f"{days} ago"


_TERM = "- id: lift\n  term: Lift\n  meaning: How far heat is raised.\n"
_NOTE = "- id: steam\n  date: 2026-08-01\n  said_by: Seller in the north\n  note: Two dairies ask for steam.\n  status: "
_OBJECTIVE = "- id: grow\n  name: Grow\n  perspective: financial\n"
_MEASURE = (
    _OBJECTIVE
    + "  initiatives:\n    - name: Two more sellers\n  measures:\n    - name: Orders\n      current: 118\n      as_of: "
)
_INITIATIVE = (
    _OBJECTIVE
    + "  initiatives:\n    - name: Two more sellers\n      due: 2026-03-31\n      status: "
)


def _check(
    name: str,
    find: Find,
    says: str,
    why: str,
    bad: str,
    good: str,
    file: str = "strategy/glossary.yaml",
) -> Check:
    return Check(
        name=name,
        family="freshness",
        severity=Severity.NOTICE,
        dated=True,
        find=find,
        says=says,
        why=why,
        bad=bad,
        good=good,
        file=file,
    )


CHECKS = (
    _check(
        "overdue-review",
        find_overdue,
        "The owner of an entry, or leadership, has not looked at it in time.",
        "Sellers stop trusting a playbook when they meet the first line that is no longer true.",
        _TERM + "  reviewed_on: 2024-03-01\n",
        _TERM + "  reviewed_on: 2026-11-01\n",
    ),
    _check(
        "review-due",
        find_due,
        "The review of an entry comes soon.",
        "Whoever hears of it in time can put it into a quiet hour.",
        _TERM + "  reviewed_on: 2026-08-30\n  review_every: 90d\n",
        _TERM + "  reviewed_on: 2026-11-01\n  review_every: 90d\n",
    ),
    _check(
        "review-in-future",
        find_future_reviews,
        "An entry was reviewed on a day that has not come yet.",
        "It would pass for verified until then, whoever has read it.",
        _TERM + "  reviewed_on: 2062-11-01\n",
        _TERM + "  reviewed_on: 2026-11-01\n",
    ),
    _check(
        "expired-entry",
        find_expired,
        "An entry has ended, and still stands in the files.",
        "Nobody sees it any more; whoever edits the files reads past it.",
        _TERM + "  effective_until: 2026-09-30\n",
        _TERM + "  effective_until: 2099-09-30\n",
    ),
    _check(
        "stale-measure",
        find_stale_measures,
        "A value of the scorecard is older than it may be.",
        "A scorecard with old values looks like news and steers by the past.",
        _MEASURE + "2026-03-31\n",
        _MEASURE + "2026-10-31\n",
        "strategy/objectives.yaml",
    ),
    _check(
        "overdue-initiative",
        find_overdue_initiatives,
        "An initiative should be finished, and is not.",
        "What leadership promises and lets slip, the field lets slip too.",
        _INITIATIVE + "on_track\n",
        _INITIATIVE + "done\n",
        "strategy/objectives.yaml",
    ),
    _check(
        "unanswered-field-note",
        find_unanswered_notes,
        "A field note has waited too long for an answer.",
        "Who gets no answer twice does not write a third time.",
        _NOTE + "open\n",
        _NOTE + "done\n  answer: The steam version comes in spring.\n",
        "strategy/field_notes.yaml",
    ),
    _check(
        "expired-waiver",
        find_expired_waivers,
        "A waiver has run out.",
        "A reason that counted then may not count today.",
        header_example(
            "  checks:\n    waivers:\n      - check: nothing-ruled-out\n        reason: The board decides in May.\n"
            "        owner: anna\n        until: 2026-05-31\n"
        ),
        header_example(),
        "strategy.yaml",
    ),
)
