"""A line of YAML as its author sees it: where it begins, what field it holds, what it would be in
quotes.

Lines and columns count from 0 here.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from generator.problems.rule import Rule

FIELD = re.compile(r"^(\s*(?:- +)*)([^\s:#'\"\[\]{}&*!|>%@`][^:]*?):(?: +(.*)|$)")
"""A line with a field: what stands before it, its name, its value."""

NAME = re.compile(r"[a-z][a-z0-9_]*")
"""A word that has the form of a field's name."""

NAME_ALONE = re.compile(r"^\s*(?:- +)*[\w-]+:\s*(?:#.*)?$")
"""A line with the name of a field, whose value stands below it."""

BULLETS = frozenset("–—−•·∙▪●◦‣")
"""Marks that word processors begin an item with."""

BULLET = re.compile(r"^(\s*(?:- +)*)([–—−•·∙▪●◦‣*] +|[•▪●◦‣])(?=\S)")
"""A line that begins an item with a mark that is no hyphen, as word processors put it there."""

CURLY_QUOTES = "“”„‟‘’‚«»"

_COMMENT = re.compile(r"(?<=\S)\s+#(?:\s.*)?$")


@dataclass(frozen=True)
class Change:
    """What may be written from `start` to `end` of a line."""

    line: int
    start: int
    end: int
    text: str


@dataclass(frozen=True, kw_only=True)
class Finding:
    """A slip: its rule, its words, and where it is. `above` is another line to show. Without `why` or
    `fix`, the rule's own count.

    With `changes` the rest can be read as it was probably meant. Where it is `certain` that it was,
    what comes of it counts, and a machine may write them into the author's file; where they are
    `safe`, it may do so all the same. `written` is what is written, where that is another way to say
    what is read. A finding is `vague` where nothing speaks for it but that no other does.
    """

    rule: Rule
    title: str
    why: str = ""
    fix: str = ""
    line: int
    start: int
    end: int
    above: int | None = None
    changes: tuple[Change, ...] = ()
    certain: bool = True
    safe: bool = False
    written: tuple[Change, ...] = ()
    vague: bool = False


def indent_of(line: str) -> int:
    """How many spaces or tabs a line begins with."""
    return len(line) - len(line.lstrip(" \t"))


def field_column(line: str) -> int:
    """Where the first field of a line begins, behind any dashes."""
    match = re.match(r"^\s*(?:- +)*", line)
    return match.end() if match else 0


def is_item(line: str) -> bool:
    """Whether a line begins an item of a list."""
    text = line.lstrip()
    return text.startswith("- ") or text.rstrip() == "-"


def line_above(lines: Sequence[str], line: int) -> int | None:
    """The nearest line above that holds anything."""
    return next((number for number in range(line - 1, -1, -1) if lines[number].strip()), None)


def count_spaces(count: int) -> str:
    """`2 spaces`."""
    return "1 space" if count == 1 else f"{count or 'no'} spaces"


def count_lines(count: int) -> str:
    """`2 lines`."""
    return "1 line" if count == 1 else f"{count} lines"


def quote_scalar(text: str) -> str:
    """A text in double quotes, as YAML writes it."""
    return f'"{_escape(text)}"'


def _escape(text: str) -> str:
    return text.replace("\\", "\\\\").replace('"', '\\"')


def find_text_end(lines: Sequence[str], line: int, column: int) -> int:
    """The last line of an unquoted text that begins at `column` of `line`: the lines indented
    further belong to it.
    """
    before = lines[line][:column]
    home = (
        field_column(lines[line])
        if ":" in before
        else max(indent_of(lines[line]), before.rfind("-"))
    )
    last = line
    for number in range(line + 1, len(lines)):
        text = lines[number]
        field = FIELD.match(text)
        if not text.strip():
            continue
        if indent_of(text) <= home or is_item(text) or text.lstrip().startswith("#"):
            break
        if field and NAME.fullmatch(field[2]):
            break
        last = number
    return last


def quote_text(lines: Sequence[str], line: int, column: int) -> tuple[Change, ...]:
    """The text that begins at `column` in double quotes, all its lines; nothing where a comment
    stands inside it.
    """
    last = find_text_end(lines, line, column)
    changes = []
    for number in (number for number in range(line, last + 1) if lines[number].strip()):
        text, comment = lines[number], _COMMENT.search(lines[number])
        if comment and number < last:
            return ()
        start = column if number == line else indent_of(text)
        end = comment.start() if comment and comment.start() > start else len(text.rstrip())
        opening, closing = '"' if number == line else "", '"' if number == last else ""
        changes.append(Change(number, start, end, f"{opening}{_escape(text[start:end])}{closing}"))
    return tuple(changes)


def apply_changes(lines: Sequence[str], changes: Sequence[Change]) -> dict[int, str]:
    """The lines with these changes made, by number; at most one change for a line."""
    return {
        one.line: lines[one.line][: one.start] + one.text + lines[one.line][one.end :]
        for one in changes
    }


def shift_lines(lines: Sequence[str], numbers: Sequence[int], by: int) -> tuple[Change, ...]:
    """These lines indented by so many spaces more, or less."""
    return tuple(
        Change(number, 0, 0, " " * by)
        if by > 0
        else Change(number, 0, min(-by, indent_of(lines[number])), "")
        for number in numbers
        if lines[number].strip()
    )
