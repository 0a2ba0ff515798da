"""Whatever writes is killed at every point where it changes anything on disk or calls git: what
stands there is what was there before or what should be there then, and the next command works.
"""

from __future__ import annotations

import json
import re
import shutil
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest

from tests.playbooks import read_files, run_playbook
from tests.repositories import commit, git, make_repository
from tests.trials.amount import choose
from tests.trials.stop_points import KILLED, Stopper, choose_points

DAY = ("--as-of", "2026-06-01")
FORM = {
    "issue": {
        "number": 31,
        "title": "Field note",
        "body": "### Who says it?\n\nSellers\n\n### What did you see or hear?\n\nTheir fitters ask.\n",
        "created_at": "2026-05-04T09:00:00Z",
    }
}


@dataclass(frozen=True)
class Case:
    """A command that writes. `prepare` makes what it needs in the playbook; `target` is what it
    writes into, from the folder around the playbook; `at_once`: there is never more to see than
    the old or the new, even before the next command has looked.
    """

    arguments: tuple[str, ...]
    prepare: Callable[[Path], None] = lambda root: None
    target: str = "acme"
    at_once: bool = True
    how: str = "change"


def split_markets(root: Path) -> None:
    """A list in a file of its own, so that two files are written; with what can be mended in both."""
    text = (root / "strategy.yaml").read_text("utf-8")
    head, _, rest = text.partition("markets:\n")
    markets, _, tail = rest.partition("\npersonas:")
    commit(
        root,
        {
            "strategy.yaml": f"{head}personas:{tail}",
            "strategy/markets.yaml": "".join(
                line.removeprefix("  ") for line in markets.splitlines(keepends=True)
            ),
        },
    )


def misspell(root: Path) -> None:
    split_markets(root)
    for path, right, wrong in (
        ("strategy.yaml", "perspective:", "perspectiv:"),
        ("strategy/markets.yaml", "priority:", "priorty:"),
    ):
        text = (root / path).read_text("utf-8")
        assert right in text
        commit(root, {path: text.replace(right, wrong, 1)})


def write_form(root: Path) -> None:
    (root / "form.json").write_text(json.dumps(FORM))


def age_copies(root: Path) -> None:
    """As an earlier version of the program handed them out."""
    from generator.starter import digest

    manifest = json.loads((root / ".playbook.json").read_text())
    for path in ("schema/markets.schema.json", "schema/proof.schema.json", ".vscode/settings.json"):
        (root / path).write_bytes(b"{}\n")
        manifest["files"][path] = digest(b"{}\n")
    (root / "schema/plays.schema.json").unlink()
    del manifest["files"]["schema/plays.schema.json"]
    (root / ".playbook.json").write_text(json.dumps(manifest))


def begin_elsewhere(root: Path) -> None:
    (root.parent / "other").mkdir()
    (root.parent / "other/README.md").write_text("mine")


def build_first(root: Path) -> None:
    assert run_playbook("build", *DAY, cwd=root).returncode == 0
    edit_tagline(root)


def publish_first(root: Path) -> None:
    edit_tagline(root)
    assert run_playbook("publish", "--to-dir", "../out", *DAY, cwd=root).returncode == 0
    edit_tagline(root)


def edit_tagline(root: Path) -> None:
    text = (root / "strategy.yaml").read_text("utf-8")
    commit(root, {"strategy.yaml": text.replace("summary: ", "summary: Now ", 1)})


CASES = {
    "init": Case(("init", "../other", "--company", "Other"), target="other"),
    "init where something is": Case(
        ("init", "../other", "--company", "Other"), begin_elsewhere, "other", at_once=False
    ),
    "new": Case(("new", "objections", "too-hot")),
    "new, the second of its kind": Case(("new", "glossary", "spout")),
    "verify": Case(
        ("verify", "plays/count-the-stops", "markets/food-producers", *DAY),
        split_markets,
        at_once=False,
    ),
    "intake": Case(("intake", "form.json", *DAY), write_form),
    "upgrade": Case(("upgrade",), age_copies, at_once=False),
    "check --fix": Case(("check", "--fix"), misspell, at_once=False),
    "changelog": Case(("changelog", "--output", "news.md")),
    "due": Case(("due", "--to-dir", "../due", "--as-of", "2028-06-01"), target="due"),
    "render": Case(("render", "../pages", *DAY), target="pages"),
    "build": Case(("build", *DAY), target="acme/site"),
    "build over a site": Case(("build", *DAY), build_first, "acme/site"),
    "build where names cannot be exchanged": Case(
        ("build", *DAY), build_first, "acme/site", at_once=False, how="plain"
    ),
    "publish": Case(("publish", "--to-dir", "../out", *DAY), target="out"),
    "publish beside others": Case(("publish", "--to-dir", "../out", *DAY), publish_first, "out"),
    "publish where names cannot be exchanged": Case(
        ("publish", "--to-dir", "../out", *DAY), publish_first, "out", at_once=False, how="plain"
    ),
    "publish anew": Case(
        ("publish", "--to-dir", "../out", "--rebuild", *DAY), publish_first, "out"
    ),
}


@pytest.fixture(scope="module")
def template(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A playbook in git with a released version, and something to verify and to mend."""
    root = tmp_path_factory.mktemp("kills") / "acme"
    assert run_playbook("init", root, "--company", "Acme").returncode == 0
    make_repository(root, {})
    git(root, "tag", "v2026.1")
    return root


@pytest.fixture
def stopper(tmp_path: Path) -> Iterator[Stopper]:
    stopper = Stopper(tmp_path)
    yield stopper
    stopper.close()


def lay_out(template: Path, folder: Path, case: Case) -> Path:
    root = folder / "acme"
    shutil.copytree(template, root, symlinks=True)
    case.prepare(root)
    return root


def look(folder: Path) -> dict[str, bytes] | None:
    """What everybody sees: the files, but for git's and what is hidden from it."""
    if not folder.exists():
        return None
    files = read_files(folder)
    hidden = (".git/", ".playbook-", ".playbook/", "playbook.code-workspace")
    return {
        path: content
        for path, content in files.items()
        if not path.startswith(hidden) and not re.search(r"/\.playbook[-/]", path)
    }


def list_strays(folder: Path) -> list[str]:
    return [str(path) for path in folder.rglob(".playbook-*") if path.name != ".playbook.json"]


FEW = ("new, the second of its kind", "verify", "check --fix", "build over a site")
"""What stands for all in the fixed part: one file, several, and a folder that takes another's place."""


@pytest.mark.long
@pytest.mark.parametrize("name", choose(FEW, tuple(CASES)))
def test_what_is_killed_leaves_the_old_or_the_new_and_the_next_command_works(
    template: Path, stopper: Stopper, name: str, record_property
) -> None:
    case = CASES[name]
    root = lay_out(template, stopper.area / "whole", case)
    before = look(root.parent / case.target)
    whole = stopper.run(*case.arguments, cwd=root, how=case.how)
    after = look(root.parent / case.target)
    assert after != before, whole.said
    points = choose_points(whole.changes, few=choose(fixed=True, large=False))
    record_property("tried", len(points))
    for point in points:
        root = lay_out(template, stopper.area / f"{point}", case)
        killed = stopper.run(*case.arguments, cwd=root, at=point, how=case.how)
        assert killed.code == KILLED, (point, killed.said)
        left = look(root.parent / case.target)
        if case.at_once:
            assert left in (before, after), (point, whole.changes[point - 1])
        assert "playbook-" not in git(root, "status", "--porcelain", "--untracked-files=all")
        if (root / "schema").is_dir() and case.target != "other":
            checked = stopper.run("check", *DAY, cwd=root)
            assert checked.code in (0, 1), checked.said
            if case.target == "acme":
                assert look(root.parent / case.target) in (before, after), (point, checked.said)
        again = stopper.run(*case.arguments, cwd=root)
        assert "Traceback" not in again.said, again.said
        assert look(root.parent / case.target) == after, (point, again.said)
        assert list_strays(root.parent) == [], (point, again.said)
        assert list_strays(stopper.area / "temp") == [], (point, again.said)
        shutil.rmtree(root.parent)


# A release, which git takes part in


def look_at_release(root: Path) -> tuple[object, ...]:
    """The files, what is committed, the tags, and what git finds changed."""
    return (
        look(root),
        git(root, "log", "--format=%s"),
        git(root, "tag"),
        git(root, "status", "--porcelain", "--untracked-files=all"),
    )


def lay_out_release(template: Path, folder: Path) -> Path:
    root = folder / "acme"
    shutil.copytree(template, root, symlinks=True)
    edit_tagline(root)
    return root


def list_release_points(stopper: Stopper, root: Path) -> list[tuple[str, int]]:
    whole = stopper.run("release", "2026.2", *DAY, cwd=root)
    assert whole.code == 0, whole.said
    calls = range(1, stopper.count_calls() + 1)
    every = [("change", number) for number in choose_points(whole.changes, few=False)]
    every += [(how, number) for how in ("git", "git-done") for number in calls]
    tagging, committing = len(calls) - 1, len(calls) - 2  # the last one asks where the note lies
    return choose([("git-done", tagging), ("git", committing)], every)


@pytest.mark.long
def test_a_release_that_is_killed_is_finished_or_undone_by_the_next_which_says_which(
    template: Path, stopper: Stopper, record_property
) -> None:
    root = lay_out_release(template, stopper.area / "whole")
    before = look_at_release(root)
    points = list_release_points(stopper, root)
    after = look_at_release(root)
    record_property("tried", len(points))
    seen = set()
    for how, number in points:
        root = lay_out_release(template, stopper.area / f"{how}-{number}")
        killed = stopper.run("release", "2026.2", *DAY, cwd=root, at=number, how=how)
        assert killed.code == KILLED, (how, number, killed.said)
        checked = stopper.run("check", *DAY, cwd=root)
        assert (checked.code, "Traceback" in checked.said) == (0, False), checked.said
        left = look_at_release(root)
        again = stopper.run("release", "2026.2", *DAY, cwd=root)
        assert look_at_release(root) == after, (how, number, again.said)
        if "is finished" in again.said:
            seen.add("finished")
            assert again.code == 0
            assert left[1] == after[1]  # it was committed
        elif "is undone" in again.said:
            seen.add("undone")
            assert again.code == 0
            assert left[1:3] == before[1:3]
        elif again.code != 0:  # it was done, but for the last word
            seen.add("done")
            assert "exists already" in again.said
            assert left == after
        else:  # it had not begun
            seen.add("not begun")
            assert left == before
        assert list_strays(root) == []
        shutil.rmtree(root.parent)
    assert {"finished", "undone"} <= seen
