"""The rows of the strategy map: which objective stands in which, and in what order, so that few
arrows cross.

Within a band, what supports another objective of the band stands below it. Rows are ordered by
barycentres, then by swaps of neighbours, from several beginnings that are always the same.
"""

from __future__ import annotations

import random
from bisect import bisect_left, insort
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import pairwise

PER_ROW = 4
_PASSAGE = 12.0
"""The room an arrow gets where it passes a row."""
_SWEEPS, _ATTEMPTS, _EFFORT = 8, 24, 1200


@dataclass(frozen=True)
class Objective:
    """What the map must know of an objective: its id, its words, its band and the ids of those it
    supports.
    """

    id: str
    text: str
    band: str
    supports: tuple[str, ...] = ()


@dataclass(eq=False)
class Node:
    """A box, or (with no objective) the place where an arrow passes a row."""

    objective: Objective | None
    row: int
    up: list[Node] = field(default_factory=list)
    down: list[Node] = field(default_factory=list)
    lines: tuple[str, ...] = ()
    width: float = _PASSAGE
    x: float = 0.0


# Rows


def stack_rows(
    objectives: Sequence[Objective], bands: Sequence[str]
) -> tuple[list[str], dict[str, int]]:
    """The band of each row from top to bottom, and the row of each objective."""
    row_bands: list[str] = []
    row_of: dict[str, int] = {}
    for band in bands:
        first = len(row_bands)
        counts: list[int] = []
        for one, above in _upper_first([one for one in objectives if one.band == band]):
            row = 1 + max((row_of[other] - first for other in above), default=-1)
            while row < len(counts) and counts[row] == PER_ROW:
                row += 1
            counts += [0] * (row + 1 - len(counts))
            counts[row] += 1
            row_of[one.id] = first + row
        row_bands += [band] * len(counts)
    return row_bands, row_of


def _upper_first(members: Sequence[Objective]) -> Iterator[tuple[Objective, list[str]]]:
    """The objectives of a band, effects before their causes, each with its neighbours that came
    before it.

    Where causes run in a circle, the first of them is taken, so that the map is drawn all the same.
    """
    left = {one.id: one for one in members}
    neighbours: dict[str, set[str]] = {one.id: set() for one in members}
    for one in members:
        for target in one.supports:
            if target in neighbours and target != one.id:
                neighbours[one.id].add(target)
                neighbours[target].add(one.id)
    while left:
        free = [
            one
            for one in left.values()
            if not any(other in left for other in one.supports if other != one.id)
        ]
        one = (free or list(left.values()))[0]
        del left[one.id]
        yield one, sorted(other for other in neighbours[one.id] if other not in left)


def link_rows(source: Node, target: Node, rows: list[list[Node]]) -> list[Node]:
    """The nodes an arrow runs through, from its source to its target: one in every row between
    them.
    """
    step = -1 if target.row < source.row else 1
    passed = [Node(None, row) for row in range(source.row + step, target.row, step)]
    for node in passed:
        rows[node.row].append(node)
    chain = [source, *passed, target]
    for one, other in pairwise(chain):
        upper, lower = (other, one) if step < 0 else (one, other)
        upper.down.append(lower)
        lower.up.append(upper)
    return chain


# Order


def order_rows(rows: list[list[Node]]) -> int:
    """Order the rows so that few arrows cross; returns how many do.

    Each attempt ends where no sweep helps any more, so several begin in different orders, always
    the same ones.
    """
    best, best_count = [list(row) for row in rows], _count_all(rows)
    size = sum(map(len, rows))
    for attempt in range(max(2, min(_ATTEMPTS, _EFFORT // max(size, 1)))):
        if attempt:
            lot = random.Random(attempt)  # noqa: S311  # an order to begin with, no secret
            for row in rows:
                lot.shuffle(row)
        place = _number(rows)
        for sweep in range(_SWEEPS):
            downward = sweep % 2 == 0
            for row in rows if downward else reversed(rows):
                _sort_by_centre(row, place, downward)
            _swap_neighbours(rows, place)
            count = _count_all(rows)
            if count < best_count:
                best, best_count = [list(row) for row in rows], count
        if best_count == 0:
            break
    rows[:] = best
    return best_count


def _number(rows: Iterable[Sequence[Node]]) -> dict[Node, int]:
    """The place of each node in its row."""
    return {node: index for row in rows for index, node in enumerate(row)}


def _sort_by_centre(row: list[Node], place: dict[Node, int], downward: bool) -> None:
    def centre(node: Node) -> float:
        linked = node.up if downward else node.down
        return sum(place[other] for other in linked) / len(linked) if linked else place[node]

    row.sort(key=centre)
    place |= _number([row])


def _swap_neighbours(rows: list[list[Node]], place: dict[Node, int]) -> None:
    """Swap two neighbours wherever that takes a crossing away."""
    for row in rows:
        for index in range(len(row) - 1):
            left, right = row[index], row[index + 1]
            before = _count_pair(left, right, place)
            if _count_pair(right, left, place) < before:
                row[index], row[index + 1] = right, left
                place[left], place[right] = index + 1, index


def _count_pair(left: Node, right: Node, place: Mapping[Node, int]) -> int:
    """How often the arrows of two neighbours cross each other."""
    return sum(
        1
        for ours, theirs in ((left.up, right.up), (left.down, right.down))
        for one in ours
        for other in theirs
        if place[one] > place[other]
    )


def _count_all(rows: Sequence[Sequence[Node]]) -> int:
    place = _number(rows)
    return sum(_count_below(row, place) for row in rows)


def _count_below(row: Sequence[Node], place: Mapping[Node, int]) -> int:
    """How many arrows cross between a row and the next."""
    seen: list[int] = []
    count = 0
    for node in row:
        ends = sorted(place[other] for other in node.down)
        count += sum(len(seen) - bisect_left(seen, end + 1) for end in ends)
        for end in ends:
            insort(seen, end)
    return count
