"""Small turns of phrase that messages share."""

from __future__ import annotations

_LENGTH = 60


def shorten(text: str, length: int = _LENGTH) -> str:
    """A text as it may be quoted in a message: cut where it is longer than `length` characters."""
    return text if len(text) <= length else text[: length - 1] + "…"


def with_article(noun: str) -> str:
    """`an objection`, `a market`."""
    return f"{'an' if noun[:1] in 'aeiou' else 'a'} {noun}"
