"""Who is who here, and what our words mean."""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar

from generator.model.entry import Entry


@dataclass(frozen=True, kw_only=True)
class Contact:
    """How a person is reached."""

    email: str | None = None
    phone: str | None = None
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
    territories: tuple[str, ...] = ()


@dataclass(frozen=True, kw_only=True)
class Term(Entry):
    """A word as this company means it."""

    KIND: ClassVar[str] = "glossary"
    TITLE: ClassVar[str] = "term"
    term: str
    meaning: str
    also: tuple[str, ...] = ()
