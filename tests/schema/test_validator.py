from datetime import date

import pytest

from generator.problems.fixes import apply_edits
from generator.schema.validator import ShapeChecker, find_schema_fault
from generator.schema.vocabulary import read_vocabulary, standard_vocabulary
from generator.syntax.document import read_document
from tests.sample import REQUIRED, write_strategy


def check(kind: str, text: str):
    """What checking one entry gives; `text` are its fields, at the left edge."""
    document = read_document("a.yaml", text.encode()).document
    vocabulary = standard_vocabulary()
    return ShapeChecker(vocabulary).check(vocabulary.kinds[kind], document, (), document.data)


STAGE = "id: a\nname: b\nbuyer_step: c\nexit_criteria: [d]\n"


@pytest.mark.parametrize(
    ("kind", "text", "name", "value"),
    [
        ("stages", STAGE + "order: 3", "order", 3),
        ("stages", STAGE + 'order: "3"', "order", 3),
        ("stages", STAGE + "order: 3\nprobability: 12.5", "probability", 12.5),
        ("people", "id: a\nname: 007\nrole: no", "name", "007"),
        ("people", "id: a\nname: 007\nrole: no", "role", "no"),
        ("people", "id: 12\nname: b\nrole: c", "id", "12"),
        ("people", "id: a\nname: '  b '\nrole: c", "name", "b"),
        ("people", "id: a\nname: >\n  b\n  c\nrole: d", "name", "b c"),
        ("people", "id: a\nname: b\nrole: c\nreviewed_on: 2026-03-31", "reviewed_on", "2026-03-31"),
    ],
)
def test_a_value_is_read_as_its_field_means_it(kind, text, name, value):
    shape = check(kind, text)
    assert shape.problems == ()
    assert shape.value[name] == value


def test_a_field_left_empty_counts_as_not_written():
    shape = check("people", "id: a\nname: b\nrole: c\ncontact:\ntopics: ~")
    assert shape.sound
    assert set(shape.value) == {"id", "name", "role"}
    [problem] = shape.problems
    assert problem.title == 'nothing stands behind "contact:"'
    assert problem.severity == "warning"


@pytest.mark.parametrize(
    ("kind", "text", "name"),
    [
        ("people", "id: a\nname: b\nrole: c\nphone:", "phone"),
        ("people", "id: a\nname: b\nrole: c\ncontact: {email: a@b.example, fax}", "fax"),
        ("people", "id: a\nname: b\nrole: c\ncontact:\n  pager:", "pager"),
        ("people", "id: a\nname: b\nrole: c\ncustom:\n  shoe_size:", "shoe_size"),
        (
            "objectives",
            "id: a\nname: b\nperspective: financial\nmeasures:\n  - name: c\n    aim:",
            "aim",
        ),
    ],
)
def test_a_name_that_nobody_knows_is_said_without_a_value_too(kind, text, name):
    shape = check(kind, text)
    assert not shape.sound
    [problem] = shape.problems
    assert problem.rule == "unknown-field"
    assert f'"{name}"' in problem.title


@pytest.mark.parametrize(
    ("written", "meant"),
    [
        (
            "{name: Money, question: Who signs, who pays?}",
            '{name: Money, question: "Who signs, who pays?"}',
        ),
        ("{question: Who, when, why, name: Money}", '{question: "Who, when, why", name: Money}'),
        ("{name: Money and time, both: now, letter: M}", None),
        (
            "{name: Money, question: Who signs, a person: which}",
            '{name: Money, question: "Who signs, a person: which"}',
        ),
    ],
)
def test_a_text_that_a_comma_cuts_in_two_is_put_in_quotes(written, meant):
    text = f"id: a\nmethod: b\nelements:\n  - {written}"
    shape = check("qualification", text)
    [problem] = shape.problems
    assert (problem.rule == "comma-in-text") == (meant is not None)
    if meant:
        mended = apply_edits(text, problem.edits)
        assert mended == f"id: a\nmethod: b\nelements:\n  - {meant}"
        assert check("qualification", mended).problems == ()


def test_an_empty_item_is_said_where_its_dash_stands():
    shape = check("people", "id: a\nname: b\nrole: c\ntopics:\n  - heat\n  -\n  - cold")
    [problem] = shape.problems
    assert problem.title == "an item of Topics is empty"
    assert problem.place.line == 6


def test_behind_an_empty_item_the_others_keep_their_lines():
    shape = check("people", "id: a\nname: b\nrole: c\nformer_ids:\n  -\n  - Not an id")
    assert {(problem.rule, problem.place.line) for problem in shape.problems} == {
        ("empty-item", 5),
        ("wrong-form", 6),
    }


@pytest.mark.parametrize("kind", REQUIRED)
def test_the_smallest_entry_of_each_kind_passes(kind, load):
    assert load({"strategy.yaml": write_strategy(**{kind: [{}]})}).problems == ()


@pytest.mark.parametrize(
    ("kind", "field", "text"),
    [
        ("people", "review_every", "90d"),
        ("people", "reviewed_on", "2026-03-31"),
        ("proof", "date", "2026-03"),
        ("people", "owner", "one"),
    ],
)
def test_a_value_in_a_text_block_loses_its_line_end_or_is_said_to_be_wrong(kind, field, text):
    required = "".join(
        f"{name}: {value}\n" for name, value in REQUIRED[kind].items() if name != field
    )
    shape = check(kind, f"id: a\n{required}{field}: |\n  {text}\n")
    assert shape.problems or shape.value[field] == text


@pytest.mark.parametrize(
    "written", ["0000-01-01", "2026-02-30", "2025-02-29", "2026-13-01", "20260331", "2026-W10-1"]
)
def test_a_day_that_the_calendar_does_not_know_is_said(written):
    [problem] = check("people", f"id: a\nname: b\nrole: c\nreviewed_on: {written}").problems
    assert problem.rule == "wrong-date"
    assert written in problem.title


@pytest.mark.parametrize("written", ["2026-02-31", "2025-02-29", "2026-04-31", "0000", "0000-05"])
def test_a_rough_day_that_the_calendar_does_not_know_is_said(written):
    [problem] = check(
        "proof", f"id: a\nstatement: b\nkind: metric\nsource: c\ndate: {written}"
    ).problems
    assert problem.rule == "wrong-date"
    assert written in problem.title


@pytest.mark.parametrize("digits", [15, 16, 40, 400])
def test_a_figure_of_any_length_is_a_finite_number_or_a_problem(digits):
    text = (
        "id: a\nname: b\nperspective: financial\nmeasures: [{name: c, baseline: "
        + "9" * digits
        + "}]"
    )
    shape = check("objectives", text)
    assert shape.problems or shape.value["measures"][0]["baseline"] < float("inf")


def test_a_figure_too_long_to_show_makes_no_message_too_long_to_read():
    [problem] = check("stages", STAGE + "order: " + "1" * 5000).problems
    assert len(problem.title + problem.why + problem.fix) < 600


@pytest.mark.parametrize(
    ("schema", "part"),
    [({"type": 7}, "7"), ({"$defs": []}, "[]"), ({"properties": {"a": {"pattern": "("}}}, "(")],
)
def test_a_faulty_schema_is_said_in_one_line(schema, part):
    fault = find_schema_fault(schema)
    assert fault is not None
    assert part in fault
    assert "\n" not in fault


def test_a_sound_schema_has_no_fault():
    assert find_schema_fault({"$defs": {"markets": {"type": "object"}}}) is None


def test_today_as_people_write_it_passes():
    assert (
        check("people", f"id: a\nname: b\nrole: c\nreviewed_on: {date(2026, 2, 28)}").problems == ()
    )


def test_a_pattern_of_the_companys_own_cannot_keep_anybody_waiting():
    fields = {"tier": {"type": "string", "title": "Tier", "pattern": "^(a+)+$"}}
    vocabulary = read_vocabulary({"$defs": {"people": {"type": "object", "properties": fields}}})
    document = read_document(
        "a.yaml", f"id: a\nname: b\nrole: c\ncustom:\n  tier: {'a' * 60}b\n".encode()
    ).document
    shape = ShapeChecker(vocabulary).check(vocabulary.kinds["people"], document, (), document.data)
    assert [problem.rule for problem in shape.problems] == ["wrong-form"]


@pytest.mark.parametrize(
    ("schema", "fault"),
    [
        (
            {"$defs": {"people": {"$ref": "#/$defs/people"}}},
            "one of its references leads to itself",
        ),
        (
            {"$defs": {"people": {"patternProperties": {"a": {}}}}},
            "it has patternProperties; name each field under properties",
        ),
    ],
)
def test_a_schema_that_cannot_be_used_is_told_why(schema, fault):
    assert find_schema_fault(schema) == fault


@pytest.mark.parametrize(("written", "read"), [("1", 1), ("2.5", 2.5), ("true", True), ("x", "x")])
def test_the_values_of_an_own_enum_may_be_no_text(written, read):
    fields = {"tier": {"title": "Tier", "enum": [1, 2.5, True, "x"]}}
    vocabulary = read_vocabulary({"$defs": {"people": {"type": "object", "properties": fields}}})
    document = read_document(
        "a.yaml", f"id: a\nname: b\nrole: c\ncustom:\n  tier: {written}\n".encode()
    ).document
    shape = ShapeChecker(vocabulary).check(vocabulary.kinds["people"], document, (), document.data)
    assert shape.sound
    assert shape.value["custom"]["tier"] == read
