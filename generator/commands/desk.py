"""The stories of whoever keeps the repository: who reviews what, and notes from the field."""

from __future__ import annotations

from datetime import date
from pathlib import Path

from generator.checks.project import choose_today
from generator.commands.codeowners import list_unreachable, write_codeowners
from generator.commands.stories import FINE, CannotRunError, Terminal, read_sound
from generator.editing.intake import NoFormError, make_note, read_form
from generator.files.git import folder_in_repository
from generator.files.tree import FolderTree, OverlayTree
from generator.loading.loader import load_strategy
from generator.loading.strategy_files import FOLDER
from generator.model.strategy import Key


def codeowners(root: Path, output: Path | None, max_bytes: int, terminal: Terminal) -> int:
    """Say who is asked to review what, as a CODEOWNERS file."""
    _, strategy = read_sound(root, max_bytes)
    text = write_codeowners(strategy, folder_in_repository(root))
    if output is None:
        terminal.say(text)
    else:
        output.parent.mkdir(parents=True, exist_ok=True)
        output.write_text(text, "utf-8")
        for person in list_unreachable(strategy):
            terminal.say(
                f"{person.title} owns a part of the strategy, but has no accounts; nobody is asked there.\n"
            )
        terminal.say(f"Wrote {output}.\n")
    return FINE


def intake(root: Path, form: Path, day: date | None, max_bytes: int, terminal: Terminal) -> int:
    """Write the field note that a submitted form asks for, in a file of its own."""
    loaded, strategy = read_sound(root, max_bytes)
    try:
        note = make_note(read_form(form.read_bytes()), strategy, choose_today(strategy, day))
    except NoFormError as error:
        raise CannotRunError(str(error)) from error
    path = f"{FOLDER}/field_notes/{note.id}.yaml"
    if strategy.find(Key("field_notes", note.id)) is not None or (root / path).exists():
        terminal.say(f"This form is a field note already: {note.id}.\n")
        return FINE
    tree = OverlayTree(FolderTree(root), {path: note.text})
    worse = [
        problem
        for problem in load_strategy(tree, max_bytes).problems
        if problem not in loaded.problems
    ]
    if worse:
        raise CannotRunError(f"the form cannot become a field note: {worse[0].title}")
    (root / path).parent.mkdir(parents=True, exist_ok=True)
    (root / path).write_text(note.text, "utf-8")
    left_out = (
        f" It names {', '.join(note.left_out)}, which the strategy does not have."
        if note.left_out
        else ""
    )
    terminal.say(f"Wrote {path}.{left_out}\n")
    return FINE
