"""What the browser tests and the benchmark know of the finder: how to ask it, and how to read its
answer.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from functools import cache

from playwright.sync_api import Page, Route, expect

from benchmarks.search_quality import finish_pages
from generator.checks.project import check_project
from generator.model.edition import choose_edition
from generator.pages.finder.index import make_index
from generator.pages.registry import render_pages
from tests.playbooks import AS_OF, PATIENCE, ROOT

DIALOG = "dialog.pb-finder"
INPUT = f"{DIALOG} input"
OPTION = f"{DIALOG} [role=option]"


def open_finder(page: Page) -> None:
    """By the key, as from anywhere on a page; waits for the texts, so that answers do not change
    any more.
    """
    page.wait_for_selector("html.pb-can-find")
    page.keyboard.press("/")
    expect(page.locator(INPUT)).to_be_focused()
    page.wait_for_selector(f"{DIALOG}[data-complete]", timeout=PATIENCE * 1000)


def ask(page: Page, query: str) -> list[str]:
    """The addresses of the answers to a query, as shown from the top, relative to the site's root."""
    page.fill(INPUT, query)
    page.wait_for_function(
        "query => document.querySelector('dialog.pb-finder').dataset.answered === query.trim()",
        arg=query,
        timeout=PATIENCE * 1000,
    )
    addresses: list[str] = page.eval_on_selector_all(
        f"{OPTION}:not(.pb-finder__more)",
        "(found, root) => found.map((option) => option.href.slice(root.length))",
        root_of(page),
    )
    return addresses


def root_of(page: Page) -> str:
    """The address of the site that a page belongs to, from where its finder came."""
    script: str = page.eval_on_selector(
        "script[src$='finder/finder.js']", "script => new URL('../../', script.src).href"
    )
    return script


@cache
def list_index(most_whole: int) -> Mapping[str, bytes]:
    """What the finder knows of the root strategy, by path: in parts where there are more than
    `most_whole` records.
    """
    loaded, pages, _ = check_project(ROOT)
    assert loaded.strategy is not None
    edition = choose_edition(
        loaded.strategy, loaded.vocabulary, "internal", date.fromisoformat(AS_OF)
    )
    written = finish_pages(pages, edition)
    made = make_index(edition, render_pages(edition).pages, written, most_whole=most_whole)
    return {asset.path: asset.content for asset in made}


def put_index(page: Page, files: Mapping[str, bytes]) -> None:
    """Give the finder these files instead of those of the site."""

    def send(route: Route) -> None:
        path = f"assets/finder/{route.request.url.partition('/assets/finder/')[2]}"
        if path in files:
            route.fulfill(body=files[path], content_type="application/json")
        else:
            route.fulfill(status=404, body="")

    page.route("**/assets/finder/**/*.json", send)
