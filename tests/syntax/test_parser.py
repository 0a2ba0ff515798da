import pytest

from generator.syntax.document import read_document


def read(text: str):
    return read_document("a.yaml", text.encode())


def test_a_duplicate_key_is_said_with_both_lines():
    result = read("- role: b\n  name: first\n  name: second\n")
    [problem] = result.problems
    assert problem.title == '"name" is written twice in the same entry'
    assert problem.place.line == 3
    assert [other.place.line for other in problem.related] == [2]
    assert problem.excerpt == ((2, "  name: first"), (3, "  name: second"))
    assert result.document.data == [{"role": "b", "name": "first"}]


def test_a_field_written_again_with_which_its_entry_begins_begins_another():
    result = read("- id: a\n  name: first\n  id: b\n  name: second\n- id: c\n")
    [problem] = result.problems
    assert (problem.rule, problem.place.line) == ("duplicate-key", 3)
    assert "- id:" in problem.fix
    assert [entry["id"] for entry in result.document.data] == ["a", "b", "c"]
    assert result.document.data[1] == {"id": "b", "name": "second"}
    assert result.document.is_incomplete((0,))
    assert result.document.is_incomplete((1,))


def test_a_duplicate_group_does_not_disturb_what_follows():
    result = read("a: {x: 1}\na: {y: {z: 2}}\nb: {c: 3}\n")
    assert result.document.data == {"a": {"x": "1"}, "b": {"c": "3"}}
    assert len(result.problems) == 1


@pytest.mark.parametrize(
    ("text", "rule", "title"),
    [
        ("name: *co\n", "alias", '"*co" would be replaced by text from elsewhere'),
        ("name: &R D\n", "anchor", '"&R" at the start of a value would be lost'),
        ("name: !Wow great\n", "tag", 'the word behind "!" at the start of a value would be lost'),
        ("name: !!int x\n", "tag", 'the word behind "!" at the start of a value would be lost'),
        ('"": x\nname: a\n', "missing-key", "a colon stands here without a field name before it"),
        (
            "name: a\n---\nname: b\n",
            "several-documents",
            "a line of three hyphens starts a second document here",
        ),
        (
            "name: " + "[" * 60 + "]" * 60,
            "too-deep",
            "lists and groups lie more than 40 deep in each other here",
        ),
    ],
)
def test_what_yaml_would_swallow_is_said(text, rule, title):
    [problem] = read(text).problems
    assert (problem.rule, problem.title) == (rule, title)
    assert problem.fix


def test_a_value_that_was_refused_is_empty_and_not_half_a_text():
    assert read("name: &R D\nrole: b\n").document.data == {"name": None, "role": "b"}


def test_a_line_that_copies_another_entry_is_said_once():
    result = read("a: &x {b: 1}\nc:\n  <<: *x\n  d: 2\n")
    assert [problem.place.line for problem in result.problems] == [1, 3]


@pytest.mark.parametrize("key", ["[urgent]", "{company}", "? [a]"])
def test_brackets_where_a_field_name_belongs_spare_the_other_fields(key):
    result = read(
        f"- {key}: call them\n  id: a\n  name: b\n"
        if key[0] != "?"
        else f"- {key}\n  : c\n  id: a\n  name: b\n"
    )
    assert [problem.rule for problem in result.problems] == ["key-not-text"]
    assert result.document.data == [{"id": "a", "name": "b"}]


def test_an_alias_bomb_costs_nothing():
    lines = ["a0: &a0 [x, x, x, x, x, x, x, x, x]"]
    lines += [f"a{n}: &a{n} [{', '.join([f'*a{n - 1}'] * 9)}]" for n in range(1, 30)]
    result = read("\n".join(lines))
    assert result.document.data["a29"] == [None] * 9
