"""What an author did where libyaml stopped: found by looking at the author's line, said in the
author's words.

libyaml's own messages name its inner states; each only chooses the questions asked of the line.
Lines and columns count from 0 here.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Any

from generator.syntax.indentation import (
    explain_bare_name,
    explain_block,
    explain_bullet,
    explain_glued,
    explain_lines,
)
from generator.syntax.lines import (
    CURLY_QUOTES,
    FIELD,
    NAME,
    Change,
    Finding,
    field_column,
    find_text_end,
    indent_of,
    is_item,
    line_above,
    quote_scalar,
    quote_text,
)
from generator.syntax.rules import (
    BACKSLASH_IN_QUOTES,
    COLON_IN_TEXT,
    LOST_BEHIND_HASH,
    MISSING_COLON,
    MISSING_KEY,
    OPEN_BRACKET,
    OPEN_QUOTE,
    SMART_QUOTES,
    SPECIAL_START,
    TAB_INDENTATION,
    TEXT_AFTER_BAR,
    TEXT_AFTER_QUOTE,
)

Lines = Sequence[str]
_SHOWN = 90
"""A value up to this length is shown whole in the advice."""

_AFTER_QUOTE = re.compile(
    r"""^(\s*(?:- +)*(?:[^\s:]+: +)?)("(?:[^"\\]|\\.)*"|'(?:[^']|'')*')\s*([^\s#,\]}].*)$"""
)
_AFTER_BRACKET = re.compile(r"^(\s*(?:- +)*[^\s:]+: +)([\[{].*[\]}])\s*\S")
_OPENED_QUOTE = re.compile(r"""^(\s*(?:- +)*(?:[^\s:"']+: +)?)(["'])(.*)$""")
_SPECIAL_START = re.compile(r"^(\s*(?:- +)*(?:[^\s:'\"]+: +)?)(?:[*&!%@`,}\]]|\? )")
_APOSTROPHE = re.compile(r"'(?:t|tis|twas|til|till|em|cause|round|n|s|\d0s)\b", re.IGNORECASE)
_OTHER_SIGN = re.compile(
    r"^(\s*(?:- +)*)([a-z][a-z0-9_]*)(?: *(=>?|;) *(?=\S)| +(?=[\[{\"'|>]))(.*)$"
)
_REMARKED = re.compile(r"^(\s*)(# ?)([a-z][a-z0-9_]*):\s*(?:[>|][+-]?)?\s*$")
_LOST_IN_BRACKETS = re.compile(r"[\s,\[{](#[^\s#,\]}][^,\]}]*)")


def diagnose(lines: Lines, error: Any) -> Finding:
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
    if (
        any(word in context for word in ("block scalar", "anchor", "alias", "tag", "directive"))
        or "tag" in problem
    ):
        return _at_start(lines, start, start_column)
    if "cannot start any token" in problem or (
        "not allowed in this context" in problem and "block seq" in problem
    ):
        return _at_start(lines, line, column)
    if "mapping values are not allowed" in problem:
        return _colon(lines, line, column)
    if "simple key" in context:
        return _bare_line(lines, start)
    return _structure(lines, line)


def _position(lines: Lines, mark: Any) -> tuple[int, int]:
    """A mark of libyaml within the lines there are: at the end of a file it points behind them."""
    line = min(mark.line, len(lines) - 1) if mark is not None else 0
    return line, min(mark.column, len(lines[line])) if mark is not None and line == mark.line else 0


def _width(lines: Lines, line: int) -> int:
    return len(lines[line].rstrip())


def _show_quoted(lines: Lines, changes: Sequence[Change]) -> str:
    """`: summary: "*Milk*"`, where the value stands on one line."""
    if len(changes) != 1:
        return ""
    [one] = changes
    value = lines[one.line][one.start : one.end]
    return f": {lines[one.line][indent_of(lines[one.line]) : one.start]}{quote_scalar(_cut(value))}"


def _tab(lines: Lines, line: int) -> Finding:
    text = lines[line]
    above = line_above(lines, line)
    spaces = None
    if above is not None and not text[: indent_of(text)].strip("\t") and "\t" not in lines[above]:
        deeper = 2 if lines[above].rstrip().endswith(":") else 0
        spaces = " " * (field_column(lines[above]) + deeper)
        item = next((number for number in range(above, -1, -1) if is_item(lines[number])), None)
        if is_item(text) and item is not None and not deeper:
            spaces = " " * indent_of(lines[item])
    changes = (Change(line, 0, indent_of(text), spaces),) if spaces is not None else ()
    return Finding(
        rule=TAB_INDENTATION,
        title="this line is indented with a tab",
        why="YAML counts spaces, and a tab has no fixed width.",
        line=line,
        start=0 if spaces else text.index("\t"),
        end=indent_of(text),
        changes=changes,
        certain=False,
        safe=True,
    )


def _in_quotes(
    lines: Lines, problem: str, here: tuple[int, int], start: tuple[int, int]
) -> Finding:
    if "escape" in problem or "hexdecimal" in problem:
        return Finding(
            rule=BACKSLASH_IN_QUOTES,
            title="a backslash in double quotes means something else in YAML",
            why=r"Between double quotes, \ starts a code such as \n for a new line.",
            line=here[0],
            start=max(here[1] - 1, 0),
            end=here[1] + 1,
        )
    return _open_quote(lines, *start)


def _open_quote(lines: Lines, line: int, column: int) -> Finding:
    text = lines[line]
    mark, value = text[column : column + 1], text[column:].rstrip()
    if mark == "'" and _APOSTROPHE.match(value):
        return Finding(
            rule=OPEN_QUOTE,
            title="an apostrophe at the start of a value opens a quote, and nothing closes it",
            why="Everything below it would be read as part of this text.",
            fix=f"Put the whole value in double quotes: {quote_scalar(_cut(value))}",
            line=line,
            start=column,
            end=len(text),
            changes=quote_text(lines, line, column),
            certain=False,
        )
    name = "double" if mark == '"' else "single"
    hint = (
        " An apostrophe inside single quotes is written twice ('')."
        if mark == "'" and "'" in value[1:]
        else ""
    )
    last = find_text_end(lines, line, column)
    closing = Change(last, _width(lines, last), _width(lines, last), mark)
    return Finding(
        rule=OPEN_QUOTE,
        title=f"a {name} quote is opened here and never closed",
        why="Everything below it would be read as part of this text.",
        fix=f"Close the value with {mark} at its end.{hint}",
        line=line,
        start=column,
        end=len(text),
        changes=(closing,),
        certain=False,
    )


def _cut(value: str) -> str:
    return value if len(value) <= _SHOWN else value[:60] + "…"


def _open_bracket(lines: Lines, line: int, column: int) -> Finding:
    while lines[line][column : column + 1] not in ("[", "{") and line >= 0:
        found = max(lines[line].rfind("["), lines[line].rfind("{"))
        if found >= 0 or line == 0:
            column = max(found, 0)
            break
        line -= 1
    lost = _LOST_IN_BRACKETS.search(lines[line], column)
    if lost and lines[line].rstrip()[-1] in "]}":
        return _lost_in_brackets(lines, line, lost)
    mark = lines[line][column : column + 1]
    close = {"[": "]", "{": "}"}.get(mark, "a bracket")
    return Finding(
        rule=OPEN_BRACKET,
        title=f'a value that starts with "{mark}" is not closed as YAML expects',
        why=f"YAML reads {mark} as the start of a group that ends with {close}, its items parted by commas.",
        fix=f"If it is text, put the whole value in double quotes. If it is a group, close it with {close}",
        line=line,
        start=column,
        end=_width(lines, line),
        changes=quote_text(lines, line, column),
        certain=False,
    )


def _lost_in_brackets(lines: Lines, line: int, lost: re.Match[str]) -> Finding:
    item = lost[1].rstrip()
    start, end = lost.start(1), lost.start(1) + len(item)
    return Finding(
        rule=LOST_BEHIND_HASH,
        title='the text from "#" to the end of this line would be lost',
        why="In YAML a # with a space before it starts a comment, and the bracket is never closed.",
        fix=f"Put the item in double quotes: {quote_scalar(item)}",
        line=line,
        start=start,
        end=_width(lines, line),
        changes=(Change(line, start, end, quote_scalar(item)),),
    )


def _at_start(lines: Lines, line: int, column: int) -> Finding:
    """A mark of YAML's own where a text was meant."""
    mark = lines[line][column : column + 1]
    bullet = explain_bullet(lines, line)
    if bullet is not None and mark == "*":
        return bullet
    if not mark.strip() or (mark == "%" and column == 0):
        return _structure(lines, line)
    if column == indent_of(lines[line]):
        return (
            explain_lines(lines, line) if mark in "-?" else _mark_before_line(lines, line, column)
        )
    changes = quote_text(lines, line, column)
    end = changes[0].end if changes else _width(lines, line)
    if mark in ("|", ">"):
        return Finding(
            rule=TEXT_AFTER_BAR,
            title=f'text stands behind "{mark}" on the same line',
            why=f"In YAML {mark} announces a text of several lines that begins on the next line.",
            line=line,
            start=column,
            end=end,
            changes=changes,
            certain=False,
            written=_begin_below(lines, line, column),
        )
    fix = f"Put the whole value in double quotes{_show_quoted(lines, changes) or '.'}"
    if mark == "-":  # one item of a list, or a slip: only its author knows
        bare = lines[line][column + 1 : end].strip()
        fix = f"If it is one text, write it without the dash: {bare}; of a list, each item gets a line of its own."
    return Finding(
        rule=SPECIAL_START,
        title=f'a value cannot start with "{mark}"',
        why=f"YAML keeps {mark} at the start of a value for itself.",
        fix=fix,
        line=line,
        start=column,
        end=end,
        changes=changes,
        certain=mark != "-",
    )


def _begin_below(lines: Lines, line: int, column: int) -> tuple[Change, ...]:
    """A text behind its bar, begun on the next line, as deep as what follows of it."""
    behind = lines[line][column + 1 :]
    inner = field_column(lines[line]) + 2
    below = next((indent_of(text) for text in lines[line + 1 :] if text.strip()), 0)
    depth = below if below >= inner else inner
    end = column + 1 + len(behind) - len(behind.lstrip())
    return (Change(line, column + 1, end, f"\n{' ' * depth}"),)


def _mark_before_line(lines: Lines, line: int, column: int) -> Finding:
    """A mark in front of a whole line: what stands behind it may be a field, an item or text."""
    mark = lines[line][column]
    return Finding(
        rule=SPECIAL_START,
        title=f'a line cannot start with "{mark}"',
        why=f"YAML keeps {mark} at the start of a line for itself.",
        fix=f"Delete the {mark}. If the line goes on with a text, put the whole text in double quotes.",
        line=line,
        start=column,
        end=_width(lines, line),
        changes=(Change(line, column, column + 1, ""),),
        certain=False,
    )


def _colon(lines: Lines, line: int, column: int) -> Finding:
    """A colon where libyaml expected none: in a text, or because of the line above."""
    field = FIELD.match(lines[line])
    if not (field and field[3] and column > field.start(3)):
        return _structure(lines, line)
    start = field.start(3)
    if is_item(lines[line]) and not NAME.fullmatch(field[2]):  # - Next step: a date: and a person
        start = field.start(2)
    value, changes = lines[line][start:].strip(), quote_text(lines, line, start)
    if value[0] in CURLY_QUOTES:
        inner = value[1:-1] if value[-1] in CURLY_QUOTES else value
        whole = Change(line, start, _width(lines, line), quote_scalar(inner))
        return Finding(
            rule=SMART_QUOTES,
            title="this value is in typographic quotes, which YAML takes for letters",
            why="Only straight quotes protect a colon. Word processors replace them by curly ones.",
            fix=f"Write straight double quotes: {lines[line][field.start(2) : start]}{quote_scalar(_cut(inner))}",
            line=line,
            start=start,
            end=_width(lines, line),
            changes=(whole,) if len(changes) == 1 else changes,
        )
    return Finding(
        rule=COLON_IN_TEXT,
        title="a colon followed by a space stands inside a text",
        why="YAML takes it for the end of another field name.",
        fix=f"Put the whole value in double quotes: {lines[line][field.start(2) : start]}{quote_scalar(_cut(value))}",
        line=line,
        start=column,
        end=column + 1,
        changes=changes,
    )


def _bare_line(lines: Lines, line: int) -> Finding:
    """A line that should have been `field: value` or `- item` and is neither."""
    for explain in (explain_glued, explain_bare_name, explain_block, explain_bullet):
        found = explain(lines, line)
        if found is not None:
            return found
    sign = _OTHER_SIGN.match(lines[line])
    if sign:
        name, column = sign[2], sign.end(2)
        title = (
            f'"{sign[3]}" stands behind "{name}" where a colon belongs'
            if sign[3]
            else f'a colon is missing behind "{name}"'
        )
        return Finding(
            rule=MISSING_COLON,
            title=title,
            why="Only a colon with a space behind it parts a field's name from its value.",
            fix=f"Write {name}: {_cut(sign[4])}",
            line=line,
            start=max(sign.start(3), column),
            end=max(sign.end(3), column + 1),
            changes=(Change(line, column, sign.start(4), ": "),),
        )
    remark = _below_remark(lines, line)
    if remark is not None:
        return remark
    below = next((text for text in lines[line + 1 :] if text.strip()), "")
    alone = indent_of(below) <= indent_of(lines[line]) and not is_item(below)
    blank = (Change(line, 0, len(lines[line]), ""),) if alone else ()
    return Finding(
        rule=MISSING_COLON,
        title="this line is neither a field nor an item of a list",
        why="A field needs a colon and a space after its name, an item a dash and a space before it.",
        fix="If it continues the text above, indent it further than that field's name; else add what is missing.",
        line=line,
        start=indent_of(lines[line]),
        end=len(lines[line]),
        above=line_above(lines, line),
        changes=blank,
        certain=False,
        vague=True,
    )


def _below_remark(lines: Lines, line: int) -> Finding | None:
    """A text whose field was commented out, but for the lines below its name."""
    above = line_above(lines, line)
    found = _REMARKED.match(lines[above]) if above is not None else None
    if above is None or not found or indent_of(lines[line]) <= found.start(2):
        return None
    return Finding(
        rule=MISSING_COLON,
        title=f'this text stands below a remark, since "{found[3]}" was commented out alone',
        why="A # takes away its own line only; what stands below it belongs to no field now.",
        fix=f"Take the # away in line {above + 1}, or put one before each line of the text, too.",
        line=line,
        start=indent_of(lines[line]),
        end=len(lines[line].rstrip()),
        above=above,
        changes=(Change(above, found.start(2), found.start(3), ""),),
        certain=False,
    )


def _structure(lines: Lines, line: int) -> Finding:
    """libyaml expected another line here: a value closed too early, or an indentation that fits
    nothing above.
    """
    while line > 0 and not lines[line].strip():
        line -= 1
    text = lines[line]
    special, after = _SPECIAL_START.match(text), _AFTER_QUOTE.match(text)
    if special and special.end(1) > 0:
        return _at_start(lines, line, special.end(1))
    if after:
        return _text_after_quote(lines, line, after)
    if re.match(r"^\s*(?:- +)*:(?: |$)", text):
        return Finding(
            rule=MISSING_KEY,
            title="a colon stands here without a field name before it",
            line=line,
            start=text.index(":"),
            end=text.index(":") + 1,
        )
    bracket = _AFTER_BRACKET.match(text)
    if bracket:
        quoted = quote_text(lines, line, bracket.start(2))
        return Finding(
            rule=OPEN_BRACKET,
            title=f'text stands behind a value that starts with "{bracket[2][0]}"',
            why=f"YAML reads {bracket[2][0]} as the start of a group; behind its end nothing may stand.",
            fix=f"If it is text, put the whole value in double quotes{_show_quoted(lines, quoted) or '.'}",
            line=line,
            start=bracket.start(2),
            end=_width(lines, line),
            changes=quoted,
        )
    opened = _find_open_quote(lines, line)
    if opened is not None:
        return _open_quote(lines, *opened)
    if re.match(r"^\s*[A-Za-z_][\w-]*$", text):
        return _bare_line(lines, line)
    return _stray_above(lines, line) or explain_lines(lines, line)


def _stray_above(lines: Lines, line: int) -> Finding | None:
    """Words above the first line of a file that holds more, where nothing but a remark may stand."""
    above = line_above(lines, line)
    if above is None or FIELD.match(lines[above]) or is_item(lines[above]):
        return None
    rest = [text for text in lines[:above] if text.strip() and not text.lstrip().startswith("#")]
    begins = is_item(lines[line]) or FIELD.match(lines[line])
    if rest or not begins or indent_of(lines[above]) != indent_of(lines[line]):
        return None
    if lines[above].lstrip()[0] in "#-%[{|>&*!":
        return None
    return Finding(
        rule=MISSING_COLON,
        title="this line is neither a field nor an item of a list",
        why="The file begins below it. Only a remark may stand here.",
        fix="If it is a remark, put # and a space before it; else delete it.",
        line=above,
        start=indent_of(lines[above]),
        end=_width(lines, above),
        changes=(Change(above, indent_of(lines[above]), indent_of(lines[above]), "# "),),
    )


def _text_after_quote(lines: Lines, line: int, match: re.Match[str]) -> Finding:
    whole = lines[line][match.end(1) :].rstrip()
    fix = "Put the whole value in one pair of quotes; use single quotes outside if it has double ones inside."
    if whole.count('"') == 2 and "'" not in whole and len(whole) < _SHOWN:
        fix = f"Put the whole value in single quotes: {lines[line][indent_of(lines[line]) : match.end(1)]}'{whole}'"
    if match[2][0] == "'":
        fix = "An apostrophe inside single quotes is written twice (''); or use double quotes around the whole."
    return Finding(
        rule=TEXT_AFTER_QUOTE,
        title="text stands behind the closing quote",
        why="A quoted value ends with its quote; YAML does not know what to do with the rest.",
        fix=fix,
        line=line,
        start=match.start(3),
        end=_width(lines, line),
        changes=quote_text(lines, line, match.end(1)),
        certain=False,
    )


def _find_open_quote(lines: Lines, line: int) -> tuple[int, int] | None:
    """The nearest line up to 30 above whose value opens a quote that the line does not close, and
    its column.
    """
    for number in range(line - 1, max(line - 31, -1), -1):
        opened = _OPENED_QUOTE.match(lines[number])
        if opened and opened[2] not in opened[3].replace("''", "").replace('\\"', ""):
            return number, opened.end(1)
    return None
