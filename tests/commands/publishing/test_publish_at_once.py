"""Several who publish at once: real processes, real git, and a `git` before it that stops where the
other one is to come in between. Whoever says that he published is there.
"""

from __future__ import annotations

import json
from collections.abc import Callable
from itertools import product
from pathlib import Path

import pytest

from tests.publishing import Publisher, Stop, files, list_folders, put_wrapper, read, run_publish
from tests.repositories import commit, git, make_repository
from tests.trials.amount import choose

AGAIN = "Somebody else published in"
ADDED = "added    1\nadded    2\nadded    10\n"
"""Said where a place is new: what was released before comes with the first publication."""
ALL = {"1", "2", "10", "11", "12", "13", "latest"}


def add_worktree(root: Path, version: str) -> Path:
    """A second checkout of a repository, with a strategy of another version."""
    folder = root.parent / f"tree-{version}"
    git(root, "worktree", "add", "--quiet", "-b", f"work-{version}", str(folder))
    commit(folder, files(version, "charging"))
    return folder


def read_titles(root: Path) -> list[str]:
    return [one["version"] for one in json.loads(read(root, "versions.json"))]


@pytest.mark.trial
@pytest.mark.parametrize("is_new", choose([True], [False, True]))
def test_all_who_publish_to_a_branch_at_once_are_on_it(published: Path, is_new: bool) -> None:
    if is_new:
        git(published, "branch", "-D", "gh-pages")
    trees = [add_worktree(published, version) for version in ("11", "12", "13")]
    done = [one.finish() for one in [Publisher(tree) for tree in trees]]
    for one in done:
        assert (one.returncode, one.stderr) == (0, "")
        assert "Published in the branch gh-pages: " in one.stdout
    assert list_folders(published) == ALL
    assert read_titles(published) == ["13", "12", "11", "10", "2", "1"]
    assert 'latest/markets/charging/"' in read(published, "12/markets/charging/index.html")
    assert git(published, "fsck", "--no-dangling", "--strict") == ""


@pytest.mark.trial
@pytest.mark.parametrize(
    ("words", "is_new"),
    choose(
        [("update-ref", True)],
        list(product(["hash-object", "write-tree", "commit-tree", "update-ref"], [False, True])),
    ),
)
def test_the_second_goes_on_from_the_first_and_says_so(
    published: Path, tmp_path: Path, words: str, is_new: bool
) -> None:
    if is_new:
        git(published, "branch", "-D", "gh-pages")
    slow, quick = add_worktree(published, "11"), add_worktree(published, "12")
    stop = Stop(tmp_path / "bin", words)
    publisher = Publisher(slow, path=stop.path)
    stop.wait()
    assert run_publish(quick).returncode == 0
    between = git(published, "rev-parse", "gh-pages")
    stop.go_on()
    done = publisher.finish()
    assert (done.returncode, done.stderr) == (0, "")
    assert done.stdout.startswith((ADDED if is_new else "") + AGAIN)
    assert "Published in the branch gh-pages: 12 (latest), 11, 10, 2, 1." in done.stdout
    assert list_folders(published) == ALL - {"13"}
    assert git(published, "rev-parse", "gh-pages^") == between


@pytest.mark.trial
@pytest.mark.parametrize(
    ("words", "is_new"),
    choose([("push", False)], list(product(["push", "ls-remote"], [False, True]))),
)
def test_the_second_to_push_goes_on_from_the_first_and_says_so(
    clones: Callable[[str], Path], tmp_path: Path, words: str, is_new: bool
) -> None:
    if is_new:
        git(tmp_path / "origin.git", "branch", "-D", "gh-pages")
    slow, quick = clones("one"), clones("two")
    commit(slow, files("11", "charging"))
    commit(quick, files("12", "charging"))
    stop = Stop(tmp_path / "bin", words)
    publisher = Publisher(slow, "--push", "origin", path=stop.path)
    stop.wait()
    assert run_publish(quick, "--push", "origin").returncode == 0
    between = git(tmp_path / "origin.git", "rev-parse", "gh-pages")
    stop.go_on()
    done = publisher.finish()
    assert (done.returncode, done.stderr) == (0, "")
    was_late = words != "ls-remote"
    assert done.stdout.startswith(ADDED) == (is_new and was_late)
    assert done.stdout.removeprefix(ADDED).startswith(AGAIN) == was_late
    assert "12 (latest), 11, 10, 2, 1." in done.stdout
    assert list_folders(tmp_path / "origin.git") == ALL - {"13"}
    assert git(tmp_path / "origin.git", "rev-parse", "gh-pages^") == between
    assert git(slow, "rev-parse", "gh-pages") == git(
        tmp_path / "origin.git", "rev-parse", "gh-pages"
    )


def test_all_who_push_at_once_are_on_the_remote(
    clones: Callable[[str], Path], tmp_path: Path
) -> None:
    one, two = clones("one"), clones("two")
    trees = [one, two, add_worktree(one, "13")]
    for tree, version in ((one, "11"), (two, "12")):
        commit(tree, files(version, "charging"))
    for done in [each.finish() for each in [Publisher(tree, "--push") for tree in trees]]:
        assert (done.returncode, done.stderr) == (0, "")
    assert {"11", "12", "13"} <= list_folders(tmp_path / "origin.git")


def test_what_one_has_not_pushed_yet_is_no_other_way_for_a_second_tree_of_the_same_clone(
    clones: Callable[[str], Path], tmp_path: Path
) -> None:
    one, two = clones("one"), clones("two")
    other = add_worktree(one, "13")
    commit(one, files("11", "charging"))
    commit(two, files("12", "charging"))
    stop = Stop(tmp_path / "bin", "push")
    publisher = Publisher(one, "--push", path=stop.path)
    stop.wait()
    for tree in (two, other):
        done = run_publish(tree, "--push")
        assert (done.returncode, done.stderr) == (0, "")
    stop.go_on()
    done = publisher.finish()
    assert (done.returncode, done.stderr) == (0, "")
    assert {"11", "12", "13"} <= list_folders(tmp_path / "origin.git")
    assert git(one, "rev-parse", "gh-pages") == git(
        tmp_path / "origin.git", "rev-parse", "gh-pages"
    )


@pytest.mark.parametrize("is_quick", [False, True])
def test_the_branch_here_follows_what_was_pushed(
    clones: Callable[[str], Path], tmp_path: Path, is_quick: bool
) -> None:
    """Also where another tree of the same clone was there before it."""
    one = clones("one")
    other = add_worktree(one, "13")
    commit(one, files("11", "charging"))
    stop = Stop(tmp_path / "bin", "update-ref")
    publisher = Publisher(one, "--push", path=stop.path)
    stop.wait()
    assert list_folders(tmp_path / "origin.git") >= {"11"}
    if is_quick:
        assert run_publish(other, "--push").returncode == 0
    stop.go_on()
    done = publisher.finish()
    assert (done.returncode, done.stderr) == (0, "")
    assert git(one, "rev-parse", "gh-pages") == git(
        tmp_path / "origin.git", "rev-parse", "gh-pages"
    )
    assert ("13" in list_folders(one)) == is_quick


def test_where_only_the_branch_here_cannot_follow_it_is_said_that_it_is_published(
    clones: Callable[[str], Path], tmp_path: Path
) -> None:
    one = clones("one")
    commit(one, files("11", "charging"))
    path = put_wrapper(
        tmp_path / "bin", 'case "$words" in *" update-ref "*) echo fatal: full >&2; exit 128;; esac'
    )
    done = Publisher(one, "--push", path=path).finish()
    assert done.returncode == 2
    assert (
        "is published on origin, but the branch gh-pages here could not follow: full" in done.stderr
    )
    assert "the next publish brings it up" in done.stderr
    assert "11" in list_folders(tmp_path / "origin.git")
    assert run_publish(one, "--push").returncode == 0
    assert git(one, "rev-parse", "gh-pages") == git(
        tmp_path / "origin.git", "rev-parse", "gh-pages"
    )


def test_all_who_publish_to_a_folder_at_once_are_in_it(published: Path, tmp_path: Path) -> None:
    trees = [add_worktree(published, version) for version in ("11", "12", "13")]
    target = tmp_path / "new/out"
    for done in [
        each.finish() for each in [Publisher(tree, "--to-dir", str(target)) for tree in trees]
    ]:
        assert (done.returncode, done.stderr) == (0, "")
    listed = json.loads((target / "versions.json").read_text("utf-8"))
    assert [(one["version"], one["aliases"]) for one in listed] == [
        ("13", ["latest"]),
        ("12", []),
        ("11", []),
        ("10", []),
        ("2", []),
        ("1", []),
    ]
    assert {path.name for path in target.iterdir() if path.is_dir()} == ALL
    assert "As of version 13" in (target / "latest/markets/charging/index.html").read_text("utf-8")
    assert "reading version 12" in (target / "12/index.html").read_text("utf-8")


def test_what_was_withdrawn_meanwhile_is_not_added(published: Path, tmp_path: Path) -> None:
    git(published, "branch", "-D", "gh-pages")
    stop = Stop(tmp_path / "bin", "update-ref")
    publisher = Publisher(published, path=stop.path)
    stop.wait()
    assert run_publish(published).returncode == 0
    assert run_publish(published, "--remove", "1", "--with-history").returncode == 0
    stop.go_on()
    done = publisher.finish()
    assert (done.returncode, done.stderr) == (0, "")
    assert "notice: 1 was released and does not stand in the branch gh-pages" in done.stdout
    assert list_folders(published) == {"2", "10", "latest"}
    assert read_titles(published) == ["10", "2"]


def test_what_a_remote_refuses_is_said_and_leaves_the_branch_here_as_it_was(
    clones: Callable[[str], Path], tmp_path: Path
) -> None:
    one = clones("one")
    commit(one, files("11", "charging"))
    hook = tmp_path / "origin.git/hooks/pre-receive"
    hook.write_text("#!/bin/sh\necho only on weekdays >&2\nexit 1\n")
    hook.chmod(0o755)
    done = run_publish(one, "--push", "origin")
    assert (done.returncode, done.stdout) == (2, "")
    assert "origin did not take the branch gh-pages, and nothing was changed" in done.stderr
    assert "hook declined" in done.stderr
    assert git(one, "branch", "--list", "gh-pages") == ""


def test_published_is_said_of_what_is_read_back(
    clones: Callable[[str], Path], tmp_path: Path
) -> None:
    """A remote that takes a push and has something else afterwards."""
    one = clones("one")
    commit(one, files("11", "charging"))
    hook = tmp_path / "origin.git/hooks/post-receive"
    hook.write_text("#!/bin/sh\ngit update-ref refs/heads/gh-pages gh-pages^\n")
    hook.chmod(0o755)
    done = run_publish(one, "--push", "origin")
    assert done.returncode == 2
    assert "Published" not in done.stdout
    assert "is not published" in done.stderr


def test_a_remote_that_does_not_answer_is_said(published: Path, tmp_path: Path) -> None:
    before = git(published, "rev-parse", "gh-pages")
    for remote in ("nowhere", str(tmp_path / "nothing.git"), "--upload-pack=true"):
        done = run_publish(published, f"--push={remote}")
        assert (done.returncode, done.stdout, done.stderr.count("\n")) == (2, "", 1)
    assert git(published, "rev-parse", "gh-pages") == before


def test_a_branch_that_git_cannot_lock_is_said_in_a_sentence(tmp_path: Path) -> None:
    root = make_repository(tmp_path / "a", files("1", "ev"))
    git(root, "branch", "pages")
    done = run_publish(root, "--branch", "pages/site")
    assert (done.returncode, done.stderr.count("\n")) == (2, 1)
    assert "'refs/heads/pages' exists" in done.stderr


@pytest.mark.trial
@pytest.mark.parametrize(
    "words", choose(["update-ref"], ["hash-object", "write-tree", "commit-tree", "update-ref"])
)
def test_where_git_fails_the_branch_is_as_it_was(
    published: Path, tmp_path: Path, words: str
) -> None:
    before = git(published, "rev-parse", "gh-pages")
    commit(published, files("11", "charging"))
    path = put_wrapper(
        tmp_path / "bin", f'case "$words" in *" {words} "*) echo fatal: broken >&2; exit 128;; esac'
    )
    done = Publisher(published, path=path).finish()
    assert (done.returncode, done.stdout, done.stderr) == (2, "", "playbook: broken\n")
    assert git(published, "rev-parse", "gh-pages") == before
