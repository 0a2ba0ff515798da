"""The command line as a person meets it: exit codes, one line where the tool cannot run, never a
traceback.
"""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from tests.playbooks import LONGEST, ROOT, Run, start_playbook
from tests.trials.amount import choose


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        (["build", "--nope"], "--nope"),
        (["chek"], "chek"),
        (["check", "nowhere"], "nowhere"),
        (["check", "--as-of", "soon"], "soon"),
        (["check", "--format", "xml"], "xml"),
        (["build", "--config", "nothing.yml"], "nothing.yml"),
        (["serve", "--config", "nothing.yml"], "nothing.yml"),
        (["new", "objection", "x"], 'did you mean "objections"'),
        (["new", "objections", "?!"], "no id can be made"),
        (["new", "objections", "too-expensive"], "exists already"),
        (["upgrade"], ".playbook.json"),
        (["init", "."], "already holds"),
    ],
)
def test_where_it_cannot_run_it_says_so_in_one_line(
    playbook: Run, copy_of_root: Callable[[], Path], arguments: list[str], words: str
) -> None:
    done = playbook(*arguments, cwd=copy_of_root())
    assert done.returncode == 2
    assert done.stdout == ""
    assert len(done.stderr.strip().splitlines()) == 1
    assert words in done.stderr


def test_a_pipe_that_closes_early_is_no_fault(started: Path) -> None:
    command = f"'{sys.executable}' -m generator check --format json '{ROOT}' | true"
    done = subprocess.run(
        ["bash", "-c", command],
        cwd=started,
        capture_output=True,
        text=True,
        timeout=LONGEST,
        check=False,
    )
    assert "Traceback" not in done.stderr


@pytest.mark.trial
@pytest.mark.parametrize(
    ("closed", "text", "code"),
    choose(
        [("<&- >&- 2>&-", "", 0), ("| true", "\nunheard: []\n", 1)],
        [
            (closed, text, code)
            for closed in (">&-", ">&- 2>&-", "<&- >&- 2>&-", "| true")
            for text, code in (("", 0), ("\nunheard: []\n", 1))
        ],
    ),
)
def test_how_a_run_ends_does_not_depend_on_who_listens(
    started: Path, closed: str, text: str, code: int
) -> None:
    file = started / "strategy.yaml"
    file.write_text(file.read_text("utf-8") + text, "utf-8")
    command = f"'{sys.executable}' -m generator check . {closed}; echo ${{PIPESTATUS[0]}} >code"
    done = subprocess.run(
        ["bash", "-c", command],
        cwd=started,
        capture_output=True,
        text=True,
        timeout=LONGEST,
        check=False,
        env={**os.environ, "PYTHONPATH": str(ROOT)},
    )
    assert "Traceback" not in done.stderr
    assert (started / "code").read_text().strip() == str(code)


@pytest.mark.parametrize(
    "command", [["check", "--format", "json"], ["check"], ["due", "--format", "json"]]
)
def test_what_no_terminal_reads_is_utf_8(started: Path, command: list[str]) -> None:
    file = started / "strategy.yaml"
    file.write_text(file.read_text("utf-8").replace("Plant manager", "Käufer 温度 <br>"), "utf-8")
    environment = {**os.environ, "PYTHONPATH": str(ROOT), "PYTHONUTF8": "0"}
    environment["PYTHONIOENCODING"] = "cp1252"
    done = subprocess.run(
        [sys.executable, "-m", "generator", *command],
        cwd=started,
        capture_output=True,
        timeout=LONGEST,
        check=False,
        env=environment,
    )
    assert "?" not in done.stdout.decode("utf-8").replace('?"', "").split("<br>")[0][-20:]


def test_help_names_every_command_and_so_does_the_readme(playbook: Run) -> None:
    text = playbook("--help").stdout
    readme = (ROOT / "README.md").read_text("utf-8")
    for name in ("check", "due", "verify", "build", "serve", "render", "init", "new", "upgrade"):
        assert f"  {name} " in text
        assert f"playbook {name}" in readme


def test_a_terminal_without_some_signs_shows_the_rest(started: Path) -> None:
    (started / "strategy/glossary.yaml").write_text("- id: lift\n  term: 温度 → Lift\n", "utf-8")
    done = start_playbook("check", cwd=started, PYTHONIOENCODING="cp1252")
    assert (done.returncode, "Traceback" in done.stderr) == (1, False)


def test_output_is_plain_in_a_pipe(playbook: Run, started: Path) -> None:
    file = started / "strategy.yaml"
    file.write_text(
        file.read_text("utf-8").replace("priority: primary", "priority: primry"), "utf-8"
    )
    done = playbook("check", cwd=started)
    assert "\x1b" not in done.stdout
    assert done.stderr == ""
