"""`playbook new`: entries to fill in."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import click

from generator.checks.project import check_project, choose_today
from generator.commands.authoring.new_field import begin_field, with_field_options
from generator.commands.editor_ids import renew_ids
from generator.commands.options import alone, with_settings
from generator.commands.settings import Settings
from generator.commands.terminal import FINE, CannotRunError, Terminal
from generator.editing.new_entries import NewEntryError, name_entry, plan_entries
from generator.files.tree import FolderTree
from generator.files.writing import write_all
from generator.loading.loader import load_strategy
from generator.loading.manuscript import MAIN_FILE
from generator.problems.phrases import join_words
from generator.problems.suggestions import suggest
from generator.schema.vocabulary import Vocabulary


@click.command("new")
@click.argument("kind")
@click.argument("names", metavar="ID|TITLE...", nargs=-1, required=True)
@with_field_options
@with_settings
@alone
def new(
    settings: Settings,
    terminal: Terminal,
    kind: str,
    names: tuple[str, ...],
    field: Mapping[str, Any],
) -> int:
    """Begin new entries of KIND (such as objections): in the list strategy/KIND.yaml where there is
    one, else each in a file of its own. Of a title in quotes, an id is made.

    With the word field in place of KIND, describe a field of your own for a kind, such as
    playbook new field personas "Favourite event" --as text --after goals
    """
    root = settings.root
    if not (root / MAIN_FILE).is_file():
        raise CannotRunError(
            f"there is no {MAIN_FILE} in {root}; begin a playbook with: playbook init FOLDER"
        )
    if kind == "field":
        return begin_field(settings, terminal, names, field)
    if field:
        raise CannotRunError("these options describe a field: playbook new field KIND TITLE")
    loaded, _, _ = check_project(root, settings.max_bytes)
    refuse_kind(kind, loaded.vocabulary)
    today = choose_today(loaded.strategy, settings.as_of)
    described = loaded.vocabulary.kinds[kind]
    try:
        entries = [name_entry(name) for name in names]
        files = plan_entries(FolderTree(root), loaded, described, entries, today)
    except NewEntryError as error:
        raise CannotRunError(str(error)) from error
    write_all(root, {path: text.encode() for path, text in files.items()})
    renew_ids(root, load_strategy(FolderTree(root), settings.max_bytes))
    ids = join_words([entry.id for entry in entries])
    few, verb = len(entries) == 1, "Added to" if set(files) <= set(loaded.files) else "Wrote"
    which = f" ({ids})" if any(entry.title for entry in entries) or verb == "Added to" else ""
    terminal.say(
        f"{verb} {join_words(list(files))}{which}. Fill {'it' if few else 'them'} in, then take away "
        f"the line that keeps {'it' if few else 'each'} from being published.\n"
    )
    return FINE


def refuse_kind(kind: str, vocabulary: Vocabulary) -> None:
    """Raise CannotRunError where there is no such kind of entry."""
    if kind not in vocabulary.kinds:
        near = suggest(kind, vocabulary.names_of_kinds)
        hint = f'did you mean "{near}"?' if near else f"kinds are: {', '.join(vocabulary.kinds)}"
        raise CannotRunError(f'"{kind}" is not a kind of entry; {hint}')
