import pytest

from generator.model.entry import Key


@pytest.fixture
def scope(make_edition):
    def find(kind, **kinds):
        strategy = make_edition(**kinds).strategy
        return strategy.scopes[Key(kind, "one")]

    return find


def test_an_entry_that_names_nothing_leaves_every_choice_open(scope):
    assert scope("objections", objections=[{}]) == {}


def test_an_entry_is_for_what_it_names(scope):
    kinds = {"markets": [{"id": "dairies"}], "personas": [{"id": "cfo"}], "stages": [{"id": "fit"}]}
    entry = {"markets": ["dairies"], "personas": ["cfo"], "stages": ["fit"]}
    found = scope("objections", objections=[entry], **kinds)
    assert found == {"market": ("dairies",), "persona": ("cfo",), "stage": ("fit",)}


def test_proof_names_its_market_alone(scope):
    assert scope("proof", markets=[{"id": "dairies"}], proof=[{"market": "dairies"}]) == {
        "market": ("dairies",)
    }


def test_an_entry_of_a_kind_to_choose_is_for_itself(scope):
    found = scope(
        "competitors", competitors=[{"markets": ["dairies"]}], markets=[{"id": "dairies"}]
    )
    assert found == {"competitor": ("one",), "market": ("dairies",)}


def test_a_persona_is_met_where_a_buying_committee_names_it(scope):
    markets = [{"id": "dairies", "personas": ["one"]}, {"id": "pharma"}]
    found = scope("personas", personas=[{}], markets=markets)
    assert found == {"persona": ("one",), "market": ("dairies",)}
    assert scope("personas", personas=[{}], markets=[{}]) == {"persona": ("one",)}
