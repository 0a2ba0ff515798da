"""`playbook rename`: an entry gets another id, and everything that refers to it follows."""

from __future__ import annotations

import click

from generator.checks.project import choose_today
from generator.commands.authoring.new import refuse_kind
from generator.commands.options import alone, with_settings
from generator.commands.settings import Settings
from generator.commands.sound_strategy import read_sound
from generator.commands.terminal import FINE, CannotRunError, Terminal
from generator.editing.renaming import RenamingError, plan_renaming, written_files
from generator.files.tree import FolderTree
from generator.files.writing import write_all
from generator.model.entry import Key
from generator.problems.phrases import count_of


@click.command("rename")
@click.argument("kind")
@click.argument("old", metavar="OLD")
@click.argument("new", metavar="NEW")
@click.option("--dry-run", is_flag=True, help="Show what would be written; write nothing.")
@with_settings
@alone
def rename(
    settings: Settings, terminal: Terminal, kind: str, old: str, new: str, dry_run: bool
) -> int:
    """Give the entry OLD of KIND (such as personas) the id NEW: in its file and that file's name, in
    every reference, in links of texts and hand-written pages. Its old addresses go on leading to it.
    """
    root = settings.root
    loaded, strategy = read_sound(root, settings.max_bytes)
    refuse_kind(kind, loaded.vocabulary)
    today = choose_today(strategy, settings.as_of)
    key = Key(kind, old.removeprefix(f"{kind}/"))
    try:
        plan = plan_renaming(
            FolderTree(root),
            key,
            new.removeprefix(f"{kind}/"),
            today,
            settings.max_bytes,
            settings.config.name,
        )
    except RenamingError as error:
        raise CannotRunError(str(error)) from error
    terminal.say("".join(f"{file.diff}\n" for file in plan.files))
    counted = f"{count_of(plan.references, 'reference')} in {count_of(len(plan.files), 'file')}"
    if dry_run:
        terminal.say(f"{key} would be {plan.key} from then on ({counted}). Nothing was written.\n")
        return FINE
    texts = written_files(plan.files)
    write_all(root, {path: text if text is None else text.encode() for path, text in texts.items()})
    terminal.say(
        f"{key} is {plan.key} from now on ({counted}). Old addresses of its page lead to the new one.\n"
    )
    return FINE
