from dataclasses import replace
from datetime import date
from types import SimpleNamespace

import pytest
from mkdocs.config import load_config

from generator.model.entry import Key
from generator.model.insights.indicators import read_gauges
from generator.pages.health import measure_health, title_of_wanted
from generator.pages.registry import Background, render_pages
from generator.problems.problem import Place, Problem, Severity
from generator.schema.vocabulary import standard_vocabulary
from generator.site.plugin_options import edit_base_of
from tests.markup import read_html

TODAY = date(2026, 6, 1)


@pytest.fixture
def edition(make_edition):
    return make_edition(
        "leadership",
        header={
            "owners": {"markets": "one"},
            "commitments": [
                {"from": "leadership", "promise": "An answer in 14 days", "state": "at_risk"},
                {"from": "leadership", "promise": "No new targets", "state": "kept"},
                {"from": "field", "promise": "Notes on losses", "state": "broken"},
            ],
            "checks": {
                "waivers": [
                    {
                        "check": "missing-proof",
                        "entry": "differentiators/one",
                        "reason": "The study ends in May.",
                        "owner": "one",
                        "until": "2026-12-31",
                    }
                ]
            },
        },
        people=[{"reviewed_on": "2026-05-30"}],
        markets=[
            {"id": "fresh", "reviewed_on": "2026-05-30"},
            {"id": "due", "reviewed_on": "2026-03-05", "review_every": "90d"},
            {"id": "old", "reviewed_on": "2020-01-01"},
            {"id": "never"},
        ],
        differentiators=[{"reviewed_on": "2026-05-30"}],
        field_notes=[
            {"id": "open", "date": "2026-05-01"},
            {"id": "new", "date": "2026-05-30"},
            {"id": "done", "status": "done"},
        ],
        announcements=[{}],
    )


def test_health_counts_what_can_be_trusted(edition):
    health = measure_health(edition, ())
    assert health.reading.verified == 100 * 4 // 6
    [row] = health.owners
    assert row.owner is edition.strategy.find(Key("people", "one"))
    assert [[entry.id for entry in group] for group in (row.overdue, row.due, row.never)] == [
        ["old"],
        ["due"],
        ["never"],
    ]


def test_the_health_of_an_empty_strategy_is_no_division_by_nothing(make_edition):
    reading = measure_health(make_edition("leadership"), ()).reading
    assert (reading.verified, reading.complete) == (0, 0)


def test_both_sides_see_what_they_owe(edition):
    health = measure_health(edition, ())
    assert (
        [promise.promise for promise in health.leadership.promises],
        health.leadership.kept,
    ) == (
        ["An answer in 14 days"],
        1,
    )
    assert [item.key.id for item in health.leadership.items] == ["open"]
    assert [promise.promise for promise in health.field.promises] == ["Notes on losses"]
    assert [(one.note.id, one.age, one.late) for one in health.notes] == [
        ("open", 31, True),
        ("new", 2, False),
    ]


def test_gaps_are_listed_by_kind_the_widest_first(edition):
    kinds = {row.kind.key: row for row in measure_health(edition, ()).kinds}
    assert "glossary" not in kinds
    assert kinds["markets"].count == len(kinds["markets"].rows) == 4
    assert kinds["differentiators"].rows[0].cells.count(True) == 0


def test_problems_come_by_family_errors_first(edition):
    problems = [
        Problem(
            rule="overdue-review", severity=Severity.NOTICE, place=Place("a.yaml", 1), title="late"
        ),
        Problem(
            rule="missing-proof",
            severity=Severity.WARNING,
            place=Place("a.yaml", 2),
            title="unproven",
        ),
        Problem(rule="stray-file", severity=Severity.WARNING, place=Place("b.csv"), title="stray"),
    ]
    families = measure_health(edition, problems).families
    assert [(row.family, row.errors, row.warnings, row.notices) for row in families] == [
        ("evidence", 0, 1, 0),
        ("freshness", 0, 0, 1),
        ("form", 0, 1, 0),
    ]


def test_what_is_missing_goes_by_the_words_of_the_schema():
    vocabulary = standard_vocabulary()
    assert title_of_wanted("<offerings", vocabulary.kinds["markets"], vocabulary) == "Offerings"
    assert (
        title_of_wanted("ideal_customer.must_have", vocabulary.kinds["markets"], vocabulary)
        == "Ideal customer: Must have"
    )


def page_of(edition, problems=(), edit_base=""):
    return next(
        page
        for page in render_pages(edition, Background(lambda: problems), edit_base=edit_base).pages
        if page.address == "health/"
    )


def test_the_page_leads_to_where_it_is_mended(edition):
    problem = Problem(
        rule="missing-proof",
        severity=Severity.WARNING,
        place=Place("strategy/my file.yaml", 7),
        title="nothing proves it",
        why="Why.",
        fix="Name proof.",
    )
    assert "https://" not in page_of(edition, [problem]).lay_out().html
    body = page_of(edition, [problem], "https://git.example/edit/main/").lay_out().html
    assert 'href="https://git.example/edit/main/strategy/my%20file.yaml#L7"' in body
    assert "Nothing proves it. Name proof." in read_html(body).text


def test_what_is_accepted_for_now_is_said_openly(edition):
    body = read_html(page_of(edition).lay_out().html)
    assert "The study ends in May." in body.text
    assert ("../differentiators/one/", "We measure first") in body.links


def test_charts_need_no_styles_of_their_own_and_stand_beside_text(edition):
    body = page_of(edition).lay_out().html
    assert "<svg" in body
    assert " style=" not in body
    assert 'aria-label="Verified: 66 %"' in body


def test_older_versions_can_be_measured_like_the_newest(edition):
    reading = read_gauges(edition.strategy, TODAY)
    assert (reading.version, reading.day, reading.unanswered) == ("1", TODAY, 1)
    assert 0 <= reading.focus <= 100
    assert [part.name for part in reading.focus_parts][:2] == ["focus_few", "focus_chosen"]


def test_earlier_versions_make_a_line_that_ends_today_where_there_are_any(edition):
    newest = read_gauges(edition.strategy, TODAY)
    assert "pb-trend" not in page_of(edition).lay_out().html
    trend = [replace(newest, version="2025.4", day=date(2025, 12, 1), verified=40)]
    pages = render_pages(edition, Background(trend=lambda: trend)).pages
    body = next(page.lay_out().html for page in pages if page.address == "health/")
    assert 'aria-label="Verified: 2025.4 40 %, Today 66 %"' in body
    text = read_html(body).text
    assert "How it went since the last released version" in text
    assert "2025.4 2025-12-01 40 %" in text


def test_an_entry_with_a_waiver_leads_to_where_it_stands(edition):
    pages = {page.address: page for page in render_pages(edition).pages}
    assert ("../../health/", "Health") in read_html(
        pages["differentiators/one/"].lay_out().html
    ).links


@pytest.mark.parametrize(
    ("repo", "edit", "base"),
    [
        (
            "https://git.example/acme/playbook",
            "edit/main/playbook/",
            "https://git.example/acme/playbook/edit/main/",
        ),
        (
            "https://git.example/acme/playbook/",
            "-/edit/main/playbook",
            "https://git.example/acme/playbook/-/edit/main/",
        ),
        ("", "edit/main/playbook/", ""),
        (
            "",
            "https://git.example/acme/-/edit/main/playbook/",
            "https://git.example/acme/-/edit/main/",
        ),
        ("https://git.example/acme", "", ""),
    ],
)
def test_where_the_git_host_edits_a_file(repo, edit, base):
    config = SimpleNamespace(
        repo_url=repo,
        edit_uri=edit,
        edit_uri_template=None,
        docs_dir="/home/a/playbook",
        config_file_path="/home/a/mkdocs.yml",
    )
    assert edit_base_of(config) == base


def test_a_template_of_the_git_host_is_followed_where_it_ends_in_the_file():
    config = SimpleNamespace(
        repo_url="https://git.example/acme/",
        edit_uri=None,
        docs_dir="/a/playbook",
        config_file_path="/a/mkdocs.yml",
    )
    config.edit_uri_template = "https://editor.example/?in=acme&open=playbook/{path}"
    assert edit_base_of(config) == "https://editor.example/?in=acme&open="
    config.edit_uri_template = "edit/main/playbook/{path}"
    assert edit_base_of(config) == "https://git.example/acme/edit/main/"
    config.edit_uri_template = "edit/{path_noext}"
    assert edit_base_of(config) == ""


@pytest.mark.parametrize(
    ("setting", "base"),
    [
        ("edit_uri_template: 'src/live/pages/{path}'", "https://code.example/team/src/live/"),
        ("edit_uri_template: 'https://ed.example/?at=a/pages/{path}'", "https://ed.example/?at=a/"),
        ("edit_uri: '?at=trunk/pages/'", "https://code.example/team?at=trunk/"),
        ("edit_uri: '?at=pages'", "https://code.example/team?at="),
        ("edit_uri: 'browse?at=x&f=a/b/pages/'", "https://code.example/team/browse?at=x&f=a/b/"),
        ("edit_uri: '#pages/'", "https://code.example/team#"),
        ("edit_uri_template: 'src/{path_noext}'", ""),
    ],
)
def test_every_way_in_which_mkdocs_reads_where_a_file_is_edited(tmp_path, setting, base):
    (tmp_path / "pages").mkdir()
    file = tmp_path / "mkdocs.yml"
    text = f"site_name: x\ndocs_dir: pages\nrepo_url: https://code.example/team\n{setting}\n"
    file.write_text(text, "utf-8")
    assert edit_base_of(load_config(str(file))) == base
