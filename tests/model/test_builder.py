from datetime import date

import pytest

from generator.model.builder import build_entry, build_header, find_mentions, parse_key
from generator.model.dates import Interval, RoughDay
from generator.model.entry import Key
from generator.model.kinds import Contact
from generator.problems.problem import Place
from generator.schema.vocabulary import standard_vocabulary
from tests.sample import HEADER

VOCABULARY = standard_vocabulary()
PLACE = Place("a.yaml", 1)


def test_values_become_what_they_mean():
    value = {
        "id": "a",
        "name": "b",
        "role": "c",
        "contact": {"email": "a@example.com"},
        "topics": ["heat"],
        "reviewed_on": "2026-03-31",
        "review_every": "90d",
    }
    person = build_entry(VOCABULARY.kinds["people"], value, PLACE)
    assert (person.reviewed_on, person.review_every) == (date(2026, 3, 31), Interval("90d"))
    assert person.contact == Contact(email="a@example.com")
    assert (person.topics, person.tags, person.audience) == (("heat",), (), "internal")


def test_a_rough_day_keeps_the_form_it_was_written_in():
    value = {"id": "a", "statement": "b", "kind": "metric", "source": "c", "date": "2026-03"}
    assert build_entry(VOCABULARY.kinds["proof"], value, PLACE).date == RoughDay("2026-03")


def test_a_word_of_python_is_no_obstacle_to_a_field():
    value = {**HEADER, "commitments": [{"from": "field", "promise": "We write it down."}]}
    assert build_header(VOCABULARY.header, value, PLACE).commitments[0].from_ == "field"


def test_groups_by_kind_stay_groups():
    value = {**HEADER, "owners": {"markets": "zoe"}, "checks": {"review_every": {"markets": "30d"}}}
    header = build_header(VOCABULARY.header, value, PLACE)
    assert header.owners == {"markets": "zoe"}
    assert header.checks.review_every == {"markets": Interval("30d")}


@pytest.mark.parametrize(
    ("written", "refers_to", "key"),
    [
        ("zoe", ("people",), Key("people", "zoe")),
        ("markets/dairies", ("markets", "offerings"), Key("markets", "dairies")),
        ("markets/dairies", (), Key("markets", "dairies")),
        ("dairies", ("markets", "offerings"), None),
        ("markets/", (), None),
        ("", (), None),
    ],
)
def test_a_reference_names_an_entry_or_nothing(written, refers_to, key):
    assert parse_key(written, refers_to) == key


@pytest.mark.parametrize(
    ("text", "targets"),
    [
        ("[a](entry:markets/dairies)", ["markets/dairies"]),
        ("[a]( entry:markets/dairies )", ["markets/dairies"]),
        ("[a](<entry:markets/dairies>)", ["markets/dairies"]),
        ('[a](entry:markets/dairies "Title")', ["markets/dairies"]),
        ("[a](entry:markets/dairies (Title))", ["markets/dairies"]),
        ("[a](\nentry:markets/dairies)", ["markets/dairies"]),
        ("[a](entry:x/y) and [b](entry:z/w)", ["x/y", "z/w"]),
        ("[a](https://example.com)", []),
        ("entry:markets/dairies", []),
        ("<entry:markets/dairies>", ["markets/dairies"]),
        ("[a](entry&#58;markets/dairies)", ["markets/dairies"]),
        ("| [a](entry:x/y) | [b](entry:z/w) |\n|---|---|\n", ["x/y", "z/w"]),
        ("`[a](entry:markets/dairies)`", []),
    ],
)
def test_a_link_to_an_entry_is_seen_however_markdown_lets_it_be_written(text, targets):
    mentions = find_mentions({"summary": text}, VOCABULARY.kinds["markets"].fields)
    assert [mention.written for mention in mentions] == targets


def test_every_reference_is_found_with_its_route():
    value = {
        "owner": "zoe",
        "markets": ["dairies", "pharma"],
        "next_offerings": [{"to": "care", "why": "See [a](entry:plays/care)."}],
        "one_liner": "plain [b](entry:plays/no)",
        "unknown": ["x"],
    }
    mentions = list(find_mentions(value, VOCABULARY.kinds["offerings"].fields))
    assert [
        (mention.field, mention.route, mention.written, mention.in_text) for mention in mentions
    ] == [
        ("owner", ("owner",), "zoe", False),
        ("markets", ("markets", 0), "dairies", False),
        ("markets", ("markets", 1), "pharma", False),
        ("next_offerings", ("next_offerings", 0, "to"), "care", False),
        ("next_offerings", ("next_offerings", 0, "why"), "plays/care", True),
    ]


@pytest.mark.parametrize(
    "value",
    [
        None,
        "text",
        [],
        {"owner": {"a": "b"}},
        {"markets": "dairies"},
        {"markets": [{}]},
        {"markets": {"a": "b"}},
        {"owner": ["zoe"]},
        {"markets": 5},
    ],
)
def test_values_of_a_wrong_form_hold_no_references(value):
    written = [
        mention.written for mention in find_mentions(value, VOCABULARY.kinds["offerings"].fields)
    ]
    assert written == []
