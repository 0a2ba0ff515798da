"""What can be found, and what the browser is given for it."""

from __future__ import annotations

import json
from typing import Any

import pytest

from generator.pages.feedback_link import open_desk
from generator.pages.finder.index import (
    INDEX,
    make_index,
    tell_address,
)
from generator.pages.finder.page_text import FinishedPage
from generator.pages.finder.records import Record, list_records
from generator.pages.finder.scripts import WORKER
from generator.pages.registry import render_pages
from generator.schema.words import read_words
from tests.sample import write_medium

WORDS = read_words("en")


@pytest.fixture
def find(make_edition):
    """The records of a strategy given as data, by kind and id."""

    def list_all(audience="internal", hand_written=(), header=None, **kinds) -> dict[str, Record]:
        edition = make_edition(audience, header=header, **kinds)
        records = list_records(edition, render_pages(edition).pages, hand_written)
        return {f"{record.kind}/{record.id}": record for record in records}

    return list_all


@pytest.fixture
def read_index(make_edition):
    """The two files of a strategy given as data, as the browser reads them."""

    def read(tell="", **kinds) -> tuple[dict[str, Any], list[Any]]:
        edition = make_edition(**kinds)
        assets = {asset.path: asset.content for asset in make_index(edition, (), (), tell)}
        index = json.loads(assets[INDEX])
        return index, json.loads(assets[f"assets/finder/{index['texts']}"])

    return read


def test_an_entry_is_found_by_what_it_is_called_and_leads_to_its_anchor(find):
    found = find(
        people=[{"id": "zoe", "name": "Head of Service", "topics": ["spare parts"]}],
        glossary=[
            {
                "id": "lift",
                "also": ["delta T"],
                "tags": ["basics"],
                "reviewed_on": "2026-05-20",
                "owner": "zoe",
            }
        ],
    )
    lift = found["glossary/lift"]
    assert (lift.title, lift.address, lift.names, lift.tags) == (
        "Lift",
        "glossary/#lift",
        ("delta T",),
        ("basics",),
    )
    assert (lift.state, lift.owner, lift.short) == (
        "verified",
        "Head of Service",
        "How far heat is raised.",
    )
    assert found["people/zoe"].names == ("spare parts",)
    assert found["people/zoe"].state == "never"


def test_an_objection_is_found_by_every_wording_and_shows_the_answer_first(find):
    found = find(
        objections=[
            {"id": "one", "also_said": ["Way too dear"], "explore": ["What do you **pay** today?"]}
        ]
    )
    record = found["objections/one"]
    assert record.names == ("Way too dear",)
    assert record.short == "Over five years it costs less."
    assert record.text.splitlines() == ["price", "What do you pay today?"]


def test_what_stands_in_title_names_or_short_text_is_not_sent_twice(find):
    record = find(objections=[{"id": "one", "also_said": ["Way too dear"], "tags": ["money"]}])[
        "objections/one"
    ]
    assert all(
        text not in record.text
        for text in ("Way too dear", "Over five years", "money", record.title)
    )


def test_a_long_text_is_cut_where_it_is_short_and_whole_where_it_is_looked_through(find):
    answer = "Over five years it costs less. " * 20 + "The last words."
    record = find(objections=[{"id": "one", "respond": answer}])["objections/one"]
    assert len(record.short) <= 150
    assert record.short.endswith("…")
    assert record.text.endswith("The last words.")


def test_addresses_ids_accounts_and_links_are_no_text(find):
    found = find(
        assets=[
            {"id": "one", "url": "https://files.example/secret-path", "former_ids": ["old-name"]}
        ],
        people=[{"id": "two", "accounts": ["octocat"], "contact": {"email": "me@firm.example"}}],
        glossary=[
            {
                "id": "three",
                "meaning": "See [the price list](entry:assets/one) and <https://x.example/y>.",
            }
        ],
    )
    texts = " ".join(
        f"{record.title} {record.short} {record.text} {record.names}" for record in found.values()
    )
    assert not any(
        word in texts for word in ("secret-path", "old-name", "octocat", "me@firm", "entry:")
    )
    assert found["glossary/three"].short.startswith("See the price list and")


def test_an_entry_is_near_the_entries_it_refers_to(find):
    near = find(**write_medium())["objections/pricey"].near
    assert {str(key) for key in near} == {"people/adam", "competitors/boilers"}


def test_nothing_that_a_reader_does_not_get_is_in_the_files(make_edition):
    edition = make_edition(
        "public",
        objections=[
            {"id": "a", "says": "Shown to all", "audience": "public"},
            {"id": "b", "says": "Hidden from some"},
        ],
        people=[{"id": "p", "name": "Secret Name"}],
    )
    files = b" ".join(
        asset.content for asset in make_index(edition, render_pages(edition).pages, ())
    )
    assert b"Shown to all" in files
    assert b"Hidden from some" not in files
    assert b"Secret Name" not in files


def test_pages_that_are_no_entry_are_found_and_pages_of_entries_only_once(find):
    found = find(
        header={"not_now": [{"what": "Steam above 160", "why": "No machine."}]},
        objections=[{"id": "one"}],
    )
    assert "Steam above 160" in found["pages/"].text
    assert found["pages/objections/"].address == "objections/"
    assert not [key for key in found if key.startswith("pages/objections/one")]


@pytest.mark.parametrize(
    ("path", "called", "html", "address", "title"),
    [
        ("how-to.md", "", "<h1>How to read this</h1><p>Words.</p>", "how-to/", "How to read this"),
        ("guides/index.md", "", "<p>Words.</p>", "guides/", "Index"),
        ("guides/README.md", "", "<h1>Read <em>me</em></h1>", "guides/", "Read me"),
        ("price_talk.md", "", "<p>Words.</p>", "price_talk/", "Price talk"),
        ("a.md", "From the menu", "<h1>Below</h1>", "a/", "From the menu"),
    ],
)
def test_a_hand_written_page_is_found_by_its_title(find, path, called, html, address, title):
    record = find(hand_written=[FinishedPage(path, called, html, address)])[f"pages/{address}"]
    assert (record.title, record.address) == (title, address)


def test_of_a_hand_written_page_headings_and_words_are_found_and_nothing_else(find):
    html = (
        '<h1 id="t">Title<a class="headerlink" href="#t" title="Permanent link">&para;</a></h1>'
        '<h2 id="g">Getting <em>started</em></h2><!-- not\nfor you --><p title="hush">Some '
        '<b>bo</b>ld <a href="entry:markets/x">words</a>.</p><script>var secret = 1</script>'
        "<table><tr><td>cell</td><td><code>code &lt;a&gt;</code></td></tr></table>"
    )
    record = find(hand_written=[FinishedPage("a.md", "", html, "a/")])["pages/a/"]
    assert record.names == ("Getting started",)
    assert record.text == "Some bold words. cell code <a>"


def test_the_browser_is_given_lists_in_the_order_it_knows(read_index):
    index, texts = read_index(**write_medium())
    kinds = [kind["key"] for kind in index["kinds"]]
    number = next(
        place
        for place, entry in enumerate(index["entries"])
        if entry[:2] == [kinds.index("objections"), "slow"]
    )
    _, _, title, short, names, tags, state, owner = index["entries"][number]
    assert (title, short, names, tags) == (
        "It costs too much",
        "Over five years it costs less.",
        ["Not now", "After summer"],
        [],
    )
    assert index["states"][state] == WORDS("never")
    assert index["owners"][owner] == ""
    assert len(texts) == len(index["entries"])
    pricey = next(place for place, entry in enumerate(index["entries"]) if entry[1] == "pricey")
    assert {index["entries"][near][1] for near in texts[pricey][1]} == {"adam", "boilers"}
    assert index["kinds"][kinds.index("glossary")]["address"] == "glossary/#{id}"


def test_the_name_of_the_texts_changes_with_them_so_that_two_builds_never_mix(read_index):
    one, _ = read_index(objections=[{"id": "one", "respond": "Yes."}])
    same, _ = read_index(objections=[{"id": "one", "respond": "Yes."}])
    other, _ = read_index(objections=[{"id": "one", "real_concern": "Money."}])
    assert one["texts"] == same["texts"] != other["texts"]


def test_a_large_playbook_comes_in_parts_and_the_first_file_holds_none_of_its_texts(make_edition):
    edition = make_edition(**write_medium())
    files = {asset.path: asset.content for asset in make_index(edition, (), (), most_whole=0)}
    index = json.loads(files.pop(INDEX))
    del files[WORKER]
    folder = f"assets/finder/{index['parts']['folder']}"
    assert all(path.startswith(f"{folder}/") for path in files)
    assert not {"entries", "texts", "owners"} & index.keys()
    assert index["kinds"][-1]["end"] == len(list_records(edition, (), ()))
    terms = json.loads(files[f"{folder}/terms.json"])["terms"].split(" ")
    assert {"cost", "summer", "object"} <= set(terms)
    shown = json.loads(files[f"{folder}/records-0.json"])
    ends = {kind["key"]: kind["end"] for kind in index["kinds"]}
    slow = next(number for number, record in enumerate(shown) if record[0] == "slow")
    assert shown[slow][1:5] == [
        "It costs too much",
        "Over five years it costs less.",
        ["Not now", "After summer"],
        [],
    ]
    assert max(end for end in ends.values() if end <= slow) < ends["objections"]


def test_nothing_that_a_reader_does_not_get_is_in_the_parts(make_edition):
    edition = make_edition(
        "public",
        objections=[
            {"id": "a", "says": "Shown to all", "audience": "public"},
            {"id": "b", "says": "Hidden word"},
        ],
        glossary=[{"id": "c", "term": "Lift", "also": ["Secretname"]}],
    )
    files = b" ".join(
        asset.content
        for asset in make_index(edition, (), (), most_whole=0)
        if asset.path != WORKER  # the words of the language are everybody's
    ).lower()
    assert b"shown to all" in files
    assert not any(word in files for word in (b"hidden", b"secretname", b"lift"))


def test_the_folder_of_the_parts_changes_with_them_so_that_two_builds_never_mix(make_edition):
    def name(**kinds: Any) -> str:
        assets = make_index(make_edition(**kinds), (), (), most_whole=0)
        return str(json.loads(assets[0].content)["parts"]["folder"])

    one = name(objections=[{"id": "one", "respond": "Yes."}])
    assert one == name(objections=[{"id": "one", "respond": "Yes."}])
    assert one != name(objections=[{"id": "one", "real_concern": "Money."}])


@pytest.mark.parametrize(
    ("tell", "start"),
    [
        (
            "mailto:lead@firm.example",
            "mailto:lead@firm.example?subject=Missing%20in%20the%20playbook%3A%20{query}&body=",
        ),
        (
            "https://github.com/firm/playbook/",
            "https://github.com/firm/playbook/issues/new?title=Missing",
        ),
        (
            "https://gitlab.firm.example/playbook",
            "https://gitlab.firm.example/playbook/-/issues/new?issue%5Btitle%5D=",
        ),
    ],
)
def test_leadership_is_told_by_mail_or_issue(tell, start):
    desk = open_desk(tell)
    assert desk is not None
    address = tell_address(desk, WORDS)
    assert address.startswith(start)
    assert address.count("{query}") == 2
