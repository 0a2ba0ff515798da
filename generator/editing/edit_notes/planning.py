"""Edit notes as exact edits of the strategy's files: what can be written, what stands there already,
and what is in the way.
"""

from __future__ import annotations

import copy
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence, Set
from dataclasses import dataclass, field, replace
from itertools import pairwise
from typing import Any, Literal

from generator.editing.edit_notes.merging import is_same, merge, tidy
from generator.editing.edit_notes.note import HEADER, EditNote, FieldChange
from generator.editing.new_entries import append_entries
from generator.editing.value_changes import Change, Put, Remove
from generator.editing.value_edits import (
    EditError,
    edit_entries,
    edit_text,
    field_at,
    find_value,
    parse_path,
    read_text,
)
from generator.files.tree import OverlayTree, Tree
from generator.loading.loader import Loaded
from generator.loading.manuscript import FOLDER
from generator.model.entry import Key
from generator.problems.phrases import shorten
from generator.problems.problem import Place
from generator.schema.vocabulary import OWN, PROTECTED, Field, Kind, is_id
from generator.syntax.document import MAX_BYTES, Document, Route

State = Literal["applied", "done", "conflict", "refused"]


@dataclass(frozen=True)
class Outcome:
    """What became of one change: it is `applied`, was `done` already, is in `conflict` with what was
    changed meanwhile, or is `refused`, and why.

    `title` names the field (`Respond`, `Steps, item 2, Say`), `place` is where it stands now.
    """

    key: Key | None
    title: str
    state: State
    why: str = ""
    now: Any = None
    change: FieldChange | None = None
    place: Place | None = None


@dataclass(frozen=True)
class NotePlan:
    """The new text of each file that changes, and what became of each change."""

    files: Mapping[str, str]
    outcomes: tuple[Outcome, ...]

    @property
    def is_whole(self) -> bool:
        """Whether nothing is in the way of any change."""
        return all(one.state in ("applied", "done") for one in self.outcomes)


def plan_notes(
    tree: Tree, loaded: Loaded, notes: Sequence[EditNote], max_bytes: int = MAX_BYTES
) -> NotePlan:
    """What these notes change, one after the other, in a strategy that reads as `loaded`.

    Only the letters of the values that change are written. What cannot be applied is in the outcomes,
    and `files` hold the rest.
    """
    planning = _Planning(tree, loaded, max_bytes)
    for note in notes:
        planning.take(note)
    return planning.finish()


@dataclass
class _Planning:
    tree: Tree
    loaded: Loaded
    max_bytes: int
    changes: list[tuple[Key | None, Change]] = field(default_factory=list)
    begun: dict[Key, dict[str, Any]] = field(default_factory=dict)
    outcomes: list[Outcome] = field(default_factory=list)
    values: dict[Key | None, Any] = field(default_factory=dict)

    def take(self, note: EditNote) -> None:
        """Decide on each change of a note."""
        key = self._find_key(note)
        kind = self._find_kind(key)
        if kind is None:
            self._refuse(
                note, f"there is no kind of entry called {note.key.kind if note.key else HEADER}"
            )
        elif note.is_new and key is not None:
            self._begin(note, key, kind)
        elif self.loaded.locator.find(key) is None and key not in self.begun:
            self._refuse(note, _say_absent(note))
        else:
            for change in note.changes:
                self.outcomes.append(self._decide(key, kind, change))

    def finish(self) -> NotePlan:
        """All that can be written, as texts."""
        try:
            files = dict(edit_entries(self.tree, self.changes, self.max_bytes, self.loaded))
        except EditError:
            files = self._write_singly()
        return NotePlan(self._write_begun(files), tuple(self.outcomes))

    def _find_key(self, note: EditNote) -> Key | None:
        """The entry that a note is about, also where it is called otherwise by now."""
        strategy = self.loaded.strategy
        is_known = self.loaded.locator.find(note.key) is not None
        if note.is_new or note.key is None or is_known or strategy is None:
            return note.key
        return next(
            (
                entry.key
                for entry in strategy
                if note.key.kind == entry.KIND and note.key.id in entry.former_ids
            ),
            note.key,
        )

    def _find_kind(self, key: Key | None) -> Kind | None:
        vocabulary = self.loaded.vocabulary
        return vocabulary.header if key is None else vocabulary.kinds.get(key.kind)

    def _refuse(self, note: EditNote, why: str) -> None:
        self.outcomes.append(Outcome(note.key, "", "refused", why))

    def _fail(self, key: Key | None, why: str) -> None:
        """What was to be applied to an entry cannot be written."""
        self.outcomes = [
            replace(one, state="refused", why=why)
            if one.key == key and one.state == "applied"
            else one
            for one in self.outcomes
        ]

    def _begin(self, note: EditNote, key: Key, kind: Kind) -> None:
        """A new entry: its fields, where there is none of its name yet."""
        value: dict[str, Any] = {}
        for change in note.changes:
            described = _describe(kind, change)
            if described is None:
                self._refuse(note, _say_unknown(kind, change.path))
                return
            _put(value, described[0], change.after)
        if not is_id(key.id):
            self._refuse(note, f'"{shorten(key.id)}" cannot be an id')
            return
        there = self._value_of(key)
        if there is not None:
            is_there = all(
                is_same(find_value(there, _as_read(kind, (name,))), inner)
                for name, inner in value.items()
            )
            why = (
                f"there is a {key} already, and it says something else; give the new one another id"
            )
            self.outcomes.append(Outcome(key, "", "done" if is_there else "refused", why))
            return
        self.begun[key] = {
            str(name): inner for name, inner in value.items() if tidy(inner) is not None
        }
        self.outcomes.append(Outcome(key, "", "applied"))

    def _decide(self, key: Key | None, kind: Kind, change: FieldChange) -> Outcome:
        described = _describe(kind, change)
        if described is None:
            return Outcome(key, change.path, "refused", _say_unknown(kind, change.path))
        route, known = described
        value = self._value_of(key)
        if key not in self.begun:
            route = _as_read(kind, route)
        route = _find_moved(value, route, change)
        now = find_value(value, route)
        outcome = Outcome(
            key, name_field(kind, route), "applied", "", now, change, self._place_of(key, route)
        )
        merged = merge(now, change, known)
        if merged is None:
            return replace(outcome, state="conflict")
        if merged.is_there:
            return replace(outcome, state="done")
        self._write(key, route, self._keep_way(key, route, known, merged.value))
        return outcome

    def _keep_way(self, key: Key | None, route: Route, known: Field, value: Any) -> Any:
        """A group that its author writes as a lone text stays one as long as that says all."""
        written = self.loaded.locator.find(key)
        is_lone = isinstance(value, Mapping) and set(value) == {known.shorthand}
        if not is_lone or written is None:
            return value
        raw = find_value(written.document.data, (*written.route, *route))
        return value[known.shorthand] if isinstance(raw, str) else value

    def _write(self, key: Key | None, route: Route, value: Any) -> None:
        wanted = value if tidy(value) is not None else None
        _put(self.values[key], route, wanted)
        if key in self.begun and key is not None:
            self.begun[key] = self.values[key]
        else:
            self.changes.append((key, Remove(route) if wanted is None else Put(route, wanted)))

    def _value_of(self, key: Key | None) -> Any:
        """What an entry says after the changes so far; None where there is none."""
        if key not in self.values:
            written = self.loaded.locator.find(key)
            if written is None:
                return self.begun.get(key) if key is not None else None
            self.values[key] = copy.deepcopy(written.value)
        return self.values[key]

    def _place_of(self, key: Key | None, route: Route) -> Place | None:
        written = self.loaded.locator.find(key)
        if written is None:
            return None
        while route and find_value(written.value, route) is None:
            route = route[:-1]
        return written.document.value_place((*written.route, *route))

    def _write_singly(self) -> dict[str, str]:
        """The changes one by one; those that the engine refuses are told."""
        files: dict[str, str] = {}
        for key, change in self.changes:
            try:
                files |= edit_entries(
                    OverlayTree(self.tree, files), [(key, change)], self.max_bytes
                )
            except EditError as error:
                self._fail(key, str(error))
        return files

    def _write_begun(self, files: dict[str, str]) -> dict[str, str]:
        """The files with the new entries, each where its kind is written: all at the end of its list
        at once, or each in a file of its own.
        """
        drafts: dict[str, list[tuple[Key, str]]] = {}
        there = frozenset(self.tree.list_files(FOLDER)) if self.begun else frozenset()
        counts = Counter(key.kind for key in self.begun)
        for key, value in self.begun.items():
            home = _find_home(key, there, is_alone=counts[key.kind] == 1)
            try:
                if home in there and home != _list_of(key):
                    raise EditError(f"{home} is there already")
                draft = _spell_entry(self.loaded.vocabulary.kinds[key.kind], key.id, value)
                drafts.setdefault(home, []).append((key, draft))
            except EditError as error:
                self._fail(key, str(error))
        for path, own in drafts.items():
            if path != _list_of(own[0][0]):
                files[path] = own[0][1]
                continue
            before, document = files.get(path, ""), None
            try:
                if path in there and path not in files:
                    before, document = read_text(self.tree, path), self._find_document(path)
                files[path] = append_entries(path, before, [draft for _, draft in own], document)
            except EditError as error:
                for key, _ in own:
                    self._fail(key, str(error))
        return files

    def _find_document(self, path: str) -> Document | None:
        """What reading a file gave, where entries stand in it."""
        written = (self.loaded.locator.entries or {}).values()
        return next((one.document for one in written if one.document.file == path), None)


def _list_of(key: Key) -> str:
    """The file in which all entries of a kind stand."""
    return f"{FOLDER}/{key.kind}.yaml"


def _find_home(key: Key, there: Set[str], *, is_alone: bool) -> str:
    """The file of a new entry: the list of its kind, where there is one or several begin one; else a
    file of its own.
    """
    folder = f"{FOLDER}/{key.kind}/"
    if _list_of(key) in there or not (is_alone or any(one.startswith(folder) for one in there)):
        return _list_of(key)
    return f"{folder}{key.id}.yaml"


def _spell_entry(kind: Kind, entry_id: str, value: Mapping[str, Any]) -> str:
    """The text of a file that holds this entry, its fields in the order of the schema."""
    whole = Field("", kind.title, kind.description, "object", fields=kind.fields)
    order = list(kind.fields)
    names = sorted(value, key=lambda name: order.index(name) if name in order else len(order))
    begun = (
        f'id: "{entry_id}"\n'
        if entry_id in ("null", "true", "false", "yes", "no")
        else f"id: {entry_id}\n"
    )
    return edit_text(
        f"{entry_id}.yaml",
        begun,
        [Put((name,), value[name]) for name in names],
        lambda route: field_at(kind, route) if route else whole,
    )


def _describe(kind: Kind, change: FieldChange) -> tuple[Route, Field] | None:
    """The route that a change names, and what the schema says of it; None where a note may not change
    it, or there is no such field.
    """
    try:
        route = parse_path(change.path)
    except EditError:
        return None
    known = field_at(kind, route)
    is_free = not PROTECTED & {*route, *_names_in([change.after, *change.added])}
    return (route, known) if known is not None and is_free else None


def _as_read(kind: Kind, route: Route) -> Route:
    """The route of a value in an entry that was read: a company's own fields stand below `custom` there,
    wherever they are written.
    """
    known = kind.fields.get(str(route[0]))
    return (OWN, *route) if known is not None and known.own else route


def _names_in(value: Any) -> Iterator[str]:
    """The names of all fields in a value."""
    if isinstance(value, Mapping):
        yield from value
    if isinstance(value, Mapping | list):
        for inner in value.values() if isinstance(value, Mapping) else value:
            yield from _names_in(inner)


def _say_unknown(kind: Kind, path: str) -> str:
    what = f"a {kind.title.lower()}" if kind.title_field else "the header"
    name = path.partition(".")[0]
    if name in PROTECTED or name in kind.fields:
        return (
            f'"{shorten(path)}" cannot be changed by a note: what an entry is called, who may read it and '
            "who decides are changed in the files"
        )
    return f'"{shorten(path)}" is no field of {what}'


def _say_absent(note: EditNote) -> str:
    return (
        f"there is no {note.key} any more; somebody has deleted it or given it another id"
        if note.key
        else "the header cannot be read; playbook check says why"
    )


def _find_moved(value: Any, route: Route, change: FieldChange) -> Route:
    """The route of a value in a list, also where others have added items before it: the only item in
    which it says what it said.
    """
    if is_same(find_value(value, route), change.before) or change.before is None:
        return route
    for depth, step in enumerate(route):
        items = find_value(value, route[:depth])
        if isinstance(step, int) and isinstance(items, list):
            found = [
                (*route[:depth], position, *route[depth + 1 :])
                for position in range(len(items))
                if is_same(
                    find_value(value, (*route[:depth], position, *route[depth + 1 :])),
                    change.before,
                )
            ]
            return found[0] if len(found) == 1 else route
    return route


def _put(value: Any, route: Route, wanted: Any) -> None:
    """Write into a value as it will be read again."""
    for step, following in pairwise(route):
        inner = find_value(value, (step,))
        if inner is None:
            inner = [] if isinstance(following, int) else {}
            _set(value, step, inner)
        value = inner
    _set(value, route[-1], wanted)


def _set(value: Any, step: str | int, wanted: Any) -> None:
    if isinstance(value, list) and isinstance(step, int):
        if wanted is None:
            del value[step : step + 1]
        else:
            value[step : step + 1] = [wanted]
    elif wanted is None:
        value.pop(step, None)
    else:
        value[step] = wanted


def name_field(kind: Kind, route: Route) -> str:
    """A field in words: `Respond`, `Steps, item 2, Say`."""
    return ", ".join(_name_steps(kind, route))


def _name_steps(kind: Kind, route: Route) -> Iterator[str]:
    for length, step in enumerate(route, start=1):
        known = field_at(kind, route[:length])
        if length == 1 and step == OWN and len(route) > 1:
            continue  # where it is kept says nothing of the field
        yield f"item {step + 1}" if isinstance(step, int) else known.title if known else str(step)
