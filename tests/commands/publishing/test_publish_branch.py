"""Names of branches to publish to, and branches that somebody works on."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.publishing import files, run_publish
from tests.repositories import commit, git, make_repository
from tests.trials.amount import some


@pytest.fixture
def root(tmp_path: Path) -> Path:
    root = make_repository(tmp_path / "a", files("1", "ev"))
    git(root, "tag", "stable")
    git(root, "branch", "both")
    git(root, "tag", "both")
    git(root, "symbolic-ref", "refs/heads/nickname", "refs/heads/main")
    git(root, "update-ref", "refs/remotes/upstream/site", "HEAD")
    git(root, "symbolic-ref", "refs/remotes/upstream/HEAD", "refs/remotes/upstream/site")
    return root


@pytest.mark.trial
@pytest.mark.parametrize(
    "name",
    some(
        [
            "@",
            "HEAD",
            "head",
            "FETCH_HEAD",
            "ORIG_HEAD",
            "refs/heads/site",
            "refs/tags/site",
            "heads/main",
            "tags/stable",
            "stable",
            "both",
            "nickname",
            "upstream/site",
            "upstream",
            "main",
            "-x",
            "--all",
            "",
            " ",
            ".",
            "..",
            "a..b",
            "a b",
            "a~1",
            "a^",
            "a:b",
            "a?",
            "a*",
            "a[b",
            "a\\b",
            "a@{1}",
            "@{-1}",
            "a.lock",
            "a/",
            "/a",
            "a//b",
            ".a",
            "a/.b",
            "a.",
            "a\nb",
            "a\x7fb",
            "a\u202eb",
            ":/Begin",
        ],
        10,
    ),
)
def test_a_name_that_is_no_branch_of_its_own_is_refused(root: Path, name: str) -> None:
    before = git(root, "show-ref"), git(root, "rev-parse", "HEAD")
    for more in ((), ("--remove", "1")):
        done = run_publish(root, f"--branch={name}", *more)
        assert (done.returncode, done.stdout, done.stderr.count("\n")) == (2, "", 1), done.stderr
        assert "name" in done.stderr
    assert (git(root, "show-ref"), git(root, "rev-parse", "HEAD")) == before
    assert git(root, "status", "--porcelain") == ""


def test_a_commit_is_no_branch(root: Path) -> None:
    for name in (git(root, "rev-parse", "HEAD"), git(root, "rev-parse", "--short", "HEAD")):
        done = run_publish(root, "--branch", name)
        assert (done.returncode, done.stderr.count("\n")) == (2, 1)
        assert f'git reads "{name}" as a commit' in done.stderr


@pytest.mark.parametrize("name", ["site", "pages/sales", "übersicht", "2026", "gh-pages@home", "A"])
def test_other_names_are_taken(root: Path, name: str) -> None:
    done = run_publish(root, "--branch", name)
    assert (done.returncode, done.stderr) == (0, "")
    assert f"refs/heads/{name}\n" in git(root, "show-ref").replace(" ", "\n") + "\n"


def test_the_branch_of_another_folder_is_refused(root: Path, tmp_path: Path) -> None:
    git(root, "worktree", "add", "--quiet", "-b", "site", str(tmp_path / "with blank"))
    done = run_publish(root, "--branch", "site")
    assert (done.returncode, done.stderr.count("\n")) == (2, 1)
    assert "the branch site is checked out" in done.stderr


def test_a_branch_that_is_being_rebased_elsewhere_is_refused(root: Path, tmp_path: Path) -> None:
    tree = tmp_path / "tree"
    git(root, "worktree", "add", "--quiet", "-b", "site", str(tree))
    commit(tree, {"a.txt": "one\n"})
    with pytest.raises(AssertionError):
        git(tree, "rebase", "--exec", "false", "HEAD~1")
    done = run_publish(root, "--branch", "site")
    assert (done.returncode, done.stderr.count("\n")) == (2, 1)
    assert "checked out" in done.stderr


def test_a_branch_that_holds_the_strategy_is_refused(root: Path) -> None:
    git(root, "branch", "draft")
    before = git(root, "rev-parse", "draft")
    for more in ((), ("--rebuild", "--audience", "public")):
        done = run_publish(root, "--branch", "draft", *more)
        assert (done.returncode, done.stderr.count("\n")) == (2, 1)
        assert "holds the strategy itself (strategy.yaml)" in done.stderr
    assert git(root, "rev-parse", "draft") == before
