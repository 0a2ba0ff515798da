"""Words as the finder knows them: `finder-terms.js` in the browser does the same, so what is
counted here is found there.

A word may be written in several ways. `board-mill` counts as `board`, as `mill` and as `boardmill`;
`12.500` and `12 500` as `12500`; a sign that carries meaning stays with its letters (`c++`, `r&d`);
a run of a script that puts no spaces between words counts as its overlapping pairs of letters; of
`Kühl- und Gefrierlager` it is kept what the hyphen leaves out (`kuhl~gefrierlager`), so that who
types `Kühllager` finds it.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Iterable, Iterator, Mapping
from functools import cache

import snowballstemmer

LANGUAGES: Mapping[str, str] = {
    "ar": "arabic",
    "ca": "catalan",
    "da": "danish",
    "de": "german",
    "el": "greek",
    "en": "english",
    "es": "spanish",
    "et": "estonian",
    "eu": "basque",
    "fi": "finnish",
    "fr": "french",
    "ga": "irish",
    "hi": "hindi",
    "hu": "hungarian",
    "hy": "armenian",
    "id": "indonesian",
    "it": "italian",
    "lt": "lithuanian",
    "ne": "nepali",
    "nl": "dutch",
    "no": "norwegian",
    "pt": "portuguese",
    "ro": "romanian",
    "ru": "russian",
    "sr": "serbian",
    "sv": "swedish",
    "ta": "tamil",
    "tr": "turkish",
}
"""The languages whose words are brought to their stems, and what Snowball calls them."""
_QUOTES = re.compile("[\u2018\u2019\u02bc\u00b4`\u2032]")
_CAMEL = re.compile("([a-zäöüß]{2})([A-ZÄÖÜ])(?=[a-zäöüß]{2})")
"""Where a name that is written in one begins a new word: `LaunchDarkly`."""
_IGNORED = re.compile("[\u0300-\u036f\u20d0-\u20ff\ufe00-\ufe0f\u200b-\u200f\u00ad\ufeff]")
"""Marks that stand on their own, and what nobody sees."""
_MARKED = re.compile("[\u00c0-\u024f\u0370-\u03ff\u0400-\u045f\u1e00-\u1fff]")
"""Letters that may carry a mark which is left out: Latin, Greek and Cyrillic ones."""
_LETTERS = {
    "ß": "ss",
    "ø": "o",
    "æ": "ae",
    "œ": "oe",
    "ł": "l",
    "đ": "d",
    "ı": "i",
    "ς": "σ",
    "й": "й",  # a letter of its own
}
_UNSPACED = (
    "\u3005-\u3007\u3040-\u30ff\u31f0-\u31ff\u3400-\u9fff\uf900-\ufaff\U00020000-\U000323af"
    "\u1100-\u11ff\uac00-\ud7af\u0e01-\u0e4e\u0e80-\u0ece\u1000-\u109f\u1780-\u17d3"
)
"""Letters of scripts that put no spaces between words: Chinese, Japanese, Thai, Lao, Burmese,
Khmer; and Korean, which puts them after the endings that it adds to words.
"""
_RUN = re.compile(f"[{_UNSPACED}]+|[^{_UNSPACED}]+")
_HAS_UNSPACED = re.compile(f"[{_UNSPACED}]")
_FOREIGN = re.compile("[\u0483-\u1fff\u2c00-\U0010ffff]")
_SIGNED = re.compile("[0-9+#&/.°]")
"""In a word: it is a figure or a name, not a word that has endings."""
_JOINT = re.compile("[-_./&\u2010]")
_HANGS = re.compile("[a-z0-9][-\u2010],?\\s|\\s[-\u2010][a-z0-9]")
_HANGING_END = re.compile("[-\u2010],?$")
_HANGING_START = re.compile("^[-\u2010]")
_MEMBER = re.compile("^[^a-z0-9]*([a-z0-9]+(?:[-\u2010][a-z0-9]+)*)[^a-z0-9]*$")
"""A word between its marks, whatever it is joined of."""
_ELIDING = frozenset({"ca", "fr", "it"})
"""Languages that join a little word to the next by an apostrophe: `l'offre`."""
_MOST_JOINED = 3


def fold(text: str) -> str:
    """A text without capitals, accents and variants of letters; `CO₂` becomes `co2`."""
    spread = _CAMEL.sub("\\1\u2010\\2", text) if not text.islower() else text
    if not spread.isascii():
        spread = unicodedata.normalize("NFKC", _QUOTES.sub("'", spread)).lower()
        return _IGNORED.sub("", _MARKED.sub(_strip_mark, spread))
    return spread.lower().replace("`", "'")


@cache
def _strip(letter: str) -> str:
    return _LETTERS.get(letter) or "".join(
        part
        for part in unicodedata.normalize("NFD", letter)
        if not unicodedata.category(part).startswith("M")
    )


def _strip_mark(found: re.Match[str]) -> str:
    return _strip(found[0])


def _write_scanner(letter: str) -> re.Pattern[str]:
    """What finds figures, and words with what they are joined to; `letter` matches one of a word."""
    atom = f"(?:{letter})+(?:'(?:{letter})+)*"
    return re.compile(
        f"(?<![0-9.,'])(?P<figure>[1-9][0-9]{{0,2}}([.,' ])[0-9]{{3}}(?:\\2[0-9]{{3}})*(?:[.,][0-9]+)?)(?!{letter})"
        f"|(?<!{letter})(?P<decimal>[0-9]+(?:[.,][0-9]+)+)"
        f"|°?{atom}(?:[-_./&\u2010]{atom})*(?:(?:\\+\\+?|#)(?!{letter}))?"
    )


_SCANNER = _write_scanner(r"[^\W_]")


@cache
def _scanner_with_marks() -> re.Pattern[str]:
    """As `_SCANNER`, for texts of scripts whose vowels are marks."""
    marks = [
        chr(code)
        for code in (*range(0x483, 0x2000), *range(0x2C00, 0xFE00), *range(0x10A00, 0x12000))
        if unicodedata.category(chr(code)).startswith("M")
    ]
    return _write_scanner(f"(?:[^\\W_]|[{''.join(marks)}])")


class Token:
    """A word as it stands in a text: the words it is made of, and what it is as one.

    `whole` is empty where it is nothing but its parts. `has_sign`: its parts alone are not what it
    means.
    """

    __slots__ = ("has_sign", "parts", "whole")

    def __init__(self, parts: list[str], whole: str = "", has_sign: bool = False) -> None:
        self.parts, self.whole, self.has_sign = parts, whole, has_sign


def scan(text: str, language: str = "") -> Iterator[Token]:
    """The words of a text in order."""
    folded = fold(text)
    is_plain = folded.isascii() or not _FOREIGN.search(folded)
    elides = language in _ELIDING
    for found in (_SCANNER if is_plain else _scanner_with_marks()).finditer(folded):
        word = found[0]
        if word.isalnum() and (is_plain or not _HAS_UNSPACED.search(word)):
            yield Token([word])
        elif found["figure"]:
            yield _read_figure(word, found[2])
        elif found["decimal"]:
            yield Token(re.split("[.,]", word), word.replace(",", "."))
        else:
            yield _read_joined(word, elides)


def _read_figure(written: str, separator: str) -> Token:
    """`12.500`, `12 500` and `12'500` are one figure; what only spaces part may be several."""
    whole = re.sub(r"\.0+$", "", written.replace(separator, "").replace(",", "."))
    return Token(written.split() if separator == " " else [whole], whole)


def _read_joined(written: str, elides: bool) -> Token:
    """A word that is joined of several, or ends or begins with a sign."""
    bare = written.lstrip("°").rstrip("+#")
    joints = set(_JOINT.findall(bare))
    atoms = [atom for atom in _JOINT.split(bare.replace("'", "-") if elides else bare) if atom]
    atoms = [re.sub("'s$", "", atom).replace("'", "") for atom in atoms]
    parts = [part for atom in atoms for part in _split_unspaced(atom)]
    sign = written[len(written.rstrip("+#")) :] if not bare[-1:].isdigit() else ""
    if sign or written[0] == "°":
        return Token(parts, f"{'°' if written[0] == '°' else ''}{''.join(atoms)}{sign}", True)
    longest = max(map(len, atoms), default=0)
    if joints == {"&"} and longest <= 3:
        return Token(parts, "&".join(atoms), True)
    if joints == {"/"} and len(atoms) == 2 and longest <= 2:
        return Token(parts, "/".join(atoms))
    if joints and _is_one_word(atoms, joints) and len(parts) == len(atoms):
        return Token(parts, "".join(atoms))
    return Token(parts)


def _is_one_word(atoms: list[str], joints: set[str]) -> bool:
    """Whether what is joined may be written in one as well: `on-site`, `node.js`, `u.s.`."""
    if all(atom.isdigit() for atom in atoms) or joints & {"/", "&"}:
        return False
    if joints == {"."} and max(map(len, atoms)) == 1:
        return True
    return 1 < len(atoms) <= (2 if "." in joints else _MOST_JOINED)


def _split_unspaced(atom: str) -> Iterator[str]:
    """A word in runs of letters by script: of those without spaces, their overlapping pairs."""
    if not _HAS_UNSPACED.search(atom):
        yield atom
        return
    for run in _RUN.findall(atom):
        if len(run) > 1 and _HAS_UNSPACED.match(run):
            yield from (run[at : at + 2] for at in range(len(run) - 1))
        else:
            yield run


def split(text: str, language: str = "") -> list[str]:
    """All words that a text counts as, in order."""
    words: list[str] = []
    for token in scan(text, language):
        words += token.parts
        if token.whole and token.parts != [token.whole]:
            words.append(token.whole)
    folded = fold(text)
    if _HANGS.search(folded):
        words += _list_hanging(folded)
    return words


def _list_hanging(folded: str) -> Iterator[str]:
    """What a hyphen leaves out of words that share a part, with the word that has it: `kuhl-, gefrier-
    und trockenlager`, `auftragsannahme und -abwicklung`. One word stands between: that for `and`.
    """
    pieces = folded.split()
    for place, piece in enumerate(pieces):
        if _HANGING_END.search(piece):
            other = place + 1
            while other < len(pieces) and _HANGING_END.search(pieces[other]):
                other += 1
            yield from _pair(piece, pieces[other + 1] if other + 1 < len(pieces) else "")
        elif _HANGING_START.match(piece):
            other = place - (1 if place and pieces[place - 1].endswith(",") else 2)
            while other >= 0 and _HANGING_START.match(pieces[other]):
                other -= 1
            yield from _pair(pieces[other] if other >= 0 else "", piece)


def _pair(first: str, second: str) -> Iterator[str]:
    members = _MEMBER.match(first), _MEMBER.match(second)
    if members[0] and members[1]:
        yield "~".join(_JOINT.sub("", found[1]) for found in members if found)


class Terms:
    """The words of one language (`en`, `de`, `pt-BR`), brought to their stems, without those that
    tell nothing.
    """

    def __init__(self, language: str, stop_words: Iterable[str]) -> None:
        self.language = find_language(language)
        stemmer = (
            snowballstemmer.stemmer(LANGUAGES[self.language])
            if self.language in LANGUAGES
            else None
        )
        self._bring: Callable[[str], str] = stemmer.stemWord if stemmer else str
        self.stem: Callable[[str], str] = cache(self._stem)
        self._stop_words = {word for text in stop_words for word in split(text)}

    def _stem(self, word: str) -> str:
        return word if _SIGNED.search(word) else self._bring(word)

    def split(self, text: str) -> list[str]:
        """All words that a text counts as, in order."""
        return split(text, self.language)

    def key_of(self, text: str) -> str:
        """What two texts have in common that are the same name."""
        tokens = list(scan(text, self.language))
        words = [
            word for token in tokens for word in ([token.whole] if token.has_sign else token.parts)
        ]
        telling = [word for word in words if word not in self._stop_words]
        return " ".join(map(self.stem, telling or words))

    def key_in_one(self, text: str) -> str:
        """The same, however its words are joined: `Board mill`, `board-mill`, `boardmill`."""
        tokens = scan(text, self.language)
        return "".join(
            part for token in tokens for part in ([token.whole] if token.has_sign else token.parts)
        )


def find_language(language: str) -> str:
    """The language of a tag such as `pt-BR`; both written forms of Norwegian are one here."""
    code = language.lower().partition("-")[0]
    return "no" if code in ("nb", "nn") else code
