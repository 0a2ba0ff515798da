"""The geometry of the strategy map: objectives as boxes in bands, with arrows from cause to effect.

The bands are given, so this is a layered drawing whose layers are known: within a band, what supports another objective
of the band stands below it. Rows are ordered so that few arrows cross (barycentres, then swaps of neighbours), and
boxes move towards what they are linked with. Lengths are in pixels of the drawing. The same objectives always give the
same drawing.
"""

from __future__ import annotations

import random
import unicodedata
from bisect import bisect_left, insort
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import lru_cache
from itertools import pairwise

BOX_WIDTH, GAP, PER_ROW = 168.0, 20.0, 4
MARGIN = 104.0
"""The room at the left for the names of the bands."""
FONT_SIZE, LINE_HEIGHT, PADDING, MAX_LINES = 13.0, 17.0, 10.0, 6
_PASSAGE = 12.0
"""The room an arrow gets where it passes a row."""
_ROW_GAP, _BAND_GAP = 54.0, 30.0
_LEAST_WIDTH = 900.0
_PORT, _HEAD = 16.0, 6.0
_SWEEPS, _ATTEMPTS, _EFFORT = 8, 24, 1200


@dataclass(frozen=True)
class Objective:
    """What the map must know of an objective: its id, its words, its band and the ids of those it supports."""

    id: str
    text: str
    band: str
    supports: tuple[str, ...] = ()


@dataclass(frozen=True)
class Box:
    """An objective as drawn. `reaches` are the ids of all it helps, near and far, itself included."""

    id: str
    x: float
    y: float
    height: float
    lines: tuple[str, ...]
    reaches: frozenset[str]
    width: float = BOX_WIDTH

    @property
    def baselines(self) -> list[tuple[float, str]]:
        """Each line of text and how far down it stands."""
        first = self.y + (self.height - LINE_HEIGHT * len(self.lines)) / 2 + FONT_SIZE
        return [(round(first + LINE_HEIGHT * number, 1), line) for number, line in enumerate(self.lines)]


@dataclass(frozen=True)
class Arrow:
    """From cause to effect: the curve, its head, and the ids of all that it leads to."""

    source: str
    target: str
    path: str
    head: str
    reaches: frozenset[str]


@dataclass(frozen=True)
class Band:
    """A perspective with objectives in it."""

    name: str
    y: float
    height: float

    def write(self, text: str) -> list[tuple[float, str]]:
        """The lines of the band's label, each with how far down it stands."""
        lines = wrap(text, MARGIN - 2 * PADDING)
        first = self.y + (self.height - LINE_HEIGHT * len(lines)) / 2 + FONT_SIZE
        return [(round(first + LINE_HEIGHT * number, 1), line) for number, line in enumerate(lines)]


@dataclass(frozen=True)
class Drawing:
    """The whole map."""

    width: float
    height: float
    bands: tuple[Band, ...]
    boxes: tuple[Box, ...]
    arrows: tuple[Arrow, ...]
    crossings: int


@dataclass(eq=False)
class _Node:
    """A box, or (with no objective) the place where an arrow passes a row."""

    objective: Objective | None
    row: int
    up: list[_Node] = field(default_factory=list)
    down: list[_Node] = field(default_factory=list)
    lines: tuple[str, ...] = ()
    x: float = 0.0

    @property
    def width(self) -> float:
        return BOX_WIDTH if self.objective else _PASSAGE

    @property
    def height(self) -> float:
        return len(self.lines) * LINE_HEIGHT + 2 * PADDING


@lru_cache(maxsize=8)
def draw_map(objectives: tuple[Objective, ...], bands: tuple[str, ...]) -> Drawing:
    """The map of these objectives; `bands` names the perspectives from top to bottom.

    Kept for the next build of `serve`, which seldom touches an objective.
    """
    known = {one.id: one for one in objectives}
    links = [
        (one.id, target) for one in objectives for target in one.supports if target in known and target != one.id
    ]
    row_bands, row_of = _stack(objectives, bands)
    nodes = {one.id: _Node(one, row_of[one.id], lines=tuple(wrap(one.text))) for one in objectives}
    rows: list[list[_Node]] = [[] for _ in row_bands]
    for one in objectives:
        rows[row_of[one.id]].append(nodes[one.id])
    chains = [_chain(nodes[source], nodes[target], rows) for source, target in links]
    crossings = _order(rows)
    width = max([_LEAST_WIDTH, *map(_needed, rows)])
    _spread(rows, width)
    tops, drawn_bands, height = _place_rows(rows, row_bands)
    reaches = {one.id: frozenset(_reach(one.id, known)) for one in objectives}
    boxes = tuple(
        Box(one.id, round(node.x - BOX_WIDTH / 2, 1), tops[node.row], _row_height(rows[node.row]), node.lines,
            reaches[one.id])
        for one in objectives for node in [nodes[one.id]]
    )  # fmt: skip
    arrows = tuple(_draw_arrows(chains, rows, tops, reaches))
    return Drawing(width, height, drawn_bands, boxes, arrows, crossings)


# Words


def text_width(text: str) -> float:
    """How wide a line is at most, in the sans-serif faces that browsers have: rather too much than too little."""
    return sum(map(_letter_width, text)) * FONT_SIZE


def _letter_width(letter: str) -> float:
    if letter in "iljtfrI.,:;'|!()[]- ":
        return 0.37
    if letter in "mwMW@%—…":
        return 1.0
    if unicodedata.combining(letter):
        return 0.0
    if unicodedata.east_asian_width(letter) in "WF" or ord(letter) > 0x1F000:
        return 1.1
    return 0.75 if letter.isupper() else 0.62


def wrap(text: str, room: float = BOX_WIDTH - 2 * PADDING) -> list[str]:
    """The text in lines that fit into a box; what is too long for it ends in an ellipsis."""
    lines: list[str] = []
    for word in text.split():
        if lines and text_width(f"{lines[-1]} {word}") <= room:
            lines[-1] += f" {word}"
        else:
            lines += _break_word(word, room)
    if len(lines) <= MAX_LINES:
        return lines or [""]
    last = lines[MAX_LINES - 1]
    while text_width(last + "…") > room:
        last = last[:-1]
    return [*lines[: MAX_LINES - 1], last + "…"]


def _break_word(word: str, room: float) -> Iterator[str]:
    piece = ""
    for letter in word:
        if piece and text_width(piece + letter) > room:
            yield piece
            piece = ""
        piece += letter
    yield piece


# Rows


def _stack(objectives: Sequence[Objective], bands: Sequence[str]) -> tuple[list[str], dict[str, int]]:
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
    """The objectives of a band, effects before their causes, each with its neighbours that came before it.

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
        free = [one for one in left.values() if not any(other in left for other in one.supports if other != one.id)]
        one = (free or list(left.values()))[0]
        del left[one.id]
        yield one, sorted(other for other in neighbours[one.id] if other not in left)


def _chain(source: _Node, target: _Node, rows: list[list[_Node]]) -> list[_Node]:
    """The nodes an arrow runs through, from its source to its target: one in every row between them."""
    step = -1 if target.row < source.row else 1
    passed = [_Node(None, row) for row in range(source.row + step, target.row, step)]
    for node in passed:
        rows[node.row].append(node)
    chain = [source, *passed, target]
    for one, other in pairwise(chain):
        upper, lower = (other, one) if step < 0 else (one, other)
        upper.down.append(lower)
        lower.up.append(upper)
    return chain


# Order


def _order(rows: list[list[_Node]]) -> int:
    """Order the rows so that few arrows cross; returns how many do.

    Each attempt ends where no sweep helps any more, so several begin in different orders, always the same ones.
    """
    best, best_count = [list(row) for row in rows], _count_all(rows)
    size = sum(map(len, rows))
    for attempt in range(max(2, min(_ATTEMPTS, _EFFORT // max(size, 1)))):
        if attempt:
            lot = random.Random(attempt)  # noqa: S311  # an order to begin with, no secret
            for row in rows:
                lot.shuffle(row)
        for sweep in range(_SWEEPS):
            downward = sweep % 2 == 0
            for row in rows if downward else reversed(rows):
                _sort_by_centre(row, rows, downward)
            _swap_neighbours(rows)
            count = _count_all(rows)
            if count < best_count:
                best, best_count = [list(row) for row in rows], count
        if best_count == 0:
            break
    rows[:] = best
    return best_count


def _sort_by_centre(row: list[_Node], rows: list[list[_Node]], downward: bool) -> None:
    place = {node: index for other in rows for index, node in enumerate(other)}

    def centre(node: _Node) -> float:
        linked = node.up if downward else node.down
        return sum(place[other] for other in linked) / len(linked) if linked else place[node]

    row.sort(key=centre)


def _swap_neighbours(rows: list[list[_Node]]) -> None:
    """Swap two neighbours wherever that takes a crossing away."""
    place = {node: index for row in rows for index, node in enumerate(row)}
    for row in rows:
        for index in range(len(row) - 1):
            left, right = row[index], row[index + 1]
            before = _count_pair(left, right, place)
            if _count_pair(right, left, place) < before:
                row[index], row[index + 1] = right, left
                place[left], place[right] = index + 1, index


def _count_pair(left: _Node, right: _Node, place: Mapping[_Node, int]) -> int:
    """How often the arrows of two neighbours cross each other."""
    return sum(
        1
        for ours, theirs in ((left.up, right.up), (left.down, right.down))
        for one in ours
        for other in theirs
        if place[one] > place[other]
    )


def _count_all(rows: Sequence[Sequence[_Node]]) -> int:
    place = {node: index for row in rows for index, node in enumerate(row)}
    return sum(_count_below(row, place) for row in rows)


def _count_below(row: Sequence[_Node], place: Mapping[_Node, int]) -> int:
    """How many arrows cross between a row and the next."""
    seen: list[int] = []
    count = 0
    for node in row:
        ends = sorted(place[other] for other in node.down)
        count += sum(len(seen) - bisect_left(seen, end + 1) for end in ends)
        for end in ends:
            insort(seen, end)
    return count


# Places


def _needed(row: Sequence[_Node]) -> float:
    return MARGIN + sum(node.width + GAP for node in row) + GAP


def _spread(rows: Sequence[Sequence[_Node]], width: float) -> None:
    """Give every node its x: near to what it is linked with, in the order of its row, within the drawing."""
    for row in rows:
        room = (width - MARGIN) / max(len(row), 1)
        _arrange(row, [MARGIN + room * (index + 0.5) for index in range(len(row))], width)
    for sweep in range(_SWEEPS):
        for row in rows if sweep % 2 == 0 else list(reversed(rows)):
            wanted = []
            for node in row:
                linked = [*node.up, *node.down]
                wanted.append(sum(other.x for other in linked) / len(linked) if linked else node.x)
            _arrange(row, wanted, width)


def _arrange(row: Sequence[_Node], wanted: Sequence[float], width: float) -> None:
    """Set each x as near to the wanted one as the distance to its neighbours allows (least squares, exactly)."""
    offsets: list[float] = []
    for index, node in enumerate(row):
        before = (
            offsets[-1] + (row[index - 1].width + node.width) / 2 + GAP if index else MARGIN + node.width / 2 + GAP
        )
        offsets.append(before)
    if not offsets:
        return
    slack = max(width - GAP - row[-1].width / 2 - offsets[-1], 0.0)
    pools: list[tuple[float, int]] = []
    for goal, offset in zip(wanted, offsets, strict=True):
        total, count = goal - offset, 1
        while pools and pools[-1][0] / pools[-1][1] > total / count:
            total, count = total + pools[-1][0], count + pools[-1][1]
            pools.pop()
        pools.append((total, count))
    shifts = [total / count for total, count in pools for _ in range(count)]
    for node, offset, shift in zip(row, offsets, shifts, strict=True):
        node.x = round(offset + min(max(shift, 0.0), slack), 1)


def _row_height(row: Sequence[_Node]) -> float:
    return max(node.height for node in row if node.objective)


def _place_rows(
    rows: Sequence[Sequence[_Node]], row_bands: Sequence[str]
) -> tuple[list[float], tuple[Band, ...], float]:
    """The top of each row, the bands around them, and the height of the drawing."""
    tops: list[float] = []
    bands: list[Band] = []
    y = 0.0
    for index, row in enumerate(rows):
        begins = index == 0 or row_bands[index - 1] != row_bands[index]
        if begins:
            y += _BAND_GAP if index else 0.0
            bands.append(Band(row_bands[index], y, 0.0))
            y += PADDING + 2
        else:
            y += _ROW_GAP
        tops.append(y)
        y += _row_height(row)
        if index == len(rows) - 1 or row_bands[index + 1] != row_bands[index]:
            y += PADDING + 2
            bands[-1] = Band(bands[-1].name, bands[-1].y, y - bands[-1].y)
    return tops, tuple(bands), y


# Arrows


def _reach(start: str, known: Mapping[str, Objective]) -> set[str]:
    """An objective and all that it helps, near and far."""
    found, waiting = {start}, [start]
    while waiting:
        for target in known[waiting.pop()].supports:
            if target in known and target not in found:
                found.add(target)
                waiting.append(target)
    return found


def _draw_arrows(
    chains: Sequence[Sequence[_Node]],
    rows: Sequence[Sequence[_Node]],
    tops: Sequence[float],
    reaches: Mapping[str, frozenset[str]],
) -> Iterator[Arrow]:
    starts = _ports([(chain[0], chain[1], index) for index, chain in enumerate(chains)])
    ends = _ports([(chain[-1], chain[-2], index) for index, chain in enumerate(chains)])
    for index, chain in enumerate(chains):
        first, last = chain[0], chain[-1]
        assert first.objective is not None  # noqa: S101  # a chain begins and ends at a box
        assert last.objective is not None  # noqa: S101
        upward = last.row < first.row
        points: list[tuple[float, float]] = []
        for node in chain:
            top, bottom = tops[node.row], tops[node.row] + _row_height(rows[node.row])
            if node is first:
                points.append((starts[index], top if upward else bottom))
            elif node is last:
                points.append((ends[index], bottom + _HEAD if upward else top - _HEAD))
            else:
                points += [(node.x, bottom), (node.x, top)] if upward else [(node.x, top), (node.x, bottom)]
        target = last.objective.id
        yield Arrow(first.objective.id, target, _curve(points), _head(points[-1], upward), reaches[target])


def _ports(ends: Iterable[tuple[_Node, _Node, int]]) -> dict[int, float]:
    """Where each arrow meets its box: those on one side of a box stand side by side, in the order of where they go."""
    sides: dict[tuple[_Node, bool], list[tuple[float, int]]] = {}
    for node, other, index in ends:
        sides.setdefault((node, other.row < node.row), []).append((other.x, index))
    places: dict[int, float] = {}
    for (node, _), found in sides.items():
        step = min(_PORT, (BOX_WIDTH - 4 * PADDING) / len(found))
        for number, (_, index) in enumerate(sorted(found)):
            places[index] = node.x + step * (number - (len(found) - 1) / 2)
    return places


def _curve(points: Sequence[tuple[float, float]]) -> str:
    (x, y), *rest = points
    parts = [f"M{x:.1f} {y:.1f}"]
    for to_x, to_y in rest:
        middle = (y + to_y) / 2
        parts.append(f"C{x:.1f} {middle:.1f} {to_x:.1f} {middle:.1f} {to_x:.1f} {to_y:.1f}")
        x, y = to_x, to_y
    return "".join(parts)


def _head(tip: tuple[float, float], upward: bool) -> str:
    x, y = tip
    end = y - _HEAD if upward else y + _HEAD
    return f"M{x - 4:.1f} {y:.1f}L{x:.1f} {end:.1f}L{x + 4:.1f} {y:.1f}Z"
