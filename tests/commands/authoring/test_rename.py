from pathlib import Path

from tests.playbooks import Run
from tests.sample import MINIMAL_HEADER

HEADER = MINIMAL_HEADER + "people:\n  - {id: zoe, name: Zoe, role: Boss, owner: zoe}\n"
TERM = "id: lift\nterm: Lift\nmeaning: M.\nowner: zoe\n"


def make(tmp_path: Path) -> Path:
    (tmp_path / "strategy/glossary").mkdir(parents=True)
    (tmp_path / "strategy.yaml").write_text(HEADER, "utf-8")
    (tmp_path / "strategy/glossary/lift.yaml").write_text(TERM, "utf-8")
    return tmp_path


def test_a_renaming_is_shown_and_written(playbook: Run, tmp_path: Path) -> None:
    make(tmp_path)
    done = playbook(
        "rename", "people", "zoe", "people/zoe-b", "--as-of", "2026-11-22", cwd=tmp_path
    )
    assert (done.returncode, done.stderr) == (0, "")
    assert "+owner: zoe-b\n" in done.stdout
    assert "people/zoe is people/zoe-b from now on (2 references in 2 files)" in done.stdout
    assert "owner: zoe-b\n" in (tmp_path / "strategy/glossary/lift.yaml").read_text("utf-8")
    done = playbook("rename", "glossary", "lift", "raise", cwd=tmp_path)
    assert done.returncode == 0
    assert [file.name for file in (tmp_path / "strategy/glossary").iterdir()] == ["raise.yaml"]
    assert playbook("check", cwd=tmp_path).returncode == 0


def test_a_dry_run_writes_nothing(playbook: Run, tmp_path: Path) -> None:
    make(tmp_path)
    done = playbook("rename", "glossary", "lift", "raise", "--dry-run", cwd=tmp_path)
    assert done.returncode == 0
    assert "rename to strategy/glossary/raise.yaml" in done.stdout
    assert "Nothing was written." in done.stdout
    assert (tmp_path / "strategy/glossary/lift.yaml").read_text("utf-8") == TERM


def test_what_cannot_be_is_said_in_one_line(playbook: Run, tmp_path: Path) -> None:
    make(tmp_path)
    for arguments in (
        ("glosary", "lift", "a"), ("glossary", "lfit", "a"), ("glossary", "lift", "A b"), ("people", "zoe", "zoe")
    ):  # fmt: skip
        done = playbook("rename", *arguments, cwd=tmp_path)
        assert (done.returncode, done.stdout, done.stderr.count("\n")) == (2, "", 1)
    assert (tmp_path / "strategy.yaml").read_text("utf-8") == HEADER
