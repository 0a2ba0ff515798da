"""Who buys: markets, and the people in them who have a part in buying."""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar

from generator.model.dates import Day
from generator.model.entry import Entry


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
    tolerance: str | None = None
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
class MarketMessage:
    """The message to a persona in the words of one market."""

    market: str
    text: str


@dataclass(frozen=True, kw_only=True)
class Persona(Entry):
    """Somebody who has a part in buying."""

    KIND: ClassVar[str] = "personas"
    name: str
    titles: tuple[str, ...] = ()
    job_to_be_done: str | None = None
    purchasing_roles: tuple[str, ...] = ()
    reports_to: str | None = None
    goals: tuple[str, ...] = ()
    challenges: tuple[str, ...] = ()
    measured_by: tuple[str, ...] = ()
    motivated_by: tuple[str, ...] = ()
    learns_from: tuple[str, ...] = ()
    questions: tuple[str, ...] = ()
    asks_us: tuple[str, ...] = ()
    message: str | None = None
    messages: tuple[MarketMessage, ...] = ()
    value_drivers: tuple[str, ...] = ()

    @property
    def holds_budget(self) -> bool:
        """Whether this is who releases the money: a call with him needs an answer to the price."""
        return "economic_buyer" in self.purchasing_roles
