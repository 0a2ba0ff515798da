"""`playbook new`: an entry to fill in."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path

import click

from generator.checks.project import check_project
from generator.commands.options import alone, with_settings
from generator.commands.settings import Settings
from generator.commands.terminal import FINE, CannotRunError, Terminal
from generator.editing.draft import draft_entry
from generator.files.writing import write_all
from generator.loading.loader import Loaded
from generator.loading.manuscript import FOLDER, MAIN_FILE
from generator.model.entry import AUDIENCES, Key
from generator.problems.suggestions import suggest
from generator.schema.migrations import FORMAT
from generator.schema.vocabulary import KINDS, is_id, standard_vocabulary


@click.command("new")
@click.argument("kind")
@click.argument("entry_id", metavar="ID")
@with_settings
@alone
def new(settings: Settings, terminal: Terminal, kind: str, entry_id: str) -> int:
    """Begin a new entry of KIND (such as objections) with the id ID, in a file of its own."""
    root, vocabulary = settings.root, standard_vocabulary()
    _refuse_names(kind, entry_id)
    if not (root / MAIN_FILE).is_file():
        raise CannotRunError(
            f"there is no {MAIN_FILE} in {root}; begin a playbook with: playbook init FOLDER"
        )
    loaded, _, _ = check_project(root, settings.max_bytes)
    path = f"{FOLDER}/{kind}/{entry_id}.yaml"
    _refuse_existing(root / path, Key(kind, entry_id), loaded)
    circles = loaded.strategy.header.audiences if loaded.strategy else AUDIENCES
    today = settings.as_of or datetime.now(UTC).date()
    described = vocabulary.kinds[kind]
    written = loaded.strategy.header.format if loaded.strategy else FORMAT
    if described.since > written:
        raise CannotRunError(
            f"{described.plural} came with format {described.since}, and this strategy is written in "
            f"format {written}; run: playbook upgrade"
        )
    text = draft_entry(described, entry_id, today, circles[0], written)
    write_all(root, {path: text.encode()})
    terminal.say(
        f"Wrote {path}. Fill it in, then take away the line that keeps it from being published.\n"
    )
    return FINE


def refuse_kind(kind: str) -> None:
    """Raise CannotRunError where there is no such kind of entry."""
    if kind not in KINDS:
        titles = {key: (found.title,) for key, found in standard_vocabulary().kinds.items()}
        near = suggest(kind, titles)
        hint = f'did you mean "{near}"?' if near else f"kinds are: {', '.join(KINDS)}"
        raise CannotRunError(f'"{kind}" is not a kind of entry; {hint}')


def _refuse_names(kind: str, entry_id: str) -> None:
    refuse_kind(kind)
    if not is_id(entry_id) or "\n" in entry_id:  # Python's $ lets a line end pass
        raise CannotRunError(
            f'"{entry_id}" cannot be an id; write lower-case words joined by hyphens, such as too-expensive'
        )


def _refuse_existing(file: Path, key: Key, loaded: Loaded) -> None:
    known = loaded.strategy.find(key) if loaded.strategy else None
    if key in loaded.keys or file.exists():
        raise CannotRunError(
            f'"{key.id}" exists already{f", in {known.place.file}" if known else ""}'
        )
