"""Entries that have the id of another: one by one, or many at once where a list was pasted twice."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from generator.loading.located_entry import Written
from generator.loading.rules import DUPLICATE_ID
from generator.model.entry import Key
from generator.problems.problem import Edit, Place, Problem, Related

_FEWEST = 3
"""So many entries in a row that stand there already were pasted together."""


def say_duplicates(again: Sequence[Written], unique: Mapping[Key, Written]) -> Iterator[Problem]:
    """What is said of entries whose ids are those of others, `unique`."""
    for run in _list_runs(again):
        firsts = [unique[Key(one.kind.key, str(one.id))] for one in run]
        if len(run) >= _FEWEST:
            yield _say_run(run, firsts)
        else:
            yield from map(_say_duplicate, run, firsts)


def _list_runs(again: Sequence[Written]) -> Iterator[Sequence[Written]]:
    """Neighbours in one list, together."""
    run: list[Written] = []
    for one in again:
        if run and not _follows(run[-1], one):
            yield run
            run = []
        run.append(one)
    if run:
        yield run


def _follows(before: Written, one: Written) -> bool:
    is_list = bool(one.route) and isinstance(one.route[-1], int) and bool(before.route)
    return (
        is_list
        and one.document is before.document
        and one.route == (*before.route[:-1], int(before.route[-1]) + 1)
    )


def _say_run(run: Sequence[Written], firsts: Sequence[Written]) -> Problem:
    document = run[0].document
    start = document.key_place(run[0].route).line
    end = document.end_place(run[-1].route).line
    others = [one.document.value_place((*one.route, "id")) for one in (firsts[0], firsts[-1])]
    same = all(one.value == first.value for one, first in zip(run, firsts, strict=True))
    where = f"{others[0].file}, from line {others[0].line} on"
    fix = f"Delete lines {start} to {end}."
    return document.problem(
        DUPLICATE_ID,
        place=document.value_place((*run[0].route, "id")),
        title=f'{len(run)} entries stand here a second time, from "{run[0].id}" to "{run[-1].id}"',
        why=f"The others stand in {where}{', with the same words' if same else ', in part with other words'}.",
        fix=fix if same else f"Compare them, put what is new into the others, and then: d{fix[1:]}",
        related=tuple(Related(place, "the other one") for place in others),
        edits=(Edit(Place(document.file, start, 1, end + 1, 1), ""),) if same else (),
        certain=False,
        is_cause=True,
    )


def _say_duplicate(written: Written, first: Written) -> Problem:
    earlier = first.document.value_place((*first.route, "id"))
    return written.document.problem(
        DUPLICATE_ID,
        place=written.document.value_place((*written.route, "id")),
        title=f'a second {written.kind.title.lower()} has the id "{written.id}"',
        why=f"The other stands in {earlier.file}, line {earlier.line}. References would not know which one is meant.",
        related=(Related(earlier, "the other one"),),
    )
