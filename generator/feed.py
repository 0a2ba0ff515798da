"""What's new as an Atom feed. Links lead from the feed to the pages beside it, so it works wherever the site stands."""

from __future__ import annotations

import uuid
from collections.abc import Iterator, Sequence

from markupsafe import escape

from generator.address import address_of, version_address
from generator.edition import Edition
from generator.model import Announcement
from generator.notes import Notes, write_text
from generator.page import Asset
from generator.prose import plain_text

FEED = "feed.xml"
_MOST = 40


def make_feed(edition: Edition, chronicle: Sequence[Notes], title: str) -> Asset | None:
    """The feed of released versions and announcements, the newest first; None where there is neither."""
    company = edition.strategy.header.company
    entries = [*_list_versions(company, chronicle), *_list_announcements(company, edition)]
    if not entries:
        return None
    entries.sort(key=lambda entry: (entry[0], entry[1]), reverse=True)
    head = [
        '<?xml version="1.0" encoding="utf-8"?>',
        f'<feed xmlns="http://www.w3.org/2005/Atom" xml:lang="{_clean(edition.strategy.header.language)}">',
        f"<title>{_clean(f'{company}: {title}')}</title>",
        f"<id>{_name(company)}</id>",
        f"<updated>{entries[0][0]}T00:00:00Z</updated>",
        f"<author><name>{_clean(company)}</name></author>",
        f'<link rel="self" href="{FEED}"/>',
        '<link rel="alternate" href="announcements/"/>',
    ]
    return Asset(FEED, "\n".join([*head, *(text for _, _, text in entries[:_MOST]), "</feed>\n"]).encode())


def _list_versions(company: str, chronicle: Sequence[Notes]) -> Iterator[tuple[str, str, str]]:
    for notes in chronicle:
        if notes.version:
            title = write_text(notes).partition("\n")[0]
            yield _entry(company, notes.day, f"version:{notes.version}", title, write_text(notes), version_address(notes.version))  # fmt: skip


def _list_announcements(company: str, edition: Edition) -> Iterator[tuple[str, str, str]]:
    for one in edition.strategy.of("announcements"):
        if isinstance(one, Announcement):
            text = "\n\n".join(plain_text(part) for part in (one.why, one.do) if part)
            yield _entry(company, one.date.isoformat(), str(one.key), one.headline, text, address_of(one.key))


def _entry(company: str, day: str, name: str, title: str, text: str, address: str) -> tuple[str, str, str]:
    """An entry of the feed as day, name (both to sort by) and XML."""
    lines = (
        "<entry>",
        f"<title>{_clean(title)}</title>",
        f"<id>{_name(company, name)}</id>",
        f"<updated>{day}T00:00:00Z</updated>",
        f'<link href="{_clean(address)}"/>',
        f'<content type="text">{_clean(text)}</content>',
        "</entry>",
    )
    return day, name, "\n".join(lines)


def _name(*parts: str) -> str:
    return f"urn:uuid:{uuid.uuid5(uuid.NAMESPACE_URL, 'strategy-playbook:' + '|'.join(parts))}"


def _clean(text: str) -> str:
    """Text as XML may hold it: markup escaped, signs that XML does not know left out."""
    return str(escape("".join(sign for sign in text if sign.isprintable() or sign in "\n\t")))
