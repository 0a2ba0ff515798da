"""Changes told in the words of the business."""

import pytest

from generator.changes.describe import Phrase, compare_words


def markets(**fields):
    return {"markets": [fields]}


def words(*numbers):
    return " ".join(f"w{n}" for n in numbers)


@pytest.mark.parametrize(
    ("old", "new", "said"),
    [
        (
            markets(priority="primary"),
            markets(priority="secondary"),
            "Dairies: priority primary -> secondary",
        ),
        (markets(), markets(size="90 plants"), 'Dairies: size: added "90 plants"'),
        (markets(size="90 plants"), markets(), 'Dairies: size: removed "90 plants"'),
        (
            markets(size="90 plants"),
            markets(size="95 plants"),
            'Dairies: size "90 plants" -> "95 plants"',
        ),
        (
            markets(tags=["a", "b"]),
            markets(tags=["b", "c"]),
            'Dairies: tags: added "c"; removed "a"',
        ),
        (
            markets(tags=["a"]),
            markets(tags=["a", "b", "c"]),
            'Dairies: tags: added "b", "c"',
        ),
        (
            markets(pains=[{"pain": "Steam", "cost_of_inaction": "EUR 1"}]),
            markets(pains=[{"pain": "Steam", "cost_of_inaction": "EUR 2"}]),
            'Dairies: pains "Steam", cost of inaction "EUR 1" -> "EUR 2"',
        ),
        (
            markets(pains=[{"pain": "Steam is dear today"}]),
            markets(pains=[{"pain": "Steam is dear"}]),
            'Dairies: pains "Steam is dear today" -> "Steam is dear"',
        ),
        (
            markets(),
            markets(pains=[{"pain": "Steam", "cost_of_inaction": "EUR 1"}]),
            'Dairies: pains: added "Steam" (cost of inaction "EUR 1")',
        ),
        (
            markets(),
            markets(pains=[{"pain": "Steam"}]),
            'Dairies: pains: added "Steam"',
        ),
        (
            markets(),
            markets(horizons={"now": {"challenge": "Gas is dear."}}),
            'Dairies: horizons: added now challenge "Gas is dear."',
        ),
        (
            {"plays": [{"steps": [{"do": "Call."}, {"do": "Write."}]}]},
            {"plays": [{"steps": [{"do": "Write."}, {"do": "Call."}]}]},
            'Measure first: steps: "Call." moved from place 1 to 2',
        ),
        (
            {"objectives": [{"measures": [{"name": "Orders", "target": 1}]}]},
            {"objectives": [{"measures": [{"name": "Orders", "target": 2}]}]},
            'Grow: measures "Orders", target 1 -> 2',
        ),
        (
            {"header": {"version": "1"}},
            {"header": {"version": "2"}},
            'The strategy: version "1" -> "2"',
        ),
        ({}, markets(), "Dairies: new market (priority primary). They heat and cool at once."),
        (markets(), {}, "Dairies: market removed"),
        ({}, {"glossary": [{}]}, "Lift: new term"),
        (
            {"glossary": [{"id": "lift"}]},
            {"glossary": [{"id": "raise"}]},
            "Lift: renamed, id lift -> raise",
        ),
    ],
)
def test_a_change_is_one_sentence_in_the_words_of_the_schema(sentences, old, new, said):
    assert sentences(old, new) == [said]


def test_lists_of_one_entry_are_told_apart(sentences):
    old, new = (
        markets(do_more=["Call"], do_less=["Fax"]),
        markets(do_more=["Write"], do_less=["Mail"]),
    )
    assert sentences(old, new) == [
        'Dairies: do more: added "Write"; removed "Call"',
        'Dairies: do less: added "Mail"; removed "Fax"',
    ]


def test_an_item_with_other_words_has_not_moved(sentences):
    old, new = ({"personas": [{"goals": [text]}]} for text in ("a b c", "a b d"))
    assert sentences(old, new) == ['Plant manager: goals "a b c" -> "a b d"']


def test_a_former_id_is_told_only_where_no_rename_tells_it(sentences):
    water = {"id": "water", "term": "Water"}
    old = {"glossary": [{"id": "lift", "former_ids": ["x"]}, water]}
    renamed = {
        "glossary": [
            {"id": "raise", "former_ids": ["x", "lift"]},
            {**water, "meaning": "What is hot."},
        ]
    }
    assert sentences(old, renamed) == [
        "Lift: renamed, id lift -> raise",
        'Water: meaning "How far heat is raised." -> "What is hot."',
    ]
    assert sentences({"glossary": [{}]}, {"glossary": [{"former_ids": ["old"]}]}) == [
        "Lift: former ids: added old"
    ]


def test_words_that_come_again_and_again_are_compared_like_any(sentences):
    old = "the heat " * 125
    assert shown(f"{old}rises", f"{old}falls").endswith("the heat [-rises-] {+falls+}")


def test_an_entry_is_called_by_its_title_of_today_and_a_reference_by_its_entrys(sentences):
    old = {"people": [{"id": "zoe", "name": "Zoe"}], "markets": [{"name": "Milk", "owner": "zoe"}]}
    new = {
        "people": [{"id": "adam", "name": "Adam"}],
        "markets": [{"name": "Dairies", "owner": "adam"}],
    }
    assert set(sentences(old, new)) == {
        "Zoe: replaced by the person Adam",
        'Dairies: name "Milk" -> "Dairies"',
    }


def test_of_a_new_entry_it_is_told_what_was_chosen_and_not_what_goes_without_saying(sentences):
    new = {
        "people": [{"id": "zoe", "name": "Zoe"}],
        "personas": [{"id": "cfo", "name": "CFO"}],
        "markets": [
            {
                "id": "dairies",
                "priority": "secondary",
                "status": "approved",
                "owner": "zoe",
                "personas": ["cfo"],
                "size": "90 plants",
            }
        ],
    }
    said = "Dairies: new market (priority secondary, personas CFO). They heat and cool at once."
    assert said in sentences({}, new)


def test_the_weightiest_stands_first_then_the_header_then_kinds_and_titles(sentences):
    old = {
        "header": {"tagline": "Old"},
        "plays": [{"id": "a", "name": "Zebra", "goal": "a b c d"}],
        "markets": [
            {"id": "a", "name": "Zinc", "summary": "a b c d e", "priority": "primary"},
            {"id": "b", "name": "Beer", "summary": "a b c d e"},
            {"id": "c", "name": "apples", "summary": "a b c d e"},
        ],
    }
    new = {
        "header": {"tagline": "New words"},
        "plays": [{"id": "a", "name": "Zebra", "goal": "a b x y"}],
        "markets": [
            {"id": "a", "name": "Zinc", "summary": "a b c d f", "priority": "secondary"},
            {"id": "b", "name": "Beer", "summary": "a b c d g"},
            {"id": "c", "name": "apples", "summary": "a b c d h"},
        ],
    }
    assert [one.partition(":")[0] for one in sentences(old, new)] == [
        "Zinc",  # material
        "The strategy",  # minor
        "Zebra",
        "Zinc",  # wording: with what weighs more of the same entry first
        "apples",
        "Beer",
    ]


@pytest.mark.parametrize(
    ("old", "new", "said"),
    [
        ("x" * 60, "y" * 60, 'rationale "' + "x" * 60 + '" -> "' + "y" * 60 + '"'),
        ("x" * 61, "y", 'rationale: "' + "x" * 61 + '" is now "y"'),
        ("y", "x" * 61, 'rationale: "y" is now "' + "x" * 61 + '"'),
    ],
)
def test_short_texts_are_shown_whole_and_long_ones_word_by_word(sentences, old, new, said):
    assert sentences(markets(rationale=old), markets(rationale=new)) == [f"Dairies: {said}"]


def shown(old, new):
    marks = {"old": "[-{}-]", "new": "{{+{}+}}", "": "{}"}
    return "".join(marks[part.mark].format(part.text) for part in compare_words(old, new))


@pytest.mark.parametrize(
    ("old", "new", "text"),
    [
        ("a b c", "a x c", "a [-b-] {+x+} c"),
        ("a b c", "a c", "a [-b-] c"),
        ("a c", "a b c", "a {+b+} c"),
        ("a b", "a b", "a b"),
        # six words stay beside a change, at the beginning, at the end and between
        (words(*range(6)) + " a", words(*range(6)) + " b", words(*range(6)) + " [-a-] {+b+}"),
        (
            words(*range(7)) + " a",
            words(*range(7)) + " b",
            "… " + words(*range(1, 7)) + " [-a-] {+b+}",
        ),
        ("a " + words(*range(6)), "b " + words(*range(6)), "[-a-] {+b+} " + words(*range(6))),
        (
            "a " + words(*range(7)),
            "b " + words(*range(7)),
            "[-a-] {+b+} " + words(*range(6)) + " …",
        ),
        (
            f"a {words(*range(12))} c",
            f"b {words(*range(12))} d",
            f"[-a-] {{+b+}} {words(*range(12))} [-c-] {{+d+}}",
        ),
        (
            f"a {words(*range(13))} c",
            f"b {words(*range(13))} d",
            f"[-a-] {{+b+}} {words(*range(6))} … {words(*range(7, 13))} [-c-] {{+d+}}",
        ),
        (words(*range(30)), words(*range(30)), words(*range(30))),
    ],
)
def test_words_that_stayed_are_shown_where_they_stand_beside_a_change(old, new, text):
    assert shown(old, new) == text


def test_texts_beyond_all_measure_are_shown_by_their_beginnings():
    whole = list(compare_words("a " * 1500, "b " * 1500))
    assert whole == [
        Phrase("a " * 1499 + "a", "old"),
        Phrase(" "),
        Phrase("b " * 1499 + "b", "new"),
    ]
    cut = list(compare_words("a " * 1501, "b " * 1500))
    assert [(len(one.text), one.mark) for one in cut] == [(240, "old"), (1, ""), (240, "new")]


def test_a_value_of_many_words_is_cut(sentences):
    [said] = sentences(markets(), markets(rationale="x" * 300))
    assert said == f'Dairies: rationale: added "{"x" * 239}…"'


def test_a_title_of_many_words_is_cut(sentences):
    [said] = sentences({}, {"glossary": [{"term": "x" * 100}]})
    assert said == f"{'x' * 89}…: new term"


@pytest.mark.parametrize(
    ("old", "new", "said"),
    [
        ({}, {"audience": "public"}, "may now be read by public (before: internal)"),
        ({"audience": "public"}, {}, "may now be read by internal only (before: public)"),
        (
            {"audience": "public"},
            {"audience": "leadership"},
            "may now be read by leadership only (before: public)",
        ),
    ],
)
def test_it_is_said_whether_more_or_fewer_may_read_an_entry(sentences, old, new, said):
    assert sentences(markets(**old), markets(**new)) == [f"Dairies: {said}"]


@pytest.mark.parametrize(
    ("name", "old", "new", "remark"),
    [
        ("Grow", 150, 150000, " (1000 times as much: is the mark of thousands right?)"),
        ("Grow", 150000, 150, " (1000 times less: is the mark of thousands right?)"),
        ("Grow to 150", 150, 160, " (its name still says 150)"),
        ("From 150 to 160", 150, 160, ""),
        ("Grow", 150, 160, ""),
    ],
)
def test_what_looks_odd_about_a_changed_figure_is_said_beside_it(sentences, name, old, new, remark):
    sides = (
        {"objectives": [{"name": name, "measures": [{"name": "Orders", "target": target}]}]}
        for target in (old, new)
    )
    said = f'{name}: measures "Orders", target {old} -> {new}{remark}'
    assert sentences(*sides) == [said]


def personas(*names):
    return {"personas": [{"id": f"p{n}", "name": name} for n, name in enumerate(names)]}


@pytest.mark.parametrize(
    ("named", "said"),
    [(["p0", "p1"], '"Head, sales", CFO'), (["p0"], "Head, sales")],
)
def test_of_several_names_one_with_a_comma_does_not_fall_apart(sentences, named, said):
    known = personas("Head, sales", "CFO")
    assert sentences(known | markets(), known | markets(personas=named)) == [
        f"Dairies: personas: added {said}"
    ]


@pytest.mark.parametrize(("names", "said"), [("ABCD", "A, B, C, D"), ("ABCDE", "A, B, C, D, …")])
def test_of_what_a_new_entry_names_four_are_told(sentences, names, said):
    known = personas(*names)
    new = markets(personas=[one["id"] for one in known["personas"]])
    [told] = sentences(known, known | new)
    assert f"(priority primary, personas {said})" in told


def test_a_text_in_another_language_is_shown_whole_before_and_after(sentences):
    old = "wir messen vier wochen bevor wir ein angebot machen und dann rechnen wir"
    new = "our people measure your plant before they make offers, then comes the price"
    [told] = sentences(markets(rationale=old), markets(rationale=new))
    assert told == (
        f'Dairies: rationale: put into other words or another language: "{old}" is now "{new}"'
    )
