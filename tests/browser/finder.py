"""What the browser tests and the benchmark know of the finder: how to ask it, and how to read its answer."""

from __future__ import annotations

from playwright.sync_api import Page, expect

DIALOG = "dialog.pb-finder"
INPUT = f"{DIALOG} input"
OPTION = f"{DIALOG} [role=option]"
LONGEST = 30_000


def open_finder(page: Page) -> None:
    """By the key, as from anywhere on a page; waits for the texts, so that answers do not change any more."""
    page.wait_for_selector("html.pb-can-find")
    page.keyboard.press("/")
    expect(page.locator(INPUT)).to_be_focused()
    page.wait_for_selector(f"{DIALOG}[data-complete]", timeout=LONGEST)


def ask(page: Page, query: str) -> list[str]:
    """The addresses of the answers to a query, as shown from the top, relative to the site's root."""
    page.fill(INPUT, query)
    page.wait_for_function(
        "query => document.querySelector('dialog.pb-finder').dataset.answered === query.trim()",
        arg=query,
        timeout=LONGEST,
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
