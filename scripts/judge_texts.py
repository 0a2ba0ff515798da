"""What the checks of texts say about the Markdown and YAML files of a folder, a line each: to judge
the checks, not the texts.

Each paragraph, list item and table cell counts as a text that sellers say; each short one as a
claim. Usage: python scripts/judge_texts.py FOLDER
"""

from __future__ import annotations

import re
import sys
from collections.abc import Iterator
from pathlib import Path

from generator.checks.clarity import SHORTEST_HARD
from generator.checks.evidence import find_figures
from generator.checks.readable_text import count_words, measure_difficulty
from generator.checks.similarity import find_twins
from generator.checks.wordlist import find_words
from generator.model.header import Checks, Words
from generator.model.placeholders import find_placeholder

_FENCE = re.compile(
    r"^```.*?^```|^---\n.*?^---\n|<!--.*?-->|<[^>\n]+>|\{\{[^}]*\}\}", re.MULTILINE | re.DOTALL
)
_PIECE = re.compile(
    r"\n\s*\n|\n(?=\s*(?:[-*+]|\d+[.)])\s)|\n(?=#)|\n(?=\|)|(?<=[^|\n])\|(?=[^|\n])"
)


def read_pieces(text: str) -> Iterator[str]:
    """The paragraphs, items and cells of a Markdown text, without headings and code."""
    for piece in _PIECE.split(_FENCE.sub("", text)):
        bare = piece.strip(" \n|")
        if bare and not re.fullmatch(r"[-:|\s]*", bare) and not bare.startswith("#"):
            yield re.sub(r"^(?:[-*+]|\d+[.)])\s+", "", bare)


def judge(piece: str) -> Iterator[tuple[str, str]]:
    """What the checks of a single text find in it."""
    for word in find_words(piece, "vague", "en", Words()):
        yield "vague-words", word
    for word in find_words(piece, "empty", "en", Words()):
        yield "empty-phrase", word
    found = find_placeholder(piece)
    if found:
        yield "placeholder-text", found
    figures = list(find_figures(piece))
    if figures:
        yield "number-without-source", ", ".join(figures)
    if (
        count_words(piece) >= SHORTEST_HARD
        and (hard := measure_difficulty(piece, "en")) > Checks().hardest_reading
    ):
        yield "hard-to-read", f"{hard:.0f}"


def is_claim(piece: str) -> bool:
    """Whether a text is as long as a claim, and neither a quote, a question nor the beginning of a
    list.
    """
    return 6 <= count_words(piece) <= 25 and piece[0] not in '"“>' and piece[-1] not in ":?"


def main() -> None:
    """Print check, finding, file and the text, parted by tabs."""
    pieces: list[tuple[Path, str]] = []
    folder = Path(sys.argv[1])
    for path in sorted(folder.rglob("*.md")):
        pieces += [
            (path.relative_to(folder), piece) for piece in read_pieces(path.read_text("utf-8"))
        ]
    for path, piece in pieces:
        for check, what in judge(piece):
            print(check, what, path, " ".join(piece.split())[:200], sep="\t")
    claims = [(path, piece) for path, piece in pieces if is_claim(piece)]
    for earlier, later in find_twins([piece for _, piece in claims], Checks().same_claim):
        print(
            "same-claim",
            claims[earlier][1][:100],
            claims[later][0],
            claims[later][1][:100],
            sep="\t",
        )
    print(f"{len(pieces)} texts", file=sys.stderr)


if __name__ == "__main__":
    main()
