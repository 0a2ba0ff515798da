"""What the form is given on this machine: the whole strategy as its files have it, entries with faults
among it; to the browser it is the same as what a site gives its readers.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from generator.changes.comparison import as_data
from generator.editing.edit_notes.note import HEADER
from generator.loading.loader import Loaded
from generator.loading.located_entry import Written
from generator.model.entry import Key
from generator.model.ordering import title_of
from generator.pages import suggest_form
from generator.pages.suggest_form import WORDS, list_offered
from generator.schema.translation import translate
from generator.schema.vocabulary import OWN, Field, Kind, Vocabulary
from generator.schema.words import Words, read_words
from generator.workbench.looking import find_written

_ENGLISH = "en"


class Everything:
    """A reader who may read all there is: whoever has the files."""

    def gets_field(self, mark: str) -> bool:
        return True


EVERYTHING = Everything()


def language_of(loaded: Loaded) -> str:
    """The language of the strategy; English where its header cannot be read."""
    return loaded.strategy.header.language if loaded.strategy else _ENGLISH


def words_of(loaded: Loaded) -> Words:
    """The words of the interface, in that language."""
    return read_words(language_of(loaded))


def read_form_words(loaded: Loaded, beginnings: Iterable[str]) -> dict[str, str]:
    """The words of the interface whose names begin so, by what follows; what is said twice is said as
    the later beginning has it.
    """
    words = words_of(loaded)
    return {name: text for one in beginnings for name, text in words.all_from(one).items()}


def describe_form(loaded: Loaded, commit: str, beginnings: Iterable[str]) -> dict[str, Any]:
    """What every form needs; its words begin so."""
    words, vocabulary = words_of(loaded), translate(loaded.vocabulary, language_of(loaded))
    strategy = loaded.strategy
    kinds = {
        kind: {"title": one.title, "plural": one.plural, "address": ""}
        for kind, one in vocabulary.kinds.items()
    }
    header = {
        "title": words("workbench_header"),
        "plural": words("workbench_header"),
        "address": "",
    }
    return {
        "base": {"commit": commit} if commit else {},
        "company": strategy.header.company if strategy else "",
        "ways": [],
        "kinds": {HEADER: header, **kinds},
        "words": read_form_words(loaded, (WORDS, *beginnings)),
        "is_own": True,
    }


def describe_kind(loaded: Loaded, name: str) -> dict[str, Any] | None:
    """The fields of a kind, or of the header; None where there is no such kind."""
    kind = _find_kind(translate(loaded.vocabulary, language_of(loaded)), name)
    return suggest_form.describe_kind(name, kind, EVERYTHING) if kind is not None else None


def describe_entry(loaded: Loaded, entry: str) -> dict[str, Any] | None:
    """An entry as its file has it, by its key or as `header`; None where there is none."""
    written = find_written(loaded, entry)
    if written is None:
        return None
    offered = dict(list_offered(written.kind.fields, EVERYTHING))
    values = {path: as_data(_value_at(written.value, path, one)) for path, one in offered.items()}
    return {
        "entry": entry,
        "title": name_written(loaded, written),
        "address": "",
        "values": {path: one for path, one in values.items() if one not in (None, "", [], {})},
        "locked": [path for path, one in values.items() if not _fits(offered[path], one)],
        "shortened": [],
        "names": _list_names(written, loaded),
    }


def name_written(loaded: Loaded, written: Written) -> str:
    """What an entry is called; the header is called so."""
    if written is loaded.locator.header:
        return words_of(loaded)("workbench_header")
    return _title_of(written)


def list_entries(loaded: Loaded) -> dict[str, Any]:
    """Every entry that can be opened, with what it is found by."""
    kinds, entries = loaded.vocabulary.kinds, loaded.locator.entries or {}
    found: list[dict[str, Any]] = [
        {
            "kind": key.kind,
            "id": key.id,
            "title": _title_of(written),
            **({"former_ids": former} if (former := _list_former(written)) else {}),
            **({} if written.sound else {"faulty": True}),
        }
        for key, written in entries.items()
    ]
    order = {kind: place for place, kind in enumerate(kinds)}
    found.sort(key=lambda one: (order.get(one["kind"], len(order)), one["title"].casefold()))
    return {"entries": found}


def _find_kind(vocabulary: Vocabulary, name: str) -> Kind | None:
    return vocabulary.header if name == HEADER else vocabulary.kinds.get(name)


def _value_at(value: Any, path: str, field: Field) -> Any:
    """What an entry says in a field; the company's own ones stand below `custom` when they are read."""
    group = value if isinstance(value, Mapping) else {}
    if field.own:
        group = group.get(OWN) or {}
        path = path.removeprefix(f"{OWN}.")
    found = group.get(path) if isinstance(group, Mapping) else None
    return {field.shorthand: found} if field.shorthand and isinstance(found, str) else found


def _fits(field: Field, value: Any) -> bool:
    """Whether the form can show a value: one of another make is changed in its file only."""
    if value is None:
        return True
    if field.type == "list":
        item = field.item or field
        return isinstance(value, list) and all(_fits(item, one) for one in value if one is not None)
    if field.type == "object":
        return isinstance(value, Mapping) and all(
            _fits(inner, value.get(name)) for name, inner in field.fields.items()
        )
    return not isinstance(value, Mapping | list)


def _title_of(written: Written) -> str:
    if written.entry is not None:
        return title_of(written.entry)
    value = written.value if isinstance(written.value, Mapping) else {}
    return str(value.get(written.kind.title_field) or written.id or "")


def _list_former(written: Written) -> list[str]:
    former = written.value.get("former_ids") if isinstance(written.value, Mapping) else None
    return [str(one) for one in former] if isinstance(former, list | tuple) else []


def _list_names(written: Written, loaded: Loaded) -> dict[str, str]:
    """What the entries are called that an entry names."""
    found: dict[str, str] = {}
    entries: Mapping[Key, Written] = loaded.locator.entries or {}
    for mention, key in written.list_mentions():
        if key is not None and not mention.in_text and key in entries:
            found[str(key)] = _title_of(entries[key])
    return found
