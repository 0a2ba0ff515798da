"""A released version told: what leadership says about it, and what is different from the version
before.
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date

from generator.changes.change import Change, Grade, Side, Version, share_kinds
from generator.changes.comparison import compare
from generator.changes.decision_text import Told, tell
from generator.changes.describe import say_phrases
from generator.loading.loader import Loaded
from generator.model.edition import Part, choose_edition, list_kept_back
from generator.model.kinds import Announcement
from generator.model.markdown import plain_text
from generator.model.strategy import Strategy
from generator.problems.host_text import escape_file
from generator.problems.terminal_style import visible
from generator.schema.translation import translate
from generator.schema.words import Words, read_words

_OF_EVERY_RELEASE = {"version", "effective_from"}


@dataclass(frozen=True)
class Reader:
    """For whom notes are made, and on which day: nobody reads in them what his edition does not
    show.
    """

    audience: str
    today: date
    drafts: bool = False
    circles: tuple[str, ...] = ()
    """The circles of today, in their order; an earlier version may have had others."""
    kept_back: frozenset[Part] = frozenset()
    """What of today is not for this reader, though it may have been."""


@dataclass(frozen=True)
class Notes:
    """What is said of one version. `previous` is the version before it, empty for the first one."""

    version: str
    day: str
    previous: str
    company: str
    words: Words
    announcements: tuple[Announcement, ...] = ()
    told: tuple[Told, ...] = ()
    follows_unknown: bool = False
    """Whether versions came before of which nothing is known here."""

    def of(self, grade: Grade | str) -> tuple[Told, ...]:
        """The changes of a grade, which a template names by its word."""
        return tuple(one for one in self.told if one.grade == grade)

    @property
    def is_first(self) -> bool:
        """Whether there was no version before."""
        return not self.previous and not self.follows_unknown


def make_notes(
    version: str,
    day: str,
    new: Loaded,
    previous: str = "",
    old: Loaded | None = None,
    since: str = "",
    reader: Reader | None = None,
    *,
    follows_unknown: bool = False,
) -> Notes | None:
    """What is said of `version`, released on `day` after `previous` (on `since`). Without a reader,
    all is said. `follows_unknown`: nothing is known of the versions before.

    None where the version cannot be read, or has no such reader.
    """
    after = _side(new, reader)
    if after is None:
        return None
    header = after.strategy.header
    words = read_words(header.language)
    spoken = tuple(_choose_announcements(after.strategy, version, since, day))
    before = _side(old, _as_of(new, reader)) if old is not None else None
    told: tuple[Told, ...] = ()
    if before is not None and old is not None:
        before, after = share_kinds(before, after)
        changes = compare(before, after, old.lost | new.lost)
        told = tell(
            (change for change in changes if not _is_told_elsewhere(change)), before, after, words
        )
    return Notes(version, day, previous, header.company, words, spoken, told, follows_unknown)


def write_markdown(notes: Notes) -> str:
    """A section of a changelog file."""
    words = notes.words
    lines = [f"## {notes.version} ({notes.day})", ""]
    for one in notes.announcements:
        lines.append(f"- **{escape_file(_headline(one, words))}** {escape_file(_why(one, words))}")
    for told in (*notes.of(Grade.MATERIAL), *notes.of(Grade.MINOR)):
        lines.append(f"- {escape_file(_line(told, words))}")
    lines += [f"- {escape_file(rest)}" for rest in _say_rest(notes)]
    return "\n".join(lines) + "\n"


def write_text(notes: Notes) -> str:
    """For chat and mail: no markup at all, one change a line."""
    words = notes.words
    lines = [words("notes_title", company=notes.company, version=notes.version, day=notes.day)]
    if notes.announcements:
        lines.append("")
        lines += [
            f"{_headline(one, words)} {_why(one, words)}".strip() for one in notes.announcements
        ]
    changes = [*notes.of(Grade.MATERIAL), *notes.of(Grade.MINOR)]
    if changes:
        lines += ["", f"{words('notes_changes', previous=notes.previous)}"]
        lines += [f"- {_line(told, words)}" for told in changes]
    rest = list(_say_rest(notes))
    lines += ["", *rest] if rest else []
    return "\n".join(map(visible, "\n".join(lines).split("\n"))) + "\n"


def write_json(notes: Notes) -> str:
    """For machines that post it elsewhere."""
    content = {
        "company": notes.company,
        "version": notes.version,
        "day": notes.day,
        "previous": notes.previous,
        "announcements": [
            {
                "id": one.id,
                "headline": one.headline,
                "importance": one.importance,
                "why": one.why,
                "do": one.do,
            }
            for one in notes.announcements
        ],
        "changes": [
            {
                "grade": str(told.grade),
                "kind": _kind_of(told),
                "id": told.key.id if told.key else None,
                "text": _line(told, notes.words),
            }
            for told in notes.told
        ],
    }
    return json.dumps(content, ensure_ascii=False, indent=2) + "\n"


FORMATS = {"text": write_text, "markdown": write_markdown, "json": write_json}


def _as_of(new: Loaded, reader: Reader | None) -> Reader | None:
    """The reader as the version after knows him: what was taken from him with it is not named."""
    if reader is None or new.strategy is None:
        return reader
    kept = list_kept_back(new.strategy, new.vocabulary, reader.audience, reader.circles)
    return replace(reader, kept_back=reader.kept_back | kept)


def _side(loaded: Loaded, reader: Reader | None) -> Side | None:
    if loaded.strategy is None:
        return None
    if reader is None:
        return Version(
            loaded.strategy, translate(loaded.vocabulary, loaded.strategy.header.language)
        )
    try:
        return choose_edition(
            loaded.strategy,
            loaded.vocabulary,
            reader.audience,
            reader.today,
            reader.drafts,
            circles_now=reader.circles,
            kept_back=reader.kept_back,
        )
    except ValueError:  # the version knew no such audience
        return None


def _choose_announcements(
    strategy: Strategy, version: str, since: str, day: str
) -> Iterator[Announcement]:
    """Those that name the version; of those that name none, those since the version before. The
    weightiest first.
    """
    found = [one for one in strategy.of("announcements") if isinstance(one, Announcement)]
    own = [
        one
        for one in found
        if one.version == version or (one.version is None and since < one.date.isoformat() <= day)
    ]
    yield from sorted(own, key=lambda one: (one.importance, -one.date.toordinal(), one.id))


def _is_told_elsewhere(change: Change) -> bool:
    """Announcements stand above the changes; that version and date are new goes without saying."""
    if change.key is None:
        return change.path[0] in _OF_EVERY_RELEASE
    return change.key.kind == Announcement.KIND


def _headline(one: Announcement, words: Words) -> str:
    return f"{words(f'importance_{one.importance}')}: {_end(one.headline)}"


def _why(one: Announcement, words: Words) -> str:
    do = f" {words('do_differently')}: {_end(plain_text(one.do))}" if one.do else ""
    return f"{_end(plain_text(one.why))}{do}"


def _end(text: str) -> str:
    return text if text.endswith((".", "!", "?", ":", "…")) else f"{text}."


def _line(told: Told, words: Words) -> str:
    said = f"{told.title}: {say_phrases(told.phrases, words)}"
    return "; ".join((said, *told.behind))


def _kind_of(told: Told) -> str:
    """The kind that a decision is about; empty where it is about several."""
    kinds = {key.kind for key in told.keys}
    return kinds.pop() if len(kinds) == 1 else "" if kinds else "strategy"


def _say_rest(notes: Notes) -> Iterator[str]:
    wording = len(notes.of(Grade.WORDING))
    if notes.is_first:
        yield notes.words("notes_first")
    elif not notes.previous:
        yield notes.words("notes_unknown")
    elif wording:
        yield notes.words("notes_wording", n=wording)
    elif not notes.told and not notes.announcements:
        yield notes.words("notes_nothing")
