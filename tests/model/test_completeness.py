import pytest

from generator.model.entry import Key
from generator.model.insights.completeness import Completeness, is_filled, measure_completeness
from tests.sample import load_data


@pytest.fixture
def measure():
    """What is there of the first entry of a kind."""

    def find(kind, **kinds):
        strategy = load_data(**kinds).strategy
        assert strategy is not None
        return measure_completeness(strategy.find(Key(kind, "one")), strategy)

    return find


def test_an_entry_lacks_what_nobody_wrote(measure):
    found = measure("stages", stages=[{"goal": "A study", "typical_days": 30}])
    assert found == Completeness(there=("goal", "typical_days"), missing=("evidence",))


@pytest.mark.parametrize(
    ("there", "missing", "share"), [(0, 3, 0), (1, 2, 33), (2, 1, 66), (199, 1, 99), (3, 0, 100)]
)
def test_only_what_lacks_nothing_is_complete(there, missing, share):
    assert Completeness(("x",) * there, ("y",) * missing).share == share


def test_kinds_with_nothing_to_fill_in_are_not_measured(measure):
    assert measure("glossary", glossary=[{}]) is None


def test_an_entry_is_more_complete_where_another_names_it(measure):
    found = measure(
        "offerings", offerings=[{}], differentiators=[{"offerings": ["one"]}], proof=[{}]
    )
    assert found.there == ("<differentiators",)


@pytest.mark.parametrize("kind", ["differentiators", "objections"])
def test_proof_is_used_by_a_reason_or_by_an_answer(measure, kind):
    name = "<differentiators,objections"
    assert name in measure("proof", proof=[{}], **{kind: [{"proof": ["one"]}]}).there
    assert name in measure("proof", proof=[{}], **{kind: [{}]}).missing


def test_what_only_an_entry_of_another_kind_names_is_not_used(measure):
    notes = [{"about": ["proof/one"]}]
    assert "<differentiators,objections" in measure("proof", proof=[{}], field_notes=notes).missing


def test_a_field_within_groups_is_there_where_any_of_them_has_it(measure):
    elements = [{"name": "Need", "question": "Why now?"}, {"name": "Budget", "good_answer": "tbd"}]
    found = measure("qualification", qualification=[{"elements": elements}])
    assert found == Completeness(("elements.question",), ("elements.good_answer",))


def test_a_figure_of_zero_is_a_figure(measure):
    measures = [{"name": "Losses", "target": 0}]
    found = measure("objectives", objectives=[{"measures": measures}])
    assert found.there == ("measures", "measures.target")


@pytest.mark.parametrize(
    ("value", "filled"),
    [
        ("Steam", True),
        ("tbd", False),
        ("", False),
        (" \n", False),
        (0, True),
        (False, True),
        (None, False),
        ((), False),
        (("tbd", ""), False),
        (("tbd", "Steam"), True),
        ({}, False),
        ({"a": "", "b": None}, False),
        ({"a": "", "b": "Steam"}, True),
    ],
)
def test_a_text_that_stands_in_for_one_says_nothing(value, filled):
    assert is_filled(value) is filled


def test_a_group_says_something_where_any_of_its_fields_does(measure):
    for contact, there in (({"email": "a@example.com", "chat": "tbd"}, True), ({}, False)):
        found = measure("people", people=[{"contact": contact}] if contact else [{}])
        assert ("contact" in found.there) is there
    assert "contact" in measure("people", people=[{"contact": {"chat": "tbd"}}]).missing
