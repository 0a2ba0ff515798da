"""What stands in a file below `strategy/`: a list of entries, or one entry."""

from __future__ import annotations

import posixpath
import re
from collections.abc import Iterator, Sequence
from typing import Any

from generator.loading.located_entry import Written, describe_written
from generator.loading.manuscript import FOLDER, MAIN_ELSEWHERE, MAIN_FILE, Manuscript
from generator.loading.mishaps.foreign import Foreign, find_kind, judge, judge_single
from generator.loading.mishaps.pasted import find_left_out, find_taken_over
from generator.loading.mishaps.strays import find_original, say_copy
from generator.loading.rules import FOREIGN_FILE, ID_AND_FILE_DIFFER, UNKNOWN_KIND
from generator.problems.phrases import shorten, with_article
from generator.problems.problem import MOST, Edit, Place, Problem
from generator.problems.suggestions import suggest
from generator.schema.migrations import find_newer, migrate
from generator.schema.rules import WRONG_TYPE
from generator.schema.vocabulary import is_id
from generator.syntax.document import Document, Route

_FEW_FIELDS = 2


def take_entry_file(document: Document, manuscript: Manuscript) -> None:
    """A file below strategy/: a list of its kind, or one entry in the folder of its kind."""
    parts = document.file.split("/")[1:]
    kind = posixpath.splitext(parts[0])[0] if len(parts) == 1 else parts[0]
    if document.file in MAIN_ELSEWHERE and MAIN_FILE not in manuscript.files:
        return  # that it belongs elsewhere was said
    if len(parts) > 2 or kind not in manuscript.vocabulary.kinds:
        _take_misplaced(document, parts, kind, manuscript)
        return
    if document.unread:
        manuscript.lost_ids.add(posixpath.splitext(parts[-1])[0])
        if len(parts) == 1:
            manuscript.unread_kinds.add(kind)
    elif len(parts) == 1:
        take_list(document, (), document.data, kind, manuscript)
    else:
        _take_single(document, kind, posixpath.splitext(parts[1])[0], manuscript)


def _take_misplaced(
    document: Document, parts: Sequence[str], kind: str, manuscript: Manuscript
) -> None:
    """A file whose place does not say which kind of entry it holds: what it holds is missing."""
    original = find_original(document.file, manuscript.listed)
    if original:
        manuscript.problems.append(say_copy(document.file, original))
        return
    manuscript.lost_ids |= set(_ids_in(document.data))
    near = suggest(kind, manuscript.vocabulary.names_of_kinds) or find_kind(
        document.data, manuscript.vocabulary.kinds
    )
    moved_to = ""
    if len(parts) > 2:
        moved_to = f"{FOLDER}/{kind}/{parts[-1]}" if kind in manuscript.vocabulary.kinds else ""
        fix = f"Move the file to {FOLDER}/{kind}/{parts[-1]}."
    elif near:
        fix = _how_to_place(parts, near, manuscript)
        if fix.startswith("Rename"):
            moved_to = f"{FOLDER}/{near}.yaml" if len(parts) == 1 else f"{FOLDER}/{near}/{parts[1]}"
        manuscript.unread_kinds |= {near} if len(parts) == 1 else set()
    else:
        fix = f"Kinds are: {', '.join(manuscript.vocabulary.kinds)}."
    manuscript.problems.append(
        UNKNOWN_KIND.problem(
            place=Place(document.file),
            title="the place of this file does not say which kind of entry it holds",
            why="Below strategy/ each file or folder bears the name of a kind, such as objections.",
            fix=fix,
            is_cause=True,
            renamed_to=moved_to if moved_to not in manuscript.listed else "",
        )
    )


def _how_to_place(parts: Sequence[str], kind: str, manuscript: Manuscript) -> str:
    if len(parts) > 1 and any(one.startswith(f"{FOLDER}/{kind}/") for one in manuscript.listed):
        return f"Compare it with what lies in the folder {kind}, which is there too; move it there, or delete it."
    if len(parts) > 1:
        return f'Rename the folder "{parts[0]}" to {kind}.'
    taken = next(
        (one for one in (f"{kind}.yaml", f"{kind}.yml") if f"{FOLDER}/{one}" in manuscript.listed),
        "",
    )
    if taken:
        return f"If it holds {kind}, move its entries into {taken}, which is there too."
    return f"Rename it to {kind}.yaml."


def take_list(
    document: Document, route: Route, value: Any, kind: str, manuscript: Manuscript
) -> None:
    foreign = judge(value, manuscript.vocabulary.kinds[kind], manuscript.vocabulary.kinds)
    if foreign is not None:
        _say_foreign(document, route, foreign, kind, manuscript)
        return
    if not isinstance(value, list):
        if document.has_gaps:  # what could not be read may have been its dashes
            manuscript.lost_ids |= set(_ids_in(value))
            return
        plural = manuscript.vocabulary.kinds[kind].plural.lower()
        fix = _how_to_list(value, kind, in_file=not route)
        place = document.key_place(route) if route else Place(document.file, 1, 1, 1, 2)
        manuscript.problems.append(
            document.problem(
                WRONG_TYPE,
                place=place,
                title=f"a list of {plural} belongs here",
                why="Each entry of the list begins with a dash.",
                fix=fix,
                edits=_make_list(document, route, value, kind),
                certain=False,
            )
        )
        for entry_id in _ids_in(value):
            manuscript.lost_ids.add(entry_id)
        return
    taken_over = list(find_taken_over(document, route, value))
    told = {place.line for one in taken_over for place in (one.place, one.related[0].place)}
    manuscript.problems += taken_over
    for position, item in enumerate(value):
        if item is not None:
            written = check_entry(document, (*route, position), kind, manuscript)
            manuscript.entries.append(written)
            if not written.sound:
                told.add(document.key_place((*route, position)).line)
    manuscript.problems += find_left_out(document, route, value, kind, told)


def _say_foreign(
    document: Document, route: Route, foreign: Foreign, kind: str, manuscript: Manuscript
) -> None:
    """What holds no entries of its kind is told once, not by each of its lines."""
    described = manuscript.vocabulary.kinds[kind]
    manuscript.lost_ids |= set(_ids_in(document.value(route)))
    is_single = document.file.count("/") > 1
    manuscript.unread_kinds |= set() if is_single else {kind}
    fix = f"Take it out of {MAIN_FILE}." if route and not foreign.fix else foreign.fix
    if not route:  # its lines follow no rule of ours
        manuscript.problems = [
            one for one in manuscript.problems if one.place.file != document.file
        ]
    manuscript.problems.append(
        document.problem(
            FOREIGN_FILE,
            place=document.key_place(route) if route else Place(document.file, 1),
            title=f"this does not look like {with_article(described.title.lower())}"
            if is_single
            else f"these do not look like {described.plural.lower()}",
            why=f"It seems to be {foreign.what}.",
            fix=fix,
            is_cause=True,
        )
    )


def _make_list(document: Document, route: Route, value: Any, kind: str) -> tuple[Edit, ...]:
    """What makes a list of entries of what stands in its place; nothing where that is not so simple."""
    if route or not isinstance(value, dict):
        return ()
    keys = [(name, document.key_place((name,))) for name in value]
    if list(value) == [kind] and isinstance(value[kind], list) and value[kind]:
        line = keys[0][1].line
        return (Edit(Place(document.file, line, 1, line + 1, 1), ""),)
    if not all(
        isinstance(inner, dict)
        and inner
        and "id" not in inner
        and document.key_place((name, next(iter(inner)))).column == _FEW_FIELDS + 1
        for name, inner in value.items()
    ) or any(place.column != 1 for _, place in keys):
        return ()
    return tuple(
        Edit(Place(document.file, place.line, 1, place.line, place.end_column + 1), f"- id: {name}")
        for name, place in keys
    )


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


def _take_single(document: Document, kind: str, name: str, manuscript: Manuscript) -> None:
    kinds = manuscript.vocabulary.kinds
    foreign = judge_single(document.data, kinds[kind], kinds)
    if foreign is not None:
        _say_foreign(document, (), foreign, kind, manuscript)
        manuscript.lost_ids.add(name)
        return
    wrapped = _find_wrapped(document, kind, name)
    if wrapped is not None:
        manuscript.problems.append(wrapped)
        manuscript.lost_ids |= {name, *_ids_in(document.data)}
        return
    if not isinstance(document.data, dict):
        several = isinstance(document.data, list) and len(document.data) > 1
        whole = f"{FOLDER}/{kind}.yaml"
        is_free = whole not in manuscript.listed
        manuscript.problems.append(
            document.problem(
                WRONG_TYPE,
                place=Place(document.file, 1, 1, 1, 2),
                title=f"this file must hold one {manuscript.vocabulary.kinds[kind].title.lower()}",
                why=f"A file in the folder {FOLDER}/{kind} is one entry, its fields at the left edge.",
                fix=f"Move its {len(document.data)} entries to {whole}{', as it is' if is_free else ', which is there'}, or give each a file of its own."
                if several
                else f"Take away the dash and move the lines below it as far to the left, or move the list to "
                f"{FOLDER}/{kind}.yaml."
                if isinstance(document.data, list)
                else "Write its fields, each on a line of its own.",
                edits=lift_out(document),
                renamed_to=whole if several and is_free else "",
            )
        )
        manuscript.lost_ids |= {name, *_ids_in(document.data)}
        return
    own = document.data.get("id")
    original = f"{FOLDER}/{kind}/{own}.yaml"
    if own != name and original in manuscript.listed:
        manuscript.problems.append(say_copy(document.file, original))
        return
    written = check_entry(document, (), kind, manuscript)
    manuscript.entries.append(written)
    if written.id != name:
        manuscript.lost_ids.add(name)
    if written.id is not None and written.id != name and not document.is_told(("id",)):
        manuscript.problems.append(
            document.problem(
                ID_AND_FILE_DIFFER,
                place=document.value_place(("id",)),
                title=f'this entry is called "{written.id}", but its file "{name}"',
                why="A file with one entry bears the entry's id, so that everybody finds it.",
                fix=f"Rename the file to {written.id}.yaml{f', or write id: {name}' if is_id(name) else ''}.",
                renamed_to=original if is_id(written.id) else "",
            )
        )


def _find_wrapped(document: Document, kind: str, name: str) -> Problem | None:
    """An entry in a file of its own that stands below the name of its kind, or below its own id."""
    data = document.data
    if not isinstance(data, dict) or len(data) != 1:
        return None
    head, inner = next(iter(data.items()))
    route: Route = (head,)
    if head == kind and isinstance(inner, list) and len(inner) == 1 and isinstance(inner[0], dict):
        route, inner = (head, 0), inner[0]
    elif head not in (kind, name) or not isinstance(inner, dict):
        return None
    if len(inner) < _FEW_FIELDS or document.is_inline((*route, next(iter(inner)))):
        return None
    top = document.key_place((head,))
    first = document.key_place((*route, next(iter(inner))))
    is_id = "id" not in inner and head == name
    edits = [
        Edit(
            Place(document.file, top.line, 1, first.line, first.column),
            f"id: {name}\n" if is_id else "",
        )
    ]
    for number in range(first.line + 1, len(document.lines) + 1):
        line = document.lines[number - 1]
        if line.strip():
            moved = min(first.column - 1, len(line) - len(line.lstrip(" ")))
            edits.append(Edit(Place(document.file, number, 1, number, moved + 1), ""))
    return document.problem(
        WRONG_TYPE,
        place=top,
        title=f'the entry stands below "{head}:" in a file of its own',
        why=f"A file in the folder {FOLDER}/{kind} is one entry, its fields at the left edge.",
        fix=f"{f'Write id: {name} instead of {head}:' if is_id else f'Take the line {head}: away'}, and move the lines below it to the left edge.",
        edits=tuple(edits),
    )


def lift_out(document: Document) -> tuple[Edit, ...]:
    """The only item of a list as an entry of a file of its own: its dash taken away, and its lines
    moved to the left edge. Nothing where a line cannot be moved.
    """
    data = document.data
    if not (isinstance(data, list) and len(data) == 1 and isinstance(data[0], dict) and data[0]):
        return ()
    first = document.key_place((0, next(iter(data[0]))))
    width, edits = first.column - 1, []
    for number in range(first.line, len(document.lines) + 1):
        line = document.lines[number - 1]
        head = line[:width]
        is_first = number == first.line and re.fullmatch(r" *- *", head)
        if not line.strip() or (line.lstrip().startswith("#") and head.strip()):
            continue
        if head.strip() and not is_first:
            return ()
        edits.append(Edit(Place(document.file, number, 1, number, len(head) + 1), ""))
    return tuple(edits)


def check_entry(document: Document, route: Route, kind: str, manuscript: Manuscript) -> Written:
    """Check one entry's shape. An entry with a fault keeps its id, so that nothing else fails for
    its sake.
    """
    described = (
        manuscript.vocabulary.header if kind == "header" else manuscript.vocabulary.kinds[kind]
    )
    raw = migrate(kind, document.value(route), manuscript.format)
    if kind in manuscript.description.taken_kinds:  # what is wrong is told at its description
        known = {"id": raw.get("id")} if isinstance(raw, dict) else None
        return describe_written(described, document, route, known, sound=False)
    newer = find_newer(described, document, route, raw, manuscript.format)
    manuscript.problems += [newer] if newer else []
    explain = manuscript.said + len(manuscript.problems) <= MOST
    shape = manuscript.checker.check(described, document, route, raw, explain=explain)
    manuscript.problems += shape.problems
    written = describe_written(
        described, document, route, shape.value, sound=shape.sound and not newer
    )
    if written.id is None:
        manuscript.nameless_kinds.add(kind)
    return written
