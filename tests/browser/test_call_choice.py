"""A call shows what a sales leader would expect: a dozen choices on the three strategies, each with
what must be on the sheet, what must not, which reasons come first, and why.
"""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.browser.conftest import serve

pytestmark = pytest.mark.browser


class Case(NamedTuple):
    """A choice, why something is expected on its sheet, and what: ids of objections and reasons."""

    site: str
    choice: str
    why: str
    heard: list[str]
    never: list[str] = []
    said: list[str] = []


DEAR_AND_SLOW = ["too-expensive", "payback-too-long"]
CASES = [
    Case(
        "root",
        "market=dairies&persona=cfo",
        "a CFO always says that it is too dear and pays back too late",
        DEAR_AND_SLOW,
        ["brandvik-cheaper"],
    ),
    Case("root", "persona=cfo", "in whatever market", DEAR_AND_SLOW),
    Case(
        "root",
        "market=dairies&persona=cfo&competitor=gas-boiler&stage=numbers",
        "against the boiler that he has, at the numbers",
        ["too-expensive"],
    ),
    Case(
        "root",
        "market=paper-board&persona=cfo",
        "no mill talks of ammonia near food",
        ["payback-too-long"],
        ["ammonia-near-food"],
    ),
    Case(
        "root",
        "market=paper-board&persona=technical-director",
        "a mill runs on steam",
        ["steam-not-hot-water"],
        ["polarlift-hotter"],
        ["steam-from-waste-heat"],
    ),
    Case(
        "root",
        "market=dairies&persona=purchasing",
        "who asks three vendors has the price in mind",
        ["too-expensive"],
    ),
    Case(
        "root",
        "market=pharma&persona=production-manager",
        "his line stops with the machine: availability is said before efficiency",
        ["uptime-in-production", "nobody-comes-at-night"],
        [],
        ["guaranteed-availability"],
    ),
    Case(
        "root",
        "market=dairies&persona=sustainability-manager",
        "one objection names him; others of the market are heard as well",
        ["hydrogen-later", "power-price-risk"],
        [],
        ["measured-first"],
    ),
    Case("root", "competitor=brandvik", "his price", ["brandvik-cheaper"], ["polarlift-hotter"]),
    Case(
        "posthog",
        "persona=engineering-manager",
        "releases are his, answers of a model are not",
        ["we-just-roll-back", "flags-too-simple"],
        ["own-eval-framework"],
        ["flags-experiments-analytics"],
    ),
    Case(
        "posthog",
        "competitor=langfuse",
        "what is said of that rival",
        ["newer-than-langfuse"],
        ["flags-too-simple"],
    ),
    Case(
        "sourcegraph",
        "market=enterprise&persona=security-leader",
        "who answers for the code asks where it is kept",
        ["code-on-your-servers"],
        ["elasticsearch-does-it", "kythe-does-it"],
        ["faster-security-fixes", "isolated-in-the-cloud"],
    ),
    Case(
        "sourcegraph",
        "persona=head-of-engineering",
        "he releases the money, and there is a version for nothing",
        ["open-source-version-is-enough"],
        ["elasticsearch-does-it"],
    ),
]


@pytest.fixture(scope="module")
def urls(built_sites: dict[str, Path]) -> Iterator[dict[str, str]]:
    with (
        serve(built_sites["root"]) as root,
        serve(built_sites["posthog"]) as posthog,
        serve(built_sites["sourcegraph"]) as sourcegraph,
    ):
        yield {"root": root, "posthog": posthog, "sourcegraph": sourcegraph}


@pytest.mark.parametrize("case", CASES, ids=lambda case: f"{case.site}: {case.why}")
def test_a_call_shows_what_a_sales_leader_expects(
    browser: Browser, urls: dict[str, str], case: Case
) -> None:
    tab = browser.new_page()
    tab.goto(f"{urls[case.site]}call/?{case.choice}")
    expect(tab.locator(".pb-call")).to_be_visible()
    heard, said = named(tab, "objections"), named(tab, "say")
    tab.close()
    assert set(case.heard) <= set(heard), (case.why, heard)
    assert not set(case.never) & set(heard), (case.why, heard)
    assert set(case.said) <= set(said[:3]), (case.why, said)


def named(page: Page, section: str) -> list[str]:
    """The objections, or the reasons, of a section by id, in order."""
    kind = {"objections": "objections", "say": "differentiators"}[section]
    links = page.locator(f"[data-section={section}] li a[href*='/{kind}/']")
    addresses = links.evaluate_all("links => links.map(link => link.pathname)")
    return [address.rstrip("/").rpartition("/")[2] for address in addresses]


def test_what_others_of_the_market_say_is_marked(browser: Browser, urls: dict[str, str]) -> None:
    tab = browser.new_page()
    tab.goto(f"{urls['root']}call/?market=dairies&persona=sustainability-manager")
    parts = tab.locator("[data-section=objections] .pb-call__part--answer")
    expect(parts).to_have_count(3)
    labels = ["From others there" in text for text in parts.all_inner_texts()]
    tab.close()
    assert labels == [False, True, True]
