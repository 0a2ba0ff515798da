import json
from dataclasses import replace

import pytest

from generator.problems.problem import Place, Problem, Related, Severity
from generator.problems.reporters import (
    FORMATS,
    SHOWN,
    UNCHANGED,
    Summary,
    choose_format,
    report_json,
    report_terminal,
    summarise_github,
)
from generator.problems.terminal_style import Look, visible

UNKNOWN = Problem(
    rule="unknown-value",
    severity=Severity.ERROR,
    place=Place("strategy.yaml", 34, 15, 34, 21),
    title='"primry" is not a priority we know',
    why="Priority is one of: primary, secondary, opportunistic, not_pursued.",
    fix='Did you mean "primary"?',
    excerpt=((34, "    priority: primry"),),
)
DUPLICATE = Problem(
    rule="duplicate-key",
    severity=Severity.ERROR,
    place=Place("strategy.yaml", 41, 5, 41, 13),
    title='"priority" is written twice in the same entry',
    why="Only one may stand.",
    fix="Keep the line you want and delete the other.",
    related=(Related(Place("strategy.yaml", 34, 5, 34, 13), "first written here"),),
    excerpt=((34, "    priority: primary"), (41, "    priority: secondary")),
)
STRAY = Problem(
    rule="stray-file",
    severity=Severity.WARNING,
    place=Place("strategy/a.csv"),
    title="this file is not read",
    why="Why.",
    fix="Fix.",
)


def test_problems_as_an_author_sees_them():
    assert report_terminal([UNKNOWN, DUPLICATE], Summary(24, UNCHANGED)) == (
        """\
error: "primry" is not a priority we know
  strategy.yaml, line 34
     |
  34 |     priority: primry
     |               ^^^^^^
     = Priority is one of: primary, secondary, opportunistic, not_pursued.
     = Did you mean "primary"?                                           [unknown-value]

error: "priority" is written twice in the same entry
  strategy.yaml, line 41
  34 |     priority: primary
     | ...
  41 |     priority: secondary
     |     ^^^^^^^^
     = Only one may stand.
     = Keep the line you want and delete the other.                      [duplicate-key]

2 problems in 1 of 24 files. Nothing was published; the live site is unchanged.
"""
    )


def test_a_problem_of_a_whole_file_names_the_file():
    assert report_terminal([STRAY], Summary(3)).startswith(
        "warning: this file is not read\n  strategy/a.csv\n     = Why."
    )


@pytest.mark.parametrize(
    ("problems", "files", "count"),
    [
        ([], 1, "No problems in 1 file."),
        ([], 24, "No problems in 24 files."),
        ([UNKNOWN], 1, "1 problem in 1 of 1 file."),
        ([UNKNOWN, STRAY], 2, "1 problem and 1 warning in 2 of 2 files."),
        ([STRAY, STRAY], 5, "2 warnings in 1 of 5 files."),
        ([UNKNOWN], 0, "1 problem in 1 of 1 file."),
    ],
)
def test_the_report_ends_with_the_count(problems, files, count):
    assert report_terminal(problems, Summary(files)).splitlines()[-1] == count


def test_the_same_problems_for_machines():
    report = json.loads(report_json([DUPLICATE, STRAY], Summary(24)))
    assert report["counts"] == {"files": 24, "errors": 1, "warnings": 1, "notices": 0}
    first = report["problems"][0]
    assert (first["rule"], first["file"], first["line"], first["column"]) == (
        "duplicate-key",
        "strategy.yaml",
        41,
        5,
    )
    assert first["related"][0]["line"] == 34
    assert first["related"][0]["note"] == "first written here"
    assert report["problems"][1]["severity"] == "warning"


def test_colour_changes_no_words():
    coloured = report_terminal([UNKNOWN, DUPLICATE], Summary(1), Look(colour=True))
    plain = report_terminal([UNKNOWN, DUPLICATE], Summary(1))
    assert coloured != plain
    for code in ("\x1b[1;31m", "\x1b[0m", "\x1b[1m", "\x1b[2m"):
        coloured = coloured.replace(code, "")
    assert coloured == plain


@pytest.mark.parametrize("width", [60, 88, 100])
def test_no_line_of_the_explanation_is_wider_than_the_terminal(width):
    long = Problem(
        rule="rule",
        severity=Severity.ERROR,
        place=Place("a.yaml"),
        title="short",
        why="many words " * 40,
        fix="other words " * 40,
    )
    assert (
        max(map(len, report_terminal([long], Summary(1), Look(width=width)).splitlines())) <= width
    )


@pytest.mark.parametrize("column", [1, 500, 995])
def test_of_a_long_line_the_part_around_the_place_is_shown(column):
    line = "".join(f"{number:04} " for number in range(200))
    place = Place("a.yaml", 1, column, 1, column + 4)
    shown = report_terminal(
        [
            Problem(
                rule="rule", severity=Severity.ERROR, place=place, title="t", excerpt=((1, line),)
            )
        ],
        Summary(1),
    ).splitlines()
    text, mark = shown[3], shown[4]
    start, end = mark.index("^"), mark.rindex("^") + 1
    assert len(text) < 180
    assert text[start:end] == line[column - 1 : column + 3].rstrip()


def test_a_tab_in_the_line_does_not_shift_the_mark():
    place = Place("a.yaml", 1, 2, 1, 5)
    shown = report_terminal(
        [
            Problem(
                rule="rule",
                severity=Severity.ERROR,
                place=place,
                title="t",
                excerpt=((1, "\tabc"),),
            )
        ],
        Summary(1),
    )
    text, mark = shown.splitlines()[3:5]
    assert text[mark.index("^") : mark.rindex("^") + 1] == "abc"


@pytest.mark.parametrize("form", FORMATS)
def test_no_format_fails_without_problems(form):
    assert FORMATS[form]([], Summary(0))


@pytest.mark.parametrize("form", FORMATS)
def test_text_from_a_strategy_cannot_steer_the_terminal(form):
    evil = "\x1b[2Jgone\x07\r"
    problem = Problem(
        rule="rule",
        severity=Severity.ERROR,
        place=Place("a.yaml", 1, 1, 1, 2),
        title=evil,
        why=evil,
        fix=evil,
        excerpt=((1, evil),),
    )
    report = FORMATS[form]([problem], Summary(1))
    assert not any(character in report for character in "\x1b\x07\r")


def test_signs_of_several_parts_stay_whole_and_no_part_hides_elsewhere():
    flag = "\U0001f3f4\U000e0067\U000e0062\U000e0073\U000e0063\U000e0074\U000e007f"
    for text in (
        f"{flag} \u0645\u06cc\u200c\u0634\u0648\u062f",
        "1\ufe0f\u20e3 \u2764\ufe0f",
        f"{flag}{flag}",
    ):
        assert visible(text) == text
    for text in (flag[1:], flag[:-1], f"a{flag[1:]}", "\u202ea", "\u2066a"):
        assert "\ufffd" in visible(text)


@pytest.mark.parametrize("form", FORMATS)
def test_a_file_name_in_a_wrong_encoding_can_be_reported(form):
    problem = Problem(
        rule="rule", severity=Severity.ERROR, place=Place("strategy/\udcff.yaml"), title="title"
    )
    assert FORMATS[form]([problem], Summary(1)).encode("utf-8")


def test_a_title_of_several_lines_stays_on_one():
    problem = Problem(
        rule="rule",
        severity=Severity.ERROR,
        place=Place("a.yaml"),
        title='there is no "a\nb" here',
        why="Why.",
        fix="Fix.",
    )
    assert 'error: there is no "a' in report_terminal([problem], Summary(1)).splitlines()[0]
    assert report_terminal([problem], Summary(1)).splitlines()[1] == "  a.yaml"


def report_as(form, *problems, files=1, folder=""):
    return FORMATS[form](list(problems), Summary(files, "", folder), Look())


def test_github_gets_a_line_for_each_problem_with_all_marks_escaped():
    odd = Problem(
        rule="rule",
        severity=Severity.WARNING,
        place=Place("a,b:c%.yaml", 3, 5, 3, 9),
        title="100%: a, b",
        why="Why: x, y.",
        fix="Line one.\r\nLine two.",
    )
    line = report_as("github", odd).splitlines()[0]
    properties, _, text = line.removeprefix("::warning ").partition("::")
    assert properties == "file=a%2Cb%3Ac%25.yaml,line=3,col=5,title=100%25%3A a%2C b"
    assert text.startswith("Why: x, y.%0ALine one.")
    assert text.endswith("%0A[rule]")


def test_github_gets_no_line_number_for_a_whole_file():
    assert ",line=" not in report_as("github", STRAY)


def test_github_gets_errors_first_where_it_would_drop_the_rest():
    lines = report_as("github", *[STRAY] * 12, UNKNOWN).splitlines()
    assert lines[0].startswith("::error ")
    assert sum(line.startswith("::") for line in lines) == 13


@pytest.mark.parametrize("form", ["github", "gitlab", "sarif"])
def test_a_git_host_is_told_the_file_as_seen_from_the_repository(form):
    assert "examples/mine/strategy.yaml" in report_as(form, UNKNOWN, folder="examples/mine")


def test_the_fingerprint_of_a_problem_does_not_change_with_lines_above_it():
    moved = replace(
        UNKNOWN,
        place=replace(UNKNOWN.place, line=99, end_line=99),
        excerpt=((99, "    priority: primry"),),
    )
    first, second = (json.loads(report_as("gitlab", problem))[0] for problem in (UNKNOWN, moved))
    assert first["fingerprint"] == second["fingerprint"]
    assert first["location"]["lines"]["begin"] == 34
    assert second["location"]["lines"]["begin"] == 99


def test_two_problems_never_share_a_fingerprint():
    rows = json.loads(report_as("gitlab", UNKNOWN, UNKNOWN, DUPLICATE, STRAY))
    assert len({row["fingerprint"] for row in rows}) == 4


def test_sarif_has_a_rule_for_each_result():
    run = json.loads(report_as("sarif", UNKNOWN, DUPLICATE, STRAY))["runs"][0]
    rules = {rule["id"] for rule in run["tool"]["driver"]["rules"]}
    assert (
        {result["ruleId"] for result in run["results"]}
        == rules
        == {"unknown-value", "duplicate-key", "stray-file"}
    )
    region = run["results"][0]["locations"][0]["physicalLocation"]["region"]
    assert region == {"startLine": 34, "startColumn": 15, "endColumn": 21}


def test_sarif_leads_to_files_by_addresses_and_to_no_page_that_is_not_there():
    run = json.loads(report_as("sarif", UNKNOWN, folder="sales [north]/märkte"))["runs"][0]
    place = run["results"][0]["locations"][0]["physicalLocation"]["artifactLocation"]
    assert place["uri"] == "sales%20%5Bnorth%5D/m%C3%A4rkte/strategy.yaml"
    assert run["tool"]["driver"]["rules"] == [
        {"id": "unknown-value", "help": {"text": "playbook explain unknown-value"}}
    ]


def test_the_summary_of_a_step_is_a_table_that_no_text_can_break():
    evil = "a | b\n<script> @octocat **x** [y](z) `q`"
    table = summarise_github(
        [
            Problem(
                rule="rule",
                severity=Severity.ERROR,
                place=Place("a|b.yaml", 1),
                title=evil,
                why=evil,
                fix=evil,
            )
        ],
        Summary(1),
    )
    row = table.splitlines()[-1]
    assert row.startswith("| error | ")
    assert row.count("|") == 5
    for mark in ("<script>", "@octocat", "**", "](", "`"):
        assert mark not in row


def test_of_very_many_problems_the_first_are_told_and_all_are_counted():
    many = [replace(UNKNOWN, place=replace(UNKNOWN.place, line=line)) for line in range(1, 501)]
    report = report_as("terminal", *many)
    assert report.count("is not a priority we know") == SHOWN
    assert report.splitlines()[-1].startswith("500 problems in 1 of 1 file.")
    assert json.loads(report_as("json", *many))["counts"]["errors"] == 500


@pytest.mark.parametrize(
    ("name", "environment", "form"),
    [
        ("auto", {}, "terminal"),
        ("auto", {"GITHUB_ACTIONS": "true"}, "github"),
        ("auto", {"GITLAB_CI": "true"}, "gitlab"),
        ("json", {"GITHUB_ACTIONS": "true"}, "json"),
    ],
)
def test_on_a_git_host_the_report_is_in_its_format(name, environment, form):
    assert choose_format(name, environment) == form
