"""The wheel in an environment of its own, far from this checkout: it brings along all it needs."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
import sysconfig
from collections.abc import Callable, Sequence
from pathlib import Path

import pytest
import yaml

from tests.playbooks import LONGEST, ROOT
from tests.repositories import PERSON, git, make_repository
from tests.trials.amount import choose

ENVIRONMENT = {name: value for name, value in os.environ.items() if not name.startswith("PYTHON")}
PIP = (sys.executable, "-m", "pip", "--quiet", "--disable-pip-version-check")
NEEDED = {
    "schema/packaged/markets.schema.json",
    "schema/words/en.json",
    "pages/templates/market.html",
    "pages/assets/playbook.css",
    "pages/finder/browser/finder.js",
    "site/theme/partials/header.html",
    "starter/strategy.yaml",
}
"""One file of each sort: the schema, words, templates, what browsers get, the theme, the starter."""
RUN_AND_TELL = """
import json, sys
opened = set()
def note(event, given):
    if event in ("open", "os.listdir", "os.scandir") and isinstance(given[0], str):
        opened.add(given[0])
sys.addaudithook(note)
from generator.commands.cli import run
code = run(sys.argv[2:])
with open(sys.argv[1], "w") as file:
    json.dump(sorted(opened), file)
sys.exit(code)
"""
"""Runs a command and writes which files and folders were opened."""


def call(command: Sequence[str | Path], folder: Path, **environment: str) -> str:
    done = subprocess.run(
        command,
        cwd=folder,
        env={**ENVIRONMENT, **environment},
        capture_output=True,
        text=True,
        timeout=LONGEST,
        check=False,
    )
    assert done.returncode == 0, done.stdout + done.stderr
    return done.stdout


@pytest.fixture(scope="session")
def environment(make_once: Callable[[str, Callable[[Path], None]], Path]) -> Path:
    """An empty environment with nothing but the wheel. What it depends on is found where it is
    installed already, without what the .pth files there would add: an editable checkout.
    """
    return make_once("wheel", _install_wheel) / "environment"


def _install_wheel(base: Path) -> None:
    wheels, home = base / "wheels", base / "environment"
    call([*PIP, "wheel", "--no-deps", "--no-build-isolation", "--wheel-dir", wheels, ROOT], base)
    call([sys.executable, "-m", "venv", "--without-pip", home], base)
    [wheel] = wheels.glob("*.whl")
    python = home / "bin/python"
    call([*PIP, "--python", python, "install", "--no-deps", "--no-index", wheel], base)
    find_dependencies(home)


def find_dependencies(home: Path) -> None:
    """What the wheel depends on is found where it is installed already."""
    [packages] = home.glob("lib/python*/site-packages")
    (packages / "dependencies.pth").write_text(sysconfig.get_path("purelib") + "\n")


def test_a_playbook_is_begun_checked_and_built_by_the_command(
    environment: Path, tmp_path: Path
) -> None:
    playbook, cache = environment / "bin/playbook", str(tmp_path / "cache")
    for arguments in (
        ["init", "x"],
        ["check", "x"],
        ["build", "--config", "x/mkdocs.yml"],
        ["new", "plays", "a", "--config", "x/mkdocs.yml"],
    ):
        call([playbook, *arguments], tmp_path, XDG_CACHE_HOME=cache)
    [wheel] = (tmp_path / "x/vendor").glob("*.whl")  # a playbook brings the program along
    assert wheel.read_bytes() == (environment.parent / "wheels" / wheel.name).read_bytes()
    assert (tmp_path / "x/site/objections/too-expensive/index.html").is_file()
    assert (tmp_path / "x/site/assets/finder/finder.js").is_file()


def test_all_it_reads_of_its_own_comes_from_the_wheel(environment: Path, tmp_path: Path) -> None:
    python, log = environment / "bin/python", tmp_path / "opened.json"
    opened: set[str] = set()
    for arguments in (["init", "x"], ["check", "x"], ["build", "--config", "x/mkdocs.yml"]):
        call(
            [python, "-c", RUN_AND_TELL, log, *arguments],
            tmp_path,
            XDG_CACHE_HOME=str(tmp_path / "cache"),
        )
        opened.update(json.loads(log.read_text("utf-8")))
    [package] = environment.glob("lib/python*/site-packages/generator")
    assert {name for name in NEEDED if str(package / name) not in opened} == set()
    ours = [ROOT / name for name in ("generator", "schema", "strategy", "tests")]
    assert [path for path in opened if any(Path(path).is_relative_to(one) for one in ours)] == []


def test_a_wheel_that_is_gone_is_made_again_from_what_is_installed(
    environment: Path, tmp_path: Path
) -> None:
    """The first CI run of a playbook begun without that file: pip takes the wheel by its hashes."""
    moved, home = tmp_path / "moved", tmp_path / "fresh"
    shutil.copytree(environment, moved, symlinks=True)
    [told] = moved.glob("lib/python*/site-packages/*.dist-info/direct_url.json")
    told.write_text(json.dumps({"url": (tmp_path / "gone.whl").as_uri(), "archive_info": {}}))
    python = moved / "bin/python"
    for name in ("x", "y"):
        call([python, "-m", "generator", "init", name], tmp_path)
    [wheel] = (tmp_path / "x/vendor").glob("*.whl")
    assert wheel.read_bytes() == (tmp_path / "y/vendor" / wheel.name).read_bytes()
    call([sys.executable, "-m", "venv", "--without-pip", home], tmp_path)
    call(
        [*PIP, "--python", home / "bin/python", "install", "--no-deps", "--no-index", wheel],
        tmp_path,
    )
    find_dependencies(home)
    cache = str(tmp_path / "cache")
    said = call([home / "bin/playbook", "check", "x"], tmp_path, XDG_CACHE_HOME=cache)
    assert said.startswith("No problems")
    call([*PIP, "--python", home / "bin/python", "check"], tmp_path)


@pytest.mark.long
@pytest.mark.trial
@pytest.mark.parametrize("host", choose(["github"], ["github", "gitlab"]))
def test_the_first_run_of_ci_is_green(environment: Path, tmp_path: Path, host: str) -> None:
    """The starter as `init` writes it, installed as its CI file says, from packages with hashes, into
    an environment that holds nothing (in the trials; else all but the wheel is found where it is
    installed); then every step that looks at the content.
    """
    root, home = tmp_path / "acme", tmp_path / "runner"
    call([environment / "bin/playbook", "init", root], tmp_path)
    make_repository(root, {})
    call([sys.executable, "-m", "venv", home], tmp_path)
    if choose(fixed=True, large=False):
        find_dependencies(home)
    if host == "github":
        text = (root / ".github/workflows/playbook.yml").read_text("utf-8")
        steps = {
            step.get("name"): step
            for step in yaml.load(text, yaml.BaseLoader)["jobs"]["check"]["steps"]
        }
        names = ("Install", "Check", "Say what changes", "Build the preview")
        scripts = [steps[name]["run"] for name in names]
    else:
        jobs = yaml.load((root / ".gitlab-ci.yml").read_text("utf-8"), yaml.BaseLoader)
        scripts = [*jobs["default"]["before_script"], *jobs["check"]["script"]]
    own = {
        **PERSON,
        "PATH": f"{home / 'bin'}:{os.environ['PATH']}",
        "GITHUB_STEP_SUMMARY": str(tmp_path / "summary.md"),
        "PIP_NO_COMPILE": "1",  # Python compiles what it imports
        "XDG_CACHE_HOME": str(tmp_path / "cache"),
    }
    for script in scripts:
        call(["bash", "--noprofile", "--norc", "-eo", "pipefail", "-c", script], root, **own)
    assert (root / "site/objections/too-expensive/index.html").is_file()
    assert git(root, "status", "--porcelain") == ""
