import os
from datetime import date

import pytest

from generator.checks.project import check_project, today_from_environment
from generator.model.addresses import Delivery
from generator.problems.problem import has_errors
from generator.site.assembly import assemble
from generator.site.choice import Choice
from tests.sample import OBJECTIONS, TODAY, write_strategy


@pytest.fixture(autouse=True)
def _no_fixed_day(monkeypatch):
    monkeypatch.delenv("SOURCE_DATE_EPOCH", raising=False)


def test_files_become_pages(assemble_files):
    assembly = assemble_files({"strategy.yaml": OBJECTIONS, "playbook/guide.md": "# Guide\n"})
    assert assembly.problems == ()
    assert assembly.files == 2
    assert "objections/pricey/" in {page.address for page in assembly.made.pages.pages}
    assert [page.path for page in assembly.made.hand_written] == ["guide.md"]
    assert assembly.made.edition.today == TODAY


def test_with_an_error_nothing_is_made(assemble_files):
    assembly = assemble_files({"strategy/people.yaml": "- id: a\n"})
    assert assembly.made is None
    assert has_errors(assembly.problems)


def test_with_a_warning_the_pages_are_made_and_leadership_reads_of_it(assemble_files):
    assembly = assemble_files({"strategy/seating.csv": ""}, audience="leadership")
    assert [str(problem.severity) for problem in assembly.problems] == ["warning"]
    [health] = [page for page in assembly.made.pages.pages if page.address == "health/"]
    assert "strategy/seating.csv" in health.lay_out().html


def test_an_audience_that_nobody_knows_is_said_with_those_that_are(assemble_files):
    assembly = assemble_files(audience="everyone")
    assert assembly.made is None
    [problem] = assembly.problems
    assert (
        problem.title
        == 'there is no audience "everyone"; known are leadership, internal, partner, public'
    )


@pytest.mark.parametrize(
    "path",
    [
        "index.md",
        "README.md",
        "objections/pricey.md",
        "objections/pricey/index.md",
        "objections.md",
        "objections/README.md",
        "proof/index.md",
        "objections/old.md",
        "objections/old/index.md",
    ],
)
def test_a_hand_written_page_in_the_place_of_ours_is_said(assemble_files, path):
    assembly = assemble_files({"strategy.yaml": OBJECTIONS, f"playbook/{path}": "# Mine\n"})
    assert assembly.made is None
    [problem] = assembly.problems
    assert (problem.rule, problem.place.file) == ("address-taken", f"playbook/{path}")


@pytest.mark.parametrize("path", ["entries.json", "assets/playbook.css"])
def test_a_file_in_the_place_of_ours_is_said(assemble_files, path):
    [problem] = assemble_files({"strategy.yaml": OBJECTIONS, f"playbook/{path}": "{}"}).problems
    assert problem.place.file == f"playbook/{path}"


def test_a_hand_written_page_beside_ours_is_fine(assemble_files):
    assert (
        assemble_files(
            {"strategy.yaml": OBJECTIONS, "playbook/objections/advice.md": "# Advice\n"}
        ).problems
        == ()
    )


@pytest.mark.parametrize(
    ("url", "files", "rules"),
    [
        ("files/a b.pdf", {"playbook/files/a b.pdf": b"%PDF"}, []),
        ("files/a.pdf", {}, ["missing-document"]),
        ("files", {"playbook/files/a.pdf": b"%PDF"}, ["missing-document"]),
        ("https://example.com/a.pdf", {}, []),
        ("x" * 300, {}, ["missing-document"]),
    ],
)
def test_a_document_said_to_be_in_the_playbook_must_be_there(assemble_files, url, files, rules):
    assembly = assemble_files({"strategy.yaml": write_strategy(assets=[{"url": url}]), **files})
    assert [problem.rule for problem in assembly.problems] == rules


@pytest.mark.parametrize(
    ("template", "line"),
    [
        ("<h1>a</h1>\n{% if %}", 2),
        ("<h1>a</h1>\n{{ nope }}", 2),
        ("<h1>a</h1>\n{{ title() }}", 2),
        ("{{ 1 / 0 }}", 1),
        ("{{ header.company + 1 }}", 1),
        (b"\xff", 0),
    ],
)
def test_a_faulty_template_of_the_companys_own_is_said_where_it_is(assemble_files, template, line):
    assembly = assemble_files({"playbook/templates/home.html": template})
    assert assembly.made is None
    [problem] = assembly.problems
    assert (problem.rule, problem.place.file) == ("faulty-template", "playbook/templates/home.html")
    assert problem.place.line in (0, line)


def test_a_template_of_the_companys_own_that_lacks_its_macro_is_said(assemble_files):
    strategy = write_strategy(**{kind: [{}] for kind in ("markets", "objections", "plays")})
    files = {"strategy.yaml": strategy, "playbook/templates/call_part.html": "<li>Call us</li>"}
    assembly = assemble_files(files)
    assert assembly.made is None
    [problem] = [one for one in assembly.problems if one.rule == "faulty-template"]
    assert problem.place.file == "playbook/templates/call_part.html"
    assert problem.title == "a template of your own cannot be used: it has no macro each(part)"


def test_a_file_name_in_a_wrong_encoding_is_said(make_strategy):
    root = make_strategy({"strategy/people.yaml": write_strategy(people=[{}])})
    (root / "strategy" / os.fsdecode(b"\xff.yaml")).write_text("x")
    assert assemble(root, Choice(as_of=TODAY)).made is None


def test_problems_of_pages_and_strategy_come_by_file(make_strategy):
    files = {
        "playbook/a.md": "[x](entry:plays/x)\n",
        "strategy/seating.csv": "",
        "playbook/b.md": b"\xff",
    }
    _, pages, problems = check_project(make_strategy(files))
    assert [problem.place.file for problem in problems] == [
        "playbook/a.md",
        "playbook/b.md",
        "strategy/seating.csv",
    ]
    assert [page.path for page in pages] == ["a.md"]


@pytest.mark.parametrize(
    ("epoch", "day"),
    [
        ("0", date(1970, 1, 1)),
        ("1780272000", date(2026, 6, 1)),
        ("", None),
        ("soon", None),
        ("-1", None),
        ("٣", None),
    ],
)
def test_the_environment_may_fix_the_day(monkeypatch, epoch, day):
    monkeypatch.setenv("SOURCE_DATE_EPOCH", epoch)
    assert today_from_environment() == day


def test_a_day_in_the_environment_beyond_the_calendar_does_not_make_it_fail(monkeypatch):
    monkeypatch.setenv("SOURCE_DATE_EPOCH", "9" * 20)
    assert today_from_environment() is None


def test_the_chosen_day_wins_over_that_of_the_environment(assemble_files, monkeypatch):
    monkeypatch.setenv("SOURCE_DATE_EPOCH", "0")
    assert assemble_files().made.edition.today == TODAY
    assert assemble_files(as_of=None).made.edition.today == date(1970, 1, 1)


def test_the_form_for_changes_is_for_those_inside_who_read_what_is_current(assemble_files):
    files = {"strategy.yaml": OBJECTIONS}
    open_to = {
        name: assemble_files(files, **asked).made.pages
        for name, asked in {
            "not asked for": {},
            "inside": {"edit": True},
            "outside": {"edit": True, "audience": "partner"},
            "in a folder": {"edit": True, "delivery": Delivery(from_folder=True)},
        }.items()
    }
    with_page = [
        name
        for name, pages in open_to.items()
        if "suggest/" in {page.address for page in pages.pages}
    ]
    with_files = [
        name
        for name, pages in open_to.items()
        if any(asset.path.startswith("assets/suggest/") for asset in pages.assets)
    ]
    with_links = [
        name
        for name, pages in open_to.items()
        if any("suggest/" in page.lay_out().html for page in pages.pages)
    ]
    assert with_page == with_files == with_links == ["inside"]
