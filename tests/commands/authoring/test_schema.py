"""`playbook schema --ids`: editors offer the entries there are, and nothing else depends on it."""

from __future__ import annotations

import json
import threading
from pathlib import Path
from typing import Any

import pytest

from generator.commands.editor_ids import follow_entries
from generator.files.tree import FolderTree
from generator.loading.loader import load_strategy
from generator.site.assembly import Assembly
from tests.playbooks import Run
from tests.repositories import git


def offers(root: Path, name: str) -> list[tuple[str, str]]:
    """What is offered for a reference: how it is shown, and what is written."""
    made: dict[str, Any] = json.loads((root / ".playbook/schema/ids.schema.json").read_text())
    return [(one["label"], one["body"]) for one in made["$defs"][name]["defaultSnippets"]]


def test_a_reference_offers_the_ids_there_are_with_their_titles(
    playbook: Run, started: Path
) -> None:
    (started / "strategy/personas.yaml").write_text(
        "- id: lift\n  name: Lift engineer\n- id: '2030'\n  name: The year\n- id: half-written\n",
        "utf-8",
    )
    done = playbook("schema", "--ids", cwd=started)
    assert (done.returncode, done.stderr) == (0, "")
    assert "open playbook.code-workspace" in done.stdout
    assert {
        ("2030 – The year", '"2030"'),
        ("half-written", "half-written"),
        ("lift – Lift engineer", "lift"),
    } <= set(offers(started, "personas"))
    assert ("personas/lift – Lift engineer", "personas/lift") in offers(started, "any")
    copied = json.loads((started / ".playbook/schema/differentiators.schema.json").read_text())
    assert copied["properties"]["proof"]["items"]["$ref"] == "ids.schema.json#/$defs/proof"
    assert "examples" not in copied["properties"]["owner"]


def test_every_reference_of_the_copy_leads_to_what_it_holds(playbook: Run, started: Path) -> None:
    assert playbook("schema", "--ids", cwd=started).returncode == 0
    folder = started / ".playbook/schema"
    known = json.loads((folder / "ids.schema.json").read_text())["$defs"]
    for file in sorted(folder.rglob("*.schema.json")):
        for part in file.read_text("utf-8").split('"$ref": "')[1:]:
            target, _, pointer = part.partition('"')[0].partition("#")
            assert not target or (file.parent / target).is_file(), f"{file.name} leads to {target}"
            if target.endswith("ids.schema.json"):
                assert pointer.removeprefix("/$defs/") in known
    workspace = json.loads((started / "playbook.code-workspace").read_text("utf-8"))
    for name in workspace["settings"]["yaml.schemas"]:
        assert name.startswith("./.playbook/")
        assert (started / name).is_file()


def test_git_and_our_own_reading_pass_the_copy_over(playbook: Run, started: Path) -> None:
    git(started, "init", "--quiet")
    before = git(started, "status", "--porcelain", "-uall")
    assert playbook("new", "personas", "lift", cwd=started).returncode == 0  # it makes the copy
    assert "lift" in dict(offers(started, "personas")).values()
    entry = "?? strategy/personas/lift.yaml"
    assert git(started, "status", "--porcelain", "-uall").split("\n") == sorted(
        [*before.split("\n"), entry]
    )
    (started / ".playbook/schema/glossary.schema.json").write_text("{", "utf-8")
    assert playbook("check", cwd=started).stdout.startswith("No problems")


def test_where_git_would_see_the_workspace_it_is_not_made(playbook: Run, started: Path) -> None:
    (started / ".gitignore").write_text("/site/\n", "utf-8")
    assert "into .gitignore" in playbook("schema", "--ids", cwd=started).stdout
    assert not (started / "playbook.code-workspace").exists()
    assert (started / ".playbook/schema/ids.schema.json").is_file()


def test_the_copy_follows_every_entry_that_comes_under_serve(started: Path) -> None:
    def read() -> Assembly:
        return Assembly((), 1, None, load_strategy(FolderTree(started)))

    heed, copy = follow_entries(started), started / ".playbook/schema/ids.schema.json"
    heed(read())
    copy.write_text("mine", "utf-8")
    heed(read())  # nothing came: nothing is written
    assert copy.read_text("utf-8") == "mine"
    (started / "strategy/personas.yaml").write_text("- id: lift\n  name: Lift engineer\n", "utf-8")
    heed(read())
    assert ("lift – Lift engineer", "lift") in offers(started, "personas")


def test_of_edits_in_quick_succession_the_last_is_written(started: Path) -> None:
    heed = follow_entries(started, 0.05)
    for name in ("one", "two", "three"):
        text = f"- id: {name}\n  name: Lift engineer\n"
        (started / "strategy/personas.yaml").write_text(text, "utf-8")
        heed(Assembly((), 1, None, load_strategy(FolderTree(started))))
    for timer in [one for one in threading.enumerate() if isinstance(one, threading.Timer)]:
        timer.join()
    assert [written for _, written in offers(started, "personas")] == ["plant-manager", "three"]


@pytest.mark.parametrize("settings", ["", "{ // mine\n}", "[]", '{"yaml.schemas": 1, "mine": 2}'])
def test_settings_of_any_kind_give_a_workspace(playbook: Run, started: Path, settings: str) -> None:
    (started / ".vscode/settings.json").write_text(settings, "utf-8")
    assert playbook("schema", "--ids", cwd=started).returncode == 0
    made = json.loads((started / "playbook.code-workspace").read_text("utf-8"))["settings"]
    assert "./.playbook/schema/strategy.schema.json" in made["yaml.schemas"]
    assert made.get("mine") == (2 if 'mine":' in settings else None)
