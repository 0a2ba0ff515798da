"""Terms that are explained where they stand: once a page, and never where a touch means something
else.
"""

from __future__ import annotations

import re

import pytest
from markupsafe import Markup

from generator.pages.term_notes import TermNotes, list_term_names


@pytest.fixture
def notes(make_edition):
    glossary = [
        {"id": "rn", "term": "Run & need", "meaning": "x", "also": ["R&N", "demand"]},
        {"id": "it", "term": "IT", "meaning": "x"},
        {"id": "lead", "term": "Lead time", "meaning": "x", "also": ["LT", "wait"]},
        {"id": "secret", "term": "Quiet plan", "meaning": "x", "audience": "leadership"},
    ]
    return TermNotes(list_term_names(make_edition(glossary=glossary).strategy))


def explained(html: str) -> list[tuple[str, str]]:
    return re.findall(r'popovertarget="_term-([\w-]+)">([^<]*)<', html)


@pytest.mark.parametrize(
    ("html", "found"),
    [
        ("<p>The lead time is a Lead Time.</p>", [("lead", "lead time")]),
        ("<p>Our LT, not your lt</p>", [("lead", "LT")]),
        ("<p>it is IT</p>", [("it", "IT")]),
        ("<p>R&amp;N is &quot;run &amp; need&quot;</p>", [("rn", "R&amp;N")]),
        ("<p>lead times, leads, misLead time, LTs</p>", []),
        ("<p>a wait, some demand</p>", []),  # everyday words
        ('<p><a href="/LT">LT</a> <code>LT</code></p><h3>LT</h3>', []),
        ('<p><a href="x"><em>LT</em></a> then <em>LT</em></p>', [("lead", "LT")]),
        ("<p>Quiet plan</p>", []),  # of another reader's glossary
        ("<p></p>", []),
    ],
)
def test_a_term_is_explained_at_its_first_place(notes, html, found):
    said = notes.explain(Markup(html))
    assert explained(said) == found
    assert re.sub(r"</?button[^>]*>", "", said) == html


def test_once_a_page(notes):
    first = notes.explain(Markup("<p>LT</p>"))
    assert explained(first)
    assert notes.explain(Markup("<p>Lead time</p>")) == "<p>Lead time</p>"
