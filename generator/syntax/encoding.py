"""Bytes to lines of text: encodings, characters nobody can see, marks of an unfinished merge."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Sequence
from itertools import islice
from typing import NamedTuple

from generator.problems.problem import MOST, Edit, Place, Problem
from generator.syntax.rules import (
    INVISIBLE_CHARACTER,
    MERGE_CONFLICT,
    MISSING_COLON,
    NON_BREAKING_SPACE,
    NOT_UTF_8,
)

_BOM = b"\xef\xbb\xbf"
_FEW, _MANY = 0.1, 0.4

# Control characters, direction overrides (they make a text read other than it is), soft hyphen,
# zero-width space and
# joiner of words, byte-order mark, and the line ends that editors show but do not count (NEL, LS,
# PS). Joiners that emoji and some scripts
# need (U+200C, U+200D) and the non-breaking space inside a text are left alone.
UNSEEN = re.compile(
    "[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\xad\u2028\u2029\u200b\u2060\ufeff\u202a-\u202e\u2066-\u2069\ufffe\uffff]"
)
_NO_WIDTH = "\xad\u200b\u2060\ufeff\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069"
_BREAKS = "\x85\u2028\u2029\x0b\x0c"
_WIDE_COLON = re.compile(r"^(\s*(?:- +)*)([a-z][a-z0-9_]*)：\s*")
_NAMED = re.compile(r"^(\s*(?:- +)*)([a-z][a-z0-9_]*):(?:\s|$)")
_SPACES = "\u00a0\u2007\u202f\u3000\u2002\u2003\u2009"
_STRUCTURE_SPACE = re.compile(
    f"^(?:[ \t]*[{_SPACES}][ \t{_SPACES}]*|[ ]*-[{_SPACES}]|[ ]*(?:- )*[\\w-]+(?::[{_SPACES}]|[ {_SPACES}]*[{_SPACES}] *:))"
)
_CONFLICT = re.compile(r"^(<{7}|={7}|>{7}|\|{7})(?: |$)")

_NAMES = {
    "\x00": "a zero byte",
    "\ufeff": "a byte-order mark",
    "\u200b": "a zero-width space",
    "\xad": "a soft hyphen",
    "\u2060": "a word joiner",
    "\u2028": "a line separator",
    "\u2029": "a paragraph separator",
    "\x85": "a next-line character",
}


class CleanText(NamedTuple):
    """The author's lines, the lines the reader is given in their place (same columns), and what was
    wrong.
    """

    lines: tuple[str, ...]
    readable: list[str]
    problems: list[Problem]


def compose(text: str) -> str:
    """The same text with its letters composed in one way (NFC): an ü may be one sign, or u and dots,
    and reads the same.
    """
    if text.isascii() or unicodedata.is_normalized("NFC", text):
        return text
    return unicodedata.normalize("NFC", text)


def quote_lines(lines: Sequence[str], places: Iterable[Place]) -> tuple[tuple[int, str], ...]:
    """The author's own lines at these places, each once, by number."""
    numbers = sorted({place.line for place in places if 0 < place.line <= len(lines)})
    return tuple((number, lines[number - 1]) for number in numbers)


def decode(file: str, raw: bytes) -> tuple[str | None, Problem | None]:
    """The text of a file that must be UTF-8 (a byte-order mark is passed over), or why it is not."""
    if raw.startswith(_BOM):
        raw = raw[len(_BOM) :]
    elif _is_utf_16(raw):
        return None, NOT_UTF_8.problem(
            place=Place(file),
            title="this file is saved as UTF-16, which the playbook cannot read",
            why="Texts are kept as UTF-8, so that every editor and git show them alike.",
            fix='Save it again with the encoding "UTF-8".',
        )
    try:
        return raw.decode("utf-8"), None
    except UnicodeDecodeError as error:
        return None, _say_encoding(file, raw, error.start)


def _is_utf_16(raw: bytes) -> bool:
    """Whether a file begins as UTF-16: with its mark, or with every other byte of its plain letters
    zero.
    """
    if raw.startswith((b"\xff\xfe", b"\xfe\xff")):
        return True
    if 0 not in raw[:400]:
        return False
    shares = sorted(raw[first:400:2].count(0) / max(len(raw[first:400:2]), 1) for first in (0, 1))
    return len(raw) > 3 and shares[0] < _FEW and shares[1] > _MANY


def _say_encoding(file: str, raw: bytes, position: int) -> Problem:
    line = raw.count(b"\n", 0, position) + 1
    start = raw.rfind(b"\n", 0, position) + 1
    column = len(raw[start:position].decode("utf-8", "replace")) + 1
    shown = raw[start:].split(b"\n", 1)[0].decode("cp1252", "replace").rstrip("\r")
    return NOT_UTF_8.problem(
        place=Place(file, line, column, line, column + 1),
        title="this file is not saved as UTF-8",
        why="The character marked here was written in another encoding, and would come out wrong.",
        fix='Save the file again with the encoding "UTF-8".',
        excerpt=((line, UNSEEN.sub(" ", shown)),),
    )


def clean_text(file: str, text: str) -> CleanText:
    """Split a text into lines as editors count them, and set aside what a YAML reader must not see."""
    lines = tuple(text.replace("\r\n", "\n").replace("\r", "\n").split("\n"))
    readable = list(lines)
    problems: list[Problem] = []
    if UNSEEN.search(text):
        problems += islice(_find_unseen(file, lines, readable), MOST + 1)
        if len(problems) > MOST:
            readable = [UNSEEN.sub(_stand_in, line) for line in readable]
    is_plain = text.isascii()
    if not is_plain and any(space in text for space in _SPACES):
        problems += islice(_find_structure_spaces(file, lines, readable), MOST + 1)
    if not is_plain and "：" in text:
        problems += islice(_find_wide_colons(file, lines, readable), MOST + 1)
    if any(mark in text for mark in ("<<<<<<<", ">>>>>>>", "\n=======")):
        problems += islice(_find_conflicts(file, lines, readable), MOST + 1)
    return CleanText(lines, readable, problems)


def _find_unseen(file: str, lines: Sequence[str], readable: list[str]) -> Iterable[Problem]:
    for number, line in enumerate(lines):
        matches = list(UNSEEN.finditer(line))
        if not matches:
            continue
        match = matches[0]
        edits = tuple(
            Edit(_span(file, number, one), " " if one[0] in _BREAKS else "") for one in matches
        )
        readable[number] = UNSEEN.sub(_stand_in, line)
        name = _NAMES.get(match[0], f"an invisible character (U+{ord(match[0]):04X})")
        yield INVISIBLE_CHARACTER.problem(
            place=Place(file, number + 1, match.start() + 1, number + 1, match.start() + 2),
            title=f"this line holds {name}, which nobody can see",
            why="Such characters come along when text is pasted, and change what search and links find.",
            fix="Delete it, or type the words around it anew.",
            excerpt=((number + 1, UNSEEN.sub(" ", line)),),
            edits=edits,
        )


def _stand_in(match: re.Match[str]) -> str:
    """What is read instead: nothing for what has no width, a space for the rest."""
    return "" if match[0] in _NO_WIDTH else " "


def _span(file: str, number: int, match: re.Match[str]) -> Place:
    return Place(file, number + 1, match.start() + 1, number + 1, match.end() + 1)


def _find_structure_spaces(
    file: str, lines: Sequence[str], readable: list[str]
) -> Iterable[Problem]:
    for number, line in enumerate(readable):
        match = _STRUCTURE_SPACE.match(line)
        if match is None:
            continue
        column = next(at for at in range(match.start(), match.end()) if line[at] in _SPACES)
        head = re.sub(r"^[ \u3000]+", lambda one: one[0].replace("\u3000", "  "), match[0])
        readable[number] = re.sub(f"[{_SPACES}]", " ", head) + line[match.end() :]
        width = match.end() + len(readable[number]) - len(line)
        mended = re.sub(r"(?<=\w) +:$", ":", readable[number][:width])
        yield NON_BREAKING_SPACE.problem(
            place=Place(file, number + 1, column + 1, number + 1, column + 2),
            title=f"a non-breaking space stands where {'none' if match[0].endswith(':') else 'an ordinary one'} belongs",
            why="It looks like a space, but YAML takes it for a letter. It comes along with text pasted from Word or a web page.",
            fix="Delete it." if match[0].endswith(":") else "Delete it and press the space bar.",
            excerpt=((number + 1, lines[number]),),
            edits=(Edit(Place(file, number + 1, 1, number + 1, match.end() + 1), mended),),
        )


def _find_wide_colons(file: str, lines: Sequence[str], readable: list[str]) -> Iterable[Problem]:
    """Fields whose name is followed by the colon of a Chinese or Japanese keyboard: on a line of its
    own below another field of the same entry, or behind a dash.
    """
    column = -1
    for number, line in enumerate(readable):
        found = _WIDE_COLON.match(line)
        here = found.start(2) if found else -1
        if found and ("-" in found[1] or here == column):
            readable[number] = f"{line[: found.end(2)]}: {line[found.end() :]}"
            edit = Edit(
                Place(file, number + 1, found.end(2) + 1, number + 1, found.end() + 1), ": "
            )
            yield MISSING_COLON.problem(
                place=Place(file, number + 1, found.end(2) + 1, number + 1, found.end(2) + 2),
                title=f'"：" stands behind "{found[2]}" where a colon belongs',
                why="Only a colon with a space behind it parts a field's name from its value.",
                fix=f"Write {found[2]}: with the colon of an English keyboard, and a space behind it.",
                excerpt=((number + 1, lines[number]),),
                edits=(edit,),
            )
        name = _NAMED.match(readable[number])
        if line.strip():
            column = name.start(2) if name else -1


def _find_conflicts(file: str, lines: Sequence[str], readable: list[str]) -> Iterable[Problem]:
    """Unfinished merges: one problem each; the first side is read on, so that the rest of the file
    is checked too.
    """
    side = ""
    for number, line in enumerate(lines):
        match = _CONFLICT.match(line)
        mark = match[1][0] if match else ""
        if mark == "=" and not side and not any(one.startswith(">>>>>>>") for one in lines):
            yield MERGE_CONFLICT.problem(
                place=Place(file, number + 1, 1, number + 1, len(line) + 1),
                title="this mark of a merge was left over",
                why="Git marks with <<<<<<<, ======= and >>>>>>> what two people changed at once.",
                fix="Delete it; see whether the lines above and below it are one version.",
                excerpt=((number + 1, line),),
                proposed=(Edit(Place(file, number + 1, 1, number + 2, 1), ""),),
            )
            readable[number] = ""
            continue
        if (mark and mark != "|") or (mark and side):
            if mark == "<" or not side:
                yield MERGE_CONFLICT.problem(
                    place=Place(file, number + 1, 1, number + 1, len(line) + 1),
                    title="two versions of these lines were never put together",
                    why="Git marks with <<<<<<<, ======= and >>>>>>> what two people changed at once.",
                    excerpt=((number + 1, line),),
                )
            side = "" if mark == ">" else mark
            readable[number] = ""
        elif side in ("=", "|"):
            readable[number] = ""
