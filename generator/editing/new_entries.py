"""New entries where their kind is written: in the list file of the kind where there is one, else each
in a file of its own.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from generator.editing.draft import draft_entry
from generator.editing.list_parts import find_end
from generator.editing.value_edits import EditError, read_text
from generator.files.tree import Tree
from generator.loading.loader import Loaded
from generator.loading.manuscript import FOLDER
from generator.model.entry import AUDIENCES, Key
from generator.schema.corrections import make_id
from generator.schema.migrations import FORMAT
from generator.schema.vocabulary import Kind, is_id
from generator.syntax.document import Document, read_document
from generator.syntax.layout import LayoutError, read_layout


class NewEntryError(Exception):
    """An entry cannot be begun. The text is one line for the terminal."""


@dataclass(frozen=True)
class NewEntry:
    """An entry to begin: its id, and its title where that was said."""

    id: str
    title: str = ""


def name_entry(name: str) -> NewEntry:
    """What somebody calls a new entry: an id, or a title that an id is made of. Raises
    NewEntryError.
    """
    if is_id(name) and "\n" not in name:  # Python's $ lets a line end pass
        return NewEntry(name)
    title = " ".join(name.split())
    made = make_id(title)
    if not made:
        raise NewEntryError(
            f'no id can be made of "{title}"; write lower-case words joined by hyphens, such as too-expensive'
        )
    return NewEntry(made, title)


def plan_entries(
    tree: Tree, loaded: Loaded, kind: Kind, entries: Sequence[NewEntry], today: date
) -> Mapping[str, str]:
    """The files that change or come, with their new text, where these entries are begun.

    Raises NewEntryError where an id is taken, or the list of the kind cannot be added to.
    """
    for position, entry in enumerate(entries):
        _refuse_taken(Key(kind.key, entry.id), loaded, entries[:position])
    header = loaded.strategy.header if loaded.strategy else None
    circles, written = (header.audiences, header.format) if header else (AUDIENCES, FORMAT)
    if kind.since > written:
        raise NewEntryError(
            f"{kind.plural} came with format {kind.since}, and this strategy is written in "
            f"format {written}; run: playbook upgrade"
        )
    drafts = [draft_entry(kind, one.id, today, circles[0], written, one.title) for one in entries]
    file = f"{FOLDER}/{kind.key}.yaml"
    if file not in loaded.files:
        paths = [f"{FOLDER}/{kind.key}/{entry.id}.yaml" for entry in entries]
        taken = set(paths) & set(tree.list_files(FOLDER))
        if taken:
            raise NewEntryError(f"{min(taken)} is there already")
        return dict(zip(paths, drafts, strict=True))
    try:
        return {file: append_entries(file, read_text(tree, file), drafts)}
    except EditError as error:
        raise NewEntryError(str(error)) from error


def _refuse_taken(key: Key, loaded: Loaded, others: Sequence[NewEntry]) -> None:
    known = loaded.strategy.find(key) if loaded.strategy else None
    if key in loaded.keys or key.id in {other.id for other in others}:
        where = f", in {known.place.file}" if known else ""
        raise NewEntryError(f'"{key.id}" exists already{where}')


def append_entries(
    file: str, text: str, drafts: Sequence[str], document: Document | None = None
) -> str:
    """The text of a list of entries with more at its end; all else stays as it is. Each draft is the
    text of a file with one entry; `document` is what reading the text gave, where that is known. Raises
    EditError where the list cannot be added to.
    """
    start = find_end(document, text) if document is not None else 0
    return text[:start] + _append(file, text[start:], drafts)


def _append(file: str, text: str, drafts: Sequence[str]) -> str:
    mark = "\ufeff" if text.startswith("\ufeff") else ""
    body = text.removeprefix(mark)
    before = read_document(file, body.encode(), len(text) * 4 + 1).document.data
    margin, dash, nl = "", "- ", "\n"
    if before is not None:
        try:
            layout = read_layout(body)
        except LayoutError as error:
            raise EditError(f"{file}: {error}") from None
        root, nl = layout.root, layout.line_break
        if root.form != "list" or root.style != "block":
            raise EditError(f"{file} is no list with a dash before each entry")
        margin = " " * layout.column(root.start)
        dash = f"-{' ' * _gap(layout.text[root.start : root.start + 9])}"
    lines = [line for draft in drafts for line in ("", *_as_item(draft, margin, dash))]
    parts = [body.rstrip("\r\n"), *lines] if body.strip() else lines[1:]
    after = nl.join(parts) + nl
    found = read_document(file, after.encode(), len(after) * 4 + 1).document.data
    held = [] if before is None else before
    if (
        not isinstance(found, list)
        or found[: len(held)] != held
        or len(found) != len(held) + len(drafts)
    ):
        raise EditError(f"{file} cannot be added to safely; write the entry by hand")
    return mark + after


def _gap(beginning: str) -> int:
    """How many spaces stand behind a dash; one where the entry begins on a line of its own."""
    inner = beginning[1:]
    return len(inner) - len(inner.lstrip(" ")) if inner.strip() == inner.lstrip(" ") else 1


def _as_item(draft: str, margin: str, dash: str) -> list[str]:
    """An entry of a file of its own as an item of a list."""
    lines, indent = [], margin
    for line in draft.splitlines():
        if indent == margin and not line.startswith("#"):
            lines.append(f"{margin}{dash}{line}")
            indent = margin + " " * len(dash)
        else:
            lines.append(f"{indent}{line}".rstrip())
    return lines
