"""How much an entry matters where nothing is known of the reader's choice."""

import pytest

from generator.model.entry import Key
from generator.model.insights.weight import weigh
from tests.sample import TODAY

REVIEWED = {"reviewed_on": TODAY.isoformat()}


@pytest.fixture
def weight(make_edition):
    def find(kind, entry, **kinds):
        strategy = make_edition(**kinds, **{kind: [{"id": "one", **REVIEWED, **entry}]}).strategy
        return weigh(strategy.find(Key(kind, "one")), strategy, TODAY)

    return find


@pytest.mark.parametrize(("rank", "worth"), [(1, 1), (2, 0.5), (4, 0.25)])
def test_what_leadership_ranked_counts_by_its_rank(weight, rank, worth):
    assert weight("differentiators", {"rank": rank}) == worth


@pytest.mark.parametrize(("wordings", "worth"), [(0, 0), (3, 0.25), (6, 0.5), (12, 1), (24, 1)])
def test_what_is_met_often_counts_up_to_all(weight, wordings, worth):
    said = {"also_said": [f"Too dear {number}" for number in range(wordings)]}
    assert weight("objections", said) == worth


def test_the_larger_of_rank_and_use_counts(weight):
    objections = [
        {"id": f"o{number}", "respond": "[So](entry:differentiators/one)."} for number in range(9)
    ]
    assert weight("differentiators", {"rank": 2}, objections=objections) == 0.75
    assert weight("differentiators", {"rank": 1}, objections=objections) == 1


def test_what_is_told_for_other_ends_says_nothing_of_use(weight):
    paths = [{"steps": [{"when": "Day 1", "do": "Read it.", "read": ["objections/one"]}]}]
    assert weight("objections", {}, paths=paths) == 0


def test_what_nobody_has_looked_at_in_time_comes_last(weight):
    assert weight("objections", {"reviewed_on": "2020-01-01"}) == -2
