"""The entries as they stand in the files: read, checked for shape, not yet put together.

`strategy.yaml` holds the header and a list per kind; below `strategy/` lie lists
(`objections.yaml`) and single entries (`objections/too-expensive.yaml`). What cannot be read
becomes a problem, and the rest goes on.
"""

from __future__ import annotations

import posixpath
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from functools import lru_cache

from generator.files.memory import LEAVES, NO_MEMORY, Memory
from generator.files.tree import OutsideError, Tree
from generator.loading.entry_files import take_entry_file
from generator.loading.main_file import say_of_main_file, take_main_file
from generator.loading.manuscript import FOLDER, MAIN_ELSEWHERE, MAIN_FILE, Leaf, Manuscript
from generator.loading.mishaps.foreign import recognise
from generator.loading.mishaps.strays import Stray, is_read, judge_linked_folder, judge_stray
from generator.loading.rules import (
    FOREIGN_FILE,
    LINK_OUTSIDE,
    MISSING_FILE,
    STRAY_FILE,
    UNKNOWN_KIND,
    UNREADABLE_FILE,
)
from generator.loading.truncation import find_ending
from generator.model.addresses import is_taken, placement_of
from generator.problems.problem import Place, Problem, Related, Severity
from generator.schema.custom_fields import (
    CUSTOM_SCHEMA,
    Described,
    open_vocabulary,
    read_custom_schema,
    read_own,
    says_something,
)
from generator.schema.migrations import peek_format
from generator.schema.own_description import DESCRIPTION
from generator.schema.rules import OLDER_FORMAT, OWN_DESCRIPTION, TWO_DESCRIPTIONS, UNKNOWN_FIELD
from generator.schema.validator import checker_of
from generator.schema.vocabulary import KINDS, Field, Vocabulary, standard_vocabulary
from generator.syntax.document import MAX_BYTES, Document, Read, read_document
from generator.syntax.torn.outline import FILE, Group, Outline


def read_manuscript(
    tree: Tree, max_bytes: int = MAX_BYTES, memory: Memory = NO_MEMORY
) -> Manuscript:
    """Everything written in `tree`, and every fault of form in it."""
    problems: list[Problem] = []
    own = _read_vocabulary(tree, problems, memory)
    files = tree.list_files(FOLDER)
    manuscript = Manuscript(
        vocabulary=own.vocabulary,
        description=own.description,
        checker=checker_of(own.vocabulary),
        problems=problems,
        listed=frozenset(files),
    )
    for file in [MAIN_FILE, *files, *tree.list_hidden(FOLDER)]:
        if _read_file(tree, file, manuscript, max_bytes, memory):
            manuscript.files.append(file)
    _find_beside(tree, manuscript)
    manuscript.problems = list(_tell_format_once(manuscript.problems))
    if not own.description.readable:  # nobody knows which names it would have explained
        echoes = (UNKNOWN_FIELD.id, UNKNOWN_KIND.id)
        manuscript.problems = [one for one in manuscript.problems if one.rule not in echoes]
    return manuscript


def _find_beside(tree: Tree, manuscript: Manuscript) -> None:
    """Lists of a kind that lie beside strategy.yaml, where nobody looks for them. Only kinds without an
    entry are looked for: the others are not missed.
    """
    held = {written.kind.key for written in manuscript.entries} | manuscript.unread_kinds
    for kind in KINDS:
        file = f"{kind}.yaml"
        if kind in held or not _exists(tree, file):
            continue
        manuscript.unread_kinds.add(kind)
        manuscript.problems.append(
            STRAY_FILE.problem(
                place=Place(file),
                title=f"this file is not read, for it does not lie in the folder {FOLDER}",
                why="Its entries are missing in the strategy; references to them are not told.",
                fix=f"Move it to {FOLDER}/{file}.",
                severity=Severity.ERROR,
                is_cause=True,
                renamed_to=f"{FOLDER}/{file}",
            )
        )


def _tell_format_once(problems: Sequence[Problem]) -> Iterator[Problem]:
    """Everything that an older format does not know has one cause: it is told at the first."""
    found = [problem for problem in problems if problem.rule == OLDER_FORMAT.id]
    for problem in problems:
        if problem.rule != OLDER_FORMAT.id or len(found) == 1:
            yield problem
        elif problem is found[0]:
            count = f"{len(found) - 1} more {'entry needs' if len(found) == 2 else 'entries need'}"
            yield replace(
                problem,
                why=f"{problem.why} {count} a newer format, too.",
                related=(Related(found[1].place, "the next one"),),
            )


def _read_vocabulary(tree: Tree, problems: list[Problem], memory: Memory) -> Described:
    """The vocabulary with what the company has described of its own, in either of two files."""
    before = len(problems)
    by_hand = _read_own(tree, CUSTOM_SCHEMA, problems)
    described = _read_own(tree, DESCRIPTION, problems)
    if described is not None:
        written_format = peek_format(_read_own(tree, MAIN_FILE, []) or b"")
        found = memory.about("description", written_format).of(
            DESCRIPTION, described, lambda: read_own(described, written_format)
        )
        problems += [*found.description.problems, *_find_taken_addresses(found)]
        if by_hand is not None and says_something(by_hand):
            problems.append(_say_two_files())
        return found
    if by_hand is not None:
        vocabulary, problem = memory.about("vocabulary").of(
            CUSTOM_SCHEMA, by_hand, lambda: read_custom_schema(by_hand)
        )
        problems += [problem] if problem else []
        return Described(vocabulary)
    return Described(standard_vocabulary() if len(problems) == before else open_vocabulary())


def _read_own(tree: Tree, file: str, problems: list[Problem]) -> bytes | None:
    """What a file holds; None where it is not there or cannot be read."""
    try:
        return tree.read_bytes(file)
    except FileNotFoundError:
        return None
    except OSError as error:
        problems.append(unreadable(file, error))
        return None


def _find_taken_addresses(found: Described) -> Iterator[Problem]:
    """Own kinds whose page would have the address of another."""
    document = found.description.document
    for key in found.vocabulary.kinds if document else ():
        if found.vocabulary.kinds[key].is_own and is_taken(key) and document is not None:
            yield document.problem(
                OWN_DESCRIPTION,
                place=document.key_place(("kinds", key)),
                title=f'a kind cannot be called "{key}": its page would have the address of another',
                why=f"The site has {placement_of(key).folder}/ already.",
                fix=f"Give it another name, such as our_{key}.",
            )


def _say_two_files() -> Problem:
    return TWO_DESCRIPTIONS.problem(
        place=Place(DESCRIPTION, 1, 1, 1, 2),
        title=f"fields of your own are described in {DESCRIPTION} and in {CUSTOM_SCHEMA} as well",
        related=(Related(Place(CUSTOM_SCHEMA, 1, 1, 1, 2), "the other file"),),
        is_cause=True,
    )


def unreadable(file: str, error: OSError) -> Problem:
    """What is said of a file that cannot be read."""
    if isinstance(error, OutsideError):
        return LINK_OUTSIDE.problem(
            place=Place(file),
            title="this is a link to a file outside the playbook's folder",
            why="A playbook is read from its own folder only, so that it is the same for everybody.",
            is_cause=True,
        )
    if isinstance(error, FileNotFoundError):  # it was listed, so a link of this name is there
        return UNREADABLE_FILE.problem(
            place=Place(file),
            title="this is a link to something that is not there",
            why="Every file of the playbook must be readable, or a part of it would be missing.",
            fix="Delete the link, or put in its place what it was to lead to.",
            is_cause=True,
        )
    reason = (error.strerror or str(error) or "the system gave no reason").lower()
    return UNREADABLE_FILE.problem(
        place=Place(file),
        title=f"this file cannot be read: {reason}",
        why="Every file of the playbook must be readable, or a part of it would be missing.",
        is_cause=True,
    )


def _say_missing(tree: Tree) -> Problem:
    found = next((name for name in MAIN_ELSEWHERE if _exists(tree, name)), None)
    fix = "Run the command in the folder of the strategy, or begin one with: playbook init FOLDER"
    if found is not None:
        fix = (
            f"Rename {found} to {MAIN_FILE}."
            if "/" not in found
            else f"Move {found} to {MAIN_FILE}, one folder up."
        )
    return MISSING_FILE.problem(
        place=Place(MAIN_FILE),
        title="there is no strategy.yaml here",
        why="It holds the header of the strategy and is where reading begins.",
        fix=fix,
        is_cause=True,
    )


def _exists(tree: Tree, file: str) -> bool:
    try:
        tree.read_bytes(file)
    except OSError:
        return False
    return True


def _read_nothing(file: str, error: OSError) -> Read:
    return Read(Document(file, unread=True), (unreadable(file, error),))


def _read_file(
    tree: Tree, file: str, manuscript: Manuscript, max_bytes: int, memory: Memory
) -> bool:
    """Read one file into `manuscript`. False where it is no file of the strategy."""
    if file != MAIN_FILE and not is_read(file):
        _pass_over(tree, file, manuscript)
        return False
    try:
        raw = tree.read_bytes(file)
    except OSError as error:
        if file == MAIN_FILE and isinstance(error, FileNotFoundError):
            manuscript.problems.append(_say_missing(tree))
            return False
        result = _read_nothing(file, error)
    else:
        what = "main" if file == MAIN_FILE else LEAVES
        kept = memory.about(
            what, manuscript.vocabulary, manuscript.format, max_bytes, bool(manuscript.files)
        )
        leaf: Leaf | None = kept.recall(file, raw)
        if leaf is None:
            read = _recognise(file, raw) or read_document(
                file, raw, max_bytes, _outline_of(file, manuscript.vocabulary)
            )
            leaf = _make_leaf(read, manuscript)
            if not memory.holds_lines:
                leaf = leaf.close(read.document, raw)
            if leaf.is_flawless:  # how much is said of a fault depends on what was said before
                kept.keep(file, raw, leaf)
        manuscript.add(leaf)
        return True
    manuscript.add(_make_leaf(result, manuscript))
    return True


@lru_cache(maxsize=2)
def _outline_lists(vocabulary: Vocabulary) -> Mapping[str, Field]:
    """What may stand in a list of each kind."""
    return {
        key: Field(
            key,
            kind.plural,
            "",
            "list",
            item=Field("", kind.title, "", "object", fields=kind.written),
        )
        for key, kind in vocabulary.kinds.items()
    }


def _outline_of(file: str, vocabulary: Vocabulary) -> Outline | None:
    """What may stand in a file, as its place says; None where that says nothing."""
    lists = _outline_lists(vocabulary)
    if file == MAIN_FILE:
        header = Field("strategy", "", "", "object", fields=vocabulary.header.fields)
        return Group({"strategy": header, **lists}, type=FILE)
    parts = file.split("/")[1:]
    whole = lists.get(posixpath.splitext(parts[0])[0] if len(parts) == 1 else parts[0])
    return whole.item if whole is not None and len(parts) > 1 else whole


def _recognise(file: str, raw: bytes) -> Read | None:
    """What is said of a file that is no YAML at all, and therefore not read as such."""
    found = recognise(raw)
    if found is None:
        return None
    problem = FOREIGN_FILE.problem(
        place=Place(file, 1),
        title=f"this file is {found.what}",
        why="Entries belong here, and none of it can be read as one."
        if file != MAIN_FILE
        else "The header of the strategy belongs here, and none of it can be read.",
        fix=found.fix,
        is_cause=True,
    )
    return Read(Document(file, unread=True), (problem,))


def _pass_over(tree: Tree, file: str, manuscript: Manuscript) -> None:
    """A file that is not read, for its name or for being a link to a folder: what it would hold is
    missing.
    """
    try:
        stray = judge_stray(
            file, tree.read_bytes(file), manuscript.listed, set(_list_kinds(manuscript))
        )
    except IsADirectoryError:
        stray = judge_linked_folder(file)
    except OSError as error:
        stray = Stray(unreadable(file, error))
    if stray is not None:
        manuscript.problems.append(stray.problem)
        manuscript.unread_kinds |= {stray.kind} - {""}
        manuscript.lost_ids |= {stray.entry_id} - {""}


def _list_kinds(manuscript: Manuscript) -> Iterator[str]:
    """The kinds that have entries, in files that are read."""
    yield from (written.kind.key for written in manuscript.entries)
    yield from (
        posixpath.splitext(file.split("/")[1])[0] for file in manuscript.listed if is_read(file)
    )


def _make_leaf(result: Read, manuscript: Manuscript) -> Leaf:
    """What one file holds, with its faults."""
    leaf, document = manuscript.begin(), result.document
    is_main = document.file == MAIN_FILE
    leaf.problems += say_of_main_file(result.problems) if is_main else result.problems
    leaf.lost_ids |= document.lost_ids
    if is_main:
        take_main_file(document, leaf)
    else:
        take_entry_file(document, leaf)
    ending = find_ending(document, _last_kind(document), leaf.problems)
    leaf.endings += [ending] if ending else []
    return leaf


def _last_kind(document: Document) -> str:
    """The kind of the list that a file ends in; empty where it ends in no list."""
    if document.file == MAIN_FILE:
        last = next(reversed(document.data), "") if isinstance(document.data, dict) else ""
        return last if last != "strategy" else ""
    parts = document.file.split("/")
    return posixpath.splitext(parts[-1])[0] if len(parts) == len(FOLDER.split("/")) + 1 else ""
