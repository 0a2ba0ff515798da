"""Entries that several places name and that are not there: deleted, renamed, or not yet written. One
cause is one message, with all its places and one way out.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence, Set
from dataclasses import replace
from itertools import groupby

from generator.loading.located_entry import Written
from generator.loading.references import name_kind
from generator.loading.rules import BROKEN_REFERENCE
from generator.model.entry import Key
from generator.problems.phrases import count_of, join_words, shorten
from generator.problems.problem import Place, Problem, Related
from generator.schema.vocabulary import is_id, standard_vocabulary

_FEWEST = 2
_LINES = 20
_IDS = 6
_FILES = 20
_MOST_BEGUN = 12


def group_absent(
    places: Mapping[Key, Sequence[Problem]], unaided: Set[Key | None]
) -> dict[tuple[Key, ...], list[Problem]]:
    """The references that one message can tell, by the entries they name: one that several places
    name, or several of a kind to which none that is there is near (`unaided`). What a machine can
    mend stays as it is.
    """
    found: dict[tuple[Key, ...], list[Problem]] = {}
    single: dict[str, list[Key]] = {}
    for key, ones in places.items():
        if any(one.edits and key in unaided for one in ones) or not is_id(key.id):
            continue
        if len(ones) >= _FEWEST:
            found[(key,)] = list(ones)
        elif key in unaided and not ones[0].edits:
            single.setdefault(key.kind, []).append(key)
    alone = {keys[0].kind for keys in found if keys[0] in unaided}
    for kind, keys in single.items():
        many = [
            *keys,
            *(one[0] for one in list(found) if one[0].kind == kind and one[0] in unaided),
        ]
        if len(many) < _FEWEST or (kind not in alone and len(keys) < _FEWEST):
            continue
        ordered = tuple(sorted(many, key=str))
        found[ordered] = [
            problem for key in ordered for problem in found.pop((key,), list(places[key]))
        ]
    return found


def say_absent(
    keys: Sequence[Key],
    problems: Sequence[Problem],
    near: Key | None,
    unnamed: Sequence[Key],
    home: Written | None = None,
) -> Problem:
    """What is said once of entries that are not there, and that all these places name. `unnamed` are
    the entries of their kind that nothing refers to: one of them may be the one that is meant. Where
    many places name what is not in a list any more, it is told at its end, behind its last entry `home`.
    """
    ordered = sorted(problems, key=lambda problem: problem.order)
    first = ordered[0]
    kind = keys[0].kind
    noun = name_kind(kind)
    if len(keys) == 1:
        name = shorten(keys[0].id)
        title = f'{count_of(len(ordered), "place")} name the {noun} "{name}", and there is none'
        fix = _way_out(keys[0], near, unnamed, noun)
    else:
        shown = [f'"{shorten(key.id)}"' for key in keys[:_IDS]]
        more = [f"{len(keys) - _IDS} more"] if len(keys) > _IDS else []
        is_plural = kind == "people" or kind not in standard_vocabulary().kinds
        plural = kind if is_plural else f"{noun}s"
        title = f"{len(keys)} {plural} are named that do not exist: {join_words([*shown, *more])}"
        ids = " ".join(key.id for key in keys[:_MOST_BEGUN])
        rest = ", and so on" if len(keys) > _MOST_BEGUN else ""
        fix = f"Correct the ids, or begin the entries: playbook new {keys[0].kind} {ids}{rest}"
    excerpt = tuple(line for line in first.excerpt if line[0] == first.place.line)
    others, place = ordered[1:], first.place
    if home is not None:
        others, place = ordered, home.document.end_place(home.route)
        excerpt = home.document.quote([place])
    return replace(
        first,
        place=place,
        title=title,
        why=f"Named in {_list_places([one.place for one in ordered])}.",
        fix=fix,
        related=tuple(Related(one.place, "names it, too") for one in others),
        excerpt=excerpt,
        edits=(),
        proposed=(),
        is_cause=True,
    )


def say_renamed(written: str, problems: Sequence[Problem]) -> Problem:
    """What is said once of an entry that several places name by another name it has, or by its former
    id, and that a machine can write in all of them.
    """
    ordered = sorted(problems, key=lambda problem: problem.order)
    first = ordered[0]
    places = count_of(len(ordered), "place")
    return replace(
        first,
        title=f'{places} name "{shorten(written)}", which is not the id of an entry',
        why=f"{first.why} Named in {_list_places([one.place for one in ordered])}.",
        fix=f"{first.fix} in each of them",
        related=tuple(Related(one.place, "names it, too") for one in ordered[1:]),
        edits=tuple(edit for one in ordered for edit in one.edits),
    )


def say_misspelt_id(written: Written, meant: str, ones: Sequence[Problem]) -> Problem:
    """An id that nothing refers to, where all these references say `meant`."""
    place = ones[0].place
    count = "What refers to it says" if len(ones) == 1 else f"All {len(ones)} references to it say"
    return written.document.problem(
        BROKEN_REFERENCE,
        place=written.document.value_place((*written.route, "id")),
        title=f'nothing refers to "{written.id}", but there are references to "{meant}"',
        why=f'{count} "{meant}", as in {place.file}, line {place.line}.',
        fix=f"Did you mean id: {meant}? If the new id is meant, write former_ids: [{meant}] below it, and each "
        "reference is told what to write.",
        related=(Related(place, "refers to it"),),
        replace_with=meant,
        certain=False,
        is_cause=len(ones) > 1,
    )


def _way_out(key: Key, near: Key | None, unnamed: Sequence[Key], noun: str) -> str:
    candidate = near or (unnamed[0] if len(unnamed) == 1 else None)
    back = f"put the {noun} back (or begin it anew: playbook new {key.kind} {key.id}), or delete the references"
    if candidate is None:
        return f"{back[:1].upper()}{back[1:]}."
    meant = f'Did you mean "{near.id}"? ' if near else ""
    return (
        f'{meant}If it is now called "{candidate.id}", write former_ids: [{key.id}] there, and each place is told '
        f"what to write. Else {back}."
    )


def _list_places(places: Sequence[Place]) -> str:
    """`strategy.yaml, lines 3 and 8; strategy/plays.yaml, line 4`."""
    parts = []
    for file, ones in groupby(places, key=lambda place: place.file):
        lines = list(dict.fromkeys(str(place.line) for place in ones))
        more = [f"{len(lines) - _LINES} more"] if len(lines) > _LINES else []
        parts.append(
            f"{file}, {'line' if len(lines) == 1 else 'lines'} {join_words([*lines[:_LINES], *more])}"
        )
    if len(parts) > _FILES:
        parts = [*parts[:_FILES], f"{len(parts) - _FILES} more files"]
    return "; ".join(parts)
