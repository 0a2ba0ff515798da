import copy
import re
import unicodedata
from difflib import SequenceMatcher
from itertools import product

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from generator.editing.value_changes import Insert, Move, Put, Remove
from generator.editing.value_edits import (
    EditError,
    edit_entries,
    edit_text,
    field_at,
    parse_path,
    show_path,
)
from generator.editing.value_text import spell
from generator.model.entry import Key
from generator.schema.vocabulary import KINDS, Field, standard_vocabulary
from generator.syntax.document import read_document
from tests.editing.layouts import HOMES, STYLES, iterate_routes, sample, sample_entry, write_file
from tests.sample import MINIMAL_HEADER, MemoryTree
from tests.trials.amount import some

_VOCABULARY = standard_vocabulary()
_KINDS = {**_VOCABULARY.kinds, "header": _VOCABULARY.header}
_COMMENT = re.compile(r"# [a-z0-9]+$", re.MULTILINE)


def say(text):
    return read_document("a.yaml", text.encode(), 10**7).document.data


def value_at(data, route):
    for step in route:
        data = data[step]
    return data


def tidy(value):
    """Blanks behind a text say nothing."""
    if isinstance(value, dict):
        return {key: tidy(one) for key, one in value.items()}
    if isinstance(value, list):
        return [tidy(one) for one in value]
    return value.rstrip() if isinstance(value, str) else value


def changed_lines(before, after):
    """The lines that are no longer there, by number, and those that are new."""
    old, new = before.splitlines(keepends=True), after.splitlines(keepends=True)
    gone, come = [], []
    for tag, first, last, start, end in SequenceMatcher(
        None, old, new, autojunk=False
    ).get_opcodes():
        if tag != "equal":
            gone += range(first, last)
            come += range(start, end)
    return gone, come


def describer(kind, root):
    return lambda route: (
        field_at(_KINDS[kind], route[len(root) :]) if route[: len(root)] == root else None
    )


@pytest.mark.trial
@pytest.mark.parametrize(("kind", "style"), some(product([*KINDS, "header"], STYLES), 24))
def test_every_field_in_every_style_is_replaced_and_nothing_else(kind, style):
    entry, whole = (
        sample_entry(_KINDS[kind]),
        Field("", "", "", "object", fields=_KINDS[kind].fields),
    )
    for home in HOMES[:1] if kind == "header" or style != "block" else HOMES:
        text, root = write_file(kind, entry, style, home)
        data = say(text)
        assert tidy(value_at(data, root)) == tidy(spell(entry)), (home, text)
        for route in iterate_routes(whole, entry):
            field = field_at(_KINDS[kind], route)
            new = sample(field, other=True)
            wanted = copy.deepcopy(data)
            value_at(wanted, (*root, *route[:-1]))[route[-1]] = spell(new)
            after = edit_text("a.yaml", text, [Put((*root, *route), new)], describer(kind, root))
            assert tidy(say(after)) == tidy(wanted)
            if style not in ("flow", "json") and not isinstance(new, list | dict):
                assert _COMMENT.findall(after) == _COMMENT.findall(text), route
                gone, _ = changed_lines(text, after)
                assert (
                    len(gone) <= 1
                    or gone[-1] - gone[0] < str(value_at(data, (*root, *route))).count("\n") * 2 + 3
                )


@pytest.mark.trial
@pytest.mark.parametrize(
    ("kind", "style"),
    some(product([*KINDS, "header"], ["block", "folded", "flow", "json"]), 10),
)
def test_every_field_taken_away_can_be_put_back_at_its_place(kind, style):
    entry, whole = (
        sample_entry(_KINDS[kind]),
        Field("", "", "", "object", fields=_KINDS[kind].fields),
    )
    text, root = write_file(kind, entry, style, "list" if kind != "header" else "main")
    data = say(text)
    for route in iterate_routes(whole, entry):
        wanted = copy.deepcopy(data)
        outer = value_at(wanted, (*root, *route[:-1]))
        if len(outer) == 1:
            continue
        del outer[route[-1]]
        without = edit_text("a.yaml", text, [Remove((*root, *route))], describer(kind, root))
        assert tidy(say(without)) == tidy(wanted)
        add = Insert if isinstance(route[-1], int) and route[-1] == 0 else Put
        again = edit_text(
            "a.yaml", without, [add((*root, *route), value_at(entry, route))], describer(kind, root)
        )
        assert tidy(say(again)) == tidy(data)
        if isinstance(route[-1], str):
            assert list(value_at(say(again), (*root, *route[:-1]))) == list(
                value_at(entry, route[:-1])
            )


_TEXTS = st.text(
    st.characters(
        exclude_categories=("Cs", "Cc", "Zl", "Zp", "Cf"), exclude_characters="\ufffe\uffff"
    ),
    max_size=60,
) | st.lists(
    st.sampled_from(
        ["a", "- b", "#c", "d:", "'", '"', " ", "\n", "\n\n", "{e", "f]", ",", "| g", "\\n", "%"]
    ),
    max_size=12,
).map(" ".join)


@example("\uf900", "block", "\n")
@example("e\u0301t\u00e9", "folded", "\n")
@settings(max_examples=150, deadline=None)
@given(_TEXTS, st.sampled_from(STYLES), st.sampled_from(["\n", "\r\n"]))
def test_any_text_is_written_so_that_it_is_read_again_or_refused(new, style, line_break):
    entry = {
        "id": "x",
        "term": "One line, as it stands",
        "meaning": sample(_KINDS["glossary"].fields["meaning"]),
    }
    text, root = write_file("glossary", entry, style, "list")
    text = text.replace("\n", line_break)
    for name in ("term", "meaning"):
        try:
            after = edit_text(
                "a.yaml", text, [Put((*root, name), new)], describer("glossary", root)
            )
        except EditError:
            assert (
                new.strip() != new or re.search(r"[\u00ad\u200b\u2060]", new) or new.strip() == ""
            )
            continue
        composed = unicodedata.normalize("NFC", new)  # as every text is read
        assert value_at(say(after), (*root, name)).rstrip() == composed.rstrip()
        assert line_break == "\n" or "\n" not in after.replace("\r\n", "")


LIST = """\
# Terms
- id: lift   # the first
  term: Lift
  meaning: >-
    How far heat is raised
    by the pump in
    one go.
  steps:
    # first
    - do: a   # c
      say: "x: y"
    # second
    - do: b
  tags: [a, b]   # t
-   id: source
    term: 'So''urce'
    meaning: Where heat comes
      from in the plant.
- term: Sink
  id: "sink"
  reviewed_on:
  meaning: |
    Where
    heat goes.
- {id: pump, term: Pump, meaning: It lifts.}
"""


@pytest.mark.parametrize(
    ("change", "before", "after"),
    [
        (Put((0, "meaning"), "How far heat is raised by a pump in one go."), "by the pump in\n", "by a pump in\n"),
        (Put((0, "steps", 0, "say"), "z"), '"x: y"', '"z"'),
        (Put((1, "term"), "It's"), "'So''urce'", "'It''s'"),
        (Put((1, "meaning"), "Where cold comes from in the plant."), "Where heat comes\n", "Where cold comes\n"),
        (Put((2, "reviewed_on"), 2026), "reviewed_on:\n", "reviewed_on: 2026\n"),
        (Put((2, "meaning"), "Where\ncold goes."), "    heat goes.", "    cold goes."),
        (Put((3, "meaning"), "It lifts, far"), "It lifts.", '"It lifts, far"'),
        (Put((0, "tags", 2), "c"), "[a, b]   # t", "[a, b, c]   # t"),
        (Put((0, "tags"), ["b"]), "[a, b]   # t", "[b]   # t"),
        (Put((0, "term"), "Lift: high"), "term: Lift\n", 'term: "Lift: high"\n'),
        (Put((0, "steps", 2), {"do": "c"}), "    - do: b\n", "    - do: b\n    - do: c\n"),
        (Put((1, "contact", "email"), "a@example.com"), "in the plant.\n", "in the plant.\n    contact:\n      email: a@example.com\n"),
        (Remove((0, "steps", 0)), '    - do: a   # c\n      say: "x: y"\n', ""),
        (Remove((0, "steps", 0, "do")), "    - do: a   # c\n      say", "    -\n      say"),
        (Remove((3, "id")), "{id: pump, term", "{term"),
        (Remove((3, "meaning")), ", meaning: It lifts.}", "}"),
        (Remove((2, "reviewed_on")), "  reviewed_on:\n", ""),
        (Move((2, "term"), (2, "name")), "- term: Sink", "- name: Sink"),
        (Move((0, "steps", 1), (0, "steps", 0)), '    # first\n    - do: a   # c\n      say: "x: y"\n    # second\n    - do: b\n', '    # first\n    # second\n    - do: b\n    - do: a   # c\n      say: "x: y"\n'),
        (Move((0, "tags", 0), (0, "tags", 1)), "[a, b]", "[b, a]"),
    ],
)  # fmt: skip
def test_only_the_letters_of_the_value_change(change, before, after):
    assert LIST.count(before) == 1
    assert edit_text("a.yaml", LIST, [change]) == LIST.replace(before, after)


def test_a_mark_at_the_beginning_and_the_line_ends_stay():
    text = "\ufeff" + LIST.replace("\n", "\r\n")
    after = edit_text("a.yaml", text, [Put((0, "term"), "A\nb"), Put((1, "new"), ["x"])])
    assert after.startswith("\ufeff# Terms\r\n")
    assert "\n" not in after.replace("\r\n", "")


@pytest.mark.parametrize(
    "change",
    [
        Put((9, "term"), "x"),
        Put((0, "term", "inner"), "x"),
        Put((0, "tags", "x"), "x"),
        Put((0, "tags", 7), "x"),
        Remove((0, "nothing")),
        Move((0, "nothing"), (0, "x")),
        Insert((0, "term", 0), "x"),
        Put((0, "term"), "zero\u200bwidth"),
        Put((0, "term"), "\x07"),
    ],
)
def test_what_cannot_be_is_refused(change):
    with pytest.raises(EditError):
        edit_text("a.yaml", LIST, [change])


@pytest.mark.parametrize(
    "text", ["a: &x 1\nb: *x\n", "a: 1\na: 2\n", "a: [1\n", "", "? [a]\n: 1\n", "--- a\n--- b\n"]
)
def test_a_file_with_slips_is_left_alone(text):
    with pytest.raises(EditError):
        edit_text("a.yaml", text, [Put(("a",), "2")])


def test_a_path_is_written_as_people_write_it():
    assert parse_path("price.amount") == ("price", "amount")
    assert parse_path("steps[2].say") == ("steps", 2, "say")
    assert show_path(("steps", 2, "say")) == "steps[2].say"
    for wrong in ("", "a..b", "a[x]", "a[", ".a", "a.", "a b]"):
        with pytest.raises(EditError):
            parse_path(wrong)


def test_entries_are_edited_where_they_stand_new_fields_in_the_order_of_the_schema():
    tree = MemoryTree(
        {
            "strategy.yaml": MINIMAL_HEADER
            + "people:\n  - id: zoe\n    name: Zoe   # Z\n    role: Boss\n",
            "strategy/glossary/lift.yaml": "# One\nid: lift\nterm: Lift\nmeaning: M.\n",
        }
    )
    changes = [
        (None, Put(("tagline",), "Heat: twice")),
        (Key("people", "zoe"), Put(("reviewed_on",), "2026-01-01")),
        (Key("people", "zoe"), Put(("contact", "email"), "z@example.com")),
        (Key("glossary", "lift"), Put(("also",), ["Raise"])),
    ]
    changed = edit_entries(tree, changes)
    assert set(changed) == {"strategy.yaml", "strategy/glossary/lift.yaml"}
    main = changed["strategy.yaml"]
    assert '  company: Acme\n  tagline: "Heat: twice"\n  statement:' in main
    assert "    role: Boss\n    contact:\n      email: z@example.com\n" in main
    assert "also:\n  - Raise\n" in changed["strategy/glossary/lift.yaml"]
    with pytest.raises(EditError, match="there is no people/adam"):
        edit_entries(tree, [(Key("people", "adam"), Put(("name",), "A"))])


def test_many_entries_of_a_file_are_edited_at_once():
    entries = "".join(
        f"- id: t{number}\n  term: T{number}\n  meaning: M.\n" for number in range(400)
    )
    tree = MemoryTree({"strategy.yaml": MINIMAL_HEADER, "strategy/glossary.yaml": entries})
    changes = [
        (Key("glossary", f"t{number}"), Put(("reviewed_on",), "2026-01-01"))
        for number in range(400)
    ]
    after = edit_entries(tree, changes)["strategy/glossary.yaml"]
    assert after.count("reviewed_on: 2026-01-01\n") == 400
