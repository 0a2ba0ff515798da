"""The geometry of the strategy map: objectives as boxes in bands, with arrows from cause to effect.

The bands are given, so this is a layered drawing whose layers are known (see `layer`); boxes move
towards what they are linked with. Lengths are in pixels of the drawing. The same objectives always
give the same drawing.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache

from generator.pages.drawing.layering import Node, Objective, link_rows, order_rows, stack_rows
from generator.pages.drawing.text_width import FONT_SIZE, LINE_HEIGHT, wrap

GAP, PADDING = 20.0, 10.0
_BOX_WIDTH, _WIDE_BOX_WIDTH, _MOST_WIDE = 168.0, 205.0, 3
"""Words in a wide box take fewer lines: a map of few columns has room for such boxes."""
MARGIN = 104.0
"""The room at the left for the names of the bands."""
MOST_DRAWN = 80
"""More boxes than that, and arrows between them, nobody can follow."""
_ROW_GAP, _BAND_GAP = 24.0, 14.0
_ABOVE = 5.0
"""The room above and below the words of a box: the map is to fit a window."""
_LEAST_WIDTH, _LEAST_OF_ONE = 740.0, 320.0
"""Where no row has more than one box, the drawing is as narrow as a phone."""
_PORT, _HEAD = 16.0, 6.0
_SETTLE = 12
"""How often boxes move towards what they are linked with, before the drawing stands."""


@dataclass(frozen=True)
class Box:
    """An objective as drawn. `reaches` are the ids of all it helps, near and far, itself included."""

    id: str
    x: float
    y: float
    height: float
    lines: tuple[str, ...]
    reaches: frozenset[str]
    width: float

    @property
    def baselines(self) -> list[tuple[float, str]]:
        """Each line of text and how far down it stands."""
        first = self.y + (self.height - LINE_HEIGHT * len(self.lines)) / 2 + FONT_SIZE
        return [
            (round(first + LINE_HEIGHT * number, 1), line) for number, line in enumerate(self.lines)
        ]


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


@lru_cache(maxsize=8)
def draw_map(objectives: tuple[Objective, ...], bands: tuple[str, ...]) -> Drawing:
    """The map of these objectives; `bands` names the perspectives from top to bottom.

    Kept for the next build of `serve`, which seldom touches an objective.
    """
    known = {one.id: one for one in objectives}
    links = [
        (one.id, target)
        for one in objectives
        for target in one.supports
        if target in known and target != one.id
    ]
    row_bands, row_of = stack_rows(objectives, bands)
    box_width = _choose_box_width(row_of.values())
    nodes = {
        one.id: Node(
            one,
            row_of[one.id],
            lines=tuple(wrap(one.text, box_width - 2 * PADDING)),
            width=box_width,
        )
        for one in objectives
    }
    rows: list[list[Node]] = [[] for _ in row_bands]
    for one in objectives:
        rows[row_of[one.id]].append(nodes[one.id])
    chains = [link_rows(nodes[source], nodes[target], rows) for source, target in links]
    crossings = order_rows(rows)
    least = _LEAST_WIDTH if any(len(row) > 1 for row in rows) else _LEAST_OF_ONE
    width = max([least, *map(_needed, rows)])
    _spread(rows, width)
    heights = [max(_height(node) for node in row if node.objective) for row in rows]
    tops, drawn_bands, height = _place_rows(heights, row_bands)
    reaches = {one.id: frozenset(_reach(one.id, known)) for one in objectives}
    boxes = tuple(
        Box(
            one.id,
            round(node.x - box_width / 2, 1),
            tops[node.row],
            heights[node.row],
            node.lines,
            reaches[one.id],
            box_width,
        )
        for one in objectives
        for node in [nodes[one.id]]
    )
    arrows = tuple(_draw_arrows(chains, heights, tops, reaches))
    return Drawing(width, height, drawn_bands, boxes, arrows, crossings)


# Places


def _choose_box_width(rows: Iterable[int]) -> float:
    most = max(Counter(rows).values(), default=0)
    return _WIDE_BOX_WIDTH if 1 < most <= _MOST_WIDE else _BOX_WIDTH


def _height(node: Node) -> float:
    return len(node.lines) * LINE_HEIGHT + 2 * _ABOVE


def _needed(row: Sequence[Node]) -> float:
    return MARGIN + sum(node.width + GAP for node in row) + GAP


def _spread(rows: Sequence[Sequence[Node]], width: float) -> None:
    """Give every node its x: near to what it is linked with, in the order of its row, within the
    drawing.
    """
    for row in rows:
        room = (width - MARGIN) / max(len(row), 1)
        _arrange(row, [MARGIN + room * (index + 0.5) for index in range(len(row))], width)
    for sweep in range(_SETTLE):
        for row in rows if sweep % 2 == 0 else list(reversed(rows)):
            wanted = []
            for node in row:
                linked = [*node.up, *node.down]
                wanted.append(sum(other.x for other in linked) / len(linked) if linked else node.x)
            _arrange(row, wanted, width)


def _arrange(row: Sequence[Node], wanted: Sequence[float], width: float) -> None:
    """Set each x as near to the wanted one as the distance to its neighbours allows (least squares,
    exactly).
    """
    offsets: list[float] = []
    for index, node in enumerate(row):
        before = (
            offsets[-1] + (row[index - 1].width + node.width) / 2 + GAP
            if index
            else MARGIN + node.width / 2 + GAP
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


def _place_rows(
    heights: Sequence[float], row_bands: Sequence[str]
) -> tuple[list[float], tuple[Band, ...], float]:
    """The top of each row, the bands around them, and the height of the drawing."""
    tops: list[float] = []
    bands: list[Band] = []
    y = 0.0
    for index, row_height in enumerate(heights):
        begins = index == 0 or row_bands[index - 1] != row_bands[index]
        if begins:
            y += _BAND_GAP if index else 0.0
            bands.append(Band(row_bands[index], y, 0.0))
            y += PADDING + 2
        else:
            y += _ROW_GAP
        tops.append(y)
        y += row_height
        if index == len(heights) - 1 or row_bands[index + 1] != row_bands[index]:
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
    chains: Sequence[Sequence[Node]],
    heights: Sequence[float],
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
            top, bottom = tops[node.row], tops[node.row] + heights[node.row]
            if node is first:
                points.append((starts[index], top if upward else bottom))
            elif node is last:
                points.append((ends[index], bottom + _HEAD if upward else top - _HEAD))
            else:
                points += (
                    [(node.x, bottom), (node.x, top)]
                    if upward
                    else [(node.x, top), (node.x, bottom)]
                )
        target = last.objective.id
        yield Arrow(
            first.objective.id, target, _curve(points), _head(points[-1], upward), reaches[target]
        )


def _ports(ends: Iterable[tuple[Node, Node, int]]) -> dict[int, float]:
    """Where each arrow meets its box: those on one side of a box stand side by side, in the order
    of where they go.
    """
    sides: dict[tuple[Node, bool], list[tuple[float, int]]] = {}
    for node, other, index in ends:
        sides.setdefault((node, other.row < node.row), []).append((other.x, index))
    places: dict[int, float] = {}
    for (node, _), found in sides.items():
        step = min(_PORT, (node.width - 4 * PADDING) / len(found))
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
