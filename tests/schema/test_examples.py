"""Every field of the schema has an example, and each example is right for its field."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from typing import Any

import pytest

from generator.loading.loader import load_strategy
from generator.loading.rules import BROKEN_REFERENCE
from generator.schema.vocabulary import Field, standard_vocabulary
from tests.sample import MINIMAL_HEADER, MemoryTree

KINDS = standard_vocabulary().kinds
DESCRIBED = {"header": standard_vocabulary().header, **KINDS}


def list_without(fields: Mapping[str, Field], prefix: str) -> Iterator[str]:
    """The fields without an example, those in groups too."""
    for name, one in fields.items():
        if name != "custom":
            if one.example is None:
                yield prefix + name
            yield from list_without((one.item or one).fields, f"{prefix}{name}.")


def show_all(one: Field) -> Any:
    """A field with every field below it, each by its own example."""
    inner = one.item or one
    if not inner.fields:
        return one.example
    group = {name: show_all(part) for name, part in inner.fields.items()}
    return [group] if one.item else group


def find_faults(kind: str, entry: Mapping[str, Any]) -> list[str]:
    """What is wrong with an entry, but that what it refers to is not there."""
    files = {"strategy.yaml": MINIMAL_HEADER}
    if kind == "header":
        files["strategy.yaml"] = json.dumps({"strategy": entry})
    else:
        files[f"strategy/{kind}.yaml"] = json.dumps([entry])
    problems = load_strategy(MemoryTree(files)).problems
    return [one.title for one in problems if one.rule != BROKEN_REFERENCE.id]


@pytest.mark.parametrize("kind", DESCRIBED)
def test_every_field_has_an_example_that_is_right_for_it(kind: str) -> None:
    fields = DESCRIBED[kind].fields
    assert list(list_without(fields, "")) == []
    for show in (show_all, lambda one: one.example):
        shown = {name: show(one) for name, one in fields.items() if name != "custom"}
        assert find_faults(kind, shown) == []


def test_an_example_that_is_no_longer_right_is_found() -> None:
    assert find_faults("glossary", {"id": "A B", "term": "Lift", "meaning": "How far."})
