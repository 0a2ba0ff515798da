"""`playbook init`: a playbook that passes from its first day, or nothing."""

from __future__ import annotations

import json
import os
import pty
import subprocess
import sys
from pathlib import Path

import pytest
import yaml

from tests.playbooks import LONGEST, ROOT, Run
from tests.repositories import git, make_repository


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


def read_branches(root: Path) -> list[str]:
    workflow = yaml.load(
        (root / ".github/workflows/playbook.yml").read_text("utf-8"), yaml.BaseLoader
    )
    found: list[str] = workflow["on"]["push"]["branches"]
    return found


@pytest.mark.parametrize(
    ("branch", "pattern"),
    [("production", "production"), ("releases/v2+", "releases/v2\\+"), ("no", "no")],
)
def test_ci_publishes_the_branch_that_is_the_repositorys_own(
    playbook: Run, tmp_path: Path, branch: str, pattern: str
) -> None:
    root = tmp_path / "a"
    root.mkdir()
    git(root, "init", "--quiet", f"--initial-branch={branch}")
    assert playbook("init", root / "sales", cwd=root).returncode == 0
    assert read_branches(root / "sales") == [pattern]
    assert playbook("upgrade", cwd=root / "sales").returncode == 0
    assert read_branches(root / "sales") == [pattern]
    assert playbook("check", cwd=root / "sales").stdout.startswith("No problems")


def test_in_a_clone_it_is_that_of_the_remote_whatever_is_checked_out(
    playbook: Run, tmp_path: Path
) -> None:
    source = make_repository(tmp_path / "source", {"x.txt": "x"})
    git(source, "branch", "--move", "live")
    git(tmp_path, "clone", "--quiet", str(source), "clone")
    git(tmp_path / "clone", "switch", "--quiet", "--create", "add-playbook")
    assert playbook("init", tmp_path / "clone").returncode == 0
    assert read_branches(tmp_path / "clone") == ["live"]
    assert playbook("init", tmp_path / "named", "--branch", "stable").returncode == 0
    assert read_branches(tmp_path / "named") == ["stable"]
    assert json.loads((tmp_path / "named/.playbook.json").read_text("utf-8"))["branch"] == "stable"


def test_built_sites_are_not_committed(playbook: Run, tmp_path: Path) -> None:
    root = tmp_path / "a"
    root.mkdir()
    git(root, "init", "--quiet")
    assert playbook("init", root).returncode == 0
    for name in ("site", "site-resellers", "site-2"):
        (root / name).mkdir()
        (root / name / "index.html").write_text("x", "utf-8")
    (root / "sites.md").write_text("x", "utf-8")
    untracked = git(root, "status", "--porcelain", "--untracked-files=all")
    assert "index.html" not in untracked
    assert "sites.md" in untracked


def test_on_a_terminal_it_asks_for_what_is_not_given(tmp_path: Path) -> None:
    ours, theirs = pty.openpty()
    answers = ("Acme", "https://code.acme.example/sales/playbook", "gitlab", "live", "", "ada")
    os.write(ours, "".join(f"{answer}\n" for answer in answers).encode())
    done = subprocess.run(
        [sys.executable, "-m", "generator", "init", str(tmp_path / "a")],
        cwd=ROOT,
        stdin=theirs,
        stdout=theirs,
        stderr=theirs,
        timeout=LONGEST,
        check=False,
    )
    os.close(theirs)
    assert done.returncode == 0
    assert not (tmp_path / "a/.github").exists()
    assert "@ada" in (tmp_path / "a/.gitlab/CODEOWNERS").read_text("utf-8")
    settings = (tmp_path / "a/mkdocs.yml").read_text("utf-8")
    assert 'site_name: "Acme sales playbook"' in settings
    assert 'edit_uri: "-/edit/live/playbook/"' in settings
    assert "tell: {gitlab: https://code.acme.example/sales/playbook}" in settings
    os.close(ours)


@pytest.mark.parametrize(
    ("option", "value", "said"),
    [
        ("--repository", "ftp://code.example/a", '"ftp://code.example/a" is no address'),
        ("--account", "ada@@code", '"ada@@code" is no account'),
        ("--tell", "somewhere", "--tell cannot be used"),
    ],
)
def test_what_nobody_could_use_is_refused_before_anything_is_written(
    playbook: Run, tmp_path: Path, option: str, value: str, said: str
) -> None:
    done = playbook("init", tmp_path / "a", option, value)
    assert (done.returncode, done.stderr.count("\n")) == (2, 1)
    assert said in done.stderr
    assert not (tmp_path / "a").exists()


def test_no_password_of_the_remote_is_written_down(playbook: Run, tmp_path: Path) -> None:
    git(tmp_path, "init", "--quiet")
    git(tmp_path, "remote", "add", "origin", "https://ada:s3cret@github.example/acme/pb.git")
    assert playbook("init", tmp_path).returncode == 0
    settings = (tmp_path / "mkdocs.yml").read_text("utf-8")
    assert 'repo_url: "https://github.example/acme/pb"' in settings
    assert not (tmp_path / ".gitlab-ci.yml").exists()
    assert "s3cret" not in "".join(
        path.read_text("utf-8")
        for path in tmp_path.rglob("*.*")
        if path.suffix in (".yml", ".json")
    )
