"""Every folder in examples/good is an edit that is right, however odd it looks: nothing may be said of
it. Dropping in a folder is writing a test.

Its files lie over those of examples/base, as in examples/bad.
"""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from generator.checks.project import check_project
from tests.checks.test_bad_examples import EXAMPLES, TODAY

CASES = sorted(path.name for path in (EXAMPLES / "good").iterdir() if path.is_dir())


@pytest.mark.parametrize("name", CASES)
def test_what_is_right_stays_silent(name: str, tmp_path: Path) -> None:
    shutil.copytree(EXAMPLES / "base", tmp_path / "case")
    shutil.copytree(EXAMPLES / "good" / name, tmp_path / "case", dirs_exist_ok=True)
    problems = check_project(tmp_path / "case", as_of=TODAY)[2]
    assert [f"{one.title} [{one.rule}]" for one in problems] == []


def test_there_are_enough_of_them() -> None:
    assert len(CASES) >= 30
