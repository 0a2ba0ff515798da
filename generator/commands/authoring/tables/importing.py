"""`playbook import`: what somebody changed in a table, or a table that a company has."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import click

from generator.commands.authoring.new import refuse_kind
from generator.commands.authoring.proposals.proposal import Proposal
from generator.commands.options import alone, with_settings
from generator.commands.settings import Settings
from generator.commands.sound_strategy import read_sound
from generator.commands.terminal import CannotRunError, Terminal
from generator.editing.edit_notes import plan_notes
from generator.editing.tables import Import, TableError, Wishes, plan_import, read_tables
from generator.files.tree import FolderTree
from generator.model.entry import Key
from generator.problems.phrases import count_of, on_one_line, shorten
from generator.problems.terminal_style import visible


@click.command("import")
@click.argument("file", type=click.Path(path_type=Path, exists=True, dir_okay=False))
@click.option("--write", is_flag=True, help="Write it. Not given: show what would be written.")
@click.option("--kind", default="", help="What its rows are, such as objections.")
@click.option(
    "--map",
    "fields",
    metavar="COLUMN=FIELD",
    multiple=True,
    help='Which field a column is, by its title or letter: "Einwand=says". No field: it is left out.',
)
@click.option(
    "--set",
    "constants",
    metavar="FIELD=VALUE",
    multiple=True,
    help="What every new entry says where its row says nothing: status=draft.",
)
@click.option("--sheet", default="", help="Which sheet of a workbook.")
@click.option(
    "--header", type=click.IntRange(min=1), default=None, help="In which row the titles stand."
)
@click.option("--encoding", default="", help="How a CSV is written, such as cp1250.")
@click.option("--partly", is_flag=True, help="Take what fits, also where something else does not.")
@with_settings
@alone
def import_(
    settings: Settings,
    terminal: Terminal,
    file: Path,
    write: bool,
    kind: str,
    fields: tuple[str, ...],
    constants: tuple[str, ...],
    sheet: str,
    header: int | None,
    encoding: str,
    partly: bool,
) -> int:
    """Take in a table: FILE is what playbook export wrote and somebody changed, or any spreadsheet
    (.xlsx, .csv) of objections, proof, terms and so on.

    Cells that differ change their entries, rows that are new begin entries; nothing is taken away.
    It shows which column it takes for which field and all that would change; --write writes it.
    """
    root = settings.root
    loaded, _ = read_sound(root, settings.max_bytes)
    if kind:
        refuse_kind(kind, loaded.vocabulary)
    wishes = Wishes(kind, header or 0, [_part(one, "--map") for one in fields], sheet)
    try:
        sheets = read_tables(file.read_bytes(), encoding)
        fixed = [_part(one, "--set") for one in constants]
        found = plan_import(sheets, loaded, wishes, fixed, file.stem)
    except TableError as error:
        raise CannotRunError(visible(on_one_line(f"{file}: {error}"))) from error
    terminal.say("".join(f"{visible(line)}\n" for line in _describe(found)))
    plan = plan_notes(FolderTree(root), loaded, found.notes, settings.max_bytes)

    def where(key: Key | None) -> str:
        row = found.rows.get(key) if key is not None else None
        return f"row {row[1]}, " if row else ""

    proposal = Proposal(
        settings,
        terminal,
        plan,
        is_sound=found.is_whole,
        where=where,
        to_write=" To write it, add --write.",
    )
    return proposal.carry_out(partly=partly, write=write)


def _part(text: str, option: str) -> tuple[str, str]:
    """The two sides of `A=B`; of a column's title the last sign counts, of a value the first."""
    if "=" not in text:
        raise click.UsageError(f'"{text}" is not understood; {option} takes two sides, as in A=B')
    left, _, right = text.rpartition("=") if option == "--map" else text.partition("=")
    return left.strip(), right.strip()


def _describe(found: Import) -> Iterator[str]:
    """What the columns were taken for, and all that is not taken."""
    for sheet, headings in found.headings:
        name = f'Sheet "{sheet.name}": ' if sheet.name else ""
        rows = sum(one[0] == sheet.name for one in found.rows.values())
        yield f"{name}{count_of(rows, 'row')} of {headings.kind.key}, titles in row {headings.row + 1}."
        if headings.keys is None:
            for one in headings.columns:
                if one.column is not None:
                    title = f'"{shorten(one.text, 40)}"'
                    yield f"  {one.letter}  {title} is {one.column.title} ({one.column.path}), {one.how}"
    for remark in found.remarks:
        yield f"{on_one_line(str(remark))}."
