"""The words in which people say whom a page is for, however they spell them."""

from __future__ import annotations

import re
import unicodedata

from generator.problems.suggestions import find_nearest

KEY = "audience"
_LONG = 5
"""Letters of a word in which a slip of the pen does not make it another one."""
_WORD = re.compile(r"[^\W_]+")
_CAMEL = re.compile(r"(?<=[a-z])(?=[A-Z])")
_LOOKALIKES = str.maketrans("аеіорсухѕԁ“”„’‘", 'aeiopcyxsd"""\'\'')
"""Cyrillic letters that look like Latin ones, and the quotes of text programs."""


def _words(text: str) -> frozenset[str]:
    return frozenset(text.split())


OTHER_KEYS = _words(
    "visibility visible access circle circles reader readers readership viewer viewers viewable "
    "confidential confidentiality classification clearance distribution restricted restrict "
    "restriction permission permissions sensitivity secrecy private privacy readable shared "
    "recipients"
)
"""Words that others use where we say audience."""
KEYS_OF_FIELDS = OTHER_KEYS | _words(
    "for who whom scope security level group groups role roles allow allowed share sharing only "
    "target users show tlp"
)
"""Words that say it as the name of a field, but are common at the head of a text."""
SECRECY = _words("private secret confidential restricted hidden management board executives")
YES = _words("true yes on")
NAMING = _words("name key field property")
"""Fields that name another one, whose value stands beside them."""
FILLERS = _words(
    "the this page is are for to of only and or a content meta name div span data markdown class "
    "comment target intended eyes please read by team readers s yaml toml raw head extra"
)
_LONG_KEYS = tuple(sorted(key for key in OTHER_KEYS if len(key) >= _LONG))


def clean_line(line: str) -> str:
    """A line without what cannot be seen, and with plain letters for those that look alike."""
    plain = unicodedata.normalize("NFKC", line).translate(_LOOKALIKES)
    kept = (
        " " if unicodedata.category(sign) in ("Zl", "Zp", "Zs") else sign
        for sign in plain
        if sign == "\t" or unicodedata.category(sign) not in ("Cf", "Cc")
    )
    return "".join(kept).rstrip()


def split_words(text: str) -> list[str]:
    """The words of a line, in small letters; `pageAudience` and `page_audience` are two."""
    return [word.casefold() for word in _WORD.findall(_CAMEL.sub(" ", text))]


def is_other_key(word: str) -> bool:
    """Whether a word is another one for what we call audience, with slips of the pen."""
    if word in KEYS_OF_FIELDS:
        return True
    found = find_nearest(word, _LONG_KEYS) if len(word) >= _LONG else None
    return found is not None and found.sure


def is_key(word: str) -> bool:
    """Whether a word is `audience`, shortened or with slips of the pen."""
    if KEY.startswith(word) and len(word) > 2:  # `au` is nothing yet
        return True
    return word[:1] in "au" and find_nearest(word, (KEY,)) is not None
