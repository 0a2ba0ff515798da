"""Tables as workbooks (.xlsx), and the only place that knows the library for them.

A workbook comes from anybody: it is read without entities of XML, never further than a fixed size,
and nothing in it is run; of a formula the value counts that the spreadsheet has stored.
"""

from __future__ import annotations

import io
import re
import warnings
import zipfile
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, time
from typing import TYPE_CHECKING, Any

from generator.editing.tables.sheet import (
    MAX_COLUMNS,
    MAX_ROWS,
    Remark,
    Sheet,
    TableError,
    column_of,
    disarm,
    is_run,
    letter_of,
    rearm,
)

if TYPE_CHECKING:
    from openpyxl.worksheet.worksheet import Worksheet

    from generator.editing.tables.making import Table

_MOST_UNPACKED = 150_000_000
_MOST_PARTS = 2_000
_CHOICES = "choices"
_SPARE_ROWS = 500
"""Rows below the last for which a new entry is offered the choices."""
_WIDTHS = {"prose": 50, "list": 40, "plain": 30}
_CURRENCY = re.compile(r'\[\$([^\]-]+)(?:-[^\]]*)?\]|"([^"\s]{1,4})"|([€$£¥])')
_REFERENCE = re.compile(r"([A-Z]{1,3})([0-9]{1,7})")


def is_workbook(raw: bytes) -> bool:
    """Whether a file is a workbook by its first signs."""
    return raw.startswith(b"PK\x03\x04")


def write_workbook(table: Table) -> bytes:
    """A table as a workbook: choices as drop-downs, descriptions where a cell is chosen, the keys of
    the rows in a hidden column.
    """
    from openpyxl import Workbook

    book = Workbook()
    for one in book.worksheets:
        book.remove(one)
    sheet = book.create_sheet()
    sheet.title = re.sub(r"[\[\]:*?/\\']", " ", table.title)[:31].strip() or table.kind.key[:31]
    _write_cells(sheet, table)
    offered = book.create_sheet(_CHOICES)
    offered.sheet_state = "hidden"
    _offer_choices(sheet, offered, table)
    if not any(table.choices):
        book.remove(offered)
    book.properties.creator = "playbook"
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def _write_cells(sheet: Worksheet, table: Table) -> None:
    from openpyxl.styles import Alignment, Font, PatternFill

    bold, grey = Font(bold=True), Font(color="808080")
    fill = PatternFill("solid", fgColor="E8EDF2")
    wrapped, flat = Alignment(wrap_text=True, vertical="top"), Alignment(vertical="top")
    last = len(table.columns)
    for number, row in enumerate([table.head, *table.rows], start=1):
        for position, text in enumerate(row):
            if not text:
                continue
            cell = sheet.cell(number, position + 1)
            _put(cell, text, table.columns[position].field.type if position < last else "")
            cell.alignment = wrapped if position < last else flat
            if number == 1:
                cell.font, cell.fill = bold, fill
            elif position < last and table.columns[position].is_locked:
                cell.font = grey
    for position, column in enumerate(table.columns):
        layout = sheet.column_dimensions[letter_of(position)]
        layout.width = _WIDTHS.get(column.field.type, 18)
        layout.number_format = _format_of(column.field.type)
    sheet.column_dimensions[letter_of(last)].hidden = True
    sheet.freeze_panes = "C2"
    sheet.auto_filter.ref = f"A1:{letter_of(last)}{len(table.rows) + 1}"


def _put(cell: Any, text: str, kind: str) -> None:
    """Write one cell: figures and days as such, all else as text that is never run."""
    if kind in ("integer", "number") and re.fullmatch(r"-?[0-9]{1,15}(\.[0-9]{1,6})?", text):
        cell.value = float(text) if "." in text else int(text)
        return
    if kind == "date" and re.fullmatch(r"(19|2[0-9])[0-9]{2}-[0-9]{2}-[0-9]{2}", text):
        cell.value = date.fromisoformat(text)
        cell.number_format = _format_of(kind)
        return
    cell.value = disarm(text) if text.startswith("'") else text
    cell.data_type = "s"
    cell.number_format = "@"
    if is_run(text):
        cell.quotePrefix = True


def _format_of(kind: str) -> str:
    return {"date": "yyyy-mm-dd", "integer": "General", "number": "General"}.get(kind, "@")


def _offer_choices(sheet: Worksheet, offered: Worksheet, table: Table) -> None:
    """A drop-down where one of a few may stand, taken from a sheet of their own; and what belongs
    into each column.
    """
    from openpyxl.worksheet.datavalidation import DataValidation

    end = len(table.rows) + 1 + _SPARE_ROWS
    used = 0
    for position, (column, choices) in enumerate(zip(table.columns, table.choices, strict=True)):
        rule = DataValidation(allow_blank=True)
        if choices:
            for number, choice in enumerate(choices, start=1):
                _put(offered.cell(number, used + 1), choice, "")
            source = letter_of(used)
            rule = DataValidation(
                type="list",
                formula1=f"{offered.title}!${source}$1:${source}${len(choices)}",
                allow_blank=True,
                errorStyle="warning",
                errorTitle="Not one of the choices",
                error="This is none of the choices of this column.",
                showErrorMessage=True,
            )
            used += 1
        rule.promptTitle = column.title[:32]
        rule.prompt = column.field.description[:255]
        rule.showInputMessage = bool(rule.prompt)
        rule.add(f"{letter_of(position)}2:{letter_of(position)}{end}")
        sheet.add_data_validation(rule)


def read_workbook(raw: bytes) -> list[Sheet]:
    """The sheets of a workbook, with what is lost of them; of those that are hidden only the names.
    Raises TableError where it is none, or too large.
    """
    _refuse_bombs(raw)
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")  # of what it does not keep: pictures, styles, rules
            return _read_sheets(raw)
    except TableError:
        raise
    except Exception as error:
        # whatever a broken or hostile file makes the library raise: KeyError, ValueError, BadZipFile, …
        raise TableError(
            "the workbook cannot be read; open it in a spreadsheet, save it anew as .xlsx, and try again"
        ) from error


def _read_sheets(raw: bytes) -> list[Sheet]:
    from openpyxl.reader.excel import ExcelReader

    reader = ExcelReader(io.BytesIO(raw), read_only=True, data_only=True, keep_links=False)
    reader.read()
    parts = {found.name: rel.target for found, rel in reader.parser.find_sheets()}
    return [
        _read_sheet(reader, one, parts[one.title])
        if one.sheet_state == "visible"
        else Sheet(one.title, (), is_hidden=True)
        for one in reader.wb.worksheets
    ]


def _refuse_bombs(raw: bytes) -> None:
    """Refuse a workbook that unpacks to more than one could ever write. What a part says of its own
    size binds whoever unpacks it.
    """
    try:
        parts = zipfile.ZipFile(io.BytesIO(raw)).infolist()
    except zipfile.BadZipFile:
        raise TableError("the workbook is damaged") from None
    if not any(part.filename == "[Content_Types].xml" for part in parts):
        raise TableError("it is no Excel workbook (.xlsx), though it is packed like one")
    if len(parts) > _MOST_PARTS or sum(part.file_size for part in parts) > _MOST_UNPACKED:
        raise TableError("the workbook is too large when it is unpacked; part it into several")


@dataclass
class _Shape:
    """What the rows of a sheet do not tell: cells that are one, and formulas without a value."""

    merged: list[str] = field(default_factory=list)
    uncounted: list[str] = field(default_factory=list)
    columns: int = 0


def _read_sheet(reader: Any, sheet: Any, part: str) -> Sheet:
    shape = _read_shape(reader.archive, part)
    if shape.columns > MAX_COLUMNS:
        raise TableError(
            f'the sheet "{sheet.title}" has more than {MAX_COLUMNS} columns with something in them'
        )
    sheet.reset_dimensions()
    rows: list[list[str]] = []
    for cells in sheet.iter_rows(max_col=max(shape.columns, 1), max_row=MAX_ROWS + 1):
        rows.append([_show(cell) for cell in cells])
    while rows and not any(rows[-1]):
        rows.pop()
    if len(rows) > MAX_ROWS:
        raise TableError(f'the sheet "{sheet.title}" has more than {MAX_ROWS} rows')
    _fill_merged(rows, shape.merged)
    return Sheet(sheet.title, rows, tuple(_tell_uncounted(sheet.title, shape.uncounted)))


def _read_shape(archive: zipfile.ZipFile, part: str) -> _Shape:
    from defusedxml.ElementTree import iterparse

    shape = _Shape()
    with archive.open(part) as stream:
        for _, element in iterparse(stream, events=("end",)):
            tag = element.tag.rpartition("}")[2]
            if tag == "mergeCell":
                shape.merged.append(element.get("ref", ""))
            elif tag == "c":
                inner = {one.tag.rpartition("}")[2]: one.text for one in element}
                found = _REFERENCE.fullmatch(element.get("r", ""))
                if "f" in inner and inner.get("v") is None:
                    shape.uncounted.append(element.get("r", ""))
                if found and ("is" in inner or inner.get("v") is not None):
                    shape.columns = max(shape.columns, column_of(found[1]) + 1)
            elif tag == "row":
                element.clear()
    return shape


def _fill_merged(rows: list[list[str]], merged: Sequence[str]) -> None:
    """Cells that are one over several rows say the same in each."""
    for reference in merged[:MAX_ROWS]:
        ends = [_REFERENCE.fullmatch(one) for one in reference.split(":")]
        if len(ends) != 2 or ends[0] is None or ends[1] is None:
            continue
        column, first, last = column_of(ends[0][1]), int(ends[0][2]) - 1, int(ends[1][2]) - 1
        if first < len(rows) and column < len(rows[first]):
            for row in rows[first + 1 : last + 1]:
                row[column] = row[column] or rows[first][column]


def _tell_uncounted(name: str, references: Sequence[str]) -> Iterator[Remark]:
    for reference in references:
        found = _REFERENCE.fullmatch(reference)
        if found:
            why = "the formula has no stored result; open and save the table in a spreadsheet first"
            yield Remark(why, name, int(found[2]), found[1], is_grave=True)


def _show(cell: Any) -> str:
    """A cell as the text that one sees in it; figures without grouping, with their currency."""
    value = cell.value
    if value is None:
        return ""
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, int | float):
        return _show_number(value, cell.number_format or "")
    if isinstance(value, datetime):
        return value.date().isoformat() if value.time() == time() else value.isoformat(" ")
    if isinstance(value, date | time):
        return value.isoformat()
    text = str(value).replace("_x000D_\n", "\n")  # as Excel writes the line ends of Windows
    return rearm(text.replace("\r\n", "\n").replace("\r", "\n"))


def _show_number(value: float, look: str) -> str:
    if "%" in look:
        return f"{value * 100:.12g}%"
    text = f"{value:.15g}"
    currency = _CURRENCY.search(look.partition(";")[0])
    if currency is None:
        return text
    sign = next(filter(None, currency.groups()))
    is_before = currency.start() < max(look.find("0"), look.find("#"))
    return f"{sign}{text}" if is_before and len(sign) == 1 else f"{text} {sign}"
