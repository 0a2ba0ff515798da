"""`playbook changelog`: what is new in a released version."""

from __future__ import annotations

from pathlib import Path

import click

from generator.changes.history_gaps import find_gaps
from generator.changes.release_history import find_past, say_missing, tell_release
from generator.changes.release_notes import FORMATS, Reader
from generator.checks.project import choose_today
from generator.commands.options import with_edition, with_format, with_output
from generator.commands.settings import Settings
from generator.commands.sound_strategy import read_sound
from generator.commands.terminal import FINE, CannotRunError, Terminal
from generator.files.writing import write_file
from generator.model.edition import list_kept_back
from generator.model.entry import DEFAULT_AUDIENCE
from generator.site.choice import Choice


@click.command("changelog")
@click.argument("version", required=False)
@with_format(list(FORMATS), "text", "How it is told; text is for chat and mail.")
@with_output("Write the answer into FILE.")
@with_edition
def changelog(
    settings: Settings,
    choice: Choice,
    terminal: Terminal,
    version: str | None,
    format_name: str,
    output: Path | None,
) -> int:
    """Say what is new in VERSION of the strategy (the last released one where none is named)."""
    root = settings.config.resolve().parent
    loaded, strategy = read_sound(root, settings.max_bytes)
    today = choose_today(strategy, settings.as_of)
    past = find_past(root)
    for gap in find_gaps(past, root, strategy.header.version, settings.max_bytes):
        click.echo(f"playbook: {gap.title}. {gap.fix}", err=True)
    audience = choice.audience or DEFAULT_AUDIENCE
    circles = strategy.header.audiences
    kept_back = list_kept_back(strategy, loaded.vocabulary, audience, circles)
    reader = Reader(audience, today, choice.drafts, circles, kept_back)
    notes = tell_release(past, version, reader, settings.max_bytes) if past is not None else None
    if notes is None:
        what = f"version {version}" if version else "released version"
        missing = say_missing(past, settings.max_bytes) if past is not None else ""
        hint = missing or "a version is released with: playbook release VERSION"
        raise CannotRunError(f"there is no {what} that {reader.audience} may read; {hint}")
    if version is None and past is not None:
        missing = say_missing(past, settings.max_bytes)
        if missing:
            raise CannotRunError(f"the last released version is not known here; {missing}")
    text = FORMATS[format_name](notes)
    if output is not None:
        write_file(output, text.encode())
    else:
        terminal.say(text)
    return FINE
