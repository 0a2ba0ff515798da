"""The words of the interface, one catalogue per language; English stands in where a language has none."""

from __future__ import annotations

import json
from collections.abc import Mapping
from functools import cache
from importlib.resources import files


class Words:
    """A catalogue: `words("home")`, `words("version", version="2", date="…")`."""

    def __init__(self, catalogue: Mapping[str, str]) -> None:
        self._catalogue = catalogue

    def __call__(self, name: str, **values: object) -> str:
        text = self._catalogue[name]
        return text.format(**values) if values else text


@cache
def read_words(language: str) -> Words:
    """The catalogue of a language (`de`, `pt-BR`); English words where it has none of its own."""
    folder = files("generator.words")
    english = json.loads(folder.joinpath("en.json").read_text("utf-8"))
    for name in (language, language.partition("-")[0]):
        own = folder.joinpath(f"{name}.json")
        if own.is_file():
            return Words({**english, **json.loads(own.read_text("utf-8"))})
    return Words(english)
