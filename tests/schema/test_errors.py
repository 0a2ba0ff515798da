import pytest

from generator.problems.fixes import apply_edits
from generator.schema.validator import ShapeChecker
from generator.schema.vocabulary import standard_vocabulary
from generator.syntax.document import read_document

PERSON = "id: a\nname: b\nrole: c\n"
MARKET = "id: a\nname: b\nsummary: c\n"
STAGE = "id: a\nname: b\nbuyer_step: c\nexit_criteria: [d]\n"
ASSET = "id: a\nname: b\n"
OBJECTIVE = "id: a\nname: b\nperspective: financial\n"


def explain(kind: str, text: str):
    document = read_document("a.yaml", text.encode()).document
    vocabulary = standard_vocabulary()
    return (
        ShapeChecker(vocabulary).check(vocabulary.kinds[kind], document, (), document.data).problems
    )


@pytest.mark.parametrize(
    ("kind", "text", "where", "title", "fix"),
    [
        (
            "people",
            PERSON + "hobby: x",
            (4, 1),
            '"hobby" is not a field of this person',
            'run: playbook new field people "Hobby" --as text',
        ),
        (
            "people",
            PERSON + "NAME: x",
            (4, 1),
            '"NAME" is not a field of this person',
            "If it is a remark, it begins with #: # NAME: … Else use one of these fields",
        ),
        (
            "people",
            "id: a\nname: b",
            (2, 8),
            '"role" is missing in the person "b"',
            "Add a line: role:",
        ),
        (
            "people",
            "id: a\nrole: c",
            (1, 6),
            '"name" is missing in the person "a"',
            "Add a line: name:",
        ),
        (
            "people",
            "name: b\nrole: c",
            (1, 1),
            '"id" is missing in the person "b"',
            "Add a line: id:",
        ),
        (
            "markets",
            MARKET.replace("b", ">-\n  b\n  c\n"),
            (4, 4),
            '"priority" is missing in the market "b c"',
            "",
        ),
        (
            "people",
            "id: a\nname: b\nrole:",
            (3, 1),
            '"role" is empty in this person',
            "behind the colon",
        ),
        ("people", 'id: a\nname: b\nrole: ""', (3, 7), "Role is empty", "Write it"),
        (
            "markets",
            MARKET,
            (2, 8),
            '"priority" is missing in the market "b"',
            "one of primary, secondary",
        ),
        (
            "people",
            PERSON + "contact: x",
            (4, 10),
            "Contact must have fields of its own",
            "email, phone, chat, page",
        ),
        (
            "people",
            PERSON + "contact: {mail: x}",
            (4, 11),
            '"mail" is not a field of "contact" in this person',
            'mean "email"',
        ),
        (
            "people",
            PERSON + "topics: x",
            (4, 9),
            "Topics must be a list, and a text stands here",
            "with a dash",
        ),
        (
            "people",
            "id: a\nrole: c\nname: [b]",
            (3, 1),
            "Name must be a text, and a list",
            "name: b",
        ),
        (
            "people",
            "id: a\nrole: c\nname: {x: y}",
            (3, 1),
            "Name must be a text, and a group",
            "double quotes",
        ),
        (
            "people",
            "id: a\nrole: c\nname: |\n  x\n  y",
            (3, 7),
            "Name takes text on one line only",
            "one line",
        ),
        (
            "people",
            PERSON + "review_every: 90 days",
            (4, 15),
            '"90 days" is not an interval',
            "Write 90d",
        ),
        ("people", PERSON + "tags: [a, b, a]", (4, 14), 'Tags names "a" twice', "Delete one"),
        (
            "markets",
            MARKET + "priority: primry",
            (4, 11),
            '"primry" is not a priority',
            'mean "primary"',
        ),
        (
            "markets",
            MARKET + "priority: Not pursued",
            (4, 11),
            '"Not pursued" is not',
            'mean "not_pursued"',
        ),
        ("markets", MARKET + "priority: 1", (4, 11), '"1" is not a priority', "Write one of these"),
        ("stages", STAGE + "order: first", (5, 8), '"first" is not a whole number', "in digits"),
        (
            "stages",
            STAGE + "order: 1\nprobability: 120",
            (6, 14),
            '"120" is too large',
            "at most 100",
        ),
        ("assets", ASSET + "url: ../secret", (3, 6), '"../secret" is not a location', ""),
        (
            "assets",
            ASSET + "url: javascript:alert(1)",
            (3, 6),
            '"javascript:alert(1)" is not a location',
            "",
        ),
        (
            "objectives",
            OBJECTIVE + "measures: [x]",
            (4, 12),
            "an item of Measures must have fields of its own",
            "name, unit",
        ),
        (
            "objectives",
            OBJECTIVE + "measures: [{unit: x}]",
            (4, 13),
            '"name" is missing in "measures" in the objective "b"',
            "name:",
        ),
    ],
)
def test_a_fault_is_one_message_in_plain_words(kind, text, where, title, fix):
    [problem] = explain(kind, text)
    assert (problem.place.line, problem.place.column) == where
    assert problem.title.startswith(title)
    assert fix in problem.fix
    assert problem.why


def test_a_file_that_stops_in_the_middle_of_an_entry_is_told_once_at_its_last_line():
    [problem] = explain(
        "plays", "id: a\nname: Boiler due\ntrigger: An old boiler\ngoal: >-\n  The board or"
    )
    assert problem.title == 'the file ends in the middle of the play "Boiler due"'
    assert problem.why == '"steps" and "done_when" are missing, and the last line has no line end.'
    assert (problem.place.line, problem.place.column) == (5, 15)
    assert [other.place.line for other in problem.related] == [1]


def test_what_the_last_line_of_a_cut_file_says_wrong_is_a_part_of_it():
    [problem] = explain("competitors", "id: a\nname: b\nkind: dire")
    assert problem.title == 'the file ends in the middle of the competitor "b"'
    rules = {one.rule for one in explain("competitors", "id: a\nname: b\nkind: dire\n")}
    assert rules == {"missing-field", "unknown-value"}


def test_fields_missing_at_the_end_of_a_file_with_a_line_end_are_told_one_by_one():
    found = explain("markets", "id: a\nname: b\n")
    assert [problem.title for problem in found] == [
        '"priority" is missing in the market "b"',
        '"summary" is missing in the market "b"',
    ]


def test_an_item_that_is_written_twice_is_told_at_the_second_place():
    [problem] = explain("people", PERSON + "tags:\n- a\n- b\n- c\n- a\n")
    assert problem.place.line == 8
    assert [(other.place.line, other.note) for other in problem.related] == [
        (5, "first written here")
    ]


@pytest.mark.parametrize("wrong", ["idd", "ID", "Id"])
def test_an_unknown_field_that_stands_for_a_missing_one_is_told_once(wrong):
    [problem] = explain("people", f"{wrong}: a\nname: b\nrole: c")
    assert problem.title == f'"{wrong}" is not a field of this person'
    assert problem.fix == 'Did you mean "id"?'


def test_a_field_is_found_by_the_title_a_reader_sees():
    [problem] = explain("people", PERSON + "reviewed on: 2026-01-01")
    assert problem.fix == 'Did you mean "reviewed_on"?'


@pytest.mark.parametrize(
    ("written", "fix"),
    [
        ("31.3.2026", "Write 2026-03-31"),
        ("2026/3/31", "Write 2026-03-31"),
        ("31/3/2026", "Write 2026-03-31"),
        ("3/4/2026", "Write 2026-04-03 or 2026-03-04, whichever is meant."),
        ("2026-02-30", "February 2026 has 28 days; correct the day."),
        ("soon", "such as 2026-03-31."),
    ],
)
def test_a_date_in_another_form_is_turned_where_it_has_one_reading(written, fix):
    [problem] = explain("people", PERSON + f"reviewed_on: {written}")
    assert written in problem.title
    assert problem.fix.endswith(fix)


@pytest.mark.parametrize(
    ("written", "fix"),
    [
        ("1,500 EUR", "alone: 1500; or 1.500, where the comma parts decimals"),
        ("about 7 %", "alone: 7"),
    ],
)
def test_a_figure_with_its_unit_is_told_the_digits(written, fix):
    [problem] = explain("objectives", OBJECTIVE + f'measures: [{{name: c, baseline: "{written}"}}]')
    assert problem.title == f'"{written}" is not a number'
    assert problem.fix.endswith(fix)


def test_what_is_offered_for_a_whole_number_is_a_whole_number():
    [problem] = explain("stages", STAGE + "order: 1.5")
    assert problem.title == '"1.5" is not a whole number'
    assert "1.5" not in problem.fix


def test_the_article_fits_the_word():
    [problem] = explain("offerings", "id: a\nname: b\none_liner: c\navailability: soon")
    assert problem.title == '"soon" is not an availability we know'


def test_a_value_is_quoted_as_written_and_not_as_read():
    [problem] = explain("people", PERSON + "reviewed_on: 1.10")
    assert '"1.10"' in problem.title


def test_faults_in_two_fields_are_two_messages():
    problems = explain("markets", "id: a\nname: [b]\nsummary: c\npriority: primry\nhobby: x")
    assert sorted(problem.place.line for problem in problems) == [2, 4, 5]


@pytest.mark.parametrize(
    "text",
    [
        "x",
        "[x]",
        "id: {a: b}",
        "id: [a]\nname: {}\nrole: []",
        "contact: []\ntopics: {}\nowner: [a]",
        "id: ~\nx: ~",
    ],
)
def test_no_message_speaks_of_the_machine(text):
    problems = explain("people", text)
    assert problems
    for problem in problems:
        words = f"{problem.title} {problem.why} {problem.fix}"
        for inner in (
            "None",
            "instance",
            "additionalProperties",
            "dict",
            "str",
            "type 'object'",
            "$ref",
            "Error",
        ):
            assert inner not in words.split()


@pytest.mark.parametrize(
    ("written", "digits"),
    [
        ("1.180.000", "1180000"),
        ("1.400,5", "1400.5"),
        ("1,234,567.8", "1234567.8"),
        ("12,5", "12.5"),
    ],
)
def test_a_figure_of_another_country_is_told_in_digits(written, digits):
    [problem] = explain("objectives", OBJECTIVE + f'measures: [{{name: c, baseline: "{written}"}}]')
    assert problem.fix == f"Write the digits alone: {digits}"


def test_what_slipped_out_of_its_group_or_into_it_is_told_once_and_moved_back():
    inside = "id: a\nname: b\nrole: c\ncontact:\n  email: a@b.example\n  topics: [x]\n  tags: [y]\n"
    [problem] = explain("people", inside)
    assert problem.title.startswith("lines 6 to 7 stand 2 spaces too far right")
    assert apply_edits(inside, problem.edits) == inside.replace("  topics", "topics").replace(
        "  tags", "tags"
    )

    beside = "id: a\nname: b\nrole: c\ncontact:\n  email: a@b.example\npage: https://b.example\n"
    [problem] = explain("people", beside)
    assert apply_edits(beside, problem.edits) == beside.replace("page:", "  page:")


def test_a_field_that_is_a_comment_and_a_text_without_its_mark_are_told_as_such():
    commented = "id: a\nname: b\n# role: c\ntopics: [x]\n"
    [problem] = explain("people", commented)
    assert apply_edits(commented, problem.proposed) == commented.replace("# role", "role")

    bare = "id: a\nterm: b\nmeaning:\n  Vorsicht: heiss.\n  Danach: kalt.\n"
    [problem] = explain("glossary", bare)
    assert apply_edits(bare, problem.edits) == bare.replace("meaning:", "meaning: >-")
