"""Write docs/fields.md, the reference of every field, from the schema. A test holds the two equal."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from generator.vocabulary import Field, Kind, Vocabulary, standard_vocabulary

TARGET = Path(__file__).parent.parent / "docs" / "fields.md"


def write_reference(vocabulary: Vocabulary) -> str:
    """The whole page."""
    lines = [
        "# Every field",
        "",
        "Made from the schema by `make docs`. A field marked * must be there.",
        "",
    ]
    lines += _describe(vocabulary.header, "strategy", "The header at the top of `strategy.yaml`.")
    for key, kind in vocabulary.kinds.items():
        where = f"A list under `{key}:` in `strategy.yaml`, or `strategy/{key}.yaml`, or a file each in `strategy/{key}/`."
        lines += _describe(kind, key, where)
    return "\n".join(lines) + "\n"


def _describe(kind: Kind, key: str, where: str) -> Iterator[str]:
    yield from (
        f"## {kind.plural} (`{key}`)",
        "",
        f"{kind.description} {where}",
        "",
        "| field | what it is | form |",
        "| --- | --- | --- |",
    )
    yield from _rows(kind.fields.values(), "")
    yield ""


def _rows(fields: object, prefix: str) -> Iterator[str]:
    for field in fields:  # type: ignore[attr-defined]
        star = " *" if field.required else ""
        yield f"| `{prefix}{field.name}`{star} | {_cell(field.description)} | {_cell(_form(field))} |"
        inner = field.item if field.type == "list" and field.item else field
        if inner.type == "object":
            yield from _rows(inner.fields.values(), f"{prefix}{field.name}.")


def _form(field: Field) -> str:
    if field.type == "list" and field.item is not None:
        order = "in any order" if field.is_set else "in this order"
        return f"list, {order}: {_form(field.item)}"
    if field.labels:
        return ", ".join(field.labels)
    if field.type == "reference":
        return "id under " + (
            " or ".join(field.refers_to) if len(field.refers_to) < 4 else "any kind, written kind/id"
        )
    if field.type == "object":
        return "fields of its own"
    return field.form or {"integer": "a whole number", "number": "a number"}.get(field.type, "text")


def _cell(text: str) -> str:
    return text.replace("|", "\\|").replace("\n", " ")


if __name__ == "__main__":
    TARGET.write_text(write_reference(standard_vocabulary()), encoding="utf-8")
