"""The rows of a table as edit notes: cells that differ, and new entries."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import partial
from typing import Any

from generator.editing.edit_notes import EditNote, is_same
from generator.editing.edit_notes.note import FieldChange
from generator.editing.tables.cells import CellError, Writing
from generator.editing.tables.columns import ID, Column, put_value, read_manner
from generator.editing.tables.headings import Heading, Headings
from generator.editing.tables.keys import Origin, read_origin
from generator.editing.tables.making import KEPT_IN_FILE
from generator.editing.tables.names import Names, find_any
from generator.editing.tables.several_rows import (
    Cells,
    find_wanting,
    merge_items,
    read_items,
)
from generator.editing.tables.sheet import Remark, Sheet
from generator.editing.tables.words import Tongue
from generator.editing.value_edits import find_value, show_path
from generator.loading.loader import Loaded
from generator.model.entry import Key
from generator.problems.phrases import join_words, on_one_line, shorten
from generator.schema.corrections import make_id
from generator.schema.vocabulary import OWN, is_id
from generator.syntax.document import Route


@dataclass
class Taken:
    """What a sheet proposes: notes, in which row each entry stands, and what is said of the rest."""

    notes: list[EditNote] = field(default_factory=list)
    rows: dict[Key, int] = field(default_factory=dict)
    remarks: list[Remark] = field(default_factory=list)


@dataclass(frozen=True)
class _Row:
    """A row, counted from 0: the entry it is about (None: it is not taken), what it says of its making,
    and whether the entry is new.
    """

    number: int
    key: Key | None
    origin: Origin | None = None
    is_new: bool = False


def take_rows(
    sheet: Sheet, headings: Headings, loaded: Loaded, constants: Sequence[tuple[Column, str]] = ()
) -> Taken:
    """The edit notes that the rows below the titles make. `constants` are the texts of cells that
    every new entry gets which says nothing there.
    """
    names, tongue = Names(loaded), Tongue(read_manner(loaded)[0])
    taking = _Taking(sheet, headings, loaded, constants, names, Writing(tongue, names.find))
    taking.run(Writing(tongue, find_any))
    return taking.taken


class _Taking:
    def __init__(
        self,
        sheet: Sheet,
        headings: Headings,
        loaded: Loaded,
        constants: Sequence[tuple[Column, str]],
        names: Names,
        reading: Writing,
    ) -> None:
        self.taken = Taken()
        self._sheet, self._headings, self._loaded = sheet, headings, loaded
        self._constants, self._names, self._reading = constants, names, reading
        self._used = [one for one in headings.columns if one.column and not one.column.inner]
        self._inner = [one for one in headings.columns if one.column and one.column.inner]
        self._more: dict[int, list[int]] = {}
        self._begun: dict[str, int] = {}

    def run(self, lenient: Writing) -> None:
        """Decide what each row is about, then take its cells: rows name entries of other rows."""
        kind = self._headings.kind
        if self._headings.keys is None and not any(
            map(self._headings.find, (ID, kind.title_field))
        ):
            title = kind.fields[kind.title_field].title
            self._remark(
                self._headings.row,
                "",
                f"no column is taken for {title} ({kind.title_field}), which every entry has; "
                f'--map "COLUMN={kind.title_field}" says which it is, --header N in which row the titles '
                "stand",
            )
            self._tell_columns()
            return
        rows = list(self._list_rows())
        for row in rows:
            if row.key is not None:
                self.taken.rows[row.key] = row.number + 1
                note = self._begin(row) if row.is_new else self._change(row, lenient)
                self.taken.notes += [note] if note is not None else []
        self._tell_columns()

    def _list_rows(self) -> Iterator[_Row]:
        numbers = [
            number
            for number in range(self._headings.row + 1, len(self._sheet.rows))
            if any(self._text(number, one) for one in (*self._used, *self._inner))
        ]
        keys = self._headings.keys
        origins = {
            number: read_origin(self._sheet.cell(number, keys)) if keys is not None else None
            for number in numbers
        }
        originals: dict[str, int] = {}
        for is_sure in (True, False):
            for number, origin in origins.items():
                if origin is not None and (not is_sure or self._id_text(number) == origin.id):
                    originals.setdefault(origin.id, number)
        counts = Counter(one.id for one in origins.values() if one is not None)
        for number, origin in origins.items():
            if origin is None:
                yield self._find_row(number)
            elif originals[origin.id] == number:
                yield self._find_own(number, origin, is_alone=counts[origin.id] == 1)
            elif self._id_text(number) == origin.id:
                yield self._refuse(
                    number,
                    f"it is a copy of row {originals[origin.id] + 1}, the same entry {origin.id}; for a new "
                    "entry, empty its Id",
                )
            else:
                yield self._find_row(number)

    def _find_own(self, number: int, origin: Origin, *, is_alone: bool) -> _Row:
        """A row of our own table: that of its key, where its id says nothing else."""
        written = self._id_text(number)
        if written in ("", origin.id) or not is_alone:
            return _Row(number, self._key(origin.id), origin)
        if self._key(written) in self._loaded.keys:
            return self._refuse(
                number,
                f"its hidden key says {origin.id} and its Id says {written}: cells were moved without "
                "their keys; export the table anew",
            )
        return self._refuse(
            number,
            f"an id is changed by: playbook rename {self._headings.kind.key} {origin.id} {written}",
        )

    def _find_row(self, number: int) -> _Row:
        """A row of which no key says what it is about: the entry of its id or its title, else a new one."""
        kind, written = self._headings.kind, self._id_text(number)
        heading = self._headings.find(kind.title_field)
        title = on_one_line(self._text(number, heading)) if heading else ""
        known = [written] if self._key(written) in self._loaded.keys else []
        known = known or ([] if written else self._names.find_ids(kind.key, title) if title else [])
        if not (title or written) and self._begun and self._list_cells(number):
            return self._continue(number, list(self._begun.values())[-1])
        if not (title or written):
            filled = [one for one in self._used if self._text(number, one)]
            say = f'it has no {kind.fields[kind.title_field].title}: "{self._quote(number)}"'
            return self._refuse(number, say, is_grave=len(filled) > 1)
        if len(known) > 1:
            return self._refuse(
                number, f'"{shorten(title)}" may be {" or ".join(known)}; give its Id'
            )
        entry_id = known[0] if known else self._make_id(written or title, number)
        if entry_id in self._begun and self._list_cells(number):
            return self._continue(number, self._begun[entry_id])
        if entry_id in self._begun:
            return self._refuse(
                number,
                f'"{shorten(title or written)}" stands in row {self._begun[entry_id] + 1} already',
            )
        self._begun[entry_id] = number
        key = self._key(entry_id)
        if not known:
            self._names.add(key, [title])
        return _Row(number, key, None, is_new=not known)

    def _continue(self, number: int, first: int) -> _Row:
        """A row that says more of the entry of another one: further groups of its lists."""
        self._more.setdefault(first, []).append(number)
        for heading in self._used:
            text = self._text(number, heading).strip()
            if text and text != self._text(first, heading).strip():
                why = f'"{shorten(on_one_line(text))}" is not taken: row {first + 1} says something else of this entry'
                self._remark(number, heading.letter, why)
        return _Row(number, None)

    def _list_cells(self, number: int) -> Cells:
        """The cells of a row that belong to lists which go over several rows."""
        return [
            (one.column, one.letter, text)
            for one in self._inner
            if one.column is not None and (text := self._text(number, one)).strip()
        ]

    def _list_items(self, row: _Row) -> Mapping[Route, list[dict[str, Any]]]:
        """The groups that the rows of an entry give to its lists."""
        rows = [
            (one, self._list_cells(one)) for one in (row.number, *self._more.get(row.number, ()))
        ]
        for number, cells in rows:
            for column, letter, missing in find_wanting(cells):
                self._remark(number, letter, f"{column.title}: {missing} is missing beside it")
        return read_items(rows, lambda number: partial(self._read, number))

    def _make_id(self, name: str, number: int) -> str:
        """A free id: as it is written, or of the title; where no letter of that can stand in one, of
        the kind and the row.
        """
        made = name if is_id(name) else make_id(name)
        made = made or f"{make_id(self._headings.kind.title)}-{number + 1}"
        free, count = made, 1
        while self._key(free) in self._loaded.keys:
            count += 1
            free = f"{made[:75]}-{count}"
        return free

    def _begin(self, row: _Row) -> EditNote | None:
        value: dict[str, Any] = {}
        texts = {one.path: ("", one, text) for one, text in self._constants}
        for heading in self._used:
            text = self._text(row.number, heading)
            if heading.column is not None and text.strip():
                texts[heading.column.path] = (heading.letter, heading.column, text)
        for letter, column, text in texts.values():
            if column.path == ID or (column.is_locked and text == str(column.field.default)):
                continue
            if column.is_locked or text == KEPT_IN_FILE:
                self._remark(
                    row.number,
                    letter,
                    f'"{shorten(text)}" is not taken: {column.title} is set in the files',
                )
                continue
            read = self._read(row.number, letter, column, text)
            if read is not None:
                put_value(value, column.route, read)
        for route, items in self._list_items(row).items():
            put_value(value, route, items)
        if self._is_wanting(row, value):
            return None
        own = value.pop(OWN, {})
        kept = {name: one for name, one in own.items() if not self._stands_alone(name)}
        value |= {name: one for name, one in own.items() if name not in kept}
        value |= {OWN: kept} if kept else {}
        changes = tuple(FieldChange(name, None, one) for name, one in value.items())
        return EditNote(row.key, True, changes) if changes else None

    def _stands_alone(self, name: str) -> bool:
        """Whether a field of the company's own is written beside the others."""
        known = self._headings.kind.written.get(name)
        return known is not None and known.own

    def _is_wanting(self, row: _Row, value: Mapping[str, Any]) -> bool:
        """Whether a new entry lacks what it must have, which is told."""
        known = self._headings.kind.fields
        names = [one for one in known if known[one].required and one not in (ID, *value)]
        missing = [name for name in names if not known[name].own]
        if missing:
            needed = join_words([f"{known[name].title} ({name})" for name in missing])
            self._refuse(
                row.number,
                f'a new entry needs {needed}; --set "{missing[0]}=…" gives it to every new entry',
                is_grave=sum(bool(self._text(row.number, one)) for one in self._used) > 1,
            )
        return bool(missing)

    def _change(self, row: _Row, lenient: Writing) -> EditNote | None:
        """What differs from what the row said when the table was made; where that is not known, from
        what stands there today, and an empty cell says nothing.
        """
        written = self._loaded.locator.find(row.key)
        origin = row.origin if row.origin is not None and row.origin.is_known else None
        changes = []
        for heading in self._used:
            column, text = heading.column, self._text(row.number, heading)
            if column is None or column.path == ID or text == KEPT_IN_FILE:
                continue
            today = find_value(written.value, column.route) if written is not None else None
            shown = lenient.write(today, column.field)
            if origin.said(column.path, text) if origin else text.strip() in ("", shown.strip()):
                continue
            if column.is_locked:
                why = f"{column.title} is changed in the files only"
                self._remark(row.number, heading.letter, f'"{shorten(text)}" is not taken: {why}')
                continue
            after = self._read(row.number, heading.letter, column, text)
            if after is None and text.strip():
                continue
            before = self._find_before(origin, column, shown, today, lenient)
            if not is_same(before, after):  # a spreadsheet shows days and figures in its own way
                changes.append(FieldChange(column.path, before, after))
        changes += self._change_lists(row, written.value if written is not None else {})
        if written is None and not changes:
            self._remark(row.number, "", f"there is no {row.key} any more", is_grave=False)
        return EditNote(row.key, False, tuple(changes)) if changes else None

    def _change_lists(self, row: _Row, today: Mapping[str, Any]) -> Iterator[FieldChange]:
        needed = {one.column.route: one.column.needed for one in self._inner if one.column}
        for route, items in self._list_items(row).items():
            now = find_value(today, route)
            after = merge_items(now, items, needed[route])
            if not is_same(now, after):
                yield FieldChange(show_path(route), now, after)

    def _find_before(
        self, origin: Origin | None, column: Column, shown: str, today: Any, lenient: Writing
    ) -> Any:
        """What a cell stood for when the table was made."""
        if origin is None or origin.said(column.path, shown):
            return today
        try:
            return lenient.read(origin.texts[column.path], column.field)
        except KeyError:
            return "(another text)" if column.path in origin.marks else None
        except CellError:
            return origin.texts[column.path]

    def _read(self, number: int, letter: str, column: Column, text: str) -> Any:
        """The value of a cell; None, and a remark, where it is none."""
        try:
            return self._reading.read(text, column.field)
        except CellError as error:
            self._remark(number, letter, f"{column.title}: {error}")
            return None

    def _tell_columns(self) -> None:
        for heading in self._headings.columns:
            rows = range(self._headings.row + 1, len(self._sheet.rows))
            texts = [text for row in rows if (text := self._sheet.cell(row, heading.position))]
            if heading.column is not None or not texts:
                continue
            name = f'"{shorten(heading.text, 40)}"' if heading.text else "without a title"
            why = "as you say" if heading.how == "as you say" else "no field is called so"
            hint = (
                ""
                if heading.how == "as you say"
                else f'; --map "{heading.text or heading.letter}=FIELD" says which it is'
            )
            self.taken.remarks.append(
                Remark(
                    f'{name} is not taken ({why}), such as "{shorten(on_one_line(texts[0]), 40)}"{hint}',
                    self._sheet.name,
                    0,
                    heading.letter,
                )
            )

    def _key(self, entry_id: str) -> Key:
        return Key(self._headings.kind.key, entry_id)

    def _text(self, number: int, heading: Heading) -> str:
        return self._sheet.cell(number, heading.position)

    def _id_text(self, number: int) -> str:
        heading = self._headings.find(ID)
        return self._text(number, heading).strip() if heading is not None else ""

    def _quote(self, number: int) -> str:
        return shorten(on_one_line(" ".join(filter(None, self._sheet.rows[number]))))

    def _refuse(self, number: int, why: str, *, is_grave: bool = True) -> _Row:
        self._remark(number, "", f"not taken: {why}", is_grave=is_grave)
        return _Row(number, None)

    def _remark(self, number: int, letter: str, text: str, *, is_grave: bool = True) -> None:
        self.taken.remarks.append(Remark(text, self._sheet.name, number + 1, letter, is_grave))
