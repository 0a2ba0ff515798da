"""Two versions of a strategy given as data, compared."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from functools import partial

import pytest

from generator.changes.describe import say_phrases
from generator.changes.review import review_sides
from generator.changes.review_text import Review
from generator.pages.placements import find_placements_inside
from tests.sample import load_data

Compare = Callable[..., Review]


@pytest.fixture
def review() -> Compare:
    """What is said of the way from one version to the next; a version may bring its header under
    `header`.
    """

    def compare(old: dict[str, object], new: dict[str, object]) -> Review:
        sides = [
            load_data(
                one.get("header"),  # type: ignore[arg-type]
                **{kind: entries for kind, entries in one.items() if kind != "header"},  # type: ignore[arg-type]
            )
            for one in (old, new)
        ]
        placed = partial(find_placements_inside, as_of=date(2026, 6, 1))
        return review_sides("v1", sides[0], "v2", sides[1], placed)

    return compare


@pytest.fixture
def changes(review: Compare) -> Callable[..., list[tuple[object, ...]]]:
    """The changes of one kind of entry: what, of which entry, in which field, how much it weighs."""

    def compare(kind: str, old: list[object], new: list[object]) -> list[tuple[object, ...]]:
        return [
            (
                str(change.what),
                change.key.id if change.key else "",
                ".".join(step for step in change.path if isinstance(step, str)),
                str(change.grade),
            )
            for change in review({kind: old}, {kind: new}).changes
        ]

    return compare


@pytest.fixture
def sentences(review: Compare) -> Callable[..., list[str]]:
    """What is said of the change, a sentence each."""

    def compare(old: dict[str, object], new: dict[str, object]) -> list[str]:
        found = review(old, new)
        return [f"{told.title}: {say_phrases(told.phrases, found.words)}" for told in found.told]

    return compare
