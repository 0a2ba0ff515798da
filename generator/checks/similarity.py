"""Texts that say nearly the same, found without comparing each with each.

Two texts that share most of their words share a rare one. So a text is compared only with those
before it that have one of its rarest words in common, and of these with a bounded number: the time
grows as the number of texts does.
"""

from __future__ import annotations

import math
import re
from collections import Counter, defaultdict, deque
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

_WORD = re.compile(r"[^\W_]+")
_SHARED = 0.5
"""Texts as similar as we look for have at least half of their words in common."""
_FEWEST_WORDS = 4
"""Shorter texts are alike by chance; they count only where they are the same."""
_MOST_COMPARED = 24
"""How many texts with the same rare word a text is compared with, the nearest before it first."""


@dataclass(frozen=True)
class _Claim:
    position: int
    words: tuple[str, ...]
    plain: str
    sorted: str
    figures: tuple[str, ...]


def find_twins(texts: Sequence[str], least: int) -> Iterator[tuple[int, int]]:
    """Pairs of positions of texts that say nearly the same (`least` out of 100), each text with its
    nearest twin before it.

    Texts with other figures say something else, however alike their words are.
    """
    claims = [_read_claim(position, text) for position, text in enumerate(texts)]
    frequency = Counter(word for claim in claims for word in set(claim.words))
    holders: defaultdict[str, deque[_Claim]] = defaultdict(lambda: deque(maxlen=_MOST_COMPARED))
    for claim in claims:
        rare_first = sorted(set(claim.words), key=lambda word: (frequency[word], word))
        telling = rare_first[: len(rare_first) - math.ceil(_SHARED * len(rare_first)) + 1]
        near = {other.position: other for word in telling for other in holders[word]}
        scored = [
            (score, -other.position)
            for other in near.values()
            if (score := _compare(claim, other, least)) >= least
        ]
        if scored:
            yield -max(scored)[1], claim.position
        for word in telling:
            holders[word].append(claim)


def _read_claim(position: int, text: str) -> _Claim:
    words = tuple(word.lower() for word in _WORD.findall(text))
    figures = tuple(sorted(word for word in words if word[0].isdigit()))
    return _Claim(position, words, " ".join(words), " ".join(sorted(words)), figures)


def _compare(one: _Claim, other: _Claim, least: int) -> float:
    """How alike two texts are, 0 to 100, in whatever order their words come; 0 where it is less
    than `least`.
    """
    if one.figures != other.figures or not one.words:
        return 0.0
    if one.plain == other.plain:
        return 100.0
    if min(len(one.words), len(other.words)) < _FEWEST_WORDS:
        return 0.0
    from rapidfuzz import fuzz  # few texts are so near to another that they are compared

    return fuzz.ratio(one.sorted, other.sorted, score_cutoff=least)
