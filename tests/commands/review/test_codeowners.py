"""`playbook codeowners`: said, or written where the git host reads it."""

from __future__ import annotations

from pathlib import Path

from tests.playbooks import Run
from tests.repositories import make_repository
from tests.sample import write_strategy

PEOPLE = [{"id": "zoe", "name": "Zoe", "accounts": ["zoe"]}, {"id": "adam", "name": "Adam"}]


def test_it_is_said_or_written_and_who_is_not_asked_is_named(playbook: Run, tmp_path: Path) -> None:
    owners = {"owners": {"plays": "zoe", "markets": "adam"}}
    root = make_repository(
        tmp_path / "a", {"sales/strategy.yaml": write_strategy(owners, people=PEOPLE)}
    )
    said = playbook("codeowners", cwd=root / "sales").stdout
    assert "/sales/strategy/plays/ @zoe\n" in said
    done = playbook("codeowners", "--output", "../.github/CODEOWNERS", cwd=root / "sales")
    assert (done.returncode, done.stderr) == (0, "")
    assert (root / ".github/CODEOWNERS").read_text("utf-8") == said
    assert done.stdout.startswith("Adam owns a part of the strategy, but has no accounts;")
    assert done.stdout.endswith("Wrote ../.github/CODEOWNERS.\n")
