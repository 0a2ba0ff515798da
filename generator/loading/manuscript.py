"""What is written in the files of a strategy: of one of them, and of all together."""

from __future__ import annotations

from dataclasses import dataclass, field, replace

from generator.loading.located_entry import Written
from generator.loading.truncation import Ending
from generator.problems.problem import Problem
from generator.schema.migrations import FORMAT
from generator.schema.own_description import Description
from generator.schema.validator import ShapeChecker
from generator.schema.vocabulary import Vocabulary
from generator.syntax.document import Document, reopen_document

MAIN_FILE = "strategy.yaml"
FOLDER = "strategy"
MAIN_ELSEWHERE = (
    "strategy.yml",
    "Strategy.yaml",
    "STRATEGY.YAML",
    "STRATEGY.yaml",
    "Strategy.yml",
    "STRATEGY.YML",
    "strategy.YAML",
    "strategy.yaml.txt",
    "strategy.txt",
    f"{FOLDER}/strategy.yaml",
    f"{FOLDER}/strategy.yml",
)
"""Where the main file stands by mistake."""
BEGIN = "Begin it with strategy: and below that, indented, format, company, statement, version and effective_from."


@dataclass(kw_only=True)
class Leaf:
    """What one file holds, or several: the header, the entries, and what stood in the way of
    reading them.

    `lost_ids`, `unread_kinds` and `nameless_kinds` (with an entry that has no id) say which
    references may well be right, and so do the `endings` of files that may have been cut off.
    `format` is that of all files, which the main file says.
    """

    problems: list[Problem] = field(default_factory=list)
    header: Written | None = None
    entries: list[Written] = field(default_factory=list)
    endings: list[Ending] = field(default_factory=list)
    lost_ids: set[str] = field(default_factory=set)
    unread_kinds: set[str] = field(default_factory=set)
    nameless_kinds: set[str] = field(default_factory=set)
    format: int = FORMAT

    @property
    def is_flawless(self) -> bool:
        """Whether nothing is wrong with what is written, be it said or not."""
        return not self.problems and all(
            one.sound for one in (*self.entries, *([self.header] if self.header else []))
        )

    def add(self, leaf: Leaf) -> None:
        """Put what one file holds to the rest."""
        self.problems += leaf.problems
        self.header = self.header or leaf.header
        self.entries += leaf.entries
        self.endings += leaf.endings
        self.lost_ids |= leaf.lost_ids
        self.unread_kinds |= leaf.unread_kinds
        self.nameless_kinds |= leaf.nameless_kinds
        self.format = leaf.format

    def close(self, document: Document, raw: bytes) -> Leaf:
        """The same with its file closed: of `document` are left the bytes it was read from. One in
        which something is wrong, or which is long, stays open.
        """
        if not (self.is_flawless and document.is_flawless and document.is_short):
            return self
        closed = reopen_document(document.file, raw)
        return replace(
            self,
            header=replace(self.header, document=closed) if self.header else None,
            entries=[replace(written, document=closed) for written in self.entries],
            endings=[replace(ending, document=closed) for ending in self.endings],
        )


@dataclass(kw_only=True)
class Manuscript(Leaf):
    """All that is written, while it is read: `listed` are the files below `strategy/`, `files` those
    read so far, and `said` is how many problems were found in them.
    """

    vocabulary: Vocabulary
    description: Description = field(default_factory=Description)
    checker: ShapeChecker
    listed: frozenset[str] = frozenset()
    files: list[str] = field(default_factory=list)
    said: int = 0

    def begin(self) -> Manuscript:
        """An empty one for the next file: what the files before it have settled holds for it, too."""
        return Manuscript(
            vocabulary=self.vocabulary,
            description=self.description,
            checker=self.checker,
            format=self.format,
            listed=self.listed,
            files=self.files,
            said=self.said + len(self.problems),
        )
