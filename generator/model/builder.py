"""Sound data to typed values: dates become dates, lists become tuples, groups of fields become
their classes.
"""

from __future__ import annotations

import dataclasses
import types
import typing
from collections.abc import Callable, Hashable, Iterator, Mapping
from datetime import date
from functools import cache
from keyword import iskeyword
from typing import Any

from generator.model.dates import Interval, RoughDay
from generator.model.entry import Entry, Key
from generator.model.header import Header
from generator.model.kinds import KIND_CLASSES, OwnEntry
from generator.model.markdown import find_entry_links
from generator.problems.problem import Place
from generator.schema.vocabulary import OWN, Field, Kind
from generator.syntax.document import Route


class Mention(typing.NamedTuple):
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
    cls: Any = OwnEntry if kind.is_own else KIND_CLASSES[kind.key]
    known = {"KIND": kind.key} if kind.is_own else {}
    entry: Entry = cls(**_build_fields(cls, value, kind.fields), **known, place=place)
    return entry


def build_header(kind: Kind, value: Mapping[str, Any], place: Place) -> Header:
    """The typed header. `value` has passed the schema."""
    return Header(**_build_fields(Header, value, kind.fields), place=place)


def find_mentions(value: Any, fields: Mapping[str, Field]) -> Iterator[Mention]:
    """Every reference in an entry, as data or typed, in its fields and in its prose; routes are
    within `value`.
    """
    for name, item in list_values(value):
        if name == OWN and isinstance(item, dict):
            for own, inner in item.items():
                key = f"{OWN}.{own}" if f"{OWN}.{own}" in fields else own
                if key in fields and fields[key].may_refer:
                    yield from _find(inner, fields[key], key, (OWN, own))
        elif name in fields and fields[name].may_refer:
            yield from _find(item, fields[name], name, (name,))


def list_values(group: Any) -> Iterator[tuple[str, Any]]:
    """The names and values in a group of fields, be it data or typed; nothing where it is no group.

    Of a typed entry, the company's own fields are among the others.
    """
    if isinstance(group, dict):
        yield from group.items()
    else:
        for name, attribute in _list_fields(group.__class__):
            if name != OWN:
                yield name, getattr(group, attribute)
        if isinstance(group, Entry):
            yield from list_own(group)


def list_own(entry: Entry) -> Iterator[tuple[str, Any]]:
    """The company's own fields in an entry, by their keys among all fields of its kind."""
    if entry.custom:
        cls: Any = entry.__class__
        taken = _names_in(cls)
        for name, value in entry.custom.items():
            yield f"{OWN}.{name}" if name in taken else name, value


@cache
def _names_in(cls: type) -> frozenset[str]:
    return frozenset(name for name, _ in _list_fields(cls))


@cache
def _list_fields(cls: type) -> tuple[tuple[str, str], ...]:
    """The fields of a typed group, as the strategy and as Python names them."""
    if not dataclasses.is_dataclass(cls):
        return ()
    return tuple(
        (field.name.removesuffix("_"), field.name)
        for field in dataclasses.fields(cls)
        if field.name != "KIND"
    )


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


_OF_TEXT: Mapping[str, Callable[[str], Any]] = {
    "date": date.fromisoformat,
    "interval": Interval,
    "day_or_month": RoughDay,
}
"""What a text means, by the type of its field; any other stays as it is."""


def _build_fields(
    cls: Any, group: Mapping[str, Any], fields: Mapping[str, Field]
) -> dict[str, Any]:
    """The arguments that make `cls` of a group of fields."""
    hints = _hints(cls)
    built = {}
    for key, item in group.items():
        name = f"{key}_" if iskeyword(key) else key  # such as `from`
        built[name] = _build(item, fields[key], hints.get(name))
    return built


def _build(value: Any, field: Field, hint: Any) -> Any:
    if isinstance(value, str):
        make = _OF_TEXT.get(field.type)
        return make(value) if make else value
    if isinstance(value, list) and field.item is not None:
        inner = _item_of(hint)
        if inner is str:  # most lists hold texts, and so they stay
            return tuple(value)
        return tuple(_build(item, field.item, inner) for item in value)
    if isinstance(value, dict):
        cls = _class_in(hint)
        if cls is not None:
            return cls(**_build_fields(cls, value, field.fields))
        return {  # a mapping of the strategy's own: owners, custom fields
            key: _build(item, field.fields[key], None) if key in field.fields else item
            for key, item in value.items()
        }
    return value


@cache
def _item_of(hint: Hashable) -> Any:
    """What the items of a list are, by the hint of its field."""
    return next(iter(typing.get_args(hint)), None)


@cache
def _class_in(hint: Hashable) -> Any:
    options = typing.get_args(hint) if isinstance(hint, types.UnionType) else (hint,)
    return next(
        (
            option
            for option in options
            if dataclasses.is_dataclass(option) and isinstance(option, type)
        ),
        None,
    )
