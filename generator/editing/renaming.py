"""An entry gets another id: where it is written, in everything that refers to it, and in the name of
its file; the old one is kept among its former ids, so that old addresses lead to it.
"""

from __future__ import annotations

import posixpath
import re
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from urllib.parse import urlsplit

from generator.editing.value_changes import Change, Put
from generator.editing.value_edits import EditError, edit_entries, read_text, value_at
from generator.files.tree import OverlayTree, Tree
from generator.loading.guides import HandWritten, read_hand_written
from generator.loading.loader import Loaded, load_strategy
from generator.loading.located_entry import Written
from generator.loading.manuscript import FOLDER
from generator.model.addresses import address_of
from generator.model.builder import parse_key
from generator.model.entry import Key
from generator.model.insights.freshness import NEVER_REVIEWED
from generator.model.markdown import find_entry_links, find_file_links, find_page_links
from generator.problems.fixes import Mended, apply_edits
from generator.problems.problem import Edit, Place, Severity
from generator.problems.suggestions import suggest
from generator.schema.corrections import make_id
from generator.schema.vocabulary import is_id
from generator.syntax.document import MAX_BYTES, Route


class RenamingError(Exception):
    """An entry cannot be renamed. The text is one line for the terminal."""


@dataclass(frozen=True)
class Renaming:
    """What a renaming writes: the files that change, and how many references to the entry do."""

    key: Key
    files: tuple[Mended, ...]
    references: int


def plan_renaming(
    tree: Tree, key: Key, new_id: str, today: date, max_bytes: int = MAX_BYTES, site: str = ""
) -> Renaming:
    """What must be written for the entry `key` to be called `new_id`. Nothing is written here.

    `today` becomes the day of its review: whoever renames an entry has read it. `site` is the file
    with the site's menu, which may name its page. Raises RenamingError where there is no such entry,
    where the id is taken, or where the strategy would not say the same as before.
    """
    loaded = load_strategy(tree, max_bytes)
    written = _find(loaded, key)
    new = Key(key.kind, new_id)
    _refuse_id(loaded, key, new)
    mentions = list(_list_mentions(loaded, key, new))
    changes = [*mentions, *_change_entry(written, new, today)]
    try:
        texts = dict(edit_entries(tree, changes, max_bytes, loaded))
        pages, links = _change_pages(tree, key, new, site)
    except EditError as error:
        raise RenamingError(str(error)) from error
    moved = _move(written, key, new)
    if moved and moved[1] in loaded.files:
        raise RenamingError(f"{moved[1]} is there already")
    files = tuple(
        Mended(file, read_text(tree, file), text, moved[1] if moved and file == moved[0] else "")
        for file, text in sorted({**texts, **pages}.items())
    )
    _refuse_other_meaning(tree, loaded, files, (key, new), max_bytes)
    return Renaming(new, files, len(mentions) + links)


def written_files(files: Sequence[Mended]) -> Mapping[str, str | None]:
    """What is written: texts by path, None for a file that is taken away."""
    gone = {file.file: None for file in files if file.moved_to}
    return {**gone, **{file.moved_to or file.file: file.after for file in files}}


def _find(loaded: Loaded, key: Key) -> Written:
    if loaded.strategy is None:
        raise RenamingError("the strategy cannot be read; playbook check says why")
    written = loaded.locator.find(key)
    if written is None:
        near = suggest(key.id, sorted(one.id for one in loaded.keys if one.kind == key.kind))
        hint = f'; did you mean "{near}"?' if near else ""
        raise RenamingError(f'there is no "{key.id}" among the {key.kind}{hint}')
    return written


def _refuse_id(loaded: Loaded, key: Key, new: Key) -> None:
    if not is_id(new.id) or "\n" in new.id:  # Python's $ lets a line end pass
        meant = make_id(new.id)
        hint = f'did you mean "{meant}"?' if meant else "write lower-case words joined by hyphens"
        raise RenamingError(f'"{new.id}" cannot be an id; {hint}')
    if new == key:
        raise RenamingError(f"{key} has this id already")
    if new in loaded.keys:
        raise RenamingError(f"{new} is there already, as another entry")
    for other in loaded.keys:
        written = loaded.locator.find(other)
        if other.kind == key.kind and other != key and written and new.id in _former_ids(written):
            raise RenamingError(f'"{new.id}" is a former id of {other}, whose old addresses use it')


def _former_ids(written: Written) -> Sequence[str]:
    found = written.value.get("former_ids") if isinstance(written.value, dict) else None
    return found if isinstance(found, list) else []


def _change_entry(written: Written, new: Key, today: date) -> Iterator[tuple[Key | None, Change]]:
    key = written.key
    former = [one for one in _former_ids(written) if one != new.id]
    yield key, Put(("id",), new.id)
    yield key, Put(("former_ids",), [*former, *([key.id] if key else [])])
    if new.kind not in NEVER_REVIEWED:
        yield key, Put(("reviewed_on",), today)


def _list_mentions(loaded: Loaded, key: Key, new: Key) -> Iterator[tuple[Key | None, Change]]:
    """Every reference to the entry, as the change that it needs; of a text each once, with all links
    in it.
    """
    for owner in (None, *sorted(loaded.keys)):
        written = loaded.locator.find(owner)
        texts: set[Route] = set()
        for mention, target in written.list_mentions() if written is not None else ():
            if target != key or mention.route in texts:
                continue
            if mention.in_text:
                texts.add(mention.route)
                text = str(value_at(written.value if written else None, mention.route))
                yield owner, Put(mention.route, _change_links(text, key, new))
            else:
                kind, slash, _ = mention.written.rpartition("/")
                yield owner, Put(mention.route, f"{kind}{slash}{new.id}")


def _change_links(text: str, key: Key, new: Key) -> str:
    """A prose text whose links to the entry lead to its new id."""
    places = [
        (link.target_start, link.target)
        for link in find_entry_links(text)
        if parse_key(link.target, ()) == key and link.target_start is not None
    ]
    for start, target in sorted(set(places), reverse=True):
        text = f"{text[:start]}{new}{text[start + len(target) :]}"
    return re.sub(rf"entry:{re.escape(str(key))}(?![\w-])", f"entry:{new}", text)


def _move(written: Written, key: Key, new: Key) -> tuple[str, str] | None:
    """The file of an entry that has one of its own, and the name that it gets."""
    file = f"{FOLDER}/{key.kind}/{key.id}.yaml"
    return (file, f"{FOLDER}/{key.kind}/{new.id}.yaml") if written.document.file == file else None


def _change_pages(tree: Tree, key: Key, new: Key, site: str) -> tuple[Mapping[str, str], int]:
    """Hand-written pages that lead to the entry, and the site's menu; how many links change."""
    texts, count = {}, 0
    for page in read_hand_written(tree)[0]:
        edits = {*_change_entry_links(page, key, new), *_change_file_links(page, key, new)}
        if edits:
            file = page.file
            texts[file] = _apply(read_text(tree, file), edits)
            count += len(edits)
    old, goal = (f"{address_of(one)}index.md" for one in (key, new))
    if site and "#" not in old:
        try:
            text = read_text(tree, site)
        except FileNotFoundError:
            return texts, count
        after, found = re.subn(rf"(?<![\w/.-]){re.escape(old)}", goal, text)
        texts |= {site: after} if found else {}
        count += found
    return texts, count


def _apply(text: str, edits: set[Edit]) -> str:
    mark = "\ufeff" if text.startswith("\ufeff") else ""
    return mark + apply_edits(text.removeprefix(mark), sorted(edits, key=lambda one: one.place))


def _change_entry_links(page: HandWritten, key: Key, new: Key) -> Iterator[Edit]:
    for link in find_page_links(page.text):
        if parse_key(link.target, ()) == key:
            if link.target_start is None:
                yield from _change_words(page, f"entry:{key}", f"entry:{new}")
            else:
                line = page.text.count("\n", 0, link.target_start) + 1
                column = link.target_start - page.text.rfind("\n", 0, link.target_start)
                yield _edit(page, line, column, link.target, str(new))


def _change_words(page: HandWritten, old: str, new: str) -> Iterator[Edit]:
    for number, line in enumerate(page.text.split("\n"), 1):
        for found in re.finditer(rf"{re.escape(old)}(?![\w-])", line):
            yield _edit(page, number, found.start() + 1, old, new)


def _change_file_links(page: HandWritten, key: Key, new: Key) -> Iterator[Edit]:
    """Links to the page of the entry, as a file seen from this one."""
    folder = posixpath.dirname(page.path)
    old_page, _, old_anchor = address_of(key).partition("#")
    new_page, _, new_anchor = address_of(new).partition("#")
    lines = page.text.split("\n")
    for address, number in find_file_links(page.text):
        parts = urlsplit(address)
        target = posixpath.normpath(posixpath.join(folder, parts.path))
        if target != f"{old_page}index.md" or (old_anchor and parts.fragment != old_anchor):
            continue
        path = posixpath.relpath(f"{new_page}index.md", folder or ".")
        meant = parts._replace(path=path, fragment=new_anchor or parts.fragment).geturl()
        column = lines[number - 1].find(address) + 1
        if column:
            yield _edit(page, number, column, address, meant)


def _edit(page: HandWritten, line: int, column: int, old: str, new: str) -> Edit:
    place = Place(page.file, line, column, line, column + len(old))
    return Edit(place, new)


def _refuse_other_meaning(
    tree: Tree, before: Loaded, files: Sequence[Mended], keys: tuple[Key, Key], max_bytes: int
) -> None:
    """All entries and references must be as before, but for the id; and nothing new may be wrong."""
    after = load_strategy(OverlayTree(tree, written_files(files)), max_bytes)

    def renamed(one: Key | None) -> Key | None:
        return keys[1] if one == keys[0] else one

    def links(loaded: Loaded) -> Counter[tuple[Key | None, str, Key | None]]:
        found = loaded.strategy.links if loaded.strategy else ()
        return Counter((one.source, one.field, one.target) for one in found)

    wanted = Counter(
        {(renamed(a), b, renamed(c)): count for (a, b, c), count in links(before).items()}
    )
    errors = (
        Counter(one.rule for one in loaded.problems if one.severity is Severity.ERROR)
        for loaded in (after, before)
    )
    same_keys = after.keys == frozenset(filter(None, map(renamed, before.keys)))
    if not same_keys or links(after) != wanted or next(errors) - next(errors):
        raise RenamingError(
            f"{keys[0]} cannot be renamed safely; playbook check says what is wrong"
        )
