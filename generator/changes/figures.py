"""The figures in texts of two versions: which are the same one written in another way, and which
text is the other one in another language.
"""

from __future__ import annotations

import re

_FIGURE = re.compile(r"\d+(?:[.,:'’]\d+|[\u00a0\u202f ]\d{3}(?!\d))*")
_GROUPED = re.compile(r"[1-9]\d{0,2}(?:[.,'’\u00a0\u202f ]\d{3})+")
_DECIMAL = re.compile(r"(?P<whole>\d[\d.,'’\u00a0\u202f ]*?)[.,](?P<part>\d{1,2}|\d{4,})")
_MARKS = re.compile(r"[.,'’\u00a0\u202f ]")
_SMALL = re.compile(r"\b[^\W\d_A-Z]{2,}\b")
_FEWEST = 6
"""A text of fewer small words is too short to tell its language."""
_SHARED = 0.125
"""Two languages may have this share of small words in common (`in`)."""
_MISREAD = (100.0, 1000.0)
"""What a mark of thousands read as a decimal mark, or one that was forgotten, changes a figure by."""


def list_figures(text: str) -> list[str]:
    """The figures in a text, sorted, each in one spelling: `418,900`, `418.900` and `418 900` are
    `418900`; `8,5` and `8.50` are `8.5`; `12:30` stays.
    """
    return sorted(_spell(found[0]) for found in _FIGURE.finditer(text))


def is_translated(old: str, new: str) -> bool:
    """Whether a text is the other one in another language: they share hardly a small word, as two
    texts of one language always do, and are about equally long.
    """
    mine, yours = (set(_SMALL.findall(text)) for text in (old, new))
    if min(len(mine), len(yours)) < _FEWEST:
        return _scripts(old) != _scripts(new) and min(len(old), len(new)) >= _FEWEST
    alike = max(len(old), len(new)) <= 2 * min(len(old), len(new))
    return alike and len(mine & yours) <= _SHARED * min(len(mine), len(yours))


def factor_between(old: float, new: float) -> int:
    """The factor near a hundred or a thousand between two figures, as a slip with a mark of
    thousands makes it; 0 where there is none. Negative: `new` is smaller.
    """
    if not old or not new or (old < 0) != (new < 0):
        return 0
    ratio = new / old
    for factor in _MISREAD:
        for found, sign in ((ratio, 1), (1 / ratio, -1)):
            if 0.9 * factor <= found <= 1.1 * factor:
                return sign * int(factor)
    return 0


def is_misread(old: object, new: object) -> bool:
    """Whether both are figures that differ as such a slip makes it."""
    numbers = (int, float)
    return isinstance(old, numbers) and isinstance(new, numbers) and bool(factor_between(old, new))


def _spell(figure: str) -> str:
    if _GROUPED.fullmatch(figure):
        return _MARKS.sub("", figure)
    if found := _DECIMAL.fullmatch(figure):
        whole = found["whole"]
        if whole.isdigit() or _GROUPED.fullmatch(whole):
            part = found["part"].rstrip("0")
            return _MARKS.sub("", whole) + (f".{part}" if part else "")
    return figure


def _scripts(text: str) -> bool:
    """Whether a text is written in letters that have no capitals: Japanese, Thai, Arabic."""
    letters = [sign for sign in text if sign.isalpha()]
    return sum(sign.lower() == sign.upper() for sign in letters) * 2 > len(letters)
