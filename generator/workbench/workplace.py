"""What differs between one person's folder and a service for many people: where the strategy is read
from, what of it the form is given, where edits are kept, and how they are proposed. All else in this
room is the same for both. Who is asking is decided before (`guard`).
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any, Protocol

from generator.model.circles import Circles
from generator.workbench.edits import Edits, Sitting
from generator.workbench.looking import Telling
from generator.workbench.reading import Reader, Source

Answer = dict[str, Any]
Save = Callable[[Reader, Sitting], Answer]


class Forms(Protocol):
    """What the form is given of the strategy."""

    def describe_form(self) -> Answer:
        """What every form needs."""

    def describe_kind(self, name: str) -> Answer | None:
        """The fields of a kind; None where there is no such kind."""

    def describe_entry(self, entry: str) -> Answer | None:
        """What an entry says; None where there is none."""

    def list_entries(self) -> Answer:
        """Every entry that can be opened, with what it is found by."""


class Workplace(Protocol):
    """Where somebody edits a strategy."""

    @property
    def words(self) -> Sequence[str]:
        """How the names of the words begin that are said there, besides those of any form."""

    @property
    def telling(self) -> Telling:
        """How things are told there."""

    @property
    def save(self) -> Save | None:
        """Writes the edits that wait where the strategy lies; None where one can only propose."""

    def open_source(self) -> Source:
        """Where the strategy is read from. What takes long reads from a source of its own."""

    def open_forms(self, reader: Reader) -> Forms:
        """The forms of what a reader has before him."""

    def recall(self) -> Edits:
        """The edits that wait since last time."""

    def keep(self, edits: Edits) -> None:
        """Keep the edits that wait for next time. Raises NoNoteError, which says why, where they cannot
        be kept.
        """

    def undo(self, reader: Reader, sitting: Sitting) -> Answer:
        """Go back one step."""

    def propose(self, reader: Reader, sitting: Sitting, reason: str) -> Answer:
        """Make a branch of all edits."""

    def find_obstacle(self) -> str:
        """Why nothing can be proposed; empty where something can."""

    def list_readers(self, circles: Circles) -> tuple[str, ...]:
        """For whom a page is drawn: for the first of these circles that gets it."""
