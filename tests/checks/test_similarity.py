import pytest

from generator.checks.similarity import find_twins


def test_each_text_is_told_with_the_first_of_its_twins():
    texts = ["We heat with waste heat", "A", "We heat with waste heat", "We heat with waste heat"]
    assert list(find_twins(texts, 85)) == [(0, 2), (0, 3)]


def test_the_more_alike_of_two_is_the_twin():
    texts = [
        "We measure your plant before we quote",
        "We measure your plants before we quote you",
        "Before we quote we measure your plant",
    ]
    assert list(find_twins(texts, 80))[-1] == (0, 2)


@pytest.mark.parametrize(("least", "alike"), [(92, True), (99, False)])
def test_how_alike_is_alike_is_for_the_company_to_say(least, alike):
    texts = ["We measure your plant before we quote", "We measured your plant before we quoted"]
    assert bool(list(find_twins(texts, least))) == alike


@pytest.mark.parametrize(
    ("one", "other", "alike"),
    [
        ("Price today here", "Today here price", False),
        ("Price here today now", "Now today here price", True),
        ("Price today here", "Price today here now", False),
        ("Price", "price!", True),
        ("...", "!!!", False),
        ("Ready within 2 of 3 days", "Ready within 3 of 2 days", True),
        ("Ready within 2 of 3 days", "Ready within 2 of 4 days", False),
    ],
)
def test_short_texts_and_figures_are_alike_only_where_they_say_the_same(one, other, alike):
    assert bool(list(find_twins([one, other], 80))) == alike


def test_texts_that_share_half_of_their_words_are_found():
    texts = ["alpha beta gamma delta heat pump", "alpha beta gamma delta heat pumps"]
    filler = [f"heat pump number word{n} other{n} more{n}" for n in range(40)]
    assert (0, 41) in list(find_twins([texts[0], *filler, texts[1]], 90))


def test_what_is_the_same_is_alike_however_strict_one_is():
    assert list(find_twins(["We measure", "We measure"], 100)) == [(0, 1)]
