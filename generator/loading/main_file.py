"""What stands in `strategy.yaml`: the header, and a list of entries for each kind."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
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
from generator.syntax.document import Source
from generator.syntax.lines import NAME
from generator.syntax.recovery import say_finding
from generator.syntax.rules import EMPTY_FILE
from generator.syntax.torn.open_texts import explain_continuation
from generator.syntax.torn.outline import Chunk, Group


def take_main_file(source: Source, manuscript: Manuscript) -> None:
    data = source.data
    if source.unread:
        manuscript.unread_kinds |= set(manuscript.vocabulary.kinds)
        return
    if not isinstance(data, dict):
        manuscript.problems.append(_say_no_header(source, data))
        return
    manuscript.format = read_format(source)
    manuscript.problems += check_format(source)
    header = manuscript.vocabulary.header.fields
    bare = (
        [name for name in data if name in header and name not in manuscript.vocabulary.kinds]
        if data.get("strategy") is None
        else []
    )
    if bare:
        manuscript.problems.append(_say_bare_header(source, bare))
    for name, value in data.items():
        if name in manuscript.vocabulary.kinds:
            if value is not None:
                take_list(source, (name,), value, name, manuscript)
            elif not (
                source.is_faulty((name,)) or source.is_told((name,)) or _is_lost_below(name, source)
            ):
                manuscript.problems.append(say_empty_field(name, source, (name,)))
        elif name != "strategy" and name not in bare:
            manuscript.problems.append(
                _say_unknown_kind(source, name, manuscript, in_header=name in header)
            )
    _take_header(source, manuscript, said=bool(bare))


def _is_lost_below(name: str, source: Source) -> bool:
    """Whether the first line of a list could not be read: then it only seems to be empty."""
    start = source.key_place((name,)).line
    filled = (
        number
        for number in range(start + 1, len(source.lines) + 1)
        if source.lines[number - 1].strip()
        and not source.lines[number - 1].lstrip().startswith("#")
    )
    return next(filled, 0) in source.gaps


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
        edits=_lift_header(source, data),
        certain=False,
    )


def _lift_header(source: Source, data: Any) -> tuple[Edit, ...]:
    """What makes the header of the only item of a list."""
    if not (isinstance(data, list) and len(data) == 1 and isinstance(data[0], dict) and data[0]):
        return ()
    if "strategy" in data[0]:
        return lift_out(source)
    first = source.key_place((0, next(iter(data[0]))))
    if source.lines[first.line - 1][: first.column - 1] != "- ":
        return ()
    return (Edit(Place(source.file, first.line, 1, first.line, 2), "strategy:\n "),)


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


def _say_unknown_kind(
    source: Source, name: str, manuscript: Manuscript, *, in_header: bool
) -> Problem:
    if not NAME.fullmatch(name):
        gone_on = _say_text_at_edge(source, name)
        if gone_on is not None:
            return gone_on
    kinds = list(manuscript.vocabulary.kinds)
    near = find_nearest(name, [*kinds, "strategy"])
    fix = f'Did you mean "{near.word}"?' if near else f"Known are strategy, {', '.join(kinds)}."
    if in_header:
        fix = "It is a field of the header: indent it, so that it stands under strategy:"
    return source.problem(
        UNKNOWN_KIND,
        place=source.key_place((name,)),
        title=f'"{shorten(name)}" is not a kind of entry',
        why="At the left edge of strategy.yaml stand the header and the kinds of entry.",
        fix=fix,
        replace_with=near.word if near and not in_header else None,
        certain=bool(near and near.sure),
    )


def _say_text_at_edge(source: Source, name: str) -> Problem | None:
    """A line with a colon at the left edge that goes on with the text above it, as where paragraphs
    were pasted.
    """
    line = source.key_place((name,)).line - 1
    whole = Group({})
    found = explain_continuation(source.lines, line, Chunk(0, len(source.lines), whole))
    return say_finding(source.file, source.lines, found) if found is not None else None


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
                    fix=BEGIN,
                )
            )
        return
    manuscript.header = check_entry(source, ("strategy",), "header", manuscript)


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
