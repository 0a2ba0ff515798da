"""How text looks on a terminal: its width, its colours, and signs that may not be sent there."""

from __future__ import annotations

import re
from dataclasses import dataclass

_JOINERS = "\u200c\u200d"
_FLAG = re.compile("\U0001f3f4[\U000e0030-\U000e0039\U000e0061-\U000e007a]{1,6}\U000e007f")
"""The flag of a part of a country, such as Scotland's: its letters are signs that nothing else is
written with.
"""


@dataclass(frozen=True)
class Look:
    """How the terminal shows text: its width in characters, and whether it has colours."""

    width: int = 88
    colour: bool = False

    def paint(self, code: str, text: str) -> str:
        """Text in a colour, by its ANSI code (`1;31`); as it is where there are none."""
        return f"\x1b[{code}m{text}\x1b[0m" if self.colour else text


PLAIN = Look()
"""As in a file: no colours."""


def visible(text: str) -> str:
    """Text of an author as it may safely go to a terminal or a log: nothing in it can move the
    cursor, turn its direction, or end the line. Joiners stay, of which Persian words and some emoji
    are made, and so do flags.
    """
    flags = {place for flag in _FLAG.finditer(text) for place in range(*flag.span())}
    return "".join(
        sign if is_shown(sign) or place in flags else "�" for place, sign in enumerate(text)
    )


def is_shown(sign: str) -> bool:
    """Whether a sign of an author's text is shown as it is."""
    return sign.isprintable() or sign in _JOINERS
