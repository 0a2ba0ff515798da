"""The strategy as pages: which pages there are, and what each template is given. Templates only lay out."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from importlib.resources import files
from pathlib import Path
from typing import Any

from generator.address import PLACEMENTS, address_of, index_address, relative_address
from generator.edition import Edition
from generator.gauge import Reading
from generator.health import Health, measure_health
from generator.model import Entry, Key
from generator.page import Asset, Group, Page, Pages
from generator.problem import Place, Problem
from generator.prose import plain_text
from generator.templates import Templates
from generator.view import View, sort_entries, title_of
from generator.vocabulary import KINDS
from generator.words import Words, read_words

_SINGULAR = {
    "markets": "market", "personas": "persona", "offerings": "offering", "differentiators": "differentiator",
    "competitors": "competitor", "objections": "objection", "plays": "play", "stages": "stage",
}  # fmt: skip
"""Kinds whose entries have a page each, and the template it is laid out with."""

STYLE_SHEET = "assets/playbook.css"


@dataclass(frozen=True)
class _Fixed:
    """A page there is one of: its address, template, title and lead in the catalogue, and the kind it needs entries of."""

    address: str
    template: str
    title: str
    lead: str = ""
    kind: str = ""
    for_leadership: bool = False


FIXED_PAGES = (
    _Fixed("", "home", "home"),
    _Fixed("objectives/", "strategy_map", "strategy_map", "strategy_map_lead", "objectives"),
    _Fixed("scorecard/", "scorecard", "scorecard", "scorecard_lead", "objectives"),
    _Fixed("how-we-work/", "how_we_work", "how_we_work", "how_we_work_lead"),
    _Fixed("qualification/", "qualification", "", "", "qualification"),
    _Fixed("proof/", "proof", "proof_library", "proof_lead", "proof"),
    _Fixed("people/", "people", "", "people_lead", "people"),
    _Fixed("assets/", "assets", "", "assets_lead", "assets"),
    _Fixed("glossary/", "glossary", "", "glossary_lead", "glossary"),
    _Fixed("announcements/", "whats_new", "whats_new", "whats_new_lead", "announcements"),
    _Fixed("field-notes/", "field_notes", "", "field_notes_lead", "field_notes"),
    _Fixed("health/", "health", "health", "health_lead", for_leadership=True),
)
"""To add a page: a line here, a template, and its place in `_navigation`."""

_INDEX_TITLES = {"differentiators": "why_we_win", "competitors": "battlecards"}


def render_pages(
    edition: Edition,
    problems: Sequence[Problem] = (),
    overrides: Path | None = None,
    edit_base: str = "",
    trend: Sequence[Reading] = (),
) -> Pages:
    """All pages and files of an edition. `overrides` is a folder of templates that stand in for ours.

    `problems` are the findings that the health page lists, `edit_base` is the address before a file's path where the git host edits it,
    `trend` the figures of earlier versions, oldest first, where somebody has them. Raises OwnTemplateError where an override is faulty.
    """
    maker = _Maker(edition, lambda: measure_health(edition, problems, trend), overrides, edit_base)
    pages = tuple(maker.make_pages())
    by_address = {page.address: page for page in pages}
    assets = (maker.list_entries(), maker.style_sheet(), *maker.make_redirects())
    return Pages(pages, assets, tuple(maker.navigation(by_address)))


def search_terms(entry: Entry) -> tuple[str, ...]:
    """Words that a reader may look for and that stand for the entry."""
    return (*getattr(entry, "also", ()), *getattr(entry, "also_said", ()), *entry.tags)


class _Maker:
    def __init__(
        self, edition: Edition, measure: Callable[[], Health], overrides: Path | None, edit_base: str
    ) -> None:
        self.edition, self.strategy, self._measure_health = edition, edition.strategy, measure
        self._edit_base = edit_base
        self.words: Words = read_words(edition.strategy.header.language)
        self._templates = Templates(overrides)

    def make_pages(self) -> Iterator[Page]:
        for fixed in FIXED_PAGES:
            if self._is_needed(fixed):
                yield self._fixed_page(fixed)
        for kind, template in _SINGULAR.items():
            entries = sort_entries(self.strategy.of(kind))
            if entries:
                yield self._index_page(kind, entries)
            for entry in entries:
                yield self._entry_page(entry, template)

    def _is_needed(self, fixed: _Fixed) -> bool:
        if fixed.for_leadership and not self.edition.is_for_leadership:
            return False
        if fixed.template == "how_we_work":
            header = self.strategy.header
            return any((header.expectations, header.commitments, header.cadence, header.allocation, header.owners))
        return not fixed.kind or bool(self.strategy.of(fixed.kind))

    def _fixed_page(self, fixed: _Fixed) -> Page:
        title = self.words(fixed.title) if fixed.title else self._plural(fixed.kind)
        lead = self.words(fixed.lead) if fixed.lead else ""
        description = lead or self.strategy.header.statement or self.strategy.header.company
        place = Place("strategy.yaml")
        terms: list[str] = []
        if fixed.kind:
            entries = self.strategy.of(fixed.kind)
            place = Place(_common_file(entries))
            terms = [term for entry in entries for term in search_terms(entry)]
        return self._render(
            fixed.template,
            fixed.address,
            title,
            description,
            place,
            tuple(terms),
            lead=lead,
            entries=sort_entries(self.strategy.of(fixed.kind)),
            **({"health": self._measure_health()} if fixed.template == "health" else {}),
        )

    def _index_page(self, kind: str, entries: list[Entry]) -> Page:
        described = self.edition.vocabulary.kinds[kind]
        title = self.words(_INDEX_TITLES[kind]) if kind in _INDEX_TITLES else described.plural
        template = f"{kind}_index" if kind in ("objections", "differentiators", "stages") else "index"
        return self._render(
            template,
            index_address(kind),
            title,
            described.description,
            Place(_common_file(entries)),
            (),
            lead=described.description,
            kind=kind,
            entries=entries,
        )

    def _entry_page(self, entry: Entry, template: str) -> Page:
        summary = next(
            (
                text
                for name in (
                    "summary",
                    "one_liner",
                    "quick_answer",
                    "respond",
                    "why_it_matters",
                    "message",
                    "buyer_step",
                    "goal",
                )
                if (text := getattr(entry, name, None))
            ),
            entry.title,
        )
        return self._render(
            template,
            address_of(entry.key),
            title_of(entry),
            _cut(plain_text(summary), 200),
            entry.place,
            search_terms(entry),
            entry=entry,
        )

    def _render(
        self,
        template: str,
        address: str,
        title: str,
        description: str,
        place: Place,
        terms: tuple[str, ...],
        **values: Any,
    ) -> Page:
        view = View(self.edition, self.words, address, self._edit_base)
        body = self._templates.lay_out(
            template,
            view=view,
            words=self.words,
            title=title,
            header=self.strategy.header,
            strategy=self.strategy,
            **values,
        )
        return Page(
            address, title, description, tuple(view.headings), body.strip() + "\n", terms, Place(place.file)
        )

    def _plural(self, kind: str) -> str:
        return self.edition.vocabulary.kinds[kind].plural

    def navigation(self, pages: Mapping[str, Page]) -> Iterator[Group | Page]:
        """By task and by kind; at most seven entries at the top."""

        def fixed(*addresses: str) -> list[Group | Page]:
            return [pages[address] for address in addresses if address in pages]

        def kind(name: str) -> list[Group | Page]:
            index = pages.get(index_address(name))
            if index is None:
                return []
            own = [pages[address_of(entry.key)] for entry in sort_entries(self.strategy.of(name))]
            return [Group(index.title, [index, *own])]

        def group(title: str, items: list[Group | Page]) -> Iterator[Group]:
            if items:
                yield Group(title, items)

        yield from group(
            self.words("group_strategy"), fixed("", "objectives/", "scorecard/", "how-we-work/", "health/")
        )
        yield from group(self._plural("markets"), [*_opened(kind("markets")), *kind("personas")])
        yield from group(
            self._plural("offerings"),
            [*_opened(kind("offerings")), *kind("differentiators"), *fixed("proof/", "assets/")],
        )
        yield from group(self.words("battlecards"), _opened(kind("competitors")))
        yield from group(self._plural("objections"), _opened(kind("objections")))
        yield from group(
            self._plural("plays"), [*_opened(kind("plays")), *kind("stages"), *fixed("qualification/")]
        )
        yield from group(self.words("group_more"), fixed("announcements/", "people/", "field-notes/", "glossary/"))

    def list_entries(self) -> Asset:
        """Every entry with its address, so that an older version of the site can link to the same entry today."""
        listed = [
            {
                "kind": kind,
                "id": entry.id,
                "title": title_of(entry),
                "address": address_of(entry.key),
                **({"former_ids": sorted(entry.former_ids)} if entry.former_ids else {}),
            }
            for kind in KINDS
            for entry in self.strategy.of(kind)
        ]
        content = {
            "company": self.strategy.header.company,
            "version": self.strategy.header.version,
            "entries": listed,
        }
        return Asset("entries.json", (json.dumps(content, ensure_ascii=False, indent=1) + "\n").encode())

    def style_sheet(self) -> Asset:
        return Asset(STYLE_SHEET, files("generator").joinpath("assets", "playbook.css").read_bytes())

    def make_redirects(self) -> Iterator[Asset]:
        """A page at each old address that leads to the new one; on shared pages the old anchor stands beside the new."""
        for kind, placement in PLACEMENTS.items():
            if not placement.own_pages:
                continue
            for entry in self.strategy.of(kind):
                for old in entry.former_ids:
                    address = address_of(Key(kind, old))
                    target = relative_address(address_of(entry.key), address)
                    html = self._templates.lay_out(
                        "redirect",
                        words=self.words,
                        title=title_of(entry),
                        target=target,
                        language=self.strategy.header.language,
                    )
                    yield Asset(f"{address}index.html", html.encode())


def _opened(groups: list[Group | Page]) -> list[Group | Page]:
    """The items of a lone group, so that a tab opens with its index page."""
    return [item for group in groups for item in (group.items if isinstance(group, Group) else [group])]


def _common_file(entries: Sequence[Entry]) -> str:
    """The file that holds all these entries; the folder's first where they stand in several."""
    return min((entry.place.file for entry in entries), default="strategy.yaml")


def _cut(text: str, length: int) -> str:
    return text if len(text) <= length else text[: length - 1].rsplit(" ", 1)[0] + "…"
