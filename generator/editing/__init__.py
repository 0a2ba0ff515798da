"""The way back to YAML: what the program writes into a strategy. The doors are `edit_entries` (values
changed where they stand), `draft_entry` (a new entry), `make_note` (a field note from a form) and
`verify_entries` (the day of a review).
"""

from generator.editing.draft import draft_entry
from generator.editing.intake import make_note
from generator.editing.value_edits import edit_entries
from generator.editing.verification import verify_entries

__all__ = ["draft_entry", "edit_entries", "make_note", "verify_entries"]
