import json
from pathlib import Path

from tests.commands.authoring.conftest import OBJECTIONS
from tests.playbooks import Run
from tests.repositories import git, make_repository


def note(home: Path, *changes: dict[str, object], **more: object) -> str:
    data = {"format": 1, "entry": "objections/too-slow", "changes": changes, "by": "Ada", **more}
    (home / "note.json").write_text(json.dumps(data), "utf-8")
    return "note.json"


def test_a_note_is_written_shown_and_done_the_second_time(playbook: Run, home: Path) -> None:
    file = note(home, {"field": "says", "from": "You take too long", "to": "You are slow"})
    shown = playbook("apply", file, "--dry-run", cwd=home)
    assert shown.returncode == 0
    assert "+  says: You are slow  # said daily" in shown.stdout
    assert (home / "strategy/objections.yaml").read_text("utf-8") == OBJECTIONS
    done = playbook("apply", file, cwd=home)
    assert (done.returncode, done.stderr) == (0, "")
    assert "Wrote 1 change in strategy/objections.yaml, proposed by Ada." in done.stdout
    after = (home / "strategy/objections.yaml").read_text("utf-8")
    assert after == OBJECTIONS.replace("You take too long", "You are slow")
    again = playbook("apply", file, cwd=home)
    assert again.returncode == 0
    assert "says so already" in again.stdout
    assert "There is nothing to write." in again.stdout


def test_what_was_changed_meanwhile_is_told_with_both_values_and_who(
    playbook: Run, home: Path
) -> None:
    make_repository(home, {})
    git(home, "add", ".")
    git(home, "commit", "--quiet", "--amend", "-m", "Begin", "--author", "Zoe <z@example.com>")
    wanted = {"field": "respond", "from": "We begin at once.", "to": "We begin today."}
    file = note(home, {"field": "says", "from": "You are late", "to": "You\x1b[2J"}, wanted)
    done = playbook("apply", file, cwd=home)
    assert done.returncode == 1
    assert "changed meanwhile by Zoe on" in done.stdout
    assert "\n  today:          You take too long\n" in done.stdout
    assert "\x1b[2J" not in done.stdout
    assert (home / "strategy/objections.yaml").read_text("utf-8") == OBJECTIONS
    partly = playbook("apply", file, "--partly", cwd=home)
    assert partly.returncode == 1
    assert "    today.\n" in (home / "strategy/objections.yaml").read_text("utf-8")


def test_what_would_make_the_strategy_unsound_is_not_written(playbook: Run, home: Path) -> None:
    file = note(home, {"field": "markets", "to": ["no-such-market"]})
    done = playbook("apply", file, cwd=home)
    assert done.returncode == 1
    assert "no-such-market" in done.stdout
    assert "Nothing was written: the strategy would no longer be sound." in done.stdout
    assert (home / "strategy/objections.yaml").read_text("utf-8") == OBJECTIONS


def test_what_is_no_note_is_said_in_one_line(playbook: Run, home: Path) -> None:
    (home / "words.txt").write_text("Please lower the price.\n", "utf-8")
    for file in ("words.txt", "missing.json"):
        done = playbook("apply", file, cwd=home)
        assert (done.returncode, done.stdout, done.stderr.count("\n")) == (2, "", 1)
