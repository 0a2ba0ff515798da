"""What a change touches elsewhere: entries that lose what they referred to, and pages that show it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass

from generator.changes.change import Change, Grade, Side, What
from generator.model.addresses import HOME_FIELDS, address_of, index_address
from generator.model.entry import Entry, Key
from generator.model.strategy import Strategy
from generator.schema.vocabulary import Field


@dataclass(frozen=True, slots=True)
class Loss:
    """Entries of a kind that referred to an entry in `field`. `last`: nothing is left in that
    field.
    """

    kind: str
    field: Field
    keys: tuple[Key, ...]
    last: bool


@dataclass(frozen=True, slots=True)
class Touch:
    """What the change of one entry touches."""

    losses: tuple[Loss, ...]
    pages: tuple[str, ...]


def find_touches(changes: Iterable[Change], old: Side, new: Side) -> dict[Key, Touch]:
    """What each changed entry touches; nothing is said of those that only got other words."""
    changes = tuple(changes)
    renames = {
        Key(one.key.kind, one.old): one.key
        for one in changes
        if one.what is What.RENAMED and one.key
    }
    found: dict[Key, Touch] = {}
    for key in {
        one.key: None for one in changes if one.key is not None and one.grade is not Grade.WORDING
    }:
        losses = (
            tuple(_find_losses(key, old, new, renames)) if _vanishes(key, old, new, renames) else ()
        )
        pages = (
            tuple(sorted(list_pages(new.strategy, key)))
            if _is_shown(new.strategy.find(key))
            else ()
        )
        if losses or pages:
            found[key] = Touch(losses, pages)
    return found


def list_pages(strategy: Strategy, key: Key) -> set[str]:
    """The addresses of the pages that an entry is shown on: its own, its kind's, and those of
    entries it goes with.
    """
    pages = {_page_of(key), index_address(key.kind)}
    for link in strategy.links_to.get(key, ()):
        pages.add(
            _page_of(link.source)
            if link.source
            else ""
            if link.field in HOME_FIELDS
            else "how-we-work/"
        )
    pages |= {_page_of(link.target) for link in strategy.links_from.get(key, ())}
    return pages


def _page_of(key: Key) -> str:
    return address_of(key).partition("#")[0]


def _is_shown(entry: Entry | None) -> bool:
    return (
        entry is not None
        and entry.status != "draft"
        and getattr(entry, "availability", "") != "retired"
    )


def _vanishes(key: Key, old: Side, new: Side, renames: Mapping[Key, Key]) -> bool:
    """Whether readers got an entry before and get it no more."""
    before = next((former for former, after in renames.items() if after == key), key)
    return _is_shown(old.strategy.find(before)) and not _is_shown(new.strategy.find(key))


def _find_losses(key: Key, old: Side, new: Side, renames: Mapping[Key, Key]) -> Iterator[Loss]:
    grouped: dict[tuple[str, str, bool], list[Key]] = {}
    for link in old.strategy.links_to.get(key, ()):
        source = renames.get(link.source, link.source) if link.source else None
        if source is None or new.strategy.find(source) is None:
            continue
        field = new.vocabulary.kinds[source.kind].fields.get(link.field)
        if field is None:
            continue
        left = [
            other
            for other in new.strategy.links_from.get(source, ())
            if other.field == link.field and other.target != key
        ]
        last = not left and (
            field.type == "reference" or (field.item is not None and field.item.type == "reference")
        )
        keys = grouped.setdefault((source.kind, link.field, last), [])
        if source not in keys:
            keys.append(source)
    for (kind, name, last), keys in sorted(
        grouped.items(), key=lambda one: (not one[0][2], one[0])
    ):
        yield Loss(kind, new.vocabulary.kinds[kind].fields[name], tuple(keys), last)
