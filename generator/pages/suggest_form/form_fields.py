"""The fields of a kind as the form draws them: what a reader may read and a note may change."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any, Protocol

from generator.schema.vocabulary import OWN, PROTECTED, Field, Kind

_NEVER = PROTECTED | {"former_ids", OWN}
"""What no form offers besides what no note may change: a renaming is a command's work; a company's own
fields stand among the others.
"""


class Reader(Protocol):
    """Whoever fills in the form: an edition is for one."""

    def gets_field(self, mark: str) -> bool:
        """Whether what the schema marks so may be read."""


def list_offered(fields: Mapping[str, Field], reader: Reader) -> Iterator[tuple[str, Field]]:
    """The fields that a form offers, by the path that a note names them with, in the schema's order."""
    for path, field in fields.items():
        is_read = reader.gets_field(field.audience or "public")
        if path not in _NEVER and field.name not in _NEVER and is_read:
            yield path, field


def describe_kind(name: str, kind: Kind, reader: Reader) -> dict[str, Any]:
    """A kind, or the header, as the browser reads it: with the fields that the form offers."""
    return {
        "kind": name,
        "title_field": kind.title_field,
        "description": kind.description,
        "fields": describe_fields(kind.fields, reader),
    }


def describe_fields(fields: Mapping[str, Field], reader: Reader) -> list[dict[str, Any]]:
    """The same as the browser reads it."""
    return [
        {"path": path, **describe_field(field, reader)}
        for path, field in list_offered(fields, reader)
    ]


def describe_field(field: Field, reader: Reader) -> dict[str, Any]:
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
        "fields": describe_fields(field.fields, reader),
    }
    if field.item is not None:
        told["item"] = describe_field(field.item, reader)
    return {name: value for name, value in told.items() if value not in (None, "", False, [], {})}
