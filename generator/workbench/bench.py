"""What the workbench can be asked: what is said of the edits, and what is done with them.

One person works at one of them, at one thing at a time: every answer waits for the one before it.
"""

from __future__ import annotations

import json
import threading
from collections.abc import Callable, Mapping
from functools import partial
from typing import Any

from generator.editing.edit_notes import plan_notes, read_notes
from generator.editing.edit_notes.note import HEADER
from generator.loading.loader import Loaded
from generator.site.theme.look import Look
from generator.workbench.edits import Edit, Edits, Sitting, read_draft
from generator.workbench.forms import name_written, read_form_words
from generator.workbench.looking import (
    SHOWN,
    find_written,
    parse_entry,
    tell_overlay,
    tell_reading,
)
from generator.workbench.overlay import Overlay, lay_over
from generator.workbench.preview import Preview
from generator.workbench.reading import Reader, Reading
from generator.workbench.workplace import Answer, Save, Workplace

Act = Callable[[str, Mapping[str, Any]], Answer]
"""What a form asks for, with an eye on an entry."""
_MAKES = "new "
"""How a form names the entry that it begins, until that has a key: `new objections 2`."""


class Workbench:
    """One strategy, and the edits of one sitting. What can be said at once never waits for what takes
    long in a large strategy: the whole check has a reader of its own.
    """

    def __init__(self, place: Workplace, look: Look) -> None:
        self.look, self._place = look, place
        self._reader, self._checker = Reader(place.open_source()), Reader(place.open_source())
        self.forms = place.open_forms(self._reader)
        self._preview, self._sitting = Preview(look, place.list_readers), Sitting(place.recall())
        self._overlay: tuple[Reading, Edits, Overlay] | None = None
        self.busy, self._checking = threading.Lock(), threading.Lock()

    def refresh(self) -> None:
        """Look whether the strategy has changed, before anything is asked."""
        self._reader.refresh()

    @property
    def loaded(self) -> Loaded:
        """The strategy as it is read."""
        return self._reader.now.loaded

    @property
    def words(self) -> Mapping[str, str]:
        """What is said here, by the names of the words."""
        return read_form_words(self.loaded, self._place.words)

    def find_obstacle(self) -> Answer:
        """Why nothing can be proposed, if so."""
        return {"obstacle": self._place.find_obstacle()}

    def list_problems(self) -> Answer:
        """What the check says of the strategy as it is."""
        with self._checking:
            self._checker.refresh()
            problems = self._checker.now.problems
        return {
            "problems": [self._place.telling.say_problem(one) for one in problems[:SHOWN]],
            "more": max(len(problems) - SHOWN, 0),
        }

    def check(self, entry: str) -> Answer:
        """What the whole check says of the edits. Empty where they have changed before it came to them:
        then somebody asks again.
        """
        edits = self._sitting.now
        with self._checking:
            if edits != self._sitting.now:
                return {}
            self._checker.refresh()
            now = self._checker.now
            plan = plan_notes(now.tree, now.loaded, edits.notes, now.ground.max_bytes)
            then = self._checker.read_with(plan.files)
            return tell_reading(self._place.telling, now, then, self._key_of(entry))

    def describe(self, entry: str) -> Answer:
        """Where things stand, with an eye on the form of one entry (empty: on none): the edits, what
        the form held, and what can be said at once.
        """
        now, mine = self._sitting.now, self._sitting.now.find(entry)
        told = tell_overlay(
            self._place.telling, self._reader.now, self._lay_over(), self._key_of(entry)
        )
        return {
            "edits": [
                {"entry": one.entry, "title": self._title_of(one), "saved": one in now.saved}
                for one in (*now.saved, *now.pending)
            ],
            "can_undo": bool(self._sitting.steps),
            "draft": mine.draft if mine else None,
            **told,
        }

    def take(self, entry: str, data: Mapping[str, Any]) -> Answer:
        """Take in what a form holds by now; without a note, it holds nothing that differs. Raises
        NoNoteError, also where it cannot be kept.
        """
        note, edit = data.get("note"), None
        if note:
            [read] = read_notes(json.dumps([note]).encode())
            edit = Edit(entry, read, read_draft(data.get("draft")))
        self._place.keep(self._sitting.now.replace(entry, edit))
        self._sitting.put(entry, edit)
        return {}

    def undo(self, entry: str, data: Mapping[str, Any]) -> Answer:
        """Go back one step."""
        undone = self._place.undo(self._reader, self._sitting)
        self._place.keep(self._sitting.now)
        return {"undone": undone}

    @property
    def save(self) -> Act | None:
        """Write all edits that wait where the strategy lies, if that can be done."""
        write = self._place.save
        return None if write is None else partial(self._save, write)

    def _save(self, write: Save, entry: str, data: Mapping[str, Any]) -> Answer:
        edits = [one.entry for one in self._sitting.now.pending]
        with self._checking:
            done = write(self._checker, self._sitting)
        self._reader.refresh()
        self._place.keep(self._sitting.now)
        return {"done": {"edits": edits, **done}}

    def propose(self, entry: str, data: Mapping[str, Any]) -> Answer:
        """Make a branch of all edits, and push it."""
        edits = [one.entry for one in self._sitting.now.pending]
        why = str(data.get("why", ""))[:5000]
        done = self._place.propose(self._reader, self._sitting, why)
        self._place.keep(self._sitting.now)
        return {"proposed": {"edits": edits, **done}}

    def find_page(self, entry: str) -> Answer:
        """Where the page of an entry is, with all edits laid over it, and whether sellers get it."""
        name = self._key_of(entry)
        if not name:
            return {}
        key, loaded = parse_entry(name), self._lay_over().loaded
        address, is_for_sellers = self._preview.find_address(loaded, self._reader.now.today, key)
        is_there = bool(address) or (key is None and is_for_sellers)
        return {"page": address, "is_for_sellers": is_for_sellers} if is_there else {}

    def draw_page(self, scheme: str, address: str) -> str:
        """A page of the site as HTML, with all edits; empty where there is none."""
        return self._preview.draw(self._lay_over().loaded, self._reader.now.today, scheme, address)

    def _lay_over(self) -> Overlay:
        now, edits = self._reader.now, self._sitting.now
        if self._overlay is None or self._overlay[0] is not now or self._overlay[1] != edits:
            self._overlay = (now, edits, lay_over(now, edits.pending))
        return self._overlay[2]

    def _title_of(self, edit: Edit) -> str:
        key = edit.note.key
        written = find_written(self.loaded, str(key or HEADER))
        return name_written(self.loaded, written) if written else key.id if key else ""

    def _key_of(self, entry: str) -> str:
        """The key of what a form is about, also where it begins an entry; empty where it has none yet."""
        if not entry.startswith(_MAKES):
            return entry
        edit = self._sitting.now.find(entry)
        return str(edit.note.key) if edit else ""
