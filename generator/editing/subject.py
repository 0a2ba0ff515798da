"""What somebody speaks of, in words of their own: the entries that addresses of pages, ids and
titles lead to.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from itertools import pairwise
from urllib.parse import unquote, urlsplit

from generator.loading.references import list_known
from generator.model.addresses import PLACEMENTS
from generator.model.entry import Key
from generator.model.strategy import Strategy

_COMMENT = re.compile(r"<!--.*?(?:-->|\Z)", re.DOTALL)
_PIECES = re.compile(r"[\n;]+")
_COMMAS = re.compile(r"\s*,\s*|\s+and\s+|\s*&\s*")
_ITEM = re.compile(r"\s*(?:[-*+]|[0-9]+[.)])\s+")
_LINK = re.compile(r"!?\[([^\]]*)\]\(\s*<?([^\s)>]+)>?[^)]*\)")
_PATH = re.compile(r"<?((?:https?://|entry:|/)?[^\s<>,;|]*/[^\s<>,;|]*)>?", re.IGNORECASE)
_KINDS = {placement.folder: kind for kind, placement in PLACEMENTS.items()} | {
    kind: kind for kind in PLACEMENTS
}
"""Kinds by the folder that their pages stand in, and by their own name."""


@dataclass(frozen=True)
class Subject:
    """What an answer speaks of. `missing` are entries it names that the strategy does not have;
    `words` are what leads to no entry, as they were written.
    """

    keys: tuple[Key, ...]
    missing: tuple[str, ...]
    words: str


def find_subject(answer: str, strategy: Strategy) -> Subject:
    """The entries that an answer speaks of."""
    return _Finder(strategy).find(drop_comments(answer))


def drop_comments(answer: str) -> str:
    """An answer without the hints of the form, which nobody sees who reads it."""
    return _COMMENT.sub("", answer)


class _Finder:
    def __init__(self, strategy: Strategy) -> None:
        self._strategy = strategy
        self._former = {
            Key(entry.KIND, old): entry.key for entry in strategy for old in entry.former_ids
        }
        self._titles = _list_titles(strategy)

    def find(self, answer: str) -> Subject:
        keys: dict[Key, None] = {}
        missing: dict[str, None] = {}
        words: list[str] = []
        for piece in _list_pieces(answer):
            found, lost, rest = self._look_into(piece)
            keys |= dict.fromkeys(found)
            missing |= dict.fromkeys(lost)
            words += [rest] if rest else []
        return Subject(tuple(keys), tuple(missing), "\n".join(words))

    def _look_into(self, piece: str) -> tuple[list[Key], list[str], str]:
        """The entries of a line, those it names in vain, and the line where it says more than that."""
        named = self._by_title(piece)
        if named is not None:
            return [named], [], ""
        keys: list[Key] = []
        missing: list[str] = []
        rest: list[str] = []

        def take(match: re.Match[str]) -> str:
            named = _read_path(match[1])
            key = self._known(named) if named else None
            if key is not None:
                keys.append(key)
            elif named is not None:
                missing.append(str(named))
            return "" if named is not None else match[0]

        for part in _COMMAS.split(_PATH.sub(take, _LINK.sub(_keep_target, piece))):
            bare = part.strip(" \t.:()[]|`'\"")
            key = self._by_title(bare) if bare else None
            if key is not None:
                keys.append(key)
            elif bare:
                rest.append(bare)
        return keys, missing, piece if rest else ""

    def _known(self, key: Key) -> Key | None:
        key = self._former.get(key, key)
        return key if self._strategy.find(key) is not None else None

    def _by_title(self, text: str) -> Key | None:
        return self._titles.get(_plain(text))


def _list_pieces(answer: str) -> Iterator[str]:
    for piece in _PIECES.split(answer):
        bare = _ITEM.sub("", piece, count=1).strip() if _ITEM.match(piece) else piece.strip()
        if bare:
            yield bare


def _keep_target(link: re.Match[str]) -> str:
    """Of a link in Markdown, the address where that leads to an entry; else its words too."""
    return f" {link[2]} " if _read_path(link[2]) else f"{link[1]} {link[2]} "


def _read_path(path: str) -> Key | None:
    """The entry that an address names: behind a host, a folder and a version, before a query; where
    a kind has one page for all, behind the #.
    """
    try:
        parts = urlsplit(path.removeprefix("entry:").strip("`'\"()[].:!*_"))
    except ValueError:  # such as an unclosed bracket in a host
        return None
    names = [unquote(name).casefold() for name in parts.path.split("/") if name]
    if names and names[-1] in ("index.html", "index.md"):
        names.pop()
    anchor = unquote(parts.fragment).casefold()
    if names and anchor and names[-1] in _KINDS and not PLACEMENTS[_KINDS[names[-1]]].own_pages:
        return Key(_KINDS[names[-1]], anchor)
    for folder, name in reversed(list(pairwise(names))):
        if folder in _KINDS:
            return Key(_KINDS[folder], name.removesuffix(".yaml").removesuffix(".html"))
    return None


def _list_titles(strategy: Strategy) -> Mapping[str, Key]:
    """Entries by their ids, titles and other names, as far as these are of one entry only."""
    found: dict[str, set[Key]] = {}
    for kind, entries in list_known(strategy).items():
        for entry_id, names in entries.items():
            for name in (entry_id, *names):
                found.setdefault(_plain(name), set()).add(Key(kind, entry_id))
    return {name: next(iter(keys)) for name, keys in found.items() if name and len(keys) == 1}


def _plain(text: str) -> str:
    return " ".join(re.findall(r"\w+", text.casefold().replace("_", " ")))
