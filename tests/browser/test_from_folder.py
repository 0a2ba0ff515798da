"""A site that is opened from a folder, by `file:`: nothing of it needs a server."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.browser.conftest import open_context

OPTION = "#pb-finder [role=option]"


@pytest.fixture
def tab(browser: Browser) -> Iterator[Page]:
    """A fresh tab, in which nothing may go wrong."""
    context = open_context(browser, viewport={"width": 390, "height": 844})
    page, faults = context.new_page(), list[str]()
    page.on("console", lambda said: faults.append(said.text) if said.type == "error" else None)
    page.on("pageerror", lambda error: faults.append(str(error)))
    page.on(
        "request",
        lambda asked: (
            None if asked.url.startswith(("file:", "data:")) else faults.append(asked.url)
        ),
    )
    yield page
    assert faults == []
    context.close()


def test_search_call_and_lists_work_from_a_folder(tab: Page, offline_site: Path) -> None:
    def address_of(path: str) -> str:
        return (offline_site / path).as_uri()

    tab.goto(address_of("index.html"))
    tab.locator("[data-finder-open]:visible").first.click()
    tab.keyboard.type("too expensive")
    expect(tab.locator(OPTION).first).to_be_visible()
    tab.keyboard.press("Enter")
    expect(tab).to_have_url(address_of("objections/too-expensive/index.html"))

    tab.goto(f"{address_of('proof/index.html')}?q=xylophone")
    expect(tab.locator(OPTION).first).to_have_attribute("href", address_of("price-talk.html"))

    tab.goto(f"{address_of('call/index.html')}?market=dairies")
    expect(tab.locator(".pb-call__title a")).to_have_count(1)
    expect(tab.locator(".pb-call li:visible").first).to_be_visible()

    tab.goto(f"{address_of('objections/index.html')}?words=too+costly")
    expect(tab.locator("form.pb-filter[data-answered='too costly']")).to_be_visible()
    expect(tab.locator("[data-entry='too-expensive']")).to_be_visible()
    tab.locator(".pb-thumb a").first.click()
    expect(tab).to_have_url(address_of("index.html"))
