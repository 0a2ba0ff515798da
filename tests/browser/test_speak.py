"""An answer alone on the whole screen, and what closes: Escape closes what is open, Back leads where
one was.
"""

from __future__ import annotations

import re

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.browser.conftest import open_context
from tests.browser.finder import INPUT
from tests.browser.test_accessible import find_violations

pytestmark = pytest.mark.browser

CARD = ".pb-speak__card"
SWIPE = """([card, by]) => {
  const at = { bubbles: true, pointerType: "touch", clientY: 300 };
  card.dispatchEvent(new PointerEvent("pointerdown", { ...at, clientX: 200 }));
  card.dispatchEvent(new PointerEvent("pointerup", { ...at, clientX: 200 + by }));
}"""


def swipe(page: Page, by: int) -> None:
    page.evaluate(SWIPE, [page.locator(CARD).element_handle(), by])


def speak(page: Page) -> None:
    page.locator(".pb-acts").get_by_role("button", name="Speak").click()
    expect(page.locator(CARD)).to_be_focused()


def test_one_speaks_through_the_objections_of_a_category_in_the_order_of_the_list(
    page: Page, site_url: str
) -> None:
    page.goto(f"{site_url}objections/")
    group = page.locator(".pb-group").filter(has=page.locator(".pb-row >> nth=1")).first
    links = group.locator(".pb-row__link a")
    titles = links.all_inner_texts()
    assert len(titles) > 1
    links.first.click()
    address = page.url
    asked: list[str] = []
    page.on("request", lambda request: asked.append(request.url))
    said = page.locator("article .pb-spoken [data-copied]").all_inner_texts()
    assert not page.locator("script[src*='speak']").count()
    speak(page)
    title = page.locator(f"{CARD} h2")
    expect(title).to_have_text(titles[0])
    assert find_violations(page) == []
    assert page.locator(f"{CARD} [data-copied]").all_inner_texts() == said
    assert any("speak.js" in url for url in asked)
    before, after = (page.get_by_role("button", name=name, exact=True) for name in ("Back", "Next"))
    expect(before).to_be_disabled()
    after.click()
    expect(title).to_have_text(titles[1])
    page.keyboard.press("ArrowLeft")
    expect(title).to_have_text(titles[0])
    swipe(page, -120)
    expect(title).to_have_text(titles[1])
    swipe(page, 120)
    expect(title).to_have_text(titles[0])
    for shown in titles[1:]:
        page.keyboard.press("ArrowRight")
        expect(title).to_have_text(shown)
    expect(after).to_be_disabled()
    page.get_by_role("button", name="Leave").click()
    expect(page.locator(".pb-speak")).to_be_hidden()
    expect(page).to_have_url(address)
    page.go_back()
    expect(page).to_have_url(f"{site_url}objections/")


def test_the_ten_second_answer_of_a_battlecard_is_spoken_too(page: Page, site_url: str) -> None:
    page.goto(f"{site_url}competitors/gas-boiler/#_speak")
    expect(page.locator(CARD)).to_be_visible()
    answer = page.locator("article .pb-say").text_content()
    page.emulate_media(color_scheme="dark")
    assert find_violations(page) == []
    assert answer == page.locator(f"{CARD} .pb-say").text_content()
    assert not page.locator(f"{CARD} .pb-say :is(a, button)").count()
    page.get_by_role("button", name="Leave").click()
    expect(page).to_have_url(f"{site_url}competitors/gas-boiler/")


def test_escape_closes_what_is_open_and_back_leads_where_one_was(
    browser: Browser, site_url: str
) -> None:
    context = open_context(
        browser, viewport={"width": 390, "height": 844}, has_touch=True, is_mobile=True
    )
    phone = context.new_page()
    phone.goto(f"{site_url}objections/")
    phone.goto(f"{site_url}objections/too-expensive/")
    here, ways = phone.url, phone.locator(".pb-thumb__way")
    ways.filter(has_text="Search").tap()
    expect(phone.locator(INPUT)).to_be_focused()
    phone.keyboard.press("Escape")
    expect(phone.locator(INPUT)).to_be_hidden()
    ways.filter(has_text="Menu").tap()
    expect(phone.locator("#__drawer")).to_be_checked()
    phone.keyboard.press("Escape")
    expect(phone.locator("#__drawer")).not_to_be_checked()
    term = phone.locator("article .pb-term").first
    term.tap()
    expect(phone.locator(".pb-meaning:popover-open")).to_be_visible()
    phone.keyboard.press("Escape")
    expect(phone.locator(".pb-meaning:popover-open")).to_have_count(0)
    speak(phone)
    assert phone.evaluate("document.querySelector('.pb-speak').clientWidth") == 390
    phone.keyboard.press("Escape")
    expect(phone.locator(".pb-speak")).to_be_hidden()
    expect(phone).to_have_url(here)
    speak(phone)
    phone.go_back()
    expect(phone.locator(".pb-speak")).to_be_hidden()
    expect(phone).to_have_url(here)
    phone.go_back()
    expect(phone).to_have_url(re.compile("/objections/$"))
    context.close()
