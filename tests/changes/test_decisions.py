"""Decisions as leadership makes them, on a strategy of real size: each is told once, and what
follows from it stands under it. `tests/decisions/NAME.md` holds what a pull request says;
`pytest --renew` writes it anew; read it before you commit it.
"""

from __future__ import annotations

import copy
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from generator.changes.review_text import report_markdown, report_terminal
from generator.problems.terminal_style import Look
from tests.changes.company import Data, make_company

FOLDER = Path(__file__).parents[1] / "decisions"
LONGEST = 25
"""So many lines a reviewer reads before the fold, at the most."""


def find(data: Data, kind: str, entry_id: str) -> dict[str, Any]:
    return next(entry for entry in data[kind] if entry["id"] == entry_id)


def clean(data: Data) -> Data:
    """Without fields that have nothing in them any more."""
    for entries in data.values():
        for entry in entries if isinstance(entries, list) else ():
            for name in [name for name, value in entry.items() if value in (None, [])]:
                del entry[name]
    return data


def drop(data: Data, kind: str, entry_id: str) -> None:
    """An entry and everything that names it."""
    data[kind] = [entry for entry in data[kind] if entry["id"] != entry_id]
    rename(data, kind, entry_id)


def rename(data: Data, kind: str, old: str, *new: str) -> None:
    """What named `old` in a list of references names `new` instead."""
    for entries in data.values():
        for entry in entries if isinstance(entries, list) else ():
            if old in entry.get(kind, ()):
                names = entry[kind]
                at = names.index(old)
                entry[kind] = list(dict.fromkeys([*names[:at], *new, *names[at + 1 :]]))
            if entry.get(kind[:-1]) == old:
                entry[kind[:-1]] = new[0] if new else None


def market_split(data: Data) -> None:
    find(data, "markets", "craft-bakeries").update(
        summary="One shop, one baker, and a gas bill on the kitchen table. Up to 3 shops."
    )
    data["markets"].append(
        {
            "id": "local-chains",
            "name": "Local chains",
            "priority": "primary",
            "summary": "Four to fifteen shops around one town, with one owner who decides.",
            "reviewed_on": "2026-05-28",
        }
    )
    rename(data, "markets", "craft-bakeries", "craft-bakeries", "local-chains")


def market_split_in_new_ones(data: Data) -> None:
    for name in ("canteens", "hotel-kitchens"):
        data["markets"].append({"id": name, "name": name.replace("-", " ").title()})
    rename(data, "markets", "hotels", "canteens", "hotel-kitchens")
    drop(data, "markets", "hotels")


def markets_merged(data: Data) -> None:
    data["markets"].append({"id": "bakers", "name": "Bakers with shops"})
    for old in ("craft-bakeries", "bakery-chains"):
        rename(data, "markets", old, "bakers")
        drop(data, "markets", old)


def market_merged_into_another(data: Data) -> None:
    rename(data, "markets", "pizza", "hotels")
    drop(data, "markets", "pizza")


def market_given_up(data: Data) -> None:
    find(data, "markets", "hotels").update(priority="not_pursued")


def market_dropped(data: Data) -> None:
    drop(data, "markets", "frozen-goods")


def market_entered(data: Data) -> None:
    data["markets"].append(
        {
            "id": "ships",
            "name": "Ships",
            "priority": "secondary",
            "summary": "Ferries and cruise ships that bake on board.",
            "reviewed_on": "2026-05-28",
        }
    )
    for entry_id in ("count-the-gas", "energy-talk"):
        find(data, "plays", entry_id)["markets"].append("ships")
    for entry_id in ("no-space", "fuse"):
        find(data, "objections", entry_id)["markets"].append("ships")


def competitor_dropped(data: Data) -> None:
    drop(data, "competitors", "forno")


def competitor_taken_over(data: Data) -> None:
    data["competitors"].append(
        {
            "id": "gruppo",
            "name": "Gruppo Calore",
            "quick_answer": "Two makers in one house, and no fitter of their own.",
        }
    )
    rename(data, "competitors", "forno", "gruppo")
    drop(data, "competitors", "forno")


def proof_replaced(data: Data) -> None:
    data["proof"].append(
        {
            "id": "chain-gas-2",
            "statement": "A chain of 60 shops used 31% less gas in two years",
            "reviewed_on": "2026-05-28",
        }
    )
    rename(data, "proof", "chain-gas", "chain-gas-2")
    drop(data, "proof", "chain-gas")


def proof_withdrawn(data: Data) -> None:
    drop(data, "proof", "payback")


def prices_raised(data: Data) -> None:
    for offering in data["offerings"]:
        offering["packages"][0]["price"] = offering["packages"][0]["price"].replace(",500", ",900")


def price_mistyped(data: Data) -> None:
    find(data, "objectives", "orders")["measures"][0]["current"] = 0.061


def target_lowered(data: Data) -> None:
    find(data, "objectives", "orders")["measures"][0]["target"] = 135


def verified_again(data: Data) -> None:
    for entry in (*data["objections"], *data["proof"]):
        entry["reviewed_on"] = "2026-05-28"


def owner_leaves(data: Data) -> None:
    for entry in (*data["objections"], *data["plays"]):
        if entry["owner"] == "ida":
            entry["owner"] = "eva"
    data["header"]["owners"]["markets"] = "eva"
    drop(data, "people", "ida")


def owner_hands_over(data: Data) -> None:
    for entry in (*data["objections"], *data["plays"]):
        if entry["owner"] == "jon":
            entry["owner"] = "per"


def offering_retired(data: Data) -> None:
    find(data, "offerings", "deck-200").update(availability="retired")


def offering_renamed_everywhere(data: Data) -> None:
    find(data, "offerings", "rack-400").update(
        id="rack-420", name="Rack oven 420", former_ids=["rack-400"]
    )
    rename(data, "offerings", "rack-400", "rack-420")


def objections_translated(data: Data) -> None:
    find(data, "objections", "too-expensive").update(
        respond="Wir rechnen aus, was das Gas Sie in zehn Jahren kostet, und sehen dann noch einmal hin."
    )
    find(data, "proof", "payback").update(
        statement="38 von 45 Backstuben hatten nach drei Jahren das Geld wieder in der Kasse"
    )


def figures_written_another_way(data: Data) -> None:
    for offering in data["offerings"]:
        for package in offering["packages"]:
            package["price"] = package["price"].replace(",500", ".500")


def reformatted(data: Data) -> None:
    for kind in ("markets", "objections", "plays", "proof"):
        data[kind].reverse()
    for entry in data["objections"]:
        entry["respond"] = entry["respond"].replace(". ", ".  ").replace(" ", "\n", 3)


def audience_widened(data: Data) -> None:
    find(data, "glossary", "deck").update(audience="public")
    find(data, "proof", "chain-gas").update(audience="partner")
    find(data, "plays", "one-night").update(name="The oven of a single night")


def audience_narrowed(data: Data) -> None:
    find(data, "competitors", "ofenbau").update(audience="leadership")


def call_to_act(data: Data) -> None:
    find(data, "announcements", "rent").update(importance=1)
    data["announcements"].append(
        {
            "id": "recall",
            "headline": "Deck ovens of May are called back",
            "date": "2026-05-30",
            "importance": 1,
            "why": "A valve leaks.",
        }
    )


def play_ends(data: Data) -> None:
    find(data, "plays", "care-first").update(effective_until="2026-05-20")


def objection_back_to_draft(data: Data) -> None:
    find(data, "objections", "crust").update(status="draft")


def word_replaced_everywhere(data: Data) -> None:
    for entry in data["objections"]:
        entry["respond"] = entry["respond"].replace("gas", "energy")


def glossary_grown(data: Data) -> None:
    for name in ("Bake-off", "Blend", "Crumb", "Dough", "Peel", "Scoring", "Sponge", "Steam"):
        data["glossary"].append(
            {"id": name.lower(), "term": name, "meaning": f"What bakers call {name.lower()}."}
        )


def tags_given(data: Data) -> None:
    for entry in data["objections"]:
        entry["tags"] = ["spring"]


def new_year(data: Data) -> None:
    """Several decisions at once, as a new year brings them."""
    competitor_dropped(data)
    market_split(data)
    audience_widened(data)
    proof_withdrawn(data)
    verified_again(data)
    find(data, "markets", "pizza").update(priority="primary")


DECISIONS: dict[str, Callable[[Data], None]] = {
    change.__name__.replace("_", "-"): change
    for change in (
        market_split,
        market_split_in_new_ones,
        markets_merged,
        market_merged_into_another,
        market_given_up,
        market_dropped,
        market_entered,
        competitor_dropped,
        competitor_taken_over,
        proof_replaced,
        proof_withdrawn,
        prices_raised,
        price_mistyped,
        target_lowered,
        verified_again,
        owner_leaves,
        owner_hands_over,
        offering_retired,
        offering_renamed_everywhere,
        objections_translated,
        figures_written_another_way,
        reformatted,
        audience_widened,
        audience_narrowed,
        call_to_act,
        play_ends,
        objection_back_to_draft,
        word_replaced_everywhere,
        glossary_grown,
        tags_given,
        new_year,
    )
}


@pytest.mark.parametrize("name", DECISIONS)
def test_a_decision_is_told_once_with_what_follows_from_it(review, name, request):
    old = make_company()
    new = copy.deepcopy(old)
    DECISIONS[name](new)
    found = review(old, clean(new))
    said = report_markdown(found, Look())
    expected = FOLDER / f"{name}.md"
    if request.config.getoption("--renew"):
        expected.write_text(said, "utf-8")
    assert expected.read_text("utf-8") == said
    assert len(said.partition("<details>")[0].splitlines()) <= LONGEST
    assert report_terminal(found, Look())


def test_every_file_of_decisions_is_one_of_these():
    assert {path.stem for path in FOLDER.iterdir()} == set(DECISIONS)


def test_the_way_back_tells_each_decision_once_as_well(review):
    for change in DECISIONS.values():
        old = make_company()
        new = copy.deepcopy(old)
        change(new)
        back = review(clean(new), old)
        keys = [one for told in back.told for one in (*told.changes, *told.follows)]
        assert len({id(one) for one in keys}) == len(keys)


def turns(found) -> list[str]:
    return sorted(str(one.turn) for one in found.told)


@pytest.mark.parametrize(("new", "told"), [(5, ["added"] * 5), (6, ["many_added"])])
def test_six_new_entries_of_a_kind_are_told_as_one(review, new, told):
    terms = [{"id": f"t{n}", "term": f"Term {n}"} for n in range(new)]
    assert turns(review({}, {"glossary": terms})) == told


@pytest.mark.parametrize(("same", "told"), [(2, ["single"] * 2), (3, ["alike"])])
def test_the_same_change_in_three_entries_is_one_decision(review, same, told):
    old, new = (
        {"markets": [{"id": f"m{n}", "name": f"M{n}", "priority": one} for n in range(same)]}
        for one in ("secondary", "primary")
    )
    assert turns(review(old, new)) == told


@pytest.mark.parametrize(
    ("kept", "told"), [(5, ["replaced"]), (4, ["replaced"]), (3, ["added", "removed"])]
)
def test_an_entry_takes_the_place_of_another_where_four_of_five_that_named_it_follow(
    review, kept, told
):
    old, new = (
        {
            "personas": [{"id": name, "name": name.title()}],
            "objections": [
                {"id": f"o{n}", "personas": [name] if n < names else []} for n in range(5)
            ],
        }
        for name, names in (("chemist", 5), ("board", kept))
    )
    assert turns(review(clean(old), clean(new))) == told


@pytest.mark.parametrize(
    ("before", "after", "told"),
    [
        ([{"to": "mixer", "why": "Dough for six."}], [], ["removed"]),
        ([], [{"to": "mixer"}], ["added"]),
        ([], [{"to": "mixer", "why": "Dough for six."}], ["added", "single"]),
    ],
)
def test_what_is_said_for_a_new_entry_is_told_by_itself_and_goes_with_it(
    review, before, after, told
):
    """Why an offering follows another is more than which; of one that goes there is nothing to
    decide.
    """
    old, new = (
        {
            "offerings": [
                {"id": "oven", "name": "Oven", "next_offerings": following},
                *([{"id": "mixer", "name": "Mixer"}] if following else []),
            ]
        }
        for following in (before, after)
    )
    assert turns(review(clean(old), clean(new))) == told


@pytest.mark.parametrize(("markets", "last"), [(8, "7 of 200 shops"), (9, "1 more")])
def test_of_one_figure_changed_everywhere_eight_are_told_each_and_the_rest_counted(
    review, markets, last
):
    old, new = (
        {
            "markets": [
                {"id": f"m{n}", "name": f"M{n}", "size": f"{n} of {shops} shops"}
                for n in range(markets)
            ]
        }
        for shops in (100, 200)
    )
    found = review(old, new)
    assert turns(found) == ["alike"]
    said = " ".join(report_terminal(found, Look()).split())
    assert last in said
    assert ("more" in said) is (markets > 8)
    assert "M7 7 of 100 shops" in said.replace('"', "")
    assert "M8 8 of" not in said.replace('"', "")
