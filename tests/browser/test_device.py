"""What is kept on the reader's device: what is new since the last visit, and all that follows from
it. One site for all, whose strategy was edited on two days.
"""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Iterator
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any
from urllib.parse import unquote

import pytest
from playwright.sync_api import Browser, BrowserContext, Page, expect

from tests.browser.conftest import open_context, serve
from tests.browser.test_storage import POISONS
from tests.playbooks import build_site, copy_root
from tests.repositories import git, make_repository, write

pytestmark = pytest.mark.browser

TODAY = datetime(2026, 11, 22, 9)
KEPT = "playbook:Korvatherm:"
NOTHING_KEPT = (
    "for (const name of ['localStorage', 'sessionStorage']) Object.defineProperty(window, name, "
    "{get() { throw new DOMException('no', 'SecurityError') }})"
)


def build(folder: Path) -> None:
    root = copy_root(folder / "playbook-copy")
    offerings = (root / "strategy/offerings.yaml").read_text("utf-8")
    markets = (root / "strategy/markets.yaml").read_text("utf-8")
    edited = offerings.replace("one_liner: ", "one_liner: Since this week, ", 1)
    make_repository(root, {"strategy/offerings.yaml": edited})
    git(root, "commit", "--quiet", "--amend", "-m", "B", GIT_COMMITTER_DATE="2026-11-01T12:00:00Z")
    for day, path, text in (
        ("2026-11-16", "strategy/offerings.yaml", offerings),
        (
            "2026-11-19",
            "strategy/markets.yaml",
            markets.replace("priority: secondary", "priority: opportunistic", 1),
        ),
    ):
        write(root, {path: text})
        git(root, "commit", "--quiet", "-am", "Edit", GIT_COMMITTER_DATE=f"{day}T12:00:00Z")
    config = root / "mkdocs.yml"
    tell = "tell: {gitlab: https://gitlab.korvatherm.example/sales/playbook, mail: strategy@korvatherm.example}"
    config.write_text(re.sub("tell: .*", tell, config.read_text("utf-8")), "utf-8")
    build_site(config, folder / "site")


@pytest.fixture(scope="module")
def url(make_once: Callable[[str, Callable[[Path], None]], Path]) -> Iterator[str]:
    with serve(make_once("device", build) / "site") as address:
        yield address


@pytest.fixture
def context(browser: Browser) -> Iterator[BrowserContext]:
    """A phone on the day of the tests; what its pages stumble over fails the test."""
    context = open_context(
        browser, viewport={"width": 390, "height": 844}, has_touch=True, is_mobile=True
    )
    faults: list[str] = []
    context.on("weberror", lambda error: faults.append(str(error.error)))
    yield context
    context.close()
    assert faults == []


@pytest.fixture
def phone(context: BrowserContext) -> Page:
    tab = context.new_page()
    tab.clock.set_fixed_time(TODAY)
    return tab


def kept(tab: Page, name: str) -> Any:
    found = tab.evaluate(f"localStorage.getItem({json.dumps(KEPT + name)})")
    return json.loads(found) if found else None


def visit(tab: Page, address: str) -> None:
    """Open a page, and wait until it has noted the visit."""
    tab.goto(address)
    tab.wait_for_function("() => document.getElementById('pb-device').dataset.ready")


def forget_newest(tab: Page, days: int = 9) -> None:
    """As if the last visit had been before the newest change."""
    visits = kept(tab, "visits")
    visits["now"] = visits["now"][1:]
    visits["at"] -= days * 24 * 60 * 60 * 1000
    tab.evaluate(
        "([name, value]) => localStorage.setItem(name, value)",
        [f"{KEPT}visits", json.dumps(visits)],
    )


def test_what_changed_since_the_last_visit_is_told_by_importance(phone: Page, url: str) -> None:
    visit(phone, url)
    expect(phone.locator(".pb-count")).to_have_count(0)  # to a newcomer all is new, and nothing
    forget_newest(phone)
    visit(phone, url)
    expect(phone.locator(".pb-thumb [data-way=news] .pb-count")).to_have_text("1")
    phone.locator(".pb-thumb [data-way=news]").tap()
    items = phone.locator("[data-since-list] li:not(.pb-label)")
    expect(items).to_have_count(1)
    expect(items).to_be_in_viewport(ratio=1)  # after one touch
    expect(items).to_contain_text("priority secondary → opportunistic")
    expect(items.locator("time")).to_have_text("3 days ago")
    expect(phone.locator("[data-days]")).to_be_hidden()  # nothing is told twice
    market = str(items.locator("a").inner_text())
    # a day of the reader's choice; what everybody must act upon stands above, and not here again
    phone.locator("[data-since-day]").fill("2026-10-01")
    expect(items.filter(has_text=market)).to_have_count(1)
    expect(items).to_have_count(2)
    ranks = phone.locator("[data-since-list] > .pb-label").all_inner_texts()
    assert ranks == [one for one in ("Act now", "Important", "Good to know") if one in ranks]
    phone.locator("[data-since-day]").fill("2026-11-22")
    expect(phone.locator("[data-since-status]")).to_have_text("Nothing that you do not know.")


def test_of_much_that_changed_little_is_shown_and_the_rest_is_folded_by_kind(
    phone: Page, url: str
) -> None:
    changes = [
        {
            "name": f"{kind}/{number}",
            "day": "2026-11-20",
            "rank": rank,
            "address": f"{kind}/{number}/",
            "title": f"{kind} {number}",
            "kind": kind,
            "said": [["new", ""]],
        }
        for kind, rank, many in (("Plays", 1, 9), ("Wins", 1, 4), ("Skills", 2, 5))
        for number in range(many)
    ]
    phone.route(
        "**/assets/changes.json",
        lambda route: route.fulfill(json={"changes": changes, "versions": []}),
    )
    visit(phone, f"{url}announcements/")
    expect(phone.locator("[data-since-status]")).to_have_text("18 changed")
    titles = phone.locator("[data-since-list] > li > a")
    expect(titles).to_have_count(3)
    assert {text.split()[0] for text in titles.all_inner_texts()} == {"Plays", "Wins"}
    folds = phone.locator("[data-since-list] summary")
    expect(folds).to_have_text(["10 more", "Good to know (5)"])
    folds.first.tap()
    kinds = phone.locator("[data-since-list] details[open] .pb-label")
    expect(kinds).to_have_text(["Plays (7)", "Wins (3)"])


def test_what_must_be_acted_upon_stands_once_before_what_changed(phone: Page, url: str) -> None:
    visit(phone, f"{url}announcements/")
    act = phone.locator(".pb-card--act")
    expect(act).to_have_count(1)
    for said in ("Act now", "Act by 2026-12-31", "Do differently", "Paper team"):
        part = act.get_by_text(said).first
        expect(part).to_be_in_viewport(ratio=1)
    first = phone.locator("[data-since-list] a").first
    expect(first).to_be_in_viewport(ratio=1)
    assert (act.bounding_box() or {})["y"] < (first.bounding_box() or {})["y"]
    phone.locator("[data-since-day]").fill("2026-09-01")  # the day of the announcement is told too
    expect(phone.locator("[data-since-list] a")).not_to_have_count(1)
    expect(phone.locator("[data-since-list]")).not_to_contain_text("Board and paper mills are now")


def test_an_earlier_announcement_is_a_row_and_its_address_opens_it(phone: Page, url: str) -> None:
    visit(phone, f"{url}announcements/")
    row = phone.locator(".pb-row--told").first
    expect(row.locator(".pb-row__body")).to_be_hidden()
    phone.evaluate("name => { location.hash = name; }", row.get_attribute("id"))
    expect(row.locator(".pb-row__body")).to_be_visible()


def test_an_entry_says_what_changed_in_it_and_when(phone: Page, url: str) -> None:
    visit(phone, f"{url}announcements/")
    link = phone.locator("[data-since-list] a").first
    link.tap()
    expect(phone.locator("h1")).to_be_visible()
    expect(phone.locator("[data-changed]")).to_have_text("changed: Priority, 3 days ago")


@pytest.mark.parametrize("poisoned", POISONS[::3])
def test_what_is_kept_and_is_not_ours_counts_as_nothing(
    phone: Page, url: str, poisoned: str
) -> None:
    visit(phone, f"{url}announcements/")
    phone.evaluate(
        "(value) => { for (const name of Object.keys(localStorage)) localStorage.setItem(name, value); }",
        poisoned,
    )
    visit(phone, f"{url}announcements/")
    assert set(kept(phone, "visits")) == {"first", "at", "before", "known", "now"}


def test_where_nothing_can_be_kept_nothing_is_shown_that_needs_it(
    context: BrowserContext, phone: Page, url: str
) -> None:
    context.add_init_script(NOTHING_KEPT)
    for path in ("", "announcements/", "objections/too-expensive/"):
        visit(phone, url + path)
        expect(phone.locator(".pb-count")).to_have_count(0)


def test_what_was_read_and_pinned_is_at_hand_and_can_be_forgotten(phone: Page, url: str) -> None:
    visit(phone, url)
    lists = phone.locator("article [data-kept-lists]")
    expect(lists).to_be_hidden()
    for address in ("objections/too-expensive/", "personas/cfo/", "objections/too-expensive/"):
        visit(phone, url + address)
    title = phone.locator("h1").inner_text()
    pin = phone.get_by_role("button", name="Pin this")
    pin.tap()
    expect(pin).to_have_attribute("aria-pressed", "true")
    visit(phone, url)
    expect(lists.locator("a")).to_have_text([title, "CFO"])
    stored = phone.evaluate("JSON.stringify(localStorage)")
    assert title not in stored  # names are kept, and no text of the strategy
    phone.locator("[data-finder-open]").filter(visible=True).first.tap()
    found = phone.locator("#pb-finder [data-kept-lists] a")
    expect(found.first).to_have_text(title)
    phone.locator("#pb-finder input").fill("gas")
    expect(found.first).to_be_hidden()
    phone.keyboard.press("Escape")
    phone.get_by_role("button", name="Forget all that this device keeps").tap()
    expect(lists.locator("a")).to_have_count(0)
    names = phone.evaluate("Object.keys(localStorage)")
    assert [name for name in names if name.startswith(KEPT)] == []


def test_a_newcomer_ticks_off_the_way_in_and_finds_it_again(phone: Page, url: str) -> None:
    phone.goto(f"{url}?q=onboarding")
    phone.wait_for_selector("#pb-finder[data-complete]")  # the order of answers is settled
    first = phone.locator("#pb-finder [role=option]").first
    expect(first).to_contain_text("New here")
    first.tap()
    expect(phone).to_have_url(f"{url}new-here/")
    expect(phone.locator("[data-path]").first).to_contain_text("Everybody")
    said = phone.locator("[data-path='paths/account-manager'] summary").inner_text()
    assert said.lower().count("account manager") == 1
    path = phone.locator("[data-path='paths/account-manager']")
    path.locator("summary").tap()
    box = path.get_by_role("checkbox", name="Done: Dairies")
    box.check()
    expect(path.locator("[data-count]")).to_contain_text("1 of ")
    # the same entry on the way for everybody
    everybody = phone.locator("[data-path=everybody]")
    everybody.locator("summary").tap()
    expect(everybody.get_by_role("checkbox", name="Done: Dairies")).to_be_checked()
    path.locator("summary").tap()
    path.locator("summary").tap()
    phone.wait_for_function(
        "(name) => (localStorage.getItem(name) ?? '').includes('account-manager')",
        arg=f"{KEPT}path",
    )
    visit(phone, f"{url}new-here/")
    expect(path).to_have_attribute("open", "")
    expect(box).to_be_checked()


def test_a_card_that_went_well_comes_back_later_and_another_one_at_once(
    phone: Page, url: str
) -> None:
    visit(phone, f"{url}practise/")
    stands = phone.locator("[data-known]")
    expect(stands).to_have_text(re.compile(r"^0 of \d+ cards practised$"))
    card, left = phone.locator("[data-card]"), phone.locator("[data-left]")
    expect(left).to_have_text("5 to go")
    says = card.locator(".pb-practise__says")
    first = says.inner_text()
    expect(card.locator(".pb-practise__part")).to_have_count(0)
    phone.get_by_role("button", name="Turn the card").tap()
    expect(card.locator(".pb-practise__part--respond")).to_be_visible()
    phone.get_by_role("button", name="Not yet").tap()
    expect(left).to_have_text("5 to go")  # it comes again today
    for _ in range(5):
        phone.get_by_role("button", name="Turn the card").tap()
        phone.get_by_role("button", name="It went well").tap()
    expect(card).to_contain_text("The next card comes in 2 days.")
    expect(stands).to_contain_text("5 of ")
    phone.clock.set_fixed_time(TODAY + timedelta(days=1))
    visit(phone, f"{url}practise/")
    expect(left).to_have_text("5 to go")  # others, new ones
    assert says.inner_text() != first
    # what stands on a card has changed since: it is due, whenever it was to come
    states = kept(phone, "cards")
    key = next(iter(states))
    states[key] = [states[key][0] + 99, 99, 2.3, "another"]
    phone.evaluate(
        "([name, value]) => localStorage.setItem(name, value)",
        [f"{KEPT}cards", json.dumps(states)],
    )
    visit(phone, f"{url}practise/")
    expect(card).to_contain_text("This card changed since you practised it")


def test_one_touch_says_that_an_answer_did_not_work_and_what_is_said_is_sent_together(
    phone: Page, url: str
) -> None:
    for address in ("objections/too-expensive/", "competitors/polarlift/"):
        visit(phone, url + address)
        button = phone.get_by_role("button", name="It did not work")
        place = button.bounding_box()
        assert place is not None
        assert place["y"] + place["height"] < 400  # without scrolling
        button.tap()
        expect(button).to_have_attribute("aria-pressed", "true")
    batch = phone.locator(".pb-batch")
    expect(batch).to_contain_text("2 to send")
    links = batch.get_by_role("link")
    expect(links).to_have_text(["Send", "Send as an issue"])  # a mail needs no account
    mail, issue = (unquote(str(link.get_attribute("href"))) for link in links.all())
    assert mail.startswith(
        "mailto:strategy@korvatherm.example?subject=What worked: 2&body=- It did"
    )
    assert "(objections/too-expensive, 2026-11-22)" in mail
    assert "Polarlift (competitors/polarlift, 2026-11-22)" in issue
    # a touch taken back is not sent
    phone.get_by_role("button", name="It did not work").tap()
    expect(batch).to_contain_text("1 to send")
    visit(phone, url)
    expect(phone.locator("article .pb-batch")).to_contain_text("1 to send")


def test_a_name_in_the_chat_is_copied_by_a_touch(phone: Page, url: str) -> None:
    phone.add_init_script(
        "Object.defineProperty(navigator, 'clipboard', {configurable: true, "
        "value: {writeText: async (text) => { window.copied = text; }}})"
    )
    visit(phone, f"{url}people/#funding-desk")
    chat = phone.locator("#funding-desk [data-chat] button")
    chat.tap()
    assert phone.evaluate("window.copied") == phone.locator(
        "#funding-desk [data-chat]"
    ).get_attribute("data-chat")


def test_a_term_is_explained_where_it_stands_by_touch_and_by_key(phone: Page, url: str) -> None:
    phone.goto(f"{url}differentiators/guaranteed-cop/")
    term = phone.locator("article .pb-term").first
    meaning = phone.locator(f"#{term.get_attribute('popovertarget')}")
    expect(meaning).to_be_hidden()
    term.tap()
    expect(meaning).to_be_visible()
    place, size = meaning.bounding_box(), phone.viewport_size
    assert place is not None
    assert size is not None
    assert place["x"] >= 0
    assert place["x"] + place["width"] <= size["width"]
    phone.keyboard.press("Escape")
    expect(meaning).to_be_hidden()
    term.focus()
    phone.keyboard.press("Enter")
    expect(meaning).to_be_visible()
    expect(meaning.get_by_role("link")).to_have_attribute("href", re.compile("glossary/#"))
