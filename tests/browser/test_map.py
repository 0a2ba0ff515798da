"""The strategy map: moved in its frame on a phone, whole beside the details on a desktop."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from playwright.sync_api import BrowserContext, expect

pytestmark = pytest.mark.browser

SHARED = Callable[..., BrowserContext]


def test_on_a_phone_the_map_is_moved_in_its_frame(shared_context: SHARED, site_url: str) -> None:
    context = shared_context(viewport={"width": 390, "height": 844}, has_touch=True, is_mobile=True)
    tab = context.new_page()
    tab.goto(f"{site_url}objectives/")
    assert tab.evaluate("document.documentElement.scrollWidth") <= 390
    assert tab.evaluate("document.documentElement.scrollHeight") < 3 * 844
    size = tab.locator(".pb-map__box tspan").first.evaluate(
        "one => one.getBoundingClientRect().height"
    )
    assert size >= 11
    box = tab.locator("a.pb-map__box").nth(3)
    name = (box.get_attribute("href") or "").strip("#")
    box.tap()
    expect(tab.locator(f"#{name} .pb-row__body")).to_be_visible()
    expect(tab.locator(f"#{name} summary").first).to_be_in_viewport()
    tab.close()


def test_on_a_desktop_the_map_stays_whole_beside_what_is_chosen(
    shared_context: SHARED, site_url: str
) -> None:
    tab = shared_context(viewport={"width": 1280, "height": 800}).new_page()
    tab.goto(f"{site_url}objectives/")
    for number in (0, 9):
        box = tab.locator("a.pb-map__box").nth(number)
        name = (box.get_attribute("href") or "").strip("#")
        box.click()
        row = tab.locator(f"#{name}")
        expect(row.locator(".pb-row__body")).to_be_visible()
        expect(row.locator("summary").first).to_be_in_viewport()
        expect(tab.locator(".pb-map svg")).to_be_in_viewport(ratio=0.99)
        expect(tab.locator(".pb-row > details[open]")).to_have_count(1)
    tab.close()
