"""An entry pasted into the middle of another, which takes over the last fields of that one: its owner, its
dates, its tags; and one that is pasted without what all others of its list have.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any

from generator.loading.rules import TAKEN_OVER
from generator.problems.phrases import join_words, shorten
from generator.problems.problem import Edit, Place, Problem, Related
from generator.syntax.document import Document, Route
from generator.syntax.lines import FIELD, indent_of, is_item

_FEWEST = 3
_MANY = 5
"""In a list of so many entries, what all but one have is no accident."""
_EVERYWHERE = ("owner", "reviewed_on")
"""What says of an entry who answers for it, and until when it may be trusted."""
_NOT_YET = ("draft", "deprecated")


def find_taken_over(document: Document, route: Route, items: Sequence[Any]) -> Iterator[Problem]:
    """Fields that stand behind an empty line of an entry, where the entry above lacks all of them and
    others have some of them.
    """
    gaps = _find_gaps(document.lines)
    if not gaps or len(items) < _FEWEST:
        return
    starts = {}
    for position, item in enumerate(items):
        if isinstance(item, dict) and item:
            starts[document.key_place((*route, position)).line] = position
    ordered = sorted(starts)
    torn = [_position_at(gap, ordered, starts) for gap in gaps]
    if len(set(torn)) > max(1, len(items) // 10):
        return  # empty lines between fields are how this author writes
    for gap, position in zip(gaps, torn, strict=True):
        if position and isinstance(items[position - 1], dict):
            tail = list(_list_tail(document, (*route, position), items[position], gap))
            if tail and _is_of_the_one_above(tail, position, items):
                yield _say(document, (*route, position), items, position, tail)


def find_left_out(
    document: Document, route: Route, items: Sequence[Any], kind: str, told: Iterable[int]
) -> Iterator[Problem]:
    """The one entry of a list without an owner, or a day of review, where all others have one: it was
    pasted without, or the one below it was pasted into its middle. Of lines that are `told`, nothing
    is said.
    """
    if len(items) < _MANY or document.has_gaps:
        return
    left_out: dict[int, list[str]] = {}
    for name in _EVERYWHERE:
        without = [
            position
            for position, item in enumerate(items)
            if not isinstance(item, dict) or name not in item
        ]
        if len(without) == 1:
            left_out.setdefault(without[0], []).append(name)
    for position, names in left_out.items():
        item, here = items[position], (*route, position)
        if not isinstance(item, dict) or item.get("status") in _NOT_YET:
            continue
        first, last = document.key_place(here).line, document.end_place(here).line
        is_told = document.is_incomplete(here) or any(first <= line <= last for line in told)
        if not is_told and not any(document.is_faulty((*here, name)) for name in item):
            yield _say_left_out(document, here, items, names, kind)


def _say_left_out(
    document: Document, route: Route, items: Sequence[Any], names: Sequence[str], kind: str
) -> Problem:
    position = int(route[-1])
    own, place = _name_of(items[position]), _where_others_have(document, route, items, names)
    fields = join_words([f'"{name}"' for name in names])
    below = items[position + 1] if position + 1 < len(items) else None
    following = (*route[:-1], position + 1)
    fix = f"Write {' and '.join(f'{name}:' for name in names)} into it, below its other fields."
    if names == ["reviewed_on"]:
        fix = f"Read it, then: playbook verify {kind}/{own}"
    related: tuple[Related, ...] = ()
    if isinstance(below, dict) and set(list(below)[-len(names) :]) == set(names):
        start = document.key_place((*following, list(below)[-len(names)]))
        fix = f'If "{_name_of(below)}" was pasted into the middle of it, move line {start.line} back. Else: {fix[:1].lower()}{fix[1:]}'
        related = (Related(start, "perhaps its own"),)
    begin = document.value_place((*route, "id"))
    if begin.line != place.line:
        related = (Related(begin, "where it begins"), *related)
    return document.problem(
        TAKEN_OVER,
        place=place,
        title=f'"{own}" has no {fields}, as the only one of these {len(items)} entries',
        why="Such a line is lost where one entry is pasted into the middle of another. Nobody is asked to read again "
        "what has no day of review.",
        fix=fix,
        related=related,
    )


def _where_others_have(
    document: Document, route: Route, items: Sequence[Any], names: Sequence[str]
) -> Place:
    """The place in an entry behind the last of the fields that others have before these."""
    before: set[str] = set()
    for other in items:
        if isinstance(other, dict) and names[0] in other:
            fields = list(other)
            before.update(fields[: fields.index(names[0])])
    last = [name for name in items[int(route[-1])] if name in before]
    return document.end_place((*route, last[-1])) if last else document.value_place((*route, "id"))


def _name_of(item: Mapping[str, Any]) -> str:
    return shorten(str(item.get("id") or "this entry"), 40)


def _find_gaps(lines: Sequence[str]) -> list[int]:
    """The lines (from 1) of fields that stand behind an empty line, in the middle of an entry."""
    found = []
    for number in range(1, len(lines)):
        text = lines[number]
        if lines[number - 1].strip() or not text.strip() or is_item(text):
            continue
        if indent_of(text) and FIELD.match(text):
            found.append(number + 1)
    return found


def _position_at(line: int, ordered: Sequence[int], starts: Mapping[int, int]) -> int:
    """The position of the item that a line belongs to; 0 where it is the first, or none."""
    above = [start for start in ordered if start <= line]
    return starts[above[-1]] if above else 0


def _list_tail(
    document: Document, route: Route, item: Mapping[str, Any], gap: int
) -> Iterator[str]:
    """The fields of an entry from a line on."""
    return (name for name in item if document.key_place((*route, name)).line >= gap)


def _is_of_the_one_above(tail: Sequence[str], position: int, items: Sequence[Any]) -> bool:
    above, others = (
        items[position - 1],
        [one for one in items[: position - 1] if isinstance(one, dict)],
    )
    others += [one for one in items[position + 1 :] if isinstance(one, dict)]
    if any(name in above for name in tail) or len(tail) >= len(items[position]) - 1:
        return False
    return any(name in other for name in tail for other in others)


def _say(
    document: Document, route: Route, items: Sequence[Any], position: int, tail: Sequence[str]
) -> Problem:
    above = shorten(str(items[position - 1].get("id", "the entry above")), 40)
    own = shorten(str(items[position].get("id", "this entry")), 40)
    fields = join_words([f'"{name}"' for name in tail])
    start = document.key_place((*route[:-1], position - 1))
    return document.problem(
        TAKEN_OVER,
        place=document.key_place((*route, tail[0])),
        title=f'{fields} may belong to "{above}", which has none of them',
        why=f'They stand behind an empty line of "{own}", as if that had been pasted into the middle of the entry above.',
        fix=f'Move them to the end of "{above}"; or, if they are right here, take the empty line away.',
        related=(Related(start, "the entry above"),),
        edits=_move_up(document, route, tail[0]),
        certain=False,
    )


def _move_up(document: Document, route: Route, first: str) -> tuple[Edit, ...]:
    """The fields of an entry from one on moved to the end of the entry above, where both begin alike."""
    above, file = (*route[:-1], int(route[-1]) - 1), document.file
    start, end = document.key_place((*route, first)), document.end_place(route).line
    target = document.end_place(above).line + 1
    if document.is_inline(above) or document.is_inline(route):
        return ()
    if document.key_place((*above, "id")).column != start.column:
        return ()
    lines = "".join(f"{text}\n" for text in document.lines[start.line - 1 : end])
    return (
        Edit(Place(file, target, 1, target, 1), lines),
        Edit(Place(file, start.line, 1, end + 1, 1), ""),
    )
