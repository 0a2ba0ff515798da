"""What a version of the strategy may be called: the one rule for the header, for announcements, for
releases and for what stands published.

A version is a tag of git, a folder of the site, a part of addresses and a word in sentences.
"""

from __future__ import annotations

import re
import unicodedata

_LONGEST = 40
_FIRST_YEAR = 1000
"""A number from here on is a year in full: from 2026.5 to 27.1 is no step back, but another way of
counting.
"""
_MARKS = frozenset(".-_")
_TAKEN = frozenset(
    {"latest", "current", "cname", "index.html", "404.html", "versions.json", "robots.txt"}
    | {"lost.js"}
    | {"con", "prn", "aux", "nul"}
)
"""What stands beside the versions of a site, and what Windows calls its devices."""


def find_name_fault(version: str) -> str:
    """Why a text cannot name a version, to be read after it; empty where it can."""
    if not version or len(version) > _LONGEST:
        return f"must have 1 to {_LONGEST} letters, digits and marks"
    if not all(one in _MARKS or _is_letter(one) or _is_digit(one) for one in version):
        return 'may have letters, digits, ".", "-" and "_" only'
    if version[0] in _MARKS or version[-1] in _MARKS:
        return "must begin and end with a letter or a digit"
    if re.match(r"[vV][0-9]", version):
        return f'must be written without the "{version[0]}", which its tag has before it'
    if ".." in version or version.endswith(".lock"):
        return 'must have neither ".." nor ".lock", which git has for itself'
    if fold_version(version) in _TAKEN:
        return "is what something else is called where versions stand published"
    return ""


def is_version(text: str) -> bool:
    """Whether a text can name a version."""
    return not find_name_fault(text)


def mend_name(text: str) -> str:
    """The name of a version that is nearest to a text; empty where there is none."""
    name = "".join(
        one if one in _MARKS or _is_letter(one) or _is_digit(one) else "-" for one in text.strip()
    )
    name = re.sub(r"^[vV](?=[0-9])", "", re.sub(r"-{2,}", "-", name).strip("".join(_MARKS)))
    return name if is_version(name) else ""


def fold_version(version: str) -> str:
    """What two versions have in common that are too much alike to stand side by side: they differ
    in case, in how a letter is composed, or in noughts at the end.
    """
    return re.sub(r"(?<=[0-9])(\.0+)+$", "", unicodedata.normalize("NFKC", version).casefold())


def is_step_back(version: str, earlier: str) -> bool | None:
    """Whether a version counts lower than an earlier one; None where nobody can tell, since the two
    are not counted alike: `2026.5` and `2026.4` are, `FY27-Q1` and `2026.4` are not.
    """
    one, other = _split(version), _split(earlier)
    counted = [part.isdigit() for part in one]
    if counted != [part.isdigit() for part in other] or True not in counted:
        return None
    words = [part for part in one if not part.isdigit()]
    first = counted.index(True)
    is_year = [int(side[first]) >= _FIRST_YEAR for side in (one, other)]
    if words != [part for part in other if not part.isdigit()] or is_year[0] != is_year[1]:
        return None
    return [int(part) for part in one if part.isdigit()] < [
        int(part) for part in other if part.isdigit()
    ]


def _split(version: str) -> list[str]:
    return re.findall(r"[0-9]+|[^0-9]+", fold_version(version))


def _is_letter(one: str) -> bool:
    """A letter of any script, or a mark that belongs to one."""
    return unicodedata.category(one)[0] in "LM"


def _is_digit(one: str) -> bool:
    return unicodedata.category(one) == "Nd"
