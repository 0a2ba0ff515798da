"""The way through the pages: by task and by kind."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from generator.model.addresses import address_of, index_address
from generator.model.edition import Edition
from generator.model.ordering import sort_entries
from generator.pages.call import ADDRESS as CALL_ADDRESS
from generator.pages.page import Group, Page
from generator.schema.words import Words

MOST_LISTED = 50
"""A kind of more entries is listed on its own page alone: nobody reads longer lists in a menu, and
every page carries it.
"""


def list_navigation(
    pages: Mapping[str, Page], edition: Edition, words: Words
) -> Iterator[Group | Page]:
    """By task and by kind; at most seven entries at the top. `pages` are all pages, by address."""
    strategy, kinds = edition.strategy, edition.vocabulary.kinds

    def fixed(*addresses: str) -> list[Group | Page]:
        return [pages[address] for address in addresses if address in pages]

    def kind(name: str) -> list[Group | Page]:
        index = pages.get(index_address(name))
        if index is None:
            return []
        entries = sort_entries(strategy.of(name))
        own = (
            [pages[address_of(entry.key)] for entry in entries]
            if len(entries) <= MOST_LISTED
            else []
        )
        return [Group(index.title, [index, *own])]

    def group(title: str, items: list[Group | Page]) -> Iterator[Group]:
        if items:
            yield Group(title, items)

    yield from group(
        words("group_strategy"),
        fixed(
            "",
            "announcements/",
            "objectives/",
            "assumptions/",
            "scorecard/",
            "how-we-work/",
            "health/",
        ),
    )
    yield from group(kinds["markets"].plural, [*_opened(kind("markets")), *kind("personas")])
    yield from group(
        kinds["offerings"].plural,
        [
            *_opened(kind("offerings")),
            *kind("value_drivers"),
            *kind("differentiators"),
            *fixed("proof/", "assets/"),
        ],
    )
    yield from group(words("battlecards"), [*_opened(kind("competitors")), *kind("wins")])
    yield from group(kinds["objections"].plural, _opened(kind("objections")))
    plays = _opened(kind("plays"))
    yield from group(
        kinds["plays"].plural,
        [
            *plays[:1],
            *fixed(CALL_ADDRESS, "questions/"),
            *plays[1:],
            *kind("stages"),
            *fixed("qualification/", "skills/"),
            *kind("paths"),
        ],
    )
    alone = [Group(page.title, [page]) for page in fixed("people/", "field-notes/", "glossary/")]
    yield from group(
        words("group_more"), list(alone)
    )  # the theme takes a group's first page for the group


def _opened(groups: list[Group | Page]) -> list[Group | Page]:
    """The items of a lone group, so that a tab opens with its index page."""
    return [
        item for group in groups for item in (group.items if isinstance(group, Group) else [group])
    ]
