import pytest

from generator.diagnosis import field_column, indent_of, quote_scalar
from generator.source import read_source


@pytest.mark.parametrize(
    "text", ["Prices: high", 'Say "no"', r"C:\path", "#1", "it's", "", r"\"", "[a] {b} @c", "é 👩"]
)
def test_a_text_in_quotes_is_read_as_it_was(text):
    read = read_source("a.yaml", f"name: {quote_scalar(text)}\n".encode())
    assert read.problems == ()
    assert read.source.data == {"name": text}


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
