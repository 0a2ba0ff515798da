"""Which items of an old list are which of the new one: equal ones first, then those of one name,
then the most alike.
"""

from __future__ import annotations

import difflib
import json
import re
import unicodedata
from bisect import bisect_left
from collections import Counter, defaultdict, deque
from collections.abc import Callable, Iterable, Iterator, Sequence
from typing import Any

Pair = tuple[int, int]
"""Positions of one item in the old list and in the new one."""

_ALIKE = 0.5
_BLOCK = re.compile(r"\s*(?:[-*+>|#]|\d+[.)]\s)")
"""How a line begins that is no part of the paragraph above."""
_MOST_WORDS = 3000
_MOST_PAIRS = 10_000
"""More pairs than these are not compared with each other; such lists have changed as a whole."""


def align(
    old: Sequence[Any], new: Sequence[Any], name_of: Callable[[Any], str], *, by_likeness: bool
) -> list[Pair]:
    """The pairs of positions that are one item, by their place in the old list.

    Works the same in both directions: `align(new, old)` gives the same pairs the other way round.
    `name_of` gives what an item is called, empty where it has no name; with `by_likeness` items
    that are much alike count as one, too.
    """
    if [canon(item) for item in old] > [canon(item) for item in new]:
        return sorted((i, j) for j, i in align(new, old, name_of, by_likeness=by_likeness))
    pairs = list(_pair_equal(old, new))
    left, right = (
        _rest(range(len(old)), (i for i, _ in pairs)),
        _rest(range(len(new)), (j for _, j in pairs)),
    )
    named = list(_pair_named(old, new, left, right, name_of))
    pairs += named
    left, right = _rest(left, (i for i, _ in named)), _rest(right, (j for _, j in named))
    if by_likeness and len(left) * len(right) <= _MOST_PAIRS:
        pairs += _pair_alike(old, new, left, right)
    return sorted(pairs)


def find_moved(pairs: Sequence[Pair], old: Sequence[Any], new: Sequence[Any]) -> list[Pair]:
    """The fewest pairs that must have changed their place for the others to be in one order on both
    sides.
    """
    if [canon(item) for item in old] > [canon(item) for item in new]:
        return sorted((i, j) for j, i in find_moved(sorted((j, i) for i, j in pairs), new, old))
    ordered = sorted(pairs)
    ends: list[int] = []
    last: list[int] = []
    before: list[int] = []
    for index, (_, j) in enumerate(ordered):
        at = bisect_left(ends, j)
        before.append(last[at - 1] if at else -1)
        ends[at : at + 1] = [j]
        last[at : at + 1] = [index]
    kept, index = set(), last[-1] if last else -1
    while index >= 0:
        kept.add(index)
        index = before[index]
    return [pair for index, pair in enumerate(ordered) if index not in kept]


def canon(value: Any) -> str:
    """A text that is the same for equal data, whatever the order of its fields."""
    return (
        value if isinstance(value, str) else json.dumps(value, sort_keys=True, ensure_ascii=False)
    )


def flow(text: str) -> list[str]:
    """The blocks of a text as they are read, however its lines are broken and its letters composed:
    paragraphs and items of lists.
    """
    blocks: list[list[str]] = [[]]
    for line in unicodedata.normalize("NFC", text).splitlines():
        if not line.strip() or _BLOCK.match(line):
            blocks.append([])
        blocks[-1] += line.split()
    return [" ".join(words) for words in blocks if words]


def likeness(old: str, new: str) -> float:
    """How much of two texts is the same words: 0 nothing, 1 all of them."""
    mine, yours = Counter(words_of(old)), Counter(words_of(new))
    total = mine.total() + yours.total()
    return 2 * (mine & yours).total() / total if total else 1.0


def find_swaps(old: str, new: str) -> list[tuple[str, str]]:
    """The words of a text that others took the place of, without the signs around them."""
    before, after = words_of(old), words_of(new)
    if len(before) + len(after) > _MOST_WORDS:
        return [(old, new)]
    blocks = difflib.SequenceMatcher(None, before, after, autojunk=False).get_opcodes()
    return sorted(
        {
            (" ".join(before[i:i_end]), " ".join(after[j:j_end]))
            for what, i, i_end, j, j_end in blocks
            if what != "equal"
        }
    )


def words_of(text: str) -> list[str]:
    """The words of a text, without case and punctuation."""
    return re.findall(r"\w+", text.casefold())


def _rest(positions: Iterable[int], taken: Iterable[int]) -> list[int]:
    gone = set(taken)
    return [position for position in positions if position not in gone]


def _pair_equal(old: Sequence[Any], new: Sequence[Any]) -> Iterator[Pair]:
    waiting: dict[str, deque[int]] = defaultdict(deque)
    for position, item in enumerate(new):
        waiting[canon(item)].append(position)
    for position, item in enumerate(old):
        if waiting[canon(item)]:
            yield position, waiting[canon(item)].popleft()


def _pair_named(
    old: Sequence[Any],
    new: Sequence[Any],
    left: Iterable[int],
    right: Iterable[int],
    name_of: Callable[[Any], str],
) -> Iterator[Pair]:
    """Items of one name, where no other on either side bears it."""
    mine, yours = defaultdict(list), defaultdict(list)
    for position in left:
        mine[name_of(old[position])].append(position)
    for position in right:
        yours[name_of(new[position])].append(position)
    for name, positions in mine.items():
        if name and len(positions) == 1 and len(yours[name]) == 1:
            yield positions[0], yours[name][0]


def _pair_alike(
    old: Sequence[Any], new: Sequence[Any], left: Sequence[int], right: Sequence[int]
) -> Iterator[Pair]:
    """The most alike first; of equally alike ones those that moved least."""
    found = sorted(
        (-score, abs(i - j), i, j)
        for i in left
        for j in right
        if (score := likeness(canon(old[i]), canon(new[j]))) >= _ALIKE
    )
    mine, yours = set(left), set(right)
    for _, _, i, j in found:
        if i in mine and j in yours:
            mine.remove(i)
            yours.remove(j)
            yield i, j
