"""`playbook due`: what each owner must look at."""

from __future__ import annotations

from pathlib import Path

import click

from generator.checks.project import choose_today
from generator.commands.authoring.agenda_text import FORMATS, write_issues
from generator.commands.options import with_format, with_settings, writing_alone
from generator.commands.settings import Settings
from generator.commands.sound_strategy import read_sound
from generator.commands.terminal import (
    FINE,
    CannotRunError,
    Terminal,
    parse_interval,
    show_folder,
)
from generator.editing.verification import VerificationError, refuse_owner
from generator.files.writing import write_all
from generator.model.insights.agenda import list_items
from generator.problems.phrases import count_of


@click.command("due")
@click.option(
    "--within", metavar="TIME", help="What is due within this time, such as 30d, counts too."
)
@click.option("--owner", metavar="ID", help="Only what this person must look at.")
@with_format(list(FORMATS), "text", "markdown is ready for a message or an issue.")
@click.option(
    "--to-dir",
    "folder",
    metavar="DIR",
    type=click.Path(path_type=Path),
    help="Write an issue per owner into DIR, its title in the first line.",
)
@with_settings
def due(
    settings: Settings,
    terminal: Terminal,
    within: str | None,
    owner: str | None,
    format_name: str,
    folder: Path | None,
) -> int:
    """List what each owner must look at: reviews, field notes, late initiatives, old values."""
    _, strategy = read_sound(settings.root, settings.max_bytes)
    if owner is not None:
        try:
            refuse_owner(owner, strategy)
        except VerificationError as error:
            raise CannotRunError(str(error)) from error
    today = choose_today(strategy, settings.as_of)
    length = parse_interval(within) if within else strategy.header.checks.due_soon.length
    items = list_items(strategy, today, length, owner)
    if folder is None:
        terminal.say(FORMATS[format_name](items, strategy, today))
        return FINE
    issues = {f"{name}.md": text.encode() for name, text in write_issues(items, strategy, today)}
    with writing_alone(folder):
        write_all(folder, issues)
    terminal.say(f"{count_of(len(issues), 'issue')} written into {show_folder(folder)}.\n")
    return FINE
