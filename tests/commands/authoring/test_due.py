"""`playbook due`: what each owner must look at, said or written as an issue each."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.playbooks import Run

PEOPLE = "- {id: zoe, name: Zoe, role: Boss, owner: zoe, reviewed_on: 2026-01-01}\n"
DAY = ("--as-of", "2036-01-02")


@pytest.fixture
def owned(started: Path) -> Path:
    (started / "strategy/people.yaml").write_text(PEOPLE, "utf-8")
    return started


def test_an_issue_for_each_owner_lies_in_the_folder(playbook: Run, owned: Path) -> None:
    assert "people/zoe" in playbook("due", "--owner", "zoe", *DAY, cwd=owned).stdout
    done = playbook("due", "--owner", "zoe", "--to-dir", "a/b", *DAY, cwd=owned)
    assert (done.returncode, done.stdout) == (0, "1 issue written into a/b/.\n")
    assert [path.name for path in (owned / "a/b").iterdir()] == ["zoe.md"]
    assert (owned / "a/b/zoe.md").read_text("utf-8").startswith("To look at again: Zoe\n\n")


@pytest.mark.parametrize(
    ("arguments", "words"),
    [(("--owner", "zo"), 'did you mean "zoe"?'), (("--within", "soon"), "stretch of time")],
)
def test_what_cannot_be_asked_is_one_line(
    playbook: Run, owned: Path, arguments: tuple[str, ...], words: str
) -> None:
    done = playbook("due", *arguments, cwd=owned)
    assert (done.returncode, done.stdout, done.stderr.count("\n")) == (2, "", 1)
    assert words in done.stderr
