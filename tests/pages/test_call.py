import json

import pytest

from generator.pages.call import PER_ENTRY, SECTIONS, is_worth_a_page, list_parts, write_parts
from generator.pages.registry import render_pages
from generator.pages.template_context import View
from generator.pages.templates import Templates
from generator.schema.words import read_words
from tests.markup import read_html
from tests.sample import MEDIUM_HEADER, write_medium


@pytest.fixture
def make_parts(make_edition):
    def make(*args, **kinds):
        return list_parts(make_edition(*args, **kinds).strategy)

    return make


@pytest.fixture
def write(make_edition):
    def write_data(*args, **kinds):
        edition = make_edition(*args, **kinds)
        view = View(edition, read_words("en"), "call/")
        return json.loads(write_parts(list_parts(edition.strategy), view, Templates()))

    return write_data


def parts_of(data, section):
    [found] = [one for one in data["sections"] if one["name"] == section]
    return found["parts"]


def test_the_sections_stand_in_the_order_of_a_conversation(write):
    data = write(**write_medium())
    assert [(one["name"], one["limit"]) for one in data["sections"]] == list(SECTIONS.items())
    assert list(SECTIONS) == [
        "why",
        "care",
        "questions",
        "say",
        "objections",
        "proof",
        "traps",
        "next",
    ]
    assert data["per_entry"] == PER_ENTRY


def test_what_belongs_to_a_choice_waits_until_it_is_chosen(make_parts):
    [part] = [part for part in make_parts(markets=[{}]) if part.section == "why"]
    assert (part.own, part.needed, part.scope) == ("market", True, {"market": ("one",)})


def test_an_answer_fits_what_its_objection_names(write):
    objections = [
        {
            "markets": ["dairies"],
            "acknowledge": "It does.",
            "confirm": "Is it?",
            "never_say": ["No.", "Never."],
        }
    ]
    data = write(objections=objections, markets=[{"id": "dairies"}])
    [answer] = parts_of(data, "objections")
    assert answer["scope"] == {"market": ["dairies"]}
    found = read_html(answer["html"])
    words = ["It costs too much", "It does.", "Over five years it costs less.", "Is it?"]
    assert sorted(words, key=found.text.index) == words
    assert found.addresses == {"../objections/one/"}
    assert "Never say: No." in read_html(parts_of(data, "traps")[0]["html"]).text


def test_proof_that_may_be_sent_stands_first_and_says_so(write):
    proof = [
        {"id": "a", "shareable": "internal", "date": "2026-05"},
        {"id": "b"},
        {"id": "c", "shareable": "with_permission", "date": "2026-04"},
        {"id": "d", "shareable": "public", "date": "2020"},
    ]
    found = parts_of(write(proof=proof), "proof")
    assert [part["from"] for part in found] == ["proof/d", "proof/c", "proof/a", "proof/b"]
    assert "public" in read_html(found[0]["html"]).text


def test_a_question_of_a_competitor_is_asked_only_against_it(write):
    data = write(
        competitors=[{"ask": ["How old is it?"]}], personas=[{"questions": ["Which return?"]}]
    )
    persona, competitor = parts_of(data, "questions")
    assert (persona["own"], persona.get("needed")) == ("persona", None)
    assert (competitor["own"], competitor["needed"]) == ("competitor", True)


def test_the_size_of_a_part_is_that_of_its_words(write):
    [part] = parts_of(write(differentiators=[{}]), "why")
    assert len("We measure first") <= part["size"] <= len("We measure first") + 4


def test_markup_in_a_text_is_shown_and_not_obeyed(write):
    evil = '<img src=x onerror="alert(1)"><script>alert(1)</script>'
    kinds = {
        "markets": [{"summary": evil, "pains": [{"pain": evil}], "name": evil}],
        "personas": [{"message": evil, "questions": [evil], "goals": [evil]}],
        "competitors": [{"they_say": [{"claim": evil, "reply": evil}], "avoid": [evil]}],
        "objections": [{"says": evil, "respond": evil, "acknowledge": evil}],
        "plays": [{"goal": evil, "steps": [{"do": evil}]}],
    }
    shown = 0
    for section in write(**kinds)["sections"]:
        for part in section["parts"]:
            found = read_html(part["html"])
            assert not found.tags & {"img", "script"}
            assert not [name for name, _ in found.attributes if name.startswith("on")]
            shown += "<img src=x" in found.text
    assert shown == 9


def test_what_a_reader_does_not_get_is_in_no_part(make_edition):
    kinds = {
        "markets": [{"id": "open", "audience": "public"}, {"id": "closed", "summary": "SECRET"}],
        "objections": [
            {"audience": "public", "markets": ["open", "closed"]},
            {"id": "two", "says": "SECRET"},
        ],
        "competitors": [{"quick_answer": "SECRET", "where_they_win": ["SECRET"]}],
        "proof": [{"audience": "public", "shareable": "internal", "statement": "SECRET"}],
        "personas": [{"audience": "public", "questions": ["Which return?"]}],
    }
    pages = render_pages(make_edition("public", **kinds))
    [data] = [asset.content.decode() for asset in pages.assets if asset.path == "call/parts.json"]
    everything = data + "".join(page.lay_out().html for page in pages.pages)
    assert "Which return?" in data
    assert "SECRET" not in everything
    assert "closed" not in everything


def test_a_strategy_with_nothing_to_say_has_no_call_page(make_edition, make_parts):
    strategy = make_edition(markets=[{}]).strategy
    assert not is_worth_a_page(strategy)
    for kinds, made in (({"markets": [{}]}, False), (write_medium(), True)):
        pages = render_pages(make_edition(header=MEDIUM_HEADER if made else None, **kinds))
        assert ("call/" in {page.address for page in pages.pages}) == made
        assert ("call/parts.json" in {asset.path for asset in pages.assets}) == made
        market = next(
            page
            for page in pages.pages
            if page.address.startswith("markets/") and page.address != "markets/"
        )
        assert ("call/?market=" in market.lay_out().html) == made
