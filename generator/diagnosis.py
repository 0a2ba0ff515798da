"""What an author did where libyaml stopped: found by looking at the author's line, said in the author's words.

libyaml's own messages name its inner states; each only chooses the questions asked of the line. Lines and columns count
from 0 here.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

FIELD = re.compile(r"^(\s*(?:- +)*)([^\s:#'\"\[\]{}&*!|>%@`][^:]*?):(?: +(.*)|$)")
"""A line with a field: what stands before it, its name, its value."""

_VALUE = re.compile(r"^(\s*(?:- +)*(?:[^\s:'\"]+: +)?)(\S.*?)\s*$")
_GLUED_COLON = re.compile(r"^\s*(?:- +)*([A-Za-z_][\w-]*):([^\s:/][^:]*)$")
_GLUED_DASH = re.compile(r"^(\s*)-([^\s-].*)$")
_AFTER_QUOTE = re.compile(r"""^(\s*(?:- +)*(?:[^\s:]+: +)?)("(?:[^"\\]|\\.)*"|'(?:[^']|'')*')\s*([^\s#,\]}].*)$""")
_AFTER_BRACKET = re.compile(r"^(\s*(?:- +)*[^\s:]+: +)([\[{].*[\]}])\s*\S")
_OPENED_QUOTE = re.compile(r"""^\s*(?:- +)*(?:[^\s:"']+: +)?(["'])(.*)$""")
_SMART_QUOTES = "“”„‟‘’‚«»"


@dataclass(frozen=True)
class Finding:
    """A slip: its rule, its words, where it is, and what a machine may write in its place.

    `replacement` stands for the text from `edit_start` (or `start`, where that is None) to the end of the line's text
    or, without `edit_start`, to `end`.
    """

    rule: str
    title: str
    why: str
    fix: str
    line: int
    start: int
    end: int
    above: int | None = None
    replacement: str | None = None
    edit_start: int | None = None


def quote_scalar(text: str) -> str:
    """A text in double quotes, as YAML writes it."""
    return '"' + text.replace("\\", "\\\\").replace('"', '\\"') + '"'


def indent_of(line: str) -> int:
    """How many spaces or tabs a line begins with."""
    return len(line) - len(line.lstrip(" \t"))


def diagnose(lines: Sequence[str], error: Any) -> Finding:
    """Say what is wrong where `error`, a yaml.MarkedYAMLError, was raised."""
    problem, context = error.problem or "", error.context or ""
    line, column = _position(lines, error.problem_mark or error.context_mark)
    start, start_column = _position(lines, error.context_mark or error.problem_mark)
    for number in (line, start):
        if "\t" in lines[number][: indent_of(lines[number])]:
            return _tab(lines, number)
    if "quoted scalar" in context:
        return _in_quotes(lines, problem, (line, column), (start, start_column))
    if "flow" in context:
        return _open_bracket(lines, start, start_column)
    if any(word in context for word in ("block scalar", "anchor", "alias", "tag", "directive")) or "tag" in problem:
        return _at_start(lines, start, start_column)
    if "cannot start any token" in problem or ("not allowed in this context" in problem and "block seq" in problem):
        return _at_start(lines, line, column)
    if "mapping values are not allowed" in problem:
        return _colon(lines, line, column)
    if "simple key" in context:
        return _bare_line(lines, start, start_column)
    return _structure(lines, line, column)


def _position(lines: Sequence[str], mark: Any) -> tuple[int, int]:
    """A mark of libyaml within the lines there are: at the end of a file it points behind them."""
    line = min(mark.line, len(lines) - 1) if mark is not None else 0
    return line, min(mark.column, len(lines[line])) if mark is not None and line == mark.line else 0


def _line_above(lines: Sequence[str], line: int) -> int | None:
    return next((number for number in range(line - 1, -1, -1) if lines[number].strip()), None)


def _whole_value(lines: Sequence[str], line: int, column: int) -> tuple[int, int, str | None]:
    """From `column` to the end of the line, and that text in double quotes where it stands on this line alone."""
    text = lines[line].rstrip()
    following = lines[line + 1] if line + 1 < len(lines) else ""
    goes_on = (
        bool(following.strip()) and indent_of(following) > indent_of(lines[line]) and not FIELD.match(following)
    )
    return column, len(text), None if goes_on or " #" in text[column:] else quote_scalar(text[column:])


def _tab(lines: Sequence[str], line: int) -> Finding:
    text = lines[line]
    above = _line_above(lines, line)
    spaces = None
    if above is not None and not text[: indent_of(text)].strip("\t") and "\t" not in lines[above]:
        if text.lstrip().startswith("- ") and lines[above].lstrip().startswith("- "):
            return _say_tab(lines, line, " " * indent_of(lines[above]))
        deeper = 2 if lines[above].rstrip().endswith(":") else 0
        spaces = " " * (field_column(lines[above]) + deeper)
    return _say_tab(lines, line, spaces)


def _say_tab(lines: Sequence[str], line: int, spaces: str | None) -> Finding:
    text = lines[line]
    return Finding("tab-indentation", "this line is indented with a tab",
                   "YAML counts spaces, and a tab has no fixed width.",
                   "Replace the tab by spaces, as many as the lines beside it have.",
                   line, 0 if spaces else text.index("\t"), indent_of(text), replacement=spaces)  # fmt: skip


def _in_quotes(lines: Sequence[str], problem: str, here: tuple[int, int], start: tuple[int, int]) -> Finding:
    text = lines[start[0]]
    mark = text[start[1] : start[1] + 1]
    if "escape" in problem or "hexdecimal" in problem:
        return Finding("backslash-in-quotes", "a backslash in double quotes means something else in YAML",
                       r"Between double quotes, \ starts a code such as \n for a new line.",
                       r"Use single quotes around the value, or write \\ for each backslash.",
                       here[0], max(here[1] - 1, 0), here[1] + 1)  # fmt: skip
    name = "double" if mark == '"' else "single"
    hint = " An apostrophe inside single quotes is written twice ('')." if mark == "'" else ""
    return Finding("open-quote", f"a {name} quote is opened here and never closed",
                   "Everything below it would be read as part of this text.",
                   f"Close the value with {mark} at its end.{hint}", start[0], start[1], len(text))  # fmt: skip


def _open_bracket(lines: Sequence[str], line: int, column: int) -> Finding:
    while lines[line][column : column + 1] not in ("[", "{") and line >= 0:
        found = max(lines[line].rfind("["), lines[line].rfind("{"))
        if found >= 0 or line == 0:
            column = max(found, 0)
            break
        line -= 1
    mark = lines[line][column : column + 1]
    close = {"[": "]", "{": "}"}.get(mark, "a bracket")
    start, end, _ = _whole_value(lines, line, column)
    return Finding("open-bracket", f'a value that starts with "{mark}" is not closed as YAML expects',
                   f"YAML reads {mark} as the start of a group that ends with {close}, its items parted by commas.",
                   f"If it is text, put the whole value in double quotes. If it is a group, close it with {close}",
                   line, start, end)  # fmt: skip


def _at_start(lines: Sequence[str], line: int, column: int) -> Finding:
    """A mark of YAML's own where a text was meant."""
    mark = lines[line][column : column + 1]
    start, end, quoted = _whole_value(lines, line, column)
    if mark in ("|", ">"):
        return Finding("text-after-bar", f'text stands behind "{mark}" on the same line',
                       f"In YAML {mark} announces a text of several lines that begins on the next line.",
                       "Begin the text on the next line, indented; or put the value in double quotes.",
                       line, start, end)  # fmt: skip
    if not mark.strip():
        return _structure(lines, line, column)
    return Finding("special-start", f'a value cannot start with "{mark}"',
                   f"YAML keeps {mark} at the start of a value for itself.",
                   "Put the whole value in double quotes.", line, start, end, replacement=quoted)  # fmt: skip


def _colon(lines: Sequence[str], line: int, column: int) -> Finding:
    """A colon where libyaml expected none: in a text, or because of the line above."""
    text = lines[line]
    field = FIELD.match(text)
    if field and field[3] and column > field.start(3):
        value, (start, end, quoted) = field[3].strip(), _whole_value(lines, line, field.start(3))
        if value[0] in _SMART_QUOTES:
            inner = value[1:-1] if value[-1] in _SMART_QUOTES else value
            return Finding("smart-quotes", "this value is in typographic quotes, which YAML takes for letters",
                           "Only straight quotes protect a colon. Word processors replace them by curly ones.",
                           'Replace them by straight double quotes ("), at the start and at the end.',
                           line, start, end, replacement=quote_scalar(inner) if quoted else None)  # fmt: skip
        shown = quote_scalar(value if len(value) <= 90 else value[:60] + "…")
        return Finding("colon-in-text", "a colon followed by a space stands inside a text",
                       "YAML takes it for the end of another field name.",
                       f"Put the whole value in double quotes: {field[2]}: {shown}",
                       line, column, column + 1, replacement=quoted, edit_start=start)  # fmt: skip
    above = _line_above(lines, line)
    glued = _GLUED_COLON.match(lines[above]) if above is not None else None
    if above is not None and glued:
        return _space_after_colon(lines, above, glued)
    return _structure(lines, line, column)


def _space_after_colon(lines: Sequence[str], line: int, match: re.Match[str]) -> Finding:
    column = match.end(1)
    return Finding("space-after-colon", f'a space is missing after "{match[1]}:"',
                   "Without it YAML takes the whole for one word.", f"Write {match[1]}: {match[2].strip()}",
                   line, column, column + 1, replacement=": ")  # fmt: skip


def _bare_line(lines: Sequence[str], line: int, column: int) -> Finding:
    """A line that should have been `field: value` or `- item` and is neither."""
    text = lines[line]
    glued, dash = _GLUED_COLON.match(text), _GLUED_DASH.match(text)
    if glued:
        return _space_after_colon(lines, line, glued)
    if dash:
        return Finding("space-after-dash", "a space is missing after the dash",
                       "Only a dash followed by a space begins an item of a list.", f"Write - {dash[2].strip()}",
                       line, len(dash[1]), len(dash[1]) + 1, replacement="- ")  # fmt: skip
    return Finding("missing-colon", "this line is neither a field nor an item of a list",
                   "A field needs a colon and a space after its name, an item a dash and a space before it.",
                   "If it continues the text above, indent it further than that field's name; else add what is missing.",
                   line, indent_of(text), len(text), _line_above(lines, line))  # fmt: skip


def _structure(lines: Sequence[str], line: int, column: int) -> Finding:
    """libyaml expected another line here: a value closed too early, or an indentation that fits nothing above."""
    while line > 0 and not lines[line].strip():
        line -= 1
    text = lines[line]
    question = re.match(r"^\s*(?:- +)*(?:[^\s:]+: +)?(?=\? )", text)
    if question:
        return _at_start(lines, line, question.end())
    after = _AFTER_QUOTE.match(text)
    if after:
        return _text_after_quote(lines, line, after)
    if re.match(r"^\s*(?:- +)*:(?: |$)", text):
        return Finding("missing-key", "a colon stands here without a field name before it",
                       "Every value needs the name of its field.",
                       "Write the field's name before the colon, or delete the line.",
                       line, text.index(":"), text.index(":") + 1)  # fmt: skip
    bracket = _AFTER_BRACKET.match(text)
    if bracket:
        start, end, quoted = _whole_value(lines, line, bracket.start(2))
        return Finding("open-bracket", f'text stands behind a value that starts with "{bracket[2][0]}"',
                       f"YAML reads {bracket[2][0]} as the start of a group; behind its end nothing may stand.",
                       "If it is text, put the whole value in double quotes.", line, start, end, replacement=quoted)  # fmt: skip
    opened = _find_open_quote(lines, line)
    if opened is not None:
        quote = min(at for at in (lines[opened].find('"'), lines[opened].find("'")) if at >= 0)
        return Finding("open-quote", "a quote is opened here and not closed on the same line",
                       "Everything up to the next quote would be read as part of this text.",
                       "Close the value with the same quote at its end.", opened, quote, len(lines[opened]))  # fmt: skip
    if re.match(r"^\s*[A-Za-z_][\w-]*$", text) or (_GLUED_DASH.match(text) and not text.strip().startswith("---")):
        return _bare_line(lines, line, column)
    return _indentation(lines, line)


def _text_after_quote(lines: Sequence[str], line: int, match: re.Match[str]) -> Finding:
    fix = "Put the whole value in one pair of quotes; use single quotes outside if it has double ones inside."
    if match[2][0] == "'":
        fix = "An apostrophe inside single quotes is written twice (''); or use double quotes around the whole."
    return Finding("text-after-quote", "text stands behind the closing quote",
                   "A quoted value ends with its quote; YAML does not know what to do with the rest.",
                   fix, line, match.start(3), len(lines[line].rstrip()))  # fmt: skip


def _indentation(lines: Sequence[str], line: int) -> Finding:
    """A line that does not line up: the nearest column at which the lines above begin is where it may belong."""
    text = lines[line]
    own = indent_of(text)
    is_item = text.lstrip().startswith("- ")
    before = [other for other in lines[max(line - 40, 0) : line] if other.strip()]
    columns = {indent_of(other) for other in before if other.lstrip().startswith("- ")} if is_item else set()
    columns = columns or {field_column(other) for other in before if FIELD.match(other)}
    near = min(columns - {own}, key=lambda column: (abs(column - own), -column), default=None)
    fix = "Let it start at the same column as the lines it belongs with."
    if near is not None:
        fix = f"The lines it belongs with start after {_spaces(near)}; this one after {_spaces(own)}. Line it up."
    return Finding("wrong-indentation", "this line does not line up with the lines above it",
                   "In YAML the number of spaces at the start says what a line belongs to.",
                   fix, line, 0, max(own, 1), _line_above(lines, line))  # fmt: skip


def field_column(line: str) -> int:
    """Where the first field of a line begins, behind any dashes."""
    match = re.match(r"^\s*(?:- +)*", line)
    return match.end() if match else 0


def _find_open_quote(lines: Sequence[str], line: int) -> int | None:
    """The nearest line up to 30 above whose value opens a quote that the line does not close."""
    for number in range(line - 1, max(line - 31, -1), -1):
        opened = _OPENED_QUOTE.match(lines[number])
        if opened and opened[1] not in opened[2].replace("''", "").replace('\\"', ""):
            return number
    return None


def _spaces(count: int) -> str:
    return "1 space" if count == 1 else f"{count or 'no'} spaces"
