"""`playbook build` where it cannot run, or is asked to end."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

from tests.playbooks import LONGEST, ROOT, Run, run_playbook


@pytest.mark.parametrize(
    "content",
    [
        "site_name: [",
        "site_name: x\nplugins: [search]\n",
        "site_name: x\nplugins: [playbook, no-such-plugin]\n",
        "site_name: x\ntheme: {name: no-such-theme}\nplugins: [playbook]\n",
        "- a\n- b\n",
        "",
        "site_name: x\nplugins: [{playbook: {audience: 7}}]\n",
        "site_name: x\nplugins: [{playbook: {colour: red}}]\ndocs_dir: nowhere\n",
    ],
)
def test_an_unusable_mkdocs_yml_is_one_line(playbook: Run, started: Path, content: str) -> None:
    (started / "mkdocs.yml").write_text(content, "utf-8")
    done = playbook("build", cwd=started)
    assert done.returncode == 2
    assert "Traceback" not in done.stderr
    assert len(done.stderr.strip().splitlines()) == 1
    assert "mkdocs.yml" in done.stderr


@pytest.mark.parametrize("epoch", ["9" * 30, "soon"])
def test_a_time_that_is_none_is_one_line(playbook: Run, started: Path, epoch: str) -> None:
    done = run_playbook("build", cwd=started, SOURCE_DATE_EPOCH=epoch)
    assert (done.returncode, done.stderr.count("\n")) == (2, 1)
    assert "SOURCE_DATE_EPOCH" in done.stderr


def test_a_build_that_is_asked_to_end_leaves_nothing_behind(started: Path) -> None:
    command = [
        sys.executable,
        "-c",
        "import os, signal, sys, generator.site.builder as site; "
        "site.run_build = lambda config: os.kill(os.getpid(), signal.SIGTERM); "
        "from generator.commands.cli import run; sys.exit(run(['build']))",
    ]
    done = subprocess.run(
        command,
        cwd=started,
        env={**os.environ, "PYTHONPATH": str(ROOT)},
        check=False,
        timeout=LONGEST,
    )
    assert done.returncode == 128 + 15
    assert not list(started.glob(".site*"))
