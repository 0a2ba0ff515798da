"""A file of somebody's table as what it proposes."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field

from generator.editing.edit_notes import EditNote
from generator.editing.tables.columns import list_columns, list_inner_columns, read_manner
from generator.editing.tables.delimited import read_delimited
from generator.editing.tables.headings import (
    Headings,
    Kinds,
    Wishes,
    find_column,
    find_headings,
    find_keys,
)
from generator.editing.tables.sheet import MAX_BYTES, MAX_ROWS, Remark, Sheet, TableError
from generator.editing.tables.taking import take_rows
from generator.editing.tables.words import plain
from generator.editing.tables.workbook import is_workbook, read_workbook
from generator.loading.loader import Loaded
from generator.model.entry import Key
from generator.problems.phrases import count_of, join_words

_OLD_WORKBOOK = b"\xd0\xcf\x11\xe0"


@dataclass
class Import:
    """What a table proposes: its notes, in which sheet and row each entry stands, what its columns
    were taken for, and what is said of all that is not taken.
    """

    notes: list[EditNote] = field(default_factory=list)
    rows: dict[Key, tuple[str, int]] = field(default_factory=dict)
    headings: list[tuple[Sheet, Headings]] = field(default_factory=list)
    remarks: list[Remark] = field(default_factory=list)

    @property
    def is_whole(self) -> bool:
        """Whether nothing is in the way of any cell."""
        return not any(one.is_grave for one in self.remarks)


def read_tables(raw: bytes, encoding: str = "") -> list[Sheet]:
    """The sheets of a workbook or of a delimited text. Raises TableError."""
    if len(raw) > MAX_BYTES:
        raise TableError(f"it is too large for a table ({len(raw) / 1e6:.0f} MB)")
    if raw.startswith(_OLD_WORKBOOK):
        raise TableError(
            "it is a workbook of the old kind (.xls), or protected by a password; save it as .xlsx "
            "without one"
        )
    return read_workbook(raw) if is_workbook(raw) else [read_delimited(raw, encoding)]


def plan_import(
    sheets: Sequence[Sheet],
    loaded: Loaded,
    wishes: Wishes,
    constants: Sequence[tuple[str, str]] = (),
    file: str = "",
) -> Import:
    """What sheets propose to a strategy that reads as `loaded`. `constants` are fields and their texts
    for every new entry, `file` is what the file is called. Raises TableError.
    """
    language, written = read_manner(loaded)
    kinds = {
        key: (
            kind,
            (*list_columns(kind, language, written), *list_inner_columns(kind, language, written)),
        )
        for key, kind in loaded.vocabulary.kinds.items()
        if kind.since <= written
    }
    if wishes.kind and wishes.kind not in kinds:
        raise TableError(f"there are no {wishes.kind} in a strategy of format {written}")
    found = Import()
    for sheet in _choose_sheets(sheets, wishes, found):
        _take_sheet(sheet, loaded, kinds, wishes, constants, file, found)
    return found


def _choose_sheets(sheets: Sequence[Sheet], wishes: Wishes, found: Import) -> list[Sheet]:
    """Those that are asked for, else all tables of ours, else the first with something in it."""
    if wishes.sheet:
        chosen = [one for one in sheets if plain(one.name) == plain(wishes.sheet)]
        if not chosen:
            names = join_words([f'"{one.name}"' for one in sheets])
            raise TableError(f'there is no sheet "{wishes.sheet}"; there is {names}')
        return chosen
    filled = [one for one in sheets if one.rows and not one.is_hidden]
    if not filled:
        raise TableError("there is nothing in it")
    chosen = [one for one in filled if _is_ours(one)] or filled[:1]
    left = [one for one in filled if one not in chosen]
    if not any(map(_is_ours, chosen)):
        left += [one for one in sheets if one.is_hidden]
    found.remarks += [Remark(f'not read; --sheet "{one.name}" takes it', one.name) for one in left]
    return chosen


def _is_ours(sheet: Sheet) -> bool:
    return find_keys(sheet) is not None


def _take_sheet(
    sheet: Sheet,
    loaded: Loaded,
    kinds: Kinds,
    wishes: Wishes,
    constants: Sequence[tuple[str, str]],
    file: str,
    found: Import,
) -> None:
    headings = find_headings(sheet, kinds, wishes, file)
    kind, columns = kinds[headings.kind.key]
    fixed = [(find_column(name, kind, columns), text) for name, text in constants]
    taken = take_rows(sheet, headings, loaded, fixed)
    found.headings.append((sheet, headings))
    found.notes += taken.notes
    found.rows |= {key: (sheet.name, row) for key, row in taken.rows.items()}
    remarks = [*sheet.remarks, *headings.remarks, *taken.remarks]
    found.remarks += sorted(remarks, key=lambda one: (one.row or MAX_ROWS + 1, one.column))
    found.remarks += _tell_absent(sheet, headings, loaded, taken.rows)


def _tell_absent(
    sheet: Sheet, headings: Headings, loaded: Loaded, rows: Mapping[Key, int]
) -> Iterator[Remark]:
    """Entries of which our own table has no row any more: a table takes nothing away."""
    if headings.keys is None:
        return
    sound = loaded.strategy.of(headings.kind.key) if loaded.strategy else ()
    gone = [entry.id for entry in sound if entry.key not in rows]
    if gone:
        named = join_words(gone[:5] + ([f"{len(gone) - 5} more"] if len(gone) > 5 else []))
        yield Remark(
            f"{count_of(len(gone), 'entry', 'entries')} of {headings.kind.key} without a row stay as they "
            f"are: {named}. To take one off the site, write {_deprecated(headings)}",
            sheet.name,
        )


def _deprecated(headings: Headings) -> str:
    has_status = "deprecated" in headings.kind.fields["status"].labels
    return "deprecated under Status" if has_status else "the day under Effective until"
