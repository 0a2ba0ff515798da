"""What pictures and documents say of themselves, as text: titles, comments, keywords.

What is written there in other ways (compressed, in another encoding) is not read.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

_XMP = re.compile(rb"<x:xmpmeta.*?</x:xmpmeta>", re.DOTALL)
_ABOUT_PDF = re.compile(
    rb"/(?:Title|Author|Subject|Keywords|Creator)\s*\(((?:\\.|[^\\)]){0,2000})\)"
)
_READABLE = re.compile(rb"[\x20-\x7e]{8,}")
_PNG, _JPEG, _GIF, _PDF = b"\x89PNG\r\n\x1a\n", b"\xff\xd8", b"GIF8", b"%PDF"
_MOST = 8 * 1024
"""So much of the notes of a camera is read; behind it stands a small picture."""


def read_metadata(content: bytes) -> Iterator[str]:
    """The texts that a file brings with it, of the kinds that are known."""
    found = list(_XMP.findall(content))
    if content.startswith(_PNG):
        found += _read_png(content)
    elif content.startswith(_JPEG):
        found += _read_jpeg(content)
    elif content.startswith(_GIF):
        found += re.findall(rb"\x21\xfe.(.*?)\x00", content, re.DOTALL)
    elif content.startswith(_PDF):
        found += _ABOUT_PDF.findall(content)
    for text in found:
        yield text.decode("utf-8", "replace").replace("\0", " ")


def _read_png(content: bytes) -> Iterator[bytes]:
    """Texts of a PNG, and what stands behind its end."""
    place = len(_PNG)
    while place + 12 <= len(content):
        length, kind = (
            int.from_bytes(content[place : place + 4], "big"),
            content[place + 4 : place + 8],
        )
        if not kind.isalpha():
            break
        if kind in (b"tEXt", b"iTXt", b"eXIf"):
            yield content[place + 8 : place + 8 + length]
        place += length + 12
    yield b" ".join(_READABLE.findall(content[place : place + _MOST]))


def _read_jpeg(content: bytes) -> Iterator[bytes]:
    """Comments of a JPEG, and the notes of a camera or program, up to the picture itself."""
    place = len(_JPEG)
    while place + 4 <= len(content) and content[place] == 0xFF and content[place + 1] != 0xDA:
        kind, length = content[place + 1], int.from_bytes(content[place + 2 : place + 4], "big")
        segment = content[place + 4 : place + 2 + length]
        if kind == 0xFE:
            yield segment
        elif kind in (0xE1, 0xED):
            yield b" ".join(_READABLE.findall(segment[:_MOST]))
        place += 2 + length
