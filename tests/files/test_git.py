import pytest

from generator.files.git import folder_in_repository


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
