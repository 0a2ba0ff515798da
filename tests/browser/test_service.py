"""`playbook edit` for many people, in their browsers."""

from __future__ import annotations

from pathlib import Path

import pytest
from playwright.sync_api import Browser, expect

from tests.browser.conftest import open_context
from tests.browser.test_workbench import FILES, look_at
from tests.repositories import git
from tests.service_server import SignIn, make_shared, serve_service

pytestmark = pytest.mark.browser


def test_two_people_at_one_device_propose_without_seeing_each_other(
    browser: Browser, tmp_path: Path
) -> None:
    """What is typed waits on the server, also where the page is left at once; nothing of it is on the
    device.
    """
    _, shared = make_shared(tmp_path, FILES)
    faults: list[str] = []
    device = open_context(browser, viewport={"width": 1280, "height": 900})
    device.set_default_timeout(15000)
    device.on("weberror", lambda error: faults.append(str(error.error)))
    device.on("console", lambda said: faults.append(said.text) if said.type == "error" else None)
    tab = device.new_page()
    with (
        SignIn() as sign_in,
        serve_service(shared, tmp_path / "state", address=sign_in.address) as served,
    ):
        sign_in.port, sign_in.person = served.port, "ada@acme.example"
        start, form = sign_in.address, f"{sign_in.address}/?entry=objections/too-expensive"
        tab.goto(start)
        expect(tab.get_by_role("link", name="Too dear")).to_be_visible()
        expect(tab.get_by_text("The strategy itself")).to_have_count(0)
        expect(tab.get_by_role("button", name="Save")).to_be_hidden()
        look_at(tab)
        tab.goto(form)
        tab.get_by_role("textbox", name="Confirm").fill("Ada says?")
        tab.goto(start)  # sooner than the form tells by itself
        mine = tab.get_by_label("Your edits").get_by_role("link", name="Too dear")
        while not mine.count():
            tab.reload()
            expect(tab.get_by_role("link", name="Too dear").last).to_be_visible()

        sign_in.person = "ben@acme.example"
        tab.goto(form)
        expect(tab.get_by_role("textbox", name="Confirm")).to_have_value("Is it the price?")
        expect(tab.get_by_role("banner")).to_contain_text("ben@acme.example")
        expect(tab.get_by_text("Nothing has been changed yet.")).to_be_visible()
        assert "Ada" not in tab.evaluate("JSON.stringify([localStorage, sessionStorage])")

        sign_in.person = "ada@acme.example"
        tab.goto(form)
        expect(tab.get_by_role("textbox", name="Confirm")).to_have_value("Ada says?")
        expect(tab.locator(".pb-bench__changes")).to_contain_text("Ada says")
        tab.locator("summary", has_text="as sellers will see it").click()
        page = tab.frame_locator(".pb-bench__page")
        expect(page.get_by_text("Ada says?").first).to_be_attached()
        tab.locator("summary", has_text="Propose").click()
        tab.get_by_label("Why?").fill("New words")
        look_at(tab)
        tab.get_by_role("button", name="Propose").click()
        expect(tab.get_by_text("Proposed on the branch proposal/new-words.")).to_be_visible()
        expect(tab.get_by_role("textbox", name="Confirm")).to_have_value("Is it the price?")
        assert git(shared, "log", "-1", "--format=%an", "proposal/new-words") == "ada@acme.example"
        tab.goto("about:blank")
    device.close()
    assert faults == []
