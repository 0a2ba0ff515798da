"""Every two commands that write, at once: what stands there afterwards is what one after the other
would have written, in one order or the other, and each says what it would have said then.

The first stands still, with all that it has read, until the second has ended or says that it waits.
"""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from itertools import product
from pathlib import Path

import pytest

from tests.playbooks import run_playbook
from tests.repositories import commit, git, make_repository
from tests.trials.amount import choose
from tests.trials.stop_points import Stopper
from tests.trials.test_kills import age_copies, list_strays, look, misspell, write_form

DAY = ("--as-of", "2026-06-01")
COMMANDS = {
    "init": ("init", "../other", "--company", "Other"),
    "new": ("new", "objections", "too-hot", *DAY),
    "new, another": ("new", "objections", "too-cold", *DAY),
    "verify": ("verify", "plays/count-the-stops", *DAY),
    "verify, another": ("verify", "stages/understand", "markets/food-producers", *DAY),
    "intake": ("intake", "form.json", *DAY),
    "rename": ("rename", "personas", "plant-manager", "head-of-plant", *DAY),
    "upgrade": ("upgrade",),
    "check --fix": ("check", "--fix", *DAY),
    "release": ("release", "2026.2", *DAY),
    "changelog": ("changelog", "--output", "news.md", *DAY),
    "due": ("due", "--to-dir", "../due", *DAY),
    "build": ("build", *DAY),
    "publish": ("publish", "--to-dir", "../out", *DAY),
}
FEW = (
    ("new", "new"),
    ("verify", "release"),
)
"""Pairs that must wait for each other, or one of them would be lost."""
EVERY = [*product(COMMANDS, COMMANDS)]


@pytest.fixture(scope="module")
def template(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A playbook in git with a released version, and something for every command to do."""
    root = tmp_path_factory.mktemp("pairs") / "acme"
    assert run_playbook("init", root, "--company", "Acme").returncode == 0
    make_repository(root, {})
    git(root, "tag", "v2026.1")
    age_copies(root)
    write_form(root)
    commit(root, {})
    return root


@pytest.fixture
def stopper(tmp_path: Path) -> Iterator[Stopper]:
    stopper = Stopper(tmp_path)
    yield stopper
    stopper.close()


def lay_out(template: Path, folder: Path, *, faulty: bool) -> Path:
    root = folder / "acme"
    shutil.copytree(template, root, symlinks=True)
    if faulty:
        misspell(root)
    return root


def look_at_all(root: Path) -> tuple[object, ...]:
    """Everything that was written, but for sites: they are made of what is there at the time."""
    files = look(root.parent) or {}
    return (
        {path: content for path, content in files.items() if not path.startswith(SITES)},
        git(root, "log", "--format=%s"),
        git(root, "tag"),
    )


SITES = ("acme/.git/", "acme/site/", "out/", "acme/news.md")


@pytest.mark.parametrize(("first", "second"), choose(FEW, EVERY), ids=" + ".join)
def test_of_two_at_once_nothing_is_lost(
    template: Path, stopper: Stopper, first: str, second: str, record_property
) -> None:
    one, other = COMMANDS[first], COMMANDS[second]
    faulty = "check --fix" in (first, second)
    allowed, length = [], 1
    for number, order in enumerate(((one, other), (other, one))):
        root = lay_out(template, stopper.area / f"order{number}", faulty=faulty)
        runs = [stopper.run(*command, cwd=root) for command in order]
        codes = [run.code for run in runs]
        allowed.append((look_at_all(root), codes if number == 0 else codes[::-1]))
        length = max(length, len(runs[0].changes)) if number == 0 else length
    points = choose([1], sorted({1, length // 2 + 1}))
    record_property("tried", len(points))
    for point in points:
        root = lay_out(template, stopper.area / f"{point}", faulty=faulty)
        runs = stopper.run_two(one, other, cwd=root, at=point)
        said = [run.said for run in runs]
        assert not any("Traceback" in words for words in said), said
        assert (look_at_all(root), [run.code for run in runs]) in allowed, said
        assert list_strays(root.parent) == [], said
        shutil.rmtree(root.parent)
