"""The pages as sellers will see them, drawn by the site's own templates when somebody looks."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping
from datetime import date
from html import escape

from generator.files.memory import Memory
from generator.loading.loader import Loaded
from generator.model.addresses import PLAIN, address_of, details_address
from generator.model.circles import Circles
from generator.model.edition import Edition, choose_edition
from generator.model.entry import Key
from generator.model.strategy import Strategy
from generator.pages.page import Page
from generator.pages.registry import render_pages
from generator.site.theme.look import Look

_SCRIPT = re.compile(r"<script\b[^>]*></script>")
"""How our templates ask for a script; a page that is only looked at needs none."""
SCHEMES = ("default", "slate")
"""The colour schemes, as the theme calls them; each has all pages in a folder of its own."""


class Preview:
    """The pages of one strategy, each as the first of some circles gets it that does: `list_readers`
    names these, the usual one first.
    """

    def __init__(self, look: Look, list_readers: Callable[[Circles], tuple[str, ...]]) -> None:
        self._look, self._memory = look, Memory()
        self._list_readers = list_readers
        self._drawn: tuple[Strategy | None, dict[str, _Drawn]] = (None, {})

    def find_address(self, loaded: Loaded, today: date, key: Key | None) -> tuple[str, bool]:
        """The address of an entry's page, and whether sellers get it; empty where nobody gets one."""
        for place, drawn in enumerate(self._draw(loaded, today)):
            if key is None or drawn.edition.strategy.find(key) is not None:
                address = address_of(key) if key else ""
                apart = details_address(key) if key else ""
                return (
                    apart if apart in drawn.pages else address,
                    place == 0,
                )
        return "", False

    def draw(self, loaded: Loaded, today: date, scheme: str, address: str) -> str:
        """A page as HTML that runs nothing; empty where there is none."""
        for drawn in self._draw(loaded, today):
            page = drawn.pages.get(address)
            if page is not None:
                return self._lay_out(page, drawn.edition, scheme)
        return ""

    def _draw(self, loaded: Loaded, today: date) -> Iterator[_Drawn]:
        """As each circle gets it, if that is asked for; drafts are shown, since one writes them."""
        strategy = loaded.strategy
        if strategy is None:
            return
        if self._drawn[0] is not strategy:
            self._drawn = (strategy, {})
        circles = Circles(strategy.header.audiences)
        for circle in dict.fromkeys(self._list_readers(circles)):
            if circle not in circles.names:
                continue
            known = self._drawn[1]
            if circle not in known:
                edition = choose_edition(
                    strategy, loaded.vocabulary, circle, today, True, self._memory
                )
                known[circle] = _Drawn(edition)
            yield known[circle]

    def _lay_out(self, page: Page, edition: Edition, scheme: str) -> str:
        depth = page.address.count("/") + 2
        up, look = "../" * depth, self._look
        sheets = "".join(
            f'<link rel="stylesheet" href="{up}assets/{escape(name)}">' for name in look.sheets
        )
        language = escape(edition.strategy.header.language)
        return (
            f'<!doctype html><html lang="{language}"><head><meta charset="utf-8">'
            f'<meta name="viewport" content="width=device-width"><title>{escape(page.title)}</title>{sheets}</head>'
            f'<body dir="ltr" data-md-color-scheme="{escape(scheme)}" data-md-color-primary="{escape(look.primary)}" '
            f'data-md-color-accent="{escape(look.accent)}"><main class="pb-preview"><article class="md-content__inner '
            f'md-typeset">{_SCRIPT.sub("", page.lay_out().html)}</article></main></body></html>'
        )


class _Drawn:
    def __init__(self, edition: Edition) -> None:
        self.edition = edition
        self.pages: Mapping[str, Page] = {
            page.address: page for page in render_pages(edition, delivery=PLAIN).pages
        }
