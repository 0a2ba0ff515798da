"""What a reader gets: one function chooses from the whole strategy, before any page is made. Nothing else hides anything.

Confidential by default: an entry is for those inside unless it says otherwise, and of the header only what the schema
marks as public is shown to readers outside. What is left out is gone from links and texts too.
"""

from __future__ import annotations

import dataclasses
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, date, datetime
from typing import Any
from zoneinfo import ZoneInfo

from generator.entry import ENTRY_LINK, parse_key
from generator.model import DEFAULT_AUDIENCE, Asset, Entry, Header, Key, Offering, Proof, Strategy
from generator.vocabulary import Field, Vocabulary

_HEADER_AUDIENCE = DEFAULT_AUDIENCE
_GONE = object()


@dataclass(frozen=True)
class Edition:
    """The strategy as one audience reads it on one day."""

    strategy: Strategy
    vocabulary: Vocabulary
    audience: str
    today: date
    drafts: bool = False

    @property
    def is_for_leadership(self) -> bool:
        """Whether this is the narrowest circle, which sees what is missing as well."""
        return self.audience == self.strategy.header.audiences[0]

    @property
    def is_for_outsiders(self) -> bool:
        """Whether readers outside the company get it: then only what is marked for them may be in it."""
        return not self.may_read(DEFAULT_AUDIENCE)

    def may_read(self, circle: str) -> bool:
        """Whether what is meant for `circle` may be read by this reader."""
        return _may_read(self.strategy.header, circle, self.audience)


def today_in(header: Header, now: datetime | None = None) -> date:
    """Today where the strategy counts its days, whatever clock this machine keeps."""
    return (now or datetime.now(UTC)).astimezone(ZoneInfo(header.timezone)).date()


def _may_read(header: Header, circle: str, reader: str) -> bool:
    """Circles widen from first to last: a reader may read what is meant for the own circle or a wider one."""
    circles = header.audiences
    return circle in circles and circles.index(circle) >= circles.index(reader)


def choose_edition(
    strategy: Strategy, vocabulary: Vocabulary, audience: str, today: date, drafts: bool = False
) -> Edition:
    """What `audience` reads on the day `today`. `drafts` adds the entries that are still being written.

    Raises ValueError where the header knows no such audience.
    """
    circles = strategy.header.audiences
    if audience not in circles:
        raise ValueError(f'there is no audience "{audience}"; known are {", ".join(circles)}')
    chooser = _Chooser(strategy, vocabulary, audience, today, drafts)
    return Edition(chooser.choose(), vocabulary, audience, today, drafts)


class _Chooser:
    def __init__(
        self, strategy: Strategy, vocabulary: Vocabulary, audience: str, today: date, drafts: bool
    ) -> None:
        self._strategy, self._vocabulary = strategy, vocabulary
        self._reader = audience
        self._is_outsider = not self._may_read(DEFAULT_AUDIENCE)
        self._today, self._drafts = today, drafts
        self._shown = {entry.key for entry in strategy if self._is_shown(entry)}
        self._everything = len(self._shown) == sum(1 for _ in strategy) and audience == strategy.header.audiences[0]

    def choose(self) -> Strategy:
        """The strategy with all that this reader does not get taken out."""
        if self._everything:
            return self._strategy
        entries = {
            kind: {entry.id: self._prune_entry(entry) for entry in found.values() if entry.key in self._shown}
            for kind, found in self._strategy.entries.items()
        }
        header = self._prune(self._strategy.header, self._vocabulary.header.fields, _HEADER_AUDIENCE)
        links = tuple(
            link
            for link in self._strategy.links
            if link.target in self._shown
            and (link.source is None or link.source in self._shown)
            and self._field_is_shown(link.source, link.field)
        )
        return Strategy(header, entries, links)

    def _is_shown(self, entry: Entry) -> bool:
        if not self._may_read(entry.audience) or (entry.status == "draft" and not self._drafts):
            return False
        if entry.effective_from is not None and entry.effective_from > self._today:
            return False
        if entry.effective_until is not None and entry.effective_until < self._today:
            return False
        if isinstance(entry, Offering) and entry.availability == "retired":
            return False
        if isinstance(entry, Proof | Asset) and self._is_outsider:  # default deny: only what may be sent to anybody
            return entry.shareable == "public"
        return True

    def _may_read(self, circle: str) -> bool:
        return _may_read(self._strategy.header, circle, self._reader)

    def _field_is_shown(self, source: Key | None, name: str) -> bool:
        fields = self._vocabulary.header.fields if source is None else self._vocabulary.kinds[source.kind].fields
        circle = fields[name].audience or (_HEADER_AUDIENCE if source is None else "")
        return not circle or self._may_read(circle)

    def _prune_entry(self, entry: Entry) -> Entry:
        pruned: Entry = self._prune(entry, self._vocabulary.kinds[entry.KIND].fields, "")
        return pruned

    def _prune(self, value: Any, fields: Mapping[str, Field], circle: str) -> Any:
        """A copy of an entry, header or group of fields without what this reader does not get."""
        changed: dict[str, Any] = {}
        for name, field in fields.items():
            attribute = f"{name}_" if name == "from" else name
            old = getattr(value, attribute)
            meant_for = field.audience or circle
            hidden = bool(meant_for) and not self._may_read(meant_for)
            new = _GONE if hidden else self._prune_value(old, field)
            if new is not old:
                changed[attribute] = _empty_of(value, attribute, field) if new is _GONE else new
        return dataclasses.replace(value, **changed) if changed else value

    def _prune_value(self, value: Any, field: Field) -> Any:
        if value is None:
            return value
        if field.type == "reference":
            key = parse_key(value, field.refers_to)
            return value if key in self._shown else _GONE
        if field.type == "prose" and "entry:" in value:
            return self._prune_links(value)
        if isinstance(value, tuple) and field.item is not None:
            kept = tuple(new for item in value if (new := self._prune_value(item, field.item)) is not _GONE)
            return value if kept == value else kept
        if dataclasses.is_dataclass(value) and field.type == "object":
            if any(
                inner.required
                and inner.type == "reference"
                and parse_key(getattr(value, name), inner.refers_to) not in self._shown
                for name, inner in field.fields.items()
            ):
                return _GONE
            return self._prune(value, field.fields, "")
        if isinstance(value, dict) and field.type == "object":
            return {
                key: new
                for key, item in value.items()
                if (new := self._prune_value(item, field.fields[key]) if key in field.fields else item) is not _GONE
            }
        return value

    def _prune_links(self, text: str) -> str:
        """Links to entries this reader does not get become plain words."""

        def keep(match: Any) -> str:
            key = parse_key(match[1], ())
            return match[0] if key in self._shown else "](entry:)"

        marked = ENTRY_LINK.sub(keep, text)
        return marked if "](entry:)" not in marked else _strip_dead_links(marked)


def _strip_dead_links(text: str) -> str:
    while "](entry:)" in text:
        before, _, after = text.partition("](entry:)")
        opening, bracket, words = before.rpartition("[")
        text = f"{opening}{words}{after}" if bracket else f"{before}{after}"
    return text


def _empty_of(value: Any, name: str, field: Field) -> Any:
    """What stands for a field that was taken out: its default, or nothing."""
    found = next(item for item in dataclasses.fields(value) if item.name == name)
    if found.default is not dataclasses.MISSING:
        return None if found.default is not None and field.type == "enum" else found.default
    if found.default_factory is not dataclasses.MISSING:
        return found.default_factory()
    return () if field.type == "list" else None
