"""Fields with something in them, as a reader sees them: nothing empty is shown, not even as a
heading.
"""

from __future__ import annotations

from typing import Any, NamedTuple

from generator.model.builder import list_values
from generator.schema.vocabulary import Field


class FieldView(NamedTuple):
    """A field with something in it: the schema's words and the value."""

    field: Field
    value: Any

    @property
    def title(self) -> str:
        """The field's title in the schema."""
        return self.field.title

    @property
    def type(self) -> str:
        """How the value is to be shown."""
        return self.field.type


def show_field(field: Field, value: Any) -> FieldView | None:
    """A field with its value, or None where nothing is in it; a list stays as it is written."""
    if not _holds(field, value):
        return None
    if isinstance(value, tuple) and field.item:
        value = tuple(one for one in value if _holds(field.item, one))
    return FieldView(field, value)


def _holds(field: Field, value: Any) -> bool:
    """Whether something is in a value; in a group or a list, whether something is in any part of
    it.
    """
    if not value and not isinstance(value, int | float):  # zero is a figure
        return False
    if field.type == "object":
        written = dict(list_values(value))
        return any(_holds(inner, written.get(name)) for name, inner in field.fields.items())
    if isinstance(value, tuple) and field.item:
        return any(_holds(field.item, one) for one in value)
    return True


def list_parts(field: Field, value: Any) -> list[FieldView]:
    """The fields with something in them of a group of fields, in the order of the schema."""
    written = dict(list_values(value))
    fields = (field.item or field).fields
    return [
        shown for name, inner in fields.items() if (shown := show_field(inner, written.get(name)))
    ]


def make_table(shown: FieldView) -> tuple[list[Field], list[list[FieldView | None]]]:
    """A list of groups of fields as a table: the columns with something in them, and the cells of
    each row.
    """
    fields = (shown.field.item or shown.field).fields
    written = [dict(list_values(one)) for one in shown.value]
    columns = [
        field
        for name, field in fields.items()
        if any(show_field(field, row.get(name)) for row in written)
    ]
    return columns, [
        [show_field(field, row.get(field.name)) for field in columns] for row in written
    ]
