"""Edits laid over a strategy, entry by entry: nothing is read again but the entries that change, so that
it is quick however large the strategy is.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from generator.checks import check_closely
from generator.editing.edit_notes import NotePlan, plan_notes
from generator.files.tree import Tree
from generator.loading.loader import Loaded, load_strategy
from generator.loading.located_entry import Written
from generator.loading.locator import Locator
from generator.loading.manuscript import FOLDER, MAIN_FILE
from generator.loading.rules import BROKEN_REFERENCE
from generator.model.entry import Entry, Key
from generator.model.strategy import Strategy
from generator.problems.problem import Problem
from generator.workbench.edits import Edit
from generator.workbench.places import is_about
from generator.workbench.reading import Reading


@dataclass(frozen=True)
class Overlay:
    """The strategy with edits: `loaded` has the entries as they would be, `written` where each of those
    that were edited would stand, `problems` what is wrong with these by themselves.
    """

    loaded: Loaded
    plan: NotePlan
    written: Mapping[Key | None, Written]
    problems: Sequence[Problem] = ()


def lay_over(reading: Reading, edits: Sequence[Edit]) -> Overlay:
    """Lay edits over what was read."""
    loaded, limit = reading.loaded, reading.ground.max_bytes
    plan = plan_notes(reading.tree, loaded, [one.note for one in edits], limit)
    if not plan.files:
        return Overlay(loaded, plan, {})
    written: dict[Key | None, Written] = {}
    problems: list[Problem] = []
    parts = [load_strategy(tree, limit) for tree in _list_parts(reading, plan, edits)]
    for key in dict.fromkeys(one.note.key for one in edits):
        for part in parts:
            found = part.locator.find(key)
            if found is not None and found.document.file in plan.files:
                written[key] = found
                problems += [
                    one
                    for one in part.problems
                    if one.rule != BROKEN_REFERENCE.id and is_about(one, found)
                ]
    then = replace(loaded, strategy=_replace_entries(loaded.strategy, written, parts))
    locator = Locator(
        written.get(None) or loaded.locator.header,
        {key: one for key, one in written.items() if key is not None},
    )
    problems += check_closely(then, reading.today, tuple(written), locator)
    return Overlay(then, plan, written, problems)


class _PartTree:
    """A tree of which only some files of the strategy are there, besides what describes its kinds."""

    def __init__(self, tree: Tree, files: Mapping[str, str]) -> None:
        self._tree, self._files = tree, files

    def list_files(self, folder: str) -> Sequence[str]:
        if folder != FOLDER:
            return self._tree.list_files(folder)
        return sorted(path for path in self._files if path.startswith(f"{FOLDER}/"))

    def list_hidden(self, folder: str) -> Sequence[str]:
        return ()

    def read_bytes(self, path: str) -> bytes:
        return self._files[path].encode() if path in self._files else self._tree.read_bytes(path)


def _list_parts(reading: Reading, plan: NotePlan, edits: Sequence[Edit]) -> list[_PartTree]:
    """For each file that changes, a strategy of that file alone: of a long list the entries that
    change, one by one.
    """
    found = []
    for path, text in plan.files.items():
        cut = _cut_out(reading, path, text, edits) if path != MAIN_FILE else []
        found += [_PartTree(reading.tree, {path: part}) for part in cut or [text]]
    return found


def _cut_out(reading: Reading, path: str, text: str, edits: Sequence[Edit]) -> list[str]:
    """The entries of a long list that change, each as a list of its own; nothing where the file is
    short, or no such list.
    """
    locator = reading.loaded.locator
    spans: list[tuple[int, int, Edit]] = []
    begun = []
    for edit in edits:
        written = locator.find(edit.note.key)
        if written is None:
            begun.append(edit)
        elif written.document.file == path:
            document, route = written.document, written.route
            if document.is_short or len(route) != 1 or not isinstance(route[0], int):
                return []
            spans.append((document.key_place(route).line, document.end_place(route).line, edit))
    if not spans and not (begun and reading.tree.list_files(FOLDER).count(path)):
        return []
    alone = [(*span[:2], _plan_alone(reading, path, span[2])) for span in spans]
    before = reading.tree.read_bytes(path).decode().splitlines()
    parts = []
    for first, last, changed in alone:
        lines = changed.splitlines()
        parts.append("\n".join(lines[first - 1 : last + len(lines) - len(before)]) + "\n")
    if begun:
        grown = sum(len(changed.splitlines()) - len(before) for _, _, changed in alone)
        parts.append("\n".join(text.splitlines()[len(before) + grown :]) + "\n")
    return parts


def _plan_alone(reading: Reading, path: str, edit: Edit) -> str:
    plan = plan_notes(reading.tree, reading.loaded, [edit.note], reading.ground.max_bytes)
    return plan.files.get(path) or reading.tree.read_bytes(path).decode()


def _replace_entries(
    strategy: Strategy | None, written: Mapping[Key | None, Written], parts: Sequence[Loaded]
) -> Strategy | None:
    """The strategy with these entries; one with a fault stays as it was."""
    if strategy is None:
        return None
    entries: dict[str, Mapping[str, Entry]] = dict(strategy.entries)
    for key, one in written.items():
        if key is not None and one.entry is not None:
            entries[key.kind] = {**entries.get(key.kind, {}), key.id: one.entry}
    headers = [part.strategy.header for part in parts if part.strategy is not None]
    header = headers[0] if None in written and headers else strategy.header
    links = [link for link in strategy.links if link.source not in written]
    links += [link for one in written.values() for link in one.links]
    known = [link for link in links if link.target.id in entries.get(link.target.kind, {})]
    return Strategy(header, entries, tuple(known))
