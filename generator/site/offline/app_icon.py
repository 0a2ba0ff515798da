"""An icon of the theme drawn in two colours: as SVG, and as PNG for phones that take no other.

The theme's icons are paths alone, so a PNG needs no library: the outlines are cut into short lines,
each row of pixels sums up how much of it they cover, and that share is an index into the colours
between the two.
"""

from __future__ import annotations

import math
import re
import struct
import zlib
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import accumulate, pairwise

SHARE = 0.56
"""How much of its square an icon takes: a phone may cut the rest away in any shape it likes."""
_TOKEN = re.compile(r"([a-zA-Z])|([+-]?(?:\d+\.?\d*|\.\d+)(?:[eE][+-]?\d+)?)")
_ARC_FLAG = re.compile(r"\s*,?\s*([01])")
_BOX = re.compile(r'viewBox="([^"]*)"')
_PATH = re.compile(r'<path[^>]*?\sd="([^"]*)"')
_PIECES = 12
"""Lines that stand in for a curve, or for a quarter of a circle: at 512 pixels nobody sees a corner."""
_COUNTS = {"m": 2, "l": 2, "h": 1, "v": 1, "c": 6, "s": 4, "q": 4, "t": 2, "a": 7, "z": 0}

Point = complex
"""A place: across and down."""


@dataclass(frozen=True)
class Icon:
    """Paths in a box: its left, top, width and height."""

    paths: tuple[str, ...]
    box: tuple[float, float, float, float]

    @classmethod
    def of(cls, svg: str) -> Icon:
        """The icon that an SVG of the theme holds."""
        box = _BOX.search(svg)
        left, top, wide, high = (float(one) for one in box[1].split()) if box else (0, 0, 24, 24)
        return cls(tuple(_PATH.findall(svg)), (left, top, wide, high))

    def as_svg(self, ground: str, ink: str) -> str:
        """The icon on a square. Colours are written as `#rrggbb`."""
        box = " ".join(f"{one:g}" for one in self.box)
        paths = "".join(f'<path d="{path}"/>' for path in self.paths)
        edge, size = 50 * (1 - SHARE), 100 * SHARE
        return (
            '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 100 100" width="512" height="512">'
            f'<rect width="100" height="100" fill="{ground}"/>'
            f'<svg x="{edge:g}" y="{edge:g}" width="{size:g}" height="{size:g}" viewBox="{box}" fill="{ink}">'
            f"{paths}</svg></svg>\n"
        )

    def as_png(self, pixels: int, ground: str, ink: str) -> bytes:
        """The same with so many pixels a side."""
        left, top, wide, high = self.box
        scale = pixels * SHARE / max(wide, high)
        middle = Point(left + wide / 2, top + high / 2)
        outlines = [
            [(point - middle) * scale + Point(pixels, pixels) / 2 for point in outline]
            for path in self.paths
            for outline in list_outlines(path)
        ]
        return _write_png(pixels, _cover(pixels, outlines), ground, ink)


def list_outlines(path: str) -> Iterator[list[Point]]:
    """The closed outlines of a path, as points between which lines run."""
    outline: list[Point] = []
    here, handle = Point(), Point()
    for command, values in _read(path):
        kind, start = command.lower(), here
        base = Point() if command.isupper() else here
        points = [
            base + Point(across, down)
            for across, down in zip(values[::2], values[1::2], strict=False)
        ]
        if kind == "m":
            yield outline
            outline = [points[0]]
            here = points[0]
        elif kind == "z":
            here = outline[0] if outline else here
        elif kind == "h":
            here = Point(base.real + values[0], here.imag)
            outline.append(here)
        elif kind == "v":
            here = Point(here.real, base.imag + values[0])
            outline.append(here)
        elif kind == "a":
            here = base + Point(values[5], values[6])
            outline += _round(start, here, values)
        elif kind == "l":
            here = points[0]
            outline.append(here)
        else:
            if kind in "st":  # the handle of the curve before, mirrored
                points.insert(0, 2 * here - handle)
            here = points[-1]
            outline += _bend([start, *points])
        handle = points[-2] if kind in "csqt" else here
    yield outline


def _read(path: str) -> Iterator[tuple[str, list[float]]]:
    """Each command with its numbers; a command that is left out is the one before."""
    at, command = 0, ""
    values: list[float] = []
    while at < len(path):
        is_flag = command in "aA" and len(values) in (3, 4) and command
        found = (_ARC_FLAG.match if is_flag else _TOKEN.search)(path, at)
        if found is None:
            break
        at = found.end()
        if not is_flag and found[1]:
            command = found[1]
        else:
            values.append(float(found[1] or found[2]))
        if command and len(values) == _COUNTS[command.lower()]:
            yield command, values
            values = []
            command = {"m": "l", "M": "L"}.get(command, command)


def _bend(handles: Sequence[Point]) -> Iterator[Point]:
    """Points of a curve of Bézier with these handles."""
    order = len(handles) - 1
    for step in range(1, _PIECES + 1):
        along = step / _PIECES
        yield sum(
            (
                math.comb(order, at) * (1 - along) ** (order - at) * along**at * handle
                for at, handle in enumerate(handles)
            ),
            Point(),
        )


def _round(start: Point, end: Point, values: Sequence[float]) -> Iterator[Point]:
    """Points of an arc, as the specification of SVG finds its middle (implementation notes, B.2.4)."""
    across, down, turned, is_large, is_clockwise = values[:5]
    if not across or not down or start == end:
        yield end
        return
    turn = complex(math.cos(math.radians(turned)), math.sin(math.radians(turned)))

    def flatten(point: Point) -> Point:
        point /= turn
        return Point(point.real / abs(across), point.imag / abs(down))

    first, last = flatten(start), flatten(end)
    half = (last - first) / 2
    aside = math.sqrt(max(0.0, 1 - abs(half) ** 2)) * (1 if is_large != is_clockwise else -1)
    middle = (first + last) / 2 + half / abs(half) * 1j * aside
    begin, stop = first - middle, last - middle
    swept = math.remainder(
        math.atan2(stop.imag, stop.real) - math.atan2(begin.imag, begin.real), math.tau
    )
    if is_clockwise and swept < 0:
        swept += math.tau
    elif not is_clockwise and swept > 0:
        swept -= math.tau
    pieces = math.ceil(_PIECES * abs(swept) / (math.pi / 2))
    for step in range(1, pieces + 1):
        angle = swept * step / pieces
        point = middle + begin * complex(math.cos(angle), math.sin(angle))
        yield Point(point.real * abs(across), point.imag * abs(down)) * turn


def _cover(pixels: int, outlines: Sequence[Sequence[Point]]) -> Iterator[bytes]:
    """Of each row of pixels, how much is covered: 0 to 255. The area right of every line is summed;
    lines that run up take away what lines that run down add.
    """
    rows: dict[int, list[float]] = {}
    for outline in outlines:
        for start, end in pairwise([*outline, *outline[:1]]):
            _add_line(rows, pixels, start, end)
    for number in range(pixels):
        row = rows.get(number)
        if row is None:
            yield bytes(pixels)
            continue
        yield bytes(min(255, int(abs(share) * 255 + 0.5)) for share in accumulate(row[:pixels]))


def _add_line(rows: dict[int, list[float]], pixels: int, start: Point, end: Point) -> None:
    if start.imag == end.imag:
        return
    sign = 1.0
    if start.imag > end.imag:
        start, end, sign = end, start, -1.0
    slope = (end.real - start.real) / (end.imag - start.imag)
    for number in range(max(0, int(start.imag)), min(pixels, math.ceil(end.imag))):
        upper, lower = max(start.imag, number), min(end.imag, number + 1)
        left, right = sorted(
            min(max(start.real + slope * (down - start.imag), 0.0), float(pixels))
            for down in (upper, lower)
        )
        row = rows.setdefault(number, [0.0] * (pixels + 2))
        _add_piece(row, left, right, sign * (lower - upper))


def _add_piece(row: list[float], left: float, right: float, height: float) -> None:
    """A part of a line within one row, shared out among the pixels that it crosses."""
    width = right - left
    for column in range(int(left), int(right) + 1):
        here = (min(right, column + 1) - max(left, column)) / width if width else 1.0
        middle = (min(right, column + 1) + max(left, column)) / 2 - column
        row[column] += height * here * (1 - middle)
        row[column + 1] += height * here * middle


def _write_png(pixels: int, rows: Iterator[bytes], ground: str, ink: str) -> bytes:
    """A PNG of 256 colours, from the one of the ground to the one of the ink."""
    first, last = (bytes.fromhex(colour.removeprefix("#")) for colour in (ground, ink))
    colours = bytes(
        round(one + (other - one) * share / 255)
        for share in range(256)
        for one, other in zip(first, last, strict=True)
    )
    parts = (
        (b"IHDR", struct.pack(">IIBBBBB", pixels, pixels, 8, 3, 0, 0, 0)),
        (b"PLTE", colours),
        (b"IDAT", zlib.compress(b"".join(b"\0" + row for row in rows), 9)),
        (b"IEND", b""),
    )
    return b"\x89PNG\r\n\x1a\n" + b"".join(
        struct.pack(">I", len(data)) + name + data + struct.pack(">I", zlib.crc32(name + data))
        for name, data in parts
    )
