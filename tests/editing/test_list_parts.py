"""A long list is edited in parts, and comes out as if it had been taken whole."""

from __future__ import annotations

from unittest import mock

import pytest

from generator.editing import value_edits
from generator.editing.list_parts import edit_in_parts, find_end
from generator.editing.new_entries import append_entries
from generator.editing.value_changes import Move, Put, Remove
from generator.editing.value_edits import edit_entries
from generator.loading.loader import load_strategy
from generator.model.entry import Key
from generator.syntax.document import read_document
from tests.sample import MINIMAL_HEADER, MemoryTree

FILE = "strategy/objections.yaml"
ENTRY = """\
# Heard by {0}.
- id: o-{0}
  says: "Too dear - {0}"   # daily
  category: price
  also_said: [Sum {0}, "- not {0}"]
  respond: >-
    You buy once,
    {0} times less.

  explore:
  - Why {0}?
"""
TEXT = "".join(ENTRY.format(number) for number in range(130))
CHANGES = [
    (3, Put(("says",), "Dear: {0}")),
    (3, Put(("also_said",), ["Sum 3", "More"])),
    (4, Remove(("explore",))),
    (24, Put(("confirm",), "Does that help?")),
    (25, Put(("explore", 1), "When?")),
    (99, Move(("also_said", 0), ("also_said", 1))),
    (129, Put(("respond",), "A\n\nB")),
    (129, Remove(("explore",))),
]


def edit(text: str) -> tuple[dict[str, str], int]:
    """The files that change, and how many letters were read for it at the most."""
    tree = MemoryTree({"strategy.yaml": MINIMAL_HEADER, FILE: text})
    loaded = load_strategy(tree)
    read = [0]

    def watch(file: str, inner: str, *more: object) -> str:
        read.append(len(inner))
        return whole(file, inner, *more)

    whole = value_edits.edit_text
    changes = [(Key("objections", f"o-{number}"), change) for number, change in CHANGES]
    with mock.patch.object(value_edits, "edit_text", watch):
        return dict(edit_entries(tree, changes, loaded=loaded)), max(read)


def edit_whole(text: str) -> dict[str, str]:
    with mock.patch.object(value_edits, "edit_in_parts", return_value=None):
        return edit(text)[0]


@pytest.mark.parametrize(
    ("text", "is_parted"),
    [
        (TEXT, True),
        (TEXT.removesuffix("\n"), True),
        (TEXT.replace("\n", "\r\n"), True),
        (TEXT.replace("- id", "-\n  id"), True),
        (TEXT.replace("- id", "-   id").replace("\n  ", "\n    "), True),
        ("".join(f"  {line}\n" for line in TEXT.splitlines()), False),
        ("\ufeff" + TEXT, False),
        (TEXT.replace('"Too dear - 25"', '"Too\n- dear"'), True),
    ],
)
def test_a_part_is_changed_as_the_whole_would_be(text: str, is_parted: bool) -> None:
    files, read = edit(text)
    assert files == edit_whole(text)
    assert (read < len(text) / 3) is is_parted
    changed = set(files[FILE].splitlines()) ^ set(text.splitlines())
    assert len(changed) < 25


def test_entries_are_added_at_the_end_of_a_long_list_alone() -> None:
    draft = "id: new\nsays: A\n"
    for text in (TEXT, TEXT.rstrip("\n"), TEXT.replace("- id", "-   id").replace("\n  ", "\n    ")):
        document = read_document(FILE, text.encode(), len(text) + 1).document
        assert find_end(document, text) > len(text) / 2
        assert append_entries(FILE, text, [draft], document) == append_entries(FILE, text, [draft])


def test_what_lies_between_entries_or_in_a_short_list_is_for_the_whole() -> None:
    document = read_document(FILE, TEXT.encode(), len(TEXT) + 1).document
    short = ENTRY.format(1)
    for given, text, change in (
        (document, TEXT, Remove((3,))),
        (document, TEXT, Move((3, "says"), (4, "says"))),
        (document, TEXT.replace("dear", "high"), Put((3, "says"), "A")),
        (read_document(FILE, short.encode(), 1000).document, short, Put((0, "says"), "A")),
    ):
        assert edit_in_parts(given, text, [change], lambda inner, *_: inner) is None
