"""`playbook edit` in a browser: a price is changed, looked at and saved; two people propose at once."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, Route, expect

from tests.browser.conftest import open_context
from tests.browser.test_accessible import AXE
from tests.repositories import git, make_repository, write
from tests.sample import MINIMAL_HEADER
from tests.workbench_server import serve_workbench

pytestmark = pytest.mark.browser

OFFERING = """\
- id: korva-90
  name: Korva 90
  kind: product
  one_liner: A heat pump for 90 °C.
  description: It makes heat of waste.
  packages:
    - name: Machine  # ex works
      price: EUR 320 to 420 per kW
      includes: [machine, frame]
"""
OBJECTION = """\
- id: too-expensive
  says: Too dear
  category: price
  acknowledge: It is a large sum.
  respond: It pays back.
  confirm: Is it the price?
"""
FILES = {
    "strategy.yaml": MINIMAL_HEADER,
    "strategy/offerings.yaml": OFFERING,
    "strategy/objections.yaml": OBJECTION,
}


@pytest.fixture
def tab(browser: Browser) -> Iterator[Page]:
    """A tab; what its pages stumble over, a breach of the policy among it, fails the test."""
    context = open_context(browser, viewport={"width": 1280, "height": 900})
    opened = context.new_page()
    context.set_default_timeout(15000)
    faults: list[str] = []
    opened.on("console", lambda said: faults.append(said.text) if said.type == "error" else None)
    opened.on("pageerror", lambda error: faults.append(str(error)))
    yield opened
    context.close()
    assert faults == []


def look_at(tab: Page) -> None:
    """It fits a phone, and axe finds nothing, light or dark."""
    tab.evaluate(AXE)
    for scheme, name in (("light", "default"), ("dark", "slate")):
        tab.emulate_media(color_scheme=scheme)
        expect(tab.locator("body")).to_have_attribute("data-md-color-scheme", name)
        found = tab.evaluate("axe.run().then(({violations}) => violations)")
        assert [(one["id"], one["nodes"][0]["html"]) for one in found] == []
    tab.set_viewport_size({"width": 390, "height": 844})
    assert tab.evaluate("document.documentElement.scrollWidth") == 390
    tab.set_viewport_size({"width": 1280, "height": 900})


def open_entry(tab: Page, address: str, words: str, name: str) -> None:
    tab.goto(address)
    tab.get_by_label("Find by name").fill(words)
    tab.get_by_role("link", name=name).click()


def test_a_price_is_changed_looked_at_and_saved(tab: Page, tmp_path: Path) -> None:
    root = tmp_path
    write(root, FILES)
    file = root / "strategy/offerings.yaml"
    before = file.read_text("utf-8")
    with serve_workbench(root) as address:
        tab.goto(address)
        expect(tab.get_by_role("link", name="Korva 90")).to_be_visible()
        look_at(tab)
        open_entry(tab, address, "korva 90 offering", "Korva 90")
        price = tab.get_by_label("Price", exact=True)
        price.fill("EUR 330 to 430 per kW")
        changes = tab.locator(".pb-bench__changes")
        expect(changes).to_contain_text("EUR 330 to 430 per kW")

        # what the check says stands at its field; undo goes back a step
        text = tab.get_by_role("textbox", name="Description")
        was = text.input_value()
        text.fill("See [nothing](entry:markets/nowhere).")
        expect(tab.locator(".pb-form__fault", has_text="nowhere")).to_be_visible()
        tab.get_by_role("button", name="Save").click()
        expect(tab.get_by_text("the strategy would no longer be sound")).to_be_visible()
        assert file.read_text("utf-8") == before
        look_at(tab)
        tab.get_by_role("button", name="Undo").click()
        expect(text).to_have_value(was)
        expect(tab.locator(".pb-form__fault", has_text="nowhere")).to_have_count(0)

        # the page as it will be, then the files
        tab.locator("summary", has_text="as sellers will see it").click()
        page = tab.frame_locator(".pb-bench__page")
        expect(page.get_by_text("EUR 330 to 430 per kW").first).to_be_attached()
        assert file.read_text("utf-8") == before
        tab.get_by_role("button", name="Save").click()
        expect(tab.get_by_text("Saved in strategy/offerings.yaml.")).to_be_visible()
        after = file.read_text("utf-8")
        assert after == before.replace("EUR 320 to 420 per kW", "EUR 330 to 430 per kW")
        tab.get_by_role("button", name="Undo").click()
        expect(tab.get_by_role("button", name="Save")).to_be_enabled()
        assert file.read_text("utf-8") == before
        tab.goto("about:blank")  # nothing is asked of a server that has ended


def test_two_people_propose_at_once(tab: Page, tmp_path: Path) -> None:
    """On different fields both are taken; on the same one, git and the workbench say so."""
    root = make_repository(tmp_path / "root", FILES)
    shared = tmp_path / "shared.git"
    git(tmp_path, "clone", "--quiet", "--bare", str(root), str(shared))
    homes = [tmp_path / name for name in ("ada", "ben")]
    for home in homes:
        git(tmp_path, "clone", "--quiet", str(shared), str(home))
        git(home, "config", "user.name", home.name)
        git(home, "config", "user.email", f"{home.name}@example.com")
    with serve_workbench(homes[0]) as ada, serve_workbench(homes[1]) as ben:
        # nothing can be typed before the form knows what waits of it: it would be drawn over
        held: list[Route] = []
        tab.route("**/state?*", lambda route: held.append(route), times=1)  # noqa: PLW0108  # it looks at what it is given
        with tab.expect_request("**/state?*"):
            tab.goto(f"{ada}?entry=objections/too-expensive")
        expect(tab.get_by_role("textbox")).to_have_count(0)
        held[0].continue_()
        expect(tab.get_by_role("textbox", name="Confirm")).to_be_visible()

        for address, name, field in (
            (ada, "Ada says so", "Confirm"),
            (ben, "Ben says so", "Confirm"),
            (ben, "Ben again", "Acknowledge"),
        ):
            tab.goto(f"{address}?entry=objections/too-expensive")
            tab.get_by_role("textbox", name=field).fill(f"{name}?")
            expect(tab.locator(".pb-bench__changes")).to_contain_text(name)
            tab.locator("summary", has_text="Propose").click()
            tab.get_by_label("Why?").fill("New words")
            tab.get_by_role("button", name="Propose").click()
            expect(tab.get_by_text("Proposed on the branch")).to_be_visible()
            expect(tab.get_by_text("Nothing has been changed yet.")).to_be_visible()
        branches = git(
            shared, "branch", "--list", "proposal/*", "--format=%(refname:short) %(authorname)"
        )
        assert branches.splitlines() == [
            "proposal/new-words ada",
            "proposal/new-words-2 ben",
            "proposal/new-words-3 ben",
        ]
        for home in homes:  # files and branch are as they were
            assert git(home, "status", "--porcelain", "--branch") == "## main...origin/main"

        # the other's change arrives while an edit of the same field waits
        git(homes[0], "fetch", "--quiet")
        git(homes[0], "merge", "--quiet", "origin/proposal/new-words-3", "--no-edit")
        tab.goto(f"{ada}?entry=objections/too-expensive")
        field = tab.get_by_role("textbox", name="Confirm")
        field.fill("Mine?")
        expect(tab.locator(".pb-bench__changes")).to_contain_text("Mine")
        git(homes[0], "merge", "--quiet", "origin/proposal/new-words-2", "--no-edit")
        tab.get_by_role("button", name="Save").click()
        expect(tab.get_by_text("Nothing was saved: something was changed")).to_be_visible()
        way = tab.locator(".pb-bench__wrong")
        expect(way).to_contain_text("was changed meanwhile by ben on")
        expect(way).to_contain_text("Ben says so?")
        expect(way).to_contain_text("Mine?")
        tab.get_by_role("button", name="Mine stays").click()
        expect(way).not_to_contain_text("was changed meanwhile")
        tab.get_by_role("button", name="Save").click()
        expect(tab.get_by_text("Saved in strategy/objections.yaml.")).to_be_visible()
        text = (homes[0] / "strategy/objections.yaml").read_text("utf-8")
        assert "Mine?" in text
        assert "Ben again?" in text
        tab.goto("about:blank")
