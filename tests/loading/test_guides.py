"""Hand-written pages: for whom they are, what is wrong with them, where their links lead."""

import unicodedata

import pytest

from generator.loading.guides import HandWritten, links_to, may_name, resolve_links
from tests.sample import OBJECTIONS


@pytest.mark.parametrize(
    ("front_matter", "audience", "shown"),
    [
        ("", "internal", True),
        ("", "public", False),
        ("---\naudience: public\n---\n", "public", True),
        ("---\r\naudience: leadership\r\n---\r\n", "internal", False),
        ("---\naudience: leadership\n...\n", "leadership", True),
        ("---\ntitle: x\n---\n", "internal", True),
        ("---\ntitle: [\n---\n", "internal", True),
        ("---\n- a\n---\n", "public", False),
    ],
)
def test_a_hand_written_page_is_for_whom_its_front_matter_says(
    assemble_files, front_matter, audience, shown
):
    assembly = assemble_files({"playbook/guide.md": front_matter + "# Guide\n"}, audience=audience)
    assert bool(assembly.made.hand_written) == shown


@pytest.mark.parametrize(
    "written", ["boss", "[leadership]", "Leadership", "{leadership: yes}", "7"]
)
def test_a_hand_written_page_for_an_unknown_audience_is_shown_to_nobody(assemble_files, written):
    assembly = assemble_files({"playbook/guide.md": f"---\naudience: {written}\n---\n# Guide\n"})
    assert [problem.rule for problem in assembly.problems] == ["unknown-audience"]


@pytest.mark.parametrize(
    "front_matter",
    [
        "audience: " + "[" * 5000,
        "audience: !!timestamp x",
        "audience: !!int x",
        "audience: !!python/object:os.system x",
        "? [a]\n: b",
        "a: &a [*a]",
        "\x07",
        "audience: 2026-99-99",
    ],
)
def test_no_front_matter_makes_it_fail(assemble_files, front_matter):
    assert assemble_files({"playbook/guide.md": f"---\n{front_matter}\n---\n# Guide\n"}) is not None


def test_a_link_in_a_hand_written_page_that_leads_nowhere_is_said(assemble_files):
    [problem] = assemble_files(
        {"strategy.yaml": OBJECTIONS, "playbook/a/b.md": "# B\n\n[x](entry:objections/pricy)\n"}
    ).problems
    assert (problem.place.file, problem.place.line, problem.place.column) == (
        "playbook/a/b.md",
        3,
        11,
    )
    assert problem.title == 'there is no "pricy" among the objections'
    assert problem.fix == 'Did you mean "objections/pricey" ("It costs too much")?'
    assert problem.excerpt == ((3, "[x](entry:objections/pricy)"),)


@pytest.mark.parametrize("example", ["```\n{}\n```\n", "`{}`\n", "~~~\n```\n{}\n~~~\n"])
def test_an_example_of_a_link_is_left_as_it_is(assemble_files, example):
    text = example.replace("{}", "[x](entry:objections/pricey)")
    made = assemble_files({"strategy.yaml": OBJECTIONS, "playbook/guide.md": text}).made
    assert resolve_links(made.hand_written[0].text, "guide.md", made.edition) == text


@pytest.mark.parametrize(
    ("page", "text", "resolved"),
    [
        ("guide.md", "[x](entry:objections/pricey)", "[x](objections/pricey/index.md)"),
        ("a/b/guide.md", "[x](entry:objections/pricey)", "[x](../../objections/pricey/index.md)"),
        ("guide.md", "[x](entry:proof/plant)", "[x](proof/index.md#plant)"),
        ("guide.md", "[x](<entry:objections/pricey>)", "[x](objections/pricey/index.md)"),
        ("guide.md", "[see [1]](entry:objections/pricey)", "[see [1]](objections/pricey/index.md)"),
        ("guide.md", "See [the secret](entry:objections/secret).", "See the secret."),
        (
            "guide.md",
            "[web](https://example.com) [x](entry:objections/secret)",
            "[web](https://example.com) x",
        ),
    ],
)
def test_links_in_hand_written_pages_lead_to_files_and_dead_ones_become_words(
    assemble_files, page, text, resolved
):
    made = assemble_files({"strategy.yaml": OBJECTIONS}).made
    assert resolve_links(text, page, made.edition) == resolved


def test_the_hint_of_a_link_to_an_entry_is_not_shown_to_those_who_do_not_get_it(assemble_files):
    made = assemble_files({"strategy.yaml": OBJECTIONS}).made
    resolved = resolve_links(
        '[x](entry:objections/secret "Secret (plan)") y', "guide.md", made.edition
    )
    assert resolved == "x y"


@pytest.mark.parametrize("link", ["[a](Übersicht%20Größe.md)", "[a](<Übersicht Größe.md>)"])
def test_a_link_with_letters_of_one_part_to_a_file_with_letters_of_two_is_said_where_it_stands(
    assemble_files, link
):
    files = {f"playbook/{unicodedata.normalize('NFD', 'Übersicht Größe')}.md": "# A\n"}
    [problem] = assemble_files({**files, "playbook/b.md": f"# B\n\nSee {link}.\n"}).problems
    assert (problem.place.line, problem.place.column) == (3, 5 + link.index("Ü"))
    assert problem.title == 'the link "Übersicht Größe.md" leads to no page or file'
    assert "Rename the file: type its name anew." in problem.fix


def test_templates_are_no_pages(assemble_files):
    assert (
        assemble_files({"playbook/templates/notes.md": "[x](entry:nothing/here)"}).made.hand_written
        == ()
    )


@pytest.mark.parametrize("raw", [b"# K\xe4se\n", b"\xff\xfe#\x00"])
def test_a_hand_written_page_in_another_encoding_is_said(assemble_files, raw):
    [problem] = assemble_files({"playbook/guide.md": raw}).problems
    assert (problem.rule, problem.place.file) == ("not-utf-8", "playbook/guide.md")


@pytest.mark.parametrize(
    "head",
    [
        "---\naudiance: leadership\n---\n",
        "---\nAudience: leadership\n---\n",
        "---\nAUDIENCE: leadership\n---\n",
        "---\naudience:leadership\n---\n",
        "---\naudience leadership\n---\n",
        "---\naudience:\u00a0leadership\n---\n",
        "---\n\u00a0audience: leadership\n---\n",
        "---\naudiences: leadership\n---\n",
        "---\ntitle: [\naudience: leadership\n---\n",
        "\n---\naudience: leadership\n---\n",
        "----\naudience: leadership\n----\n",
        " ---\naudience: leadership\n---\n",
        "---\naudience: leadership\n----\n",
        "---\naudience: leadership\n\n",
        "Audience: leadership\n\n",
        "title: Plans\naudience = leadership\n\n",
        "---\ntitle: Plans\n\naudience : leadership\n--\n",
    ],
)
def test_a_page_that_seems_to_say_for_whom_it_is_but_not_clearly_is_refused(assemble_files, head):
    assembly = assemble_files({"playbook/guide.md": head + "# Guide\n"})
    [problem] = assembly.problems
    assert problem.rule == "unknown-audience"
    assert "audien" in problem.excerpt[0][1].lower() or "audian" in problem.excerpt[0][1].lower()


@pytest.mark.parametrize(
    "text",
    [
        "# Guide\n\nAudience: everybody in sales.\n",
        "Our audience is large: thousands.\n",
        "---\ntitle: Audience and reach\n---\n# Guide\n",
        "---\nauthor: Anna\n---\n# Guide\n",
        "Note: this page is short.\n",
    ],
)
def test_a_page_that_only_speaks_of_an_audience_is_for_those_inside(assemble_files, text):
    assembly = assemble_files({"playbook/guide.md": text})
    assert assembly.problems == ()
    assert [page.audience for page in assembly.made.hand_written] == ["internal"]


@pytest.mark.parametrize(
    "text",
    [
        "`entry:objections/secret`",
        "<a href='entry:objections/secret'>x</a>",
        "entry:objections/secret",
        "```\nentry:objections/secret\n```",
    ],
)
def test_the_id_of_an_entry_that_is_not_shown_stands_nowhere(assemble_files, text):
    made = assemble_files({"strategy.yaml": OBJECTIONS}).made
    assert "secret" not in resolve_links(text, "guide.md", made.edition)
    told = assemble_files({"strategy.yaml": OBJECTIONS}, audience="leadership").made
    assert "secret" in resolve_links(text, "guide.md", told.edition)


@pytest.mark.parametrize(
    ("path", "text", "file", "linked"),
    [
        ("guide.md", "![plan](img/plan.png)", "img/plan.png", True),
        ("guide.md", "![plan](<img/my plan.png>)", "img/my", True),
        ("guide.md", "[plan](img/my%20plan.png)", "img/my plan.png", True),
        ("a/guide.md", "[plan](../img/plan.png#top)", "img/plan.png", True),
        ("a/guide.md", "<img alt='' src='../../img/plan.png'>", "img/plan.png", True),
        ("guide.md", "[p]: img/plan.png", "img/plan.png", True),
        ("guide.md", "[plan](/img/plan.png?x)", "img/plan.png", True),
        ("guide.md", "Ask for the plan of the year.", "plan", False),
        ("guide.md", "See img/plan.png", "img/plan.png", False),
        ("guide.md", "[plan](img/plan.png.txt)", "img/plan.png", False),
    ],
)
def test_a_file_is_had_by_those_who_get_a_page_that_links_to_it(path, text, file, linked):
    assert links_to(HandWritten(path, text, "public"), file) == linked


def test_a_page_may_name_a_file_without_linking_to_it():
    page = HandWritten("guide.md", "The plan is in plan%20b.pdf.", "leadership")
    assert may_name(page, "files/plan b.pdf")
    assert not may_name(page, "files/plan c.pdf")
