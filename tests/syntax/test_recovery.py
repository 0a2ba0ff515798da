import pytest

from generator.syntax.document import read_document


def read(text: str):
    return read_document("a.yaml", text.encode())


def explain(line: str):
    """The one problem of an entry with this line in it; the entry behind it must still be there."""
    result = read(f"- id: a\n  name: first\n{line}\n- id: b\n  name: second\n")
    [problem] = result.problems
    return problem


@pytest.mark.parametrize(
    ("line", "rule", "column", "fix"),
    [
        ("\trole: b", "tab-indentation", 1, "Replace the tab by spaces"),
        (r'  role: "C:\path"', "backslash-in-quotes", 11, "Use single quotes around the value"),
        ("  role: Prices: too high", "colon-in-text", 15, 'role: "Prices: too high"'),
        ('  role: Say: "no"', "colon-in-text", 12, r'role: "Say: \"no\""'),
        ("  role: “Prices: high”", "smart-quotes", 9, "straight double quotes"),
        ("  role:boss", "space-after-colon", 7, "Write role: boss"),
        ("-role: b", "space-after-dash", 1, "Write - role: b"),
        ("  role: @acme", "special-start", 9, "double quotes"),
        ("  role: %50", "special-start", 9, "double quotes"),
        ("  role: `code`", "special-start", 9, "double quotes"),
        ("  role: *bold* words", "special-start", 9, "double quotes"),
        ("  role: | words", "text-after-bar", 9, "Begin the text on the next line"),
        ("  role: > 30% saved", "text-after-bar", 9, "Begin the text on the next line"),
        ('  role: "Head" of sales', "text-after-quote", 16, "role: '\"Head\" of sales'"),
        ("  role: [draft", "open-bracket", 9, "double quotes"),
        ("  role: {draft", "open-bracket", 9, "double quotes"),
        ("    role: b", "wrong-indentation", 1, "start after 2 spaces; it starts after 4 spaces"),
        ("  role", "missing-colon", 3, "add what is missing"),
    ],
)
def test_a_slip_is_said_in_the_authors_words(line, rule, column, fix):
    problem = explain(line)
    assert (problem.rule, problem.place.line, problem.place.column) == (rule, 3, column)
    assert fix in problem.fix
    assert (3, line) in problem.excerpt


@pytest.mark.parametrize("mark", ['"', "'"])
def test_a_quote_that_is_never_closed_is_found_where_it_opens(mark):
    problem = explain(f"  role: {mark}Head of sales")
    assert (problem.rule, problem.place.line, problem.place.column) == ("open-quote", 3, 9)
    assert f"Close the value with {mark}" in problem.fix


@pytest.mark.parametrize(
    "value", ["[Draft] Acme", "{{company}} rocks", "[a](https://example.com) and more"]
)
def test_text_that_begins_with_a_bracket_is_not_called_badly_indented(value):
    problem = explain(f"  role: {value}")
    assert problem.rule != "wrong-indentation"
    assert "double quotes" in problem.fix


def test_text_that_begins_with_a_dash_is_not_called_badly_indented():
    problem = explain("  role: - leads sales")
    assert problem.rule != "wrong-indentation"
    assert "without the dash" in problem.fix


@pytest.mark.parametrize(
    ("text", "column"),
    [
        ("- id: a\n   name: b\n", "3"),
        ("people:\n  - id: a\n   name: b\n", "5"),
        ("- id: a\n name: b\n", "3"),
    ],
)
def test_a_field_out_of_line_with_its_entry_is_told_the_column_of_that_entrys_fields(text, column):
    [problem] = read(text).problems
    spaces = f"{int(column) - 1} spaces"
    assert problem.rule == "wrong-indentation"
    assert f"({column})" in problem.fix or f"start after {spaces};" in problem.fix


@pytest.mark.parametrize(
    "message_of",
    [
        "- id: a\n  name: 'it's fine'\n",
        "- id: a\n  name: [x\n",
        "a: b: c\n",
        "\tx\n",
        "- id: a\n   name: b\n",
        "{",
        '"',
    ],
)
def test_no_message_speaks_of_the_parser(message_of):
    for problem in read(message_of).problems:
        words = f"{problem.title} {problem.why} {problem.fix}".lower()
        for inner in (
            "token",
            "scalar",
            "mapping",
            "sequence",
            "node",
            "parser",
            "context",
            "traceback",
        ):
            assert inner not in words


def test_an_apostrophe_in_single_quotes_is_told_how_to_be_written():
    problem = explain("  role: 'the boss's friend'")
    assert problem.place.line == 3
    assert "''" in problem.fix or "double quotes" in problem.fix


@pytest.mark.parametrize("count", [1, 5, 24])
def test_every_slip_of_a_file_is_said_in_one_go(count):
    text = "".join(f"- id: e{number}\n  name: Prices: high\n" for number in range(count))
    result = read(text + "- id: last\n  name: fine\n")
    assert len(result.problems) == count
    assert [entry["name"] for entry in result.document.data] == [*["Prices: high"] * count, "fine"]


def test_of_a_file_with_very_many_slips_the_rest_is_counted():
    text = "".join(f"- id: e{number}\n  name: Prices: high\n" for number in range(40))
    *slips, last = read(text).problems
    assert len(slips) == 25
    assert last.title == "reading ends here, after 25 slips"
    assert last.why == "30 more lines below were not looked at."


def test_the_ids_of_entries_in_lost_lines_are_known():
    result = read('people:\n  - id: a\n    name: "G:\\heat"\n  - id: b\n    name: c\n')
    assert result.document.lost_ids == {"a"}
    assert result.document.data == {"people": [{"id": "b", "name": "c"}]}


def test_a_slip_in_the_header_leaves_the_entries_below_it():
    result = read("strategy:\n  company: A: B\n  version: 1\npeople:\n  - id: a\n")
    assert result.document.data["people"] == [{"id": "a"}]
    assert [problem.rule for problem in result.problems] == ["colon-in-text"]
