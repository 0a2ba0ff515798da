"""What fields, kinds and values are called: in the language of the strategy, and in every language
that is known.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from functools import cache, lru_cache

from generator.schema.words import (
    list_languages,
    read_titles,
    read_words,
    translate_everywhere,
)


class Tongue:
    """The words of one language: `say("Priority")` is `Priorität` in German."""

    def __init__(self, language: str) -> None:
        self._titles = read_titles(language)
        self._words = read_words(language)

    def say(self, english: str) -> str:
        """A title or a label of the schema; one that nobody has translated stays."""
        return self._titles.get(english, english)

    def say_bool(self, value: bool) -> str:
        """Yes or no."""
        return self._words("yes" if value else "no")


@cache
def list_names(english: str) -> frozenset[str]:
    """A title or a label of the schema in every language that is known, as it is compared."""
    return frozenset(map(plain, translate_everywhere(english)))


@cache
def read_bool(text: str) -> bool | None:
    """Yes or no in any language that is known, as spreadsheets and people mark it; None where it is
    neither.
    """
    for value in (True, False):
        signs = {"true", "1", "x", "✓", "✔"} if value else {"false", "0", "-"}
        if text.strip().casefold() in signs | {
            Tongue(language).say_bool(value) for language in ("en", *list_languages())
        }:
            return value
    return None


@lru_cache(maxsize=20_000)
def plain(text: str) -> str:
    """A name as it is compared: small, without signs, and without what stands in brackets."""
    bare = re.sub(r"\([^)]*\)", " ", text) if not text.strip().startswith("(") else text
    return " ".join(re.findall(r"\w+", bare.casefold().replace("_", " ")))


def is_called(text: str, *english: str) -> bool:
    """Whether a text is one of these words, in whatever language."""
    return plain(text) in {name for one in english for name in list_names(one)}


def number_apart(titles: Iterable[tuple[str, str]]) -> list[str]:
    """Titles, each with what tells it from others of the same words behind it in brackets."""
    pairs = list(titles)
    taken = [plain(title) for title, _ in pairs]
    return [
        f"{title} [{name}]" if taken.count(plain(title)) > 1 else title for title, name in pairs
    ]
