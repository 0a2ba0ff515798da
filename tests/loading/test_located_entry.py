"""An entry as it stands in a file: what it says once its file is closed."""

from __future__ import annotations

import dataclasses

import pytest

from generator.files.memory import LEAVES, Memory
from generator.loading.manuscript import Leaf
from generator.loading.strategy_files import read_manuscript
from tests.sample import MINIMAL_HEADER, MemoryTree

MARKET = "id: dairies\nname: Dairies\npriority: primary\nsummary: |\n  Plants that heat\n  and cool.\ndo_more: [entry, gas]\n"
FILE = "strategy/markets/dairies.yaml"


class Holding(Memory):
    holds_lines = True


def read_leaf(text: str, memory: Memory) -> Leaf:
    files = {"strategy.yaml": MINIMAL_HEADER.encode(), FILE: text.encode()}
    manuscript = read_manuscript(MemoryTree(files), memory=memory)
    assert manuscript.problems == []
    kept = memory.about(LEAVES, *memory._kept[LEAVES].circumstances)
    found: Leaf = next(value for _, _, value in kept)
    return found


@pytest.mark.parametrize(
    "text",
    [
        MARKET,
        MARKET.rstrip(),
        MARKET.replace("\n", "\r\n"),
        f"\ufeff{MARKET}",
        f"# Zürich\n---\n{MARKET}",
    ],
    ids=["plain", "unended", "of Windows", "byte-order mark", "comment and start"],
)
def test_what_is_closed_says_the_same(text: str) -> None:
    open_leaf = read_leaf(text, Holding())
    closed = open_leaf.close(open_leaf.entries[0].document, text.encode())
    (written,), (before,) = closed.entries, open_leaf.entries
    assert written.document is not before.document
    assert "_content" not in vars(written.document)  # nobody has asked yet
    assert (
        written.document.lines,
        written.document.data,
        written.document.value_place(("do_more", 1)),
        written.document.text_place(("summary",), "cool"),
    ) == (
        before.document.lines,
        before.document.data,
        before.document.value_place(("do_more", 1)),
        before.document.text_place(("summary",), "cool"),
    )
    assert dataclasses.replace(written, document=before.document).entry == before.entry
    assert (written.links, written.value, written.key) == (before.links, before.value, before.key)
    assert [one.document for one in closed.endings] == [written.document for _ in open_leaf.endings]


def test_only_who_asks_much_about_lines_holds_them() -> None:
    assert "_content" not in vars(read_leaf(MARKET, Memory()).entries[0].document)
    assert "_content" in vars(read_leaf(MARKET, Holding()).entries[0].document)


def test_a_long_file_stays_open() -> None:
    text = MARKET + "# a line of a long file\n" * 500
    assert "_content" in vars(read_leaf(text, Memory()).entries[0].document)
