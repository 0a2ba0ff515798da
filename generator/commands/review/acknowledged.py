"""`playbook acknowledged`: who says to have read what must be read, and who has not."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from pathlib import Path

import click

from generator.checks.project import choose_today
from generator.commands.options import with_settings
from generator.commands.review.receipts import (
    Person,
    Receipt,
    ReceiptError,
    read_receipts,
    read_roster,
)
from generator.commands.settings import Settings
from generator.commands.sound_strategy import read_sound
from generator.commands.terminal import FINE, CannotRunError, Terminal
from generator.files.git import GitError, find_repository
from generator.model.kinds import Announcement
from generator.pages.acknowledgement import is_for, mark_content
from generator.problems.phrases import count_of

_NO_PROOF = (
    "Counted by who opened the issue, or whom the mail names as its sender. "
    "That somebody says so is no proof that they have read it.\n"
)


@click.command("acknowledged")
@click.argument(
    "files",
    metavar="FILE...",
    nargs=-1,
    required=True,
    type=click.Path(path_type=Path, exists=True, dir_okay=False),
)
@click.option(
    "--roster",
    metavar="FILE",
    type=click.Path(path_type=Path, exists=True, dir_okay=False),
    help="Who should read: a table (CSV) with name, role, and account or mail, kept elsewhere.",
)
@with_settings
def acknowledged(
    settings: Settings, terminal: Terminal, files: tuple[Path, ...], roster: Path | None
) -> int:
    """Say who has read the announcements that must be read, by exported issues (JSON) or a mailbox
    (mbox).
    """
    _, strategy = read_sound(settings.root, settings.max_bytes)
    today = choose_today(strategy, settings.as_of)
    try:
        receipts = [one for file in files for one in read_receipts(file)]
        people = read_roster(_keep_outside(roster, settings.root)) if roster else None
    except ReceiptError as error:
        raise CannotRunError(str(error)) from error
    asked = [
        entry
        for entry in strategy.of("announcements")
        if isinstance(entry, Announcement)
        and entry.acknowledge_by is not None
        and entry.status != "draft"
        and not entry.has_ended(today)
    ]
    if not asked:
        terminal.say("No announcement must be read: none has acknowledge_by.\n")
        return FINE
    for entry in sorted(asked, key=lambda one: (one.date, one.id), reverse=True):
        own = [one for one in receipts if one.announcement in (entry.id, *entry.former_ids)]
        terminal.say("\n".join([*_tell(entry, own, people), "", ""]))
    terminal.say(_NO_PROOF)
    return FINE


def _keep_outside(roster: Path, root: Path) -> Path:
    """The roster, where it is no file of the repository. Names of persons do not belong there."""
    try:
        repository = find_repository(root)
    except GitError:
        repository = None
    home = root.resolve()
    if repository is not None:  # the strategy may lie in a folder of it
        home = [home, *home.parents][len(Path(repository.folder).parts)]
    if roster.resolve().is_relative_to(home):
        raise CannotRunError(
            f"{roster} lies in the repository, and its history would keep names for ever; move it elsewhere"
        )
    return roster


def _tell(
    entry: Announcement, receipts: Sequence[Receipt], people: Sequence[Person] | None
) -> Iterator[str]:
    mark = mark_content(entry)
    now = {one.sender for one in receipts if one.mark == mark}
    earlier = {one.sender for one in receipts} - now
    yield f"{entry.headline} (announcements/{entry.id}), to be read by {entry.acknowledge_by}"
    if people is None:
        yield f"  have read it: {count_of(len(now), 'sender')}{_list(now)}"
        if earlier:
            yield f"  have read an earlier one, and are asked again:{_list(earlier)}"
        return
    meant = [person for person in people if is_for(entry, person.role)]
    read = [person for person in meant if person.senders & now]
    again = [person for person in meant if person not in read and person.senders & earlier]
    missing = [person for person in meant if person not in read and person not in again]
    yield f"  have read it: {len(read)} of {len(meant)}"
    if again:
        yield f"  have read an earlier one, and are asked again:{_list(_name(again))}"
    if missing:
        yield f"  have not:{_list(_name(missing))}"
    known = {sender for person in people for sender in person.senders}
    others = sorted({one.sender for one in receipts} - known)
    if others:
        yield f"  not on the roster:{_list(others)}"
    besides = [one for one in people if one not in meant and one.senders & (now | earlier)]
    if besides:
        yield f"  have read it, though it is not for their role:{_list(_name(besides))}"
    for role in entry.who:
        if not any(is_for(entry, person.role) and _same(person.role, role) for person in people):
            yield f'  nobody on the roster has the role "{role}"'


def _same(one: str, other: str) -> bool:
    return " ".join(one.casefold().split()) == " ".join(other.casefold().split())


def _name(people: Sequence[Person]) -> list[str]:
    return [f"{person.name} ({person.role})" if person.role else person.name for person in people]


def _list(names: Sequence[str] | set[str]) -> str:
    return "".join(f"\n    {name}" for name in sorted(names))
