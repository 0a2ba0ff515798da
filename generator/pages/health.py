"""What leadership should look at next: everything the health page shows, computed, and laid out
elsewhere.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta

from generator.checks import FAMILIES, family_of
from generator.checks.own import OWN
from generator.model.edition import Edition
from generator.model.entry import Entry, Key
from generator.model.header import Commitment, Waiver
from generator.model.insights.agenda import Item, list_items, owner_of
from generator.model.insights.beliefs import Belief, list_doubts
from generator.model.insights.completeness import WANTED, measure_completeness
from generator.model.insights.freshness import judge_freshness
from generator.model.insights.indicators import Reading, percent, read_gauges
from generator.model.kinds import FieldNote
from generator.model.strategy import Strategy
from generator.problems.problem import Problem, Severity
from generator.problems.rule import FORM
from generator.schema.vocabulary import KINDS, Field, Kind, Vocabulary

MOST_ROWS = 40
"""So many entries of a kind are shown in its table, the least complete first; a page must stay a
page.
"""
_OWED = frozenset({"answer", "finish", "measure"})


@dataclass(frozen=True)
class OwnerRow:
    """The reviews of one owner ("": nobody's)."""

    owner: Entry | None
    overdue: tuple[Entry, ...]
    due: tuple[Entry, ...]
    never: tuple[Entry, ...]


@dataclass(frozen=True)
class HeatRow:
    """An entry, how complete it is, and for each column of its table whether it is there."""

    entry: Entry
    share: int
    cells: tuple[bool, ...]


@dataclass(frozen=True)
class KindRow:
    """How complete the entries of a kind are: the columns of the table, the share of each, and the
    entries with gaps.

    `complete` entries have none and no row; `left_out` have gaps, and no room.
    """

    kind: Kind
    count: int
    share: int
    columns: tuple[str, ...]
    column_shares: tuple[int, ...]
    rows: tuple[HeatRow, ...]
    left_out: int
    complete: int


@dataclass(frozen=True)
class FamilyRow:
    """The problems of a family by severity, and the problems."""

    family: str
    errors: int
    warnings: int
    notices: int
    problems: tuple[Problem, ...]


@dataclass(frozen=True)
class OpenNote:
    """A field note without an answer, how many days old it is, and whether that is too old."""

    note: FieldNote
    age: int
    late: bool


@dataclass(frozen=True)
class Owed:
    """What one side owes the other: its broken or endangered promises, and what is overdue."""

    promises: tuple[Commitment, ...]
    items: tuple[Item, ...]
    kept: int
    total: int


@dataclass(frozen=True)
class Health:
    """All of it. `trend` holds the readings of released versions, oldest first, where somebody has
    them, and today's.
    """

    reading: Reading
    owners: tuple[OwnerRow, ...]
    kinds: tuple[KindRow, ...]
    families: tuple[FamilyRow, ...]
    notes: tuple[OpenNote, ...]
    leadership: Owed
    field: Owed
    waivers: tuple[Waiver, ...]
    doubts: tuple[Belief, ...] = ()
    trend: tuple[Reading, ...] = ()


def measure_health(
    edition: Edition, problems: Sequence[Problem], trend: Sequence[Reading] = ()
) -> Health:
    """The health of what this reader sees, on the day of the edition. `trend` holds earlier
    readings, oldest first.
    """
    strategy, today = edition.strategy, edition.today
    reading = read_gauges(strategy, today)
    items = list_items(strategy, today, timedelta(0))
    return Health(
        reading,
        tuple(_list_owners(strategy, today)),
        tuple(_list_kinds(strategy, edition.vocabulary)),
        tuple(_list_families(problems)),
        tuple(_list_notes(strategy, today)),
        _owe(strategy, "leadership", [item for item in items if item.work in _OWED]),
        _owe(strategy, "field", []),
        strategy.header.checks.waivers,
        list_doubts(strategy),
        (*trend, replace(reading, version="")) if trend else (),
    )


def _list_owners(strategy: Strategy, today: date) -> Iterator[OwnerRow]:
    """Owners with something to look at; who has most overdue first, nobody last."""
    found: dict[str, dict[str, list[Entry]]] = {}
    for entry in strategy:
        freshness = judge_freshness(entry, strategy.header, today)
        if freshness is not None and freshness.state != "verified":
            states = found.setdefault(
                owner_of(entry, strategy.header), {"overdue": [], "due": [], "never": []}
            )
            states[freshness.state].append(entry)
    for owner, states in sorted(
        found.items(), key=lambda pair: (not pair[0], -len(pair[1]["overdue"]), pair[0])
    ):
        person = strategy.find(Key("people", owner)) if owner else None
        yield OwnerRow(
            person, tuple(states["overdue"]), tuple(states["due"]), tuple(states["never"])
        )


def _list_kinds(strategy: Strategy, vocabulary: Vocabulary) -> Iterator[KindRow]:
    for kind in KINDS:
        entries, wanted = strategy.of(kind), WANTED.get(kind)
        if not entries or wanted is None:
            continue
        rows = []
        for entry in entries:
            score = measure_completeness(entry, strategy)
            if score is not None:
                rows.append(
                    HeatRow(entry, score.share, tuple(name in score.there for name in wanted))
                )
        filled = [sum(row.cells[column] for row in rows) for column in range(len(wanted))]
        gaps = sorted(
            (row for row in rows if row.share < 100), key=lambda row: (row.share, row.entry.id)
        )
        described = vocabulary.kinds[kind]
        yield KindRow(
            described,
            len(rows),
            percent(sum(filled), len(rows) * len(wanted)),
            tuple(title_of_wanted(name, described, vocabulary) for name in wanted),
            tuple(percent(count, len(rows)) for count in filled),
            tuple(gaps[:MOST_ROWS]),
            max(len(gaps) - MOST_ROWS, 0),
            len(rows) - len(gaps),
        )


def title_of_wanted(name: str, kind: Kind, vocabulary: Vocabulary) -> str:
    """What a reader calls a thing of `completeness.WANTED`: the field's title, or the kinds that
    should name the entry.
    """
    if name.startswith("<"):
        return " / ".join(vocabulary.kinds[other].plural for other in name[1:].split(","))
    titles, fields = [], kind.fields
    for part in name.split("."):
        field: Field = fields[part]
        titles.append(field.title)
        fields = (field.item or field).fields
    return ": ".join(titles)


def _list_families(problems: Sequence[Problem]) -> Iterator[FamilyRow]:
    """The problems by family, in the order in which leadership looks at them; what is about form
    comes last.
    """
    for family in (*FAMILIES, OWN, FORM):
        own = [problem for problem in problems if family_of(problem.rule) == family]
        if own:
            count = Counter(problem.severity for problem in own)
            own.sort(key=lambda problem: (problem.severity.rank, problem.rule, problem.order))
            yield FamilyRow(
                family,
                count[Severity.ERROR],
                count[Severity.WARNING],
                count[Severity.NOTICE],
                tuple(own),
            )


def _list_notes(strategy: Strategy, today: date) -> Iterator[OpenNote]:
    limit = strategy.header.checks.field_note_age.length
    notes = [
        note
        for note in strategy.of("field_notes")
        if isinstance(note, FieldNote) and note.status == "open"
    ]
    for note in sorted(notes, key=lambda note: (note.date, note.id)):
        age = (today - note.date).days
        yield OpenNote(note, age, age > limit.days)


def _owe(strategy: Strategy, side: str, items: Sequence[Item]) -> Owed:
    """What leadership or the field has promised and does not keep, beside what is overdue."""
    promises = [promise for promise in strategy.header.commitments if promise.from_ == side]
    open_ones = tuple(promise for promise in promises if promise.state in ("at_risk", "broken"))
    return Owed(open_ones, tuple(items), len(promises) - len(open_ones), len(promises))
