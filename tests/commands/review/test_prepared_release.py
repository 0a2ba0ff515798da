"""A release by pull request: prepared on a branch of its own, merged in any way, then tagged."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.commands.review.test_release import FILES, HEADER, MARKET, run_release, state
from tests.playbooks import Run
from tests.repositories import commit, git, make_repository

WAYS = {
    "squash": (["merge", "--quiet", "--squash", "release-5"], ["commit", "--quiet", "-m", "Five (#7)"]),
    "merge": (["merge", "--quiet", "--no-ff", "-m", "Merge", "release-5"],),
    "fast-forward": (["merge", "--quiet", "--ff-only", "release-5"],),
    "rebase": (["cherry-pick", "release-5"],),
}  # fmt: skip


@pytest.fixture
def root(tmp_path: Path) -> Path:
    files = {f"sales/{path}": text for path, text in FILES.items()}
    return make_repository(tmp_path / "a", {**files, "other.txt": "x"}) / "sales"


@pytest.mark.parametrize("way", WAYS)
def test_what_was_merged_in_any_way_is_tagged(playbook: Run, root: Path, way: str) -> None:
    before = state(root)[:4]
    done = run_release(playbook, root, "5", "--prepare")
    assert (done.returncode, done.stderr) == (0, "")
    assert "git push origin release-5" in done.stdout
    assert state(root)[:4] == before
    named = git(root, "diff", "--name-only", "--no-relative", "main", "release-5").split()
    assert named == ["sales/CHANGELOG.md", "sales/strategy.yaml"]
    assert git(root, "log", "-1", "--format=%s", "release-5") == "Release version 5"
    if way in ("squash", "merge", "rebase"):
        commit(root.parent, {"other.txt": "y"})  # something else is merged before
    for command in WAYS[way]:
        git(root, *command)
    merged = git(root, "rev-parse", "HEAD")
    commit(root, {"strategy/markets.yaml": MARKET.format("secondary")})  # and after
    done = run_release(playbook, root, "6")
    assert done.returncode == 2
    assert "playbook release 5 --tag" in done.stderr
    assert merged[:12] in run_release(playbook, root, "5", "--tag", "--dry-run").stdout
    assert git(root, "tag") == ""
    done = run_release(playbook, root, "5", "--tag")
    assert (done.returncode, done.stderr) == (0, "")
    assert "git push origin v5" in done.stdout
    assert git(root, "rev-parse", "v5^{commit}") == merged
    assert git(root, "cat-file", "-t", "v5") == "tag"
    assert "exists already" in run_release(playbook, root, "5", "--tag").stderr
    assert run_release(playbook, root, "6").returncode == 0
    assert "priority primary -> secondary" in (root / "CHANGELOG.md").read_text("utf-8")


def test_a_version_that_was_never_prepared_is_not_tagged(playbook: Run, root: Path) -> None:
    for version in ("1", "7"):  # that of the header, and none
        before = state(root)
        done = run_release(playbook, root, version, "--tag")
        assert (done.returncode, done.stderr.count("\n")) == (2, 1)
        assert f"playbook release {version} --prepare" in done.stderr
        assert state(root) == before


def test_a_branch_that_is_there_is_left_alone(playbook: Run, root: Path) -> None:
    assert run_release(playbook, root, "5", "--prepare").returncode == 0
    before = state(root)
    done = run_release(playbook, root, "5", "--prepare")
    assert done.returncode == 2
    assert "git branch -D release-5" in done.stderr
    assert state(root) == before


def test_problems_and_a_dry_run_leave_no_branch(playbook: Run, root: Path) -> None:
    assert run_release(playbook, root, "5", "--prepare", "--dry-run").returncode == 0
    assert git(root, "branch", "--list", "release-5") == ""
    commit(root, {"strategy/markets.yaml": MARKET.format("primry")})
    assert run_release(playbook, root, "5", "--prepare").returncode == 1
    assert git(root, "branch", "--list", "release-5") == ""


def test_git_keeps_its_own_line_ends(playbook: Run, root: Path) -> None:
    git(root, "config", "core.autocrlf", "true")
    (root / "strategy.yaml").write_bytes(HEADER.replace("\n", "\r\n").encode())
    git(root, "add", "--renormalize", ".")
    assert git(root, "status", "--porcelain") == ""
    assert run_release(playbook, root, "5", "--prepare").returncode == 0
    changed = git(root, "diff", "--numstat", "main", "release-5", "--", "strategy.yaml")
    assert changed.split()[:2] == ["2", "2"]
