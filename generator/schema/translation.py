"""The words of the schema in the language of the strategy: what readers see of kinds, fields and
values.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from functools import lru_cache

from generator.schema.vocabulary import Field, Kind, Vocabulary
from generator.schema.words import read_titles


@lru_cache(maxsize=32)
def translate(vocabulary: Vocabulary, language: str) -> Vocabulary:
    """The vocabulary with titles and labels in a language; where nobody has translated one, it
    stays as it is.

    For pages only: what authors are told about their files is in the words of the schema they write
    by.
    """
    titles = read_titles(language)
    if not titles:
        return vocabulary
    kinds = {name: _translate_kind(kind, titles) for name, kind in vocabulary.kinds.items()}
    return replace(vocabulary, kinds=kinds, header=_translate_kind(vocabulary.header, titles))


def _translate_kind(kind: Kind, titles: Mapping[str, str]) -> Kind:
    fields = {name: _translate_field(field, titles) for name, field in kind.fields.items()}
    title, plural = titles.get(kind.title, kind.title), titles.get(kind.plural, kind.plural)
    return replace(kind, title=title, plural=plural, fields=fields)


def _translate_field(field: Field, titles: Mapping[str, str]) -> Field:
    return replace(
        field,
        title=titles.get(field.title, field.title),
        labels={value: titles.get(label, label) for value, label in field.labels.items()},
        item=_translate_field(field.item, titles) if field.item else None,
        fields={name: _translate_field(inner, titles) for name, inner in field.fields.items()},
    )
