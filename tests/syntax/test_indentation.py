import pytest

from generator.syntax.document import read_document


def read(text: str):
    return read_document("a.yaml", text.encode())


@pytest.mark.parametrize(
    ("text", "rule", "line", "data"),
    [
        ("-id: a\n  name: b\n", "space-after-dash", 1, [{"id": "a", "name": "b"}]),
        ("-id: a\n name: b\n", "space-after-dash", 1, [{"id": "a", "name": "b"}]),
        ("– id: a\n  name: b\n", "wrong-bullet", 1, [{"id": "a", "name": "b"}]),
        ("also:\n  * a\n  * b\n", "wrong-bullet", 2, {"also": ["a", "b"]}),
        ("also:\n  - a\n  • b\n", "wrong-bullet", 3, {"also": ["a", "b"]}),
        ("strategy\n  format: 1\n", "missing-colon", 1, {"strategy": {"format": "1"}}),
        ("a: >-\n    b\n  c\nd: e\n", "wrong-indentation", 3, {"a": "b c", "d": "e"}),
        ("- a: >-\n  b\n  c\n", "wrong-indentation", 2, [{"a": "b c"}]),
        ("  - a: b\n  c: d\n- a: e\n", "wrong-indentation", 1, [{"a": "b", "c": "d"}, {"a": "e"}]),
        ("  a: b\nc: d\n", "wrong-indentation", 1, {"a": "b", "c": "d"}),
        (
            "- id: a\n  c: d\nid: b\nc: e\n",
            "wrong-indentation",
            3,
            [{"id": "a", "c": "d"}, {"id": "b", "c": "e"}],
        ),
        ("a: b\n  and so: on\nc: d\n", "colon-in-text", 2, {"a": "b and so: on", "c": "d"}),
        ("- a\n  and so: on\n- d\n", "colon-in-text", 2, ["a and so: on", "d"]),
        ("- a\n...\n- b\n", "several-documents", 2, ["a", "b"]),
    ],
)
def test_one_slip_is_one_problem_and_the_rest_is_read_as_it_was_meant(text, rule, line, data):
    result = read(text)
    assert [(problem.rule, problem.place.line) for problem in result.problems] == [(rule, line)]
    assert result.document.data == data


def test_a_bare_word_that_goes_on_with_a_text_lacks_no_colon():
    [problem] = read("- a: heat\n    cool\n      size: 10\n").problems
    assert problem.rule == "wrong-indentation"


@pytest.mark.parametrize(
    ("text", "rule", "line", "data"),
    [
        ("a:\n   - b\n  - c\n  - d\n", "wrong-indentation", 2, {"a": ["b", "c", "d"]}),
        ("x: y\na\n- b\n", "missing-colon", 2, {"x": "y", "a": ["b"]}),
        ("- x: y\n  a\n  - b\n", "missing-colon", 2, [{"x": "y", "a": ["b"]}]),
        ('- x: y\n  a:"[b](c:d)"\n', "space-after-colon", 2, [{"x": "y", "a": "[b](c:d)"}]),
        ("- x: y\n  a = b\n", "missing-colon", 2, [{"x": "y", "a": "b"}]),
    ],
)
def test_what_is_missing_is_said_where_it_is_missing(text, rule, line, data):
    result = read(text)
    assert [(problem.rule, problem.place.line) for problem in result.problems] == [(rule, line)]
    assert result.document.data == data


def test_of_two_slips_on_one_line_the_first_is_said():
    assert [problem.rule for problem in read("- claim:& We do.\n  x: y\n").problems] == [
        "space-after-colon"
    ]
