"""How much a change weighs, and what is one: a rename, a move, another order."""

import pytest

from generator.changes.change import Grade, strongest
from generator.changes.comparison import as_data, find_renames, rename_references
from generator.changes.review import review_sides
from generator.loading.loader import load_strategy
from generator.model.entry import Key
from generator.schema.vocabulary import Field
from tests.sample import MemoryTree, load_data, write_strategy

SIX = "one two three four five six"


@pytest.mark.parametrize(
    ("kind", "field", "old", "new", "grade"),
    [
        # figures, values and references
        ("markets", "summary", "It saves 30% of gas.", "It saves 40% of gas.", "material"),
        ("markets", "summary", "30% here, 40% there", "40% here, 30% there", "wording"),
        ("markets", "priority", "primary", "secondary", "material"),
        # words alone
        ("markets", "summary", "They heat, and cool.", "They HEAT and cool", "wording"),
        ("markets", "summary", SIX, f"{SIX} seven", "wording"),
        ("markets", "summary", "a b c d e", "a b c x y", "wording"),
        ("markets", "summary", "a b c d", "a b x y", "minor"),
        # the name of an entry
        ("offerings", "name", SIX, f"{SIX} seven", "minor"),
        ("offerings", "one_liner", SIX, f"{SIX} seven", "wording"),
        # what was worded with care, as the schema says
        ("differentiators", "claim", SIX, f"{SIX} seven", "material"),
        ("differentiators", "claim", "We measure, first", "We measure first", "wording"),
        ("competitors", "quick_answer", SIX, f"{SIX} seven", "wording"),
        ("competitors", "quick_answer", "a b c d", "a b x y", "material"),
        # what the schema says is of less weight
        ("people", "reviewed_on", "2026-01-01", "2026-02-01", "minor"),
        ("field_notes", "date", "2026-01-01", "2026-02-01", "minor"),
        ("assets", "url", "https://example.com/1", "https://example.com/2", "minor"),
    ],
)
def test_a_change_weighs_as_much_as_it_changes_what_to_do(changes, kind, field, old, new, grade):
    assert changes(kind, [{field: old}], [{field: new}]) == [("changed", "one", field, grade)]


def test_a_text_that_comes_or_goes_weighs_little(changes):
    words, nothing = [{"rationale": "They heat in 2026."}], [{}]
    assert changes("markets", nothing, words) == [("added", "one", "rationale", "minor")]
    assert changes("markets", words, nothing) == [("removed", "one", "rationale", "minor")]


def test_a_whole_entry_weighs_most_unless_nobody_sees_it(changes):
    assert changes("markets", [], [{}]) == [("added", "one", "", "material")]
    assert changes("markets", [{}], []) == [("removed", "one", "", "material")]
    draft = [{"status": "draft"}]
    assert changes("markets", [], draft) == [("added", "one", "", "minor")]
    assert changes("markets", draft, []) == [("removed", "one", "", "minor")]
    assert changes("field_notes", [], [{}]) == [("added", "one", "", "minor")]


def test_a_new_item_weighs_as_much_as_what_can_stand_in_it(changes):
    assert changes("objectives", [{}], [{"measures": [{"name": "Orders"}]}]) == [
        ("added", "one", "measures", "material")
    ]
    assert changes("markets", [{}], [{"pains": [{"pain": "Steam"}]}]) == [
        ("added", "one", "pains", "minor")
    ]


def test_an_entry_that_cannot_be_read_hides_no_change_of_another():
    def read(priority, broken=False):
        text = write_strategy(markets=[{"id": "a"}, {"id": "b", "priority": priority}])
        if broken:
            text = text.replace('"priority": "primary"', '"priority": "prmary"', 1)
        return load_strategy(MemoryTree({"strategy.yaml": text}))

    found = review_sides("v1", read("primary"), "v2", read("secondary", broken=True))
    assert [(change.key, change.new) for change in found.changes] == [
        (Key("markets", "b"), "secondary")
    ]


def test_what_changes_in_a_draft_weighs_little_until_it_is_published(changes):
    old, new = {"priority": "primary"}, {"priority": "secondary"}
    draft = {"status": "draft"}
    assert changes("markets", [{**old, **draft}], [{**new, **draft}]) == [
        ("changed", "one", "priority", "minor")
    ]
    assert ("changed", "one", "priority", "material") in changes(
        "markets", [{**old, **draft}], [new]
    )
    assert changes(
        "markets", [{"summary": SIX, **draft}], [{"summary": f"{SIX} seven", **draft}]
    ) == [("changed", "one", "summary", "wording")]


def test_items_that_joined_another_list_weigh_more_than_items_that_went_and_came(changes):
    """Where the line with a list's name is lost, its items join the list above without a word."""
    old = {"goals": ["Less gas"], "challenges": ["Old boilers", "No staff"]}
    torn = {"goals": ["Less gas", "Old boilers", "No staff"]}
    rewritten = {"goals": ["Less gas", "New boilers"]}
    assert {one[3] for one in changes("personas", [old], [torn])} == {"material"}
    assert {one[3] for one in changes("personas", [old], [rewritten])} == {"minor"}


def test_a_new_order_is_told_once_where_it_means_nothing(changes):
    tags = [{"tags": ["a", "b", "c"]}]
    assert changes("markets", tags, [{"tags": ["c", "b", "a"]}]) == [
        ("moved", "one", "tags", "minor")
    ]
    assert changes("markets", tags, [{"tags": ["a", "c", "d"]}]) == [
        ("removed", "one", "tags", "minor"),
        ("added", "one", "tags", "minor"),
    ]
    proof = [{"id": "one", "proof": ["a", "b"]}]
    known = [{"id": "a"}, {"id": "b"}]
    old, new = (
        load_data(objections=proof, proof=known),
        load_data(objections=[{"id": "one", "proof": ["b", "a"]}], proof=known),
    )
    [change] = review_sides("v1", old, "v2", new).changes
    assert (change.what, change.path, change.grade) == ("moved", ("proof",), "minor")


def test_a_new_order_of_steps_is_told_of_each(changes):
    steps = [{"do": "Call."}, {"do": "Write."}]
    assert changes("plays", [{"steps": steps}], [{"steps": steps[::-1]}]) == [
        ("moved", "one", "steps", "minor")
    ]


def test_positions_are_told_from_both_sides(review):
    steps = [{"do": text} for text in ("Call.", "Write.", "Visit.")]
    old, new = {"plays": [{"steps": steps}]}, {"plays": [{"steps": [steps[2], *steps[:2]]}]}
    [moved] = review(old, new).changes
    assert (moved.path[-1].old, moved.path[-1].new) == (2, 0)
    shorter = {"plays": [{"steps": steps[:2]}]}
    [removed] = review(old, shorter).changes
    assert (removed.path[-1].old, removed.path[-1].new, removed.new) == (2, None, None)
    [added] = review(shorter, old).changes
    assert (added.path[-1].old, added.path[-1].new, added.old) == (None, 2, None)


def test_a_changed_item_is_known_by_its_name_wherever_it_stands(review):
    old = [{"name": "Orders", "target": 1}, {"name": "Margin", "target": 5}]
    new = [{"name": "Margin", "target": 5}, {"name": "Orders", "target": 2}]
    [moved, changed] = sorted(
        review({"objectives": [{"measures": old}]}, {"objectives": [{"measures": new}]}).changes,
        key=lambda change: change.what,
        reverse=True,
    )
    assert (str(moved.what), str(changed.what)) == ("moved", "changed")
    assert (changed.old, changed.new, changed.path[1].name) == (1, 2, "Orders")


def test_references_alone_are_told_as_added_and_removed(changes):
    found = changes(
        "people", [{"id": "zoe", "topics": ["steam"]}], [{"id": "zoe", "topics": ["funding"]}]
    )
    assert found == [
        ("removed", "zoe", "topics", "minor"),
        ("added", "zoe", "topics", "minor"),
    ]


def test_the_strongest_of_changes_counts(review):
    old = {"markets": [{"summary": SIX, "priority": "primary"}]}
    new = {"markets": [{"summary": f"{SIX} seven", "priority": "secondary"}]}
    found = review(old, new).changes
    assert {change.grade for change in found} == {Grade.MATERIAL, Grade.WORDING}
    assert strongest(found) is Grade.MATERIAL
    assert strongest(change for change in found if change.grade is Grade.WORDING) is Grade.WORDING
    assert strongest(()) is Grade.WORDING
    [priority] = [change for change in found if change.path == ("priority",)]
    assert priority.field is not None
    assert priority.field.name == "priority"
    [whole] = review({}, {"markets": [{}]}).changes
    assert whole.field is None


LIFT = {"id": "lift", "term": "Lift", "meaning": "How far heat is raised."}


def renamed(old, new):
    """Old id to new id."""
    sides = load_data(**old), load_data(**new)
    return {str(before): str(after) for before, after in find_renames(*sides).items()}  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("old", "new", "found"),
    [
        ([LIFT], [{**LIFT, "id": "raise"}], {"glossary/lift": "glossary/raise"}),
        ([LIFT], [{**LIFT, "id": "raise", "meaning": "Otherwise."}], {}),
        (
            [LIFT],
            [{"id": "raise", "meaning": "Otherwise.", "former_ids": ["lift"]}],
            {"glossary/lift": "glossary/raise"},
        ),
        (
            [{**LIFT, "id": "raise", "former_ids": ["lift"]}],
            [{**LIFT, "meaning": "Otherwise."}],
            {"glossary/raise": "glossary/lift"},
        ),
        ([LIFT], [LIFT, {**LIFT, "id": "raise"}], {}),
        ([LIFT, {**LIFT, "id": "raise"}], [{**LIFT, "id": "other"}], {}),
        ([LIFT], [{**LIFT, "id": "one"}, {**LIFT, "id": "two"}], {}),
        ([LIFT, {**LIFT, "id": "raise"}], [{**LIFT, "id": "raise"}], {}),
        ([LIFT], [], {}),
    ],
)
def test_an_entry_is_renamed_where_it_says_so_or_all_of_it_is_the_same(old, new, found):
    assert renamed({"glossary": old}, {"glossary": new}) == found


def test_entries_of_two_kinds_are_never_one():
    old = {"people": [{"id": "zoe", "name": "Zoe", "role": "Sells"}]}
    new = {"markets": [{"id": "dairies", "former_ids": ["zoe"]}]}
    assert renamed(old, new) == {}


def test_an_id_that_two_entries_claim_is_given_to_neither():
    old = {"glossary": [{**LIFT, "former_ids": ["two"]}]}
    new = {
        "glossary": [
            {"id": "one", "term": "One", "former_ids": ["lift"]},
            {"id": "two", "term": "Two"},
        ]
    }
    assert renamed(old, new) == {}


def test_what_follows_a_rename_is_renamed_with_it():
    """The offering is the same but for the name of its market, and the asset but for the
    offering's.
    """

    def version(market, offering, asset):
        text = f"See [it](entry:markets/{market})."
        return {
            "markets": [{"id": market}],
            "offerings": [{"id": offering, "markets": [market], "description": text}],
            "assets": [{"id": asset, "offerings": [offering]}],
        }

    assert renamed(version("dairies", "pump", "list"), version("milk", "heat", "prices")) == {
        "markets/dairies": "markets/milk",
        "offerings/pump": "offerings/heat",
        "assets/list": "assets/prices",
    }


def test_a_rename_is_one_small_change_and_references_that_follow_it_none(review):
    def version(name):
        return {
            "header": {"allocation": [{"to": f"markets/{name}", "time": 60}]},
            "markets": [{"id": name}],
            "objections": [{"markets": [name], "respond": f"See [us](entry:markets/{name})."}],
            "field_notes": [{"about": [f"markets/{name}"]}],
        }

    [change] = review(version("dairies"), version("milk")).changes
    assert (str(change.what), change.key, change.old, change.new, str(change.grade)) == (
        "renamed",
        Key("markets", "milk"),
        "dairies",
        "milk",
        "minor",
    )


def test_a_renamed_entry_may_change_besides_and_its_old_name_is_told_once(changes):
    old = [{"id": "lift", "term": "Lift", "meaning": "a b c d"}]
    new = [{"id": "raise", "term": "Lift", "meaning": "a b x y", "former_ids": ["lift"]}]
    assert changes("glossary", old, new) == [
        ("renamed", "raise", "", "minor"),
        ("changed", "raise", "meaning", "minor"),
    ]


def test_data_holds_nothing_empty_and_days_as_they_are_written():
    strategy = load_data(
        proof=[{"date": "2026-03", "reviewed_on": "2026-04-01", "review_every": "90d"}],
        objectives=[
            {"measures": [{"name": "Orders", "target": 2.0, "current": 0, "baseline": 1.5}]}
        ],
    ).strategy
    assert strategy is not None
    [proof], [objective] = strategy.of("proof"), strategy.of("objectives")
    found = as_data(proof)
    assert (found["date"], found["reviewed_on"], found["review_every"]) == (
        "2026-03",
        "2026-04-01",
        "90d",
    )
    assert not {"id", "place", "quote", "tags", "custom"} & found.keys()
    [measure] = as_data(objective)["measures"]
    assert measure == {"name": "Orders", "target": 2, "current": 0, "baseline": 1.5}
    assert isinstance(measure["target"], int)


@pytest.mark.parametrize("value", [["markets/a"], "markets/a", 7])
@pytest.mark.parametrize("item", [None, Field("x", "X", "", "plain")])
def test_a_value_of_another_form_than_the_schema_knows_is_left_as_it_is(value, item):
    """As one version has it where the other version has another schema."""
    renames = {Key("markets", "a"): Key("markets", "b")}
    field = Field("x", "X", "", "list", item=item)
    assert rename_references({"x": value}, {"x": field}, renames) == {"x": value}


def test_references_are_renamed_wherever_they_stand():
    vocabulary = load_data().vocabulary
    renames = {Key("markets", "a"): Key("markets", "b")}
    data = {
        "markets": ["a", "c"],
        "one_liner": "[x](entry:markets/a) is plain text",
        "description": "See [x](entry:markets/a) and [y](entry:offerings/a).",
        "next_offerings": [{"to": "a"}],
        "own": "a",
    }
    assert rename_references(data, vocabulary.kinds["offerings"].fields, renames) == {
        "markets": ["b", "c"],
        "one_liner": "[x](entry:markets/a) is plain text",
        "description": "See [x](entry:markets/b) and [y](entry:offerings/a).",
        "next_offerings": [{"to": "a"}],
        "own": "a",
    }
    assert rename_references(
        {"about": ["markets/a", "offerings/a"]},
        vocabulary.kinds["field_notes"].fields,
        renames,
    ) == {"about": ["markets/b", "offerings/a"]}
