import pytest

from generator.problems.fixes import apply_edits
from generator.syntax.document import read_document

ABOVE = "- id: mill\n  name: Mill\n"
REST = "  goal: Dry board.\n  owner: zoe\n"
BELOW = "- id: port\n  name: Port\n  goal: Warm water.\n  owner: adam\n"
PASTED = "- id: farm\n  name: Farm\n  goal: Dry hay.\n"


@pytest.mark.parametrize(
    ("pasted", "line"),
    [
        (PASTED, 6),
        (PASTED + "  owner: eve\n\n", 8),
        (PASTED.replace("Dry hay.", ">-\n    Dry\n\n    hay."), 9),
    ],
)
def test_an_entry_pasted_into_another_is_one_problem_and_both_are_read(pasted, line):
    text = ABOVE + pasted + REST + BELOW
    read = read_document("a.yaml", text.encode())
    [problem] = read.problems
    assert (problem.rule, problem.place.line, problem.related[0].place.line) == (
        "duplicate-key",
        line,
        3,
    )
    assert problem.title.startswith('"goal" and "owner" may belong to "mill", into the middle of')
    assert 'Move "farm", lines 3 to ' in problem.fix
    mended = read_document("a.yaml", apply_edits(text, problem.proposed).encode())
    assert mended.problems == ()
    assert mended.document.data == read.document.data
    assert read.document.data[0]["owner"] == "zoe"


@pytest.mark.parametrize(
    "text",
    [
        ABOVE + REST + PASTED + "  goal: Hay.\n" + BELOW,  # the one above is whole
        ABOVE + PASTED + "  id: x\n" + BELOW,
        f"- {{id: a, name: A}}\n- {{id: b, goal: x, goal: y}}\n{BELOW}",
        "- do: Call.\n- do: Visit.\n  say: Hello.\n  say: Good day.\n",
        PASTED + "  goal: Hay.\n",
    ],
)
def test_a_field_that_is_merely_written_twice_is_told_as_that(text):
    problem = read_document("a.yaml", text.encode()).problems[0]
    assert problem.title.endswith("is written twice in the same entry")
