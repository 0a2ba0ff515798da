"""What each owner must look at, told: as text, as Markdown for a message or an issue, as JSON."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from datetime import date

from generator.model.accounts import list_accounts
from generator.model.entry import Key
from generator.model.insights.agenda import KINDS_OF_WORK, NOBODY, Item
from generator.model.strategy import Strategy
from generator.problems.host_text import escape_comment
from generator.problems.phrases import count_of, shorten


def write_issues(
    items: Sequence[Item], strategy: Strategy, today: date
) -> Iterator[tuple[str, str]]:
    """For a git host: an issue per owner, as a file's name and a text with the title in its first
    line.

    It calls the owner by the accounts under `people`, and nobody else.
    """
    for owner, own in _by_owner(items):
        person = strategy.find(Key("people", owner)) if owner else None
        calls = (
            [account for account in list_accounts(person) if account.startswith("@")]
            if person
            else []
        )
        lines = [f"To look at again: {_name_of(owner, strategy)}", ""]
        lines += [" ".join(calls), ""] if calls else []
        lines += [
            "Read each; where it is right, `playbook verify` notes it; where it is not, put it right.",
            "",
        ]
        lines += [f"- [ ] {escape_comment(_what(item))} ({_when(item, today)})" for item in own]
        yield owner or "nobody", "\n".join(lines) + "\n"


Tell = Callable[[Sequence[Item], Strategy, date], str]


def tell_text(items: Sequence[Item], strategy: Strategy, today: date) -> str:
    """For a terminal."""
    if not items:
        return "Nothing is due.\n"
    parts = []
    for owner, own in _by_owner(items):
        lines = [f"{_name_of(owner, strategy)} ({count_of(len(own), 'item')})"]
        lines += [f"  {_when(item, today):<22} {_what(item)}" for item in own]
        parts.append("\n".join(lines))
    reviews = sum(item.work == "review" for item in items)
    if reviews:
        parts.append("When you have read an entry: playbook verify KIND/ID")
    more = [line for line in (_how_to_begin(items), _how_to_own(items, strategy)) if line]
    if more:
        parts.append("\n".join(([parts.pop()] if reviews else []) + more))
    return "\n\n".join(parts) + "\n"


def _how_to_begin(items: Sequence[Item]) -> str:
    """How to begin where nobody has ever noted a review; empty where all have one."""
    never = sum(item.work == "review" and item.due is None for item in items)
    if not never:
        return ""
    return (
        f"{count_of(never, 'entry has', 'entries have')} no date of a review yet. "
        "To begin with today's, once they were read: playbook verify --all-due"
    )


def _how_to_own(items: Sequence[Item], strategy: Strategy) -> str:
    """How somebody comes to stand behind what nobody does; empty where there is nothing of that."""
    unowned = {item.key.kind for item in items if item.owner == NOBODY}
    kinds = sorted(unowned & strategy.entries.keys())
    if not kinds:
        return ""
    return (
        "Who stands behind an entry is written into it, as owner: and the id of one of your people; who stands behind "
        f"all of a kind, in the header below owners:, such as {kinds[0]}: and that id."
    )


def tell_markdown(items: Sequence[Item], strategy: Strategy, today: date) -> str:
    """For a chat message or an issue: a list to tick off for each owner, with nothing in it that
    could call anybody by accident.
    """
    lines = [f"### To look at, {today}", ""]
    if not items:
        return "\n".join([*lines, "Nothing is due."]) + "\n"
    begin = _how_to_begin(items)
    lines += (
        [begin.replace("playbook verify --all-due", "`playbook verify --all-due`"), ""]
        if begin
        else []
    )
    for owner, own in _by_owner(items):
        lines += [f"**{escape_comment(_name_of(owner, strategy))}**", ""]
        lines += [f"- [ ] {escape_comment(_what(item))} ({_when(item, today)})" for item in own]
        lines.append("")
    return "\n".join(lines)


def tell_json(items: Sequence[Item], strategy: Strategy, today: date) -> str:
    """For machines."""
    rows = [
        {
            "work": item.work,
            "kind": item.key.kind,
            "id": item.key.id,
            "title": item.title,
            "owner": item.owner or None,
            "due": item.due.isoformat() if item.due else None,
            "days_left": item.days_left(today),
        }
        for item in items
    ]
    return (
        json.dumps({"as_of": today.isoformat(), "items": rows}, ensure_ascii=False, indent=2) + "\n"
    )


FORMATS: Mapping[str, Tell] = {"text": tell_text, "markdown": tell_markdown, "json": tell_json}


def _by_owner(items: Iterable[Item]) -> list[tuple[str, list[Item]]]:
    """Each owner's items, those of nobody last."""
    found: dict[str, list[Item]] = {}
    for item in items:
        found.setdefault(item.owner, []).append(item)
    return sorted(found.items(), key=lambda pair: (pair[0] == NOBODY, pair[0]))


def _name_of(owner: str, strategy: Strategy) -> str:
    if owner == NOBODY:
        return "Nobody stands behind these"
    person = strategy.find(Key("people", owner))
    return person.title if person else owner


def _when(item: Item, today: date) -> str:
    left = item.days_left(today)
    if left is None:
        return "never reviewed"
    return (
        f"{count_of(-left, 'day')} overdue"
        if left < 0
        else "due today"
        if left == 0
        else f"in {count_of(left, 'day')}"
    )


def _what(item: Item) -> str:
    title = shorten(" ".join(item.title.split()))
    return (
        f"{item.key}: {title}"
        if item.work == "review"
        else f'{item.key}: {KINDS_OF_WORK[item.work]}: "{title}"'
    )
