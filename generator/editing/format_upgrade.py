"""A strategy of an older format, brought to the current one where it is written: only the lines
that must change do, and comments and layout stay.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

from generator.editing.value_changes import Put
from generator.editing.value_edits import EditError, edit_text, read_text
from generator.files.tree import OverlayTree, Tree
from generator.loading.guides import find_folder
from generator.loading.loader import Loaded, load_strategy
from generator.loading.manuscript import MAIN_FILE
from generator.model.entry import Entry
from generator.problems.fixes import apply_edits
from generator.problems.problem import Edit, Place
from generator.schema.migrations import FORMAT, read_format
from generator.schema.own_description import DESCRIPTION
from generator.schema.taken_kinds import TakenKind, find_taken_kinds, rename_own_kinds
from generator.schema.vocabulary import OWN
from generator.syntax.document import MAX_BYTES, Document, Route, read_document

_FORMAT = ("strategy", "format")
_RULES = ("strategy", "checks", "rules")
_NAMES_FIELDS = ("must_have", "fields", "date", "when")
"""The words of a rule of the company's own that name fields."""


class FormatUpgradeError(Exception):
    """A strategy cannot be brought to the current format. The text is one line for the terminal."""


@dataclass(frozen=True)
class Taken:
    """A field of the company's own whose name a later format has taken, and the name it gets."""

    kind: str
    name: str

    @property
    def new_name(self) -> str:
        return f"our_{self.name}"


@dataclass(frozen=True)
class FormatUpgrade:
    """From which format; the new texts of the files that change (None: it is gone, for it has another
    name); the own fields and kinds that were renamed.
    """

    before: int
    files: Mapping[str, str | None]
    renamed: tuple[Taken, ...] = ()
    kinds: tuple[TakenKind, ...] = ()


def upgrade_format(
    tree: Tree, max_bytes: int = MAX_BYTES, *, rename_own: bool = False, site: str = ""
) -> FormatUpgrade | None:
    """The strategy in the current format; None where there is nothing to do: it is current, newer, or
    says no format. `rename_own` gives own fields and kinds another name where the new format has taken
    theirs; `site` is the file with the site's menu, which may name pages of such a kind.

    Raises FormatUpgradeError rather than write what reads otherwise than before.
    """
    try:
        raw = tree.read_bytes(MAIN_FILE)
        raw.decode("utf-8")
    except FileNotFoundError:
        return None
    except (OSError, UnicodeDecodeError):
        raise FormatUpgradeError(f"{MAIN_FILE} cannot be read; playbook check says why") from None
    written = read_format(read_document(MAIN_FILE, raw, max_bytes).document)
    if written >= FORMAT:
        return None
    kinds = find_taken_kinds(tree)
    pages = [page for page in tree.list_files(find_folder(tree)) if page.endswith(".md")]
    moved = rename_own_kinds(tree, kinds, [*pages, *filter(None, [site])])
    tree = OverlayTree(tree, moved)
    loaded = load_strategy(tree, max_bytes)
    taken = tuple(_list_taken(tree, loaded))
    if (taken or kinds) and not rename_own:
        raise FormatUpgradeError(_say_taken(taken, kinds))
    try:
        files = _rename_fields(tree, loaded, taken)
        text = files.get(MAIN_FILE) or read_text(tree, MAIN_FILE)
        files[MAIN_FILE] = edit_text(MAIN_FILE, text, [Put(_FORMAT, FORMAT)])
    except EditError as error:
        raise FormatUpgradeError(str(error)) from error
    _refuse_other_meaning(tree, loaded, files, taken, max_bytes)
    return FormatUpgrade(written, {**moved, **files}, taken, kinds)


def _list_taken(tree: Tree, loaded: Loaded) -> Iterator[Taken]:
    """Own fields that `schema/custom.yaml` describes and that the current format would not let be."""
    try:
        described = read_document(DESCRIPTION, tree.read_bytes(DESCRIPTION)).document
    except OSError:
        return
    for kind in loaded.vocabulary.kinds.values():
        for name, one in kind.own.items():
            if one.takes_over and described.value(("fields", kind.key, name)) is not None:
                yield Taken(kind.key, name)


def _say_taken(taken: Sequence[Taken], kinds: Sequence[TakenKind]) -> str:
    named = [f"{one.name} of {one.kind}" for one in taken]
    names = ", ".join([*(f"the kind {one.name}" for one in kinds), *named])
    new = ", ".join([*(one.new_name for one in kinds), *(one.new_name for one in taken)])
    what = " and ".join(filter(None, ("kinds" if kinds else "", "fields" if taken else "")))
    it = "them" if len(taken) + len(kinds) > 1 else "it"
    return (
        f"format {FORMAT} has {what} of the same name as yours: {names}. To keep yours as {new}, run: "
        f"playbook upgrade --rename-own. To use what is standard instead, take {it} out of {DESCRIPTION} "
        f"and write format: {FORMAT} in {MAIN_FILE}"
    )


def _rename_fields(tree: Tree, loaded: Loaded, taken: Sequence[Taken]) -> dict[str, str]:
    """The files that name these fields, with the new names: their description, entries, own rules."""
    if not taken:
        return {}
    described, main = (
        read_document(file, tree.read_bytes(file)).document for file in (DESCRIPTION, MAIN_FILE)
    )
    edits: dict[str, set[Edit]] = {}
    for one in taken:
        for place in _list_places(described, main, loaded, one):
            edits.setdefault(place.file, set()).add(Edit(place, one.new_name))
    texts = {}
    for file, changes in edits.items():
        text = read_text(tree, file)
        mark = "\ufeff" if text.startswith("\ufeff") else ""
        texts[file] = mark + apply_edits(text.removeprefix(mark), changes)
    return texts


def _list_places(
    described: Document, main: Document, loaded: Loaded, one: Taken
) -> Iterator[Place]:
    """Where a field is named: in its description, in the entries, in the rules of the header."""
    yield described.key_place(("fields", one.kind, one.name))
    for name, other in (described.value(("fields", one.kind)) or {}).items():
        if isinstance(other, dict) and other.get("after") == one.name:
            yield described.value_place(("fields", one.kind, name, "after"))
    for key in loaded.keys:
        written = loaded.locator.find(key) if key.kind == one.kind else None
        if written is not None:
            for group in (written.route, (*written.route, OWN)):
                value = written.document.value(group)
                if isinstance(value, dict) and one.name in value:
                    yield written.document.key_place((*group, one.name))
    for position, rule in enumerate(main.value(_RULES) or ()):
        if isinstance(rule, dict) and rule.get("kind") == one.kind:
            for word in _NAMES_FIELDS:
                yield from _find_name(main, (*_RULES, position, word), rule.get(word), one.name)


def _find_name(document: Document, route: Route, value: Any, name: str) -> Iterator[Place]:
    """Where a field is named in a part of a rule: as a value, or as the key of what it must be."""
    if value == name:
        yield document.value_place(route)
    elif isinstance(value, list):
        for position, inner in enumerate(value):
            yield from _find_name(document, (*route, position), inner, name)
    elif isinstance(value, dict):
        for key, inner in value.items():
            if key == name:
                yield document.key_place((*route, key))
            elif key == "field":
                yield from _find_name(document, (*route, key), inner, name)


def _refuse_other_meaning(
    tree: Tree, loaded: Loaded, files: Mapping[str, str], taken: Sequence[Taken], max_bytes: int
) -> None:
    """What was sound must read as before; only what the older format did not know may be new."""
    before = loaded.strategy
    after = load_strategy(OverlayTree(tree, files), max_bytes).strategy
    kept = before is None or (
        after is not None
        and after.header.format == FORMAT
        and all(after.find(entry.key) == _rename_in(entry, taken) for entry in before)
    )
    if not kept:
        raise FormatUpgradeError(
            f"the format cannot be changed safely; write format: {FORMAT} in {MAIN_FILE} by hand"
        )


def _rename_in(entry: Entry, taken: Sequence[Taken]) -> Entry:
    """The entry with its own fields called as they are from now on."""
    names = {one.name: one.new_name for one in taken if one.kind == entry.KIND}
    if not names.keys() & entry.custom.keys():
        return entry
    return replace(
        entry, custom={names.get(name, name): value for name, value in entry.custom.items()}
    )
