"""Who may approve what, so that a question for a figure (`8% discount`) or for a person (`who signs
10%?`) finds both: the rule stands in an offering, the one who decides is an entry of its own.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from generator.model.entry import Key
from generator.model.kinds import Offering
from generator.model.markdown import plain_text
from generator.model.ordering import title_of
from generator.model.strategy import Strategy

_CLAUSE = re.compile(r"[;.,](?=\s|$)")
_PERCENT = re.compile(r"(?<![\d.,])(\d{1,3}(?:[.,]\d)?)\s?%")
_QUALIFIED = re.compile(r"\s*[,(].*$")
"""What a title adds to the role itself: `Head of Sales, Food and Beverage`."""


@dataclass
class Approval:
    """What is said of the approvals that an entry gives or needs: texts, and the limits in them."""

    texts: list[str] = field(default_factory=list)
    limits: dict[str, None] = field(default_factory=dict)


def find_approvals(strategy: Strategy) -> Mapping[Key, Approval]:
    """By offering the limits of a discount, by person the rules that name him, with what they are
    for.
    """
    found: dict[Key, Approval] = {}
    people = {person.key: _compile_role(title_of(person)) for person in strategy.of("people")}
    for text, offerings in _list_rules(strategy).items():
        titles = ", ".join(title_of(one) for one in offerings)
        for one in offerings:
            found.setdefault(one.key, Approval()).limits.update(_list_limits(text))
        for clause in _CLAUSE.split(text):
            for key, role in people.items():
                if role.search(clause):
                    approval = found.setdefault(key, Approval())
                    approval.texts.append(f"{titles}: {text}")
                    approval.limits.update(_list_limits(clause))
    return found


def _list_rules(strategy: Strategy) -> Mapping[str, Sequence[Offering]]:
    """Each rule with the offerings that have it."""
    rules: dict[str, list[Offering]] = {}
    for entry in strategy.of("offerings"):
        if isinstance(entry, Offering) and entry.guardrails:
            text = plain_text(entry.guardrails.discount_approval or "")
            if text:
                rules.setdefault(text, []).append(entry)
    return rules


def _compile_role(title: str) -> re.Pattern[str]:
    """What finds a person in a text, by the whole title or by the role alone."""
    names = filter(None, (title, _QUALIFIED.sub("", title)))
    return re.compile(rf"(?<!\w)(?:{'|'.join(map(re.escape, names))})(?!\w)", re.IGNORECASE)


def _list_limits(text: str) -> dict[str, None]:
    """The percentages of a text as words that can be put in order: `°0080` for 8%; nobody types
    them.
    """
    figures = (float(one.replace(",", ".")) for one in _PERCENT.findall(text))
    return dict.fromkeys(f"°{round(10 * figure):04}" for figure in figures)
