import time

import pytest


@pytest.mark.parametrize(
    ("meaning", "what"),
    [
        ("First.<br>Second.", "HTML"),
        ("How <b>far</b> it is raised.", "HTML"),
        ('A film: <iframe src="https://films.example/1"></iframe>', "HTML"),
        ("Heat. <!-- ask Zoe --> More heat.", "HTML"),
        ("### In short\n\nHeat.", "heading"),
        ("Heat.\n# Details\nMore.", "heading"),
        ("In short\n======\n\nHeat.", "heading"),
        ("h2. In short", "heading"),
        ("See ![the curve](curve.png).", "picture"),
        ("See [the wiki](/wiki/heat).", "the address of the link is left out"),
        ("See [the sheet](../files/heat.pdf).", "the address of the link is left out"),
        ("See [here](www.heat.example).", "the address of the link is left out"),
        ("See [the norm][1].", "the link or note by its number"),
        ("It is 40 K.[^2]", "the link or note by its number"),
        ("See [[Heat]].", "the link of a wiki"),
        ("- [ ] Ask\n- [x] Call", "the box to tick"),
        ("It was ~~30~~ 40 K.", "struck out"),
        ("It is ==40 K==.", "mark around the words"),
        ("{{ company }} raises heat.", "template"),
        ("Heat :rocket: up.", "picture sign"),
        ("```\nlift = 40\n```", "fence"),
        ("!!! note\n    Heat.", "the box"),
    ],
)
def test_markup_that_reaches_no_reader_is_said(find, meaning, what):
    found = find("markup-not-shown", glossary=[{"meaning": meaning}])
    assert found
    assert what in found[0].title


@pytest.mark.parametrize(
    "meaning",
    [
        "It is a < b and row #2, 3 * 4 and 5*6, at 12:30:45.",
        "**Heat**, *lift* and `<br>` in code, ``[x](/y)`` too.",
        "See [the norm](https://norms.example/1) or <https://heat.example>, or write to <a@heat.example>.",
        "See [lift](entry:glossary/one) and [us](mailto:a@heat.example).",
        "- one\n- two\n\n| a | b |\n| --- | --- |\n| 1 | 2 |",
        "We are # 1 in lift, and #heat is our channel.",
        "Ask <name of the buyer> by the [date] in the [letter] (see below).",
        "If a == b and c ~ d, note: {heat, cold} [sic].",
    ],
)
def test_ordinary_signs_and_known_markup_stay_silent(find, meaning):
    assert find("markup-not-shown", glossary=[{"meaning": meaning}]) == []


@pytest.mark.parametrize(
    ("name", "is_said"),
    [
        ("The **plant** manager", True),
        ("The [plant](entry:markets/one) manager", True),
        ("Heat &amp; cold", True),
        ("Plant<br>manager", True),
        ("Plant manager (2 * 3) at R&D, 5 < 6 [new]", False),
        ("snake_case_name and __init__", False),
    ],
)
def test_a_text_of_one_line_has_no_markup_at_all(find, name, is_said):
    assert bool(find("markup-not-shown", personas=[{"name": name}])) == is_said


def test_it_is_said_in_lists_and_in_the_header_at_the_line(find):
    [found] = find(
        "markup-not-shown", plays=[{"steps": [{"do": "Call."}, {"do": "See <u>this</u>."}]}]
    )
    assert "<u>" in found.title
    [found] = find("markup-not-shown", {"vision": "## Heat for all"})
    assert found.entry == ""


@pytest.mark.parametrize("part", ["[a](b", "[a b](c d ", "[^a", "\n"])
def test_a_text_that_is_all_beginnings_of_markup_takes_no_longer_than_another(find, part):
    """Whoever sends one holds up nobody: it was minutes."""
    begun = time.process_time()
    find("markup-not-shown", glossary=[{"meaning": f"{part * 20_000}x"}])
    assert time.process_time() - begun < 20
