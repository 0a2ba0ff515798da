"""Two hundred edits of the three strategies, made at their entries by the kinds of slips that people make."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from tests.trials.slips import STRATEGIES, Change, Delete, Move, Slip, Swap, Write

_START = re.compile(r"^( *)- id: (\S+)\n", re.MULTILINE)
_ITEM = re.compile(r"^( *)- (\w+): .*\n", re.MULTILINE)


@dataclass(frozen=True)
class Entry:
    """An entry in a list: its file, its text with all its lines, how far it is indented, its id."""

    file: str
    text: str
    indent: str
    id: str

    @property
    def lines(self) -> list[str]:
        return self.text.splitlines(keepends=True)


def list_entries(root: Path, file: str) -> list[Entry]:
    """The entries in the lists of a file, in their order."""
    text = (root / file).read_text("utf-8")
    starts = [*_START.finditer(text)]
    entries = []
    for number, start in enumerate(starts):
        following = starts[number + 1].start() if number + 1 < len(starts) else len(text)
        body = text[start.start() : following]
        end = re.search(r"^(?:[a-z_]+:| {0,2}#)", body[1:], re.MULTILINE)
        body = body[: end.start() + 1] if end else body
        entries.append(Entry(file, body.rstrip("\n") + "\n", start[1], start[2]))
    return entries


@dataclass(frozen=True)
class _Place:
    """Where slips are made: a strategy, its lists of entries, its files with one entry each."""

    name: str
    lists: dict[str, list[Entry]]
    singles: Sequence[str]


def _read(name: str) -> _Place:
    root = STRATEGIES[name]
    lists: dict[str, list[Entry]] = {}
    for path in sorted((root / "strategy").glob("*.yaml")):
        lists[path.stem] = list_entries(root, f"strategy/{path.name}")
    for entry in list_entries(root, "strategy.yaml"):
        above = (root / "strategy.yaml").read_text("utf-8").split(entry.text)[0]
        kind = re.findall(r"^([a-z_]+):", above, re.MULTILINE)[-1]
        lists.setdefault(kind, []).append(entry)
    singles = [
        path.relative_to(root).as_posix() for path in sorted((root / "strategy").glob("*/*.yaml"))
    ]
    return _Place(name, lists, singles)


Make = Callable[[_Place], Iterator[Slip]]


def _slip(place: _Place, name: str, change: Change | Sequence[Change], **said: str) -> Slip:
    changes = [change] if isinstance(change, Swap | Move | Write | Delete) else change
    return Slip(f"{name} ({place.name})", place.name, changes, **said)


def _some(items: Sequence[Entry], count: int) -> list[Entry]:
    """Some entries, spread over a list; never the first."""
    rest = [one for one in items[1:] if len(one.lines) > 3]
    step = max(len(rest) // count, 1)
    return rest[::step][:count]


def first_lines(place: _Place) -> Iterator[Slip]:
    for kind, entries in place.lists.items():
        for entry in _some(entries, 1):
            first = f"{entry.indent}- id: {entry.id}\n"
            said = {"file": entry.file, "cause": "begin here without its line", "way": "#|- id:"}
            commented = f"{entry.indent}# - id: {entry.id}\n"
            yield _slip(
                place,
                f"first line commented out in {kind}",
                Swap(entry.file, first, commented),
                **said,
            )
            yield _slip(place, f"first line deleted in {kind}", Swap(entry.file, first, ""), **said)


def ids(place: _Place) -> Iterator[Slip]:
    for kind in ("people", "personas", "offerings", "objectives"):
        for entry in _some(place.lists.get(kind, []), 1):
            new = f"{entry.id.split('-')[0]}-anew"
            swap = Swap(entry.file, f"- id: {entry.id}\n", f"- id: {new}\n")
            yield _slip(
                place,
                f"id changed in {kind}",
                swap,
                cause=rf"\b{entry.id}\b",
                way="former_ids|references|Did you mean|Write",
            )
            yield _slip(
                place,
                f"entry deleted in {kind}",
                Swap(entry.file, entry.text, ""),
                cause=rf"\b{entry.id}\b",
                way="references|reference|Did you mean",
            )
    for file in place.singles[::7][:2]:
        entry_id = Path(file).stem
        yield _slip(
            place,
            f"id changed in {file}",
            Swap(file, f"id: {entry_id}\n", f"id: {entry_id}-new\n"),
            file=file,
            cause=entry_id,
            way="Rename the file|former_ids",
        )


def files(place: _Place) -> Iterator[Slip]:
    lists = [
        f"strategy/{path.name}"
        for path in sorted((STRATEGIES[place.name] / "strategy").glob("*.yaml"))
    ]
    for number, file in enumerate(lists[:5]):
        stem = Path(file).stem
        for to in (
            f"{file}.txt",
            f"strategy/{stem}.YAML",
            f"strategy/.{stem}.yaml",
            f"strategy/{stem}.md",
        )[number % 2 :: 2]:
            yield _slip(
                place,
                f"{file} as {to}",
                Move(file, to),
                file=to,
                cause="not read",
                way=rf"{stem}\.yaml",
            )
        if number < 2:
            to = f"strategy/{stem[:-1]}.yaml"
            yield _slip(
                place,
                f"{file} as {to}",
                Move(file, to),
                file=to,
                cause="does not say which kind",
                way=rf"{stem}\.yaml",
            )
            copy = f"strategy/{stem} (1).yaml"
            yield _slip(
                place,
                f"{file} twice",
                Move(file, copy, copy=True),
                file=copy,
                cause="copy",
                way="Compare",
            )
    for file in place.singles[::6][:3]:
        stem = Path(file).stem
        yield _slip(
            place,
            f"{file} as text",
            Move(file, file.replace(".yaml", ".txt")),
            file=file[:-5],
            cause="not read",
            way=rf"{stem}\.yaml",
        )
        yield _slip(
            place,
            f"{file} twice",
            Move(file, file.replace(".yaml", " - Copy.yaml"), copy=True),
            file=file[:-5],
            cause="copy",
            way="Compare",
        )


_FOREIGN = (
    ("a web page", "<!doctype html>\n<html><body>Sign in</body></html>\n", "web page"),
    ("a table", "id,name,kind\none,One,direct\ntwo,Two,direct\n", "table"),
    ("a pointer", "version https://git-lfs.github.com/spec/v1\noid sha256:77\nsize 12\n", "LFS"),
    (
        "a compose file",
        "services:\n  db:\n    image: postgres\nvolumes:\n  data: {}\n",
        "Compose|a list of",
    ),
)


def foreign(place: _Place) -> Iterator[Slip]:
    files = ["strategy/assets.yaml", *place.singles[3:4], "strategy/glossary.yaml"]
    for number, file in enumerate(files):
        for name, text, cause in (_FOREIGN[number], _FOREIGN[(number + 1) % len(_FOREIGN)]):
            yield _slip(
                place,
                f"{file} became {name}",
                Write(file, text),
                file=file,
                cause=cause,
                way="Move it out|git lfs pull|dash",
            )


def texts(place: _Place) -> Iterator[Slip]:
    marks = (
        ("HTML", " <br> More.", "HTML"),
        ("a picture", " ![seen](a.png)", "picture"),
        ("an address of another site", " See [this](/wiki/it).", "address of the link"),
        ("a frame", " <iframe src='https://films.example'></iframe>", "HTML"),
        ("a note", " As measured.[^1]", "link or note"),
    )
    entries = [
        one
        for kind in ("glossary", "objections", "competitors")
        for one in place.lists.get(kind, [])
    ]
    prose = re.compile(r"^( *)(meaning|respond|summary): (?![>|\"'])(.*)\n", re.MULTILINE)
    found = [(entry, match) for entry in entries if (match := prose.search(entry.text))]
    for (entry, match), (name, added, cause) in zip(found[1:], marks, strict=False):
        line = match[0]
        quoted = f'{match[1]}{match[2]}: "{match[3].replace(chr(34), chr(39))}{added}"\n'
        yield _slip(
            place,
            f"{name} in {entry.id}",
            Swap(entry.file, line, quoted),
            file=entry.file,
            cause=cause,
            way="[a-z]",
        )


def fields(place: _Place) -> Iterator[Slip]:
    for kind, unknown in (
        ("offerings", "discount"),
        ("personas", "reports"),
        ("glossary", "meanings"),
        ("objectives", "comment"),
    ):
        for entry in _some(place.lists.get(kind, []), 1):
            first = f"{entry.indent}- id: {entry.id}\n"
            swap = Swap(entry.file, first, f"{first}{entry.indent}  {unknown}:\n")
            yield _slip(
                place,
                f"{unknown} without a value in {kind}",
                swap,
                file=entry.file,
                cause=f'"{unknown}" is not a field',
                way="Delete the line|Did you mean|Write .* ?below",
            )
            swap = Swap(
                entry.file, first, f"{first}{entry.indent}  tags:\n{entry.indent}  order:\n"
            )
            yield _slip(
                place,
                f"an empty field in {kind}",
                swap,
                file=entry.file,
                cause="nothing stands behind|written twice",
                way="delete|Keep|behind the colon",
            )


def taken_over(place: _Place) -> Iterator[Slip]:
    """An entry pasted above the last two fields of another."""
    for kind in ("personas", "glossary", "offerings", "objections", "proof"):
        entries = place.lists.get(kind, [])
        if len(entries) < 4:
            continue
        for entry in entries[1:3]:
            fields = [
                number
                for number, line in enumerate(entry.lines)
                if re.match(rf"{entry.indent}  [a-z_]+:", line)
            ]
            if len(fields) < 5:
                continue
            cut = fields[-1]
            if entry.lines[cut].strip().startswith(("message:", "respond:")):
                continue
            before, after = "".join(entry.lines[:cut]), "".join(entry.lines[cut:])
            keep = fields[: min(4, len(fields) - 1)]
            pasted = "".join(entry.lines[: keep[-1]]).replace(
                f"- id: {entry.id}", f"- id: {entry.id}-too"
            )
            pasted = re.sub(
                r"^( *(?:name|says|term|statement|claim): )(.*)$",
                r"\1Another \2",
                pasted,
                count=1,
                flags=re.MULTILINE,
            ).replace('Another "', '"Another ')
            swap = Swap(entry.file, entry.text, f"{before}\n{pasted}\n{after}")
            yield _slip(
                place,
                f"an entry pasted into {entry.id}",
                swap,
                file=entry.file,
                cause="may belong to|missing",
                way="Move|Add",
            )


def names(place: _Place) -> Iterator[Slip]:
    """The name of a field deleted above its items, and two entries of one name."""
    for kind, lost in (
        ("personas", "challenges"),
        ("personas", "goals"),
        ("competitors", "where_they_win"),
    ):
        entry = next(
            (one for one in place.lists.get(kind, [])[1:] if f"  {lost}:\n" in one.text), None
        )
        if entry:
            torn = entry.text.replace(f"{entry.indent}  {lost}:\n", "", 1)
            yield _slip(
                place,
                f"{lost} lost its name in {entry.id}",
                Swap(entry.file, entry.text, torn),
                file=entry.file,
                cause=f"{lost}|dash|line up|the name of a field",
                way="[a-z]",
            )
    for kind, field in (("glossary", "term"), ("personas", "name"), ("offerings", "name")):
        entries = place.lists.get(kind, [])
        if len(entries) > 3:
            titles = [re.search(rf"{field}: (.*)\n", one.text) for one in entries]
            if titles[1] and titles[2]:
                swap = Swap(entries[2].file, titles[2][0], f"{field}: {titles[1][1].upper()}\n")
                yield _slip(
                    place,
                    f"two of one name in {kind}",
                    swap,
                    file=entries[2].file,
                    cause="same",
                    way="Make one|name",
                )


def indents(place: _Place) -> Iterator[Slip]:
    """A line moved left or right, a dash without its space, a tab."""
    for kind in ("glossary", "personas", "offerings", "assets"):
        for entry in _some(place.lists.get(kind, []), 1):
            second = entry.lines[1]
            yield _slip(
                place,
                f"a line too far right in {entry.id}",
                Swap(entry.file, second, f"  {second}"),
                file=entry.file,
                cause="[a-z]",
                way="[a-z]",
            )
            yield _slip(
                place,
                f"a line at the left edge in {entry.id}",
                Swap(entry.file, entry.text, entry.text.replace(second, second.lstrip(), 1)),
                file=entry.file,
                cause="[a-z]",
                way="[a-z]",
            )
            yield _slip(
                place,
                f"a tab in {entry.id}",
                Swap(entry.file, entry.text, entry.text.replace(second, "\t" + second.lstrip(), 1)),
                file=entry.file,
                cause="tab",
                way="[a-z]",
            )
            required = next(
                line for line in entry.lines[1:] if re.match(r" *(name|term|url|one_liner):", line)
            )
            yield _slip(
                place,
                f"a required line commented out in {entry.id}",
                Swap(entry.file, entry.text, entry.text.replace(required, f"#{required}", 1)),
                file=entry.file,
                cause="is missing",
                way="Add a line",
            )


def figures(place: _Place) -> Iterator[Slip]:
    text = (STRATEGIES[place.name] / "strategy.yaml").read_text("utf-8")
    for number, match in enumerate(
        [*re.finditer(r"^ +(baseline|target|current): (\d{2,})\n", text, re.MULTILINE)][:9]
    ):
        name, value = match[1], match[2]
        forms = (f"0.{value.zfill(3)}", f"{value}.000,00", f"{value}000")
        new = forms[number % 3]
        swap = Swap(
            "strategy.yaml", match[0], match[0].replace(f"{name}: {value}", f"{name}: {new}")
        )
        yield _slip(
            place,
            f"{name} {value} as {new}",
            swap,
            file="strategy.yaml",
            cause="thousand|not a number|name|does not",
            way="[a-z]",
        )
    for match in [
        *re.finditer(r"^ +(due|as_of|reviewed_on): (\d{4})-(\d\d)-(\d\d)\n", text, re.MULTILINE)
    ][:3]:
        new = f"{match[4]}.{match[3]}.{match[2]}"
        swap = Swap(
            "strategy.yaml", match[0], match[0].replace(f"{match[2]}-{match[3]}-{match[4]}", new)
        )
        yield _slip(
            place,
            f"{match[1]} as {new}",
            swap,
            file="strategy.yaml",
            cause=re.escape(new),
            way=f"{match[2]}-{match[3]}-{match[4]}",
        )


def priorities(place: _Place) -> Iterator[Slip]:
    for entry in place.lists.get("markets", [])[:3]:
        match = re.search(r"priority: (primary|secondary)\n", entry.text)
        if match:
            torn = entry.text.replace(match[0], "priority: not_pursued\n", 1)
            yield _slip(
                place,
                f"{entry.id} given up",
                Swap(entry.file, entry.text, torn),
                cause="not pursued",
                way="serves",
            )


def right(place: _Place) -> Iterator[Slip]:
    """Edits that mean no harm."""
    for kind in ("glossary", "personas", "assets"):
        for entry in _some(place.lists.get(kind, []), 2):
            first = f"{entry.indent}- id: {entry.id}\n"
            yield Slip(
                f"a comment in {entry.id} ({place.name})",
                place.name,
                [Swap(entry.file, first, f"{first}{entry.indent}  # to be looked at\n")],
                silent=True,
            )
            yield Slip(
                f"an empty line behind {entry.id} ({place.name})",
                place.name,
                [Swap(entry.file, entry.text, f"{entry.text}\n")],
                silent=True,
            )


MAKERS: Sequence[Make] = (
    first_lines, ids, files, foreign, texts, fields, taken_over, names, indents, figures, priorities, right,
)  # fmt: skip


def make_slips() -> list[Slip]:
    """All of them, in the order of their kinds and strategies."""
    places = [_read(name) for name in STRATEGIES]
    return [slip for make in MAKERS for place in places for slip in make(place)]
