import pytest

from generator.model.insights.questions import group_questions
from generator.pages.facets import Facets, mark_scope
from generator.pages.template_context import View
from generator.schema.words import read_words

MARKETS = [{"id": "pharma", "name": "Pharma", "priority": "secondary"}, {"id": "dairies"}]


@pytest.fixture
def make_facets(make_edition):
    def make(address="objections/", **kinds):
        view = View(make_edition(**kinds), read_words("en"), address)
        return Facets(view), view

    return make


def test_only_values_that_occur_are_offered_as_a_reader_wants_them_sorted(make_facets):
    objections = [
        {"id": "a", "markets": ["pharma", "dairies"], "category": "trust"},
        {"id": "b", "category": "price"},
    ]
    facets, view = make_facets(objections=objections, markets=[*MARKETS, {"id": "unnamed"}])
    category, market = facets.of_entries(view.entries("objections"))
    assert (category.name, category.title) == ("category", "Category")
    assert [(option.value, option.title) for option in category.options] == [
        ("price", "Price"),
        ("trust", "Trust"),
    ]
    assert [(option.value, option.title) for option in market.options] == [
        ("dairies", "Dairies"),
        ("pharma", "Pharma"),
    ]
    assert market.options[0].url == "../markets/dairies/"


def test_a_filter_without_a_choice_is_not_offered(make_facets):
    facets, view = make_facets(
        objections=[{"id": "a", "markets": ["pharma"]}, {"id": "b"}], markets=MARKETS
    )
    assert facets.of_entries(view.entries("objections")) == []


def test_proof_that_does_not_say_whether_it_may_be_shared_fits_no_such_choice(make_facets):
    facets, view = make_facets("proof/", proof=[{"market": "dairies"}], markets=MARKETS)
    mark = facets.mark(view.entries("proof")[0])
    assert mark == ' data-shareable="" data-kind="customer" data-market="dairies"'


def test_questions_are_chosen_by_their_group(make_facets):
    facets, view = make_facets(
        "questions/", competitors=[{"ask": ["How old?"], "markets": ["pharma"]}], markets=MARKETS
    )
    groups = group_questions(view.strategy)
    assert facets.mark_group(groups[0]) == ' data-market="pharma" data-competitor="one"'
    assert facets.of_questions(groups) == []


def test_a_call_may_choose_every_entry_even_a_lone_one(make_facets):
    facets, _ = make_facets("call/", markets=MARKETS, stages=[{}])
    assert [(facet.name, len(facet.options)) for facet in facets.of_call()] == [
        ("market", 2),
        ("stage", 1),
    ]


def test_marks_cannot_break_out_of_their_attribute():
    assert mark_scope({"market": ('"><b>',)}, ["market"]) == ' data-market="&#34;&gt;&lt;b&gt;"'
