"""A table as it is told apart from its file: sheets of rows of texts, and what is said about them."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

MAX_BYTES = 20_000_000
MAX_ROWS = 20_000
MAX_COLUMNS = 300
_RUN = re.compile(r"'*[=+\-@\t\r\n＝＋－＠]")
"""How a text begins that a spreadsheet would take for something to run; a mark before it makes it a
text, and so one that has such a mark already gets another.
"""


class TableError(ValueError):
    """A file is no table that can be taken in. The text is one line for the terminal."""


@dataclass(frozen=True)
class Remark:
    """What is said of a table: a cell, a row or a column that is not taken as it stands.

    `row` counts from 1 as a spreadsheet does, `column` is its letter; 0 and empty where it is about
    the whole. An `is_grave` one is in the way of writing.
    """

    text: str
    sheet: str = ""
    row: int = 0
    column: str = ""
    is_grave: bool = False

    def __str__(self) -> str:
        parts = [f'sheet "{self.sheet}"'] if self.sheet else []
        parts += [f"row {self.row}"] if self.row else []
        parts += [f"column {self.column}"] if self.column else []
        where = ", ".join(parts)
        return f"{where[:1].upper()}{where[1:]}: {self.text}" if where else self.text


@dataclass(frozen=True)
class Sheet:
    """One sheet: its name (empty where the file has but one), its rows as texts, and what its reader
    has to say. The first row is the first of the spreadsheet, empty ones are among them.
    """

    name: str
    rows: Sequence[Sequence[str]]
    remarks: tuple[Remark, ...] = ()
    is_hidden: bool = False

    def cell(self, row: int, column: int) -> str:
        """The text of a cell, counted from 0; empty where there is none."""
        cells = self.rows[row]
        return cells[column] if column < len(cells) else ""


def letter_of(column: int) -> str:
    """The letter of a column that is counted from 0: A, B, … Z, AA."""
    text = ""
    column += 1
    while column:
        column, rest = divmod(column - 1, 26)
        text = chr(65 + rest) + text
    return text


def column_of(letters: str) -> int:
    """The position of a column, counted from 0, by its letter."""
    number = 0
    for sign in letters.upper():
        number = number * 26 + ord(sign) - 64
    return number - 1


def is_run(text: str) -> bool:
    """Whether a spreadsheet might run a text, or we might take its first sign for our mark."""
    return _RUN.match(text) is not None


def disarm(text: str) -> str:
    """A text that no spreadsheet runs: an apostrophe before what one would."""
    return f"'{text}" if is_run(text) else text


def rearm(text: str) -> str:
    """The text that was disarmed."""
    return text[1:] if text.startswith("'") and is_run(text) else text
