"""From files to a strategy: the only door.

One strategy is read from `strategy.yaml` and the folder `strategy/` beside it: a list per kind
(`strategy/objections.yaml`) or an entry per file (`strategy/objections/too-expensive.yaml`). Where
an entry stands makes no difference.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence, Set
from dataclasses import dataclass, field, replace
from itertools import islice
from typing import Any

from generator.files.memory import NO_MEMORY, PLACES, Memory
from generator.files.tree import Tree
from generator.loading.located_entry import Written
from generator.loading.locator import Locator
from generator.loading.manuscript import MAIN_FILE, Manuscript
from generator.loading.mishaps.absent import (
    group_absent,
    say_absent,
    say_misspelt_id,
    say_renamed,
)
from generator.loading.mishaps.audiences import check_circles
from generator.loading.mishaps.twice import say_duplicates
from generator.loading.references import (
    KnownEntries,
    explain_broken,
    list_names,
    names_of,
    write_apart,
)
from generator.loading.rules import (
    BROKEN_REFERENCE,
    FORMER_ID_IN_USE,
)
from generator.loading.strategy_files import read_manuscript
from generator.loading.truncation import Ending, say_cut_off, tell_ending
from generator.model.builder import Mention, build_header, parse_key
from generator.model.dates import Interval
from generator.model.entry import Entry, Key
from generator.model.header import Header
from generator.model.strategy import Link, Strategy
from generator.problems.problem import MOST, Edit, Problem
from generator.schema.corrections import make_id
from generator.schema.vocabulary import Vocabulary, is_id
from generator.syntax.document import MAX_BYTES

_MANY = 5
"""So many references to entries of a kind that are not there speak for a list that lost them."""


@dataclass(frozen=True)
class Loaded:
    """What reading gave. `strategy` holds the sound entries, and is None where there is no sound
    header.

    `keys` are all entries by kind and id; `lost` are those that are written, but could not be read;
    of `unread_kinds` nobody knows all. `locator` leads from an entry and a field back to the line
    it is written on.
    """

    strategy: Strategy | None
    problems: tuple[Problem, ...]
    vocabulary: Vocabulary
    files: tuple[str, ...]
    keys: frozenset[Key] = frozenset()
    lost: frozenset[Key] = frozenset()
    unread_kinds: frozenset[str] = frozenset()
    locator: Locator = field(default_factory=Locator)


def load_strategy(tree: Tree, max_bytes: int = MAX_BYTES, memory: Memory = NO_MEMORY) -> Loaded:
    """Read the whole strategy in `tree`. Faults in it come back as problems, sorted by file and
    line, never raised.

    With a `memory`, files that have not changed since are not read again.
    """
    manuscript = read_manuscript(tree, max_bytes, memory)
    unique = _find_duplicates(manuscript)
    links = _list_links(manuscript, unique)
    _resolve(manuscript, unique, links)
    strategy = _build(manuscript, unique, links)
    if strategy is not None:
        manuscript.problems += check_circles(strategy.header, manuscript, unique)
    ordered = sorted(set(manuscript.problems), key=lambda problem: problem.order)
    locator = Locator(manuscript.header, unique, memory.about(PLACES))
    return Loaded(
        strategy,
        tuple(ordered),
        manuscript.vocabulary,
        tuple(manuscript.files),
        frozenset(unique),
        frozenset(_find_lost(manuscript, unique)),
        frozenset(
            manuscript.unread_kinds
            | {one.kind for one in manuscript.endings if one.kind and one.is_sure}
        ),
        locator,
    )


def _find_lost(manuscript: Manuscript, unique: Mapping[Key, Written]) -> Iterator[Key]:
    """Entries with a fault; an id that was found in lines nobody could read may be of any kind."""
    yield from (key for key, written in unique.items() if not written.sound)
    yield from (
        key
        for kind in manuscript.vocabulary.kinds
        for lost in manuscript.lost_ids
        if (key := Key(kind, lost)) not in unique
    )


def _find_duplicates(manuscript: Manuscript) -> dict[Key, Written]:
    """The entries by key; a second one of the same id is a problem, and so is a former id that is
    in use.
    """
    unique: dict[Key, Written] = {}
    again: list[Written] = []
    for written in manuscript.entries:
        if written.id is None:
            continue
        key = Key(written.kind.key, written.id)
        if key in unique:
            again.append(written)
        else:
            unique[key] = written
    room = max(0, MOST + 1 - len(manuscript.problems))
    manuscript.problems += islice(say_duplicates(again, unique), room)
    manuscript.problems += islice(_find_former(unique), MOST + 1)
    return unique


def _find_former(unique: Mapping[Key, Written]) -> Iterator[Problem]:
    """Former ids that lead to more than one entry, or to the entry itself."""
    former: set[Key] = set()
    for key, written in unique.items():
        for position, old in enumerate(_list_of(written.value, "former_ids")):
            if not isinstance(old, str):
                continue
            other, kind = Key(key.kind, old), written.kind.title.lower()
            place = written.document.value_place((*written.route, "former_ids", position))
            if other == key:
                yield written.document.problem(
                    FORMER_ID_IN_USE,
                    place=place,
                    title=f'"{old}" is the id that this {kind} has now',
                    why="A former id is one that it has no longer.",
                    fix="Delete it here.",
                    edits=_remove_former(written, position),
                    certain=False,
                )
            elif other in unique or other in former:
                yield written.document.problem(
                    FORMER_ID_IN_USE,
                    place=place,
                    title=f'the former id "{old}" also belongs to another {kind}',
                    fix="Delete it here, or give the other entry another id.",
                    edits=_remove_former(written, position),
                    certain=False,
                )
            former.add(other)


def _remove_former(written: Written, position: int) -> tuple[Edit, ...]:
    """A former id taken away, with its list where it is the only one."""
    route = (*written.route, "former_ids")
    is_only = len(_list_of(written.value, "former_ids")) == 1
    return written.document.removal(route if is_only else (*route, position))


def _list_of(value: Any, name: str) -> Sequence[Any]:
    items = value.get(name) if isinstance(value, dict) else None
    return items if isinstance(items, list) else ()


@dataclass(frozen=True)
class _Broken:
    """A reference that leads nowhere: what is said of it, the key it names, and the entry that was
    probably meant.
    """

    written: str
    target: Key | None
    near: Key | None
    is_named: bool
    problem: Problem


def _list_links(manuscript: Manuscript, unique: Mapping[Key, Written]) -> tuple[Link, ...]:
    """Every reference that leads somewhere, of faulty entries too: the header's first, then by
    entry, field and target.
    """
    ordered = [unique[key] for key in sorted(unique, key=str)]
    written_all = [*([manuscript.header] if manuscript.header else []), *ordered]
    return tuple(link for written in written_all for link in written.links if link.target in unique)


def _resolve(manuscript: Manuscript, unique: Mapping[Key, Written], links: Sequence[Link]) -> None:
    """References that lead nowhere become problems, of faulty entries too."""
    broken: list[_Broken] = []
    names: tuple[dict[str, dict[str, Sequence[str]]], set[Key]] | None = None
    for written in [*([manuscript.header] if manuscript.header else []), *unique.values()]:
        if not written.has_strays and all(link.target in unique for link in written.links):
            continue
        for mention, target in written.list_mentions():
            if target is not None and target in unique:
                continue
            names = names or list_names(unique, manuscript.vocabulary.kinds)
            known, misnamed = names
            if target is not None and target in misnamed:
                continue  # the entry is there; what is wrong with its id was said
            route, named = (
                (*written.route, *mention.route),
                parse_key(mention.written, mention.refers_to),
            )
            if (
                len(broken) > MOST
                or _is_lost(named, manuscript)
                or written.document.is_faulty(route)
            ):
                continue
            if not written.document.is_told(route):
                broken.append(_look_into(written, mention, named, known))
    cut = _find_cut(broken, manuscript, unique)
    manuscript.problems = list(_tell_endings(manuscript, cut))
    gone = {one for ones in cut.values() for one in ones}
    left = [one for one in broken if one not in gone]
    manuscript.problems += _say_broken(left, manuscript, unique, {link.target for link in links})


def _find_cut(
    broken: Sequence[_Broken], manuscript: Manuscript, unique: Mapping[Key, Written]
) -> Mapping[Ending, Sequence[_Broken]]:
    """References to entries that may have been lost with the end of a file, by that end.

    A file that merely has no line end must be the only such one, and lack several entries: else
    that is a habit of its author.
    """
    absent = set(manuscript.vocabulary.kinds) - {key.kind for key in unique}
    owners: dict[str, Ending] = {}
    for ending in sorted(manuscript.endings, key=lambda ending: ending.problem is None):
        kinds = {ending.kind} | (absent if ending.document.file == MAIN_FILE else set())
        owners = dict.fromkeys(kinds, ending) | owners
    found: dict[Ending, list[_Broken]] = {}
    for one in broken:
        owner = owners.get(one.target.kind) if one.target is not None else None
        if owner is not None and not one.problem.edits:  # a slip that a machine may mend is no loss
            found.setdefault(owner, []).append(one)
    if not found:
        return {}
    alone = sum(ending.document.is_unended for ending in manuscript.endings) == 1
    return {
        ending: ones for ending, ones in found.items() if _is_cut(ending, ones, unique, alone=alone)
    }


def _is_cut(
    ending: Ending, broken: Sequence[_Broken], unique: Mapping[Key, Written], *, alone: bool
) -> bool:
    """Whether these references say that a file was cut off. One that is near to a whole entry may
    as well be misspelt.
    """
    if ending.is_sure:
        return True
    nears = ((one, unique.get(one.near) if one.near else None) for one in broken)
    firm = [
        one
        for one, near in nears
        if one.near is None or (near and near.document is ending.document and not near.sound)
    ]
    return bool(firm) if ending.problem else alone and len(_ids_of(firm)) > 1


def _ids_of(broken: Sequence[_Broken]) -> list[str]:
    return sorted({one.target.id for one in broken if one.target is not None})


def _tell_endings(
    manuscript: Manuscript, cut: Mapping[Ending, Sequence[_Broken]]
) -> Iterator[Problem]:
    """What is wrong so far, and at the ends of files also what is lost with them."""
    endings = {ending.problem: ending for ending in manuscript.endings if ending.problem}
    for problem in manuscript.problems:
        ending = endings.get(problem)
        yield tell_ending(problem, ending, _ids_of(cut.get(ending, ()))) if ending else problem
    for ending, ones in cut.items():
        if ending.problem is None:
            yield say_cut_off(ending, _ids_of(ones), [one.problem.place for one in ones])


def _look_into(
    written: Written, mention: Mention, target: Key | None, known: KnownEntries
) -> _Broken:
    in_list = bool(mention.route) and isinstance(mention.route[-1], int)
    found = explain_broken(mention.written, mention.refers_to, known, in_list=in_list)
    replacement = (
        f"entry:{found.replacement}" if found.replacement and mention.in_text else found.replacement
    )
    place = written.place_of(mention)
    if found.items and not mention.in_text:
        replacement = write_apart(
            written.document.lines[place.line - 1][: place.column - 1], found.items
        )
    problem = written.document.problem(
        BROKEN_REFERENCE,
        place=place,
        title=found.title,
        why=found.why,
        fix=found.fix,
        replace_with=replacement,
        certain=found.sure,
    )
    return _Broken(mention.written, target, found.near, found.is_named, problem)


def _say_broken(
    broken: Sequence[_Broken], manuscript: Manuscript, unique: Mapping[Key, Written], used: Set[Key]
) -> Iterator[Problem]:
    """What is said of references that lead nowhere: at each of them, once at the id that was
    misspelt, or once for an entry that several name and that is not there.
    """
    certain = all(written.sound for written in manuscript.entries) and not manuscript.lost_ids
    slips = _find_misspelt_ids(broken, unique, used)
    for near, ones in slips.items():
        meant = ones[0].target.id if ones[0].target is not None else ""
        yield say_misspelt_id(unique[near], meant, [one.problem for one in ones])
    told = {one for ones in slips.values() for one in ones}
    groups: dict[Key | None, list[_Broken]] = {}
    for one in broken:
        if one not in told:
            groups.setdefault(one.target, []).append(one)
    absent = group_absent(
        {
            key: [one.problem for one in ones]
            for key, ones in groups.items()
            if key is not None and not any(one.is_named for one in ones)
        },
        unaided={key for key, ones in groups.items() if all(one.near is None for one in ones)},
    )
    counts: Counter[str] = Counter()
    for keys, places in absent.items():
        counts[keys[0].kind] += len(places)
    homes = {kind: _find_home(kind, unique) for kind, count in counts.items() if count >= _MANY}
    for keys, places in absent.items():
        alike = groups[keys[0]][0].near if len(keys) == 1 else None
        nobody = [one for one in unique if one.kind == keys[0].kind and one not in used]
        home = homes.get(keys[0].kind)
        yield say_absent(keys, places, near=alike, unnamed=nobody, home=home)
    grouped = {one for keys in absent for one in keys}
    for target, ones in groups.items():
        if target is not None and target in grouped:
            continue
        one_cause = len(ones) > 1 and all(one.is_named and one.problem.edits for one in ones)
        if one_cause and len({one.problem.fix for one in ones}) == 1:
            yield say_renamed(ones[0].written, [one.problem for one in ones])
            continue
        for one in ones:  # nobody knows whether a better match may yet come
            yield one.problem if one.is_named or certain else _ask(one.problem)


def _find_home(kind: str, unique: Mapping[Key, Written]) -> Written | None:
    """The last entry of the one list in which all entries of a kind stand; None where there is no
    such list.
    """
    entries = [written for key, written in unique.items() if key.kind == kind]
    if not entries or any(one.document.file != entries[0].document.file for one in entries):
        return None
    last = max(entries, key=lambda one: one.document.key_place(one.route).line)
    return last if last.route else None


def _ask(problem: Problem) -> Problem:
    """The same problem, whose mending its author has to agree to."""
    return replace(problem, edits=(), proposed=(*problem.edits, *problem.proposed))


def _find_misspelt_ids(
    broken: Sequence[_Broken], unique: Mapping[Key, Written], used: Set[Key]
) -> Mapping[Key, Sequence[_Broken]]:
    """Entries that nothing refers to, and the broken references that mean them: there the id is
    wrong, not each of these.

    One reference alone may be the one that is wrong, unless the entry's title says that it is
    right.
    """
    groups: dict[Key, list[_Broken]] = {}
    for one in broken:
        if (
            one.near is not None
            and one.target is not None
            and one.near in unique
            and one.near not in used
        ):
            groups.setdefault(one.near, []).append(one)
    found = {}
    for near, ones in groups.items():
        targets = {one.target.id for one in ones if one.target is not None}
        titles = names_of(unique[near].value, unique[near].kind.title_field)[:1]
        if (
            len(targets) == 1
            and near.id not in targets
            and all(map(is_id, targets))
            and (len(ones) > 1 or targets == {make_id(title) for title in titles})
        ):
            found[near] = ones
    return found


def _is_lost(key: Key | None, manuscript: Manuscript) -> bool:
    """Whether the entry may well exist, in a part that could not be read."""
    if key is None:
        return False
    return (
        key.id in manuscript.lost_ids
        or key.kind in manuscript.unread_kinds | manuscript.nameless_kinds
    )


def _build(
    manuscript: Manuscript, unique: Mapping[Key, Written], links: tuple[Link, ...]
) -> Strategy | None:
    if manuscript.header is None or not manuscript.header.sound:
        return None
    header: Header = build_header(
        manuscript.vocabulary.header,
        manuscript.header.value,
        manuscript.header.document.key_place(("strategy",)),
    )
    described = {
        kind: Interval(written) for kind, written in manuscript.description.review_every.items()
    }
    if described:  # what the header says of a kind of the company's own wins
        every = {**described, **header.checks.review_every}
        header = replace(header, checks=replace(header.checks, review_every=every))
    entries: dict[str, dict[str, Entry]] = {kind: {} for kind in manuscript.vocabulary.kinds}
    for key in sorted(unique, key=lambda key: key.id):
        entry = unique[key].entry
        if entry is not None:
            entries[key.kind][key.id] = entry
    return Strategy(header, entries, links)
