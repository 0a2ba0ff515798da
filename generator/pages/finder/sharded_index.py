"""The finder's index of a large playbook, in parts: a reader's browser fetches only those that a
query needs.

All terms stand in one file, in order. What is known of each stands in parts of even size, cut along
that order; so do the names of records, since what is called just as was typed must stand first; the
records themselves in parts of a few each. So what one query fetches does not grow with the
playbook; the file of terms does, much slower than the playbook itself. `finder-parts.js` reads all
this. A term's weight in a record is what `finder-whole.js` gives it where the index is sent whole:
BM25+ without the rarity of the term, after Robertson and Zaragoza (2009) and Lv and Zhai (2011), a
sum over the fields; how rare the term is follows from the number of its records.
"""

from __future__ import annotations

import heapq
from array import array
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import partial
from operator import sub
from typing import Any, NamedTuple

from generator.pages.finder.tokenizer import Terms

RECORDS = 16
"""Records in a part: an answer shows some dozens, which may stand in as many parts."""
_MOST_POSTINGS = 2000
"""Records that are known to have one term: a commoner term keeps those in which it weighs most."""
_PART_LENGTH = 4_000
"""After how many numbers a part of the terms ends; a reader fetches some 16 KB for it."""
_MOST_NAMES = 12
"""Other names of a thing that are looked for beside the one that was typed."""
_MOST_KEYS = 100
"""Names that begin with the same word and have others: more of them are no help."""
_PART_OF_NAMES = 500
"""Names in a part; a reader fetches some 20 KB for it."""
_PART_OF_INITIALS = 100
"""Abbreviations in a part; a reader fetches some 10 KB for it."""
_MOST_CALLED = 30
"""Records of the same name: more of them cannot all stand first."""
_COUNT_BITS, _MOST_COUNTED = 4, 15
"""How often a word stands in a text is counted up to here; it hardly weighs more then."""
_TENTHS = 10
"""Weights are sent as whole numbers: only how they compare counts."""


class Scales(NamedTuple):
    """How much a field counts, by name, and how BM25+ weighs: `k`, `b` and `d`."""

    fields: Mapping[str, float]
    bm25: Mapping[str, float]


class _Column:
    """One field of all records: which of them have a term in it, and how often."""

    def __init__(
        self, texts: Iterable[str], terms: Terms, scale: float, bm25: Mapping[str, float]
    ) -> None:
        self.found: dict[str, array[int]] = defaultdict(partial(array, "I"))
        lengths = array("I")
        last, counts = "", Counter[str]()
        for number, text in enumerate(texts):
            if text != last:  # the kind is the same for many in turn
                last, counts = text, Counter(map(terms.stem, terms.split(text)))
            lengths.append(len(counts))
            here = number << _COUNT_BITS
            for term, count in counts.items():
                self.found[term].append(here + (count if count < _MOST_COUNTED else _MOST_COUNTED))
        self._scale, self._k, self._d, b = scale, bm25["k"], bm25["d"], bm25["b"]
        mean = sum(lengths) / max(1, len(lengths)) or 1
        self._norms = array("d", (self._k * (1 - b + b * length / mean) for length in lengths))
        self._once = array("d", (self._weigh_in(number, 1) for number in range(len(lengths))))

    def _weigh_in(self, number: int, count: int) -> float:
        return self._scale * (self._d + count * (self._k + 1) / (count + self._norms[number]))

    def add(self, term: str, weights: dict[int, float]) -> None:
        """Add to the weight of each record what a term weighs here; nearly always it stands in a
        text once.
        """
        found = self.found.get(term)
        if found is None:
            return
        once = self._once
        for one in found:
            number, count = one >> _COUNT_BITS, one & _MOST_COUNTED
            weight = once[number] if count == 1 else self._weigh_in(number, count)
            weights[number] = weights[number] + weight if number in weights else weight


def write_words(
    records: Sequence[Mapping[str, str]],
    scales: Scales,
    names: Iterable[Sequence[str]],
    terms: Terms,
) -> Iterator[tuple[str, Any]]:
    """The files of the terms, as name and content. `records` are texts by field, `names` what one
    thing is called.
    """
    columns = [
        _Column((record[name] for record in records), terms, scale, scales.bm25)
        for name, scale in scales.fields.items()
    ]
    order = sorted({term for column in columns for term in column.found}, key=_as_in_a_browser)
    keys = _gather_names(names, terms)
    starts: list[int] = []
    part: list[Sequence[int]] = []
    own: dict[str, Any] = {}
    length = 0
    for place, term in enumerate(order):
        if not part:
            starts.append(place)
        part.append(_weigh(term, columns))
        if term in keys:
            own[term] = keys[term]
        length += len(part[-1])
        if length > _PART_LENGTH or place == len(order) - 1:
            yield f"words-{len(starts) - 1}", {"postings": part, "names": own}
            part, own, length = [], {}, 0
    yield "terms", {"terms": " ".join(order), "starts": starts}


def write_names(called: Iterable[Sequence[str]], terms: Terms) -> Iterator[tuple[str, Any]]:
    """The files of the names, as name and content: which records are called just so. `called` are
    the names of each record.
    """
    found: dict[str, list[int]] = {}
    for number, names in enumerate(called):
        for key in sorted({terms.key_of(name) for name in names}):
            found.setdefault(key, []).append(number)
    order = sorted(found, key=_as_in_a_browser)
    starts = range(0, len(order), _PART_OF_NAMES)
    for number, start in enumerate(starts):
        part = order[start : start + _PART_OF_NAMES]
        yield f"names-{number}", {key: found[key][:_MOST_CALLED] for key in part}
    yield "names", {"starts": [order[start] for start in starts]}


def write_initials(long: Mapping[str, Any]) -> Iterator[tuple[str, Any]]:
    """The files of the initials, as name and content: what each may mean."""
    order = sorted(long, key=_as_in_a_browser)
    starts = range(0, len(order), _PART_OF_INITIALS)
    for number, start in enumerate(starts):
        part = order[start : start + _PART_OF_INITIALS]
        yield f"initials-{number}", {initials: long[initials] for initials in part}
    yield "initials", {"starts": [order[start] for start in starts]}


def write_records(records: Sequence[Any]) -> Iterator[tuple[str, Any]]:
    """The files of the records, as name and content."""
    for start in range(0, len(records), RECORDS):
        yield f"records-{start // RECORDS}", records[start : start + RECORDS]


def _as_in_a_browser(term: str) -> bytes:
    """JavaScript compares texts by the units of UTF-16."""
    return term.encode("utf-16-be")


def _weigh(term: str, columns: Sequence[_Column]) -> Sequence[int]:
    """How many records have a term, then those in which it weighs most: by how much its number is
    higher, and its weight.
    """
    weights: dict[int, float] = {}
    for column in columns:
        column.add(term, weights)
    kept: Iterable[int] = weights
    if len(weights) > _MOST_POSTINGS:
        kept = heapq.nsmallest(
            _MOST_POSTINGS, weights, key=lambda number: (-weights[number], number)
        )
    order = sorted(kept)
    packed = [0] * (2 * len(order) + 1)
    packed[0] = len(weights)
    packed[1::2] = map(sub, order, [0, *order])
    packed[2::2] = [round(_TENTHS * weights[number]) for number in order]
    return packed


def _gather_names(
    names: Iterable[Sequence[str]], terms: Terms
) -> dict[str, list[tuple[str, list[str]]]]:
    """By its first term, each name of a thing that has others, with these."""
    others: dict[str, dict[str, None]] = {}
    for called in names:
        keys = [terms.key_of(name) for name in called]
        for key in keys:
            known = others.setdefault(key, {})
            for other in keys:
                if other != key and len(known) < _MOST_NAMES:
                    known[other] = None
    found: dict[str, list[tuple[str, list[str]]]] = {}
    for key, known in others.items():
        if known:
            found.setdefault(key.partition(" ")[0], []).append((key, list(known)))
    return {term: same[:_MOST_KEYS] for term, same in found.items()}
