"""The head of the strategy: what holds for the company as a whole, and what it has set about the
checks.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from generator.model.dates import Day, Interval
from generator.model.entry import AUDIENCES
from generator.problems.problem import Place


@dataclass(frozen=True, kw_only=True)
class NotNow:
    """Something the company leaves alone, and why."""

    what: str
    why: str
    until: str | None = None


@dataclass(frozen=True, kw_only=True)
class Commitment:
    """What leadership or another department promises the field."""

    from_: str
    promise: str
    measure: str | None = None
    state: str | None = None
    objectives: tuple[str, ...] = ()


@dataclass(frozen=True, kw_only=True)
class Expectation:
    """What leadership expects of a role."""

    role: str
    what: str
    how_much: str | None = None
    why: str | None = None
    how: str | None = None


@dataclass(frozen=True, kw_only=True)
class Words:
    """Words a company adds to the vague ones, and those it allows."""

    add: tuple[str, ...] = ()
    allow: tuple[str, ...] = ()


@dataclass(frozen=True, kw_only=True)
class Waiver:
    """Leave for a finding until a day, with a reason and somebody who answers for it."""

    check: str
    entry: str | None = None
    reason: str
    owner: str
    until: Day


@dataclass(frozen=True, kw_only=True)
class Condition:
    """What must be so for a rule to count: a field is there, or has one of these values."""

    field: str
    is_: tuple[str, ...] = ()


@dataclass(frozen=True, kw_only=True)
class OwnRule:
    """A rule that a company writes as data: it asks one thing, of the entries it is about."""

    id: str
    says: str
    why: str | None = None
    fix: str | None = None
    severity: str | None = None
    kind: str | None = None
    when: tuple[Condition, ...] = ()
    except_: tuple[str, ...] = ()
    must_have: tuple[str, ...] = ()
    must_not_hold: tuple[str, ...] = ()
    must_not_match: str | None = None
    fields: tuple[str, ...] = ()
    at_most: int | None = None
    date: str | None = None
    within: Interval | None = None


@dataclass(frozen=True, kw_only=True)
class Checks:
    """What a company has set about the checks."""

    review_every: Mapping[str, Interval] = field(default_factory=dict)
    due_soon: Interval = Interval("14d")
    proof_age: Interval = Interval("3y")
    measure_age: Interval = Interval("100d")
    field_note_age: Interval = Interval("14d")
    word_budgets: Mapping[str, int] = field(default_factory=dict)
    hardest_reading: int = 65
    same_claim: int = 85
    vague_words: Words = Words()
    severities: Mapping[str, str] = field(default_factory=dict)
    waivers: tuple[Waiver, ...] = ()
    rules: tuple[OwnRule, ...] = ()


@dataclass(frozen=True, kw_only=True)
class Allocation:
    """How much of the sellers' time, the money and the people goes somewhere, in percent."""

    to: str
    time: float | None = None
    money: float | None = None
    people: float | None = None


@dataclass(frozen=True, kw_only=True)
class Meeting:
    """A meeting in which the strategy is looked at."""

    name: str
    frequency: str
    purpose: str | None = None
    owner: str | None = None
    objectives: tuple[str, ...] = ()


@dataclass(frozen=True, kw_only=True)
class Header:
    """The head of the strategy. For readers outside the company fields may be missing, the
    statement too.
    """

    format: int
    language: str = "en"
    timezone: str = "UTC"
    company: str
    tagline: str | None = None
    statement: str | None = None
    vision: str | None = None
    mission: str | None = None
    version: str
    effective_from: Day
    review_by: Day | None = None
    max_primary_markets: int = 3
    not_now: tuple[NotNow, ...] = ()
    commitments: tuple[Commitment, ...] = ()
    expectations: tuple[Expectation, ...] = ()
    owners: Mapping[str, str] = field(default_factory=dict)
    checks: Checks = Checks()
    audiences: tuple[str, ...] = AUDIENCES
    allocation: tuple[Allocation, ...] = ()
    cadence: tuple[Meeting, ...] = ()
    place: Place = field(default=Place(""), compare=False)
