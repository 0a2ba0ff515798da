"""Did you mean: the known word nearest to one that is not known."""

from __future__ import annotations

import difflib
from collections.abc import Mapping, Sequence


def suggest(wanted: str, known: Mapping[str, str] | Sequence[str]) -> str | None:
    """The known word nearest to `wanted`; with a mapping, keys and their readable forms are both compared."""
    words = dict(known) if isinstance(known, Mapping) else {word: word for word in known}
    forms = {key.lower().replace("_", " ").replace("-", " "): key for key in words}
    forms |= {readable.lower(): key for key, readable in words.items() if readable}
    plain = wanted.lower().replace("_", " ").replace("-", " ").strip()
    if plain in forms:
        return forms[plain]
    near = difflib.get_close_matches(plain, forms, n=1, cutoff=0.7)
    return forms[near[0]] if near else None
