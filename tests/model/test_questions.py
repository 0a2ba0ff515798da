from generator.model.insights.questions import QUESTION_KINDS, group_questions, list_askers

KINDS = {
    "personas": [{"id": "cfo", "questions": ["Which return?"]}, {"id": "user"}],
    "markets": [
        {
            "id": "dairies",
            "personas": ["cfo"],
            "horizons": {
                "now": {"questions": ["What is due?"], "who_to_engage": ["cfo"]},
                "later": {"questions": ["Where in 2035?"]},
                "next": {"challenge": "No question here."},
            },
        }
    ],
    "offerings": [{"id": "pump", "questions": ["What stops you?"], "markets": ["dairies"]}],
    "plays": [{"id": "study", "questions": ["Who must be there?"], "personas": ["cfo"]}],
    "competitors": [{"id": "boilers", "ask": ["How old is it?"]}],
    "objections": [{"id": "dear", "explore": ["Sum or payback?"]}],
    "qualification": [
        {"id": "four", "elements": [{"name": "Need", "question": "Why now?"}, {"name": "Budget"}]}
    ],
}


def test_questions_are_gathered_from_wherever_they_stand(make_edition):
    groups = group_questions(make_edition(**KINDS).strategy)
    found = [
        (group.source.id, group.part, [one.text for one in group.questions], dict(group.scope))
        for group in groups
    ]
    assert found == [
        ("cfo", "", ["Which return?"], {"persona": ("cfo",), "market": ("dairies",)}),
        ("dairies", "now", ["What is due?"], {"market": ("dairies",), "persona": ("cfo",)}),
        ("dairies", "later", ["Where in 2035?"], {"market": ("dairies",)}),
        ("pump", "", ["What stops you?"], {"offering": ("pump",), "market": ("dairies",)}),
        ("study", "", ["Who must be there?"], {"persona": ("cfo",)}),
        ("boilers", "", ["How old is it?"], {"competitor": ("boilers",)}),
        ("dear", "", ["Sum or payback?"], {}),
        ("four", "", ["Why now?"], {}),
    ]
    assert QUESTION_KINDS[0] == groups[0].source.KIND
    assert groups[-1].questions[0].about == "Need"


def test_a_strategy_without_questions_has_no_group(make_edition):
    assert (
        group_questions(make_edition(personas=[{}], markets=[{}], qualification=[{}]).strategy)
        == ()
    )


def test_an_entry_is_listed_once_with_all_of_its_questions(make_edition):
    askers = list_askers(group_questions(make_edition(**KINDS).strategy))
    assert list(askers) == list(QUESTION_KINDS)
    (dairies,) = askers["markets"]
    assert (dairies.first, dairies.count) == ("What is due?", 2)
    assert [part.part for part in dairies.parts] == ["now", "later"]
