"""The strategies of this repository: they load, and every link on their pages leads somewhere, in
both directions.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from datetime import date
from functools import cache
from pathlib import Path
from urllib.parse import unquote, urljoin, urlsplit

import pytest

from generator.checks.project import check_project
from generator.loading.loader import Loaded
from generator.model.addresses import address_of, placement_of
from generator.model.edition import Edition, choose_edition
from generator.model.entry import Entry
from generator.pages.page import Page
from generator.pages.registry import Background, Pages, render_pages
from generator.problems.problem import has_errors
from tests.markup import Found, read_html

ROOT = Path(__file__).parents[2]
STRATEGIES = {
    "own": ROOT,
    "posthog": ROOT / "examples/posthog",
    "sourcegraph": ROOT / "examples/sourcegraph",
    "parcel-post": ROOT / "examples/parcel-post",
}
TODAY = date(2026, 11, 22)
SITE = "https://site.example/"


@cache
def load(name: str) -> Loaded:
    loaded, _, problems = check_project(STRATEGIES[name])
    assert not has_errors(problems), [
        f"{problem.place.file}: {problem.title}" for problem in problems
    ]
    return loaded


@cache
def make(name: str, audience: str) -> tuple[Edition, Pages]:
    loaded = load(name)
    assert loaded.strategy is not None
    edition = choose_edition(loaded.strategy, loaded.vocabulary, audience, TODAY)
    return edition, render_pages(edition, Background(lambda: loaded.problems))


@cache
def read(name: str, audience: str) -> Mapping[str, tuple[Page, Found]]:
    return {
        page.address: (page, read_html(page.lay_out().html))
        for page in make(name, audience)[1].pages
    }


EVERY = pytest.mark.parametrize("name", STRATEGIES)
EVERY_READER = pytest.mark.parametrize("audience", ["leadership", "internal", "partner", "public"])


@EVERY
def test_a_strategy_of_ours_loads_without_errors(name):
    strategy = load(name).strategy
    assert strategy is not None
    assert sum(1 for _ in strategy) > 50


@EVERY
@EVERY_READER
def test_every_entry_has_its_place_on_the_site(name, audience):
    edition, _ = make(name, audience)
    pages = read(name, audience)
    for entry in edition.strategy:
        address, _, anchor = address_of(entry.key).partition("#")
        assert address in pages, entry.key
        page, found = pages[address]
        if placement_of(entry.KIND).own_pages:
            assert page.place.file == entry.place.file
        else:
            assert anchor in found.ids, entry.key
            assert anchor in {heading.id for heading in page.lay_out().headings}, entry.key


@EVERY
@EVERY_READER
def test_no_two_pages_and_files_share_an_address(name, audience):
    pages = make(name, audience)[1]
    addresses = [f"{page.address}index.html" for page in pages.pages] + [
        asset.path for asset in pages.assets
    ]
    assert len(addresses) == len(set(addresses))


@EVERY
@EVERY_READER
def test_no_id_stands_twice_on_a_page(name, audience):
    for address, (page, found) in read(name, audience).items():
        assert len(found.ids) == len(set(found.ids)), address
        assert {heading.id for heading in page.lay_out().headings} <= set(found.ids), address


@EVERY
@EVERY_READER
def test_every_link_on_every_page_leads_somewhere(name, audience):
    pages = read(name, audience)
    files = {asset.path for asset in make(name, audience)[1].assets}
    playbook = STRATEGIES[name] / "playbook"
    broken = []
    for address, (_, found) in pages.items():
        for link, words in found.links:
            if urlsplit(link).scheme:
                continue
            target = urljoin(SITE + address, link)
            path, _, anchor = re.sub(r"\?[^#]*", "", target.removeprefix(SITE)).partition("#")
            is_page = path in pages and (not anchor or anchor in pages[path][1].ids)
            is_file = path in files or (bool(path) and (playbook / unquote(path)).is_file())
            if not link or not target.startswith(SITE) or not (is_page or is_file):
                broken.append((address, link, words))
    assert broken == []


@EVERY
@EVERY_READER
def test_every_link_has_words(name, audience):
    for address, (_, found) in read(name, audience).items():
        assert [link for link, words in found.links if not words] == [], address


def linked_from(pages: Mapping[str, tuple[Page, Found]], address: str) -> set[str]:
    """All addresses of the site that the page at an address links to."""
    page = address.partition("#")[0]
    return {
        urljoin(SITE + page, link).removeprefix(SITE)
        for link in pages[page][1].addresses
        if not urlsplit(link).scheme
    }


@EVERY
@EVERY_READER
def test_a_reference_between_entries_can_be_followed_both_ways(name, audience):
    edition, _ = make(name, audience)
    pages = read(name, audience)
    one_way = []
    for link in edition.strategy.links:
        if link.source is None:
            continue
        here, there = address_of(link.source), address_of(link.target)
        if there not in linked_from(pages, here):
            one_way.append(f"{here} does not lead to {there} ({link.field})")
        if here not in linked_from(pages, there):
            one_way.append(f"{there} does not lead back to {here} ({link.field})")
    assert one_way == []


@EVERY
@EVERY_READER
def test_a_reference_from_the_header_can_be_followed_back(name, audience):
    edition, _ = make(name, audience)
    pages = read(name, audience)
    one_way = []
    for link in edition.strategy.links:
        if link.source is None:
            there = address_of(link.target)
            back = linked_from(pages, there) & {"", "how-we-work/"}
            if not any(there in linked_from(pages, page) for page in back):
                one_way.append(f"{link.field} and {there}")
    assert one_way == []


@EVERY
@EVERY_READER
def test_the_words_of_no_page_come_from_a_machine(name, audience):
    for address, (page, found) in read(name, audience).items():
        assert not re.search(r"\bNone\b(?! of|\.)", found.text), address
        for inner in (
            "Undefined",
            "dataclass",
            "{{",
            "{%",
            "](entry:",
            "not_pursued",
            "with_permission",
        ):
            assert inner not in found.text, address
            assert inner not in page.title + page.description, address


def titled(entry: Entry) -> str:
    return " ".join(entry.title.split())


@EVERY
def test_every_entry_with_a_page_is_named_on_the_page_of_its_kind(name):
    edition, _ = make(name, "internal")
    pages = read(name, "internal")
    for kind in edition.vocabulary.kinds:
        placement = placement_of(kind)
        if placement.own_pages and edition.strategy.of(kind):
            text = pages[f"{placement.folder}/"][1].text
            assert [
                entry.id for entry in edition.strategy.of(kind) if titled(entry) not in text
            ] == [], kind
