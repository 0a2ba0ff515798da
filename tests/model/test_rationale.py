import pytest

from generator.model.entry import Key
from generator.model.insights.rationale import Reasons
from tests.sample import load_data


@pytest.fixture
def why():
    """The ids of the chain from an entry upward."""

    def find(kind, name="one", **kinds):
        strategy = load_data(**kinds).strategy
        return [
            str(step.key) for step in Reasons(strategy).trace_up(strategy.find(Key(kind, name)))
        ]

    return find


def objective(name, perspective, *supports):
    return {"id": name, "perspective": perspective, "supports": list(supports)}


GOALS = [
    objective("grow", "financial"),
    objective("win", "customer", "grow"),
    objective("learn", "learning_growth", "win"),
]


def test_an_objection_is_answered_for_a_market_that_serves_an_objective(why):
    found = why(
        "objections",
        objections=[{"markets": ["dairies"]}],
        objectives=GOALS,
        markets=[{"id": "dairies", "objectives": ["win"]}],
    )
    assert found == ["markets/dairies", "objectives/win", "objectives/grow"]


def test_a_cause_says_more_than_the_goal_itself(why):
    found = why("markets", markets=[{"objectives": ["grow", "win", "learn"]}], objectives=GOALS)
    assert found == ["objectives/win", "objectives/grow"]


def test_the_goal_alone_is_better_than_nothing(why):
    assert why("markets", markets=[{"objectives": ["grow"]}], objectives=GOALS) == [
        "objectives/grow"
    ]


def test_a_reference_counts_from_either_side(why):
    found = why(
        "personas",
        personas=[{}],
        markets=[{"id": "dairies", "personas": ["one"], "objectives": ["win"]}],
        objectives=GOALS,
    )
    assert found[0] == "markets/dairies"


def test_the_shorter_chain_wins(why):
    found = why(
        "objections",
        objections=[{"markets": ["dairies"], "offerings": ["pump"]}],
        offerings=[{"id": "pump", "markets": ["dairies"]}],
        markets=[{"id": "dairies", "objectives": ["win"]}],
        objectives=GOALS,
    )
    assert found == ["markets/dairies", "objectives/win", "objectives/grow"]


def test_a_primary_market_is_the_better_reason(why):
    found = why(
        "objections",
        objections=[{"markets": ["a", "b"]}],
        markets=[
            {"id": "a", "priority": "secondary", "objectives": ["win"]},
            {"id": "b", "priority": "primary", "objectives": ["win"]},
        ],
        objectives=GOALS,
    )
    assert found[0] == "markets/b"


def test_a_market_we_do_not_pursue_is_no_reason(why):
    markets = [{"id": "a", "priority": "not_pursued", "objectives": ["win"]}]
    assert (
        why("objections", objections=[{"markets": ["a"]}], markets=markets, objectives=GOALS) == []
    )


def test_an_objective_leads_to_the_top(why):
    assert why("objectives", "learn", objectives=GOALS) == ["objectives/win", "objectives/grow"]
    assert why("objectives", "grow", objectives=GOALS) == []


def test_causes_in_a_circle_end_somewhere(why):
    circle = [objective("a", "customer", "b"), objective("b", "customer", "a")]
    assert why("markets", markets=[{"objectives": ["a"]}], objectives=circle) == [
        "objectives/a",
        "objectives/b",
    ]


@pytest.mark.parametrize("kind", ["people", "glossary", "qualification", "objections"])
def test_what_serves_nothing_has_no_chain(why, kind):
    assert why(kind, **{kind: [{}]}, objectives=GOALS) == []


def test_a_secondary_market_is_a_better_reason_than_one_taken_as_it_comes(why):
    found = why(
        "objections",
        objections=[{"markets": ["a", "b"]}],
        markets=[
            {"id": "a", "priority": "opportunistic", "objectives": ["win"]},
            {"id": "b", "priority": "secondary", "objectives": ["win"]},
        ],
        objectives=GOALS,
    )
    assert found[0] == "markets/b"


def test_a_way_that_gets_to_the_top_says_more_than_one_that_does_not(why):
    adrift = [objective("also", "customer", "away"), objective("away", "customer")]
    found = why("markets", markets=[{"objectives": ["also", "win"]}], objectives=GOALS + adrift)
    assert found == ["objectives/win", "objectives/grow"]
