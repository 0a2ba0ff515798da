"""The entries as they stand in the files: read, checked for shape, not yet put together.

`strategy.yaml` holds the header and a list per kind; below `strategy/` lie lists
(`objections.yaml`) and single entries (`objections/too-expensive.yaml`). What cannot be read
becomes a problem, and the rest goes on.
"""

from __future__ import annotations

import posixpath
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace
from typing import Any

from generator.files.memory import NO_MEMORY, Memory
from generator.files.tree import OutsideError, Tree
from generator.loading.located_entry import Written
from generator.loading.rules import (
    ID_AND_FILE_DIFFER,
    LINK_OUTSIDE,
    MISSING_FILE,
    MISSING_HEADER,
    STRAY_FILE,
    UNKNOWN_KIND,
    UNREADABLE_FILE,
)
from generator.loading.truncation import Ending, find_ending
from generator.problems.phrases import shorten
from generator.problems.problem import MOST, Place, Problem
from generator.problems.suggestions import find_nearest, suggest
from generator.schema.custom_fields import CUSTOM_SCHEMA, open_vocabulary, read_custom_schema
from generator.schema.migrations import FORMAT, check_format, migrate, read_format
from generator.schema.rules import WRONG_TYPE
from generator.schema.validator import ShapeChecker
from generator.schema.vocabulary import KINDS, Vocabulary, is_id, standard_vocabulary
from generator.syntax.document import MAX_BYTES, Read, Route, Source, read_document
from generator.syntax.rules import EMPTY_FILE

MAIN_FILE = "strategy.yaml"
FOLDER = "strategy"
LEAVES = "leaves"
"""What a memory calls the files of that folder, as they were read."""
_MAIN_ELSEWHERE = (
    "strategy.yml",
    "Strategy.yaml",
    "STRATEGY.YAML",
    "STRATEGY.yaml",
    "Strategy.yml",
    "STRATEGY.YML",
    "strategy.YAML",
    "strategy.yaml.txt",
    "strategy.txt",
    f"{FOLDER}/strategy.yaml",
    f"{FOLDER}/strategy.yml",
)
_BEGIN = "Begin it with strategy: and below that, indented, format, company, statement, version and effective_from."


@dataclass
class Manuscript:
    """All that is written: the header, the entries, and what stood in the way of reading them.

    `lost_ids`, `unread_kinds` and `nameless_kinds` (with an entry that has no id) say which
    references may well be right, and so do the `endings` of files that may have been cut off.
    `said` is how many problems were found before, in other files.
    """

    vocabulary: Vocabulary
    checker: ShapeChecker
    problems: list[Problem] = field(default_factory=list)
    header: Written | None = None
    entries: list[Written] = field(default_factory=list)
    endings: list[Ending] = field(default_factory=list)
    lost_ids: set[str] = field(default_factory=set)
    unread_kinds: set[str] = field(default_factory=set)
    nameless_kinds: set[str] = field(default_factory=set)
    format: int = FORMAT
    files: list[str] = field(default_factory=list)
    said: int = 0

    def begin(self) -> Manuscript:
        """An empty one for the next file: what the files before it have settled holds for it, too."""
        said = self.said + len(self.problems)
        return Manuscript(
            self.vocabulary, self.checker, format=self.format, files=self.files, said=said
        )

    @property
    def is_flawless(self) -> bool:
        """Whether nothing is wrong with what is written, be it said or not."""
        return not self.problems and all(
            one.sound for one in (*self.entries, *([self.header] if self.header else []))
        )

    def fold(self) -> bool:
        """Hold little. Whether that could be done, so that it can be written down."""
        for written in self.entries:
            written.fold()
        return all(written.source.is_folded for written in self.entries)

    def __reduce__(self) -> tuple[Any, ...]:
        """What one file holds in which nothing is wrong, for whoever writes it down; what all files
        share is not its own.
        """
        return Manuscript, (
            None,
            None,
            [],
            None,
            self.entries,
            self.endings,
            self.lost_ids,
            self.unread_kinds,
            self.nameless_kinds,
            self.format,
        )

    def add(self, leaf: Manuscript) -> None:
        """Put what one file holds to the rest."""
        self.problems += leaf.problems
        self.header = self.header or leaf.header
        self.entries += leaf.entries
        self.endings += leaf.endings
        self.lost_ids |= leaf.lost_ids
        self.unread_kinds |= leaf.unread_kinds
        self.nameless_kinds |= leaf.nameless_kinds
        self.format = leaf.format


def read_manuscript(
    tree: Tree, max_bytes: int = MAX_BYTES, memory: Memory = NO_MEMORY
) -> Manuscript:
    """Everything written in `tree`, and every fault of form in it."""
    problems: list[Problem] = []
    vocabulary = _read_vocabulary(tree, problems, memory)
    manuscript = Manuscript(vocabulary, ShapeChecker(vocabulary), problems)
    for file in [MAIN_FILE, *tree.list_files(FOLDER)]:
        if _read_file(tree, file, manuscript, max_bytes, memory):
            manuscript.files.append(file)
    return manuscript


def _read_vocabulary(tree: Tree, problems: list[Problem], memory: Memory) -> Vocabulary:
    try:
        raw = tree.read_bytes(CUSTOM_SCHEMA)
    except FileNotFoundError:
        return standard_vocabulary()
    except OSError as error:
        problems.append(unreadable(CUSTOM_SCHEMA, error))
        return open_vocabulary()
    vocabulary, problem = memory.about("vocabulary").of(
        CUSTOM_SCHEMA, raw, lambda: read_custom_schema(raw)
    )
    problems += [problem] if problem else []
    return vocabulary


def unreadable(file: str, error: OSError) -> Problem:
    """What is said of a file that cannot be read."""
    if isinstance(error, OutsideError):
        return LINK_OUTSIDE.problem(
            place=Place(file),
            title="this is a link to a file outside the playbook's folder",
            why="A playbook is read from its own folder only, so that it is the same for everybody.",
        )
    reason = (error.strerror or str(error) or "the system gave no reason").lower()
    return UNREADABLE_FILE.problem(
        place=Place(file),
        title=f"this file cannot be read: {reason}",
        why="Every file of the playbook must be readable, or a part of it would be missing.",
    )


def _say_missing(tree: Tree) -> Problem:
    found = next((name for name in _MAIN_ELSEWHERE if _exists(tree, name)), None)
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
    )


def _exists(tree: Tree, file: str) -> bool:
    try:
        tree.read_bytes(file)
    except OSError:
        return False
    return True


def _read_nothing(file: str, error: OSError) -> Read:
    return Read(Source(file, unread=True), (unreadable(file, error),))


def _read_file(
    tree: Tree, file: str, manuscript: Manuscript, max_bytes: int, memory: Memory
) -> bool:
    """Read one file into `manuscript`. False where it is no file of the strategy."""
    if file != MAIN_FILE and not file.endswith((".yaml", ".yml")):
        manuscript.problems += [] if file.endswith((".md", ".txt")) else [_say_stray(file)]
        return False
    try:
        raw = tree.read_bytes(file)
    except FileNotFoundError:
        if file == MAIN_FILE:
            manuscript.problems.append(_say_missing(tree))
            return False
        result = _read_nothing(file, OSError("a link that leads nowhere"))
    except OSError as error:
        result = _read_nothing(file, error)
    else:
        what = "main" if file == MAIN_FILE else LEAVES
        kept = memory.about(
            what, manuscript.vocabulary, manuscript.format, max_bytes, bool(manuscript.files)
        )
        leaf = kept.recall(file, raw) or _make_leaf(
            read_document(file, raw, max_bytes), manuscript, memory
        )
        if leaf.is_flawless:  # how much is said of a fault depends on what was said before
            kept.keep(file, raw, leaf)
        manuscript.add(leaf)
        return True
    manuscript.add(_make_leaf(result, manuscript, memory))
    return True


def _say_stray(file: str) -> Problem:
    return STRAY_FILE.problem(
        place=Place(file),
        title="this file in the folder strategy is not read",
    )


def _make_leaf(result: Read, manuscript: Manuscript, memory: Memory) -> Manuscript:
    """What one file holds, with its faults."""
    leaf, source = manuscript.begin(), result.source
    is_main = source.file == MAIN_FILE
    leaf.problems += _say_of_main(result.problems) if is_main else result.problems
    leaf.lost_ids |= source.lost_ids
    if is_main:
        _take_main(source, leaf)
    else:
        _take_file(source, leaf)
    ending = find_ending(source, _last_kind(source), leaf.problems)
    leaf.endings += [ending] if ending else []
    if leaf.is_flawless and not memory.holds_lines:
        leaf.fold()
    return leaf


def _last_kind(source: Source) -> str:
    """The kind of the list that a file ends in; empty where it ends in no list."""
    if source.file == MAIN_FILE:
        last = next(reversed(source.data), "") if isinstance(source.data, dict) else ""
        return last if last in KINDS else ""
    parts = source.file.split("/")
    return posixpath.splitext(parts[-1])[0] if len(parts) == len(FOLDER.split("/")) + 1 else ""


def _say_of_main(problems: Sequence[Problem]) -> Iterator[Problem]:
    """An empty strategy.yaml lacks its header, not an entry."""
    for problem in problems:
        if problem.rule == EMPTY_FILE.id:
            yield replace(
                problem,
                why="It holds the header of the strategy and is where reading begins.",
                fix=_BEGIN,
            )
        else:
            yield problem


def _take_main(source: Source, manuscript: Manuscript) -> None:
    data = source.data
    if source.unread:
        manuscript.unread_kinds |= set(KINDS)
        return
    if not isinstance(data, dict):
        manuscript.problems.append(_say_no_header(source, data))
        return
    manuscript.format = read_format(source)
    manuscript.problems += check_format(source)
    header = manuscript.vocabulary.header.fields
    bare = (
        [name for name in data if name in header and name not in KINDS]
        if data.get("strategy") is None
        else []
    )
    if bare:
        manuscript.problems.append(_say_bare_header(source, bare))
    for name, value in data.items():
        if name in KINDS:
            if value is not None:
                _take_list(source, (name,), value, name, manuscript)
        elif name != "strategy" and name not in bare:
            manuscript.problems.append(_say_unknown_kind(source, name, in_header=name in header))
    _take_header(source, manuscript, said=bool(bare))


def _say_no_header(source: Source, data: Any) -> Problem:
    """A strategy.yaml that is a list or a text."""
    first = data[0] if isinstance(data, list) and data else None
    fix = "Write strategy: on a line of its own at the top."
    if isinstance(first, dict):
        fix = (
            "Take away the dash, and let the line begin at the left edge."
            if "strategy" in first
            else ("Write strategy: on a line above, and take away the dash.")
        )
    place = source.key_place((0,)) if first is not None else Place(source.file, 1, 1, 1, 2)
    return source.problem(
        WRONG_TYPE,
        place=place,
        title="strategy.yaml must begin with strategy: and its fields",
        why="The header comes first, then a list for each kind of entry.",
        fix=fix,
    )


def _say_bare_header(source: Source, names: Sequence[str]) -> Problem:
    """The fields of the header as far left as the line that should stand above them."""
    place, fix = (
        source.key_place((names[0],)),
        "Write strategy: on a line above them, and indent them.",
    )
    title = "the fields of the header stand at the left edge"
    if "strategy" in source.data:
        above = source.key_place(("strategy",))
        title, fix = (
            "the fields of the header are not indented below strategy:",
            "Indent them by two spaces more.",
        )
        if above.column > 1:
            place, fix = (
                above,
                "Take away the spaces before strategy:, so that the fields lie deeper.",
            )
    return source.problem(
        MISSING_HEADER,
        place=place,
        title=title,
        why=f"{', '.join(names[:4])} belong under strategy:, indented by two spaces.",
        fix=fix,
    )


def _say_unknown_kind(source: Source, name: str, *, in_header: bool) -> Problem:
    near = find_nearest(name, [*KINDS, "strategy"])
    fix = f'Did you mean "{near.word}"?' if near else f"Known are strategy, {', '.join(KINDS)}."
    if in_header:
        fix = "It is a field of the header: indent it, so that it stands under strategy:"
    return source.problem(
        UNKNOWN_KIND,
        place=source.key_place((name,)),
        title=f'"{shorten(name)}" is not a kind of entry',
        why="At the left edge of strategy.yaml stand the header and the kinds of entry.",
        fix=fix,
        replace_with=near.word if near and near.sure and not in_header else None,
    )


def _take_header(source: Source, manuscript: Manuscript, *, said: bool) -> None:
    """Check the header. Where a slip may have hidden it, or its fields were found elsewhere,
    nothing more is said.
    """
    if source.data.get("strategy") is None:
        written = any(line.startswith("strategy:") for line in source.lines)
        hidden = written and any(
            problem.place.file == source.file for problem in manuscript.problems
        )
        if not said and not hidden and not source.is_faulty(("strategy",)):
            place = source.key_place(
                ("strategy",)
            )  # where it is not written, the start of the file
            manuscript.problems.append(
                source.problem(
                    MISSING_HEADER,
                    place=place,
                    title="the header of the strategy is missing",
                    why="Under strategy: stand the company, its statement, and the version.",
                    fix=_BEGIN,
                )
            )
        return
    manuscript.header = _check(source, ("strategy",), "header", manuscript)


def _take_file(source: Source, manuscript: Manuscript) -> None:
    """A file below strategy/: a list of its kind, or one entry in the folder of its kind."""
    parts = source.file.split("/")[1:]
    kind = posixpath.splitext(parts[0])[0] if len(parts) == 1 else parts[0]
    if source.file in _MAIN_ELSEWHERE and MAIN_FILE not in manuscript.files:
        return  # that it belongs elsewhere was said
    if len(parts) > 2 or kind not in KINDS:
        near = suggest(kind, KINDS)
        fix = f"Kinds are: {', '.join(KINDS)}."
        if near:
            fix = (
                f"Rename it to {near}.yaml."
                if len(parts) == 1
                else f'Rename the folder "{parts[0]}" to {near}.'
            )
        if len(parts) > 2:
            fix = f"Move the file to {FOLDER}/{kind}/{parts[-1]}."
        manuscript.problems.append(
            UNKNOWN_KIND.problem(
                place=Place(source.file),
                title="the place of this file does not say which kind of entry it holds",
                why="Below strategy/ each file or folder bears the name of a kind, such as objections.",
                fix=fix,
            )
        )
        return
    if source.unread:
        manuscript.lost_ids.add(posixpath.splitext(parts[-1])[0])
        if len(parts) == 1:
            manuscript.unread_kinds.add(kind)
    elif len(parts) == 1:
        _take_list(source, (), source.data, kind, manuscript)
    else:
        _take_single(source, kind, posixpath.splitext(parts[1])[0], manuscript)


def _take_list(source: Source, route: Route, value: Any, kind: str, manuscript: Manuscript) -> None:
    if not isinstance(value, list):
        if source.has_gaps:  # what could not be read may have been its dashes
            manuscript.lost_ids |= set(_ids_in(value))
            return
        plural = manuscript.vocabulary.kinds[kind].plural.lower()
        fix = _how_to_list(value, kind, in_file=not route)
        place = source.key_place(route) if route else Place(source.file, 1, 1, 1, 2)
        manuscript.problems.append(
            source.problem(
                WRONG_TYPE,
                place=place,
                title=f"a list of {plural} belongs here",
                why="Each entry of the list begins with a dash.",
                fix=fix,
            )
        )
        for entry_id in _ids_in(value):
            manuscript.lost_ids.add(entry_id)
        return
    for position, item in enumerate(value):
        if item is not None:
            manuscript.entries.append(_check(source, (*route, position), kind, manuscript))


def _how_to_list(value: Any, kind: str, *, in_file: bool) -> str:
    """How to make a list of entries of what stands in its place."""
    if not isinstance(value, dict):
        return "Write each entry below it, its first line with a dash and a space before it; or delete the text."
    if in_file and list(value) == [kind] and isinstance(value[kind], list):
        return f'Delete the line "{kind}:"; the name of the file says it already. The list itself may stay as it is.'
    if all(isinstance(inner, dict) for inner in value.values()):
        name = next(iter(value), "")
        return f"Write - id: {shorten(name)} instead of {shorten(name)}: and do the same with the others."
    return (
        "Put a dash and a space before the first line of each entry, and indent the lines below it."
    )


def _ids_in(value: Any) -> Iterator[str]:
    """Ids somewhere in data that could not be taken as entries; references to them are not called
    broken.
    """
    if isinstance(value, dict):
        if isinstance(value.get("id"), str):
            yield value["id"]
        for inner in value.values():
            yield from _ids_in(inner)
    elif isinstance(value, list):
        for inner in value:
            yield from _ids_in(inner)


def _take_single(source: Source, kind: str, name: str, manuscript: Manuscript) -> None:
    if not isinstance(source.data, dict):
        manuscript.problems.append(
            source.problem(
                WRONG_TYPE,
                place=Place(source.file, 1, 1, 1, 2),
                title=f"this file must hold one {manuscript.vocabulary.kinds[kind].title.lower()}",
                why=f"A file in the folder {FOLDER}/{kind} is one entry, its fields at the left edge.",
                fix=f"Take away the dash, or move the list to {FOLDER}/{kind}.yaml.",
            )
        )
        manuscript.lost_ids |= {name, *_ids_in(source.data)}
        return
    written = _check(source, (), kind, manuscript)
    manuscript.entries.append(written)
    if written.id != name:
        manuscript.lost_ids.add(name)
    if written.id is not None and written.id != name and not source.is_told(("id",)):
        manuscript.problems.append(
            source.problem(
                ID_AND_FILE_DIFFER,
                place=source.value_place(("id",)),
                title=f'this entry is called "{written.id}", but its file "{name}"',
                why="A file with one entry bears the entry's id, so that everybody finds it.",
                fix=f"Rename the file to {written.id}.yaml{f', or write id: {name}' if is_id(name) else ''}.",
            )
        )


def _check(source: Source, route: Route, kind: str, manuscript: Manuscript) -> Written:
    """Check one entry's shape. An entry with a fault keeps its id, so that nothing else fails for
    its sake.
    """
    described = (
        manuscript.vocabulary.header if kind == "header" else manuscript.vocabulary.kinds[kind]
    )
    raw = migrate(kind, source.value(route), manuscript.format)
    explain = manuscript.said + len(manuscript.problems) <= MOST
    shape = manuscript.checker.check(described, source, route, raw, explain=explain)
    manuscript.problems += shape.problems
    entry_id = shape.value.get("id") if isinstance(shape.value, dict) else None
    if entry_id is None:
        manuscript.nameless_kinds.add(kind)
    return Written(
        described,
        source,
        route,
        shape.value,
        entry_id if isinstance(entry_id, str) else None,
        shape.sound,
    )
