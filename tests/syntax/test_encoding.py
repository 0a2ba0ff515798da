import pytest

from generator.problems.fixes import apply_edits
from generator.problems.problem import Place
from generator.syntax.encoding import clean_text, decode, quote_lines


def test_a_byte_order_mark_is_passed_over():
    assert decode("a.yaml", b"\xef\xbb\xbfid: a") == ("id: a", None)


@pytest.mark.parametrize("encoding", ["utf-16", "utf-16-le", "utf-16-be"])
def test_a_file_in_utf_16_is_said_to_be_one(encoding):
    bom = {"utf-16-le": b"\xff\xfe", "utf-16-be": b"\xfe\xff"}.get(encoding, b"")
    text, problem = decode("a.yaml", bom + "id: a".encode(encoding))
    assert text is None
    assert problem is not None
    assert problem.title == "this file is saved as UTF-16, which the playbook cannot read"
    assert 'the encoding "UTF-8"' in problem.fix


def test_a_character_in_another_encoding_is_shown_where_it_stands():
    text, problem = decode("a.yaml", "id: a\nname: Käse\n".encode("latin-1"))
    assert text is None
    assert problem is not None
    assert problem.rule == "not-utf-8"
    assert problem.place == Place("a.yaml", 2, 8, 2, 9)
    assert problem.excerpt == ((2, "name: Käse"),)


def test_the_column_of_a_wrong_character_counts_characters_and_not_bytes():
    _, problem = decode("a.yaml", "name: äö".encode() + b"\xe4")
    assert problem is not None
    assert problem.place.column == 9


@pytest.mark.parametrize("ending", ["\n", "\r\n", "\r"])
def test_lines_end_as_editors_count_them(ending):
    assert clean_text("a.yaml", f"id: a{ending}name: b{ending}").lines == ("id: a", "name: b", "")


@pytest.mark.parametrize(
    ("character", "name"),
    [
        ("\x00", "a zero byte"),
        ("\u200b", "a zero-width space"),
        ("\ufeff", "a byte-order mark"),
        ("\u2028", "a line separator"),
        ("\x85", "a next-line character"),
        ("\u202e", "an invisible character (U+202E)"),
        ("\x1b", "an invisible character (U+001B)"),
        ("\uffff", "an invisible character (U+FFFF)"),
    ],
)
def test_a_character_nobody_can_see_is_named_and_placed(character, name):
    clean = clean_text("a.yaml", f"id: a\nname: x{character}y\n")
    [problem] = clean.problems
    assert problem.title == f"this line holds {name}, which nobody can see"
    assert problem.place == Place("a.yaml", 2, 8, 2, 9)
    assert clean.readable[1] == ("name: xy" if character in "\u200b\ufeff\u202e" else "name: x y")
    assert clean.lines[1] == f"name: x{character}y"


@pytest.mark.parametrize(
    "text", ["👩\u200d🔬", "10\u00a0000", "می\u200cخواهم", "cafe\u0301", "a\tb"]
)
def test_characters_that_a_text_needs_are_left_alone(text):
    clean = clean_text("a.yaml", f"name: we sell {text}")
    assert clean.problems == []
    assert clean.readable == [f"name: we sell {text}"]


@pytest.mark.parametrize(
    ("line", "column", "readable"),
    [
        ("\u00a0\u00a0name: a", 1, "  name: a"),
        ("  \u00a0name: a", 3, "   name: a"),
        ("-\u00a0id: a", 2, "- id: a"),
        ("  - id:\u00a0a", 8, "  - id: a"),
        ("name:\u202fa", 6, "name: a"),
    ],
)
def test_a_non_breaking_space_in_the_structure_is_said_and_read_as_a_space(line, column, readable):
    clean = clean_text("a.yaml", line)
    [problem] = clean.problems
    assert problem.rule == "non-breaking-space"
    assert problem.place == Place("a.yaml", 1, column, 1, column + 1)
    assert clean.readable == [readable]


def test_a_line_with_two_faults_is_cleaned_of_both():
    clean = clean_text("a.yaml", "\u00a0id: a\x00b")
    assert {problem.rule for problem in clean.problems} == {
        "non-breaking-space",
        "invisible-character",
    }
    assert clean.readable == [" id: a b"]


def test_an_unfinished_merge_is_said_once_and_its_first_side_read():
    text = "id: a\n<<<<<<< HEAD\nname: ours\n=======\nname: theirs\n>>>>>>> branch\nrole: b"
    clean = clean_text("a.yaml", text)
    [problem] = clean.problems
    assert problem.title == "two versions of these lines were never put together"
    assert problem.place == Place("a.yaml", 2, 1, 2, 13)
    assert clean.readable == ["id: a", "", "name: ours", "", "", "", "role: b"]


def test_the_common_ancestor_in_an_unfinished_merge_is_not_read():
    text = "<<<<<<< HEAD\nname: ours\n||||||| base\nname: before\n=======\nname: theirs\n>>>>>>> branch"
    clean = clean_text("a.yaml", text)
    assert len(clean.problems) == 1
    assert [line for line in clean.readable if line] == ["name: ours"]


def test_two_unfinished_merges_are_two_problems():
    merge = "<<<<<<< HEAD\na: 1\n=======\na: 2\n>>>>>>> branch\n"
    assert len(clean_text("a.yaml", merge + "b: 3\n" + merge).problems) == 2


def test_a_line_of_equals_signs_in_a_text_is_no_merge_but_a_mark_of_git_is_one():
    for line in ("======", "  =======", "======== "):
        assert clean_text("a.yaml", f"note: |\n  Prices\n{line}\n").problems == []
    [problem] = clean_text("a.yaml", "note: |\n  Prices\n=======\nname: A\n").problems
    assert problem.title == "this mark of a merge was left over"
    assert apply_edits("note: |\n  Prices\n=======\nname: A\n", problem.proposed) == (
        "note: |\n  Prices\nname: A\n"
    )


@pytest.mark.parametrize(
    ("text", "mended"),
    [
        ("- id: a\n  term：熱\n  meaning： x\n", "- id: a\n  term: 熱\n  meaning: x\n"),
        ("- id：a\n  term: b\n", "- id: a\n  term: b\n"),
        ("- id: a\n\u3000term: b\n", "- id: a\n  term: b\n"),
        ("- meaning: |\n    次：\n    cop：x\n", ""),
        ("- meaning: 次\n  注意：x\n", ""),
    ],
)
def test_signs_of_an_asian_keyboard_where_yaml_wants_its_own(text, mended):
    clean = clean_text("a.yaml", text)
    edits = [edit for problem in clean.problems for edit in problem.edits]
    assert apply_edits(text, edits) == (mended or text)
    assert "\n".join(clean.readable) == (mended or text)


def test_lines_are_quoted_once_and_only_where_there_are_any():
    places = [Place("a", 2), Place("a", 1), Place("a", 2), Place("a", 0), Place("a", 9)]
    assert quote_lines(("one", "two"), places) == ((1, "one"), (2, "two"))
