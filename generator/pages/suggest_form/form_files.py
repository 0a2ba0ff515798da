"""The files of the form: its scripts, what every form needs, the fields of each kind, and the entries,
some to a file, each fetched when a form needs it.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import partial
from importlib.resources import files
from typing import Any

from generator.model.addresses import Delivery, index_address
from generator.model.edition import Edition
from generator.model.entry import Entry
from generator.pages.feedback_link import Desk, list_note_links
from generator.pages.page import Asset
from generator.pages.suggest_form.entry_values import describe_entry
from generator.pages.suggest_form.form_fields import describe_kind
from generator.schema.words import Words

ADDRESS = "suggest/"
"""The page of the form: ?entry=kind/id, ?retire=kind/id, ?new=kind."""
FOLDER = "assets/suggest/"
_TOGETHER = 16
"""Entries in one file: it stays well below 100 KB, and a site of thousands of entries has no file for
each.
"""
WORDS = "suggest_form_"
"""How the words of the form begin in the catalogue; the page itself has some besides."""


@dataclass(frozen=True)
class Proposals:
    """That readers may propose changes: `commit` is what this edition was made of, if that is known."""

    commit: str = ""


def list_form_files(
    edition: Edition, proposals: Proposals, desk: Desk | None, words: Words, delivery: Delivery
) -> Iterator[Asset]:
    """All files of the form."""
    for file in sorted(
        files("generator.pages.suggest_form").joinpath("browser").iterdir(),
        key=lambda found: found.name,
    ):
        yield Asset(f"{FOLDER}{file.name}", file.read_bytes)
    yield Asset(
        f"{FOLDER}form.json",
        lambda: _write(_describe_form(edition, proposals, desk, words, delivery)),
    )
    for kind in edition.vocabulary.kinds:
        yield Asset(f"{FOLDER}kinds/{kind}.json", partial(_write_kind, kind, edition))
        for number, part in enumerate(_list_parts(kind, edition)):
            path = f"{FOLDER}entries/{kind}-{number}.json"
            yield Asset(path, partial(_write_entries, part, edition))


def _list_parts(kind: str, edition: Edition) -> list[Sequence[Entry]]:
    """The entries of a kind by id, as many as lie in one file."""
    entries = edition.strategy.of(kind)
    return [entries[start : start + _TOGETHER] for start in range(0, len(entries), _TOGETHER)]


def _describe_form(
    edition: Edition, proposals: Proposals, desk: Desk | None, words: Words, delivery: Delivery
) -> dict[str, Any]:
    """What every form needs: where the edition comes from, the words, the ways to send."""
    header = edition.strategy.header
    base = {
        "commit": proposals.commit,
        "version": header.version,
        "edition": edition.audience,
    }
    return {
        "base": {name: value[:80] for name, value in base.items() if value},
        "company": header.company,
        "ways": list_note_links(desk) if desk else [],
        # by the first id in each file of entries, the browser finds the one in which an entry lies
        "parts": {
            kind: [part[0].id for part in _list_parts(kind, edition)]
            for kind in edition.vocabulary.kinds
        },
        "kinds": {
            kind: {
                "title": described.title,
                "plural": described.plural,
                "says": described.description,
                "address": delivery.complete(index_address(kind)),
            }
            for kind, described in edition.vocabulary.kinds.items()
        },
        "words": words.all_from(WORDS),
    }


def _write_kind(kind: str, edition: Edition) -> bytes:
    return _write(describe_kind(kind, edition.vocabulary.kinds[kind], edition))


def _write_entries(entries: Sequence[Entry], edition: Edition) -> bytes:
    return _write({entry.id: describe_entry(entry, edition) for entry in entries})


def _write(data: Any) -> bytes:
    return (json.dumps(data, ensure_ascii=False, separators=(",", ":")) + "\n").encode()
