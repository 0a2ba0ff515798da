"""On GitLab, what readers send as issues becomes merge requests: the jobs run as they stand, one after
the other, against a real repository and the host's API on this machine.
"""

from __future__ import annotations

import json
import os
import re
import shutil
import subprocess
from collections.abc import Callable, Iterator
from itertools import count
from pathlib import Path
from typing import Any

import pytest

from tests.ci_files import GITLAB, put_tools, read
from tests.gitlab_host import TOKEN, GitLabHost, serve_gitlab
from tests.playbooks import LONGEST, ROOT, run_playbook
from tests.repositories import PERSON, commit, git, make_repository

JOBS = ("collect", "tell", "take in", "offer")
FIELD_NOTE = (
    "### Who says it?\n\nSellers in the north\n\n### What did you see or hear?\n\n"
    "They pay in $(touch hacked) `touch hacked`\n/approve\n"
)
Run = Callable[..., str]


@pytest.fixture(scope="module")
def playbook(tmp_path_factory: pytest.TempPathFactory) -> Path:
    root = tmp_path_factory.mktemp("gitlab") / "acme"
    assert run_playbook("init", root, "--company", "Acme").returncode == 0
    return make_repository(root, {})


@pytest.fixture
def host(playbook: Path, tmp_path: Path) -> Iterator[GitLabHost]:
    git(tmp_path, "clone", "--quiet", "--bare", str(playbook), "hub.git")
    with serve_gitlab(GitLabHost(tmp_path / "hub.git")) as host:
        # more than a page of them
        host.members = [{"id": 100 + n, "access_level": 20} for n in range(120)]
        host.members += [{"id": 1, "access_level": 30}, {"id": 2, "access_level": 20}]
        yield host


def run_script(folder: Path, script: list[str], **more: str) -> subprocess.CompletedProcess[str]:
    """A job in the shell that GitLab runs it in, with a token if nothing else is said."""
    own = {
        "PLAYBOOK_TOKEN": TOKEN,
        "CI_SERVER_HOST": "gitlab.example",
        "CI_PROJECT_ID": "1",
        "CI_PIPELINE_ID": "1",
        "CI_DEFAULT_BRANCH": "main",
        "PYTHONPATH": str(ROOT),
        **more,
    }
    return subprocess.run(
        ["bash", "-eo", "pipefail", "-c", "\n".join(script)],
        cwd=folder,
        env={**os.environ, **PERSON, **own},
        capture_output=True,
        text=True,
        check=False,
        timeout=LONGEST,
    )


@pytest.fixture
def run(host: GitLabHost, tmp_path: Path) -> Run:
    """A scheduled run: each job in a folder of its own, with what its needs have handed on."""
    numbers = count(1)

    def run_jobs(*names: str, expected: int = 0) -> str:
        folders, printed = {}, ""
        number = str(next(numbers))
        for name in names or JOBS:
            job = read(GITLAB[0])[name]
            folder = tmp_path / f"{number}-{name}"
            if "variables" in job:  # no checkout
                folder.mkdir()
            else:
                git(tmp_path, "clone", "--quiet", "--branch", "main", "hub.git", str(folder))
            for need in job.get("needs", []):
                for way in read(GITLAB[0])[need]["artifacts"]["paths"]:
                    if (folders[need] / way).exists():
                        shutil.copytree(folders[need] / way, folder / way, symlinks=True)
            folders[name] = folder
            holds_token = {} if "environment" in job else {"PLAYBOOK_TOKEN": ""}
            done = run_script(
                folder,
                job["script"],
                **holds_token,
                PATH=put_tools(tmp_path / "bin"),
                CI_API_V4_URL=host.address,
                CI_PIPELINE_ID=number,
                CI_COMMIT_SHA=git(host.repository, "rev-parse", "main"),
            )
            printed += done.stdout + done.stderr
            assert done.returncode == (expected if name == "offer" else 0), printed
            assert "Traceback" not in printed
        assert not list(tmp_path.rglob("hacked"))
        return printed

    return run_jobs


def write_note(path: str, before: Any, after: Any, why: str = "Why") -> str:
    """An issue as the site's form begins it."""
    change = {"field": path, "from": before, "to": after}
    note = {"format": 1, "entry": "header", "changes": [change], "why": why, "by": "The chief"}
    return f"To the playbook\n\n{why}\n\n```json\n{json.dumps(note, indent=1)}\n```\n"


def statement_of(host: GitLabHost) -> str:
    text = git(host.repository, "show", "main:strategy.yaml")
    return re.findall(r"^  statement: (.+)$", text, re.MULTILINE)[0]


def work_on(host: GitLabHost, branch: str) -> None:
    """A reviewer betters what was proposed."""
    clone = host.repository.parent / "reviewing"
    git(clone.parent, "clone", "--quiet", "--branch", branch, str(host.repository), str(clone))
    text = (clone / "strategy.yaml").read_text("utf-8")
    commit(clone, {"strategy.yaml": f"{text}# A word better\n"}, "Better")
    git(clone, "push", "--quiet", "origin", branch)


@pytest.mark.long
def test_what_is_sent_becomes_a_merge_request_once_and_follows_edits(
    host: GitLabHost, run: Run
) -> None:
    was = statement_of(host)
    proposal = host.send(32, 1, write_note("statement", was, "We $(touch hacked) win."))
    host.send(33, 2, write_note("statement", was, "Nobody asked"))
    host.send(34, 1, write_note("statement", was, "A secret"), confidential=True)
    host.send(35, 1, write_note("statement", was, "Done"), state="closed")
    for number in range(500, 620):  # more than a page of others
        host.send(number, 1, "I have read this.")
    note = host.send(31, 1, FIELD_NOTE)  # nobody has made the label there
    host.send(39, 2, "Anything", "field-note")
    locked = host.send(40, 2, "Anything", "field-note", discussion_locked=True)
    run()
    for number in (33, 39):
        assert host.said_in(number)[0].startswith("Thank you. Only what members with the role")
    first, second = host.merge_requests
    assert (first["source_branch"], second["source_branch"]) == ("field-note-31", "proposal-32")
    assert (second["title"], second["target_branch"]) == ("Proposal 32", "main")
    assert "Sent in #32, where its reason stands. Closes #32." in second["description"]
    assert "\n### " in second["description"]
    shown = git(host.repository, "show", "--format=%an <%ae> %s", "--unified=0", "proposal-32")
    assert shown.startswith("user1 <1-user1@users.noreply.gitlab.example> Proposal 32\n")
    assert re.findall(r"^[-+](?![-+]).*", shown, re.MULTILINE) == [
        f"-  statement: {was}",
        "+  statement: We $(touch hacked) win.",
    ]
    assert "Closes" not in first["description"]
    text = git(host.repository, "show", "field-note-31:strategy/field_notes/form-31.yaml")
    assert "$(touch hacked) `touch hacked`" in text.replace("\\", "")
    assert note["web_url"] in text
    assert host.said_in(32) == ["This is a merge request now: !2"]

    host.issues.remove(locked)
    host.asked.clear()
    run()
    assert host.asked == []

    proposal["description"] = write_note("statement", was, "We win twice.")
    note["description"] = FIELD_NOTE.replace("They pay", "Nobody pays")
    run()
    assert len(host.merge_requests) == 2
    assert "We win twice." in git(host.repository, "show", "proposal-32:strategy.yaml")
    assert "Nobody pays" in git(
        host.repository, "show", "field-note-31:strategy/field_notes/form-31.yaml"
    )
    for branch in ("proposal-32", "field-note-31"):
        assert git(host.repository, "rev-list", "--count", f"main..{branch}") == "1"
    assert len(host.said_in(32)) == 1

    work_on(host, "proposal-32")
    proposal["description"] = write_note("statement", was, "We win three times.")
    run()
    assert "A word better" in git(host.repository, "show", "proposal-32:strategy.yaml")
    assert "Somebody else has worked on !2" in host.said_in(32)[-1]

    first["state"], second["state"] = "merged", "closed"
    host.asked.clear()
    run()
    run("tell")
    assert sorted(host.asked) == ["POST issues/31/notes", "POST issues/32/notes"]
    assert host.said_in(31)[-1] == (
        "!1 is merged: this stands in the strategy now, and on the site as soon as that is published anew."
    )
    assert host.said_in(32)[-1] == (
        "!2 was closed without being merged, so the strategy stays as it was. The reason stands there; "
        "where it does not, ask for it there."
    )


@pytest.mark.long
def test_what_is_in_the_way_is_answered_once_and_keeps_no_other_waiting(
    host: GitLabHost, run: Run
) -> None:
    was = statement_of(host)
    conflict = host.send(32, 1, write_note("statement", "We said", "We win."))
    host.send(37, 1, write_note("statement", was, was))
    host.send(38, 1, '```json\n{"changes": "none"}\n```')
    run()
    assert "changed meanwhile" in host.said_in(32)[0]
    assert host.said_in(32)[0].endswith("then it is tried again.")
    assert "says so already" in host.said_in(37)[0]
    assert "not the form" in host.said_in(38)[0]
    assert not host.merge_requests
    host.issues = [conflict]
    host.asked.clear()
    run()
    assert host.asked == []

    clone = host.repository.parent / "work"
    git(host.repository.parent, "clone", "--quiet", str(host.repository), str(clone))
    text = (clone / "strategy.yaml").read_text("utf-8").replace(was, "We said")
    commit(clone, {"strategy.yaml": text})
    git(clone, "push", "--quiet", "origin", "HEAD:main", "HEAD:refs/heads/proposal-30/in-the-way")
    host.send(30, 1, write_note("statement", "We said", "We win 30 times."))
    assert "POST repository/commits" in run(expected=1)
    assert [one["source_branch"] for one in host.merge_requests] == ["proposal-32"]


def test_a_link_in_what_was_handed_on_is_not_followed(tmp_path: Path) -> None:
    """The job that holds the token reads what the job before has written, and no other file."""
    folder = tmp_path / "taken/1/proposal-5"
    (folder / "create").mkdir(parents=True)
    (folder / "create/strategy").symlink_to("/etc")
    (folder / "create/strategy.yaml").symlink_to("/proc/self/environ")
    issue = tmp_path / "issues/1/proposal-5.json"
    issue.parent.mkdir(parents=True)
    issue.write_text(json.dumps({"mark": "", "author": {}}))
    done = run_script(tmp_path, read(GITLAB[0])["offer"]["script"])
    assert done.returncode == 1
    assert done.stderr == "taken/1/proposal-5/create/strategy.yaml is a link.\n"


def test_no_text_is_a_command_to_gitlab(tmp_path: Path) -> None:
    shared = read(GITLAB[0])["offer"]["script"][0]
    text = 'python -I -c "$HOST"\'print(harmless("a\\n/merge\\n  /approve\\nsee /merge"))\''
    done = run_script(tmp_path, [shared, text])
    assert done.stdout == "a\n\\/merge\n  \\/approve\nsee /merge\n"
