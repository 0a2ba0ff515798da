"""What was read of a large strategy, and found in its entries, kept from one `check` to the next.

It lies in the user's cache folder and is safe to delete. What it says of a file counts for the very
same bytes, read by the same program with the same schema only. So nothing is decided by it; it
saves the reading.
"""

from __future__ import annotations

import contextlib
import gc
import hashlib
import io
import json
import os
import pickle
import shutil
import sys
import time
import zlib
from collections.abc import Callable, Collection, Iterator
from dataclasses import fields
from functools import cache
from operator import attrgetter
from pathlib import Path
from typing import Any

from generator.files.cache import open_cache
from generator.files.memory import Kept, Memory
from generator.files.program import describe_program
from generator.loading.strategy_files import LEAVES, Manuscript
from generator.model.strategy import Link
from generator.problems.problem import Place, Problem
from generator.schema.vocabulary import Kind, Vocabulary

FEWEST = 300
"""So many files take half a second to read; fewer are not worth a place in the user's cache."""
_PARTS = 16
"""Files are spread over so many parts: where one file has changed, a sixteenth is written again."""
_UNUSED = 30 * 24 * 3600
"""After so many seconds without use, what was kept goes."""
_Part = dict[str, tuple[bytes, Manuscript]]


class Notebook(Memory):
    """A memory that begins with what an earlier run has kept of the files in `strategy/`, and keeps
    them for the next.
    """

    holds_lines = True  # a check shows the lines of whatever it finds

    def __init__(self, folder: Path) -> None:
        super().__init__()
        self._folder = folder
        self._leaves = Kept()
        self._parts: dict[int, tuple[_Part, int]] = {}

    def about(self, what: str, *circumstances: Any) -> Kept:
        kept = super().about(what, *circumstances)
        if what == LEAVES and kept is not self._leaves:
            self._leaves = kept
            with _no_pause():
                self._parts = {number: (part, _weigh(part)) for number, part in self._read()}
                gc.freeze()  # it stays to the end of the run
            for part, _ in self._parts.values():
                for file, (raw, leaf) in part.items():
                    kept.keep(file, raw, leaf)
        return kept

    def close(self, files: Collection[str]) -> None:
        """Keep what was read of these files. Where that cannot be written, nothing is kept."""
        if len(files) < FEWEST:
            shutil.rmtree(self._folder, ignore_errors=True)
            return
        parts: dict[int, _Part] = {number: {} for number in range(_PARTS)}
        wanted = frozenset(files)
        for file, raw, leaf in self._leaves:
            if file in wanted and leaf.fold():
                parts[_part_of(file)][file] = (raw, leaf)
        with contextlib.suppress(OSError), _no_pause():
            self._folder.mkdir(exist_ok=True)
            for number, part in parts.items():
                if not self._is_kept(number, part):
                    self._write(number, part)
            os.utime(self._folder)
            _forget_unused(self._folder.parent)

    def _is_kept(self, number: int, part: _Part) -> bool:
        """Whether a part was read just so, and nothing was found out since."""
        kept, weight = self._parts.get(number, ({}, 0))
        return (
            kept.keys() == part.keys()
            and all(part[file][1] is leaf for file, (_, leaf) in kept.items())
            and _weigh(part) == weight
        )

    def _read(self) -> Iterator[tuple[int, _Part]]:
        for number in range(_PARTS if self._folder.is_dir() else 0):
            try:
                head, _, body = (self._folder / str(number)).read_bytes().partition(b"\n")
            except OSError:
                continue
            if head == self._head_of(body):
                yield number, _Reader(io.BytesIO(body), self._leaves.circumstances[0]).load()

    def _write(self, number: int, part: _Part) -> None:
        body = io.BytesIO()
        _Writer(body, pickle.HIGHEST_PROTOCOL).dump(part)
        made = self._folder / f"{number}.{os.getpid()}"
        try:
            made.write_bytes(self._head_of(body.getvalue()) + b"\n" + body.getvalue())
            made.replace(self._folder / str(number))
        finally:
            made.unlink(missing_ok=True)

    def _head_of(self, body: bytes) -> bytes:
        return f"{_digest(self._leaves.circumstances)} {zlib.crc32(body)}".encode()


def open_notebook(root: Path) -> Notebook | None:
    """What an earlier run has kept of the strategy below `root`; None where this user's cache
    cannot be written.
    """
    folder = open_cache("notebooks")
    return (
        Notebook(folder / hashlib.sha256(os.fsencode(root.resolve())).hexdigest()[:32])
        if folder
        else None
    )


@cache
def _digest(circumstances: tuple[Any, ...]) -> str:
    """All that decides what is read, but for the files themselves: the program, the schema, and
    what it was told.
    """
    vocabulary, *others = circumstances
    parts = (sys.version, *describe_program(), json.dumps(vocabulary.schemas), repr(others))
    return hashlib.sha256("\0".join(parts).encode("utf-8", "surrogateescape")).hexdigest()


def _part_of(file: str) -> int:
    return zlib.crc32(os.fsencode(file)) % _PARTS


def _weigh(part: _Part) -> int:
    """How much was found out about the entries of a part."""
    return sum(len(written.notes) for _, leaf in part.values() for written in leaf.entries)


def _forget_unused(folder: Path) -> None:
    for other in folder.iterdir():
        if other.stat().st_mtime < time.time() - _UNUSED:
            shutil.rmtree(other, ignore_errors=True)


@contextlib.contextmanager
def _no_pause() -> Iterator[None]:
    """While so many objects are read or written, none of them is rubbish that would be worth
    looking for.
    """
    was_enabled = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if was_enabled:
            gc.enable()


def _kind_called(key: str) -> Kind:
    """Stands for the kind of that name, which is read with the schema and not kept; `_Reader` puts
    it there.
    """
    raise LookupError(key)


def _by_fields(form: Any) -> Callable[[Any], tuple[Any, ...]]:
    """How a dataclass is made again of its fields, in order."""
    fields = attrgetter(*form.__match_args__)
    return lambda one: (form, fields(one))


_FIELDS = tuple(field.name for field in fields(Problem))
_values_of = attrgetter(*_FIELDS)


def _make_problem(*values: Any) -> Problem:
    """A problem made again of its fields, in order."""
    return Problem(**dict(zip(_FIELDS, values, strict=True)))


class _Writer(pickle.Pickler):
    """Writes kinds by their names, and small things of which there are many in the shortest way."""

    dispatch_table = {  # noqa: RUF012  # it is an attribute of the base class
        Kind: lambda kind: (_kind_called, (kind.key,)),
        **{form: _by_fields(form) for form in (Link, Place)},
        Problem: lambda problem: (_make_problem, _values_of(problem)),
    }


class _Reader(pickle.Unpickler):
    """Reads what was written by this user's own program, into kinds of this vocabulary."""

    def __init__(self, file: io.BytesIO, vocabulary: Vocabulary) -> None:
        super().__init__(file)
        self._kinds = vocabulary.kinds

    def find_class(self, module: str, name: str) -> Any:
        is_kind = (module, name) == (__name__, _kind_called.__name__)
        return self._kinds.__getitem__ if is_kind else super().find_class(module, name)
