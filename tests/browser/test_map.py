"""The strategy map: a perspective at a time on a phone, whole beside the details on a desktop."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from playwright.sync_api import BrowserContext, expect

pytestmark = pytest.mark.browser

SHARED = Callable[..., BrowserContext]


PHONE = {"viewport": {"width": 390, "height": 844}, "has_touch": True, "is_mobile": True}


def test_on_a_phone_a_perspective_at_a_time_stands_with_what_feeds_it(
    shared_context: SHARED, site_url: str
) -> None:
    tab = shared_context(**PHONE).new_page()
    tab.goto(f"{site_url}objectives/")
    assert tab.evaluate("document.documentElement.scrollWidth") <= 390
    assert tab.evaluate("document.documentElement.scrollHeight") < 2 * 844
    expect(tab.locator(".pb-band:visible")).to_have_count(1)
    for way in tab.locator(".pb-bands > a").all():
        expect(way).to_be_in_viewport(ratio=1)
        way.tap()
        expect(way).to_have_attribute("aria-current", "true")
        expect(tab.locator(".pb-bands > [aria-current]")).to_have_count(1)
        expect(tab.locator(".pb-band:visible h2")).to_contain_text(way.inner_text())
    tab.locator(".pb-bands > a").first.tap()
    cause = tab.locator(".pb-causes a:visible", has=tab.locator("small")).first
    name = (cause.get_attribute("href") or "").strip("#")
    perspective = cause.locator("small").inner_text()
    cause.tap()
    expect(tab.locator(".pb-band:visible h2")).to_contain_text(perspective)
    expect(tab.locator(f"#{name} .pb-row__body")).to_be_visible()
    expect(tab.locator(f"#{name} summary").first).to_be_in_viewport()
    tab.close()


def test_on_a_phone_without_scripts_every_perspective_is_read(
    shared_context: SHARED, site_url: str
) -> None:
    tab = shared_context(**PHONE, java_script_enabled=False).new_page()
    tab.goto(f"{site_url}objectives/")
    expect(tab.locator(".pb-band:visible")).to_have_count(tab.locator(".pb-bands > a").count())
    tab.close()


def test_on_a_desktop_the_map_stays_whole_beside_what_is_chosen(
    shared_context: SHARED, site_url: str
) -> None:
    tab = shared_context(viewport={"width": 1280, "height": 800}).new_page()
    tab.goto(f"{site_url}objectives/")
    expect(tab.locator(".pb-map svg")).to_be_in_viewport(ratio=0.99)
    expect(tab.locator(".pb-map__legend")).to_be_in_viewport()
    size = tab.locator(".pb-map__box tspan").first.evaluate(
        "one => one.getBoundingClientRect().height"
    )
    assert size >= 12
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
