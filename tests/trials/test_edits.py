"""What is kept between edits never shows: read again with a memory, a folder gives what it gives to
whoever reads it first.
"""

from __future__ import annotations

import random
from datetime import date
from pathlib import Path

import pytest

from generator.files.memory import Memory
from generator.files.tree import FolderTree, KeptTree
from generator.loading.loader import load_strategy
from generator.site.assembly import assemble
from generator.site.choice import Choice
from tests.playbooks import copy_root
from tests.trials.amount import choose
from tests.trials.edits import edit

TODAY = date(2026, 6, 1)
EDITS, LOOKS = choose(8, 20), choose(3, 10)


@pytest.fixture
def copy(tmp_path: Path) -> Path:
    return copy_root(tmp_path / "copy")


@pytest.mark.parametrize("seed", range(choose(1, 30)))
def test_a_folder_read_again_gives_what_it_gives_at_first(
    copy: Path, seed: int, record_property
) -> None:
    record_property("tried", EDITS)
    chance, memory, tree = random.Random(seed), Memory(), KeptTree(copy)
    sound = {path: path.read_bytes() for path in copy.rglob("*.yaml")}
    for number in range(EDITS):
        again, fresh = load_strategy(tree, memory=memory), load_strategy(FolderTree(copy))
        assert again.problems == fresh.problems
        assert again.strategy == fresh.strategy
        assert (again.keys, again.lost, again.files) == (fresh.keys, fresh.lost, fresh.files)
        edit(copy, chance)
        if number % 5 == 4:  # and all is mended, as authors do
            for path, content in sound.items():
                path.write_bytes(content)


@pytest.mark.parametrize("seed", range(choose(1, 5)))
@pytest.mark.parametrize("audience", choose(["internal"], ["leadership", "internal", "public"]))
def test_pages_made_again_are_those_made_at_first(
    copy: Path, audience: str, seed: int, record_property
) -> None:
    record_property("tried", LOOKS)
    chance, memory = random.Random(f"{audience} {seed}"), Memory()
    choice = Choice(audience, as_of=TODAY)
    for _ in range(LOOKS):
        again, fresh = assemble(copy, choice, memory).made, assemble(copy, choice).made
        assert (again is None) == (fresh is None)
        if again is not None and fresh is not None:
            assert [(page, page.lay_out()) for page in again.pages.pages] == [
                (page, page.lay_out()) for page in fresh.pages.pages
            ]
            assert [(one.path, one.content) for one in again.pages.assets] == [
                (one.path, one.content) for one in fresh.pages.assets
            ]
        before = {path: path.read_bytes() for path in copy.rglob("*.yaml")}
        edit(copy, chance)
        if assemble(copy, choice).made is None:
            for path in set(copy.rglob("*.yaml")) - before.keys():
                path.unlink()
            for path, content in before.items():
                path.write_bytes(content)
