"""How we sell: the buyer's way in stages, plays, objections, qualification, and what sellers send."""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar

from generator.model.entry import Entry


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
class Coach:
    """What a manager asks and looks for."""

    ask: tuple[str, ...] = ()
    good: tuple[str, ...] = ()
    poor: tuple[str, ...] = ()


@dataclass(frozen=True, kw_only=True)
class Activity:
    """Who does what in a stage."""

    who: str
    what: str


@dataclass(frozen=True, kw_only=True)
class Ends:
    """How a deal may end in a stage, and by what one sees it."""

    won: tuple[str, ...] = ()
    lost: tuple[str, ...] = ()
    disqualified: tuple[str, ...] = ()


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
    activities: tuple[Activity, ...] = ()
    qualification: tuple[str, ...] = ()
    ends: Ends | None = None
    typical_days: int | None = None
    probability: float | None = None
    coach: Coach | None = None


@dataclass(frozen=True, kw_only=True)
class Step:
    """One step of a play."""

    do: str
    channel: str | None = None
    say: str | None = None
    words: str | None = None
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
    roles: tuple[str, ...] = ()
    steps: tuple[Step, ...] = ()
    questions: tuple[str, ...] = ()
    done_when: tuple[str, ...] = ()
    assets: tuple[str, ...] = ()
    objectives: tuple[str, ...] = ()
    measure: str | None = None
    coach: Coach | None = None


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
    language: str | None = None
    version: str | None = None
    shareable: str | None = None
    offerings: tuple[str, ...] = ()
