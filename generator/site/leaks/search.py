"""The search of what was written: every file of a site is read as whoever looks into it reads it.

What many pages have in common is read once: a site of thousands of pages is searched in a small
part of the time that it takes to write them.
"""

from __future__ import annotations

import gzip
import html
import json
import re
import zlib
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field
from urllib.parse import unquote

from generator.model.entry import Key
from generator.model.hidden_names import read_plainly
from generator.pages.finder.index import INDEX
from generator.pages.finder.scripts import FOLDER as FINDER
from generator.problems.problem import Place, Problem
from generator.site.leaks.metadata import read_metadata
from generator.site.leaks.telling import Telling, Words, split_all, split_words
from generator.site.rules import LEAK

_PAGES = (".html", ".htm", ".xml", ".svg", ".md")
TEXTS = (
    *(".js", ".mjs", ".json", ".css", ".txt", ".csv", ".tsv", ".map", ".webmanifest", ".conf"),
    *(".yaml", ".yml", ".toml", ".ics", ".vcf", "_headers", "_redirects", "CNAME"),
)
_SILENT = frozenset(
    {
        *(
            "class",
            "style",
            "role",
            "type",
            "rel",
            "lang",
            "charset",
            "name",
            "http-equiv",
            "xmlns",
        ),
        *("media", "sizes", "viewBox", "d", "method", "loading", "scope", "for", "tabindex"),
    }
)
"""Attributes that hold words of a language for machines."""
_POLICY = re.compile(r"'sha256-[^']*'|\bsha\d+-[\w+/=]+|\bdata:[\w/+.-]+;base64,[\w+/=]+")
_ESCAPE = re.compile(r"\\(?:u([0-9a-fA-F]{4})|(.))")
_STEMS = re.compile(rf"{re.escape(FINDER)}parts-\w+/(?:terms|names|words)")
"""Parts of a large index that hold words brought to their stems, or joined."""
_PARTING, _PARTING_TOO = "\"'=<>()[]{},;|!?*`", "\u201c\u201d\u201e\u2018\u2019\u2026\u00ab\u00bb"
_IN_NAMES = "-/#.&%\\\u2010\u2011\u2012\u2013"
_CODE = re.compile(r"<code\b.*?</code>", re.DOTALL)
_TAG = re.compile("<[^>]*>")
_WORD = re.compile(r"[^\W_]+(?:-[^\W_]+)*")
_MOST = 20
"""So many places are told; what leaks so often has one cause."""


@dataclass
class _Seen:
    """What has been read so far, so that it is not read again: pieces of text without spaces, each
    with the file in which it stood first.

    `quiet` are those of attributes that hold no words for readers, `stems` those of the finder that
    hold words brought to their stems, or joined.
    """

    chunks: set[str] = field(default_factory=set)
    attributes: set[str] = field(default_factory=set)
    texts: dict[str, str] = field(default_factory=dict)
    quiet: dict[str, str] = field(default_factory=dict)
    stems: dict[str, str] = field(default_factory=dict)

    def list_all(self) -> Iterator[tuple[str, str]]:
        """All pieces, with the files."""
        for known in (self.texts, self.quiet, self.stems):
            yield from known.items()


def find_leaks(
    files: Iterable[tuple[str, bytes]],
    telling: Telling,
    settings: str,
    read_known: Callable[[], Iterable[str]],
) -> list[Problem]:
    """What in the files of a site, path and content, tells of something hidden.

    `settings` is what the maintainer wrote for every reader, `read_known` gives the texts that the
    program and the theme bring along; they are read only where something was found.
    """
    seen = _Seen()
    for path, content in files:
        _read_file(seen, path, content)
    words = telling.find_words(settings)
    named = dict(_find_names(seen, telling, words))
    found = set(_find_words(seen, words)) - split_all(named)
    if found or named:
        known = split_all(read_known())
        found -= known
        named = {
            name: at for name, at in named.items() if at.is_sure or not split_words(name) <= known
        }
    return [
        *(_say_name(at, telling) for at in named.values()),
        *(_say_word(_find_file(seen, word), word, telling) for word in sorted(found)),
    ][:_MOST]


def _add(path: str, text: str, to: dict[str, str]) -> None:
    """Remember the pieces of a text."""
    for piece in set(text.split()):
        if piece not in to:
            to[piece] = path


def _read_file(seen: _Seen, path: str, content: bytes) -> None:
    _add(path, path, seen.texts)
    if path.endswith(".gz"):
        path, content = path.removesuffix(".gz"), _unpack(content)
    if path.endswith(_PAGES):
        _read_page(seen, path, content.decode("utf-8", "replace"))
    elif path.endswith(TEXTS):
        text = content.decode("utf-8", "replace")
        if path == INDEX:
            text = _without_initials(text)
        text = _part(_unescape(_without_policy(text)))
        _add(path, text, seen.stems if _STEMS.match(path) else seen.texts)
    else:
        for text in read_metadata(content):
            _read_page(seen, path, text)


def _read_page(seen: _Seen, path: str, text: str) -> None:
    """Texts and attributes; what stood so on another page was read there."""
    chunks = [chunk for chunk in text.split("<") if chunk not in seen.chunks]
    seen.chunks.update(chunks)
    parted = [chunk.partition(">") for chunk in chunks]
    said = " ".join(end if sign else start for start, sign, end in parted)
    _add(path, _decode(said), seen.texts)
    if "<code" in text:
        _add(path, _decode("\n".join(_list_code(text))), seen.quiet)
    pieces = set('" '.join(start for start, sign, _ in parted if sign).split('" '))
    for piece in pieces - seen.attributes:
        seen.attributes.add(piece)
        name, sign, value = piece.partition('="')
        value = _decode(_without_policy(value if sign else piece.partition(" ")[2]))
        is_silent = name.rpartition(" ")[2] in _SILENT
        _add(path, value, seen.quiet if is_silent else seen.texts)


def _list_code(html: str) -> Iterator[str]:
    """Code, in which every sign may have an element of its own."""
    for found in _CODE.finditer(html):
        yield _TAG.sub("", found[0])


def _decode(text: str) -> str:
    text = html.unescape(text) if "&" in text else text
    return _part(unquote(text) if "%" in text else text)


def _part(text: str) -> str:
    """A text in which only spaces part the pieces."""
    for sign in _PARTING:
        text = text.replace(sign, " ")
    if not text.isascii():
        for sign in _PARTING_TOO:
            text = text.replace(sign, " ")
    return text


def _without_policy(text: str) -> str:
    """A text without what is no text: hashes, and pictures that stand in it."""
    return _POLICY.sub(" ", text) if "sha" in text or "base64" in text else text


def _unescape(text: str) -> str:
    """The text behind the escapes of JSON and JavaScript."""
    if "\\" not in text:
        return text
    return _ESCAPE.sub(
        lambda found: chr(int(found[1], 16)) if found[1] else {"/": "/"}.get(found[2], " "), text
    )


def _without_initials(text: str) -> str:
    """The finder's index without the abbreviations that it made itself."""
    try:
        content = json.loads(text)
    except ValueError:
        return text
    if isinstance(content, dict):
        content.pop("initials", None)
    return json.dumps(content, ensure_ascii=False)


def _unpack(content: bytes) -> bytes:
    try:
        return gzip.decompress(content)
    except (OSError, EOFError, zlib.error):
        return content


def _find_words(seen: _Seen, words: Words) -> Iterator[str]:
    """Telling words that stand somewhere."""
    for pieces in (seen.texts, seen.stems):
        for word in split_words(_join(pieces)) & words.suspicious:
            if words.is_telling(word) and not (pieces is seen.stems and _is_joined(word, words)):
                yield word


def _join(pieces: Iterable[str]) -> str:
    """Pieces one below the other, decoded once more where they may have been written so twice."""
    text = "\n".join(
        read_plainly(one) if "%" in one or "&" in one or "\\" in one else one for one in pieces
    )
    return text if text.isascii() else read_plainly(text)


def _is_joined(word: str, words: Words) -> bool:
    """Whether a word may have been made of words that readers get: joined, or a part of one."""
    return word in words.phrases.replace(" ", "")


def _find_file(seen: _Seen, word: str) -> str:
    """The first file that holds a word."""
    return next(path for piece, path in seen.list_all() if word in split_words(read_plainly(piece)))


@dataclass(frozen=True)
class _NamedAt:
    """A hidden entry (None: a page) that is named in a file. An id alone may yet be a word of the
    program; all else `is_sure`.
    """

    key: Key | None
    path: str
    is_sure: bool


def _find_names(seen: _Seen, telling: Telling, words: Words) -> Iterator[tuple[str, _NamedAt]]:
    """Names of what is hidden that stand somewhere."""
    names = telling.names
    pieces = [one for one in seen.list_all() if any(sign in one[0] for sign in _IN_NAMES)]
    everything = _join(piece for piece, _ in pieces).lower()
    ids = {key.id for key in names.keys}.intersection(_WORD.findall(everything))
    marks = [*ids, *(name.lower() for name in names.files if name.lower() in everything)]
    if not marks:
        return
    for piece, path in pieces:
        plain = read_plainly(piece).lower()
        if any(mark in plain for mark in marks):
            for named in names.find(plain):
                is_sure = "/" in named.written or "." in named.written or "#" in named.written
                if is_sure or not words.is_said(named.written):
                    yield named.written.lower(), _NamedAt(named.key, path, is_sure)


def _say_name(at: _NamedAt, telling: Telling) -> Problem:
    path, key = at.path, at.key
    place = telling.find_entry(key) if key else Place("")
    what = "an entry" if key else "a page"
    return LEAK.problem(
        place=place if place.file else Place(path),
        title=f'"{path}" of the site names {what} that its readers do not get',
        why=f"It holds the kind and id, the address, the file or the id of {what} that is kept from them.",
    )


def _say_word(path: str, word: str, telling: Telling) -> Problem:
    place = telling.find_place(word)
    is_now = "here is where it is written" if place.file else "it was written in an earlier version"
    return LEAK.problem(
        place=place if place.file else Place(path),
        title=f'"{path}" of the site holds a word of {len(word)} letters that only hidden texts hold',
        why=f"No text for these readers has it, nor has the program; {is_now}.",
    )
