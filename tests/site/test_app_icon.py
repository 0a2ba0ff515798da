"""The icon of the playbook as PNG: what is inside its outlines has one colour, the rest the other."""

from __future__ import annotations

import math
import struct
import zlib

import pytest

from generator.site.offline.app_icon import SHARE, Icon

PIXELS = 96
SIDE = PIXELS * SHARE


def draw(path: str, box: str = "0 0 24 24") -> list[bytes]:
    """How much of each pixel is covered, row by row."""
    png = Icon.of(f'<svg viewBox="{box}"><path d="{path}"/></svg>').as_png(
        PIXELS, "#000000", "#ffffff"
    )
    at, parts = 8, {}
    while at < len(png):
        [size] = struct.unpack(">I", png[at : at + 4])
        parts[png[at + 4 : at + 8]] = data = png[at + 8 : at + 8 + size]
        assert png[at + 8 + size : at + 12 + size] == struct.pack(
            ">I", zlib.crc32(png[at + 4 : at + 8] + data)
        )
        at += size + 12
    assert struct.unpack(">II", parts[b"IHDR"][:8]) == (PIXELS, PIXELS)
    assert parts[b"PLTE"] == bytes(one for share in range(256) for one in (share,) * 3)
    rows = zlib.decompress(parts[b"IDAT"])
    width = PIXELS + 1
    return [rows[at + 1 : at + width] for at in range(0, len(rows), width)]


def area(path: str, box: str = "0 0 24 24") -> float:
    """The share of the icon's square that is covered."""
    return sum(map(sum, draw(path, box))) / 255 / SIDE**2


CIRCLE = math.pi / 4


@pytest.mark.parametrize(
    ("path", "share"),
    [
        ("M0 0h24v24H0z", 1),
        ("M0 0H24V24H0Z", 1),
        ("m0 0 24 0 0 24-24 0z", 1),
        ("M0,0L24,0L24,24z", 1 / 2),
        ("M0 12a12 12 0 0 1 24 0 12 12 0 0 1-24 0z", CIRCLE),
        ("M0 12a12 12 0 0124 0 12 12 0 01-24 0z", CIRCLE),
        ("M24 12A12 12 0 1 1 12 0v12z", CIRCLE * 3 / 4),
        ("M0 12c0-6.63 5.37-12 12-12s12 5.37 12 12-5.37 12-12 12S0 18.63 0 12z", CIRCLE),
        ("M0 24q12-48 24 0z", 2 / 3),
        ("M0 12q6-12 12 0t12 0z", 1 / 6),
        ("M0 0h24v24H0zM6 6v12h12V6z", 3 / 4),
        ("M0 0h12v12H0zm12 12h12v12H12z", 1 / 2),
        ("M-9 0h42v24H-9z", 42 / 24),
        ("", 0),
    ],
)
def test_what_is_inside_is_covered(path: str, share: float) -> None:
    assert area(path) == pytest.approx(share, abs=0.006)


def test_an_icon_of_any_box_stands_in_the_middle() -> None:
    assert area("M64 64h512v384H64z", "64 64 512 384") == pytest.approx(3 / 4, abs=0.006)
    rows = draw("M64 64h512v384H64z", "64 64 512 384")
    covered = [number for number, row in enumerate(rows) if any(row)]
    assert abs(covered[0] + covered[-1] - PIXELS + 1) <= 1
    assert not any(rows[covered[0]][: int(PIXELS * (1 - SHARE) / 2)])


def test_an_arc_bulges_to_the_side_that_is_said() -> None:
    rows = draw("M0 12A12 12 0 0 1 24 12z")
    assert any(rows[PIXELS // 2 - 20])
    assert not any(rows[PIXELS // 2 + 2])
    rows = draw("M0 12A12 12 0 0 0 24 12z")
    assert not any(rows[PIXELS // 2 - 2])
    assert any(rows[PIXELS // 2 + 20])
