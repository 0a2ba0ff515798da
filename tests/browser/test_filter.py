"""Lists are filtered while typing, by keyboard alone too; the choice is in the address; without
scripts all is listed.
"""

from __future__ import annotations

import re
from urllib.parse import quote

import pytest
from playwright.sync_api import Browser, Locator, Page, expect

from tests.browser.conftest import in_turn, open_context
from tests.browser.finder import DIALOG, INPUT, ask
from tests.trials.amount import some

pytestmark = pytest.mark.browser

LISTS = ("objections/", "proof/", "competitors/", "questions/")
FOUND = (*LISTS, "people/", "assets/", "glossary/")


def shown(page: Page) -> Locator:
    """What is in the list, whether or not the row it stands in is opened."""
    return page.locator(".pb-item:not([hidden], [hidden] *)")


def count(page: Page) -> str:
    return page.locator(".pb-filter__count [role=status]").inner_text()


def answered(page: Page, words: str) -> None:
    """Wait until the list is what the finder says of the words in the field."""
    expect(page.locator(".pb-filter")).to_have_attribute("data-answered", words)


def choose(page: Page, name: str, value: str) -> None:
    """Choose in a filter, opening the filters first where the screen is narrow."""
    select = page.locator(f"select[name={name}]")
    if not select.is_visible():
        page.locator(".pb-filter summary").click()
    select.select_option(value)


def test_a_choice_is_kept_in_the_address_and_gone_back_from(page: Page, site_url: str) -> None:
    page.goto(f"{site_url}objections/")
    total = shown(page).count()
    assert count(page) == f"{total} of {total} shown"
    choose(page, "category", "price")
    by_category = shown(page).count()
    assert 0 < by_category < total
    expect(page).to_have_url(f"{site_url}objections/?category=price")
    choose(page, "persona", "purchasing")
    both = shown(page).count()
    assert 0 < both < by_category
    assert count(page) == f"{both} of {total} shown: Price, Purchasing"
    expect(page).to_have_url(f"{site_url}objections/?category=price&persona=purchasing")
    assert page.locator("h2:visible").count() == 1
    page.go_back()
    expect(page.locator("select[name=persona]")).to_have_value("")
    assert shown(page).count() == by_category
    page.reload()
    assert shown(page).count() == by_category
    page.get_by_role("button", name="Clear the choice").click()
    expect(page).to_have_url(f"{site_url}objections/")
    assert shown(page).count() == total


def test_what_the_buyer_said_is_found_in_other_wordings_while_typing(
    page: Page, site_url: str
) -> None:
    page.goto(f"{site_url}objections/")
    page.get_by_label("What did they say?").press_sequentially("THREE boilers")
    answered(page, "THREE boilers")
    found = shown(page).count()
    expect(shown(page).first).to_contain_text("Your heat pump costs three times a gas boiler.")
    expect(page.get_by_text("For that money I get three boilers.")).to_be_visible()
    expect(page.get_by_text("You are way over our budget.")).to_be_hidden()
    expect(page).to_have_url(f"{site_url}objections/?words=THREE+boilers")
    page.locator(".pb-item:visible a").first.click()
    expect(page).to_have_url(re.compile("/objections/too-expensive/$"))
    page.go_back()
    expect(shown(page)).to_have_count(found)


def test_an_entry_that_names_no_market_is_shown_for_every_market(page: Page, site_url: str) -> None:
    page.goto(f"{site_url}objections/?market=pharma")
    assert (
        page.locator(".pb-item:not([data-market]):visible").count()
        == page.locator(".pb-item:not([data-market])").count()
    )
    for item in page.locator(".pb-item[data-market]:visible").all():
        assert "pharma" in (item.get_attribute("data-market") or "").split()


TRY_ALL = """() => [...document.querySelectorAll(".pb-filter select")].flatMap((select) => {
  const isShown = (item) => !item.closest("[hidden]");
  const tried = [...select.options].map((option) => option.value).filter(Boolean).map((value) => {
    select.value = value;
    select.dispatchEvent(new Event("change"));
    const items = [...document.querySelectorAll(".pb-item")];
    const marks = (item) => item.closest(`[data-${select.name}]`)?.getAttribute(`data-${select.name}`).split(" ");
    const named = items.filter((item) => marks(item)?.includes(value));
    return [`${select.name}=${value}`, named.length, named.every(isShown),
            items.every((item) => isShown(item) === (!marks(item) || marks(item).includes(value)))];
  });
  select.value = "";
  select.dispatchEvent(new Event("change"));
  return tried;
})"""
"""Chooses every value of every filter: how many name it, whether these are shown, and nothing that
names only others.
"""


@pytest.mark.trial
@in_turn("address", LISTS)
def test_every_value_that_is_offered_shows_what_names_it_and_what_names_none(
    page: Page, site_url: str, address: str
) -> None:
    page.goto(site_url + address)
    tried = page.evaluate(TRY_ALL)
    assert len(tried) > 4
    assert [
        name
        for name, named, shows_named, is_right in tried
        if not (named and shows_named and is_right)
    ] == []


def test_the_keyboard_alone_filters(page: Page, site_url: str) -> None:
    page.goto(f"{site_url}proof/")
    total = shown(page).count()
    page.get_by_label("What do you want to prove?").focus()
    page.keyboard.type("dairy")
    answered(page, "dairy")
    typed = shown(page).count()
    assert 0 < typed < total
    page.keyboard.press("Tab")
    if page.locator(".pb-filter summary").is_visible():
        page.keyboard.press("Enter")
        page.keyboard.press("Tab")
    expect(page.locator("select[name=shareable]")).to_be_focused()
    page.keyboard.press("ArrowDown")
    assert shown(page).count() < typed
    expect(page).to_have_url(re.compile(r"\?shareable=public&words=dairy$"))
    for _ in page.locator(".pb-filter select").all():
        page.keyboard.press("Tab")
    expect(page.get_by_role("button", name="Clear the choice")).to_be_focused()
    page.keyboard.press("Enter")
    assert shown(page).count() == total
    expect(page.get_by_label("What do you want to prove?")).to_be_focused()


def test_an_unknown_value_in_the_address_chooses_nothing(page: Page, site_url: str) -> None:
    page.goto(f'{site_url}objections/?market="><img src=x>&category=nothing')
    total = shown(page).count()
    assert count(page) == f"{total} of {total} shown"


@pytest.mark.parametrize("address", LISTS)
def test_without_scripts_everything_is_listed_and_no_filter_is_offered(
    browser: Browser, site_url: str, address: str
) -> None:
    context = open_context(browser, java_script_enabled=False)
    tab = context.new_page()
    tab.goto(f"{site_url}{address}?market=dairies")
    assert not tab.locator(".pb-filter").is_visible()
    assert shown(tab).count() == tab.locator(".pb-item").count() > 5
    context.close()


@pytest.mark.trial
@in_turn(
    "address, kind, words",
    some(
        [
            ("objections/", "objections", "too expensive"),
            ("objections/", "objections", "pricey"),
            ("objections/", "objections", "amonia"),
            ("objections/", "objections", "Let’s"),
            ("proof/", "proof", "uptime"),
            ("competitors/", "competitors", "general contractor"),
            ("people/", "people", "grants"),
            ("assets/", "assets", "case study dairy"),
            ("glossary/", "glossary", "Abwaerme"),
        ],
        6,
    ),
)
def test_a_list_shows_what_the_search_finds_of_its_kind_in_the_same_order(
    page: Page, site_url: str, address: str, kind: str, words: str
) -> None:
    page.goto(f"{site_url}{address}?q={quote(words)}&in={kind}")
    page.wait_for_selector(f"{DIALOG}[data-complete]")
    found = [one.rstrip("/").rpartition("/")[2].lstrip("#") for one in ask(page, words)]
    assert found
    page.goto(site_url + address)
    page.locator("#pb-words").fill(words)
    answered(page, words)
    assert shown(page).evaluate_all("items => items.map(item => item.dataset.entry)") == found
    page.get_by_role("button", name="Clear the choice").click()
    assert shown(page).count() == page.locator(".pb-item").count()


def test_questions_are_found_by_words_that_mean_the_same(page: Page, site_url: str) -> None:
    page.goto(f"{site_url}questions/")
    page.locator("#pb-words").fill("breakdown")
    answered(page, "breakdown")
    assert 0 < shown(page).count() < page.locator(".pb-item").count()
    for question in shown(page).all():
        expect(question).to_be_visible()
    for part in page.locator(".pb-row__body .pb-group:visible").all():
        assert part.locator(".pb-item:visible").count() > 0  # no heading stands alone
    page.get_by_role("button", name="Clear the choice").click()
    assert page.locator("[data-unit] > details[open]").count() == 0


def test_a_row_of_questions_begins_with_the_first_that_fits_the_choice(
    page: Page, site_url: str
) -> None:
    page.goto(f"{site_url}questions/?persona=technical-director")
    rows = page.locator(".pb-row:visible")
    assert 0 < rows.count() < page.locator(".pb-row").count()
    for row in rows.all():
        fitting = row.locator(".pb-item:not([hidden])").first.text_content()
        assert (row.locator("[data-first]").text_content() or "") in (fitting or "")
    folds = page.locator(".pb-more--rows:visible")
    assert folds.count() == page.locator(".pb-more--rows[open]:visible").count() > 0
    page.get_by_role("button", name="Clear the choice").click()
    assert page.locator(".pb-more--rows[open]").count() == 0


def test_a_filter_that_finds_nothing_shows_what_comes_nearest_and_leads_on(
    page: Page, site_url: str
) -> None:
    page.goto(f"{site_url}people/")
    page.locator("#pb-words").fill("servomotor")
    answered(page, "servomotor")
    nothing = page.locator(".pb-filter__nothing")
    expect(nothing).to_contain_text("servomotor")
    assert count(page).startswith("0 of ")
    assert shown(page).count() > 0
    nothing.get_by_role("link", name="Search everywhere").click()
    expect(page.locator(INPUT)).to_have_value("servomotor")


@pytest.mark.trial
@in_turn("address", FOUND)
def test_words_in_the_address_of_a_list_are_looked_for(
    page: Page, site_url: str, address: str
) -> None:
    page.goto(f"{site_url}{address}?words=steam")
    answered(page, "steam")
    expect(page.locator("#pb-words")).to_have_value("steam")


def test_where_the_finder_cannot_be_had_all_stays_and_it_is_said(
    browser: Browser, site_url: str
) -> None:
    context = browser.new_context()
    context.route("**/search.json", lambda route: route.abort())
    tab = context.new_page()
    tab.goto(f"{site_url}objections/?words=steam")
    expect(tab.locator(".pb-filter__count [role=status]")).to_contain_text("could not be loaded")
    assert shown(tab).count() == tab.locator(".pb-item").count()
    context.close()


def test_what_is_far_from_the_screen_takes_as_much_room_as_is_shown_of_it(
    page: Page, site_url: str
) -> None:
    page.goto(f"{site_url}proof/")
    piece = page.locator(".pb-piece")
    expect(piece).to_have_css("content-visibility", "auto")
    assert piece.get_attribute("style") is None
    choose(page, "shareable", "internal")
    inside = piece.locator(".pb-item:not([hidden])").count()
    assert inside < piece.locator(".pb-item").count()
    assert piece.evaluate("one => one.style.getPropertyValue('--pb-shown')") == str(inside)


def test_words_typed_before_the_list_is_there_are_answered_from_all_of_it(
    page: Page, site_url: str
) -> None:
    page.add_init_script(
        """new MutationObserver((_, watch) => {
          const words = document.querySelector("form.pb-filter:not([hidden]) #pb-words");
          if (!words) return;
          watch.disconnect();
          words.value = "steam";
          words.dispatchEvent(new Event("input"));
        }).observe(document, { childList: true, subtree: true, attributes: true });"""
    )
    page.goto(f"{site_url}proof/")
    answered(page, "steam")
    assert 0 < shown(page).count() < page.locator(".pb-item").count()
