"""Filters of a page: what a reader may choose, and the marks by which what is listed is chosen.

Scopes (a market, a persona) fit every choice where an entry names none; properties (a category,
whether proof may be shared) fit only the choice they are, and one that is not said fits none.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from urllib.parse import urlencode

from markupsafe import Markup

from generator.model.applicability import SCOPES, Scope, scope_of
from generator.model.entry import Entry
from generator.model.insights.questions import QuestionGroup
from generator.model.kinds import Market
from generator.model.ordering import title_of
from generator.pages.template_context import View

FACETS: Mapping[str, tuple[str, ...]] = {
    "objections": ("category", "market", "persona", "competitor", "stage"),
    "proof": ("shareable", "kind", "market", "offering", "competitor"),
    "wins": ("outcome", "market", "competitor", "offering", "persona"),
    "competitors": ("market", "offering", "kind"),
    "questions": ("market", "persona", "competitor", "stage"),
    "call": tuple(SCOPES),
}
"""The filters of each page that has some, in the order in which they are offered."""

EXAMPLES = 3
"""How many calls are proposed to a reader who has chosen nothing."""


@dataclass(frozen=True)
class Option:
    """A value to choose, its words, and the address of its page where it has one."""

    value: str
    title: str
    url: str = ""


@dataclass(frozen=True)
class Example:
    """A choice for a call that shows much, as a link: its query, and its words."""

    query: str
    title: str


@dataclass(frozen=True)
class Facet:
    """One filter: its name in the address, its words, its options."""

    name: str
    title: str
    options: tuple[Option, ...]


class Facets:
    """The filters of one page."""

    def __init__(self, view: View) -> None:
        self._view = view

    def of_entries(self, entries: Sequence[Entry]) -> list[Facet]:
        """The filters for a list of entries of one kind."""
        kind = entries[0].KIND
        return self._offer(kind, [self._values(entry) for entry in entries])

    def of_questions(self, groups: Iterable[QuestionGroup]) -> list[Facet]:
        """The filters for the discovery questions."""
        return self._offer("questions", [group.scope for group in groups])

    def of_call(self) -> list[Facet]:
        """What may be chosen for a call: every entry of the five kinds, a lone one too."""
        strategy = self._view.strategy
        every = [
            {name: tuple(entry.id for entry in strategy.of(kind))} for name, kind in SCOPES.items()
        ]
        return self._offer("call", every, fewest=1)

    def examples_of_call(self) -> list[Example]:
        """A few calls that the strategy says most for, each of another market and persona; where it
        has no such pairs, of other choices.
        """
        pairs = sorted(self._pairs(), key=self._rank_pair)
        chosen: list[Scope] = []
        for pair in pairs:
            if all(not set(pair.items()) & set(other.items()) for other in chosen):
                chosen.append(pair)
        options = [
            (facet.name, option.value) for facet in self.of_call() for option in facet.options
        ]
        taken = {(name, one) for scope in chosen for name, (one,) in scope.items()}
        chosen += [{name: (one,)} for name, one in options if (name, one) not in taken]
        return [self._as_example(scope) for scope in chosen[:EXAMPLES]]

    def _pairs(self) -> Iterator[Scope]:
        view = self._view
        for market in view.entries("markets"):
            if isinstance(market, Market) and market.priority != "not_pursued":
                for persona in view.named("personas", market.personas):
                    yield {"market": (market.id,), "persona": (persona.id,)}

    def _rank_pair(self, pair: Scope) -> tuple[bool, int]:
        """Who releases the money first, then with whom most is heard."""
        view = self._view
        persona = view.find("personas", pair["persona"][0])
        scopes = (scope_of(one, view.strategy) for one in view.entries("objections"))
        heard = sum(
            all(set(ids) & set(scope.get(name, ())) for name, ids in pair.items())
            for scope in scopes
        )
        return not getattr(persona, "holds_budget", False), -heard

    def _as_example(self, scope: Scope) -> Example:
        chosen = {name: one for name, (one,) in scope.items()}
        entries = (self._view.find(SCOPES[name], one) for name, one in chosen.items())
        title = ", ".join(title_of(entry) for entry in entries if entry)
        return Example(urlencode(chosen), title)

    def mark(self, entry: Entry) -> Markup:
        """The attributes by which an entry of a list is chosen."""
        return mark_scope(self._values(entry), FACETS[entry.KIND])

    def mark_group(self, group: QuestionGroup) -> Markup:
        """The attributes by which a group of questions is chosen."""
        return mark_scope(group.scope, FACETS["questions"])

    def _values(self, entry: Entry) -> Scope:
        said = {
            name: (getattr(entry, name) or "",) for name in FACETS[entry.KIND] if name not in SCOPES
        }
        return {**scope_of(entry, self._view.strategy), **said}

    def _offer(self, page: str, found: Sequence[Scope], fewest: int = 2) -> list[Facet]:
        """Only values that occur; a filter without a choice is none."""
        facets = []
        for name in FACETS[page]:
            values = {value for scope in found for value in scope.get(name, ()) if value}
            options = tuple(self._options(page, name, values))
            if len(options) >= fewest:
                facets.append(Facet(name, self._title(page, name), options))
        return facets

    def _options(self, page: str, name: str, values: set[str]) -> Iterable[Option]:
        view = self._view
        if name in SCOPES:
            for entry in view.entries(SCOPES[name]):
                if entry.id in values:
                    yield Option(entry.id, title_of(entry), view.link(entry).url)
            return
        for value, label in view.edition.vocabulary.kinds[page].fields[name].labels.items():
            if value in values:
                yield Option(value, label[:1].upper() + label[1:])

    def _title(self, page: str, name: str) -> str:
        kinds = self._view.edition.vocabulary.kinds
        return kinds[SCOPES[name]].title if name in SCOPES else kinds[page].fields[name].title


def mark_scope(scope: Scope, names: Iterable[str]) -> Markup:
    """` data-market="dairies pharma"` for each of the names that the scope holds; ids hold no
    spaces.
    """
    marks = (
        Markup(' data-{}="{}"').format(name, " ".join(scope[name]))
        for name in names
        if name in scope
    )
    return Markup("").join(marks)
