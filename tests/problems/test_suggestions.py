import pytest

from generator.problems.suggestions import find_nearest, suggest
from tests.problems.misspellings import MISSPELT, STRANGERS


@pytest.mark.parametrize(
    ("wanted", "near"),
    [
        ("primry", "primary"),
        ("PRIMARY", "primary"),
        ("not pursued", "not_pursued"),
        ("Not-Pursued", "not_pursued"),
        ("xyz", None),
        ("", None),
    ],
)
def test_the_nearest_known_word_is_offered(wanted, near):
    assert suggest(wanted, ["primary", "secondary", "not_pursued"]) == near


def test_a_word_is_found_by_what_a_reader_sees():
    assert (
        suggest("Too expensive", {"pricey": ["Too expensive"], "slow": ["It takes too long"]})
        == "pricey"
    )


def test_where_nothing_is_known_nothing_is_offered():
    assert suggest("a", []) is None


@pytest.mark.parametrize(
    ("wanted", "known"),
    [
        ("not primary", ["primary"]),
        ("inactive", ["active"]),
        ("unavailable", ["available"]),
        ("pursued", ["not_pursued"]),
    ],
)
def test_the_opposite_is_never_proposed(wanted, known):
    assert suggest(wanted, known) is None


def test_what_was_meant_is_found_however_it_is_misspelt():
    found = [(wanted, suggest(wanted, known)) for known, meant in MISSPELT for wanted in meant]
    assert len(found) > 120
    assert found == [pair for _, meant in MISSPELT for pair in meant.items()]


def test_a_word_that_is_none_of_ours_is_seldom_taken_for_one_and_never_surely():
    found = [
        near
        for known, strangers in STRANGERS
        for wanted in strangers
        if (near := find_nearest(wanted, known))
    ]
    assert len(found) <= 2
    assert not any(near.sure for near in found)
