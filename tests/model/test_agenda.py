from datetime import date, timedelta

import pytest

from generator.model.entry import Key
from generator.model.insights.agenda import Item, list_items
from tests.sample import load_data

TODAY = date(2026, 6, 1)
PEOPLE = [{"id": name, "reviewed_on": "2026-05-31"} for name in ("adam", "kim", "zoe")]


@pytest.fixture
def items():
    """What is to be done on the day of the tests, as what, about which entry, by when, by whom."""

    def find(header=None, within=0, owner=None, **kinds):
        strategy = load_data(header, people=PEOPLE, **kinds).strategy
        assert strategy is not None
        found = list_items(strategy, TODAY, timedelta(days=within), owner)
        return [(one.work, one.key.id, str(one.due), one.owner) for one in found]

    return find


def term(name, reviewed_on, **more):
    return {"id": name, "reviewed_on": reviewed_on, "review_every": "30d", **more}


def test_what_is_due_on_the_last_day_asked_for_is_on_the_list(items):
    terms = [term("today", "2026-05-02"), term("tomorrow", "2026-05-03")]
    today, tomorrow = (
        ("review", "today", "2026-06-01", ""),
        ("review", "tomorrow", "2026-06-02", ""),
    )
    assert items(glossary=terms) == [today]
    assert items(glossary=terms, within=1) == [today, tomorrow]


def test_the_longest_overdue_stands_first_and_what_was_never_read_last(items):
    terms = [{"id": "a-never"}, term("b-late", "2026-01-02"), term("c-later", "2026-01-01")]
    assert [name for _, name, _, _ in items(glossary=terms)] == ["c-later", "b-late", "a-never"]


def test_what_is_a_draft_or_has_ended_is_asked_of_nobody(items):
    terms = [
        term("draft", "2020-01-01", status="draft"),
        term("ended", "2020-01-01", effective_until="2026-05-31"),
        term("last-day", "2020-01-01", effective_until="2026-06-01"),
        term("leaving", "2020-01-01", status="deprecated"),
    ]
    assert [name for _, name, _, _ in items(glossary=terms)] == ["last-day", "leaving"]


def test_an_entry_is_its_own_owners_then_that_of_its_kind_then_nobodys(items):
    terms = [term("own", "2020-01-01", owner="zoe"), term("kind", "2020-01-02")]
    assert [owner for *_, owner in items({"owners": {"glossary": "adam"}}, glossary=terms)] == [
        "zoe",
        "adam",
    ]
    assert [owner for *_, owner in items(glossary=terms)] == ["zoe", ""]


def test_an_initiative_is_its_own_owners_then_that_of_its_objective(items):
    objective = {
        "id": "grow",
        "owner": "zoe",
        "reviewed_on": "2026-05-31",
        "initiatives": [
            {"name": "Hire", "due": "2026-03-01", "owner": "kim"},
            {"name": "Train", "due": "2026-04-01"},
            {"name": "Wait"},
        ],
        "measures": [{"name": "Orders", "as_of": "2026-01-01"}],
    }
    assert items(objectives=[objective]) == [
        ("finish", "grow", "2026-03-01", "kim"),
        ("finish", "grow", "2026-04-01", "zoe"),
        ("measure", "grow", "2026-04-11", "zoe"),
    ]
    assert items(objectives=[objective], owner="kim") == [("finish", "grow", "2026-03-01", "kim")]
    assert items(objectives=[objective], owner="adam") == []


def test_a_field_note_is_to_be_answered_by_the_end_of_its_term(items):
    notes = [
        {"id": "open", "date": "2026-05-01"},
        {"id": "fresh", "date": "2026-05-20"},
        {"id": "done", "date": "2026-05-01", "status": "done"},
    ]
    assert items(field_notes=notes) == [("answer", "open", "2026-05-15", "")]


@pytest.mark.parametrize(
    ("due", "days"), [(date(2026, 6, 3), 2), (TODAY, 0), (date(2026, 5, 30), -2), (None, None)]
)
def test_days_are_left_until_an_item_is_due_and_missing_after(due, days):
    assert Item("review", Key("glossary", "one"), "Lift", due, "").days_left(TODAY) == days
