"""An entry as it stands in a file: what it holds once most has been asked, and what others keep
with it.
"""

from __future__ import annotations

import pickle

import pytest

from generator.files.memory import Memory
from generator.loading.located_entry import Written
from generator.loading.strategy_files import LEAVES, Manuscript, read_manuscript
from tests.sample import MINIMAL_HEADER, MemoryTree

MARKET = "id: dairies\nname: Dairies\npriority: primary\nsummary: |\n  Plants that heat\n  and cool.\ndo_more: [entry, gas]\n"


class Holding(Memory):
    holds_lines = True


@pytest.fixture
def leaf() -> Manuscript:
    memory = Holding()
    files = {
        "strategy.yaml": MINIMAL_HEADER.encode(),
        "strategy/markets/dairies.yaml": MARKET.encode(),
    }
    manuscript = read_manuscript(MemoryTree(files), memory=memory)
    assert manuscript.problems == []
    kept = memory.about(LEAVES, *memory._kept[LEAVES].circumstances)
    found: Manuscript = next(value for _, _, value in kept)
    return found


def test_what_is_folded_says_the_same(leaf: Manuscript) -> None:
    (written,) = leaf.entries
    source = written.source
    before = (
        source.lines,
        source.data,
        source.value_place(("do_more", 1)),
        written.entry,
        written.links,
    )
    assert not source.is_folded
    assert leaf.fold()
    assert source.is_folded
    assert (
        source.lines,
        source.data,
        source.value_place(("do_more", 1)),
        written.entry,
        written.links,
    ) == before
    assert not source.is_folded


def test_only_what_is_folded_can_be_written_down(leaf: Manuscript) -> None:
    (written,) = leaf.entries
    place = written.source.value_place(("summary",))
    with pytest.raises(TypeError, match="is not folded"):
        pickle.dumps(written.source)
    leaf.fold()
    assert pickle.loads(pickle.dumps(written.source)).value_place(("summary",)) == place


def test_what_nobody_asks_for_any_more_goes_in_time(leaf: Manuscript) -> None:
    written: Written = leaf.entries[0]
    for day in range(120):
        written.note(("overdue", day), "told")
        assert written.notes[("overdue", day)] == "told"
    assert len(written.notes) <= 50
