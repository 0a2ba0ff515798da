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
from itertools import accumulate, chain
from typing import Any
from urllib.parse import quote

from generator.model.addresses import PLAIN, Delivery, address_of, index_address
from generator.model.edition import Edition
from generator.model.entry import Key
from generator.pages.feedback_link import Desk, compose
from generator.pages.finder.abbreviations import list_initials
from generator.pages.finder.lexicon import read_stop_words
from generator.pages.finder.page_text import FinishedPage
from generator.pages.finder.records import PAGES, Record, list_records
from generator.pages.finder.scripts import DOOR, FOLDER, HERE, make_here, make_worker
from generator.pages.finder.sharded_index import (
    RECORDS,
    Scales,
    write_initials,
    write_names,
    write_records,
    write_words,
)
from generator.pages.finder.tokenizer import Terms
from generator.pages.page import Asset, Page
from generator.schema.words import Words, read_words

INDEX = f"{FOLDER}search.json"
STYLE_SHEET = f"{FOLDER}finder.css"
MOST_WHOLE = 5_000
"""A larger index comes in parts: looking through it all begins to take a reader's browser longer
than fetching parts does.
"""

_WEIGHTS = {
    "objections": 1.25,
    "competitors": 1.25,
    "markets": 1.15,
    "offerings": 1.2,
    "personas": 1.1,
    "value_drivers": 1.05,
    "glossary": 1.05,
    "people": 1.0,
    "plays": 1.0,
    "differentiators": 1.0,
    "qualification": 1.0,
    "proof": 0.95,
    "stages": 0.9,
    "wins": 0.9,
    "paths": 0.9,
    "skills": 0.85,
    "assumptions": 0.75,
    "assets": 0.9,
    "objectives": 0.8,
    "announcements": 0.75,
    "field_notes": 0.7,
    PAGES: 0.6,
}
"""Where two kinds answer equally well, what a seller wants to see first: what to say before what
was once reported.
"""

_WEIGHED: Mapping[str, Mapping[str, float]] = {
    "first": {"title": 5, "names": 4, "id": 4, "tags": 3},
    "later": {"short": 2, "kind": 1.2, "text": 1, "near": 0.8, "limits": 4},
}
"""What is looked through at once, and what as soon as the texts have come: the fields, and how much
a word in them counts.
"""
_BM25 = {"k": 1.2, "b": 0.5, "d": 0.5}
_BETWEEN = " . "
_NAMED = ("glossary", "competitors", "personas")
"""Kinds whose names stand for one another: who types one of them looks for all."""


def make_index(
    edition: Edition,
    pages: Sequence[Page],
    hand_written: Sequence[FinishedPage],
    tell: str = "",
    most_whole: int = MOST_WHOLE,
    delivery: Delivery = PLAIN,
) -> tuple[Asset, ...]:
    """The files that the finder reads. `pages` are ours, `hand_written` those this reader gets, as
    they stand on the site.

    `tell` is the address at which leadership is told what was not found, with `{query}` in it, or
    empty. `most_whole` is how many records are sent as a whole, `delivery` how the site reaches its
    readers.
    """
    records = list_records(edition, pages, hand_written)
    described = _describe(edition, delivery)
    terms = Terms(described["language"], described["stop_words"])
    common = {**described, "tell": tell, "initials": list_initials(records, terms)}
    if len(records) <= most_whole:
        made = _make_whole(common, records)
    else:
        made = _make_parts(common, records, terms)
    known = (described["language"], described["articles"])
    if delivery.from_folder:
        return (*(asset.as_script() for asset in made), make_here(*known))
    return (*made, make_worker(*known))


def _make_whole(common: Mapping[str, Any], records: Sequence[Record]) -> Iterator[Asset]:
    """Two files: what the first answer needs, and all other words."""
    places = {Key(record.kind, record.id): number for number, record in enumerate(records)}
    texts = _write(
        [
            [
                one.text,
                [places[key] for key in one.near if key in places],
                *([" ".join(one.limits)] if one.limits else []),
            ]
            for one in records
        ]
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


def _make_parts(
    common: Mapping[str, Any], records: Sequence[Record], terms: Terms
) -> Iterator[Asset]:
    """Many files in a folder of their own, of which a query fetches a few."""
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
        write_words(fields, scales, named, terms),
        write_names(called, terms),
        write_initials(common["initials"]["long"]),
        write_records(shown),
    )
    files = {name: _write(content) for name, content in written}
    folder = f"parts-{_sign(files.values())}"
    ends = accumulate(Counter(record.kind for record in records)[kind] for kind in kinds)
    described = [{**kind, "end": end} for kind, end in zip(common["kinds"], ends, strict=True)]
    parts = {"folder": folder, "records": RECORDS}
    initials = {"short": common["initials"]["short"]}
    index = {**common, "initials": initials, "kinds": described, "parts": parts}
    yield _as_asset(INDEX, _write(index))
    for name, content in files.items():
        yield _as_asset(f"{FOLDER}{folder}/{name}.json", content)


def _list_fields(record: Record, kind: str, titles: Mapping[Key, str]) -> Mapping[str, str]:
    """The texts of a record by field, as `finder-whole.js` gives them to its index."""
    near = _BETWEEN.join(titles[key] for key in record.near if key in titles)
    return {
        "title": record.title,
        "names": _BETWEEN.join(record.names),
        "id": record.id.replace("-", " "),
        "tags": _BETWEEN.join(record.tags),
        "short": record.short,
        "kind": kind,
        "text": record.text,
        "near": near,
        "limits": " ".join(record.limits),
    }


def _as_asset(path: str, content: bytes) -> Asset:
    return Asset(path, lambda: content)


def _sign(contents: Iterable[bytes]) -> str:
    """What changes with the contents: files of two builds never mix."""
    mark = hashlib.sha256()
    for content in contents:
        mark.update(content)
    return mark.hexdigest()[:10]


def find_script(delivery: Delivery) -> str:
    """The script by which every page opens the finder."""
    return HERE if delivery.from_folder else DOOR


def tell_address(desk: Desk, words: Words) -> str:
    """Where a reader tells leadership what was not found, `{query}` standing for the words that
    were looked for.
    """
    title = words("finder_tell_subject", query="{query}")
    return compose(desk, title, words("finder_tell_body", query="{query}")).replace(
        quote("{query}"), "{query}"
    )


def _describe(edition: Edition, delivery: Delivery) -> dict[str, Any]:
    """What the finder knows of any index: the language, the words of the interface, the kinds, and
    how words weigh.
    """
    words = read_words(edition.strategy.header.language)
    states = ["", *_STATES]
    return {
        "language": edition.strategy.header.language,
        **_describe_little_words(edition.strategy.header.language, words),
        "weights": _WEIGHED,
        "bm25": _BM25,
        "named": _NAMED,
        "words": {
            **{name: words(f"finder_{name}") for name in _WORDS},
            "shown": words("finder_shown", n="{n}"),
            "shown_one": words("finder_shown", n=1),
        },
        "states": [words(state) if state else "" for state in states],
        "looks": states,
        "kinds": [
            _describe_kind(kind, edition, words, delivery)
            for kind in [*edition.vocabulary.kinds, PAGES]
        ],
        "index": delivery.complete(""),
    }


def _describe_little_words(language: str, words: Words) -> Mapping[str, Any]:
    """Words that tell nothing, or little, or what kind is asked for, in the playbook's language."""
    if own := read_stop_words(language):
        return {"stop_words": own, "articles": [], "weak": [], "asks": {}}
    return {
        "stop_words": words("finder_stop_words").split(),
        "articles": words("finder_articles").split(),
        "weak": words("finder_weak_words").split(),
        "asks": _read_asks(words("finder_asks")),
    }


def _read_asks(written: str) -> Mapping[str, Sequence[str]]:
    """By kind, the words that ask for something of that kind: `who` for people."""
    pairs = (one.partition("=") for one in written.split(";"))
    return {kind: words.split() for kind, _, words in pairs}


_STATES = ("verified", "due", "overdue", "never")
_WORDS = ("best", "all", "by", "mean", "browse", "none", "none_hint", "tell", "loading", "more")


def _describe_kind(
    kind: str, edition: Edition, words: Words, delivery: Delivery
) -> Mapping[str, Any]:
    if kind == PAGES:
        title, plural, address, place = words("finder_page"), words("finder_pages"), "{id}", ""
    else:
        found = edition.vocabulary.kinds[kind]
        title, plural, address = found.title, found.plural, address_of(Key(kind, "{id}"))
        place = index_address(kind) if edition.strategy.of(kind) else ""
    return {
        "key": kind,
        "title": title,
        "plural": plural,
        "address": delivery.complete(address),
        "list": place and delivery.complete(place),
        "weight": _WEIGHTS.get(kind, 1),
    }


def _write(content: Any) -> bytes:
    return json.dumps(content, ensure_ascii=False, separators=(",", ":")).encode()
