"""`playbook export` and `playbook import`, as a person meets them."""

from __future__ import annotations

from pathlib import Path

import pytest

from generator.editing.tables import read_tables
from tests.commands.authoring.conftest import OBJECTIONS
from tests.playbooks import Run


def test_a_table_is_exported_changed_shown_and_written(playbook: Run, home: Path) -> None:
    done = playbook("export", "objections", "--format", "csv", cwd=home)
    assert (done.returncode, done.stderr) == (0, "")
    assert "Wrote 1 entry of objections to objections.csv." in done.stdout
    table = home / "objections.csv"
    shown = playbook("import", "objections.csv", cwd=home)
    assert (shown.returncode, "There is nothing to write." in shown.stdout) == (0, True)
    text = table.read_text("utf-8-sig").replace("You take too long", "You are slow")
    table.write_text(text + ",Too dear,,price,,,,Then rent it.\n", "utf-8")
    shown = playbook("import", "objections.csv", cwd=home)
    assert (shown.returncode, shown.stderr) == (0, "")
    assert "2 rows of objections, titles in row 1." in shown.stdout
    assert "row 2, objections/too-slow: Says: changed" in shown.stdout
    assert "row 3, objections/too-dear: begun" in shown.stdout
    assert "+  says: You are slow  # said daily" in shown.stdout
    assert shown.stdout.endswith("Nothing was written. To write it, add --write.\n")
    assert (home / "strategy/objections.yaml").read_text("utf-8") == OBJECTIONS
    done = playbook("import", "objections.csv", "--write", cwd=home)
    assert done.returncode == 0
    assert "Wrote 2 changes in strategy/objections.yaml." in done.stdout
    after = (home / "strategy/objections.yaml").read_text("utf-8")
    assert after.startswith(OBJECTIONS.replace("You take too long", "You are slow"))
    again = playbook("import", "objections.csv", "--write", cwd=home)
    assert (again.returncode, "There is nothing to write." in again.stdout) == (0, True)


def test_a_table_that_may_hold_changes_is_not_written_over(playbook: Run, home: Path) -> None:
    (home / "objections.xlsx").write_bytes(b"mine")
    done = playbook("export", "objections", cwd=home)
    assert (done.returncode, done.stdout, done.stderr.count("\n")) == (2, "", 1)
    assert (home / "objections.xlsx").read_bytes() == b"mine"
    done = playbook("export", "objections", "--force", cwd=home)
    assert done.returncode == 0
    assert read_tables((home / "objections.xlsx").read_bytes())[0].name == "Objections"
    done = playbook("export", "objections", "--output", "made/by.xlsx", cwd=home)
    assert (done.returncode, (home / "made/by.xlsx").is_file()) == (0, True)


def test_a_cell_in_the_way_stops_all_unless_one_asks_for_the_rest(
    playbook: Run, home: Path
) -> None:
    text = "Einwand;Kategorie;Antwort;Zahl\nZu teuer;Preis;Mieten.;1\nKeine Zeit;bald;Doch.;2\n"
    (home / "einwaende.csv").write_bytes(text.encode("cp1252"))
    done = playbook("import", "einwaende.csv", "--write", cwd=home)
    assert done.returncode == 1
    assert '  A  "Einwand" is Says (says), guessed\n' in done.stdout
    assert 'Row 3, column B: Category: "bald" is none of: price' in done.stdout
    assert 'Column D: "Zahl" is not taken' in done.stdout
    assert "To write what fits all the same, add --partly." in done.stdout
    assert (home / "strategy/objections.yaml").read_text("utf-8") == OBJECTIONS
    done = playbook("import", "einwaende.csv", "--write", "--partly", cwd=home)
    assert done.returncode == 1
    assert "says: Zu teuer\n" in (home / "strategy/objections.yaml").read_text("utf-8")


def test_what_would_make_the_strategy_unsound_is_not_written(playbook: Run, home: Path) -> None:
    (home / "a.csv").write_text(
        'says,category,respond\nToo dear,price,"See [it](entry:proof/gone)."\n', "utf-8"
    )
    done = playbook("import", "a.csv", "--write", cwd=home)
    assert done.returncode == 1
    assert "Nothing was written: the strategy would no longer be sound." in done.stdout


@pytest.mark.parametrize(
    "arguments",
    [
        ["missing.xlsx"],
        ["empty.csv"],
        ["odd.xlsx"],
        ["a.csv", "--kind", "objection"],
        ["a.csv", "--map", "says"],
        ["a.csv", "--map", "Wort=says"],
        ["escapes.csv", "--kind", "objections", "--map", "Wort=says"],
        ["a.csv", "--set", "colour=red"],
        ["a.csv", "--sheet", "Prices"],
        ["a.csv", "--header", "7"],
        ["a.csv", "--encoding", "klingon"],
    ],
)
def test_what_cannot_be_read_is_said_in_one_line(
    playbook: Run, home: Path, arguments: list[str]
) -> None:
    (home / "a.csv").write_text("says,category,respond\nToo dear,price,No.\n", "utf-8")
    (home / "empty.csv").write_bytes(b"")
    (home / "escapes.csv").write_text('"a\x1b[2J\nb",c\n1,2\n', "utf-8")
    (home / "odd.xlsx").write_bytes(b"PK\x03\x04 is no workbook")
    done = playbook("import", *arguments, cwd=home)
    assert (done.returncode, done.stdout, done.stderr.count("\n")) == (2, "", 1), done
    assert "\x1b" not in done.stderr
