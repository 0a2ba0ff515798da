"""A strategy in which every text of every kind holds a word of its own that says for whom it is: a
word that is found where its circle may not read has leaked.
"""

from __future__ import annotations

import gzip
import json
import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from generator.schema.vocabulary import KINDS, Field, Vocabulary, read_vocabulary
from tests.sample import HEADER, REQUIRED

ORDERS: Mapping[str, tuple[str, ...]] = {
    "narrower than leadership": ("owners", "board", "leadership", "internal", "partner", "public"),
    "own names between": ("leadership", "regions", "internal", "dealers", "partner", "public"),
    "neither partner nor public": ("leadership", "desk", "internal", "friends"),
}
"""Three orders of circles, by what is particular about each."""

_MARK = re.compile(rb"zqvx([a-j])([a-z])w([a-z]+)", re.IGNORECASE)
_NUMBERS = "abcdefghij"
_PICTURE = b"\x89PNG\r\n\x1a\n"
_FIXED = {
    "id",
    "former_ids",
    "audience",
    "status",
    "custom",
    "format",
    "language",
    "timezone",
    "version",
    "effective_from",
    "effective_until",
    "review_by",
    "reviewed_on",
    "audiences",
    "checks",
    "owners",
    "allocation",
    "parent",
    "replaced_by",
    "requires",
    "supports",
}


@dataclass
class Canaries:
    """The words of one order of circles: each is given out once, and known by the circle it is for
    and the version it stands in.
    """

    order: tuple[str, ...]
    given: dict[str, tuple[str, str]] = field(default_factory=dict)

    def give(self, circle: str, version: str) -> str:
        """A new word for a circle."""
        number, letters = len(self.given), ""
        while number or len(letters) < 3:
            number, rest = divmod(number, 26)
            letters = chr(97 + rest) + letters
        word = f"zqvx{_NUMBERS[self.order.index(circle)]}{chr(97 + int(version))}w{letters}"
        self.given[word] = (circle, version)
        return word

    def narrow(self, one: str, mark: str) -> str:
        """The circle that gets a field with a mark of the schema in an entry for `one`."""
        if mark in ("", "public"):
            return one
        other = mark if mark in self.order else self.order[0]
        return min(one, other, key=self.order.index)

    def of_site(self, files: Mapping[str, bytes]) -> dict[str, str]:
        """Every word that stands in the files of a site, with a place where it does."""
        found: dict[str, str] = {}
        for path, content in files.items():
            whole = gzip.decompress(content) if path.endswith(".gz") else content
            for match in _MARK.finditer(path.encode() + b"\n" + whole):
                found.setdefault(match[0].decode().lower(), path)
        return found

    def find_leaks(self, files: Mapping[str, bytes], reader: str) -> list[str]:
        """What stands in a site that this reader may not read, by words that begin alike."""
        at = self.order.index(reader)
        return sorted(
            f"{word} for {self.order[_NUMBERS.index(word[4])]} in {path}"
            for word, path in self.of_site(files).items()
            if _NUMBERS.index(word[4]) < at
        )


def write_playbook(canaries: Canaries, version: str, *, moved: int = 0) -> dict[str, str | bytes]:
    """The files of a playbook with words for every circle of the order.

    In a later version each entry that has moved is for the circle `moved` places wider, and all its
    words are new. One entry of each kind was for everybody in the first version, and is for the
    narrowest circle since: its words are, from the beginning.
    """
    vocabulary = read_vocabulary(_custom_schema(canaries.order))
    header = {
        **_fill_header(vocabulary, canaries, version),
        **HEADER,
        "version": version,
        "audiences": list(canaries.order),
        "statement": f"We win with {canaries.give('internal', version)}.",
    }
    main: dict[str, Any] = {"strategy": header}
    for kind in KINDS:
        main[kind] = list(_write_entries(kind, vocabulary, canaries, version, moved))
    files: dict[str, str | bytes] = {
        "strategy.yaml": json.dumps(main, indent=1),
        "schema/custom.schema.json": json.dumps(_custom_schema(canaries.order)),
        "mkdocs.yml": "site_name: Acme\ndocs_dir: playbook\ntheme: {name: material, font: false}\n"
        "plugins:\n  - search\n  - playbook:\n      publish: {private-pages: confirmed}\n      edit: true\n",
    }
    for circle in canaries.order:
        files |= _write_pages(canaries, circle, version)
    return files


def _fill_header(vocabulary: Vocabulary, canaries: Canaries, version: str) -> dict[str, Any]:
    """What the header says is for those inside, but for what the schema marks as public."""
    fields = vocabulary.header.fields
    open_to_all = {name: one for name, one in fields.items() if one.audience == "public"}
    rest = {name: one for name, one in fields.items() if name not in open_to_all}
    return {
        **_fill(open_to_all, canaries, canaries.order[-1], version, vocabulary),
        **_fill(rest, canaries, "internal", version, vocabulary),
    }


def _custom_schema(order: Sequence[str]) -> dict[str, Any]:
    """A field of the company's own for every circle, in every kind."""
    fields = {
        f"own_{circle}": {"type": "string", "title": circle.title(), "x-audience": circle}
        for circle in order
    }
    group = {"type": "object", "properties": fields, "additionalProperties": False}
    return {"type": "object", "$defs": dict.fromkeys(KINDS, group)}


def _write_entries(
    kind: str, vocabulary: Vocabulary, canaries: Canaries, version: str, moved: int
) -> Iterator[dict[str, Any]]:
    fields = vocabulary.kinds[kind].fields
    for number, circle in enumerate(canaries.order):
        own = {
            "id": f"{_name_for(canaries, circle)}-{kind.replace('_', '-')}",
            "audience": circle,
            "former_ids": [f"old-{_name_for(canaries, circle)}-{kind.replace('_', '-')}"],
        }
        yield _write_entry(kind, fields, own, canaries, version, vocabulary)
        wider = canaries.order[min(number + moved, len(canaries.order) - 1)]
        own = {"id": f"moved-{number}-{kind.replace('_', '-')}", "audience": wider}
        yield _write_entry(kind, fields, own, canaries, version, vocabulary)
    narrowest, widest = canaries.order[0], canaries.order[-1]
    own = {"id": f"withdrawn-{kind.replace('_', '-')}", "audience": narrowest}
    withdrawn = _write_entry(kind, fields, own, canaries, version, vocabulary)
    yield {**withdrawn, "audience": narrowest if moved else widest}


def _write_entry(
    kind: str,
    fields: Mapping[str, Field],
    own: Mapping[str, Any],
    canaries: Canaries,
    version: str,
    vocabulary: Vocabulary,
) -> dict[str, Any]:
    circle = str(own["audience"])
    filled = _fill(fields, canaries, circle, version, vocabulary)
    required = {name: value for name, value in REQUIRED[kind].items() if name not in filled}
    custom = {
        f"own_{one}": f"Own {canaries.give(canaries.narrow(circle, one), version)}."
        for one in canaries.order
    }
    shareable = {"shareable": "public"} if kind in ("proof", "assets") else {}
    return {**required, **filled, "custom": custom, **shareable, **own}


def _name_for(canaries: Canaries, circle: str) -> str:
    """What an id begins with: a word of its circle, the same in every version."""
    return f"zqvx{_NUMBERS[canaries.order.index(circle)]}awid"


def _fill(
    fields: Mapping[str, Field],
    canaries: Canaries,
    circle: str,
    version: str,
    vocabulary: Vocabulary,
) -> dict[str, Any]:
    """Every field that holds text or leads to an entry, with words for who may read it."""
    found = {}
    for name, one in fields.items():
        if name in _FIXED:
            continue
        value = _make(one, canaries, canaries.narrow(circle, one.audience), version, vocabulary)
        if value is not None:
            found[name] = value
    return found


def _make(one: Field, canaries: Canaries, circle: str, version: str, vocabulary: Vocabulary) -> Any:
    if one.type == "plain":
        return f"Word {canaries.give(circle, version)}"
    if one.type == "prose":
        return f"A {canaries.give(circle, version)} word, {_name_all(canaries)}."
    if one.type == "text":
        return _make_text(one, canaries.give(circle, version))
    if one.type == "reference":
        return _refer(one, canaries, canaries.order[0])
    if one.type == "list" and one.item is not None:
        if one.item.type == "reference":
            return [_refer(one.item, canaries, other) for other in canaries.order]
        item = _make(one.item, canaries, circle, version, vocabulary)
        return None if item is None else [item]
    if one.type == "object":
        filled = _fill(one.fields, canaries, circle, version, vocabulary)
        needed = {name for name, inner in one.fields.items() if inner.required}
        more = {name: _make_plain(one.fields[name]) for name in needed - set(filled)}
        return {**filled, **more} or None
    return _make_plain(one) if one.required else None


def _make_text(one: Field, word: str) -> str | None:
    if "email" in one.form:
        return f"{word}@example.com"
    return f"https://example.com/{word}" if "http" in one.form else None


def _make_plain(one: Field) -> Any:
    """A value that is no text."""
    if one.type == "enum":
        label = next(iter(one.labels))
        return one.values.get(label, label)
    plain = {"date": "2026-05-01", "day_or_month": "2026-05", "interval": "90d", "boolean": True}
    return plain.get(one.type, 1 if one.type in ("integer", "number") else None)


def _refer(one: Field, canaries: Canaries, circle: str) -> str:
    kind = one.refers_to[0]
    name = f"{_name_for(canaries, circle)}-{kind.replace('_', '-')}"
    return f"{kind}/{name}" if one.names_kind else name


def _name_all(canaries: Canaries) -> str:
    """A link to an entry of every circle: of those that are hidden, only the words are left."""
    return " and ".join(
        f"[this](entry:glossary/{_name_for(canaries, circle)}-glossary)"
        for circle in canaries.order
    )


def _write_pages(canaries: Canaries, circle: str, version: str) -> dict[str, str | bytes]:
    """A hand-written page for a circle, and a picture that it alone shows."""
    name = _name_for(canaries, circle)

    def give() -> str:
        return canaries.give(circle, version)

    picture = f"img/{name}.png"
    page = (
        f"---\naudience: {circle}\ntitle: {give()}\ndescription: {give()}\n---\n"
        f"# Page {give()}\n\n<!-- {give()} -->\n\nText {give()}, {_name_all(canaries)}.\n\n"
        f'![{give()}]({picture})\n\n<span title="{give()}">x</span>\n\n```\n{give()}\n```\n'
    )
    return {f"playbook/page-{name}.md": page, f"playbook/{picture}": _PICTURE + give().encode()}
