"""Words of the sales field that mean the same, by language: what a seller types and what a playbook
says seldom share a word.

`synonyms/en.txt` has a group a line: words and phrases, parted by commas, each with `~0.5` behind it
where it says less than the others of its group. `synonyms/de-en.txt` leads from the words of one
language to those of another: not every seller types in the language of the playbook. A company adds
its own words in its glossary, under `also`.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence
from functools import cache
from importlib.resources import files

from generator.pages.finder.tokenizer import Terms, find_language

_FOLDER = files("generator.pages.finder").joinpath("synonyms")
_FOREIGN = "~0.8"
"""What a word of another language is worth beside those of the playbook's own."""


@cache
def read_lexicon(language: str) -> Sequence[str]:
    """The groups of a language, with the words of others in them; none where nobody has written
    them.
    """
    code = find_language(language)
    groups = _Groups()
    for line in _read_lines(f"{code}.txt"):
        groups.begin(line.split(", "))
    for file in sorted(file.name for file in _FOLDER.iterdir()):
        languages = file.removesuffix(".txt").split("-")
        if code in languages and len(languages) > 1:
            for line in _read_lines(file):
                sides = [side.split(", ") for side in line.split(" = ")]
                mine = sides.pop(languages[::-1].index(code))
                groups.take_in(mine, [f"{word}{_FOREIGN}" for side in sides for word in side])
    return tuple(", ".join(group) for group in groups.all)


class _Groups:
    """Words that mean the same, and in which groups each stands."""

    def __init__(self) -> None:
        self.all: list[list[str]] = []
        self._having: dict[str, list[int]] = {}

    def begin(self, words: Sequence[str]) -> None:
        """A group of its own."""
        self.all.append([])
        self._add(len(self.all) - 1, words)

    def take_in(self, mine: Sequence[str], foreign: Sequence[str]) -> None:
        """Add words of another language to the groups that begin with one of ours, else to those
        that have one; else they are a group with ours.
        """
        having = sorted({number for word in mine for number in self._having.get(word, ())})
        found = [number for number in having if self.all[number][0] in mine] or having
        for number in found:
            self._add(number, foreign)
        if not found:
            self.begin([*mine, *foreign])

    def _add(self, number: int, words: Sequence[str]) -> None:
        group = self.all[number]
        for word in words:
            if word not in group:
                group.append(word)
                self._having.setdefault(word.partition("~")[0], []).append(number)


def _read_lines(name: str) -> list[str]:
    file = _FOLDER.joinpath(name)
    lines = file.read_text("utf-8").splitlines() if file.is_file() else ()
    return [line.strip() for line in lines if line.strip() and not line.startswith("#")]


def read_stop_words(language: str) -> Sequence[str]:
    """Words that tell nothing in a language whose interface nobody has written; the others have them
    in their catalogue.
    """
    file = files("generator.pages.finder").joinpath("stop_words", f"{find_language(language)}.txt")
    if not file.is_file():
        return ()
    lines = file.read_text("utf-8").splitlines()
    return tuple(word for line in lines if not line.startswith("#") for word in line.split())


def write_groups(terms: Terms, articles: Collection[str]) -> Iterator[str]:
    """The groups of a language for the browser: each word or phrase with its key, so that no page has
    to work that out: `notice=notic,notice period=notic period~0.5`.
    """
    for line in read_lexicon(terms.language):
        members = []
        for member in line.split(", "):
            says, _, weight = member.partition("~")
            words = (word for word in terms.split(says) if word not in articles)
            key = " ".join(map(terms.stem, words))
            members.append(
                says + (f"={key}" if key != says else "") + (f"~{weight}" if weight else "")
            )
        yield ",".join(members)
