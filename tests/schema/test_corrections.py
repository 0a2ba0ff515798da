import pytest

from generator.schema.corrections import (
    make_id,
    read_address,
    read_dates,
    read_id,
    read_interval,
    read_language,
    strip_quotes,
)
from generator.schema.vocabulary import is_id


@pytest.mark.parametrize(
    ("text", "meant"),
    [
        ("2026-1-5", ["2026-01-05"]),
        ("5.1.2026", ["2026-01-05"]),
        ("2026-01-05T10:00", ["2026-01-05"]),
        ("13/4/2026", ["2026-04-13"]),
        ("3/4/2026", ["2026-04-03", "2026-03-04"]),
        ("4/4/2026", ["2026-04-04"]),
        ("1 January 2026", ["2026-01-01"]),
        ("Jan 1, 2026", ["2026-01-01"]),
        ("1. März 2026", ["2026-03-01"]),
        ("1 Smarch 2026", []),
        ("2026-02-30", []),
        ("March 2026", []),
        ("soon", []),
    ],
)
def test_the_dates_that_may_have_been_meant(text, meant):
    assert read_dates(text) == meant


@pytest.mark.parametrize(
    ("text", "meant"),
    [("11/2025", ["2025-11"]), ("March 2026", ["2026-03"]), ("13/2025", []), ("Q2 2026", [])],
)
def test_a_month_is_enough_where_the_field_takes_one(text, meant):
    assert read_dates(text, rough=True) == meant


@pytest.mark.parametrize(
    ("text", "meant", "sure"),
    [
        ("90 days", "90d", True),
        ("6 Months", "6m", True),
        ("two weeks", "2w", True),
        ("every 2 years", "2y", True),
        ("quarterly", "90d", False),
        ("every year", "1y", False),
        ("90", "90d", False),
    ],
)
def test_an_interval_is_guessed(text, meant, sure):
    found = read_interval(text)
    assert found is not None
    assert (found.word, found.sure) == (meant, sure)


@pytest.mark.parametrize("text", ["", "0", "0 days", "soon", "12345 days", "1 decade"])
def test_no_interval_is_made_up(text):
    assert read_interval(text) is None


@pytest.mark.parametrize(
    ("text", "code"),
    [("english", "en"), ("Deutsch", "de"), ("EN", "en"), ("pt_br", "pt-BR"), ("Klingon", None)],
)
def test_a_language_goes_by_its_names(text, code):
    found = read_language(text)
    assert (found.word if found else None) == code


@pytest.mark.parametrize(
    ("text", "address"),
    [
        ("www.example.com/a", "https://www.example.com/a"),
        ("a@example.com", "mailto:a@example.com"),
        ("https:/example.com", "https://example.com"),
        ("../secret", None),
        ("javascript:alert(1)", None),
        ("www", None),
    ],
)
def test_an_address_gets_what_it_lacks(text, address):
    found = read_address(text)
    assert (found.word if found else None) == address


@pytest.mark.parametrize(
    ("text", "made"),
    [
        ("Käserei & Co", "kaeserei-and-co"),
        ("Too Expensive!", "too-expensive"),
        ("big_dairies", "big-dairies"),
        ("Łódź", "lodz"),
        ("Señor Ñ", "senor-n"),
        ("a" * 79 + " b", "a" * 79),
        ("中文", ""),
        ("", ""),
    ],
)
def test_an_id_that_is_proposed_is_one(text, made):
    assert make_id(text) == made
    assert is_id(made) or not made
    assert (read_id(text) is None) is (not made)


@pytest.mark.parametrize(
    ("text", "bare"),
    [("“a b”", "a b"), ("„a“", "a"), ("“a” and “b”", "a” and “b"), ("“a", "“a"), ("a", "a")],
)
def test_typographic_quotes_are_taken_away_in_pairs(text, bare):
    assert strip_quotes(text) == bare
