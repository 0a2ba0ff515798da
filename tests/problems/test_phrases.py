import pytest

from generator.problems.phrases import shorten, with_article


@pytest.mark.parametrize(
    ("text", "shown"), [("abc", "abc"), ("abcde", "abcde"), ("abcdef", "abcd…")]
)
def test_a_long_text_is_cut_where_it_is_quoted(text, shown):
    assert shorten(text, 5) == shown


@pytest.mark.parametrize(("noun", "shown"), [("objection", "an objection"), ("market", "a market")])
def test_the_article_fits_the_word(noun, shown):
    assert with_article(noun) == shown
