"""What a call is prepared from: short parts of the strategy, each with whom it is for and the place
it has on the page.

The browser only chooses among these parts and puts them in order; what they look like is laid out
here, at build.
"""

from __future__ import annotations

import json
import re
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import chain, zip_longest

from generator.model.applicability import SCOPES, Scope
from generator.model.entry import Entry, Key
from generator.model.insights.nearness import Nearness
from generator.model.insights.questions import group_questions
from generator.model.insights.weight import weigh
from generator.model.kinds import (
    Asset,
    Assumption,
    Competitor,
    DealStory,
    Differentiator,
    Market,
    Objection,
    Offering,
    Persona,
    Play,
    Proof,
    Stage,
    ValueDriver,
)
from generator.model.markdown import plain_text
from generator.model.ordering import rank_of_shareable
from generator.model.strategy import Strategy
from generator.pages.template_context import View
from generator.pages.templates import Templates

ADDRESS = "call/"
DATA = "call/parts.json"

SECTIONS: Mapping[str, int] = {
    "why": 3,
    "care": 5,
    "questions": 6,
    "say": 5,
    "objections": 3,
    "proof": 3,
    "traps": 5,
    "next": 2,
}
"""The sections of the page in the order of a conversation, and how many parts each shows at the
most.
"""

KEPT: Mapping[str, int] = {"objections": 3}
"""How many parts of a section stay while others have more than their share: what a buyer objects is
what a seller prepares for.
"""

LONGEST = 4800
"""How many characters all shown parts hold together at the most, so that the page prints to one
sheet.
"""

PER_ENTRY = 3
"""How many parts of a section may come from one entry, so that no entry crowds out the others."""

_TAG = re.compile(r"<[^>]*>")
_BUTTON = re.compile(r"<button.*?</button>")
"""Is not on the paper."""


@dataclass(frozen=True)
class CallPart:
    """One line or answer: its section, where it comes from, its look, its text, and for whom it is.

    `own` names the choice that the part belongs to: where the entry of that very choice is one of its
    scope, it fits whatever else is chosen. `needed` says that it is of use only then, `whole` only where all of its scope is chosen.
    In the markets of `but_in` something else is said instead. `label` is a word of the catalogue that stands before the text.
    """

    section: str
    source: Entry
    look: str
    text: str
    scope: Scope
    own: str = ""
    needed: bool = False
    whole: bool = False
    but_in: tuple[str, ...] = ()
    label: str = ""
    reply: str = ""


def list_parts(strategy: Strategy) -> tuple[CallPart, ...]:
    """Everything a call may be prepared from, in the order a reader wants it where nothing else
    decides.
    """
    return tuple(_find_parts(strategy))


def _find_parts(strategy: Strategy) -> Iterator[CallPart]:
    for kind, take in _TAKERS.items():
        for entry in sorted(strategy.in_order(kind), key=rank_of_shareable):
            yield from (part for part in take(entry, strategy) if part.text)
    yield from _questions(strategy)


def is_worth_a_page(strategy: Strategy) -> bool:
    """A call page needs something to choose and something to say and to ask."""
    sections: set[str] = set()
    for part in _find_parts(strategy):  # a few are enough to know
        sections |= {part.section} - {"why"}
        if len(sections) > 1:
            return any(strategy.of(kind) for kind in SCOPES.values())
    return False


def write_parts(parts: Sequence[CallPart], view: View, templates: Templates) -> bytes:
    """The parts as JSON for the browser: laid out, with what chooses among them."""
    sections: dict[str, list[dict[str, object]]] = {name: [] for name in SECTIONS}
    twice = _find_twice(parts)
    nearness = Nearness(view.strategy)
    sources = {part.source.key: part.source for part in parts}
    near = {key: nearness.of(source) for key, source in sources.items()}
    worth = {key: weigh(source, view.strategy, view.today) for key, source in sources.items()}
    laid_out = templates.lay_out_each("call_part", parts, view=view, words=view.words)
    for part, html in zip(parts, (" ".join(str.split(html)) for html in laid_out), strict=True):
        sections[part.section].append(
            {
                "html": html,
                "from": str(part.source.key),
                "scope": part.scope,
                "size": len(_TAG.sub("", _BUTTON.sub("", html))),
                "worth": worth[part.source.key],
                **({"money": True} if getattr(part.source, "category", "") == "price" else {}),
                **({"text": key} if (key := _key_of(part)) in twice else {}),
                **({"near": found} if (found := near[part.source.key]) else {}),
                **({"own": part.own} if part.own else {}),
                **({"needed": True} if part.needed else {}),
                **({"whole": True} if part.whole else {}),
                **({"but_in": part.but_in} if part.but_in else {}),
                **({"rival": True} if _asks_of_rival(part, view.strategy) else {}),
            }
        )
    content = {
        "longest": LONGEST,
        "per_entry": PER_ENTRY,
        "money": [
            one.id for one in view.strategy.of("personas") if getattr(one, "holds_budget", False)
        ],
        "sold": {
            one.id: one.markets
            for one in view.strategy.of("offerings")
            if isinstance(one, Offering) and one.markets
        },
        "sections": [
            {
                "name": name,
                "limit": limit,
                "keep": KEPT.get(name, 1),
                "parts": sections[name],
            }
            for name, limit in SECTIONS.items()
        ],
    }
    return json.dumps(content, ensure_ascii=False, separators=(",", ":")).encode()


def _key_of(part: CallPart) -> tuple[str, str]:
    """What two parts have in common that say the same."""
    return part.section, " ".join(re.findall(r"\w+", part.text.casefold()))


def _find_twice(parts: Sequence[CallPart]) -> frozenset[tuple[str, str]]:
    """What several entries say in the same words: it is shown once, with all of them."""
    counts = Counter(_key_of(part) for part in parts)
    return frozenset(key for key, count in counts.items() if count > 1)


def _asks_of_rival(part: CallPart, strategy: Strategy) -> bool:
    """Whether a part takes it that one rival is in the deal: a question about him, his price. What is
    done already or in-house may be met in every deal.
    """
    named = part.scope.get("competitor", ())
    found = strategy.find(Key("competitors", named[0])) if len(named) == 1 else None
    is_rival = isinstance(found, Competitor) and found.kind in ("direct", "indirect")
    takes_it = part.section in ("questions", "next") or (
        isinstance(part.source, Objection) and part.source.category == "competition"
    )
    return is_rival and takes_it


def _lines(
    entry: Entry, section: str, own: str, texts: Iterable[str], label: str = ""
) -> Iterator[CallPart]:
    """Short lines of an entry that matter only when it is chosen."""
    for text in texts:
        yield CallPart(
            section, entry, "line", text, {own: (entry.id,)}, own, needed=True, label=label
        )


def _of_market(entry: Market, strategy: Strategy) -> Iterator[CallPart]:
    own = {"market": (entry.id,)}
    yield CallPart("why", entry, "prose", entry.summary, own, "market", needed=True)
    yield from _lines(entry, "care", "market", (pain.pain for pain in entry.pains))
    now = entry.horizons.now if entry.horizons else None
    if now is not None:
        yield CallPart("care", entry, "prose", now.challenge or "", own, "market", needed=True)
        yield CallPart("say", entry, "prose", now.our_view or "", own, "market", needed=True)
    fit = entry.ideal_customer
    yield from _lines(entry, "traps", "market", fit.disqualifiers if fit else (), "call_not_ours")
    yield from _lines(entry, "traps", "market", entry.do_less, "call_do_less")


def _of_persona(entry: Persona, strategy: Strategy) -> Iterator[CallPart]:
    yield from _messages(entry)
    in_turn = zip_longest(entry.measured_by, entry.challenges, entry.goals, fillvalue="")
    yield from _lines(entry, "care", "persona", chain.from_iterable(in_turn))
    yield from _lines(entry, "traps", "persona", entry.asks_us, "call_they_ask")


def _messages(entry: Persona) -> Iterator[CallPart]:
    """What is said to a persona: in the words of the chosen market, where it has some."""
    own = {"persona": (entry.id,)}
    markets = tuple(one.market for one in entry.messages)
    text = entry.message or ""
    yield CallPart("say", entry, "prose", text, own, "persona", needed=True, but_in=markets)
    for one in entry.messages:
        here = {**own, "market": (one.market,)}
        yield CallPart("say", entry, "prose", one.text, here, "persona", needed=True, whole=True)


def _of_offering(entry: Offering, strategy: Strategy) -> Iterator[CallPart]:
    yield CallPart(
        "why", entry, "named", entry.one_liner, {"offering": (entry.id,)}, "offering", needed=True
    )
    yield from _lines(entry, "care", "offering", entry.problems)
    yield from _lines(entry, "say", "offering", entry.outcomes)
    yield from _lines(entry, "traps", "offering", entry.not_for, "call_not_for")
    yield from _lines(
        entry, "traps", "offering", (one.limit for one in entry.limitations), "call_limit"
    )


def _of_competitor(entry: Competitor, strategy: Strategy) -> Iterator[CallPart]:
    own = {"competitor": (entry.id,)}
    yield CallPart("say", entry, "prose", entry.quick_answer or "", own, "competitor", needed=True)
    yield from _lines(entry, "say", "competitor", entry.where_we_win, "call_we_win")
    for one in entry.they_say:
        yield CallPart(
            "objections", entry, "reply", one.claim, own, "competitor", needed=True, reply=one.reply
        )
    yield from _lines(entry, "traps", "competitor", entry.avoid[:2], "call_avoid")
    yield from _lines(entry, "traps", "competitor", entry.where_they_win, "call_they_win")


def _of_objection(entry: Objection, strategy: Strategy) -> Iterator[CallPart]:
    scope = strategy.scopes[entry.key]
    yield CallPart("objections", entry, "answer", entry.says, scope)
    for text in entry.never_say[:1]:
        yield CallPart("traps", entry, "line", text, scope, label="call_never_say")


def _of_differentiator(entry: Differentiator, strategy: Strategy) -> Iterator[CallPart]:
    scope = strategy.scopes[entry.key]
    yield CallPart("why", entry, "claim", entry.claim, scope)
    yield CallPart("say", entry, "said", entry.say or "", scope)


def _of_proof(entry: Proof, strategy: Strategy) -> Iterator[CallPart]:
    yield CallPart("proof", entry, "proof", entry.statement, strategy.scopes[entry.key])


def _of_value_driver(entry: ValueDriver, strategy: Strategy) -> Iterator[CallPart]:
    """What a persona wants, by its name; and the words for one that is chosen."""
    if entry.personas:
        own = {"persona": entry.personas}
        yield CallPart("care", entry, "claim", entry.name, own, "persona", needed=True)
    for pitch in entry.pitches:
        if pitch.persona:
            own = {"persona": (pitch.persona,)}
            yield CallPart("say", entry, "prose", pitch.text, own, "persona", needed=True)


def _of_deal_story(entry: DealStory, strategy: Strategy) -> Iterator[CallPart]:
    """What a deal like this one has taught, in a sentence: where, or against whom, it was learned."""
    learned = plain_text(entry.lesson).partition(". ")[0] if entry.lesson else ""
    where = (("competitor", entry.competitors), ("market", (entry.market,) if entry.market else ()))
    for name, ids in where:
        if ids:
            own = {name: ids}
            yield CallPart(
                "traps", entry, "claim", learned, own, name, needed=True, label="call_lesson"
            )


def _of_assumption(entry: Assumption, strategy: Strategy) -> Iterator[CallPart]:
    """What to listen for where something is in doubt that a market or an offering rests on."""
    for name, kind in (("market", "markets"), ("offering", "offerings")):
        named = (one.partition("/") for one in entry.rests_on_it)
        ids = tuple(target for found, _, target in named if found == kind)
        if ids and entry.state == "doubtful":
            for text in entry.watch_for[:1]:
                yield CallPart(
                    "traps",
                    entry,
                    "line",
                    text,
                    {name: ids},
                    name,
                    needed=True,
                    label="call_listen",
                )


def _of_asset(entry: Asset, strategy: Strategy) -> Iterator[CallPart]:
    """A document is worth sending for the offering it is about; a general one is no part of a call."""
    if entry.offerings:
        yield CallPart("proof", entry, "asset", entry.name, strategy.scopes[entry.key])


def _of_stage(entry: Stage, strategy: Strategy) -> Iterator[CallPart]:
    yield CallPart(
        "next", entry, "stage", entry.buyer_step, {"stage": (entry.id,)}, "stage", needed=True
    )


def _of_play(entry: Play, strategy: Strategy) -> Iterator[CallPart]:
    yield CallPart("next", entry, "play", entry.goal, strategy.scopes[entry.key])


def _questions(strategy: Strategy) -> Iterator[CallPart]:
    """Questions to open with; those that explore an objection stand with the objection."""
    own = {kind: name for name, kind in SCOPES.items()}
    for group in group_questions(strategy):
        if group.source.KIND == Objection.KIND:
            continue
        for question in group.questions:
            yield CallPart(
                "questions",
                group.source,
                "question",
                question.text,
                group.scope,
                own.get(group.source.KIND, ""),
                needed=isinstance(group.source, Competitor),
            )


_TAKERS: Mapping[str, Callable[..., Iterator[CallPart]]] = {
    "personas": _of_persona,
    "markets": _of_market,
    "competitors": _of_competitor,
    "offerings": _of_offering,
    "differentiators": _of_differentiator,
    "objections": _of_objection,
    "stages": _of_stage,
    "plays": _of_play,
    "proof": _of_proof,
    "assets": _of_asset,
    "value_drivers": _of_value_driver,
    "wins": _of_deal_story,
    "assumptions": _of_assumption,
}
"""What each kind gives to a call; what stands first here is preferred where two fit equally well."""
