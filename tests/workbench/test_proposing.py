"""A proposal on its way: signed as its author signs, to a host that may not answer, and to the page where
the pull request begins.
"""

from __future__ import annotations

import json
import os
import signal
import socket
import subprocess
import sys
import threading
import urllib.request
from collections.abc import Callable
from contextlib import suppress
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any

import pytest

from generator.starter.hosts import find_change_page
from generator.workbench import proposing
from tests.playbooks import LONGEST, ROOT, wait_until
from tests.repositories import PERSON, git, make_repository
from tests.sample import MINIMAL_HEADER
from tests.workbench_server import Bench

OBJECTIONS = """\
- id: too-slow
  says: You take too long
  category: timing
  respond: We begin at once.
"""
FILES = {"strategy.yaml": MINIMAL_HEADER, "strategy/objections.yaml": OBJECTIONS}


@pytest.fixture
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    for name, value in PERSON.items():
        monkeypatch.setenv(name, value)
    return make_repository(tmp_path / "home", dict(FILES))


def propose(home: Path) -> dict[str, str]:
    bench = Bench(home)
    bench.change("objections/too-slow", "says", "You take too long", "You are slow")
    done: dict[str, str] = bench.post("propose", why="So")["proposed"]
    return done


def test_a_commit_is_signed_where_its_author_signs_commits(home: Path, tmp_path: Path) -> None:
    key = tmp_path / "key"
    subprocess.run(["ssh-keygen", "-q", "-t", "ed25519", "-N", "", "-f", key], check=True)
    (tmp_path / "signers").write_text(f"test@example.com {key.with_suffix('.pub').read_text()}")
    settings = {
        "gpg.format": "ssh",
        "user.signingKey": str(key),
        "gpg.ssh.allowedSignersFile": str(tmp_path / "signers"),
        "commit.gpgSign": "true",
    }
    for name, value in settings.items():
        git(home, "config", name, value)
    git(home, "verify-commit", propose(home)["branch"])

    git(home, "config", "user.signingKey", str(tmp_path / "lost"))
    refused = propose(home)["refused"]
    assert refused.startswith("Git could not do it: ")
    assert refused.count("\n") == 0


def test_a_push_that_nobody_answers_ends_and_leaves_the_branch(
    home: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(proposing, "PATIENCE", 1)
    wait = put_silent_ssh(tmp_path)
    monkeypatch.setenv("GIT_SSH_COMMAND", str(tmp_path / "ssh"))
    git(home, "remote", "add", "origin", "ssh://nobody.example/playbook.git")
    done = propose(home)
    assert (done["says"], done["branch"]) == ("no_answer", "proposal/so")
    assert "You are slow" in git(home, "show", "proposal/so:strategy/objections.yaml")
    wait(False)  # nothing of it is left


def put_silent_ssh(folder: Path) -> Callable[[bool], None]:
    """A stand-in for ssh that waits for ever; what waits until it does, or does no more."""
    pipe = folder / "pipe"
    os.mkfifo(pipe)
    (folder / "ssh").write_text(f"#!/bin/sh\nexec cat <> {pipe}\n")
    (folder / "ssh").chmod(0o755)

    def is_there() -> bool:
        try:
            os.close(os.open(pipe, os.O_WRONLY | os.O_NONBLOCK))
        except OSError:
            return False
        return True

    return lambda wanted: wait_until(lambda: is_there() == wanted, f"it waits: {not wanted}")


def test_a_push_that_nobody_answers_keeps_nobody_from_ending_the_workbench(
    home: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    wait = put_silent_ssh(tmp_path)
    monkeypatch.setenv("GIT_SSH_COMMAND", str(tmp_path / "ssh"))
    git(home, "remote", "add", "origin", "ssh://nobody.example/playbook.git")
    with subprocess.Popen(
        [sys.executable, "-m", "generator", "edit", "--port", "0", "--no-open"],
        cwd=home,
        env={**os.environ, "PYTHONPATH": str(ROOT)},
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    ) as process:
        try:
            assert process.stdout is not None
            address = process.stdout.readline().split()[-1]
            process.stdout.readline()
            entry = "objections/too-slow"
            change = {"field": "says", "from": "You take too long", "to": "You are slow"}
            note = {"format": 1, "entry": entry, "changes": [change]}
            ask(address, "edit", {"entry": entry, "note": note, "draft": {}})
            asking = threading.Thread(target=ask, args=(address, "propose", {"why": "So"}))
            asking.start()
            wait(True)
            process.send_signal(signal.SIGINT)
            assert process.communicate(timeout=LONGEST) == ("", "")
            assert process.returncode == 0
            asking.join()
        finally:
            process.kill()
    wait(False)


def ask(address: str, what: str, data: dict[str, Any]) -> None:
    origin = "/".join(address.split("/")[:3])
    head = {"Origin": origin, "Content-Type": "application/json"}
    asked = urllib.request.Request(f"{address}{what}", json.dumps(data).encode(), head)
    with suppress(OSError), urllib.request.urlopen(asked) as answer:
        answer.read()


class Locked(BaseHTTPRequestHandler):
    """A host that lets nobody in without a password."""

    def do_GET(self) -> None:
        self.send_response(401)
        self.send_header("WWW-Authenticate", 'Basic realm="git"')
        self.send_header("Content-Length", "0")
        self.end_headers()

    def log_message(self, *_: object) -> None:
        """Say nothing."""


def test_a_host_that_wants_a_password_or_is_not_there_is_told_as_that(home: Path) -> None:
    git(home, "config", "http.proxy", "")
    with ThreadingHTTPServer(("127.0.0.1", 0), Locked) as server:
        threading.Thread(target=server.serve_forever, daemon=True).start()
        address = f"http://127.0.0.1:{server.server_address[1]}/playbook.git"
        git(home, "remote", "add", "origin", address)
        assert propose(home)["says"] == "asks_who"
        server.shutdown()
    with socket.socket() as closed:  # taken, so that nobody else listens there
        closed.bind(("127.0.0.1", 0))
        git(home, "remote", "set-url", "origin", f"http://127.0.0.1:{closed.getsockname()[1]}/p")
        assert propose(home)["says"] == "not_reached"


@pytest.mark.parametrize(
    ("remote", "page"),
    [
        (
            "git@github.com:acme/playbook.git",
            "https://github.com/acme/playbook/compare/proposal%2Fso?expand=1",
        ),
        (
            "https://me:secret@gitlab.acme.example/a/b.git",
            "https://gitlab.acme.example/a/b/-/merge_requests/new?merge_request%5Bsource_branch%5D=proposal%2Fso",
        ),
        (
            "https://me@bitbucket.org/acme/playbook.git",
            "https://bitbucket.org/acme/playbook/pull-requests/new?source=proposal%2Fso",
        ),
        (
            "https://bitbucket.acme.example/scm/SALES/playbook.git",
            "https://bitbucket.acme.example/projects/SALES/repos/playbook/pull-requests?create&sourceBranch=refs%2Fheads%2Fproposal%2Fso",
        ),
        (
            "https://acme@dev.azure.com/acme/Sales%20Team/_git/playbook",
            "https://dev.azure.com/acme/Sales%20Team/_git/playbook/pullrequestcreate?sourceRef=proposal%2Fso",
        ),
        (
            "git@ssh.dev.azure.com:v3/acme/sales/playbook",
            "https://dev.azure.com/acme/sales/_git/playbook/pullrequestcreate?sourceRef=proposal%2Fso",
        ),
        (
            "https://acme.visualstudio.com/sales/_git/playbook",
            "https://acme.visualstudio.com/sales/_git/playbook/pullrequestcreate?sourceRef=proposal%2Fso",
        ),
        (
            "git@codeberg.org:acme/playbook.git",
            "https://codeberg.org/acme/playbook/compare/proposal%2Fso",
        ),
        (
            "ssh://git@gitea.acme.example:2222/acme/playbook.git",
            "https://gitea.acme.example/acme/playbook/compare/proposal%2Fso",
        ),
        ("ssh://git@code.acme.example/a.git", ""),
        ("/srv/playbook.git", ""),
    ],
)
def test_the_page_of_the_host_comes_from_the_remote(remote: str, page: str) -> None:
    assert find_change_page(remote, "proposal/so") == page
