"""`playbook verify`: somebody has read entries and found them right."""

from __future__ import annotations

import os
from pathlib import Path

import click

from generator.checks.project import choose_today
from generator.commands.options import alone, with_settings
from generator.commands.settings import Settings
from generator.commands.sound_strategy import read_sound
from generator.commands.terminal import FINE, CannotRunError, Terminal, parse_day
from generator.editing.verification import (
    Choice,
    VerificationError,
    choose_entries,
    refuse_owner,
    verify_entries,
)
from generator.files.tree import FolderTree
from generator.files.writing import write_all
from generator.problems.phrases import count_of, join_words

_FEW_FILES = 4


@click.command("verify")
@click.argument("names", metavar="[ID|KIND|FILE]...", nargs=-1)
@click.option("--owner", metavar="ID", help="Only entries that this person stands behind.")
@click.option("--all-due", is_flag=True, help="Only entries that due lists for a review.")
@click.option(
    "--on", metavar="DATE", help="The day on which it was read; today where it is not given."
)
@with_settings
@alone
def verify(
    settings: Settings,
    terminal: Terminal,
    names: tuple[str, ...],
    owner: str | None,
    all_due: bool,
    on: str | None,
) -> int:
    """Note that somebody has read entries and found them right: single ones (such as
    objections/too-expensive), all of a kind or a file, all of an owner, or all that is due.
    """
    root, day = settings.root, parse_day(on)
    loaded, strategy = read_sound(root, settings.max_bytes)
    today = choose_today(strategy, settings.as_of)
    if day is not None and day > today:
        raise CannotRunError(f"{day} has not come yet; nobody can have read an entry on that day")
    choice = Choice([_as_seen(name, root) for name in names], owner, all_due)
    try:
        if owner is not None:
            refuse_owner(owner, strategy)
        keys = choose_entries(choice, loaded, today)
        changed = verify_entries(FolderTree(root), keys, day or today, loaded, settings.max_bytes)
    except VerificationError as error:
        raise CannotRunError(str(error)) from error
    write_all(root, {file: text.encode() for file, text in changed.items()})
    if not keys:
        terminal.say("There is nothing to verify.\n")
        return FINE
    few = len(changed) <= _FEW_FILES
    files = join_words(sorted(changed)) if few else count_of(len(changed), "file")
    where = f"in {files}" if changed else "as was written already"
    terminal.say(
        f"{count_of(len(keys), 'entry', 'entries')} verified on {day or today}, {where}.\n"
    )
    return FINE


def _as_seen(name: str, root: Path) -> str:
    """A file's path as seen from the strategy, however it was named; any other name as it is."""
    if not name.endswith(".yaml"):
        return name
    home = root.resolve()
    named = Path(name).resolve()
    path = named if named.is_file() and named.is_relative_to(home) else (home / name).resolve()
    return Path(os.path.relpath(path, home)).as_posix()
