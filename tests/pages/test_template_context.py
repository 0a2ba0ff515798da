from datetime import date

import pytest

from generator.model.addresses import address_of
from generator.model.dates import RoughDay
from generator.model.entry import Key
from generator.model.ordering import sort_entries, title_of
from generator.pages.registry import render_pages
from generator.pages.template_context import View
from generator.schema.words import read_words
from tests.markup import read_html


@pytest.fixture
def make_view(make_edition):
    def make(address: str = "", **options) -> View:
        return View(make_edition(**options), read_words("en"), address)

    return make


def find(view, kind, entry_id="one"):
    entry = view.strategy.find(Key(kind, entry_id))
    assert entry is not None
    return entry


@pytest.mark.parametrize(
    ("value", "shown"),
    [
        (0, "0"),
        (7, "7"),
        (1500, "1 500"),
        (1234567.5, "1 234 567.5"),
        (-2000, "-2 000"),
        (2.0, "2"),
        (0.00001, "0.00001"),
    ],
)
def test_a_figure_is_shown_as_people_read_it(make_view, value, shown):
    assert make_view().number(value).replace("\u202f", " ") == shown


@pytest.mark.parametrize("value", [date(2026, 3, 31), RoughDay("2026-03")])
def test_a_date_is_shown_as_it_is_written(make_view, value):
    assert make_view().day(value) == str(value)


def test_a_link_leads_from_this_page_to_the_entry(make_view):
    view = make_view("plays/call/", markets=[{}], proof=[{}])
    market, proof = view.link(find(view, "markets")), view.link(find(view, "proof"))
    assert (market.title, market.url, market.kind) == ("Dairies", "../../markets/one/", "Market")
    assert proof.url == "../../proof/#one"


@pytest.mark.parametrize(
    ("url", "shown"),
    [
        ("https://example.com/a b", "https://example.com/a b"),
        ("mailto:a@example.com", "mailto:a@example.com"),
        ("files/price list.pdf", "../files/price%20list.pdf"),
        ("assets/prices.pdf", "prices.pdf"),
    ],
)
def test_a_document_of_the_playbook_is_found_from_the_page(make_view, url, shown):
    assert make_view("assets/").location(url) == shown


def test_markets_come_by_priority_then_by_name(make_view):
    view = make_view(
        markets=[
            {"id": "a", "priority": "not_pursued", "name": "Alpha"},
            {"id": "b", "priority": "secondary", "name": "beta"},
            {"id": "c", "priority": "secondary", "name": "Aleph"},
            {"id": "d", "priority": "primary", "name": "Zeta"},
        ]
    )
    assert [entry.id for entry in view.entries("markets")] == ["d", "c", "b", "a"]


def test_stages_come_in_their_order_from_the_lowest_number(make_view):
    view = make_view(
        stages=[{"id": "b", "order": 10}, {"id": "c", "order": 2}, {"id": "a", "order": 0}]
    )
    assert [entry.id for entry in view.entries("stages")] == ["a", "c", "b"]


def test_differentiators_without_a_rank_come_last(make_view):
    view = make_view(differentiators=[{"id": "a"}, {"id": "b", "rank": 2}, {"id": "c", "rank": 1}])
    assert [entry.id for entry in view.entries("differentiators")] == ["c", "b", "a"]


def test_the_status_quo_is_the_last_competitor(make_view):
    view = make_view(
        competitors=[{"id": "a", "kind": "status_quo", "name": "A"}, {"id": "b", "name": "B"}]
    )
    assert [entry.id for entry in view.entries("competitors")] == ["b", "a"]


def test_the_latest_comes_first(make_view):
    proof = [
        {"id": "a", "date": "2024"},
        {"id": "b", "date": "2026-02"},
        {"id": "c", "date": "2026-01-31"},
    ]
    assert [entry.id for entry in make_view(proof=proof).entries("proof")] == ["b", "c", "a"]


def test_entries_that_look_alike_come_by_id(make_view):
    view = make_view(people=[{"id": "b"}, {"id": "a"}])
    assert [entry.id for entry in sort_entries(reversed(view.strategy.of("people")))] == ["a", "b"]


def test_a_long_note_is_cut_to_a_title_and_its_markup_taken_out(make_view):
    view = make_view(
        field_notes=[
            {"id": "short", "note": "They **ask** for steam."},
            {"id": "long", "note": "word " * 50},
        ]
    )
    assert title_of(find(view, "field_notes", "short")) == "They ask for steam."
    long = title_of(find(view, "field_notes", "long"))
    assert len(long) <= 90
    assert long.endswith("word…")


def test_who_refers_to_an_entry_is_told_by_kind(make_view):
    view = make_view(
        "people/",
        header={"owners": {"plays": "one"}},
        people=[{}],
        markets=[{"owner": "one"}],
        plays=[{"owner": "one"}],
    )
    groups = view.referred_from(find(view, "people"))
    assert [(title, [link.url for link in links]) for title, links in groups] == [
        ("Markets", ["../markets/one/"]),
        ("Plays", ["../plays/one/"]),
        ("How we work", ["../how-we-work/"]),
    ]
    assert [
        title for title, _ in view.referred_from(find(view, "people"), ["plays", "header"])
    ] == ["Markets"]


def test_a_link_from_the_home_page_leads_back_to_the_home_page(make_view):
    view = make_view(
        "markets/one/", header={"vision": "See [it](entry:markets/one)."}, markets=[{}]
    )
    [(_, [link])] = view.referred_from(find(view, "markets"))
    assert link.url == "../../"


@pytest.mark.parametrize(
    ("market", "owners", "owner"),
    [
        ({"owner": "zoe"}, {"markets": "adam"}, "zoe"),
        ({}, {"markets": "adam"}, "adam"),
        ({}, {}, None),
    ],
)
def test_behind_an_entry_stands_its_owner_or_that_of_its_kind(make_view, market, owners, owner):
    view = make_view(
        header={"owners": owners}, people=[{"id": "zoe"}, {"id": "adam"}], markets=[market]
    )
    found = view.owner_of(find(view, "markets"))
    assert (found.id if found else None) == owner


@pytest.mark.parametrize(
    ("audience", "kind", "fields", "marks"),
    [
        ("internal", "markets", {"priority": "not_pursued"}, ["not pursued"]),
        ("internal", "markets", {"status": "deprecated"}, ["primary", "deprecated"]),
        (
            "internal",
            "markets",
            {"effective_until": "2026-12-31"},
            ["primary", "valid until 2026-12-31"],
        ),
        ("leadership", "markets", {"audience": "leadership"}, ["primary", "only for leadership"]),
        ("internal", "people", {"audience": "public"}, ["open to: public"]),
        ("public", "people", {"audience": "public"}, []),
        ("internal", "people", {}, []),
        ("internal", "field_notes", {"status": "declined"}, ["declined"]),
        (
            "internal",
            "assets",
            {"kind": "deck", "shareable": "with_permission"},
            ["deck", "ask first"],
        ),
    ],
)
def test_an_entry_bears_marks_in_words(make_view, audience, kind, fields, marks):
    view = make_view(audience=audience, **{kind: [fields]})
    assert [mark.text for mark in view.badges(find(view, kind))] == marks


def test_an_entry_says_how_fresh_it_is(make_view):
    view = make_view(markets=[{"reviewed_on": "2026-05-30"}], glossary=[{}], announcements=[{}])
    mark = view.freshness(find(view, "markets"))
    assert (mark.text, mark.hint) == ("verified", "reviewed 2026-05-30")
    assert view.freshness(find(view, "glossary")).text == "never reviewed"
    assert view.freshness(find(view, "announcements")) is None


def test_a_heading_has_its_anchor_and_is_noted(make_view):
    view = make_view()
    found = read_html(view.heading(2, "_why", "Why <we> win"))
    assert (found.ids, found.addresses) == (["_why"], {"#_why"})
    assert found.text.startswith("Why <we> win")
    assert [(heading.id, heading.level, heading.text) for heading in view.headings] == [
        ("_why", 2, "Why <we> win")
    ]


def test_a_field_with_nothing_in_it_is_not_shown(make_view):
    view = make_view(markets=[{"size": "9 plants", "buying": {"steps": []}, "tags": []}])
    market = find(view, "markets")
    assert view.field(market, "size").title == "Size"
    for name in ("rationale", "tags", "buying", "personas", "ideal_customer.must_have"):
        assert view.field(market, name) is None


def test_a_list_is_shown_as_written_be_it_a_set_or_a_sequence(make_view):
    view = make_view(markets=[{"tags": ["b", "A", "c"], "do_more": ["b", "A", "c"]}])
    market = find(view, "markets")
    assert view.field(market, "tags").value == ("b", "A", "c")
    assert view.field(market, "do_more").value == ("b", "A", "c")


def test_links_stand_as_their_author_wrote_them(make_view):
    people = [{"id": "zoe", "name": "Zoe"}, {"id": "adam", "name": "Adam"}]
    personas = [{"id": "z", "name": "Z"}, {"id": "a", "name": "A"}]
    proof = [{"id": "late", "statement": "Z"}, {"id": "early", "statement": "A"}]
    view = make_view(
        people=people,
        personas=personas,
        proof=proof,
        markets=[{"personas": ["z", "a"]}],
        objections=[{"proof": ["late", "early"]}],
    )
    objection, market = find(view, "objections"), find(view, "markets")
    assert [link.title for link in view.field_links(objection, "proof")] == ["Z", "A"]
    assert [one.id for one in view.named("personas", market.personas)] == ["z", "a"]


@pytest.mark.parametrize(
    ("kind", "named", "query"),
    [
        ("objections", {}, "with=objections/one"),
        ("objections", {"personas": ["one"]}, "persona=one&with=objections/one"),
        ("proof", {"market": "one"}, "market=one&with=proof/one"),
        ("plays", {"markets": ["two", "one"]}, "market=two&with=plays/one"),
        ("plays", {"stages": ["one"]}, "with=plays/one"),
        ("competitors", {"markets": ["one"]}, "competitor=one"),
        ("markets", {}, "market=one"),
    ],
)
def test_a_call_is_prepared_with_an_entry_and_the_first_of_whom_it_names(
    make_edition, kind, named, query
):
    others = {"markets": [{}, {"id": "two"}], "personas": [{}], "competitors": [{}], "stages": [{}]}
    entries = {**others, kind: [named, *others.get(kind, [])[1:]]}
    view = View(make_edition(**entries), read_words("en"), f"{kind}/one/", frozenset({"call/"}))
    assert view.call_url(find(view, kind)) == f"../../call/?{query}"


def test_without_a_page_for_calls_nothing_leads_there(make_view):
    view = make_view(objections=[{}])
    assert view.call_url(find(view, "objections")) == ""


@pytest.mark.parametrize(
    ("fields", "warnings"),
    [
        ({"reviewed_on": "2026-05-30"}, []),
        ({"reviewed_on": "2026-05-30", "status": "deprecated"}, ["deprecated"]),
        ({"reviewed_on": "2019-01-31"}, ["overdue"]),
        ({"reviewed_on": "2026-05-30", "effective_until": "2026-12-31"}, ["until"]),
    ],
)
def test_what_a_reader_must_know_before_the_first_word(make_view, fields, warnings):
    view = make_view(objections=[fields])
    assert [mark.look for mark in view.warnings(find(view, "objections"))] == warnings


def test_a_reference_that_is_not_written_leads_nowhere(make_view):
    view = make_view(markets=[{}])
    assert view.links(None, view.fields_of(None, "checks.waivers")["entry"]) == []


def test_the_best_for_a_market_name_it_or_are_met_often_and_are_not_overdue(make_view):
    view = make_view(
        markets=[{}, {"id": "two", "name": "Ports"}],
        objections=[
            {"id": "old", "says": "A", "markets": ["one"], "reviewed_on": "2020-01-01"},
            {"id": "for-all", "says": "B"},
            {"id": "often", "says": "C", "also_said": [f"Wording {n}" for n in range(12)]},
            {"id": "named", "says": "D", "markets": ["one"], "also_said": ["E"]},
            {"id": "elsewhere", "says": "F", "markets": ["two"]},
        ],
    )
    market = find(view, "markets")
    best = [one.id for one in view.best_for(market, "objections", 4)]
    assert best == ["named", "often", "for-all", "old"]
    assert {one.id for one in view.meant_for(market, "objections")} == set(best)


@pytest.mark.parametrize("kind", ["markets", "personas", "competitors"])
def test_what_names_nobody_stands_on_the_page_of_everybody(make_edition, kind):
    objections = [{"id": "mine", kind: ["one"]}, {"id": "others", kind: ["two"]}, {"id": "any"}]
    kinds = {kind: [{}, {"id": "two"}], "objections": objections}
    pages = render_pages(make_edition(**kinds)).pages
    [page] = [page for page in pages if page.address == address_of(Key(kind, "one"))]
    addresses = read_html(page.lay_out().html).addresses
    shown = {one.rstrip("/").rpartition("/")[2] for one in addresses if "objections/" in one}
    assert {"mine", "any"} <= shown
    assert "others" not in shown
