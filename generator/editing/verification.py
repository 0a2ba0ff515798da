"""Saying that somebody has read an entry: `reviewed_on` is set where the entry is written, and
nothing else changes.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import date

from generator.files.tree import OverlayTree, Tree
from generator.loading.loader import load_strategy
from generator.model.entry import Entry, Key
from generator.model.insights.freshness import NEVER_REVIEWED
from generator.model.strategy import Strategy
from generator.problems.fixes import apply_edits
from generator.problems.suggestions import suggest
from generator.schema.vocabulary import KINDS
from generator.syntax.document import MAX_BYTES

_BOM = "\ufeff"


class VerificationError(Exception):
    """An entry cannot be verified. The text is one line for the terminal."""


def verify_entries(
    tree: Tree, names: Sequence[str], day: date, max_bytes: int = MAX_BYTES
) -> Mapping[str, str]:
    """The files that change, with their new text, where these entries (`kind/id`, or an id alone)
    were reviewed on `day`.

    Raises VerificationError where a name is no entry's or several entries', and rather than change
    anything but the date.
    """
    loaded = load_strategy(tree, max_bytes)
    if loaded.strategy is None:
        raise VerificationError("the strategy cannot be read; playbook check says why")
    keys = list(dict.fromkeys(find_key(name, loaded.strategy) for name in names))
    edits = [loaded.locator.date_edit(key, "reviewed_on", day.isoformat()) for key in keys]
    changed: dict[str, str] = {}
    for file in sorted({edit.place.file for edit in edits}):
        before = _read(tree, file)
        end = "\r\n" if "\r\n" in before else "\n"
        own = [
            replace(edit, text=edit.text.replace("\n", end))
            for edit in edits
            if edit.place.file == file
        ]
        bom = _BOM if before.startswith(_BOM) else ""
        changed[file] = bom + apply_edits(before.removeprefix(_BOM), own)
    after = load_strategy(OverlayTree(tree, changed), max_bytes).strategy
    if after is None or list(after) != [_reviewed(entry, keys, day) for entry in loaded.strategy]:
        raise VerificationError("the date cannot be set safely; write reviewed_on by hand")
    return changed


def _reviewed(entry: Entry, keys: Sequence[Key], day: date) -> Entry:
    return replace(entry, reviewed_on=day) if entry.key in keys else entry


def _read(tree: Tree, file: str) -> str:
    try:
        return tree.read_bytes(file).decode("utf-8")
    except UnicodeDecodeError:
        raise VerificationError(f"{file} is not saved as UTF-8") from None


def find_key(name: str, strategy: Strategy) -> Key:
    """The one entry that somebody means by `kind/id` or by an id alone. Raises VerificationError
    where it is not clear.
    """
    kind, slash, entry_id = name.partition("/")
    found = [
        entry.key
        for entry in strategy
        if entry.key == (kind, entry_id) or (not slash and entry.id == name)
    ]
    if len(found) > 1:
        raise VerificationError(
            f'"{name}" may be {" or ".join(map(str, found))}; name it with its kind'
        )
    if not found:
        known = [str(entry.key) if slash else entry.id for entry in strategy]
        near = suggest(name, sorted(set(known)))
        if slash and kind not in KINDS:
            raise VerificationError(
                f'"{kind}" is not a kind of entry; kinds are: {", ".join(KINDS)}'
            )
        raise VerificationError(
            f'there is no entry "{name}"' + (f'; did you mean "{near}"?' if near else "")
        )
    if found[0].kind in NEVER_REVIEWED:
        raise VerificationError(f"{found[0]} is not reviewed: it records what was said on a day")
    return found[0]
