"""What a check is given, what it finds, and what a check is."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from functools import cached_property
from typing import Any, NamedTuple

from generator.loading.locator import Spot
from generator.model.builder import list_values
from generator.model.entry import Entry, Key
from generator.model.header import Checks, Header
from generator.model.insights.freshness import Freshness, judge_freshness
from generator.model.strategy import Strategy
from generator.problems.phrases import shorten
from generator.problems.problem import Severity
from generator.problems.rule import Rule
from generator.schema.vocabulary import Field, Vocabulary
from generator.syntax.document import Route

FAMILIES = ("integrity", "focus", "clarity", "evidence", "completeness", "freshness")
"""The families of checks, in the order in which leadership looks at them."""

_TEXT_TYPES = frozenset({"plain", "prose"})


class Text(NamedTuple):
    """A text of an entry or of the header: the field it stands in (`they_say.reply`), and the way
    to it.
    """

    key: Key | None
    field: str
    route: Route
    text: str
    is_prose: bool

    def at(self, words: str = "") -> Spot:
        """Where the text is written, or some words in it."""
        return Spot(self.key, self.route, words)


@dataclass(frozen=True, kw_only=True)
class Finding:
    """What a check found: where, what is wrong, what to do. A waiver for `entry` (None: the header)
    hides it.

    `why` and `fix` stand in for the sentences that the check has for all its findings. The
    `replacement` is what its author may agree to write at the spot.
    """

    entry: Key | None
    spot: Spot
    title: str
    why: str = ""
    fix: str = ""
    related: tuple[tuple[Spot, str], ...] = ()
    replacement: str | None = None


@dataclass(frozen=True)
class Context:
    """A whole strategy, and the day that counts as today."""

    strategy: Strategy
    vocabulary: Vocabulary
    today: date

    @property
    def header(self) -> Header:
        """The head of the strategy."""
        return self.strategy.header

    @property
    def settings(self) -> Checks:
        """What the company has set under `checks`."""
        return self.strategy.header.checks

    def only(self, entries: Iterable[Entry]) -> Context:
        """The same for some of its entries alone."""
        kinds: dict[str, dict[str, Entry]] = {}
        for entry in entries:
            kinds.setdefault(entry.KIND, {})[entry.id] = entry
        return Context(Strategy(self.header, kinds), self.vocabulary, self.today)

    def live(self, kind: str) -> list[Entry]:
        """The entries of a kind that sellers work with: no drafts, and nothing that is on its way
        out.
        """
        return [entry for entry in self.strategy.of(kind) if is_live(entry)]

    def name(self, entry: Entry, length: int = 60) -> str:
        """An entry as a message names it: `the market "Dairies"`."""
        kind = self.vocabulary.kinds[entry.KIND].title.lower()
        return f'the {kind} "{shorten(" ".join(entry.title.split()), length)}"'

    @cached_property
    def texts(self) -> tuple[Text, ...]:
        """Every text of the header and of the entries that sellers work with."""
        found = list(_find_texts(None, self.header, self.vocabulary.header.fields))
        for entry in self.strategy:
            if is_live(entry):
                found += _find_texts(entry.key, entry, self.vocabulary.kinds[entry.KIND].fields)
        return tuple(found)

    @cached_property
    def freshness(self) -> Mapping[Key, Freshness]:
        """How far each entry may be trusted today, drafts and kinds that are not reviewed left out."""
        judged = (
            (entry.key, judge_freshness(entry, self.header, self.today))
            for entry in self.strategy
            if entry.status != "draft"
        )
        return {key: found for key, found in judged if found is not None}

    def entry(self, key: Key | None) -> Entry | None:
        """The entry with this key; None for the header."""
        return self.strategy.find(key) if key else None

    def titled(self, key: Key | None) -> str:
        """An entry or the header, as a message names it."""
        entry = self.entry(key)
        return self.name(entry) if entry else "the header of the strategy"


def is_live(entry: Entry) -> bool:
    """Whether sellers work with an entry: it is no draft, and not on its way out."""
    return entry.status not in ("draft", "deprecated") and not is_retired(entry)


def is_retired(entry: Entry) -> bool:
    """Whether it is an offering that is no longer sold."""
    return getattr(entry, "availability", None) == "retired"


def list_texts(strategy: Strategy, vocabulary: Vocabulary) -> Iterator[Text]:
    """Every text of the header and of all entries."""
    yield from _find_texts(None, strategy.header, vocabulary.header.fields)
    for entry in strategy:
        yield from _find_texts(entry.key, entry, vocabulary.kinds[entry.KIND].fields)


def _find_texts(key: Key | None, group: Any, fields: dict[str, Field] | Any) -> Iterator[Text]:
    for name, value in list_values(group):
        if value and name in fields and fields[name].may_say and name != "checks":
            yield from _texts_in(key, value, fields[name], name, (name,))


def _texts_in(key: Key | None, value: Any, field: Field, path: str, route: Route) -> Iterator[Text]:
    if isinstance(value, str):
        if field.type in _TEXT_TYPES:
            yield Text(key, path, route, value, field.type == "prose")
    elif isinstance(value, tuple) and field.item is not None:
        for position, item in enumerate(value):
            yield from _texts_in(key, item, field.item, path, (*route, position))
    elif value is not None:
        for name, inner in list_values(value):
            if name in field.fields:
                yield from _texts_in(
                    key, inner, field.fields[name], f"{path}.{name}", (*route, name)
                )


Find = Callable[[Context], Iterator[Finding]]


@dataclass(frozen=True, kw_only=True, eq=False)
class Check(Rule):
    """A rule about what a strategy means. `find` yields what breaks it.

    A `dated` one depends on today's date, and therefore never stops anything. One that looks
    `whole` compares entries with each other; it waits until every entry can be read, or it would
    miss some for no fault of theirs. One that looks `close` judges each entry by its own words
    alone: what it finds there stays true for as long as the entry stays as it is, `unless`
    something about the others makes up for it.
    """

    find: Find
    severity: Severity = Severity.WARNING
    dated: bool = False
    whole: bool = False
    close: bool = False
    unless: Callable[[Context, Finding], bool] = lambda context, finding: False

    @property
    def can_be_waived(self) -> bool:
        """Whether a company may decide that this does not count: never for what makes a strategy
        contradict itself.
        """
        return self.family != "integrity"

    @property
    def note(self) -> str:
        """The family, and how much a finding weighs."""
        stops = {
            Severity.ERROR: "stops a merge",
            Severity.WARNING: "stops a merge only with --strict",
        }
        weight = (
            "depends on the date and stops nothing"
            if self.dated
            else stops.get(self.severity, "stops nothing")
        )
        waived = "" if self.can_be_waived else "; cannot be waived"
        return f"Family: {self.family}. It {weight}{waived}."
