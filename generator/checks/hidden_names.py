"""Texts for readers outside the company must not name what they do not get: not even an id."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence, Set
from datetime import date

from generator.checks.context import Text, list_texts
from generator.loading.guides import HandWritten
from generator.loading.loader import Loaded
from generator.loading.locator import Spot
from generator.model.edition import Edition, choose_edition, list_outsiders
from generator.model.entry import Key
from generator.model.hidden_names import HiddenNames, Named, list_hidden_names
from generator.model.strategy import Strategy
from generator.problems.example import GOOD_TERM
from generator.problems.phrases import shorten
from generator.problems.problem import Place, Problem
from generator.problems.rule import Rule

_OPEN_TERM = "- id: span\n  term: Span\n  meaning: {}\n  audience: public\n"

HIDDEN_NAME = Rule(
    id="hidden-name",
    says="A page or an entry for readers outside the company names an entry that they do not get.",
    why="An id, an address or the name of a file tells by itself that there is such a thing. In a page, comments and "
    "attributes count too. A link to an entry (`[words](entry:kind/id)`) is no name: of a link to one that its reader "
    "does not get, the site has the words alone.",
    fix="Say it in other words.",
    bad=GOOD_TERM + _OPEN_TERM.format("As glossary/lift, but measured at the machine."),
    good=GOOD_TERM + _OPEN_TERM.format("How far heat is raised, measured at the machine."),
)


def find_hidden_names(
    loaded: Loaded, pages: Sequence[HandWritten], edition: Edition
) -> list[Problem]:
    """What names something hidden from the readers of an edition for outsiders, in what they get."""
    assert loaded.strategy is not None  # noqa: S101  # there is an edition of it
    if not edition.is_for_outsiders:
        return []
    return list(_find_in(loaded, loaded.strategy, pages, edition, edition.hidden))


def check_hidden_names(loaded: Loaded, pages: Sequence[HandWritten], today: date) -> list[Problem]:
    """The same for every circle of readers outside. What is hidden only for a time, or until it is
    ready, is left to those who build.
    """
    strategy, found = loaded.strategy, dict[Problem, None]()
    if strategy is None:
        return []
    meant = {entry.audience for entry in strategy} | {page.audience for page in pages}
    for circle in list_outsiders(strategy.header):
        if circle in meant:
            edition = choose_edition(strategy, loaded.vocabulary, circle, today)
            narrower = {entry.key for entry in strategy if not edition.may_read(entry.audience)}
            found |= dict.fromkeys(_find_in(loaded, strategy, pages, edition, narrower))
    return list(found)


def _find_in(
    loaded: Loaded,
    whole: Strategy,
    pages: Sequence[HandWritten],
    edition: Edition,
    hidden: Set[Key],
) -> Iterator[Problem]:
    """What names something hidden in what the readers of an edition get."""
    shown = [page for page in pages if edition.may_read(page.audience)]
    paths = {page.path for page in shown}
    kept_back = [page.path for page in pages if page.path not in paths]
    names = list_hidden_names(whole, edition, hidden, kept_back, paths)
    for page in shown:
        for named in _once_a_line(names.find_in_page(page.text, edition.strategy)):
            yield _say_in_page(page, named, whole)
    for text in list_texts(edition.strategy, edition.vocabulary):
        yield from _find_in_text(loaded, text, names, whole)


def _find_in_text(
    loaded: Loaded, text: Text, names: HiddenNames, whole: Strategy
) -> Iterator[Problem]:
    for named in _once_a_line(names.find(text.text)):
        yield loaded.locator.problem(
            HIDDEN_NAME,
            spot=Spot(text.key, text.route[:1], named.written),
            title=_title(named, "this text"),
            why=_why(named, whole),
            fix="Say it in other words. If readers outside may know of it, let them have the entry.",
            entry=str(text.key or ""),
        )


def _say_in_page(page: HandWritten, named: Named, whole: Strategy) -> Problem:
    line = page.text.split("\n")[named.line - 1]
    column = max(line.lower().find(named.written.lower()), 0) + 1
    place = Place(page.file, named.line, column, named.line, column + len(named.written))
    return HIDDEN_NAME.problem(
        place=place,
        title=_title(named, "this page"),
        why=_why(named, whole),
        fix="Say it in other words, or delete it. If only your own people need the page, write audience: internal in "
        "its front matter.",
        excerpt=((named.line, line),),
    )


def _title(named: Named, what: str) -> str:
    kind = "a page" if named.key is None else "an entry"
    return f'{what} is for readers outside, and "{shorten(named.written)}" names {kind} that they do not get'


def _why(named: Named, whole: Strategy) -> str:
    entry = whole.find(named.key) if named.key else None
    if entry is None:
        return "A name tells by itself that there is such a thing."
    return (
        f"{entry.key} is for {entry.audience}; its name tells by itself that there is such a thing."
    )


def _once_a_line(found: Iterable[Named]) -> Iterator[Named]:
    """One problem for each thing on a line, however often it is named there."""
    seen = set()
    for named in found:
        what = (named.key.id if named.key else named.written, named.line)
        if what not in seen:
            seen.add(what)
            yield named
