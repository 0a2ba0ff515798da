"""Torn lines are told as what they were meant to be, by which reading fits what may stand there."""

from __future__ import annotations

import pytest

from generator.problems.fixes import apply_edits
from generator.schema.vocabulary import Field, standard_vocabulary
from generator.syntax.document import read_document


def outline(kind: str) -> Field:
    fields = standard_vocabulary().kinds[kind].fields
    return Field(kind, "", "", "list", item=Field("", "", "", "object", fields=fields))


@pytest.mark.parametrize("sign", ["[", "“"])
def test_a_sign_that_slipped_in_before_an_item_is_told_and_left_to_its_author(sign):
    torn = f"- id: lift\n  term: Lift\n  meaning: How far.\n  also:\n  - rise\n{sign}  - step\n"
    read = read_document("a.yaml", torn.encode(), outline=outline("glossary"))
    [problem] = read.problems
    assert (problem.place.line, problem.title) == (6, f'a line cannot start with "{sign}"')
    assert problem.edits == ()
    assert read.document.data[0]["also"] == ["rise", "step"]


SKILL = "- id: listen\n  name: Listening\n  why: Buyers talk.\n"


@pytest.mark.parametrize(
    ("kind", "torn", "line", "title", "mended"),
    [
        (
            "skills",
            f"{SKILL}    roles: [Seller]\n    practise: In pairs.\n",
            4,
            "lines 4 to 5 stand 2 spaces too far right",
            f"{SKILL}  roles: [Seller]\n  practise: In pairs.\n",
        ),
        (
            "skills",
            f"{SKILL} levels:\n  - name: good\n    what_good_looks_like: Silence.\n practise: In pairs.\n",
            4,
            "lines 4 to 7 stand 1 space too far left",
            f"{SKILL}  levels:\n   - name: good\n     what_good_looks_like: Silence.\n  practise: In pairs.\n",
        ),
        (
            "paths",
            "- id: new\n  name: New\n  role: Seller\n    - when: Week 1\n      do: Read.\n",
            4,
            "the name of a field seems to be missing above this line",
            "- id: new\n  name: New\n  role: Seller\n  steps:\n    - when: Week 1\n      do: Read.\n",
        ),
        (
            "wins",
            "- id: mill\n  headline: A mill\n  lesson:\n    Merke: wer misst,\n    gewinnt.\n  size: small\n",
            3,
            'a text with a colon stands below "lesson:", without a mark before it',
            "- id: mill\n  headline: A mill\n  lesson: >-\n    Merke: wer misst,\n    gewinnt.\n  size: small\n",
        ),
        (
            "assumptions",
            "- id: gas\n  statement: >-\n    Gas stays dear.\n  watch_for:\n    - Buyers who ask for\nlonger terms\n",
            6,
            "this line goes on with the text above it, and stands too far left",
            "- id: gas\n  statement: >-\n    Gas stays dear.\n  watch_for:\n    - Buyers who ask for\n      longer terms\n",
        ),
        (
            "assets",
            "- id: list\n  name: Price list\n  kind price\n  url: a.pdf\n",
            3,
            'a colon is missing behind "kind"',
            "- id: list\n  name: Price list\n  kind: price\n  url: a.pdf\n",
        ),
    ],
)
def test_of_the_readings_of_torn_lines_the_one_that_fits_is_told(kind, torn, line, title, mended):
    [problem] = read_document("a.yaml", torn.encode(), outline=outline(kind)).problems
    assert (problem.place.line, problem.title) == (line, title)
    assert apply_edits(torn, problem.edits or problem.proposed) == mended


def test_paragraphs_at_the_edge_become_one_text_where_their_author_agrees():
    torn = "- id: lift\n  term: Lift\n  meaning: How far.\n\nRemember: heat is raised.\n\n- by day\n- by night\n"
    [problem] = read_document("a.yaml", torn.encode(), outline=outline("glossary")).problems
    assert problem.edits == ()
    assert apply_edits(torn, problem.proposed) == (
        "- id: lift\n  term: Lift\n  meaning: |\n    How far.\n\n    Remember: heat is raised.\n\n"
        "    - by day\n    - by night\n"
    )


def test_the_name_of_the_first_list_in_a_group_may_be_gone():
    torn = "- id: a\n  name: A\n  ideal_customer:\n      - Two shifts\n    disqualifiers:\n      - Moves\n"
    [problem] = read_document("a.yaml", torn.encode(), outline=outline("markets")).problems
    assert (problem.rule, problem.place.line) == ("missing-name", 4)
    assert "must_have, good_signs" in problem.fix


def test_of_several_names_that_would_fit_the_next_in_order_comes_first():
    torn = "- id: cfo\n  name: CFO\n  goals:\n    - Save\n  job_to_be_done: To pay\n    - What does it cost?\n"
    [problem] = read_document("a.yaml", torn.encode(), outline=outline("personas")).problems
    assert problem.rule == "missing-name"
    assert "challenges" in problem.fix
    assert not problem.carries_edit


@pytest.mark.parametrize(
    ("kind", "line", "said", "mended"),
    [
        ("stages", "order: #2", "Write the digits alone: 2", "order: 2"),
        ("stages", "typical_days: > 30", "Write the digits alone: 30", "typical_days: 30"),
        ("wins", "outcome: *lost", "Write lost", "outcome: lost"),
        ("skills", "owner: !anna", "Write anna", "owner: anna"),
        (
            "skills",
            "reviewed_on: @2026-03-01",
            "Write the day alone: 2026-03-01",
            "reviewed_on: 2026-03-01",
        ),
        ("skills", "why: @all of us", "double quotes", 'why: "@all of us"'),
    ],
)
def test_where_no_text_may_stand_quotes_are_not_advised(kind, line, said, mended):
    torn = f"- id: a\n  {line}\n"
    [problem] = read_document("a.yaml", torn.encode(), outline=outline(kind)).problems
    assert said in problem.fix
    assert apply_edits(torn, problem.edits or problem.proposed) == f"- id: a\n  {mended}\n"


@pytest.mark.parametrize(
    ("line", "mended"),
    [
        ("// frag Anna", "# frag Anna"),
        ("-- ask Anna", "# ask Anna"),
        ("NB the price is old", "# NB the price is old"),
    ],
)
def test_a_remark_of_another_language_becomes_one(line, mended):
    torn = f"- id: a\n  name: A\n  {line}\n  why: Because.\n"
    [problem] = read_document("a.yaml", torn.encode(), outline=outline("skills")).problems
    assert apply_edits(torn, problem.edits) == torn.replace(line, mended)
