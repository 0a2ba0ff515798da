"""What was read of a large strategy, and found in its entries, kept from one `check` to the next.

It lies in the user's cache folder as plain data and is safe to delete. What it says of a file
counts for the very same bytes, read by the same program with the same schema only. So nothing is
decided by it; it saves the reading. What is damaged, old or not ours is passed over.
"""

from __future__ import annotations

import contextlib
import copy
import hashlib
import json
import marshal
import os
import shutil
import sys
import time
import zlib
from collections.abc import Callable, Collection, Hashable
from functools import cache
from pathlib import Path
from typing import Any, NamedTuple

from generator.files.cache import open_cache
from generator.files.memory import FINDINGS, LEAVES, PLACES, Kept, Memory
from generator.files.program import describe_program
from generator.files.writing import write_file
from generator.loading.located_entry import Written
from generator.loading.manuscript import Leaf
from generator.loading.truncation import Ending
from generator.model.builder import build_entry
from generator.model.entry import Key
from generator.model.strategy import Link
from generator.problems.problem import Place
from generator.schema.vocabulary import Vocabulary
from generator.syntax.document import Document, reopen_document

FEWEST = 300
"""So many files take half a second to read; fewer are not worth a place in the user's cache."""
_PARTS = 16
"""Files are spread over so many parts: where one file has changed, a sixteenth is written again."""
_UNUSED = 30 * 24 * 3600
"""After so many seconds without use, what was kept goes."""
_NOTES = (PLACES, FINDINGS)
"""What is kept of each entry besides what was read of it; it is plain data already."""
_Record = tuple[bytes, tuple[Any, ...], tuple[tuple[Any, ...], ...]]
"""What is kept of one file, as plain data: the digest of its bytes, what was read of it, and for
each of its entries the notes in the order of `_NOTES`.
"""


class _Part(NamedTuple):
    """The records in one file of the cache. `settled` is what all notes in them depend on."""

    settled: tuple[tuple[str, ...], ...]
    records: dict[str, _Record]


class ParseCache(Memory):
    """A memory that begins with what an earlier run has kept of the files in `strategy/`, and keeps
    them for the next.
    """

    holds_lines = True  # a check shows the lines of whatever it finds

    def __init__(self, folder: Path) -> None:
        super().__init__()
        self._folder = folder
        self._parts: dict[int, _Part] = {}
        self._leaves: Kept = Kept()
        self._notes = {what: Kept() for what in _NOTES}
        self._recalled: dict[str, _Record] = {}

    def about(self, what: str, *circumstances: Any) -> Kept:
        if what == LEAVES:
            if self._leaves.circumstances != circumstances:
                self._open(circumstances)
            return self._leaves
        if what in self._notes:
            settled = tuple(map(repr, circumstances))
            if self._notes[what].circumstances != settled:
                self._notes[what] = Kept(settled)
            return self._notes[what]
        return super().about(what, *circumstances)

    def close(self, files: Collection[str]) -> None:
        """Keep what was read of these files. Where that cannot be written, nothing is kept."""
        if len(files) < FEWEST:
            shutil.rmtree(self._folder, ignore_errors=True)
            return
        settled = tuple(kept.circumstances for kept in self._notes.values())
        parts = {number: _Part(settled, {}) for number in range(_PARTS)}
        wanted = frozenset(files)
        for file, raw, leaf in self._leaves:
            if file in wanted:
                parts[_part_of(file)].records[file] = self._record(file, raw, leaf)
        with contextlib.suppress(OSError):
            self._folder.mkdir(exist_ok=True)
            for number, part in parts.items():
                if part != self._parts.get(number):
                    _write_part(self._folder / str(number), self._leaves.circumstances, part)
            os.utime(self._folder)
            _forget_unused(self._folder.parent)

    def _open(self, circumstances: tuple[Any, ...]) -> None:
        found = {
            number: part
            for number in range(_PARTS)
            if (part := _read_part(self._folder / str(number), circumstances)) is not None
        }
        settled = next((part.settled for part in found.values()), ((),) * len(_NOTES))
        # where a run has ended before all was written, the notes of some parts are older
        self._parts = {number: part for number, part in found.items() if part.settled == settled}
        self._notes = {what: Kept(by) for what, by in zip(_NOTES, settled, strict=True)}
        self._leaves = _Leaves(circumstances, self._find_leaf)

    def _find_leaf(self, file: str, raw: bytes) -> Leaf | None:
        """What was read of this file before, when it held these bytes; and what was noted then."""
        part = self._parts.get(_part_of(file)) if self._parts else None
        record = part.records.get(file) if part else None
        if record is None or record[0] != _digest_of(raw):
            return None
        _, plain, notes = self._recalled[file] = record
        vocabulary: Vocabulary = self._leaves.circumstances[0]
        leaf = _make_leaf(plain, reopen_document(file, raw), vocabulary)
        for written, noted in zip(leaf.entries, notes, strict=True):
            for what, note in zip(_NOTES, noted, strict=True):
                if note is not None:
                    self._notes[what].keep(written.key, written, copy.copy(note))
        return leaf

    def _record(self, file: str, raw: bytes, leaf: Leaf) -> _Record:
        recalled = self._recalled.get(file)
        digest, plain = recalled[:2] if recalled else (_digest_of(raw), _describe_leaf(leaf))
        kept = self._notes.values()
        notes = tuple(
            tuple(one.recall(written.key, written) for one in kept) for written in leaf.entries
        )
        return digest, plain, notes


class _Leaves(Kept):
    """What was read of the files: in this run, or before, which `find` knows."""

    def __init__(
        self, circumstances: tuple[Any, ...], find: Callable[[str, bytes], Leaf | None]
    ) -> None:
        super().__init__(circumstances)
        self._find = find

    def recall(self, name: Hashable, of: object) -> Any:
        found = super().recall(name, of)
        if found is None and isinstance(name, str) and isinstance(of, bytes):
            found = self._find(name, of)
            if found is not None:
                self.keep(name, of, found)
        return found


def open_parse_cache(root: Path) -> ParseCache | None:
    """What an earlier run has kept of the strategy below `root`; None where this user's cache
    cannot be written.
    """
    folder = open_cache("notebooks")
    name = hashlib.sha256(os.fsencode(root.resolve())).hexdigest()[:32]
    return ParseCache(folder / name) if folder else None


def _read_part(path: Path, circumstances: tuple[Any, ...]) -> _Part | None:
    """What was written there by this very program under the same circumstances, if it is whole."""
    try:
        head, _, body = path.read_bytes().partition(b"\n")
    except OSError:
        return None
    return _Part(*marshal.loads(body)) if head == _head_of(body, circumstances) else None  # noqa: S302  # the head says that it is ours and whole


def _write_part(path: Path, circumstances: tuple[Any, ...], part: _Part) -> None:
    body = marshal.dumps(tuple(part))
    write_file(path, _head_of(body, circumstances) + b"\n" + body, durable=False)


def _head_of(body: bytes, circumstances: tuple[Any, ...]) -> bytes:
    return f"{_describe_circumstances(circumstances)} {zlib.crc32(body)}".encode()


@cache
def _describe_circumstances(circumstances: tuple[Any, ...]) -> str:
    """All that decides what is read, but for the files themselves: the program, the schema, and
    what it was told. `marshal` holds for one version of Python only, which is a part of it.
    """
    vocabulary, *others = circumstances
    parts = (sys.version, *describe_program(), json.dumps(vocabulary.schemas), repr(others))
    return hashlib.sha256("\0".join(parts).encode("utf-8", "surrogateescape")).hexdigest()


def _part_of(file: str) -> int:
    return zlib.crc32(os.fsencode(file)) % _PARTS


def _digest_of(raw: bytes) -> bytes:
    return hashlib.blake2b(raw, digest_size=16).digest()


def _forget_unused(folder: Path) -> None:
    for other in folder.iterdir():
        if other.stat().st_mtime < time.time() - _UNUSED:
            shutil.rmtree(other, ignore_errors=True)


def _describe_leaf(leaf: Leaf) -> tuple[Any, ...]:
    """What one file holds in which nothing is wrong, as plain data."""
    return (
        tuple(map(_describe_entry, leaf.entries)),
        tuple(ending.kind for ending in leaf.endings),
        tuple(sorted(leaf.lost_ids)),
        tuple(sorted(leaf.unread_kinds)),
        tuple(sorted(leaf.nameless_kinds)),
        leaf.format,
    )


def _make_leaf(plain: tuple[Any, ...], document: Document, vocabulary: Vocabulary) -> Leaf:
    entries, endings, lost_ids, unread_kinds, nameless_kinds, written_format = plain
    return Leaf(
        entries=[_make_entry(entry, document, vocabulary) for entry in entries],
        endings=[Ending(document, kind, None) for kind in endings],
        lost_ids=set(lost_ids),
        unread_kinds=set(unread_kinds),
        nameless_kinds=set(nameless_kinds),
        format=written_format,
    )


def _describe_entry(written: Written) -> tuple[Any, ...]:
    place = written.entry.place if written.entry else Place("")
    links = tuple((link.field, *link.target) for link in written.links)
    return (
        written.kind.key,
        written.route,
        written.value,
        written.id,
        _span(place),
        links,
        written.has_strays,
    )


def _make_entry(plain: tuple[Any, ...], document: Document, vocabulary: Vocabulary) -> Written:
    kind_key, route, value, entry_id, span, links, has_strays = plain
    kind, key, file = vocabulary.kinds[kind_key], Key(kind_key, entry_id), document.file
    return Written(
        kind,
        document,
        route,
        value,
        entry_id,
        True,
        build_entry(kind, value, Place(file, *span)),
        tuple(
            Link(key, field, Key(target_kind, target_id)) for field, target_kind, target_id in links
        ),
        has_strays,
    )


def _span(place: Place) -> tuple[int, int, int, int]:
    return place.line, place.column, place.end_line, place.end_column
