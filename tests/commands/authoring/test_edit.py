"""How `playbook edit` begins and ends; what it answers is in `tests/workbench`."""

from __future__ import annotations

import json
import os
import re
import signal
import subprocess
import sys
from pathlib import Path

from generator.workbench.server import take_port
from tests.playbooks import ROOT, Run
from tests.sample import MINIMAL_HEADER
from tests.service_server import make_shared


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


SERVICE = (
    *("--repository", "shared.git", "--audience", "internal", "--trusted-proxy", "127.0.0.2"),
    *("--person-header", "X-Forwarded-Email", "--address", "https://edit.example.com"),
)


def test_a_service_begins_only_with_all_that_makes_it_safe(playbook: Run, tmp_path: Path) -> None:
    """Each in one line, and nothing is left behind."""
    state = ("--state", str(tmp_path / "state"))
    for place in range(0, len(SERVICE), 2):
        less = (*SERVICE[:place], *SERVICE[place + 2 :])
        done = playbook("edit", *less, *state, cwd=tmp_path)
        assert (done.returncode, done.stderr.count("\n")) == (2, 1), done.stderr
        assert f"needs {SERVICE[place]} as well" in done.stderr
    assert "--state" in playbook("edit", *SERVICE, cwd=tmp_path).stderr
    for name, value, said in (
        ("--trusted-proxy", "everybody", "10.0.0.7"),
        ("--person-header", "X Forwarded", "X-Forwarded-Email"),
        ("--address", "edit.example.com", "https://edit.example.com"),
        ("--repository", str(tmp_path / "none.git"), "cannot be read"),
    ):
        done = playbook("edit", *SERVICE, name, value, *state, cwd=tmp_path)
        assert (done.returncode, done.stderr.count("\n")) == (2, 1), done.stderr
        assert said in done.stderr
    assert list(tmp_path.iterdir()) in ([], [tmp_path / "state"])


def test_the_image_begins_it_and_looks_whether_it_lives(tmp_path: Path) -> None:
    """By its own words, as a user who may write nothing but the state."""
    text = (ROOT / "generator/starter/container/edit.Dockerfile").read_text("utf-8")
    begin, look = (
        json.loads(re.search(rf"^{word} (\[.*\])$", text, re.MULTILINE)[1])  # type: ignore[index]
        for word in ("ENTRYPOINT", "HEALTHCHECK CMD")
    )
    assert re.search(r"^USER 10001$", text, re.MULTILINE)
    make_shared(tmp_path, {"strategy.yaml": MINIMAL_HEADER})
    listener, entrance = take_port(0)
    listener.close()
    port = str(entrance.port)
    begin = [part.replace("8010", port) for part in begin]
    begin[begin.index("/state")] = str(tmp_path / "state")
    run = [sys.executable, "-m", "generator", *begin[1:], *SERVICE, "--repository"]
    with subprocess.Popen(
        [*run, str(tmp_path / "shared.git")],
        cwd=tmp_path / "work",
        env={**os.environ, "PYTHONPATH": str(ROOT)},
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    ) as process:
        assert process.stdout is not None
        assert process.stdout.readline().startswith("Serving the edition for internal")
        check = [sys.executable, *(part.replace("8010", port) for part in look[1:])]
        assert subprocess.run(check, check=False).returncode == 0
        process.send_signal(signal.SIGTERM)  # as a container ends
        _, said = process.communicate()
    assert "Traceback" not in said
    assert "refused: a request from 127.0.0.1" in said
    assert subprocess.run(check, check=False, capture_output=True).returncode != 0
