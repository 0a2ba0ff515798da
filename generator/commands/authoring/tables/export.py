"""`playbook export`: the entries of a kind as a table."""

from __future__ import annotations

from pathlib import Path

import click

from generator.commands.authoring.new import refuse_kind
from generator.commands.options import with_format, with_output, with_settings
from generator.commands.settings import Settings
from generator.commands.sound_strategy import read_sound
from generator.commands.terminal import FINE, CannotRunError, Terminal
from generator.editing.tables import FORMATS, Table, make_table, write_table
from generator.files.writing import write_all
from generator.model.strategy import Strategy
from generator.problems.phrases import count_of, join_words


@click.command("export")
@click.argument("kind")
@with_format(list(FORMATS), "xlsx", "What the table is written as.")
@with_output("Where to write it. Not given: KIND.xlsx or KIND.csv in this folder.")
@click.option("--force", is_flag=True, help="Write over a table that lies there already.")
@with_settings
def export(
    settings: Settings,
    terminal: Terminal,
    kind: str,
    format_name: str,
    output: Path | None,
    force: bool,
) -> int:
    """Write all entries of KIND (such as objections) as a table: a row for each, a column for each
    field, choices as drop-downs. Lists stand in one cell, an item a line.

    Change it in a spreadsheet, add rows, and take it back by: playbook import FILE
    """
    loaded, strategy = read_sound(settings.root, settings.max_bytes)
    refuse_kind(kind, loaded.vocabulary)
    path = output or Path(f"{kind}.{format_name}")
    if path.exists() and not force and not path.is_char_device():
        raise CannotRunError(
            f"{path} is there already, and may hold what somebody has changed; name another by "
            "--output, or add --force"
        )
    table = make_table(loaded.vocabulary.kinds[kind], loaded)
    write_all(path.absolute().parent, {path.name: write_table(table, format_name)})
    terminal.say(
        f"Wrote {count_of(len(table.rows), 'entry', 'entries')} of {kind} to {path}.\n"
        f"{_say_left_out(table)}{_say_narrow(table, strategy)}"
        f"To take changes back: playbook import {path}\n"
    )
    return FINE


def _say_left_out(table: Table) -> str:
    text = ""
    if table.left_out:
        named = join_words([str(key) for key in table.left_out[:5]])
        text += (
            f"{count_of(len(table.left_out), 'entry', 'entries')} with a fault cannot be shown, such as "
            f"{named}; playbook check says what is wrong.\n"
        )
    for key, title in table.kept[:5]:
        text += f"{key}: {title} cannot be shown in a cell, and stays as the file has it.\n"
    if len(table.kept) > 5:
        text += f"So do {len(table.kept) - 5} more.\n"
    return text


def _say_narrow(table: Table, strategy: Strategy) -> str:
    """That a table holds all that its authors see, also what not every reader may."""
    circles = {str(entry.audience) for entry in strategy.of(table.kind.key) if entry.audience}
    circles |= {column.field.audience for column in table.columns if column.field.audience}
    if not circles:
        return ""
    return (
        "It holds everything, whoever may read it on the site; give it only to those who work on the "
        "strategy.\n"
    )
