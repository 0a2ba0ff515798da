"""What each owner has to look at again, as the text of an issue that the git host can hand to them."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from generator.account import lower_title
from generator.changelog import escape_markdown
from generator.codeowners import list_accounts
from generator.freshness import judge_freshness
from generator.model import Entry, Key, Strategy
from generator.vocabulary import Vocabulary
from generator.words import read_words


@dataclass(frozen=True)
class Due:
    """What one owner has to look at: a title and a text in Markdown. `owner` is empty where nobody is named."""

    owner: str
    title: str
    text: str
    count: int


def list_due(strategy: Strategy, vocabulary: Vocabulary, today: date) -> Iterator[Due]:
    """A text per owner with entries that are due, overdue or were never reviewed; who has none is left out."""
    found: dict[str, list[tuple[Entry, str]]] = {}
    words = read_words(strategy.header.language)
    for entry in strategy:
        freshness = judge_freshness(entry, strategy.header, today)
        if freshness is not None and freshness.state != "verified" and entry.status != "deprecated":
            owner = entry.owner or strategy.header.owners.get(entry.KIND) or ""
            state = words(freshness.state) + (f", {freshness.review_by}" if freshness.review_by else "")
            found.setdefault(owner, []).append((entry, state))
    for owner, entries in sorted(found.items()):
        person = strategy.find(Key("people", owner)) if owner else None
        name = person.title if person is not None else words("no_owner")
        calls = " ".join(account for account in list_accounts(person) if account.startswith("@")) if person else ""
        lines = [words("due_lead"), "", *([calls, ""] if calls else [])]
        for entry, state in sorted(entries, key=lambda one: (one[0].KIND, one[0].title.casefold())):
            kind = lower_title(vocabulary.kinds[entry.KIND].title)
            lines.append(
                f"- [ ] **{escape_markdown(entry.title)}** ({escape_markdown(kind)}): {escape_markdown(state)}"
            )
        yield Due(owner or "nobody", words("due_title", owner=name), "\n".join(lines) + "\n", len(entries))
