import pytest

from generator.checks.wordlist import find_words
from generator.model.header import Words


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ('"Seamless" they say, seamless we do', ["seamless"]),
        ('seamless "heat" seamless', ["seamless", "seamless"]),
        ("`seamless`", []),
        ("seamless, “seamless”", ["seamless"]),
        ('"a"seamless', ["seamless"]),
    ],
)
def test_what_is_quoted_is_somebody_elses(text, found):
    assert list(find_words(text, "vague", "en", Words())) == found


def test_words_of_the_company_are_vague_and_no_empty_phrases():
    own = Words(add=("heatify",))
    assert list(find_words("We heatify.", "vague", "en", own)) == ["heatify"]
    assert list(find_words("We heatify.", "empty", "en", own)) == []


@pytest.mark.parametrize(
    ("word", "text", "found"),
    [
        ("heat*", "Heats heating heat", ["Heats", "heating", "heat"]),
        ("heat", "Heats heating heat", ["heat"]),
        ("heat up", "heat-up and heat   up", ["heat-up", "heat   up"]),
    ],
)
def test_a_star_stands_for_any_ending(word, text, found):
    assert list(find_words(text, "vague", "fi", Words(add=(word,)))) == found


def test_the_longest_of_two_words_is_named():
    own = Words(add=("best", "best in class"))
    assert list(find_words("best in class", "vague", "fi", own)) == ["best in class"]
