"""The words of the schema in the language of the strategy: what readers see of kinds, fields and
values.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from functools import lru_cache

from generator.schema.vocabulary import Field, Kind, Vocabulary
from generator.schema.words import read_descriptions, read_titles


@lru_cache(maxsize=32)
def translate(vocabulary: Vocabulary, language: str) -> Vocabulary:
    """The vocabulary with titles, labels and descriptions in a language; where nobody has translated
    one, it stays as it is.

    For pages and forms only: what authors are told about their files is in the words of the schema
    they write by.
    """
    words = {**read_descriptions(language), **read_titles(language)}
    if not words:
        return vocabulary
    kinds = {name: _translate_kind(kind, words) for name, kind in vocabulary.kinds.items()}
    return replace(vocabulary, kinds=kinds, header=_translate_kind(vocabulary.header, words))


def _translate_kind(kind: Kind, words: Mapping[str, str]) -> Kind:
    fields = {name: _translate_field(field, words) for name, field in kind.fields.items()}
    return replace(
        kind,
        title=words.get(kind.title, kind.title),
        plural=words.get(kind.plural, kind.plural),
        description=words.get(kind.description, kind.description),
        fields=fields,
    )


def _translate_field(field: Field, words: Mapping[str, str]) -> Field:
    return replace(
        field,
        title=words.get(field.title, field.title),
        description=words.get(field.description, field.description),
        form=words.get(field.form, field.form),
        labels={value: words.get(label, label) for value, label in field.labels.items()},
        item=_translate_field(field.item, words) if field.item else None,
        fields={name: _translate_field(inner, words) for name, inner in field.fields.items()},
    )
