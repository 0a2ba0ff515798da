"""Sound data to typed values: dates become dates, lists become tuples, groups of fields become
their classes.
"""

from __future__ import annotations

import dataclasses
import types
import typing
from collections.abc import Iterator, Mapping
from datetime import date
from functools import cache
from typing import Any

from generator.model.dates import Interval, RoughDay
from generator.model.entry import Entry, Key
from generator.model.header import Header
from generator.model.kinds import KIND_CLASSES
from generator.model.markdown import find_entry_links
from generator.problems.problem import Place
from generator.schema.vocabulary import Field, Kind
from generator.syntax.document import Route


@dataclasses.dataclass(frozen=True, slots=True)
class Mention:
    """A reference as written: the field it stands in, the route to it, the kinds it may name, the
    text.
    """

    field: str
    route: Route
    refers_to: tuple[str, ...]
    written: str
    in_text: bool = False


def build_entry(kind: Kind, value: Mapping[str, Any], place: Place) -> Entry:
    """The typed entry of a kind. `value` has passed the schema."""
    cls: Any = KIND_CLASSES[kind.key]
    fields = {
        name: _build(item, kind.fields[name], _hints(cls).get(name)) for name, item in value.items()
    }
    entry: Entry = cls(**fields, place=place)
    return entry


def build_header(kind: Kind, value: Mapping[str, Any], place: Place) -> Header:
    """The typed header. `value` has passed the schema."""
    fields = {
        name: _build(item, kind.fields[name], _hints(Header).get(name))
        for name, item in value.items()
    }
    return Header(**fields, place=place)


def find_mentions(value: Any, fields: Mapping[str, Field]) -> Iterator[Mention]:
    """Every reference in an entry, as data or typed, in its fields and in its prose; routes are
    within `value`.
    """
    for name, item in list_values(value):
        if name in fields and fields[name].may_refer:
            yield from _find(item, fields[name], name, (name,))


def list_values(group: Any) -> Iterator[tuple[str, Any]]:
    """The names and values in a group of fields, be it data or typed; nothing where it is no group."""
    if isinstance(group, dict):
        yield from group.items()
    else:
        for name, attribute in _list_fields(group.__class__):
            yield name, getattr(group, attribute)


@cache
def _list_fields(cls: type) -> tuple[tuple[str, str], ...]:
    """The fields of a typed group, as the strategy and as Python names them."""
    if not dataclasses.is_dataclass(cls):
        return ()
    return tuple((field.name.removesuffix("_"), field.name) for field in dataclasses.fields(cls))


def _find(value: Any, field: Field, name: str, route: Route) -> Iterator[Mention]:
    if isinstance(value, str):
        if field.type == "reference":
            yield Mention(name, route, field.refers_to, value)
        elif field.type == "prose":
            for link in find_entry_links(value):
                yield Mention(name, route, (), link.target, in_text=True)
    elif isinstance(value, list | tuple) and field.item is not None:
        for position, item in enumerate(value):
            yield from _find(item, field.item, name, (*route, position))
    else:
        for key, item in list_values(value):
            if key in field.fields and field.fields[key].may_refer:
                yield from _find(item, field.fields[key], name, (*route, key))


def parse_key(written: str, refers_to: tuple[str, ...]) -> Key | None:
    """The entry a reference names, or None where it does not have the form of one."""
    if len(refers_to) == 1:
        return Key(refers_to[0], written)
    kind, slash, name = written.partition("/")
    return Key(kind, name) if slash and name else None


@cache
def _hints(cls: Any) -> Mapping[str, Any]:
    return typing.get_type_hints(cls)


def _build(value: Any, field: Field, hint: Any) -> Any:
    if field.type == "date":
        return date.fromisoformat(value)
    if field.type == "interval":
        return Interval(value)
    if field.type == "day_or_month":
        return RoughDay(value)
    if isinstance(value, list) and field.item is not None:
        inner = typing.get_args(hint)[0] if hint is not None and typing.get_args(hint) else None
        return tuple(_build(item, field.item, inner) for item in value)
    if isinstance(value, dict):
        cls = _class_in(hint)
        if cls is None:  # a mapping of the strategy's own: owners, custom fields
            return {
                key: _build(item, field.fields[key], None) if key in field.fields else item
                for key, item in value.items()
            }
        hints = _hints(cls)
        return cls(
            **{
                _name(key): _build(item, field.fields[key], hints.get(_name(key)))
                for key, item in value.items()
            }
        )
    return value


def _name(key: str) -> str:
    """`from` is a word of Python's own."""
    return f"{key}_" if key == "from" else key


def _class_in(hint: Any) -> type | None:
    options = typing.get_args(hint) if isinstance(hint, types.UnionType) else (hint,)
    return next(
        (
            option
            for option in options
            if dataclasses.is_dataclass(option) and isinstance(option, type)
        ),
        None,
    )
