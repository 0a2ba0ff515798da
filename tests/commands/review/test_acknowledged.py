"""`playbook acknowledged`: who says to have read what must be read, counted by what came in."""

from __future__ import annotations

import json
import mailbox
from dataclasses import replace
from datetime import date
from email.message import EmailMessage
from pathlib import Path

import pytest

from generator.model.kinds import Announcement
from generator.pages.acknowledgement import is_for, mark_content
from tests.playbooks import Run
from tests.repositories import git

SAID = """- id: twenty-vans
  date: 2026-10-01
  headline: Depots from 20 vans on are welcome
  importance: 1
  why: Chargers cost a third less.
  who: [Account executive]
  do: Call every carrier we turned away since 2024.
  acknowledge_by: 2026-10-15
- id: no-hurry
  date: 2026-09-01
  headline: New slides
  importance: 3
  why: They are shorter.
"""
ROSTER = "name;account;mail;role\nAnna Berg;anna-b;;Account executive\nJo Lind;;jo@example.com;account  executive\nKai;kai;;Account Executive\nUte;ute;;Legal\n"
ENTRY = Announcement(
    id="twenty-vans",
    date=date(2026, 10, 1),
    headline="Depots from 20 vans on are welcome",
    importance=1,
    why="Chargers cost a third less.",
    who=("Account executive",),
    do="Call every carrier we turned away since 2024.",
    acknowledge_by=date(2026, 10, 15),
)
NOW = f"playbook-read: announcements/twenty-vans {mark_content(ENTRY)}"
EARLIER = "playbook-read: announcements/twenty-vans 0123456789ab"


@pytest.fixture
def told(started: Path) -> Path:
    (started / "strategy/announcements.yaml").write_text(SAID, "utf-8")
    return started


def write_box(file: Path, *mails: tuple[str, str]) -> Path:
    box = mailbox.mbox(file)
    for sender, text in mails:
        mail = EmailMessage()
        mail["From"], mail["Subject"] = sender, "Read"
        mail.set_content(text)
        box.add(mail)
    box.close()
    return file


def test_who_has_read_it_and_who_has_not(playbook: Run, told: Path, tmp_path: Path) -> None:
    issues = [
        {"author": {"login": "Anna-B"}, "body": f"I have read it.\r\n\r\n{NOW}\r\n"},
        {"user": {"login": "stranger"}, "body": NOW},
        {"author": {"username": "kai"}, "description": EARLIER},
        {"author": {"login": "ute"}, "body": f"> {NOW}"},  # somebody else's words
        {"author": None, "body": NOW},
        {"body": None},
        "no issue",
    ]
    (tmp_path / "issues.json").write_text(json.dumps(issues), "utf-8")
    (tmp_path / "roster.csv").write_text(ROSTER, "utf-8-sig")
    box = write_box(tmp_path / "box", ("Jo <JO@example.com>", f"Gelesen: ü\n{NOW}\n"))
    files = (tmp_path / "issues.json", box)
    done = playbook("acknowledged", *files, "--roster", tmp_path / "roster.csv", cwd=told)
    assert (done.returncode, done.stderr) == (0, "")
    assert done.stdout.split("\n") == [
        "Depots from 20 vans on are welcome (announcements/twenty-vans), to be read by 2026-10-15",
        "  have read it: 2 of 3",
        "  have read an earlier one, and are asked again:",
        "    Kai (Account Executive)",
        "  not on the roster:",
        "    stranger",
        "",
        "Counted by who opened the issue, or whom the mail names as its sender. "
        "That somebody says so is no proof that they have read it.",
        "",
    ]


def test_without_a_roster_the_senders_are_listed(playbook: Run, told: Path, tmp_path: Path) -> None:
    (tmp_path / "one.eml").write_text(
        f"From: a@example.com\nContent-Type: text/html; charset=nobody-knows\n\n<p>Read<br>{NOW}</p>"
    )
    done = playbook("acknowledged", tmp_path / "one.eml", cwd=told)
    assert "have read it: 1 sender\n    a@example.com\n" in done.stdout


def test_a_roster_in_the_repository_is_refused(playbook: Run, told: Path, tmp_path: Path) -> None:
    git(told, "init", "--quiet")
    (told / "roster.csv").write_text(ROSTER, "utf-8")
    (tmp_path / "issues.json").write_text("[]", "utf-8")
    done = playbook("acknowledged", tmp_path / "issues.json", "--roster", "roster.csv", cwd=told)
    assert (done.returncode, "lies in the repository" in done.stderr) == (2, True)


@pytest.mark.parametrize(
    ("file", "content", "said"),
    [
        ("issues", b"[{", "not sound"),
        ("issues", b"PK\x03\x04", "neither issues in JSON nor a mailbox"),
        ("issues", b"", "neither issues in JSON nor a mailbox"),
        ("issues", b"[" * 100_000, "not sound"),
        ("roster", b"Anna,anna-b\n", "must say name, role, and account or mail"),
        ("roster", b"", "must say name, role, and account or mail"),
        ("roster", "name,mail\nJürgen,j".encode("latin-1"), "not written in UTF-8"),
        ("roster", b'name,mail\n"a', "no sound table"),
    ],
)
def test_what_cannot_be_read_is_said_in_a_line(
    playbook: Run, told: Path, tmp_path: Path, file: str, content: bytes, said: str
) -> None:
    files = {"issues": b"[]", "roster": ROSTER.encode()} | {file: content}
    for name, raw in files.items():
        (tmp_path / name).write_bytes(raw)
    roster = ("--roster", tmp_path / "roster")
    done = playbook("acknowledged", tmp_path / "issues", *roster, cwd=told)
    assert (done.returncode, said in done.stderr) == (2, True), done.stderr
    assert done.stderr.count("\n") == 1


@pytest.mark.parametrize(
    ("change", "asks_again"),
    [
        ({"why": "Because chargers cost a third less now."}, False),
        ({"do": "Call every  carrier, we turned away since *2024*"}, False),
        ({"who": ("account executive",)}, False),
        ({"owner": "anna", "tags": ("x",), "acknowledge_by": date(2026, 11, 1)}, False),
        ({"do": "Do not call every carrier we turned away since 2024."}, True),
        ({"do": "Call every carrier we turned away since 2023."}, True),
        ({"headline": "Depots from 30 vans on are welcome"}, True),
        ({"who": ("Account executive", "Legal")}, True),
        ({"act_by": date(2026, 11, 1)}, True),
        ({"importance": 2}, True),
    ],
)
def test_only_a_material_change_asks_again(change: dict[str, object], asks_again: bool) -> None:
    assert (mark_content(replace(ENTRY, **change)) != mark_content(ENTRY)) is asks_again


def test_an_announcement_without_roles_is_for_everybody() -> None:
    assert is_for(replace(ENTRY, who=()), "Legal")
    assert not is_for(ENTRY, "Legal")
