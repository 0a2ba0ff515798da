"""Reading the strategy from git's objects: real repositories of every shape."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from generator.changes.snapshots import find_commits_of, list_releases, load_at
from generator.files.git import GitError, Repository, find_repository
from tests.repositories import commit, git, make_repository, write
from tests.sample import write_strategy

FILES = {
    "strategy.yaml": write_strategy(),
    "strategy/markets.yaml": "- {id: ev, name: EV charging, priority: primary, summary: Parks}\n",
}
SECOND = FILES["strategy/markets.yaml"].replace("primary", "secondary")


def find(folder: Path) -> Repository:
    found = find_repository(folder)
    assert found is not None
    return found


def priority_at(repository: Repository, ref: str) -> str:
    loaded = load_at(repository, repository.resolve(ref))
    assert loaded.problems == ()
    assert loaded.strategy is not None
    return str(loaded.strategy.entries["markets"]["ev"].priority)  # type: ignore[attr-defined]


def test_a_version_is_read_as_it_was(tmp_path):
    root = make_repository(tmp_path / "a", FILES)
    git(root, "tag", "v1")
    commit(root, {"strategy/markets.yaml": SECOND})
    repository = find(root)
    assert (priority_at(repository, "v1"), priority_at(repository, "HEAD")) == (
        "primary",
        "secondary",
    )


def test_the_commits_that_left_a_version_in_the_header_are_found_the_oldest_first(tmp_path):
    root = make_repository(tmp_path / "a", {"strategy.yaml": write_strategy({"version": "1"})})
    texts = [write_strategy({"version": version}) for version in ("2", "2", "3")]
    texts[1] += "\n# a note\n"
    heads = [git(root, "rev-parse", "HEAD").strip()]
    for text in texts:
        commit(root, {"strategy.yaml": text})
        heads.append(git(root, "rev-parse", "HEAD").strip())
    commit(root, {"strategy/markets.yaml": SECOND})
    found = {version: find_commits_of(find(root), version) for version in "1234"}
    assert found == {"1": heads[:1], "2": heads[1:3], "3": heads[3:], "4": []}


def test_reading_leaves_the_repository_as_it_is(tmp_path):
    root = make_repository(tmp_path / "a", FILES)
    write(root, {"strategy/markets.yaml": SECOND, "new.txt": "x"})
    before = {
        path: path.stat().st_mtime_ns
        for path in sorted((root / ".git").rglob("*"))
        if path.is_file()
    }
    priority_at(find(root), "HEAD")
    assert {
        path: path.stat().st_mtime_ns
        for path in sorted((root / ".git").rglob("*"))
        if path.is_file()
    } == before
    assert git(root, "worktree", "list").count("\n") == 0
    assert git(root, "stash", "list") == ""


def test_a_strategy_in_a_folder_of_its_repository(tmp_path):
    top = make_repository(
        tmp_path / "a", {f"sales/the plan/{path}": text for path, text in FILES.items()}
    )
    repository = find(top / "sales" / "the plan")
    assert repository.folder == "sales/the plan"
    assert priority_at(repository, "main") == "primary"


def test_names_that_git_quotes_are_read(tmp_path):
    odd = 'strategy/markets/"ä b\t.yaml'
    root = make_repository(tmp_path / "a", {**FILES, odd: "id: x\n"})
    with find(root).open_tree("HEAD") as tree:
        assert tree.read_bytes(odd) == b"id: x\n"
        assert odd in tree.list_files("strategy")


def test_a_bare_repository_and_a_second_working_tree(tmp_path):
    root = make_repository(tmp_path / "a", FILES)
    git(tmp_path, "clone", "--quiet", "--bare", str(root), "bare.git")
    git(root, "worktree", "add", "--quiet", "--detach", str(tmp_path / "second"))
    for folder in (tmp_path / "bare.git", tmp_path / "second"):
        assert priority_at(find(folder), "HEAD") == "primary"
    assert find(tmp_path / "bare.git").is_bare


def test_a_submodule(tmp_path):
    inner = make_repository(tmp_path / "inner", FILES)
    outer = make_repository(tmp_path / "outer", {"strategy.yaml": FILES["strategy.yaml"]})
    git(
        outer,
        "-c",
        "protocol.file.allow=always",
        "submodule",
        "--quiet",
        "add",
        str(inner),
        "strategy/inner",
    )
    commit(outer, {})
    assert priority_at(find(outer / "strategy" / "inner"), "HEAD") == "primary"
    with find(outer).open_tree("HEAD") as tree:
        assert tree.list_files("strategy") == []


def test_a_hook_of_gits_does_not_lead_us_to_its_own_repository(tmp_path, monkeypatch):
    root, other = (
        make_repository(tmp_path / "a", FILES),
        make_repository(tmp_path / "b", {"x": "y"}),
    )
    monkeypatch.setenv("GIT_DIR", str(other / ".git"))
    monkeypatch.setenv("GIT_INDEX_FILE", str(other / ".git/index"))
    monkeypatch.setenv("GIT_WORK_TREE", str(other))
    assert priority_at(find(root), "HEAD") == "primary"


@pytest.mark.parametrize("ref", ["--all", "-h", "", "a\nb", "a\0b", "nothing", "v1..v2"])
def test_what_is_no_version_is_refused_in_one_line(tmp_path, ref):
    repository = find(make_repository(tmp_path / "a", FILES))
    with pytest.raises(GitError) as error:
        repository.resolve(ref)
    assert "\n" not in str(error.value)


def test_links_are_followed_inside_and_refused_outside(tmp_path):
    root = make_repository(tmp_path / "a", FILES)
    (root / "strategy/plays.yaml").symlink_to("../elsewhere.yaml")
    (root / "strategy/stages.yaml").symlink_to("../../outside.yaml")
    (root / "strategy/people.yaml").symlink_to("people.yaml")
    (root / "strategy/assets.yaml").symlink_to(".")
    commit(root, {"elsewhere.yaml": "[]\n"})
    with find(root).open_tree("HEAD") as tree:
        assert tree.read_bytes("strategy/plays.yaml") == b"[]\n"
        for path, error in (
            ("stages", PermissionError),
            ("people", OSError),
            ("assets", IsADirectoryError),
        ):
            with pytest.raises(error):
                tree.read_bytes(f"strategy/{path}.yaml")
        with pytest.raises(FileNotFoundError):
            tree.read_bytes("strategy/none.yaml")


def test_a_shallow_clone_says_what_it_lacks(tmp_path):
    root = make_repository(tmp_path / "a", FILES)
    git(root, "tag", "v1")
    commit(root, {"strategy/markets.yaml": SECOND})
    git(tmp_path, "clone", "--quiet", "--depth=1", f"file://{root}", "shallow")
    shallow = find(tmp_path / "shallow")
    assert shallow.is_shallow
    assert priority_at(shallow, "HEAD") == "secondary"
    with pytest.raises(GitError, match="shallow"):
        shallow.resolve("v1")


def test_the_main_branch_is_that_of_the_change_then_of_the_remote_then_main(tmp_path):
    root = make_repository(tmp_path / "a", FILES)
    git(root, "branch", "release")
    git(tmp_path, "clone", "--quiet", str(root), "clone")
    clone = find(tmp_path / "clone")
    assert find(root).find_main_branch({}) == "refs/heads/main"
    assert clone.find_main_branch({}) == "refs/remotes/origin/main"
    assert clone.find_main_branch({"GITHUB_BASE_REF": "release"}) == "refs/remotes/origin/release"
    assert (
        clone.find_main_branch({"CI_MERGE_REQUEST_TARGET_BRANCH_NAME": "release"})
        == "refs/remotes/origin/release"
    )


def test_a_main_branch_by_another_name_is_found(tmp_path):
    root = make_repository(tmp_path / "a", FILES)
    git(root, "branch", "--move", "live")
    assert find(root).find_main_branch({}) == "refs/heads/live"
    git(root, "branch", "change")
    with pytest.raises(GitError, match="name a version"):
        find(root).find_main_branch({})
    assert find(root).find_main_branch({"CI_DEFAULT_BRANCH": "live"}) == "refs/heads/live"
    git(root, "config", "init.defaultBranch", "live")
    assert find(root).find_main_branch({}) == "refs/heads/live"


def release(root: Path, version: str, day: str = "2026-05-01", tag: str = "") -> None:
    """Commit the strategy as a version, and tag it."""
    moment = {"GIT_COMMITTER_DATE": f"{day}T12:00:00Z"}
    write(root, {"strategy.yaml": write_strategy({"version": version})})
    git(root, "add", "--all")
    git(root, "commit", "--quiet", "-m", version, **moment)
    git(root, "tag", "-a", tag or f"v{version}", "-m", version, **moment)


def test_releases_follow_one_another_as_they_were_made_whatever_they_are_called(tmp_path):
    root = make_repository(tmp_path / "a", FILES)
    names = ["2026.9", "2026.10", "FY27-Q1", "Spring", "Autumn", "1", "verão", "वसंत", "2_b"]
    for name in names:
        release(root, name)
    assert [one.version for one in list_releases(find(root))] == names
    git(root, "tag", "-f", "-a", "v2026.9", "-m", "once more", "v2026.9^{commit}")
    assert [one.version for one in list_releases(find(root))] == names
    assert list_releases(find(root))[-1].commit == git(root, "rev-parse", "HEAD")


def test_of_branches_that_meet_the_days_decide(tmp_path):
    root = make_repository(tmp_path / "a", FILES)
    git(root, "switch", "--quiet", "--create", "other")
    release(root, "Late", "2026-05-20")
    git(root, "switch", "--quiet", "main")
    release(root, "Early", "2026-05-10")
    git(root, "merge", "--quiet", "--strategy=ours", "other", "-m", "meet")
    assert [one.version for one in list_releases(find(root))] == ["Early", "Late"]
    assert [one.version for one in list_releases(find(root), "vLate")] == ["Late"]


def test_a_tag_is_a_release_where_the_header_has_its_version(tmp_path):
    root = make_repository(tmp_path / "a", FILES)
    release(root, "7")
    for tag in ("v7.1", "v0.3.0", "vision", "other", "v7.0", "valpha"):
        git(root, "tag", "-a", tag, "-m", tag)
    git(root, "tag", "v3000", git(root, "commit-tree", "HEAD^{tree}", "-m", "elsewhere"))
    git(root, "tag", "v7000", "HEAD^{tree}")
    release(root, "8", tag="v9")
    commit(root, {"strategy.yaml": "strategy: [", "x": "x"})
    git(root, "tag", "v10")
    assert [one.version for one in list_releases(find(root))] == ["7"]
    assert [one.version for one in list_releases(find(root), None)] == ["7"]


@pytest.mark.parametrize(
    "text",
    [
        "\ufeffstrategy:\n  version: Fall\n",
        "# ours\r\nstrategy:   # head\r\n# left\r\n\r\n  company: A\r\n  version: 'Fall'\r\n",
        'announcements: [{version: "1"}]\nstrategy: {company: A, version: Fall}\nmarkets: [\n',
        "strategy:\n  version: >-\n    Fall\nmarkets:\n- id: [",
    ],
)
def test_the_version_of_a_tag_is_read_however_the_header_is_written(tmp_path, text):
    root = make_repository(tmp_path / "a", {"sales/strategy.yaml": text})
    git(root, "tag", "vFall")
    assert [one.version for one in list_releases(find(root / "sales"))] == ["Fall"]
    assert list_releases(find(root)) == []


def test_a_folder_without_git_has_no_repository(tmp_path, monkeypatch):
    monkeypatch.setenv("GIT_CEILING_DIRECTORIES", os.fspath(tmp_path))
    (tmp_path / "x").mkdir()
    assert find_repository(tmp_path / "x") is None
