"""Whom to ask about what: the topics that people name, what they are responsible for, and which part
of the playbook they keep.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property

from markupsafe import Markup, escape

from generator.model.entry import Entry
from generator.pages.shown_parts import LinkView
from generator.pages.template_context import View

_ASKED_ABOUT = ("markets", "offerings")
"""Kinds whose entries a seller has a question about, one by one."""
_OVER = ("deprecated",)


@dataclass(frozen=True)
class Line:
    """A thing to ask about, and whom, the likeliest first."""

    about: Markup
    people: Sequence[LinkView]


@dataclass(frozen=True)
class Group:
    """Lines of one sort, under the words that say which."""

    id: str
    title: str
    lines: Sequence[Line]


class Contacts:
    """Whom this reader asks, seen from one page."""

    def __init__(self, view: View) -> None:
        self._view = view

    @cached_property
    def _people(self) -> Sequence[Entry]:
        return self._view.entries("people")

    def groups(self) -> Sequence[Group]:
        """By topic, by market, by offering, by part of the playbook; none without
        lines.
        """
        view = self._view
        found = [
            Group("_by-topic", view.words("people_by_topic"), list(self._list_topics())),
            *(
                Group(f"_by-{kind}", view.kind_title(kind), list(self._list_entries(kind)))
                for kind in _ASKED_ABOUT
            ),
            Group("_by-part", view.words("people_by_part"), list(self._list_parts())),
        ]
        return [group for group in found if group.lines]

    def _list_topics(self) -> Iterator[Line]:
        known: dict[str, tuple[str, list[Entry]]] = {}
        for person in self._people:
            for topic in getattr(person, "topics", ()):
                known.setdefault(topic.casefold(), (topic, []))[1].append(person)
        for key in sorted(known):
            topic, people = known[key]
            yield Line(escape(topic[:1].upper() + topic[1:]), self._link(people))

    def _list_entries(self, kind: str) -> Iterator[Line]:
        for entry in self._view.entries(kind):
            if entry.status in _OVER:
                continue
            owner = self._view.owner_of(entry)
            people = self._find_people(entry) or ([owner] if owner else [])
            if people:
                yield Line(self._view.link(entry).anchor, self._link(people))

    def _list_parts(self) -> Iterator[Line]:
        view = self._view
        for kind in view.strategy.entries:
            person = view.find("people", view.header.owners.get(kind))
            if person and view.strategy.of(kind):
                link = LinkView(view.kind_title(kind), view.index_url(kind), kind, person.key)
                yield Line(link.anchor, self._link([person]))

    @cached_property
    def _topics(self) -> Sequence[tuple[Entry, re.Pattern[str]]]:
        """The people who name topics, with what finds one of these in a title."""
        return [
            (person, re.compile(rf"(?<!\w)(?:{'|'.join(map(re.escape, topics))})(?!\w)"))
            for person in self._people
            if (topics := [topic.casefold() for topic in getattr(person, "topics", ())])
        ]

    def _find_people(self, entry: Entry) -> list[Entry]:
        """Those of whom a topic is what the entry is called, or a part of that."""
        title = self._view.link(entry).title.casefold()
        return [person for person, topics in self._topics if topics.search(title)]

    def _link(self, people: Iterable[Entry]) -> Sequence[LinkView]:
        return [self._view.link(person) for person in people]
