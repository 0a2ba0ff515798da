"""`playbook new`: an entry of any kind that passes as it is."""

from __future__ import annotations

from pathlib import Path

from generator.schema.vocabulary import KINDS
from tests.playbooks import Run


def test_a_new_entry_of_any_kind_passes_as_it_is(playbook: Run, started: Path) -> None:
    for kind in KINDS:
        assert playbook("new", kind, f"a-new-{kind}"[:40], cwd=started).returncode == 0
    done = playbook("check", cwd=started)
    assert done.returncode == 0, done.stdout
    assert len([*(started / "strategy").glob("*/a-new-*.yaml")]) == len(KINDS)


def test_a_new_note_is_for_leadership_until_it_is_filled_in(playbook: Run, started: Path) -> None:
    assert playbook("new", "field_notes", "heard", cwd=started).returncode == 0
    assert playbook("build", cwd=started).returncode == 0
    assert "heard" not in (started / "site/entries.json").read_text("utf-8")


def test_a_new_entry_may_be_called_null(playbook: Run, started: Path) -> None:
    assert playbook("new", "glossary", "null", cwd=started).returncode == 0
    assert playbook("check", cwd=started).returncode == 0


def test_a_new_entry_takes_no_id_that_stands_in_an_entry_with_a_fault(
    playbook: Run, started: Path
) -> None:
    (started / "strategy/glossary.yaml").write_text("- id: lift\n  trm: Lift\n", "utf-8")
    done = playbook("new", "glossary", "lift", cwd=started)
    assert (done.returncode, "exists already" in done.stderr) == (2, True)


def test_the_size_that_is_named_counts_for_what_is_there_already(
    playbook: Run, started: Path
) -> None:
    entry = "- id: lift\n  term: Lift\n  meaning: How far.\n"
    (started / "strategy/glossary.yaml").write_text(entry + "#" * 2_000_000 + "\n", "utf-8")
    done = playbook("new", "glossary", "lift", "--max-megabytes", "3", cwd=started)
    assert (done.returncode, "exists already" in done.stderr) == (2, True)


def test_of_titles_ids_are_made_and_all_begin_or_none(playbook: Run, started: Path) -> None:
    done = playbook("new", "personas", "Käufer & Co", "app-dev", cwd=started)
    assert (done.returncode, done.stderr) == (0, "")
    assert "kaeufer-and-co" in done.stdout
    assert "name: Käufer & Co\n" in (started / "strategy/personas/kaeufer-and-co.yaml").read_text(
        "utf-8"
    )
    done = playbook("new", "personas", "fresh", "app-dev", cwd=started)
    assert (done.returncode, "exists already" in done.stderr) == (2, True)
    assert not (started / "strategy/personas/fresh.yaml").exists()
    assert playbook("check", cwd=started).returncode == 0


def test_a_kind_with_a_list_of_its_own_gets_them_there(playbook: Run, started: Path) -> None:
    text = "- id: lift\n  term: Lift   # up\n  meaning: How far.\n"
    (started / "strategy/glossary.yaml").write_text(text, "utf-8")
    done = playbook("new", "glossary", "Dew point", cwd=started)
    assert done.stdout.startswith("Added to strategy/glossary.yaml (dew-point).")
    assert (started / "strategy/glossary.yaml").read_text("utf-8").startswith(text)
    assert playbook("check", cwd=started).returncode == 0
