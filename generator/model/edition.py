"""What a reader gets: all of it is decided here, by the circles of readers that the header names.

What of the strategy a reader gets is chosen before any page is made, by `choose_edition`; what is
left out is gone from links and texts too. Whoever publishes more than the strategy asks its edition:
for a hand-written page `may_read`, for a file beside it `may_have_file`, for what the site adds of
its own (the health page, the catalogue of components, links to where the strategy is kept, the link
to leadership) `shows`. Only `Circles` compares circles; what else is missing on a page or in a menu is
missing for every reader.

Confidential by default: an entry is for those inside unless it says otherwise, and of the header
only what the schema marks as public is shown to readers outside.
"""

from __future__ import annotations

import dataclasses
import re
from collections.abc import Mapping, Set
from dataclasses import dataclass, field
from datetime import UTC, date, datetime
from enum import Enum
from functools import cached_property, partial
from typing import Any, Literal, NamedTuple
from zoneinfo import ZoneInfo

from generator.files.memory import NO_MEMORY, Memory
from generator.model.builder import find_mentions, list_own, list_values, parse_key
from generator.model.circles import Circles
from generator.model.entry import DEFAULT_AUDIENCE, Entry, Key
from generator.model.header import Header
from generator.model.insights.fitting import Fitting
from generator.model.insights.freshness import Freshness, judge_freshness
from generator.model.insights.rationale import Reasons
from generator.model.kinds import Asset, DealStory, Offering, Proof
from generator.model.markdown import EntryLink, replace_entry_links
from generator.model.strategy import Strategy
from generator.schema.translation import translate
from generator.schema.vocabulary import Field, Vocabulary

_GONE = object()
_NAMED = re.compile(r"entry:(\w+)/([\w-]+)")
"""An entry named in a text, be it no link: the id of one that is hidden may say what nobody should
know.
"""


class Reach(Enum):
    """For whom something is that the site adds to the strategy."""

    EVERYBODY = "everybody"
    INSIDE = "those inside the company"
    LEADERSHIP = "the narrowest circle"


class Part(NamedTuple):
    """Something that has readers of its own, by a name that it keeps from version to version: an
    entry or a company's own field (`of` is its kind), or a hand-written page (`name` is its path).
    """

    what: Literal["entry", "field", "page"]
    of: str
    name: str


@dataclass(frozen=True)
class Cut:
    """What was taken out of an entry for its reader: fields that are not whole (`changed`), and lists
    that lack items and are whole otherwise (`shortened`).
    """

    changed: Set[str] = frozenset()
    shortened: Set[str] = frozenset()


@dataclass(frozen=True)
class Edition:
    """The strategy as one audience reads it on one day."""

    strategy: Strategy
    vocabulary: Vocabulary
    audience: str
    circles: Circles
    """Of the whole strategy: the header of `strategy` is cut for its reader, and may no longer name
    them.
    """
    today: date
    drafts: bool = False
    hidden: frozenset[Key] = frozenset()
    """Entries that this reader does not get, by their ids and by their former ones."""
    cuts: Mapping[Key, Cut] = field(default_factory=dict, repr=False)
    """The entries of which this reader does not get all."""

    @property
    def is_for_leadership(self) -> bool:
        """Whether this is the narrowest circle, which sees what is missing as well."""
        return self.circles.is_narrowest(self.audience)

    @property
    def is_for_everybody(self) -> bool:
        """Whether its texts may stand where anybody sees them: in the preview of a link."""
        return self.circles.is_everybody(self.audience)

    @property
    def is_for_outsiders(self) -> bool:
        """Whether readers outside the company get it: then only what is marked for them may be in
        it.
        """
        return not self.may_read(DEFAULT_AUDIENCE)

    @property
    def may_be_kept(self) -> bool:
        """Whether a copy of it may stay on a reader's device: what fewer than all inside may read is
        too precious for that, and nobody knows the devices of readers outside.
        """
        return not self.is_for_outsiders and self.width_of(self.audience) != "narrower"

    @cached_property
    def reasons(self) -> Reasons:
        """Why each entry is told to this reader."""
        return Reasons(self.strategy)

    @cached_property
    def fitting(self) -> Fitting:
        """Which entries fit one, and which of them come first."""
        return Fitting(self.strategy, self.today)

    def freshness_of(self, entry: Entry) -> Freshness | None:
        """How far an entry may be trusted on the day of this edition; pages ask it over and over."""
        key = entry.key
        if key not in self._freshness:
            self._freshness[key] = judge_freshness(entry, self.strategy.header, self.today)
        return self._freshness[key]

    @cached_property
    def _freshness(self) -> dict[Key, Freshness | None]:
        return {}

    def may_read(self, circle: str) -> bool:
        """Whether what is meant for `circle` may be read by this reader."""
        return self.circles.may_read(circle, self.audience)

    def gets_field(self, mark: str) -> bool:
        """Whether what the schema marks so may be read by this reader."""
        return self.circles.may_read_field(mark, self.audience)

    def may_have_file(self, *, is_named: bool, is_of_hidden: bool) -> bool:
        """Whether this reader gets a file of `playbook/`: `is_named` says that something they get
        leads to it, `is_of_hidden` that something they do not get may.

        Readers outside get only what is named; those inside get all that is not another's.
        """
        return is_named or not (is_of_hidden or self.is_for_outsiders)

    def shows(self, reach: Reach) -> bool:
        """Whether this reader gets what the site adds for `reach`."""
        if reach is Reach.LEADERSHIP:
            return self.is_for_leadership
        return reach is Reach.EVERYBODY or not self.is_for_outsiders

    def width_of(self, circle: str) -> Literal["", "narrower", "wider"]:
        """Whether what is for `circle` has fewer or more readers than all inside; empty where it has
        the same, and for readers outside, whom that does not concern.
        """
        if circle == DEFAULT_AUDIENCE or self.is_for_outsiders:
            return ""
        return "narrower" if self.circles.is_narrower(circle, DEFAULT_AUDIENCE) else "wider"

    @property
    def known_circles(self) -> tuple[str, ...]:
        """The circles in their order, as this reader may know them: those within theirs without their
        names, but for the one that every strategy has.
        """
        names = self.circles.names
        place = names.index(self.audience)
        within = (
            name if name == DEFAULT_AUDIENCE else f"within-{number}"
            for number, name in enumerate(names[:place], start=1)
        )
        return (*within, *names[place:])

    def hide_names(self, text: str) -> str:
        """A text in which no `entry:kind/id` names an entry that this reader does not get."""
        return _hide_names(text, self.hidden)


def today_in(header: Header, now: datetime | None = None) -> date:
    """Today where the strategy counts its days, whatever clock this machine keeps."""
    return (now or datetime.now(UTC)).astimezone(ZoneInfo(header.timezone)).date()


def list_outsiders(header: Header) -> tuple[str, ...]:
    """The circles of readers outside the company, as the header of a whole strategy has them."""
    circles = Circles(header.audiences)
    return tuple(name for name in header.audiences if not circles.may_read(DEFAULT_AUDIENCE, name))


def choose_edition(
    strategy: Strategy,
    vocabulary: Vocabulary,
    audience: str,
    today: date,
    drafts: bool = False,
    memory: Memory = NO_MEMORY,
    circles_now: tuple[str, ...] = (),
    kept_back: Set[Part] = frozenset(),
) -> Edition:
    """What `audience` reads on the day `today`. `drafts` adds the entries that are still being
    written.

    With a `memory`, entries that are the same as before are not gone through again. Where the strategy
    is an earlier version, `circles_now` are the circles of today, and `kept_back` is what is not for
    this reader by now. Raises ValueError where the header knows no such audience.
    """
    circles = Circles(strategy.header.audiences, circles_now)
    circles.refuse_unknown(audience)
    chooser = _Chooser(strategy, vocabulary, audience, circles, today, drafts, kept_back)
    words = translate(vocabulary, strategy.header.language)
    shown = chooser.choose(memory)
    return Edition(
        shown, words, audience, circles, today, drafts, chooser.hidden, chooser.find_cuts(shown)
    )


def list_given(
    strategy: Strategy, vocabulary: Vocabulary, reader: str, circles_now: tuple[str, ...]
) -> dict[Part, bool]:
    """Whether this reader is meant to get each entry, under all its names, and each of the company's
    own fields.
    """
    circles = Circles(strategy.header.audiences, circles_now)
    entries = {
        Part("entry", entry.KIND, name): _is_for(entry, reader, circles)
        for entry in strategy
        for name in (entry.id, *entry.former_ids)
    }
    fields = {
        Part("field", kind, name): circles.may_read_field(one.audience or DEFAULT_AUDIENCE, reader)
        for kind, known in vocabulary.kinds.items()
        for name, one in known.fields.items()
        if one.own
    }
    return {**entries, **fields}


def list_kept_back(
    strategy: Strategy, vocabulary: Vocabulary, reader: str, circles_now: tuple[str, ...]
) -> frozenset[Part]:
    """What is not for this reader: whatever an earlier version said of it to whom is not said again."""
    given = list_given(strategy, vocabulary, reader, circles_now)
    return frozenset(part for part, is_given in given.items() if not is_given)


def _is_for(entry: Entry, reader: str, circles: Circles) -> bool:
    """Whether an entry is meant for this reader, whatever the day; what outsiders get besides must be
    free to be sent to anybody.
    """
    if not circles.may_read(entry.audience, reader):
        return False
    if isinstance(entry, Proof | Asset | DealStory) and not circles.may_read(
        DEFAULT_AUDIENCE, reader
    ):
        return entry.shareable == "public"
    return True


def _hide_names(text: str, hidden: Set[Key]) -> str:
    if "entry:" not in text:
        return text
    return _NAMED.sub(lambda match: "…" if Key(match[1], match[2]) in hidden else match[0], text)


def _list_references(
    group: Entry | Header, fields: Mapping[str, Field]
) -> Set[tuple[str, Key | None]]:
    """In which field which entry is named."""
    return {
        (one.field, parse_key(one.written, one.refers_to)) for one in find_mentions(group, fields)
    }


class _Chooser:
    def __init__(
        self,
        strategy: Strategy,
        vocabulary: Vocabulary,
        audience: str,
        circles: Circles,
        today: date,
        drafts: bool,
        kept_back: Set[Part],
    ) -> None:
        self._strategy, self._vocabulary = strategy, vocabulary
        self._kept_back = kept_back
        self._reader, self._circles = audience, circles
        self._today, self._drafts = today, drafts
        self._shown = {entry.key for entry in strategy if self._is_shown(entry)}
        self.hidden = frozenset(
            Key(entry.KIND, name)
            for entry in strategy
            if entry.key not in self._shown
            for name in (entry.id, *entry.former_ids)
        )
        self._everything = len(self._shown) == sum(1 for _ in strategy) and circles.is_narrowest(
            audience
        )

    def choose(self, memory: Memory) -> Strategy:
        """The strategy with all that this reader does not get taken out."""
        if self._everything:
            return self._strategy
        kept = memory.about(
            "pruned", self._vocabulary, self._circles, self._reader, self._shown, self.hidden
        )
        left: dict[Key | None, Set[tuple[str, Key | None]] | None] = {}
        entries: dict[str, dict[str, Entry]] = {kind: {} for kind in self._strategy.entries}
        for entry in self._strategy:
            if entry.key in self._shown:
                pruned, left[entry.key] = kept.of(
                    entry.key, entry, partial(self._prune_entry, entry)
                )
                entries[entry.KIND][entry.id] = pruned
        header_fields = self._vocabulary.header.fields
        header = self._prune(self._strategy.header, header_fields, DEFAULT_AUDIENCE)
        left[None] = _list_references(header, header_fields)
        kept_links = (
            link
            for link in self._strategy.links
            if link.source in left
            and ((known := left[link.source]) is None or (link.field, link.target) in known)
        )
        return Strategy(header, entries, tuple(kept_links))

    def find_cuts(self, shown: Strategy) -> Mapping[Key, Cut]:
        """What is missing in the entries of the strategy that was chosen."""
        return {
            entry.key: _compare_cut(whole, entry)
            for entry in (() if self._everything else shown)
            if (whole := self._strategy.find(entry.key)) is not entry
        }

    def _is_shown(self, entry: Entry) -> bool:
        if not _is_for(entry, self._reader, self._circles):
            return False
        if self._kept_back and Part("entry", entry.KIND, entry.id) in self._kept_back:
            return False
        if entry.status == "draft" and not self._drafts:
            return False
        if entry.effective_from is not None and entry.effective_from > self._today:
            return False
        if entry.has_ended(self._today):
            return False
        return not (isinstance(entry, Offering) and entry.availability == "retired")

    def _prune_entry(self, entry: Entry) -> tuple[Entry, Set[tuple[str, Key | None]] | None]:
        """An entry without what this reader does not get, and the references that are left in it;
        None where all are.
        """
        fields = self._vocabulary.kinds[entry.KIND].fields
        pruned: Entry = self._prune(entry, fields)
        return pruned, None if pruned is entry else _list_references(pruned, fields)

    def _prune(self, group: Any, fields: Mapping[str, Field], circle: str = "public") -> Any:
        """A copy of an entry, a header or a group of fields without what this reader does not get.

        `circle` is whom fields are for that do not say.
        """
        changed: dict[str, Any] = {}
        if isinstance(group, Entry):
            group = self._prune_own(group, fields)
        for name, old in list_values(group):
            if name not in fields or fields[name].own:
                continue
            new = self._prune_field(old, fields[name], circle)
            if new is not old:
                changed[name] = new
        if not changed:
            return group
        if isinstance(group, dict):
            return {
                name: value for name, value in {**group, **changed}.items() if value is not _GONE
            }
        attributes = {
            f"{name}_" if name == "from" else name: value for name, value in changed.items()
        }
        return dataclasses.replace(
            group,
            **{
                name: _empty_of(group, name, fields[name.removesuffix("_")])
                if value is _GONE
                else value
                for name, value in attributes.items()
            },
        )

    def _prune_own(self, entry: Entry, fields: Mapping[str, Field]) -> Entry:
        """An entry with those of the company's own fields that this reader gets. What nobody has
        described is nobody's.
        """
        kept = {
            fields[key].name: new
            for key, old in list_own(entry)
            if key in fields
            and Part("field", entry.KIND, key) not in self._kept_back
            and (new := self._prune_field(old, fields[key], DEFAULT_AUDIENCE)) is not _GONE
        }
        return entry if kept == entry.custom else dataclasses.replace(entry, custom=kept)

    def _prune_field(self, value: Any, field: Field, circle: str) -> Any:
        if not self._circles.may_read_field(field.audience or circle, self._reader):
            return _GONE
        return self._prune_value(value, field)

    def _prune_value(self, value: Any, field: Field) -> Any:
        if value is None:
            return value
        if field.type == "reference":
            return value if self._leads_somewhere(value, field) else _GONE
        if field.type == "prose":
            return _hide_names(replace_entry_links(value, self._keep_link), self.hidden)
        if isinstance(value, str):
            return _hide_names(value, self.hidden)
        if isinstance(value, tuple) and field.item is not None:
            kept = tuple(
                new for item in value if (new := self._prune_value(item, field.item)) is not _GONE
            )
            return value if kept == value else kept
        if field.type == "object":
            needed = [
                name
                for name, inner in field.fields.items()
                if inner.required and inner.type == "reference"
            ]
            written = dict(list_values(value))
            if not all(
                self._leads_somewhere(written.get(name), field.fields[name]) for name in needed
            ):
                return _GONE
            return self._prune(value, field.fields)
        return value

    def _leads_somewhere(self, written: Any, field: Field) -> bool:
        return isinstance(written, str) and parse_key(written, field.refers_to) in self._shown

    def _keep_link(self, link: EntryLink) -> str | None:
        """A link to an entry that this reader does not get becomes plain words."""
        return None if parse_key(link.target, ()) in self._shown else link.words


def _empty_of(value: Any, name: str, field: Field) -> Any:
    """What stands for a field that was taken out: its default, or nothing."""
    found = next(item for item in dataclasses.fields(value) if item.name == name)
    if found.default is not dataclasses.MISSING:
        return None if found.default is not None and field.type == "enum" else found.default
    if found.default_factory is not dataclasses.MISSING:
        return found.default_factory()
    return () if field.type == "list" else None


def _compare_cut(whole: Entry | None, shown: Entry) -> Cut:
    """Which fields of an entry are not whole in what is shown of it."""
    left = dict(list_values(shown))
    changed = {
        name: value
        for name, value in list_values(whole)
        if name != "place" and value != left.get(name)
    }
    shortened = {
        name
        for name, value in changed.items()
        if isinstance(value, tuple) and all(item in value for item in left.get(name) or ())
    }
    return Cut(frozenset(changed.keys() - shortened), frozenset(shortened))
