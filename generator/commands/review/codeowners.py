"""`playbook codeowners`: who is asked to review what."""

from __future__ import annotations

from pathlib import Path

import click

from generator.commands.options import with_output, with_settings
from generator.commands.review.codeowners_text import list_unreachable, write_codeowners
from generator.commands.settings import Settings
from generator.commands.sound_strategy import read_sound
from generator.commands.terminal import FINE, Terminal
from generator.files.git import folder_in_repository
from generator.files.writing import write_file


@click.command("codeowners")
@with_output("Such as .github/CODEOWNERS.")
@with_settings
def codeowners(settings: Settings, terminal: Terminal, output: Path | None) -> int:
    """Say who is asked to review what, as a CODEOWNERS file made from the owners in the strategy."""
    _, strategy = read_sound(settings.root, settings.max_bytes)
    text = write_codeowners(strategy, folder_in_repository(settings.root))
    if output is None:
        terminal.say(text)
        return FINE
    write_file(output, text.encode(), with_folders=True)
    for person in list_unreachable(strategy):
        terminal.say(
            f"{person.title} owns a part of the strategy, but has no accounts; nobody is asked there.\n"
        )
    terminal.say(f"Wrote {output}.\n")
    return FINE
