"""The edits of many people that wait, each in a folder of their own, and their workbenches: at most one for
each of them at any time.
"""

from __future__ import annotations

import json
import threading
from collections import OrderedDict
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from generator.editing.edit_notes import EditNote, NoNoteError, read_notes
from generator.editing.edit_notes.note import HEADER, FieldChange
from generator.files.workshop import sweep
from generator.files.writing import write_all
from generator.workbench.bench import Workbench
from generator.workbench.edits import Edit, Edits
from generator.workbench.service.person import Person

_FILE = "edits.json"
_DAMAGED = "edits.damaged.json"
_PRIVATE = 0o600
_FOR_ME = 0o700
_MOST_EDITS = 100
_MOST_BYTES = 2_000_000
_MOST_PEOPLE = 5_000
_MOST_OPEN = 20
_MOST_AT_ONCE = 8


class BusyError(Exception):
    """Somebody asks for too much at once."""


class Shelf:
    """Where the edits of one person wait."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder

    def recall(self) -> Edits:
        """What waits. What cannot be read is put aside, and not lost."""
        if not self._folder.is_dir():
            return Edits()
        sweep(self._folder)
        try:
            raw = (self._folder / _FILE).read_bytes()
        except FileNotFoundError:
            return Edits()
        try:
            return _read(json.loads(raw))
        except (ValueError, KeyError, TypeError, AttributeError, RecursionError):
            write_all(self._folder, {_DAMAGED: raw, _FILE: None}, mode=_PRIVATE)
            return Edits()

    def keep(self, edits: Edits) -> None:
        """Keep what waits. Raises NoNoteError where it is too much, or cannot be written."""
        if not edits.pending and not self._folder.is_dir():
            return
        raw = json.dumps(_as_data(edits), ensure_ascii=False).encode("utf-8", "surrogatepass")
        if len(edits.pending) > _MOST_EDITS or len(raw) > _MOST_BYTES:
            raise NoNoteError(
                "This is more than can be kept at once. Propose what you have, and then go on."
            )
        try:
            self._make_folder()
            write_all(self._folder, {_FILE: raw if edits.pending else None}, mode=_PRIVATE)
        except OSError as error:
            raise NoNoteError(
                "This could not be kept: the disk of the server does not take it. Copy what you typed, and tell "
                "whoever runs it."
            ) from error

    def _make_folder(self) -> None:
        if self._folder.is_dir():
            return
        if sum(1 for _ in self._folder.parent.iterdir()) >= _MOST_PEOPLE:
            raise NoNoteError("There are too many people here. Tell whoever runs this.")
        self._folder.mkdir(mode=_FOR_ME)


@dataclass
class _Seat:
    bench: Workbench | None = None
    at_work: int = 0
    opening: threading.Lock = field(default_factory=threading.Lock)


class People:
    """Who is at work. `open_bench` makes a workbench for somebody; those who have not asked for
    longest are put away when there are many, and opened again from what was kept.
    """

    def __init__(self, open_bench: Callable[[Person], Workbench]) -> None:
        self._open_bench = open_bench
        self._seats: OrderedDict[Person, _Seat] = OrderedDict()
        self._lock = threading.Lock()

    def enter(self, person: Person) -> None:
        """Somebody asks for something. Raises BusyError where they ask for too much at once."""
        with self._lock:
            seat = self._seats.setdefault(person, _Seat())
            self._seats.move_to_end(person)
            if seat.at_work >= _MOST_AT_ONCE:
                raise BusyError
            seat.at_work += 1
            for other in [one for one, left in self._seats.items() if not left.at_work]:
                if len(self._seats) > _MOST_OPEN:
                    del self._seats[other]

    def leave(self, person: Person) -> None:
        """They have their answer."""
        with self._lock:
            self._seats[person].at_work -= 1

    def bench_of(self, person: Person) -> Workbench:
        """The workbench of somebody who has entered."""
        with self._lock:
            seat = self._seats[person]
        with seat.opening:
            if seat.bench is None:
                seat.bench = self._open_bench(person)
            return seat.bench


def _as_data(edits: Edits) -> dict[str, Any]:
    return {
        "format": 1,
        "pending": [
            {"entry": one.entry, "note": _note_as_data(one.note), "draft": one.draft}
            for one in edits.pending
        ],
    }


def _note_as_data(note: EditNote) -> dict[str, Any]:
    about = {"base": dict(note.base)} if note.base else {}
    return {
        "format": 1,
        **about,
        "entry": str(note.key or HEADER),
        "new": note.is_new,
        "changes": [_change_as_data(one) for one in note.changes],
    }


def _change_as_data(change: FieldChange) -> dict[str, Any]:
    if change.is_by_item:
        return {"field": change.path, "add": list(change.added), "remove": list(change.removed)}
    return {"field": change.path, "from": change.before, "to": change.after}


def _read(data: Any) -> Edits:
    """Raises ValueError, KeyError or TypeError where it is none of ours."""
    found = []
    for one in data["pending"]:
        [note] = read_notes(json.dumps([one["note"]]).encode())
        found.append(Edit(str(one["entry"]), note, dict(one["draft"])))
    return Edits(tuple(found))
