import json
from datetime import date
from posixpath import normpath

import pytest
from jinja2 import TemplateError

from generator.loading.loader import load_strategy
from generator.model.addresses import Delivery, edit_address, index_address
from generator.model.edition import choose_edition
from generator.model.ordering import title_of
from generator.pages.drawing.strategy_map import MOST_DRAWN
from generator.pages.navigation import MOST_IN_PLACE
from generator.pages.page import Group
from generator.pages.registry import Background, render_pages
from generator.problems.problem import Place, Problem, Severity
from generator.schema.vocabulary import KINDS, standard_vocabulary
from tests.markup import read_html
from tests.sample import REQUIRED, TODAY, MemoryTree, complete, write_strategy


@pytest.fixture
def render(make_edition):
    return lambda *args, **options: render_pages(make_edition(*args, **options))


def page_at(pages, address):
    [page] = [page for page in pages.pages if page.address == address]
    return page


def asset_at(pages, path):
    [asset] = [asset for asset in pages.assets if asset.path == path]
    return asset.content.decode()


EVERYTHING = {kind: [{}] for kind in KINDS}


def test_the_smallest_strategy_is_a_home_page(render):
    pages = render()
    [home] = pages.pages
    assert (home.address, home.path, home.title) == ("", "index.md", "Strategy on a page")
    found = read_html(home.lay_out().html)
    assert home.lay_out().html.startswith("<h1>Acme</h1>")
    assert "We serve dairies with heat pumps and win because we measure." in found.text
    assert "None" not in found.text


@pytest.mark.parametrize("count", [12, 13])
def test_however_much_there_is_the_home_page_is_read_at_a_glance(render, count):
    many = [{"id": f"n{number}"} for number in range(count)]
    home = read_html(page_at(render(offerings=many, markets=many), "").lay_out().html)
    links = [link for link, _ in home.links]
    for kind in ("offerings", "markets"):
        assert sum(link.startswith(f"{kind}/n") for link in links) == 12
    assert ("All offerings" in home.text) == (count > 12)
    assert "offerings/" in links or count == 12


def test_lists_too_long_to_be_opened_in_place_lead_to_a_page_for_each_entry(make_edition):
    kinds = ("proof", "assets", "people", "glossary")
    many = [{"id": f"n{number:03}"} for number in range(MOST_IN_PLACE + 1)]
    few = render_pages(make_edition(**dict.fromkeys(kinds, many[1:])))
    edition = make_edition(**dict.fromkeys(kinds, many))
    for delivery in (Delivery(), Delivery(names_files=True)):
        pages = render_pages(edition, delivery=delivery)
        for kind in kinds:
            address = index_address(kind)
            assert not any(page.address.startswith(f"{address}n") for page in few.pages)
            row, rows = (page_at(one, address).lay_out() for one in (few, pages))
            made = [page for page in pages.pages if page.address.startswith(f"{address}n")]
            assert len(made) == len(many)
            assert all(page.hidden for page in made)
            linked = {delivery.complete(f"n{number:03}/") for number in range(len(many))}
            assert linked <= read_html(rows.html).addresses
            assert "<details" not in rows.html.partition('id="n000"')[2].partition("</section>")[0]
            assert "<details" in row.html.partition('id="n001"')[2].partition("</section>")[0]
            assert rows.headings[1:] == row.headings
            shown = read_html(made[0].lay_out().html)
            assert delivery.complete("../") in shown.addresses


def test_every_kind_has_its_pages(render):
    addresses = {page.address for page in render("leadership", **EVERYTHING).pages}
    own = {
        f"{kind}/one/"
        for kind in ("markets", "personas", "offerings", "differentiators", "competitors")
    }
    own |= {"objections/one/", "plays/one/", "stages/one/"}
    assert own <= addresses
    assert {address.partition("/")[0] + "/" for address in own} <= addresses
    shared = {
        "objectives/",
        "scorecard/",
        "qualification/",
        "proof/",
        "people/",
        "assets/",
        "glossary/",
    }
    assert shared | {"announcements/", "field-notes/", "health/", ""} <= addresses


@pytest.mark.parametrize("kind", KINDS)
def test_a_kind_without_entries_has_no_page(render, kind):
    pages = render(
        "leadership", **{other: entries for other, entries in EVERYTHING.items() if other != kind}
    )
    words = " ".join(page.address for page in pages.pages)
    assert kind.replace("_", "-") not in words


@pytest.mark.parametrize(
    ("audience", "there"), [("leadership", True), ("internal", False), ("public", False)]
)
def test_only_leadership_has_a_health_page(render, audience, there):
    assert ("health/" in {page.address for page in render(audience).pages}) == there


def test_the_health_page_lists_what_was_found(make_edition):
    problem = Problem(
        rule="stray-file",
        severity=Severity.WARNING,
        place=Place("strategy/a.csv"),
        title="<this> is not read",
        why="Why.",
        fix="Fix.",
    )
    body = (
        page_at(render_pages(make_edition("leadership"), Background(lambda: [problem])), "health/")
        .lay_out()
        .html
    )
    assert "<this> is not read. Fix. strategy/a.csv" in read_html(body).text


def test_a_page_begins_with_its_title_and_lists_its_headings(render):
    for page in render("leadership", **EVERYTHING).pages:
        found = read_html(page.lay_out().html)
        assert page.lay_out().html.startswith("<h1"), page.address
        assert page.lay_out().html.count("<h1") == 1, page.address
        assert [heading.id for heading in page.lay_out().headings] == [
            name for name in found.ids if name in {h.id for h in page.lay_out().headings}
        ]
        assert len(found.ids) == len(set(found.ids)), page.address
        assert page.title
        assert page.description


@pytest.mark.parametrize("kind", REQUIRED)
def test_markup_in_a_text_is_shown_and_not_obeyed(render, kind):
    evil = '<img src=x onerror="alert(1)">{{ 7 * 7 }}'
    described = standard_vocabulary().kinds[kind].fields
    texts = {name: evil for name in REQUIRED[kind] if described[name].type in ("plain", "prose")}
    for page in render(
        "leadership", **{kind: [{**texts, "tags": [evil], "sources": [evil]}]}
    ).pages:
        found = read_html(page.lay_out().html)
        assert "img" not in found.tags
        assert not any(name.startswith("on") for name, _ in found.attributes)
        assert "{{ 7 * 7 }}" in found.text or "49" not in found.text


OTHER = {
    "date": "2026-01-01",
    "day_or_month": "2026",
    "integer": 1,
    "number": 1,
    "reference": "one",
}


def value_of(field, token):
    """A value of a field in which a reader would know the token again; None where there is nothing
    to read.
    """
    if field.type in ("plain", "prose"):
        return token
    if field.type == "text":
        return f"{token}@example.com" if field.name == "email" else f"https://example.com/{token}"
    if field.type == "list":
        inner = value_of(field.item, token)
        return None if inner is None else [inner]
    if field.type == "object":
        values = {name: value_of(inner, f"{token}-{name}") for name, inner in field.fields.items()}
        return {name: value for name, value in values.items() if value is not None} or None
    return next(iter(field.labels), OTHER.get(field.type)) if field.required else None


def tokens_in(value):
    if not isinstance(value, str | list | dict):
        return []
    if isinstance(value, str):
        return [value] if "token" in value else []
    parts = value.values() if isinstance(value, dict) else value
    return [token for part in parts for token in tokens_in(part)]


MACHINERY = {
    "id",
    "audience",
    "former_ids",
    "custom",
    "accounts",
    "language",
    "timezone",
    "audiences",
    "tags",
    "owners",
    "checks",
}
"""Fields that steer the playbook, or lead to an entry, and are not texts to be read."""


@pytest.mark.parametrize("kind", KINDS)
def test_every_text_of_an_entry_can_be_read_on_the_site(render, kind):
    fields = standard_vocabulary().kinds[kind].fields
    values = {
        name: value_of(field, f"token-{name}")
        for name, field in fields.items()
        if name not in MACHINERY
    }
    values = {name: value for name, value in values.items() if tokens_in(value or "")}
    others = {"markets": [{}], "assumptions": [{}]}  # some must be named beside a text
    pages = render("leadership", **{**others, kind: [values]})
    everything = " ".join(page.lay_out().html for page in pages.pages)
    assert [token for token in tokens_in(values) if token not in everything] == []


def test_every_text_of_the_header_can_be_read_on_the_site(render):
    fields = standard_vocabulary().header.fields
    values = {
        name: value_of(field, f"token-{name}")
        for name, field in fields.items()
        if name not in MACHINERY
    }
    values = {name: value for name, value in values.items() if tokens_in(value or "")}
    everything = " ".join(page.lay_out().html for page in render("leadership", header=values).pages)
    assert [token for token in tokens_in(values) if token not in everything] == []


@pytest.mark.parametrize("kind", ["objections", "competitors", "proof", "people", "markets"])
def test_one_entry_is_not_counted_in_the_plural(render, kind):
    text = read_html(page_at(render(**{kind: [{}]}), "").lay_out().html).text
    for plural in ("1 answers", "1 battlecards", "1 proof points", "1 people"):
        assert plural not in text


def test_the_title_of_a_page_is_plain_and_its_description_short(render):
    page = page_at(
        render(markets=[{"name": "Dairies & <more>", "summary": "**Many** words. " * 40}]),
        "markets/one/",
    )
    assert page.title == "Dairies & <more>"
    assert page.description.startswith("Many words. Many")
    assert len(page.description) <= 200
    assert page.description.endswith("…")


def test_a_page_knows_where_its_entry_is_written(make_edition):
    files = {
        "strategy.yaml": write_strategy(people=[{}]),
        "strategy/markets/one.yaml": json.dumps(complete("markets", {})),
        "strategy/plays.yaml": json.dumps([complete("plays", {})]),
    }
    loaded = load_strategy(MemoryTree(files))
    pages = render_pages(choose_edition(loaded.strategy, loaded.vocabulary, "internal", TODAY))
    places = {page.address: page.place.file for page in pages.pages}
    assert places["markets/one/"] == places["markets/"] == "strategy/markets/one.yaml"
    assert places["plays/one/"] == "strategy/plays.yaml"
    assert places["people/"] == places[""] == "strategy.yaml"


def test_the_list_of_entries_is_part_of_the_site(render):
    pages = render(markets=[{"id": "dairies", "former_ids": ["milk"]}], proof=[{"id": "plant"}])
    assert json.loads(asset_at(pages, "entries.json")) == {
        "company": "Acme",
        "version": "1",
        "entries": [
            {
                "kind": "markets",
                "id": "dairies",
                "title": "Dairies",
                "address": "markets/dairies/",
                "former_ids": ["milk"],
            },
            {
                "kind": "proof",
                "id": "plant",
                "title": "Saved 30% at a dairy",
                "address": "proof/#plant",
            },
        ],
    }


def test_an_old_address_leads_to_the_new_one(render):
    pages = render(markets=[{"id": "dairies", "name": "Dairies <&>", "former_ids": ["milk"]}])
    html = asset_at(pages, "markets/milk/index.html")
    assert read_html(html).links == [("../dairies/", "Go to Dairies <&>")]
    assert 'content="0; url=../dairies/"' in html


def test_an_old_anchor_stands_beside_the_new_one(render):
    for kind, address in (
        ("proof", "proof/"),
        ("field_notes", "field-notes/"),
        ("glossary", "glossary/"),
    ):
        ids = read_html(
            page_at(render(**{kind: [{"former_ids": ["old"]}]}), address).lay_out().html
        ).ids
        assert {"one", "old"} <= set(ids)


def titles(items):
    return [item.title for item in items]


def test_the_navigation_has_at_most_seven_entries_at_the_top(render):
    navigation = render("leadership", **EVERYTHING).navigation
    assert titles(navigation) == [
        "Strategy",
        "Markets",
        "Offerings",
        "Battlecards",
        "Objections",
        "Plays",
        "More",
    ]


def test_every_page_is_in_the_navigation_once_but_those_called_by_a_sentence(render):
    def addresses(items):
        for item in items:
            if isinstance(item, Group):
                yield from addresses(item.items)
            else:
                yield item.address

    pages = render("leadership", **EVERYTHING)
    assert sorted(addresses(pages.navigation)) == sorted(
        page.address
        for page in pages.pages
        if not page.hidden
        and page.address not in ("objections/one/", "differentiators/one/", "wins/one/")
    )


def test_a_group_of_the_navigation_without_pages_is_left_out(render):
    assert titles(render(markets=[{}]).navigation) == ["Strategy", "Markets"]


def test_a_template_of_the_companys_own_stands_in_for_ours(make_edition, tmp_path):
    (tmp_path / "home.html").write_text(
        '{% import "_parts.html" as part %}<h1>{{ header.company }} first</h1>'
    )
    pages = render_pages(make_edition(markets=[{}]), overrides=tmp_path)
    assert page_at(pages, "").lay_out().html == "<h1>Acme first</h1>\n"
    assert "Dairies" in page_at(pages, "markets/one/").lay_out().html


@pytest.mark.parametrize(
    "template",
    [
        "{{ nope }}",
        "{% if %}",
        "{{ title() }}",
        "{{ 1 / 0 }}",
        "{{ header.company + 1 }}",
        "{{ view.field(header, 'zzz') }}",
    ],
)
def test_a_faulty_template_of_the_companys_own_is_a_template_error(
    make_edition, tmp_path, template
):
    (tmp_path / "home.html").write_text(template)
    with pytest.raises(TemplateError):
        render_pages(make_edition(), overrides=tmp_path)


def custom_edition(properties, custom, audience="internal", **kinds):
    files = {
        "strategy.yaml": write_strategy(
            markets=[{"custom": custom, "audience": "public"}], **kinds
        ),
        "schema/custom.schema.json": json.dumps(
            {"$defs": {"markets": {"type": "object", "properties": properties}}}
        ),
    }
    loaded = load_strategy(MemoryTree(files))
    assert loaded.problems == ()
    return choose_edition(loaded.strategy, loaded.vocabulary, audience, date(2026, 6, 1))


@pytest.mark.parametrize(
    ("schema", "value", "shown"),
    [
        ({"type": "string"}, "North", "North"),
        ({"type": "integer"}, 1500, "1\u202f500"),
        ({"type": "string", "format": "date"}, "2026-03-31", "2026-03-31"),
        ({"enum": ["a_b"], "x-labels": {"a_b": "A and B"}}, "a_b", "A and B"),
        ({"$ref": "common.schema.json#/$defs/prose"}, "**North**", "North"),
        ({"type": "array", "x-order": "set", "items": {"type": "string"}}, ["b", "a"], "b a"),
        ({"type": "array", "x-order": "set", "items": {"type": "integer"}}, [2, 1], "2 1"),
        (
            {"type": "array", "items": {"type": "object", "properties": {"x": {"type": "string"}}}},
            [{"x": "N"}, {}],
            "N",
        ),
        ({"type": "object", "properties": {"x": {"type": "string"}}}, {"x": "North"}, "North"),
        ({"type": "object", "properties": {"x": {"type": "string"}}}, {}, ""),
    ],
)
def test_a_field_of_the_companys_own_is_shown_like_any_other(schema, value, shown):
    edition = custom_edition(
        {"region": {"title": "Sales region", "description": "Where.", **schema}}, {"region": value}
    )
    text = read_html(page_at(render_pages(edition), "markets/one/").lay_out().html).text
    assert shown in text
    assert ("Sales region" in text) == bool(shown)


@pytest.mark.parametrize("value", ["yes", "no"])
def test_yes_and_no_are_not_shown_in_the_words_of_a_programming_language(value):
    edition = custom_edition(
        {"kept": {"title": "Kept", "description": "Is it?", "type": "boolean"}}, {"kept": value}
    )
    text = read_html(page_at(render_pages(edition), "markets/one/").lay_out().html).text
    assert "Kept" in text
    assert "True" not in text
    assert "False" not in text


def test_a_group_of_which_nothing_may_be_shown_does_not_stop_the_pages():
    item = {"type": "object", "properties": {"whose": {"type": "string", "x-ref": "people"}}}
    edition = custom_edition(
        {"contacts": {"title": "Contacts", "description": "Whom.", "type": "array", "items": item}},
        {"contacts": [{"whose": "zoe"}]},
        "public",
        people=[{"id": "zoe"}],
    )
    assert page_at(render_pages(edition), "markets/one/").title == "Dairies"


def test_outsiders_see_no_empty_places_and_no_word_none(render):
    kinds = {
        kind: [
            {"audience": "public", "shareable": "public"}
            if kind in ("proof", "assets")
            else {"audience": "public"}
        ]
        for kind in KINDS
    }
    for page in render("public", **kinds).pages:
        assert "None" not in read_html(page.lay_out().html).text, page.address


def text_at(pages, address):
    return read_html(page_at(pages, address).lay_out().html).text


def test_an_objection_is_handled_in_the_order_it_is_spoken(render):
    said = {
        "acknowledge": "It does.",
        "explore": ["Sum or payback?"],
        "respond": "It pays.",
        "confirm": "Is it then?",
    }
    text = text_at(render(objections=[said]), "objections/one/")
    spoken = ["It does.", "Sum or payback?", "It pays.", "Is it then?"]
    assert sorted(spoken, key=text.index) == spoken


def test_what_an_entry_names_itself_does_not_go_with_it_again(render):
    pages = render(
        offerings=[{"id": "pump", "differentiators": ["measured"]}],
        differentiators=[{"id": "measured", "offerings": ["pump"]}],
        plays=[{"offerings": ["pump"]}],
    )
    links = read_html(page_at(pages, "offerings/pump/").lay_out().html).links
    assert [title for _, title in links].count("We measure first") == 1
    assert "Measure first" in [title for _, title in links]


def test_a_field_note_is_not_said_twice(render):
    page = page_at(render(field_notes=[{"said_by": "Seller, Sweden"}]), "field-notes/")
    assert [heading.text for heading in page.lay_out().headings] == ["Seller, Sweden, 2026-05-01"]
    assert page.lay_out().html.count("They ask for steam.") == 1


@pytest.mark.parametrize(
    "kind", ["markets", "personas", "competitors", "objections", "plays", "stages"]
)
def test_the_subtitle_of_a_list_is_for_sellers_and_not_for_authors(render, kind):
    page = page_at(render(**{kind: [{}]}), f"{kind}/")
    assert standard_vocabulary().kinds[kind].description not in read_html(page.lay_out().html).text
    assert page.description.endswith(".")


@pytest.mark.parametrize("kind", ["markets", "objections"])
def test_that_nothing_was_ever_reviewed_tells_none_from_another(render, kind):
    said = "never reviewed"
    listed = render(**{kind: [{}]})
    assert said not in read_html(page_at(listed, f"{kind}/").lay_out().html).text
    listed = render(**{kind: [{"id": "one"}, {"id": "two", "reviewed_on": "2026-01-01"}]})
    assert said in read_html(page_at(listed, f"{kind}/").lay_out().html).text


def test_commitments_are_rows_and_the_allocation_a_table(render):
    commitments = [
        {"from": "leadership", "promise": "An answer"},
        {"from": "field", "promise": "A note", "state": "kept"},
    ]
    allocation = [
        {"to": "markets/one", "time": 60},
        {"to": "offerings/one", "time": 7.5, "people": 10},
    ]
    header = {"commitments": commitments, "allocation": allocation}
    body = (
        page_at(render("leadership", header=header, markets=[{}], offerings=[{}]), "how-we-work/")
        .lay_out()
        .html
    )
    assert body.count("<table>") == 1
    assert body.count("<th ") == 3
    assert body.count('class="pb-row ') == 2
    text = read_html(body).text
    for words in (
        "An answer leadership",
        "A note the field kept",
        "Dairies 60%",
        "Heat pump 7.5% 10%",
    ):
        assert words in text


@pytest.mark.parametrize("kinds", [{}, {"markets": [{}]}, {"qualification": [{}]}])
def test_a_strategy_without_questions_has_no_page_of_questions(render, kinds):
    assert "questions/" not in {page.address for page in render(**kinds).pages}


def test_every_question_stands_on_the_page_of_questions_with_where_it_comes_from(render):
    pages = render(
        personas=[{"name": "CFO", "questions": ["Which return?"]}],
        qualification=[{"elements": [{"name": "Need", "question": "Why now?"}]}],
    )
    found = read_html(page_at(pages, "questions/").lay_out().html)
    assert "Which return?" in found.text
    assert "Need Why now?" in found.text
    assert {"../personas/one/", "../qualification/#one"} <= found.addresses
    assert 'data-persona="one"' in page_at(pages, "questions/").lay_out().html


def test_a_page_asks_only_for_files_of_the_site(render):
    pages = render("leadership", **EVERYTHING)
    files = {asset.path for asset in pages.assets}
    for page in pages.pages:
        for name, value in read_html(page.lay_out().html).attributes:
            if name == "src" or value.endswith(".css"):
                assert normpath(f"{page.address}/{value}".lstrip("/")) in files, page.address


@pytest.mark.parametrize(
    "kind",
    ["proof", "people", "assets", "glossary", "field_notes", "announcements", "qualification"],
)
def test_each_entry_of_a_shared_page_leads_to_where_it_is_edited(make_edition, kind):
    entries = {kind: [{"id": "one", "audience": "public"}, {"id": "two", "audience": "public"}]}
    edition = make_edition("leadership", **entries)
    address = index_address(kind)
    assert "pb-edit" not in page_at(render_pages(edition), address).lay_out().html
    body = (
        page_at(render_pages(edition, edit_base="https://git.example/edit/main/"), address)
        .lay_out()
        .html
    )
    for entry in edition.strategy.of(kind):
        link = (
            edit_address("https://git.example/edit/main/", entry.place),
            f"Edit {title_of(entry)}",
        )
        assert link in read_html(body).links
        assert entry.place.line


def test_readers_outside_are_not_told_where_entries_are_edited(make_edition):
    edition = make_edition("public", glossary=[{"audience": "public"}])
    pages = render_pages(edition, edit_base="https://git.example/edit/main/")
    assert "git.example" not in "".join(page.lay_out().html for page in pages.pages)


def test_one_mark_says_that_something_may_be_sent_to_anybody(make_edition):
    proof = [
        {"id": "one", "audience": "public", "shareable": "public"},
        {"id": "two", "audience": "public"},
    ]
    text = read_html(page_at(render_pages(make_edition(proof=proof)), "proof/").lay_out().html).text
    assert text.count("open to: public") == 1


@pytest.mark.parametrize(("count", "drawn"), [(MOST_DRAWN, True), (MOST_DRAWN + 1, False)])
def test_a_map_that_nobody_could_read_is_not_drawn(render, count, drawn):
    pages = render(objectives=[{"id": f"goal-{number}"} for number in range(count)])
    body = page_at(pages, "objectives/").lay_out().html
    assert ("<svg viewBox" in body, "strategy_map.js" in body) == (drawn, drawn)
    assert (f"{count} objectives are too many" in body) != drawn
    assert f'id="goal-{count - 1}"' in body


def test_a_details_page_leaves_its_edit_link_to_its_foot_and_paper_says_where_details_are(
    make_edition,
):
    people = [{"id": f"p{number}", "name": f"Person {number}"} for number in range(201)]
    made = render_pages(make_edition(people=people), edit_base="https://git.example.com/edit/")
    pages = {page.address: page.lay_out().html for page in made.pages}
    assert "pb-edit" not in pages["people/p7/"]
    assert "on a page of their own: people/…/" in pages["people/"]
    few = render_pages(make_edition(people=people[:9]), edit_base="https://git.example.com/edit/")
    [page] = [page for page in few.pages if page.address == "people/"]
    assert page.lay_out().html.count("pb-edit") == 9
    assert "on a page of their own" not in page.lay_out().html
