"""`playbook verify`: somebody has read entries and found them right."""

from __future__ import annotations

import click

from generator.checks.project import choose_today
from generator.commands.options import alone, with_settings
from generator.commands.settings import Settings
from generator.commands.sound_strategy import read_sound
from generator.commands.terminal import FINE, CannotRunError, Terminal, parse_day
from generator.editing.verification import VerificationError, verify_entries
from generator.files.tree import FolderTree
from generator.files.writing import write_all
from generator.problems.phrases import count_of, join_words


@click.command("verify")
@click.argument("names", metavar="ID...", nargs=-1, required=True)
@click.option(
    "--on", metavar="DATE", help="The day on which it was read; today where it is not given."
)
@with_settings
@alone
def verify(settings: Settings, terminal: Terminal, names: tuple[str, ...], on: str | None) -> int:
    """Note that somebody has read the entries ID (such as objections/too-expensive) and found them
    right.
    """
    day = parse_day(on)
    _, strategy = read_sound(settings.root, settings.max_bytes)
    today = choose_today(strategy, settings.as_of)
    if day is not None and day > today:
        raise CannotRunError(f"{day} has not come yet; nobody can have read an entry on that day")
    try:
        changed = verify_entries(FolderTree(settings.root), names, day or today, settings.max_bytes)
    except VerificationError as error:
        raise CannotRunError(str(error)) from error
    write_all(settings.root, {file: text.encode() for file, text in changed.items()})
    count, files = count_of(len(set(names)), "entry", "entries"), join_words(list(changed))
    terminal.say(f"{count} verified on {day or today}, in {files}.\n")
    return FINE
