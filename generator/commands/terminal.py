"""What a command may say, and how it ends: exit codes, errors, and the words of an option read."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from pathlib import Path

from generator.model.dates import Interval
from generator.problems.problem import Problem
from generator.problems.reporters import FORMATS, Summary
from generator.problems.terminal_style import Look

FINE, PROBLEMS, CANNOT_RUN = 0, 1, 2
"""The exit codes: all is well, the content has problems, the tool could not run."""


class CannotRunError(Exception):
    """The tool cannot run. The text is one line for the terminal."""


@dataclass(frozen=True)
class Terminal:
    """Where a command speaks: results, then what only a watching person needs."""

    say: Callable[[str], None]
    note: Callable[[str], None]
    look: Look

    def report(self, format_name: str, problems: Sequence[Problem], summary: Summary) -> None:
        """Say the problems in a format of `reporters.FORMATS`."""
        self.say(FORMATS[format_name](tuple(problems), summary, self.look))


def show_folder(path: Path) -> str:
    """A folder as seen from here, where that is shorter."""
    try:
        return path.resolve().relative_to(Path.cwd()).as_posix() + "/"
    except ValueError:
        return str(path)


def parse_day(text: str | None) -> date | None:
    """A date as the options take it. Raises CannotRunError where it is none."""
    try:
        return date.fromisoformat(text) if text else None
    except ValueError:
        raise CannotRunError(
            f'"{text}" is not a date; write year-month-day, such as 2026-03-31'
        ) from None


def parse_interval(text: str) -> timedelta:
    """A stretch of time as the options take it. Raises CannotRunError where it is none."""
    if not re.fullmatch(r"[1-9][0-9]{0,3}[dwmy]", text, re.ASCII):
        raise CannotRunError(
            f'"{text}" is not a stretch of time; write a number and d, w, m or y, such as 30d'
        )
    return Interval(text).length
