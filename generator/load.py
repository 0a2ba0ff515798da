"""From files to a strategy: the only door.

One strategy is read from `strategy.yaml` and the folder `strategy/` beside it: a list per kind
(`strategy/objections.yaml`) or an entry per file (`strategy/objections/too-expensive.yaml`). Where an entry stands
makes no difference.
"""

from __future__ import annotations

import json
import posixpath
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError, available_timezones

from generator.entry import ENTRY_LINK, Mention, build_entry, build_header, find_mentions, parse_key
from generator.migration import FORMAT, check_format, migrate, read_format
from generator.model import DEFAULT_AUDIENCE, Entry, Header, Key, Link, Strategy
from generator.problem import Place, Problem, Related, Severity
from generator.schema import ShapeChecker, find_schema_fault, suggest
from generator.source import MAX_BYTES, Route, Source, read_source
from generator.text import decode
from generator.tree import Tree
from generator.vocabulary import KINDS, Kind, Vocabulary, closed_custom_schema, read_vocabulary, standard_vocabulary

MAIN_FILE = "strategy.yaml"
FOLDER = "strategy"
CUSTOM_SCHEMA = "schema/custom.schema.json"


@dataclass(frozen=True)
class Loaded:
    """What reading gave. `strategy` holds the sound entries, and is None where there is no sound header."""

    strategy: Strategy | None
    problems: tuple[Problem, ...]
    vocabulary: Vocabulary
    files: tuple[str, ...]


@dataclass(frozen=True)
class _Written:
    """An entry as it stands in a file, checked: `value` is what the schema makes of it, `id` also known when faulty."""

    kind: Kind
    source: Source
    route: Route
    value: Any
    id: str | None
    sound: bool


@dataclass
class _Reading:
    """What is collected while reading; it becomes a `Loaded`."""

    vocabulary: Vocabulary
    checker: ShapeChecker
    problems: list[Problem] = field(default_factory=list)
    header: _Written | None = None
    entries: list[_Written] = field(default_factory=list)
    lost_ids: set[str] = field(default_factory=set)
    unread_kinds: set[str] = field(default_factory=set)
    format: int = FORMAT


def load_strategy(tree: Tree, max_bytes: int = MAX_BYTES) -> Loaded:
    """Read the whole strategy in `tree`. Faults in it come back as problems, sorted by file and line, never raised."""
    problems: list[Problem] = []
    vocabulary = _read_vocabulary(tree, problems)
    reading = _Reading(vocabulary, ShapeChecker(vocabulary), problems)
    files = [MAIN_FILE, *tree.list_files(FOLDER)]
    read = [file for file in files if _read_file(tree, file, reading, max_bytes)]
    unique = _find_duplicates(reading)
    links = _resolve(reading, unique)
    strategy = _build(reading, unique, links)
    if strategy is not None:
        reading.problems += _check_circles(strategy.header, reading, unique)
    ordered = sorted(set(reading.problems), key=lambda problem: problem.order)
    return Loaded(strategy, tuple(ordered), vocabulary, tuple(read))


def find_page_mentions(text: str) -> Iterator[tuple[str, int, int]]:
    """Links to entries in a hand-written page: what is linked to, and its line and column, from 1."""
    fenced = False
    for number, line in enumerate(text.split("\n"), 1):
        if line.lstrip().startswith(("```", "~~~")):
            fenced = not fenced
        for match in () if fenced else ENTRY_LINK.finditer(line):
            yield match[1], number, match.start(1) + 1


def explain_broken(written: str, refers_to: Sequence[str], known: Mapping[str, Mapping[str, str]]) -> tuple[str, str, str]:
    """Title, why and fix for a reference that leads nowhere. `known` maps kinds to ids to titles."""
    key = parse_key(written, tuple(refers_to))
    if key is None:
        near = next((f"{kind}/{written}" for kind in refers_to or KINDS if written in known.get(kind, {})), None)
        return (f'"{written}" does not say which kind of entry it means',
                "Here a reference is written with its kind, such as markets/dairies.",
                f"Write {near}" if near else "Put the kind and a slash before the id.")
    kinds = refers_to or KINDS
    if key.kind not in kinds:
        near_kind = suggest(key.kind, list(kinds))
        return (f'"{key.kind}" is not a kind of entry that may stand here', f"Known here: {', '.join(kinds)}.",
                f"Did you mean {near_kind}/{key.id}?" if near_kind else "Use one of these.")
    elsewhere = next((kind for kind in KINDS if kind != key.kind and key.id in known.get(kind, {})), None)
    near = suggest(key.id, known.get(key.kind, {}))
    if near:
        fix = f'Did you mean "{near}" ({known[key.kind][near]})?'
    elif elsewhere and elsewhere in kinds:
        fix = f"Did you mean {elsewhere}/{key.id}?"
    else:
        fix = "Correct the id, add the entry, or delete this line."
    plural = key.kind.replace("_", " ")
    why = f"An entry can only refer to one that stands under {key.kind}."
    if elsewhere:
        why = f'"{key.id}" stands under {elsewhere}; here an entry under {key.kind} is wanted.'
    return f'there is no "{key.id}" among the {plural}', why, fix


def known_titles(strategy: Strategy) -> dict[str, dict[str, str]]:
    """Every kind's ids with their titles."""
    return {kind: {entry.id: entry.title for entry in strategy.of(kind)} for kind in KINDS}


def _read_vocabulary(tree: Tree, problems: list[Problem]) -> Vocabulary:
    try:
        raw = tree.read_bytes(CUSTOM_SCHEMA)
    except FileNotFoundError:
        return standard_vocabulary()
    except OSError as error:
        problems.append(_unreadable(CUSTOM_SCHEMA, error))
        return standard_vocabulary()
    text, problem = decode(CUSTOM_SCHEMA, raw)
    if text is None:
        problems += [problem] if problem else []
        return standard_vocabulary()
    try:
        schema = json.loads(text)
        fault = "it must be an object" if not isinstance(schema, dict) else find_schema_fault(schema)
        if fault is None:
            return read_vocabulary(schema)
        line = 1
    except (json.JSONDecodeError, RecursionError) as error:
        fault, line = getattr(error, "msg", "it is nested too deeply"), getattr(error, "lineno", 1)
    except (KeyError, TypeError, AttributeError) as error:
        fault, line = f"it refers to something that is not there ({error})", 1
    problems.append(Problem(
        "custom-schema", Severity.ERROR, Place(CUSTOM_SCHEMA, line, 1, line, 1), f"the schema of your own fields cannot be used: {fault}",
        "It describes the fields under custom, in JSON Schema 2020-12.", "Mend it, or put back the last version that worked."))
    return read_vocabulary(closed_custom_schema())


def _unreadable(file: str, error: OSError) -> Problem:
    reason = error.strerror or str(error)
    return Problem("unreadable-file", Severity.ERROR, Place(file), f"this file cannot be read: {reason.lower()}",
                   "Every file of the strategy must be readable, or a part of it would be missing.",
                   "Check that it is there, that it is a file, and that you may read it.")


def _read_file(tree: Tree, file: str, reading: _Reading, max_bytes: int) -> bool:
    """Read one file into `reading`. False where it is no file of the strategy."""
    if file != MAIN_FILE and not file.endswith((".yaml", ".yml")):
        if not file.endswith((".md", ".txt")):
            reading.problems.append(Problem(
                "stray-file", Severity.WARNING, Place(file), "this file in the folder strategy is not read",
                "Only files whose names end in .yaml hold entries.", "Rename it, or move it elsewhere."))
        return False
    try:
        raw = tree.read_bytes(file)
    except FileNotFoundError:
        if file == MAIN_FILE:
            reading.problems.append(Problem(
                "missing-file", Severity.ERROR, Place(file), "there is no strategy.yaml here",
                "It holds the header of the strategy and is where reading begins.",
                "Run the command in the folder of the strategy, or begin one with: playbook init FOLDER"))
            return False
        raw = b""
    except OSError as error:
        reading.problems.append(_unreadable(file, error))
        return False
    result = read_source(file, raw, max_bytes)
    reading.problems += result.problems
    reading.lost_ids |= result.source.lost_ids
    if file == MAIN_FILE:
        _take_main(result.source, reading)
    else:
        _take_file(result.source, reading)
    return True


def _take_main(source: Source, reading: _Reading) -> None:
    data = source.data
    if source.unread:
        reading.unread_kinds |= set(KINDS)
        return
    if not isinstance(data, dict):
        reading.problems.append(source.problem(
            "wrong-type", Place(source.file, 1, 1, 1, 2), "strategy.yaml must begin with strategy: and its fields",
            "The header comes first, then a list for each kind of entry.", "Write strategy: on a line of its own at the top."))
        return
    reading.format = read_format(source)
    reading.problems += check_format(source)
    for name, value in data.items():
        if name == "strategy":
            continue
        if name not in KINDS:
            near = suggest(name, [*KINDS, "strategy"])
            fix = f'Did you mean "{near}"?' if near else f"Known are strategy, {', '.join(KINDS)}."
            reading.problems.append(source.problem(
                "unknown-kind", source.key_place((name,)), f'"{name}" is not a kind of entry',
                "At the left edge of strategy.yaml stand the header and the kinds of entry.", fix))
        elif value is not None:
            _take_list(source, (name,), value, name, reading)
    _take_header(source, reading)


def _take_header(source: Source, reading: _Reading) -> None:
    if source.data.get("strategy") is None:
        if not source.is_faulty(("strategy",)) and not reading.problems:
            reading.problems.append(source.problem(
                "missing-header", Place(source.file, 1, 1, 1, 2), "the header of the strategy is missing",
                "Under strategy: stand the company, its statement, and the version.",
                "Begin strategy.yaml with strategy: and below it, indented, format, company, statement, version and effective_from."))
        return
    reading.header = _check(source, ("strategy",), "header", reading)


def _take_file(source: Source, reading: _Reading) -> None:
    """A file below strategy/: a list of its kind, or one entry in the folder of its kind."""
    parts = source.file.split("/")[1:]
    kind = posixpath.splitext(parts[0])[0] if len(parts) == 1 else parts[0]
    if len(parts) > 2 or kind not in KINDS:
        near = suggest(kind, KINDS)
        fix = f'Rename "{parts[0]}" so that it begins with {near}.' if near else f"Kinds are: {', '.join(KINDS)}."
        if len(parts) > 2:
            fix = f"Move the file to {FOLDER}/{kind}/{parts[-1]}."
        reading.problems.append(Problem(
            "unknown-kind", Severity.ERROR, Place(source.file), "the place of this file does not say which kind of entry it holds",
            "Below strategy/ the kind names a file with a list (objections.yaml) or a folder with an entry per file.", fix))
        return
    if source.unread:
        reading.lost_ids.add(posixpath.splitext(parts[-1])[0])
        if len(parts) == 1:
            reading.unread_kinds.add(kind)
    elif len(parts) == 1:
        _take_list(source, (), source.data, kind, reading)
    else:
        _take_single(source, kind, posixpath.splitext(parts[1])[0], reading)


def _take_list(source: Source, route: Route, value: Any, kind: str, reading: _Reading) -> None:
    if not isinstance(value, list):
        inner = value.get(kind) if isinstance(value, dict) and len(value) == 1 else None
        plural = reading.vocabulary.kinds[kind].plural.lower()
        fix = "Put a dash and a space before the first line of each entry, and indent the lines below it."
        if isinstance(inner, list) and not route:
            fix = f'Delete the line "{kind}:"; the name of the file says it already. The list itself may stay as it is.'
        place = source.key_place(route) if route else Place(source.file, 1, 1, 1, 2)
        reading.problems.append(source.problem(
            "wrong-type", place, f"a list of {plural} belongs here", "Each entry of the list begins with a dash.", fix))
        for entry_id in _ids_in(value):
            reading.lost_ids.add(entry_id)
        return
    for position, item in enumerate(value):
        if item is not None:
            reading.entries.append(_check(source, (*route, position), kind, reading))


def _ids_in(value: Any) -> Iterator[str]:
    """Ids somewhere in data that could not be taken as entries; references to them are not called broken."""
    if isinstance(value, dict):
        if isinstance(value.get("id"), str):
            yield value["id"]
        for inner in value.values():
            yield from _ids_in(inner)
    elif isinstance(value, list):
        for inner in value:
            yield from _ids_in(inner)


def _take_single(source: Source, kind: str, name: str, reading: _Reading) -> None:
    if not isinstance(source.data, dict):
        reading.problems.append(source.problem(
            "wrong-type", Place(source.file, 1, 1, 1, 2), f"this file must hold one {reading.vocabulary.kinds[kind].title.lower()}",
            f"A file in the folder {FOLDER}/{kind} is one entry, its fields at the left edge.",
            f"Take away the dash, or move the list to {FOLDER}/{kind}.yaml."))
        reading.lost_ids |= {name, *_ids_in(source.data)}
        return
    written = _check(source, (), kind, reading)
    reading.entries.append(written)
    if written.id is not None and written.id != name:
        reading.lost_ids.add(name)
        reading.problems.append(source.problem(
            "id-and-file-differ", source.value_place(("id",)), f'this entry is called "{written.id}", but its file "{name}"',
            "A file with one entry bears the entry's id, so that everybody finds it.",
            f"Rename the file to {written.id}.yaml, or write id: {name}."))


def _check(source: Source, route: Route, kind: str, reading: _Reading) -> _Written:
    """Check one entry's shape. An entry with a fault keeps its id, so that nothing else fails for its sake."""
    described = reading.vocabulary.header if kind == "header" else reading.vocabulary.kinds[kind]
    raw = migrate(kind, source.value(route), reading.format)
    shape = reading.checker.check(described, source, route, raw)
    reading.problems += shape.problems
    entry_id = shape.value.get("id") if isinstance(shape.value, dict) else None
    return _Written(described, source, route, shape.value, entry_id if isinstance(entry_id, str) else None, not shape.problems)


def _find_duplicates(reading: _Reading) -> dict[Key, _Written]:
    """The entries by key; a second one of the same id is a problem, and so is a former id that is in use."""
    unique: dict[Key, _Written] = {}
    for written in reading.entries:
        if written.id is None:
            continue
        key = Key(written.kind.key, written.id)
        if key in unique:
            reading.problems.append(_say_duplicate(written, unique[key]))
        else:
            unique[key] = written
    former: dict[Key, _Written] = {}
    for key, written in unique.items():
        for position, old in enumerate(_list_of(written.value, "former_ids")):
            place = written.source.value_place((*written.route, "former_ids", position))
            other = Key(key.kind, old) if isinstance(old, str) else None
            if other is None:
                continue
            if other in unique or other in former:
                reading.problems.append(written.source.problem(
                    "former-id-in-use", place, f'the former id "{old}" also belongs to another {written.kind.title.lower()}',
                    "An old link can lead to one entry only.", "Delete it here, or give the other entry another id."))
            former.setdefault(other, written)
    return unique


def _list_of(value: Any, name: str) -> Sequence[Any]:
    items = value.get(name) if isinstance(value, dict) else None
    return items if isinstance(items, list) else ()


def _say_duplicate(written: _Written, first: _Written) -> Problem:
    earlier = first.source.value_place((*first.route, "id"))
    return written.source.problem(
        "duplicate-id", written.source.value_place((*written.route, "id")),
        f'two {written.kind.plural.lower()} have the id "{written.id}"',
        f"The other stands in {earlier.file}, line {earlier.line}. References would not know which one is meant.",
        "Give one of them another id, or delete it.", (Related(earlier, "the other one"),))


def _resolve(reading: _Reading, unique: Mapping[Key, _Written]) -> list[Link]:
    """Every reference of every entry, faulty entries included; the broken ones become problems."""
    known: dict[str, dict[str, str]] = {kind: {} for kind in KINDS}
    for key, written in unique.items():
        title = written.value.get(written.kind.title_field)
        known[key.kind][key.id] = title if isinstance(title, str) else key.id
    links: list[Link] = []
    written_all: Iterable[_Written] = [*([reading.header] if reading.header else []), *unique.values()]
    for written in written_all:
        source_key = None if written is reading.header else Key(written.kind.key, written.id or "")
        for mention in find_mentions(written.value, written.kind.fields):
            key = parse_key(mention.written, mention.refers_to)
            route = (*written.route, *mention.route)
            place = _mention_place(written.source, route, mention)
            if key is not None and key in unique and (not mention.refers_to or key.kind in mention.refers_to):
                links.append(Link(source_key, mention.field, key, place))
            elif not _is_lost(key, mention, reading) and not written.source.is_faulty(route):
                title, why, fix = explain_broken(mention.written, mention.refers_to, known)
                reading.problems.append(written.source.problem("broken-reference", place, title, why, fix))
    return links


def _mention_place(source: Source, route: Route, mention: Mention) -> Place:
    return source.text_place(route, f"entry:{mention.written}") if mention.in_text else source.value_place(route)


def _is_lost(key: Key | None, mention: Mention, reading: _Reading) -> bool:
    """Whether the entry may well exist, in a part that could not be read."""
    if key is None:
        return False
    return key.id in reading.lost_ids or key.kind in reading.unread_kinds


def _check_circles(header: Header, reading: _Reading, unique: Mapping[Key, _Written]) -> Iterator[Problem]:
    """The time zone must be known, and every audience one of those in the header."""
    assert reading.header is not None
    source, route = reading.header.source, reading.header.route
    try:
        ZoneInfo(header.timezone)
    except (ZoneInfoNotFoundError, ValueError, OSError):
        near = suggest(header.timezone, sorted(available_timezones()))
        yield source.problem(
            "unknown-timezone", source.value_place((*route, "timezone")), f'"{header.timezone}" is not a time zone we know',
            "It decides whose today counts.", f'Did you mean "{near}"?' if near else "Write one such as Europe/Berlin.")
    if DEFAULT_AUDIENCE not in header.audiences:
        yield source.problem(
            "unknown-audience", source.value_place((*route, "audiences")), f'the audiences must have "{DEFAULT_AUDIENCE}" among them',
            "It is the audience of every entry that names none.", f"Add {DEFAULT_AUDIENCE} to the list.")
    for written in unique.values():
        audience = written.value.get("audience")
        if written.sound and audience is not None and audience not in header.audiences:
            near = suggest(audience, list(header.audiences))
            yield written.source.problem(
                "unknown-audience", written.source.value_place((*written.route, "audience")),
                f'"{audience}" is not an audience we know', f"The header knows: {', '.join(header.audiences)}.",
                f'Did you mean "{near}"?' if near else "Use one of these, or add it to audiences in the header.")


def _build(reading: _Reading, unique: Mapping[Key, _Written], links: Sequence[Link]) -> Strategy | None:
    if reading.header is None or not reading.header.sound:
        return None
    header: Header = build_header(reading.vocabulary.header, reading.header.value, reading.header.source.key_place(("strategy",)))
    entries: dict[str, dict[str, Entry]] = {kind: {} for kind in KINDS}
    for key, written in sorted(unique.items()):
        if written.sound:
            place = written.source.value_place((*written.route, "id"))
            entries[key.kind][key.id] = build_entry(written.kind, written.value, place)
    ordered = sorted(set(links), key=lambda link: (str(link.source or ""), link.field, str(link.target)))
    return Strategy(header, entries, tuple(ordered))
