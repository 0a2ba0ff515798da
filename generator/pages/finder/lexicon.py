"""Words of the sales field that mean the same, by language: what a seller types and what a playbook
says seldom share a word.

`synonyms/en.txt` has a group a line: words and phrases, parted by commas, each with `~0.5` behind it
where it says less than the others of its group. A company adds its own words in its glossary, under
`also`.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence
from functools import cache
from importlib.resources import files

from generator.pages.finder.tokenizer import Terms, find_language


@cache
def read_lexicon(language: str) -> Sequence[str]:
    """The groups of a language, as they stand there; none where nobody has written them."""
    file = files("generator.pages.finder").joinpath("synonyms", f"{find_language(language)}.txt")
    if not file.is_file():
        return ()
    lines = (line.strip() for line in file.read_text("utf-8").splitlines())
    return tuple(line for line in lines if line and not line.startswith("#"))


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
