"""The finder's index in parts: every term is where the finder looks for it, and no part grows with
the playbook.
"""

from __future__ import annotations

import json
from itertools import accumulate, pairwise
from typing import Any

import pytest

from generator.pages.finder.sharded_index import (
    RECORDS,
    Scales,
    write_names,
    write_records,
    write_words,
)
from generator.pages.finder.tokenizer import Terms

BM25 = {"k": 1.2, "b": 0.5, "d": 0.5}
ENGLISH = Terms("en", ["the", "of"])


@pytest.fixture
def read():
    """The files of records given as texts by field; no field given weighs more than another."""

    def write(*records: dict[str, str], names: Any = (), fields: Any = None) -> dict[str, Any]:
        scales = Scales(fields or dict.fromkeys(records[0], 1.0), BM25)
        return dict(write_words(records, scales, names, ENGLISH))

    return write


def find(files: dict[str, Any], term: str) -> dict[int, float]:
    """The records that have a term, with their weights, as `finder-parts.js` reads them."""
    place = files["terms"]["terms"].split(" ").index(term)
    starts = files["terms"]["starts"]
    part = max(number for number, start in enumerate(starts) if start <= place)
    _, *pairs = files[f"words-{part}"]["postings"][place - starts[part]]
    return dict(zip(accumulate(pairs[::2]), pairs[1::2], strict=True))


def test_a_term_leads_to_the_records_that_have_it_and_weighs_more_in_the_shorter(read):
    files = read({"title": "Steam"}, {"title": "Hot water"}, {"title": "Steam at high pressure"})
    steam = find(files, "steam")
    assert list(steam) == [0, 2]
    assert steam[0] > steam[2]
    assert list(find(files, "water")) == [1]


def test_a_word_weighs_what_its_fields_do_and_more_where_it_stands_twice(read):
    files = read(
        {"title": "boilers", "text": "x"},
        {"title": "x", "text": "boiler"},
        {"title": "x", "text": "boiler, boiler"},
        fields={"title": 5, "text": 1},
    )
    boiler = find(files, "boiler")
    assert boiler[0] > boiler[2] > boiler[1]


def test_the_weight_is_that_of_the_formula(read):
    """BM25+ by hand, without the rarity: both records are as long as the mean."""
    files = read({"text": "one"}, {"text": "two"})
    assert find(files, "one") == {0: round(10 * (0.5 + 2.2 / 2.2))}


def test_however_many_records_have_a_word_only_the_weightiest_are_sent(read):
    """Of 3,000 records every tenth has the word in its title: all of these are kept."""
    records = [
        {"title": "price" if n % 10 == 0 else "x", "text": f"price {n}"} for n in range(3000)
    ]
    files = read(*records, fields={"title": 5, "text": 1})
    price = find(files, "price")
    assert len(price) == 2000
    assert set(range(0, 3000, 10)) <= set(price)


def test_parts_are_of_even_size_and_hold_every_term_once(read):
    records = [{"text": " ".join(f"w{n * 7 % 5000}a{m}" for m in range(6))} for n in range(4000)]
    files = read(*records)
    terms, starts = files["terms"]["terms"].split(" "), files["terms"]["starts"]
    parts = [files[f"words-{number}"] for number in range(len(starts))]
    assert len(files) == len(parts) + 1
    assert [len(part["postings"]) for part in parts] == [
        b - a for a, b in pairwise([*starts, len(terms)])
    ]
    assert len(parts) > 3
    assert max(len(json.dumps(part)) for part in parts) < 2 * min(
        len(json.dumps(part)) for part in parts[:-1]
    )
    assert all(find(files, term) for term in terms[:: len(terms) // 50])


def test_terms_stand_in_the_order_of_a_browser(read):
    """JavaScript has U+20000, which it writes as two units, before U+FA0E: a search that halves the
    list relies on it.
    """
    assert read({"text": "\ufa0e \U00020000 a"})["terms"]["terms"] == "a \U00020000 \ufa0e"


def test_a_name_leads_to_the_other_names_of_the_same_thing_by_its_first_term(read):
    files = read(
        {"text": "COP coefficient of performance heat"},
        names=[("Coefficient of performance", "COP", "cop"), ("Heat",)],
    )
    assert files["words-0"]["names"] == {
        "coeffici": [("coeffici perform", ["cop"])],
        "cop": [("cop", ["coeffici perform"])],
    }


def test_a_whole_name_leads_to_all_that_are_called_so_whatever_part_it_stands_in():
    called = [(f"Pump {number:04}", f"p-{number % 700}") for number in range(1400)]
    files = dict(write_names([*called, ("The CFO", "cfo")], ENGLISH))
    starts = files.pop("names")["starts"]
    assert len(files) == len(starts) > 3
    assert max(map(len, files.values())) == 500

    def find(key: str) -> Any:
        part = max(number for number, start in enumerate(starts) if start <= key)
        return files[f"names-{part}"].get(key)

    assert [find("pump 0000"), find("pump 1399"), find("p 3"), find("cfo")] == [
        [0],
        [1399],
        [3, 703],
        [1400],
    ]
    assert find("nobody") is None


def test_records_stand_in_parts_by_their_number():
    files = dict(write_records(list(range(2 * RECORDS + 1))))
    assert {name: content[0] for name, content in files.items()} == {
        "records-0": 0,
        "records-1": RECORDS,
        "records-2": 2 * RECORDS,
    }


def test_nothing_to_find_is_an_index_too(read):
    assert read({"title": "", "text": "!"})["terms"] == {"terms": "", "starts": []}
