"""Texts as a reader takes them in: without markup, in sentences and words, and how hard they are to
read.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

_LINK = re.compile(r"!?\[([^\]\[]*)\]\([^)\s\[]*\)")
_LINE_MARKS = re.compile(r"^[^\S\n]*(?:[-+>#]+|\d+[.)])\s+", re.MULTILINE)
_MARKS = re.compile(r"[*_`~]+")
_ABBREVIATIONS = r"e\.g|i\.e|etc|vs|no|nr|approx|ca|resp|incl|excl|dr|mr|mrs|ms|st|z\.\s?b|u\.\s?a|d\.\s?h|inc|ltd|co|fig|min|max"
_END = re.compile(
    r"(?<!\b\w)(?<!\d)[.!?…]+[\"”’')\]]*(?=\s+[\"“„'(\[]?[^\W\d_a-zäöü]|\s*$)|(?<=\d)[.!?](?=\s+[A-ZÄÖÜ]|\s*$)"
)
_ABBREVIATED = re.compile(rf"\b(?:{_ABBREVIATIONS})\.$", re.IGNORECASE)
_WORD = re.compile(r"[^\W_]+(?:['’.,-][^\W_]+)*", re.UNICODE)
_MARGIN = 10
_KNOWN = ("en", "de", "nl")


def strip_markup(text: str) -> str:
    """The words of a prose text: links become their words, marks go."""
    if "](" in text:
        text = _LINK.sub(r"\1", text)
    return _MARKS.sub("", _LINE_MARKS.sub("", text))


def list_words(text: str) -> list[str]:
    """The words a reader reads; figures count."""
    return _WORD.findall(strip_markup(text))


def count_words(text: str) -> int:
    """How many words a reader reads."""
    return len(list_words(text))


def split_sentences(text: str) -> list[str]:
    """The sentences of a text, and the items of lists in it. `e.g.` and `4.5` end none."""
    found: list[str] = []
    for line in re.split(r"\n\s*\n|\n\s*(?=[-*+>] |\d+[.)] |\|)", text):
        found += filter(None, (" ".join(part.split()) for part in _cut(strip_markup(line))))
    return found


def _cut(line: str) -> Iterator[str]:
    start = 0
    for match in _END.finditer(line):
        if not _ABBREVIATED.search(line[start : match.end()]):
            yield line[start : match.end()]
            start = match.end()
    yield line[start:]


def may_be_hard(text: str, words: Sequence[str], limit: float) -> bool:
    """Whether a text of these words may be harder than `limit`, by a rough count. Most texts are not,
    and a full measure takes fifty times as long.
    """
    ends = len(re.findall(r"[.!?:;]\s|\n", text.strip())) + 1
    long = sum(len(word) > 6 for word in words)
    return (bool(words) and len(words) / ends + 100 * long / len(words) > limit - _MARGIN) or len(
        words
    ) / ends > limit / 2


def measure_difficulty(text: str, language: str) -> float:
    """How hard a text is to read, by LIX: words in a sentence, and how many of a hundred words have
    more than six letters.

    Below 40 is easy, above 60 very hard (C. H. Björnsson, Läsbarhet, 1968). LIX counts letters and
    not syllables, so it holds in every language that puts spaces between its words.
    """
    import readability  # few texts are so long that they need it

    sentences = [" ".join(_WORD.findall(sentence)) + " ." for sentence in split_sentences(text)]
    code = language.partition("-")[0]
    measures = readability.getmeasures("\n".join(sentences), lang=code if code in _KNOWN else "en")
    return float(measures["readability grades"]["LIX"])
