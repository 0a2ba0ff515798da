import pytest

from tests.sample import load_data


def titles(problems):
    return [problem.title for problem in problems]


def chain(*steps):
    """Objectives, each with those that it supports."""
    return [
        {"id": name, "name": name.title(), "supports": list(supports)} for name, supports in steps
    ]


def test_an_objective_cannot_support_itself(find):
    [found] = find("cycle-in-supports", objectives=chain(("grow", ["grow"])))
    assert found.title == 'the objective "Grow" supports itself'
    assert found.fix == "Take grow out of its own supports."
    assert found.related == ()


def test_a_circle_is_told_once_from_cause_to_effect(find):
    circle = chain(("b", ["c"]), ("c", ["a"]), ("a", ["b"]), ("d", ["a"]))
    [found] = find("cycle-in-supports", objectives=circle)
    assert found.title == "these objectives support each other in a circle: A → B → C → A"
    assert 'Then take "A" out of what "C" supports' in found.fix
    assert (found.entry, len(found.related)) == ("objectives/a", 2)


def test_each_circle_is_told(find):
    circles = chain(("a", ["b"]), ("b", ["a"]), ("c", ["d"]), ("d", ["c"]), ("e", ["a", "c"]))
    found = find("cycle-in-supports", objectives=circles)
    assert sorted(problem.entry for problem in found) == ["objectives/a", "objectives/c"]


def test_no_more_circles_are_told_than_one_looks_through(find):
    circles = chain(*((f"o{n}", [f"o{n}"]) for n in range(25)))
    assert len(find("cycle-in-supports", objectives=circles)) == 20


def test_objectives_that_lead_to_one_goal_are_no_circle(find):
    tree = chain(("top", []), ("a", ["top"]), ("b", ["top", "a"]))
    assert find("cycle-in-supports", objectives=tree) == []


@pytest.mark.parametrize("what", ["time", "money", "people"])
@pytest.mark.parametrize(
    ("shares", "found"),
    [
        ((60, 40), []),
        ((60, 30), []),
        ((33.4, 33.3, 33.3), []),
        ((60, 40.5), ["100.5%"]),
        ((80, 45), ["125%"]),
    ],
)
def test_no_more_than_all_can_be_given_out(find, what, shares, found):
    names = [f"m{n}" for n in range(len(shares))]
    rows = [{"to": f"markets/{name}", what: n} for name, n in zip(names, shares, strict=True)]
    problems = find(
        "allocation-over-100", {"allocation": rows}, markets=[{"id": name} for name in names]
    )
    assert titles(problems) == [f"the shares of {what} add up to {total}" for total in found]
    over = [problem.fix.split("%")[0] for problem in problems]
    assert over == [f"Take {float(total.rstrip('%')) - 100:g}" for total in found]


def test_a_row_without_a_share_takes_none_of_it(find):
    rows = [
        {"to": "markets/a", "time": 60},
        {"to": "markets/b", "time": 40},
        {"to": "markets/c", "money": 10},
    ]
    markets = [{"id": name} for name in "abc"]
    assert find("allocation-over-100", {"allocation": rows}, markets=markets) == []


def test_shares_of_different_things_are_not_added_up(find):
    rows = [{"to": "markets/one", "time": 80, "money": 80, "people": 80}]
    assert find("allocation-over-100", {"allocation": rows}, markets=[{}]) == []


@pytest.mark.parametrize(
    ("dates", "found"),
    [
        ({"effective_from": "2026-06-02", "effective_until": "2026-06-01"}, 1),
        ({"effective_from": "2026-06-01", "effective_until": "2026-06-01"}, 0),
        ({"effective_from": "2026-06-01"}, 0),
        ({"effective_until": "2026-06-01"}, 0),
    ],
)
def test_an_entry_may_end_on_the_day_it_begins_but_not_before(find, dates, found):
    assert len(find("dates-reversed", glossary=[dates])) == found


@pytest.mark.parametrize(("review_by", "found"), [("2025-12-31", 1), ("2026-01-01", 0)])
def test_a_strategy_may_be_reviewed_from_the_day_it_counts(find, review_by, found):
    assert len(find("dates-reversed", {"review_by": review_by})) == found


GONE = {
    "retired": ("reference-to-retired", {"availability": "retired"}, "is no longer sold"),
    "ended": ("reference-to-expired", {"effective_until": "2026-11-21"}, "ended on 2026-11-21"),
}


@pytest.mark.parametrize(("rule", "state", "said"), GONE.values(), ids=GONE)
@pytest.mark.parametrize(
    ("kind", "fields", "told"),
    [
        ("plays", {"offerings": ["old"]}, True),
        ("plays", {"offerings": ["old"], "status": "draft"}, False),
        ("plays", {"offerings": ["old"], "status": "deprecated"}, False),
        ("plays", {"offerings": ["old"], "effective_until": "2026-11-21"}, False),
        ("plays", {"offerings": ["old"], "effective_until": "2026-11-22"}, True),
        ("proof", {"offerings": ["old"]}, False),
        ("field_notes", {"about": ["offerings/old"]}, False),
        ("announcements", {"about": ["offerings/old"]}, False),
        ("glossary", {"meaning": "See [the pump](entry:offerings/old)."}, False),
    ],
)
def test_only_what_sellers_work_with_must_not_name_what_is_gone(
    find, rule, state, said, kind, fields, told
):
    found = find(rule, offerings=[{"id": "old", "name": "Old pump", **state}], **{kind: [fields]})
    assert len(found) == told
    assert all(
        problem.title.endswith(f'names the offering "Old pump", which {said}') for problem in found
    )


@pytest.mark.parametrize(
    ("kind", "state", "rule", "said"),
    [
        ("offerings", {"availability": "retired"}, "reference-to-retired", "is no longer sold"),
        (
            "markets",
            {"effective_until": "2026-11-21"},
            "reference-to-expired",
            "ended on 2026-11-21",
        ),
    ],
)
def test_the_header_must_not_give_time_to_what_is_gone(find, kind, state, rule, said):
    header = {"allocation": [{"to": f"{kind}/old", "time": 10}]}
    [found] = find(rule, header, **{kind: [{"id": "old", "name": "Old one", **state}]})
    assert found.title.endswith(f'"Old one" {said}, and still has a share of allocation')


def test_what_is_retired_and_has_ended_is_told_once(find):
    kinds = {
        "offerings": [
            {"id": "old", "availability": "retired", "effective_until": "2026-11-21"},
        ],
        "plays": [{"offerings": ["old"]}],
    }
    assert len(find("reference-to-retired", **kinds)) == 1
    assert find("reference-to-expired", **kinds) == []


def test_what_may_name_what_is_gone_hides_nobody_who_may_not(find):
    kinds = {
        "offerings": [{"id": "old", "availability": "retired"}, {"id": "new"}],
        "objections": [{"id": "a", "offerings": ["new"]}],
        "plays": [
            {"id": "a", "offerings": ["new"]},
            {"id": "b", "status": "draft", "offerings": ["old"]},
            {"id": "c", "offerings": ["old"]},
        ],
        "field_notes": [{"about": ["offerings/old"]}],
    }
    found = find("reference-to-retired", **kinds)
    assert [problem.entry for problem in found] == ["plays/c"]


def test_an_entry_on_its_last_day_may_still_be_named(find):
    offerings = [{"id": "old", "effective_until": "2026-11-22"}]
    plays = [{"offerings": ["old"]}]
    assert find("reference-to-expired", offerings=offerings, plays=plays) == []


def test_a_waiver_may_name_what_is_gone(find):
    waiver = {
        "check": "missing-proof",
        "entry": "offerings/old",
        "reason": "We know.",
        "owner": "one",
        "until": "2027-01-01",
    }
    kinds = {"offerings": [{"id": "old", "availability": "retired"}], "people": [{}]}
    assert find("reference-to-retired", {"checks": {"waivers": [waiver]}}, **kinds) == []


def test_what_contradicts_itself_cannot_be_waived(find):
    known = {"reason": "We know.", "owner": "one", "until": "2027-01-01"}
    waivers = [
        {"check": "missing-proof", **known},
        {"check": "allocation-over-100", **known},
        {"check": "dates-reversed", **known},
    ]
    header = {"checks": {"waivers": waivers}, "effective_from": "2026-01-01"}
    found = find("unwaivable-check", header, people=[{}])
    assert titles(found) == [
        '"allocation-over-100" cannot be waived',
        '"dates-reversed" cannot be waived',
    ]
    terms = [{"effective_from": "2026-06-02", "effective_until": "2026-06-01"}]
    assert len(find("dates-reversed", header, people=[{}], glossary=terms)) == 1
    assert load_data(header, people=[{}]).problems == ()
