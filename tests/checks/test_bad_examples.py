"""Every folder in examples/bad is a strategy with one fault, and what is said of it. Dropping in a
folder is writing a test.

A folder is named `<rule>--<what>`. Its files lie over those of examples/base (a file `delete` lists
some to take away). `expected.txt` is the report for the terminal, `expected.github` that for
GitHub. `pytest --renew` writes both anew; read them before you commit them.
"""

from __future__ import annotations

import shutil
from datetime import date
from pathlib import Path

import pytest

from generator.checks import CHECKS
from generator.checks.project import check_project
from generator.commands.rules import ALL_RULES
from generator.problems.problem import has_errors
from generator.problems.reporters import UNCHANGED, Summary, report_github, report_terminal
from generator.problems.terminal_style import Look

TODAY = date(2026, 11, 22)
EXAMPLES = Path(__file__).parents[1] / "examples"
CASES = sorted(path.name for path in (EXAMPLES / "bad").iterdir() if path.is_dir())
_OURS = ("expected.txt", "expected.github", "delete")
_MADE_ELSEWHERE = {
    "leak",
    "other-plugin",
    "stopped-setting",
    "site-builder",
    "raw-html",
    "faulty-template",
    "address-taken",
    "unreadable-file",
    "link-outside",
    "nested-repository",
    "file-too-large",
    "unreadable-yaml",
}
"""Rules that need a whole site, or a disk that refuses: tests/site and the tests of each room hold
them.
"""


def lay_out(name: str, folder: Path) -> Path:
    """The base with the files of a case over it."""
    shutil.copytree(EXAMPLES / "base", folder)
    case = EXAMPLES / "bad" / name
    for path in sorted(case.rglob("*")):
        target = folder / path.relative_to(case)
        if path.is_file() and path.name not in _OURS:
            target.parent.mkdir(parents=True, exist_ok=True)
            shutil.copy(path, target)
    if (case / "delete").is_file():
        for line in (case / "delete").read_text("utf-8").split():
            (folder / line).unlink()
    return folder


@pytest.mark.parametrize("name", CASES)
def test_the_fault_is_said_as_expected(
    name: str, tmp_path: Path, request: pytest.FixtureRequest
) -> None:
    loaded, pages, problems = check_project(lay_out(name, tmp_path / "case"), as_of=TODAY)
    summary = Summary(len(loaded.files) + len(pages), UNCHANGED if has_errors(problems) else "")
    case = EXAMPLES / "bad" / name
    said = {
        "expected.txt": report_terminal(problems, summary, Look()),
        "expected.github": report_github(problems, summary, Look()),
    }
    if request.config.getoption("--renew"):
        for file, text in said.items():
            (case / file).write_text(text, "utf-8")
    assert {problem.rule for problem in problems} == {name.partition("--")[0]}
    for file, text in said.items():
        assert (case / file).read_text("utf-8") == text


def test_the_base_is_sound(tmp_path: Path) -> None:
    shutil.copytree(EXAMPLES / "base", tmp_path / "case")
    assert check_project(tmp_path / "case", as_of=TODAY)[2] == ()


def test_every_rule_has_an_example_and_every_example_a_rule() -> None:
    shown = {name.partition("--")[0] for name in CASES}
    assert shown <= ALL_RULES.keys()
    assert ALL_RULES.keys() - shown <= _MADE_ELSEWHERE


@pytest.mark.parametrize("name", [name for name, rule in ALL_RULES.items() if rule.bad])
def test_the_examples_of_a_rule_are_bad_and_good_by_just_that_rule(
    name: str, tmp_path: Path
) -> None:
    rule = ALL_RULES[name]
    for text, rules in ((rule.bad, {name}), (rule.good, set())):
        folder = tmp_path / ("bad" if rules else "good")
        shutil.copytree(EXAMPLES / "base", folder)
        if text:
            (folder / rule.file).parent.mkdir(parents=True, exist_ok=True)
            (folder / rule.file).write_text(text, "utf-8")
        found = {problem.rule for problem in check_project(folder, as_of=TODAY)[2]}
        # a piece about meaning is short: that a market in it is no complete one besides is not the
        # point
        assert (found & {name} if name in CHECKS else found) == rules
        assert found <= {name, *CHECKS}
