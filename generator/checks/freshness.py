"""Freshness: what somebody must look at again. It all depends on today's date, so nothing here ever
stops a build.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from functools import partial

from generator.checks.context import Check, Context, Finding, is_live
from generator.checks.example import header_example
from generator.loading.locator import Spot
from generator.model.insights.freshness import list_stale_measures, list_unanswered, list_unfinished
from generator.model.kinds import Assumption
from generator.problems.phrases import count_of, shorten
from generator.problems.problem import Severity


def find_overdue(context: Context) -> Iterator[Finding]:
    """Entries that nobody has looked at in time, and the strategy as a whole."""
    review_by = context.header.review_by
    if review_by is not None and context.header.effective_from <= review_by < context.today:
        yield Finding(
            entry=None,
            spot=Spot(None, ("review_by",)),
            title=f"leadership was to look at the whole strategy by {review_by}, {_ago(review_by, context.today)}",
            fix="Look at it, then set review_by to the next day you will.",
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
            entry=entry.key,
            spot=Spot(entry.key, ("reviewed_on",)),
            title=f"the review of {context.name(entry)} {when if state == 'overdue' else f'is due on {found.review_by}'}",
            fix=f"Read it, mend what is no longer true, then: playbook verify {entry.key}",
        )


def find_future_reviews(context: Context) -> Iterator[Finding]:
    """Reviews on a day that has not come yet."""
    for entry in context.strategy:
        if entry.reviewed_on is not None and entry.reviewed_on > context.today:
            yield Finding(
                entry=entry.key,
                spot=Spot(entry.key, ("reviewed_on",)),
                title=f"{context.name(entry)} was reviewed on {entry.reviewed_on}, a day that has not come yet",
            )


def find_expired(context: Context) -> Iterator[Finding]:
    """Entries that have ended, and are still in the files."""
    for entry in context.strategy:
        if entry.has_ended(context.today):
            yield Finding(
                entry=entry.key,
                spot=Spot(entry.key, ("effective_until",)),
                title=f"{context.name(entry)} ended on {entry.effective_until} and is no longer on the site",
            )


def find_stale_measures(context: Context) -> Iterator[Finding]:
    """Values of the scorecard that are older than they may be."""
    for stale in list_stale_measures(context.strategy, context.today):
        measure = stale.measure
        yield Finding(
            entry=stale.objective.key,
            spot=Spot(stale.objective.key, ("measures", stale.position, "as_of")),
            title=f'the value of "{shorten(measure.name)}" is from {measure.as_of} and was to be renewed by {stale.due}',
        )


def find_overdue_initiatives(context: Context) -> Iterator[Finding]:
    """Initiatives that should be finished."""
    for late in list_unfinished(context.strategy, context.today):
        yield Finding(
            entry=late.objective.key,
            spot=Spot(late.objective.key, ("initiatives", late.position, "due")),
            title=f'the initiative "{shorten(late.initiative.name)}" was to be finished by {late.due}, {_ago(late.due, context.today)}',
        )


def find_unanswered_notes(context: Context) -> Iterator[Finding]:
    """Field notes that leadership has left open for too long."""
    for note in list_unanswered(context.strategy, context.today):
        yield Finding(
            entry=note.key,
            spot=Spot(note.key, ("status",)),
            title=f"{context.name(note)} has waited for an answer since {note.date}, {_ago(note.date, context.today, 'for')}",
        )


def find_overdue_decisions(context: Context) -> Iterator[Finding]:
    """Assumptions that were to be decided by a day that has passed."""
    for entry in context.strategy.of("assumptions"):
        if isinstance(entry, Assumption) and is_live(entry) and not entry.has_ended(context.today):
            due = entry.decide_by
            if due is not None and due < context.today:
                yield Finding(
                    entry=entry.key,
                    spot=Spot(entry.key, ("decide_by",)),
                    title=f'whether "{shorten(entry.statement.rstrip("."))}" still holds was to be decided by {due}, '
                    f"{_ago(due, context.today)}",
                )


def find_expired_waivers(context: Context) -> Iterator[Finding]:
    """Waivers whose end has come: what they hid is shown again."""
    for position, waiver in enumerate(context.settings.waivers):
        if waiver.until < context.today:
            about = f" for {waiver.entry}" if waiver.entry else ""
            yield Finding(
                entry=None,
                spot=Spot(None, ("checks", "waivers", position, "until")),
                title=f'the waiver of "{waiver.check}"{about} ran out on {waiver.until}',
            )


def _ago(day: date, today: date, word: str = "") -> str:
    """`3 days ago`, or with `for` as the word, `for 3 days`."""
    days = count_of((today - day).days, "day")
    return f"{word} {days}" if word else f"{days} ago"


_TERM = "- id: lift\n  term: Lift\n  meaning: How far heat is raised.\n"
_NOTE = "- id: steam\n  date: 2026-08-01\n  said_by: Seller in the north\n  note: Two dairies ask for steam.\n  status: "
_BELIEF = (
    "- id: gas-stays-dear\n  statement: Gas stays dear\n  watch_for: [New contracts]\n  decide_by: "
)
_OBJECTIVE = "- id: grow\n  name: Grow\n  perspective: financial\n"
_MEASURE = (
    _OBJECTIVE
    + "  initiatives:\n    - name: Two more sellers\n  measures:\n    - name: Orders\n      current: 118\n      as_of: "
)
_INITIATIVE = (
    _OBJECTIVE
    + "  initiatives:\n    - name: Two more sellers\n      due: 2026-03-31\n      status: "
)


_dated = partial(Check, family="freshness", severity=Severity.NOTICE, dated=True)
"""A check that goes by the calendar, as all of this family do."""

CHECKS = (
    _dated(
        id="overdue-review",
        find=find_overdue,
        says="The owner of an entry, or leadership, has not looked at it in time.",
        why="Sellers stop trusting a playbook when they meet the first line that is no longer true.",
        bad=_TERM + "  reviewed_on: 2024-03-01\n",
        good=_TERM + "  reviewed_on: 2026-11-01\n",
    ),
    _dated(
        id="review-due",
        find=find_due,
        says="The review of an entry comes soon.",
        why="Whoever hears of it in time can put it into a quiet hour.",
        bad=_TERM + "  reviewed_on: 2026-08-30\n  review_every: 90d\n",
        good=_TERM + "  reviewed_on: 2026-11-01\n  review_every: 90d\n",
    ),
    _dated(
        id="review-in-future",
        find=find_future_reviews,
        says="An entry was reviewed on a day that has not come yet.",
        why="It would pass for verified until then, whoever has read it.",
        fix="Write the day on which somebody last read it.",
        bad=_TERM + "  reviewed_on: 2062-11-01\n",
        good=_TERM + "  reviewed_on: 2026-11-01\n",
    ),
    _dated(
        id="expired-entry",
        find=find_expired,
        says="An entry has ended, and still stands in the files.",
        why="Nobody sees it any more; whoever edits the files reads past it.",
        fix="Delete the entry, or move effective_until if it still counts.",
        bad=_TERM + "  effective_until: 2026-09-30\n",
        good=_TERM + "  effective_until: 2099-09-30\n",
    ),
    _dated(
        id="stale-measure",
        find=find_stale_measures,
        says="A value of the scorecard is older than it may be.",
        why="A scorecard with old values looks like news and steers by the past.",
        fix="Write the value of today under current, and its day under as_of.",
        bad=_MEASURE + "2026-03-31\n",
        good=_MEASURE + "2026-10-31\n",
        file="strategy/objectives.yaml",
    ),
    _dated(
        id="overdue-initiative",
        find=find_overdue_initiatives,
        says="An initiative should be finished, and is not.",
        why="What leadership promises and lets slip, the field lets slip too.",
        fix="Set its status to done or stopped, or promise a new day.",
        bad=_INITIATIVE + "on_track\n",
        good=_INITIATIVE + "done\n",
        file="strategy/objectives.yaml",
    ),
    _dated(
        id="unanswered-field-note",
        find=find_unanswered_notes,
        says="A field note has waited too long for an answer.",
        why="Who gets no answer twice does not write a third time.",
        fix="Answer it, and set its status to accepted, declined or done.",
        bad=_NOTE + "open\n",
        good=_NOTE + "done\n  answer: The steam version comes in spring.\n",
        file="strategy/field_notes.yaml",
    ),
    _dated(
        id="overdue-decision",
        find=find_overdue_decisions,
        says="Leadership was to decide whether an assumption still holds, and the day has passed.",
        why="What rests on it goes on as if it were certain.",
        fix="Set its state, and a new day under decide_by where the question stays open.",
        bad=_BELIEF + "2026-03-31\n",
        good=_BELIEF + "2099-03-31\n",
        file="strategy/assumptions.yaml",
    ),
    _dated(
        id="expired-waiver",
        find=find_expired_waivers,
        says="A waiver has run out.",
        why="A reason that counted then may not count today.",
        fix="Mend what it hid and delete the waiver, or give it a new reason and a new end.",
        bad=header_example(
            "  checks:\n    waivers:\n      - check: nothing-ruled-out\n        reason: The board decides in May.\n"
            "        owner: anna\n        until: 2026-05-31\n"
        ),
        good=header_example(),
        file="strategy.yaml",
    ),
)
