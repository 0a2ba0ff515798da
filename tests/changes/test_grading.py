"""What a change weighs where it comes from a slip, from another spelling or from another language."""

import pytest

from generator.changes.grading import factor_between, is_translated, list_figures

GERMAN = "wir messen vier wochen bevor wir ein angebot machen"
ENGLISH = "our people measure your plant before they make offers"


@pytest.mark.parametrize(
    ("old", "new", "factor"),
    [
        (1.5, 1500, 1000),
        (1500, 1.5, -1000),
        (0.5, 50, 100),
        (50, 0.5, -100),
        (-2, -2000, 1000),
        # somebody rounded besides, by a tenth at most
        (1, 900, 1000),
        (1, 1100, 1000),
        (1, 899, 0),
        (1, 1101, 0),
        (1, 89, 0),
        (1, 111, 0),
        # other figures
        (10, 100, 0),
        (0, 1000, 0),
        (1000, 0, 0),
        (-1, 1000, 0),
        (1, -1000, 0),
    ],
)
def test_a_mark_of_thousands_that_was_misread_is_known_by_its_factor(old, new, factor):
    assert factor_between(old, new) == factor


@pytest.mark.parametrize(
    ("text", "figures"),
    [
        ("418,900 and 418.900, 418 900 and 418'900", ["418900"] * 4),
        ("8,5 is 8.50", ["8.5"] * 2),
        ("8.00 is 8", ["8"] * 2),
        ("1.234,56 is 1,234.56", ["1234.56"] * 2),
        ("at 12:30, 0.125 of 1.2.3,45", ["0.125", "1.2.3,45", "12:30"]),
        ("no figure", []),
    ],
)
def test_a_figure_is_the_same_in_each_spelling(text, figures):
    assert list_figures(text) == figures


@pytest.mark.parametrize(
    ("old", "new", "translated"),
    [
        (GERMAN, ENGLISH, True),
        (ENGLISH, "their engineers measure your plant before they make offers", False),
        # a word in eight may be in both languages, one in seven may not
        ("in aa bb cc dd ee ff gg", "in hh ii kk ll mm nn oo", True),
        ("in aa bb cc dd ee ff", "in hh ii kk ll mm nn", False),
        ("in aa bb cc dd ee ff", "in hh ii kk ll mm nn oo", False),
        # six words tell a language, five do not, however many the other text has
        ("aa bb cc dd ee ff", "gg hh ii kk ll mm", True),
        ("aaa bbb ccc ddd eee", "gg hh ii kk ll mm", False),
        # of a text more than twice as long, part is new
        ("aa bb cc dd ee ff", "gggg hhhh iiii kkkk llll mmmm nnnn", True),
        ("aa bb cc dd ee ff", "gggg hhhh iiii kkkk llll mmmm nnnnn", False),
        ("gggg hhhh iiii kkkk llll mmmm nnnnn", "aa bb cc dd ee ff", False),
        # few words, in letters of another kind
        ("Heat pump", "ヒートポンプ", True),
        ("ヒートポンプ", "Heat pump", True),
        ("Heat pump", "ヒートポン", False),
        ("Heat pump", "Wärmepumpe", False),
        ("Pumpen 熱源水温", "Hot water", False),
    ],
)
def test_a_text_is_the_other_one_in_another_language(old, new, translated):
    assert is_translated(old, new) == translated


@pytest.mark.parametrize(
    ("kind", "field", "old", "new"),
    [
        ("field_notes", "audience", "internal", "public"),
        ("field_notes", "effective_until", "2026-07-01", "2026-08-01"),
        ("assets", "audience", "internal", "public"),
    ],
)
def test_who_reads_an_entry_and_when_weighs_most_even_where_its_words_weigh_little(
    changes, kind, field, old, new
):
    assert changes(kind, [{field: old}], [{field: new}]) == [("changed", "one", field, "material")]
