"""Notes from the field: a form becomes an entry, whatever somebody typed into it."""

from __future__ import annotations

import json
from datetime import date

import pytest

from generator.editing.intake import NoFormError, make_note, read_form
from generator.loading.loader import load_strategy
from tests.sample import HEADER, MemoryTree, complete, load_data

BODY = "### Who says it?\n\nSellers in the north\n\n### What did you see or hear?\n\nThey ask for *steam*.\n\n- twice\n\n### What is it about?\n\nobjections/one, objections/none\n"


def test_a_form_becomes_a_field_note_that_passes():
    loaded = load_data(objections=[{}])
    assert loaded.strategy is not None
    event = {
        "action": "opened",
        "issue": {
            "number": 12,
            "title": "Field note: x",
            "body": BODY.replace("\n", "\r\n"),
            "created_at": "2026-05-04T09:00:00Z",
        },
    }
    note = make_note(read_form(json.dumps(event).encode()), loaded.strategy, date(2026, 6, 1))
    assert (note.id, note.left_out) == ("form-12", ("objections/none",))
    tree = MemoryTree(
        {
            "strategy.yaml": json.dumps(
                {"strategy": dict(HEADER), "objections": [complete("objections", {})]}
            ),
            f"strategy/field_notes/{note.id}.yaml": note.text,
        }
    )
    read = load_strategy(tree)
    assert read.problems == ()
    assert read.strategy is not None
    entry = read.strategy.entries["field_notes"]["form-12"]
    assert (entry.date, entry.said_by, entry.about, entry.status) == (
        date(2026, 5, 4),
        "Sellers in the north",
        ("objections/one",),
        "open",
    )  # type: ignore[attr-defined]
    assert entry.note == "They ask for *steam*.\n\n- twice"  # type: ignore[attr-defined]


@pytest.mark.parametrize(
    "text",
    [
        'x"\nstatus: done',
        "- a: &b *c",
        "[x](entry:markets/none)",
        "\u202e\x00\x1b[2J z",
        "'",
        "#",
        "{{",
        "a\\",
        "x" * 9000,
    ],
)
def test_nothing_typed_into_a_form_is_anything_but_text(text):
    loaded = load_data(objections=[{}])
    assert loaded.strategy is not None
    body = f"### Who says it?\n\n{text}\n\n### What did you see or hear?\n\n{text}\n"
    note = make_note(read_form(body.encode()), loaded.strategy, date(2026, 6, 1))
    read = load_strategy(
        MemoryTree(
            {
                "strategy.yaml": json.dumps({"strategy": dict(HEADER)}),
                f"strategy/field_notes/{note.id}.yaml": note.text,
            }
        )
    )
    assert read.problems == (), [problem.title for problem in read.problems]
    assert read.strategy is not None
    assert read.strategy.entries["field_notes"][note.id].status == "open"


@pytest.mark.parametrize(
    "raw",
    [
        b"",
        b"\xff\xfe",
        b"{",
        b"[]",
        b"{}",
        b"### Who says it?\n\nme\n",
        b"### What did you see or hear?\n\n_No response_\n",
        b"{" * 100_000,
    ],
)
def test_what_is_no_form_is_said_in_one_line(raw):
    loaded = load_data()
    assert loaded.strategy is not None
    with pytest.raises(NoFormError) as error:
        make_note(read_form(raw), loaded.strategy, date(2026, 6, 1))
    assert "\n" not in str(error.value)
