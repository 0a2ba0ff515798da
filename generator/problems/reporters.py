"""Problems as people and machines read them. One table of formats; what all formats say comes from
`Problem` alone.
"""

from __future__ import annotations

import hashlib
import json
import textwrap
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any
from urllib.parse import quote

from generator import __version__
from generator.problems.phrases import join_words
from generator.problems.problem import MOST, Place, Problem, Severity
from generator.problems.terminal_style import PLAIN, Look, visible

Paint = Callable[[str, str], str]
UNCHANGED = "Nothing was published; the live site is unchanged."
NOT_BUILT = "No site was built."
SHOWN = 200
"""How many problems are told in full; the rest are counted."""
_MAX_LINE = 160
_TONES = {Severity.ERROR: "1;31", Severity.WARNING: "1;33", Severity.NOTICE: "1;36"}
_FEW_NOTICES = 3
"""So many findings that come with the calendar are told in full; where there are more, each gets a
line.
"""


@dataclass(frozen=True)
class Summary:
    """What was looked at, and what the problems mean for the live site.

    `folder` leads from the root of the git repository to the strategy (empty where they are the
    same): git hosts name files from there. `pages` are the hand-written ones, counted beside the files
    of the strategy.
    """

    files: int
    consequence: str = ""
    folder: str = ""
    pages: int = 0

    @property
    def all_files(self) -> int:
        """Everything that was looked at."""
        return self.files + self.pages


def report_terminal(problems: Sequence[Problem], summary: Summary, look: Look = PLAIN) -> str:
    """Each problem with the author's own line, then the count."""
    paint = look.paint
    shown = _first(problems)
    listed = [problem for problem in shown if problem.severity is Severity.NOTICE]
    listed = listed if len(listed) > _FEW_NOTICES else []
    parts = [_tell(problem, look.width, paint) for problem in shown if problem not in listed]
    if listed:
        parts.append(_list_notices(listed, paint))
    if len(problems) > len(shown):
        parts.append(
            f"… and {len(problems) - len(shown)} more. Mend these first; many often have one cause.\n"
        )
    parts.append(_count(problems, summary) + "\n")
    return "\n".join(parts)


def report_json(problems: Sequence[Problem], summary: Summary, look: Look = PLAIN) -> str:
    """One object: `problems`, each with its place and words, and `counts` of all of them."""
    listed = []
    for problem in _first(problems):
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
            row["related"] = [
                {
                    "file": other.place.file,
                    "line": other.place.line,
                    "column": other.place.column,
                    "note": other.note,
                }
                for other in problem.related
            ]
        listed.append(row)
    counts = {
        "files": summary.all_files,
        "errors": _number(problems, Severity.ERROR),
        "warnings": _number(problems, Severity.WARNING),
        "notices": _number(problems, Severity.NOTICE),
    }
    return _dump({"problems": listed, "counts": counts})


def report_github(problems: Sequence[Problem], summary: Summary, look: Look = PLAIN) -> str:
    """Workflow commands, errors first: GitHub shows ten of a kind for each step and drops the rest
    without a word.
    """
    lines = []
    for problem in _first(problems):
        place = problem.place
        properties = f"file={_property(visible(_path(place, summary)))}"
        if place.line:
            properties += f",line={place.line},col={place.column}"
        text = "\n".join(
            visible(part) for part in (problem.why, problem.fix, f"[{problem.rule}]") if part
        )
        lines.append(
            f"::{problem.severity} {properties},title={_property(visible(_sentence(problem.title)))}::{_message(text)}"
        )
    lines.append(_count(problems, summary))
    return "\n".join(lines) + "\n"


def summarise_github(problems: Sequence[Problem], summary: Summary) -> str:
    """The table for the summary of a step: every problem, in Markdown that nothing written by an
    author can break.
    """
    lines = ["### Strategy check", "", _count(problems, summary), ""]
    if problems:
        lines += ["| | where | what | what to do |", "| --- | --- | --- | --- |"]
    for problem in _first(problems):
        where = f"{_path(problem.place, summary)}{f':{problem.place.line}' if problem.place.line else ''}"
        cells = (
            str(problem.severity),
            where,
            _sentence(problem.title),
            f"{problem.why} {problem.fix}".strip(),
        )
        lines.append("| " + " | ".join(_cell(cell) for cell in cells) + " |")
    if len(problems) > SHOWN:
        lines += ["", f"… and {len(problems) - SHOWN} more."]
    return "\n".join(lines) + "\n"


def report_gitlab(problems: Sequence[Problem], summary: Summary, look: Look = PLAIN) -> str:
    """GitLab's code quality report. A finding's fingerprint does not change when lines above it do."""
    seen: dict[str, int] = {}
    rows = []
    for problem in _first(problems):
        path = _path(problem.place, summary)
        own = "\0".join(
            (problem.rule, path, problem.title, *(text.strip() for _, text in problem.excerpt))
        )
        seen[own] = seen.get(own, 0) + 1
        rows.append(
            {
                "description": " ".join(
                    part
                    for part in (_sentence(problem.title) + ".", problem.why, problem.fix)
                    if part
                ),
                "check_name": problem.rule,
                "fingerprint": hashlib.sha256(f"{own}\0{seen[own]}".encode()).hexdigest(),
                "severity": {Severity.ERROR: "major", Severity.WARNING: "minor"}.get(
                    problem.severity, "info"
                ),
                "location": {"path": path, "lines": {"begin": max(problem.place.line, 1)}},
            }
        )
    return _dump(rows)


def report_sarif(problems: Sequence[Problem], summary: Summary, look: Look = PLAIN) -> str:
    """SARIF 2.1.0, for code scanning."""
    results = []
    for problem in _first(problems):
        region = {"startLine": max(problem.place.line, 1), "startColumn": problem.place.column}
        if (
            problem.place.end_line == problem.place.line
            and problem.place.end_column > problem.place.column
        ):
            region["endColumn"] = problem.place.end_column
        results.append(
            {
                "ruleId": problem.rule,
                "level": "note" if problem.severity is Severity.NOTICE else str(problem.severity),
                "message": {
                    "text": " ".join(
                        part
                        for part in (_sentence(problem.title) + ".", problem.why, problem.fix)
                        if part
                    )
                },
                "locations": [
                    {
                        "physicalLocation": {
                            "artifactLocation": {"uri": quote(_path(problem.place, summary))},
                            "region": region,
                        }
                    }
                ],
            }
        )
    rules = [
        {"id": rule, "help": {"text": f"playbook explain {rule}"}}
        for rule in sorted({problem.rule for problem in problems})
    ]
    driver = {"name": "strategy-playbook", "version": __version__, "rules": rules}
    return _dump(
        {
            "$schema": "https://json.schemastore.org/sarif-2.1.0.json",
            "version": "2.1.0",
            "runs": [
                {"tool": {"driver": driver}, "columnKind": "unicodeCodePoints", "results": results}
            ],
        }
    )


FORMATS: Mapping[str, Callable[[Sequence[Problem], Summary, Look], str]] = {
    "terminal": report_terminal,
    "json": report_json,
    "github": report_github,
    "gitlab": report_gitlab,
    "sarif": report_sarif,
}


def choose_format(name: str, environment: Mapping[str, str]) -> str:
    """The format that `auto` stands for: that of the git host whose CI runs us, else the
    terminal's.
    """
    if name != "auto":
        return name
    if environment.get("GITHUB_ACTIONS") == "true":
        return "github"
    return "gitlab" if environment.get("GITLAB_CI") == "true" else "terminal"


def rank(problems: Sequence[Problem]) -> Sequence[Problem]:
    """Problems in the order in which they are told: what keeps others from being read, then errors
    first only where there are many, else in the order of the files.
    """
    return (
        problems
        if len(problems) <= 10
        else sorted(problems, key=lambda problem: (not problem.is_cause, problem.severity.rank))
    )


def _first(problems: Sequence[Problem]) -> Sequence[Problem]:
    """The problems that are told in full."""
    return rank(problems)[:SHOWN]


def _number(problems: Iterable[Problem], severity: Severity) -> int:
    return sum(problem.severity is severity for problem in problems)


def _path(place: Place, summary: Summary) -> str:
    return _encodable(f"{summary.folder}/{place.file}" if summary.folder else place.file)


def _tell(problem: Problem, width: int, paint: Paint) -> str:
    tone = _TONES[problem.severity]
    head = textwrap.wrap(
        f"{problem.severity}: {visible(problem.title)}",
        max(width, 40),
        subsequent_indent="  ",
        break_on_hyphens=False,
    )
    name, _, rest = head[0].partition(" ")
    lines = [f"{paint(tone, name)} {paint('1', rest)}", *(paint("1", line) for line in head[1:])]
    lines.append(f"  {_where(problem.place)}")
    if problem.excerpt:
        lines += _quote(problem, width, paint, tone)
    margin = " " * (5 if not problem.excerpt else len(str(problem.excerpt[-1][0])) + 3)
    room = max(width - len(margin) - 2, 30)
    told = [
        line
        for text in (problem.why, problem.fix)
        if text
        for line in _wrap(visible(text), room, margin)
    ]
    tag = f"[{problem.rule}]"
    if told and len(told[-1]) + len(tag) + 2 <= width:
        told[-1] = told[-1].ljust(width - len(tag)) + paint("2", tag)
    else:
        told.append(" " * max(width - len(tag), 0) + paint("2", tag))
    return "\n".join([*lines, *told]) + "\n"


def _list_notices(notices: Sequence[Problem], paint: Paint) -> str:
    """A line each: they come with the calendar, and must not hide what somebody has just written."""
    name = paint(_TONES[Severity.NOTICE], "notice:")
    lines = [
        f"{name} {paint('1', f'{len(notices)} findings depend on the date; they stop nothing')}"
    ]
    lines += [
        f"  {_where(one.place)}: {visible(one.title)} {paint('2', f'[{one.rule}]')}"
        for one in notices
    ]
    return "\n".join([*lines, "  playbook due lists what each owner must look at."]) + "\n"


def _where(place: Place) -> str:
    return f"{visible(place.file)}, line {place.line}" if place.line else visible(place.file)


def _quote(problem: Problem, width: int, paint: Paint, tone: str) -> list[str]:
    """The author's lines with the place underlined; two places that clash are both shown."""
    gutter = len(str(problem.excerpt[-1][0])) + 2
    lines: list[str] = []
    if len(problem.excerpt) == 1:
        lines.append(" " * (gutter + 1) + paint("2", "|"))
    previous = None
    room = max(min(width - gutter - 3, _MAX_LINE), 30)
    for number, text in problem.excerpt:
        if previous is not None and number > previous + 1:
            lines.append(" " * (gutter + 1) + paint("2", "| ..."))
        shown, start, end = _window(text, problem.place, number, room)
        lines.append(f"{str(number).rjust(gutter)} {paint('2', '|')} {shown}".rstrip())
        if number == problem.place.line:
            mark = " " * start + paint(tone, "^" * max(end - start, 1))
            lines.append(" " * (gutter + 1) + f"{paint('2', '|')} {mark}")
        previous = number
    return lines


def _window(text: str, place: Place, number: int, room: int) -> tuple[str, int, int]:
    """The part of a line that is shown, and where the place begins and ends in it. Tabs take one
    column.
    """
    text = visible(text.replace("\t", " ").rstrip())
    start = place.column - 1 if number == place.line else 0
    end = place.end_column - 1 if number == place.line else 0
    if len(text) <= room:
        return text, start, min(end, max(len(text), start + 1))
    first = max(start - room // 3, 0)
    shown = (
        ("…" if first else "")
        + text[first : first + room - 2]
        + ("…" if len(text) > first + room - 2 else "")
    )
    shift = first - (1 if first else 0)
    return shown, start - shift, min(end - shift, len(shown))


def _wrap(text: str, room: int, margin: str) -> list[str]:
    lines = textwrap.wrap(text, room, break_on_hyphens=False) or [""]
    return [f"{margin}= {lines[0]}", *(f"{margin}  {line}" for line in lines[1:])]


def _count(problems: Sequence[Problem], summary: Summary) -> str:
    counts = [
        (_number(problems, severity), noun)
        for severity, noun in zip(Severity, ("problem", "warning", "notice"), strict=True)
    ]
    if not problems:
        pages = f" of the strategy and {_plural(summary.pages, 'page')}" if summary.pages else ""
        return f"No problems in {_plural(summary.files, 'file')}{pages}. {summary.consequence}".rstrip()
    touched = len({problem.place.file for problem in problems})
    some = "More than " if len(problems) > MOST else ""
    what = some + join_words([_plural(count, noun) for count, noun in counts if count])
    return f"{what} in {touched} of {_plural(max(summary.all_files, touched), 'file')}. {summary.consequence}".rstrip()


def _plural(count: int, noun: str) -> str:
    return f"{count} {noun}" if count == 1 else f"{count} {noun}s"


def _sentence(text: str) -> str:
    return text[:1].upper() + text[1:]


def _message(text: str) -> str:
    """The text of a workflow command: these three would end it early."""
    return text.replace("%", "%25").replace("\r", "%0D").replace("\n", "%0A")


def _property(text: str) -> str:
    """A property of a workflow command: there a colon or comma would end it, too."""
    return _message(text).replace(":", "%3A").replace(",", "%2C")


def _cell(text: str) -> str:
    """A cell of a Markdown table: no markup, no mention of people, no end of the row."""
    safe = "".join(
        f"&#{ord(character)};" if character in "&\\`*_[]<>#|~@" else character for character in text
    )
    return visible(" ".join(safe.split()))


def _dump(content: Any) -> str:
    return _encodable(json.dumps(content, ensure_ascii=False, indent=2)) + "\n"


def _encodable(text: str) -> str:
    """Text without the halves of characters that stand for the bytes of an oddly encoded file name."""
    return text.encode("utf-8", "replace").decode("utf-8")
