"""The command line as a person meets it: exit codes, one line where the tool cannot run, never a
traceback.
"""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

from tests.playbooks import ROOT, Run, run_playbook


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
        (["new", "objections", "Too Slow"], "Too Slow"),
        (["new", "objections", "too-expensive"], "exists already"),
        (["upgrade"], ".playbook.json"),
        (["init", "."], "already holds"),
    ],
)
def test_where_it_cannot_run_it_says_so_in_one_line(
    playbook: Run, arguments: list[str], words: str
) -> None:
    done = playbook(*arguments)
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
        timeout=60,
        check=False,
    )
    assert "Traceback" not in done.stderr


def test_help_names_every_command_and_so_does_the_readme(playbook: Run) -> None:
    text = playbook("--help").stdout
    readme = (ROOT / "README.md").read_text("utf-8")
    for name in ("check", "due", "verify", "build", "serve", "render", "init", "new", "upgrade"):
        assert f"  {name} " in text
        assert f"playbook {name}" in readme


def test_a_terminal_without_some_signs_shows_the_rest(started: Path) -> None:
    (started / "strategy/glossary.yaml").write_text("- id: lift\n  term: 温度 → Lift\n", "utf-8")
    done = run_playbook("check", cwd=started, PYTHONIOENCODING="cp1252")
    assert (done.returncode, "Traceback" in done.stderr) == (1, False)


def test_output_is_plain_in_a_pipe(playbook: Run, started: Path) -> None:
    file = started / "strategy.yaml"
    file.write_text(
        file.read_text("utf-8").replace("priority: primary", "priority: primry"), "utf-8"
    )
    done = playbook("check", cwd=started)
    assert "\x1b" not in done.stdout
    assert done.stderr == ""


def test_the_wheel_works_far_from_this_checkout(tmp_path: Path) -> None:
    """Built wheel, empty environment that shares only third-party packages, another folder."""
    environment = {key: value for key, value in os.environ.items() if not key.startswith("PYTHON")}
    wheels, site = tmp_path / "wheels", tmp_path / "packages"
    pip = [sys.executable, "-m", "pip", "--quiet", "--disable-pip-version-check"]
    subprocess.run(
        [*pip, "wheel", "--no-deps", "--no-build-isolation", "--wheel-dir", str(wheels), str(ROOT)],
        check=True,
        env=environment,
        capture_output=True,
        timeout=120,
    )
    wheel = next(wheels.glob("*.whl"))
    subprocess.run(
        [*pip, "install", "--no-deps", "--no-index", "--target", str(site), str(wheel)],
        check=True,
        env=environment,
        capture_output=True,
        timeout=120,
    )
    code = (
        "import sys, generator; assert 'packages' in generator.__file__, generator.__file__; "
        "from generator.commands.cli import run; sys.exit(run(sys.argv[1:]))"
    )
    for arguments in (
        ["init", "x"],
        ["check", "x"],
        ["build", "--config", "x/mkdocs.yml"],
        ["new", "plays", "a", "--config", "x/mkdocs.yml"],
    ):
        done = subprocess.run(
            [sys.executable, "-c", code, *arguments],
            cwd=tmp_path,
            capture_output=True,
            text=True,
            timeout=120,
            check=False,
            env={**environment, "PYTHONPATH": str(site)},
        )
        assert done.returncode == 0, done.stdout + done.stderr
    assert (tmp_path / "x/site/objections/too-expensive/index.html").is_file()
