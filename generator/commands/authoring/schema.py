"""`playbook schema`: what editors complete and explain."""

from __future__ import annotations

import click

from generator.commands.editor_ids import is_workspace_ignored, list_titles, write_ids
from generator.commands.options import alone, with_settings
from generator.commands.settings import Settings
from generator.commands.sound_strategy import read_sound
from generator.commands.terminal import FINE, CannotRunError, Terminal
from generator.problems.phrases import count_of
from generator.starter.editor_copy import COPY, WORKSPACE


@click.command("schema")
@click.option("--ids", is_flag=True, help="Write a copy that knows the entries there are.")
@with_settings
@alone
def schema(settings: Settings, terminal: Terminal, ids: bool) -> int:
    """Write the schema for your editor, so that it offers the ids there are where one belongs.

    It goes into .playbook/, which git ignores; playbook serve and playbook new keep it up to date.
    """
    if not ids:
        raise CannotRunError("say what the schema is to know: playbook schema --ids")
    loaded, _ = read_sound(settings.root, settings.max_bytes)
    write_ids(settings.root, loaded)
    known = sum(len(entries) for entries in list_titles(loaded).values())
    what = count_of(known, "entry", "entries")
    terminal.say(f"Wrote {COPY}/schema/, which knows {what}. ")
    terminal.say(
        f"In VS Code, open {WORKSPACE}; other editors take {COPY}/schema/ in place of schema/.\n"
        if is_workspace_ignored(settings.root)
        else f"For VS Code, write /{WORKSPACE} into .gitignore and run this again.\n"
    )
    return FINE
