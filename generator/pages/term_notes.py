"""Terms of the glossary, explained where they stand: at its first place in the texts of a page, a
term opens what it means. The browser needs no script for that.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from markupsafe import Markup, escape

from generator.model.kinds import Term
from generator.model.strategy import Strategy

_TAG = re.compile(r"(<[^>]*>)")
_WORD = re.compile(r"\w+")
_CLOSED = frozenset({"a", "button", "code", "pre", "h1", "h2", "h3", "h4", "h5", "h6", "summary"})
"""Elements in which nothing is explained: what stands in them is a link, a name or a sample."""
_SHORT = 7
"""An abbreviation has at most so many letters, two of them capitals or digits: SAT, HaaS, P2H."""


@dataclass(frozen=True)
class _Name:
    """A name of a term as it stands in HTML, and whether its letters must be just so."""

    text: str
    is_exact: bool
    term: Term

    def stands_at(self, html: str, place: int) -> bool:
        end = place + len(self.text)
        found = html[place:end]
        if found != self.text and (self.is_exact or found.casefold() != self.text.casefold()):
            return False
        return not html[end : end + 1].isalnum()


TermNames = Mapping[str, tuple[_Name, ...]]
"""The names of terms by their first word, the longest first."""


def list_term_names(strategy: Strategy) -> TermNames:
    """The names that are explained: what terms are called, and their abbreviations. Other words for
    a term are often everyday words, and mean something else as often.
    """
    found: dict[str, list[_Name]] = {}
    for term in [one for one in strategy.of("glossary") if isinstance(one, Term)]:
        for written in (term.term, *term.also):
            text, is_short = str(escape(written)), _is_abbreviation(written)
            first = _WORD.match(text)
            if first and (is_short or written == term.term):
                found.setdefault(first[0].casefold(), []).append(_Name(text, is_short, term))
    return {
        first: tuple(sorted(names, key=lambda one: -len(one.text)))
        for first, names in found.items()
    }


def _is_abbreviation(name: str) -> bool:
    return len(name) <= _SHORT and sum(sign.isupper() or sign.isdigit() for sign in name) >= 2


class TermNotes:
    """The terms of one page: `explained` are those that have been, by their ids."""

    def __init__(self, names: TermNames) -> None:
        self._names = names
        self.explained: dict[str, Term] = {}

    def explain(self, html: Markup) -> Markup:
        """Safe HTML with the terms in it that were not explained before on this page."""
        if not self._names:
            return html
        closed: list[str] = []
        parts = []
        for part in _TAG.split(html):
            if part.startswith("<"):
                _follow(part, closed)
                parts.append(part)
            else:
                parts.append(part if closed else self._explain_text(part))
        return Markup("".join(parts))  # noqa: S704  # safe HTML, and buttons made below

    def _explain_text(self, text: str) -> str:
        if not text or text.isspace():  # what stands between two tags
            return text
        begun = self._names.keys() & _WORD.findall(text.casefold())
        if all(one.term.id in self.explained for first in begun for one in self._names[first]):
            return text  # as most texts: nothing in it may be a term that was not explained before
        return "".join(self._mark_terms(text))

    def _mark_terms(self, text: str) -> Iterator[str]:
        done = 0
        for word in _WORD.finditer(text):
            names = self._names.get(word[0].casefold()) if word.start() >= done else None
            for name in names or ():
                if name.term.id in self.explained or not name.stands_at(text, word.start()):
                    continue
                end = word.start() + len(name.text)
                yield text[done : word.start()]
                yield self._make(name.term, text[word.start() : end])
                done = end
                break
        yield text[done:]

    def _make(self, term: Term, written: str) -> str:
        self.explained[term.id] = term
        target = escape(f"_term-{term.id}")
        return f'<button type="button" class="pb-term" popovertarget="{target}">{written}</button>'


def _follow(tag: str, closed: list[str]) -> None:
    """Keep in `closed` the elements around that take no explanation."""
    name = re.match(r"</?\s*(\w+)", tag)
    if name is None or name[1] not in _CLOSED:
        return
    if not tag.startswith("</"):
        closed.append(name[1])
    elif name[1] in closed:
        closed.remove(name[1])
