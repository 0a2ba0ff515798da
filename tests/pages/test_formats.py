"""Every strategy of the tests that is written in format 1, in format 2: the same pages."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from generator.files.tree import FolderTree, OverlayTree
from generator.loading.loader import Loaded, load_strategy
from generator.model.edition import choose_edition
from generator.pages import render_pages
from generator.schema.migrations import FORMAT
from tests.trials.amount import some

TESTS = Path(__file__).parents[1]
FOLDERS = sorted(
    path.parent
    for part in ("diff", "examples")
    for path in (TESTS / part).rglob("strategy.yaml")
    if "  format: 1\n" in path.read_text("utf-8", "replace")
    and path.parent.name != "strategy"
    and not path.parent.name.startswith("not-utf-8")
)


def lay_out(loaded: Loaded) -> dict[str, str]:
    if loaded.strategy is None:
        return {}
    edition = choose_edition(
        loaded.strategy, loaded.vocabulary, loaded.strategy.header.audiences[0], date(2026, 6, 1)
    )
    return {page.address: page.lay_out().html for page in render_pages(edition).pages}


def test_there_are_enough_of_them() -> None:
    assert len(FOLDERS) > 100


@pytest.mark.trial
@pytest.mark.parametrize("folder", some(FOLDERS, 20), ids=lambda path: str(path.relative_to(TESTS)))
def test_a_strategy_of_format_1_gives_the_same_pages_in_format_2(folder: Path) -> None:
    text = (folder / "strategy.yaml").read_text("utf-8")
    now = OverlayTree(
        FolderTree(folder),
        {"strategy.yaml": text.replace("  format: 1\n", f"  format: {FORMAT}\n", 1)},
    )
    old, new = load_strategy(FolderTree(folder)), load_strategy(now)
    if "older-format" not in folder.name:
        titles = ([problem.title for problem in one.problems] for one in (old, new))
        assert next(titles) == next(titles)
    assert lay_out(old) == lay_out(new) or "older-format" in folder.name
