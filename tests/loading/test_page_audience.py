"""Whom a page is for: what looks like an attempt to say it is never taken for silence."""

import pytest

from generator.loading.page_audience import PageAudience, read_audience
from tests.loading.page_heads import LATER, ORDINARY, PUT_ASIDE, TRIED

CIRCLES = ("leadership", "internal", "partner", "public")


@pytest.mark.parametrize("text", TRIED + PUT_ASIDE + LATER)
def test_no_way_to_write_it_opens_a_page_to_those_inside(text):
    said = read_audience(text, CIRCLES)
    assert said.name == "leadership" or said.name not in CIRCLES
    if said.unclear:
        line = text.split("\n")[said.unclear - 1]
        assert line.strip(), "the line that is named says something"


@pytest.mark.parametrize("text", ORDINARY)
def test_an_ordinary_page_is_for_those_inside(text):
    assert read_audience(text, CIRCLES) == PageAudience("internal")


@pytest.mark.parametrize("text", ORDINARY)
def test_an_ordinary_page_that_says_it_clearly_is_for_whom_it_says(text):
    if not text.startswith("---\n"):
        said = read_audience(f"---\naudience: partner\n---\n{text}", CIRCLES)
        assert said == PageAudience("partner")


@pytest.mark.parametrize(
    ("text", "line"),
    [
        ("# Plan\n\n<!-- audience: desk -->\n", 3),
        ("---\ntitle: Plan\nreaders: owners\n---\n# Plan\n", 3),
        ("# Plan\n\nFor desk only\n", 3),
    ],
)
def test_circles_of_the_companys_own_are_known(text, line):
    order = ("owners", "desk", "internal", "dealers")
    assert read_audience(text, order) == PageAudience("owners", line)
    assert read_audience(text.replace("desk", "dairies").replace("owners", "dairies"), order) in (
        PageAudience("internal"),
        PageAudience("owners", line),
    )


@pytest.mark.parametrize(
    ("text", "line"),
    [
        ("---\naudience: leadership\naudience: public\n---\n# Plan\n", 3),
        ("---\naudience: public\n---\n---\naudience: leadership\n---\n# Plan\n", 5),
        ("---\naudience: partner\n---\n<!-- audience: internal -->\n\n# Plan\n", 4),
    ],
)
def test_a_page_that_says_two_things_is_for_the_narrowest_circle(text, line):
    assert read_audience(text, CIRCLES) == PageAudience("leadership", line)


@pytest.mark.parametrize("line_end", ["\n", "\r\n", "\r"])
def test_the_audience_is_read_whatever_the_ends_of_lines(assemble_files, line_end):
    text = "---\naudience: leadership\n---\n# Plan\n".replace("\n", line_end)
    made = assemble_files({"playbook/plan.md": text}).made
    assert [page.audience for page in made.kept_back] == ["leadership"]


def test_an_unclear_page_is_one_problem_at_its_line_and_others_may_link_to_it(assemble_files):
    files = {
        "playbook/plan.md": "# Plan\n\nVisibility: leadership\n",
        "playbook/other.md": "[Plan](plan.md)\n",
    }
    [problem] = assemble_files(files).problems
    assert (problem.rule, problem.place.file, problem.place.line) == (
        "unknown-audience",
        "playbook/plan.md",
        3,
    )
