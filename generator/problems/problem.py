"""What can be wrong with a strategy, as data: a place in a file and a problem found there."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum


class Severity(StrEnum):
    """How much a problem weighs: an error stops publishing, a warning only where one is strict.

    A notice never stops anything: it comes and goes with the calendar, and nobody's edit has caused
    it.
    """

    ERROR = "error"
    WARNING = "warning"
    NOTICE = "notice"

    @property
    def rank(self) -> int:
        """0 for the heaviest: reports tell these first."""
        return list(Severity).index(self)


@dataclass(frozen=True, slots=True, order=True)
class Place:
    """A stretch of text in a file. Lines and columns count from 1, columns in characters.

    `end_column` is the column after the last character. Line 0 means the file as a whole.
    """

    file: str
    line: int = 0
    column: int = 1
    end_line: int = 0
    end_column: int = 1


@dataclass(frozen=True, slots=True)
class Related:
    """A second place that a problem has to do with, and what stands there."""

    place: Place
    note: str


@dataclass(frozen=True, slots=True)
class Edit:
    """A change of text: what stands at `place`, be it over several lines, is replaced by `text`."""

    place: Place
    text: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Problem:
    """One cause, told once: `title` says what is wrong, `why` and `fix` what to do about it.

    It is plain data, made by `Rule.problem`; `rule` is the id of that rule.

    `excerpt` is the author's own text around the place, line number to line, so that a report needs
    no files. `edits` mend it, where a machine can do so safely; `proposed` is what would mend it
    where its author agrees, and `renamed_to` the path that its file would get. Where none of these is
    there, only the author knows what to write. `entry` is the one it is about (`markets/dairies`),
    where there is one. What `is_cause` keeps other things from being read: it is
    told first.
    """

    rule: str
    severity: Severity
    place: Place
    title: str
    why: str = ""
    fix: str = ""
    related: tuple[Related, ...] = ()
    excerpt: tuple[tuple[int, str], ...] = ()
    edits: tuple[Edit, ...] = ()
    entry: str = ""
    is_cause: bool = False
    proposed: tuple[Edit, ...] = ()
    renamed_to: str = ""

    @property
    def carries_edit(self) -> bool:
        """Whether what would mend it is known, and need only be agreed to."""
        return bool(self.edits or self.proposed or self.renamed_to)

    @property
    def order(self) -> tuple[bool, str, int, int, str, str]:
        """Where the problem comes in a report: causes first, then by file and by line."""
        place = self.place
        return (not self.is_cause, place.file, place.line, place.column, self.rule, self.title)


MOST = 1000
"""How many problems of one file are looked into; a file with more is broken as a whole, and must
not keep anybody waiting.
"""


def has_errors(problems: tuple[Problem, ...] | list[Problem]) -> bool:
    """Whether any of these problems stops publishing."""
    return any(problem.severity is Severity.ERROR for problem in problems)
