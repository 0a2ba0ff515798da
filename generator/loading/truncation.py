"""How a file ends: whether it was cut off, and which entries may be lost with the rest.

An entry that stops before it is whole is a sign of that. A last line without a line end is a mere
hint, since many editors leave it out; it counts where entries are missing that others refer to.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

from generator.loading.rules import BROKEN_REFERENCE
from generator.problems.phrases import count_of, join_words, shorten
from generator.problems.problem import Place, Problem, Related, Severity
from generator.schema.rules import MISSING_FIELD
from generator.syntax.document import Document
from generator.syntax.rules import MISSING_COLON, OPEN_BRACKET, OPEN_QUOTE

_UNFINISHED = frozenset({MISSING_FIELD.id, MISSING_COLON.id, OPEN_QUOTE.id, OPEN_BRACKET.id})
"""What is wrong with a line, or an entry, that stops in its middle."""
_NAMED = 4
_RESTORE = "If the file was cut off here, restore the rest from the repository's history."


@dataclass(frozen=True)
class Ending:
    """The end of a file that may have been cut off: `kind` is that of the list it ends in, empty
    where it ends in none.

    `problem` is what is wrong there; without one, there is only a line end missing.
    """

    document: Document
    kind: str
    problem: Problem | None

    @property
    def is_sure(self) -> bool:
        """Whether more than one thing speaks for it."""
        return self.problem is not None and self.document.is_unended


def find_ending(document: Document, kind: str, said: Sequence[Problem]) -> Ending | None:
    """The end of a file, where it may have been cut off. `said` is what is wrong in the file."""
    if not said and not document.is_unended:
        return None
    last = document.last_line
    if not last:
        return None
    errors = [one for one in said if one.severity is Severity.ERROR and one.place.line >= last]
    if not document.is_unended:
        errors = [one for one in errors if one.rule == MISSING_FIELD.id]
    if not errors and not document.is_unended:
        return None
    return Ending(document, kind, errors[-1] if errors else None)


def tell_ending(problem: Problem, ending: Ending, lost: Sequence[str]) -> Problem:
    """What is wrong at the end of a file; `lost` are the ids that are missing with the rest of it."""
    if lost:
        also = f"Others refer to {_name_ids(lost)}, which {'is' if len(lost) == 1 else 'are'} missing, too."
        return replace(problem, why=f"{problem.why} {also}", fix=f"{problem.fix} {_RESTORE}")
    if ending.document.is_unended and problem.rule in _UNFINISHED:
        return replace(problem, fix=f"{problem.fix} {_RESTORE}")
    return problem


def say_cut_off(ending: Ending, lost: Sequence[str], places: Sequence[Place]) -> Problem:
    """A file without a line end that lacks entries; `lost` are their ids, `places` where others
    refer to them.
    """
    document, line = ending.document, ending.document.last_line
    column = len(document.lines[line - 1].rstrip()) + 1
    first = places[0]
    return document.problem(
        BROKEN_REFERENCE,
        place=Place(document.file, line, column, line, column),
        title=f"this file seems to be cut off: {count_of(len(lost), 'entry', 'entries')} that others refer to are missing",
        why=f"Others refer to {_name_ids(lost)}, first in {first.file}, line {first.line}; and the last line here has no "
        "line end.",
        fix="Restore the rest from the repository's history. If nothing was cut off, press Enter behind the last line: each "
        "reference is then told where it stands.",
        related=tuple(Related(place, "refers to a missing entry") for place in places),
    )


def _name_ids(ids: Sequence[str]) -> str:
    shown = [f'"{shorten(one)}"' for one in ids[:_NAMED]]
    more = [f"{len(ids) - _NAMED} more"] if len(ids) > _NAMED else []
    return join_words([*shown, *more])
