"""What a seller does to find an answer: by the buyer's words, by keyboard alone, on a phone, from a
link a colleague sent.
"""

from __future__ import annotations

import base64
import hashlib
import json
import re

import pytest
from playwright.sync_api import Browser, Page, Route, expect

from tests.browser.conftest import open_context
from tests.browser.finder import DIALOG, INPUT, OPTION, ask, list_index, open_finder, put_index

pytestmark = pytest.mark.browser

ATTACK = "<img src=x onerror=alert(1)><script>alert(2)</script>"


@pytest.fixture(autouse=True)
def strict(request: pytest.FixtureRequest) -> None:
    """Every page under a policy that runs nothing but the site's own files, and the theme's inline
    scripts by their hash.
    """
    if "page" in request.fixturenames:
        page: Page = request.getfixturevalue("page")
        page.route(re.compile(r"/(\?.*|#.*)?$"), add_policy)


def add_policy(route: Route) -> None:
    answer = route.fetch()
    scripts = re.findall(r"<script>(.*?)</script>", answer.text(), re.DOTALL)
    hashes = " ".join(
        f"'sha256-{base64.b64encode(hashlib.sha256(text.encode()).digest()).decode()}'"
        for text in scripts
    )
    policy = (
        f"default-src 'none'; script-src 'self' {hashes}; style-src 'self' 'unsafe-inline'; img-src 'self' data:; "
        "connect-src 'self'; worker-src 'self'; font-src 'self'; base-uri 'none'; form-action 'none'"
    )
    route.fulfill(response=answer, headers={**answer.headers, "content-security-policy": policy})


def test_an_objection_is_found_and_leads_to_its_proof_and_its_expert(
    page: Page, site_url: str
) -> None:
    page.goto(site_url)
    page.locator(".md-header .pb-find").click()
    page.wait_for_selector(f"{DIALOG}[data-complete]")
    ask(page, "gas boiler three times")
    page.locator(OPTION).first.click()
    expect(page).to_have_url(re.compile(r"/objections/too-expensive/$"))
    expect(page.locator("h1")).to_contain_text("three times")
    address = page.url

    proof = page.locator(".pb-proofs a").first
    words = proof.inner_text()
    proof.click()
    expect(page).to_have_url(re.compile(r"/proof/#[a-z0-9-]+$"))
    anchor = page.url.rpartition("#")[2]
    expect(page.locator(f"[id='{anchor}']")).to_contain_text(words)
    expect(page.locator(f"[id='{anchor}']")).to_be_in_viewport()

    page.goto(address)
    page.locator("#_expert ul a").click()
    expect(page).to_have_url(re.compile(r"/people/#[a-z0-9-]+$"))
    expect(page.locator(f"[id='{page.url.rpartition('#')[2]}']")).to_be_in_viewport()


def test_by_keyboard_alone_an_answer_is_opened_at_its_anchor(page: Page, site_url: str) -> None:
    page.goto(f"{site_url}markets/dairies/")
    page.keyboard.press("s")
    page.keyboard.type("leistungszahl")
    expect(page.locator(OPTION).first).to_have_attribute("aria-selected", "true")
    page.keyboard.press("Enter")
    expect(page).to_have_url(f"{site_url}glossary/#cop")
    expect(page.locator("#cop")).to_be_in_viewport()


def test_arrow_keys_walk_round_the_answers_and_the_field_keeps_the_focus(
    page: Page, site_url: str
) -> None:
    page.goto(site_url)
    open_finder(page)
    ask(page, "boiler")
    count = page.locator(OPTION).count()
    assert count > 5
    for key, wanted in (
        ("ArrowDown", 1),
        ("ArrowDown", 2),
        ("ArrowUp", 1),
        ("ArrowUp", 0),
        ("ArrowUp", count - 1),
    ):
        page.keyboard.press(key)
        chosen = page.locator(f"{OPTION}[aria-selected=true]")
        expect(chosen).to_have_count(1)
        expect(chosen).to_have_attribute("id", f"pb-finder-option-{wanted}")
        expect(page.locator(INPUT)).to_have_attribute(
            "aria-activedescendant", f"pb-finder-option-{wanted}"
        )
        expect(chosen).to_be_in_viewport()
    expect(page.locator(INPUT)).to_be_focused()


def test_escape_closes_gives_the_focus_back_and_clears_the_address(
    page: Page, site_url: str
) -> None:
    page.goto(f"{site_url}objections/")
    page.locator(".md-header .pb-find").focus()
    page.keyboard.press("Enter")
    expect(page.locator(INPUT)).to_be_focused()
    page.keyboard.type("steam")
    expect(page).to_have_url(f"{site_url}objections/?q=steam")
    page.keyboard.press("Escape")
    expect(page.locator(DIALOG)).to_be_hidden()
    expect(page).to_have_url(f"{site_url}objections/")
    expect(page.locator(".md-header .pb-find")).to_be_focused()


def test_the_tab_key_does_not_leave_the_dialog_for_the_page_behind(
    page: Page, site_url: str
) -> None:
    page.goto(site_url)
    open_finder(page)
    ask(page, "steam")
    for _ in range(page.locator(f"{DIALOG} button").count() + 3):
        page.keyboard.press("Tab")
        inside = "document.activeElement === document.body || document.activeElement.closest('dialog') !== null"
        assert page.evaluate(inside)


def test_keys_typed_into_another_field_open_nothing(page: Page, site_url: str) -> None:
    page.goto(site_url)
    page.evaluate("document.querySelector('article').prepend(document.createElement('textarea'))")
    page.locator("article textarea").focus()
    page.keyboard.type("s/")
    expect(page.locator(DIALOG)).to_be_hidden()
    expect(page.locator("article textarea")).to_have_value("s/")


def test_one_kind_alone_is_shown_and_the_address_says_so_to_a_colleague(
    page: Page, site_url: str
) -> None:
    page.goto(f"{site_url}people/")
    open_finder(page)
    ask(page, "steam")
    page.locator(f"{DIALOG} [data-kind=proof]").first.click()
    expect(page).to_have_url(f"{site_url}people/?q=steam&in=proof")
    expect(page.locator(f"{DIALOG} .pb-finder__group-title")).to_have_text(["Proof"])
    shown = ask(page, "steam")
    assert shown
    assert all(address.startswith("proof/#") for address in shown)

    page.goto("about:blank")
    page.goto(f"{site_url}people/?q=steam&in=proof")
    expect(page.locator(f"{DIALOG} [aria-pressed=true]")).to_contain_text("Proof")
    page.wait_for_selector(f"{DIALOG}[data-complete]")
    assert ask(page, "steam") == shown
    page.locator(f"{DIALOG} [data-kind='']").click()
    expect(page).to_have_url(f"{site_url}people/?q=steam")
    expect(page.locator(f"{DIALOG} .pb-finder__group-title").first).to_have_text("Best answers")


def test_all_of_a_group_is_one_step_away(page: Page, site_url: str) -> None:
    page.goto(site_url)
    open_finder(page)
    ask(page, "heat pump")
    more = page.locator(f"{DIALOG} .pb-finder__more").first
    words, kind = more.inner_text(), more.get_attribute("data-kind")
    more.click()
    expect(page.locator(f"{DIALOG} [aria-pressed=true]")).to_have_attribute("data-kind", kind or "")
    count = page.locator(OPTION).count()
    assert count >= int(re.sub(r"\D", "", words))


def test_an_answer_says_what_it_is_why_it_was_found_and_how_fresh_it_is(
    page: Page, site_url: str
) -> None:
    page.goto(site_url)
    open_finder(page)
    ask(page, "board wants its money back")
    first = page.locator(OPTION).first
    expect(first).to_contain_text("Objection")
    expect(first.locator(".pb-finder__passage")).to_have_text(
        "The board wants its money back in 36 months."
    )
    expect(first.locator("mark")).to_have_text(["board", "wants", "money", "back"])
    expect(first.locator(".pb-finder__trust")).to_contain_text(
        re.compile("verified|review due|review overdue")
    )
    expect(first.locator(".pb-finder__trust")).to_contain_text("Head of Sales, Food and Beverage")


def test_hand_written_pages_are_found(page: Page, site_url: str) -> None:
    page.goto(site_url)
    open_finder(page)
    assert ask(page, "how to read this playbook")[0] == "how-to-read-this-playbook/"


@pytest.fixture
def told(page: Page) -> None:
    """A site whose mkdocs.yml says how leadership is told."""

    def with_tell(route: Route) -> None:
        answer = route.fetch()
        tell = "mailto:lead@firm.example?subject=Missing%3A%20{query}"
        route.fulfill(response=answer, body=json.dumps({**answer.json(), "tell": tell}))

    page.route("**/search.json", with_tell)


def test_where_nothing_is_found_leadership_can_be_told_what_was_missing(
    page: Page, site_url: str, told: None
) -> None:
    page.goto(site_url)
    open_finder(page)
    assert ask(page, "zzyzx & qqv?") == []
    expect(page.locator(DIALOG)).to_contain_text("Nothing found for “zzyzx & qqv?”.")
    link = page.get_by_role("link", name="Tell leadership what was missing")
    expect(link).to_have_attribute(
        "href", "mailto:lead@firm.example?subject=Missing%3A%20zzyzx%20%26%20qqv%3F"
    )
    ask(page, "steam")
    expect(link).to_be_hidden()


def test_before_anything_is_typed_the_tasks_of_most_sellers_are_there(
    page: Page, site_url: str
) -> None:
    page.goto(f"{site_url}glossary/")
    open_finder(page)
    start = page.locator(f"{DIALOG} [data-finder-start]")
    expect(start.get_by_role("link")).to_contain_text(
        [
            "Handle an objection",
            "Beat a competitor",
            "Prepare a call",
            "Find proof",
            "Who can help?",
        ]
    )
    ask(page, "steam")
    expect(start).to_be_hidden()
    page.fill(INPUT, "")
    start.get_by_role("link", name="Find proof").click()
    expect(page).to_have_url(f"{site_url}proof/")


def test_where_nothing_is_found_the_nearest_words_and_the_lists_lead_on(
    page: Page, site_url: str
) -> None:
    page.goto(site_url)
    open_finder(page)
    assert ask(page, "refrixxx") == []
    dialog = page.locator(DIALOG)
    expect(dialog.get_by_role("link", name="Objections", exact=True)).to_have_attribute(
        "href", f"{site_url}objections/"
    )
    dialog.locator("[data-word]").first.click()
    expect(page.locator(OPTION).first).to_be_visible()


def test_nothing_is_fetched_before_it_is_needed(page: Page, site_url: str) -> None:
    asked: list[str] = []
    page.on("request", lambda request: asked.append(request.url.rpartition("/")[2]))
    # all of the page: on a busy machine the network may rest before it has asked for its scripts
    page.goto(site_url)
    page.wait_for_load_state("networkidle")
    assert [name for name in asked if "search" in name or name.startswith("finder")] == [
        "finder.css",
        "finder.js",
    ]
    with page.expect_response("**/search-texts-*.json"):
        open_finder(page)
    names = [re.sub(r"-[0-9a-f]{10}", "", name) for name in asked if "search" in name]
    assert sorted(names) == ["search-texts.json", "search.json"]


def test_what_is_typed_before_the_index_is_there_is_answered_and_enter_waits_for_it(
    page: Page, site_url: str
) -> None:
    held: list[Route] = []

    def hold(route: Route) -> None:
        held.append(route)

    page.route("**/search.json", hold)
    page.goto(site_url)
    page.keyboard.press("/")
    page.keyboard.type("hydrogen")
    expect(page.locator(f"{DIALOG} [role=status]")).to_have_text("Loading …")
    page.keyboard.press("Enter")
    expect(page).to_have_url(f"{site_url}?q=hydrogen")
    held[0].continue_()
    expect(page).to_have_url(f"{site_url}objections/hydrogen-later/")


@pytest.mark.parametrize("page", [(390, 844)], ids=["phone"], indirect=True)
def test_on_a_phone_a_thumb_hits_everything(page: Page, site_url: str) -> None:
    page.goto(site_url)
    boxes = [
        page.locator(place).bounding_box() for place in (".md-header .pb-find", ".pb-find--big")
    ]
    open_finder(page)
    ask(page, "steam")
    for place in (INPUT, f"{DIALOG} [data-finder-close]", f"{DIALOG} [data-kind]", OPTION):
        boxes += [found.bounding_box() for found in page.locator(place).all()]
    assert [box for box in boxes if box is None or min(box["width"], box["height"]) < 43.9] == []
    width = page.evaluate(
        "document.documentElement.scrollWidth - document.documentElement.clientWidth"
    )
    assert width <= 0


def test_the_field_on_the_home_page_opens_the_same_search(page: Page, site_url: str) -> None:
    page.goto(site_url)
    page.locator(".pb-find--big").click()
    expect(page.locator(INPUT)).to_be_focused()
    expect(page.get_by_role("combobox", name="Search the playbook")).to_be_visible()
    expect(page.get_by_role("dialog", name="Search the playbook")).to_be_visible()


def test_without_scripts_there_is_no_dead_search_box_but_a_list_of_words(
    browser: Browser, site_url: str
) -> None:
    context = open_context(browser, java_script_enabled=False)
    page = context.new_page()
    page.goto(site_url)
    expect(page.locator(".md-header .pb-find")).to_be_hidden()
    expect(page.locator(".pb-find--big")).to_be_hidden()
    page.locator(".md-header").get_by_role("link", name="Glossary").click()
    expect(page).to_have_url(f"{site_url}glossary/")
    context.close()


def test_an_index_that_does_not_come_is_said_and_asked_for_again(
    browser: Browser, site_url: str
) -> None:
    context = open_context(browser)
    page = context.new_page()
    faulty: list[bool] = [True]
    page.route("**/search.json", lambda route: route.abort() if faulty[0] else route.continue_())
    page.goto(site_url)
    page.keyboard.press("/")
    page.keyboard.type("steam")
    expect(page.locator(f"{DIALOG} [role=status]")).to_contain_text("could not be loaded")
    faulty[0] = False
    page.keyboard.type(" pressure")
    expect(page.locator(OPTION).first).to_be_visible()
    context.close()


def test_no_text_of_an_entry_runs_and_all_is_shown_as_written(page: Page, site_url: str) -> None:
    """The words of a strategy full of attacks, put into the index: no build is needed to show them."""
    page.on("dialog", lambda dialog: pytest.fail(f"a script ran: {dialog.message}"))

    def with_attack(route: Route) -> None:
        index = route.fetch().json()
        index["owners"].append(f"Owner {ATTACK}")
        index["entries"][0][2:6] = [
            f"Attack {ATTACK}",
            f"Short {ATTACK}",
            [f"Name {ATTACK}"],
            [ATTACK],
        ]
        index["entries"][0][7] = len(index["owners"]) - 1
        index["kinds"][0]["title"] = index["kinds"][0]["plural"] = f"Kind {ATTACK}"
        route.fulfill(body=json.dumps(index))

    page.route("**/search.json", with_attack)
    page.goto(site_url)
    open_finder(page)
    ask(page, f"attack {ATTACK}")
    first = page.locator(OPTION).first
    for text in (f"Attack {ATTACK}", f"Owner {ATTACK}", f"Kind {ATTACK}"):
        expect(first).to_contain_text(text)
    ask(page, ATTACK)
    ask(page, f"{ATTACK} zzyzx qqqq vvvv")
    assert page.locator(f"{DIALOG} img, {DIALOG} script").count() == 0


def test_of_an_index_in_parts_a_query_fetches_only_what_it_needs(page: Page, site_url: str) -> None:
    files = list_index(0)
    asked: list[str] = []
    page.on("request", lambda request: asked.append(request.url.rpartition("/")[2]))
    put_index(page, files)
    page.goto(site_url)
    open_finder(page)
    assert [name for name in asked if re.match("terms|names|words|records|search", name)] == [
        "search.json",
        "terms.json",
        "names.json",
    ]
    assert ask(page, "hydrogen")[0] == "objections/hydrogen-later/"
    fetched = [name for name in asked if re.match("words|records", name)]
    assert 2 <= len(fetched) == len({*fetched}) < len(files) / 2
    ask(page, "hydrogen ")
    assert [name for name in asked if re.match("words|records", name)] == fetched


def test_of_many_that_speak_of_it_what_is_called_just_so_stands_first(
    page: Page, site_url: str
) -> None:
    """Of a large index only the best by their words are looked at by name; what is called so is
    always among them.
    """

    def look_at_none(route: Route) -> None:
        script = route.fetch().text()
        assert "RECORDS_AT_ONCE = 30;" in script
        route.fulfill(
            body=script.replace("RECORDS_AT_ONCE = 30;", "RECORDS_AT_ONCE = 0;"),
            content_type="text/javascript",
        )

    files = list_index(0)
    page.route("**/finder-worker.js", look_at_none)
    put_index(page, files)
    page.goto(site_url)
    open_finder(page)
    assert ask(page, "Purchasing")[0] == "personas/purchasing/"
    [path] = [path for path in files if path.endswith("names.json")]
    put_index(page, {**files, path: json.dumps({"starts": []}).encode()})
    page.goto(site_url)
    open_finder(page)
    assert ask(page, "Purchasing")[0] != "personas/purchasing/"


def test_a_part_that_does_not_come_is_said_and_asked_for_again(page: Page, site_url: str) -> None:
    faulty: list[bool] = [True]
    put_index(page, list_index(0))
    page.route("**/words-*.json", lambda route: route.abort() if faulty[0] else route.fallback())
    page.goto(site_url)
    open_finder(page)
    page.keyboard.type("steam")
    expect(page.locator(f"{DIALOG} [role=status]")).to_contain_text("could not be loaded")
    faulty[0] = False
    page.keyboard.type(" pressure")
    expect(page.locator(OPTION).first).to_be_visible()


def test_where_only_the_weightiest_are_known_the_count_says_so(page: Page, site_url: str) -> None:
    files = dict(list_index(0))
    for path in [path for path in files if "words-" in path]:
        part = json.loads(files[path])
        part["postings"] = [[count + 5, *pairs] for count, *pairs in part["postings"]]
        files[path] = json.dumps(part).encode()
    put_index(page, files)
    page.goto(site_url)
    open_finder(page)
    ask(page, "hydrogen")
    expect(page.locator(f"{DIALOG} [role=status]")).to_contain_text(re.compile(r"\d\+ "))
    expect(page.locator(f"{DIALOG} .pb-finder__count").first).to_have_text(re.compile(r"^\d+\+$"))


def test_an_old_address_arrives_at_the_renamed_entry(page: Page, site_url: str) -> None:
    from generator.files.tree import FolderTree
    from generator.loading.loader import load_strategy
    from tests.playbooks import ROOT

    strategy = load_strategy(FolderTree(ROOT)).strategy
    assert strategy is not None
    entry = strategy.entries["objections"]["too-expensive"]
    page.goto(f"{site_url}objections/{entry.former_ids[0]}/")
    expect(page).to_have_url(f"{site_url}objections/too-expensive/")
