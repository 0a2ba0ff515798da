"""What the service stands on: the edition of its readers as the default branch has it, and what is behind
that, which nobody is told.
"""

from __future__ import annotations

import threading
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import date

from generator.checks import check_meaning
from generator.checks.project import choose_today
from generator.files.git import GitError
from generator.files.memory import Memory
from generator.files.tree import Tree
from generator.loading.loader import Loaded, load_strategy
from generator.model.edition import Edition, choose_edition
from generator.model.entry import Key
from generator.problems.problem import has_errors
from generator.workbench.reading import Problems, Reading
from generator.workbench.service.clone import Clone
from generator.workbench.service.spelling import TextTree, spell_edition

UNREADABLE = (
    "The strategy cannot be read at the moment, since something is wrong with it. What you type is kept; "
    "it can be proposed once that is mended."
)
UNREACHABLE = "The repository cannot be reached. What you type is kept; try again later."


class NoEditionError(Exception):
    """There is no edition to serve. The text is one line for whoever runs the service."""


@dataclass(frozen=True)
class EditionGround:
    """How an edition is read: by itself, without hand-written pages and other files. One at a time is
    checked, whoever asks.
    """

    max_bytes: int
    as_of: date | None = None
    _checking: threading.Lock = field(default_factory=threading.Lock, repr=False, compare=False)

    def find_problems(self, tree: Tree, memory: Memory) -> Problems:
        """What the check says of the entries that are in it."""
        with self._checking:
            loaded = load_strategy(tree, self.max_bytes, memory)
            whole = not has_errors(loaded.problems)
            today = choose_today(loaded.strategy, self.as_of)
            found = check_meaning(loaded, today, whole=whole, memory=memory)
        return tuple(sorted([*loaded.problems, *found], key=lambda problem: problem.order))


@dataclass(frozen=True)
class Base:
    """A commit of the default branch on a day: the whole strategy, for nobody but the engine that writes
    proposals, and the edition; `shown` is all that anything is told from.
    """

    commit: str
    day: date
    tree: TextTree = field(repr=False)
    whole: Loaded = field(repr=False)
    edition: Edition = field(repr=False)
    shown: Reading = field(repr=False)

    @property
    def taken(self) -> frozenset[Key]:
        """The names of all entries that are not in the edition, former ones and those of files too."""
        written = {*self.whole.keys, *self.whole.lost, *self.edition.hidden}
        return frozenset(written - self.shown.loaded.keys)


class House:
    """Follows the default branch. `note` tells whoever runs the service."""

    def __init__(
        self,
        clone: Clone,
        audience: str,
        ground: EditionGround,
        note: Callable[[str], None] = lambda line: None,
    ) -> None:
        self.clone, self._audience, self._ground, self.note = clone, audience, ground, note
        self._following, self._begun = threading.Lock(), 0
        self.fault = ""
        self.base = self._lay(clone.fetch())

    def read(self) -> Reading:
        """The edition as it is now."""
        return self.base.shown

    def follow(self) -> None:
        """Look whether the default branch has moved on, or the day. Where what it has by now cannot be
        read, all stays as it was, and `fault` says so. Of several who ask at once one looks for all.
        """
        begun = self._begun
        with self._following:
            if self._begun > begun:
                return  # somebody has looked who began after this was asked
            self._begun += 1
            try:
                commit = self.clone.fetch()
                if (commit, self._find_day()) != (self.base.commit, self.base.day):
                    self.base = self._lay(commit)
                    self.note(f"follows {commit[:10]}")
                self.fault = ""
            except GitError as error:
                self._fail(UNREACHABLE, f"the repository cannot be fetched: {error}")
            except NoEditionError as error:
                self._fail(UNREADABLE, str(error))

    def _fail(self, fault: str, line: str) -> None:
        if self.fault != fault:
            self.note(line)
        self.fault = fault

    def _find_day(self) -> date:
        return choose_today(self.base.whole.strategy, self._ground.as_of)

    def _lay(self, commit: str) -> Base:
        ground, tree = self._ground, self.clone.read(commit)
        whole = load_strategy(tree, ground.max_bytes)
        strategy = whole.strategy
        if strategy is None:
            raise NoEditionError(f"the header of the strategy cannot be read at {commit[:10]}")
        today = choose_today(strategy, ground.as_of)
        try:
            edition = choose_edition(strategy, whole.vocabulary, self._audience, today)
        except ValueError as error:
            raise NoEditionError(f"{error}, at {commit[:10]}") from error
        shown = Reading(ground, spell_edition(edition, tree, strategy.header.format))
        if shown.loaded.strategy is None:
            raise NoEditionError(f"the edition cannot be read at {commit[:10]}")
        base = Base(commit, today, tree, whole, edition, shown)
        len(shown.problems)  # worked out here, so that nobody who asks must wait for it
        return base
