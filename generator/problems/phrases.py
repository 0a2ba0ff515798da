"""Small turns of phrase that messages share."""

from __future__ import annotations

from collections.abc import Sequence

_LENGTH = 60


def shorten(text: str, length: int = _LENGTH) -> str:
    """A text as it may be quoted in a message: cut where it is longer than `length` characters."""
    return text if len(text) <= length else text[: length - 1] + "…"


def on_one_line(text: str) -> str:
    """A text without its line ends, each run of blanks as one."""
    return " ".join(text.split())


def with_article(noun: str) -> str:
    """`an objection`, `a market`."""
    return f"{'an' if noun[:1] in 'aeiou' else 'a'} {noun}"


def join_words(words: Sequence[str]) -> str:
    """`a`, `a and b`, `a, b and c`."""
    return " and ".join(filter(None, [", ".join(words[:-1]), *words[-1:]]))


def count_of(count: int, noun: str, plural: str = "") -> str:
    """`1 day`, `2 days`."""
    return f"{count} {noun if count == 1 else plural or f'{noun}s'}"
