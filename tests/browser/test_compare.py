"""Us and the others side by side: one of them at a time on a phone, and what nobody knows is folded."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from playwright.sync_api import BrowserContext, expect

pytestmark = pytest.mark.browser

SHARED = Callable[..., BrowserContext]
PHONE = {"viewport": {"width": 390, "height": 844}, "has_touch": True, "is_mobile": True}


def test_on_a_phone_one_rival_at_a_time_is_compared(shared_context: SHARED, site_url: str) -> None:
    tab = shared_context(**PHONE).new_page()
    tab.goto(f"{site_url}compare/")
    assert tab.evaluate("document.documentElement.scrollWidth") <= 390
    ways = tab.locator(".pb-rivals > a")
    assert ways.count() > 2
    for way in ways.all():
        way.tap()
        expect(way).to_have_attribute("aria-current", "true")
        expect(tab.locator(".pb-versus > :visible")).to_have_count(1)
        expect(tab.locator(".pb-versus h2:visible")).to_contain_text(way.inner_text())
        # the heading says whom: the column does not say it again
        expect(tab.locator(".pb-versus th:visible a")).to_have_text(f"They: {way.inner_text()}")
        for hidden in tab.locator(".pb-versus th:visible a span").all():
            assert (hidden.bounding_box() or {})["width"] <= 1
    address = tab.url
    assert address.endswith(ways.last.get_attribute("href") or "")
    tab.goto(f"{site_url}glossary/")
    tab.goto(address)
    expect(tab.locator(".pb-versus h2:visible")).to_contain_text(ways.last.inner_text())
    tab.close()


def test_what_nobody_knows_is_said_in_a_fold_and_in_no_row(
    shared_context: SHARED, site_url: str
) -> None:
    tab = shared_context(viewport={"width": 1280, "height": 800}).new_page()
    tab.goto(f"{site_url}compare/")
    rivals = tab.locator(".pb-versus > .pb-one")
    expect(tab.locator(".pb-versus > :visible")).to_have_count(rivals.count())
    for rival in rivals.all():
        for cell in rival.locator("tbody td:last-child").all_inner_texts():
            assert cell.strip() not in ("", "?", "not known")
        fold = rival.locator("details")
        said = fold.locator("summary").inner_text()
        fold.locator("summary").click()
        assert f"Not known yet: {fold.locator('li').count()}" in said
        expect(fold.locator("li").first).to_be_visible()
    expect(tab.get_by_text("Nothing is compared yet with")).to_contain_text("Tessel")
    tab.close()


def test_without_scripts_every_rival_is_compared(shared_context: SHARED, site_url: str) -> None:
    tab = shared_context(**PHONE, java_script_enabled=False).new_page()
    tab.goto(f"{site_url}compare/")
    expect(tab.locator(".pb-versus > :visible")).to_have_count(
        tab.locator(".pb-rivals > a").count()
    )
    tab.close()
