"""A hint does what it says: of each bad example, what its problem proposes is written, and then this
problem is gone and no other has come.
"""

from __future__ import annotations

import os
from collections import Counter
from pathlib import Path

import pytest

from generator.checks import CHECKS
from generator.checks.project import check_project
from generator.problems.fixes import apply_edits
from generator.problems.problem import Edit, Problem, has_errors
from generator.syntax.rules import RULES
from tests.checks.test_bad_examples import CASES, TODAY, lay_out
from tests.trials.amount import some

LEAST = 0.5
"""The share of all hints that carry an edit at least."""
LEAST_OF_THE_OTHERS = 0.7
"""The same of the hints whose rule does not ask its author (`ASKS`)."""
ASKS = frozenset(CHECKS) - {"markup-not-shown", "figure-off-scale"} | {
    "copied-file",
    "custom-schema",
    "duplicate-id",
    "duplicate-key",
    "empty-file",
    "empty-value",
    "foreign-file",
    "merge-conflict",
    "missing-document",
    "missing-field",
    "missing-file",
    "missing-header",
    "not-utf-8",
    "unfetched-file",
}
"""Rules that ask for what only the author knows: what a strategy means, a text that is not written yet,
which of two versions counts, a file that is elsewhere.
"""


def find_problems(folder: Path) -> tuple[Problem, ...]:
    return check_project(folder, as_of=TODAY)[2]


def carry_out(problem: Problem, folder: Path) -> None:
    """Do what a problem proposes, as its author would."""
    by_file: dict[str, list[Edit]] = {}
    for edit in problem.edits or problem.proposed:
        by_file.setdefault(edit.place.file, []).append(edit)
    for file, edits in by_file.items():
        raw = (folder / file).read_bytes().decode("utf-8")
        mark = "\ufeff" if raw.startswith("\ufeff") else ""
        text = mark + apply_edits(raw.removeprefix(mark), edits)
        (folder / file).write_bytes(text.encode())
    if problem.renamed_to:
        target = folder / problem.renamed_to
        assert not target.exists()
        target.parent.mkdir(parents=True, exist_ok=True)
        os.rename(folder / problem.place.file, target)


def describe(problem: Problem) -> tuple[str, str]:
    return (problem.rule, problem.title)


@pytest.mark.trial
@pytest.mark.parametrize("name", some(CASES, 150))
def test_what_is_proposed_mends_it_and_breaks_nothing(name: str, tmp_path: Path) -> None:
    problems = find_problems(lay_out(name, tmp_path / "case"))
    # where something cannot be read, what the strategy means is not judged yet
    held_back = set(CHECKS if has_errors(problems) else ())
    for number, problem in enumerate(problems):
        if not problem.carries_edit:
            continue
        folder = lay_out(name, tmp_path / f"{number}")
        carry_out(problem, folder)
        found = find_problems(folder)
        places = {(*describe(one), one.place) for one in found}
        assert (*describe(problem), problem.place) not in places, (problem.title, problem.fix)
        unread = {"missing-field", "broken-reference"} if hides_others(problem) else set()
        new = Counter(map(describe, found)) - Counter(map(describe, problems))
        uncovered = [one for one in new if one[0] not in held_back | unread]
        assert uncovered == [], problem.fix


def hides_others(problem: Problem) -> bool:
    """Whether it keeps something from being read, of which more may be said when it is."""
    return problem.is_cause or problem.rule in {rule.id for rule in RULES}


def test_most_hints_carry_an_edit(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    carrying, silent = 0, Counter[str]()
    for number, name in enumerate(CASES):
        for problem in find_problems(lay_out(name, tmp_path / f"{number}")):
            carrying += problem.carries_edit
            silent[problem.rule] += not problem.carries_edit
    asking = sum(count for rule, count in silent.items() if rule in ASKS)
    every = carrying + silent.total()
    others = carrying / (every - asking)
    with capsys.disabled():
        print(
            f"\n{carrying / every:.0%} of {every} hints carry an edit; {others:.0%} where the {asking} are left out that "
            f"ask for what only the author knows; without: {[one for one in silent.most_common(40) if one[0] not in ASKS]}"
        )
    assert carrying / every >= LEAST
    assert others >= LEAST_OF_THE_OTHERS
