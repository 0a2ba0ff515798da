"""Edit notes: what somebody proposes to change in an entry, without YAML and git. The doors are
`read_notes` (from a file, a mail, or an issue) and `plan_notes` (as exact edits of the strategy's
files, or why not).
"""

from generator.editing.edit_notes.merging import is_same
from generator.editing.edit_notes.note import EditNote, NoNoteError, read_notes
from generator.editing.edit_notes.planning import NotePlan, Outcome, plan_notes

__all__ = [
    "EditNote",
    "NoNoteError",
    "NotePlan",
    "Outcome",
    "is_same",
    "plan_notes",
    "read_notes",
]
