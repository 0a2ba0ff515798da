"""`playbook intake`: a submitted form becomes a field note."""

from __future__ import annotations

from pathlib import Path

import click

from generator.checks.project import choose_today
from generator.commands.options import alone, with_settings
from generator.commands.settings import Settings
from generator.commands.sound_strategy import read_sound
from generator.commands.terminal import FINE, CannotRunError, Terminal
from generator.editing.intake import NoFormError, make_note, read_form
from generator.files.tree import FolderTree, OverlayTree
from generator.files.writing import write_all
from generator.loading.loader import load_strategy
from generator.loading.manuscript import FOLDER
from generator.model.entry import Key


@click.command("intake")
@click.argument("file", type=click.Path(path_type=Path, exists=True, dir_okay=False))
@with_settings
@alone
def intake(settings: Settings, terminal: Terminal, file: Path) -> int:
    """Turn a submitted form (FILE: the issue's text, or the event as the git host describes it)
    into a field note.
    """
    root = settings.root
    loaded, strategy = read_sound(root, settings.max_bytes)
    try:
        note = make_note(
            read_form(file.read_bytes()), strategy, choose_today(strategy, settings.as_of)
        )
    except NoFormError as error:
        raise CannotRunError(str(error)) from error
    path = f"{FOLDER}/field_notes/{note.id}.yaml"
    if strategy.find(Key("field_notes", note.id)) is not None or (root / path).exists():
        terminal.say(f"This form is a field note already: {note.id}.\n")
        return FINE
    after = load_strategy(OverlayTree(FolderTree(root), {path: note.text}), settings.max_bytes)
    worse = [problem for problem in after.problems if problem not in loaded.problems]
    if worse:
        raise CannotRunError(f"the form cannot become a field note: {worse[0].title}")
    write_all(root, {path: note.text.encode()})
    left_out = (
        f" It names {', '.join(note.left_out)}, which the strategy does not have."
        if note.left_out
        else ""
    )
    terminal.say(f"Wrote {path}.{left_out}\n")
    return FINE
