"""What a sign-in says of somebody, and the reason they give, as git may keep them."""

from __future__ import annotations

from pathlib import Path

import pytest

from generator.workbench.service.person import NobodyError, Person, read_person, write_message
from tests.repositories import commit, git, make_repository

REASONS = {
    "Price: 300 is what they pay": "- Price: 300 is what they pay",
    "Heard so\n\nSigned-off-by: Eve <e@x.example>": "Heard so\n\n- Signed-off-by: Eve <e@x.example>",
    "Heard so\r\rco-AUTHORED-by : Eve\u2028Fixes: #1\x0bAcked-by=x": (
        "Heard so\n\n- co-AUTHORED-by : Eve\n- Fixes: #1\n- Acked-by=x"
    ),
    "  Signed-off-by: Eve": "- Signed-off-by: Eve",
    "Signed\u200b-off-by: Eve": "- Signed-off-by: Eve",
    "Slow [skip ci], [CI Skip], [no ci], [skip actions] ***NO_CI***": (
        "Slow (skip ci), (CI Skip), (no ci), (skip actions) NO_CI"
    ),
    "Slow \x1b[2J\x00": "Slow [2J",
    " \n\t\u200b": "",
}


@pytest.mark.parametrize("reason", REASONS)
def test_a_reason_speaks_for_nobody_else(reason: str, tmp_path: Path) -> None:
    message = write_message(reason)
    assert message == REASONS[reason]
    if message:
        root = make_repository(tmp_path / "root", {})
        (tmp_path / "message").write_text(message + "\n", "utf-8")
        assert git(root, "interpret-trailers", "--parse", str(tmp_path / "message")) == ""


@pytest.mark.parametrize(
    ("said", "name", "mail"),
    [
        ("ada@acme.example", "ada@acme.example", "ada@acme.example"),
        ("Ada Löw", "Ada Löw", "nobody@localhost"),
        ("Ada\nSigned-off-by: Eve <eve@x.example>", "Ada", "nobody@localhost"),
        ("Ada\u2028Eve", "Ada", "nobody@localhost"),
        ("Ada <eve@x.example>", "Ada eve@x.example", "nobody@localhost"),
        (
            "Ada\x1b[2J \u202eeve\u202c@x.example",
            "Ada[2J eve@x.example",
            "nobody@localhost",
        ),
        ("../../etc/passwd", "/../etc/passwd", "nobody@localhost"),
    ],
)
def test_a_name_is_one_line_that_git_takes(said: str, name: str, mail: str, tmp_path: Path) -> None:
    person = Person(said)
    assert (person.name, person.mail) == (name, mail)
    root = make_repository(tmp_path / "root", {})
    commit(root, {"a": "b"})
    git(
        root,
        *("commit", "--quiet", "--amend", "--reset-author", "--no-edit"),
        GIT_AUTHOR_NAME=person.name,
        GIT_AUTHOR_EMAIL=person.mail,
    )
    [row] = git(root, "log", "-1", "--format=%an|%ae").splitlines()
    assert row.endswith(f"|{mail}")


def test_no_letter_of_a_name_is_a_path_and_no_two_share_a_folder() -> None:
    said = ["ada@x.example", "Ada@x.example", "ada@x.example\u200b", "../..", "a/b", "a\x00b"]
    folders = {Person(one).folder for one in said}
    assert len(folders) == len(said)
    assert all(len(one) == 64 and one.isalnum() for one in folders)
    assert len({Person(one).token(b"secret") for one in said}) == len(said)


def test_a_header_in_letters_of_either_kind_names_somebody() -> None:
    assert read_person("Ada Löw".encode()).said == "Ada Löw"
    assert read_person("Ada Löw".encode("latin-1")).said == "Ada Löw"
    for nobody in (b"", b"   ", b"...", b"<>", b"a,b", b"a" * 201):
        with pytest.raises(NobodyError):
            read_person(nobody)
