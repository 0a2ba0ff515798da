import pytest

from generator.model.insights.focus import largest_at_once, list_served
from tests.sample import load_data


@pytest.fixture
def at_once():
    """The ids of the most markets that count on one day."""

    def find(*markets):
        strategy = load_data(markets=[{"id": name, **more} for name, more in markets]).strategy
        assert strategy is not None
        return [market.id for market in largest_at_once(strategy.of("markets"))]

    return find


@pytest.fixture
def served():
    """The ids of the objectives that something works for."""

    def find(*objectives, **kinds):
        strategy = load_data(objectives=objectives, **kinds).strategy
        assert strategy is not None
        return sorted(list_served(strategy))

    return find


def test_markets_without_days_count_together_for_good(at_once):
    assert at_once(("a", {}), ("b", {})) == ["a", "b"]
    assert at_once() == []


def test_a_market_counts_on_its_first_and_on_its_last_day(at_once):
    first = ("first", {"effective_until": "2026-06-30"})
    assert at_once(first, ("second", {"effective_from": "2026-06-30"})) == ["first", "second"]
    assert at_once(first, ("second", {"effective_from": "2026-07-01"})) == ["first"]


def test_the_fullest_day_counts_wherever_it_lies(at_once):
    assert at_once(
        ("a", {"effective_until": "2026-01-31"}),
        ("b", {"effective_from": "2026-03-01", "effective_until": "2026-05-01"}),
        ("c", {"effective_from": "2026-04-01", "effective_until": "2026-04-30"}),
        ("d", {"effective_from": "2026-06-01"}),
    ) == ["b", "c"]


@pytest.mark.parametrize("kind", ["markets", "plays"])
def test_a_market_or_a_play_works_for_the_objectives_it_names(served, kind):
    assert served({"id": "grow"}, {"id": "idle"}, **{kind: [{"objectives": ["grow"]}]}) == ["grow"]


@pytest.mark.parametrize(
    ("status", "found"), [("on_track", ["grow"]), ("done", ["grow"]), ("stopped", [])]
)
def test_an_initiative_works_for_its_objective_until_it_is_stopped(served, status, found):
    assert served({"id": "grow", "initiatives": [{"name": "Hire", "status": status}]}) == found


def test_what_serves_an_objective_serves_all_that_it_supports(served):
    chain = (
        {"id": "grow"},
        {"id": "win", "supports": ["grow"]},
        {"id": "act", "supports": ["win"], "initiatives": [{"name": "Hire"}]},
        {"id": "idle", "supports": ["grow"]},
    )
    assert served(*chain) == ["act", "grow", "win"]


def test_objectives_that_support_each_other_come_to_an_end(served):
    circle = (
        {"id": "a", "supports": ["b"], "initiatives": [{"name": "Hire"}]},
        {"id": "b", "supports": ["a"]},
    )
    assert served(*circle) == ["a", "b"]
