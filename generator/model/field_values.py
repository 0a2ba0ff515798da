"""Fields with something in them, as a reader sees them: nothing empty is shown, not even as a
heading. And where those of the company's own stand on a page.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator
from itertools import groupby
from typing import Any, NamedTuple

from generator.model.addresses import address_of
from generator.model.builder import list_own, list_values
from generator.model.entry import Entry, Key
from generator.schema.vocabulary import Field, Vocabulary

_LONG = ("prose", "object")


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


class OwnFields:
    """The company's own fields on the page at `address`: of the entry whose page it is, or of each that
    stands on it. Each is shown once, behind the field that its description names.
    """

    def __init__(self, vocabulary: Vocabulary, address: str) -> None:
        self._vocabulary, self._address = vocabulary, address
        self._placed: set[tuple[Key, str]] = set()

    def behind(self, entry: object, name: str) -> list[tuple[bool, list[FieldView]]]:
        """What stands behind a field of an entry and was not shown yet, neighbours of one sort
        together: whether they are short, and they.
        """
        if not isinstance(entry, Entry) or not entry.custom or not self._is_at_home(entry):
            return []
        return _group(list(self._take_behind(entry, name)))

    def left(self, entry: Entry, but: Collection[str] = ()) -> list[tuple[bool, list[FieldView]]]:
        """What stands behind no field that the page has shown, nor will: those in `but` come yet."""
        keys = [key for key, field in self._list(entry) if field.after not in but]
        return _group([shown for key in keys for shown in self._take(entry, key)])

    def in_lists(self, entry: Entry) -> list[FieldView]:
        """What is shown of an entry where it is one of many."""
        values = dict(list_own(entry))
        found = (
            show_field(field, values.get(key)) for key, field in self._list(entry) if field.in_lists
        )
        return [shown for shown in found if shown is not None]

    def _list(self, entry: Entry) -> Iterator[tuple[str, Field]]:
        fields = self._vocabulary.kinds[entry.KIND].fields
        return ((key, field) for key, field in fields.items() if field.own)

    def _is_at_home(self, entry: Entry) -> bool:
        return address_of(entry.key).partition("#")[0] == self._address

    def _take_behind(self, entry: Entry, name: str) -> Iterator[FieldView]:
        for key, field in self._list(entry):
            if field.after == name and field.name != name:
                yield from self._take(entry, key)

    def _take(self, entry: Entry, key: str) -> Iterator[FieldView]:
        """A field that was not shown yet, and what stands behind it."""
        if (entry.key, key) in self._placed:
            return
        self._placed.add((entry.key, key))
        field = self._vocabulary.kinds[entry.KIND].fields[key]
        shown = show_field(field, dict(list_own(entry)).get(key))
        if shown is not None:
            yield shown
        yield from self._take_behind(entry, field.name)


def _group(found: list[FieldView]) -> list[tuple[bool, list[FieldView]]]:
    return [(short, list(ones)) for short, ones in groupby(found, _is_short)]


def _is_short(shown: FieldView) -> bool:
    item = shown.field.item
    return shown.type not in _LONG and (item is None or item.type not in (*_LONG, "plain"))
