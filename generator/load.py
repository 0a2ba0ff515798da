"""From files to a strategy: the only door.

One strategy is read from `strategy.yaml` and the folder `strategy/` beside it: a list per kind
(`strategy/objections.yaml`) or an entry per file (`strategy/objections/too-expensive.yaml`). Where an entry stands
makes no difference.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from itertools import pairwise
from typing import Any
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError, available_timezones

from generator.entry import Mention, build_entry, build_header, find_mentions, parse_key
from generator.location import Locator
from generator.manuscript import Manuscript, Written, read_manuscript
from generator.model import AUDIENCES, DEFAULT_AUDIENCE, Entry, Header, Key, Link, Strategy
from generator.problem import MOST, Place, Problem, Related
from generator.reference import KnownEntries, explain_broken, names_of
from generator.source import MAX_BYTES, Route, Source
from generator.suggestion import suggest
from generator.tree import Tree
from generator.vocabulary import KINDS, Vocabulary


@dataclass(frozen=True)
class Loaded:
    """What reading gave. `strategy` holds the sound entries, and is None where there is no sound header.

    `keys` are all entries by kind and id; `lost` are those that are written, but could not be read; of `unread_kinds` nobody
    knows all.
    `locator` leads from an entry and a field back to the line it is written on.
    """

    strategy: Strategy | None
    problems: tuple[Problem, ...]
    vocabulary: Vocabulary
    files: tuple[str, ...]
    keys: frozenset[Key] = frozenset()
    lost: frozenset[Key] = frozenset()
    unread_kinds: frozenset[str] = frozenset()
    locator: Locator = field(default_factory=Locator)


def load_strategy(tree: Tree, max_bytes: int = MAX_BYTES) -> Loaded:
    """Read the whole strategy in `tree`. Faults in it come back as problems, sorted by file and line, never raised."""
    manuscript = read_manuscript(tree, max_bytes)
    unique = _find_duplicates(manuscript)
    links = _resolve(manuscript, unique)
    strategy = _build(manuscript, unique, links)
    if strategy is not None:
        manuscript.problems += _check_circles(strategy.header, manuscript, unique)
    ordered = sorted(set(manuscript.problems), key=lambda problem: problem.order)
    locator = Locator(manuscript.header, unique)
    return Loaded(
        strategy,
        tuple(ordered),
        manuscript.vocabulary,
        tuple(manuscript.files),
        frozenset(unique),
        frozenset(_find_lost(manuscript, unique)),
        frozenset(manuscript.unread_kinds),
        locator,
    )


def _find_lost(manuscript: Manuscript, unique: Mapping[Key, Written]) -> Iterator[Key]:
    """Entries with a fault; an id that was found in lines nobody could read may be of any kind."""
    yield from (key for key, written in unique.items() if not written.sound)
    yield from (key for kind in KINDS for lost in manuscript.lost_ids if (key := Key(kind, lost)) not in unique)


def _find_duplicates(manuscript: Manuscript) -> dict[Key, Written]:
    """The entries by key; a second one of the same id is a problem, and so is a former id that is in use."""
    unique: dict[Key, Written] = {}
    for written in manuscript.entries:
        if written.id is None:
            continue
        key = Key(written.kind.key, written.id)
        if key in unique:
            if len(manuscript.problems) <= MOST:
                manuscript.problems.append(_say_duplicate(written, unique[key]))
        else:
            unique[key] = written
    former: dict[Key, Written] = {}
    for key, written in unique.items():
        for position, old in enumerate(_list_of(written.value, "former_ids")):
            place = written.source.value_place((*written.route, "former_ids", position))
            other = Key(key.kind, old) if isinstance(old, str) else None
            if other is None:
                continue
            if other in unique or other in former:
                manuscript.problems.append(
                    written.source.problem(
                        "former-id-in-use",
                        place,
                        f'the former id "{old}" also belongs to another {written.kind.title.lower()}',
                        "An old link can lead to one entry only.",
                        "Delete it here, or give the other entry another id.",
                    )
                )
            former.setdefault(other, written)
    return unique


def _list_of(value: Any, name: str) -> Sequence[Any]:
    items = value.get(name) if isinstance(value, dict) else None
    return items if isinstance(items, list) else ()


def _say_duplicate(written: Written, first: Written) -> Problem:
    earlier = first.source.value_place((*first.route, "id"))
    return written.source.problem(
        "duplicate-id",
        written.source.value_place((*written.route, "id")),
        f'two {written.kind.plural.lower()} have the id "{written.id}"',
        f"The other stands in {earlier.file}, line {earlier.line}. References would not know which one is meant.",
        "Give one of them another id, or delete it.",
        (Related(earlier, "the other one"),),
    )


def _resolve(manuscript: Manuscript, unique: Mapping[Key, Written]) -> list[Link]:
    """Every reference of every entry, faulty entries included; the broken ones become problems."""
    known: dict[str, dict[str, Sequence[str]]] = {kind: {} for kind in KINDS}
    for key, written in unique.items():
        known[key.kind][key.id] = names_of(written.value, written.kind.title_field)
    links: list[Link] = []
    broken: list[tuple[str, Problem]] = []
    certain = (
        all(written.sound for written in manuscript.entries) and not manuscript.lost_ids
    )  # else a better match may yet come
    written_all: Iterable[Written] = [*([manuscript.header] if manuscript.header else []), *unique.values()]
    for written in written_all:
        source_key = None if written is manuscript.header else Key(written.kind.key, written.id or "")
        for mention in find_mentions(written.value, written.kind.fields):
            target = parse_key(mention.written, mention.refers_to)
            route = (*written.route, *mention.route)
            fits = target is not None and (not mention.refers_to or target.kind in mention.refers_to)
            if target is not None and fits and target in unique:
                links.append(
                    Link(source_key, mention.field, target, _mention_place(written.source, route, mention))
                )
            elif len(broken) <= MOST and not _is_lost(target, manuscript) and not written.source.is_faulty(route):
                problem = _say_broken(written.source, route, mention, known, certain=certain)
                broken.append((mention.written, problem))
    named = Counter(name for name, _ in broken)
    for name, problem in broken:  # a name that several use is right more likely than the id it is near to
        manuscript.problems.append(problem if named[name] == 1 else replace(problem, edits=()))
    return links


def _say_broken(source: Source, route: Route, mention: Mention, known: KnownEntries, *, certain: bool) -> Problem:
    broken = explain_broken(mention.written, mention.refers_to, known)
    replacement = f"entry:{broken.replacement}" if broken.replacement and mention.in_text else broken.replacement
    if not certain:
        replacement = None
    return source.problem("broken-reference", _mention_place(source, route, mention), broken.title, broken.why,
                          broken.fix, replace_with=replacement)  # fmt: skip


def _mention_place(source: Source, route: Route, mention: Mention) -> Place:
    return source.text_place(route, f"entry:{mention.written}") if mention.in_text else source.value_place(route)


def _is_lost(key: Key | None, manuscript: Manuscript) -> bool:
    """Whether the entry may well exist, in a part that could not be read."""
    if key is None:
        return False
    return key.id in manuscript.lost_ids or key.kind in manuscript.unread_kinds


def _check_circles(header: Header, manuscript: Manuscript, unique: Mapping[Key, Written]) -> Iterator[Problem]:
    """The time zone must be known, and every audience one of those in the header."""
    assert manuscript.header is not None  # noqa: S101  # there is a Header
    source, route = manuscript.header.source, manuscript.header.route
    try:
        ZoneInfo(header.timezone)
    except (ZoneInfoNotFoundError, ValueError, OSError):
        near = suggest(header.timezone, sorted(available_timezones()))
        yield source.problem(
            "unknown-timezone",
            source.value_place((*route, "timezone")),
            f'"{header.timezone}" is not a time zone we know',
            "It decides whose today counts.",
            f'Did you mean "{near}"?' if near else "Write one such as Europe/Berlin.",
        )
    if DEFAULT_AUDIENCE not in header.audiences:
        yield source.problem(
            "unknown-audience",
            source.value_place((*route, "audiences")),
            f'the audiences must have "{DEFAULT_AUDIENCE}" among them',
            "It is the audience of every entry that names none.",
            f"Add {DEFAULT_AUDIENCE} to the list.",
        )
    yield from _check_order(header, source, (*route, "audiences"))
    for written in unique.values():
        audience = written.value.get("audience") if isinstance(written.value, dict) else None
        if isinstance(audience, str) and audience not in header.audiences:
            near = suggest(audience, list(header.audiences))
            yield written.source.problem(
                "unknown-audience",
                written.source.value_place((*written.route, "audience")),
                f'"{audience}" is not an audience we know',
                f"The header knows: {', '.join(header.audiences)}.",
                f'Did you mean "{near}"?' if near else "Use one of these, or add it to audiences in the header.",
            )


def _check_order(header: Header, source: Source, route: Route) -> Iterator[Problem]:
    """The circles everybody knows must widen from first to last; of a company's own names nobody can tell."""
    written = [circle for circle in header.audiences if circle in AUDIENCES]
    sorted_circles = sorted(written, key=AUDIENCES.index)
    if written != sorted_circles:
        first, second = next(
            (one, other) for one, other in pairwise(written) if AUDIENCES.index(one) > AUDIENCES.index(other)
        )
        yield source.problem(
            "audiences-out-of-order",
            source.value_place(route),
            f'the audiences run from the narrowest to the widest, but "{first}" stands before "{second}"',
            f"Everybody gets what is meant for the own circle and wider ones: in this order, {first} would read "
            f"what is meant for {second}.",
            f"Write them in this order: {', '.join(sorted_circles)}.",
        )


def _build(manuscript: Manuscript, unique: Mapping[Key, Written], links: Sequence[Link]) -> Strategy | None:
    if manuscript.header is None or not manuscript.header.sound:
        return None
    header: Header = build_header(
        manuscript.vocabulary.header, manuscript.header.value, manuscript.header.source.key_place(("strategy",))
    )
    entries: dict[str, dict[str, Entry]] = {kind: {} for kind in KINDS}
    for key, written in sorted(unique.items()):
        if written.sound:
            place = written.source.value_place((*written.route, "id"))
            entries[key.kind][key.id] = build_entry(written.kind, written.value, place)
    ordered = sorted(set(links), key=lambda link: (str(link.source or ""), link.field, str(link.target)))
    return Strategy(header, entries, tuple(ordered))
