"""`playbook changelog`: what is new in a released version, said or written into a file."""

from __future__ import annotations

from pathlib import Path

from tests.playbooks import Run
from tests.repositories import PERSON, git, make_repository
from tests.sample import write_strategy


def test_a_released_version_is_told(playbook: Run, tmp_path: Path) -> None:
    root = make_repository(tmp_path / "a", {"strategy.yaml": write_strategy({"version": "1"})})
    done = playbook("changelog", cwd=root)
    assert (done.returncode, done.stdout) == (2, "")
    assert "there is no released version that internal may read" in done.stderr
    git(root, "tag", "-a", "v1", "-m", "1")
    said = playbook("changelog", "1", "--format", "markdown", cwd=root, **PERSON)
    assert said.stdout.startswith("## 1 (")
    done = playbook("changelog", "--format", "markdown", "--output", "new.md", cwd=root)
    assert (done.returncode, done.stdout) == (0, "")
    assert (root / "new.md").read_text("utf-8") == said.stdout
