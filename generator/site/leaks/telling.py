"""What tells readers outside of something that they do not get: names of hidden entries, and words
that stand in hidden texts and in no text that these readers get.

Words are compared as the finder folds them. A form of a word that readers get is not telling, and
nothing is that has no letter: figures and dates are worked out anew on every page.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Mapping, Set
from dataclasses import dataclass, field
from datetime import date
from functools import cached_property
from typing import Any

from generator.loading.guides import HandWritten, resolve_links
from generator.loading.locator import Locator, Spot
from generator.model.builder import list_values
from generator.model.edition import Edition
from generator.model.entry import Key
from generator.model.hidden_names import HiddenNames, list_hidden_names
from generator.model.strategy import Strategy
from generator.pages.finder.tokenizer import Terms, fold
from generator.problems.problem import Place
from generator.schema.vocabulary import Field, Vocabulary, standard_vocabulary

_WORD = re.compile(r"[^\W_]{3,}")
_ANY_WORD = re.compile(r"[^\W_]+")
_LETTERS = re.compile(r"[^\W\d_]")
_LEAST_MIXED = 5
"""Shorter words of letters and figures (`a4`, `h1`) are marks of all kinds."""
_BEGINNING = 3
"""So many letters have the forms of a word in common."""


_NO_TEXT = (int, float, bool, date)


@dataclass(frozen=True)
class Earlier:
    """A released version: all of it, and what the same readers may know of it (None: nothing)."""

    whole: Strategy
    shown: Strategy | None


@dataclass(frozen=True)
class Telling:
    """What an edition for readers outside must not hold; worked out only when a site is searched.

    `whole` is the strategy that the edition is of, `pages` are all hand-written ones, `earlier`
    gives the versions that its pages tell of.
    """

    whole: Strategy
    edition: Edition
    vocabulary: Vocabulary
    locator: Locator = field(repr=False)
    pages: tuple[HandWritten, ...]
    earlier: Callable[[], Iterable[Earlier]] = tuple

    @cached_property
    def names(self) -> HiddenNames:
        """Names of what is hidden."""
        shown = {page.path for page in self.pages if self.edition.may_read(page.audience)}
        kept_back = [page.path for page in self.pages if page.path not in shown]
        return list_hidden_names(self.whole, self.edition, self.edition.hidden, kept_back, shown)

    def find_words(self, settings: str) -> Words:
        """The words. `settings` is what the maintainer wrote for every reader: mkdocs.yml."""
        shown = {settings, *self._list_labels(hidden=False)}
        hidden = {*_list_strings(self.whole.header), *self._list_labels(hidden=True)}
        shown.update(_list_strings(self.edition.strategy))
        for entry in self.whole:
            if self.edition.strategy.find(entry.key) is not entry:  # else all of it is shown
                hidden.update(_list_strings(entry))
        for page in self.pages:
            if self.edition.may_read(page.audience):
                shown |= {page.path, resolve_links(page.text, page.path, self.edition)}
            hidden |= {page.path, page.text}
        for version in self.earlier():
            hidden.update(_list_strings(version.whole))
            shown.update(_list_strings(version.shown))
        terms = Terms(self.edition.strategy.header.language, ())
        return Words(shown, split_all(shown), split_all(hidden - shown), terms)

    def _list_labels(self, *, hidden: bool) -> Iterator[str]:
        """What a company calls fields of its own: part of what a reader gets, or not."""
        standard = standard_vocabulary()
        for name, kind in self.vocabulary.kinds.items():
            known = standard.kinds[name].fields if name in standard.kinds else {}
            for one in kind.fields.values():
                if one.name not in known or one.name == "custom":
                    yield from self._list_titles(one, hidden=hidden, within=False)

    def _list_titles(self, one: Field, *, hidden: bool, within: bool) -> Iterator[str]:
        circles, reader = self.edition.circles, self.edition.audience
        within = within or not circles.may_read_field(one.audience or "public", reader)
        if within == hidden:
            yield from (one.title, *one.labels, *one.labels.values())
        for inner in (*one.fields.values(), *([one.item] if one.item else ())):
            yield from self._list_titles(inner, hidden=hidden, within=within)

    def find_place(self, word: str) -> Place:
        """Where a telling word is written; a place without a file where that is in no version of
        now.
        """
        shown = {*_list_strings(self.edition.strategy)}
        for entry in (None, *self.whole):
            for name, value in list_values(entry or self.whole.header):
                for text in _list_strings(value):
                    if text not in shown and word in split_words(text):
                        return self.locator.place(Spot(entry.key if entry else None, (name,)))
        for page in self.pages:
            for number, line in enumerate(page.text.split("\n"), 1):
                if word in split_words(line):
                    return Place(page.file, number, 1, number, 1)
        return Place("")

    def find_entry(self, key: Key) -> Place:
        """Where an entry is written."""
        return self.locator.place(Spot(key)) if self.whole.find(key) else Place("")


@dataclass(frozen=True)
class Words:
    """The words of what readers get (`shown`, from the texts `said`) and of what they do not."""

    said: Set[str] = field(repr=False)
    shown: Set[str] = field(repr=False)
    hidden: Set[str] = field(repr=False)
    terms: Terms

    @cached_property
    def phrases(self) -> str:
        """What readers get as words with spaces between."""
        return _join(self.said)

    @cached_property
    def suspicious(self) -> Set[str]:
        """Words of hidden texts alone, some of them forms of words that readers get."""
        return self.hidden - self.shown

    @cached_property
    def _by_beginning(self) -> Mapping[str, Set[str]]:
        found: dict[str, set[str]] = {}
        for word in self.shown:
            found.setdefault(word[:_BEGINNING], set()).add(word)
        return found

    def is_telling(self, word: str) -> bool:
        """Whether a suspicious word is no form of one that readers get."""
        stem = self.terms.stem(word)
        near = self._by_beginning.get(word[:_BEGINNING], set())
        return all(self.terms.stem(one) not in (stem, word) and one != stem for one in near)

    def is_said(self, name: str) -> bool:
        """Whether the words of an id stand beside each other in what readers get."""
        return f" {' '.join(name.lower().split('-'))} " in self.phrases


def split_words(text: str) -> set[str]:
    """The words of a text that can tell something, folded."""
    return {
        word
        for word in set(_WORD.findall(fold(text.lower())))
        if word.isalpha() or (len(word) >= _LEAST_MIXED and _LETTERS.search(word))
    }


def split_all(texts: Iterable[str]) -> set[str]:
    """The words of many texts."""
    return split_words("\n".join(texts))


def _join(texts: Iterable[str]) -> str:
    return f" {' '.join(_ANY_WORD.findall(fold(' '.join(texts))))} "


def _list_strings(value: Any) -> Iterator[str]:
    """Every text in a value of the model, whatever it is made of."""
    left = [value]
    while left:
        one = left.pop()
        kind = type(one)
        if kind is str:
            yield one
        elif kind is Strategy:
            left += [one.header, *one]
        elif isinstance(one, tuple | list):
            left += one
        elif one is not None and kind not in _NO_TEXT:
            left += [inner for _, inner in list_values(one)]
