"""What the finder knows: every entry of an edition, our other pages and the hand-written ones, as
data for the browser.

Two files. `search.json` has what the first answer needs: titles, the buyer's own wordings, synonyms
and a short text of everything. `search-texts-….json` has all other words; the finder asks for it
once the first answer stands. Of a large playbook `search.json` has neither: its index stands in
many small files, and a query fetches those it needs (`postings`). All is made from the edition, so
what a reader does not get is in none of them.
"""

from __future__ import annotations

import hashlib
import json
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from importlib.resources import files
from itertools import accumulate, chain
from typing import Any
from urllib.parse import quote

from markupsafe import Markup

from generator.model.addresses import PLACEMENTS, address_of
from generator.model.builder import list_values
from generator.model.edition import Edition
from generator.model.entry import Entry, Key
from generator.model.markdown import plain_text, read_outline
from generator.model.ordering import sort_entries, title_of
from generator.pages.feedback_link import Desk, compose
from generator.pages.finder.sharded_index import (
    RECORDS,
    Scales,
    write_names,
    write_records,
    write_words,
)
from generator.pages.finder.tokenizer import Terms
from generator.pages.page import Asset, Page
from generator.pages.template_context import View
from generator.schema.vocabulary import KINDS, Field
from generator.schema.words import Words, read_words

FOLDER = "assets/finder/"
INDEX = f"{FOLDER}search.json"
SCRIPT, STYLE_SHEET = f"{FOLDER}finder.js", f"{FOLDER}finder.css"
MOST_WHOLE = 5_000
"""A larger index comes in parts: looking through it all begins to take a reader's browser longer
than fetching parts does.
"""
PAGES = "pages"
"""Stands for the kind of what is no entry: our pages of other content, and the hand-written ones."""

_WEIGHTS = {
    "objections": 1.25,
    "competitors": 1.25,
    "markets": 1.15,
    "offerings": 1.2,
    "personas": 1.1,
    "glossary": 1.05,
    "people": 1.0,
    "plays": 1.0,
    "differentiators": 1.0,
    "qualification": 1.0,
    "proof": 0.95,
    "stages": 0.9,
    "assets": 0.9,
    "objectives": 0.8,
    "announcements": 0.75,
    "field_notes": 0.7,
    PAGES: 0.7,
}
"""Where two kinds answer equally well, what a seller wants to see first: what to say before what
was once reported.
"""

_WEIGHED: Mapping[str, Mapping[str, float]] = {
    "first": {"title": 5, "names": 4, "id": 4, "tags": 3},
    "later": {"short": 2, "kind": 1.2, "text": 1, "near": 0.8},
}
"""What is looked through at once, and what as soon as the texts have come: the fields, and how much
a word in them counts.
"""
_BM25 = {"k": 1.2, "b": 0.5, "d": 0.5}
_LIKE = {"prefix": 0.5, "fuzzy": 0.35}
"""What a word counts that only begins with what was typed, or is spelt like it."""
_BETWEEN = " . "
_NAMED = ("glossary", "competitors")
"""Kinds whose names stand for one another: who types one of them looks for all."""
_NAMES = ("also_said", "also", "titles", "topics")
"""Fields that hold other names of an entry: a reader who types one of them means the entry."""
_SHORT = (
    "quick_answer",
    "summary",
    "one_liner",
    "respond",
    "why_it_matters",
    "message",
    "buyer_step",
    "goal",
    "meaning",
    "role",
    "result",
    "why",
    "answer",
    "source",
)
_SILENT = frozenset(
    {
        "id",
        "audience",
        "url",
        "accounts",
        "contact",
        "former_ids",
        "status",
        "reviewed_on",
        "review_every",
    }
)
"""Fields whose text nobody looks for."""
_SHORT_LENGTH = 150
_NEAR = frozenset({"markets", "personas", "offerings", "competitors", "people", "stages"})
"""Kinds whose names lead to the entries that refer to them: `dairy reference`, `objections of the
CFO`.
"""


@dataclass(frozen=True)
class Record:
    """One thing that can be found. `address` is relative to the site's root; `near` are the titles
    of entries it refers to.
    """

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
    edition: Edition,
    pages: Sequence[Page],
    hand_written: Sequence[tuple[str, str]],
    tell: str = "",
    most_whole: int = MOST_WHOLE,
) -> tuple[Asset, ...]:
    """The files that the finder reads. `pages` are ours, `hand_written` path and text of those this
    reader gets.

    `tell` is the address at which leadership is told what was not found, with `{query}` in it, or
    empty. `most_whole` is how many records are sent as a whole.
    """
    records = list_records(edition, pages, hand_written)
    common = {**_describe(edition), "tell": tell}
    make = _make_whole if len(records) <= most_whole else _make_parts
    return tuple(make(common, records))


def _make_whole(common: Mapping[str, Any], records: Sequence[Record]) -> Iterator[Asset]:
    """Two files: what the first answer needs, and all other words."""
    places = {Key(record.kind, record.id): number for number, record in enumerate(records)}
    texts = _write(
        [[one.text, [places[key] for key in one.near if key in places]] for one in records]
    )
    name = f"search-texts-{_sign([texts])}.json"
    kinds, states = [kind["key"] for kind in common["kinds"]], common["looks"]
    owners = sorted({record.owner for record in records})
    entries = [
        [
            kinds.index(one.kind),
            one.id,
            one.title,
            one.short,
            one.names,
            one.tags,
            states.index(one.state),
            owners.index(one.owner),
        ]
        for one in records
    ]
    yield _as_asset(INDEX, _write({**common, "owners": owners, "entries": entries, "texts": name}))
    yield _as_asset(f"{FOLDER}{name}", texts)


def _make_parts(common: Mapping[str, Any], records: Sequence[Record]) -> Iterator[Asset]:
    """Many files in a folder of their own, of which a query fetches a few."""
    terms = Terms(common["language"], common["stop_words"])
    titles = {Key(record.kind, record.id): record.title for record in records}
    kinds = {kind["key"]: f"{kind['title']} {kind['plural']}" for kind in common["kinds"]}
    fields = [_list_fields(record, kinds[record.kind], titles) for record in records]
    called = [(one.title, *one.names, one.id) for one in records]
    named = [names for one, names in zip(records, called, strict=True) if one.kind in _NAMED]
    states = common["looks"]
    shown = [
        [
            one.id,
            one.title,
            one.short,
            one.names,
            one.tags,
            states.index(one.state),
            one.owner,
            one.text,
        ]
        for one in records
    ]
    scales = Scales({**_WEIGHED["first"], **_WEIGHED["later"]}, _BM25)
    written = chain(
        write_words(fields, scales, named, terms), write_names(called, terms), write_records(shown)
    )
    files = {name: _write(content) for name, content in written}
    folder = f"parts-{_sign(files.values())}"
    ends = accumulate(Counter(record.kind for record in records)[kind] for kind in kinds)
    described = [{**kind, "end": end} for kind, end in zip(common["kinds"], ends, strict=True)]
    parts = {"folder": folder, "records": RECORDS}
    yield _as_asset(INDEX, _write({**common, "kinds": described, "parts": parts}))
    for name, content in files.items():
        yield _as_asset(f"{FOLDER}{folder}/{name}.json", content)


def _list_fields(record: Record, kind: str, titles: Mapping[Key, str]) -> Mapping[str, str]:
    """The texts of a record by field, as `finder-whole.js` gives them to its index."""
    near = _BETWEEN.join(titles[key] for key in record.near if key in titles)
    return {
        "title": record.title,
        "names": _BETWEEN.join(record.names),
        "id": record.id,
        "tags": _BETWEEN.join(record.tags),
        "short": record.short,
        "kind": kind,
        "text": record.text,
        "near": near,
    }


def _as_asset(path: str, content: bytes) -> Asset:
    return Asset(path, lambda: content)


def _sign(contents: Iterable[bytes]) -> str:
    """What changes with the contents: files of two builds never mix."""
    mark = hashlib.sha256()
    for content in contents:
        mark.update(content)
    return mark.hexdigest()[:10]


def tell_address(desk: Desk, words: Words) -> str:
    """Where a reader tells leadership what was not found, `{query}` standing for the words that
    were looked for.
    """
    title = words("finder_tell_subject", query="{query}")
    return compose(desk, title, words("finder_tell_body", query="{query}")).replace(
        quote("{query}"), "{query}"
    )


def list_scripts() -> Iterator[Asset]:
    """The finder's own files, the same on every site."""
    for file in sorted(
        files("generator.pages.finder").joinpath("browser").iterdir(), key=lambda file: file.name
    ):
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
    texts = [
        text
        for name, inner in kind.fields.items()
        if name not in said
        for text in _list_texts(name, inner, written.get(name))
    ]
    fresh, owner = view.freshness(entry), view.owner_of(entry)
    named = (link.target for link in view.strategy.links_from.get(entry.key, ()))
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
        tuple(dict.fromkeys(key for key in named if key.kind in _NEAR)),
    )


def _record_page(page: Page) -> Record:
    """A page of ours that is no entry: what it is called and its headings; of a page without
    entries, all its words.
    """
    is_list, body = _is_list(page), page.lay_out()
    if is_list:
        words = " ".join(heading.text for heading in body.headings)
    else:
        words = Markup(body.html).striptags()  # noqa: S704  # its words alone are taken
    return Record(
        PAGES,
        page.address,
        page.address,
        page.title,
        _cut(page.description),
        text="" if is_list else words,
    )


def _record_hand_written(path: str, text: str) -> Record:
    outline = read_outline(text)
    stem = path.removesuffix(".md")
    folder, _, name = stem.rpartition("/")
    address = f"{folder}/" if name.lower() in ("index", "readme") else f"{stem}/"
    title = outline.title or name.replace("-", " ").replace("_", " ").capitalize()
    return Record(
        PAGES, address, address, title, _cut(outline.words), outline.headings, text=outline.words
    )


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


def _describe(edition: Edition) -> dict[str, Any]:
    """What the finder knows of any index: the language, the words of the interface, the kinds, and
    how words weigh.
    """
    words = read_words(edition.strategy.header.language)
    states = ["", *_STATES]
    return {
        "language": edition.strategy.header.language,
        "stop_words": words("finder_stop_words").split(),
        "weights": _WEIGHED,
        "bm25": _BM25,
        "like": _LIKE,
        "named": _NAMED,
        "words": {
            **{name: words(f"finder_{name}") for name in _WORDS},
            "shown": words("finder_shown", n="{n}"),
            "shown_one": words("finder_shown", n=1),
        },
        "states": [words(state) if state else "" for state in states],
        "looks": states,
        "kinds": [_describe_kind(kind, edition, words) for kind in [*KINDS, PAGES]],
    }


_STATES = ("verified", "due", "overdue", "never")
_WORDS = ("best", "all", "none", "none_hint", "tell", "loading", "more")


def _describe_kind(kind: str, edition: Edition, words: Words) -> Mapping[str, Any]:
    if kind == PAGES:
        title, plural, address = words("finder_page"), words("finder_pages"), "{id}"
    else:
        found = edition.vocabulary.kinds[kind]
        title, plural, address = found.title, found.plural, address_of(Key(kind, "{id}"))
    return {
        "key": kind,
        "title": title,
        "plural": plural,
        "address": address,
        "weight": _WEIGHTS.get(kind, 1),
    }


def _write(content: Any) -> bytes:
    return json.dumps(content, ensure_ascii=False, separators=(",", ":")).encode()
