"""The edits of one sitting: those that wait, those that were saved, and the way back, step by step."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from generator.editing.edit_notes import EditNote

Draft = Mapping[str, Any]
"""What a form holds of an edit, to be drawn again: for each field what it said, and what it shall say."""
Texts = Mapping[str, str | None]
_MOST_STEPS = 200


def read_draft(data: Any) -> Draft:
    """A draft as a form sends it; nothing in place of what has not its form."""
    values = data.get("values") if isinstance(data, Mapping) else None
    if not isinstance(values, Mapping):
        return {}
    return {
        **data,
        "values": {name: one for name, one in values.items() if isinstance(one, Mapping)},
    }


@dataclass(frozen=True)
class Edit:
    """What somebody changes in one entry, or begins. `entry` is its key, or `header`."""

    entry: str
    note: EditNote
    draft: Draft


@dataclass(frozen=True)
class Edits:
    """The edits that wait, each entry once, and those that were written into the folder since the last
    proposal, in the order in which they were made.
    """

    pending: tuple[Edit, ...] = ()
    saved: tuple[Edit, ...] = ()

    def find(self, entry: str) -> Edit | None:
        """The edit of this entry that waits."""
        return next((one for one in self.pending if one.entry == entry), None)

    def replace(self, entry: str, edit: Edit | None) -> Edits:
        """The same with this edit of an entry; with none of it where there is none."""
        if edit is not None and self.find(entry) is not None:
            pending = tuple(edit if one.entry == entry else one for one in self.pending)
        else:
            left = tuple(one for one in self.pending if one.entry != entry)
            pending = (*left, edit) if edit is not None else left
        return Edits(pending, self.saved)

    @property
    def notes(self) -> list[EditNote]:
        """The notes that wait."""
        return [one.note for one in self.pending]


@dataclass(frozen=True)
class Step:
    """A step that can be undone: the edits before it, what it touched, and, where it wrote files,
    what they held before and after.
    """

    before: Edits
    touched: frozenset[str]
    was: Texts = field(default_factory=dict)
    became: Texts = field(default_factory=dict)


@dataclass
class Sitting:
    """What was edited since the command began."""

    now: Edits = Edits()
    steps: list[Step] = field(default_factory=list)

    def put(self, entry: str, edit: Edit | None) -> None:
        """Take in what a form holds by now. Letter after letter in one field is one step."""
        old = self.now.find(entry)
        changed = self.now.replace(entry, edit)
        if changed == self.now:
            return
        touched = _list_touched(entry, old, edit)
        is_same_step = len(touched) == 1 and self.steps and self.steps[-1].touched == touched
        if not is_same_step:
            self._add(Step(self.now, touched))
        self.now = changed

    def note_saved(self, was: Texts, became: Texts) -> None:
        """The edits that waited stand in the files now."""
        self._add(Step(self.now, frozenset(), was, became))
        self.now = Edits((), (*self.now.saved, *self.now.pending))

    def _add(self, step: Step) -> None:
        """A step more; nobody goes back further than some hundreds."""
        self.steps = [*self.steps[-_MOST_STEPS + 1 :], step]

    def note_proposed(self) -> None:
        """All edits are on a branch now; that cannot be undone here."""
        self.now, self.steps = Edits(), []

    def undo(self) -> Step | None:
        """Go back one step; None where there is none."""
        step = self.steps.pop() if self.steps else None
        if step is not None:
            self.now = step.before
        return step


def _list_touched(entry: str, old: Edit | None, new: Edit | None) -> frozenset[str]:
    before, after = (dict(one.draft.get("values", {})) if one else {} for one in (old, new))
    return frozenset(
        f"{entry} {name}" for name in {*before, *after} if before.get(name) != after.get(name)
    )
