"""What an announcement asks its readers to know, in a mark that stays while that stays.

A reader who says "I have read this version" sends the mark along. It changes with what matters: how
many must act, who, by when, what to do, and every figure. A reason told in other words, a tag or a
new owner leaves it, so that nobody is asked again for their sake.
"""

from __future__ import annotations

import hashlib
import json
import re

from generator.model.kinds import Announcement

RECEIPT = "playbook-read"
"""What the line begins with by which a reader's issue or mail names an announcement and its mark."""
_FIGURE = re.compile(r"\d+(?:[.,:]\d+)*")
_WORD = re.compile(r"\w+")
_LENGTH = 12


def mark_content(said: Announcement) -> str:
    """The mark of an announcement: twelve signs."""
    ordered = said.do or said.headline
    texts = (said.headline, said.why, said.do or "")
    matters = {
        "importance": said.importance,
        "who": sorted(_fold(role) for role in said.who),
        "act_by": str(said.act_by or ""),
        "do": _WORD.findall(ordered.casefold()),
        "figures": [_FIGURE.findall(text) for text in texts],
    }
    return hashlib.sha256(json.dumps(matters).encode()).hexdigest()[:_LENGTH]


def write_receipt(said: Announcement) -> str:
    """The line that names an announcement, and what of it was read."""
    return f"{RECEIPT}: {said.key} {mark_content(said)}"


def is_for(said: Announcement, role: str) -> bool:
    """Whether an announcement is for those in a role: it is where it names none."""
    return not said.who or _fold(role) in {_fold(one) for one in said.who}


def _fold(text: str) -> str:
    return " ".join(text.casefold().split())
