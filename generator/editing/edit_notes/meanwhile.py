"""What is said of notes before they are written: which problems come with them, and who changed what
meanwhile.
"""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path

from generator.editing.edit_notes.planning import Outcome
from generator.files.git import GitError, find_repository
from generator.problems.problem import Problem


def find_brought(before: Iterable[Problem], after: Iterable[Problem]) -> list[Problem]:
    """The problems that come with a change: those that are not there today."""
    known = {(one.rule, one.title) for one in before}
    return [one for one in after if (one.rule, one.title) not in known]


def say_by_whom(outcome: Outcome, root: Path) -> str:
    """Who wrote what stands in the way of a change, and when, as the end of a sentence; empty where
    nobody can know.
    """
    try:
        repository = find_repository(root)
    except GitError:
        return ""
    if repository is None or outcome.place is None:
        return ""
    last = repository.find_last_change(
        outcome.place.file, outcome.place.line, outcome.place.end_line
    )
    return f" by {last.author} on {last.day}" if last else ", and that is not committed yet"
