import html
import json
from datetime import UTC, date, datetime

import pytest

from generator.files.tree import FolderTree
from generator.loading.loader import load_strategy
from generator.model.edition import Cut, Reach, choose_edition, today_in
from generator.model.entry import Key
from generator.model.kinds import NextOffering
from generator.pages.finder.index import make_index
from generator.pages.registry import render_pages
from generator.schema.vocabulary import standard_vocabulary
from tests.sample import TODAY, MemoryTree, load_data, write_strategy


def ids(edition, kind="markets"):
    return {entry.id for entry in edition.strategy.of(kind)}


@pytest.mark.parametrize(
    ("audience", "shown"),
    [
        ("leadership", {"secret", "ours", "shared", "open"}),
        ("internal", {"ours", "shared", "open"}),
        ("partner", {"shared", "open"}),
        ("public", {"open"}),
    ],
)
def test_a_reader_gets_what_is_meant_for_the_own_circle_or_a_wider_one(
    make_edition, audience, shown
):
    edition = make_edition(
        audience,
        markets=[
            {"id": "secret", "audience": "leadership"},
            {"id": "ours"},
            {"id": "shared", "audience": "partner"},
            {"id": "open", "audience": "public"},
        ],
    )
    assert ids(edition) == shown


@pytest.mark.parametrize(
    ("audience", "for_leadership", "for_outsiders"),
    [
        ("leadership", True, False),
        ("internal", False, False),
        ("partner", False, True),
        ("public", False, True),
    ],
)
def test_an_edition_knows_whom_it_is_for(make_edition, audience, for_leadership, for_outsiders):
    edition = make_edition(audience)
    assert (edition.is_for_leadership, edition.is_for_outsiders) == (for_leadership, for_outsiders)


@pytest.mark.parametrize(
    ("audience", "shown"),
    [
        ("leadership", {Reach.EVERYBODY, Reach.INSIDE, Reach.LEADERSHIP}),
        ("internal", {Reach.EVERYBODY, Reach.INSIDE}),
        ("partner", {Reach.EVERYBODY}),
    ],
)
def test_an_edition_knows_what_the_site_adds_for_its_reader(make_edition, audience, shown):
    edition = make_edition(audience)
    assert {reach for reach in Reach if edition.shows(reach)} == shown


@pytest.mark.parametrize(
    ("audience", "is_named", "is_of_hidden", "gets"),
    [
        ("internal", False, False, True),
        ("internal", False, True, False),
        ("internal", True, True, True),
        ("partner", False, False, False),
        ("partner", False, True, False),
        ("partner", True, True, True),
    ],
)
def test_a_file_goes_to_those_inside_unless_it_is_anothers_and_to_others_when_it_is_named(
    make_edition, audience, is_named, is_of_hidden, gets
):
    edition = make_edition(audience)
    assert edition.may_have_file(is_named=is_named, is_of_hidden=is_of_hidden) is gets


@pytest.mark.parametrize(
    ("audience", "widths"),
    [
        ("leadership", ["narrower", "", "wider", "wider"]),
        ("internal", ["narrower", "", "wider", "wider"]),
        ("partner", ["", "", "", ""]),
    ],
)
def test_those_inside_see_how_wide_a_circle_is(make_edition, audience, widths):
    edition = make_edition(audience)
    circles = edition.strategy.header.audiences
    assert [edition.width_of(circle) for circle in circles] == widths


def test_an_audience_that_the_header_does_not_know_is_refused(make_edition):
    with pytest.raises(ValueError, match='no audience "everyone"; known are leadership, internal'):
        make_edition("everyone")


@pytest.mark.parametrize("audience", ["board", "internal", "friends"])
@pytest.mark.parametrize("draft", [[], [{"status": "draft"}]])
def test_with_circles_of_the_companys_own_the_company_keeps_its_name(make_edition, audience, draft):
    edition = make_edition(
        audience, header={"audiences": ["board", "internal", "friends"]}, markets=draft
    )
    header = edition.strategy.header
    assert (header.company, header.version, header.language) == ("Acme", "1", "en")
    assert header.effective_from == date(2026, 1, 1)


def test_without_a_circle_named_leadership_the_narrowest_reads_what_is_for_leadership(make_edition):
    header = {"audiences": ["board", "internal", "public"]}
    objective = {"initiatives": [{"name": "Hire", "budget": "EUR 1 million"}]}
    budgets = {
        audience: make_edition(
            audience, header=header, objectives=[objective], markets=[{"status": "draft"}]
        )
        .strategy.of("objectives")[0]
        .initiatives[0]
        .budget
        for audience in ("board", "internal")
    }
    assert budgets == {"board": "EUR 1 million", "internal": None}


@pytest.mark.parametrize(("drafts", "shown"), [(False, {"done"}), (True, {"done", "draft"})])
def test_a_draft_is_shown_only_where_it_is_asked_for(make_edition, drafts, shown):
    edition = make_edition(
        drafts=drafts, markets=[{"id": "done"}, {"id": "draft", "status": "draft"}]
    )
    assert ids(edition) == shown


@pytest.mark.parametrize(
    ("fields", "shown"),
    [
        ({"effective_from": "2026-06-01"}, True),
        ({"effective_from": "2026-06-02"}, False),
        ({"effective_until": "2026-06-01"}, True),
        ({"effective_until": "2026-05-31"}, False),
        ({"status": "deprecated"}, True),
    ],
)
def test_an_entry_is_shown_from_its_first_to_its_last_day(make_edition, fields, shown):
    assert bool(ids(make_edition(today=TODAY, markets=[fields]))) == shown


@pytest.mark.parametrize(
    ("availability", "shown"), [("available", True), ("retiring", True), ("retired", False)]
)
def test_what_is_no_longer_sold_is_not_shown(make_edition, availability, shown):
    assert bool(ids(make_edition(offerings=[{"availability": availability}]), "offerings")) == shown


@pytest.mark.parametrize("kind", ["proof", "assets"])
@pytest.mark.parametrize(
    ("audience", "shareable", "shown"),
    [
        ("internal", "internal", True),
        ("partner", "internal", False),
        ("partner", "with_permission", False),
        ("public", None, False),
        ("partner", "public", True),
        ("public", "public", True),
    ],
)
def test_outsiders_get_only_evidence_and_documents_that_may_be_sent_to_anybody(
    make_edition, kind, audience, shareable, shown
):
    fields = {"audience": "public"} | ({"shareable": shareable} if shareable else {})
    assert bool(ids(make_edition(audience, **{kind: [fields]}), kind)) == shown


def test_references_to_what_is_not_shown_are_taken_out(make_edition):
    edition = make_edition(
        people=[{"id": "zoe", "audience": "leadership"}],
        personas=[{"id": "boss"}, {"id": "hidden", "status": "draft"}],
        markets=[{"owner": "zoe", "personas": ["hidden", "boss"]}],
        field_notes=[{"about": ["personas/hidden", "markets/one"], "answered_by": "zoe"}],
        header={
            "owners": {"markets": "zoe"},
            "cadence": [{"name": "Review", "frequency": "weekly", "owner": "zoe"}],
        },
    )
    market, note = edition.strategy.of("markets")[0], edition.strategy.of("field_notes")[0]
    header = edition.strategy.header
    assert (market.owner, market.personas) == (None, ("boss",))
    assert (note.about, note.answered_by) == (("markets/one",), None)
    assert (header.owners, header.cadence[0].owner) == ({}, None)


def test_a_group_of_fields_goes_with_the_reference_it_needs(make_edition):
    edition = make_edition(
        offerings=[
            {
                "id": "pump",
                "next_offerings": [{"to": "care", "why": "Yes."}, {"to": "old", "why": "No."}],
            },
            {"id": "care"},
            {"id": "old", "availability": "retired"},
        ],
        header={
            "allocation": [
                {"to": "offerings/old", "time": 10},
                {"to": "offerings/care", "time": 20},
            ]
        },
    )
    pump = edition.strategy.find(Key("offerings", "pump"))
    assert pump.next_offerings == (NextOffering(to="care", why="Yes."),)
    assert [one.to for one in edition.strategy.header.allocation] == ["offerings/care"]


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("See [the old one](entry:markets/hidden) first.", "See the old one first."),
        ("[a](entry:markets/hidden)", "a"),
        ("[a](entry:markets/one) and [b](entry:markets/hidden)", "[a](entry:markets/one) and b"),
        ("[**a**](entry:markets/hidden)", "**a**"),
        ('[a](entry:markets/hidden "Secret plan")', "a"),
        ('[a](entry:markets/hidden "Secret (plan)")', "a"),
        ("[a](<entry:markets/hidden>)", "a"),
        ("[a](entry:markets/hidden (Secret plan))", "a"),
        ("[a]( entry:markets/hidden )", "a"),
        ("[see [1] here](entry:markets/hidden)", "see [1] here"),
        ("[web](https://example.com) [a](entry:markets/hidden)", "[web](https://example.com) a"),
        (r"\[x [a](entry:markets/hidden)", r"\[x a"),
    ],
)
def test_in_a_text_a_link_to_what_is_not_shown_becomes_words(make_edition, text, shown):
    edition = make_edition(markets=[{"summary": text}, {"id": "hidden", "status": "draft"}])
    assert edition.strategy.of("markets")[0].summary == shown


@pytest.mark.parametrize(
    "link",
    ["<entry:markets/hidden>", "[a](entry&#58;markets/hidden)", r"[a](entry\:markets/hidden)"],
)
def test_no_way_of_writing_a_link_leads_to_what_is_not_shown(make_edition, link):
    edition = make_edition(
        markets=[{"summary": f"See {link}."}, {"id": "hidden", "status": "draft"}]
    )
    body = next(
        page.lay_out().html
        for page in render_pages(edition).pages
        if page.address == "markets/one/"
    )
    assert "markets/hidden" not in body
    assert 'href=""' not in body


@pytest.mark.parametrize(
    "written", ["entry:markets/hidden", "`entry:markets/hidden`", "entry:markets/once-so"]
)
def test_no_text_names_an_entry_that_is_not_shown(make_edition, written):
    hidden = {"id": "hidden", "status": "draft", "former_ids": ["once-so"]}
    edition = make_edition(
        markets=[{"summary": written, "name": f"A {written}", "do_more": [written]}, hidden]
    )
    [market] = edition.strategy.of("markets")
    assert "entry:" not in f"{market.summary} {market.name} {market.do_more}"


def test_links_between_entries_are_taken_out_with_them(make_edition):
    edition = make_edition(
        "public",
        people=[{"id": "zoe"}],
        markets=[{"id": "ours"}, {"id": "open", "audience": "public", "owner": "zoe"}],
        offerings=[
            {"id": "pump", "audience": "public", "markets": ["ours", "open"], "owner": "zoe"}
        ],
        header={"owners": {"markets": "zoe"}, "allocation": [{"to": "markets/open", "time": 5}]},
    )
    assert [
        (str(link.source), link.field, str(link.target)) for link in edition.strategy.links
    ] == [("offerings/pump", "markets", "markets/open")]


def test_links_in_a_group_that_was_taken_out_are_gone_too(make_edition):
    edition = make_edition(
        offerings=[
            {
                "id": "pump",
                "next_offerings": [{"to": "old", "why": "See [care](entry:offerings/care)."}],
            },
            {"id": "care"},
            {"id": "old", "availability": "retired"},
        ]
    )
    assert edition.strategy.links == ()


def test_links_in_a_field_for_a_narrower_circle_are_gone_too(make_edition):
    kinds = {
        "markets": [{"audience": "public", "rationale": "See [it](entry:offerings/pump)."}],
        "offerings": [{"id": "pump", "audience": "public"}],
    }
    assert len(make_edition("internal", **kinds).strategy.links) == 1
    assert make_edition("public", **kinds).strategy.links == ()


PUBLIC_HEADER = {
    "format",
    "language",
    "timezone",
    "company",
    "tagline",
    "vision",
    "mission",
    "version",
    "effective_from",
}


def test_of_the_header_outsiders_get_only_what_is_marked_for_them(make_edition):
    header = {
        "tagline": "Warm",
        "vision": "Clean heat",
        "review_by": "2026-09-09",
        "max_primary_markets": 7,
        "not_now": [{"what": "France", "why": "Far."}],
        "commitments": [{"from": "field", "promise": "Notes"}],
        "expectations": [{"role": "Seller", "what": "Sell"}],
        "cadence": [{"name": "Review", "frequency": "weekly"}],
        "checks": {"review_every": {"markets": "9d"}},
    }
    inside = make_edition("internal", header=header).strategy.header
    outside = make_edition("public", header=header).strategy.header
    assert (inside.statement, inside.max_primary_markets, len(inside.not_now)) == (
        "We serve dairies with heat pumps and win because we measure.",
        7,
        1,
    )
    assert (outside.company, outside.tagline, outside.vision, outside.version) == (
        "Acme",
        "Warm",
        "Clean heat",
        "1",
    )
    hidden = (
        outside.statement,
        outside.review_by,
        outside.not_now,
        outside.commitments,
        outside.expectations,
        outside.cadence,
        outside.checks.review_every,
    )
    assert not any(hidden)
    assert outside.max_primary_markets != 7


def test_a_field_for_a_narrower_circle_is_taken_out_of_the_entry(make_edition):
    market = {
        "audience": "public",
        "rationale": "Secret reason",
        "targets": [{"name": "Orders", "target": "9"}],
    }
    inside = make_edition("internal", markets=[market]).strategy.of("markets")[0]
    outside = make_edition("public", markets=[market]).strategy.of("markets")[0]
    assert (inside.rationale, len(inside.targets)) == ("Secret reason", 1)
    assert (outside.rationale, outside.targets, outside.summary) == (
        None,
        (),
        "They heat and cool at once.",
    )


def test_a_field_inside_a_group_may_be_for_a_narrower_circle(make_edition):
    objective = {"initiatives": [{"name": "Hire", "budget": "EUR 1 million"}]}
    for audience, budget in (("leadership", "EUR 1 million"), ("internal", None)):
        found = make_edition(audience, objectives=[objective]).strategy.of("objectives")[0]
        assert found.initiatives[0].budget == budget


CUSTOM = {
    "type": "object",
    "properties": {
        "region": {
            "title": "Region",
            "description": "Where.",
            "type": "string",
            "x-audience": "public",
        },
        "erp": {"title": "ERP", "description": "Which system.", "type": "string"},
        "margin": {
            "title": "Margin",
            "description": "How much.",
            "type": "string",
            "x-audience": "internal",
        },
        "deals": {
            "x-audience": "public",
            "title": "Deals",
            "description": "Which.",
            "type": "array",
            "items": {
                "type": "object",
                "properties": {
                    "name": {"title": "Name", "description": "Whose.", "type": "string"},
                    "value": {
                        "title": "Value",
                        "description": "Worth.",
                        "type": "string",
                        "x-audience": "internal",
                    },
                },
            },
        },
    },
}


@pytest.mark.parametrize(("audience", "secret"), [("internal", True), ("public", False)])
def test_a_field_of_the_companys_own_may_be_for_a_narrower_circle(audience, secret):
    custom = {
        "region": "North",
        "erp": "SAP",
        "margin": "31 percent",
        "deals": [{"name": "Alpha", "value": "9 million"}],
    }
    files = {
        "strategy.yaml": write_strategy(markets=[{"audience": "public", "custom": custom}]),
        "schema/custom.schema.json": json.dumps({"$defs": {"markets": CUSTOM}}),
    }
    loaded = load_strategy(MemoryTree(files))
    assert loaded.problems == ()
    edition = choose_edition(loaded.strategy, loaded.vocabulary, audience, TODAY)
    body = next(
        page.lay_out().html
        for page in render_pages(edition).pages
        if page.address == "markets/one/"
    )
    assert "North" in body
    assert "Alpha" in body
    assert ("SAP" in body) == secret  # what says nothing is for those inside
    assert ("31 percent" in body) == secret
    assert ("9 million" in body) == secret


def test_leadership_gets_the_strategy_as_it_is():
    loaded = load_data(markets=[{}])
    edition = choose_edition(loaded.strategy, loaded.vocabulary, "leadership", TODAY)
    assert edition.strategy == loaded.strategy


@pytest.mark.parametrize(
    "hidden",
    [
        {"status": "draft"},
        {"effective_until": "2026-05-31"},
        {"effective_from": "2026-06-02"},
    ],
)
def test_leadership_gets_no_draft_and_nothing_out_of_its_time_either(hidden):
    loaded = load_data(markets=[{"id": "open"}, {"id": "hidden", **hidden}])
    edition = choose_edition(loaded.strategy, loaded.vocabulary, "leadership", TODAY)
    assert ids(edition) == {"open"}
    assert edition.hidden == {Key("markets", "hidden")}


def test_who_does_not_ask_for_drafts_gets_none():
    loaded = load_data(markets=[{"status": "draft"}])
    for audience in ("leadership", "internal"):
        edition = choose_edition(loaded.strategy, loaded.vocabulary, audience, TODAY)
        assert not edition.drafts
        assert ids(edition) == set()


def test_what_is_taken_out_of_the_header_leaves_nothing_behind(make_edition):
    header = make_edition("public", header={"max_primary_markets": 7}).strategy.header
    assert (header.format, header.statement, header.not_now) == (None, None, ())
    assert header.max_primary_markets == 3  # as if nobody had said it


@pytest.mark.parametrize(
    ("now", "timezone", "today"),
    [
        (datetime(2026, 6, 1, 23, 30, tzinfo=UTC), "UTC", date(2026, 6, 1)),
        (datetime(2026, 6, 1, 23, 30, tzinfo=UTC), "Europe/Berlin", date(2026, 6, 2)),
        (datetime(2026, 6, 1, 1, 0, tzinfo=UTC), "America/New_York", date(2026, 5, 31)),
    ],
)
def test_today_is_counted_where_the_strategy_is(now, timezone, today):
    strategy = load_data({"timezone": timezone}).strategy
    assert today_in(strategy.header, now) == today


# The strategy of this repository, as the public gets it.


def texts_of(value, field, hidden=False):
    """Every text in a value, and whether its field, or one around it, is meant for a narrower
    circle.
    """
    if isinstance(value, str):
        return (
            [(" ".join(value.split()), hidden)] if field.type in ("plain", "prose", "text") else []
        )
    if isinstance(value, tuple):
        return [found for item in value for found in texts_of(item, field.item, hidden)]
    return [
        found
        for name, inner in (field.fields or {}).items()
        if hasattr(value, attribute := f"{name}_" if name == "from" else name)
        for found in texts_of(getattr(value, attribute), inner, hidden or bool(inner.audience))
    ]


def sort_texts(strategy, edition):
    """The texts that the edition must not hold and those that it may, by the marks in the schema
    alone.

    A text of one or two words is a word of the trade, which others may use too.
    """
    vocabulary = standard_vocabulary()
    found = []
    for entry in strategy:
        shown = edition.strategy.find(entry.key) is not None
        found += [] if shown else [(" ".join(entry.title.split()), True)]
        for name, field in vocabulary.kinds[entry.KIND].fields.items():
            hidden = bool(field.audience)
            if shown or hidden:
                found += texts_of(getattr(entry, name), field, hidden)
    for name, field in vocabulary.header.fields.items():
        found += texts_of(getattr(strategy.header, name), field, field.audience != "public")
    secret = {text for text, hidden in found if hidden and len(text.split()) > 2}
    return secret, {text for text, hidden in found if not hidden}


def test_nothing_internal_stands_in_the_public_edition_of_our_own_strategy(repository):
    loaded = load_strategy(FolderTree(repository))
    edition = choose_edition(loaded.strategy, loaded.vocabulary, "public", date(2026, 11, 22))
    pages = render_pages(edition)
    parts = [
        text for page in pages.pages for text in (page.title, page.description, page.lay_out().html)
    ]
    parts += [heading.text for page in pages.pages for heading in page.lay_out().headings]
    parts += [
        asset.content.decode() for asset in (*pages.assets, *make_index(edition, pages.pages, []))
    ]
    everything = " ".join(html.unescape(" ".join(parts)).split())
    secret, public = sort_texts(loaded.strategy, edition)
    secret = {text for text in secret if not any(text in other for other in public)}
    assert len(secret) > 200
    assert len(pages.pages) > 5
    assert sorted(text for text in secret if text in everything) == []


@pytest.mark.parametrize(
    ("audience", "got"), [("leadership", True), ("internal", True), ("partner", False)]
)
def test_a_field_marked_for_us_is_for_nobody_outside(make_edition, audience, got):
    assert make_edition(audience).gets_field("internal") is got
    assert make_edition(audience).gets_field("public")


def test_what_is_not_whole_is_known_by_its_field(make_edition):
    objections = [
        {
            "id": "dear",
            "audience": "public",
            "proof": ["open", "ours"],
            "markets": ["open", "ours"],
            "respond": "See [ours](entry:proof/ours).",
            "explore": ["See [ours](entry:proof/ours).", "Why?"],
            "confirm": "Is it?",
        }
    ]
    proof = markets = [{"id": "open", "audience": "public"}, {"id": "ours"}]
    edition = make_edition("public", objections=objections, proof=proof, markets=markets)
    cut = edition.cuts[Key("objections", "dear")]
    assert cut.shortened == {"proof", "markets"}  # the one lost all its items, the other one
    assert cut.changed == {"respond", "explore"}
    whole = make_edition("internal", objections=objections, proof=proof, markets=markets).cuts
    assert whole.get(Key("objections", "dear"), Cut()) == Cut()
