"""What a row of our own table says of where it comes from: the entry, and what its cells said when
the table was made. It stands in a column of its own, which a workbook hides.
"""

from __future__ import annotations

import base64
import hashlib
import json
import zlib
from collections.abc import Mapping
from dataclasses import dataclass, field

_HEAD = "playbook"
_LONGEST = 30_000
"""A spreadsheet cuts a cell off at 32,767 signs."""
_MOST = 2_000_000
_KEPT_WHOLE = (2_000, 200, 0)


@dataclass(frozen=True)
class Origin:
    """The entry that a row was made of, and the texts of its cells by path, where they are known; of
    a long one only its mark.
    """

    id: str
    texts: Mapping[str, str] = field(default_factory=dict)
    marks: Mapping[str, str] = field(default_factory=dict)

    @property
    def is_known(self) -> bool:
        """Whether it is known what the cells said; one that is not among them said nothing."""
        return bool(self.texts or self.marks)

    def said(self, path: str, text: str) -> bool:
        """Whether a cell said this text when the table was made."""
        if path in self.marks:
            return self.marks[path] == _mark(text)
        return _tidy(self.texts.get(path, "")) == _tidy(text)


def write_head(kind: str) -> str:
    """The title of the column, by which our tables are known."""
    return f"{_HEAD} {kind}"


def read_head(text: str) -> str:
    """The kind of entry of which a column says that it holds the keys; empty where it is another."""
    head, _, kind = text.strip().partition(" ")
    return kind if head == _HEAD and kind.isidentifier() else ""


def write_origin(entry_id: str, texts: Mapping[str, str]) -> str:
    """The key of a row with these cells."""
    for longest in _KEPT_WHOLE:
        kept = {
            path: text if len(text) <= longest else [_mark(text)] for path, text in texts.items()
        }
        packed = base64.b64encode(zlib.compress(json.dumps(kept).encode(), 9)).decode()
        if len(packed) <= _LONGEST:
            return f"{entry_id} {packed}"
    return entry_id


def read_origin(text: str) -> Origin | None:
    """What the key of a row says; None where there is none. One that somebody has cut leaves the id."""
    entry_id, _, packed = text.strip().partition(" ")
    if not entry_id:
        return None
    try:
        raw = zlib.decompressobj().decompress(base64.b64decode(packed, validate=True), _MOST)
        kept = json.loads(raw)
    except (ValueError, zlib.error, RecursionError):
        return Origin(entry_id)
    if not isinstance(kept, dict):
        return Origin(entry_id)
    texts = {path: one for path, one in kept.items() if isinstance(one, str)}
    marks = {path: str(one[0]) for path, one in kept.items() if isinstance(one, list) and one}
    return Origin(entry_id, texts, marks)


def _tidy(text: str) -> str:
    return text.replace("\r\n", "\n").strip()


def _mark(text: str) -> str:
    return hashlib.sha256(_tidy(text).encode()).hexdigest()[:16]
