import shlex
import subprocess

import pytest

from generator.files.git import GitError, find_repository, folder_in_repository
from generator.files.git_branches import fetch_branch
from tests.repositories import commit, git, make_repository


@pytest.mark.parametrize(
    ("repository", "strategy", "folder"),
    [("", "", ""), ("", "a/b", "a/b"), ("a", "a/b", "b"), ("x", "a/b", "")],
)
def test_the_way_from_the_repository_to_the_strategy(tmp_path, repository, strategy, folder):
    (tmp_path / repository / ".git").mkdir(parents=True)
    (tmp_path / strategy).mkdir(parents=True, exist_ok=True)
    assert folder_in_repository(tmp_path / strategy) == folder


def test_in_a_second_working_tree_git_is_a_file(tmp_path):
    (tmp_path / ".git").write_text("gitdir: elsewhere")
    (tmp_path / "a").mkdir()
    assert folder_in_repository(tmp_path / "a") == "a"


def test_a_folder_that_is_a_link_is_read_at_a_commit_as_it_is_on_disk(tmp_path):
    root = make_repository(tmp_path, {"parts/people/zoe.yaml": "id: zoe\n"})
    (root / "strategy").symlink_to("parts", target_is_directory=True)
    (root / "around").symlink_to("around")
    commit(root, {})
    with find_repository(root).open_tree("HEAD") as tree:
        assert list(tree.list_files("strategy")) == ["strategy/people/zoe.yaml"]
        assert tree.read_bytes("strategy/people/zoe.yaml") == b"id: zoe\n"
        assert list(tree.list_files("around")) == []


def test_of_a_repository_of_somebody_else_it_is_said_how_to_trust_it(tmp_path, monkeypatch):
    root = make_repository(tmp_path / "sales plan", {"strategy.yaml": "strategy:"})
    monkeypatch.setenv("GIT_TEST_ASSUME_DIFFERENT_OWNER", "1")
    monkeypatch.setenv("GIT_CONFIG_GLOBAL", str(tmp_path / "config"))
    with pytest.raises(GitError) as raised:
        find_repository(root)
    command = str(raised.value).partition("if you do: ")[2]
    assert command.startswith("git config --global --add safe.directory '")
    subprocess.run(shlex.split(command), check=True)
    assert find_repository(root) is not None


def test_a_branch_that_another_command_is_just_fetching_is_fetched_whole(tmp_path):
    """Two folders of one repository share its objects: of what the other fetches, the newest commit may
    be here before those below it.
    """
    origin = make_repository(tmp_path / "origin", {"a": "1"})
    newest = [commit(origin, {"a": str(number)}) for number in (2, 3)][-1]
    git(origin, "branch", "shelf")
    clone = make_repository(tmp_path / "clone", {"b": "1"})
    content = (origin / ".git/objects" / newest[:2] / newest[2:]).read_bytes()
    half = clone / ".git/objects" / newest[:2] / newest[2:]
    half.parent.mkdir(exist_ok=True)
    half.write_bytes(content)
    repository = find_repository(clone)
    assert repository is not None
    assert fetch_branch(repository, str(origin), "shelf") == newest
    assert git(clone, "rev-list", "--count", newest) == "3"
