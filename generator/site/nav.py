"""The menu as `nav` of mkdocs.yml would say it: ours with the company's guides, or the company's
own without what is hidden; and what else shows of the strategy outside our pages.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence, Set
from typing import Any

from markupsafe import Markup

from generator.model.addresses import address_of, index_address
from generator.pages.page import Group, Page
from generator.pages.registry import FIXED_PAGES
from generator.site.assembly import Made


def list_menu(items: Sequence[Group | Page]) -> Iterator[dict[str, Any]]:
    """Our navigation, as MkDocs takes it."""
    for item in items:
        if isinstance(item, Group):
            yield {Markup.escape(item.title): list(list_menu(item.items))}
        else:
            yield {Markup.escape(item.title): item.path}


def add_guides(navigation: list[Any], more: str, title: str, pages: list[str]) -> None:
    """Hand-written pages stand in the last group, so that the top never holds more than our own
    groups.
    """
    last = navigation[-1] if navigation else {}
    if more in last:
        last[more].append({title: pages})
    else:
        navigation.append({more: [{title: pages}]})


def prune_menu(items: Sequence[Any], absent: Set[str]) -> list[Any]:
    """A company's own `nav` without the pages that this reader does not get, and without groups
    left empty.
    """
    kept: list[Any] = []
    for item in items:
        if isinstance(item, dict):
            pruned = {
                title: prune_menu(inner, absent) if isinstance(inner, list) else inner
                for title, inner in item.items()
                if not isinstance(inner, str) or inner not in absent
            }
            left = {title: inner for title, inner in pruned.items() if inner != []}
            kept += [left] if left else []
        elif item not in absent:
            kept.append(item)
    return kept


def list_absent(made: Made) -> set[str]:
    """The pages that other editions of this strategy have, and this one does not."""
    addresses = {address_of(key).partition("#")[0] for key in made.edition.hidden}
    addresses |= {index_address(key.kind) for key in made.edition.hidden}
    addresses |= {fixed.address for fixed in FIXED_PAGES}
    ours = {page.path for page in made.pages.pages}
    return {page.path for page in made.kept_back} | {
        f"{address}index.md" for address in addresses
    } - ours


def outline(made: Made, unlisted: Set[str]) -> object:
    """All of a site that shows outside our own pages: in the navigation, on hand-written pages, in
    what files a reader gets.

    The titles of `unlisted` pages do not.
    """
    edition, pages = made.edition, made.pages
    return (
        (edition.today, edition.strategy.header.language, edition.is_for_outsiders, edition.hidden),
        {
            page.path: (page.path in unlisted or page.title, page.wide, page.alone, page.hidden)
            for page in pages.pages
        },
        [asset.path for asset in pages.assets],
        list(list_menu(pages.navigation)),
        pages.tasks,
        [entry.key for entry in edition.strategy],
        {getattr(asset, "url", "") for asset in edition.strategy.of("assets")},
        (made.hand_written, made.kept_back, made.kept_documents),
    )
