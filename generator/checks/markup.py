"""Markup that reaches no reader: what prose does not know is shown as raw signs, or vanishes; in a text of
one line all of it is.
"""

from __future__ import annotations

import html
import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass

from generator.checks.context import Check, Context, Finding
from generator.problems.phrases import shorten

_TAGS = (
    "a abbr address article aside audio b base blockquote body br button canvas caption center cite code col "
    "dd del details div dl dt em embed fieldset figcaption figure font footer form h[1-6] head header hr html i iframe img "
    "input ins kbd label li link main mark meta nav object ol option p picture pre q s script section select small "
    "source span strike strong style sub summary sup svg table tbody td textarea tfoot th thead title tr u ul "
    "video"
).replace(" ", "|")
_CODE = re.compile(r"(`+)(?!`).+?(?<!`)\1(?!`)", re.DOTALL)
_SUSPECT = re.compile(r"[<#!\[~={&:*`]")
_HEADING = re.compile(r"h[1-6]\.")
"""Where none of these signs stands, and the text does not begin so, there is no markup; most texts
are passed over for it.
"""


@dataclass(frozen=True)
class _Mark:
    """A sort of markup: signs of which one stands in it, how it looks, what it is called, what becomes
    of it, and what to write.
    """

    signs: tuple[str, ...]
    form: re.Pattern[str]
    what: str
    fix: str
    fate: str = "is shown as letters"
    mend: Callable[[str], str] | None = None

    def find(self, text: str) -> str | None:
        """The first markup of this sort in a text; the signs, which most texts lack, are looked for
        in a tenth of the time.
        """
        for sign in self.signs:
            if sign in text:
                found = self.form.search(text)
                return found[0] if found else None
        return None


def _mark(
    signs: str,
    form: str,
    what: str,
    fix: str,
    fate: str = "is shown as letters",
    mend: Callable[[str], str] | None = None,
) -> _Mark:
    """`mend` gives what may stand in the place of one. A form that begins with a sign is found many
    times as fast as one that begins with what may not stand before it.
    """
    pattern = re.compile(form, re.MULTILINE | re.IGNORECASE)
    return _Mark(tuple(signs.split()), pattern, what, fix, fate, mend)


def _words_of(link: str) -> str:
    """The words of a link without its address."""
    return re.sub(r"\[([^\]]+)\].*", r"\1", link, flags=re.DOTALL)


def _drop(_: str) -> str:
    return ""


def _bare(heading: str) -> str:
    return heading.lstrip("#").lstrip()


def _in_bold(heading: str) -> str:
    return f"**{heading.strip().strip('#').strip()}**" if heading.lstrip()[:1] == "#" else heading


_PICTURE = _mark(
    "![",
    r"!\[[^\[\]\n]*\]\([^)\n\[]*\)",
    "the picture",
    "Put pictures into a page in the folder playbook; here, say in words what it shows.",
)
_LINK = _mark(
    "](",
    r"\[(?<!!\[)[^\[\]\n]+\]\(\s*(?!<?(?:entry:|https?://|mailto:))[^)\n\[]*\)",
    "the address of the link",
    "A link leads to an entry (entry:markets/dairies) or to a web address (https://…); else leave the words "
    "alone.",
    "is left out, and only its words are shown",
    mend=_words_of,
)
_HTML = _mark(
    "<",
    rf"</?(?:{_TAGS})(?:\s[^<>]*)?/?>|<!--.*?(?:-->|$)",
    "HTML",
    "Take it away: an empty line begins a paragraph, ** ** makes words bold, - begins an item.",
    mend=_drop,
)
_IN_PROSE = (
    _PICTURE,
    _LINK,
    _HTML,
    _mark(
        "# === 1. 2. 3. 4. 5. 6.",
        r"^\s{0,3}#{1,6}[ \t]+[^\W\d_].*|^h[1-6]\. \S.*|^\s{0,3}={3,}\s*$",
        "the heading",
        "Prose has no headings: write the words in bold (**so**) on a line of their own, or leave them out.",
        mend=_in_bold,
    ),
    _mark(
        "``` ~~~",
        r"^\s{0,3}(?:```|~~~).*",
        "the fence of a block of code",
        "Take the fences away; a few words of code stand between single backticks.",
    ),
    _mark(
        "!!! ??? :::",
        r"^(?:!!!|\?\?\?\+?|:::)[ \t]*\w.*",
        "the box",
        "Prose has no boxes: begin the paragraph with a word in bold.",
    ),
    _mark(
        "][ ]: [^",
        r"(?<!\])\[[^\[\]\n]+\]\[[^\[\]\n]*\]|^\s{0,3}\[[^\[\]\n]+\]:[ \t]+\S+|\[\^[^\[\]\s]+\]",
        "the link or note by its number",
        "Write the address behind the words: [words](https://…); put a note into the text.",
    ),
    _mark(
        "[[",
        r"\[\[[^\[\]\n]+\]\]",
        "the link of a wiki",
        "Write [words](entry:kind/id), or the words alone.",
        mend=lambda link: link[2:-2].rpartition("|")[2],
    ),
    _mark(
        "[",
        r"^[^\S\n]*(?:[-*+]|\d+[.)])[ \t]+\[[ x]\][ \t]",
        "the box to tick",
        "Write the item without the box.",
        mend=lambda box: box[: box.index("[")],
    ),
    _mark(
        "~~",
        r"~~[^\s~](?:[^~\n]*[^\s~])?~~",
        "the text struck out",
        "Delete what no longer counts.",
    ),
    _mark(
        "==",
        r"==[^\s=](?:[^=\n]*[^\s=])?==",
        "the mark around the words",
        "Write the words in bold: **so**.",
    ),
    _mark(
        "{",
        r"\{\{[^{}\n]+\}\}|\{%[^%\n]+%\}|\{(?:code|noformat|panel|quote)(?:[:|][^}\n]*)?\}",
        "the sign of a template",
        "Nothing is filled in here: write what should stand there.",
    ),
    _mark(
        ":",
        r":(?<![\w:/]:)[a-z][a-z_]{2,}:(?![\w:])",
        "the name of a picture sign",
        "Paste the sign itself, or leave it out.",
    ),
)
_IN_LINES = (
    _PICTURE,
    _mark(
        "](",
        r"\[[^\[\]\n]+\]\(\s*<?(?:entry:|https?://|mailto:|[./#\w])[^)\s\[]*\)",
        "the link",
        "A text of one line has no markup: write the words alone. Links belong into prose.",
        mend=_words_of,
    ),
    _HTML,
    _mark(
        "**",
        r"(?<![\w*])\*\*[^\s*](?:[^*\n]*[^\s*])?\*\*(?![\w*])",
        "the mark for bold words",
        "A text of one line has no markup: write the words alone.",
        mend=lambda bold: bold[2:-2],
    ),
    _mark(
        "&",
        r"&(?:[a-z]{2,8}|#\d{2,5}|#x[0-9a-f]{2,5});",
        "the code of a sign",
        "Write the sign itself.",
        mend=html.unescape,
    ),
    _mark("#", r"^#{1,6}[ \t]+[^\W\d_]", "the mark of a heading", "Take the # away.", mend=_bare),
)


def find_unshown(context: Context) -> Iterator[Finding]:
    """Markup in the texts that sellers read which is not shown as it was meant, each sort once for a
    text.
    """
    for text in context.texts:
        if not _SUSPECT.search(text.text) and not _HEADING.match(text.text):
            continue
        plain = _CODE.sub(_blank, text.text) if "`" in text.text else text.text
        for mark in _IN_PROSE if text.is_prose else _IN_LINES:
            found = mark.find(plain)
            if found is not None:
                written = found.strip().splitlines()[0]
                whole, replacement = _mend(mark, plain)
                yield Finding(
                    entry=text.key,
                    spot=text.at(whole or written),
                    title=f'"{shorten(written, 40)}": {mark.what} {mark.fate}',
                    fix=mark.fix,
                    replacement=replacement,
                )


def _mend(mark: _Mark, text: str) -> tuple[str, str | None]:
    """From the first of a sort of markup to the last, where all stand on one line of the text, and
    what may stand there instead.
    """
    found = [*mark.form.finditer(text)]
    whole = text[found[0].start() : found[-1].end()]
    whole = whole.strip()
    if mark.mend is None or "\n" in whole:
        return "", None
    mend = mark.mend
    replacement = mark.form.sub(lambda one: mend(one[0].strip()), whole)
    before = text[: found[0].start()].strip(" \t")
    is_heading = whole.startswith("#")  # a text that begins so stands under a bar, or in quotes
    is_start = not before and not is_heading and replacement[:1] in tuple("*-&!%@`\"'")
    return ("", None) if replacement == whole or is_start else (whole, replacement)


def _blank(code: re.Match[str]) -> str:
    """What is looked at in place of words of code; a block between fences is none in prose."""
    return code[0] if "\n" in code[0] else " " * len(code[0])


_TERM = "- id: lift\n  term: Lift\n  meaning: {meaning}\n"
CHECKS = (
    Check(
        id="markup-not-shown",
        family="clarity",
        close=True,
        find=find_unshown,
        says="A text holds markup that is shown as raw signs, or left out.",
        why="A reader sees signs in place of what was meant. Prose knows paragraphs, bold, italics, lists, tables and links to "
        "entries and web addresses; a text of one line knows none.",
        bad=_TERM.format(meaning='"How far <b>heat</b> is raised."'),
        good=_TERM.format(meaning='"How far **heat** is raised."'),
    ),
)
