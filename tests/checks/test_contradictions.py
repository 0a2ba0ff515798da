from datetime import date

import pytest

GIVEN_UP = {"id": "mills", "name": "Mills", "priority": "not_pursued"}
KEPT = {"id": "dairies", "name": "Dairies", "priority": "secondary"}


@pytest.mark.parametrize(
    ("market", "header", "kinds", "words"),
    [
        ({}, {"allocation": [{"to": "markets/mills", "time": 10}]}, {}, "a share of allocation"),
        ({}, {"allocation": [{"to": "markets/mills", "money": 5}]}, {}, "a share of allocation"),
        ({"targets": [{"name": "Orders", "target": 5}]}, {}, {}, "targets"),
        ({"objectives": ["grow"]}, {}, {"objectives": [{"id": "grow"}]}, "objectives"),
        ({}, {}, {"plays": [{"markets": ["mills"]}]}, "1 play for it alone"),
        ({}, {}, {"offerings": [{"markets": ["mills"]}]}, "1 offering for it alone"),
    ],
)
def test_a_market_that_is_given_up_and_still_served_is_said(find, market, header, kinds, words):
    [found] = find(
        "not-pursued-but-served", header, markets=[{**GIVEN_UP, **market}, KEPT], **kinds
    )
    assert words in found.title
    assert found.entry == "markets/mills"


@pytest.mark.parametrize(
    ("status", "share", "is_said"),
    [
        ("deprecated", {"people": 5}, True),
        ("deprecated", {}, False),
        ("approved", {"time": 5}, False),
    ],
)
def test_a_market_on_its_way_out_has_no_share_of_allocation(find, status, share, is_said):
    header = {"allocation": [{"to": "markets/dairies", **share}]}
    found = find("not-pursued-but-served", header, markets=[{**KEPT, "status": status}])
    assert [one.title.endswith("still has a share of allocation") for one in found] == [
        True
    ] * is_said


@pytest.mark.parametrize(
    "kinds",
    [
        {"plays": [{"markets": ["mills", "dairies"]}]},
        {"offerings": [{"markets": ["mills"], "availability": "retiring"}]},
        {"offerings": [{"markets": ["mills"], "status": "draft"}]},
        {"proof": [{"market": "mills"}]},
    ],
)
def test_what_serves_others_as_well_or_is_leaving_is_no_contradiction(find, kinds):
    assert find("not-pursued-but-served", markets=[GIVEN_UP, KEPT], **kinds) == []


@pytest.mark.parametrize(
    ("kind", "field", "one", "other", "is_said"),
    [
        ("glossary", "term", "Stop", "Stop", True),
        ("competitors", "name", "Boilers Ltd", "BOILERS  LTD", True),
        ("personas", "name", "Käufer", "Ka\u0308ufer", True),
        ("plays", "name", "Call first", "Call second", False),
    ],
)
def test_two_entries_of_one_name_are_said(find, kind, field, one, other, is_said):
    found = find("same-name", **{kind: [{"id": "one", field: one}, {"id": "two", field: other}]})
    assert bool(found) == is_said


def test_another_name_that_is_the_name_of_an_entry_is_said(find):
    glossary = [{"id": "one", "term": "Lift"}, {"id": "two", "term": "Rise", "also": ["lift"]}]
    [found] = find("same-name", glossary=glossary)
    assert found.title == '"lift" is another name of "Rise", and the name of an entry: one'


def test_a_list_that_took_over_the_items_of_the_next_is_said(find):
    whole = {"goals": ["a", "b"], "challenges": ["c", "d"]}
    personas = [{"id": f"p{n}", "name": f"P{n}", **whole} for n in range(4)]
    taken = {"id": "last", "name": "Last", "goals": ["a", "b", "c", "d"]}
    [found] = find("lost-field-name", personas=[*personas, taken])
    assert '"challenges" is missing' in found.title
    assert find("lost-field-name", personas=[*personas, {**taken, "goals": ["a", "b"]}]) == []
    assert find("lost-field-name", personas=[*personas[:2], taken]) == []


@pytest.mark.parametrize(
    ("others", "own", "is_said"),
    [
        ([2, 2, 2, 2], 3, False),
        ([2, 2, 2, 2], 4, True),
        ([2, 2, 2, 5], 4, False),
        ([2, 2, 2, 4], 4, False),
        ([2, 2, 2, 3], 4, True),
    ],
)
def test_a_list_took_over_another_only_where_it_is_the_longest_by_far(find, others, own, is_said):
    personas = [
        {
            "id": f"p{n}",
            "name": f"P{n}",
            "goals": [str(i) for i in range(long)],
            "challenges": ["c"],
        }
        for n, long in enumerate(others)
    ]
    taken = {"id": "last", "name": "Last", "goals": [str(i) for i in range(own)]}
    assert bool(find("lost-field-name", personas=[*personas, taken])) == is_said


def measure(**figures):
    return [{"name": "Grow", "measures": [{"name": "Orders", **figures}]}]


@pytest.mark.parametrize(
    ("figures", "odd"),
    [
        ({"baseline": 1100, "target": 1300, "current": 1.18}, "current"),
        ({"baseline": 1.1, "target": 1300, "current": 1180}, "baseline"),
        ({"baseline": 52, "target": 75, "current": 61000}, "current"),
        ({"baseline": 104, "target": 0.15, "current": 118}, "target"),
        ({"target": 1500, "current": 1.2}, "current"),
        ({"baseline": 0, "target": 1500, "current": 1.25}, "current"),
        ({"baseline": 1.05, "target": 1.4, "current": 1.18}, ""),
        ({"baseline": 0, "target": 1000, "current": 1}, ""),
        ({"baseline": 2, "target": 1500, "current": 40}, ""),
        ({"target": 1500}, ""),
        ({"baseline": 98.5, "target": 99, "current": 98.4}, ""),
        # about a thousand is 300 to 3000
        ({"baseline": 300, "target": 300, "current": 1}, "current"),
        ({"baseline": 299, "target": 300, "current": 1}, ""),
        ({"baseline": 3000, "target": 3000, "current": 1}, "current"),
        ({"baseline": 3001, "target": 3000, "current": 1}, ""),
        # the others are a measure where they are at most ten times apart
        ({"baseline": 300, "target": 3000, "current": 1}, "current"),
        ({"baseline": 1, "target": 500, "current": 250000}, ""),
    ],
)
def test_a_figure_off_by_a_thousand_is_said(find, figures, odd):
    found = find("figure-off-scale", objectives=measure(**figures))
    assert [one.title.split('"')[1] for one in found] == ([odd] if odd else [])


@pytest.mark.parametrize(
    ("figures", "says", "meant"),
    [
        (
            {"baseline": 1100, "target": 1300, "current": 1.18},
            '"current" is 1.18, about a thousandth of "baseline", which is 1100',
            "1180",
        ),
        (
            {"baseline": 52, "target": 75, "current": 61000},
            '"current" is 61000, about a thousand times of "baseline", which is 52',
            "61",
        ),
        (
            {"baseline": -1100, "target": -1300, "current": -1.18},
            '"current" is -1.18, about a thousandth of "baseline", which is -1100',
            "-1180",
        ),
    ],
)
def test_of_a_figure_off_by_a_thousand_it_is_said_what_was_meant(find, figures, says, meant):
    [found] = find("figure-off-scale", objectives=measure(**figures))
    assert found.title == says
    assert f"If {meant} is meant, write just that" in found.fix


@pytest.mark.parametrize(
    ("today", "until"),
    [
        (date(2026, 11, 22), "2027-11-22"),
        (date(2028, 2, 29), "2029-02-28"),
        (date(2026, 1, 31), "2027-01-28"),
    ],
)
def test_a_figure_that_is_meant_is_waived_for_a_year(find, today, until):
    figures = {"baseline": 52, "target": 75, "current": 61000}
    [found] = find("figure-off-scale", today=today, objectives=measure(**figures))
    assert f"until: {until}}}" in found.fix


@pytest.mark.parametrize(
    ("targets", "odd"),
    [
        ([("t", 100), ("t", 110), ("t", 0.12)], [2]),
        ([("t", 0.1), ("t", 110), ("t", 120)], [0]),
        ([("t", 100), ("t", 0.12)], []),
        ([("t", 100), ("t", 110), ("kg", 0.12)], []),
        ([("", 100), ("", 110), ("", 0.12)], []),
        ([("t", 100), ("t", None), ("t", 0.12)], []),
    ],
)
def test_of_three_targets_in_one_unit_the_one_off_by_a_thousand_is_said(find, targets, odd):
    measures = [
        {"name": "Orders", **({"unit": unit} if unit else {}), **({"target": one} if one else {})}
        for unit, one in targets
    ]
    found = find("figure-off-scale", objectives=[{"name": "Grow", "measures": measures}])
    assert [one.title.split()[2] for one in found] == [f"{targets[place][1]:g}" for place in odd]


@pytest.mark.parametrize(
    ("name", "unit", "target", "is_said"),
    [
        ("Grow order intake to EUR 150 million", "EUR million", 135, True),
        ("Grow order intake to EUR 150 million", "EUR million", 150, False),
        ("Halve the time to an offer to 12 days", "days", 10, True),
        ("Raise the share of service to 45%", "%", 50, True),
        ("Raise the share of service from 31% to 50%", "%", 50, False),
        ("Win 3 of 4 markets by 2027", "%", 34, False),
        ("Answer within 24 hours", "%", 30, False),
        ("Reach 2027 with two plants", "plants", 2000, False),
        ("Keep 1,200 machines under contract", "machines", 1300, True),
        ("Keep 1.200 machines under contract", "machines", 1200, False),
        ("Reach 1990 with two plants", "plants", 2000, False),
        ("Keep 1989 machines under contract", "machines", 2000, True),
        ("Reach 2100 with two plants", "plants", 2000, False),
        ("Keep 2101 machines under contract", "machines", 2000, True),
        ("Answer 12 times as fast", "day", 10, False),
        ("From 12 accidents to none", "accidents", 0, False),
        ("Have 0 accidents", "accidents", 5, False),
        ("Cut cost by 12 points", "points", -10, False),
        ("Go from -5 to 12 points", "points", 24, True),
        ("Go from -5 to 12 points", "points", 25, False),
    ],
)
def test_a_target_other_than_the_name_says_is_said(find, name, unit, target, is_said):
    objectives = [{"name": name, "measures": [{"name": "So far", "unit": unit, "target": target}]}]
    assert bool(find("target-unlike-name", objectives=objectives)) == is_said


def test_the_name_of_the_measure_counts_too(find):
    objectives = [
        {
            "name": "Grow",
            "measures": [{"name": "Orders of EUR 40 million", "unit": "EUR million", "target": 50}],
        }
    ]
    [found] = find("target-unlike-name", objectives=objectives)
    assert found.title == 'the target is 50, and the name "Orders of EUR 40 million" says 40'


def test_an_objective_with_another_figure_is_said_once_and_whatever_stands_before_it(find):
    measures = [{"name": "So far"}, *({"name": "Orders", "target": one} for one in (135, 140))]
    [found] = find("target-unlike-name", objectives=[{"name": "Grow to 150", "measures": measures}])
    assert found.title == 'the target is 135, and the name "Grow to 150" says 150'


def test_a_list_took_over_another_only_where_four_entries_make_a_habit(find):
    whole = [
        {"id": f"p{n}", "name": f"P{n}", "goals": ["a"], "challenges": ["c"]} for n in range(3)
    ]
    taken = {"id": "last", "name": "Last", "goals": ["a", "b"]}
    assert len(find("lost-field-name", personas=[*whole, taken])) == 1
    assert find("lost-field-name", personas=[*whole[1:], taken]) == []


def test_nothing_was_taken_over_where_several_entries_lack_a_list_or_one_lacks_both(find):
    whole = [
        {"id": f"p{n}", "name": f"P{n}", "goals": ["a"], "challenges": ["c"]} for n in range(4)
    ]
    taken = [{"id": f"t{n}", "name": f"T{n}", "goals": ["a", "b"]} for n in range(2)]
    bare = {"id": "bare", "name": "Bare"}
    assert find("lost-field-name", personas=[*whole, *taken]) == []
    assert find("lost-field-name", personas=[*whole, bare]) == []


def test_another_name_that_says_the_own_name_again_is_no_name_of_another_entry(find):
    glossary = [{"id": "one", "term": "Lift", "also": ["lift"]}]
    assert find("same-name", glossary=glossary) == []


@pytest.mark.parametrize(("plays", "more"), [(4, ""), (5, "1 more"), (6, "2 more")])
def test_of_many_plays_for_a_market_that_is_given_up_four_are_named(find, plays, more):
    listed = [{"id": f"p{n}", "name": f"Play{n}", "markets": ["mills"]} for n in range(plays)]
    [found] = find(
        "not-pursued-but-served", markets=[{**GIVEN_UP, "id": "mills"}, KEPT], plays=listed
    )
    assert found.title.count('"Play') == 4
    assert (more or '"Play3")') in found.title
    assert ("more" in found.title) == bool(more)
