"""Who reviews what: the owners in the strategy as a CODEOWNERS file, for GitHub and GitLab alike."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from generator.loading.manuscript import FOLDER, MAIN_FILE
from generator.model.accounts import list_accounts
from generator.model.entry import Entry, Key
from generator.model.strategy import Strategy

_SPECIAL = re.compile(r"[ #\\*?\[\]!]")
"""Signs that part or match something in a pattern of the file."""


def write_codeowners(strategy: Strategy, folder: str = "") -> str:
    """The file for a strategy in `folder` of its repository. The last line that fits a file
    decides, so entries come last.
    """
    lines = [
        "# Who is asked to review a change. Made by: playbook codeowners",
        "# It follows owners in the header, owner of each entry, and the accounts of people.",
    ]
    everybody = _accounts(strategy, strategy.header.owners.values())
    lines += _rule(folder, MAIN_FILE, everybody)
    for kind in strategy.entries:
        own = _accounts(strategy, [strategy.header.owners.get(kind)])
        lines += [
            *_rule(folder, f"{FOLDER}/{kind}.yaml", own),
            *_rule(folder, f"{FOLDER}/{kind}/", own),
        ]
    for entry in strategy:
        if entry.owner and entry.place.file == f"{FOLDER}/{entry.KIND}/{entry.id}.yaml":
            both = [entry.owner, strategy.header.owners.get(entry.KIND)]
            lines += _rule(
                folder, entry.place.file, _accounts(strategy, both[:1]) or _accounts(strategy, both)
            )
    return "\n".join(lines) + "\n"


def list_unreachable(strategy: Strategy) -> list[Entry]:
    """The people who own something, but have no account by which a git host could ask them."""
    owners = {*strategy.header.owners.values(), *(entry.owner for entry in strategy if entry.owner)}
    people = (strategy.find(Key("people", owner)) for owner in sorted(owners))
    return [person for person in people if person is not None and not list_accounts(person)]


def _accounts(strategy: Strategy, owners: Iterable[str | None]) -> list[str]:
    people = (strategy.find(Key("people", owner)) for owner in owners if owner)
    return sorted(
        {account for person in people if person is not None for account in list_accounts(person)}
    )


def _rule(folder: str, path: str, accounts: list[str]) -> Iterator[str]:
    if accounts:
        whole = f"/{folder}/{path}" if folder else f"/{path}"
        yield f"{_SPECIAL.sub(_escape, whole)} {' '.join(accounts)}"


def _escape(found: re.Match[str]) -> str:
    return f"\\{found[0]}"
