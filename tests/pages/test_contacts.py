"""Whom to ask about what."""

from __future__ import annotations

import pytest

from generator.pages.contacts import Contacts
from generator.pages.registry import render_pages
from generator.pages.template_context import View
from generator.schema.words import read_words
from tests.markup import read_html

PEOPLE = [
    {"id": "head", "name": "Head of Sales", "topics": ["dairies", "tenders"]},
    {"id": "desk", "name": "Funding Desk", "topics": ["Tenders", "grants"]},
    {"id": "chief", "name": "Chief"},
]
MARKETS = [{"id": "dairies", "name": "Dairies"}, {"id": "mills", "name": "Paper mills"}]
HEADER = {"owners": {"markets": "chief", "offerings": "head", "glossary": "desk"}}
OFFERINGS = [{"id": "press", "name": "Press", "owner": "desk"}]


@pytest.fixture
def groups(make_edition):
    edition = make_edition(header=HEADER, people=PEOPLE, markets=MARKETS, offerings=OFFERINGS)
    found = Contacts(View(edition, read_words("en"), "people/")).groups()
    return {
        group.title: {
            read_html(line.about).text: [link.title for link in line.people] for line in group.lines
        }
        for group in found
    }


def test_a_topic_leads_to_all_who_name_it(groups):
    assert groups["By topic"] == {
        "Dairies": ["Head of Sales"],
        "Grants": ["Funding Desk"],
        "Tenders": ["Funding Desk", "Head of Sales"],
    }


def test_a_market_or_an_offering_leads_to_who_is_near_to_it_else_to_its_owner(groups):
    assert groups["Markets"] == {"Dairies": ["Head of Sales"], "Paper mills": ["Chief"]}
    assert groups["Offerings"] == {"Press": ["Funding Desk"]}


def test_a_part_of_the_playbook_leads_to_who_keeps_it_where_it_has_entries(groups):
    assert groups["What each keeps up to date"] == {
        "Markets": ["Chief"],
        "Offerings": ["Head of Sales"],
    }


def test_the_page_says_so_and_each_person_too(make_edition):
    edition = make_edition(header=HEADER, people=PEOPLE, markets=MARKETS, offerings=OFFERINGS)
    [page] = [page for page in render_pages(edition).pages if page.address == "people/"]
    text = " ".join(read_html(page.lay_out().html).text.split())
    assert "By topic 3" in text
    assert "Keeps up to date Markets" in text
