"""How `playbook edit` begins and ends; what it answers is in `tests/workbench`."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
from pathlib import Path

from generator.workbench.server import take_port
from tests.playbooks import ROOT, Run


def test_what_keeps_it_from_beginning_is_said_in_one_line(
    playbook: Run, home: Path, tmp_path: Path
) -> None:
    (tmp_path / "empty").mkdir()
    none = playbook("edit", cwd=tmp_path / "empty")
    assert (none.returncode, none.stderr.count("\n")) == (2, 1)
    assert "there is no strategy.yaml" in none.stderr
    listener, entrance = take_port(0)
    with listener:
        taken = playbook("edit", "--port", str(entrance.port), cwd=home)
    assert (taken.returncode, taken.stderr.count("\n")) == (2, 1)
    assert "playbook edit --port 0" in taken.stderr


def test_it_says_its_address_and_ends_quietly(home: Path) -> None:
    own = {name: value for name, value in os.environ.items() if not name.endswith("DISPLAY")}
    with subprocess.Popen(
        [sys.executable, "-m", "generator", "edit", "--port", "0"],
        cwd=home,
        env={**own, "PYTHONPATH": str(ROOT)},
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    ) as process:
        assert process.stdout is not None
        lines = [process.stdout.readline() for _ in range(3)]
        assert lines[0].startswith("Edit the strategy at http://127.0.0.1:")
        assert lines[2] == "No browser could be opened; copy the address into one.\n"
        process.send_signal(signal.SIGINT)
        assert process.communicate() == ("", "")
        assert process.returncode == 0
