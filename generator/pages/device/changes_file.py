"""What changed lately, as data: the browser chooses from it what is new to its reader."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator, Mapping, Sequence
from datetime import timedelta
from typing import Any

from generator.changes.change import Grade
from generator.changes.grading import ACT_NOW
from generator.changes.recent.entry_changes import EntryChange, Recent
from generator.changes.release_notes import Notes
from generator.model.addresses import Delivery, address_of, index_address
from generator.model.edition import Edition
from generator.model.kinds import Announcement
from generator.model.markdown import plain_text
from generator.pages.page import Asset
from generator.problems.phrases import shorten

CHANGES = "assets/changes.json"
MOST = 250
"""So many changes are sent, the newest of them: the file is read once a visit."""
FRESH = timedelta(days=30)
"""How long what everybody must act upon stands before all else, where no day is named to act by."""
_LONGEST = 180

_URGENT, _WEIGHTY, _LIGHT, _WORDING = range(4)
"""How the changes are ordered for a reader: act now, important, good to know, only other words."""
_RANKS = {Grade.MATERIAL: _WEIGHTY, Grade.MINOR: _LIGHT, Grade.WORDING: _WORDING}


def list_changes(
    edition: Edition,
    read_recent: Callable[[], Recent],
    released: Sequence[Notes],
    delivery: Delivery,
) -> Asset:
    """The file of changes: each with its name, day, rank (0 is the most urgent), the address, title
    and kind of what it is about, and what is said of it.
    """
    return Asset(CHANGES, lambda: _write(edition, read_recent(), released, delivery))


def _write(
    edition: Edition, recent: Recent, released: Sequence[Notes], delivery: Delivery
) -> bytes:
    told = (_describe(one, edition, delivery) for one in recent.changes)
    changes = [*_list_announcements(edition, delivery), *told]
    changes.sort(key=lambda one: one["day"], reverse=True)
    content = {
        "changes": changes[:MOST],
        "versions": [f"version/{notes.version}" for notes in released],
    }
    return (json.dumps(content, ensure_ascii=False, separators=(",", ":")) + "\n").encode()


def list_urgent(edition: Edition) -> frozenset[str]:
    """The announcements that everybody must act upon now, by their ids."""
    found = edition.strategy.of("announcements")
    return frozenset(
        one.id for one in found if isinstance(one, Announcement) and _is_urgent(one, edition)
    )


def _is_urgent(one: Announcement, edition: Edition) -> bool:
    until = one.act_by or one.date + FRESH
    return one.importance == ACT_NOW and until >= edition.today


def _list_announcements(edition: Edition, delivery: Delivery) -> Iterator[Mapping[str, Any]]:
    for one in edition.strategy.of("announcements"):
        if isinstance(one, Announcement):
            rank = _URGENT if _is_urgent(one, edition) else min(one.importance, _LIGHT)
            yield {
                "name": str(one.key),
                "day": one.date.isoformat(),
                "rank": rank,
                "address": delivery.complete(address_of(one.key)),
                "title": one.headline,
                "kind": edition.vocabulary.kinds[one.KIND].plural,
                "said": [[shorten(plain_text(one.do or one.why), _LONGEST), ""]],
            }


def _describe(one: EntryChange, edition: Edition, delivery: Delivery) -> Mapping[str, Any]:
    address, kinds = _find_address(one), {key.kind for key in one.keys}
    return {
        "name": one.name,
        "day": one.day,
        "rank": _RANKS[one.told.grade],
        "address": None if address is None else delivery.complete(address),
        "title": one.told.title,
        "kind": edition.vocabulary.kinds[kinds.pop()].plural if len(kinds) == 1 else "",
        "said": [[part.text, part.mark] for part in one.line],
    }


def _find_address(one: EntryChange) -> str | None:
    """Where one sees it: at the entry, or in the list of several entries of one kind."""
    kinds = {key.kind for key in one.keys}
    if len(one.keys) == 1:
        return address_of(one.keys[0])
    return index_address(kinds.pop()) if len(kinds) == 1 else None
