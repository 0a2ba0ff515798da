import pytest

from generator.syntax.document import read_document
from generator.syntax.lines import (
    apply_changes,
    field_column,
    find_text_end,
    indent_of,
    quote_scalar,
    quote_text,
    shift_lines,
)


@pytest.mark.parametrize(
    "text", ["Prices: high", 'Say "no"', r"C:\path", "#1", "it's", "", r"\"", "[a] {b} @c", "é 👩"]
)
def test_a_text_in_quotes_is_read_as_it_was(text):
    read = read_document("a.yaml", f"name: {quote_scalar(text)}\n".encode())
    assert read.problems == ()
    assert read.document.data == {"name": text}


@pytest.mark.parametrize(
    ("line", "indent", "column"),
    [
        ("name: a", 0, 0),
        ("  name: a", 2, 2),
        ("- id: a", 0, 2),
        ("  - - id: a", 2, 6),
        ("  -   id: a", 2, 6),
        ("", 0, 0),
    ],
)
def test_where_a_line_and_its_first_field_begin(line, indent, column):
    assert (indent_of(line), field_column(line)) == (indent, column)


@pytest.mark.parametrize(
    ("lines", "column", "last"),
    [
        (["name: a", "  b", "role: c"], 6, 1),
        (["name: a", "", "  b"], 6, 2),
        (["- name: a", "  b", "  role: c"], 8, 0),
        (["- a", "  b", "- c"], 2, 1),
        (["name: a", "  role: c"], 6, 0),
        (["name: a", "  # b"], 6, 0),
        (["name: a", "  - b"], 6, 0),
    ],
)
def test_a_text_goes_on_in_the_lines_that_are_indented_further(lines, column, last):
    assert find_text_end(lines, 0, column) == last


@pytest.mark.parametrize(
    ("lines", "column", "quoted"),
    [
        (["name: a: b"], 6, ['name: "a: b"']),
        (["name: a: b # note"], 6, ['name: "a: b" # note']),
        (["name: a #1"], 6, ['name: "a #1"']),
        (['name: say "a', "  and so: c"], 6, ['name: "say \\"a', '  and so: c"']),
        (["- a", "  b"], 2, ['- "a', '  b"']),
    ],
)
def test_a_text_is_put_in_quotes_whole_and_without_its_comment(lines, column, quoted):
    changed = apply_changes(lines, quote_text(lines, 0, column))
    assert [changed.get(number, line) for number, line in enumerate(lines)] == quoted


def test_a_text_with_a_comment_inside_is_not_put_in_quotes():
    assert quote_text(["name: a: b # note", "  and more text"], 0, 6) == ()


def test_lines_are_moved_and_empty_ones_are_not():
    lines = ["  a", "", "b"]
    assert apply_changes(lines, shift_lines(lines, [0, 1, 2], 2)) == {0: "    a", 2: "  b"}
    assert apply_changes(lines, shift_lines(lines, [0, 2], -2)) == {0: "a", 2: "b"}
