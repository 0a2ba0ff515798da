"""Under which names a git host knows a person."""

from __future__ import annotations

import re

from generator.model.entry import Entry

_ACCOUNT = re.compile(
    r"@?[A-Za-z0-9](?:[\w.-]*[A-Za-z0-9])?(?:/[A-Za-z0-9](?:[\w.-]*[A-Za-z0-9])?)*"
)
_MAIL = re.compile(r"[^@\s]+@[^@\s]+\.[^@\s]+")


def list_accounts(person: Entry) -> list[str]:
    """The accounts of a person as git hosts write them: `@name`, `@group/team`, or a mail address."""
    return [found for written in getattr(person, "accounts", ()) if (found := as_account(written))]


def as_account(written: str) -> str:
    """An account as git hosts write it; empty where it is none."""
    if _MAIL.fullmatch(written):
        return written
    return f"@{written.removeprefix('@')}" if _ACCOUNT.fullmatch(written) else ""
