"""What names an entry that a reader does not get, in a text that he does: its kind and id, its
address, its file, or its id alone.

An id alone counts where it holds a hyphen, unless the entry itself is called so: nobody writes
`two-stage-bidding` by accident, but what is called "Tie-in", or the term "use case", has its id from
the language. An id that
may be an ordinary word counts only where nobody writes sentences: in a comment, in an attribute of
HTML, in data.
"""

from __future__ import annotations

import html
import re
from collections.abc import Callable, Iterable, Iterator, Mapping, Set
from dataclasses import dataclass
from functools import cached_property
from operator import itemgetter
from posixpath import basename
from urllib.parse import unquote

from generator.model.addresses import placement_of
from generator.model.edition import Edition
from generator.model.entry import Entry, Key
from generator.model.markdown import EntryLink, replace_page_links
from generator.model.strategy import Strategy

_ID = r"[a-z0-9]+(?:-[a-z0-9]+)*"
_WORD = re.compile(rf"(?<![\w-]){_ID}(?![\w-])", re.IGNORECASE)
_ENTRY_FILE = re.compile(rf"(?<![\w-])({_ID})\.ya?ml(?!\w)", re.IGNORECASE)
_ADDRESSED = re.compile(r"[^\s\"'<>()\[\]{}|\\,;`*]+[./][^\s\"'<>()\[\]{}|\\,;`*]+")
_HYPHENS = re.compile("[\u2010\u2011\u2012\u2013\ufe63\uff0d]|\\\\-")
_UNSEEN = re.compile("[\u00ad\u200b-\u200f\u2060\ufeff]")
_ESCAPED = re.compile(r"\\u00([0-7][0-9a-fA-F])")
_SLASHES = re.compile(r"\\/|\\\\")

_QUIET = re.compile(
    r"\A---[ \t]*\n(?P<front>.*?\n)(?:---|\.\.\.)[ \t]*\n"
    r"|(?P<comment><!--.*?(?:-->|\Z))"
    r"|(?P<script><script\b.*?</script\s*>)"
    r"|(?P<tag><[a-zA-Z][^<>]*>)"
    r"|^[ \t>]*(?P<fence>```+|~~~+)[ \t]*(?:ya?ml|json5?|toml|csv|xml|ini)\b[^\n]*\n"
    r"(?P<data>.*?)^[ \t>]*(?P=fence)"
    r"|\{[:#.][ \t]*(?P<marks>[^{}\n]*)\}"
    r"|\]\(\s*<?(?P<target>[^)\s>]+)"
    r"|^ {0,3}\[[^\]\n]+\]:\s*<?(?P<defined>[^\s>]+)",
    re.DOTALL | re.MULTILINE | re.IGNORECASE,
)
"""Where a page holds what is not read as a sentence."""
_ATTRIBUTE = re.compile(r"([\w:.@-]+)\s*=\s*(?:\"([^\"]*)\"|'([^']*)'|([^\s\"'>]+))")
_SENTENCES = re.compile(r"alt|title|content|placeholder|label|summary|aria-.*|description")
"""Attributes, and fields of front matter, that hold words for a reader."""
_SETTING = re.compile(r"^[ \t]*(?:-[ \t]+)?([\w-]+)[ \t]*:", re.MULTILINE)


@dataclass(frozen=True, slots=True)
class Named:
    """A place in a text that names what its reader does not get. `key` is the entry; None for a
    page. Lines count from 1.
    """

    key: Key | None
    written: str
    line: int


@dataclass(frozen=True)
class HiddenNames:
    """The names of all that a reader does not get.

    `ids` are those that nothing bears which he does get; `called` are the ones among them that are
    words of the language, by what their own entries are called. `files` are names of files, and
    addresses elsewhere, of documents and of pages.
    """

    keys: Set[Key]
    ids: Mapping[str, Key]
    called: Set[str]
    files: Mapping[str, Key | None]
    kinds: Mapping[str, str]
    """Every kind by its name, and by its folder on the site."""

    @cached_property
    def _keyed(self) -> re.Pattern[str]:
        """`objections/too-dear`, `proof/#plant`, `proof/index.md#plant`."""
        return re.compile(
            rf"(?<![\w-])({'|'.join(sorted(self.kinds, key=len, reverse=True))})"
            rf"(?:/(?:index)?(?:\.md|\.html)?)?(?:\.md|\.ya?ml|\.html)?[/#\\]+({_ID})(?![\w-])",
            re.IGNORECASE,
        )

    @cached_property
    def _all_ids(self) -> Set[str]:
        return {key.id for key in self.keys}

    def find(self, text: str) -> Iterator[Named]:
        """What names something hidden in a text of sentences."""
        plain = read_plainly(text)
        places = {place: (key, written) for place, key, written in self._find_all(plain)}
        for place, (key, written) in sorted(places.items(), key=itemgetter(0)):
            yield Named(key, written, plain.count("\n", 0, place) + 1)

    def find_in_page(self, text: str, shown: Strategy) -> Iterator[Named]:
        """The same in the source of a hand-written page. Links to entries are no names: of a link
        to one that is hidden, the site has the words alone.
        """
        plain = read_plainly(_without_links(text, shown))
        found = (*self._find_all(plain), *self._find_quiet(plain))
        places = {place: (key, written) for place, key, written in found}
        for place, (key, written) in sorted(places.items(), key=itemgetter(0)):
            yield Named(key, written, plain.count("\n", 0, place) + 1)

    def is_hidden_id(self, word: str) -> bool:
        """Whether a word is an id that counts wherever it stands."""
        return "-" in word and word in self.ids and word not in self.called

    def _find_all(self, text: str) -> Iterator[tuple[int, Key | None, str]]:
        words = [(found.start(), found[0].lower()) for found in _WORD.finditer(text)]
        for start, word in words:
            if self.is_hidden_id(word):
                yield start, self.ids[word], word
        if not self._all_ids.isdisjoint(word for _, word in words):
            for found in self._keyed.finditer(text):
                key = Key(self.kinds[found[1].lower()], found[2].lower())
                if key in self.keys:
                    yield found.start(), key, found[0]
            for found in _ENTRY_FILE.finditer(text):
                if found[1].lower() in self.ids:
                    yield found.start(), self.ids[found[1].lower()], found[0]
        if self.files:
            for found in _ADDRESSED.finditer(text):
                address = found[0].rstrip(".:!?")
                path = address.partition("#")[0].partition("?")[0]
                for name in (address, path, basename(path)):
                    if name in self.files:
                        yield found.start(), self.files[name], name
                        break

    def _find_quiet(self, text: str) -> Iterator[tuple[int, Key, str]]:
        """Ids that may be ordinary words, where nobody writes sentences."""
        if self._all_ids.isdisjoint(_WORD.findall(text)):
            return
        for found in _QUIET.finditer(text):
            for name, part in found.groupdict().items():
                if part and name != "fence":
                    for start, word in _list_words(name, part):
                        if word in self.ids:
                            yield found.start(name) + start, self.ids[word], word


def list_hidden_names(
    whole: Strategy, edition: Edition, hidden: Set[Key], pages: Iterable[str], shown: Set[str]
) -> HiddenNames:
    """What names the entries `hidden` from the reader of an edition, and pages by their paths.
    `whole` is the strategy that the edition is of; `shown` are the pages that the reader gets.
    """
    mine = {name for entry in edition.strategy for name in (entry.id, *entry.former_ids)}
    ids = {key.id: key for key in sorted(hidden, key=str) if key.id not in mine}
    entries = [entry for entry in whole if entry.key in hidden]
    called = {entry.id for entry in entries if entry.id in _list_called(entry)}
    files: dict[str, Key | None] = {}
    for page in pages:
        files |= dict.fromkeys({page, basename(page)} - {"index.md", "README.md"} - shown)
    for entry in entries:
        url = str(getattr(entry, "url", "") or "")
        names = {url} if "://" in url else {url, basename(url)}
        files |= dict.fromkeys(names - {""}, entry.key)
    kept = {str(getattr(entry, "url", "")) for entry in edition.strategy}
    for name in {*kept, *map(basename, kept), *map(basename, shown), *shown}:
        files.pop(name, None)
    kinds = {placement_of(kind).folder: kind for kind in whole.entries}
    kinds |= {kind: kind for kind in whole.entries}
    return HiddenNames(hidden, {**ids}, called | set(kinds), files, kinds)


def read_plainly(text: str) -> str:
    """A text as whoever decodes it reads it: no entities, no percent signs for letters, no signs
    that nobody sees. Lines stay as they are.
    """
    if "\\" in text:
        text = _ESCAPED.sub(lambda found: chr(int(found[1], 16)), _SLASHES.sub("/", text))
    if "&" in text:
        text = _on_each_line(html.unescape, text)
    if "%" in text:
        text = _on_each_line(unquote, text)
    return text if text.isascii() and "\\" not in text else _UNSEEN.sub("", _HYPHENS.sub("-", text))


def _on_each_line(decode: Callable[[str], str], text: str) -> str:
    return "\n".join(" ".join(decode(line).splitlines()) for line in text.split("\n"))


def _without_links(text: str, shown: Strategy) -> str:
    """A page without the addresses of its links to entries; no line moves."""

    def leave_words(link: EntryLink) -> str:
        kind, _, name = link.target.partition("/")
        is_shown = kind in shown.entries and shown.find(Key(kind, name)) is not None
        left = link.lead_to("") if is_shown and link.head else link.words
        return left + "\n" * (text.count("\n", link.start, link.end) - left.count("\n"))

    return replace_page_links(text, leave_words)


def _list_words(where: str, part: str) -> Iterator[tuple[int, str]]:
    """The words of a part of a page in which nobody writes sentences, each with its start."""
    if where == "tag":
        for found in _ATTRIBUTE.finditer(part):
            group = next(number for number in (2, 3, 4) if found[number] is not None)
            if _SENTENCES.fullmatch(found[1].lower()):
                yield found.start(group), found[group].strip()
            else:
                yield from _list_names(found[group], found.start(group))
    elif where in ("target", "defined", "marks"):
        yield from _list_names(part, 0)
    elif where == "front":
        start = 0
        for line in part.splitlines(keepends=True):
            said = _SETTING.match(line)
            if said is None or not _SENTENCES.fullmatch(said[1].lower()):
                yield from ((start + word.start(), word[0]) for word in _WORD.finditer(line))
            start += len(line)
    else:
        yield from ((word.start(), word[0]) for word in _WORD.finditer(part))


def _list_names(value: str, start: int) -> Iterator[tuple[int, str]]:
    """What a value names that is no sentence: its words, and the folders of an address."""
    for found in re.finditer(r"[^\s,;:|#?&=/.][^\s,;:|#?&=/]*", value):
        yield start + found.start(), found[0]


def _list_called(entry: Entry) -> Iterator[str]:
    names = [entry.title]
    for field in ("also", "also_said", "titles"):
        names += getattr(entry, field, ())
    for name in names:
        words = [found[0].lower() for found in _WORD.finditer(read_plainly(name))]
        yield from (words if entry.KIND != "glossary" else (*words, "-".join(words)))
