"""Under `serve` a page lives by the policy that it has when it is published; what follows its edits
comes as a file.
"""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from playwright.sync_api import Browser

from tests.browser.conftest import open_context
from tests.site.test_serve import served, wait_for  # noqa: F401  # a fixture

pytestmark = pytest.mark.browser


@pytest.mark.long
def test_an_edit_reloads_the_page_under_the_published_policy(
    browser: Browser,
    served: tuple[Path, str],  # noqa: F811
) -> None:
    folder, url = served
    wait_for(f"{url}markets/food-producers/", "Family-owned plants")
    context = open_context(browser)
    tab, faults = context.new_page(), []
    tab.on("console", lambda said: faults.append(said.text) if said.type == "error" else None)
    # it asks once, and then waits a minute for an answer: whoever listens later misses it
    with tab.expect_request(re.compile(r"/livereload/\d+/\d+$")):
        tab.goto(f"{url}markets/food-producers/")
    policy = tab.locator("meta[http-equiv=Content-Security-Policy]").get_attribute("content")
    assert "unsafe" not in (policy or "unsafe")
    file = folder / "strategy.yaml"
    text = file.read_text("utf-8")
    file.write_text(text.replace("Family-owned plants", "Cheese makers"), "utf-8")
    tab.get_by_text("Cheese makers").first.wait_for()
    tab.evaluate(
        "const s = document.createElement('script'); s.textContent = 'window.hit = 1'; document.body.append(s)"
    )
    assert tab.evaluate("window.hit") is None
    context.close()
    assert [fault for fault in faults if "Content Security Policy" not in fault] == []
    assert len(faults) == 1
