"""One person at work in a folder of their own: the whole strategy, as its files have it."""

from __future__ import annotations

from functools import partial

from generator.editing.edit_notes.meanwhile import say_by_whom
from generator.model.circles import Circles
from generator.model.entry import DEFAULT_AUDIENCE
from generator.workbench.edits import Edits, Sitting
from generator.workbench.forms import describe_entry, describe_form, describe_kind, list_entries
from generator.workbench.looking import Telling
from generator.workbench.proposing import find_commit, find_obstacle, propose
from generator.workbench.reading import Folder, FolderSource, Reader
from generator.workbench.saving import save, undo
from generator.workbench.workplace import Answer

WORDS = ("workbench_",)


class OwnFiles:
    """The files of a strategy on this machine. What is not saved is gone when the command ends; the
    browser keeps it.
    """

    words = WORDS

    def __init__(self, folder: Folder) -> None:
        self._folder = folder
        self.telling = Telling(partial(say_by_whom, root=folder.root))

    def open_source(self) -> FolderSource:
        """The folder."""
        return FolderSource(self._folder)

    def open_forms(self, reader: Reader) -> OwnForms:
        """Every field of every entry, of the header and of entries with faults too."""
        return OwnForms(self._folder, reader)

    def recall(self) -> Edits:
        """None wait."""
        return Edits()

    def keep(self, edits: Edits) -> None:
        """They last as long as the command runs."""

    def save(self, reader: Reader, sitting: Sitting) -> Answer:
        """Write them into the folder."""
        return save(self._folder, self.telling, reader, sitting)

    def undo(self, reader: Reader, sitting: Sitting) -> Answer:
        """Go back one step, what was written with it."""
        return undo(self._folder, reader, sitting)

    def propose(self, reader: Reader, sitting: Sitting, reason: str) -> Answer:
        """Make a branch in the repository of the folder, and push it."""
        return propose(self._folder, self.telling, sitting, reason)

    def find_obstacle(self) -> str:
        """Why git could not do it."""
        return find_obstacle(self._folder)[1]

    def list_readers(self, circles: Circles) -> tuple[str, ...]:
        """Sellers; of what they do not get, leadership."""
        return (DEFAULT_AUDIENCE, circles.narrowest)


class OwnForms:
    """The strategy of a folder in forms."""

    def __init__(self, folder: Folder, reader: Reader) -> None:
        self._folder, self._reader = folder, reader

    def describe_form(self) -> Answer:
        """What every form needs."""
        return describe_form(self._reader.now.loaded, find_commit(self._folder), WORDS)

    def describe_kind(self, name: str) -> Answer | None:
        """The fields of a kind, or of the header."""
        return describe_kind(self._reader.now.loaded, name)

    def describe_entry(self, entry: str) -> Answer | None:
        """An entry, or the header."""
        return describe_entry(self._reader.now.loaded, entry)

    def list_entries(self) -> Answer:
        """Every entry, those with faults too."""
        return list_entries(self._reader.now.loaded)
