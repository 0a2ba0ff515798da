"""Tables as delimited text: CSV as spreadsheets of every country write it, and tabs."""

from __future__ import annotations

import codecs
import csv
import io
from collections import Counter
from collections.abc import Sequence

from generator.editing.tables.sheet import MAX_ROWS, Sheet, TableError, disarm, rearm
from generator.problems.phrases import shorten

_DELIMITERS = (";", ",", "\t", "|")
_LOOKED_AT = 50
_LONGEST = 10_000_000


def write_delimited(rows: Sequence[Sequence[str]], language: str) -> bytes:
    """Rows as CSV that the spreadsheet of a country opens by a click: with semicolons where the comma
    parts decimals, which is everywhere but where English is written; UTF-8 with its mark.
    """
    out = io.StringIO(newline="")
    delimiter = "," if language.partition("-")[0] == "en" else ";"
    writer = csv.writer(out, delimiter=delimiter, lineterminator="\r\n")
    writer.writerows([disarm(cell) for cell in row] for row in rows)
    return codecs.BOM_UTF8 + out.getvalue().encode()


def read_delimited(raw: bytes, encoding: str = "") -> Sheet:
    """The only sheet of a delimited text. Raises TableError where it cannot be read as one."""
    text = _decode(raw, encoding)
    first, _, rest = text.partition("\n")
    told = ""
    if first.strip().lower().startswith("sep=") and len(first.strip()) == 5:  # Excel's own word
        told, text = first.strip()[4], rest
    rows = _split(text, told or _guess_delimiter(text))
    if len(rows) > MAX_ROWS:
        raise TableError(f"it has more than {MAX_ROWS} rows; part it into several files")
    if told:
        rows = [[], *rows]  # so that rows are counted as the spreadsheet counts them
    return Sheet("", [[rearm(_break(cell)) for cell in row] for row in rows])


def _decode(raw: bytes, encoding: str) -> str:
    """The text of a file: as it is said to be written, or by its mark, as UTF-8, else as Windows
    writes it in the west of Europe and America.
    """
    if encoding:
        try:
            return raw.decode(encoding).removeprefix("\ufeff")
        except (UnicodeError, LookupError):
            raise TableError(f'it is not written in "{encoding}"') from None
    for mark, name in (
        (codecs.BOM_UTF8, "utf-8-sig"),
        (codecs.BOM_UTF16_LE, "utf-16"),
        (codecs.BOM_UTF16_BE, "utf-16"),
    ):
        if raw.startswith(mark):
            return _decode(raw, name)
    for name in ("utf-8", "cp1252"):
        try:
            text = raw.decode(name)
        except UnicodeDecodeError:
            continue
        if "\0" in text:
            break
        return text
    raise TableError(
        "it is no table: save it as an Excel workbook (.xlsx) or as CSV in UTF-8, or name its "
        "encoding, such as --encoding cp1250"
    )


def _guess_delimiter(text: str) -> str:
    """The sign that parts most of the first rows into as many cells each."""
    best, chosen = (0, 0), ","
    for sign in _DELIMITERS:
        rows = _iterate(text, sign, _LOOKED_AT, strict=False)
        counts = Counter(len(row) for row in rows if len(row) > 1)
        if counts:
            width, often = max(counts.items(), key=lambda one: (one[1], one[0]))
            best, chosen = max((best, chosen), ((often, width), sign), key=lambda one: one[0])
    return chosen


def _split(text: str, delimiter: str) -> list[list[str]]:
    try:
        return _iterate(text, delimiter, MAX_ROWS + 1, strict=True)
    except csv.Error:
        pass
    if delimiter == "\t" or '"' not in text:  # tabs are also written without any quotes
        return [line.split(delimiter) for line in text.splitlines()]
    raise TableError(_say_torn(text, delimiter))


def _iterate(text: str, delimiter: str, most: int, *, strict: bool) -> list[list[str]]:
    limit = csv.field_size_limit(_LONGEST)
    try:
        rows: list[list[str]] = []
        for row in csv.reader(io.StringIO(text, newline=""), delimiter=delimiter, strict=strict):
            rows.append(row)
            if len(rows) >= most:
                break
        return rows
    finally:
        csv.field_size_limit(limit)


def _say_torn(text: str, delimiter: str) -> str:
    """Where the quotes of a text do not close."""
    rows: list[list[str]] = []
    try:
        for row in csv.reader(io.StringIO(text, newline=""), delimiter=delimiter, strict=True):
            rows.append(row[:1])
    except csv.Error:
        pass
    behind = f' (behind "{shorten(rows[-1][0], 30)}")' if rows and rows[-1] else ""
    return (
        f"row {len(rows) + 1}{behind} has a double quote that is never closed, or a sign behind one that "
        "closes; within quotes, a quote is written twice"
    )


def _break(cell: str) -> str:
    return cell.replace("\r\n", "\n").replace("\r", "\n")
