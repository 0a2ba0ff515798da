"""What is kept between edits never shows: read again with a memory, a folder gives what it gives to
whoever reads it first.
"""

from __future__ import annotations

import random
import shutil
from datetime import date
from pathlib import Path

import pytest

from generator.files.memory import NO_MEMORY, Memory
from generator.files.tree import FolderTree, KeptTree
from generator.loading.loader import load_strategy
from generator.site.assembly import assemble
from generator.site.build_request import Choice

ROOT = Path(__file__).parents[2]
TODAY = date(2026, 6, 1)
EDITS = 10


@pytest.fixture
def copy(tmp_path: Path) -> Path:
    for name in ("strategy", "schema", "playbook"):
        shutil.copytree(ROOT / name, tmp_path / name)
    shutil.copy(ROOT / "strategy.yaml", tmp_path)
    return tmp_path


def edit(root: Path, chance: random.Random) -> None:
    """What may happen to a folder between two looks at it, wise or not."""
    files = sorted((root / "strategy").rglob("*.yaml"))
    file = chance.choice([root / "strategy.yaml", *files, *files])
    lines = file.read_text("utf-8").split("\n") if file.exists() else [""]
    at = chance.randrange(len(lines))
    match chance.randrange(7):
        case 0:
            lines[at : at + 1] = []
        case 1:
            lines[at:at] = [lines[at]]
        case 2:
            lines[at] = lines[at].replace("e", "é", 1)
        case 3:
            lines[at] = f"{lines[at]} more words"
        case 4:
            lines[at] = lines[at].replace(": ", ":\t", 1)
        case 5 if file.name != "strategy.yaml":
            file.unlink()
            return
        case _:
            (root / f"strategy/glossary/new-{at}.yaml").parent.mkdir(exist_ok=True)
            (root / f"strategy/glossary/new-{at}.yaml").write_text(
                f"id: new-{at}\nterm: New\nmeaning: Not old.\n"
            )
            return
    file.write_text("\n".join(lines), "utf-8")


@pytest.mark.parametrize("seed", range(5))
def test_a_folder_read_again_gives_what_it_gives_at_first(copy: Path, seed: int) -> None:
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


@pytest.mark.parametrize("audience", ["leadership", "internal", "public"])
def test_pages_made_again_are_those_made_at_first(copy: Path, audience: str) -> None:
    chance, memory, choice = random.Random(audience), Memory(), Choice(audience, as_of=TODAY)
    for _ in range(4):
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


def test_what_was_kept_is_given_for_the_very_same_thing_only() -> None:
    memory, thing, twin = Memory(), [1], [1]
    kept = memory.about("sums", "today")
    assert kept.of("one", thing, lambda: "worked out") == "worked out"
    assert kept.of("one", thing, lambda: "anew") == "worked out"
    assert kept.of("one", twin, lambda: "anew") == "anew"
    assert memory.about("sums", "today").recall("one", twin) == "anew"
    assert memory.about("sums", "tomorrow").recall("one", twin) is None
    assert NO_MEMORY.about("sums").of("one", thing, lambda: "worked out") == "worked out"
    assert NO_MEMORY.about("sums").recall("one", thing) is None
