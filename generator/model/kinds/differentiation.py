"""Why us: differentiators, the proof of them, and whom a buyer may choose instead."""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar

from generator.model.dates import RoughDay
from generator.model.entry import Entry


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
    value_drivers: tuple[str, ...] = ()


@dataclass(frozen=True, kw_only=True)
class Quote:
    """What a customer said, and who it was."""

    text: str
    said_by: str | None = None
    role: str | None = None


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
    problem: str | None = None
    solution: str | None = None
    result: str | None = None
    source: str
    date: RoughDay
    shareable: str | None = None
    quote: Quote | None = None
    value_drivers: tuple[str, ...] = ()


@dataclass(frozen=True, kw_only=True)
class Reply:
    """What a competitor claims, and what we say to it."""

    claim: str
    reply: str


@dataclass(frozen=True, kw_only=True)
class Comparison:
    """Us and a competitor by one criterion."""

    criterion: str
    us: str | None = None
    them: str | None = None
    note: str | None = None
    as_of: RoughDay | None = None


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
    compare: tuple[Comparison, ...] = ()
    they_say: tuple[Reply, ...] = ()
    ask: tuple[str, ...] = ()
    avoid: tuple[str, ...] = ()
    pricing: str | None = None
    switching: str | None = None
    news: tuple[News, ...] = ()
    offerings: tuple[str, ...] = ()
    markets: tuple[str, ...] = ()
