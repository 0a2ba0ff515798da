"""What `schema/custom.yaml` may say, and what is said of its faults, at their lines."""

import pytest

from generator.schema.custom_fields import make_custom_schema, read_own, says_something
from generator.schema.vocabulary import KINDS, standard_vocabulary

GOOD = """\
fields:
  personas:
    wardrobe: {title: Wardrobe, value: text, after: titles, in_lists: yes}
    rating: {title: Rating, value: choice, choices: [high, low], filter: yes, required: yes}
    met: {title: Met, value: date, audience: leadership}
    team: {title: Team, value: reference, refers_to: people, several: yes}
    trips:
      title: Trips
      value: group
      several: yes
      fields:
        where: {title: Where, value: text, required: yes}
        cost: {title: Cost, value: number}
"""


def read(text: str, written_format: int = 2):
    return read_own(text.encode(), written_format)


def test_fields_of_the_companys_own_are_described_without_json_schema():
    own = read(GOOD)
    assert own.description.problems == ()
    fields = own.vocabulary.kinds["personas"].fields
    names = list(fields)
    assert names[names.index("titles") + 1] == "wardrobe"
    assert names.index("rating") < names.index("owner")  # before what every entry may have
    assert (fields["wardrobe"].type, fields["wardrobe"].in_lists) == ("plain", True)
    assert (fields["rating"].labels, fields["rating"].is_filter) == (
        {"high": "high", "low": "low"},
        True,
    )
    assert (fields["met"].type, fields["met"].audience) == ("date", "leadership")
    assert fields["wardrobe"].audience == "internal"
    assert (fields["team"].type, fields["team"].item.refers_to) == ("list", ("people",))
    assert list(fields["trips"].item.fields) == ["where", "cost"]


def test_an_empty_description_describes_nothing():
    for text in ("", "# nothing yet\n", "fields:\nkinds:\n"):
        own = read(text)
        assert own.description.problems == ()
        assert set(own.vocabulary.kinds) == set(KINDS)


FAULTS = [
    ("feilds:\n  people: {}\n", 1, 'Did you mean "fields"?'),
    ("- fields\n", 1, "Write one of them first."),
    ("fields: none\n", 1, "stand the kinds of entry"),
    ("fields:\n  persona:\n    a: {title: A, value: text}\n", 2, 'Did you mean "personas"?'),
    ("fields:\n  people:\n    Shoe size: {title: A, value: text}\n", 3, "lower-case letters"),
    ("fields:\n  people:\n    role: {title: A, value: text}\n", 3, "such as our_role"),
    ("fields:\n  people:\n    custom: {title: A, value: text}\n", 3, "such as our_custom"),
    ("fields:\n  people:\n    a: {value: text}\n", 3, '"title" is missing'),
    ("fields:\n  people:\n    a:\n      title: A\n", 4, '"value" is missing'),
    ("fields:\n  people:\n    a:\n      title: A\n      value: txt\n", 5, "Did you mean"),
    ("fields:\n  people:\n    a:\n      title: A\n      value: choice\n", 5, "choices: [gold"),
    ("fields:\n  people:\n    a:\n      title: A\n      value: reference\n", 5, "refers_to: mark"),
    ("fields:\n  people:\n    a:\n      title: A\n      value: group\n", 5, "the fields of the g"),
    (
        "fields:\n  people:\n    a:\n      title: A\n      value: reference\n      refers_to: market\n",
        6,
        'Did you mean "markets"?',
    ),
    (
        "fields:\n  people:\n    a:\n      title: A\n      value: text\n      choices: [a]\n",
        6,
        "Write value: choice, or delete choices.",
    ),
    (
        "fields:\n  people:\n    a:\n      title: A\n      value: text\n      after: rolle\n",
        6,
        'Did you mean "role"?',
    ),
    (
        "fields:\n  people:\n    a:\n      title: A\n      value: text\n      after: a\n",
        6,
        "Name a field of the same kind",
    ),
    (
        "fields:\n  people:\n    a:\n      title: A\n      value: prose\n      filter: yes\n",
        6,
        "make the field a choice",
    ),
    (
        "fields:\n  objectives:\n    a:\n      title: A\n      value: yes_no\n      filter: yes\n",
        6,
        "Delete this line.",
    ),
    ("fields:\n  people:\n    a:\n      titel: A\n      value: text\n", 4, 'Did you mean "title"?'),
]


@pytest.mark.parametrize(("text", "line", "said"), FAULTS, ids=[row[2] for row in FAULTS])
def test_a_fault_is_told_once_at_its_line(text, line, said):
    problems = read(text).description.problems
    assert len(problems) == 1, [one.title for one in problems]
    assert problems[0].place.line == line
    assert said in f"{problems[0].title} {problems[0].why} {problems[0].fix}"


def test_a_field_with_a_fault_takes_any_value_so_that_nobody_else_is_blamed():
    own = read("fields:\n  people:\n    a: {title: A, value: choice}\n")
    assert len(own.description.problems) == 1
    assert own.vocabulary.schemas["custom.schema.json"]["$defs"]["people"]["properties"]["a"] == {
        "title": "A"
    }


def test_a_field_that_a_later_format_takes_keeps_its_meaning():
    text = "fields:\n  personas:\n    job_to_be_done: {title: Hired for, value: text}\n"
    assert len(read(text, 2).description.problems) == 1
    own = read(text, 1)
    assert own.description.problems == ()
    assert own.vocabulary.kinds["personas"].written["job_to_be_done"].title == "Hired for"


def test_the_schema_for_editors_is_made_from_it_and_says_so():
    own = read(GOOD)
    made = make_custom_schema(own.description)
    assert b"wardrobe" in made
    assert not says_something(made)
    assert says_something(made.replace(b'"$comment"', b'"comment"'))
    assert standard_vocabulary().kinds["personas"].own == {}
