"""A call shows what a sales leader would expect: twelve choices on the three strategies, each with
what must be on the sheet, and what must not.
"""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.browser.conftest import serve

pytestmark = pytest.mark.browser

EXPECTED = [
    # a CFO always says that it is too dear and pays back too late
    ("root", "market=dairies&persona=cfo", ["too-expensive", "payback-too-long"], []),
    ("root", "market=paper-board&persona=cfo", ["payback-too-long"], ["ammonia-near-food"]),
    ("root", "persona=cfo", ["too-expensive", "payback-too-long"], []),
    (
        "root",
        "market=dairies&persona=cfo&competitor=gas-boiler&stage=numbers",
        ["too-expensive"],
        [],
    ),
    # a paper mill runs on steam
    ("root", "market=paper-board&persona=technical-director", ["steam-not-hot-water"], []),
    # who asks three vendors has the price in mind
    ("root", "market=dairies&persona=purchasing", ["too-expensive"], []),
    # nobody talks of the other vendor's price where another one is met
    ("root", "competitor=polarlift", ["polarlift-hotter"], ["brandvik-cheaper"]),
    ("root", "competitor=brandvik", ["brandvik-cheaper"], ["polarlift-hotter"]),
    ("posthog", "competitor=launchdarkly", ["flags-too-simple"], ["newer-than-langfuse"]),
    ("posthog", "competitor=langfuse", ["newer-than-langfuse"], ["flags-too-simple"]),
    ("sourcegraph", "competitor=kythe", ["kythe-does-it"], ["elasticsearch-does-it"]),
    ("sourcegraph", "competitor=elasticsearch", ["elasticsearch-does-it"], ["kythe-does-it"]),
]


@pytest.fixture(scope="module")
def urls(built_sites: dict[str, Path]) -> Iterator[dict[str, str]]:
    with (
        serve(built_sites["root"]) as root,
        serve(built_sites["posthog"]) as posthog,
        serve(built_sites["sourcegraph"]) as sourcegraph,
    ):
        yield {"root": root, "posthog": posthog, "sourcegraph": sourcegraph}


@pytest.mark.parametrize(("site", "choice", "expected", "out_of_place"), EXPECTED)
def test_a_call_shows_what_a_sales_leader_expects_to_be_heard(
    browser: Browser,
    urls: dict[str, str],
    site: str,
    choice: str,
    expected: list[str],
    out_of_place: list[str],
) -> None:
    tab = browser.new_page()
    tab.goto(f"{urls[site]}call/?{choice}")
    expect(tab.locator(".pb-call")).to_be_visible()
    shown = heard(tab)
    tab.close()
    assert set(expected) <= set(shown), shown
    assert not set(out_of_place) & set(shown), shown


def heard(page: Page) -> list[str]:
    """The objections on the sheet, by id."""
    links = page.locator("[data-section=objections] a[href*='/objections/']")
    addresses = links.evaluate_all("links => links.map(link => link.pathname)")
    return [address.rstrip("/").rpartition("/")[2] for address in addresses]
