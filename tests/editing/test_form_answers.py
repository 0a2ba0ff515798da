"""Nothing that somebody wrote into a form is lost, and what it speaks of is found."""

from __future__ import annotations

import json
from datetime import date

import pytest

from generator.editing.intake import make_note, read_form
from generator.loading.loader import load_strategy
from tests.sample import HEADER, MemoryTree, complete, load_data

TODAY = date(2026, 6, 1)
KINDS = {
    "objections": [{"id": "too-slow", "says": "It takes too long", "former_ids": ["slow"]}],
    "markets": [{"id": "bakeries", "name": "Bakeries, large and small"}],
    "proof": [{"id": "oven-hall", "statement": "Saved a fifth in an oven hall"}],
    "glossary": [{"id": "lift", "term": "Lift", "also": ["temperature lift"]}],
    "plays": [{"id": "twin", "name": "The same"}],
    "personas": [{"id": "twin", "name": "The same"}],
}
LINK = "https://git.example/acme/strategy/issues/31"


def write(said_by="Field sales", note="They wait.", about="", level="###"):
    questions = ("Who says it?", "What did you see or hear?", "What is it about?")
    answers = zip(questions, (said_by, note, about), strict=True)
    return "\n".join(f"{level} {question}\n\n{text}\n" for question, text in answers)


def take_in(body, **issue):
    """The field note that the form becomes, read again, and what was left out."""
    loaded = load_data(**KINDS)
    raw = json.dumps({"issue": {"body": body, **issue}}) if issue else body
    note = make_note(read_form(raw.encode("utf-8", "surrogatepass")), loaded.strategy, TODAY)
    main = {"strategy": dict(HEADER)} | {
        kind: [complete(kind, entry) for entry in entries] for kind, entries in KINDS.items()
    }
    files = {"strategy.yaml": json.dumps(main), f"strategy/field_notes/{note.id}.yaml": note.text}
    read = load_strategy(MemoryTree(files))
    assert read.problems == (), [problem.title for problem in read.problems]
    return read.strategy.entries["field_notes"][note.id], note


@pytest.mark.parametrize(
    "note",
    [
        *(f"Before\n\n{'#' * level} Their price\n\nAfter" for level in range(1, 7)),
        "Before\n\nTheir price\n-----------\n\nAfter\n\n***\n\nEnd",
        "```\n### Who says it?\n\nsomebody\n```\n\nAfter",
        "~~~md\n### What is it about?\n\nobjections/too-slow\n~~~\nAfter",
        "````\n```\n### What did you see or hear?\n```\n````\nAfter",
        "```\nnever closed\n\nAfter",
        "They sent our form back:\n\n### Who says it?\n\nA buyer\n\nAfter",
        "They sent it back:\n\n### What did you see or hear?\n\nNothing\n\nAfter",
        "They sent it back:\n\n### What is it about?\n\nnothing\n\nAfter",
        "Short names:\n\n### Note\n\n### About\n\n### Said by\n\nAfter",
        "## What is it about?\n\nof another level\n\n#### Who says it?\n\nAfter",
        "> ### What is it about?\n>\n> quoted\n\nAfter",
        "- one\n  - two\n\n    ### What is it about?\n\n1. three",
        "| a | b |\n| --- | --- |\n| 1 | 2 |\n\n<!-- a remark -->\n\nAfter",
        "line one  \nline two\ttab \\ back \"quoted\" 'x' {{ y }} &amp; <b>z</b>",
        "x" * 60_000 + "\n\nthe end",
        "\n\n".join(f"## Part {number}\n\nText." for number in range(900)) + "\n\nthe end",
    ],
)
def test_a_note_is_kept_whole(note):
    entry, _ = take_in(write(note=note, about="objections/too-slow"))
    assert entry.note == note
    assert entry.said_by == "Field sales"
    assert entry.about == ("objections/too-slow",)


@pytest.mark.parametrize("level", ["##", "####"])
def test_headings_of_a_form_are_all_of_one_level(level):
    note = "Before\n\n### What is it about?\n\nAfter"
    entry, _ = take_in(write(note=note, about="proof/oven-hall", level=level))
    assert (entry.note, entry.about) == (note, ("proof/oven-hall",))


def test_a_fence_in_a_short_answer_hides_no_question():
    entry, _ = take_in(write(said_by="```", note="```\ncode\n```\n\nAfter"))
    assert (entry.said_by, entry.note) == ("```", "```\ncode\n```\n\nAfter")


@pytest.mark.parametrize("sign", ["\u00a0", "\u202f", "\u3000", "\U0001f469\u200d\U0001f33e", "é"])
def test_blanks_and_joined_signs_stay(sign):
    entry, _ = take_in(write(note=f"10{sign}%"))
    assert entry.note == f"10{sign}%"


def test_who_says_it_is_kept_whole():
    said_by = "Sellers " + "in the north and " * 60 + "beyond"
    assert take_in(write(said_by=said_by))[0].said_by == said_by


def test_line_ends_and_separators_of_lines_stay():
    assert take_in(write(note="a\u2028b").replace("\n", "\r\n"))[0].note == "a\nb"
    assert take_in(write(note="a\n\nb").replace("\n", "\r"))[0].note == "a\n\nb"


def test_a_form_without_its_last_question_is_a_note_too():
    body = (
        "### Who says it?\n\nme\n\n### What did you see or hear?\n\nIt rains.\n\n### And more\n\nx"
    )
    assert take_in(body)[0].note == "It rains.\n\n### And more\n\nx"


def test_the_template_of_gitlab_is_a_form(repository):
    template = repository / "generator/starter/dot-gitlab/issue_templates/field-note.md"
    text = template.read_text("utf-8")
    filled = text.replace("hear?\n", "hear?\n\nThey wait.\n")
    entry, note = take_in(filled)
    assert (entry.note, entry.about, entry.said_by) == ("They wait.", (), "The field")
    assert note.left_out == ()


def test_the_form_of_github_asks_the_questions_that_are_understood(repository):
    form = repository / "generator/starter/dot-github/ISSUE_TEMPLATE/field-note.yml"
    labels = [
        line.partition("label: ")[2]
        for line in form.read_text("utf-8").split("\n")
        if "label: " in line
    ]
    body = "\n\n".join(f"### {label}\n\nanswer {label.split()[0]}" for label in labels)
    entry, _ = take_in(body)
    assert entry.said_by == "answer Who"
    assert entry.note == "answer What\n\nanswer What"


SLOW, HALL = "objections/too-slow", "proof/oven-hall"


@pytest.mark.parametrize(
    ("about", "keys"),
    [
        ("https://acme.example/objections/too-slow/", [SLOW]),
        ("https://acme.example/playbook/latest/objections/too-slow/", [SLOW]),
        ("https://acme.example/a/b/2026.3/objections/too-slow/index.html", [SLOW]),
        ("https://acme.example/p/objections/too-slow", [SLOW]),
        ("https://acme.example/latest/objections/too-slow/#proof", [SLOW]),
        ("https://acme.example/latest/objections/too-slow/?q=markets/bakeries", [SLOW]),
        ("https://acme.example/markets/objections/too-slow/?a=b#c", [SLOW]),
        ("https://acme.example/objections/slow/", [SLOW]),
        ("<https://acme.example/objections/too-slow/>.", [SLOW]),
        ("[It takes too long](https://acme.example/objections/too-slow/)", [SLOW]),
        ("acme.example/objections/too-slow/", [SLOW]),
        ("/latest/objections/too-slow/", [SLOW]),
        ("https://acme.example/latest/proof/#oven-hall", [HALL]),
        ("https://acme.example/latest/proof/?q=oven#oven-hall", [HALL]),
        ("http://localhost:8000/glossary/#lift", ["glossary/lift"]),
        (
            "https://acme.example/objections/too-slow/, https://acme.example/proof/#oven-hall",
            [SLOW, HALL],
        ),
        ("- objections/too-slow\n- proof/oven-hall", [SLOW, HALL]),
        ("Objections/Too-Slow; `proof/oven-hall`", [SLOW, HALL]),
        ("entry:objections/too-slow", [SLOW]),
        ("It takes too long", [SLOW]),
        ('"it takes too long!"', [SLOW]),
        ("too-slow", [SLOW]),
        ("Bakeries, large and small", ["markets/bakeries"]),
        ("temperature lift and it takes too long", ["glossary/lift", SLOW]),
        ("objections/too-slow, Lift", [SLOW, "glossary/lift"]),
        ("<!-- proof/oven-hall -->\nobjections/too-slow", [SLOW]),
        ("too-slow, objections/too-slow, It takes too long", [SLOW]),
    ],
)
def test_what_it_is_about_is_found(about, keys):
    entry, note = take_in(write(about=about))
    assert sorted(entry.about) == sorted(keys)
    assert entry.note == "They wait."
    assert note.left_out == ()


@pytest.mark.parametrize(
    ("about", "left_out", "words"),
    [
        ("objections/too-dear", ("objections/too-dear",), ""),
        ("https://acme.example/latest/objections/too-dear/", ("objections/too-dear",), ""),
        ("The price and/or the wait", (), "The price and/or the wait"),
        ("The same", (), "The same"),
        ("See https://boilers.example/prices/2026", (), "See https://boilers.example/prices/2026"),
        ("https://acme.example/objections/?q=slow", (), "https://acme.example/objections/?q=slow"),
        ("the wait (objections/too-slow)", (), "the wait (objections/too-slow)"),
        ("http://[half", (), "http://[half"),
    ],
)
def test_what_leads_to_no_entry_is_said_or_kept_in_the_note(about, left_out, words):
    entry, note = take_in(write(about=about))
    assert note.left_out == left_out
    assert entry.note == ("They wait." + (f"\n\n{words}" if words else ""))


@pytest.mark.parametrize(
    ("issue", "links"),
    [
        ({"number": 31, "html_url": LINK, "url": "https://api.git.example/x"}, (LINK,)),
        ({"iid": 31, "url": LINK}, (LINK,)),
        ({"iid": 31, "web_url": LINK}, (LINK,)),
        ({"number": 31}, ()),
        ({"number": 31, "html_url": "javascript:x"}, ()),
        ({"number": 31, "html_url": 'https://x"\nstatus: done'}, ()),
    ],
)
def test_a_note_leads_back_to_the_issue_it_came_from(issue, links):
    entry, _ = take_in(write(), **issue)
    assert (entry.id, entry.sources) == ("form-31", links)
