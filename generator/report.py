"""Problems as people and machines read them. One table of formats."""

from __future__ import annotations

import json
import textwrap
from collections.abc import Callable, Mapping, Sequence
from dataclasses import asdict, dataclass
from typing import Any

from generator.problem import Place, Problem, Severity

UNCHANGED = "Nothing was published; the live site is unchanged."
_MAX_LINE = 160


@dataclass(frozen=True)
class Summary:
    """What was looked at, and what the problems mean for the live site."""

    files: int
    consequence: str = ""


def report_terminal(problems: Sequence[Problem], summary: Summary, width: int = 88, colour: bool = False) -> str:
    """Each problem with the author's own line, then the count. `width` in characters."""
    paint = _Paint(colour)
    parts = [_tell(problem, width, paint) for problem in problems]
    parts.append(_count(problems, summary) + "\n")
    return "\n".join(parts)


def report_json(problems: Sequence[Problem], summary: Summary, width: int = 0, colour: bool = False) -> str:
    """One object: `problems`, each with its place and words, and `counts`."""
    listed = []
    for problem in problems:
        row: dict[str, Any] = {
            "rule": problem.rule,
            "severity": str(problem.severity),
            "file": problem.place.file,
            "line": problem.place.line,
            "column": problem.place.column,
            "title": problem.title,
            "why": problem.why,
            "fix": problem.fix,
        }
        if problem.related:
            row["related"] = [{**asdict(other.place), "note": other.note} for other in problem.related]
        listed.append(row)
    counts = {
        "files": summary.files,
        "errors": _number(problems, Severity.ERROR),
        "warnings": _number(problems, Severity.WARNING),
    }
    return json.dumps({"problems": listed, "counts": counts}, ensure_ascii=False, indent=2) + "\n"


FORMATS: Mapping[str, Callable[..., str]] = {"terminal": report_terminal, "json": report_json}


class _Paint:
    def __init__(self, colour: bool) -> None:
        self._colour = colour

    def __call__(self, code: str, text: str) -> str:
        return f"\x1b[{code}m{text}\x1b[0m" if self._colour else text


def _number(problems: Sequence[Problem], severity: Severity) -> int:
    return sum(problem.severity is severity for problem in problems)


def _tell(problem: Problem, width: int, paint: _Paint) -> str:
    tone = "1;31" if problem.severity is Severity.ERROR else "1;33"
    lines = [
        f"{paint(tone, str(problem.severity) + ':')} {paint('1', problem.title)}",
        f"  {_where(problem.place)}",
    ]
    if problem.excerpt:
        lines += _quote(problem, paint, tone)
    margin = " " * (5 if not problem.excerpt else len(str(problem.excerpt[-1][0])) + 3)
    room = max(width - len(margin) - 2, 30)
    told = [line for text in (problem.why, problem.fix) if text for line in _wrap(text, room, margin)]
    tag = f"[{problem.rule}]"
    if told and len(told[-1]) + len(tag) + 2 <= width:
        told[-1] = told[-1].ljust(width - len(tag)) + paint("2", tag)
    else:
        told.append(" " * max(width - len(tag), 0) + paint("2", tag))
    return "\n".join([*lines, *told]) + "\n"


def _where(place: Place) -> str:
    return f"{place.file}, line {place.line}" if place.line else place.file


def _quote(problem: Problem, paint: _Paint, tone: str) -> list[str]:
    """The author's lines with the place underlined; two places that clash are both shown."""
    gutter = len(str(problem.excerpt[-1][0])) + 2
    lines: list[str] = []
    if len(problem.excerpt) == 1:
        lines.append(" " * (gutter + 1) + paint("2", "|"))
    previous = None
    for number, text in problem.excerpt:
        if previous is not None and number > previous + 1:
            lines.append(" " * (gutter + 1) + paint("2", "| ..."))
        shown, start, end = _window(text, problem.place, number)
        lines.append(f"{str(number).rjust(gutter)} {paint('2', '|')} {shown}".rstrip())
        if number == problem.place.line:
            mark = " " * start + paint(tone, "^" * max(end - start, 1))
            lines.append(" " * (gutter + 1) + f"{paint('2', '|')} {mark}")
        previous = number
    return lines


def _window(text: str, place: Place, number: int) -> tuple[str, int, int]:
    """The part of a line that is shown, and where the place begins and ends in it. Tabs take one column."""
    text = text.replace("\t", " ").rstrip()
    start = place.column - 1 if number == place.line else 0
    end = place.end_column - 1 if number == place.line else 0
    if len(text) <= _MAX_LINE:
        return text, start, min(end, max(len(text), start + 1))
    first = max(start - 40, 0)
    shown = (
        ("…" if first else "") + text[first : first + _MAX_LINE] + ("…" if len(text) > first + _MAX_LINE else "")
    )
    shift = first - (1 if first else 0)
    return shown, start - shift, min(end - shift, len(shown))


def _wrap(text: str, room: int, margin: str) -> list[str]:
    lines = textwrap.wrap(text, room, break_long_words=False, break_on_hyphens=False) or [""]
    return [f"{margin}= {lines[0]}", *(f"{margin}  {line}" for line in lines[1:])]


def _count(problems: Sequence[Problem], summary: Summary) -> str:
    errors, warnings = _number(problems, Severity.ERROR), _number(problems, Severity.WARNING)
    if not problems:
        return f"No problems in {_plural(summary.files, 'file')}. {summary.consequence}".rstrip()
    touched = len({problem.place.file for problem in problems})
    what = _plural(errors, "problem") if errors else _plural(warnings, "warning")
    if errors and warnings:
        what += f" and {_plural(warnings, 'warning')}"
    return f"{what} in {touched} of {_plural(max(summary.files, touched), 'file')}. {summary.consequence}".rstrip()


def _plural(count: int, noun: str) -> str:
    return f"{count} {noun}" if count == 1 else f"{count} {noun}s"
