from dataclasses import FrozenInstanceError, replace
from datetime import date, timedelta

import pytest

from generator.model.dates import Interval, RoughDay
from generator.model.entry import Key
from generator.model.kinds import Person
from generator.model.strategy import Link
from generator.problems.problem import Place
from tests.sample import load_data


@pytest.mark.parametrize(
    ("written", "days"), [("1d", 1), ("90d", 90), ("2w", 14), ("3m", 90), ("1y", 365)]
)
def test_an_interval_has_a_length(written, days):
    assert Interval(written).length == timedelta(days=days)


@pytest.mark.parametrize(
    ("written", "words"),
    [
        ("1d", "1 day"),
        ("90d", "90 days"),
        ("2w", "2 weeks"),
        ("1y", "1 year"),
        ("10m", "10 months"),
    ],
)
def test_an_interval_is_said_in_words(written, words):
    assert Interval(written).words == words


@pytest.mark.parametrize(
    ("written", "first"),
    [("2026", date(2026, 1, 1)), ("2026-03", date(2026, 3, 1)), ("2026-03-31", date(2026, 3, 31))],
)
def test_a_rough_day_begins_on_the_first_day_it_may_mean(written, first):
    assert RoughDay(written).first == first
    assert str(RoughDay(written)) == written
    assert RoughDay(written).toordinal() == first.toordinal()


def test_a_key_reads_as_it_is_written_in_a_link():
    assert str(Key("markets", "dairies")) == "markets/dairies"


def test_where_an_entry_stands_plays_no_part_in_comparing():
    here = Person(id="a", name="b", role="c", place=Place("one.yaml", 1))
    assert here == replace(here, place=Place("two.yaml", 9))
    assert here != replace(here, role="d")


def test_an_entry_cannot_be_changed():
    with pytest.raises(FrozenInstanceError):
        Person(id="a", name="b", role="c").name = "d"  # type: ignore[misc]


def test_a_strategy_finds_its_entries_and_what_connects_them():
    strategy = load_data(
        people=[{"id": "zoe"}, {"id": "adam"}], markets=[{"id": "dairies", "owner": "zoe"}]
    ).strategy
    assert strategy is not None
    zoe, dairies = Key("people", "zoe"), Key("markets", "dairies")
    assert [person.id for person in strategy.of("people")] == ["adam", "zoe"]
    assert strategy.of("plays") == ()
    found = strategy.find(zoe)
    assert found is not None
    assert found.title == "Head of Sales"
    assert strategy.find(Key("people", "nobody")) is None
    assert strategy.find(Key("nothing", "zoe")) is None
    assert {entry.id for entry in strategy} == {"adam", "zoe", "dairies"}
    assert strategy.links_to[zoe] == strategy.links_from[dairies] == (Link(dairies, "owner", zoe),)
    assert zoe not in strategy.links_from


@pytest.mark.parametrize(
    ("kind", "title"),
    [("objections", "It costs too much"), ("glossary", "Lift"), ("proof", "Saved 30% at a dairy")],
)
def test_the_title_of_an_entry_is_the_field_its_kind_is_known_by(kind, title):
    strategy = load_data(**{kind: [{}]}).strategy
    assert strategy is not None
    assert [entry.title for entry in strategy] == [title]
