"""Who somebody is, as the sign-in in front says it, and what is made of that: where their edits lie, what
their requests carry, and how they stand in a commit.
"""

from __future__ import annotations

import hashlib
import hmac
import re
from dataclasses import dataclass

_LONGEST = 200
_MAIL = re.compile(r"[^@\s<>\"',;:()\[\]\\]+@[\w.-]+")
_TRAILER = re.compile(r"[^\S\n]*[a-z0-9][a-z0-9-]*[^\S\n]*[:=#]", re.IGNORECASE)
"""How a line begins that git, or a host, may take for a statement of somebody: `Signed-off-by: …`."""
_NO_CHECK = re.compile(
    r"\[([^\S\n]*(?:skip|no)[\s-]+(?:ci|actions?)|[^\S\n]*(?:ci|actions?)[\s-]+skip)([^\S\n]*)\]",
    re.IGNORECASE,
)
"""What makes hosts leave out the check of a commit, wherever it stands in the message."""


class NobodyError(ValueError):
    """A header names nobody."""


@dataclass(frozen=True)
class Person:
    """Somebody, by what the sign-in says of them, letter by letter."""

    said: str

    @property
    def name(self) -> str:
        """Their name as it may stand in a line: the first one of what was said, without signs that
        steer a terminal or that git keeps for itself.
        """
        line = next(iter(self.said.splitlines()), "")
        kept = "".join(sign for sign in line if sign.isprintable() and sign not in "<>")
        return " ".join(kept.split()).strip(".,:;\"'\\ ")

    @property
    def mail(self) -> str:
        """Their address, where the name is one."""
        return self.name if _MAIL.fullmatch(self.name) else "nobody@localhost"

    @property
    def folder(self) -> str:
        """What their folder is called: no letter of a name becomes a path."""
        return hashlib.sha256(self.said.encode()).hexdigest()

    def token(self, secret: bytes) -> str:
        """What a request of theirs carries that is to change something: no page of another site, and
        nobody else, can know it.
        """
        return hmac.new(secret, self.said.encode(), hashlib.sha256).hexdigest()


def read_person(raw: bytes) -> Person:
    """Who is meant by the value of a header. Raises NobodyError."""
    try:
        said = raw.decode().strip()
    except UnicodeDecodeError:
        said = raw.decode("latin-1").strip()
    person = Person(said)
    # two values joined by a comma say that somebody sent the header who is not the proxy
    is_one = "," not in said and len(said) <= _LONGEST
    if not is_one or not any(sign.isalnum() for sign in person.name):
        raise NobodyError
    return person


def write_message(reason: str) -> str:
    """A reason as the message of a commit: its words and lines, of which none speaks for somebody else
    and none tells a host what to do; empty where it says nothing.
    """
    lines = ("".join(sign for sign in line if sign.isprintable()) for line in reason.splitlines())
    told = [f"- {line.strip()}" if _TRAILER.match(line) else line.rstrip() for line in lines]
    text = "\n".join(told).strip().replace("***NO_CI***", "NO_CI")
    return _NO_CHECK.sub(r"(\1\2)", text)
