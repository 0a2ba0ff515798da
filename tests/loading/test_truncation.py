"""Files that were cut off: the end is told, and what is lost with it is not told as broken
elsewhere.
"""

import pytest

from tests.sample import MINIMAL_HEADER

MARKET = "- id: {0}\n  name: The {0}\n  priority: secondary\n  summary: They heat and cool.\n"
MARKETS = "".join(MARKET.format(name) for name in ("dairies", "sawmills", "breweries"))
PEOPLE = "- id: zoe\n  name: Zoe\n  role: Leads sales\n"
OFFERINGS = "- id: pump\n  name: Pump\n  one_liner: Heat from waste heat.\n  markets: [dairies, sawmills, breweries]\n"
FILES = {
    "strategy/markets.yaml": MARKETS,
    "strategy/people.yaml": PEOPLE,
    "strategy/offerings.yaml": OFFERINGS,
}


def told(load, files):
    """Where problems stand, and their rules."""
    problems = load({**FILES, **files}).problems
    return [(problem.place.file, problem.place.line, problem.rule) for problem in problems]


def cut_before(words):
    return MARKETS[: MARKETS.index(words)]


def test_the_strategy_is_sound_before_it_is_cut(load):
    assert told(load, {}) == []


@pytest.mark.parametrize(
    "last",
    ["dairies\n  priority", "dairies\n  priority: se", "dairies\n  pri", 'dairies\n  priority: "'],
)
def test_a_file_cut_off_in_an_entry_is_told_at_its_last_line_only(load, last):
    [problem] = load(
        {**FILES, "strategy/markets.yaml": "- id: dairies\n  name: The " + last}
    ).problems
    assert (problem.place.file, problem.place.line) == ("strategy/markets.yaml", 3)
    assert problem.why.endswith(
        'Others refer to "breweries" and "sawmills", which are missing, too.'
    )
    assert problem.fix.endswith(
        "If the file was cut off here, restore the rest from the repository's history."
    )


def test_a_file_cut_off_at_the_end_of_a_line_is_told_there(load):
    found = load({**FILES, "strategy/markets.yaml": cut_before("  summary")}).problems
    assert [(problem.place.line, problem.title) for problem in found] == [
        (3, '"summary" is missing in the market "The dairies"')
    ]
    assert "restore the rest" in found[0].fix


def test_a_field_forgotten_at_the_end_of_a_file_is_no_cut(load):
    [problem] = load(
        {**FILES, "strategy/markets.yaml": MARKETS.removesuffix("  summary: They heat and cool.\n")}
    ).problems
    assert problem.title == '"summary" is missing in the market "The breweries"'
    assert "restore" not in problem.fix


def test_a_misspelt_reference_is_told_beside_a_field_forgotten_at_the_end_of_a_file(load):
    markets = MARKETS.removesuffix("  summary: They heat and cool.\n")
    offerings = OFFERINGS.replace("dairies", "dairie")
    assert told(load, {"strategy/markets.yaml": markets, "strategy/offerings.yaml": offerings}) == [
        ("strategy/markets.yaml", 11, "missing-field"),
        ("strategy/offerings.yaml", 4, "broken-reference"),
    ]


def test_a_file_without_a_line_end_is_no_problem(load):
    assert told(load, {"strategy/markets.yaml": MARKETS.rstrip()}) == []


def test_several_entries_missing_behind_a_line_without_its_end_are_told_once_there(load):
    [problem] = load(
        {**FILES, "strategy/markets.yaml": cut_before("- id: sawmills").rstrip()}
    ).problems
    assert (problem.rule, problem.place.file, problem.place.line) == (
        "broken-reference",
        "strategy/markets.yaml",
        4,
    )
    assert (
        problem.title == "this file seems to be cut off: 2 entries that others refer to are missing"
    )
    assert [other.place.file for other in problem.related] == ["strategy/offerings.yaml"] * 2


@pytest.mark.parametrize(
    "files",
    [
        {"strategy/markets.yaml": cut_before("- id: sawmills")},  # with its line end
        {
            "strategy/markets.yaml": cut_before("- id: breweries").rstrip()
        },  # one entry only: it may be deleted
        {
            "strategy/markets.yaml": cut_before("- id: sawmills").rstrip(),
            "strategy/people.yaml": PEOPLE.rstrip(),  # the author's editor writes none
        },
    ],
)
def test_else_references_to_what_is_not_there_are_told_where_they_stand(load, files):
    found = told(load, files)
    assert found
    assert {(file, rule) for file, _, rule in found} == {
        ("strategy/offerings.yaml", "broken-reference")
    }


def test_a_strategy_yaml_that_is_cut_off_may_have_lost_kinds_that_are_nowhere_else(load):
    main = (
        MINIMAL_HEADER
        + "people:\n- id: zoe\n  name: Zoe\n  role: Leads sales\nglossary:\n- id: lift\n  te"
    )
    offerings = OFFERINGS + "  personas: [buyer]\n  owner: adam\n"
    [first, second] = load(
        {
            "strategy.yaml": main,
            "strategy/markets.yaml": MARKETS,
            "strategy/offerings.yaml": offerings,
        }
    ).problems
    assert (first.rule, first.place.line) == ("missing-colon", main.count("\n") + 1)
    assert 'Others refer to "buyer", which is missing, too.' in first.why
    assert second.title == 'there is no "adam" among the people'  # they stand whole above the end


def test_a_file_with_one_entry_that_is_cut_off(load):
    [problem] = load({"strategy/people/zoe.yaml": "id: zoe\nname: Zo"}).problems
    assert (problem.place.line, problem.title) == (2, '"role" is missing in the person "Zo"')
    assert problem.fix.endswith("restore the rest from the repository's history.")


def test_of_a_kind_whose_file_was_cut_off_nobody_knows_all_entries(load):
    assert load({**FILES, "strategy/markets.yaml": cut_before("cool.")}).unread_kinds == set()
    assert load(
        {**FILES, "strategy/markets.yaml": cut_before("  summary").rstrip()}
    ).unread_kinds == {"markets"}
