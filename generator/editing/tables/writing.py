"""A table in a format of files."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from generator.editing.tables.delimited import write_delimited
from generator.editing.tables.making import Table
from generator.editing.tables.workbook import write_workbook

FORMATS: Mapping[str, Callable[[Table], bytes]] = {
    "xlsx": write_workbook,
    "csv": lambda table: write_delimited([table.head, *table.rows], table.language),
}


def write_table(table: Table, format_name: str) -> bytes:
    """The content of a file with this table, in a format of `FORMATS`."""
    return FORMATS[format_name](table)
