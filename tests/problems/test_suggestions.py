import pytest

from generator.problems.suggestions import suggest


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
