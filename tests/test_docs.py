"""The written guides say what the program does."""

from __future__ import annotations

import json
import re

import pytest

from generator.commands.cli import COMMANDS
from generator.commands.rules import ALL_RULES
from generator.starter import editor_settings
from scripts.write_docs import DOCS, PAGES

ROOT = DOCS.parent


@pytest.mark.parametrize("name", PAGES)
def test_made_pages_are_those_of_their_source(name: str) -> None:
    assert (DOCS / name).read_text("utf-8") == PAGES[name](), "run: make docs"


def test_every_rule_has_an_anchor_on_the_page_of_rules() -> None:
    headings = re.findall(r"^## (.+)$", (DOCS / "rules.md").read_text("utf-8"), re.MULTILINE)
    assert headings == list(ALL_RULES)


def test_links_between_the_guides_arrive() -> None:
    for page in (ROOT / "README.md", ROOT / "CONTRIBUTING.md", *DOCS.glob("*.md")):
        for target in re.findall(r"\]\(([^)#:]+)(?:#[^)]*)?\)", page.read_text("utf-8")):
            assert (page.parent / target).exists(), f"{page.name} links to {target}"


def test_the_editor_settings_map_every_file_to_its_schema() -> None:
    mapped = json.loads((ROOT / ".vscode/settings.json").read_text("utf-8"))["yaml.schemas"]
    for schema, patterns in editor_settings()["yaml.schemas"].items():
        assert (ROOT / schema).is_file()
        assert set(patterns) <= set(mapped[schema])


def test_the_table_of_rooms_names_modules_that_are_there() -> None:
    text = (ROOT / "CONTRIBUTING.md").read_text("utf-8")
    for room, cells in re.findall(r"^\| `([a-z/]+)/` \|(.+)$", text, re.MULTILINE):
        for name in re.findall(r"`([\w./]+)`", cells.partition("|")[2]):
            folder = ROOT / "generator" / room
            if name in COMMANDS:
                continue
            there = [folder / name, folder / f"{name}.py"]
            assert any(path.exists() for path in there), f"{room}: there is no {name}"


def test_the_finished_check_of_the_guide_is_one_of_ours() -> None:
    text = (ROOT / "CONTRIBUTING.md").read_text("utf-8")
    code = text.partition("```python\n")[2].partition("\nCheck(")[0].strip()
    assert code in (ROOT / "generator/checks/focus.py").read_text("utf-8")
