"""An executive proposes changes in the form of the site, and what is sent is what `playbook apply`
writes: only the lines of the values that were touched.
"""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Iterator
from difflib import unified_diff
from pathlib import Path
from typing import Any
from urllib.parse import parse_qs, urlsplit

import pytest
from playwright.sync_api import Browser, Page, Route, expect

from generator.editing.edit_notes import read_notes
from generator.editing.edit_notes.note import FieldChange
from tests.browser.conftest import open_context
from tests.browser.test_accessible import AXE
from tests.playbooks import run_playbook

pytestmark = pytest.mark.browser

FROM_WORD = """<html><head><style>p { color: red }</style></head><body><!--StartFragment-->
<h2>The answer</h2><p class=MsoNormal>The machine is <b>quiet</b>:&nbsp;42&nbsp;dB<img src="file:///c.png"></p>
<p class=MsoListParagraphCxSpFirst style='mso-list:l0 level1 lfo1'><span style='mso-list:Ignore'>·<span>   </span></span>at a metre</p>
<p class=MsoListParagraphCxSpLast style='mso-list:l0 level1 lfo1'><span style='mso-list:Ignore'>·<span>   </span></span>see <a href="https://korvatherm.example/noise">the report</a></p>
<p onclick="alert(1)">a_b <script>alert(1)</script>1 &lt; 2</p></body></html>"""
CLEANED = """**The answer**

The machine is **quiet**: 42 dB

- at a metre
- see [the report](https://korvatherm.example/noise)

a_b 1 \\< 2"""
PASTE = """(control, html) => {
  const clipboardData = new DataTransfer();
  clipboardData.setData("text/html", html);
  control.focus();
  control.dispatchEvent(new ClipboardEvent("paste", { clipboardData, bubbles: true, cancelable: true }));
}"""


@pytest.fixture
def phone(browser: Browser) -> Iterator[Page]:
    """A phone; what its pages stumble over, a breach of the policy among it, fails the test."""
    context = open_context(browser, viewport={"width": 390, "height": 844})
    tab = context.new_page()
    faults: list[str] = []
    tab.on("console", lambda said: faults.append(said.text) if said.type == "error" else None)
    tab.on("pageerror", lambda error: faults.append(str(error)))
    tab.route("**/form.json", add_mailbox)
    yield tab
    context.close()
    assert faults == []


def add_mailbox(route: Route) -> None:
    """The root strategy has no mailbox beside its repository."""
    form = route.fetch().json()
    link = "mailto:us@korvatherm.example?subject={title}&body={body}"
    route.fulfill(json={**form, "ways": [*form["ways"], {"way": "mail", "link": link}]})


def apply(text: str, root: Path) -> list[str]:
    """The lines that a note changes in a copy of the playbook."""
    before = {path: path.read_text("utf-8") for path in (root / "strategy").rglob("*.yaml")}
    (root / "sent.txt").write_text(text, "utf-8")
    done = run_playbook("apply", "sent.txt", cwd=root)
    assert done.returncode == 0, done.stdout + done.stderr
    found = []
    for path, old in before.items():
        new = path.read_text("utf-8")
        lines = unified_diff(old.splitlines(), new.splitlines(), n=0, lineterm="")
        found += [line for line in lines if line[:1] in "+-" and line[:3] not in ("+++", "---")]
    return found


def read_link(page: Page, name: str, field: str) -> str:
    href = page.get_by_role("link", name=name).get_attribute("href") or ""
    return parse_qs(urlsplit(href).query)[field][0]


def check(page: Page) -> None:
    page.get_by_role("button", name="See what changes").click()


def test_an_executive_changes_a_price_and_adds_an_objection(
    phone: Page, site_url: str, copy_of_root: Callable[[], Path]
) -> None:
    asked: list[str] = []
    phone.on("request", lambda request: asked.append(request.url))
    phone.goto(f"{site_url}offerings/korva-90/")
    link = phone.get_by_role("link", name="Suggest a change")
    expect(link).to_be_visible()
    assert not [url for url in asked if "suggest" in url]  # a reading page loads nothing of it

    # the price: folded in a long form, told where it is wrong, sent as an issue
    link.click()
    phone.locator("summary", has_text="Packages (3)").click()
    price = phone.get_by_label("Price", exact=True).first
    expect(price).to_have_value("EUR 320 to 420 per kW of heat")
    price.fill("EUR 330 to 430 per kW of heat")
    phone.get_by_role("button", name="Next: Guardrails").click()  # the way through a long form
    expect(phone.locator("summary", has_text="Guardrails")).to_be_focused()
    expect(price).to_be_hidden()
    phone.keyboard.press("Tab")
    expect(phone.get_by_role("textbox", name="Floor")).to_be_focused()
    name = phone.get_by_label("Name needed", exact=True)
    was = name.first.input_value()
    name.first.fill("")
    check(phone)
    fault = phone.get_by_role("button", name="Name: This is needed.")
    expect(fault).to_be_visible()
    fault.click()
    expect(name.first).to_be_focused()
    name.first.fill(was)
    phone.get_by_label("Why?").fill("New list of prices.")
    phone.reload()  # what was typed is kept
    expect(phone.get_by_text("What you typed last time is here again.")).to_be_visible()
    check(phone)
    expect(phone.locator(".pb-form__changes dt")).to_have_text("Packages › 1 › Price")
    assert phone.evaluate("document.documentElement.scrollWidth") == 390
    phone.evaluate(AXE)
    found = phone.evaluate("axe.run('article').then(({violations}) => violations)")
    assert [(one["id"], one["nodes"][0]["html"]) for one in found] == []
    root = copy_of_root()
    assert apply(read_link(phone, "Begin an issue", "issue[description]"), root) == [
        "-      price: EUR 320 to 420 per kW of heat",
        "+      price: EUR 330 to 430 per kW of heat",
    ]
    with phone.expect_download() as saved:
        phone.get_by_role("button", name="Download as a file").click()
    note = json.loads(saved.value.path().read_text("utf-8"))
    assert (note["entry"], note["why"]) == ("offerings/korva-90", "New list of prices.")
    phone.get_by_role("button", name="I have sent it").click()
    phone.reload()
    expect(phone.locator(".pb-form__check")).to_be_visible()
    expect(phone.get_by_text("What you typed last time")).to_be_hidden()

    # a new objection: two proofs by name, an answer from Word, sent by mail
    phone.goto(f"{site_url}objections/")
    phone.get_by_role("link", name="Suggest a new objection").click()
    phone.get_by_label("Says").fill("Your machine is too loud")
    phone.get_by_role("textbox", name="Respond").evaluate(PASTE, FROM_WORD)
    expect(phone.get_by_role("textbox", name="Respond")).to_have_value(CLEANED)
    expect(phone.get_by_text("Left out: ")).to_contain_text("headings (now bold), pictures")
    phone.get_by_role("button", name="Preview").click()
    shown = phone.locator(".pb-form__preview")
    expect(shown.locator("strong")).to_have_text(["The answer", "quiet"])
    expect(shown.locator("li")).to_have_text(["at a metre", "see the report"])
    expect(shown.locator("[href]")).to_have_count(
        0
    )  # nothing leads away from what is being written
    phone.get_by_role("textbox", name="Respond").fill(f"<img src=x onerror=alert(1)>\n\n{CLEANED}")
    expect(shown.locator("p").first).to_have_text("<img src=x onerror=alert(1)>")
    phone.get_by_role("textbox", name="Respond").fill(CLEANED)
    phone.locator("summary", has_text="More fields").click()
    phone.locator("summary", has_text="Proof").click()
    picker = phone.get_by_role("combobox", name="Proof: ")
    for typed in ("dairy lower", "cheese"):
        picker.press_sequentially(typed)
        expect(phone.locator("[role=option]")).to_have_count(1)
        picker.press("ArrowDown")
        picker.press("Enter")
    expect(phone.get_by_role("group", name="Proof").get_by_role("listitem")).to_have_count(2)
    check(phone)
    expect(phone.get_by_role("button", name="Category: This is needed.")).to_be_visible()
    phone.get_by_role("combobox", name="Category").select_option(label="fit")
    check(phone)
    body = read_link(phone, "Write a mail", "body")
    assert "\r\n" in body
    lines = apply(body, root)
    assert [line for line in lines if line.startswith("-")] == []
    assert {"+- id: your-machine-is-too-loud", "+  category: fit"} <= set(lines)
    assert lines[-3:] == ["+  proof:", "+    - dairy-lower-saxony", "+    - cheese-dairy-friesland"]


def test_where_nothing_is_asked_for_one_finds_what_to_change_or_chooses_what_should_be_new(
    phone: Page, site_url: str
) -> None:
    phone.goto(f"{site_url}suggest/")
    kinds = phone.locator(".pb-form__kinds a:visible")
    expect(kinds.first).to_have_text(re.compile("Objection.*What a buyer says", re.DOTALL))
    few = kinds.count()
    phone.locator("summary", has_text="More kinds").click()
    assert kinds.count() > few
    phone.evaluate(AXE)
    assert (
        phone.evaluate("async () => (await axe.run('#pb-form')).violations.map(one => one.id)")
        == []
    )
    field = phone.get_by_role("combobox")
    field.fill("three times a gas")
    option = phone.get_by_role("option").first
    expect(option).to_contain_text("Objection")
    field.press("Enter")
    expect(phone.locator("h1")).to_contain_text("Suggest a change: ")
    assert phone.url.endswith("?entry=objections/too-expensive")
    phone.goto(f"{site_url}suggest/?new=proof")
    expect(phone.locator("h1")).to_contain_text("Proof point")


def test_what_is_not_whole_stays_as_it_is_and_what_others_changed_is_said(
    phone: Page, site_url: str
) -> None:
    more: dict[str, Any] = {}

    def cut(route: Route) -> None:
        """The same entry for a reader who does not get all of it, after somebody else's change."""
        entries = route.fetch().json()
        if "too-expensive" in entries:
            entry = entries["too-expensive"]
            values = {**entry["values"], **more.get("values", {})}
            entries["too-expensive"] = {**entry, **more, "values": values}
        route.fulfill(json=entries)

    phone.route("**/entries/objections-*.json", cut)
    address = f"{site_url}suggest/?entry=objections/too-expensive"
    phone.goto(address)
    phone.get_by_role("textbox", name="Confirm").fill("Is it the price?")
    more |= {"locked": ["respond"], "shortened": ["proof"], "values": {"confirm": "Is it?"}}
    phone.goto(f"{site_url}objections/")
    phone.goto(address)
    expect(
        phone.get_by_text("This was changed after you began. Today it says: Is it?")
    ).to_be_visible()
    expect(phone.get_by_role("textbox", name="Respond")).to_have_count(0)
    expect(phone.get_by_text("so it cannot be changed here")).to_be_visible()
    phone.locator("summary", has_text="Proof (2)").click()
    phone.get_by_role("button", name="Remove: Proof 1").click()
    check(phone)
    expect(phone.locator(".pb-form__changes dt")).to_have_text(["Confirm", "Proof"])
    block = read_link(phone, "Begin an issue", "issue[description]")
    [note] = read_notes(block.encode())
    assert note.changes == (
        FieldChange("confirm", "Is it?", "Is it the price?"),
        FieldChange("proof", removed=("dairy-lower-saxony",), is_by_item=True),
    )

    # what no link can hold is copied
    phone.get_by_label("Why?").fill("Because of this. " * 200)
    check(phone)
    expect(phone.get_by_text("The text is too long to be filled in.")).to_be_visible()
    assert "Because" not in read_link(phone, "Write a mail", "body")
    [note] = read_notes(phone.get_by_label("The text that is sent").input_value().encode())
    assert note.why.startswith("Because of this.")
    phone.get_by_role("button", name="Start afresh").click()
    expect(phone.get_by_role("textbox", name="Confirm")).to_have_value("Is it?")

    # an entry that has had its time
    phone.goto(f"{site_url}suggest/?entry=offerings/korva-90")
    phone.get_by_role("link", name="Retire it instead").click()
    expect(phone.locator(".pb-form__fields > .pb-form__field")).to_have_count(1)
    check(phone)
    expect(phone.locator(".pb-form__changes")).to_contain_text("retired")


def test_an_entry_of_a_companys_own_kind_is_proposed_like_any_other(
    phone: Page, released_url: str
) -> None:
    """That such a note is written where it belongs, the tests of notes show."""
    phone.goto(f"{released_url}partners/frostbau/")
    link = phone.locator("a[href*='suggest/?entry=partners/frostbau']").first
    phone.goto(f"{released_url}partners/frostbau/{link.get_attribute('href')}")
    phone.get_by_label("Grade").select_option("silver")
    check(phone)
    text = read_link(phone, "Begin an issue", "issue[description]")
    [note] = read_notes(text.encode())
    assert str(note.key) == "partners/frostbau"
    assert note.changes == (FieldChange("grade", "gold", "silver"),)
