import pytest

from generator.syntax.document import read_document

ONE = "- id: one\n  term: One\n  meaning: The first.\n"
TWO = ONE.replace("one", "two").replace("One", "Two")
THREE = ONE.replace("one", "three").replace("One", "Three")
NESTED = (
    "steps:\n  - do: Call.\n    say: Hello.\n  - do: Visit.\n    say: Hello.\n    show: A film.\n"
)


@pytest.mark.parametrize(
    ("text", "line", "lost"),
    [
        (ONE + TWO.replace("- id", "# - id") + THREE, 4, {"two"}),
        (ONE + TWO.replace("- id", "  # - id") + THREE, 4, {"two"}),
        (ONE + "\n# was Adam's:\n" + TWO.replace("- id", "#- id") + THREE, 0, None),
        (ONE + TWO.replace("- id: two\n", "") + THREE, 4, set()),
        (ONE + TWO.replace("- id: two\n", "\n") + THREE, 5, set()),
        (ONE.replace("- id", "# - id") + TWO, 1, None),
        (ONE.replace("- id: one\n", "") + TWO, 1, None),
        (NESTED.replace("  - do: Visit.", "  # - do: Visit."), 4, set()),
        (NESTED.replace("  - do: Call.", "  # - do: Call."), 2, None),
        ("terms:\n" + ONE.replace("- id: one", "# - id: one") + TWO, 2, None),
    ],
)
def test_an_item_without_its_first_line_is_one_problem_where_it_begins(text, line, lost):
    read = read_document("a.yaml", text.encode())
    if not line:
        assert read.problems
        return
    [problem] = read.problems
    assert problem.rule == "lost-first-line"
    assert problem.place.line == line
    assert problem.is_cause
    assert lost is None or read.document.lost_ids == lost


@pytest.mark.parametrize(
    "text",
    [
        ONE + "  term: Uno\n" + TWO,
        ONE + "  # - id: two\n  also: [x]\n" + TWO,
        "# - id: zero\n#   term: Zero\n" + ONE,
        ONE + "# - id: zero\n#   term: Zero\n" + TWO,
        ONE.replace("- id", "-  id"),
    ],
)
def test_a_field_written_twice_and_an_entry_in_comments_are_none(text):
    read = read_document("a.yaml", text.encode())
    assert "lost-first-line" not in {problem.rule for problem in read.problems}
