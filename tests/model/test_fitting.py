"""Which entries fit one, and which of them come first."""

import pytest

from generator.model.entry import Key
from tests.sample import TODAY

MARKETS = [{"id": "dairies"}, {"id": "mills"}]
SEEN = {"reviewed_on": TODAY.isoformat()}


@pytest.fixture
def fitting(make_edition):
    def find(kind, entries, best=0):
        edition = make_edition(markets=MARKETS, **{kind: entries})
        market = edition.strategy.find(Key("markets", "dairies"))
        if best:
            return [one.id for one in edition.fitting.list_best(market, kind, best)]
        return [one.id for one in edition.fitting.list_fitting(market, kind)]

    return find


def test_what_names_the_market_stands_before_what_is_for_all_and_nothing_is_of_another(fitting):
    entries = [
        {"id": "all", "says": "A"},
        {"id": "own", "says": "B", "markets": ["dairies"]},
        {"id": "other", "says": "C", "markets": ["mills"]},
    ]
    assert fitting("objections", entries) == ["own", "all"]


def test_what_leadership_ranked_keeps_its_place_though_it_names_no_market(fitting):
    entries = [
        {"id": "first", "claim": "A", "rank": 1},
        {"id": "own", "claim": "B", "rank": 2, "markets": ["dairies"]},
        {"id": "plain", "claim": "C"},
        {"id": "own-too", "claim": "D", "markets": ["dairies"]},
    ]
    assert fitting("differentiators", entries) == ["first", "own", "own-too", "plain"]


def test_the_best_are_those_that_name_it_and_are_met_often(fitting):
    often = {"also_said": [f"Dear {number}" for number in range(9)]}
    entries = [
        {"id": "all-rare", "says": "A", **SEEN},
        {"id": "all-often", "says": "B", **often, **SEEN},
        {"id": "own-rare", "says": "C", "markets": ["dairies"], **SEEN},
        {"id": "own-often", "says": "D", "markets": ["dairies"], **often, **SEEN},
        {"id": "own-old", "says": "E", "markets": ["dairies"], "reviewed_on": "2020-01-01"},
    ]
    order = ["own-often", "own-rare", "all-often", "all-rare", "own-old"]
    assert fitting("objections", entries, best=9) == order
    assert fitting("objections", entries, best=3) == order[:3]
