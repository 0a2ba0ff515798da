"""The files beside the pages: the list of entries, style sheets and scripts, what the feed tells,
old addresses.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence
from functools import partial
from importlib.resources import files

from generator.changes.release_notes import Notes, write_text
from generator.model.addresses import (
    INDEX,
    Delivery,
    address_of,
    placement_of,
    relative_address,
    version_address,
)
from generator.model.entry import Entry, Key
from generator.model.kinds import Announcement
from generator.model.markdown import plain_text
from generator.model.ordering import title_of
from generator.model.strategy import Strategy
from generator.pages.feed import News
from generator.pages.page import Asset
from generator.pages.templates import Templates
from generator.schema.words import Words


def list_entries(strategy: Strategy, delivery: Delivery) -> Asset:
    """Every entry with its address, so that an older version of the site can link to the same entry
    today.
    """
    return Asset("entries.json", lambda: _write_entries(strategy, delivery))


def _write_entries(strategy: Strategy, delivery: Delivery) -> bytes:
    listed = [
        {
            "kind": kind,
            "id": entry.id,
            "title": title_of(entry),
            "address": delivery.complete(address_of(entry.key)),
            **({"former_ids": sorted(entry.former_ids)} if entry.former_ids else {}),
        }
        for kind in strategy.entries
        for entry in strategy.of(kind)
    ]
    content = {
        "company": strategy.header.company,
        "version": strategy.header.version,
        "entries": listed,
    }
    return (json.dumps(content, ensure_ascii=False, indent=1) + "\n").encode()


def list_own_files() -> Iterator[Asset]:
    """The style sheets and scripts that come with the playbook."""
    folder = files("generator.pages").joinpath("assets")
    for file in sorted(folder.iterdir(), key=lambda found: found.name):
        if file.is_file():
            yield Asset(f"assets/{file.name}", file.read_bytes)


def list_news(strategy: Strategy, chronicle: Sequence[Notes]) -> Iterator[News]:
    """What the feed tells: released versions and announcements."""
    for notes in chronicle:
        if notes.version:
            text = write_text(notes)
            title, address = text.partition("\n")[0], version_address(notes.version)
            yield News(notes.day, f"version:{notes.version}", title, text, address)
    for one in strategy.of("announcements"):
        if isinstance(one, Announcement):
            text = "\n\n".join(plain_text(part) for part in (one.why, one.do) if part)
            yield News(one.date.isoformat(), str(one.key), one.headline, text, address_of(one.key))


def make_redirects(
    strategy: Strategy, words: Words, templates: Templates, delivery: Delivery
) -> Iterator[Asset]:
    """A page at each old address that leads to the new one; on shared pages the old anchor stands
    beside the new.
    """
    for kind in strategy.entries:
        if not placement_of(kind).own_pages:
            continue
        for entry in strategy.of(kind):
            for old in entry.former_ids:
                address = address_of(Key(kind, old))
                yield Asset(
                    f"{address}{INDEX}",
                    partial(_write_redirect, entry, address, strategy, words, templates, delivery),
                )


def _write_redirect(
    entry: Entry,
    old: str,
    strategy: Strategy,
    words: Words,
    templates: Templates,
    delivery: Delivery,
) -> bytes:
    target = delivery.complete(relative_address(address_of(entry.key), old))
    language = strategy.header.language
    html = templates.lay_out(
        "redirect", words=words, title=title_of(entry), target=target, language=language
    )
    return html.encode()
