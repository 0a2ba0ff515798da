"""Links out of the playbook bring nothing onto a site, whichever command makes it."""

import shutil
import subprocess
import sys

import pytest

from generator.problems.problem import has_errors
from generator.site.assembly import assemble
from generator.site.choice import Choice
from tests.playbooks import run_playbook
from tests.repositories import PERSON, commit, git, make_repository
from tests.sample import MINIMAL_HEADER, TODAY

CONFIG = """\
site_name: Acme
docs_dir: playbook
theme: {name: material, font: false, custom_dir: look}
extra_css: [own.css]
plugins:
  - search
  - playbook:
      publish: {private-pages: confirmed}
"""
FILES = {
    "strategy.yaml": MINIMAL_HEADER,
    "mkdocs.yml": CONFIG,
    "playbook/guide.md": "# Guide\n",
    "playbook/own.css": "a { color: red }\n",
    "look/partials/x.html": "x\n",
    "parts/inside.txt": "canary of the inside\n",
}
STRAY = [
    "playbook/note.txt",
    "playbook/page.md",
    "playbook/own.css",
    "playbook/templates/home.html",
    "playbook/deep/folder",
    "schema/more.json",
    "look/main.html",
    "look/assets",
]


@pytest.fixture
def root(tmp_path):
    """A playbook beside a folder of somebody else."""
    outside = tmp_path / "outside"
    outside.mkdir()
    for name in ("secret.txt", "secret.md"):
        (outside / name).write_text("canary of the outside\n")
    return make_repository(tmp_path / "acme", FILES)


def link(root, name, absolute):
    target = root / name
    target.parent.mkdir(parents=True, exist_ok=True)
    target.unlink(missing_ok=True)
    outside = root.parent / "outside"
    if "." in target.name:
        outside = outside / ("secret.md" if name.endswith(".md") else "secret.txt")
    up = "../" * (name.count("/") + 1)
    target.symlink_to(outside if absolute else f"{up}{outside.relative_to(root.parent)}")


def run(root, *arguments):
    return run_playbook(*arguments, cwd=root, **PERSON)


@pytest.mark.parametrize("absolute", [True, False])
@pytest.mark.parametrize("name", STRAY)
def test_a_link_out_of_the_playbook_is_one_error_at_its_name(root, name, absolute):
    link(root, name, absolute)
    assembly = assemble(root, Choice(as_of=TODAY, folders=("playbook", "look")))
    assert assembly.made is None
    [problem] = [one for one in assembly.problems if has_errors([one])]
    assert (problem.rule, problem.place.file) == ("link-outside", name)


@pytest.mark.parametrize("target", ["strategy.yaml", ".git/config", ".git"])
def test_a_link_to_what_no_site_may_show_is_refused(root, target):
    (root / "playbook/x.txt").symlink_to(f"../{target}")
    assembly = assemble(root, Choice(as_of=TODAY))
    assert [(one.rule, one.place.file) for one in assembly.problems] == [
        ("link-outside", "playbook/x.txt")
    ]
    assert target in assembly.problems[0].title


def test_links_that_stay_inside_are_published(root):
    (root / "playbook/inside.txt").symlink_to("../parts/inside.txt")
    (root / "playbook/again.txt").symlink_to("inside.txt")
    done = run(root, "build")
    assert done.returncode == 0, done.stdout + done.stderr
    assert (root / "site/again.txt").read_text() == "canary of the inside\n"


@pytest.mark.parametrize("name", ["playbook/note.txt", "look/main.html"])
def test_build_render_and_publish_refuse_it(root, name, tmp_path):
    assert run(root, "build").returncode == 0
    before = sorted(path.name for path in (root / "site").rglob("*"))
    link(root, name, absolute=False)
    for arguments in (
        ("build",),
        ("render", tmp_path / "out"),
        ("publish", "--to-dir", tmp_path / "published"),
    ):
        done = run(root, *arguments)
        assert done.returncode == 1, done.stdout + done.stderr
        assert name in done.stdout
        assert "Traceback" not in done.stdout + done.stderr
    assert sorted(path.name for path in (root / "site").rglob("*")) == before
    assert not (tmp_path / "out").exists()
    assert not list((tmp_path / "published").rglob("*.html"))


def test_check_says_it_too(root):
    link(root, "playbook/note.txt", absolute=True)
    done = run(root, "check")
    assert done.returncode == 1
    assert "playbook/note.txt" in done.stdout
    assert "outside the playbook's folder" in done.stdout


def test_versions_are_not_built_anew_with_a_template_from_elsewhere(root, tmp_path):
    git(root, "tag", "-a", "v1", "-m", "1")
    commit(root, {"strategy.yaml": MINIMAL_HEADER.replace('version: "1"', 'version: "2"')})
    link(root, "playbook/templates/home.html", absolute=False)
    done = run(root, "publish", "--rebuild", "--to-dir", tmp_path / "out")
    assert done.returncode == 1, done.stdout + done.stderr
    assert "playbook/templates/home.html" in done.stdout


def test_plain_mkdocs_refuses_it(root):
    link(root, "playbook/note.txt", absolute=False)
    done = subprocess.run(
        [sys.executable, "-m", "mkdocs", "build", "--quiet"],
        cwd=root,
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode != 0
    assert "playbook/note.txt" in done.stdout + done.stderr
    assert not list((root / "site").rglob("note.txt"))


def test_a_site_is_built_anew_where_a_file_has_become_a_link(root):
    assert run(root, "build").returncode == 0
    shutil.copy(root / "playbook/own.css", root.parent / "outside/secret.txt")
    link(root, "playbook/own.css", absolute=True)
    assert run(root, "build").returncode == 1
