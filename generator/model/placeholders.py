"""Texts that stand in for one that nobody has written yet. They count as empty wherever what is
written is counted.
"""

from __future__ import annotations

import re

_WHOLE = re.compile(
    r"(?:tb[acd]|to ?do|fixme|n/?a|none yet|unknown|pending|open|(?:still )?to be (?:completed|confirmed|defined|"
    r"determined|done|decided|filled in|written|added|announced)(?: \w+)?|(?:coming|more) soon|"
    r"(?:text|content|details?) (?:to )?follows?|work in progress|wip|placeholder|"
    r"fill (?:this )?in(?: later)?|write (?:this|me)(?: later)?|insert (?:text|here)|"
    r"folgt(?: noch)?|noch (?:offen|zu klären|zu ergänzen)|wird (?:noch )?ergänzt|in arbeit|platzhalter|"
    r"à compléter|a completar|da completare|in te vullen|nog in te vullen)",
    re.IGNORECASE,
)
_MOST_SPACES = 5
"""In no text that is found so as a whole are there more; most texts are longer."""
_INSIDE = re.compile(
    r"\bTB[CD]\b|\bTODO\b|\bFIXME\b|\blorem ipsum\b|\bXXX+\b|\?{3,}|<(?:insert|fill in|your|todo)\b[^>]*>|\bto be completed\b|\b(?:section|page|part) is to be \w+",
)
_INSIDE_ANY_CASE = re.compile(
    r"lorem ipsum|<(?:insert|fill in|your|todo)\b[^>]*>|\[(?:insert|fill in|todo)\b[^\]]*\](?!\()",
    re.I,
)
_SIGNS = (
    *("tbc", "tbd", "todo", "fixme", "lorem", "xxx", "???", "to be"),
    *(opening + word for opening in "<[" for word in ("insert", "fill in", "your", "todo")),
)
"""One of them stands in whatever the two above find; looking for them takes a tenth of the time."""
_MARKS = " \t\n.…:;,!?*_~-–—()[]<>\"'"


def find_placeholder(text: str) -> str | None:
    """The words in a text that stand in for what nobody has written yet, or None."""
    bare = text.strip(_MARKS)
    if not bare:
        return text.strip() or None
    if bare.count(" ") <= _MOST_SPACES and _WHOLE.fullmatch(bare):
        return bare
    if not any(map(text.lower().__contains__, _SIGNS)):
        return None
    found = _INSIDE.search(text) or _INSIDE_ANY_CASE.search(text)
    return found[0] if found else None
