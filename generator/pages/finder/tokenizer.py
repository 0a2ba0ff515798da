"""Words as the finder knows them: `finder-terms.js` in the browser does the same, so what is
counted here is found there.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Iterable, Mapping
from functools import cache

_LETTERS = {"ß": "ss", "ø": "o", "æ": "ae", "œ": "oe", "ł": "l", "đ": "d"}
_BEYOND = re.compile(r"[^\x00-\x7f]")
_APOSTROPHE = re.compile(r"['’ʼ]s?\b", re.ASCII)
_WORD = re.compile(r"[^\W_]+")


def split(text: str) -> list[str]:
    """The words of a text in order, without capitals, accents and apostrophes."""
    folded = text.lower()
    if not folded.isascii():
        folded = _BEYOND.sub(_simplify, unicodedata.normalize("NFKD", folded))
    return _WORD.findall(_APOSTROPHE.sub("", folded))


def _simplify(letter: re.Match[str]) -> str:
    """A letter beyond ASCII as it is looked for; nothing for an accent."""
    found = letter[0]
    return "" if unicodedata.category(found).startswith("M") else _LETTERS.get(found, found)


def _stem_english(word: str) -> str:
    stem = word
    if len(stem) > 4 and stem.endswith("ies"):
        stem = f"{stem[:-3]}y"
    elif len(stem) > 3 and stem.endswith("s") and stem[-2] not in "suix":
        stem = stem[:-1]
    for ending in ("ing", "est", "ed", "er", "ly"):
        if len(stem) - len(ending) >= 4 and stem.endswith(ending):
            stem = stem.removesuffix(ending)
            break
    if len(stem) > 4 and stem[-1] == stem[-2] and stem[-1] in "bdgklmnprt":
        stem = stem[:-1]
    return stem.rstrip("e") if len(stem) > 4 else stem


_STEMMERS: Mapping[str, Callable[[str], str]] = {"en": _stem_english}
"""Endings that change a word but not what it is about; other languages keep their words whole."""


class Terms:
    """The words of one language (`en`, `de`, `pt-BR`), brought to their stems, without those that
    tell nothing.
    """

    def __init__(self, language: str, stop_words: Iterable[str]) -> None:
        stem = _STEMMERS.get(language.partition("-")[0])
        self.stem: Callable[[str], str] = cache(stem) if stem else str
        self._stop_words = {word for text in stop_words for word in split(text)}

    def key_of(self, text: str) -> str:
        """What two texts have in common that are the same name."""
        words = split(text)
        telling = [word for word in words if word not in self._stop_words]
        return " ".join(map(self.stem, telling or words))
