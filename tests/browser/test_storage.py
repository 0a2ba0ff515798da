"""What stands in a browser's storage and is not what we keep there is thrown away: it is no error,
and it changes no page.
"""

from __future__ import annotations

import json
from typing import Any

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.browser.conftest import SUB_PATH, in_turn, open_context
from tests.trials.amount import some

pytestmark = pytest.mark.browser

NAMES = ("__palette", "__tabs", "__consent", "__announce", "__outdated", "__source", "__search")
"""All that the theme asks for, and one that it does not."""
POISONS = (
    "",
    "{",
    "undefined",
    "[",
    '"a text"',
    "7",
    "-0.5",
    "true",
    "[]",
    "{}",
    "[null]",
    '[{"a": 1}]',
    '{"index": "0", "color": {}}',
    '{"index": 0}',
    '{"index": 0, "color": null}',
    '{"index": 0, "color": {"a b": "c"}}',
    '{"index": 0, "color": {"scheme": {"a": 1}}}',
    '{"index": 0, "color": {"onload=\\"window.hit=1": "x"}}',
    '{"index": 1e308, "color": []}',
    '{"__proto__": {"index": 0}, "color": {}}',
    '{"analytics": "<script>window.hit=1</script>"}',
    '"<script>window.hit=1</script>"',
    '["<img src=x onerror=window.hit=1>", 3]',
    "9" * 400,
    "[" * 5000,
    "\u0000\ud83d",
)
POISON = """(values) => {
  for (const storage of [localStorage, sessionStorage])
    for (const [name, value] of values) storage.setItem(name, value);
}"""


def poison(tab: Page, values: list[tuple[str, str]]) -> None:
    """Fill both storages before any script of the page looks at them."""
    tab.evaluate(f"({POISON})({json.dumps(values)})")


@pytest.mark.trial
@in_turn("number", some(range(len(POISONS)), 8))
def test_what_the_theme_would_stumble_over_is_thrown_away(
    page: Page, site_url: str, number: int, record_property: Any
) -> None:
    record_property("tried", len(NAMES))
    page.goto(f"{site_url}glossary/")
    poison(page, [(f"{SUB_PATH}.{name}", POISONS[number]) for name in NAMES])
    page.reload()
    before = page.locator("body").get_attribute("data-md-color-scheme") or ""
    assert before in ("default", "slate")
    page.locator("label[for^=__palette]:visible").click()
    expect(page.locator("body")).not_to_have_attribute("data-md-color-scheme", before)
    kept = page.evaluate(f"localStorage.getItem('{SUB_PATH}.__palette')")
    assert set(json.loads(kept)) == {"index", "color"}
    assert page.evaluate("window.hit") is None


def test_a_browser_that_keeps_nothing_is_no_error(browser: Browser, site_url: str) -> None:
    context = open_context(browser)
    context.add_init_script(
        "for (const name of ['localStorage', 'sessionStorage']) Object.defineProperty(window, name, "
        "{get() { throw new DOMException('no', 'SecurityError') }})"
    )
    tab, faults = context.new_page(), []
    tab.on("pageerror", lambda error: faults.append(str(error)))
    for path in ("", "announcements/", "objections/", "call/"):
        tab.goto(site_url + path)
    before = tab.locator("body").get_attribute("data-md-color-scheme") or ""
    tab.locator("label[for^=__palette]:visible").click()
    expect(tab.locator("body")).not_to_have_attribute("data-md-color-scheme", before)
    context.close()
    assert faults == []
