"""Every folder in tests/diff is two strategies and what is said of the change. Dropping in a folder
is writing a test.

`old/` and `new/` hold the files, `expected.md` the comment on a pull request. `pytest --renew`
writes it anew; read it before you commit it.
"""

from __future__ import annotations

from datetime import date
from functools import partial
from pathlib import Path

import pytest

from generator.changes.review import review_sides
from generator.changes.review_text import report_json, report_markdown, report_terminal
from generator.files.tree import FolderTree
from generator.loading.loader import load_strategy
from generator.pages.placements import find_placements_inside
from generator.problems.terminal_style import Look

FOLDER = Path(__file__).parents[1] / "diff"
TODAY = date(2026, 6, 1)
CASES = sorted(path.name for path in FOLDER.iterdir() if path.is_dir())
NO_CHANGE = {
    "nothing",
    "default-written-out",
    "moved-to-another-file",
    "old-side-faulty",
    "old-side-unreadable",
}


def test_there_are_enough_of_them() -> None:
    assert len(CASES) >= 40


@pytest.mark.parametrize("name", CASES)
def test_the_change_is_told_as_expected(name: str, request: pytest.FixtureRequest) -> None:
    old, new = (load_strategy(FolderTree(FOLDER / name / side)) for side in ("old", "new"))
    review = review_sides("v1", old, "v2", new, partial(find_placements_inside, as_of=TODAY))
    said = report_markdown(review, Look())
    expected = FOLDER / name / "expected.md"
    if request.config.getoption("--renew"):
        expected.write_text(said, "utf-8")
    assert expected.read_text("utf-8") == said
    assert (not review.changes) == (name in NO_CHANGE)
    assert report_terminal(review, Look()).count("\n") >= len(review.told)
    assert report_json(review, Look()).endswith("}\n")
