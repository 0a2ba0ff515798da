import pytest

from generator.schema.vocabulary import standard_vocabulary


def words(number, word="heat"):
    return " ".join([word] * number)


def titles(problems):
    return [problem.title for problem in problems]


@pytest.mark.parametrize(
    ("statement", "said"),
    [
        (words(35), []),
        (words(36), ["the statement has 36 words; 35 are room for one thought"]),
        ("We heat dairies. We measure first.", ["the statement has 2 sentences"]),
    ],
)
def test_a_statement_is_one_sentence_of_at_most_35_words(find, statement, said):
    assert titles(find("long-statement", {"statement": statement})) == said


def test_a_company_gives_its_statement_more_room_or_less(find):
    header = {"statement": words(6), "checks": {"word_budgets": {"statement": 5}}}
    assert titles(find("long-statement", header)) == [
        "the statement has 6 words; 5 are room for one thought"
    ]


@pytest.mark.parametrize(
    ("rule", "text", "said"),
    [
        (
            "vague-words",
            "World-class heat.",
            '"world-class" in the offering "Heat pump" says nothing a competitor could not say',
        ),
        (
            "vague-words",
            "World-class, seamless heat.",
            '"world-class" and "seamless" in the offering "Heat pump" say nothing '
            "a competitor could not say",
        ),
        (
            "vague-words",
            "World-class heat, world-class pumps.",
            '"world-class" in the offering "Heat pump" says nothing a competitor could not say',
        ),
        (
            "empty-phrase",
            "At the end of the day, heat.",
            '"at the end of the day" in the offering "Heat pump" is an empty phrase',
        ),
        (
            "empty-phrase",
            "At the end of the day, needless to say, heat.",
            '"at the end of the day" and "needless to say" in the offering "Heat pump" '
            "are empty phrases",
        ),
    ],
)
def test_what_says_nothing_is_told_once_for_an_entry(find, rule, text, said):
    assert titles(find(rule, offerings=[{"one_liner": text}])) == [said]


def test_of_many_words_the_first_four_are_named_and_each_is_shown(find):
    text = "World-class, seamless, holistic, cutting-edge heat, leverage."
    [found] = find("vague-words", offerings=[{"one_liner": text}])
    assert found.title.startswith('"world-class", "seamless", "holistic" and "cutting-edge" in')
    assert [one.note for one in found.related] == [
        "seamless",
        "holistic",
        "cutting-edge",
        "leverage",
    ]


@pytest.mark.parametrize(
    ("kind", "fields", "told"),
    [
        ("offerings", {"one_liner": "Seamless heat"}, 1),
        ("offerings", {"outcomes": ["Seamless heat"]}, 1),
        ("offerings", {"not_for": ["Seamless heat"]}, 1),
        ("competitors", {"they_say": [{"claim": "Seamless heat", "reply": "No."}]}, 0),
        ("competitors", {"they_say": [{"claim": "No.", "reply": "Seamless heat"}]}, 1),
        ("glossary", {"meaning": "Seamless heat"}, 1),
        ("objections", {"says": "Seamless heat"}, 0),
        ("objections", {"explore": ["Is seamless heat what you want?"]}, 1),
        ("competitors", {"where_they_win": ["Seamless heat"]}, 0),
    ],
)
def test_only_what_sellers_say_is_weighed(find, kind, fields, told):
    assert len(find("vague-words", **{kind: [fields]})) == told


def test_the_headers_own_words_are_weighed_too(find):
    [found] = find("vague-words", {"statement": "We sell seamless heat."})
    assert found.title.startswith('"seamless" in the header of the strategy says')


MEASURE = "We measure your plant before we quote"
AGAIN = "Before we quote we measure your plant."


def test_two_reasons_that_are_one_are_told_once(find):
    reasons = [{"id": "a", "claim": MEASURE}, {"id": "b", "claim": AGAIN}]
    [found] = find("same-claim", differentiators=reasons)
    assert found.entry == "differentiators/b"
    assert found.title == f'"{AGAIN}" says what another reason to choose us says as well'
    assert found.fix.startswith(f'The other one: "{MEASURE}". Join the two')
    assert len(found.related) == 1


def test_a_reason_with_two_twins_is_told_once_and_each_later_one_too(find):
    reasons = [{"id": name, "claim": MEASURE} for name in "abc"]
    assert [one.entry for one in find("same-claim", differentiators=reasons)] == [
        "differentiators/b",
        "differentiators/c",
    ]


@pytest.mark.parametrize(
    "card",
    [
        {"where_they_win": [AGAIN]},
        {"they_say": [{"claim": AGAIN, "reply": "They guess."}]},
    ],
)
def test_a_reason_that_a_rival_has_as_well_needs_proof(find, card):
    kinds = {"competitors": [{"name": "Boilers", **card}], "proof": [{"id": "plant"}]}
    [found] = find("same-claim", differentiators=[{"claim": MEASURE}], **kinds)
    assert found.title == f'"{MEASURE}" says what "Boilers" says as well'
    assert found.fix.startswith('They say: "Before we quote we measure your plant". Prove yours')
    proven = [{"claim": MEASURE, "proof": ["plant"]}]
    assert find("same-claim", differentiators=proven, **kinds) == []


def test_what_two_rivals_say_alike_is_their_affair(find):
    rivals = [
        {"id": "a", "where_they_win": [MEASURE]},
        {"id": "b", "where_they_win": [AGAIN]},
    ]
    assert find("same-claim", competitors=rivals) == []


@pytest.mark.parametrize(
    ("more", "told"),
    [("well first there", 1), ("always first there", 0)],  # 85.95, 84.55
)
def test_where_the_company_says_nothing_reasons_are_one_from_85_of_100(find, more, told):
    claim = "We measure your plant for four weeks before we quote"
    reasons = [{"id": "a", "claim": claim}, {"id": "b", "claim": f"{claim} {more}"}]
    assert len(find("same-claim", differentiators=reasons)) == told


def test_what_is_no_finding_hides_none(find):
    rivals = [{"id": name, "name": name, "where_they_win": [MEASURE]} for name in "ab"]
    reasons = [
        {"id": "proven", "claim": AGAIN, "proof": ["plant"]},
        {"id": "y", "claim": "A technician comes within one day"},
        {"id": "z", "claim": "Within one day a technician comes"},
    ]
    found = find("same-claim", competitors=rivals, differentiators=reasons, proof=[{"id": "plant"}])
    assert [one.entry for one in found] == ["differentiators/z"]


def test_proof_does_not_make_one_reason_of_two(find):
    reasons = [{"id": name, "claim": MEASURE, "proof": ["plant"]} for name in "ab"]
    assert len(find("same-claim", differentiators=reasons, proof=[{"id": "plant"}])) == 1


@pytest.mark.parametrize(
    ("kind", "field", "most"),
    [
        ("offerings", "one_liner", 25),
        ("differentiators", "claim", 25),
        ("competitors", "quick_answer", 45),
        ("differentiators", "say", 50),
        ("objections", "acknowledge", 35),
        ("personas", "message", 50),
        ("markets", "summary", 70),
        ("objections", "respond", 120),
        ("announcements", "headline", 15),
    ],
)
def test_a_text_fits_its_place(find, kind, field, most):
    for word in ("heat", "a"):  # however short its words are
        assert find("text-too-long", **{kind: [{field: words(most, word)}]}) == []
        [found] = find("text-too-long", **{kind: [{field: words(most + 1, word)}]})
        assert f"has {most + 1} words; its place has room for {most}" in found.title


def test_a_field_without_a_budget_may_be_long(find):
    assert find("text-too-long", glossary=[{"meaning": words(500)}]) == []


def test_a_text_in_a_group_is_called_as_the_schema_calls_it(find):
    steps = [{"do": "Call.", "say": words(51)}]
    [found] = find("text-too-long", plays=[{"steps": steps}])
    assert found.title.startswith('"Say" of the play "Measure first" has 51 words')


HARD = "Organisational responsibilities necessitate comprehensive understanding"


@pytest.mark.parametrize(("times", "told"), [(5, 0), (6, 1)])
def test_prose_of_thirty_words_may_be_too_hard(find, times, told):
    text = " ".join([HARD] * times)
    assert len(find("hard-to-read", glossary=[{"meaning": text}])) == told


def test_many_short_words_may_be_too_hard_as_well(find):
    text = " ".join(["abcdefg"] * 11 + ["a"] * 19)
    assert len(find("hard-to-read", glossary=[{"meaning": text}])) == 1


@pytest.mark.parametrize(("limit", "told"), [(59, 1), (60, 0)])
def test_what_is_as_hard_as_it_may_be_is_not_too_hard(find, limit, told):
    text = " ".join(["abcdefg"] * 9 + ["abc"] * 21)
    header = {"checks": {"hardest_reading": limit}}
    assert len(find("hard-to-read", header, glossary=[{"meaning": text}])) == told


@pytest.mark.parametrize(("short", "told"), [(30, 0), (31, 1)])
def test_where_the_company_says_nothing_a_text_may_be_as_hard_as_65(find, short, told):
    text = " ".join(["abcdefg"] * 10 + ["abc"] * short)  # 40 words: 65.0, 41 words: 65.4
    assert len(find("hard-to-read", glossary=[{"meaning": text}])) == told


def test_one_easy_text_hides_no_hard_one(find):
    easy = {
        "short": "Heat.",
        "few-words": "thermodynamically-characteristic " * 8,
        "long": "We heat it. " * 20,
    }
    terms = [
        {"id": f"a-{name}", "term": name, "meaning": text.strip()} for name, text in easy.items()
    ]
    hard = {"id": "b-hard", "meaning": " ".join([HARD] * 6)}
    found = find("hard-to-read", glossary=[*terms, hard])
    assert [one.entry for one in found] == ["glossary/b-hard"]


def test_only_prose_is_read_at_length(find):
    text = " ".join([HARD] * 6)
    assert find("hard-to-read", offerings=[{"one_liner": text}]) == []
    assert find("hard-to-read", {"vision": text}) == []


def test_how_hard_it_is_and_its_longest_sentence_are_said(find):
    text = f"We heat. {' '.join([HARD] * 6)}. We cool."
    [found] = find("hard-to-read", glossary=[{"meaning": text}])
    assert "Its longest sentence has 30 words" in found.fix
    assert "(LIX) is 1" in found.why


def test_a_company_may_ask_for_easier_reading(find):
    text = " ".join(["We count the cost of steam together with your people every morning."] * 4)
    assert find("hard-to-read", glossary=[{"meaning": text}]) == []
    header = {"checks": {"hardest_reading": 20}}
    assert len(find("hard-to-read", header, glossary=[{"meaning": text}])) == 1


@pytest.mark.parametrize(
    ("meaning", "said"),
    [
        ("tbd", ['"tbd" stands where the term "Lift" should say something']),
        (
            "How far heat is raised. TODO",
            ['"TODO" stands where the term "Lift" should say something'],
        ),
        ("How far heat is raised.", []),
    ],
)
def test_what_nobody_has_written_yet_is_told(find, meaning, said):
    assert titles(find("placeholder-text", glossary=[{"meaning": meaning}])) == said


@pytest.mark.parametrize(
    ("entry", "must"),
    [({"meaning": "tbd"}, True), ({"also": ["tbd"]}, False)],
)
def test_a_hole_is_to_be_filled_where_the_field_must_be_there(find, entry, must):
    [found] = find("placeholder-text", glossary=[entry])
    assert found.fix.startswith("Write it; it must be there.") is must


def test_the_header_may_have_holes_too(find):
    assert titles(find("placeholder-text", {"vision": "tbd"})) == [
        '"tbd" stands where the header of the strategy should say something'
    ]


def test_of_a_long_text_the_hole_itself_is_shown(find):
    [found] = find("placeholder-text", glossary=[{"meaning": "How far heat is raised. TODO"}])
    assert found.place.end_column - found.place.column == len("TODO")


def test_an_example_that_an_editor_filled_in_is_nobodys_answer(find):
    example = standard_vocabulary().kinds["glossary"].fields["meaning"].example
    assert titles(find("placeholder-text", glossary=[{"term": "Lift", "meaning": example}])) == [
        'the term "Lift" still has the example that explains the field'
    ]
    assert not find("placeholder-text", glossary=[{"term": "Load sharing", "meaning": "Ours."}])
