"""The strategy as typed, frozen values. The fields are those of `schema/`, by the same names; a
test holds them equal.

No files, no terminals, no pages. References are ids; `Strategy.links` has them resolved, both ways.
"""

from __future__ import annotations

import dataclasses
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date, timedelta
from functools import cache, cached_property
from typing import ClassVar, NamedTuple

from generator.problems.problem import Place

DEFAULT_AUDIENCE = "internal"
AUDIENCES = ("leadership", "internal", "partner", "public")
"""The circles of readers everybody knows, each within the next; a company may add its own."""
"""The readers of an entry that names no audience: all who sell here."""

Day = date  # fields are called date, too

_DAYS = {"d": 1, "w": 7, "m": 30, "y": 365}
_UNITS = {"d": "day", "w": "week", "m": "month", "y": "year"}


@cache
def _length_of(written: str) -> timedelta:
    return timedelta(days=int(written[:-1]) * _DAYS[written[-1]])


@dataclass(frozen=True, slots=True)
class Interval:
    """A stretch of time as written, such as `90d`; months count 30 days, years 365."""

    written: str

    @property
    def words(self) -> str:
        """`90 days`, `1 year`."""
        unit = _UNITS[self.written[-1]]
        return f"{self.written[:-1]} {unit}{'' if self.written[:-1] == '1' else 's'}"

    @property
    def length(self) -> timedelta:
        """How long it is."""
        return _length_of(self.written)


@dataclass(frozen=True, slots=True)
class RoughDay:
    """A date as far as it is known: `2026-03-31`, `2026-03` or `2026`."""

    written: str

    @property
    def first(self) -> Day:
        """The first day it may mean."""
        year, month, day = [*(int(part) for part in self.written.split("-")), 1, 1][:3]
        return Day(year, month, day)

    def toordinal(self) -> int:
        """For sorting beside dates."""
        return self.first.toordinal()

    def __str__(self) -> str:
        return self.written


class Key(NamedTuple):
    """What identifies an entry for good: its kind and id."""

    kind: str
    id: str

    def __str__(self) -> str:
        return f"{self.kind}/{self.id}"


@dataclass(frozen=True, kw_only=True)
class Entry:
    """What every entry has. `place` is where it is written and plays no part in comparing."""

    KIND: ClassVar[str] = ""
    TITLE: ClassVar[str] = "name"

    id: str
    owner: str | None = None
    status: str | None = "approved"
    reviewed_on: Day | None = None
    review_every: Interval | None = None
    effective_from: Day | None = None
    effective_until: Day | None = None
    audience: str = DEFAULT_AUDIENCE
    tags: tuple[str, ...] = ()
    sources: tuple[str, ...] = ()
    former_ids: tuple[str, ...] = ()
    custom: Mapping[str, object] = field(default_factory=dict)
    place: Place = field(default=Place(""), compare=False)

    @cached_property
    def key(self) -> Key:
        """Kind and id."""
        return Key(self.KIND, self.id)

    def has_ended(self, today: date) -> bool:
        """Whether its time is over: it is no longer on the site."""
        return self.effective_until is not None and self.effective_until < today

    @property
    def title(self) -> str:
        """The text that stands for the entry in lists, headings and search."""
        title: str = getattr(self, self.TITLE)
        return title


@dataclass(frozen=True, kw_only=True)
class Contact:
    """How a person is reached."""

    email: str | None = None
    chat: str | None = None
    page: str | None = None


@dataclass(frozen=True, kw_only=True)
class Person(Entry):
    """Somebody who owns, knows or answers for a part of the strategy."""

    KIND: ClassVar[str] = "people"
    name: str
    role: str
    contact: Contact | None = None
    accounts: tuple[str, ...] = ()
    topics: tuple[str, ...] = ()


@dataclass(frozen=True, kw_only=True)
class Measure:
    """A figure by which an objective is judged, with its target and its last value."""

    name: str
    unit: str | None = None
    direction: str | None = None
    baseline: float | None = None
    baseline_on: Day | None = None
    target: float | None = None
    current: float | None = None
    as_of: Day | None = None
    due: Day | None = None
    update_every: Interval | None = None


@dataclass(frozen=True, kw_only=True)
class Initiative:
    """Something that is done for an objective, by somebody until a day."""

    name: str
    owner: str | None = None
    due: Day | None = None
    budget: str | None = None
    status: str | None = None


@dataclass(frozen=True, kw_only=True)
class Objective(Entry):
    """What the company wants to reach, in one of the four perspectives of a strategy map."""

    KIND: ClassVar[str] = "objectives"
    name: str
    perspective: str
    why: str | None = None
    supports: tuple[str, ...] = ()
    horizon: str | None = None
    measures: tuple[Measure, ...] = ()
    initiatives: tuple[Initiative, ...] = ()


@dataclass(frozen=True, kw_only=True)
class IdealCustomer:
    """Whom a market is about: what they must have, what speaks for them, what rules them out."""

    must_have: tuple[str, ...] = ()
    good_signs: tuple[str, ...] = ()
    disqualifiers: tuple[str, ...] = ()


@dataclass(frozen=True, kw_only=True)
class Segment:
    """A part of a market."""

    name: str
    description: str | None = None


@dataclass(frozen=True, kw_only=True)
class Trigger:
    """An event that makes buyers look around."""

    event: str
    where_to_see_it: str | None = None
    what_it_means: str | None = None


@dataclass(frozen=True, kw_only=True)
class Pain:
    """What hurts buyers, and what it costs them to leave it so."""

    pain: str
    cost_of_inaction: str | None = None


@dataclass(frozen=True, kw_only=True)
class Buying:
    """How buyers of a market buy."""

    rhythm: str | None = None
    budget_season: str | None = None
    typical_cycle: str | None = None
    steps: tuple[str, ...] = ()


@dataclass(frozen=True, kw_only=True)
class Horizon:
    """What occupies a market in one stretch of time, and our view of it."""

    challenge: str | None = None
    who_to_engage: tuple[str, ...] = ()
    questions: tuple[str, ...] = ()
    our_view: str | None = None


@dataclass(frozen=True, kw_only=True)
class Horizons:
    """A market now, next and later."""

    now: Horizon | None = None
    next: Horizon | None = None
    later: Horizon | None = None


@dataclass(frozen=True, kw_only=True)
class Target:
    """What is to be reached in a market."""

    name: str
    target: str
    due: Day | None = None


@dataclass(frozen=True, kw_only=True)
class Market(Entry):
    """Customers with the same needs, whom we pursue or leave alone."""

    KIND: ClassVar[str] = "markets"
    name: str
    priority: str
    summary: str
    rationale: str | None = None
    size: str | None = None
    ideal_customer: IdealCustomer | None = None
    segments: tuple[Segment, ...] = ()
    triggers: tuple[Trigger, ...] = ()
    pains: tuple[Pain, ...] = ()
    personas: tuple[str, ...] = ()
    buying: Buying | None = None
    horizons: Horizons | None = None
    do_more: tuple[str, ...] = ()
    do_less: tuple[str, ...] = ()
    objectives: tuple[str, ...] = ()
    targets: tuple[Target, ...] = ()


@dataclass(frozen=True, kw_only=True)
class Persona(Entry):
    """Somebody who has a part in buying."""

    KIND: ClassVar[str] = "personas"
    name: str
    titles: tuple[str, ...] = ()
    purchasing_roles: tuple[str, ...] = ()
    goals: tuple[str, ...] = ()
    challenges: tuple[str, ...] = ()
    measured_by: tuple[str, ...] = ()
    motivated_by: tuple[str, ...] = ()
    learns_from: tuple[str, ...] = ()
    questions: tuple[str, ...] = ()
    asks_us: tuple[str, ...] = ()
    message: str | None = None


@dataclass(frozen=True, kw_only=True)
class Capability:
    """Something an offering can do."""

    name: str
    description: str | None = None


@dataclass(frozen=True, kw_only=True)
class Package:
    """A form in which an offering is sold."""

    name: str
    price: str | None = None
    includes: tuple[str, ...] = ()


@dataclass(frozen=True, kw_only=True)
class Guardrails:
    """How far a seller may go with the price."""

    floor: str | None = None
    discount_approval: str | None = None


@dataclass(frozen=True, kw_only=True)
class NextOffering:
    """What can be offered to somebody who has this offering."""

    to: str
    why: str | None = None
    opener: str | None = None


@dataclass(frozen=True, kw_only=True)
class Limitation:
    """What an offering cannot do."""

    limit: str
    impact: str | None = None
    workaround: str | None = None


@dataclass(frozen=True, kw_only=True)
class Offering(Entry):
    """What we sell."""

    KIND: ClassVar[str] = "offerings"
    name: str
    kind: str | None = None
    one_liner: str
    description: str | None = None
    markets: tuple[str, ...] = ()
    includes: tuple[str, ...] = ()
    personas: tuple[str, ...] = ()
    problems: tuple[str, ...] = ()
    questions: tuple[str, ...] = ()
    outcomes: tuple[str, ...] = ()
    capabilities: tuple[Capability, ...] = ()
    packages: tuple[Package, ...] = ()
    guardrails: Guardrails | None = None
    differentiators: tuple[str, ...] = ()
    availability: str | None = None
    limitations: tuple[Limitation, ...] = ()
    not_for: tuple[str, ...] = ()
    requires: tuple[str, ...] = ()
    next_offerings: tuple[NextOffering, ...] = ()


@dataclass(frozen=True, kw_only=True)
class Differentiator(Entry):
    """A reason to choose us."""

    KIND: ClassVar[str] = "differentiators"
    TITLE: ClassVar[str] = "claim"
    claim: str
    rank: int | None = None
    why_it_matters: str
    kind: str | None = None
    offerings: tuple[str, ...] = ()
    markets: tuple[str, ...] = ()
    competitors: tuple[str, ...] = ()
    proof: tuple[str, ...] = ()
    say: str | None = None
    show: str | None = None


@dataclass(frozen=True, kw_only=True)
class Proof(Entry):
    """Evidence for what we claim."""

    KIND: ClassVar[str] = "proof"
    TITLE: ClassVar[str] = "statement"
    statement: str
    kind: str
    customer: str | None = None
    market: str | None = None
    offerings: tuple[str, ...] = ()
    competitors: tuple[str, ...] = ()
    result: str | None = None
    source: str
    date: RoughDay
    shareable: str | None = None
    quote: str | None = None


@dataclass(frozen=True, kw_only=True)
class Reply:
    """What a competitor claims, and what we say to it."""

    claim: str
    reply: str


@dataclass(frozen=True, kw_only=True)
class News:
    """What has happened at a competitor."""

    date: RoughDay
    what: str
    so_what: str | None = None
    source: str | None = None


@dataclass(frozen=True, kw_only=True)
class Competitor(Entry):
    """Whom a buyer may choose instead, doing nothing among them; its page is the battlecard."""

    KIND: ClassVar[str] = "competitors"
    name: str
    also: tuple[str, ...] = ()
    kind: str
    summary: str
    quick_answer: str | None = None
    where_we_win: tuple[str, ...] = ()
    where_they_win: tuple[str, ...] = ()
    they_say: tuple[Reply, ...] = ()
    ask: tuple[str, ...] = ()
    avoid: tuple[str, ...] = ()
    pricing: str | None = None
    switching: str | None = None
    news: tuple[News, ...] = ()
    offerings: tuple[str, ...] = ()
    markets: tuple[str, ...] = ()


@dataclass(frozen=True, kw_only=True)
class Objection(Entry):
    """What a buyer says against us, and our answer."""

    KIND: ClassVar[str] = "objections"
    TITLE: ClassVar[str] = "says"
    says: str
    also_said: tuple[str, ...] = ()
    category: str
    real_concern: str | None = None
    acknowledge: str | None = None
    explore: tuple[str, ...] = ()
    respond: str
    confirm: str | None = None
    never_say: tuple[str, ...] = ()
    proof: tuple[str, ...] = ()
    personas: tuple[str, ...] = ()
    markets: tuple[str, ...] = ()
    offerings: tuple[str, ...] = ()
    competitors: tuple[str, ...] = ()
    stages: tuple[str, ...] = ()
    expert: str | None = None


@dataclass(frozen=True, kw_only=True)
class Stage(Entry):
    """A stretch of the buyer's way, and what must be true to leave it."""

    KIND: ClassVar[str] = "stages"
    name: str
    order: int
    buyer_step: str
    goal: str | None = None
    exit_criteria: tuple[str, ...] = ()
    evidence: tuple[str, ...] = ()
    typical_days: int | None = None
    probability: float | None = None


@dataclass(frozen=True, kw_only=True)
class Step:
    """One step of a play."""

    do: str
    say: str | None = None
    show: str | None = None


@dataclass(frozen=True, kw_only=True)
class Play(Entry):
    """What a seller does when something happens."""

    KIND: ClassVar[str] = "plays"
    name: str
    trigger: str
    goal: str
    markets: tuple[str, ...] = ()
    offerings: tuple[str, ...] = ()
    personas: tuple[str, ...] = ()
    stages: tuple[str, ...] = ()
    steps: tuple[Step, ...] = ()
    questions: tuple[str, ...] = ()
    done_when: tuple[str, ...] = ()
    assets: tuple[str, ...] = ()
    objectives: tuple[str, ...] = ()
    measure: str | None = None


@dataclass(frozen=True, kw_only=True)
class Element:
    """One question of a way to qualify."""

    letter: str | None = None
    name: str
    question: str | None = None
    good_answer: str | None = None


@dataclass(frozen=True, kw_only=True)
class Qualification(Entry):
    """A way to judge whether a deal is worth the time."""

    KIND: ClassVar[str] = "qualification"
    TITLE: ClassVar[str] = "method"
    method: str
    elements: tuple[Element, ...] = ()


@dataclass(frozen=True, kw_only=True)
class Asset(Entry):
    """A document or tool that sellers use or send."""

    KIND: ClassVar[str] = "assets"
    name: str
    url: str
    kind: str | None = None
    shareable: str | None = None
    offerings: tuple[str, ...] = ()


@dataclass(frozen=True, kw_only=True)
class Term(Entry):
    """A word as this company means it."""

    KIND: ClassVar[str] = "glossary"
    TITLE: ClassVar[str] = "term"
    term: str
    meaning: str
    also: tuple[str, ...] = ()


@dataclass(frozen=True, kw_only=True)
class FieldNote(Entry):
    """What a seller has heard, and the answer of leadership."""

    KIND: ClassVar[str] = "field_notes"
    TITLE: ClassVar[str] = "note"
    date: Day
    said_by: str
    note: str
    about: tuple[str, ...] = ()
    answer: str | None = None
    answered_by: str | None = None
    answered_on: Day | None = None


@dataclass(frozen=True, kw_only=True)
class Announcement(Entry):
    """Something that leadership says to the field on a day."""

    KIND: ClassVar[str] = "announcements"
    TITLE: ClassVar[str] = "headline"
    date: Day
    headline: str
    importance: int
    why: str
    do: str | None = None
    about: tuple[str, ...] = ()
    version: str | None = None


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


KIND_CLASSES: Mapping[str, type[Entry]] = {
    cls.KIND: cls
    for cls in (
        Market,
        Persona,
        Offering,
        Differentiator,
        Proof,
        Competitor,
        Objection,
        Play,
        Stage,
        Qualification,
        Objective,
        Person,
        Asset,
        Term,
        FieldNote,
        Announcement,
    )
}


@dataclass(frozen=True, slots=True)
class Link:
    """One entry (or, with `source` None, the header) refers to another, in the field of that name."""

    source: Key | None
    field: str
    target: Key
    place: Place = dataclasses.field(default=Place(""), compare=False)


@dataclass(frozen=True)
class Strategy:
    """A whole strategy: header, entries by kind (sorted by id), and every reference between them."""

    header: Header
    entries: Mapping[str, Mapping[str, Entry]]
    links: tuple[Link, ...] = ()

    def of(self, kind: str) -> tuple[Entry, ...]:
        """All entries of a kind, sorted by id."""
        return tuple(self.entries.get(kind, {}).values())

    def find(self, key: Key) -> Entry | None:
        """The entry with this kind and id."""
        return self.entries.get(key.kind, {}).get(key.id)

    def __iter__(self) -> Iterator[Entry]:
        for kind in self.entries.values():
            yield from kind.values()

    @cached_property
    def links_to(self) -> Mapping[Key, tuple[Link, ...]]:
        """For each entry, the references that point at it."""
        found: dict[Key, list[Link]] = {}
        for link in self.links:
            found.setdefault(link.target, []).append(link)
        return {key: tuple(links) for key, links in found.items()}

    @cached_property
    def links_from(self) -> Mapping[Key, tuple[Link, ...]]:
        """For each entry, the references it makes."""
        found: dict[Key, list[Link]] = {}
        for link in self.links:
            if link.source is not None:
                found.setdefault(link.source, []).append(link)
        return {key: tuple(links) for key, links in found.items()}
