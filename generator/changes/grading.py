"""How much a change weighs: what the schema marks, else what follows from the type of the field.

Who gets an entry and when (`READERS_AND_DAYS`) weighs the same in every kind: the mark of a kind
says how much its words weigh, not how much it weighs that others read them.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from generator.changes.alignment import likeness, words_of
from generator.changes.change import Grade, Side, Step, What
from generator.changes.figures import is_misread, is_translated, list_figures
from generator.model.circles import Circles
from generator.model.entry import DEFAULT_AUDIENCE, Entry
from generator.schema.vocabulary import Field, Kind

READERS_AND_DAYS = frozenset({"audience", "status", "effective_from", "effective_until"})
"""Fields that decide who gets an entry, and when."""

ACT_NOW = 1
"""The importance of an announcement that everybody must act upon."""

_TEXTS = ("plain", "prose")
_REWRITTEN = 0.6


def mark_of(old: Kind, new: Kind) -> Grade | None:
    """What the schema says of all changes of a kind, today's schema first."""
    mark = new.grade or old.grade
    return Grade(mark) if mark in list(Grade) else None


def grade_entry(what: What, entry: Entry | None, side: Side, mark: Grade | None) -> Grade:
    """How much it weighs that a whole entry comes, goes or gets another id. `side` has it."""
    if what is What.RENAMED or entry is None or entry.status == "draft":
        return Grade.MINOR
    circles = Circles(side.strategy.header.audiences)
    if circles.is_narrower(DEFAULT_AUDIENCE, entry.audience):
        return Grade.MATERIAL
    if getattr(entry, "importance", None) == ACT_NOW:
        return Grade.MATERIAL
    return mark or Grade.MATERIAL


@dataclass(frozen=True)
class Grader:
    """Weighs the changes within one entry, or the header. `mark` is what a change of substance
    weighs where no field says more, `title_field` the field that the entry is called by.
    """

    mark: Grade | None
    title_field: str
    is_header: bool = False

    def grade(
        self, what: What, old: Any, new: Any, path: Sequence[Step], trail: Sequence[Field]
    ) -> Grade:
        """The grade of a change at `path`, through the fields of `trail`."""
        if not self.is_header and len(path) == 1 and path[0] in READERS_AND_DAYS:
            return Grade.MATERIAL
        if is_misread(old, new):
            return Grade.MATERIAL
        marked = next(
            (Grade(field.grade) for field in reversed(trail) if field.grade in list(Grade)),
            self.mark,
        )
        if what is What.MOVED:
            return marked or Grade.MINOR
        if not _holds_only_text(trail[-1]):
            return marked or Grade.MATERIAL
        if what is not What.CHANGED or not (isinstance(old, str) and isinstance(new, str)):
            return marked or Grade.MINOR
        return self._grade_text(old, new, path, trail, marked)

    def _grade_text(
        self,
        old: str,
        new: str,
        path: Sequence[Step],
        trail: Sequence[Field],
        marked: Grade | None,
    ) -> Grade:
        if list_figures(old) != list_figures(new):
            return marked or Grade.MATERIAL
        if words_of(old) == words_of(new):
            return Grade.WORDING
        if is_translated(old, new):
            return Grade.MINOR
        is_weighed = (
            marked is Grade.MATERIAL and trail[-1].type == "plain"
        )  # such a line was worded with care
        if is_weighed or likeness(old, new) < _REWRITTEN or tuple(path) == (self.title_field,):
            return marked or Grade.MINOR
        return Grade.WORDING


def usual_grade(kind: Kind, field: Field, is_header: bool = False) -> Grade | None:
    """What a new value of a field weighs; None where that depends on the words of a text."""
    grader = Grader(mark_of(kind, kind), kind.title_field, is_header)
    if _holds_only_text(field) and not field.grade and not kind.grade:
        return None
    return grader.grade(What.CHANGED, [], [], (field.name,), (field,))


def _holds_only_text(field: Field) -> bool:
    """Whether nothing but words can stand in a field, parts apart of which a change is minor."""
    parts = [one for one in field.fields.values() if one.grade != Grade.MINOR]
    inner = [field.item] if field.item is not None else parts
    return field.type in _TEXTS or (bool(inner) and all(_holds_only_text(one) for one in inner))
