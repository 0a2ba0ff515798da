"""Tables: the entries of a kind as a spreadsheet and back, and the spreadsheets that a company has. The
doors are `make_table` with `write_table`, and `read_tables` with `plan_import`: what differs becomes
edit notes.
"""

from generator.editing.tables.headings import Wishes
from generator.editing.tables.importing import Import, plan_import, read_tables
from generator.editing.tables.making import Table, make_table
from generator.editing.tables.sheet import TableError
from generator.editing.tables.writing import FORMATS, write_table

__all__ = [
    "FORMATS",
    "Import",
    "Table",
    "TableError",
    "Wishes",
    "make_table",
    "plan_import",
    "read_tables",
    "write_table",
]
