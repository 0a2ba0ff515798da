"""How much room words take in a drawing, where no browser is there to ask."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterator

FONT_SIZE, LINE_HEIGHT, MAX_LINES = 13.0, 17.0, 6


def text_width(text: str) -> float:
    """How wide a line is at most, in the sans-serif faces that browsers have: rather too much than
    too little.
    """
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


def wrap(text: str, room: float) -> list[str]:
    """The text in lines that fit into the room; a text of too many lines ends in an ellipsis."""
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
