"""What holds for the checks whatever a strategy says: more is never less, order is nothing, a
waiver hides what it names.
"""

from __future__ import annotations

import copy
import json
from collections.abc import Iterable, Mapping
from datetime import date
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from generator.checks import CHECKS, Check, check_meaning
from generator.checks.context import Context
from generator.loading.loader import Loaded, load_strategy
from generator.model.insights.completeness import measure_completeness
from generator.model.insights.indicators import read_gauges
from generator.model.strategy import Strategy
from generator.problems.problem import Problem
from tests.sample import HEADER, MemoryTree, complete, write_medium
from tests.trials.amount import examples

TODAY = date(2026, 11, 22)

ADDITIONS: list[tuple[str, str, str, Any]] = [
    ("markets", "dairies", "rationale", "They heat and cool at once."),
    (
        "markets",
        "dairies",
        "ideal_customer",
        {"must_have": ["Two shifts"], "disqualifiers": ["A new boiler"]},
    ),
    ("markets", "dairies", "objectives", ["learn"]),
    ("markets", "pharma", "objectives", ["grow"]),
    ("markets", "pharma", "pains", [{"pain": "Steam is dear."}]),
    ("markets", "pharma", "owner", "adam"),
    ("personas", "manager", "titles", ["Plant manager"]),
    ("personas", "manager", "message", "You decide when the line stands still."),
    ("offerings", "pump", "outcomes", ["Hot water from waste heat"]),
    ("offerings", "care", "markets", ["pharma"]),
    ("offerings", "care", "description", "A technician within a day."),
    ("proof", "plant", "customer", "A dairy in Friesland"),
    ("competitors", "boilers", "quick_answer", "They burn gas."),
    ("competitors", "boilers", "they_say", [{"claim": "Gas is cheap.", "reply": "It was."}]),
    ("objections", "slow", "acknowledge", "Nobody likes to wait."),
    ("objections", "slow", "markets", ["pharma"]),
    ("objections", "slow", "proof", ["plant"]),
    ("objectives", "learn", "initiatives", [{"name": "A course"}]),
    ("objectives", "learn", "why", "Who knows more sells more."),
    ("objectives", "grow", "initiatives", [{"name": "Two more sellers"}]),
    ("plays", "measure", "offerings", ["pump"]),
    ("plays", "measure", "personas", ["manager"]),
    ("people", "zoe", "contact", {"email": "zoe@example.com"}),
    ("strategy", "", "not_now", [{"what": "France", "why": "No service there."}]),
    ("strategy", "", "allocation", [{"to": "markets/dairies", "time": 60}]),
]
"""Things that a company may come to write, each true beside any of the others."""


def write(
    additions: Iterable[tuple[str, str, str, Any]], header: Mapping[str, Any] | None = None
) -> Loaded:
    base = {name: value for name, value in HEADER.items() if name != "not_now"}
    data: dict[str, Any] = {"strategy": {**base, **(header or {})}, **write_medium()}
    for kind, entry_id, field, value in additions:
        target = (
            data["strategy"]
            if kind == "strategy"
            else next(one for one in data[kind] if one["id"] == entry_id)
        )
        target[field] = value
    return load_data(data)


def load_data(data: Mapping[str, Any]) -> Loaded:
    loaded = load_strategy(
        MemoryTree({"strategy.yaml": json.dumps(data, ensure_ascii=False, indent=1)})
    )
    assert loaded.problems == (), [problem.title for problem in loaded.problems]
    return loaded


def strategy_of(loaded: Loaded) -> Strategy:
    assert loaded.strategy is not None
    return loaded.strategy


SOME = st.lists(st.sampled_from(range(len(ADDITIONS))), unique=True)


@examples(30)
@given(SOME, st.sampled_from(range(len(ADDITIONS))))
def test_adding_what_is_true_lowers_neither_completeness_nor_focus(there, added):
    some = [ADDITIONS[number] for number in there if number != added]
    before, after = strategy_of(write(some)), strategy_of(write([*some, ADDITIONS[added]]))
    for entry in before:
        now = after.find(entry.key)
        assert now is not None
        old, new = measure_completeness(entry, before), measure_completeness(now, after)
        assert old is None or (new is not None and set(old.there) <= set(new.there)), entry.key
    old_gauges, new_gauges = read_gauges(before, TODAY), read_gauges(after, TODAY)
    assert new_gauges.complete >= old_gauges.complete
    assert new_gauges.focus >= old_gauges.focus


@examples(20)
@given(
    SOME,
    st.sampled_from(["tbd", "...", "To be completed", "lorem ipsum dolor", "TODO: ask Zoe", "n/a"]),
)
def test_filler_raises_nothing(there, filler):
    some = [ADDITIONS[number] for number in there]
    texts = [
        (kind, entry_id, field, filler)
        for kind, entry_id, field, value in ADDITIONS
        if isinstance(value, str) and field not in ("owner",)
    ]
    chosen = [one for one in texts if one[:3] not in [other[:3] for other in some]]
    without, with_filler = strategy_of(write(some)), strategy_of(write([*some, *chosen]))
    assert read_gauges(with_filler, TODAY).complete <= read_gauges(without, TODAY).complete


FAULTY: Mapping[str, list[dict[str, Any]]] = {
    "people": [complete("people", {"id": "zoe"})],
    "markets": [
        complete("markets", {"id": name, "name": name.title()})
        for name in ("dairies", "mills", "pharma", "ice")
    ],
    "objectives": [
        complete("objectives", {"id": "grow"}),
        complete("objectives", {"id": "learn"}),
        complete(
            "objectives",
            {
                "id": "act",
                "initiatives": [{"name": "Hire", "due": "2026-01-31"}],
                "measures": [{"name": "Orders", "as_of": "2025-01-01"}],
            },
        ),
        complete(
            "objectives",
            {
                "id": "sell",
                "name": "Sell 150 lifts",
                "measures": [{"name": "Lifts", "target": 135, "current": 0.135}],
            },
        ),
    ],
    "plays": [
        complete("plays", {"id": "first"}),
        complete("plays", {"id": "second", "goal": "A holistic, seamless study"}),
    ],
    "differentiators": [
        complete(
            "differentiators", {"id": "one", "claim": "We measure your plant before we quote"}
        ),
        complete(
            "differentiators",
            {
                "id": "two",
                "claim": "Before we quote we measure your plant",
                "say": "We cut gas by 40%.",
            },
        ),
        complete("differentiators", {"id": "three", "claim": "A technician comes within one day"}),
    ],
    "competitors": [
        complete(
            "competitors",
            {"id": "boilers", "where_they_win": ["A technician comes within one day"]},
        ),
        complete(
            "competitors",
            {
                "id": "none",
                "where_they_win": ["Nowhere"],
                "quick_answer": "At the end of the day, gas.",
            },
        ),
    ],
    "glossary": [
        complete("glossary", {"id": "a", "meaning": "tbd"}),
        complete("glossary", {"id": "b", "meaning": "TBD"}),
        complete("glossary", {"id": "d", "meaning": "How far <b>heat</b> is raised."}),
        complete("glossary", {"id": "c", "reviewed_on": "2020-01-01", "tags": ["x", "y"]}),
    ],
    "field_notes": [
        complete("field_notes", {"id": "old"}),
        complete("field_notes", {"id": "older", "date": "2026-01-01"}),
    ],
    "proof": [complete("proof", {"id": "old", "date": "2015"})],
    **{kind: [complete(kind, {})] for kind in ("assumptions", "skills", "paths", "value_drivers")},
}
"""A strategy in which much is to be found."""


def find(
    header: Mapping[str, Any] | None = None, entries: Mapping[str, Any] = FAULTY
) -> list[Problem]:
    base = {name: value for name, value in HEADER.items() if name != "not_now"}
    return check_meaning(
        load_data({"strategy": {**base, **(header or {})}, **copy.deepcopy(dict(entries))}), TODAY
    )


FOUND = find()


def told(problems: Iterable[Problem]) -> list[tuple[str, str, str]]:
    return sorted((problem.rule, problem.entry, problem.title) for problem in problems)


def test_much_is_found_in_the_faulty_strategy():
    assert len({problem.rule for problem in FOUND}) >= 15


@examples(12)
@given(st.randoms(use_true_random=False))
def test_the_order_of_entries_changes_no_finding(random):
    entries = copy.deepcopy(dict(FAULTY))
    for listed in entries.values():
        random.shuffle(listed)
    kinds = list(entries)
    random.shuffle(kinds)
    assert told(find(entries={kind: entries[kind] for kind in kinds})) == told(FOUND)


WAIVABLE = sorted(
    {(problem.rule, problem.entry) for problem in FOUND if CHECKS[problem.rule].can_be_waived}
)


def find_waived(named, until):
    """What is found when a check is waived for an entry, or for all, until a day."""
    check, entry = named
    waiver = {
        "check": check,
        "reason": "We know.",
        "owner": "zoe",
        "until": until,
        **({"entry": entry} if entry else {}),
    }
    return find({"checks": {"waivers": [waiver]}})


@examples(30)
@given(st.sampled_from(WAIVABLE))
def test_a_waiver_hides_exactly_what_it_names(named):
    left = find_waived(named, "2026-11-22")
    assert told(left) == told(
        problem for problem in FOUND if (problem.rule, problem.entry) != named
    )


@examples(15)
@given(st.sampled_from(WAIVABLE))
def test_a_waiver_that_ran_out_hides_nothing_and_is_said(named):
    left = find_waived(named, "2026-11-21")
    assert [
        problem.rule
        for problem in left
        if problem not in FOUND and problem.rule == "expired-waiver"
    ]
    assert told(problem for problem in left if problem.rule != "expired-waiver") == told(FOUND)


@examples(15)
@given(st.sampled_from(sorted({rule for rule, _ in WAIVABLE})))
def test_turning_a_check_off_hides_its_findings_and_no_others(check):
    left = find({"checks": {"severities": {check: "off"}}})
    assert told(left) == told(problem for problem in FOUND if problem.rule != check)


CLOSE = [check for check in CHECKS.values() if check.close]


@pytest.mark.parametrize("check", CLOSE, ids=lambda check: check.id)
def test_what_a_close_check_finds_in_an_entry_it_finds_there_alone(check: Check) -> None:
    long = "Notwithstanding considerations regarding thermodynamic characteristics, " * 8
    offerings = [
        complete("offerings", {"id": name, "one_liner": long, "description": long})
        for name in ("a", "b")
    ]
    loaded = load_data({"strategy": HEADER, "offerings": offerings, **copy.deepcopy(dict(FAULTY))})
    assert loaded.strategy is not None
    context = Context(loaded.strategy, loaded.vocabulary, TODAY)
    found = [one for one in check.find(context) if one.entry is not None]
    alone = [
        one
        for entry in loaded.strategy
        for one in check.find(context.only([entry]))
        if one.entry is not None
    ]
    assert found == alone
    assert found
    assert not check.dated
    assert not check.whole
