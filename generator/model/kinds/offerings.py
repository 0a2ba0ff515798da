"""What we sell."""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar

from generator.model.entry import Entry


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
    value_drivers: tuple[str, ...] = ()
