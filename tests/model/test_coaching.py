from datetime import date

from generator.model.dates import RoughDay
from generator.model.insights.coaching import list_coached, list_current_plays
from generator.model.insights.scorecard import judge_measure
from generator.model.insights.side_by_side import compare_all
from generator.model.kinds import Measure
from tests.sample import load_data


def test_stages_are_coached_before_plays_and_only_those_that_say_how():
    coach = {"ask": ["Who signs?"]}
    strategy = load_data(
        plays=[{"id": "call", "coach": coach}, {"id": "write"}],
        stages=[{"id": "study", "order": 2, "coach": coach}, {"id": "fit", "coach": coach}],
    ).strategy
    assert [entry.id for entry in list_coached(strategy)] == ["fit", "study", "call"]


def test_the_plays_of_a_quarter_serve_what_is_due_now():
    objectives = [
        {"id": "a", "horizon": "now"},
        {"id": "b", "horizon": "now"},
        {"id": "c", "horizon": "later"},
    ]
    plays = [
        {"id": "one", "name": "A", "objectives": ["a"]},
        {"id": "both", "name": "Z", "objectives": ["a", "b"]},
        {"id": "later", "name": "B", "objectives": ["c"]},
    ]
    strategy = load_data(objectives=objectives, plays=plays).strategy
    assert [play.id for play in list_current_plays(strategy)] == ["both", "one"]
    strategy = load_data(plays=[{"id": f"p{n}", "name": f"P{n}"} for n in range(9)]).strategy
    assert [play.id for play in list_current_plays(strategy)] == [f"p{n}" for n in range(6)]


def test_criteria_are_joined_by_their_words_and_blanks_stay_blank():
    cards = [
        {
            "id": "a",
            "name": "A",
            "compare": [
                {"criterion": "Price", "us": "10", "them": "9"},
                {"criterion": "Service", "us": "24 h"},
            ],
        },
        {
            "id": "b",
            "name": "B",
            "compare": [{"criterion": "service ", "us": "1 day", "them": "?"}],
        },
        {"id": "c", "name": "C"},
    ]
    table = compare_all(load_data(competitors=cards).strategy)
    assert [card.id for card in table.competitors] == ["a", "b"]
    assert [(row.criterion, row.us, sorted(row.them)) for row in table.rows] == [
        ("Service", ("24 h", "1 day"), ["a", "b"]),
        ("Price", ("10",), ["a"]),
    ]
    assert table.rows[0].them["a"].them is None


def test_a_tolerance_of_its_own_decides_whether_a_measure_is_on_plan():
    def state(**fields):
        return judge_measure(Measure(name="Margin", **fields), date(2026, 7, 2)).state

    held = {"direction": "hold", "target": 28, "current": 26.8}
    assert (state(**held), state(**held, tolerance=1.5)) == ("moved", "held")
    plan = {
        "baseline": 0,
        "target": 100,
        "current": 30,
        "baseline_on": date(2026, 1, 1),
        "due": date(2026, 12, 31),
    }
    assert (state(**plan), state(**plan, tolerance=25)) == ("behind", "on_plan")


def test_a_date_that_nobody_knows_is_sorted_last_and_never_too_old():
    proof = [
        {"id": "a", "statement": "A", "date": "unknown"},
        {"id": "b", "statement": "B", "date": "2001"},
    ]
    strategy = load_data(proof=proof).strategy
    assert [entry.id for entry in strategy.in_order("proof")] == ["b", "a"]
    assert (RoughDay("unknown").is_known, RoughDay("2026").is_known) == (False, True)
