"""Slips of the pen in YAML, said in the author's words.

libyaml's own messages name its inner states. What is wrong can be told better by looking at the author's line, so each
message of libyaml only chooses the questions asked of that line.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from generator.problem import Place, Problem, Related, Severity
from generator.text import quote_lines

_ENTRY_START = re.compile(r"^( *)-\s+[\"']?id[\"']?\s*:\s*[\"']?([a-z0-9-]*)")
_FIELD = re.compile(r"^(\s*(?:- +)*)([^\s:#'\"\[\]{}][^:]*?):(?: +(.*)|$)")
_NO_SPACE_AFTER_COLON = re.compile(r"^\s*(?:- +)?([A-Za-z_][\w-]*):([^\s:/][^:]*)$")
_NO_SPACE_AFTER_DASH = re.compile(r"^(\s*)-([^\s-].*)$")
_SMART_QUOTES = "“”„‟‘’‚«»"


@dataclass(frozen=True)
class Slip:
    """A slip explained, the lines (from 0) that cannot be read because of it, and the ids of the entries they held."""

    problem: Problem
    lost_lines: range
    lost_ids: frozenset[str]


@dataclass(frozen=True)
class _Finding:
    rule: str
    title: str
    why: str
    fix: str
    line: int
    column: int
    end_column: int
    related_line: int | None = None
    related_note: str = ""


def explain_slip(file: str, lines: Sequence[str], readable: Sequence[str], error: Any) -> Slip:
    """What the author did where libyaml stopped. `error` is a yaml.MarkedYAMLError; `lines` are the author's own."""
    finding = _diagnose(readable, error)
    line = min(max(finding.line, 0), len(lines) - 1)
    width = len(lines[line].rstrip())
    start = min(finding.column, max(width - 1, 0))
    place = Place(file, line + 1, start + 1, line + 1, max(min(finding.end_column, width), start + 1) + 1)
    related: tuple[Related, ...] = ()
    if finding.related_line is not None:
        other = Place(file, finding.related_line + 1, 1, finding.related_line + 1, 1)
        related = (Related(other, finding.related_note),)
    excerpt = quote_lines(lines, (place, *(other.place for other in related)))
    problem = Problem(
        finding.rule, Severity.ERROR, place, finding.title, finding.why, finding.fix, related, excerpt
    )
    lost = _entry_around(readable, line)
    stopped = error.problem_mark.line if error.problem_mark is not None else line
    if stopped not in lost and stopped < len(readable) and not _ENTRY_START.match(readable[stopped]):
        inner = _entry_around(readable, stopped)
        lost = range(min(lost.start, inner.start), max(lost.stop, min(inner.stop, stopped + 1)))
    ids = frozenset(match[2] for number in lost if (match := _ENTRY_START.match(lines[number])) and match[2])
    return Slip(problem, lost, ids)


def find_lost_comments(file: str, lines: Sequence[str], ends: Iterable[tuple[int, int]]) -> Iterable[Problem]:
    """Text that YAML drops because a `#` stands in it: `we are #1` reads as `we are`.

    `ends` are the places (line, column, from 0) where unquoted values end. A `#` with a space behind it is taken for a
    comment, as people write them; a `#` that touches what follows is taken for text.
    """
    for line, column in ends:
        match = re.match(r"\s+#[^\s#]", lines[line][column:]) if line < len(lines) else None
        if match:
            start = column + match.end() - 1
            place = Place(file, line + 1, start, line + 1, len(lines[line].rstrip()) + 1)
            yield Problem(
                "lost-behind-hash",
                Severity.ERROR,
                place,
                'the text from "#" to the end of this line would be lost',
                "In YAML a # with a space before it starts a comment.",
                'Put the whole value in double quotes. If it is a comment, write "# " with a space.',
                excerpt=quote_lines(lines, (place,)),
            )


def _entry_around(lines: Sequence[str], line: int) -> range:
    """The lines of the entry that `line` stands in; outside a list of entries, the field with all below it."""
    for start in range(line, -1, -1):
        match = _ENTRY_START.match(lines[start])
        if match:
            indent = len(match[1])
            end = _end_of_block(lines, start, indent)
            if line < end:
                return range(start, end)
            break
    indent = _indent(lines[line])
    end = line + 1
    while end < len(lines) and not (
        lines[end].strip() and _indent(lines[end]) <= indent and _FIELD.match(lines[end])
    ):
        end += 1
    return range(line, end)


def _end_of_block(lines: Sequence[str], start: int, indent: int) -> int:
    """The first line behind the list item that starts at `start`."""
    for number in range(start + 1, len(lines)):
        text = lines[number]
        if not text.strip() or text.lstrip().startswith("#"):
            continue
        other = _ENTRY_START.match(text)
        if other and len(other[1]) <= indent + 1:
            return number
        if _indent(text) < indent or (
            _indent(text) == indent and not text.startswith("-", indent) and _FIELD.match(text)
        ):
            return number
    return len(lines)


def _indent(line: str) -> int:
    return len(line) - len(line.lstrip(" \t"))


def _diagnose(lines: Sequence[str], error: Any) -> _Finding:
    problem, context = error.problem or "", error.context or ""
    mark = error.problem_mark or error.context_mark
    line = min(mark.line, len(lines) - 1) if mark else 0
    column = mark.column if mark else 0
    start = error.context_mark
    for number in {line, start.line if start else line}:
        if number < len(lines) and "\t" in lines[number][: _indent(lines[number])]:
            return _tab(lines, number)
    if "quoted scalar" in context:
        return _in_quotes(lines, problem, line, column, start)
    if "flow" in context:
        return _open_bracket(lines, start)
    if "block scalar" in context:
        return _at_start(lines, start.line, start.column, lines[start.line][start.column : start.column + 1])
    if "anchor" in context or "alias" in context or "tag" in context or "tag handle" in problem:
        return _at_start(lines, start.line, start.column, lines[start.line][start.column : start.column + 1])
    if "cannot start any token" in problem:
        return _at_start(lines, line, column, lines[line][column : column + 1])
    if "directive" in context:
        return _at_start(lines, start.line, start.column, "%")
    if "mapping values are not allowed" in problem:
        return _colon(lines, line, column)
    if "simple key" in context:
        return _bare_line(lines, start.line, start.column)
    return _structure(lines, line, column)


def _tab(lines: Sequence[str], line: int) -> _Finding:
    column = lines[line].index("\t")
    return _Finding(
        "tab-indentation",
        "this line is indented with a tab",
        "YAML counts spaces, and a tab has no fixed width.",
        "Replace the tab by spaces, as many as the lines beside it have.",
        line,
        column,
        column + 1,
    )


def _in_quotes(lines: Sequence[str], problem: str, line: int, column: int, start: Any) -> _Finding:
    mark = lines[start.line][start.column : start.column + 1]
    if "escape" in problem or "hexdecimal" in problem:
        return _Finding(
            "backslash-in-quotes",
            "a backslash in double quotes means something else in YAML",
            r"Between double quotes, \ starts a code such as \n for a new line.",
            r"Use single quotes around the value, or write \\ for each backslash.",
            line,
            max(column - 1, 0),
            column + 1,
        )
    name = "double" if mark == '"' else "single"
    return _Finding(
        "open-quote",
        f"a {name} quote is opened here and never closed",
        "Everything below it would be read as part of this text.",
        f"Close the value with {mark} at its end."
        + (" An apostrophe inside single quotes is written twice ('')." if mark == "'" else ""),
        start.line,
        start.column,
        len(lines[start.line]),
    )


def _open_bracket(lines: Sequence[str], start: Any) -> _Finding:
    mark = lines[start.line][start.column : start.column + 1]
    close = {"[": "]", "{": "}"}.get(mark, "]")
    return _Finding(
        "open-bracket",
        f'a value that starts with "{mark}" is not closed as YAML expects',
        f"YAML reads {mark} as the start of a group that ends with {close}, its items parted by commas.",
        "If it is text, put the whole value in double quotes.",
        start.line,
        start.column,
        len(lines[start.line]),
    )


def _at_start(lines: Sequence[str], line: int, column: int, character: str) -> _Finding:
    if character == "\t":
        return _tab(lines, line) if "\t" in lines[line] else _structure(lines, line, column)
    if character in ("|", ">"):
        return _Finding(
            "text-after-bar",
            f'text stands behind "{character}" on the same line',
            f"In YAML {character} announces a text of several lines that begins on the next line.",
            "Begin the text on the next line, indented; or put the value in double quotes.",
            line,
            column,
            len(lines[line]),
        )
    return _Finding(
        "special-start",
        f'a value cannot start with "{character}"',
        f"YAML keeps {character} at the start of a value for itself.",
        "Put the whole value in double quotes.",
        line,
        column,
        len(lines[line]),
    )


def _colon(lines: Sequence[str], line: int, column: int) -> _Finding:
    """A colon where libyaml expected none: in a text, or because of the line above."""
    text = lines[line]
    field = _FIELD.match(text)
    if field and field[3] and column > field.start(3):
        value = field[3].strip()
        start = field.start(3)
        if value[0] in _SMART_QUOTES:
            return _Finding(
                "smart-quotes",
                "this value is in typographic quotes, which YAML takes for letters",
                "Only straight quotes protect a colon. Word processors replace them by curly ones.",
                'Replace them by straight double quotes ("), at the start and at the end.',
                line,
                start,
                len(text.rstrip()),
            )
        return _Finding(
            "colon-in-text",
            "a colon followed by a space stands inside a text",
            "YAML takes it for the end of another field name.",
            f"Put the whole value in double quotes: {_quoted(field[2], value)}",
            line,
            column,
            column + 1,
        )
    above = next((number for number in range(line - 1, -1, -1) if lines[number].strip()), None)
    if above is not None:
        glued = _NO_SPACE_AFTER_COLON.match(lines[above])
        if glued:
            return _space_after_colon(lines, above, glued)
        if _indent(text) > _indent(lines[above]):
            return _Finding(
                "wrong-indentation",
                "this line is indented too far",
                "It is read as a part of the value above it, which is already complete.",
                f"Let it start at the same column as the line above ({_indent(lines[above]) + 1}).",
                line,
                0,
                _indent(text),
                above,
                "the line above",
            )
    return _structure(lines, line, column)


def _space_after_colon(lines: Sequence[str], line: int, match: re.Match[str]) -> _Finding:
    column = match.end(1)
    return _Finding(
        "space-after-colon",
        f'a space is missing after "{match[1]}:"',
        "Without it YAML takes the whole for one word.",
        f"Write {match[1]}: {match[2].strip()}",
        line,
        column,
        column + 1,
    )


def _bare_line(lines: Sequence[str], line: int, column: int) -> _Finding:
    """A line that should have been `field: value` or `- item` and is neither."""
    text = lines[line]
    glued = _NO_SPACE_AFTER_COLON.match(text)
    if glued:
        return _space_after_colon(lines, line, glued)
    dash = _NO_SPACE_AFTER_DASH.match(text)
    if dash:
        return _Finding(
            "space-after-dash",
            "a space is missing after the dash",
            "Only a dash followed by a space begins an item of a list.",
            f"Write - {dash[2].strip()}",
            line,
            len(dash[1]),
            len(dash[1]) + 1,
        )
    above = next((number for number in range(line - 1, -1, -1) if lines[number].strip()), None)
    return _Finding(
        "missing-colon",
        "this line is neither a field nor an item of a list",
        "A field needs a colon and a space after its name, an item a dash and a space before it.",
        "If it continues the text above, indent it further than the field's name; else add what is missing.",
        line,
        column,
        len(text),
        above,
        "the line above",
    )


def _structure(lines: Sequence[str], line: int, column: int) -> _Finding:
    """libyaml expected another line here: a quote closed too early, or an indentation that fits nothing above."""
    while line > 0 and not lines[line].strip():
        line -= 1
    text = lines[line]
    after = re.match(r"""^(\s*(?:- +)*(?:[^\s:]+: +)?)("(?:[^"\\]|\\.)*"|'(?:[^']|'')*')\s*([^\s#,\]}].*)$""", text)
    if after:
        return _Finding(
            "text-after-quote",
            "text stands behind the closing quote",
            "A quoted value ends with its quote; YAML does not know what to do with the rest.",
            "Put the whole value in one pair of quotes; use single quotes outside if it has double ones inside.",
            line,
            after.start(3),
            len(text.rstrip()),
        )
    odd = _unclosed_above(lines, line)
    if odd is not None:
        quote = min(at for at in (lines[odd].find('"'), lines[odd].find("'")) if at >= 0)
        return _Finding(
            "open-quote",
            "a quote is opened here and not closed on the same line",
            "Everything up to the next quote would be read as part of this text.",
            "Close the value with the same quote at its end.",
            odd,
            quote,
            len(lines[odd]),
        )
    if re.match(r"^\s*[A-Za-z_][\w-]*$", text):
        return _bare_line(lines, line, _indent(text))
    dash = _NO_SPACE_AFTER_DASH.match(text)
    if dash and not text.strip().startswith("---"):
        return _bare_line(lines, line, column)
    above = next((number for number in range(line - 1, -1, -1) if lines[number].strip()), None)
    indents = sorted({_indent(other) for other in lines[max(line - 12, 0) : line] if other.strip()})
    near = min(indents, key=lambda indent: abs(indent - _indent(text)), default=0)
    fix = "Let it start at the same column as the lines it belongs with."
    if near != _indent(text):
        fix = f"The lines above start after {_spaces(near)}; this one after {_spaces(_indent(text))}. Line it up."
    return _Finding(
        "wrong-indentation",
        "this line does not line up with the lines above it",
        "In YAML the number of spaces at the start says what a line belongs to.",
        fix,
        line,
        0,
        max(_indent(text), 1),
        above,
        "the line above",
    )


def _unclosed_above(lines: Sequence[str], line: int) -> int | None:
    """The nearest line up to 30 above whose value opens a quote that the line does not close."""
    for number in range(line, max(line - 30, -1), -1):
        opened = re.match(r"""^\s*(?:- +)*(?:[^\s:"']+: +)?(["'])(.*)$""", lines[number])
        if opened and number != line and opened[1] not in opened[2].replace("''", "").replace('\\"', ""):
            return number
    return None


def _spaces(count: int) -> str:
    return "1 space" if count == 1 else f"{count or 'no'} spaces"


def quote_scalar(text: str) -> str:
    """A text in double quotes, as YAML writes it."""
    return '"' + text.replace("\\", "\\\\").replace('"', '\\"') + '"'


def _quoted(field: str, value: str) -> str:
    return f"{field}: {quote_scalar(value if len(value) <= 90 else value[:60] + '…')}"
