"""The workplace of one of many: an edition, edits that are kept for them alone, and a branch for each of
their proposals.
"""

from __future__ import annotations

from generator.model.circles import Circles
from generator.model.edition import Reach
from generator.pages import suggest_form
from generator.pages.suggest_form.entry_values import describe_entry
from generator.workbench.edits import Edits, Sitting
from generator.workbench.forms import describe_form, list_entries
from generator.workbench.looking import Telling, parse_entry
from generator.workbench.own_files import WORDS
from generator.workbench.reading import Reader
from generator.workbench.service.house import House
from generator.workbench.service.people import Shelf
from generator.workbench.service.person import Person
from generator.workbench.service.proposals import propose
from generator.workbench.service.spelling import name_entry
from generator.workbench.workplace import Answer

_WORDS = (*WORDS, "service_")


class Desk:
    """Where one person works."""

    save = None
    words = _WORDS

    def __init__(self, house: House, person: Person, shelf: Shelf, token: str) -> None:
        self._house, self._person, self._shelf, self._token = house, person, shelf, token
        self.telling = Telling(name_place=lambda place: name_entry(place.file), knows_all=False)

    def open_source(self) -> House:
        """The edition as the default branch has it."""
        return self._house

    def open_forms(self, reader: Reader) -> EditionForms:
        """What a reader of the edition may propose."""
        return EditionForms(self._house, self._person, self._token)

    def recall(self) -> Edits:
        """What waited when they were here last."""
        return self._shelf.recall()

    def keep(self, edits: Edits) -> None:
        """For next time, on the server's disk."""
        self._shelf.keep(edits)

    def undo(self, reader: Reader, sitting: Sitting) -> Answer:
        """Go back one step; nothing was written with it."""
        sitting.undo()
        return {}

    def propose(self, reader: Reader, sitting: Sitting, reason: str) -> Answer:
        """Make a branch of all edits, and push it."""
        return propose(self._house, self._person, self.telling, sitting, reason)

    def find_obstacle(self) -> str:
        """What is wrong with the repository at the moment."""
        return self._house.fault

    def list_readers(self, circles: Circles) -> tuple[str, ...]:
        """Those of the edition alone."""
        return (self._house.base.edition.audience,)


class EditionForms:
    """An edition in forms, as the site gives them to its readers."""

    def __init__(self, house: House, person: Person, token: str) -> None:
        self._house, self._person, self._token = house, person, token

    def describe_form(self) -> Answer:
        """What every form needs, and what its requests carry."""
        base = self._house.base
        commit = base.commit if base.edition.shows(Reach.INSIDE) else ""
        whole = describe_form(base.shown.loaded, commit, _WORDS)
        kinds = {
            name: one
            for name, one in whole["kinds"].items()
            if name in base.edition.vocabulary.kinds
        }
        return {
            **whole,
            "kinds": kinds,
            "token": self._token,
            "person": self._person.name,
            "is_own": False,
        }

    def describe_kind(self, name: str) -> Answer | None:
        """The fields of a kind that these readers get."""
        edition = self._house.base.edition
        kind = edition.vocabulary.kinds.get(name)
        return suggest_form.describe_kind(name, kind, edition) if kind is not None else None

    def describe_entry(self, entry: str) -> Answer | None:
        """An entry as these readers get it."""
        edition, key = self._house.base.edition, parse_entry(entry)
        found = edition.strategy.find(key) if key is not None else None
        return {**describe_entry(found, edition), "address": ""} if found is not None else None

    def list_entries(self) -> Answer:
        """The entries of the edition."""
        listed = list_entries(self._house.base.shown.loaded)["entries"]
        shown = ("kind", "id", "title", "former_ids")
        return {"entries": [{name: one[name] for name in shown if name in one} for one in listed]}
