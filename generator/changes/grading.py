"""How much a change weighs: what the schema marks, else what follows from the type of the field.

Who gets an entry and when (`READERS_AND_DAYS`) weighs the same in every kind: the mark of a kind
says how much its words weigh, not how much it weighs that others read them. Figures in texts count by what they say, not by how they
are spelled.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from generator.changes.alignment import likeness, words_of
from generator.changes.change import Grade, Side, Step, What
from generator.model.circles import Circles
from generator.model.entry import DEFAULT_AUDIENCE, Entry
from generator.schema.vocabulary import Field, Kind

READERS_AND_DAYS = frozenset({"audience", "status", "effective_from", "effective_until"})
"""Fields that decide who gets an entry, and when."""

ACT_NOW = 1
"""The importance of an announcement that everybody must act upon."""

_TEXTS = ("plain", "prose")
_FIGURE = re.compile(r"\d+(?:[.,:'’]\d+|[\u00a0\u202f ]\d{3}(?!\d))*")
_GROUPED = re.compile(r"[1-9]\d{0,2}(?:[.,'’\u00a0\u202f ]\d{3})+")
_DECIMAL = re.compile(r"(?P<whole>\d[\d.,'’\u00a0\u202f ]*?)[.,](?P<part>\d{1,2}|\d{4,})")
_MARKS = re.compile(r"[.,'’\u00a0\u202f ]")
_SMALL = re.compile(r"\b[^\W\d_A-Z]{2,}\b")
_FEWEST = 6
"""A text of fewer small words is too short to tell its language."""
_SHARED = 0.125
"""Two languages may have this share of small words in common (`in`)."""
_MISREAD = (100.0, 1000.0)
"""What a mark of thousands read as a decimal mark, or one that was forgotten, changes a figure by."""
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


def list_figures(text: str) -> list[str]:
    """The figures in a text, sorted, each in one spelling: `418,900`, `418.900` and `418 900` are
    `418900`; `8,5` and `8.50` are `8.5`; `12:30` stays.
    """
    return sorted(_spell(found[0]) for found in _FIGURE.finditer(text))


def is_translated(old: str, new: str) -> bool:
    """Whether a text is the other one in another language: they share hardly a small word, as two
    texts of one language always do, and are about equally long.
    """
    mine, yours = (set(_SMALL.findall(text)) for text in (old, new))
    if min(len(mine), len(yours)) < _FEWEST:
        return _scripts(old) != _scripts(new) and min(len(old), len(new)) >= _FEWEST
    alike = max(len(old), len(new)) <= 2 * min(len(old), len(new))
    return alike and len(mine & yours) <= _SHARED * min(len(mine), len(yours))


def factor_between(old: float, new: float) -> int:
    """The factor near a hundred or a thousand between two figures, as a slip with a mark of
    thousands makes it; 0 where there is none. Negative: `new` is smaller.
    """
    if old * new <= 0:
        return 0
    ratio = new / old
    for factor in _MISREAD:
        for found, sign in ((ratio, 1), (1 / ratio, -1)):
            if 0.9 * factor <= found <= 1.1 * factor:
                return sign * int(factor)
    return 0


def is_misread(old: object, new: object) -> bool:
    """Whether both are figures that differ as such a slip makes it."""
    numbers = (int, float)
    return isinstance(old, numbers) and isinstance(new, numbers) and bool(factor_between(old, new))


def find_joined(old: Mapping[str, Any], new: Mapping[str, Any]) -> frozenset[str]:
    """The fields of an entry of which one list is gone and all its items stand in another: the line
    with its name was lost, so that they joined the list above. Nobody sees that in the entry itself.
    """
    lists = {name: value for name, value in new.items() if isinstance(value, list)}
    return frozenset(
        joined
        for name, items in old.items()
        if isinstance(items, list) and items and name not in new
        for above, now in lists.items()
        if all(item in now and item not in (old.get(above) or ()) for item in items)
        for joined in (name, above)
    )


def _spell(figure: str) -> str:
    if _GROUPED.fullmatch(figure):
        return _MARKS.sub("", figure)
    if found := _DECIMAL.fullmatch(figure):
        whole = found["whole"]
        if whole.isdigit() or _GROUPED.fullmatch(whole):
            part = found["part"].rstrip("0")
            return _MARKS.sub("", whole) + (f".{part}" if part else "")
    return figure


def _scripts(text: str) -> bool:
    """Whether a text is written in letters that have no capitals: Japanese, Thai, Arabic."""
    letters = [sign for sign in text if sign.isalpha()]
    return sum(sign.lower() == sign.upper() for sign in letters) * 2 > len(letters)
