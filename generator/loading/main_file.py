"""What stands in `strategy.yaml`: the header, and a list of entries for each kind."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from itertools import dropwhile, takewhile
from typing import Any

from generator.loading.entry_files import check_entry, lift_out, take_list
from generator.loading.manuscript import BEGIN, Manuscript
from generator.loading.rules import MISSING_HEADER, UNKNOWN_KIND
from generator.problems.phrases import shorten
from generator.problems.problem import Edit, Place, Problem
from generator.problems.suggestions import find_nearest
from generator.schema.migrations import check_format, read_format
from generator.schema.rules import WRONG_TYPE
from generator.schema.validator import say_empty_field
from generator.schema.vocabulary import Kind
from generator.syntax.document import Document
from generator.syntax.lines import NAME
from generator.syntax.recovery import say_finding
from generator.syntax.rules import EMPTY_FILE
from generator.syntax.torn.above_start import guess_list, is_filled, move_into_list, say_list
from generator.syntax.torn.open_texts import explain_continuation
from generator.syntax.torn.outline import ANYTHING, FILE, Chunk, Group


def take_main_file(document: Document, manuscript: Manuscript) -> None:
    data = document.data
    if document.unread:
        manuscript.unread_kinds |= set(manuscript.vocabulary.kinds)
        return
    if not isinstance(data, dict):
        manuscript.problems.append(_say_no_header(document, data))
        return
    manuscript.format = read_format(document)
    manuscript.problems += check_format(document)
    header = manuscript.vocabulary.header.fields
    bare = (
        [name for name in data if name in header and name not in manuscript.vocabulary.kinds]
        if data.get("strategy") is None
        else []
    )
    if bare:
        manuscript.problems.append(_say_bare_header(document, bare))
    at_edge = _find_entry_at_edge(data, manuscript.vocabulary.kinds)
    if at_edge:
        manuscript.problems.append(_say_entry_at_edge(document, at_edge, manuscript))
    for name, value in data.items():
        if name in at_edge:
            continue
        if name in manuscript.vocabulary.kinds:
            if value is not None:
                take_list(document, (name,), value, name, manuscript)
            elif not (
                document.is_faulty((name,))
                or document.is_told((name,))
                or _is_lost_below(name, document)
            ):
                manuscript.problems.append(say_empty_field(name, document, (name,)))
        elif name != "strategy" and name not in bare:
            manuscript.problems.append(
                _say_unknown_kind(document, name, manuscript, in_header=name in header)
            )
    _take_header(document, manuscript, said=bool(bare))


def _is_lost_below(name: str, document: Document) -> bool:
    """Whether the first line of a list could not be read: then it only seems to be empty."""
    start = document.key_place((name,)).line
    filled = (
        number
        for number in range(start + 1, len(document.lines) + 1)
        if document.lines[number - 1].strip()
        and not document.lines[number - 1].lstrip().startswith("#")
    )
    return next(filled, 0) in document.gaps


def _say_no_header(document: Document, data: Any) -> Problem:
    """A strategy.yaml that is a list or a text."""
    first = data[0] if isinstance(data, list) and data else None
    fix = "Write strategy: on a line of its own at the top."
    if isinstance(first, dict):
        fix = (
            "Take away the dash, and let the line begin at the left edge."
            if "strategy" in first
            else ("Write strategy: on a line above, and take away the dash.")
        )
    place = document.key_place((0,)) if first is not None else Place(document.file, 1, 1, 1, 2)
    return document.problem(
        WRONG_TYPE,
        place=place,
        title="strategy.yaml must begin with strategy: and its fields",
        why="The header comes first, then a list for each kind of entry.",
        fix=fix,
        edits=_lift_header(document, data),
        certain=False,
    )


def _lift_header(document: Document, data: Any) -> tuple[Edit, ...]:
    """What makes the header of the only item of a list."""
    if not (isinstance(data, list) and len(data) == 1 and isinstance(data[0], dict) and data[0]):
        return ()
    if "strategy" in data[0]:
        return lift_out(document)
    first = document.key_place((0, next(iter(data[0]))))
    if document.lines[first.line - 1][: first.column - 1] != "- ":
        return ()
    return (Edit(Place(document.file, first.line, 1, first.line, 2), "strategy:\n "),)


def _say_bare_header(document: Document, names: Sequence[str]) -> Problem:
    """The fields of the header as far left as the line that should stand above them."""
    place, fix = (
        document.key_place((names[0],)),
        "Write strategy: on a line above them, and indent them.",
    )
    title = "the fields of the header stand at the left edge"
    if "strategy" in document.data:
        above = document.key_place(("strategy",))
        title, fix = (
            "the fields of the header are not indented below strategy:",
            "Indent them by two spaces more.",
        )
        if above.column > 1:
            place, fix = (
                above,
                "Take away the spaces before strategy:, so that the fields lie deeper.",
            )
    return document.problem(
        MISSING_HEADER,
        place=place,
        title=title,
        why=f"{', '.join(names[:4])} belong under strategy:, indented by two spaces.",
        fix=fix,
    )


def _find_entry_at_edge(data: Mapping[str, Any], kinds: Mapping[str, Kind]) -> Sequence[str]:
    """The fields of an entry that was pasted to the left edge, from its id on."""
    names = list(dropwhile(lambda name: name != "id", data))
    found = list(takewhile(lambda name: name not in kinds and name != "strategy", names))
    fits = any(set(found) <= set(kind.fields) for kind in kinds.values())
    return found if len(found) > 1 and fits else ()


def _say_entry_at_edge(document: Document, names: Sequence[str], manuscript: Manuscript) -> Problem:
    kinds = manuscript.vocabulary.kinds
    fitting = guess_list(set(names), {name: kind.fields for name, kind in kinds.items()})
    block = _find_block(document, names)
    outline = Group(dict.fromkeys((*kinds, "strategy"), ANYTHING), type=FILE)
    start = document.key_place((fitting,)).line - 1 if fitting in document.data else None
    edits: tuple[Edit, ...] = ()
    if start is not None:
        edits = move_into_list(document.file, document.lines, block, start, outline)
    return document.problem(
        UNKNOWN_KIND,
        place=document.key_place((names[0],)),
        title=f"lines {block.start + 1} to {block.stop} stand at the left edge, and seem to be an entry",
        why="At the left edge of strategy.yaml stand the header and the kinds of entry.",
        fix=f"Move them into {say_list(fitting, start)}: a dash and a space before the first, the others two spaces further in than the dash.",
        edits=edits,
        certain=False,
    )


def _find_block(document: Document, names: Sequence[str]) -> range:
    """The lines (from 0) of some fields at the left edge, one below the other."""
    start = document.key_place((names[0],)).line - 1
    others = [document.key_place((name,)).line - 1 for name in document.data if name not in names]
    stop = min((line for line in others if line > start), default=len(document.lines))
    while stop > start + 1 and not is_filled(document.lines[stop - 1]):
        stop -= 1
    return range(start, stop)


def _say_unknown_kind(
    document: Document, name: str, manuscript: Manuscript, *, in_header: bool
) -> Problem:
    if not NAME.fullmatch(name):
        gone_on = _say_text_at_edge(document, name)
        if gone_on is not None:
            return gone_on
    kinds = list(manuscript.vocabulary.kinds)
    near = find_nearest(name, [*kinds, "strategy"])
    fix = f'Did you mean "{near.word}"?' if near else f"Known are strategy, {', '.join(kinds)}."
    if in_header:
        fix = "It is a field of the header: indent it, so that it stands under strategy:"
    return document.problem(
        UNKNOWN_KIND,
        place=document.key_place((name,)),
        title=f'"{shorten(name)}" is not a kind of entry',
        why="At the left edge of strategy.yaml stand the header and the kinds of entry.",
        fix=fix,
        replace_with=near.word if near and not in_header else None,
        certain=bool(near and near.sure),
    )


def _say_text_at_edge(document: Document, name: str) -> Problem | None:
    """A line with a colon at the left edge that goes on with the text above it, as where paragraphs
    were pasted.
    """
    line = document.key_place((name,)).line - 1
    whole = Group({})
    found = explain_continuation(document.lines, line, Chunk(0, len(document.lines), whole))
    return say_finding(document.file, document.lines, found) if found is not None else None


def _take_header(document: Document, manuscript: Manuscript, *, said: bool) -> None:
    """Check the header. Where a slip may have hidden it, or its fields were found elsewhere,
    nothing more is said.
    """
    if document.data.get("strategy") is None:
        written = any(line.startswith("strategy:") for line in document.lines)
        hidden = written and any(
            problem.place.file == document.file for problem in manuscript.problems
        )
        if not said and not hidden and not document.is_faulty(("strategy",)):
            place = document.key_place(
                ("strategy",)
            )  # where it is not written, the start of the file
            manuscript.problems.append(
                document.problem(
                    MISSING_HEADER,
                    place=place,
                    title="the header of the strategy is missing",
                    why="Under strategy: stand the company, its statement, and the version.",
                    fix=BEGIN,
                )
            )
        return
    manuscript.header = check_entry(document, ("strategy",), "header", manuscript)


def say_of_main_file(problems: Sequence[Problem]) -> Iterator[Problem]:
    """An empty strategy.yaml lacks its header, not an entry."""
    for problem in problems:
        if problem.rule == EMPTY_FILE.id:
            yield replace(
                problem,
                why="It holds the header of the strategy and is where reading begins.",
                fix=BEGIN,
            )
        else:
            yield problem
