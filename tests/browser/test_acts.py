"""What a seller does with an entry: reads its words aloud, copies them, sends the link on, prepares
a call with it.
"""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.browser.conftest import open_context

pytestmark = pytest.mark.browser

COPIED = "window.copied"
WATCH = """
  const kept = { writeText: async (text) => { window.copied = text; } };
  Object.defineProperty(navigator, "clipboard", { value: kept, configurable: true });
"""
NO_CLIPBOARD = """
  Object.defineProperty(navigator, "clipboard", { value: undefined, configurable: true });
  document.execCommand = (name) => { window.copied = document.activeElement.value; return name === "copy"; };
"""
SHEET = "navigator.share = async (told) => { window.shared = told; };"


@pytest.fixture
def phone(browser: Browser) -> Iterator[Page]:
    context = open_context(
        browser, viewport={"width": 390, "height": 844}, has_touch=True, is_mobile=True
    )
    yield context.new_page()
    context.close()


def press(page: Page, name: str) -> None:
    page.get_by_role("group").get_by_role("button", name=name).first.click()


@pytest.mark.parametrize(
    ("address", "end"),
    [
        ("objections/too-expensive/", "is the purchase price still the reason against it?"),
        ("objections/payback-too-long/", ""),
    ],
)
def test_the_words_to_say_are_the_first_screen_of_a_phone(
    phone: Page, site_url: str, address: str, end: str
) -> None:
    phone.goto(site_url + address)
    steps = phone.locator(".pb-spoken__step")
    assert [step.split("\n")[0] for step in steps.all_inner_texts()] == [
        "Acknowledge",
        "Explore",
        "Respond",
        "Confirm",
    ]
    last = steps.last.bounding_box()
    assert last is not None
    assert end in steps.last.inner_text()
    bar = phone.locator(".pb-thumb").bounding_box()
    assert bar is not None
    assert last["y"] + last["height"] <= bar["y"]
    sizes = steps.locator("[data-copied]").evaluate_all(
        "all => all.map(one => parseFloat(getComputedStyle(one.querySelector('p, li')).fontSize))"
    )
    assert max(sizes) == sizes[2] > max(sizes[0], sizes[1], sizes[3])


def test_who_stands_behind_an_answer_and_since_when_is_whole_on_a_phone(
    phone: Page, site_url: str
) -> None:
    phone.goto(f"{site_url}objections/too-expensive/")
    expect(phone.locator(".pb-trust")).to_contain_text("reviewed 2026-10-15")
    expect(phone.locator(".pb-reviewed")).to_be_visible()
    owner = phone.locator(".pb-owner")
    assert owner.evaluate("one => one.scrollWidth <= one.clientWidth")


def test_an_answer_is_copied_as_plain_text_in_speaking_order(page: Page, site_url: str) -> None:
    page.add_init_script(WATCH)
    page.goto(f"{site_url}objections/too-expensive/")
    press(page, "Copy")
    expect(page.get_by_role("button", name="Copied")).to_be_visible()
    parts = str(page.evaluate(COPIED)).split("\n\n")
    assert parts[0] == "To buy, it does. I would ask the same question."
    assert parts[1].split("\n")[2] == "- Is it the sum or the payback that troubles you?"
    assert parts[2].startswith("You buy the machine once and the energy every day.")
    assert parts[3].startswith("If the figures hold with your own prices")
    assert "investment in the future" not in page.evaluate(COPIED)
    assert "¶" not in page.evaluate(COPIED)


def test_only_proof_that_everybody_may_have_is_copied_with_an_answer(
    page: Page, site_url: str
) -> None:
    page.add_init_script(WATCH)
    page.goto(f"{site_url}objections/too-expensive/")
    shown = page.locator(".pb-proofs li")
    marks = [mark.strip() for mark in shown.locator(".pb-badge").all_inner_texts()]
    assert len(marks) == shown.count() > 1
    press(page, "Copy")
    expect(page.get_by_role("button", name="Copied")).to_be_visible()
    for line, mark in zip(shown.all(), marks, strict=True):
        words = line.locator("a").inner_text()
        assert (words in page.evaluate(COPIED)) == (mark == "public")


def test_a_page_without_a_certificate_can_copy_too(page: Page, site_url: str) -> None:
    page.add_init_script(NO_CLIPBOARD)
    page.goto(f"{site_url}competitors/polarlift/")
    press(page, "Copy")
    expect(page.get_by_role("button", name="Copied")).to_be_visible()
    expect(page.get_by_role("button", name="Copied")).to_be_focused()
    assert page.evaluate(COPIED).startswith("Interesting technology, four machines in operation.")


def test_where_nothing_can_be_copied_the_reader_is_told(page: Page, site_url: str) -> None:
    page.add_init_script(NO_CLIPBOARD + "document.execCommand = () => false;")
    page.goto(f"{site_url}plays/boiler-retirement/")
    press(page, "Copy")
    expect(page.get_by_role("group").get_by_role("status").first).to_have_text(
        "Your browser does not let this page copy"
    )


def test_the_steps_of_a_play_are_copied_with_their_numbers(page: Page, site_url: str) -> None:
    page.add_init_script(WATCH)
    page.goto(f"{site_url}plays/boiler-retirement/")
    press(page, "Copy")
    expect(page.get_by_role("button", name="Copied")).to_be_visible()
    lines = str(page.evaluate(COPIED)).split("\n")
    assert [line.partition(" ")[0] for line in lines] == [
        f"{number}." for number in range(1, len(lines) + 1)
    ]
    assert len(lines) == page.locator("ol.pb-steps > li").count() > 2


def test_a_phone_shares_by_its_own_sheet_and_a_desk_copies_the_address(
    phone: Page, page: Page, site_url: str
) -> None:
    for tab in (phone, page):
        tab.add_init_script(WATCH + SHEET)
        tab.goto(f"{site_url}objections/payback-too-long/")
        press(tab, "Share")
    phone.wait_for_function("window.shared")
    assert phone.evaluate("window.shared") == {
        "title": "We do nothing with a payback above three years.",
        "url": f"{site_url}objections/payback-too-long/",
    }
    expect(page.get_by_role("button", name="Link copied")).to_be_visible()
    assert page.evaluate(COPIED) == f"{site_url}objections/payback-too-long/"


def test_a_reader_who_closes_the_sheet_has_copied_nothing(phone: Page, site_url: str) -> None:
    closed = "navigator.share = async () => { window.asked = true; throw new DOMException('', 'AbortError'); };"
    phone.add_init_script(WATCH + closed)
    phone.goto(f"{site_url}objections/payback-too-long/")
    press(phone, "Share")
    phone.wait_for_function("window.asked")
    assert phone.evaluate(COPIED) is None


@pytest.mark.parametrize(
    ("address", "choice"),
    [
        ("objections/too-expensive/", "market=dairies&persona=cfo&with=objections/too-expensive"),
        ("plays/boiler-retirement/", "with=plays/boiler-retirement"),
    ],
)
def test_a_call_is_prepared_with_an_entry(
    page: Page, site_url: str, address: str, choice: str
) -> None:
    page.goto(site_url + address)
    title = page.locator("h1").inner_text()
    page.locator(".pb-acts .pb-prepare").click()
    assert page.url.endswith(choice)
    expect(page.locator(".pb-call")).to_be_visible()
    kind = address.partition("/")[0]
    section = {"objections": "objections", "plays": "next"}[kind]
    first = page.locator(f"[data-section={section}] .pb-call__part").first
    expect(first.locator("a").first).to_have_text(title)


def test_what_a_call_was_begun_with_stays_until_the_choice_is_cleared(
    page: Page, site_url: str
) -> None:
    page.goto(f"{site_url}call/?with=objections/steam-not-hot-water")
    answers = page.locator("[data-section=objections] .pb-call__part")
    expect(answers.first).to_contain_text("We need steam.")
    expect(page.locator(".pb-call__title")).to_contain_text("We need steam.")
    if not page.locator("select[name=persona]").is_visible():
        page.locator(".pb-call__choice summary").click()
    page.locator("select[name=persona]").select_option("cfo")
    expect(page).to_have_url(f"{site_url}call/?persona=cfo&with=objections/steam-not-hot-water")
    expect(answers.first).to_contain_text("We need steam.")
    page.get_by_role("button", name="Clear the choice").click()
    expect(page).to_have_url(f"{site_url}call/")
    expect(page.locator(".pb-call")).to_be_hidden()


def test_a_call_begun_with_what_is_no_longer_there_is_an_ordinary_one(
    page: Page, site_url: str
) -> None:
    page.goto(f"{site_url}call/?with=objections/long-gone")
    expect(page.locator(".pb-call__start")).to_be_hidden()
    expect(page.locator(".pb-call")).to_be_hidden()


def test_without_scripts_there_is_no_button_that_does_nothing(
    browser: Browser, site_url: str
) -> None:
    context = open_context(browser, java_script_enabled=False)
    tab = context.new_page()
    tab.goto(f"{site_url}objections/too-expensive/")
    assert tab.locator("article .pb-acts button").count() == 0
    expect(tab.locator(".pb-acts a")).to_be_visible()
    context.close()
