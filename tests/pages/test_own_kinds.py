"""Kinds of the company's own on the site, in the finder, and in what is said of a change."""

import json

from generator.changes.review import review_sides
from generator.changes.review_text import report_markdown
from generator.loading.loader import load_strategy
from generator.model.edition import choose_edition
from generator.pages.finder.index import make_index
from generator.pages.registry import render_pages
from generator.problems.terminal_style import Look
from tests.sample import TODAY, MemoryTree, complete, write_strategy

OWN = """\
fields:
  markets:
    helper: {title: Helper, value: reference, refers_to: helpers}
kinds:
  helpers:
    title: Helper
    plural: Helpers
    description: Who helps us on site.
    fields:
      level: {title: Level, value: choice, choices: [high, low], filter: yes, in_lists: yes}
      about: {title: About them, value: prose}
      serves: {title: Serves, value: reference, refers_to: markets, several: yes}
"""
CANARY = "Zanzibarquux"


def load(*helpers, own=OWN, markets=({"helper": "acme"},)):
    data = json.loads(write_strategy(markets=markets))
    data["helpers"] = list(helpers)
    files = {"strategy.yaml": json.dumps(data), "schema/custom.yaml": own}
    loaded = load_strategy(MemoryTree(files))
    assert loaded.problems == (), [one.title for one in loaded.problems]
    return loaded


ACME = {
    "id": "acme",
    "name": "Acme",
    "level": "high",
    "about": "They know [dairies](entry:markets/one).",
    "serves": ["one"],
    "former_ids": ["acne"],
}


def make(loaded, audience="internal"):
    edition = choose_edition(loaded.strategy, loaded.vocabulary, audience, TODAY)
    return edition, render_pages(edition)


def test_each_entry_has_a_page_the_kind_a_list_and_both_are_found():
    edition, pages = make(
        load(ACME, {"id": "bolt", "name": "Bolt", "level": "low", "serves": ["one"]})
    )
    html = {page.address: page.lay_out().html for page in pages.pages}
    assert "Who helps us on site." in html["helpers/"]
    assert '<select id="pb-own-level" name="own-level">' in html["helpers/"]
    assert "About them" in html["helpers/acme/"]
    assert 'href="../../markets/one/"' in html["helpers/acme/"]
    assert '<a href="../../helpers/acme/">Acme</a>' in html["markets/one/"]
    assert "Helpers" in html["markets/one/"]  # who refers to it, by their kind
    listed = next(asset for asset in pages.assets if asset.path == "entries.json").content
    assert "helpers/bolt/" in listed.decode()
    assert any(asset.path == "helpers/acne/index.html" for asset in pages.assets)
    index = b"".join(asset.content for asset in make_index(edition, pages.pages, ()))
    assert b"Acme" in index
    menu = str(pages.navigation)
    assert "helpers/" in menu


def test_what_is_not_for_a_reader_is_nowhere():
    secret = {**ACME, "name": CANARY, "id": "zanzibarquux-ltd", "audience": "leadership"}
    loaded = load(secret, {"id": "bolt", "name": "Bolt"}, markets=({"helper": "zanzibarquux-ltd"},))
    for audience, told in (("leadership", True), ("internal", False)):
        edition, pages = make(loaded, audience)
        texts = [page.lay_out().html for page in pages.pages]
        assets = (*pages.assets, *make_index(edition, pages.pages, ()))
        texts += [asset.content.decode("utf-8", "replace") for asset in assets]
        assert any(CANARY.lower() in text.lower() for text in texts) == told


def test_its_changes_are_told_also_where_the_kind_itself_comes_and_goes():
    market = complete("markets", {})
    none = load_strategy(MemoryTree({"strategy.yaml": write_strategy(markets=[market])}))
    acme = load(ACME)
    changed = load({**ACME, "level": "low"})
    said = [
        report_markdown(review_sides("v1", old, "v2", new), Look())
        for old, new in ((none, acme), (acme, changed), (acme, none))
    ]
    assert "**Acme**: new helper" in said[0]
    assert "**Acme** (helper): level high -\\> low" in said[1] or "level high -> low" in said[1]
    assert "**Acme**: helper removed" in said[2]


def test_a_kind_with_no_fields_and_one_with_all_break_no_page():
    fields = "".join(
        f"      a_{value}: {{title: T {value}, value: {value}}}\n"
        for value in ("text", "prose", "number", "whole_number", "date", "yes_no", "link")
    )
    own = (
        "kinds:\n  bare: {title: Bare, plural: Bares, description: Nothing.}\n"
        "  full:\n    title: Full\n    plural: Fulls\n    description: All.\n    fields:\n" + fields
    )
    data = json.loads(write_strategy(markets=[{}]))
    data["bare"] = [{"id": "b", "name": "<script>alert(1)</script>"}]
    values = ("line", "text", "1.5", "3", "2026-01-02", "yes", "https://example.com/a")
    data["full"] = [
        {
            "id": "f",
            "name": "Full",
            **{
                f"a_{one}": value
                for one, value in zip(
                    ("text", "prose", "number", "whole_number", "date", "yes_no", "link"),
                    values,
                    strict=True,
                )
            },
        }
    ]
    loaded = load_strategy(
        MemoryTree({"strategy.yaml": json.dumps(data), "schema/custom.yaml": own})
    )
    assert loaded.problems == (), [one.title for one in loaded.problems]
    _, pages = make(loaded)
    html = {page.address: page.lay_out().html for page in pages.pages}
    assert "<script>alert" not in html["bare/b/"] + html["bare/"]
    assert '<a href="https://example.com/a" rel="noopener noreferrer">' in html["full/f/"]


def test_a_field_whose_description_has_a_fault_breaks_no_page():
    own = "fields:\n  markets:\n    size: {title: Size, value: chice, choices: [x], filter: yes}\n"
    text = write_strategy(markets=[{"size": "x"}])
    loaded = load_strategy(MemoryTree({"strategy.yaml": text, "schema/custom.yaml": own}))
    assert len(loaded.problems) == 1
    _, pages = make(loaded)
    assert "markets/" in {page.address for page in pages.pages if page.lay_out().html}
