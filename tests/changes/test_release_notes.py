"""A released version told: to whom, with what in front, and in which words."""

import json
from datetime import date

import pytest

from generator.changes.release_notes import (
    Reader,
    make_notes,
    write_json,
    write_markdown,
    write_text,
)
from tests.sample import load_data


def announcement(name, date, importance=2, **more):
    return {
        "id": name,
        "date": date,
        "headline": name,
        "importance": importance,
        "why": "So.",
        **more,
    }


@pytest.fixture
def notes():
    """The notes of version 2, released on the first of June after version 1 on the first of May."""

    def make(old=None, new=None, **choice):
        sides = [
            load_data({"version": one}, **(kinds or {})) for one, kinds in (("1", old), ("2", new))
        ]
        found = make_notes("2", "2026-06-01", sides[1], "1", sides[0], "2026-05-01", **choice)
        assert found is not None
        return found

    return make


@pytest.mark.parametrize(
    ("date", "version", "told"),
    [
        ("2026-05-01", None, False),  # it went with the version before
        ("2026-05-02", None, True),
        ("2026-06-01", None, True),
        ("2026-06-02", None, False),
        ("2026-01-01", "2", True),
        ("2026-05-15", "1", False),
    ],
)
def test_an_announcement_goes_with_the_version_it_names_or_the_next_after_its_day(
    notes, date, version, told
):
    one = announcement("news", date, **({"version": version} if version else {}))
    assert len(notes(new={"announcements": [one]}).announcements) == told


def test_what_matters_most_is_announced_first_and_then_the_newest(notes):
    news = [
        announcement("a", "2026-05-10", 2),
        announcement("b", "2026-05-20", 2),
        announcement("c", "2026-05-15", 1),
        announcement("d", "2026-05-20", 2),
    ]
    assert [one.id for one in notes(new={"announcements": news}).announcements] == list("cbda")


def test_version_day_and_announcements_are_no_changes(notes):
    found = notes(new={"announcements": [announcement("news", "2026-05-10")]})
    assert found.told == ()
    assert found.previous == "1"
    assert not found.is_first


OLD = {
    "markets": [{"priority": "primary", "summary": "a b c d e"}],
    "glossary": [{"meaning": "a b c d"}],
}
NEW = {
    "markets": [{"priority": "secondary", "summary": "a b c d f"}],
    "glossary": [{"meaning": "a b x y"}],
    "announcements": [
        announcement("prices", "2026-05-10", 1, headline="Prices rise", do="Call them"),
        announcement("why", "2026-05-10", 3, headline="Why?", why="Costs rose!"),
    ],
}


def test_the_text_for_chat_has_news_first_then_changes_and_a_count_of_mere_words(notes):
    assert write_text(notes(OLD, NEW)).splitlines() == [
        "Acme sales strategy, version 2 (2026-06-01)",
        "",
        "Act now: Prices rise. So. Do differently: Call them.",
        "Good to know: Why? Costs rose!",
        "",
        "What changed since version 1:",
        "- Dairies: priority primary -> secondary",
        '- Lift: meaning "a b c d" -> "a b x y"',
        "",
        "1 change of wording.",
    ]


def test_the_section_of_a_changelog_has_the_same(notes):
    text = write_markdown(notes(OLD, NEW))
    assert text.startswith("## 2 (2026-06-01)\n\n- **Act now: Prices rise.** So. Do differently:")
    assert text.count("\n- ") == 5
    assert text.endswith("- 1 change of wording.\n")


def test_machines_get_every_change_with_its_weight(notes):
    told = json.loads(write_json(notes(OLD, NEW)))
    assert (told["version"], told["previous"], told["company"]) == ("2", "1", "Acme")
    assert [one["headline"] for one in told["announcements"]] == ["Prices rise", "Why?"]
    assert [(one["grade"], one["kind"], one["id"]) for one in told["changes"]] == [
        ("material", "markets", "one"),
        ("minor", "glossary", "one"),
        ("wording", "markets", "one"),
    ]


def test_a_change_of_the_header_is_the_strategys(notes):
    old, new = load_data({"version": "1"}), load_data({"version": "2", "tagline": "Heat"})
    found = make_notes("2", "2026-06-01", new, "1", old, "2026-05-01")
    assert found is not None
    [change] = json.loads(write_json(found))["changes"]
    assert (change["kind"], change["id"]) == ("strategy", None)


def test_a_reader_is_told_of_no_draft_unless_he_asks_for_them(notes):
    new = {"glossary": [{"status": "draft"}]}
    today = date(2026, 6, 1)
    assert notes(new=new, reader=Reader("internal", today)).told == ()
    assert len(notes(new=new, reader=Reader("internal", today, drafts=True)).told) == 1
    assert len(notes(new=new).told) == 1


def test_to_a_reader_whom_the_version_before_did_not_know_nothing_is_compared():
    old = load_data({"version": "1", "audiences": ["leadership", "internal"]})
    new = load_data({"version": "2"}, glossary=[{"audience": "public"}])
    reader = Reader("public", date(2026, 6, 1))
    found = make_notes("2", "2026-06-01", new, "1", old, "2026-05-01", reader)
    assert found is not None
    assert found.told == ()
    assert make_notes("1", "2026-05-01", old, reader=reader) is None


@pytest.mark.parametrize(
    ("old", "new", "said"),
    [
        ({}, {}, "Nothing changed but the version."),
        (
            {"markets": [{"summary": "a b c d e"}]},
            {"markets": [{"summary": "a b c d f"}]},
            "1 change of wording.",
        ),
        ({}, {"announcements": [announcement("news", "2026-05-10")]}, None),
        ({}, {"glossary": [{}]}, None),
    ],
)
def test_a_version_without_news_says_so(notes, old, new, said):
    last = write_text(notes(old, new)).splitlines()[-1]
    assert (last == said) if said else ("chang" not in last or "new term" in last)
    assert ("Nothing changed" in last) == (said == "Nothing changed but the version.")


def test_the_first_version_says_that_it_is_the_first():
    found = make_notes("1", "2026-05-01", load_data(glossary=[{}]))
    assert found is not None
    assert found.is_first
    assert write_text(found).splitlines()[-1] == "The first released version."
    assert found.told == ()
