"""`playbook init`: a playbook that passes from its first day, or nothing."""

from __future__ import annotations

from pathlib import Path

from tests.playbooks import Run


def test_a_started_playbook_passes_and_builds_at_once(playbook: Run, started: Path) -> None:
    assert playbook("check", cwd=started).stdout.startswith("No problems")
    assert playbook("build", cwd=started).returncode == 0
    assert "Acme &#34;Tools&#34; &amp; Sons: Ltd" in (started / "site/index.html").read_text(
        "utf-8"
    )


def test_init_keeps_a_readme_that_is_there(playbook: Run, tmp_path: Path) -> None:
    (tmp_path / "README.md").write_text("mine", "utf-8")
    assert playbook("init", tmp_path).returncode == 0
    assert (tmp_path / "README.md").read_text("utf-8") == "mine"


def test_init_leaves_nothing_behind_where_it_cannot_finish(playbook: Run, tmp_path: Path) -> None:
    folder = tmp_path / "acme"
    folder.mkdir()
    (folder / "schema").write_text("a file in the way", "utf-8")
    assert playbook("init", folder).returncode == 2
    assert [path.name for path in folder.iterdir()] == ["schema"]


def test_a_companys_name_is_one_line(playbook: Run, tmp_path: Path) -> None:
    assert playbook("init", tmp_path / "x", "--company", "Acme\nTools").returncode == 0
    assert playbook("check", tmp_path / "x").stdout.startswith("No problems")
    assert playbook("build", cwd=tmp_path / "x").returncode == 0
