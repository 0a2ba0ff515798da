"""Kinds of a company's own whose name a later format has taken for a kind that every playbook has: as
text edits, the same strategy with theirs called otherwise. What was written before stays readable so.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from generator.files.tree import OverlayTree, Tree
from generator.problems.fixes import apply_edits
from generator.problems.problem import Edit
from generator.schema.migrations import FORMAT, peek_format
from generator.schema.own_description import DESCRIPTION
from generator.schema.vocabulary import KINDS, is_id, standard_vocabulary
from generator.syntax.document import Document, Route, read_document

_MAIN = "strategy.yaml"
_FOLDER = "strategy"
_OWNERS = (("strategy", "owners"), ("strategy", "checks", "review_every"))
_RULES = ("strategy", "checks", "rules")


@dataclass(frozen=True)
class TakenKind:
    """A kind of the company's own whose name is taken, and the name it gets."""

    name: str
    new_name: str


def find_taken_kinds(tree: Tree) -> tuple[TakenKind, ...]:
    """The own kinds that `schema/custom.yaml` describes and that came to every playbook with a later
    format than that of this strategy.
    """
    try:
        raw, main = tree.read_bytes(DESCRIPTION), tree.read_bytes(_MAIN)
    except OSError:
        return ()
    written = peek_format(main)
    if written >= FORMAT or b"kinds" not in raw:
        return ()
    kinds = read_document(DESCRIPTION, raw).document.value(("kinds",))
    own = list(kinds) if isinstance(kinds, dict) else []
    return tuple(
        TakenKind(name, _find_free(name, own)) for name in own if is_taken_later(name, written)
    )


def is_taken_later(name: str, written_format: int) -> bool:
    """Whether a kind of this name came with a later format than the one that a strategy has."""
    found = standard_vocabulary().kinds.get(name)
    return found is not None and found.since > written_format


def _find_free(name: str, own: Sequence[str]) -> str:
    new = f"our_{name}"
    while new in KINDS or new in own:
        new = f"our_{new}"
    return new


def rename_own_kinds(
    tree: Tree, taken: Iterable[TakenKind], pages: Sequence[str] = ()
) -> dict[str, str | None]:
    """The files that change where these kinds get their new names, None for one that is gone.
    `pages` are the files that lead to entries by their addresses: hand-written pages, mkdocs.yml.
    """
    texts: dict[str, str | None] = {}
    for kind in taken:
        texts |= _rename(OverlayTree(tree, texts), kind, pages)
    return texts


def keep_own_kinds(tree: Tree, pages: Sequence[str] = ()) -> Tree:
    """The same files with such kinds under their new names: what was written in an older format
    reads as it will once it is upgraded.
    """
    taken = find_taken_kinds(tree)
    return OverlayTree(tree, rename_own_kinds(tree, taken, pages)) if taken else tree


def _rename(tree: Tree, kind: TakenKind, pages: Sequence[str]) -> dict[str, str | None]:
    old, new = kind.name, kind.new_name
    files = [DESCRIPTION, _MAIN, *tree.list_files(_FOLDER)]
    written = {file: text for file in files if (text := _read(tree, file)) is not None}
    documents = {
        file: read_document(file, text.encode()).document
        for file, text in written.items()
        if file.endswith(".yaml")
    }
    ids = sorted(_list_ids(documents, old))
    named = "|".join(map(re.escape, ids)) or "(?!)"
    texts: dict[str, str | None] = {}
    for file, document in documents.items():
        before = written[file]
        mark = "\ufeff" if before.startswith("\ufeff") else ""
        edits = [Edit(document.key_place(route), new) for route in _list_keys(document, old)]
        edits += [Edit(document.value_place(route), new) for route in _list_names(document, old)]
        after = mark + apply_edits(before.removeprefix(mark), edits)
        after = re.sub(rf"(?<![\w/.-]){old}/(?=(?:{named})(?![\w-]))", f"{new}/", after)
        moved = re.sub(rf"^{_FOLDER}/{old}(?=[./])", f"{_FOLDER}/{new}", file)
        if moved != file:
            texts |= {file: None, moved: after}
        elif after != before:
            texts[file] = after
    for file in pages:
        text = _read(tree, file)
        if text is not None and (after := _lead_on(text, kind, named)) != text:
            texts[file] = after
    return texts


def _lead_on(text: str, kind: TakenKind, named: str) -> str:
    """A page of which the links to entries of a kind, and to their pages, lead to the new name."""
    text = re.sub(rf"entry:{kind.name}/(?=(?:{named})(?![\w-]))", f"entry:{kind.new_name}/", text)
    old, new = (name.replace("_", "-") for name in (kind.name, kind.new_name))
    pages = rf"(?=(?:(?:{named})/)?index\.md|(?:{named})/?[)#])"
    return re.sub(rf"(?:(?<![\w/.-])|(?<=\.\./)){old}/{pages}", f"{new}/", text)


def _list_ids(documents: Mapping[str, Document], kind: str) -> Iterator[str]:
    """The ids, today's and former ones, of all entries of a kind."""
    for file, document in documents.items():
        route = (kind,) if file == _MAIN else ()
        if file == _MAIN or file.startswith((f"{_FOLDER}/{kind}.", f"{_FOLDER}/{kind}/")):
            found = document.value(route)
            for entry in found if isinstance(found, list) else [found]:
                if isinstance(entry, dict):
                    former = entry.get("former_ids")
                    former = former if isinstance(former, list) else []
                    yield from (one for one in (entry.get("id"), *former) if _is_id(one))


def _is_id(value: Any) -> bool:
    return isinstance(value, str) and is_id(value)


def _list_keys(document: Document, kind: str) -> Iterator[Route]:
    """Where a kind is named before a colon."""
    if document.file == DESCRIPTION:
        yield ("kinds", kind)
    if document.file == _MAIN:
        for route in ((kind,), *((*group, kind) for group in _OWNERS)):
            if document.has(route):
                yield route


def _list_names(document: Document, kind: str) -> Iterator[Route]:
    """Where a kind is named as a value: what a field refers to, what a rule is about."""
    if document.file == DESCRIPTION:
        yield from _find_named(document.data, (), "refers_to", kind)
    rules = document.value(_RULES) if document.file == _MAIN else None
    for position, rule in enumerate(rules if isinstance(rules, list) else []):
        yield from _find_named(rule, (*_RULES, position), "kind", kind)


def _find_named(value: Any, route: Route, key: str, kind: str) -> Iterator[Route]:
    """Where a key stands whose value is this name, or a list with it."""
    for name, inner in value.items() if isinstance(value, dict) else ():
        here = (*route, name)
        if name == key and inner == kind:
            yield here
        elif name == key and isinstance(inner, list):
            yield from ((*here, place) for place, one in enumerate(inner) if one == kind)
        else:
            yield from _find_named(inner, here, key, kind)


def _read(tree: Tree, file: str) -> str | None:
    """The text of a file; None where it cannot be read, which is said elsewhere."""
    try:
        return tree.read_bytes(file).decode("utf-8")
    except (OSError, UnicodeDecodeError):
        return None
