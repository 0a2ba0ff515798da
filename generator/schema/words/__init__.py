"""The words of the interface, one catalogue per language; English stands in where a language has
none.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from functools import cache
from importlib.resources import files


class Words:
    """A catalogue: `words("home")`, `words("version", version="2", date="…")`.

    Words that count `n` things stand in it as `one|many`: `{n} day|{n} days`.
    """

    def __init__(self, catalogue: Mapping[str, str]) -> None:
        self._catalogue = catalogue

    def __call__(self, name: str, **values: object) -> str:
        one, bar, many = self._catalogue[name].partition("|")
        text = many if bar and values.get("n") != 1 else one
        return text.format(**values) if values else text

    def __contains__(self, name: str) -> bool:
        return name in self._catalogue

    def within(self, title: str) -> str:
        """A title as it stands within a sentence: some languages write it small there, if it is no
        name in capitals.
        """
        keeps = self._catalogue["titles_within"] == "keep" or title[1:2].isupper()
        return title if keeps else title[:1].lower() + title[1:]

    def all_from(self, beginning: str) -> dict[str, str]:
        """All words whose names begin so, by what follows, with their places still open."""
        return {
            name.removeprefix(beginning): text
            for name, text in self._catalogue.items()
            if name.startswith(beginning)
        }

    def form(self, name: str) -> str:
        """The words with their places still open, for the browser to fill in."""
        return self._catalogue[name]


@cache
def read_titles(language: str) -> Mapping[str, str]:
    """The words of the schema in a language, by the English ones; what is not in it stays as the
    schema has it.
    """
    return _read_translated("titles", language)


@cache
def read_descriptions(language: str) -> Mapping[str, str]:
    """What the schema says of its fields, and of the form of their values, in a language."""
    return _read_translated("descriptions", language)


def _read_translated(what: str, language: str) -> Mapping[str, str]:
    folder = files("generator.schema.words").joinpath(what)
    for name in (language, language.partition("-")[0]):
        own = folder.joinpath(f"{name}.json")
        if own.is_file():
            found: dict[str, str] = json.loads(own.read_text("utf-8"))
            return found
    return {}


@cache
def list_languages() -> tuple[str, ...]:
    """The languages into which the words of the schema are translated."""
    folder = files("generator.schema.words").joinpath("titles")
    names = (one.name for one in folder.iterdir())
    return tuple(sorted(name.removesuffix(".json") for name in names if name.endswith(".json")))


@cache
def translate_everywhere(english: str) -> tuple[str, ...]:
    """A title or a label of the schema, in English and in each language that has a word for it."""
    titles = (read_titles(language) for language in list_languages())
    return (english, *(found[english] for found in titles if english in found))


@cache
def read_words(language: str) -> Words:
    """The catalogue of a language (`de`, `pt-BR`); English words where it has none of its own."""
    folder = files("generator.schema.words")
    english = json.loads(folder.joinpath("en.json").read_text("utf-8"))
    for name in (language, language.partition("-")[0]):
        own = folder.joinpath(f"{name}.json")
        if own.is_file():
            return Words({**english, **json.loads(own.read_text("utf-8"))})
    return Words(english)
