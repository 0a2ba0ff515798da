"""Checks in Python from installed packages: named in mkdocs.yml, never from files of the strategy."""

from __future__ import annotations

import sys
from pathlib import Path

import pytest

from generator.checks.own import installed
from generator.checks.project import check_project
from generator.problems.problem import Problem, Severity
from tests.sample import MINIMAL_HEADER

CODE = """
from generator.checks.context import Check, Finding
from generator.loading.locator import Spot
from generator.problems.problem import Severity


def find_shouting(context):
    for entry in context.live("glossary"):
        if entry.term.isupper():
            yield Finding(
                entry=entry.key,
                spot=Spot(entry.key, ("term",)),
                title=f"{context.name(entry)} shouts",
            )


def find_badly(context):
    yield Finding(entry=None, spot=Spot(None), title="before the error")
    1 / 0


def find_nonsense(context):
    return ["nonsense"]


def make(name, find, **more):
    return Check(id=name, family="clarity", find=find, says="No.", why="It is loud.", **more)


shouting = make("shouting", find_shouting)
several = [make("badly", find_badly, severity=Severity.ERROR), make("nonsense", find_nonsense)]
nothing = 3
"""
NAMES = ("shouting", "several", "nothing", "absent")


@pytest.fixture
def root(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A playbook, beside which a package with checks is installed."""
    home = tmp_path / "site-packages"
    lay_package(home)
    monkeypatch.syspath_prepend(str(home))
    monkeypatch.delitem(sys.modules, "acme_checks", raising=False)
    root = tmp_path / "playbook-of-acme"
    (root / "strategy").mkdir(parents=True)
    (root / "strategy.yaml").write_text(MINIMAL_HEADER, "utf-8")
    (root / "strategy/glossary.yaml").write_text(
        "- id: lift\n  term: LIFT\n  meaning: How far.\n", "utf-8"
    )
    return root


def lay_package(home: Path) -> None:
    (home / "acme-1.dist-info").mkdir(parents=True)
    (home / "acme-1.dist-info/METADATA").write_text(
        "Metadata-Version: 2.1\nName: acme\nVersion: 1\n"
    )
    points = "\n".join(f"{name} = acme_checks:{name}" for name in NAMES)
    (home / "acme-1.dist-info/entry_points.txt").write_text(f"[{installed.GROUP}]\n{points}\n")
    (home / "acme_checks.py").write_text(CODE)


def check(root: Path, *names: str) -> list[Problem]:
    listed = "".join(f"        - {name}\n" for name in names)
    (root / "mkdocs.yml").write_text(
        f"site_name: A\nplugins:\n  - playbook:\n      checks:\n{listed}"
        "markdown_extensions:\n  - a: !!python/name:b.c\n",
        "utf-8",
    )
    rules = ("own/", "missing-own-check")
    return [one for one in check_project(root)[2] if one.rule.startswith(rules)]


def test_a_check_of_a_package_finds_at_the_line(root: Path) -> None:
    [found] = check(root, "shouting")
    assert (found.rule, found.title) == ("own/shouting", 'the term "LIFT" shouts')
    assert (found.place.file, found.place.line) == ("strategy/glossary.yaml", 2)


def test_an_error_in_a_check_is_one_problem_that_names_it(root: Path) -> None:
    found = {one.rule: one for one in check(root, "several", "shouting")}
    assert set(found) == {"own/badly", "own/nonsense", "own/shouting"}
    assert "could not be finished: division by zero" in found["own/badly"].title
    assert found["own/badly"].severity is Severity.ERROR
    assert "no Finding" in found["own/nonsense"].title


@pytest.mark.parametrize(
    ("name", "said"),
    [
        ("nothing", 'the checks "nothing" of acme cannot be loaded'),
        ("absent", 'the checks "absent" of acme cannot be loaded'),
        ("shoutin", 'no installed package has checks called "shoutin"'),
    ],
)
def test_what_cannot_be_used_is_told_in_mkdocs_yml(root: Path, name: str, said: str) -> None:
    [found] = check(root, name)
    assert (found.rule, found.place.file, found.place.line) == (
        "missing-own-check",
        "mkdocs.yml",
        5,
    )
    assert found.title.startswith(said)


def test_no_file_of_the_strategy_is_run(
    root: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "site-packages/acme_checks.py").unlink()
    (root / "acme_checks.py").write_text("raise SystemExit(3)")
    monkeypatch.syspath_prepend(str(root))
    assert [one.rule for one in check(root, "shouting")] == ["missing-own-check"]
    lay_package(root / "inside")
    monkeypatch.syspath_prepend(str(root / "inside"))
    assert [one.rule for one in check(root, "shouting")] == ["missing-own-check"]


def test_without_a_name_nothing_is_loaded(root: Path) -> None:
    assert check(root) == []
    assert "acme_checks" not in sys.modules
