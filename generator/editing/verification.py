"""Saying that somebody has read an entry: `reviewed_on` is set where the entry is written, and
nothing else changes.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date

from generator.editing.value_edits import EditError, Put, edit_entries
from generator.files.tree import Tree
from generator.loading.loader import load_strategy
from generator.model.entry import Key
from generator.model.insights.freshness import NEVER_REVIEWED
from generator.model.strategy import Strategy
from generator.problems.suggestions import suggest
from generator.schema.vocabulary import KINDS
from generator.syntax.document import MAX_BYTES


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
    keys = dict.fromkeys(find_key(name, loaded.strategy) for name in names)
    try:
        return edit_entries(
            tree, [(key, Put(("reviewed_on",), day)) for key in keys], max_bytes, loaded
        )
    except EditError as error:
        raise VerificationError(str(error)) from error


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
