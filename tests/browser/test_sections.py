"""The page of a market, an offering, a role or a competitor: a glance first, then sections that are
opened in place, each with its count and its own address.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator

import pytest
from playwright.sync_api import Browser, BrowserContext, Page, expect

from tests.browser.conftest import open_context

pytestmark = pytest.mark.browser

SCREEN = 844
HEIGHT = "document.documentElement.scrollHeight"
HIGHEST = {
    "markets/dairies/": 3.3,
    "markets/paper-board/": 3.3,
    "offerings/korva-160/": 3,
    "personas/technical-director/": 3,
    "competitors/gas-boiler/": 3,
}


@pytest.fixture
def phone(shared_context: Callable[..., BrowserContext]) -> Iterator[Page]:
    context = shared_context(
        viewport={"width": 390, "height": SCREEN}, has_touch=True, is_mobile=True
    )
    page = context.new_page()
    yield page
    page.close()


@pytest.mark.parametrize("address", HIGHEST)
def test_a_page_of_an_entry_is_a_glance_and_closed_sections(
    phone: Page, site_url: str, address: str
) -> None:
    phone.goto(site_url + address)
    assert phone.evaluate(HEIGHT) <= HIGHEST[address] * SCREEN
    sections = phone.locator(".pb-folds .pb-row > details > summary")
    assert sections.count() > 5
    assert all((box := one.bounding_box()) and box["height"] >= 40 for one in sections.all())


@pytest.mark.parametrize(
    ("market", "last_role"),
    [("dairies", "Sustainability manager"), ("pharma", "Purchasing")],
)
def test_whether_an_account_is_ours_and_whom_to_call_is_the_first_screen(
    phone: Page, site_url: str, market: str, last_role: str
) -> None:
    phone.goto(f"{site_url}markets/{market}/")
    bar = phone.locator(".pb-thumb").bounding_box()
    assert bar is not None
    cards = phone.locator(".pb-glance").first.locator(".pb-card")
    for words in ("Must have", "Disqualifiers"):
        expect(cards.first).to_contain_text(words)
    last = cards.nth(1).locator("li", has_text=last_role)
    box = last.bounding_box()
    assert box is not None
    assert box["y"] + box["height"] <= bar["y"]


@pytest.mark.parametrize("market", ["dairies", "pharma"])
def test_the_sections_of_a_market_hold_what_the_filtered_lists_show(
    phone: Page, site_url: str, market: str
) -> None:
    held = {}
    phone.goto(f"{site_url}markets/{market}/")
    for name in ("objections", "proof"):
        section = phone.locator(f"#_{name}")
        held[name] = section.locator(".pb-row__body a").all_text_contents()
        assert section.locator(".pb-row__detail").inner_text() == str(len(held[name]))
    for name, titles in held.items():
        phone.goto(f"{site_url}{name}/?market={market}")
        expect(phone.locator(".pb-filter__count")).to_contain_text(
            re.compile(rf"^{len(titles)} of")
        )


def test_the_bar_of_sections_and_an_address_open_one(
    phone: Page, page: Page, site_url: str
) -> None:
    phone.goto(f"{site_url}competitors/tessel/")
    phone.locator(".pb-jump a", has_text="Proof").tap()
    expect(phone.locator("#_proof .pb-row__body")).to_be_visible()
    expect(phone.locator("#_proof summary")).to_be_in_viewport()
    page.goto(f"{site_url}markets/dairies/#_sources")
    expect(page.locator("#_sources")).to_be_visible()


def test_sections_are_read_without_scripts(browser: Browser, site_url: str) -> None:
    context = open_context(browser, java_script_enabled=False)
    tab = context.new_page()
    tab.goto(f"{site_url}offerings/korva-90/")
    section = tab.locator("#_capabilities")
    section.locator("summary").click()
    expect(section.locator(".pb-row__body")).to_be_visible()
    context.close()
