"""What the finder knows: every entry of an edition, our other pages and the hand-written ones, as data for the browser.

Two files. `search.json` has what the first answer needs: titles, the buyer's own wordings, synonyms and a short text of
everything. `search-texts-….json` has all other words; the finder asks for it once the first answer stands. Both are made from
the edition, so what a reader does not get is in neither.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from importlib.resources import files
from typing import Any
from urllib.parse import quote

from markupsafe import Markup

from generator.address import PLACEMENTS, address_of
from generator.edition import Edition
from generator.entry import find_mentions, list_values, parse_key
from generator.listing import sort_entries, title_of
from generator.model import Entry, Key
from generator.page import Asset, Page
from generator.prose import plain_text, read_outline
from generator.tell import Desk, compose
from generator.view import View
from generator.vocabulary import KINDS, Field
from generator.words import Words, read_words

FOLDER = "assets/finder/"
INDEX = f"{FOLDER}search.json"
SCRIPT, STYLE_SHEET = f"{FOLDER}finder.js", f"{FOLDER}finder.css"
PAGES = "pages"
"""Stands for the kind of what is no entry: our pages of other content, and the hand-written ones."""

_WEIGHTS = {
    "objections": 1.25, "competitors": 1.25, "markets": 1.15, "offerings": 1.2, "personas": 1.1, "glossary": 1.05,
    "people": 1.0, "plays": 1.0, "differentiators": 1.0, "qualification": 1.0, "proof": 0.95, "stages": 0.9, "assets": 0.9,
    "objectives": 0.8, "announcements": 0.75, "field_notes": 0.7, PAGES: 0.7,
}  # fmt: skip
"""Where two kinds answer equally well, what a seller wants to see first: what to say before what was once reported."""

_NAMES = ("also_said", "also", "titles", "topics")
"""Fields that hold other names of an entry: a reader who types one of them means the entry."""
_SHORT = ("quick_answer", "summary", "one_liner", "respond", "why_it_matters", "message", "buyer_step", "goal", "meaning",
          "role", "result", "why", "answer", "source")  # fmt: skip
_SILENT = frozenset(
    {"id", "audience", "url", "accounts", "contact", "former_ids", "status", "reviewed_on", "review_every"}
)
"""Fields whose text nobody looks for."""
_SHORT_LENGTH = 150
_NEAR = frozenset({"markets", "personas", "offerings", "competitors", "people", "stages"})
"""Kinds whose names lead to the entries that refer to them: `dairy reference`, `objections of the CFO`."""


@dataclass(frozen=True)
class Record:
    """One thing that can be found. `address` is relative to the site's root; `near` are the titles of entries it refers to."""

    kind: str
    id: str
    address: str
    title: str
    short: str
    names: tuple[str, ...] = ()
    tags: tuple[str, ...] = ()
    state: str = ""
    owner: str = ""
    text: str = ""
    near: tuple[Key, ...] = ()


def make_index(
    edition: Edition, pages: Sequence[Page], hand_written: Sequence[tuple[str, str]], tell: str = ""
) -> tuple[Asset, ...]:
    """The two files that the finder reads. `pages` are ours, `hand_written` path and text of those this reader gets.

    `tell` is the address at which leadership is told what was not found, with `{query}` in it, or empty.
    """
    records = list_records(edition, pages, hand_written)
    places = {Key(record.kind, record.id): number for number, record in enumerate(records)}
    texts = [[record.text, [places[key] for key in record.near if key in places]] for record in records]
    later = _write(texts)
    name = f"{FOLDER}search-texts-{hashlib.sha256(later).hexdigest()[:10]}.json"
    words = read_words(edition.strategy.header.language)
    content = {**_describe(edition, words, records), "tell": tell, "texts": name.removeprefix(FOLDER)}
    return (Asset(INDEX, lambda: _write(content)), Asset(name, lambda: later))


def tell_address(desk: Desk, words: Words) -> str:
    """Where a reader tells leadership what was not found, `{query}` standing for the words that were looked for."""
    title = words("finder_tell_subject", query="{query}")
    return compose(desk, title, words("finder_tell_body", query="{query}")).replace(quote("{query}"), "{query}")


def list_scripts() -> Iterator[Asset]:
    """The finder's own files, the same on every site."""
    for file in sorted(files("generator").joinpath("assets", "finder").iterdir(), key=lambda file: file.name):
        if file.name.endswith((".js", ".css", ".txt")):
            yield Asset(f"{FOLDER}{file.name}", file.read_bytes)


def list_records(
    edition: Edition, pages: Sequence[Page], hand_written: Sequence[tuple[str, str]]
) -> tuple[Record, ...]:
    """Everything that can be found, entries by kind as a reader wants them sorted, then pages."""
    view = View(edition, read_words(edition.strategy.header.language), "")
    entries = [entry for kind in KINDS for entry in sort_entries(edition.strategy.of(kind))]
    taken = {address_of(entry.key).partition("#")[0] for entry in entries}
    return (
        *(_record_entry(entry, view) for entry in entries),
        *(
            _record_page(page)
            for page in pages
            if not page.hidden and (page.address not in taken or _is_list(page))
        ),
        *(_record_hand_written(path, text) for path, text in hand_written),
    )


def _is_list(page: Page) -> bool:
    return any(page.address == f"{placement.folder}/" for placement in PLACEMENTS.values())


def _record_entry(entry: Entry, view: View) -> Record:
    kind = view.edition.vocabulary.kinds[entry.KIND]
    short = next((plain for name in _SHORT if (plain := _plain(getattr(entry, name, None)))), "")
    names = tuple(dict.fromkeys(name for field in _NAMES for name in getattr(entry, field, ())))
    said = {kind.title_field, "tags", *_NAMES}
    written = dict(list_values(entry))
    texts = [text for name, inner in kind.fields.items() if name not in said
             for text in _list_texts(name, inner, written.get(name))]  # fmt: skip
    fresh, owner = view.freshness(entry), view.owner_of(entry)
    mentions = (parse_key(one.written, one.refers_to) for one in find_mentions(entry, kind.fields))
    return Record(
        entry.KIND,
        entry.id,
        address_of(entry.key),
        title_of(entry),
        _cut(short),
        names,
        entry.tags,
        fresh.look if fresh else "",
        title_of(owner) if owner else "",
        "\n".join(text for text in texts if text and (text != short or len(short) > _SHORT_LENGTH)),
        tuple(dict.fromkeys(key for key in mentions if key and key.kind in _NEAR)),
    )


def _record_page(page: Page) -> Record:
    """A page of ours that is no entry: what it is called and its headings; of a page without entries, all its words."""
    is_list, body = _is_list(page), page.lay_out()
    words = " ".join(heading.text for heading in body.headings) if is_list else Markup(body.html).striptags()  # noqa: S704
    return Record(
        PAGES, page.address, page.address, page.title, _cut(page.description), text="" if is_list else words
    )


def _record_hand_written(path: str, text: str) -> Record:
    outline = read_outline(text)
    stem = path.removesuffix(".md")
    folder, _, name = stem.rpartition("/")
    address = f"{folder}/" if name.lower() in ("index", "readme") else f"{stem}/"
    title = outline.title or name.replace("-", " ").replace("_", " ").capitalize()
    return Record(PAGES, address, address, title, _cut(outline.words), outline.headings, text=outline.words)


def _list_texts(name: str, field: Field, value: Any) -> Iterator[str]:
    """All words of a value that a reader sees, by what the schema says of it."""
    if value is None or name in _SILENT:
        return
    if field.type == "enum":
        yield field.labels.get(str(value), "")
    elif field.type in ("plain", "prose", "text") and isinstance(value, str):
        yield _plain(value)
    elif isinstance(value, tuple | list) and field.item is not None:
        for item in value:
            yield from _list_texts("", field.item, item)
    elif field.fields:
        for inner, item in list_values(value):
            if inner in field.fields:
                yield from _list_texts(inner, field.fields[inner], item)


def _plain(text: str | None) -> str:
    return plain_text(text) if text else ""


def _cut(text: str) -> str:
    return text if len(text) <= _SHORT_LENGTH else text[: _SHORT_LENGTH - 1].rsplit(" ", 1)[0] + "…"


def _describe(edition: Edition, words: Words, records: Sequence[Record]) -> Mapping[str, Any]:
    """The records and the words of the interface, in lists whose order the finder knows (finder-engine.js)."""
    kinds = [*KINDS, PAGES]
    owners = sorted({record.owner for record in records})
    states = ["", *_STATES]
    return {
        "language": edition.strategy.header.language,
        "stop_words": words("finder_stop_words").split(),
        "words": {
            **{name: words(f"finder_{name}") for name in _WORDS},
            "shown": words("finder_shown", n="{n}"),
            "shown_one": words("finder_shown", n=1),
        },
        "states": [words(state) if state else "" for state in states],
        "looks": states,
        "owners": owners,
        "kinds": [_describe_kind(kind, edition, words) for kind in kinds],
        "entries": [
            [kinds.index(one.kind), one.id, one.title, one.short, one.names, one.tags,
             states.index(one.state), owners.index(one.owner)]
            for one in records
        ],
    }  # fmt: skip


_STATES = ("verified", "due", "overdue", "never")
_WORDS = ("best", "all", "none", "none_hint", "tell", "loading", "more")


def _describe_kind(kind: str, edition: Edition, words: Words) -> Mapping[str, Any]:
    if kind == PAGES:
        title, plural, address = words("finder_page"), words("finder_pages"), "{id}"
    else:
        found = edition.vocabulary.kinds[kind]
        title, plural, address = found.title, found.plural, address_of(Key(kind, "{id}"))
    return {"key": kind, "title": title, "plural": plural, "address": address, "weight": _WEIGHTS.get(kind, 1)}


def _write(content: Any) -> bytes:
    return json.dumps(content, ensure_ascii=False, separators=(",", ":")).encode()
