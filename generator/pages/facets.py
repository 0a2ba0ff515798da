"""Filters of a page: what a reader may choose, and the marks by which what is listed is chosen.

Scopes (a market, a persona) fit every choice where an entry names none; properties (a category,
whether proof may be shared) fit only the choice they are, and one that is not said fits none.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import partial
from urllib.parse import urlencode

from markupsafe import Markup, escape

from generator.model.applicability import SCOPES, Scope
from generator.model.builder import list_own
from generator.model.entry import Entry
from generator.model.insights.questions import QuestionGroup
from generator.model.kinds import Market
from generator.model.ordering import title_of
from generator.pages.template_context import View
from generator.schema.corrections import make_id
from generator.schema.vocabulary import Field

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
        """The filters for a list of entries of one kind; those of the company's own come last."""
        kind = entries[0].KIND
        standard = self._offer(kind, [self._values(entry) for entry in entries])
        return [*standard, *self._offer_own(entries)]

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
        heard = [self._view.strategy.scopes[one.key] for one in self._view.entries("objections")]
        pairs = sorted(self._pairs(), key=partial(self._rank_pair, heard))
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

    def _rank_pair(self, heard: Sequence[Scope], pair: Scope) -> tuple[bool, int]:
        """Who releases the money first, then with whom most is heard."""
        persona = self._view.find("personas", pair["persona"][0])
        named = [(name, one) for name, (one,) in pair.items()]
        most = sum(all(one in scope.get(name, ()) for name, one in named) for scope in heard)
        return not getattr(persona, "holds_budget", False), -most

    def _as_example(self, scope: Scope) -> Example:
        chosen = {name: one for name, (one,) in scope.items()}
        entries = (self._view.find(SCOPES[name], one) for name, one in chosen.items())
        title = ", ".join(title_of(entry) for entry in entries if entry)
        return Example(urlencode(chosen), title)

    def mark(self, entry: Entry) -> Markup:
        """The attributes by which an entry of a list is chosen."""
        own = {name: tuple(options) for name, options in self._own_values(entry)}
        return mark_scope({**self._values(entry), **own}, (*FACETS.get(entry.KIND, ()), *own))

    def mark_group(self, group: QuestionGroup) -> Markup:
        """The attributes by which a group of questions is chosen."""
        return mark_scope(group.scope, FACETS["questions"])

    def _values(self, entry: Entry) -> Scope:
        said = {
            name: (getattr(entry, name) or "",)
            for name in FACETS.get(entry.KIND, ())
            if name not in SCOPES
        }
        return {**self._view.strategy.scopes[entry.key], **said}

    def _own_values(self, entry: Entry) -> Iterator[tuple[str, Mapping[str, Option]]]:
        """What an entry is chosen by of the company's own: by the name of each filter, its options by
        their values. One that is not said fits none.
        """
        view, written = self._view, dict(list_own(entry))
        for key, field in view.fields_of(entry).items():
            if not field.is_filter:
                continue
            value, one = written.get(key), field.item or field
            if one.type == "reference":
                found = view.links(value, field)
                options = [Option(str(link.key.id), link.title, link.url) for link in found]
            else:
                values = value if isinstance(value, tuple) else () if value is None else (value,)
                options = [self._as_option(one, item) for item in values]
            named = {option.value: option for option in options}
            yield f"own-{field.name}", named or {"": Option("", "")}

    def _as_option(self, field: Field, value: object) -> Option:
        if isinstance(value, bool):
            return Option(str(value).lower(), self._view.words("yes" if value else "no"))
        label = field.labels.get(str(value), str(value))
        return Option(_name_choices(field)[str(value)], label[:1].upper() + label[1:])

    def _offer_own(self, entries: Sequence[Entry]) -> Iterator[Facet]:
        fields = self._view.fields_of(entries[0])
        found: dict[str, dict[str, Option]] = {
            f"own-{field.name}": {} for field in fields.values() if field.is_filter
        }
        titles = {f"own-{field.name}": field.title for field in fields.values()}
        for entry in entries:
            for name, options in self._own_values(entry):
                found[name] |= {value: one for value, one in options.items() if value}
        for name, known in found.items():
            if len(known) > 1:
                ordered = sorted(known.values(), key=lambda one: one.title.casefold())
                yield Facet(name, titles[name], tuple(ordered))

    def _offer(self, page: str, found: Sequence[Scope], fewest: int = 2) -> list[Facet]:
        """Only values that occur; a filter without a choice is none."""
        facets = []
        for name in FACETS.get(page, ()):
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


def _name_choices(field: Field) -> Mapping[str, str]:
    """The choices of a field as an address of the site names them, by how they are written."""
    names: dict[str, str] = {}
    for position, value in enumerate(field.labels, 1):
        name = make_id(value)
        names[value] = name if name and name not in names.values() else f"{name}-{position}"
    return names


def mark_scope(scope: Scope, names: Iterable[str]) -> Markup:
    """` data-market="dairies pharma"` for each of the names that the scope holds; ids hold no
    spaces.
    """
    marks = (
        f' data-{escape(name)}="{escape(" ".join(scope[name]))}"' for name in names if name in scope
    )
    return Markup("".join(marks))  # noqa: S704  # every part is escaped
