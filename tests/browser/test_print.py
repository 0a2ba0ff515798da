"""On paper: one sheet for a call, a market, a battlecard and the list of objections, on A4 and on
Letter, nothing cut.
"""

from __future__ import annotations

import io
import re
import unicodedata
from collections.abc import Callable, Iterator
from itertools import product

import pytest
from playwright.sync_api import BrowserContext, Page
from pypdf import PdfReader

from tests.trials.amount import some

pytestmark = pytest.mark.browser

CALLS = (
    "call/?market=dairies&persona=cfo&competitor=gas-boiler&stage=numbers",
    "call/?market=paper-board&persona=technical-director&offering=korva-160&competitor=polarlift&stage=study",
    "call/?market=breweries-soft-drinks",
    "call/?persona=energy-manager&stage=fit",
)
PAGES = (
    "markets/dairies/",
    "markets/paper-board/",
    "competitors/polarlift/",
    "competitors/gas-boiler/",
    "objections/",
    "objections/too-expensive/",
    "one-to-one/",
    "wins/quarter-end-discount/",
    "value-drivers/lower-heat-cost/",
    *CALLS,
)

_LIGATURE = re.compile("[\ufb00-\ufb06]")


@pytest.fixture
def tab(shared_context: Callable[..., BrowserContext]) -> Iterator[Page]:
    context = shared_context(viewport={"width": 1280, "height": 800}, color_scheme="dark")
    page = context.new_page()
    yield page
    page.close()


def print_page(tab: Page, url: str, paper: str) -> list[str]:
    """The words on each sheet; where the machine's font joins letters into one sign (`ff`), they
    are taken apart.
    """
    tab.goto(url)
    if "call/?" in url:
        tab.wait_for_selector(".pb-call:not([hidden])")
    sheets = PdfReader(io.BytesIO(tab.pdf(format=paper))).pages
    return [
        re.sub(r"\s+", " ", _LIGATURE.sub(_take_apart, sheet.extract_text())) for sheet in sheets
    ]


def _take_apart(sign: re.Match[str]) -> str:
    return unicodedata.normalize("NFKC", sign[0])


@pytest.mark.trial
@pytest.mark.parametrize(("paper", "address"), some(product(["A4", "Letter"], PAGES), 12))
def test_it_prints_to_one_sheet_without_what_only_a_screen_needs(
    tab: Page, site_url: str, address: str, paper: str
) -> None:
    sheets = print_page(tab, site_url + address, paper)
    assert len(sheets) == 1
    [text] = sheets
    assert "playbook version 2026.4, in effect since 2026-10-01." in text
    for noise in (
        "Search",
        "Table of contents",
        "Made with",
        "Any",
        "Clear the choice",
        "¶",
        "Skip to content",
    ):
        assert not re.search(rf"\b{noise}\b", text) if noise.isalpha() else noise not in text


def test_an_entry_of_a_companys_own_kind_is_printed_like_any_other(
    tab: Page, released_url: str
) -> None:
    [text] = print_page(tab, f"{released_url}partners/frostbau/", "A4")
    for words in ("Grade: gold", "They install, we commission.", "Dairies", "partners/frostbau/"):
        assert words in text
    assert "Table of contents" not in text


def test_the_glance_layer_of_a_battlecard_is_on_its_sheet(tab: Page, site_url: str) -> None:
    [text] = print_page(tab, f"{site_url}competitors/polarlift/", "Letter")
    for words in (
        "Interesting technology, four machines in operation.",
        "Where we win",
        "Boards that ask for references",
        "Where they win",
        "Steam from 6 to 12 bar gauge",
        "How many hours has the longest-running machine",
        "Oil-free turbo needs no maintenance.",
        "Joking about start-ups.",
        "The whole page, with all detail and links, is in the playbook: competitors/polarlift/",
    ):
        assert words in text


def test_a_market_on_paper_holds_what_a_call_needs_and_says_where_the_rest_is(
    tab: Page, site_url: str
) -> None:
    [text] = print_page(tab, f"{site_url}markets/dairies/", "A4")
    for words in (
        "Must have",
        "Disqualifiers",
        "The buying committee",
        "The ammonia chiller plant is replaced",
        "We pay to heat the milk",
        "Budget season",
        "Is a boiler or chiller on the 2027 investment list",
        "is in the playbook: markets/dairies/",
    ):
        assert words in text


def test_every_objection_is_on_the_list_and_a_filtered_list_prints_as_filtered(
    tab: Page, site_url: str
) -> None:
    [text] = print_page(tab, f"{site_url}objections/", "A4")
    for title in tab.locator(".pb-item .pb-row__link a").all_inner_texts():
        assert title in text
    [text] = print_page(tab, f"{site_url}objections/?category=price", "A4")
    assert "shown: Price" in text
    assert "Our boiler is only eight years old." not in text


@pytest.mark.parametrize("address", ["proof/", "questions/", "people/", "assets/", "glossary/"])
def test_on_paper_every_row_is_open(tab: Page, site_url: str, address: str) -> None:
    text = " ".join(print_page(tab, site_url + address, "A4"))
    printed = set(re.findall(r"\w+", text))
    folded = tab.locator(
        ".pb-row__body > :is(p:not([class]), ul:not(.pb-chips)), .pb-row__body dd > p"
    )
    assert tab.locator(".pb-row > details[open]").count() == 0
    for words in folded.evaluate_all("all => all.map(one => one.innerText)"):
        assert set(re.findall(r"\w+", words)) <= printed


def test_all_that_a_call_shows_is_on_its_sheet(tab: Page, site_url: str) -> None:
    [text] = print_page(tab, site_url + CALLS[0], "Letter")
    printed = set(re.findall(r"\w+", text))
    parts = tab.locator(".pb-call__part").all_inner_texts()
    assert len(parts) > 15
    for part in parts:
        assert set(re.findall(r"\w+", part)) <= printed


def test_words_on_paper_are_dark_whatever_the_screen_was(tab: Page, site_url: str) -> None:
    tab.goto(f"{site_url}competitors/polarlift/")
    tab.emulate_media(media="print", color_scheme="dark")
    light = tab.evaluate(
        """() => [...document.querySelectorAll(".md-content :is(p, li, a, h1, h2, span)")]
          .filter((one) => one.offsetParent && Math.max(...getComputedStyle(one).color.match(/[0-9.]+/g).slice(0, 3)) > 150)
          .filter((one) => !one.closest(".pb-badge"))
          .map((one) => one.textContent)"""
    )
    assert light == []
