"""Edits as people make them: nothing that changes the meaning is taken without a word, the cause is said
first, and what is said to do helps.
"""

from __future__ import annotations

import shutil
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path

import pytest

from generator.changes.change import Grade
from generator.changes.comparison import compare
from generator.changes.grading import is_misread
from generator.checks.project import check_project
from generator.files.tree import FolderTree
from generator.loading.loader import load_strategy
from generator.problems.fixes import apply_edits
from generator.problems.problem import Problem, Severity
from generator.problems.reporters import rank
from tests.playbooks import copy_root
from tests.trials.amount import choose
from tests.trials.slips import STRATEGIES, Slip
from tests.trials.slips_made import make_slips

TODAY = date(2026, 11, 22)
GOAL = 0.95
SLIPS = make_slips()


@dataclass
class Figures:
    """How many edits were tried, and which of them went wrong how."""

    tried: int = 0
    changing: int = 0
    hinted: int = 0
    silent: list[str] = field(default_factory=list)
    hidden: list[str] = field(default_factory=list)
    useless: list[str] = field(default_factory=list)
    noisy: list[str] = field(default_factory=list)
    reviewed: list[str] = field(default_factory=list)

    def tell(self) -> str:
        """The figures, and every miss."""
        lines = [
            f"{self.tried} edits, {self.changing} of which were told by the check",
            f"silently accepted: {len(self.silent)}; what only the review can know, and shows unfolded: {len(self.reviewed)}",
            f"cause first: {_share(self.changing, self.hidden)}",
            f"hint works: {_share(self.hinted, self.useless)}",
            f"told though right: {len(self.noisy)}",
        ]
        for title in ("silent", "reviewed", "hidden", "useless", "noisy"):
            lines += [f"  {title}: {one}" for one in getattr(self, title)]
        return "\n".join(lines)


def _share(all_of: int, missed: Sequence[str]) -> str:
    return f"{all_of - len(missed)} of {all_of} ({(all_of - len(missed)) / max(all_of, 1):.1%})"


def _mark(problem: Problem) -> tuple[str, str, str]:
    return (problem.rule, problem.place.file, problem.title)


def _check(root: Path) -> list[Problem]:
    found = check_project(root, as_of=TODAY)[2]
    return [one for one in rank(found) if one.severity is not Severity.NOTICE]


def try_slips(slips: Sequence[Slip], folder: Path) -> Figures:
    """Make each edit in a copy of its strategy, and look at what is said."""
    figures = Figures()
    before: dict[str, set[tuple[str, str, str]]] = {}
    for number, slip in enumerate(slips):
        root = _copy(slip.strategy, folder / f"{number}")
        if slip.strategy not in before:
            before[slip.strategy] = {_mark(one) for one in _check(root)}
        slip.make(root)
        new = [one for one in _check(root) if _mark(one) not in before[slip.strategy]]
        _judge(slip, new, root, before[slip.strategy], figures)
        shutil.rmtree(root)
    return figures


def _judge(
    slip: Slip, new: list[Problem], root: Path, before: set[tuple[str, str, str]], figures: Figures
) -> None:
    figures.tried += 1
    if slip.silent:
        figures.noisy += [f"{slip.name}: {new[0].title}"] if new else []
        return
    figures.changing += 1
    if not new:
        figures.changing -= 1
        (figures.reviewed if _is_reviewed(slip, root) else figures.silent).append(slip.name)
        return
    first = new[0]
    if not slip.is_cause(first.title, first.why, first.place.file):
        figures.hidden.append(f"{slip.name}: {first.place.file}, {first.title}")
    figures.hinted += 1
    if not _works(slip, first, root, before):
        figures.useless.append(f"{slip.name}: {first.fix}")


def _is_reviewed(slip: Slip, root: Path) -> bool:
    """Whether a review shows the edit unfolded: a change of weight, or a figure that jumped."""
    before, after = (load_strategy(FolderTree(one)) for one in (STRATEGIES[slip.strategy], root))
    return any(
        change.grade is Grade.MATERIAL or is_misread(change.old, change.new)
        for change in compare(before, after)
    )


def _works(slip: Slip, first: Problem, root: Path, before: set[tuple[str, str, str]]) -> bool:
    """Whether what is said to do helps: where the edit is known, that this problem is gone; else, that
    it says what undoes the edit.
    """
    changes = first.edits or first.proposed
    if not changes:
        return slip.helps(first.fix)
    for file in {edit.place.file for edit in changes}:
        path = root / file
        edits = [edit for edit in changes if edit.place.file == file]
        path.write_bytes(apply_edits(path.read_bytes().decode(), edits).encode())
    left = [one for one in _check(root) if _mark(one) not in before]
    return _mark(first) not in {_mark(one) for one in left}


def _copy(name: str, root: Path) -> Path:
    if name == "root":
        return copy_root(root)
    shutil.copytree(STRATEGIES[name], root)
    return root


def test_the_edits_are_many() -> None:
    assert len(SLIPS) >= 200


def test_edits_as_people_make_them(
    tmp_path: Path, record_property, capsys: pytest.CaptureFixture[str]
) -> None:
    tried = SLIPS[:: choose(18, 1)]
    record_property("tried", len(tried))
    figures = try_slips(tried, tmp_path)
    with capsys.disabled():
        if choose(False, True):
            print(f"\n{figures.tell()}")
    assert figures.silent == [], figures.tell()
    assert figures.noisy == [], figures.tell()
    assert len(figures.hidden) <= (1 - GOAL) * figures.changing + choose(1, 0), figures.tell()
    assert len(figures.useless) <= (1 - GOAL) * figures.hinted + choose(1, 0), figures.tell()
