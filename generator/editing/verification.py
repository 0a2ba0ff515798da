"""Saying that somebody has read an entry: `reviewed_on` is set where the entry is written, and
nothing else changes.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from fnmatch import fnmatchcase

from generator.editing.value_changes import Put
from generator.editing.value_edits import EditError, edit_entries
from generator.files.tree import Tree
from generator.loading.loader import Loaded
from generator.model.entry import Key
from generator.model.insights.agenda import list_items, owner_of
from generator.model.insights.freshness import NEVER_REVIEWED
from generator.model.strategy import Strategy
from generator.problems.suggestions import suggest
from generator.syntax.document import MAX_BYTES


class VerificationError(Exception):
    """An entry cannot be verified. The text is one line for the terminal."""


def verify_entries(
    tree: Tree, keys: Sequence[Key], day: date, loaded: Loaded, max_bytes: int = MAX_BYTES
) -> Mapping[str, str]:
    """The files that change, with their new text, where these entries were reviewed on `day`.

    `loaded` is what reading the tree gave. Raises VerificationError rather than change anything but
    the date.
    """
    try:
        return edit_entries(
            tree, [(key, Put(("reviewed_on",), day)) for key in keys], max_bytes, loaded
        )
    except EditError as error:
        raise VerificationError(str(error)) from error


@dataclass(frozen=True)
class Choice:
    """Which entries somebody has read: `names` are entries (`kind/id`, or an id alone), kinds, files
    of the strategy or patterns such as `objections/*`; none stands for all. Of these only those of
    an `owner`, and only those that `due` lists for a review, where that is asked for.
    """

    names: Sequence[str] = ()
    owner: str | None = None
    only_due: bool = False


def choose_entries(choice: Choice, loaded: Loaded, today: date) -> list[Key]:
    """The entries that were read, in the order in which they were named, each once.

    Raises VerificationError where a name means nothing, or several entries.
    """
    strategy = loaded.strategy
    if strategy is None:
        raise VerificationError("the strategy cannot be read; playbook check says why")
    if not choice.names and choice.owner is None and not choice.only_due:
        raise VerificationError(
            "name entries, a kind or a file; or say --owner ID, or --all-due for what due lists"
        )
    reviewed = [entry.key for entry in strategy if entry.KIND not in NEVER_REVIEWED]
    keys = [key for name in choice.names for key in _find_keys(name, strategy, reviewed)]
    kept = set(reviewed)
    if choice.owner is not None:
        kept = {key for key in kept if _owner(strategy, key) == choice.owner}
    if choice.only_due:
        items = list_items(strategy, today, strategy.header.checks.due_soon.length)
        kept &= {item.key for item in items if item.work == "review"}
    return list(dict.fromkeys(key for key in (keys if choice.names else reviewed) if key in kept))


def _owner(strategy: Strategy, key: Key) -> str:
    entry = strategy.find(key)
    return owner_of(entry, strategy.header) if entry is not None else ""


def _find_keys(name: str, strategy: Strategy, reviewed: Sequence[Key]) -> Sequence[Key]:
    """The entries that a name means."""
    if name in strategy.entries:
        if name in NEVER_REVIEWED:
            raise VerificationError(f"{name} are not reviewed: they record what was said on a day")
        return [key for key in reviewed if key.kind == name]
    if "*" in name:
        found = [key for key in reviewed if fnmatchcase(str(key), name)]
    elif name.endswith(".yaml"):
        found = [entry.key for entry in strategy if entry.place.file == name]
        found = [key for key in found if key in reviewed]
    else:
        return [find_key(name, strategy)]
    if not found:
        raise VerificationError(f"there is no entry in {name} that is reviewed")
    return found


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
        known = {str(entry.key) if slash else entry.id for entry in strategy}
        near = suggest(name, sorted({*known, *(() if slash else strategy.entries)}))
        if slash and kind not in strategy.entries:
            raise VerificationError(
                f'"{kind}" is not a kind of entry; kinds are: {", ".join(strategy.entries)}'
            )
        raise VerificationError(
            f'there is no entry "{name}"' + (f'; did you mean "{near}"?' if near else "")
        )
    if found[0].kind in NEVER_REVIEWED:
        raise VerificationError(f"{found[0]} is not reviewed: it records what was said on a day")
    return found[0]


def refuse_owner(owner: str, strategy: Strategy) -> None:
    """Raise VerificationError where nobody among the people has this id."""
    if strategy.find(Key("people", owner)) is None:
        near = suggest(owner, {person.id: (person.title,) for person in strategy.of("people")})
        hint = f'; did you mean "{near}"?' if near else ""
        raise VerificationError(f'there is no "{owner}" among the people{hint}')
