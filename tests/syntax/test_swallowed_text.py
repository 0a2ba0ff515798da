import pytest

from generator.syntax.document import read_document
from generator.syntax.swallowed_text import may_lose


@pytest.mark.parametrize(
    ("text", "may"), [("a: b", False), ("a: b#c", False), ("a: #b", True), ('a: "b"#c', True)]
)
def test_only_text_with_a_hash_behind_a_space_or_a_mark_is_looked_at(text, may):
    assert may_lose(text) is may


@pytest.mark.parametrize(
    ("text", "fix"),
    [
        ("chat: #ask\n", 'chat: "#ask"'),
        ("also:\n  - #1 in milk\n", '- "#1 in milk"'),
        ("also:\n  - 'price'#or trust\n", '- "price#or trust"'),
        ("says: we are #1\n", 'says: "we are #1"'),
    ],
)
def test_the_form_that_keeps_the_text_is_shown(text, fix):
    [problem] = read_document("a.yaml", text.encode()).problems
    assert problem.rule == "lost-behind-hash"
    assert fix in problem.fix


@pytest.mark.parametrize(
    ("text", "offered"), [("chat: #ask\n", 1), ("contact: #ask\n  chat: b\n", 0), ("a: b #c\n", 0)]
)
def test_a_machine_may_quote_a_value_that_would_be_lost_whole(text, offered):
    [problem] = read_document("a.yaml", text.encode()).problems
    assert len(problem.edits) == offered


def test_all_items_of_a_text_are_told_once():
    [problem] = read_document("a.yaml", b"- a\n  - b\n  - c\n").problems
    assert problem.place.line == 2
    assert [edit.place.line for edit in problem.edits] == [2, 3]
