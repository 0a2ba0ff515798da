"""The scorecard: all measures in one grid; how each stands is said in words and by a sign."""

from __future__ import annotations

import pytest
from playwright.sync_api import Page, expect

pytestmark = pytest.mark.browser


def test_all_measures_stand_in_one_grid(page: Page, site_url: str) -> None:
    page.goto(f"{site_url}scorecard/")
    for cell in ("td:nth-of-type(2)", "td:nth-of-type(4)", ".pb-scores__course svg"):
        edges = page.locator(f".pb-scores tbody {cell}").evaluate_all(
            "all => all.map(one => Math.round(one.getBoundingClientRect().left))"
        )
        assert len(edges) == 14
        assert len(set(edges)) == 1


def test_how_a_measure_stands_is_words_and_a_sign(page: Page, site_url: str) -> None:
    page.goto(f"{site_url}scorecard/")
    row = page.locator(".pb-scores tr", has_text="Recurring revenue")
    expect(row.locator(".pb-badge")).to_have_text("slightly behind")
    signs = page.locator(".pb-scores [class*='--state-']").evaluate_all(
        "all => all.map(one => [one.textContent, getComputedStyle(one, '::before').content])"
    )
    assert all(sign.strip('" /') for _, sign in signs)
    by_words: dict[str, set[str]] = {}
    for words, sign in signs:
        by_words.setdefault(words, set()).add(sign)
    assert len(by_words) > 3
    assert len({sign for found in by_words.values() for sign in found}) == len(by_words)
