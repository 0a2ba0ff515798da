"""Long lists are rows: short on a phone, opened in place, by their address too, and without
scripts.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator

import pytest
from playwright.sync_api import Browser, BrowserContext, Page, expect

from tests.browser.conftest import in_turn, open_context

pytestmark = pytest.mark.browser

SCREEN = 844
FOLDED = ("proof/", "questions/", "people/", "assets/", "glossary/")
ROWS = (*FOLDED, "differentiators/", "assumptions/", "skills/", "field-notes/", "coaching/")
HEIGHT = "document.documentElement.scrollHeight"


@pytest.fixture
def phone(browser: Browser) -> Iterator[Page]:
    context = open_context(
        browser, viewport={"width": 390, "height": SCREEN}, has_touch=True, is_mobile=True
    )
    yield context.new_page()
    context.close()


@pytest.mark.parametrize("address", [*FOLDED, "objections/"])
def test_a_list_takes_few_screens_of_a_phone(phone: Page, site_url: str, address: str) -> None:
    phone.goto(site_url + address)
    assert phone.evaluate(HEIGHT) < 6 * SCREEN
    heights = phone.locator(".pb-row:visible").evaluate_all(
        "all => all.map(one => one.getBoundingClientRect().height)"
    )
    assert len(heights) > 5
    assert sum(heights) / len(heights) < 80


def test_each_row_of_questions_says_the_first_and_an_entry_is_listed_once(
    phone: Page, site_url: str
) -> None:
    phone.goto(f"{site_url}questions/")
    assert phone.evaluate(HEIGHT) < 5 * SCREEN
    rows = phone.locator(".pb-row:visible, .pb-more--rows:visible")
    assert rows.count() > 30
    assert rows.count() == rows.locator(".pb-row__ask:visible").count()
    titles = phone.locator(".pb-row h3").all_text_contents()
    assert len(titles) == len(set(titles))
    row = phone.locator(".pb-row", has_text="Dairies").first
    asked = row.locator(".pb-row__ask").inner_text()
    row.locator("summary").tap()
    expect(row.locator(".pb-row__ask")).to_be_hidden()
    expect(row.locator("li").first).to_have_text(asked)
    expect(row.locator(".pb-row__body .pb-label")).to_have_count(3)


def test_what_a_row_is_opened_for_begins_while_it_is_closed(page: Page, site_url: str) -> None:
    page.goto(f"{site_url}coaching/")
    rows = page.locator(".pb-row")
    assert rows.count() == rows.locator(".pb-row__ask:visible").count() > 3
    page.goto(f"{site_url}field-notes/")
    note = page.locator(".pb-note:has(.pb-answer)").first
    begun = note.locator(".pb-note__answer")
    expect(begun).to_be_visible()
    note.locator("summary").first.click()
    expect(begun).to_be_hidden()
    expect(note.locator(".pb-answer")).to_be_visible()


def test_the_levels_of_a_skill_stand_beside_each_other_where_there_is_room(
    shared_context: Callable[..., BrowserContext], site_url: str
) -> None:
    tab = shared_context(viewport={"width": 1280, "height": 800}).new_page()
    tab.goto(f"{site_url}skills/")
    levels = tab.locator(".pb-row").first.locator(".pb-skills__levels > span")
    tops = levels.evaluate_all("all => all.map(one => one.getBoundingClientRect().top)")
    assert len(tops) > 1
    assert len(set(tops)) == 1
    tab.locator(".pb-row summary").first.click()
    expect(levels.first).to_be_hidden()
    tab.close()


@pytest.mark.parametrize("address", ["markets/dairies/", "markets/pharma/"])
def test_a_market_takes_about_three_screens_of_a_phone(
    phone: Page, site_url: str, address: str
) -> None:
    phone.goto(site_url + address)
    assert phone.evaluate(HEIGHT) < 3.1 * SCREEN


@pytest.mark.parametrize("address", ROWS)
def test_a_row_is_opened_by_a_touch_and_by_the_keyboard(
    phone: Page, site_url: str, address: str
) -> None:
    phone.goto(site_url + address)
    row = phone.locator(".pb-row").nth(2)
    body = row.locator(".pb-row__body")
    expect(body).to_be_hidden()
    row.locator("summary").first.tap()
    expect(body).to_be_visible()
    row.locator("summary").first.press("Enter")
    expect(body).to_be_hidden()


@pytest.mark.trial
@in_turn(
    "address",
    ["proof/", "people/", "assets/", "glossary/", "assumptions/", "field-notes/", "coaching/"],
)
def test_an_address_opens_its_row(page: Page, site_url: str, address: str) -> None:
    page.goto(site_url + address)
    row = page.locator(".pb-row").last
    name = row.get_attribute("id")
    page.goto(f"{site_url}{address}#{name}")
    expect(row.locator(".pb-row__body")).to_be_visible()
    expect(row.locator("summary").first).to_be_in_viewport()
    other = page.locator(".pb-row").first
    page.evaluate("name => { location.hash = name; }", other.get_attribute("id"))
    expect(other.locator(".pb-row__body")).to_be_visible()


def test_an_address_with_a_former_id_opens_the_row_too(page: Page, site_url: str) -> None:
    page.goto(f"{site_url}proof/")
    page.locator(".pb-row").nth(1).evaluate(
        "row => row.prepend(Object.assign(document.createElement('span'), { id: 'once-called' }))"
    )
    page.evaluate("location.hash = 'once-called'")
    expect(page.locator(".pb-row").nth(1).locator(".pb-row__body")).to_be_visible()


def test_an_address_leads_on_where_the_rows_of_a_list_lead_to_pages(
    page: Page, site_url: str
) -> None:
    page.goto(f"{site_url}proof/")
    row = page.locator(".pb-row").nth(1)
    row.evaluate(
        """row => row.querySelector("details").replaceWith(
             Object.assign(document.createElement("a"), { className: "pb-row__way", href: "../glossary/" }))"""
    )
    page.evaluate("name => { location.hash = name; }", row.get_attribute("id"))
    page.wait_for_url("**/glossary/")


@pytest.mark.trial
@in_turn("name", ["%", "no-such-entry", "%C3%A9", "__nav_1"])
def test_an_address_that_names_no_row_opens_none(page: Page, site_url: str, name: str) -> None:
    page.goto(f"{site_url}proof/#{name}")
    expect(page.locator(".pb-filter__count")).to_contain_text("shown")
    assert page.locator(".pb-row > details[open]").count() == 0


def test_without_scripts_a_row_is_opened_and_read(browser: Browser, site_url: str) -> None:
    context = open_context(browser, java_script_enabled=False)
    tab = context.new_page()
    for address in ROWS:
        tab.goto(site_url + address)
        row = tab.locator(".pb-row").nth(1)
        row.locator("summary").first.click()
        expect(row.locator(".pb-row__body")).to_be_visible()
    context.close()


def test_a_proof_is_copied_with_its_source_and_what_may_be_done_with_it(
    page: Page, site_url: str
) -> None:
    page.add_init_script(
        "navigator.clipboard.writeText = async (text) => { window.copied = text; };"
    )
    page.goto(f"{site_url}proof/")
    for mark in ("public", "internal only"):
        row = page.locator(".pb-row").filter(has=page.get_by_text(mark, exact=True)).first
        row.locator("summary").first.click()
        row.get_by_role("button", name="Copy").click()
        expect(row.get_by_role("button", name="Copied")).to_be_visible()
        text = page.evaluate("window.copied")
        assert text.startswith(row.locator("h2").inner_text())
        assert row.locator("dd").first.inner_text().rstrip(".") in text
        assert ("; internal only)" in text) == (mark != "public")


def test_the_address_of_a_row_is_shared(page: Page, site_url: str) -> None:
    page.add_init_script(
        "navigator.clipboard.writeText = async (text) => { window.copied = text; };"
    )
    page.goto(f"{site_url}proof/?shareable=public")
    row = page.locator(".pb-row:visible").first
    row.locator("summary").first.click()
    row.get_by_role("button", name="Share").click()
    expect(row.get_by_role("button", name="Link copied")).to_be_visible()
    assert page.evaluate("window.copied") == f"{site_url}proof/#{row.get_attribute('id')}"
