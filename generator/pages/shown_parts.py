"""A link, a mark, a place among what is spoken, as a page shows them."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property

from markupsafe import Markup, escape

from generator.model.entry import Key


@dataclass(frozen=True)
class LinkView:
    """A link as shown: its words, its address from this page, the kind it leads to."""

    title: str
    url: str
    kind: str
    key: Key

    @cached_property
    def anchor(self) -> Markup:
        """The link as HTML."""
        return Markup(f'<a href="{escape(self.url)}">{escape(self.title)}</a>')  # noqa: S704  # both parts are escaped


@dataclass(frozen=True)
class BadgeView:
    """A small mark: its words, and the name of its look."""

    text: str
    look: str
    hint: str = ""
