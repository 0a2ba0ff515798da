import pytest

from generator.schema.vocabulary import (
    KINDS,
    Field,
    read_vocabulary,
    schema_folder,
    standard_vocabulary,
)


def field_at(kind: str, path: str) -> Field:
    vocabulary = standard_vocabulary()
    described = vocabulary.header if kind == "header" else vocabulary.kinds[kind]
    first, *rest = path.split(".")
    field = described.fields[first]
    for step in rest:
        field = (field.item or field).fields[step]
    return field


@pytest.mark.parametrize(
    ("kind", "path", "type_name"),
    [
        ("markets", "id", "text"),
        ("markets", "name", "plain"),
        ("markets", "summary", "prose"),
        ("markets", "priority", "enum"),
        ("markets", "reviewed_on", "date"),
        ("markets", "review_every", "interval"),
        ("markets", "owner", "reference"),
        ("markets", "tags", "list"),
        ("markets", "buying", "object"),
        ("markets", "buying.steps", "list"),
        ("proof", "date", "day_or_month"),
        ("stages", "order", "integer"),
        ("objectives", "measures.baseline", "number"),
        ("offerings", "next_offerings.to", "reference"),
        ("header", "allocation.to", "reference"),
    ],
)
def test_the_type_of_a_field_is_what_its_value_means(kind, path, type_name):
    assert field_at(kind, path).type == type_name


def test_there_is_a_kind_for_each_word_of_the_model():
    assert tuple(standard_vocabulary().kinds) == KINDS


@pytest.mark.parametrize(
    ("kind", "singular", "plural", "title_field"),
    [
        ("people", "Person", "People", "name"),
        ("objections", "Objection", "Objections", "says"),
        ("glossary", "Term", "Glossary", "term"),
        ("field_notes", "Field note", "Field notes", "note"),
    ],
)
def test_a_kind_goes_by_the_words_of_its_schema(kind, singular, plural, title_field):
    described = standard_vocabulary().kinds[kind]
    assert (described.title, described.plural, described.title_field) == (
        singular,
        plural,
        title_field,
    )


def test_a_value_has_the_words_a_reader_sees():
    assert field_at("markets", "priority").labels["not_pursued"] == "not pursued"


def test_a_reference_knows_what_it_may_point_at():
    assert field_at("markets", "owner").refers_to == ("people",)
    assert not field_at("markets", "owner").names_kind
    assert set(field_at("header", "allocation.to").refers_to) >= {"markets", "offerings"}
    assert field_at("header", "allocation.to").names_kind
    assert field_at("field_notes", "about").item.refers_to == KINDS


def test_required_fields_and_defaults_come_from_the_schema():
    assert field_at("markets", "name").required
    assert not field_at("markets", "size").required
    assert field_at("header", "max_primary_markets").default == 3


def test_the_words_beside_a_ref_win_over_those_it_leads_to():
    field = field_at("markets", "reviewed_on")
    assert field.title == "Reviewed on"
    assert field.form.startswith("a date written year-month-day")


def test_the_schema_folder_is_there():
    assert (schema_folder() / "strategy.schema.json").is_file()


def test_a_company_has_no_fields_of_its_own_until_it_describes_some():
    assert standard_vocabulary().kinds["markets"].fields["custom"].fields == {}


def test_fields_of_the_companys_own_are_fields_like_any_other():
    described = {
        "type": "object",
        "properties": {
            "region": {
                "title": "Region",
                "description": "Where.",
                "$ref": "common.schema.json#/$defs/plain",
            },
            "since": {"$ref": "#/$defs/day"},
        },
    }
    vocabulary = read_vocabulary(
        {"$defs": {"markets": described, "day": {"type": "string", "format": "date"}}}
    )
    fields = vocabulary.kinds["markets"].fields["custom"].fields
    assert (fields["region"].title, fields["region"].type) == ("Region", "plain")
    assert (fields["since"].title, fields["since"].type) == ("Since", "date")
    assert vocabulary.kinds["personas"].fields["custom"].fields == {}
