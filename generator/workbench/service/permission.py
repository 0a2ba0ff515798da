"""What somebody may propose who has an edition before them: of what they get, nothing else. Whether they
have guessed right what they do not get is told to nobody, for it is not looked at.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence, Set
from dataclasses import replace
from itertools import count
from typing import Any

from generator.changes.comparison import rename_references
from generator.editing.edit_notes import EditNote, is_same
from generator.editing.edit_notes.note import FieldChange
from generator.editing.value_edits import EditError, field_at, parse_path
from generator.model.edition import Cut, Edition
from generator.model.entry import Key
from generator.pages.suggest_form import list_offered
from generator.schema.vocabulary import OWN, Field, Vocabulary
from generator.syntax.document import Route

_HEADER = "The strategy itself is changed in its file, not here."


def find_forbidden(
    note: EditNote, edition: Edition, values: Mapping[str, Any] | None
) -> str | None:
    """Why a note may not be proposed, as a sentence; None where it may. `values` is what the form of its
    entry shows; None where there is none.
    """
    kind = edition.vocabulary.kinds.get(note.key.kind) if note.key else None
    if note.key is None or kind is None:
        return _HEADER if note.key is None else f"There is no kind of entry called {note.key.kind}."
    offered = dict(list_offered(kind.fields, edition))
    cut = edition.cuts.get(note.key, Cut()) if not note.is_new else Cut()
    for change in note.changes:
        if not _is_permitted(change, offered, cut, values or {}, edition):
            return f"“{change.path}” of {note.key} cannot be changed here."
    return None


def _is_permitted(
    change: FieldChange,
    offered: Mapping[str, Field],
    cut: Cut,
    values: Mapping[str, Any],
    edition: Edition,
) -> bool:
    try:
        path, rest = _find_offered(parse_path(change.path), offered)
    except EditError:
        return False
    field = offered.get(path)
    if field is None or path in cut.changed:
        return False
    if path in cut.shortened:
        seen = values.get(path) or []
        is_seen = all(any(is_same(one, item) for item in seen) for one in change.removed)
        if rest or not (change.is_by_item and is_seen):
            return False
    for step in rest:
        inner = field.item if isinstance(step, int) else _offer(field, edition).get(str(step))
        if inner is None:
            return False
        field = inner
    if change.is_by_item:
        given: Sequence[Any] = [*change.added, *change.removed]
        return all(_is_offered(one, field.item or field, edition) for one in given)
    return all(_is_offered(one, field, edition) for one in (change.before, change.after))


def _find_offered(route: Route, offered: Mapping[str, Field]) -> tuple[str, Route]:
    """The field that a route leads into, and how it goes on in it. A company's own one may be named by
    the group in which it is kept.
    """
    if route[0] != OWN or len(route) == 1:
        return str(route[0]), route[1:]
    whole, name = f"{OWN}.{route[1]}", str(route[1])
    path = whole if whole in offered else name
    return (path if path in offered and offered[path].own else "", route[2:])


def _offer(field: Field, edition: Edition) -> dict[str, Field]:
    return dict(list_offered(field.fields, edition))


def _is_offered(value: Any, field: Field, edition: Edition) -> bool:
    """Whether a value names nothing that the form does not show."""
    if isinstance(value, list):
        return all(_is_offered(one, field.item or field, edition) for one in value)
    if isinstance(value, Mapping):
        offered = _offer(field, edition)
        return all(
            name in offered and _is_offered(one, offered[name], edition)
            for name, one in value.items()
        )
    return True


def free_names(
    notes: Sequence[EditNote], taken: Set[Key], vocabulary: Vocabulary
) -> list[EditNote]:
    """The same notes, in which no new entry has a name that is taken by one that its proposer does not
    get: it has another one then, wherever they name it.
    """
    begun = {note.key for note in notes if note.is_new and note.key is not None}
    renames = {key: _find_free(key, taken | begun) for key in begun & taken}
    return [_rename(note, renames, vocabulary) for note in notes] if renames else list(notes)


def _find_free(key: Key, taken: Set[Key]) -> Key:
    names = (Key(key.kind, f"{key.id}-{number}") for number in count(2))
    return next(one for one in names if one not in taken)


def _rename(note: EditNote, renames: Mapping[Key, Key], vocabulary: Vocabulary) -> EditNote:
    kind = vocabulary.kinds.get(note.key.kind) if note.key else None
    if note.key is None or kind is None:
        return note

    def rename(value: Any, field: Field) -> Any:
        return rename_references({"": value}, {"": field}, renames)[""]

    changes = [
        replace(
            change,
            after=rename(change.after, field),
            added=tuple(rename(list(change.added), field)),
        )
        for change in note.changes
        if (field := field_at(kind, parse_path(change.path))) is not None
    ]
    return replace(note, key=renames.get(note.key, note.key), changes=tuple(changes))
