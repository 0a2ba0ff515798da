"""`playbook apply`: what somebody proposes in an edit note is written into the strategy."""

from __future__ import annotations

import sys
from collections.abc import Sequence
from pathlib import Path

import click

from generator.commands.authoring.proposals.proposal import Proposal
from generator.commands.options import alone, with_settings
from generator.commands.settings import Settings
from generator.commands.sound_strategy import read_sound
from generator.commands.terminal import CannotRunError, Terminal
from generator.editing.edit_notes import EditNote, NoNoteError, plan_notes, read_notes
from generator.files.tree import FolderTree
from generator.problems.phrases import join_words
from generator.problems.terminal_style import visible


@click.command("apply")
@click.argument(
    "notes", metavar="NOTE...", nargs=-1, required=True, type=click.Path(path_type=Path)
)
@click.option("--partly", is_flag=True, help="Write what fits, also where something else does not.")
@click.option("--dry-run", is_flag=True, help="Show what would be written; write nothing.")
@with_settings
@alone
def apply(
    settings: Settings, terminal: Terminal, notes: tuple[Path, ...], partly: bool, dry_run: bool
) -> int:
    """Write what edit notes propose into the strategy. NOTE is a file as the site's form makes it, or
    a mail or an issue's text that holds it; - reads one from standard input.

    A field is changed only where it still says what its proposer saw.
    """
    root = settings.root
    read = [note for path in notes for note in _read(path)]
    loaded, _ = read_sound(root, settings.max_bytes)
    plan = plan_notes(FolderTree(root), loaded, read, settings.max_bytes)
    by = [note.by for note in read if note.by]
    whose = f", proposed by {visible(join_words(list(dict.fromkeys(by))))}" if by else ""
    return Proposal(settings, terminal, plan, whose).carry_out(partly=partly, write=not dry_run)


def _read(path: Path) -> Sequence[EditNote]:
    try:
        raw = sys.stdin.buffer.read() if str(path) == "-" else path.read_bytes()
        return read_notes(raw)
    except OSError as error:
        raise CannotRunError(f"{path} cannot be read: {error.strerror}") from error
    except NoNoteError as error:
        raise CannotRunError(f"{path}: {error}") from error
