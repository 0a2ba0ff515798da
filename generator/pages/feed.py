"""What's new as an Atom feed. Where nobody has said at which address the site stands, links lead from
the feed to the pages beside it.
"""

from __future__ import annotations

import uuid
from collections.abc import Iterable
from dataclasses import dataclass

from markupsafe import escape

from generator.model.addresses import PLAIN, Delivery, index_address
from generator.model.header import Header
from generator.pages.page import Asset
from generator.problems.terminal_style import is_shown

FEED = "feed.xml"
_MOST = 40


@dataclass(frozen=True, order=True)
class News:
    """An entry of the feed: the day, a name that lasts, a title, a text without markup, and the
    address of its page.
    """

    day: str
    name: str
    title: str
    text: str
    address: str


def make_feed(
    header: Header, title: str, news: Iterable[News], delivery: Delivery = PLAIN
) -> Asset | None:
    """The feed, the newest first; None where there is nothing in it."""
    listed = sorted(news, reverse=True)[:_MOST]
    if not listed:
        return None
    head = [
        '<?xml version="1.0" encoding="utf-8"?>',
        f'<feed xmlns="http://www.w3.org/2005/Atom" xml:lang="{_clean(header.language)}">',
        f"<title>{_clean(f'{header.company}: {title}')}</title>",
        f"<id>{_name(header.company)}</id>",
        f"<updated>{listed[0].day}T00:00:00Z</updated>",
        f"<author><name>{_clean(header.company)}</name></author>",
        f'<link rel="self" href="{_clean(delivery.whole(FEED))}"/>',
        f'<link rel="alternate" href="{_clean(delivery.whole(index_address("announcements")))}"/>',
    ]
    entries = [_write(header.company, one, delivery) for one in listed]
    return Asset(FEED, lambda: "\n".join([*head, *entries, "</feed>\n"]).encode())


def _write(company: str, one: News, delivery: Delivery) -> str:
    lines = (
        "<entry>",
        f"<title>{_clean(one.title)}</title>",
        f"<id>{_name(company, one.name)}</id>",
        f"<updated>{one.day}T00:00:00Z</updated>",
        f'<link href="{_clean(delivery.whole(one.address))}"/>',
        f'<content type="text">{_clean(one.text)}</content>',
        "</entry>",
    )
    return "\n".join(lines)


def _name(*parts: str) -> str:
    return f"urn:uuid:{uuid.uuid5(uuid.NAMESPACE_URL, 'strategy-playbook:' + '|'.join(parts))}"


def _clean(text: str) -> str:
    """Text as XML may hold it: markup escaped, signs that XML does not know left out."""
    return str(escape("".join(sign for sign in text if is_shown(sign) or sign in "\n\t")))
