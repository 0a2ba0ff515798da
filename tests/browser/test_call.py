"""A call is prepared: chosen, composed, shared by its address, read offline, and readable without
scripts.
"""

from __future__ import annotations

import re

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.browser.conftest import in_turn, open_context

pytestmark = pytest.mark.browser

TYPICAL = "call/?market=dairies&persona=cfo&competitor=gas-boiler&stage=numbers"


def open_choice(page: Page) -> None:
    if not page.locator("select[name=market]").is_visible():
        page.locator(".pb-call__choice summary").click()


def sections(page: Page) -> list[str]:
    names = page.locator(".pb-call__section:visible h3").all_inner_texts()
    return [name.partition("\n")[0] for name in names]


def test_a_call_is_composed_from_the_choice_and_shared_by_its_address(
    page: Page, site_url: str
) -> None:
    page.goto(f"{site_url}call/")
    assert not page.locator(".pb-call").is_visible()
    page.locator("select[name=market]").select_option("dairies")
    expect(page.locator(".pb-call")).to_be_visible()
    expect(page.locator(".pb-call")).to_contain_text("Dairies heat and chill the same milk")
    page.locator("select[name=persona]").select_option("cfo")
    page.locator("select[name=competitor]").select_option("gas-boiler")
    page.locator("select[name=stage]").select_option("numbers")
    expect(page).to_have_url(site_url + TYPICAL)
    assert sections(page) == [
        "Why we are here",
        "What they care about",
        "Questions to ask",
        "What to say",
        "Expect to hear",
        "Proof to send",
        "Traps",
        "Next step",
    ]
    composed = page.locator(".pb-call").inner_html()
    page.go_back()
    expect(page.locator("select[name=stage]")).to_have_value("")
    page.goto(site_url + TYPICAL)
    expect(page.locator(".pb-call")).to_be_visible()
    assert page.locator(".pb-call").inner_html() == composed


def test_what_is_shown_belongs_to_the_choice_and_leads_to_more(page: Page, site_url: str) -> None:
    page.goto(site_url + TYPICAL)
    title = page.locator(".pb-call__title")
    expect(title).to_have_text("Dairies · CFO · Keep the gas boiler · Numbers")
    assert page.title().startswith("Prepare a call: Dairies")
    sheet = page.locator(".pb-call")
    expect(sheet).to_contain_text(
        "One megawatt saves about EUR 175,500 a year"
    )  # the CFO's message
    expect(sheet).to_contain_text(
        "The boiler is cheap to buy and dear to feed"
    )  # the battlecard's quick answer
    expect(sheet).to_contain_text(
        "The one-page heat case uses the customer's own gas and power prices"
    )  # the stage
    expect(page.locator("[data-section=proof] ul")).to_contain_text("public")
    heard = page.locator("[data-section=objections]")
    if (page.viewport_size or {"width": 0})["width"] < 500:
        heard.get_by_role("button", name="Expect to hear").click()
    heard.locator(".pb-call__more a").click()
    expect(page).to_have_url(
        re.compile(r"/objections/\?market=dairies&persona=cfo&competitor=gas-boiler&stage=numbers$")
    )
    expect(page.locator(".pb-filter__count [role=status]")).to_contain_text(
        ": Dairies, CFO, Keep the gas boiler, Numbers"
    )


def test_a_persona_is_told_the_words_of_the_chosen_market(page: Page, site_url: str) -> None:
    general, of_mills = "One megawatt saves about EUR 175,500", "6 MW of steam for 8,000 hours"
    say = page.locator("[data-section=say]")
    for market, said, unsaid in (
        ("paper-board", of_mills, general),
        ("dairies", general, of_mills),
        ("", general, of_mills),
    ):
        page.goto(f"{site_url}call/?persona=cfo{f'&market={market}' * bool(market)}")
        expect(say).to_contain_text(said)
        expect(say).not_to_contain_text(unsaid)


@pytest.mark.trial
@in_turn(
    "address, choice",
    [
        ("markets/dairies/", "market=dairies"),
        ("personas/cfo/", "persona=cfo"),
        ("offerings/korva-120/", "offering=korva-120"),
        ("competitors/polarlift/", "competitor=polarlift"),
        ("stages/fit/", "stage=fit"),
    ],
)
def test_an_entry_leads_to_a_call_with_itself_chosen(
    page: Page, site_url: str, address: str, choice: str
) -> None:
    page.goto(site_url + address)
    heading = page.locator("h1").inner_text()
    page.get_by_role("link", name="Prepare a call").and_(page.locator(".pb-prepare")).click()
    expect(page).to_have_url(f"{site_url}call/?{choice}")
    expect(page.locator(".pb-call")).to_be_visible()
    expect(page.locator(".pb-call__title")).to_have_text(heading)
    expect(page.locator(".pb-call__section:visible h3").nth(1)).to_be_visible()


def test_once_loaded_it_works_offline(page: Page, site_url: str) -> None:
    page.goto(f"{site_url}call/")
    expect(page.locator(".pb-call__start")).to_be_hidden()
    page.context.set_offline(True)
    page.locator("select[name=market]").select_option("paper-board")
    page.locator("select[name=competitor]").select_option("polarlift")
    expect(page.locator(".pb-call")).to_contain_text(
        "Interesting technology, four machines in operation."
    )
    expect(page.locator(".pb-call__title")).to_have_text("Paper and board · Polarlift")


def test_before_a_choice_examples_lead_to_a_sheet(page: Page, site_url: str) -> None:
    page.goto(f"{site_url}call/")
    examples = page.locator(".pb-call__examples").get_by_role("link")
    expect(examples).to_have_count(3)
    expect(page.get_by_role("button", name="Show the page")).to_be_hidden()
    names = examples.first.inner_text()
    examples.first.click()
    expect(page.locator(".pb-call__title")).to_have_text(names.replace(", ", " · "))
    expect(page.locator(".pb-call__examples")).to_be_hidden()
    page.go_back()
    expect(page.locator(".pb-call__examples")).to_be_visible()


def test_on_a_phone_the_choice_folds_away_when_the_page_is_asked_for(
    page: Page, site_url: str
) -> None:
    is_phone = (page.viewport_size or {"width": 0})["width"] < 500
    page.goto(f"{site_url}call/")
    page.locator("select[name=persona]").select_option("cfo")
    show = page.get_by_role("button", name="Show the page")
    expect(show).to_be_visible(visible=is_phone)
    if is_phone:
        assert (show.bounding_box() or {})["height"] >= 40
        show.click()
        expect(page.locator("select[name=persona]")).to_be_hidden()
        expect(page.locator(".pb-call__title")).to_be_focused()
        expect(page.locator(".pb-call__title")).to_be_in_viewport()
    page.get_by_role("button", name="Clear the choice").click()
    expect(page.locator("select[name=market]")).to_be_focused()
    expect(page.locator(".pb-call")).to_be_hidden()


def test_on_a_phone_each_section_begins_with_what_one_needs_and_is_opened_by_its_name(
    page: Page, site_url: str
) -> None:
    is_phone = (page.viewport_size or {"width": 0})["width"] < 500
    page.goto(f"{site_url}call/?market=dairies&persona=cfo")
    expect(page.locator(".pb-call")).to_be_visible()
    questions = page.locator("[data-section=questions]")
    third = questions.locator("li").nth(2)
    expect(page.locator("[data-section=why] ul")).to_be_visible(visible=not is_phone)
    expect(third).to_be_visible(visible=not is_phone)
    expect(page.get_by_role("heading", name="Prepare a call")).to_be_visible()
    assert page.locator("[data-section=say] li:visible").evaluate_all(
        "all => all.length && all.every(one => one.scrollHeight <= one.clientHeight + 1)"
    )
    fold = questions.get_by_role("button", name="Questions to ask")
    fold.click()
    expect(third).to_be_visible(visible=is_phone)
    second = page.locator("[data-section=objections] li").nth(1)
    if is_phone:
        expect(second.locator(".pb-call__answer")).to_be_hidden()
        button = second.get_by_role("button", name="The answer")
        assert (button.bounding_box() or {})["width"] >= 40
        button.click()
    expect(second.locator(".pb-call__answer")).to_be_visible()
    page.emulate_media(media="print")
    for section in page.locator(".pb-call__section:not([hidden])").all():
        expect(section.locator(".pb-call__body")).to_be_visible()
    expect(page.locator("[data-section=objections] .pb-call__answer").last).to_be_visible()


def test_the_keyboard_alone_prepares_a_call(page: Page, site_url: str) -> None:
    page.goto(f"{site_url}call/")
    page.locator("select[name=market]").focus()
    page.keyboard.press("ArrowDown")
    page.keyboard.press("Tab")
    expect(page.locator("select[name=persona]")).to_be_focused()
    page.keyboard.press("ArrowDown")
    expect(page.locator(".pb-call__title a")).to_have_count(2)


def test_the_parts_are_asked_for_on_this_page_alone(page: Page, site_url: str) -> None:
    asked: list[str] = []
    page.on("request", lambda request: asked.append(request.url))
    page.goto(f"{site_url}markets/dairies/")
    page.goto(f"{site_url}objections/")
    assert not [url for url in asked if url.endswith(("parts.json", "call.js"))]
    page.goto(f"{site_url}call/")
    expect(page.locator(".pb-call__start")).to_be_hidden()
    assert [url for url in asked if url.endswith("parts.json")] == [f"{site_url}call/parts.json"]


def test_where_the_parts_cannot_be_had_the_page_says_so_and_leads_on(
    browser: Browser, site_url: str
) -> None:
    context = open_context(browser)
    context.route("**/parts.json", lambda route: route.abort())
    tab = context.new_page()
    tab.goto(f"{site_url}call/?market=dairies")
    expect(tab.locator(".pb-call__choice [role=status]")).to_contain_text("could not be loaded")
    expect(tab.locator(".pb-call__start").get_by_role("link", name="Dairies")).to_be_visible()
    context.close()


def test_without_scripts_it_leads_to_markets_personas_and_objections(
    browser: Browser, site_url: str
) -> None:
    context = open_context(browser, java_script_enabled=False)
    tab = context.new_page()
    tab.goto(f"{site_url}call/?market=dairies")
    assert not tab.locator(".pb-filter").is_visible()
    start = tab.locator(".pb-call__start")
    for name in ("Dairies", "CFO", "Korva 120", "Polarlift", "Fit", "All objections"):
        assert start.get_by_role("link", name=name, exact=True).is_visible()
    start.get_by_role("link", name="CFO").click()
    expect(tab).to_have_url(f"{site_url}personas/cfo/")
    context.close()
