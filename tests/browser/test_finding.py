"""What a seller does: find an objection by searching, follow it to its proof and to whoever can help."""

from __future__ import annotations

import re

import pytest
from playwright.sync_api import Page, expect

pytestmark = pytest.mark.browser


def test_an_objection_is_found_and_leads_to_its_proof_and_its_expert(page: Page, site_url: str) -> None:
    page.goto(site_url)
    search = page.get_by_role("textbox", name="Search")
    if not search.is_visible():
        page.locator("label[for=__search].md-header__button").click()
    search.focus()
    page.keyboard.type("gas boiler three times")
    result = page.locator(".md-search-result__link", has_text="three times")
    result.first.click()
    expect(page).to_have_url(re.compile(r"/objections/too-expensive/"))
    expect(page.locator("h1")).to_contain_text("three times")
    address = page.url.partition("?")[0]

    page.goto(address)
    proof = page.locator("h2#_proof + ul a").first
    words = proof.inner_text()
    proof.click()
    expect(page).to_have_url(re.compile(r"/proof/#[a-z0-9-]+$"))
    anchor = page.url.rpartition("#")[2]
    expect(page.locator(f"[id='{anchor}']")).to_contain_text(words)
    expect(page.locator(f"[id='{anchor}']")).to_be_in_viewport()

    page.goto(address)
    page.locator("h2#_expert + ul a").click()
    expect(page).to_have_url(re.compile(r"/people/#[a-z0-9-]+$"))
    expect(page.locator(f"[id='{page.url.rpartition('#')[2]}']")).to_be_in_viewport()


def test_an_old_address_arrives_at_the_renamed_entry(page: Page, site_url: str) -> None:
    from generator.load import load_strategy
    from generator.tree import FolderTree
    from tests.playbooks import ROOT

    strategy = load_strategy(FolderTree(ROOT)).strategy
    assert strategy is not None
    entry = strategy.entries["objections"]["too-expensive"]
    page.goto(f"{site_url}objections/{entry.former_ids[0]}/")
    expect(page).to_have_url(f"{site_url}objections/too-expensive/")


def test_no_page_is_wider_than_the_screen(page: Page, site_url: str) -> None:
    for path in ("", "markets/dairies/", "objections/", "objections/too-expensive/", "competitors/gas-boiler/", "plays/",
                 "proof/", "people/", "objectives/", "scorecard/", "how-we-work/", "qualification/", "glossary/",
                 "announcements/", "field-notes/", "offerings/korva-160/", "personas/", "stages/"):  # fmt: skip
        page.goto(site_url + path)
        width = page.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth")
        assert width <= 0, f"{path} is {width} px too wide"
