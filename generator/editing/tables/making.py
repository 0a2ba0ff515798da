"""The table of a kind: a row for each of its entries."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from generator.editing.tables.cells import Writing
from generator.editing.tables.columns import Column, list_columns, read_manner
from generator.editing.tables.keys import write_head, write_origin
from generator.editing.tables.names import find_any
from generator.editing.tables.words import Tongue
from generator.editing.value_edits import find_value
from generator.loading.loader import Loaded
from generator.loading.located_entry import Written
from generator.model.entry import Key
from generator.schema.vocabulary import Kind

LONGEST_CELL = 32_000
KEPT_IN_FILE = "(stands in the file only)"
"""What a cell says of a value that cannot be shown in it: it is left as it is."""


@dataclass(frozen=True)
class Table:
    """The entries of a kind as texts: a title for each column, then a row for each entry; behind the
    columns, the keys of the rows. `choices` are what may stand in a column, where that is one of a
    few.

    `left_out` are entries that cannot be read, `kept` the cells that cannot be shown, as entry and
    title.
    """

    kind: Kind
    title: str
    language: str
    columns: Sequence[Column]
    rows: Sequence[Sequence[str]]
    choices: Sequence[Sequence[str]]
    left_out: Sequence[Key]
    kept: Sequence[tuple[Key, str]]

    @property
    def head(self) -> Sequence[str]:
        """The titles of all columns, that of the keys behind them."""
        return [*(column.title for column in self.columns), write_head(self.kind.key)]


def make_table(kind: Kind, loaded: Loaded) -> Table:
    """The table of all entries of a kind, in the order of the files, in the words of the strategy's
    language.
    """
    language, written = read_manner(loaded)
    tongue = Tongue(language)
    columns = list_columns(kind, language, written)
    making = _Making(Writing(tongue, find_any), columns)
    entries = [one for key, one in (loaded.locator.entries or {}).items() if key.kind == kind.key]
    rows = [making.write_row(one) for one in entries if one.sound]
    return Table(
        kind,
        tongue.say(kind.plural),
        language,
        columns,
        rows,
        [_list_choices(column, loaded, making.writing) for column in columns],
        [one.key for one in entries if not one.sound and one.key],
        making.kept,
    )


class _Making:
    def __init__(self, writing: Writing, columns: Sequence[Column]) -> None:
        self.writing = writing
        self.kept: list[tuple[Key, str]] = []
        self._columns = columns

    def write_row(self, entry: Written) -> list[str]:
        cells = [self._write_cell(entry, column) for column in self._columns]
        texts = {
            column.path: text for column, text in zip(self._columns, cells, strict=True) if text
        }
        return [*cells, write_origin(entry.id or "", texts)]

    def _write_cell(self, entry: Written, column: Column) -> str:
        value = find_value(entry.value, column.route)
        text = self.writing.write(value, column.field)
        if len(text) <= LONGEST_CELL and self.writing.is_exact(value, column.field):
            return text
        if entry.key is not None:
            self.kept.append((entry.key, column.title))
        return KEPT_IN_FILE


def _list_choices(column: Column, loaded: Loaded, writing: Writing) -> Sequence[str]:
    field = column.field
    if column.is_locked:
        return ()
    if field.type != "reference":
        return writing.list_choices(field)
    keys = sorted(key for key in loaded.keys if not field.refers_to or key.kind in field.refers_to)
    return [str(key) if field.names_kind else key.id for key in keys]
