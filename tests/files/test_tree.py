import pytest

from generator.files.tree import FolderTree, KeptTree, OutsideError


def write(root, *paths):
    for path in paths:
        (root / path).parent.mkdir(parents=True, exist_ok=True)
        (root / path).write_text("x")


def test_files_are_listed_sorted_and_from_the_root(tmp_path):
    write(tmp_path, "strategy/b.yaml", "strategy/a/z.yaml", "strategy/a.yaml", "other.yaml")
    assert FolderTree(tmp_path).list_files("strategy") == [
        "strategy/a.yaml",
        "strategy/a/z.yaml",
        "strategy/b.yaml",
    ]


def test_hidden_files_and_folders_are_left_out(tmp_path):
    write(tmp_path, "strategy/.a.yaml.swp", "strategy/.git/a.yaml", "strategy/a.yaml")
    assert FolderTree(tmp_path).list_files("strategy") == ["strategy/a.yaml"]


def test_where_there_is_no_folder_there_are_no_files(tmp_path):
    assert FolderTree(tmp_path).list_files("strategy") == []


def test_a_file_is_read_as_bytes(tmp_path):
    (tmp_path / "a").write_bytes(b"\xff\r\n")
    assert FolderTree(tmp_path).read_bytes("a") == b"\xff\r\n"


@pytest.mark.parametrize("path", ["missing.yaml", "folder"])
def test_what_cannot_be_read_is_an_os_error(tmp_path, path):
    (tmp_path / "folder").mkdir()
    with pytest.raises(OSError, match=path):
        FolderTree(tmp_path).read_bytes(path)


def test_a_link_out_of_the_strategy_is_refused(tmp_path):
    (tmp_path / "secret").write_text("x")
    (tmp_path / "root").mkdir()
    (tmp_path / "root/strategy.yaml").symlink_to(tmp_path / "secret")
    with pytest.raises(PermissionError, match="outside the strategy's folder"):
        FolderTree(tmp_path / "root").read_bytes("strategy.yaml")


def test_a_path_out_of_the_strategy_is_refused(tmp_path):
    write(tmp_path, "secret", "root/strategy.yaml")
    with pytest.raises(PermissionError):
        FolderTree(tmp_path / "root").read_bytes("../secret")


def test_a_link_inside_the_strategy_is_followed(tmp_path):
    write(tmp_path, "strategy/a.yaml")
    (tmp_path / "strategy/b.yaml").symlink_to(tmp_path / "strategy/a.yaml")
    assert FolderTree(tmp_path).read_bytes("strategy/b.yaml") == b"x"


def test_a_folder_that_has_become_a_link_out_of_the_strategy_is_refused(tmp_path):
    root, outside = tmp_path / "root", tmp_path / "outside"
    for folder in (root / "strategy", outside):
        folder.mkdir(parents=True)
        (folder / "a.yaml").write_bytes(b"x: 1\n")
    for tree in (FolderTree(root), KeptTree(root)):
        assert tree.read_bytes("strategy/a.yaml") == b"x: 1\n"
        (root / "strategy").rename(tmp_path / "kept")
        (root / "strategy").symlink_to(outside)
        tree.list_files("strategy")
        with pytest.raises(OutsideError):
            tree.read_bytes("strategy/a.yaml")
        (root / "strategy").unlink()
        (tmp_path / "kept").rename(root / "strategy")
