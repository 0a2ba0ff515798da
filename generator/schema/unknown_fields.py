"""A field that the schema does not know: what was meant by it, where it belongs, or how a company says
that it has it.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, replace

from generator.problems.phrases import shorten
from generator.problems.suggestions import Suggestion, find_nearest
from generator.schema.value_errors import list_some
from generator.schema.vocabulary import KINDS, Field, Kind
from generator.schema.words import translate_everywhere

_FIELD_NAME = re.compile(r"[a-z][a-z0-9_]{1,40}")


_ELSEWHERE = re.compile(r"//|/\*|<!--|--|;|%%|rem\b", re.IGNORECASE)
"""What begins a remark in other languages."""


def begins_remark(name: str) -> bool:
    """Whether a name begins as a remark does in another language."""
    return _ELSEWHERE.match(name) is not None


def find_meant(name: str, free: Mapping[str, Field]) -> Suggestion | None:
    """The field of these that is meant by a name: by its own name, or its title in any language."""
    if begins_remark(name):
        return None
    return find_nearest(name, {key: translate_everywhere(one.title) for key, one in free.items()})


@dataclass(frozen=True, kw_only=True)
class Advice:
    """Why something is wrong, and what to do."""

    why: str
    fix: str


def about_unknown(
    name: str,
    near: str | None,
    known: Mapping[str, Field],
    kind: Kind,
    whole: str,
    *,
    is_entry: bool,
    empty: bool,
) -> Advice:
    """Why a field is not known here, and what to do: another name, another place, or the list of
    what there is. The line of one that is empty may simply go.
    """
    advice = _advise(name, near, known, kind, whole, is_entry=is_entry)
    if near or not empty or not _FIELD_NAME.fullmatch(name):
        return advice
    other = advice.fix.removesuffix(" Else delete the line.").replace(", or delete the line", "")
    fix = f"Delete the line, for nothing stands behind it. Else: {other[:1].lower()}{other[1:]}"
    return replace(advice, fix=fix)


def _advise(
    name: str,
    near: str | None,
    known: Mapping[str, Field],
    kind: Kind,
    whole: str,
    *,
    is_entry: bool,
) -> Advice:
    if not known:
        return Advice(
            why="Your company has no fields of its own here.",
            fix=f"To have it, run: {_how_to_describe(name, kind)}. Else delete the line.",
        )
    listed = list_some(list(known))
    why = f"{whole[:1].upper()}{whole[1:]} has the fields {listed}."
    if name in KINDS and kind.key == "header":
        return Advice(
            why=f'"{name}" is a list of its own, beside the header.',
            fix="Move it to the left edge of strategy.yaml.",
        )
    if near:
        title = known[near].title
        shown = "" if title.lower().replace(" ", "_") == near else f" ({title})"
        return Advice(why=why, fix=f'Did you mean "{near}"{shown}?')
    if not is_entry and name in kind.fields:
        return Advice(
            why=f'"{name}" is a field of the {kind.title.lower()} itself.',
            fix="Indent it less, so that it lines up with the fields of the entry.",
        )
    group = group_of(name, known)
    if group:
        return Advice(
            why=f'"{name}" stands under "{group}".',
            fix=f"Write it below {group}: and indent it two spaces further.",
        )
    deeper = _find_deeper(name, known)
    if deeper:
        return Advice(
            why=f'"{deeper[0]}" has a field for it.', fix=f"Write {deeper[1]}: below {deeper[0]}:"
        )
    is_open = is_entry or known.keys() == kind.own.keys()
    if not _FIELD_NAME.fullmatch(name):
        return Advice(
            why=why,
            fix=f"If it is a remark, it begins with #: # {shorten(name)}: … Else use one of these fields.",
        )
    if kind.key == "header" or not is_open:
        return Advice(why=why, fix="Use one of these fields, or delete the line.")
    return Advice(
        why=why,
        fix=f"Use one of these. If it is a field of your own, run: {_how_to_describe(name, kind)}",
    )


def _find_deeper(name: str, known: Mapping[str, Field]) -> tuple[str, str] | None:
    """The one group of fields with a field that has all words of this name in its own, and that."""
    words = set(name.split("_"))
    found = [
        (outer.name, inner)
        for outer in known.values()
        for inner in (outer.item or outer).fields
        if len(name) > 3 and words < set(inner.split("_"))
    ]
    return found[0] if len(found) == 1 else None


def _how_to_describe(name: str, kind: Kind) -> str:
    """How a company says that it has a field of its own."""
    title = name.replace("_", " ").capitalize()
    return f'playbook new field {kind.key} "{title}" --as text'


def group_of(name: str, known: Mapping[str, Field]) -> str | None:
    """The group of fields that has a field of this name."""
    return next(
        (outer.name for outer in known.values() if name in (outer.item or outer).fields), None
    )
