"""What holds for any two strategies that are compared."""

from __future__ import annotations

import html
import json
from typing import Any

from hypothesis import example, given
from hypothesis import strategies as st

from generator.changes.change import Grade, Version, What
from generator.changes.comparison import compare
from generator.changes.decision_text import tell
from generator.changes.impact import find_touches
from generator.changes.review_text import FORMATS, Review
from generator.loading.loader import load_strategy
from generator.problems.host_text import escape_comment
from generator.problems.terminal_style import Look
from generator.schema.vocabulary import standard_vocabulary
from generator.schema.words import read_words
from tests.markup import read_html
from tests.sample import MEDIUM_HEADER, MemoryTree, complete, write_medium
from tests.trials.amount import examples
from tests.trials.undoing import apply_changes, data_of, mirror, show

VOCABULARY = standard_vocabulary()
WORDS = read_words("en")
TEXT = st.sampled_from(
    [
        "Steam",
        "Gas is dear.",
        "Gas is very dear.",
        "EUR 1 million",
        "EUR 2 million",
        "Call the plant",
        "See [the pump](entry:offerings/pump).",
    ]
)
IDS = {
    "markets": ["dairies", "pharma"],
    "personas": ["manager"],
    "offerings": ["pump", "care"],
    "proof": ["plant"],
    "people": ["zoe", "adam"],
}


def texts() -> st.SearchStrategy[list[str]]:
    return st.lists(TEXT, max_size=5)


def references(kind: str) -> st.SearchStrategy[list[str]]:
    return st.lists(st.sampled_from(IDS[kind]), unique=True, max_size=3)


STEP = st.fixed_dictionaries({"do": TEXT}, optional={"say": TEXT})
MEASURE = st.fixed_dictionaries(
    {"name": st.sampled_from(["Orders", "Margin", "Calls"])},
    optional={"target": st.integers(0, 3), "direction": st.sampled_from(["up", "down"])},
)
EDITS = {
    ("markets", 0): {
        "priority": st.sampled_from(["primary", "secondary"]),
        "personas": references("personas"),
        "summary": TEXT,
        "do_more": texts(),
        "owner": st.sampled_from(IDS["people"]),
        "pains": st.lists(
            st.fixed_dictionaries({"pain": TEXT}, optional={"cost_of_inaction": TEXT}), max_size=3
        ),
        "horizons": st.fixed_dictionaries({"now": st.fixed_dictionaries({"questions": texts()})}),
        "status": st.sampled_from(["draft", "approved"]),
        "reviewed_on": st.sampled_from(["2026-01-01", "2026-02-01"]),
    },
    ("markets", 1): {"former_ids": st.sampled_from([["drugs"], ["drugs", "medicine"], []])},
    ("offerings", 0): {
        "markets": references("markets"),
        "availability": st.sampled_from(["available", "retired"]),
    },
    ("plays", 0): {"steps": st.lists(STEP, min_size=1, max_size=5), "goal": TEXT},
    ("objectives", 0): {"measures": st.lists(MEASURE, max_size=3)},
    ("objections", 1): {
        "also_said": st.lists(st.sampled_from(["Not now", "After summer", "No"]), unique=True),
        "explore": texts(),
    },
}
"""Fields that are edited, and what they may become."""


MORE: dict[str, dict[str, Any]] = {
    "value_drivers": {"offerings": ["pump"], "proof": ["plant"]},
    "wins": {"market": "dairies", "competitors": ["boilers"], "objections": ["pricey"]},
    "skills": {"roles": ["Seller"]},
    "paths": {"steps": [{"when": "Day 1", "do": "Read.", "read": ["markets/dairies"]}]},
    "assumptions": {"rests_on_it": ["markets/dairies", "objectives/grow"]},
}
"""Entries that some versions have beside the others, by kind."""
SAID: dict[str, st.SearchStrategy[dict[str, Any]]] = {
    "value_drivers": st.fixed_dictionaries({"promise": TEXT, "order": st.integers(0, 3)}),
    "wins": st.fixed_dictionaries(
        {"lesson": TEXT, "outcome": st.sampled_from(["won", "lost", "no_decision"])}
    ),
    "skills": st.fixed_dictionaries({"practise": st.lists(TEXT, max_size=3)}),
    "paths": st.fixed_dictionaries({"role": TEXT}),
    "assumptions": st.fixed_dictionaries(
        {
            "state": st.sampled_from(["holds", "doubtful", "broken"]),
            "watch_for": st.lists(TEXT, max_size=2),
        }
    ),
}
"""What is said differently in them from version to version."""


@st.composite
def strategies(draw: st.DrawFn) -> dict[str, Any]:
    """The medium strategy after some edits: fields changed, entries renamed, taken away and added."""
    entries = write_medium()
    header = json.loads(json.dumps(dict(MEDIUM_HEADER)))
    for (kind, position), fields in EDITS.items():
        for name in draw(st.sets(st.sampled_from(sorted(fields)), max_size=3)):
            entries[kind][position][name] = draw(fields[name])
    if draw(st.booleans()):
        header["not_now"] = draw(
            st.lists(st.fixed_dictionaries({"what": TEXT, "why": TEXT}), max_size=3)
        )
        header["tagline"] = draw(TEXT)
    for kind in draw(st.sets(st.sampled_from(["glossary", "field_notes", "plays"]))):
        entries[kind] = []
    for kind in draw(st.sets(st.sampled_from(sorted(MORE)))):
        entries[kind] = [complete(kind, {**MORE[kind], **draw(SAID[kind])})]
    text = json.dumps({"strategy": header, **entries})
    rename = draw(
        st.sampled_from([None, "markets/dairies", "offerings/care", "people/adam", "proof/plant"])
    )
    if rename is not None:
        kind, _, old = rename.partition("/")
        text = text.replace(f'"{old}"', f'"{old}-x"').replace(f"{rename}", f"{rename}-x")
        if draw(st.booleans()):
            data = json.loads(text)
            entry = next(one for one in data[kind] if one["id"] == f"{old}-x")
            entry["former_ids"] = [*entry.get("former_ids", []), old]
            text = json.dumps(data)
    return json.loads(text)


def read(data: dict[str, Any]) -> Version:
    loaded = load_strategy(MemoryTree({"strategy.yaml": json.dumps(data)}))
    assert loaded.problems == (), [problem.title for problem in loaded.problems]
    assert loaded.strategy is not None
    return Version(loaded.strategy, loaded.vocabulary)


@examples(8)
@given(strategies())
def test_nothing_has_changed_between_a_strategy_and_itself(data):
    assert compare(read(data), read(data)) == ()


@examples(8)
@given(strategies(), st.randoms(use_true_random=False))
def test_the_order_of_entries_is_no_change_and_that_of_a_set_a_new_order_only(data, random):
    before = read(data)
    for kind, listed in data.items():
        if kind != "strategy":
            random.shuffle(listed)
            for entry in listed:
                for name, value in entry.items():
                    if (
                        name in VOCABULARY.kinds[kind].fields
                        and VOCABULARY.kinds[kind].fields[name].is_set
                    ):
                        random.shuffle(value)
    kinds = list(data)
    random.shuffle(kinds)
    changes = compare(before, read({kind: data[kind] for kind in kinds}))
    assert {(one.what, one.grade) for one in changes} <= {(What.MOVED, Grade.MINOR)}
    assert all(one.trail[-1].is_set for one in changes)


@examples(6)
@given(strategies(), st.sets(st.sampled_from(["markets", "plays", "people", "offerings"])))
def test_another_file_is_no_change(data, kinds):
    files = {f"strategy/{kind}.yaml": json.dumps(data[kind]) for kind in kinds if data[kind]}
    main = {kind: value for kind, value in data.items() if kind not in kinds}
    moved = load_strategy(MemoryTree({"strategy.yaml": json.dumps(main), **files}))
    assert moved.strategy is not None
    assert compare(read(data), Version(moved.strategy, moved.vocabulary)) == ()


@examples(25)
@given(strategies(), strategies())
def test_the_listed_changes_lead_from_the_old_to_the_new(first, second):
    old, new = read(first), read(second)
    assert apply_changes(old, new, compare(old, new)) == data_of(new)


@examples(25)
@given(strategies(), strategies())
def test_the_way_back_is_the_mirror_of_the_way_there(first, second):
    old, new = read(first), read(second)
    assert show(compare(new, old)) == mirror(compare(old, new), old)


@examples(10)
@given(strategies(), strategies())
def test_every_change_can_be_told_in_every_format(first, second):
    old, new = read(first), read(second)
    changes = compare(old, new)
    told = tell(changes, old, new, WORDS)
    review = Review("a", "b", old, new, WORDS, told, find_touches(changes, old, new, {}, {}))
    hidden = [change for change in changes if change.path[:1] == ("former_ids",)]
    assert show(change for one in told for change in (*one.changes, *one.follows)) | show(
        hidden
    ) == show(changes)
    for report in FORMATS.values():
        assert report(review, Look()).encode()


@examples(200)
@given(st.text(st.sampled_from("ab @#!<>&*_`[]()|~$\\:/.w-1\n\t\u202e\x1b"), max_size=40))
@example("@sales/team")
@example("<img src=x onerror=alert(1)>")
@example("</details><script>")
@example("https://evil.example www.evil.example a@b.example")
@example("#1 owner/repo#1 GH-1 !1 &1 %1 $1 ~1")
def test_no_text_is_markup_or_calls_anybody(text):
    escaped = escape_comment(text)
    shown = read_html(f"<p>{escaped}</p>")
    assert not shown.links
    for sign in "<\\`*_[]|~$\n\x1b\u202e":
        assert sign not in escaped
    seen = html.unescape(escaped)
    for call in ("@a", "@b", "#1", "#a", "://", "www."):
        assert call not in seen
