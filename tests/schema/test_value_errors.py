import pytest

from generator.schema.value_errors import Misfit, describe, tell_limits, tell_value
from generator.schema.vocabulary import Field, standard_vocabulary

MARKET = standard_vocabulary().kinds["markets"].fields
OBJECTION = standard_vocabulary().kinds["objections"].fields


def tell(keyword, limit, value, field, *, is_item=False):
    return tell_value(
        Misfit(keyword, limit, value, field, value if isinstance(value, str) else None, is_item)
    )


def test_a_value_in_typographic_quotes_is_said_to_stand_in_them():
    told = tell("enum", ["primary"], "“primary”", MARKET["priority"])
    assert (told.rule.id, told.replacement) == ("smart-quotes", "primary")


def test_ids_with_commas_are_shown_as_a_list_that_a_machine_may_write():
    told = tell("type", "array", "dairies, breweries", OBJECTION["markets"])
    assert told.fix == "Write it in square brackets: markets: [dairies, breweries]"
    assert told.replacement == "[dairies, breweries]"


PERSONA = standard_vocabulary().kinds["personas"].fields


@pytest.mark.parametrize(
    "row", ["champion / user", "champion und user", "champion、user", "champion & user"]
)
def test_known_values_in_a_row_are_a_list_whatever_stands_between_them(row):
    told = tell("type", "array", row, PERSONA["purchasing_roles"])
    assert (told.replacement, told.sure) == ("[champion, user]", True)
    unknown = tell("type", "array", row.replace("user", "boss"), PERSONA["purchasing_roles"])
    assert unknown.replacement != "[champion, boss]"


def test_values_and_days_are_known_in_other_languages_and_signs():
    told = tell("enum", ["primary"], "Vorrang", MARKET["priority"])
    assert (told.replacement, told.sure) == ("primary", True)
    for written in ("２０２６-０３-１１", "2026年3月11日", "２０２６年３月１１日"):
        told = tell("format", "date", written, MARKET["reviewed_on"])
        assert (told.replacement, told.sure) == ("2026-03-11", True), written


def test_a_sentence_with_a_comma_stays_one_item():
    told = tell("type", "array", "It is too expensive, they say", OBJECTION["also_said"])
    assert told.fix.endswith(": - It is too expensive, they say")
    assert told.replacement is None


def test_braces_around_a_list_are_told_to_be_square():
    assert tell("type", "array", {"dairies": None}, OBJECTION["markets"]).fix.endswith(
        "markets: [dairies]"
    )


def test_the_opposite_of_a_value_is_not_proposed():
    assert tell("enum", ["primary"], "not primary", MARKET["priority"]).fix == "Write one of these."


@pytest.mark.parametrize(
    ("title", "description", "shown"),
    [
        ("Why", "Why not.", "Why not."),
        ("Why", "The reason.", "Why: The reason."),
        ("Two words", "Two of them.", "Two of them."),
    ],
)
def test_a_title_is_not_said_twice(title, description, shown):
    assert describe(Field("a", title, description, "plain")) == shown


def test_a_form_is_told_of_what_has_it():
    assert tell_limits(MARKET["id"]).startswith("An id is lower-case letters")
    assert tell_limits(MARKET["review_every"]).startswith("An interval is a number and")
    assert tell_limits(standard_vocabulary().header.fields["language"]).startswith(
        "Language is a language code"
    )


def test_a_field_that_takes_one_value_only_names_it():
    told = tell("const", "eu", "us", Field("a", "Region", "The region.", "text"))
    assert told.fix == "Only one value may stand here: eu"
