"""What a template may ask while one page is laid out: links, fields with their titles, badges,
headings.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from datetime import date, timedelta
from decimal import Decimal
from functools import cached_property
from types import MappingProxyType
from typing import Any
from urllib.parse import quote, urlencode

from markupsafe import Markup, escape

from generator.changes.change import Grade
from generator.changes.recent.entry_changes import Mark
from generator.model.addresses import (
    HOME_FIELDS,
    PLAIN,
    Delivery,
    address_of,
    edit_address,
    index_address,
    relative_address,
)
from generator.model.applicability import SCOPES
from generator.model.builder import parse_key
from generator.model.dates import RoughDay
from generator.model.edition import Edition
from generator.model.entry import Entry, Key
from generator.model.field_values import FieldView, OwnFields, list_parts, make_table, show_field
from generator.model.insights.beliefs import Belief, judge_beliefs, list_doubts
from generator.model.insights.deals import count_deals
from generator.model.insights.scorecard import (
    Chart,
    Course,
    Tally,
    count_measures,
    draw_chart,
    judge_measure,
    judge_measures,
    round_plan,
)
from generator.model.kinds import Announcement, Measure
from generator.model.markdown import opening_words, render_prose
from generator.model.ordering import sort_entries, title_of
from generator.pages.acknowledgement import write_receipt
from generator.pages.drawing.icons import draw_icon
from generator.pages.drawing.layering import Objective
from generator.pages.drawing.strategy_map import MOST_DRAWN, Drawing, draw_map
from generator.pages.feedback_link import Desk, Subject, write_link, write_receipt_link
from generator.pages.page import Heading
from generator.pages.shown_parts import BadgeView, LinkView
from generator.pages.suggest_form import ADDRESS as FORM_ADDRESS
from generator.pages.term_notes import TermNames, TermNotes
from generator.problems.problem import Place
from generator.schema.vocabulary import Field
from generator.schema.words import Words

_MARKED = (
    "priority",
    "kind",
    "category",
    "availability",
    "horizon",
    "outcome",
    "state",
    "shareable",
)
"""The fields whose value is a mark of the entry."""
_MARKED_IN_ROWS = 14
"""Days for which a row says that its entry changed."""
_WARNING = ("draft", "deprecated", "until", "audience-", "overdue", "never")
"""How the looks of marks begin that a reader must know of before anything else."""
_IN_ROWS = (*_WARNING, "due", "shareable-", "state-", "note-")


def _shown_at(field: str) -> str:
    """The address of the page that shows a field of the header."""
    if field == "checks":
        return "health/"
    return "" if field in HOME_FIELDS else "how-we-work/"


class View:
    """The view of one page, at `address`. Collects the headings that the template sets.

    `addresses` are those of the pages that list or gather; where one is missing there is nothing to
    lead to. `desk` is where readers tell leadership something, `edit_base` the address before a
    file's path where the git host edits it, `delivery` how the site reaches its readers,
    `list_marks` what changed lately, by entry, `term_names` the terms that are explained in texts,
    `far_links` what all views of a site share: links to another folder, by how deep a page lies.
    """

    def __init__(
        self,
        edition: Edition,
        words: Words,
        address: str,
        addresses: frozenset[str] = frozenset(),
        desk: Desk | None = None,
        edit_base: str = "",
        delivery: Delivery = PLAIN,
        list_marks: Callable[[], Mapping[Key, Mark]] = dict,
        term_names: TermNames = MappingProxyType({}),
        far_links: dict[int, dict[Key, LinkView]] | None = None,
    ) -> None:
        self.notes = TermNotes(term_names)
        self._list_marks = list_marks
        self.edition, self.words, self.address, self.addresses = edition, words, address, addresses
        self._desk, self._edit_base, self.delivery = desk, edit_base, delivery
        self.strategy, self.today = edition.strategy, edition.today
        self.header = edition.strategy.header
        self.headings: list[Heading] = []
        self.own = OwnFields(edition.vocabulary, address)
        self._folder = f"{address.partition('/')[0]}/"
        self._near_links: dict[Key, LinkView] = {}
        self._far_links = {} if far_links is None else far_links.setdefault(address.count("/"), {})

    # Links

    def url(self, target: str) -> str:
        """The link from this page to an address of the site."""
        return self.delivery.complete(relative_address(target, self.address))

    def index_url(self, kind: str) -> str:
        """The link to the page that lists a kind."""
        return self.url(index_address(kind))

    def link(self, entry: Entry) -> LinkView:
        """The link to an entry."""
        is_near = index_address(entry.KIND).startswith(self._folder)
        kept, key = self._near_links if is_near else self._far_links, entry.key
        known = kept.get(key)
        if known is None:
            kind = self.edition.vocabulary.kinds[entry.KIND]
            known = LinkView(title_of(entry), self.url(address_of(key)), kind.title, key)
            kept[key] = known
        return known

    def location(self, url: str) -> str:
        """Where a document is: a web address as it stands, a file of the playbook as seen from this
        page.
        """
        return url if "://" in url or url.startswith("mailto:") else self.url(quote(url))

    def call_url(self, entry: Entry) -> str:
        """The page of a call in which an entry comes up: itself chosen where it can be, else the
        first market and persona that it names, and itself brought along. Empty without such a page.
        """
        if "call/" not in self.addresses:
            return ""
        scope = self.strategy.scopes[entry.key]
        own = next((name for name, kind in SCOPES.items() if kind == entry.KIND), "")
        names = (own,) if own else ("market", "persona")
        choice = {name: scope[name][0] for name in names if name in scope}
        if not own:
            choice["with"] = str(entry.key)
        return f"{self.url('call/')}?{urlencode(choice, safe='/')}"

    def edit_url(self, place: Place) -> str:
        """Where the git host lets one edit this place of a file; empty where nobody knows."""
        return edit_address(self._edit_base, place)

    def find(self, kind: str, entry_id: str | None) -> Entry | None:
        """An entry by kind and id."""
        return self.strategy.find(Key(kind, entry_id)) if entry_id else None

    def links(self, value: Any, field: Field) -> list[LinkView]:
        """The links for a reference, or for a list of them, as they are written; none for nothing."""
        written = value if isinstance(value, tuple) else (value,) if value else ()
        refers_to = field.item.refers_to if field.item else field.refers_to
        keys = [parse_key(item, refers_to) for item in written]
        found = [entry for key in keys if key and (entry := self.strategy.find(key))]
        return [self.link(entry) for entry in found]

    def field_links(self, entry: Entry, name: str) -> list[LinkView]:
        """The links for a field of references."""
        return self.links(getattr(entry, name), self.fields_of(entry)[name])

    def entries(self, kind: str) -> Sequence[Entry]:
        """All entries of a kind, as a reader wants them sorted."""
        return self.strategy.in_order(kind)

    def referring(self, entry: Entry, kind: str, field: str | None = None) -> list[Entry]:
        """The entries of a kind that refer to this one (in that field)."""
        links = self.strategy.links_to.get(entry.key, ())
        keys = {
            link.source
            for link in links
            if link.source and link.source.kind == kind and field in (None, link.field)
        }
        return sort_entries(found for key in keys if (found := self.strategy.find(key)))

    def meant_for(self, entry: Entry, kind: str) -> list[Entry]:
        """The entries of a kind for a market, persona or competitor (see `fitting`)."""
        return self.edition.fitting.list_fitting(entry, kind)

    def best_for(self, entry: Entry, kind: str, most: int) -> list[Entry]:
        """The first of those that are meant for an entry."""
        return self.edition.fitting.list_best(entry, kind, most)

    def named(self, kind: str, ids: Sequence[str]) -> list[Entry]:
        """The entries with these ids, in the order in which they are named."""
        return [entry for entry_id in ids if (entry := self.find(kind, entry_id))]

    def referred_from(
        self, entry: Entry, but: Sequence[str] = ()
    ) -> list[tuple[str, list[LinkView]]]:
        """Who refers to this entry, by kind; kinds named in `but`, and what it names itself, stand
        elsewhere on the page.
        """
        shown = {link.target for link in self.strategy.links_from.get(entry.key, ())}
        kinds = {
            link.source.kind for link in self.strategy.links_to.get(entry.key, ()) if link.source
        }
        groups = []
        for kind in (one for one in self.strategy.entries if one in kinds and one not in but):
            found = [one for one in self.referring(entry, kind) if one.key not in shown]
            if found:
                plural = self.edition.vocabulary.kinds[kind].plural
                groups.append((plural, [self.link(other) for other in found]))
        fields = {
            link.field for link in self.strategy.links_to.get(entry.key, ()) if link.source is None
        }
        for address, word in (("", "home"), ("how-we-work/", "how_we_work"), ("health/", "health")):
            if "header" not in but and any(_shown_at(field) == address for field in fields):
                title = self.words(word)
                groups.append((title, [LinkView(title, self.url(address), title, Key("", ""))]))
        return groups

    # Texts

    def prose(self, text: str | None) -> Markup:
        """Prose as safe HTML, its links to entries resolved."""
        return self.notes.explain(render_prose(text, self._resolve)) if text else Markup("")

    def line(self, text: str) -> Markup:
        """A plain text as a line of a list, terms of the glossary explained."""
        return self.notes.explain(escape(text))

    def _resolve(self, target: str) -> str | None:
        key = parse_key(target, ())
        return self.url(address_of(key)) if key and self.strategy.find(key) else None

    def day(self, value: date | RoughDay) -> str:
        """A date as people read it, the same in every place and language setting of the machine."""
        if isinstance(value, RoughDay) and not value.is_known:
            return self.words("date_unknown")
        return str(value)

    def number(self, value: float) -> str:
        """A figure with thousands set apart by a thin space."""
        exact = Decimal(str(value))
        whole = exact == exact.to_integral_value()
        return (f"{int(exact):,}" if whole else f"{exact:,f}").replace(",", "\u202f")

    def heading(self, level: int, anchor: str, text: str, before: int | None = None) -> Markup:
        """A heading with its anchor; the page's table of contents is made of these. One that is laid
        out after those below it says how many stand `before` it.
        """
        at = len(self.headings) if before is None else before
        self.headings.insert(at, Heading(anchor, level, text))
        name, hint = escape(anchor), escape(self.words("link_here"))
        link = f'<a class="headerlink" href="#{name}" title="{hint}">&para;</a>'
        return Markup(f'<h{level} id="{name}">{escape(text)}{link}</h{level}>')  # noqa: S704  # every part is escaped

    def row_heading(self, level: int, anchor: str, text: str, source: str | None = None) -> Markup:
        """The heading of a row whose anchor the row itself is. With a source it is what is copied,
        the source behind it.
        """
        self.headings.append(Heading(anchor, level, text))
        copied = f' data-copied data-source="{escape(source)}"' if source else ""
        return Markup(f"<h{level}{copied}>{escape(text)}</h{level}>")  # noqa: S704  # every part is escaped

    # Fields

    def kind_title(self, kind: str, plural: bool = True) -> str:
        """What a kind is called."""
        found = self.edition.vocabulary.kinds[kind]
        return found.plural if plural else found.title

    def fields_of(self, owner: Any, name: str = "") -> Mapping[str, Field]:
        """The schema's fields of an entry, of the header, or of a group of fields in it."""
        vocabulary = self.edition.vocabulary
        fields = (
            vocabulary.kinds[owner.KIND].fields
            if isinstance(owner, Entry)
            else vocabulary.header.fields
        )
        for part in filter(None, name.split(".")):
            field = fields[part]
            fields = (field.item or field).fields
        return fields

    def field(self, owner: Any, path: str) -> FieldView | None:
        """A field of an entry or of the header (`buying`, `ideal_customer.must_have`); None where
        nothing is in it.
        """
        group, _, name = path.rpartition(".")
        value = owner
        for part in path.split("."):
            value = getattr(value, part, None)
        field = self.fields_of(owner, group)[name]
        return self.show(field, value)

    def show(self, field: Field, value: Any) -> FieldView | None:
        """A field with its value, or None where nothing is in it."""
        return show_field(field, value)

    def parts(self, field: Field, value: Any) -> list[FieldView]:
        """The fields with something in them of a group of fields, in the order of the schema."""
        return list_parts(field, value)

    def table(self, shown: FieldView) -> tuple[list[Field], list[list[FieldView | None]]]:
        """A list of groups of fields as a table: the columns with something in them, and the cells
        of each row.
        """
        return make_table(shown)

    # The strategy at a glance

    def draw_map(self) -> Drawing | None:
        """The strategy map of this reader's objectives; None where they are too many to be read in
        a drawing.
        """
        if len(self.strategy.of("objectives")) > MOST_DRAWN:
            return None
        found = [
            Objective(
                entry.id,
                entry.title,
                str(getattr(entry, "perspective", "")),
                getattr(entry, "supports", ()),
            )
            for entry in self.entries("objectives")
        ]
        return draw_map(
            tuple(found),
            tuple(self.edition.vocabulary.kinds["objectives"].fields["perspective"].labels),
        )

    def beliefs(self) -> tuple[Belief, ...]:
        """What the strategy takes for true, what needs somebody first."""
        return judge_beliefs(self.strategy)

    def doubts_under(self, objective: Entry) -> list[LinkView]:
        """The doubtful assumptions that an objective rests on."""
        return [self.link(entry) for entry in self._doubts.get(objective.key, ())]

    @cached_property
    def _doubts(self) -> Mapping[Key, Sequence[Entry]]:
        found: dict[Key, list[Entry]] = {}
        for belief in list_doubts(self.strategy):
            for objective in belief.objectives:
                found.setdefault(objective.key, []).append(belief.assumption)
        return found

    def score(self, stories: Sequence[Entry]) -> str:
        """How these deals have ended, in words."""
        won, lost, undecided = count_deals(stories)
        return self.words("deal_score", won=won, lost=lost, undecided=undecided)

    def course(self, measure: Measure) -> Course:
        """Whether a measure is on its plan today."""
        return judge_measure(measure, self.today)

    def objective_course(self, entry: Entry) -> str:
        """`bad` where any measure of an objective is behind, `good` where all that can be judged
        are on plan.
        """
        return judge_measures(getattr(entry, "measures", ()), self.today)

    def tally(self) -> Tally:
        """How all measures stand."""
        found = (getattr(entry, "measures", ()) for entry in self.strategy.of("objectives"))
        return count_measures([measure for measures in found for measure in measures], self.today)

    def chart(self, measure: Measure) -> Chart | None:
        """The chart of a measure, where there is enough to draw."""
        return draw_chart(measure, self.today)

    def planned(self, measure: Measure) -> str:
        """What the plan asks for on the day of the figure, as exact as the figures themselves."""
        value = round_plan(measure, self.today)
        return "" if value is None else self.number(value)

    # Proposing changes

    def suggest_url(self, about: str, what: str) -> str:
        """The form that changes (`entry`), retires (`retire`) or begins (`new`) what is named; empty
        where this reader has none.
        """
        if FORM_ADDRESS not in self.addresses:
            return ""
        return f"{self.url(FORM_ADDRESS)}?{urlencode({about: what}, safe='/')}"

    # Trust

    def why(self, entry: Entry) -> list[LinkView]:
        """Why we tell this: what the entry serves, up to the objective at the top."""
        return [self.link(step) for step in self.edition.reasons.trace_up(entry)]

    def tell(self, title: str, entry: Entry | None = None) -> str:
        """The link by which this reader tells leadership something of an entry, or of the page;
        empty without one.
        """
        desk = self._desk
        return "" if desk is None else write_link(desk, self._subject(title, entry), self.words)

    def acknowledge(self, said: Announcement) -> str:
        """The link by which this reader says to have read an announcement; empty where it need not
        be read, or nobody listens.
        """
        desk = self._desk
        if desk is None or said.acknowledge_by is None:
            return ""
        subject = self._subject(said.headline, said)
        return write_receipt_link(desk, subject, write_receipt(said), self.words)

    def _subject(self, title: str, entry: Entry | None) -> Subject:
        address = self.delivery.complete(self.address if entry is None else address_of(entry.key))
        key = str(entry.key) if entry else ""
        return Subject(key, title, address, self.header.version)

    def icon(self, name: str) -> Markup:
        """An icon of the theme, by what it stands for."""
        return draw_icon(name)

    def label(self, entry: Entry, name: str) -> str:
        """What a reader sees for the value of an enum field."""
        return self.fields_of(entry)[name].labels.get(getattr(entry, name), "")

    def plain(self, text: str) -> str:
        """The words of a prose text, up to its first table or list."""
        return opening_words(text)

    # Marks

    def owner_of(self, entry: Entry) -> Entry | None:
        """Who stands behind an entry: its own owner, else the owner of its kind."""
        return self.find("people", entry.owner or self.header.owners.get(entry.KIND))

    def freshness(self, entry: Entry) -> BadgeView | None:
        """How far the entry may be trusted today."""
        found = self.edition.freshness_of(entry)
        if found is None:
            return None
        hint = self.words("reviewed", date=self.day(found.reviewed_on)) if found.reviewed_on else ""
        return BadgeView(self.words(found.state), found.state, hint)

    def _all_marks(self, entry: Entry) -> list[BadgeView]:
        return [*self.badges(entry), *filter(None, [self.freshness(entry)])]

    def warnings(self, entry: Entry) -> list[BadgeView]:
        """The marks of an entry that say it is not to be used like any other."""
        return [mark for mark in self._all_marks(entry) if mark.look.startswith(_WARNING)]

    def row_marks(self, entry: Entry) -> list[BadgeView]:
        """The marks that a row of a list shows: what is not as usual, what may be sent, where it stands."""
        found = [mark for mark in self._all_marks(entry) if mark.look.startswith(_IN_ROWS)]
        found = [one for one in found if one.look != "never" or self.strategy.is_reviewed]
        changed = self.changed(entry, _MARKED_IN_ROWS)
        if changed is not None and changed.grade is Grade.MATERIAL:
            hint = f"{changed.day}: {', '.join(changed.fields)}" if changed.fields else changed.day
            word = "changed" if changed.fields else "added"
            found.append(BadgeView(self.words(word), "changed", hint))
        return found

    def changed(self, entry: Entry, days: int = 30) -> Mark | None:
        """What changed in an entry within so many days."""
        mark = self._list_marks().get(entry.key)
        if mark is None or mark.day < (self.today - timedelta(days)).isoformat():
            return None
        return mark

    def badges(self, entry: Entry) -> list[BadgeView]:
        """The marks of an entry: what it is, where it stands, whom it is for."""
        found = []
        for name in _MARKED:
            text = self.label(entry, name) if hasattr(entry, name) else ""
            if text:
                found.append(BadgeView(text, f"{name}-{getattr(entry, name)}"))
        if entry.KIND == "field_notes":
            found.append(BadgeView(self.label(entry, "status"), f"note-{entry.status}"))
        elif entry.status in ("draft", "deprecated"):
            found.append(BadgeView(self.words(entry.status), entry.status))
        width = self.edition.width_of(entry.audience)
        says_so = width == "wider" and getattr(entry, "shareable", "") == "public"
        if width and not says_so:
            text = self.words(f"audience_{width}", audience=entry.audience)
            found.append(BadgeView(text, f"audience-{width}"))
        if entry.effective_until is not None:
            found.append(
                BadgeView(self.words("until_date", date=self.day(entry.effective_until)), "until")
            )
        return found
