import pytest

from generator.model.ordering import title_of
from tests.sample import load_data


@pytest.fixture
def order():
    """The ids of entries as a reader wants them."""

    def sort(kind, *entries):
        strategy = load_data(**{kind: entries}).strategy
        assert strategy is not None
        return [entry.id for entry in strategy.in_order(kind)]

    return sort


def test_markets_stand_in_the_order_in_which_we_pursue_them(order):
    priorities = ("not_pursued", "opportunistic", "secondary", "primary")
    entries = [{"id": f"m{n}", "priority": one} for n, one in enumerate(priorities)]
    assert order("markets", *entries) == ["m3", "m2", "m1", "m0"]


def test_a_rank_or_an_order_decides_and_what_has_none_comes_last(order):
    reasons = [
        {"id": "c"},
        {"id": "b", "rank": 2, "claim": "A"},
        {"id": "a", "rank": 1, "claim": "B"},
    ]
    assert order("differentiators", *reasons) == ["a", "b", "c"]
    stages = [{"id": "a", "order": 2}, {"id": "b", "order": 1}]
    assert order("stages", *stages) == ["b", "a"]


def test_any_kind_may_be_put_in_order_by_hand(order):
    terms = [
        {"id": "a", "term": "A"},
        {"id": "c", "term": "C", "order": 0},
        {"id": "b", "order": 7},
    ]
    assert order("glossary", *terms) == ["c", "b", "a"]
    notes = [{"id": "new", "date": "2026-05-01"}, {"id": "old", "date": "2026-01-01", "order": 1}]
    assert order("field_notes", *notes) == ["old", "new"]
    rivals = [{"id": "none", "kind": "status_quo", "order": 1}, {"id": "a", "name": "A"}]
    assert order("competitors", *rivals) == ["none", "a"]
    markets = [{"id": "b", "priority": "secondary", "order": 1}, {"id": "a"}]
    assert order("markets", *markets) == ["a", "b"]


def test_the_newest_stands_first_and_then_titles_whatever_their_case(order):
    notes = [{"id": "old", "date": "2026-01-01"}, {"id": "new", "date": "2026-05-01"}]
    assert order("field_notes", *notes) == ["new", "old"]
    terms = [
        {"id": "c", "term": "apple"},
        {"id": "b", "term": "Beer"},
        {"id": "a", "term": "cider"},
    ]
    assert order("glossary", *terms) == ["c", "b", "a"]
    assert order("glossary", {"id": "b"}, {"id": "a"}) == ["a", "b"]


def test_of_offerings_what_cannot_be_had_now_comes_last(order):
    machines = [
        {"id": "new", "name": "A new one", "availability": "planned"},
        {"id": "flagship", "name": "Zeppelin", "availability": "available"},
        {"id": "old", "name": "An old one", "availability": "retiring"},
        {"id": "service", "name": "Care"},
    ]
    assert order("offerings", *machines) == ["service", "flagship", "old", "new"]
    machines[1]["order"] = 1
    assert order("offerings", *machines) == ["flagship", "service", "old", "new"]


def test_doing_nothing_is_the_last_competitor(order):
    rivals = [
        {"id": "none", "name": "Doing nothing", "kind": "status_quo"},
        {"id": "z", "name": "Zinc"},
    ]
    assert order("competitors", *rivals) == ["z", "none"]


@pytest.mark.parametrize(
    ("kind", "text", "title"),
    [
        ("field_notes", "x" * 90, "x" * 90),
        ("field_notes", "x" * 91, "x" * 89 + "…"),
        ("field_notes", "x" * 88 + "  yy", "x" * 88 + "…"),
        ("field_notes", "They **ask** for steam.", "They ask for steam."),
        ("glossary", "x" * 91, "x" * 91),
        ("glossary", "**Lift**", "**Lift**"),
    ],
)
def test_a_note_is_called_by_its_first_words_and_any_other_entry_by_its_name(kind, text, title):
    field = {"field_notes": "note", "glossary": "term"}[kind]
    strategy = load_data(**{kind: [{field: text}]}).strategy
    assert strategy is not None
    assert title_of(strategy.of(kind)[0]) == title


def test_objections_are_spoken_by_category_and_rivals_where_there_is_an_answer(make_edition):
    kinds = {
        "objections": [
            {"id": "dear", "says": "Dear", "category": "price"},
            {"id": "slow", "says": "Slow", "category": "timing"},
            {"id": "costly", "says": "Costly", "category": "price"},
        ],
        "competitors": [
            {"id": "sluice", "quick_answer": "We are quicker."},
            {"id": "silent", "quick_answer": None},
        ],
    }
    spoken = make_edition(**kinds).strategy.spoken
    found = {key.id: (one.at, one.total) for key, one in spoken.items()}
    assert found == {"costly": (1, 2), "dear": (2, 2), "slow": (1, 1), "sluice": (1, 1)}
    first, last = (
        next(one for one in spoken.values() if one.entry.id == name) for name in ("costly", "dear")
    )
    assert (first.before, first.after) == (None, last.entry)
    assert (last.before, last.after) == (first.entry, None)
