"""One command at a time writes into a folder, and a killed one blocks nobody."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

from generator.files import locks
from generator.files.locks import BusyError, hold
from tests.playbooks import ROOT

HOLDING = """
import sys
from pathlib import Path
from generator.files.locks import hold
with hold(Path(sys.argv[1]), lambda: print("waiting", flush=True)):
    print("in", flush=True)
    sys.stdin.readline()
    if len(sys.argv) > 2:
        Path(sys.argv[2]).mkdir()
print("out", flush=True)
"""


def start(*arguments: Path) -> subprocess.Popen[str]:
    return subprocess.Popen(
        [sys.executable, "-c", HOLDING, *map(str, arguments)],
        env={**os.environ, "PYTHONPATH": str(ROOT)},
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
    )


def hear(process: subprocess.Popen[str]) -> str:
    assert process.stdout
    return process.stdout.readline().strip()


def go_on(process: subprocess.Popen[str]) -> None:
    assert process.stdin
    process.stdin.write("\n")
    process.stdin.flush()


def test_the_second_waits_for_the_first(tmp_path: Path) -> None:
    first = start(tmp_path)
    assert hear(first) == "in"
    second = start(tmp_path)
    assert hear(second) == "waiting"
    go_on(first)
    assert (hear(first), hear(second)) == ("out", "in")
    go_on(second)
    assert (first.wait(), second.wait()) == (0, 0)
    assert os.listdir(tmp_path) == []


def test_a_killed_one_blocks_nobody(tmp_path: Path) -> None:
    first = start(tmp_path)
    assert hear(first) == "in"
    first.kill()
    first.wait()
    with hold(tmp_path):
        pass


def test_a_folder_that_comes_into_being_meanwhile_is_locked_itself(tmp_path: Path) -> None:
    folder = tmp_path / "x"
    first = start(folder, folder)
    assert hear(first) == "in"
    second = start(folder)
    assert hear(second) == "waiting"
    go_on(first)
    assert hear(second) == "in"
    with hold(tmp_path):  # not what stands above it
        third = start(folder)
        assert hear(third) == "waiting"
    go_on(second)
    assert hear(third) == "in"
    go_on(third)
    assert [one.wait() for one in (first, second, third)] == [0, 0, 0]


def test_who_holds_a_folder_may_ask_again(tmp_path: Path) -> None:
    with hold(tmp_path), hold(tmp_path / "x"), hold(tmp_path):
        second = start(tmp_path)
        assert hear(second) == "waiting"
    assert hear(second) == "in"
    go_on(second)
    assert second.wait() == 0


def test_who_does_not_end_is_not_waited_for_for_ever(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    first = start(tmp_path)
    assert hear(first) == "in"
    monkeypatch.setattr(locks, "PATIENCE", 0.0)
    with pytest.raises(BusyError, match="another playbook command"), hold(tmp_path):
        pass
    go_on(first)
    assert first.wait() == 0


def test_a_folder_that_is_no_folder_is_locked_above(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("x")
    with hold(tmp_path / "file/x"):
        pass
