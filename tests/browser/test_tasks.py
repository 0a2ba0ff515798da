"""What a seller wants to know on a phone: after two touches from the home page it stands on the
screen, whole, without scrolling. Each task with a second entry of its kind.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator

import pytest
from playwright.sync_api import BrowserContext, Locator, Page, expect

from tests.browser.finder import INPUT, OPTION, ask

pytestmark = pytest.mark.browser


@pytest.fixture
def phone(shared_context: Callable[..., BrowserContext], site_url: str) -> Iterator[Page]:
    context = shared_context(viewport={"width": 390, "height": 844}, has_touch=True, is_mobile=True)
    page = context.new_page()
    page.goto(site_url)
    page.wait_for_selector("html.pb-can-find")
    yield page
    page.close()


def look_for(phone: Page, query: str, address: str) -> None:
    """One typed query, one tap on an answer that is on the screen."""
    phone.locator(".pb-thumb__way", has_text="Search").tap()
    expect(phone.locator(INPUT)).to_be_focused()
    ask(phone, query)
    found = phone.locator(f"{OPTION}[href$='{address}']").first
    expect(found).to_be_in_viewport()
    found.tap()
    phone.wait_for_url(f"**/{address}*")


def assert_seen(phone: Page, *things: Locator) -> None:
    """Each stands whole between the header and the bar at the bottom."""
    top = phone.locator(".md-header").bounding_box()
    bar = phone.locator(".pb-thumb").bounding_box()
    assert top is not None
    assert bar is not None
    for thing in things:
        expect(thing).to_be_visible()
        box = thing.bounding_box()
        assert box is not None
        assert top["y"] + top["height"] <= box["y"] + 1, thing
        assert box["y"] + box["height"] <= bar["y"] + 1, thing


@pytest.mark.parametrize(
    ("query", "address"),
    [
        ("too expensive", "objections/too-expensive/"),
        ("payback above three years", "objections/payback-too-long/"),
    ],
)
def test_the_words_to_say_with_what_to_do_with_them_and_whose_they_are(
    phone: Page, query: str, address: str
) -> None:
    look_for(phone, query, address)
    assert_seen(
        phone,
        phone.locator(".pb-spoken"),
        phone.get_by_role("button", name="Copy"),
        phone.get_by_role("button", name="Share"),
        phone.locator(".pb-reviewed").first,
        phone.locator(".pb-owner").first,
    )


@pytest.mark.parametrize(
    ("query", "address"),
    [("Tessel", "competitors/tessel/"), ("Polarlift", "competitors/polarlift/")],
)
def test_the_ten_seconds_against_a_competitor_and_where_they_win(
    phone: Page, query: str, address: str
) -> None:
    look_for(phone, query, address)
    assert_seen(phone, phone.locator(".pb-lead"), phone.locator(".pb-card--where_they_win"))


@pytest.mark.parametrize(
    ("query", "address", "last_role"),
    [
        ("dairies", "markets/dairies/", "Sustainability manager"),
        ("pharma", "markets/pharma/", "Purchasing"),
    ],
)
def test_whether_an_account_is_ours_and_whom_to_call(
    phone: Page, query: str, address: str, last_role: str
) -> None:
    look_for(phone, query, address)
    cards = phone.locator(".pb-glance").first.locator(".pb-card")
    assert_seen(phone, cards.first, cards.nth(1).locator("li", has_text=last_role))


@pytest.mark.parametrize("what", ["France", "Process heat above 160"])
def test_what_we_do_not_do_and_why(phone: Page, what: str) -> None:
    phone.get_by_role("link", name="What we do not do now").first.tap()
    line = phone.locator(".pb-not .pb-row", has_text=what)
    line.locator("summary").tap()
    assert_seen(phone, line)


@pytest.mark.parametrize("group", ["Handle an objection", "Beat a competitor", "I am new here"])
def test_what_one_comes_for_is_on_the_first_screen(phone: Page, group: str) -> None:
    assert_seen(phone, phone.locator(".pb-task", has_text=group))


@pytest.mark.parametrize("name", ["Fit", "Study"])
def test_what_must_be_true_to_go_on_to_the_next_stage(phone: Page, name: str) -> None:
    look_for(phone, f"stage {name}", f"stages/{name.lower()}/")
    assert_seen(phone, phone.locator(".pb-glance .pb-card").first)


@pytest.mark.parametrize("topic", ["funding", "steam"])
def test_who_helps_and_how_to_reach_them(phone: Page, topic: str) -> None:
    phone.locator(".pb-thumb__way", has_text="Search").tap()
    ask(phone, f"who can help with {topic}")
    person = phone.locator(f"{OPTION}[href*='people/#']").first
    expect(person).to_be_in_viewport()
    person.tap()
    phone.wait_for_url("**/people/#*")
    row = phone.locator(".pb-row:has(> details[open])")
    assert_seen(phone, row.locator("summary").first, row.locator(".pb-contact"))


class Thumb:
    """Counts what a seller does from the home page; to type a query in the search is one touch."""

    def __init__(self, phone: Page) -> None:
        self.phone, self.touches = phone, 0

    def tap(self, thing: Locator) -> None:
        expect(thing).to_be_in_viewport()
        thing.tap()
        self.touches += 1

    def look_for(self, query: str, address: str) -> None:
        look_for(self.phone, query, address)
        self.touches += 2


@pytest.mark.parametrize(
    ("market", "persona"), [("Dairies", "CFO"), ("Paper and board", "Technical director")]
)
def test_what_to_say_to_ask_and_to_expect_in_a_call(phone: Page, market: str, persona: str) -> None:
    thumb = Thumb(phone)
    thumb.tap(phone.locator(".pb-thumb__way", has_text="Call"))
    thumb.tap(phone.get_by_role("link", name=f"{market}, {persona}"))
    expect(phone.locator(".pb-call__title a")).to_have_count(2)
    assert_seen(phone, phone.locator(".pb-call__title"))
    for name, lines in (("questions", 2), ("say", 2), ("objections", 3)):
        section = phone.locator(f"[data-section={name}]")
        assert_seen(phone, section.locator("h3"), *section.locator("li").all()[:lines])
    assert thumb.touches <= 2


@pytest.mark.parametrize(
    ("query", "person", "may"),
    [
        ("who approves a discount", "cso", "discounts above 6%"),
        ("may I give 8% discount", "cso", "discounts above 6%"),
    ],
)
def test_who_may_approve_what(phone: Page, query: str, person: str, may: str) -> None:
    thumb = Thumb(phone)
    thumb.look_for(query, f"people/#{person}")
    row = phone.locator(f"#{person}")
    assert_seen(phone, row.get_by_text(may).last, row.locator(".pb-contact"))
    assert thumb.touches <= 2


@pytest.mark.parametrize(
    ("query", "proof"),
    [
        ("figure for board mills", "board-mill-gelderland"),
        ("figure for a soft drinks bottler", "soft-drinks-zealand"),
    ],
)
def test_a_figure_that_may_be_sent(phone: Page, query: str, proof: str) -> None:
    thumb = Thumb(phone)
    thumb.look_for(query, f"proof/#{proof}")
    row = phone.locator(f"#{proof}")
    mark = row.locator("summary .pb-badge--shareable-public")
    assert_seen(phone, row.locator("h2"), mark, row.get_by_role("button", name="Copy"))
    assert thumb.touches <= 2


@pytest.mark.parametrize("role", ["Account manager", "Application engineer"])
def test_where_to_start_on_the_first_day(phone: Page, role: str) -> None:
    thumb = Thumb(phone)
    thumb.tap(phone.locator(".pb-task", has_text="I am new here"))
    path = phone.locator("[data-path]", has=phone.locator("summary", has_text=role)).first
    thumb.tap(path.locator("summary").first)
    assert_seen(phone, path.locator("li").first)
    assert thumb.touches <= 2


@pytest.mark.parametrize(("query", "term"), [("SAT", "acceptance-test"), ("COP", "cop")])
def test_what_an_abbreviation_means(phone: Page, query: str, term: str) -> None:
    thumb = Thumb(phone)
    thumb.look_for(query, f"glossary/#{term}")
    row = phone.locator(f"#{term}")
    assert_seen(phone, row.locator("summary").first, row.locator(".pb-row__body p").first)
    assert thumb.touches <= 2


@pytest.mark.parametrize(
    ("query", "address"),
    [("too expensive", "objections/too-expensive/"), ("Tessel", "competitors/tessel/")],
)
def test_to_say_that_an_answer_did_not_work(phone: Page, query: str, address: str) -> None:
    thumb = Thumb(phone)
    thumb.look_for(query, address)
    assert_seen(phone, phone.get_by_role("button", name="It did not work"))
    assert thumb.touches <= 2
