"""What a change touches elsewhere: entries that lose what they referred to, and where sellers meet
it.
"""

from __future__ import annotations

import dataclasses
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass

from generator.changes.change import Change, Grade, Side, What
from generator.model.entry import Key
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
    """What the change of one entry touches: who loses it though it still stands in the strategy, and
    where sellers meet it no longer, newly, or in another place (`moved`: the place, the rank before
    and the rank now) or as before (`stays`). `is_hidden` says that it is nowhere on the site any more, `is_new` that it was
    nowhere before.
    """

    losses: tuple[Loss, ...] = ()
    lost: tuple[str, ...] = ()
    gained: tuple[str, ...] = ()
    moved: tuple[tuple[str, int, int], ...] = ()
    stays: tuple[tuple[str, int], ...] = ()
    is_hidden: bool = False
    is_new: bool = False


Placements = Mapping[Key, Mapping[str, int]]
"""For each entry that is on the site, the places where sellers meet it, by name, and its rank there
(0: none).
"""


def find_touches(
    changes: Iterable[Change], old: Side, new: Side, before: Placements, after: Placements
) -> dict[Key, Touch]:
    """What each changed entry touches, from where sellers met it `before` and meet it `after`;
    nothing is said of an entry that only got other words.
    """
    changes = tuple(changes)
    renames = {
        Key(one.key.kind, one.old): one.key
        for one in changes
        if one.what is What.RENAMED and one.key
    }
    former = {after: before for before, after in renames.items()}
    found: dict[Key, Touch] = {}
    for key in {
        one.key: None for one in changes if one.key is not None and one.grade is not Grade.WORDING
    }:
        touch = _compare_places(before.get(former.get(key, key)), after.get(key))
        if touch.is_hidden:
            touch = dataclasses.replace(touch, losses=tuple(_find_losses(key, old, new, renames)))
        if touch != Touch():
            found[key] = touch
    return found


def _compare_places(before: Mapping[str, int] | None, after: Mapping[str, int] | None) -> Touch:
    was, now = before or {}, after or {}
    return Touch(
        lost=tuple(place for place in was if place not in now),
        gained=tuple(place for place in now if place not in was),
        moved=tuple(
            (place, was[place], rank)
            for place, rank in now.items()
            if place in was and was[place] != rank
        ),
        stays=tuple((place, rank) for place, rank in now.items() if was.get(place) == rank),
        is_hidden=before is not None and after is None,
        is_new=before is None and after is not None,
    )


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
