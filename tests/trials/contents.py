"""What trials put into strategies, and how whatever was read is followed to its end: told in every
format, and shown where there is anything sound.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from keyword import iskeyword
from typing import Any

from hypothesis import strategies as st

from generator.loading.loader import Loaded, load_strategy
from generator.model.edition import choose_edition
from generator.pages.page import Pages
from generator.pages.registry import Background, render_pages
from generator.problems.reporters import FORMATS, Summary
from generator.schema.vocabulary import KINDS, Field, standard_vocabulary
from tests.sample import HEADER, TODAY, MemoryTree, complete


def load(files: Mapping[str, str | bytes]) -> Loaded:
    return load_strategy(MemoryTree(files))


def render(loaded: Loaded, audience: str = "leadership") -> Pages:
    assert loaded.strategy is not None
    return render_pages(
        choose_edition(loaded.strategy, loaded.vocabulary, audience, TODAY),
        Background(lambda: loaded.problems),
    )


def tell(loaded: Loaded) -> None:
    """Every format can say every problem, and what it says can be written to a file."""
    for form, report in FORMATS.items():
        text = report(loaded.problems, Summary(len(loaded.files)))
        assert text.encode("utf-8")
        if form == "json":
            assert len(json.loads(text)["problems"]) == len(loaded.problems)


def follow(loaded: Loaded) -> None:
    """Whatever was loaded can be told and, where there is anything sound, shown inside and outside."""
    tell(loaded)
    if loaded.strategy is not None and "internal" in loaded.strategy.header.audiences:
        for audience in {"internal", loaded.strategy.header.audiences[-1]}:
            render(loaded, audience)


# Texts in fields


def walk_texts(
    fields: Mapping[str, Field], route: tuple[str | int, ...] = ()
) -> Iterator[tuple[str | int, ...]]:
    """The route of every field that takes plain text or prose, one item deep in lists."""
    for name, field in fields.items():
        here: tuple[str | int, ...] = (*route, name)
        inner = field
        if field.item is not None:
            here, inner = (*here, 0), field.item
        if inner.type in ("plain", "prose"):
            yield here
        yield from walk_texts(inner.fields, here)


VOCABULARY = standard_vocabulary()
NAMES = {("timezone",), ("version",)}
"""Fields that take no text of every kind."""
TEXT_FIELDS = [
    (kind, route)
    for kind in KINDS
    for route in walk_texts(VOCABULARY.kinds[kind].fields)
    if route not in NAMES
]
TEXT_FIELDS += [
    ("header", route) for route in walk_texts(VOCABULARY.header.fields) if route not in NAMES
]

FILL: Mapping[str, Any] = {"date": "2026-01-01", "day_or_month": "2026", "integer": 1, "number": 1}


def required_values(fields: Mapping[str, Field]) -> dict[str, Any]:
    """Values for the fields that a group must have; a reference leads to the entry itself."""
    values: dict[str, Any] = {}
    for name, field in fields.items():
        if field.required:
            names_kind = "offerings/one" if field.names_kind else "one"
            values[name] = next(
                iter(field.labels),
                FILL.get(field.type, names_kind if field.type == "reference" else "x"),
            )
    return values


def place_text(
    target: dict[str, Any], fields: Mapping[str, Field], route: tuple[str | int, ...], text: str
) -> None:
    """Put a text at a route of fields, with what the groups on the way must have."""
    name, *rest = route
    assert isinstance(name, str)
    field = fields[name]
    if rest and rest[0] == 0:
        assert field.item is not None
        group = required_values(field.item.fields)
        if len(rest) > 1:
            place_text(group, field.item.fields, tuple(rest[1:]), text)
        target[name] = [group] if len(rest) > 1 else [text]
    elif rest:
        group = target.setdefault(name, required_values(field.fields))
        place_text(group, field.fields, tuple(rest), text)
    else:
        target[name] = text


def write_with(kind: str, route: tuple[str | int, ...], text: str) -> str:
    """A strategy with a text at that route; every other text is quoted by the same rule."""
    header: dict[str, Any] = dict(HEADER)
    data: dict[str, Any] = {"offerings": [complete("offerings", {})], "strategy": header}
    if kind == "header":
        data["people"] = [complete("people", {})]  # a waiver has an owner
        place_text(header, VOCABULARY.header.fields, route, text)
    else:
        entry = complete(kind, {})
        data["markets"] = [complete("markets", {})]  # a message is for one
        place_text(entry, VOCABULARY.kinds[kind].fields, route, text)
        data[kind] = [entry]
    return json.dumps(data, ensure_ascii=False, indent=1)


def value_at(loaded: Loaded, kind: str, route: tuple[str | int, ...]) -> Any:
    assert loaded.strategy is not None
    return value_in(
        loaded.strategy.header if kind == "header" else loaded.strategy.of(kind)[0], route
    )


def value_in(value: Any, route: tuple[str | int, ...]) -> Any:
    for step in route:  # a word of Python's own has a line behind it in the model
        value = (
            value[step]
            if isinstance(step, int)
            else getattr(value, f"{step}_" if iskeyword(step) else step)
        )
    return value


ANY_TEXT = st.text(st.characters(exclude_categories=["Cs"]), max_size=60)
SIGNS = st.text(alphabet="-:#&*!|>'\"%@`{}[],?\\<=~ abc()entry/_$.", min_size=1, max_size=30)
ONE_LINE = st.one_of(
    SIGNS,
    st.text(
        st.characters(exclude_categories=["C", "Z"], include_characters=" "),
        min_size=1,
        max_size=60,
    ),
)
