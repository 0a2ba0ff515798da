"""An entry of an edition as the form begins with it: its values as a strategy is written."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from generator.changes.comparison import as_data
from generator.model.addresses import address_of
from generator.model.builder import find_mentions, list_values, parse_key
from generator.model.edition import Cut, Edition
from generator.model.entry import Entry
from generator.model.ordering import title_of
from generator.pages.suggest_form.form_fields import list_offered
from generator.schema.vocabulary import Field


def describe_entry(entry: Entry, edition: Edition) -> dict[str, Any]:
    """What the form is given of an entry: the values that its reader gets, which of them are `locked`
    since they are not whole, which lists are `shortened`, and the `names` of the entries they name.
    """
    fields = edition.vocabulary.kinds[entry.KIND].fields
    cut = edition.cuts.get(entry.key, Cut())
    offered = dict(list_offered(fields, edition))
    written = dict(list_values(entry))
    values = {
        path: value
        for path, field in offered.items()
        if written.get(path) is not None
        and not _says_nothing(value := spell_value(written[path], field, edition))
        and value != field.default
    }
    return {
        "entry": str(entry.key),
        "title": title_of(entry),
        "address": address_of(entry.key),
        "values": values,
        "locked": [path for path in offered if path in cut.changed],
        "shortened": [path for path in offered if path in cut.shortened],
        "names": _list_names(entry, fields, edition),
    }


def spell_value(value: Any, field: Field, edition: Edition) -> Any:
    """A typed value as JSON, without what its reader may not read and what says nothing."""
    return _leave_offered(as_data(value), field, edition)


def _leave_offered(data: Any, field: Field, edition: Edition) -> Any:
    if isinstance(data, list) and field.item is not None:
        return [_leave_offered(item, field.item, edition) for item in data]
    if not isinstance(data, dict):
        return data
    offered = dict(list_offered(field.fields, edition))
    left = {
        name: _leave_offered(inner, offered[name], edition)
        for name, inner in data.items()
        if name in offered
    }
    return {name: inner for name, inner in left.items() if not _says_nothing(inner)}


def _says_nothing(value: Any) -> bool:
    return value is None or value in ("", [], {})


def _list_names(entry: Entry, fields: Mapping[str, Field], edition: Edition) -> dict[str, str]:
    """What the entries are called that the fields of an entry name."""
    found = {}
    for mention in find_mentions(entry, fields):
        key = None if mention.in_text else parse_key(mention.written, mention.refers_to)
        named = edition.strategy.find(key) if key else None
        if named is not None:
            found[str(named.key)] = title_of(named)
    return found
