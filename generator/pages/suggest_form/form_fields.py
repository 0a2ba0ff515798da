"""The fields of a kind as the form draws them: what a reader may read and a note may change."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from generator.editing.edit_notes import PROTECTED
from generator.model.edition import Edition
from generator.schema.vocabulary import OWN, Field

_NEVER = PROTECTED | {"former_ids", OWN}
"""What no form offers besides what no note may change: a renaming is a command's work; a company's own
fields stand among the others.
"""


def list_offered(fields: Mapping[str, Field], edition: Edition) -> Iterator[tuple[str, Field]]:
    """The fields that a form offers, by the path that a note names them with, in the schema's order."""
    for path, field in fields.items():
        is_read = edition.circles.may_read_field(field.audience or "public", edition.audience)
        if path not in _NEVER and field.name not in _NEVER and is_read:
            yield path, field


def describe_fields(fields: Mapping[str, Field], edition: Edition) -> list[dict[str, Any]]:
    """The same as the browser reads it."""
    return [
        {"path": path, **describe_field(field, edition)}
        for path, field in list_offered(fields, edition)
    ]


def describe_field(field: Field, edition: Edition) -> dict[str, Any]:
    """One field; what is not said of it is left out."""
    told = {
        "title": field.title,
        "type": field.type,
        "description": field.description,
        "form": field.form,
        "required": field.required,
        "labels": [
            [field.values.get(written, written), label] for written, label in field.labels.items()
        ],
        "refers_to": list(field.refers_to),
        "is_set": field.is_set,
        "shorthand": field.shorthand,
        "default": field.default,
        "example": field.example,
        "limits": dict(field.limits),
        "fields": describe_fields(field.fields, edition),
    }
    if field.item is not None:
        told["item"] = describe_field(field.item, edition)
    return {name: value for name, value in told.items() if value not in (None, "", False, [], {})}
