"""The strategy as pages: which pages there are, and what each template is given. Templates only lay
out.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

from generator.changes.recent.entry_changes import Recent
from generator.changes.release_notes import Notes
from generator.model.addresses import (
    PLAIN,
    Delivery,
    address_of,
    details_address,
    index_address,
    version_address,
)
from generator.model.applicability import SCOPES
from generator.model.edition import Edition, Reach
from generator.model.entry import Entry, Key
from generator.model.insights.coaching import list_coached, list_current_plays
from generator.model.insights.indicators import Reading
from generator.model.insights.questions import group_questions, has_questions, list_askers
from generator.model.insights.side_by_side import compare_all, has_comparisons
from generator.model.markdown import plain_text
from generator.model.ordering import title_of
from generator.pages.call import ADDRESS as CALL_ADDRESS
from generator.pages.call import DATA as CALL_DATA
from generator.pages.call import SECTIONS, is_worth_a_page, list_parts, write_parts
from generator.pages.contacts import Contacts
from generator.pages.device.changes_file import list_changes, list_urgent
from generator.pages.device.onboarding import (
    has_cards,
    has_first_steps,
    list_cards,
    list_first_steps,
    write_practise_words,
)
from generator.pages.extra_files import list_entries, list_news, list_own_files, make_redirects
from generator.pages.facets import Facets
from generator.pages.feed import make_feed
from generator.pages.feedback_link import Desk
from generator.pages.health import measure_health
from generator.pages.navigation import list_apart, list_navigation
from generator.pages.page import Asset, Body, Page, Pages, Task, keep_body
from generator.pages.placements import HOME
from generator.pages.shown_parts import LinkView
from generator.pages.suggest_form import ADDRESS as FORM_ADDRESS
from generator.pages.suggest_form import Proposals, list_form_files
from generator.pages.template_context import View
from generator.pages.templates import Templates
from generator.pages.term_notes import list_term_names
from generator.problems.problem import Place, Problem
from generator.schema.words import Words, read_words

_SINGULAR = {
    "markets": "market",
    "personas": "persona",
    "value_drivers": "value_driver",
    "offerings": "offering",
    "differentiators": "differentiator",
    "wins": "deal_story",
    "competitors": "competitor",
    "objections": "objection",
    "plays": "play",
    "stages": "stage",
    "paths": "path",
}
"""Kinds whose entries have a page each, and the template it is laid out with."""

STYLE_SHEETS = ("assets/playbook.css", "assets/device.css", "assets/print.css")
"""What every page is laid out with; the other files of `assets/` are asked for by the pages that
need them.
"""
SCRIPTS = ("assets/bar-colour.js", "assets/menu-key.js")
"""What every page runs, beside the finder."""
MODULE = "assets/device.js"
"""The module that every page loads."""


@dataclass(frozen=True)
class _Fixed:
    """A page there is one of: its address, template, title and lead in the catalogue, and the kind
    it needs entries of.
    """

    address: str
    template: str
    title: str
    lead: str = ""
    kind: str = ""
    wide: bool = True
    alone: bool = False
    hidden: bool = False
    reach: Reach = Reach.EVERYBODY
    also: str = ""
    """Other names that the page is looked for by, in the catalogue, with semicolons between them."""


FIXED_PAGES = (
    _Fixed("", "home", "home", alone=True),
    _Fixed(
        "objectives/", "strategy_map", "strategy_map", "strategy_map_lead", "objectives", alone=True
    ),
    _Fixed("assumptions/", "assumptions", "what_we_believe", "what_we_believe_lead", "assumptions"),
    _Fixed("scorecard/", "scorecard", "scorecard", "scorecard_lead", "objectives"),
    _Fixed("how-we-work/", "how_we_work", "how_we_work", "how_we_work_lead"),
    _Fixed("qualification/", "qualification", "", "qualification_lead", "qualification"),
    _Fixed("skills/", "skills", "", "skills_lead", "skills"),
    _Fixed("compare/", "compare", "compare", "compare_lead", "competitors"),
    _Fixed("coaching/", "coaching", "coaching", "coaching_lead", reach=Reach.INSIDE),
    _Fixed("one-to-one/", "one_to_one", "one_to_one", "one_to_one_lead", reach=Reach.INSIDE),
    _Fixed("questions/", "questions", "questions", "questions_lead"),
    _Fixed(CALL_ADDRESS, "call", "task_call", "call_lead"),
    _Fixed("proof/", "proof", "proof_library", "proof_lead", "proof"),
    _Fixed("people/", "people", "", "people_lead", "people"),
    _Fixed("assets/", "assets", "", "assets_lead", "assets"),
    _Fixed("glossary/", "glossary", "", "glossary_lead", "glossary"),
    _Fixed("announcements/", "whats_new", "whats_new", "whats_new_lead", "announcements"),
    _Fixed("new-here/", "new_here", "first_day", "first_day_lead", "paths", also="new_here_also"),
    _Fixed("practise/", "practise", "practise", "practise_lead", also="practise_also"),
    _Fixed("field-notes/", "field_notes", "", "field_notes_lead", "field_notes"),
    _Fixed("health/", "health", "health", "health_lead", reach=Reach.LEADERSHIP),
    _Fixed(FORM_ADDRESS, "suggest", "suggest", "suggest_lead", hidden=True, reach=Reach.INSIDE),
    _Fixed(
        "components/",
        "components",
        "components",
        "components_lead",
        "markets",
        hidden=True,
        reach=Reach.INSIDE,
    ),
)
"""To add a page: a line here, a template, and its place in `navigation`."""

_TASKS = (
    ("objection", "objections/", "objections"),
    ("competitor", "competitors/", "competitors"),
    ("call", "call/", "markets"),
    ("call", "markets/", "markets"),
    ("proof", "proof/", "proof"),
    ("people", "people/", "people"),
    ("start", "new-here/", "markets"),
)
"""What a seller comes for: its words and icon, the page that helps, and the kind it counts. The
first page that is there.
"""

_UNEXPLAINED = (index_address("glossary"), CALL_ADDRESS)
"""Pages that explain no terms: the one that does nothing else, and one whose parts come as data."""
_OWN_INDEX = ("objections", "differentiators", "stages", "competitors", "wins")
_SUMMARIES = (
    "summary",
    "one_liner",
    "quick_answer",
    "respond",
    "why_it_matters",
    "promise",
    "what_turned_it",
    "message",
    "buyer_step",
    "goal",
)
"""Fields that say of an entry what it is, in a line or two; the first that is there describes its
page.
"""
_INDEX_TITLES = {"differentiators": "why_we_win", "competitors": "battlecards"}


@dataclass(frozen=True)
class Background:
    """What pages show beside the strategy itself; most of it is worked out only when a page asks
    for it.

    `problems` are the findings that the health page lists, `released` what is said of each released
    version (the newest first), `chronicle` the same with what is not released yet, `trend` the
    figures of earlier versions, oldest first, `recent` what changed in the last weeks.
    """

    problems: Callable[[], Sequence[Problem]] = tuple
    released: Sequence[Notes] = ()
    chronicle: Callable[[], Sequence[Notes]] = tuple
    trend: Callable[[], Sequence[Reading]] = tuple
    recent: Callable[[], Recent] = Recent

    @property
    def has_news(self) -> bool:
        """Whether anything is known to have changed."""
        return bool(self.released or self.chronicle() or self.recent().changes)


def render_pages(
    edition: Edition,
    background: Background = Background(),
    overrides: Path | None = None,
    desk: Desk | None = None,
    edit_base: str = "",
    delivery: Delivery = PLAIN,
    proposals: Proposals | None = None,
    components: bool = True,
) -> Pages:
    """All pages and files of an edition. `overrides` is a folder of templates that stand in for
    ours.

    `desk` is where readers tell leadership something, `edit_base` the address before a file's path
    where the git host edits it, `delivery` how the site reaches them; with `proposals`, they may
    propose changes in a form, with `components` see what pages are made of. Raises OwnTemplateError where an override is faulty: then all is laid
    out at once, and else only when somebody asks for it.
    """
    maker = _Maker(edition, background, overrides, desk, edit_base, delivery, proposals, components)
    pages = tuple(maker.make_pages())
    strategy, words = edition.strategy, maker.words
    news = list_news(strategy, background.released)
    feed = make_feed(strategy.header, words("whats_new"), news, delivery)
    assets = (
        list_entries(strategy, delivery),
        *list_own_files(),
        list_changes(edition, background.recent, background.released, delivery),
        list_cards(edition, lambda: background.recent().marks, delivery),
        *maker.list_call_data(),
        *maker.list_form_files(),
        *([feed] if feed else []),
        *make_redirects(strategy, words, maker.templates, delivery),
    )
    if overrides is not None and any(overrides.rglob("*.html")):
        pages = tuple(_lay_out_now(page) for page in pages)
        assets = tuple(_write_now(asset) for asset in assets)
    by_address = {page.address: page for page in pages}
    return Pages(
        pages, assets, tuple(list_navigation(by_address, edition, words)), tuple(maker.tasks())
    )


def _lay_out_now(page: Page) -> Page:
    body = page.lay_out()
    return replace(page, lay_out=lambda: body)


def _write_now(asset: Asset) -> Asset:
    content = asset.content
    return Asset(asset.path, lambda: content)


class _Maker:
    def __init__(
        self,
        edition: Edition,
        background: Background,
        overrides: Path | None,
        desk: Desk | None,
        edit_base: str,
        delivery: Delivery,
        proposals: Proposals | None,
        components: bool,
    ) -> None:
        self.edition, self.strategy, self._background = edition, edition.strategy, background
        self._edit_base, self._delivery, self._proposals = edit_base, delivery, proposals
        self._components = components
        self.words: Words = read_words(edition.strategy.header.language)
        self.templates, self._desk = Templates(overrides), desk
        self._apart = list_apart(self.strategy)
        self._term_names = list_term_names(self.strategy)
        self._far_links: dict[int, dict[Key, LinkView]] = {}
        self._fixed = [fixed for fixed in FIXED_PAGES if self._is_needed(fixed)]
        kinds = edition.vocabulary.kinds.values()
        own = {kind.key: "own_entry" for kind in kinds if kind.is_own}
        self._templates_of = {**_SINGULAR, **own}
        indexes = [index_address(kind) for kind in self._templates_of if self.strategy.of(kind)]
        self._addresses = frozenset([*(fixed.address for fixed in self._fixed), *indexes])

    def make_pages(self) -> Iterator[Page]:
        for fixed in self._fixed:
            yield self._fixed_page(fixed)
        for kind in self._apart:
            yield from map(self._details_page, self.strategy.of(kind))
        for notes in self._background.released:
            yield self._version_page(notes)
        for kind, template in self._templates_of.items():
            entries = self.strategy.in_order(kind)
            if entries:
                yield self._index_page(kind, entries)
            for entry in entries:
                yield self._entry_page(entry, template)

    def _is_needed(self, fixed: _Fixed) -> bool:
        if not self.edition.shows(fixed.reach):
            return False
        if fixed.template == "suggest":
            return self._proposals is not None
        if fixed.template == "components" and not self._components:
            return False
        if fixed.template == "whats_new" and self._background.has_news:
            return True
        if fixed.template == "how_we_work":
            header = self.strategy.header
            fields = ("expectations", "commitments", "cadence", "allocation", "owners")
            return any(getattr(header, name) for name in fields)
        if fixed.template == "new_here":
            return has_first_steps(self.strategy)
        if fixed.template == "practise":
            return has_cards(self.strategy)
        if fixed.template == "questions":
            return has_questions(self.strategy)
        if fixed.template == "compare":
            return has_comparisons(self.strategy)
        if fixed.template in ("coaching", "one_to_one"):
            return any(list_coached(self.strategy))
        if fixed.template == "call":
            return is_worth_a_page(self.strategy)
        return not fixed.kind or bool(self.strategy.of(fixed.kind))

    def _fixed_page(self, fixed: _Fixed) -> Page:
        title = self.words(fixed.title) if fixed.title else self._plural(fixed.kind)
        lead = self.words(fixed.lead) if fixed.lead else ""
        description = lead or self.strategy.header.statement or self.strategy.header.company
        place = Place(_common_file(self.strategy.of(fixed.kind)) if fixed.kind else "strategy.yaml")

        def list_values() -> Mapping[str, Any]:
            return {
                "lead": lead,
                "entries": self.strategy.in_order(fixed.kind),
                "apart": details_address if fixed.kind in self._apart else None,
                "kind": fixed.kind if fixed.address == _listing(fixed.kind) else "",
                "sections": SECTIONS,
                "scopes": SCOPES,
                "tasks": list(self.tasks()),
                **self._find_more(fixed.template),
            }

        lay_out = self._layer(fixed.template, fixed.address, title, list_values)
        return Page(
            fixed.address,
            title,
            description,
            keep_body(lay_out),
            place,
            fixed.wide,
            fixed.alone,
            fixed.hidden,
            also=tuple(self.words(fixed.also).split("; ")) if fixed.also else (),
        )

    def _find_more(self, template: str) -> Mapping[str, Any]:
        """What a single page shows, and what takes long to find out."""
        past = self._background
        if template == "home":
            return {"most": HOME}
        if template == "qualification" and len(self.strategy.of(template)) == 1:
            return {"entry": self.strategy.of(template)[0]}
        if template == "questions":
            groups = group_questions(self.strategy)
            return {"questions": groups, "askers": list_askers(groups)}
        if template == "whats_new":
            return {
                "chronicle": past.chronicle(),
                "recent": past.recent(),
                "urgent": list_urgent(self.edition),
                "has_feed": any(True for _ in list_news(self.strategy, past.released)),
            }
        if template == "new_here":
            return {"steps": list_first_steps(self.edition)}
        if template == "practise":
            return {"said": write_practise_words(self.words)}
        if template == "compare":
            return {"table": compare_all(self.strategy)}
        if template in ("coaching", "one_to_one"):
            return {
                "coached": list(list_coached(self.strategy)),
                "plays": list_current_plays(self.strategy),
            }
        if template == "health":
            return {"health": measure_health(self.edition, past.problems(), past.trend())}
        return {}

    def tasks(self) -> Iterator[Task]:
        """What a seller comes for, as far as there is something for it."""
        done: set[str] = set()
        for name, address, kind in _TASKS:
            count = len(self.strategy.of(kind))
            if count and name not in done and address in self._addresses:
                done.add(name)
                yield Task(
                    self.words(f"task_{name}"),
                    self.words(f"task_{name}_hint", n=count),
                    address,
                    name,
                )

    def _version_page(self, notes: Notes) -> Page:
        title, address = (
            self.words("version_title", version=notes.version),
            version_address(notes.version),
        )
        lay_out = self._layer("version", address, title, lambda: {"notes": notes})
        return Page(
            address, title, self.words("version_lead"), keep_body(lay_out), Place("strategy.yaml")
        )

    def _index_page(self, kind: str, entries: Sequence[Entry]) -> Page:
        described = self.edition.vocabulary.kinds[kind]
        title = self.words(_INDEX_TITLES[kind]) if kind in _INDEX_TITLES else described.plural
        template = f"{kind}_index" if kind in _OWN_INDEX else "index"
        address = index_address(kind)
        lead = described.description if described.is_own else self.words(f"lead_{kind}")
        lay_out = self._layer(
            template, address, title, lambda: {"lead": lead, "kind": kind, "entries": entries}
        )
        place = Place(_common_file(entries))
        return Page(address, title, lead, keep_body(lay_out), place, wide=True)

    def _entry_page(self, entry: Entry, template: str) -> Page:
        found = (text for name in _SUMMARIES if (text := getattr(entry, name, None)))
        summary = _cut(plain_text(next(found, entry.title)), 200)
        address, title = address_of(entry.key), title_of(entry)
        lay_out = self._layer(template, address, title, lambda: {"entry": entry})
        return Page(address, title, summary, lay_out, entry.place)

    def _details_page(self, entry: Entry) -> Page:
        """What is found by the list alone: its address is still that of the row."""
        address, title = details_address(entry.key), title_of(entry)
        lay_out = self._layer("details", address, title, lambda: {"shown": entry})
        return Page(address, title, title, lay_out, entry.place, hidden=True)

    def _layer(
        self, template: str, address: str, title: str, list_values: Callable[[], Mapping[str, Any]]
    ) -> Callable[[], Body]:
        """What makes a page's body, with the values that its template is given."""

        def lay_out() -> Body:
            view, values = self._view_at(address), list_values()
            common = {
                "view": view,
                "words": self.words,
                "title": title,
                "header": self.strategy.header,
            }
            helps = {"strategy": self.strategy, "facets": Facets(view), "contacts": Contacts(view)}
            body = self.templates.lay_out(template, **helps, **common, **values)
            about = {name: values.get(name) for name in ("entry", "kind", "shown")}
            foot = self.templates.lay_out("_page_foot", **common, **about)
            return Body(f"{body.strip()}\n{foot.strip()}".strip() + "\n", tuple(view.headings))

        return lay_out

    def _view_at(self, address: str) -> View:
        return View(
            self.edition,
            self.words,
            address,
            self._addresses,
            self._desk,
            self._edit_base,
            self._delivery,
            lambda: self._background.recent().marks,
            {} if address in _UNEXPLAINED else self._term_names,
            self._far_links,
        )

    def _plural(self, kind: str) -> str:
        return self.edition.vocabulary.kinds[kind].plural

    def list_call_data(self) -> Iterator[Asset]:
        """What the page of a call chooses from; the browser asks for it on that page only."""
        if CALL_ADDRESS in self._addresses:
            data = Asset(
                CALL_DATA,
                lambda: write_parts(
                    list_parts(self.strategy), self._view_at(CALL_ADDRESS), self.templates
                ),
            )
            yield data.as_script() if self._delivery.from_folder else data

    def list_form_files(self) -> Iterator[Asset]:
        """What the form needs in which readers propose changes."""
        if self._proposals is not None:
            yield from list_form_files(
                self.edition, self._proposals, self._desk, self.words, self._delivery
            )


def _listing(kind: str) -> str:
    """The address of the page that lists a kind; empty for none."""
    return index_address(kind) if kind else ""


def _common_file(entries: Sequence[Entry]) -> str:
    """The file that holds all these entries; the folder's first where they stand in several."""
    return min((entry.place.file for entry in entries), default="strategy.yaml")


def _cut(text: str, length: int) -> str:
    return text if len(text) <= length else text[: length - 1].rsplit(" ", 1)[0] + "…"
