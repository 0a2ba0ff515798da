"""For whom a site is made, and for which day."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING

from generator.model.addresses import PLAIN, Delivery
from generator.model.entry import DEFAULT_AUDIENCE
from generator.syntax.document import MAX_BYTES

if TYPE_CHECKING:
    from generator.changes.release_history import Past
    from generator.model.edition import Part
    from generator.pages.feedback_link import Desk


@dataclass(frozen=True)
class Choice:
    """For whom an edition is made, and for which day (None: today where the strategy counts its
    days).

    An empty `audience` leaves the choice to mkdocs.yml; `site.complete_choice` fills it in. A file
    of more than `max_bytes` is refused. `desk` is where readers tell leadership something,
    `edit_base` the address before the path of a file where the git host edits it, `past` the
    history that What's new is made from, where it is not that of the folder itself. Where the folder
    holds an earlier version, `circles` are those of today, and `kept_back` is what these readers do not
    get any more. `folders` are those that mkdocs.yml
    names, such as the theme's own; `as_written` the hand-written pages whose HTML is left alone;
    `delivery` says how the site reaches its readers. With `edit`, those inside may propose changes in
    a form; with `components`, the page that shows what all pages are made of is among them.
    """

    audience: str = DEFAULT_AUDIENCE
    as_of: date | None = None
    drafts: bool = False
    max_bytes: int = MAX_BYTES
    desk: Desk | None = None
    edit_base: str = ""
    past: Past | None = None
    circles: tuple[str, ...] = ()
    kept_back: frozenset[Part] = frozenset()
    folders: tuple[str, ...] = ()
    as_written: tuple[str, ...] = ()
    delivery: Delivery = PLAIN
    edit: bool = False
    components: bool = False
