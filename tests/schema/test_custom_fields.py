import json

import pytest

from generator.schema.custom_fields import open_vocabulary, read_custom_schema

FIELDS = {"type": "object", "properties": {"tier": {"type": "string", "title": "Tier"}}}


def test_the_fields_of_a_company_are_known():
    vocabulary, problem = read_custom_schema(json.dumps({"$defs": {"people": FIELDS}}).encode())
    assert problem is None
    assert list(vocabulary.kinds["people"].fields["custom"].fields) == ["tier"]


@pytest.mark.parametrize(
    ("raw", "fault", "place"),
    [
        (b'{"a": 1 "b": 2}', "a comma or a closing bracket is missing before this", (1, 9)),
        (b'{"a" 1}', "a colon is missing before this", (1, 6)),
        (b'{\n"a": 1,\n}', "behind the last item stands no comma", (2, 7)),
        (b'{"a": }', "a value is missing here", (1, 7)),
        (b"{} x", "the schema ends before this", (1, 4)),
        (b'{"a": "b', "a quote is opened here and never closed", (1, 7)),
        (b"[]", "it must be an object", (1, 1)),
        (b"[" * 100_000, "it is nested too deeply", (1, 1)),
    ],
)
def test_faulty_json_is_said_in_plain_words(raw, fault, place):
    vocabulary, problem = read_custom_schema(raw)
    assert problem is not None
    assert problem.rule == "custom-schema"
    assert fault in problem.title
    assert problem.place.line == place[0] or fault.startswith("behind")
    assert vocabulary.kinds["people"].fields["custom"].type == "text"


@pytest.mark.parametrize(
    ("schema", "fault"),
    [
        (
            '{"$defs": {"markets": {"properties": {"\\ud800": {"type": "string"}}}}}',
            "a part of it has the wrong form",
        ),
        ('{"\\udc00": 1}', "a part of it has the wrong form"),
        ('{"properties": {"a": {"pattern": "(?<=a+)b"}}}', "'(?<=a+)b' is not a 'regex'"),
        ('{"default": ' + "[" * 400 + "]" * 400 + "}", "a part of it has the wrong form"),
        (
            '{"properties": {"a": ' * 400 + "{}" + "}}" * 400,
            "a part of it has the wrong form",
        ),
        ('{"$defs": {"markets": {"properties": {"a": {"minimum": NaN}}}}}', "null is not of type"),
        ('{"properties": {"a": {"type": "txt"}}}', "'txt' is not valid"),
        ('{"$ref": "http://[bad"}', "it refers to http://[bad, which is not there"),
    ],
    ids=[
        "surrogate in a field",
        "surrogate",
        "pattern",
        "deep list",
        "deep schema",
        "no number",
        "no type",
        "no reference",
    ],
)
def test_a_schema_that_cannot_be_used_is_told_and_any_field_may_stand(schema, fault):
    vocabulary, problem = read_custom_schema(schema.encode())
    assert problem is not None
    assert fault in problem.title
    assert vocabulary.kinds["people"].fields["custom"].type == "text"


def test_a_schema_in_another_encoding_is_told_so():
    assert read_custom_schema("{ä}".encode("latin-1"))[1].rule == "not-utf-8"


def test_of_fields_nothing_is_known_about_any_may_stand():
    assert open_vocabulary().schemas["custom.schema.json"]["$defs"]["people"] == {}
