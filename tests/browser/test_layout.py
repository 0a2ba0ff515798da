"""No page leaves holes where it could tell something, cuts what would fit, or lets a reader look for
the first sentence.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator

import pytest
from playwright.sync_api import BrowserContext, Page, expect

from generator.schema.words import read_words

pytestmark = pytest.mark.browser

GLANCES = (
    "markets/dairies/",
    "personas/cfo/",
    "offerings/korva-160/",
    "competitors/gas-boiler/",
    "plays/boiler-retirement/",
    "stages/study/",
    "value-drivers/lower-heat-cost/",
    "wins/quarter-end-discount/",
)
RIGHT_EDGES = """grids => grids.map(grid => {
  const cards = [...grid.children].filter(one => one.getBoundingClientRect().height > 0);
  const last = cards[cards.length - 1].getBoundingClientRect();
  return [Math.round(grid.getBoundingClientRect().right), Math.round(last.right)];
})"""


@pytest.fixture
def desktop(shared_context: Callable[..., BrowserContext]) -> Iterator[Page]:
    page = shared_context(viewport={"width": 1280, "height": 800}).new_page()
    yield page
    page.close()


@pytest.fixture
def phone(shared_context: Callable[..., BrowserContext]) -> Iterator[Page]:
    size = {"width": 390, "height": 844}
    page = shared_context(viewport=size, has_touch=True, is_mobile=True).new_page()
    yield page
    page.close()


@pytest.mark.parametrize("width", [800, 1280])
def test_the_last_row_of_a_glance_is_full(desktop: Page, site_url: str, width: int) -> None:
    desktop.set_viewport_size({"width": width, "height": 800})
    for address in GLANCES:
        desktop.goto(site_url + address)
        edges = desktop.locator(".pb-glance").evaluate_all(RIGHT_EDGES)
        assert edges, address
        assert all(abs(grid - card) <= 1 for grid, card in edges), (address, edges)


@pytest.mark.parametrize("count", range(1, 10))
def test_the_last_row_is_full_however_many_there_are(
    desktop: Page, site_url: str, count: int
) -> None:
    desktop.goto(f"{site_url}offerings/korva-160/")
    desktop.set_viewport_size({"width": 1280, "height": 800})
    glance = desktop.locator(".pb-glance")
    glance.evaluate(
        """(glance, count) => {
             const card = glance.firstElementChild;
             glance.replaceChildren(...Array.from({length: count}, () => card.cloneNode(true)));
           }""",
        count,
    )
    assert glance.locator("> *").count() == count
    tops = glance.locator("> *").evaluate_all(
        "all => new Set(all.map(one => Math.round(one.getBoundingClientRect().top))).size"
    )
    assert tops == -(-count // 3)
    ((grid, card),) = glance.evaluate_all(RIGHT_EDGES)
    assert abs(grid - card) <= 1


@pytest.mark.parametrize(
    "address", ["offerings/korva-160/", "personas/cfo/", "competitors/tessel/"]
)
def test_the_first_sentence_stands_before_what_can_be_done_with_it(
    phone: Page, site_url: str, address: str
) -> None:
    phone.goto(site_url + address)
    lead = phone.locator(".pb-lead").first.bounding_box()
    bar = phone.locator("article .pb-acts").first.bounding_box()
    assert lead is not None
    assert bar is not None
    assert lead["y"] + lead["height"] <= bar["y"]
    assert lead["y"] < 250


def test_a_mark_of_what_is_as_usual_stands_at_the_end(desktop: Page, site_url: str) -> None:
    desktop.goto(f"{site_url}offerings/korva-160/")
    head = desktop.locator("article .pb-marks").first
    expect(head).to_contain_text("reviewed")
    expect(head.get_by_text("available")).to_have_count(0)
    expect(desktop.locator(".pb-tags").get_by_text("available")).to_have_count(1)


def test_what_supports_an_answer_stands_beside_it(desktop: Page, site_url: str) -> None:
    desktop.set_viewport_size({"width": 1280, "height": 800})
    desktop.goto(f"{site_url}objections/too-expensive/")
    expect(desktop.locator(".md-sidebar--primary")).to_be_hidden()
    words = desktop.locator(".pb-spoken").bounding_box()
    proof = desktop.locator(".pb-proofs").bounding_box()
    assert words is not None
    assert proof is not None
    assert words["x"] + words["width"] < proof["x"]
    assert proof["y"] < words["y"] + words["height"]
    for name in ("_real_concern", "_also_said", "_expert"):
        expect(desktop.locator(f"#{name}")).to_be_visible()


@pytest.mark.parametrize("address", ["people/", "glossary/"])
def test_what_a_closed_row_says_is_not_cut_after_one_line(
    phone: Page, site_url: str, address: str
) -> None:
    phone.goto(site_url + address)
    lines = phone.locator(".pb-row__hint").evaluate_all(
        "all => all.map(one => Math.round(one.clientHeight / parseFloat(getComputedStyle(one).lineHeight)))"
    )
    assert max(lines) >= 2
    cut = phone.locator(".pb-row__hint").evaluate_all(
        "all => all.filter(one => one.scrollHeight > one.clientHeight + 1).length"
    )
    assert cut <= len(lines) / 4


def test_a_menu_goes_only_where_it_would_hold_nothing(desktop: Page, site_url: str) -> None:
    desktop.set_viewport_size({"width": 1280, "height": 800})
    menu = desktop.locator(".md-sidebar--primary")
    for address in ("offerings/korva-160/", "stages/study/", "people/"):
        desktop.goto(site_url + address)
        expect(menu).to_be_visible()
    desktop.goto(f"{site_url}objections/")
    expect(menu).to_be_hidden()
    desktop.evaluate("document.querySelector('.md-tabs').remove()")
    expect(menu).to_be_visible()


def test_a_list_of_groups_uses_the_width_of_a_desktop(desktop: Page, site_url: str) -> None:
    desktop.set_viewport_size({"width": 1280, "height": 800})
    desktop.goto(f"{site_url}objections/")
    lefts = desktop.locator(".pb-group > h2").evaluate_all(
        "all => [...new Set(all.map(one => Math.round(one.getBoundingClientRect().left)))]"
    )
    assert len(lefts) == 2


@pytest.mark.parametrize("language", ["en", "de"])
@pytest.mark.parametrize("width", [360, 390])
@pytest.mark.parametrize("address", ["objections/too-expensive/", "competitors/tessel/"])
def test_what_can_be_done_stands_in_one_row_in_every_language(
    phone: Page, site_url: str, address: str, width: int, language: str
) -> None:
    words = read_words(language)
    phone.set_viewport_size({"width": width, "height": 844})
    phone.goto(site_url + address)
    bar = phone.locator("article .pb-acts").first
    expect(bar.locator(".pb-vote")).to_have_count(2)
    bar.locator("[data-copy] span").evaluate("(one, text) => one.textContent = text", words("copy"))
    bar.locator(".pb-prepare").evaluate(
        "(one, text) => one.lastChild.textContent = text", words("act_call")
    )
    tops = bar.locator("> .pb-act:visible").evaluate_all(
        "all => all.map(one => Math.round(one.getBoundingClientRect().top))"
    )
    assert len(tops) == 6
    assert len(set(tops)) == 1


@pytest.mark.parametrize("count", range(1, 7))
def test_the_tiles_of_the_home_page_fill_their_rows_and_are_whole(
    phone: Page, site_url: str, count: int
) -> None:
    phone.goto(site_url)
    tiles = phone.locator("article .pb-tasks")
    tiles.evaluate(
        "(tiles, count) => [...tiles.children].slice(count).forEach(one => one.remove())", count
    )
    ((grid, card),) = tiles.evaluate_all(RIGHT_EDGES)
    assert abs(grid - card) <= 1
    cut = tiles.locator(".pb-task span").evaluate_all(
        "all => all.filter(one => one.scrollHeight > one.clientHeight + 1).length"
    )
    assert cut == 0


@pytest.mark.parametrize("address", ["markets/", "competitors/", "offerings/"])
def test_a_list_on_a_phone_cuts_no_sentence_and_begins_no_line_with_a_dot(
    phone: Page, site_url: str, address: str
) -> None:
    phone.goto(site_url + address)
    assert phone.locator(".pb-group > .pb-card > p").evaluate_all(
        "all => all.length && all.every(one => one.scrollHeight <= one.clientHeight + 1)"
    )
    assert phone.locator(".pb-marks > .pb-badge").evaluate_all(
        "all => all.every(one => !getComputedStyle(one, '::before').content.includes('·'))"
    )


def test_a_short_filter_on_a_desktop_is_one_row(desktop: Page, site_url: str) -> None:
    desktop.goto(f"{site_url}competitors/")
    expect(desktop.locator(".pb-filter [role=status]").first).not_to_be_empty()
    box = desktop.locator(".pb-filter").bounding_box()
    assert box is not None
    assert box["height"] < 90


def test_the_paths_of_the_first_day_stand_side_by_side_on_a_desktop(
    desktop: Page, site_url: str
) -> None:
    desktop.goto(f"{site_url}new-here/")
    tops = desktop.locator("[data-path]").evaluate_all(
        "all => all.map(one => Math.round(one.getBoundingClientRect().top))"
    )
    assert len(tops) == 3
    assert len(set(tops)) == 1


def test_what_can_be_proposed_stands_in_two_columns_on_a_phone(phone: Page, site_url: str) -> None:
    phone.goto(f"{site_url}suggest/")
    ways = phone.locator(".pb-form__kinds > li")
    expect(ways.nth(1)).to_be_visible()
    first, second = (ways.nth(at).bounding_box() or {} for at in (0, 1))
    assert first["y"] == second["y"]


def test_somebody_is_reached_from_the_closed_row_and_stands_before_what_he_is_asked_about(
    phone: Page, site_url: str
) -> None:
    phone.goto(f"{site_url}people/")
    rows = phone.locator(".pb-row")
    way = rows.first.locator(".pb-reach a[href^='mailto:']")
    expect(way).to_be_visible()
    assert rows.last.locator(".pb-reach").count() == 0
    rows.first.locator("summary").first.tap()
    expect(way).to_be_hidden()


def test_how_a_deal_ended_stands_before_its_title(phone: Page, site_url: str) -> None:
    phone.goto(f"{site_url}wins/")
    titles = phone.locator(".pb-card__title").all_inner_texts()
    assert len(titles) > 3
    assert all(title.startswith(("won", "lost", "no decision")) for title in titles)


def test_what_speaks_for_us_in_a_market_stands_once_and_all_of_it_is_there(
    phone: Page, site_url: str
) -> None:
    phone.goto(f"{site_url}markets/dairies/")
    assert phone.get_by_text("Why we win here", exact=True).count() == 1
    card = phone.locator("#_differentiators")
    shown = card.locator("> ol > li").count()
    card.locator("summary").tap()
    expect(card.locator("details li").first).to_be_visible()
    assert shown == 3
    assert card.locator("details li").count() > 0


def test_the_sheet_for_two_shows_the_role_that_was_opened_and_lines_only_on_paper(
    phone: Page, site_url: str
) -> None:
    phone.goto(f"{site_url}one-to-one/")
    roles = phone.locator(".pb-sheet__roles details")
    roles.nth(1).locator("summary").tap()
    expect(phone.locator(".pb-lined")).to_be_hidden()
    phone.emulate_media(media="print")
    expect(phone.locator(".pb-lined")).to_be_visible()
    expect(roles.nth(1)).to_be_visible()
    expect(roles.nth(0)).to_be_hidden()
