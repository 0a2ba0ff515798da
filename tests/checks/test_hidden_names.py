"""What names something hidden, in texts for readers outside: an error at its line, and nothing else
is one.
"""

from __future__ import annotations

import pytest

from generator.checks.project import check_project
from tests.sample import write_strategy

FILES = {
    "strategy.yaml": write_strategy(
        competitors=[
            {"id": "blue-harbour", "name": "Harbour, the blue one"},
            {"id": "sluice", "name": "Gates of Brabant"},
            {"id": "open-gates", "name": "Open gates", "audience": "public"},
        ],
        glossary=[
            {"id": "tie-in", "term": "Tie-in", "meaning": "Joined later."},
            {"id": "spill-way", "term": "Spill way", "meaning": "Where it runs over."},
            {
                "id": "head-race",
                "term": "Upper channel",
                "meaning": "Water.",
                "audience": "partner",
            },
        ],
        proof=[{"id": "old-mill"}, {"id": "price"}],
        assets=[
            {"id": "rates", "name": "Rates", "url": "https://files.example.com/r8.pdf"},
            {"id": "plan", "name": "Plan", "url": "files/floor plan.pdf"},
        ],
        objections=[{"id": "sluice", "says": "Too wet"}],
    ),
    "playbook/files/floor plan.pdf": "%PDF",
    "playbook/inner-harbour.md": "# For us\n",
}
HEAD = "---\naudience: public\n---\n"


@pytest.fixture
def say(make_strategy):
    """What is said of a page that begins behind its front matter on line 4: lines and words."""

    def check(text: str, head: str = HEAD) -> list[tuple[int, str]]:
        root = make_strategy({**FILES, "playbook/page.md": head + text})
        found = [one for one in check_project(root)[2] if one.place.file == "playbook/page.md"]
        assert {one.rule for one in found} <= {"hidden-name", "raw-html"}, found
        problems = [one for one in found if one.rule == "hidden-name"]
        return [(one.place.line, one.title.split('"')[1]) for one in problems]

    return check


@pytest.mark.parametrize(
    "text",
    [
        "See competitors/blue-harbour there.",
        "See competitors/sluice there.",
        "See Competitors/Sluice.",
        "`entry:competitors/sluice`",
        "```\ncompetitors/sluice\n```",
        "```yaml\nagainst: sluice\n```",
        "[x](https://playbook.example.com/latest/competitors/sluice/)",
        "[x](https://playbook.example.com/competitors%2Fsluice)",
        "competitors&#47;sluice",
        "competitors\\/sluice",
        "proof/#price",
        "proof/index.html#price",
        "strategy/competitors/sluice.yaml",
        "sluice.yaml",
        "It was blue-harbour again.",
        "It was blue&#45;harbour again.",
        "It was blue\u2011harbour again.",
        "It was blue\\-harbour again.",
        "An old-mill.jpg is there.",
        '<span class="sluice">x</span>',
        "<span data-of='x sluice'>x</span>",
        '<img alt="sluice" src="https://example.com/a.png">',
        '<a href="https://example.com/sluice/">x</a>',
        "[x](https://example.com/sluice/)",
        "Words. {: #sluice }",
        "<!-- ask about the sluice -->",
        "<!--\nblue-harbour\n-->",
        '<script type="application/json">{"a": "sluice"}</script>',
        "https://files.example.com/r8.pdf",
        "inner-harbour.md",
    ],
)
def test_a_page_for_readers_outside_that_names_what_they_do_not_get_is_told_at_its_line(say, text):
    lines = [
        number
        for number, line in enumerate(text.split("\n"), 6)
        if any(word in line for word in ("luice", "harbour", "price", "mill", "r8"))
    ]
    assert [line for line, _ in say(f"# Page\n\n{text}\n")] == [lines[0]]


@pytest.mark.parametrize(
    "text",
    [
        "The sluice was too wet, at a price.",
        "A tie-in, or TIE-IN; a spill-way; a rate, rates and plans.",
        "[the blue one](entry:competitors/blue-harbour) and <entry:competitors/sluice>",
        '[x][y]\n\n[y]: entry:competitors/sluice "x"',
        "competitors/open-gates and open-gates",
        "objectives/sluice and competitors/sluices",
        "blue-harbours, a-blue-harbour, blue-harbour-bay",
        '<img alt="The price of it" src="https://example.com/price-list.png">',
        "<!-- nothing to see -->",
        "markets/plans.md#price",
        "100% of a & b; 50%20off",
    ],
)
def test_ordinary_words_and_links_to_entries_are_no_names(say, text):
    assert say(f"# Page\n\n{text}\n") == []


def test_front_matter_is_data_but_for_what_a_reader_sees(say):
    head = "---\naudience: public\ntitle: The price of water\nfor: [x, price]\n---\n"
    assert say("# Page\n", head) == [(4, "price")]


def test_pages_for_those_inside_may_name_anything(say):
    assert say("competitors/sluice\n", "---\naudience: internal\n---\n") == []


def test_each_page_is_looked_at_for_its_own_circle(say):
    assert say("A head-race.\n", "---\naudience: partner\n---\n") == []
    assert say("A head-race.\n") == [(4, "head-race")]


def test_an_entry_for_readers_outside_names_nothing_hidden_either(make_strategy):
    entry = {
        "id": "too-dear",
        "says": "Too dear",
        "respond": "Not as in\n\n`proof/price`, nor\n[this](entry:proof/old-mill).",
        "audience": "public",
    }
    text = write_strategy(proof=[{"id": "old-mill"}, {"id": "price"}], objections=[entry])
    found = [
        one
        for one in check_project(make_strategy({"strategy.yaml": text}))[2]
        if one.rule == "hidden-name"
    ]
    assert [(one.entry, one.severity) for one in found] == [("objections/too-dear", "error")]


def test_only_a_build_for_readers_outside_stops(assemble_files):
    files = {**FILES, "playbook/page.md": f"{HEAD}# Page\n\ncompetitors/sluice\n"}
    assert assemble_files(files, audience="internal").made is not None
    assert assemble_files(files, audience="leadership").made is not None
    for reader in ("partner", "public"):
        assembly = assemble_files(files, audience=reader)
        assert assembly.made is None
        assert [one.rule for one in assembly.problems if one.severity == "error"] == ["hidden-name"]


def test_what_is_not_ready_yet_stops_a_build_for_readers_outside_but_no_check(
    assemble_files, make_strategy
):
    text = write_strategy(
        glossary=[
            {
                "id": "head-race",
                "term": "H",
                "meaning": "W.",
                "audience": "public",
                "status": "draft",
            }
        ]
    )
    files = {"strategy.yaml": text, "playbook/page.md": f"{HEAD}# Page\n\nA head-race.\n"}
    assert [
        one.rule for one in check_project(make_strategy(files))[2] if one.severity == "error"
    ] == []
    assert assemble_files(files, audience="public").made is None
    assert assemble_files(files, audience="public", drafts=True).made is not None
