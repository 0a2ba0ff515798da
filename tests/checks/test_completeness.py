import copy

import pytest

READY = {
    "people": [{"id": "zoe"}],
    "personas": [{"id": "manager"}],
    "markets": [
        {
            "id": "dairies",
            "owner": "zoe",
            "personas": ["manager"],
            "ideal_customer": {"must_have": ["Two shifts"]},
        }
    ],
    "offerings": [{"id": "pump", "markets": ["dairies"]}],
    "differentiators": [{"id": "measured", "markets": ["dairies"]}],
    "objections": [{"id": "pricey", "markets": ["dairies"]}],
    "plays": [{"id": "study", "markets": ["dairies"]}],
}


@pytest.fixture
def missing(find):
    """What the market lacks, as the author is told; nothing where it is ready."""

    def ask(header=None, **changed):
        found = find("incomplete-primary-market", header, **{**copy.deepcopy(READY), **changed})
        return [problem.title.partition("it lacks ")[2] for problem in found]

    return ask


def market(**changed):
    kept = {**READY["markets"][0], **changed}
    return [{name: value for name, value in kept.items() if value is not None}]


def test_a_primary_market_with_all_a_seller_needs_is_ready(missing):
    assert missing() == []


@pytest.mark.parametrize(
    ("changed", "said"),
    [
        ({"markets": market(ideal_customer=None)}, "the ideal customer"),
        ({"markets": market(ideal_customer={"must_have": ["tbd"]})}, "the ideal customer"),
        ({"markets": market(personas=None)}, "personas"),
        ({"markets": market(owner=None)}, "an owner"),
        ({"offerings": [{"id": "pump"}]}, "an offering that names it"),
        ({"differentiators": [{}]}, "a reason to choose us there"),
        ({"objections": [{}]}, "an objection heard there"),
        ({"plays": [{}]}, "a play"),
    ],
)
def test_whatever_is_missing_is_said(missing, changed, said):
    assert missing(**changed) == [said]


def test_a_secondary_market_may_wait(missing):
    bare = [{"id": "dairies", "priority": "secondary"}]
    assert missing(markets=bare) == []


def test_the_owner_of_all_markets_owns_each(missing):
    assert missing({"owners": {"markets": "zoe"}}, markets=market(owner=None)) == []
    assert missing({"owners": {"plays": "zoe"}}, markets=market(owner=None)) == ["an owner"]


def test_a_reason_or_an_objection_may_count_by_way_of_an_offering(missing):
    by_offering = {
        "differentiators": [{"offerings": ["pump"]}],
        "objections": [{"offerings": ["pump"]}],
    }
    assert missing(**by_offering) == []
    named = [{"id": "pump", "markets": ["dairies"], "differentiators": ["measured"]}]
    assert missing(offerings=named, differentiators=[{"id": "measured"}]) == []


def test_a_play_must_be_for_the_market_itself(missing):
    assert missing(plays=[{"offerings": ["pump"]}]) == ["a play"]


@pytest.mark.parametrize("status", ["draft", "deprecated"])
def test_what_is_not_in_use_fills_no_gap(missing, status):
    plays = [{**READY["plays"][0], "status": status}]
    assert missing(plays=plays) == ["a play"]


def test_an_offering_that_is_no_longer_sold_fills_no_gap(missing):
    offerings = [{**READY["offerings"][0], "availability": "retired"}]
    assert missing(offerings=offerings) == ["an offering that names it"]


def test_what_nobody_could_see_is_told(find):
    beliefs = [{"id": "blind"}, {"id": "seen", "watch_for": ["A rival"]}]
    assert [one.entry for one in find("unwatched-assumption", assumptions=beliefs)] == [
        "assumptions/blind"
    ]
    level = {"name": "Begins", "what_good_looks_like": "Knows the name."}
    skills = [{"id": "dim"}, {"id": "clear", "levels": [level]}]
    assert [one.entry for one in find("skill-without-levels", skills=skills)] == ["skills/dim"]


def test_a_path_shows_at_one_step_at_least_that_it_has_sunk_in(find):
    step = {"when": "Day 1", "do": "Read."}
    paths = [
        {"id": "mute", "steps": [step, {**step, "prove": "tbd"}]},
        {"id": "sound", "steps": [step, {**step, "prove": "Says it aloud."}]},
    ]
    assert [one.entry for one in find("path-without-proof", paths=paths)] == ["paths/mute"]
