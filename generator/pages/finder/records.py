"""What can be found: every entry of an edition, our other pages and the hand-written ones, each as
a record of what it is called and what it says.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from markupsafe import Markup

from generator.model.addresses import address_of, index_address
from generator.model.builder import list_values
from generator.model.edition import Edition
from generator.model.entry import Entry, Key
from generator.model.header import NotNow
from generator.model.markdown import plain_text
from generator.model.ordering import title_of
from generator.pages.finder.approvals import Approval, find_approvals
from generator.pages.finder.page_text import FinishedPage, read_page_text
from generator.pages.page import Page
from generator.pages.template_context import View
from generator.schema.vocabulary import Field
from generator.schema.words import Words, read_words

PAGES = "pages"
"""Stands for the kind of what is no entry: our pages of other content, and the hand-written ones."""
NOT_NOW = "#_not_now"
"""Where the home page says what we leave alone."""
_NAMES = ("also_said", "also", "titles", "topics")
"""Fields that hold other names of an entry: a reader who types one of them means the entry."""
_SHORT = (
    "quick_answer",
    "summary",
    "one_liner",
    "respond",
    "why_it_matters",
    "promise",
    "lesson",
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
_LABELLED = frozenset({"price", "pricing", "floor", "discount_approval"})
"""Fields whose value hardly says what it is: who looks for a price seldom types the figure."""


@dataclass(frozen=True)
class Record:
    """One thing that can be found. `address` is relative to the site's root; `near` are the titles
    of entries it refers to, `limits` how much of a discount it allows (see `approvals`).
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
    limits: tuple[str, ...] = ()


def list_records(
    edition: Edition, pages: Sequence[Page], hand_written: Sequence[FinishedPage]
) -> tuple[Record, ...]:
    """Everything that can be found, entries by kind as a reader wants them sorted, then pages."""
    words = read_words(edition.strategy.header.language)
    view = View(edition, words, "")
    entries = [
        entry for kind in edition.strategy.entries for entry in edition.strategy.in_order(kind)
    ]
    approvals = find_approvals(edition.strategy)
    taken = {address_of(entry.key).partition("#")[0] for entry in entries}
    lists = {index_address(kind) for kind in edition.strategy.entries}
    return (
        *(_record_entry(entry, view, approvals.get(entry.key, Approval())) for entry in entries),
        *(
            _record_page(page, is_list=page.address in lists)
            for page in pages
            if not page.hidden and (page.address not in taken or page.address in lists)
        ),
        *_record_not_now(edition.strategy.header.not_now, words),
        *(_record_hand_written(page) for page in hand_written),
    )


def _record_entry(entry: Entry, view: View, approval: Approval) -> Record:
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
    texts += [f"{_title_approval(view)}: {text}" for text in approval.texts]
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
        tuple(approval.limits),
    )


def _title_approval(view: View) -> str:
    fields = view.edition.vocabulary.kinds["offerings"].fields["guardrails"].fields
    return fields["discount_approval"].title


def _record_page(page: Page, *, is_list: bool) -> Record:
    """A page of ours that is no entry: what it is called and its headings; of a page without
    entries, all its words.
    """
    body = page.lay_out()
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
        page.also,
        text="" if is_list else words,
    )


def _record_not_now(not_now: Sequence[NotNow], words: Words) -> Iterator[Record]:
    """What we leave alone stands on the home page, among much else: each has a record of its own."""
    excluded = tuple(words("finder_excluded").split(", "))
    for one in not_now:
        yield Record(
            PAGES,
            NOT_NOW,
            NOT_NOW,
            plain_text(one.what),
            _cut(_plain(one.why)),
            (words("not_now"),),
            excluded,
            text="\n".join((_plain(one.why), _plain(one.until))),
        )


def _record_hand_written(page: FinishedPage) -> Record:
    said = read_page_text(page.html)
    name = page.path.removesuffix(".md").rpartition("/")[2]
    title = page.title or said.title or name.replace("-", " ").replace("_", " ").capitalize()
    return Record(
        PAGES,
        page.address,
        page.address,
        title,
        _cut(said.words),
        said.headings,
        text=said.words,
    )


def _list_texts(name: str, field: Field, value: Any) -> Iterator[str]:
    """All words of a value that a reader sees, by what the schema says of it."""
    if value is None or name in _SILENT:
        return
    if field.type == "enum":
        yield field.labels.get(str(value), "")
    elif field.type in ("plain", "prose", "text") and isinstance(value, str):
        yield f"{field.title}: {_plain(value)}" if name in _LABELLED else _plain(value)
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
