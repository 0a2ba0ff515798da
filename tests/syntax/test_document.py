import pytest

from generator.problems.problem import Place
from generator.syntax.document import read_document


def read(text: str, **options):
    return read_document("a.yaml", text.encode(), **options)


@pytest.mark.parametrize(
    "written", ["no", "Yes", "true", "010", "12:30", "1.10", "1e3", "2026-01-01", "0x1F", "."]
)
def test_a_value_stays_the_text_the_author_wrote(written):
    assert read(f"- name: {written}\n").document.data == [{"name": written}]


@pytest.mark.parametrize("written", ["", "~", "null"])
def test_an_empty_value_is_none(written):
    assert read(f"name: {written}\n").document.data == {"name": None}


@pytest.mark.parametrize("written", ['"null"', "'~'", '""'])
def test_what_stands_in_quotes_is_text(written):
    assert read(f"name: {written}\n").document.data == {"name": written[1:-1]}


TEXT = """\
# A comment.
- id: dairies
  name: "Dairies"
  summary: >-
    They heat and cool,
    [always](entry:markets/pharma).
  tags: [food, cold]
  owner:
  pains:
    - pain: Gas
"""


@pytest.mark.parametrize(
    ("route", "key", "value"),
    [
        ((0, "id"), (2, 3, 5), (2, 7, 14)),
        ((0, "name"), (3, 3, 7), (3, 9, 18)),
        ((0, "summary"), (4, 3, 10), (4, 12, 14)),
        ((0, "tags"), (7, 3, 7), (7, 3, 7)),
        ((0, "tags", 1), (7, 16, 20), (7, 16, 20)),
        ((0, "owner"), (8, 3, 8), (8, 3, 8)),
        ((0, "pains", 0, "pain"), (10, 7, 11), (10, 13, 16)),
    ],
)
def test_every_key_and_value_has_its_place(route, key, value):
    document = read(TEXT).document
    for place, (line, column, end) in (
        (document.key_place(route), key),
        (document.value_place(route), value),
    ):
        assert place == Place("a.yaml", line, column, line, end)


def test_words_inside_a_long_text_have_a_place_of_their_own():
    document = read(TEXT).document
    assert document.text_place((0, "summary"), "entry:markets/pharma") == Place(
        "a.yaml", 6, 14, 6, 34
    )


def test_a_place_after_wide_characters_counts_characters():
    document = read("name: {a: 👩‍🔬ß, b: x}\n").document
    assert document.value_place(("name", "b")) == Place("a.yaml", 1, 20, 1, 21)


@pytest.mark.parametrize("route", [("nothing",), (0, "nothing"), (7,), (0, "id", "deeper")])
def test_where_nothing_stands_there_is_no_value(route):
    assert read(TEXT).document.value(route) is None


def test_lines_with_windows_endings_have_the_same_places():
    windows = read(TEXT.replace("\n", "\r\n")).document
    assert windows.data == read(TEXT).document.data
    assert windows.value_place((0, "pains", 0, "pain")) == read(TEXT).document.value_place(
        (0, "pains", 0, "pain")
    )


def test_a_slip_with_one_reading_costs_nothing():
    result = read("- id: a\n  name: Prices: high\n- id: b\n  name: @z\n- id: c\n  name: fine\n")
    assert [entry["name"] for entry in result.document.data] == ["Prices: high", "@z", "fine"]
    assert not result.document.has_gaps
    assert [(problem.rule, problem.place.line) for problem in result.problems] == [
        ("colon-in-text", 2),
        ("special-start", 4),
    ]


def test_a_slip_that_hides_what_was_meant_costs_only_the_entry_it_stands_in():
    result = read('- id: a\n  name: "G:\\heat"\n- id: c\n  name: fine\n')
    assert result.document.data == [{"id": "c", "name": "fine"}]
    assert result.document.lost_ids == {"a"}


def test_nothing_is_said_of_what_only_follows_from_a_guess():
    result = read('- id: a\n  name: "Acme\n  wins: now\n  and: so: on\n- id: b\n  name: fine\n')
    assert [problem.rule for problem in result.problems] == ["open-quote"]
    assert result.document.data[-1] == {"id": "b", "name": "fine"}


def test_a_value_that_could_not_be_read_is_faulty_and_its_neighbours_are_not():
    document = read("- name: &co\n  role: b\n- name: c\n").document
    assert document.is_faulty((0, "name"))
    assert document.is_faulty((0, "name", "deeper"))
    assert not document.is_faulty((0, "role"))
    assert not document.is_faulty((1, "name"))


@pytest.mark.parametrize("text", ["", "\n\n", "# only a comment\n", "---\n", "null\n"])
def test_a_file_with_nothing_in_it_is_said_to_be_empty(text):
    result = read(text)
    assert result.document.unread
    assert [problem.title for problem in result.problems] == ["this file is empty"]


def test_a_file_beyond_the_limit_is_refused_with_its_size():
    result = read("- id: a\n" * 400_000)
    [problem] = result.problems
    assert problem.title == "this file is too large to be read (3.2 MB)"
    assert result.document.unread


@pytest.mark.parametrize(
    ("line", "column"),
    [
        ("name: we are #1", 14),
        ("name: 'we' #1", 12),
        ("name: 'we'#1", 11),
        ("name: 'we'# 1", 11),
        ("name: #1", 7),
        ("name:   #ask", 9),
        ("- #1", 3),
        ("name: [a, #b\n c]", 11),
        ("name: [a,#b\n c]", 10),
        ("name: we are # 1", None),
        ("name: a#1", None),
        ("name: # 1", None),
        ("#name: b", None),
        ("name: a # see #1", None),
        ("name: 'a #1'", None),
        ('name: "a #1"', None),
        ("name: |\n  a #1\n  #2", None),
        ("name: a ## b", None),
    ],
)
def test_text_that_yaml_takes_for_a_comment_is_said(line, column):
    places = [
        problem.place.column
        for problem in read(f"{line}\n" if line[0] == "-" else f"id: a\n{line}\n").problems
    ]
    assert places == ([column] if column else [])


@pytest.mark.parametrize(
    ("text", "rule"),
    [
        ("- a\n  - b\n", "wrong-indentation"),
        ("also:\n  - price\n   - trust\n", "wrong-indentation"),
        ("- name: a\n  also: b\n    - c\n", "wrong-indentation"),
        ("- name: a\n    size:10\n", "wrong-indentation"),
        ("- name: a\n    mailto:b@example.com\n", None),
        ("- name: a\n    10:30\n    https://example.com\n", None),
        ("- name: a\n    b - c\n    – d\n", None),
        ("- name: >-\n    a\n    - b\n", "wrong-bullet"),
    ],
)
def test_items_and_fields_that_would_become_part_of_the_text_above_are_said(text, rule):
    assert [problem.rule for problem in read(text).problems] == ([rule] if rule else [])


def test_text_behind_a_hash_on_the_next_line_is_not_lost_in_silence():
    result = read("- id: a\n  name: we are\n    #1 in the world\n")
    assert [problem.rule for problem in result.problems] == ["lost-behind-hash"]


@pytest.mark.parametrize(
    "text",
    [
        "- id: a\n  #role: b\n  name: c\n",
        "- id: a\n  name: c\n  #role: b\n",
        "id: a\n#role: b\n",
        "a:\n  b: c\n  #d: e\nf: g\n",
        "a:\n  - b\n  #- c\n  - d\n",
        "- id: a\n  tags:\n    - b\n    #- c\n",
        "a: b\n\n#c\n",
        "#!shebang\na: b\n",
    ],
)
def test_a_line_that_somebody_commented_out_is_no_lost_text(text):
    assert read(text).problems == ()


@pytest.mark.parametrize(
    "raw",
    [
        b"\x00",
        b"\xff\xfe\x00",
        b"\xc2\xa0id: a\x00b\n",
        b"[" * 100_000,
        b"{" * 100_000,
        b"- " * 100_000,
        b"&a [*a]",
        b"!!python/object:os.system x",
        b"!!timestamp x",
        b"? a\n: b\n",
        b"{a: b}: c\n",
        b"%TAG ! x\n---\na: !b c\n",
        b"'",
        b'"\\ud800"',
        b"\r\r\r: \r",
        b"a: |9999\n b",
        b"a: >+-\n b",
        b"@",
        b"\xef\xbb\xbf\xef\xbb\xbfid: a",
        "\ufffe".encode(),
        "\U0010ffff: a".encode(),
    ],
)
def test_no_bytes_make_it_fail(raw):
    result = read_document("a.yaml", raw)
    assert result.problems or result.document.data is not None


def test_many_slips_end_in_a_finite_list():
    result = read("- name: a: b\n" * 500)
    assert 0 < len(result.problems) <= 30
