"""The grown strategies that the benchmarks measure are sound, and as large as they were asked for."""

from __future__ import annotations

from pathlib import Path

from benchmarks.grow_strategy import ROOT, grow_list, grow_strategy
from generator.files.tree import FolderTree
from generator.loading.loader import load_strategy
from generator.problems.problem import has_errors


def read(folder: Path) -> dict[str, bytes]:
    return {
        path.relative_to(folder).as_posix(): path.read_bytes() for path in folder.rglob("*.yaml")
    }


def test_a_grown_strategy_passes_and_no_two_entries_of_a_kind_have_one_title(tmp_path):
    grown = grow_strategy(tmp_path / "grown", 400)
    loaded = load_strategy(FolderTree(tmp_path / "grown"))
    assert loaded.strategy is not None
    assert not has_errors(loaded.problems), [problem.title for problem in loaded.problems][:3]
    assert 350 <= grown.pages <= 450
    assert sum(1 for _ in loaded.strategy) == grown.entries
    for kind in ("objections", "differentiators", "competitors"):
        titles = [entry.title for entry in loaded.strategy.of(kind)]
        assert len(titles) == len(set(titles))


def test_growing_twice_gives_the_same(tmp_path):
    for name in ("one", "two"):
        grow_strategy(tmp_path / name, 220)
    assert read(tmp_path / "one") == read(tmp_path / "two")


def test_a_list_grows_alone_and_passes(tmp_path):
    grow_list(tmp_path / "grown", "proof", 60)
    loaded = load_strategy(FolderTree(tmp_path / "grown"))
    assert loaded.strategy is not None
    assert not has_errors(loaded.problems), [problem.title for problem in loaded.problems][:3]
    assert len(loaded.strategy.of("proof")) == 60
    assert len(loaded.strategy.of("markets")) == len(list_root_markets())


def list_root_markets():
    loaded = load_strategy(FolderTree(ROOT))
    assert loaded.strategy is not None
    return loaded.strategy.of("markets")
