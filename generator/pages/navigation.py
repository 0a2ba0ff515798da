"""The way through the pages: by task and by kind."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from generator.model.addresses import address_of, index_address
from generator.model.edition import Edition
from generator.model.strategy import Strategy
from generator.pages.call import ADDRESS as CALL_ADDRESS
from generator.pages.page import Group, Page
from generator.schema.words import Words

MOST_LISTED = 50
"""A kind of more entries is listed on its own page alone: nobody reads longer lists in a menu, and
every page carries it.
"""
MOST_IN_PLACE = 200
"""The rows of a list hold all there is to say, to be opened in place. Of more entries a phone is
busy for seconds with what stands in closed rows: each has a page of its own then.
"""
_IN_ROWS = ("proof", "assets", "people", "glossary")
_SENTENCES = frozenset({"objections", "differentiators", "wins"})
"""Kinds called by a sentence: their own page groups and filters them, a menu of sentences does neither."""

_STRATEGY = (
    "",
    "announcements/",
    "new-here/",
    "objectives/",
    "assumptions/",
    "scorecard/",
    "how-we-work/",
    "health/",
)


def list_navigation(
    pages: Mapping[str, Page], edition: Edition, words: Words
) -> Iterator[Group | Page]:
    """By task and by kind; at most seven entries at the top. `pages` are all pages, by address."""
    kinds, menu = edition.vocabulary.kinds, _Menu(pages, edition)
    plays = _opened(menu.kind("plays"))
    # the theme takes a group's first page for the group
    alone = [Group(one.title, [one]) for one in menu.fixed("people/", "field-notes/", "glossary/")]
    own = [item for key, kind in kinds.items() if kind.is_own for item in menu.kind(key)]
    groups: tuple[tuple[str, list[Group | Page]], ...] = (
        (words("group_strategy"), [*menu.fixed(*_STRATEGY)]),
        (kinds["markets"].plural, [*_opened(menu.kind("markets")), *menu.kind("personas")]),
        (
            kinds["offerings"].plural,
            [
                *_opened(menu.kind("offerings")),
                *menu.kind("value_drivers"),
                *menu.kind("differentiators"),
                *menu.fixed("proof/", "assets/"),
            ],
        ),
        (
            words("battlecards"),
            [*_opened(menu.kind("competitors")), *menu.fixed("compare/"), *menu.kind("wins")],
        ),
        (kinds["objections"].plural, _opened(menu.kind("objections"))),
        (
            kinds["plays"].plural,
            [
                *plays[:1],
                *menu.fixed(CALL_ADDRESS, "questions/", "practise/"),
                *plays[1:],
                *menu.kind("stages"),
                *menu.fixed("qualification/", "skills/", "coaching/", "one-to-one/"),
                *menu.kind("paths"),
            ],
        ),
        (words("group_more"), [*own, *alone]),
    )
    yield from (Group(title, items) for title, items in groups if items)


def list_apart(strategy: Strategy) -> list[str]:
    """The kinds of which the rows of their list lead to pages."""
    return [kind for kind in _IN_ROWS if len(strategy.of(kind)) > MOST_IN_PLACE]


class _Menu:
    """The pages there are, as items of the menu."""

    def __init__(self, pages: Mapping[str, Page], edition: Edition) -> None:
        self._pages, self._strategy = pages, edition.strategy

    def fixed(self, *addresses: str) -> list[Page]:
        """The pages at these addresses, as far as they are there."""
        return [self._pages[address] for address in addresses if address in self._pages]

    def kind(self, name: str) -> list[Group | Page]:
        """The page that lists a kind with those of its entries; nothing where there are none."""
        index = self._pages.get(index_address(name))
        if index is None:
            return []
        entries = self._strategy.in_order(name)
        own = (
            [self._pages[address_of(entry.key)] for entry in entries]
            if len(entries) <= MOST_LISTED and name not in _SENTENCES
            else []
        )
        return [Group(index.title, [index, *own])]


def _opened(groups: list[Group | Page]) -> list[Group | Page]:
    """The items of a lone group, so that a tab opens with its index page."""
    return [
        item for group in groups for item in (group.items if isinstance(group, Group) else [group])
    ]
