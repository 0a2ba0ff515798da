"""Links that lead out of a folder, of every form."""

import os
from pathlib import Path

import pytest

from generator.files.tree import StrayLink, list_stray_links


@pytest.fixture
def root(tmp_path):
    """A folder with files of its own, beside one with files of somebody else."""
    for path in ("root/playbook/img/a.png", "root/parts/b.md", "root/.git/config", "other/c.txt"):
        (tmp_path / path).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / path).write_text("x")
    return tmp_path / "root"


def link(root, name, target):
    (root / name).parent.mkdir(parents=True, exist_ok=True)
    (root / name).symlink_to(target)


@pytest.mark.parametrize(
    ("name", "target"),
    [
        ("playbook/c.txt", "../../other/c.txt"),
        ("playbook/c.txt", "{}/other/c.txt"),
        ("playbook/sub", "../../other"),
        ("playbook/sub", "{}/other"),
        ("playbook/deep/er/c.txt", "../../../../other/c.txt"),
        ("playbook/.c.txt", "../../other/c.txt"),
        ("playbook/gone.txt", "../../other/not-there.txt"),
        ("playbook/up", "../.."),
        ("playbook/top", "/"),
        ("playbook/roundabout.txt", "../../root/../other/c.txt"),
    ],
)
def test_a_link_that_leads_outside_is_found(root, name, target):
    link(root, name, target.format(root.parent))
    assert list_stray_links(root, "playbook") == [StrayLink(name)]


@pytest.mark.parametrize("target", ["img/a.png", "img", "../parts", "../parts/b.md", ".", "{}/img"])
def test_a_link_that_stays_inside_is_fine(root, target):
    link(root, "playbook/x", target.format(root / "playbook"))
    assert list_stray_links(root, "playbook") == []


def test_a_link_to_a_link_is_followed_to_its_end(root):
    link(root, "parts/out.txt", "../../other/c.txt")
    link(root, "playbook/y.txt", "../parts/out.txt")
    link(root, "playbook/z.txt", "y.txt")
    assert list_stray_links(root, "playbook") == [
        StrayLink("playbook/y.txt"),
        StrayLink("playbook/z.txt"),
    ]


def test_links_in_a_folder_that_a_link_leads_to_are_found(root):
    link(root, "parts/out.txt", "../../other/c.txt")
    link(root, "playbook/parts", "../parts")
    link(root, "parts/round", "../playbook")
    assert list_stray_links(root, "playbook") == [StrayLink("playbook/parts/out.txt")]


def test_the_folder_itself_may_be_the_link(root):
    os.rename(root / "playbook", root.parent / "elsewhere")
    link(root, "playbook", "../elsewhere")
    assert list_stray_links(root, "playbook") == [StrayLink("playbook")]
    assert list_stray_links(root, "nothing-here") == []


def test_a_root_that_is_a_link_itself_is_no_fault(root):
    (root.parent / "way").symlink_to(root)
    link(root, "playbook/x.png", "img/a.png")
    assert list_stray_links(root.parent / "way", "playbook") == []


@pytest.mark.parametrize("target", ["../.git", "../.git/config", "../.git/nothing"])
def test_what_lies_inside_but_is_nobodys_to_show_is_found(root, target):
    link(root, "playbook/x", target)
    assert list_stray_links(root, "playbook", (".git",)) == [
        StrayLink("playbook/x", Path(os.path.normpath(target[3:])).as_posix())
    ]
    assert list_stray_links(root, "playbook", ("parts",)) == []


def test_links_in_a_circle_lead_nowhere(root):
    link(root, "playbook/a", "b")
    link(root, "playbook/b", "a")
    assert list_stray_links(root, "playbook") == []
