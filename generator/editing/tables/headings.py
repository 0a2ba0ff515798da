"""Which column of somebody's table is which field: as its author says, by our own titles, or guessed
by what the columns are called.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field

from generator.editing.tables.columns import Column
from generator.editing.tables.keys import read_head
from generator.editing.tables.sheet import Remark, Sheet, TableError, column_of, letter_of
from generator.editing.tables.words import is_called, plain
from generator.problems.phrases import join_words, on_one_line, shorten
from generator.problems.suggestions import find_nearest, suggest
from generator.schema.vocabulary import COMMON, Kind

_SEARCHED = 40
"""In how many rows the titles of the columns are looked for."""
_NAMED_AFTER = 3
_ENOUGH = 2


@dataclass(frozen=True)
class Wishes:
    """What an author says of his table: the kind of its entries, the row of the titles, which column
    is which field (an empty field: none), which sheet.
    """

    kind: str = ""
    header: int = 0
    fields: Sequence[tuple[str, str]] = ()
    sheet: str = ""


@dataclass(frozen=True)
class Heading:
    """A column of a sheet, counted from 0: what it is called, and the field that it is (None: it is
    not taken), and `how` that is known.
    """

    position: int
    text: str
    column: Column | None = None
    how: str = ""

    @property
    def letter(self) -> str:
        """The letter of the column."""
        return letter_of(self.position)


@dataclass(frozen=True)
class Headings:
    """What the columns of a sheet are. `row` is that of the titles, counted from 0; `keys` the column
    in which our own table has the keys of its rows.
    """

    kind: Kind
    row: int
    columns: Sequence[Heading]
    keys: int | None = None
    remarks: Sequence[Remark] = field(default=())

    def find(self, path: str) -> Heading | None:
        """The column that a field is."""
        return next((one for one in self.columns if one.column and one.column.path == path), None)


Kinds = Mapping[str, tuple[Kind, Sequence[Column]]]
"""The kinds of entry with the columns that each may have."""


def find_headings(sheet: Sheet, kinds: Kinds, wishes: Wishes, file: str = "") -> Headings:
    """What the columns of a sheet are; `file` is what it is called without its ending. Raises
    TableError where the kind of its entries is not clear, or a wish cannot be followed.
    """
    own = find_keys(sheet)
    if own is not None and own[2] in kinds and wishes.kind in ("", own[2]):
        row, position, key = own
    else:
        key = wishes.kind or _guess_kind(sheet, kinds, wishes, file)
        row, position = _find_row(sheet, kinds[key][1], wishes), None
    kind, columns = kinds[key]
    if position is not None:  # in our own tables a list stands in one cell
        columns = [column for column in columns if not column.inner]
    wished = dict(_read_wishes(sheet, row, kind, columns, wishes))
    found = list(_match(sheet, row, columns, wished, position))
    remarks = [
        Remark(f"not taken: {_quote_row(sheet, number)}", sheet.name, number + 1)
        for number in range(row)
        if any(sheet.rows[number])
    ]
    return Headings(kind, row, found, position, remarks)


def find_keys(sheet: Sheet) -> tuple[int, int, str] | None:
    """The row and the column of the title by which our own tables are known, and their kind; None where
    a table is somebody else's.
    """
    for number, row in enumerate(sheet.rows[:_SEARCHED]):
        for position, text in enumerate(row):
            if read_head(text):
                return number, position, read_head(text)
    return None


def _guess_kind(sheet: Sheet, kinds: Kinds, wishes: Wishes, file: str) -> str:
    """The kind whose fields most columns are called after."""
    scores = {}
    for key, (kind, columns) in kinds.items():
        row = _find_row(sheet, columns, wishes)
        named = {
            column.path
            for text in (sheet.rows[row] if sheet.rows else ())
            for column in columns
            if plain(text) in column.names and column.route[0] not in COMMON
        }
        names = (kind.key, kind.title, kind.plural)
        is_named = any(
            is_called(one, *names) for one in (sheet.name, *re.split(r"[-_ .]", file), file)
        )
        scores[key] = len(named) + _NAMED_AFTER * is_named + (kind.title_field in named)
    best = max(scores.values(), default=0)
    found = [key for key, score in scores.items() if score == best]
    if best > _ENOUGH and len(found) == 1:
        return found[0]
    kinds_named = ", ".join(kinds)
    raise TableError(
        "what kind of entry stands in its rows? Say --kind and one of these"
        + (f" (it may be {' or '.join(found)})" if best > _ENOUGH else "")
        + f": {kinds_named}"
    )


def _find_row(sheet: Sheet, columns: Sequence[Column], wishes: Wishes) -> int:
    """The row of the titles: the first of those in which most cells are called after a column."""
    if wishes.header:
        if wishes.header > len(sheet.rows):
            raise TableError(f"there is no row {wishes.header}")
        return wishes.header - 1
    names = {name for column in columns for name in column.names}
    names |= {plain(text) for text, _ in wishes.fields if text}
    counts = [len({plain(text) for text in row if text} & names) for row in sheet.rows[:_SEARCHED]]
    if any(counts):
        return counts.index(max(counts))
    filled = [sum(map(bool, row)) for row in sheet.rows[:_SEARCHED]]
    return next((number for number, count in enumerate(filled) if count > 1), 0)


def _read_wishes(
    sheet: Sheet, row: int, kind: Kind, columns: Sequence[Column], wishes: Wishes
) -> Iterator[tuple[int, Column | None]]:
    texts = sheet.rows[row] if sheet.rows else ()
    for text, name in wishes.fields:
        position = next((at for at, one in enumerate(texts) if plain(one) == plain(text)), None)
        if position is None and re.fullmatch(r"[A-Z]{1,2}", text):
            position = column_of(text)
        if position is None:
            titles = join_words([f'"{shorten(one, 30)}"' for one in texts if one])
            raise TableError(f'no column is called "{shorten(text)}" in row {row + 1}: {titles}')
        yield position, find_column(name, kind, columns) if name else None


def find_column(name: str, kind: Kind, columns: Sequence[Column]) -> Column:
    """The column that somebody means by the name or the title of a field. Raises TableError."""
    found = [one for one in columns if name == one.path] or [
        one for one in columns if plain(name) in one.names
    ]
    if len(found) == 1:
        return found[0]
    paths = {column.path: (column.title,) for column in columns}
    near = suggest(name, paths)
    hint = f'did you mean "{near}"?' if near else f"fields are: {', '.join(paths)}"
    raise TableError(f'"{shorten(name)}" is no field of {kind.key}; {hint}')


def _match(
    sheet: Sheet,
    row: int,
    columns: Sequence[Column],
    wished: Mapping[int, Column | None],
    keys: int | None,
) -> Iterator[Heading]:
    """Every column of a sheet that has a title, or something in it."""
    width = max(map(len, sheet.rows), default=0)
    taken = {one.path for one in wished.values() if one is not None}
    guessed = dict(wished)
    for find in (_find_titled, _find_called, _find_near):
        for position in range(width):
            text = sheet.cell(row, position)
            if position in guessed or position == keys or not text:
                continue
            found = find(text, [one for one in columns if one.path not in taken])
            if found is not None:
                guessed[position] = found
                taken.add(found.path)
    for position in range(width):
        text = sheet.cell(row, position)
        is_filled = any(sheet.cell(number, position) for number in range(row + 1, len(sheet.rows)))
        if position == keys or not (text or is_filled):
            continue
        column = guessed.get(position)
        how = "as you say" if position in wished else "" if keys is not None else "guessed"
        yield Heading(position, on_one_line(text), column, how)


def _find_titled(text: str, columns: Sequence[Column]) -> Column | None:
    found = [one for one in columns if plain(one.title) == plain(text) or one.path == text]
    return found[0] if len(found) == 1 else None


def _find_called(text: str, columns: Sequence[Column]) -> Column | None:
    found = [one for one in columns if plain(text) in one.names]
    return found[0] if len(found) == 1 else None


def _find_near(text: str, columns: Sequence[Column]) -> Column | None:
    """The column whose name is nearly that."""
    near = find_nearest(plain(text), {one.path: sorted(one.names) for one in columns})
    if near is None or not near.sure:
        return None
    return next(one for one in columns if one.path == near.word)


def _quote_row(sheet: Sheet, number: int) -> str:
    filled = dict.fromkeys(text for text in sheet.rows[number] if text)
    return f'"{shorten(on_one_line(" ".join(filled)))}" stands above the titles'
