"""The columns that a kind of entry has in a table: one for each value, those within groups too."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

from generator.editing.tables.words import Tongue, list_names, number_apart, plain
from generator.editing.value_edits import show_path
from generator.loading.loader import Loaded
from generator.schema.migrations import FORMAT
from generator.schema.vocabulary import OWN, PROTECTED, Field, Kind
from generator.syntax.document import Route

ID = "id"
_BETWEEN = ": "


@dataclass(frozen=True, eq=False)
class Column:
    """A column of a kind's table: the `path` of its value in an entry, as an edit note names it.

    What `is_locked` is shown, and changed in the files only. `names` are what the column may be
    called in somebody else's table. Where a list of groups goes over several rows, `inner` is the
    field of the group, and `needed` what each group must have.
    """

    route: Route
    field: Field
    title: str
    is_locked: bool
    names: frozenset[str]
    inner: str = ""
    needed: tuple[str, ...] = ()

    @property
    def path(self) -> str:
        """The value as an edit note names it: `price.amount`; of a list of groups without positions."""
        return show_path((*self.route, self.inner) if self.inner else self.route)


def read_manner(loaded: Loaded) -> tuple[str, int]:
    """The language and the format that a strategy is written in."""
    header = loaded.strategy.header if loaded.strategy else None
    return (header.language, header.format) if header else ("en", FORMAT)


@lru_cache(maxsize=64)
def list_columns(kind: Kind, language: str, written_format: int) -> tuple[Column, ...]:
    """The columns of a kind in the order of its fields, titled in a language. Fields that came with
    a later format than that of the strategy are left out.
    """
    found = [
        (route, fields)
        for name, field in kind.fields.items()
        if name != OWN and field.since <= written_format
        for route, fields in _iterate_leaves(_route_of(name, field), field)
    ]
    tongue = Tongue(language)
    titles = number_apart(
        (_BETWEEN.join(tongue.say(one.title) for one in fields), show_path(route))
        for route, fields in found
    )
    ends = Counter(plain(fields[-1].title) for _, fields in found)
    return tuple(
        Column(
            route,
            fields[-1],
            title,
            bool(PROTECTED & set(map(str, route))),
            _names_of(kind, route, fields, is_alone=ends[plain(fields[-1].title)] == 1),
        )
        for (route, fields), title in zip(found, titles, strict=True)
    )


@lru_cache(maxsize=64)
def list_inner_columns(kind: Kind, language: str, written_format: int) -> tuple[Column, ...]:
    """The columns of a table in which a list of groups goes over several rows: one for each field of
    such a group, as `packages.price`.
    """
    tongue = Tongue(language)
    return tuple(
        Column(
            column.route,
            inner,
            f"{column.title}{_BETWEEN}{tongue.say(inner.title)}",
            column.is_locked or name in PROTECTED,
            frozenset(
                {plain(f"{column.path} {name}"), plain(f"{column.title} {inner.title}")}
                | {f"{one} {two}" for one in column.names for two in list_names(inner.title)}
            ),
            name,
            tuple(one for one, other in column.field.item.fields.items() if other.required),
        )
        for column in list_columns(kind, language, written_format)
        if column.field.item is not None
        for name, inner in column.field.item.fields.items()
    )


def put_value(entry: dict[str, Any], route: Route, value: Any) -> None:
    """Set the value of a column in an entry as data."""
    for step in route[:-1]:
        entry = entry.setdefault(str(step), {})
    entry[str(route[-1])] = value


def _route_of(name: str, field: Field) -> Route:
    return (OWN, field.name) if field.own else (name,)


def _iterate_leaves(
    route: Route, field: Field, around: tuple[Field, ...] = ()
) -> Iterator[tuple[Route, tuple[Field, ...]]]:
    """The values of a field: itself, or those of its group, each with the fields on the way to it."""
    fields = (*around, field)
    if field.type == "object":
        for name, inner in field.fields.items():
            yield from _iterate_leaves((*route, name), inner, fields)
    else:
        yield route, fields


def _names_of(
    kind: Kind, route: Route, fields: tuple[Field, ...], *, is_alone: bool
) -> frozenset[str]:
    """What a column may be called: by its path, its title in any language, that of the kind where it
    is the title of the entry, and by its last words where no other ends so.
    """
    names = {plain(show_path(route)), plain(" ".join(map(str, route)))}
    whole = [""]
    for field in fields:
        whole = [f"{start} {name}".strip() for start in whole for name in list_names(field.title)]
    names |= set(whole)
    if is_alone:
        names |= {plain(str(route[-1])), *list_names(fields[-1].title)}
    if route == (kind.title_field,):
        names |= {*list_names(kind.title), plain(kind.title)}
    return frozenset(names)
