import json
import re
from datetime import date, timedelta

import pytest

from generator.commands.authoring.agenda_text import (
    FORMATS,
    tell_json,
    tell_markdown,
    tell_text,
    write_issues,
)
from generator.model.insights.agenda import list_items
from tests.sample import load_data

TODAY = date(2026, 11, 22)


@pytest.fixture
def strategy():
    return load_data(
        {"owners": {"glossary": "zoe", "field_notes": "zoe"}},
        people=[
            {"id": "zoe", "name": "Zoe @all", "reviewed_on": "2026-11-01"},
            {"id": "adam", "reviewed_on": "2026-11-01"},
        ],
        glossary=[
            {"id": "late", "term": "*Late* @here", "reviewed_on": "2025-01-01"},
            {"id": "soon", "reviewed_on": "2026-09-01", "review_every": "90d"},
            {"id": "later", "reviewed_on": "2026-11-01"},
            {"id": "gone", "reviewed_on": "2020-01-01", "effective_until": "2026-01-01"},
            {"id": "draft", "status": "draft"},
        ],
        markets=[{"id": "never"}],
        objectives=[
            {
                "reviewed_on": "2026-11-01",
                "owner": "adam",
                "initiatives": [
                    {"name": "Hire", "due": "2026-10-31", "owner": "zoe"},
                    {"name": "Done", "due": "2026-01-01", "status": "done"},
                ],
                "measures": [
                    {"name": "Orders", "as_of": "2026-01-31"},
                    {"name": "New", "as_of": "2026-11-01"},
                ],
            }
        ],
        field_notes=[{"id": "old", "date": "2026-10-01"}, {"id": "new", "date": "2026-11-20"}],
    ).strategy


def ids(items):
    return [(item.work, item.key.id, item.owner) for item in items]


def test_what_is_late_comes_first_and_what_nobody_ever_read_last(strategy):
    assert ids(list_items(strategy, TODAY, timedelta(0))) == [
        ("review", "late", "zoe"),
        ("measure", "one", "adam"),
        ("answer", "old", "zoe"),
        ("finish", "one", "zoe"),
        ("review", "never", ""),
    ]


def test_what_comes_soon_counts_where_one_asks_for_it(strategy):
    assert ("review", "soon", "zoe") in ids(list_items(strategy, TODAY, timedelta(days=14)))
    assert ids(list_items(strategy, TODAY, timedelta(days=30), "adam")) == [
        ("measure", "one", "adam")
    ]


def test_a_stretch_beyond_the_calendar_is_all_the_time_there_is(strategy):
    assert len(list_items(strategy, TODAY, timedelta(days=9_999_999))) >= 8


def test_the_text_has_a_heading_for_each_owner_and_nobody_last(strategy):
    text = tell_text(list_items(strategy, TODAY, timedelta(0)), strategy, TODAY)
    assert text.index("Zoe @all (3 items)") < text.index("Nobody stands behind these (1 item)")
    assert "days overdue" in text
    assert "never reviewed" in text
    assert "playbook verify" in text
    assert "written into it, as owner: and the id of one of your people" in text


def test_markdown_calls_nobody_and_holds_no_markup_of_an_author(strategy):
    text = tell_markdown(list_items(strategy, TODAY, timedelta(0)), strategy, TODAY)
    assert not re.search(r"@\w", text)
    assert "*Late*" not in text
    assert "&#42;Late&#42; @&#8203;here (" in text


def test_json_says_it_for_machines(strategy):
    told = json.loads(tell_json(list_items(strategy, TODAY, timedelta(0)), strategy, TODAY))
    assert told["as_of"] == "2026-11-22"
    assert told["items"][-1] == {
        "work": "review",
        "kind": "markets",
        "id": "never",
        "title": "Dairies",
        "owner": None,
        "due": None,
        "days_left": None,
    }


@pytest.mark.parametrize("form", FORMATS)
def test_nothing_to_do_is_said_too(strategy, form):
    assert FORMATS[form]([], strategy, TODAY)


def test_each_owner_gets_an_issue_that_calls_nobody_else():
    loaded = load_data(
        {"owners": {"markets": "zoe"}},
        people=[
            {
                "id": "zoe",
                "name": "Zoe Ring",
                "accounts": ["zoe", "@sales/leads"],
                "reviewed_on": "2026-05-20",
            },
            {"id": "adam", "reviewed_on": "2026-05-20"},
        ],
        markets=[
            {"id": "a", "name": "Dairies @all", "reviewed_on": "2025-01-01"},
            {"id": "b", "reviewed_on": "2026-05-30"},
        ],
        plays=[{"owner": "adam"}],
        stages=[{}],
    )
    assert loaded.strategy is not None
    items = list_items(loaded.strategy, date(2026, 6, 1), timedelta(0))
    issues = dict(write_issues(items, loaded.strategy, date(2026, 6, 1)))
    assert set(issues) == {"zoe", "adam", "nobody"}
    assert issues["zoe"].startswith("To look at again: Zoe Ring\n\n@zoe @sales/leads\n")
    assert issues["zoe"].count("- [ ] ") == 1
    assert "Dairies @&#8203;all" in issues["zoe"]
