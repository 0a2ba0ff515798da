"""On a phone the ways through stand where a thumb reaches them; nothing tells of keys, or of editing,
where nobody asked.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.browser.conftest import open_context
from tests.browser.finder import INPUT

pytestmark = pytest.mark.browser

SOMEWHERE = ("", "objections/too-expensive/", "proof/", "how-to-read-this-playbook/")


@pytest.fixture
def phone(browser: Browser) -> Iterator[Page]:
    context = open_context(
        browser, viewport={"width": 390, "height": 844}, has_touch=True, is_mobile=True
    )
    yield context.new_page()
    context.close()


@pytest.mark.parametrize("address", SOMEWHERE)
def test_every_page_has_the_ways_through_within_reach(
    phone: Page, site_url: str, address: str
) -> None:
    phone.goto(site_url + address)
    ways = phone.locator(".pb-thumb__way")
    assert [way.strip() for way in ways.all_inner_texts()] == [
        "Home",
        "Search",
        "Call",
        "New",
        "Menu",
    ]
    for way in ways.all():
        box = way.bounding_box()
        assert box is not None
        assert box["height"] >= 44
        assert box["y"] > 844 * 0.9
    ways.filter(has_text="Search").tap()
    expect(phone.locator(INPUT)).to_be_focused()
    phone.keyboard.press("Escape")
    ways.filter(has_text="Menu").tap()
    expect(phone.locator("#__drawer")).to_be_checked()
    phone.reload()
    ways.filter(has_text="Call").tap()
    expect(phone).to_have_url(f"{site_url}call/")
    expect(ways.filter(has_text="Call")).to_have_attribute("aria-current", "page")
    ways.filter(has_text="New").tap()
    expect(phone).to_have_url(f"{site_url}announcements/")
    ways.filter(has_text="Home").tap()
    expect(phone).to_have_url(site_url)
    expect(ways.filter(has_text="Home")).to_have_attribute("aria-current", "page")


@pytest.mark.parametrize(
    ("address", "group", "here"),
    [
        ("markets/dairies/", "Markets", "Dairies"),
        ("glossary/", "More", "Glossary"),
        ("objections/too-expensive/", "Objections", None),
    ],
)
def test_the_menu_opens_as_a_whole_and_marks_where_one_is(
    phone: Page, site_url: str, address: str, group: str, here: str | None
) -> None:
    phone.goto(site_url + address)
    menu = phone.get_by_role("navigation", name="Menu", exact=True)
    expect(menu).to_be_hidden()
    phone.locator(".pb-thumb__way", has_text="Menu").tap()
    groups = menu.locator("summary")
    assert groups.count() == 7
    expect(groups.last).to_be_in_viewport()
    assert menu.locator("details[open] > summary").all_inner_texts() == [group]
    assert menu.locator("[aria-current]").all_inner_texts() == ([here] if here else [])
    assert not [text for text in menu.locator("a:visible").all_inner_texts() if len(text) > 60]
    groups.filter(has_text="Battlecards").tap()
    menu.get_by_role("link", name="Keep the gas boiler").tap()
    expect(phone).to_have_url(f"{site_url}competitors/gas-boiler/")


def test_no_word_in_a_field_to_search_is_cut(phone: Page, site_url: str) -> None:
    phone.goto(site_url)
    label = phone.locator("article .pb-find__label")
    assert label.evaluate("one => one.scrollWidth <= one.clientWidth")
    label.tap()
    field = phone.locator(INPUT)
    assert field.evaluate("""one => {
        const pen = document.createElement("canvas").getContext("2d");
        pen.font = getComputedStyle(one).font;
        return pen.measureText(one.placeholder).width <= one.clientWidth;
    }""")


@pytest.mark.parametrize("address", ["objections/", "markets/dairies/", "people/", "call/"])
def test_what_is_pressed_is_large_enough_for_a_thumb(
    phone: Page, site_url: str, address: str
) -> None:
    phone.goto(site_url + address)
    for target in phone.locator(
        "article :is(button:not(.pb-term), select, input, .pb-act, .pb-jump a, .pb-filter summary):visible"
    ).all():
        box = target.bounding_box()
        assert box is not None
        assert box["height"] >= 40, target.evaluate("one => one.outerHTML")


def test_the_end_of_a_page_is_not_under_the_bar(phone: Page, site_url: str) -> None:
    phone.goto(f"{site_url}glossary/")
    phone.evaluate("scrollTo(0, document.documentElement.scrollHeight)")
    last = phone.locator(".md-footer .md-copyright").bounding_box()
    bar = phone.locator(".pb-thumb").bounding_box()
    assert last is not None
    assert bar is not None
    assert last["y"] + last["height"] <= bar["y"]


def test_a_touch_screen_is_told_of_no_keys(phone: Page, page: Page, site_url: str) -> None:
    phone.goto(site_url)
    for key in phone.locator(".pb-find__key").all():
        expect(key).to_be_hidden()
    page.goto(site_url)
    if (page.viewport_size or {"width": 0})["width"] > 1000:
        expect(page.locator(".pb-find__key").first).to_be_visible()
        expect(page.locator(".pb-thumb")).to_be_hidden()


@pytest.mark.parametrize("address", SOMEWHERE)
def test_the_only_link_to_edit_a_page_is_in_its_foot(
    page: Page, site_url: str, address: str
) -> None:
    page.goto(site_url + address)
    links = page.locator("a[href*='/-/edit/']").filter(visible=True)
    expect(links).to_have_count(1)
    expect(links).to_have_text("Edit this page")
    place = links.bounding_box()
    title = page.locator("h1").bounding_box()
    assert place is not None
    assert title is not None
    assert place["y"] > title["y"] + 150


def test_the_bar_of_the_browser_has_the_colour_of_the_header(phone: Page, site_url: str) -> None:
    phone.goto(site_url)
    bar = phone.locator("meta[name=theme-color]")
    expect(bar).to_have_attribute("content", re.compile("^#[0-9a-f]{6}$"))
    parts = [int(str(bar.get_attribute("content"))[at : at + 2], 16) for at in (1, 3, 5)]
    header = phone.evaluate(
        """() => {
          const brush = document.createElement("canvas").getContext("2d");
          brush.fillStyle = getComputedStyle(document.querySelector(".md-header")).backgroundColor;
          brush.fillRect(0, 0, 1, 1);
          return [...brush.getImageData(0, 0, 1, 1).data].slice(0, 3);
        }"""
    )
    assert parts == header


def test_without_scripts_the_ways_that_need_none_are_there(browser: Browser, site_url: str) -> None:
    context = open_context(
        browser, viewport={"width": 390, "height": 844}, java_script_enabled=False
    )
    tab = context.new_page()
    tab.goto(site_url)
    assert tab.locator(".pb-thumb__way").filter(visible=True).count() == 4
    context.close()
