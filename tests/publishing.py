"""Published playbooks: strategies of small markets, in throw-away repositories with real git."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

from tests.playbooks import LONGEST, ROOT, run_playbook, wait_until
from tests.repositories import PERSON, git
from tests.sample import write_strategy

CONFIG = """\
site_name: Acme
docs_dir: playbook
theme: {name: material, font: false}
plugins:
  - search
  - playbook:
      publish: {private-pages: confirmed, keep: 12}
"""
DAY = ("--as-of", "2026-06-01")


def files(version: str, *ids: str, former: str = "") -> dict[str, str]:
    markets = [
        {"id": name, "name": f"Market {name}", "summary": f"As of version {version}."}
        for name in ids
    ]
    if former:
        markets[0]["former_ids"] = [former]  # type: ignore[assignment]
    return {
        "strategy.yaml": write_strategy({"version": version}, markets=markets),
        "mkdocs.yml": CONFIG,
        "playbook/x.md": "# X\n",
    }


def tag(root: Path, version: str) -> None:
    git(root, "tag", "-a", f"v{version}", "-m", version)


def list_branch(root: Path, branch: str = "gh-pages") -> set[str]:
    return set(git(root, "ls-tree", "-r", "--name-only", branch).split("\n"))


def read(root: Path, path: str, branch: str = "gh-pages") -> str:
    return git(root, "show", f"{branch}:{path}")


def run_publish(root: Path, *arguments: str) -> subprocess.CompletedProcess[str]:
    return run_playbook("publish", *DAY, *arguments, cwd=root, **PERSON, PATH="/usr/bin:/bin")


def list_folders(root: Path, branch: str = "gh-pages") -> set[str]:
    """The folders at the root of a branch: its versions, and `latest`."""
    return {path.partition("/")[0] for path in list_branch(root, branch) if "/" in path}


def put_wrapper(folder: Path, script: str) -> str:
    """A `git` that does something of its own and then becomes the real one; the PATH with it first.
    Its arguments after the options that we always give are `$words`.
    """
    folder.mkdir(exist_ok=True)
    wrapper = folder / "git"
    wrapper.write_text(f'#!/bin/sh\nwords=" $* "\n{script}\nexec /usr/bin/git "$@"\n')
    wrapper.chmod(0o755)
    return f"{folder}:/usr/bin:/bin"


class Stop:
    """A `git` that stops once, before the first command that holds some words, until it may go on."""

    def __init__(self, folder: Path, words: str) -> None:
        self._reached, self._go = folder / "reached", folder / "go"
        script = (
            f'case "$words" in *" {words} "*)\n'
            f'if mkdir "{self._reached}" 2>/dev/null; then\n'
            f'while [ ! -e "{self._go}" ]; do sleep 0.05; done\nfi;; esac'
        )
        self.path = put_wrapper(folder, script)

    def wait(self) -> None:
        """Until it stops there."""
        wait_until(self._reached.exists, "git was never asked this")

    def go_on(self) -> None:
        """Let it go on."""
        self._go.touch()


class Publisher:
    """`playbook publish` in a process of its own, while others run."""

    def __init__(self, root: Path, *arguments: str, path: str = "/usr/bin:/bin") -> None:
        environment = {name: value for name, value in os.environ.items() if "EPOCH" not in name}
        self._process = subprocess.Popen(
            [sys.executable, "-m", "generator", "publish", *DAY, *arguments],
            cwd=root,
            env={**environment, **PERSON, "PYTHONPATH": str(ROOT), "PATH": path},
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            text=True,
        )

    def finish(self) -> subprocess.CompletedProcess[str]:
        """What it said, when it has ended."""
        out, err = self._process.communicate(timeout=LONGEST)
        return subprocess.CompletedProcess(self._process.args, self._process.returncode, out, err)
