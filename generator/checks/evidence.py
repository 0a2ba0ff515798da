"""Evidence: what sellers claim, somebody can check."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date
from itertools import islice

from generator.checks.context import Check, Context, Finding, is_live
from generator.loading.locator import Spot
from generator.model.dates import RoughDay
from generator.model.entry import Key
from generator.model.insights.beliefs import judge_beliefs
from generator.model.insights.completeness import is_filled
from generator.model.insights.freshness import add_interval
from generator.model.kinds import Competitor, DealStory, Differentiator, Proof, ValueDriver
from generator.problems.phrases import join_words, shorten
from generator.problems.problem import Severity

CLAIMING = {
    "markets": ("summary",),
    "differentiators": ("claim", "say", "show", "why_it_matters"),
    "offerings": ("one_liner", "description", "outcomes", "next_offerings.opener"),
    "objections": ("acknowledge", "respond", "confirm"),
    "competitors": ("quick_answer", "where_we_win", "they_say.reply"),
    "personas": ("message",),
    "value_drivers": ("promise", "pitches.text"),
    "plays": ("steps.say",),
}
"""The fields in which sellers find what to claim."""

_FIGURE = re.compile(  # it begins with the digit itself, which is soon found
    r"\d(?:(?<!\w\d)[\d.,]*\s?(?:%|percent\b|Prozent\b|(?:x|times|fold|mal)\b(?! a\b| per\b))"
    r"|(?<![\w.]\d)[\d.,]*(?:x\b|-fold\b))",
    re.IGNORECASE,
)
_AMOUNT = re.compile(r"\d+(?:[.,]\d+)*")
_DIGIT = re.compile(r"\d")
_WORD = re.compile(r"[^\W\d_]{2,}")
_NAMES_EVIDENCE = re.compile(
    r"\]\((?:entry:(?:proof|assets|differentiators|glossary|objections)/|https?://)"
)
_CONDITION = re.compile(
    r"\b(?:for each|for every|je|pro|if|when|at least|up to|say|suppose|assum\w*|wenn|falls|bis zu|mindestens|angenommen)\b[^.;]{0,40}$",
    re.IGNORECASE,
)
_NEAR = 100
"""A condition stands no further before a figure than so many letters."""
_WHOLE = re.compile(r"(?:100|0)\s?(?:%|percent|Prozent)", re.IGNORECASE)
"""All and nothing are no measurements."""
_FEWEST_SIGNS = 2
"""One thing that speaks against an assumption may be chance."""
_FEWEST_STORIES = 4
"""With fewer stories than these, that all were won may be chance."""
_FEWEST_WORDS = 4
"""With fewer words than these around it, a figure is a setting or a label."""
_NOWHERE = re.compile(
    r"(?:they (?:do not|don't|never|cannot)(?: win)?|nowhere|nothing|never|not at all|keine?r?|nie|nirgends|nichts)",
    re.IGNORECASE,
)


def find_unproven(context: Context) -> Iterator[Finding]:
    """Reasons to choose us that nothing proves."""
    for entry in context.live("differentiators"):
        if isinstance(entry, Differentiator) and not entry.proof:
            yield Finding(
                entry=entry.key,
                spot=Spot(entry.key, ("claim",)),
                title=f'nothing proves "{shorten(entry.claim.rstrip("."))}"',
            )


def find_unproven_drivers(context: Context) -> Iterator[Finding]:
    """Outcomes we promise that neither proof nor a figure with its source bears out."""
    for entry in context.live("value_drivers"):
        if isinstance(entry, ValueDriver) and not entry.proof and not is_filled(entry.range):
            yield Finding(
                entry=entry.key,
                spot=Spot(entry.key, ("promise",)),
                title=f'nothing shows that "{shorten(entry.name.rstrip("."))}" comes about',
            )


def find_contradicted(context: Context) -> Iterator[Finding]:
    """Assumptions that count as holding while more speaks against them than for them."""
    for belief in judge_beliefs(context.strategy):
        entry, against = belief.assumption, len(belief.against)
        is_contradicted = against >= _FEWEST_SIGNS and against > len(belief.in_favour)
        if is_live(entry) and not belief.is_in_doubt and is_contradicted:
            yield Finding(
                entry=entry.key,
                spot=Spot(entry.key, ("state",)),
                title=f'"{shorten(entry.statement.rstrip("."))}" has {against} signs against it and '
                f"{len(belief.in_favour) or 'none'} for it, and nobody calls it doubtful",
            )


def find_only_won(context: Context) -> Iterator[Finding]:
    """A collection of stories in which every deal was won."""
    stories = [one for one in context.live("wins") if isinstance(one, DealStory)]
    if len(stories) >= _FEWEST_STORIES and all(one.outcome == "won" for one in stories):
        yield Finding(
            entry=None,
            spot=Spot(stories[0].key, ("outcome",)),
            title=f"all {len(stories)} stories are of deals that were won",
        )


def find_old_proof(context: Context) -> Iterator[Finding]:
    """Evidence older than it may be."""
    limit = context.settings.proof_age
    for entry in context.live("proof"):
        if not isinstance(entry, Proof) or not entry.date.is_known:
            continue
        if add_interval(_last_day(entry.date), limit) < context.today:
            yield Finding(
                entry=entry.key,
                spot=Spot(entry.key, ("date",)),
                title=f'the proof "{shorten(entry.statement)}" is from {entry.date}; proof may be {limit.words} old',
            )


def _last_day(day: RoughDay) -> date:
    """The last day a rough date may mean: of two readings the one that is fairer to the proof."""
    parts = [int(part) for part in day.written.split("-")]
    if len(parts) == 3:
        return day.first
    year, month = parts[0], parts[1] if len(parts) == 2 else 12
    return date.fromordinal(
        (date(year + 1, 1, 1) if month == 12 else date(year, month + 1, 1)).toordinal() - 1
    )


def find_one_sided(context: Context) -> Iterator[Finding]:
    """Battlecards that say the competitor never wins."""
    for entry in context.live("competitors"):
        if not isinstance(entry, Competitor):
            continue
        honest = [
            text for text in entry.where_they_win if not _NOWHERE.fullmatch(text.strip(" .!"))
        ]
        if not is_filled(tuple(honest)):
            yield Finding(
                entry=entry.key,
                spot=Spot(entry.key, ("where_they_win",)),
                title=f'the battlecard "{shorten(entry.name)}" names nothing in which they win',
            )


def find_unsourced(context: Context) -> Iterator[Finding]:
    """Figures that sellers are to claim, in entries that name neither proof nor source: the first
    of each entry. A reason to choose us rests on its proofs: each of its figures stands in one of them.
    """
    told: set[object] = set()
    for text in context.texts:
        entry = context.entry(text.key)
        if entry is None or entry.key in told or text.field not in CLAIMING.get(entry.KIND, ()):
            continue
        is_proven = getattr(entry, "proof", ()) and not isinstance(entry, Differentiator)
        if entry.sources or is_proven or getattr(entry, "range", None):
            continue
        figures = list(find_figures(text.text))
        if isinstance(entry, Differentiator) and entry.proof:
            for figure in _unique(figures):
                yield Finding(
                    entry=entry.key,
                    spot=text.at(figure),
                    title=f"{context.name(entry)} claims {figure}, which none of its proofs says",
                )
        elif figures:
            told.add(entry.key)
            yield Finding(
                entry=entry.key,
                spot=text.at(figures[0]),
                title=f"{context.name(entry)} claims {join_words(_unique(figures)[:3])}, and names no source",
            )


def find_figures(text: str) -> Iterator[str]:
    """The figures a text claims: shares and multiples. Not in a condition, and not where the text
    leads to evidence.
    """
    if (
        not _DIGIT.search(text)
        or _NAMES_EVIDENCE.search(text)
        or len(list(islice(_WORD.finditer(text), _FEWEST_WORDS))) < _FEWEST_WORDS
    ):
        return
    for match in _FIGURE.finditer(text):
        if not _CONDITION.search(
            text, max(0, match.start() - _NEAR), match.start()
        ) and not _WHOLE.fullmatch(match[0].strip()):
            yield match[0].strip()


def is_borne_out(context: Context, finding: Finding) -> bool:
    """Whether other entries prove what this one claims: a proof names it, or a reason to choose us
    that it rests on has proof.
    """
    entry = context.entry(finding.entry)
    if entry is None:
        return False
    if isinstance(entry, Differentiator) and entry.proof:
        return _says_figure(context, entry, finding.spot.text)
    links = context.strategy.links_from.get(entry.key, ())
    named = [
        context.strategy.find(link.target)
        for link in links
        if link.target.kind in ("proof", "differentiators")
    ]
    naming = [link.source for link in context.strategy.links_to.get(entry.key, ())]
    return any(isinstance(one, Proof) or bool(getattr(one, "proof", ())) for one in named) or any(
        key is not None and key.kind == "proof" for key in naming
    )


def _says_figure(context: Context, entry: Differentiator, figure: str) -> bool:
    """Whether a proof of this reason, or one that names it, says the figure."""
    naming = (link.source for link in context.strategy.links_to.get(entry.key, ()))
    keys = {*(Key("proof", one) for one in entry.proof), *(key for key in naming if key)}
    proofs = [context.strategy.find(key) for key in keys if key.kind == "proof"]
    said = " ".join(
        " ".join(filter(None, (one.statement, one.result, str(one.quote or ""))))
        for one in proofs
        if isinstance(one, Proof)
    )
    return set(_AMOUNT.findall(figure)) <= set(_AMOUNT.findall(said))


def _unique(words: list[str]) -> list[str]:
    return list(dict.fromkeys(words))


_CLAIM = "- id: measured\n  claim: We measure four weeks before we quote\n  why_it_matters: Guesses cost money.\n"
_PROOF = "- id: dairy-saves-a-third\n  statement: A dairy saves a third of its gas\n  kind: customer\n  source: Measured on site\n  date: "
_CARD = "- id: boiler-works\n  name: Boiler Works\n  kind: direct\n  summary: They sell boilers.\n  where_we_win: [Running cost]\n"
_DRIVER = (
    "- id: less-gas\n  name: Less gas\n  promise: The plant burns less gas from the first month.\n"
)
_ASSUMPTION = (
    "- id: power-stays-cheap\n  statement: Power stays cheaper than gas\n  state: {state}\n  watch_for: [New contracts]\n"
    "  evidence:\n    - {{text: Two mills pay more., bears: against}}\n    - {{text: Fees rose., bears: against}}\n"
)
_STORY = "- id: deal-{number}\n  headline: Deal {number}\n  outcome: {outcome}\n  what_turned_it: The figures.\n  lesson: Measure.\n"
_ANSWER = "- id: pricey\n  says: It costs too much\n  category: price\n  respond: Over ten years you pay 40% less than with gas.\n"
CHECKS = (
    Check(
        id="missing-proof",
        family="evidence",
        close=True,
        find=find_unproven,
        says="A reason to choose us has no proof.",
        why="A buyer has heard it from everybody; evidence is what makes it ours.",
        fix="Name evidence under proof, or soften the claim to what you can show.",
        bad=_CLAIM,
        good=_CLAIM + "  proof: [dairy-saves-a-third]\n",
        file="strategy/differentiators.yaml",
    ),
    Check(
        id="unproven-value-driver",
        family="evidence",
        close=True,
        find=find_unproven_drivers,
        unless=is_borne_out,
        says="An outcome we promise has neither proof nor a figure with its source.",
        why="Every rival promises it, too; a figure that somebody has measured is what a buyer passes on.",
        fix="Name evidence under proof, or a figure with its source under range.",
        bad=_DRIVER,
        good=_DRIVER + "  range: {figure: 20 to 35% less gas, source: Savings reports of 2025}\n",
        file="strategy/value_drivers.yaml",
    ),
    Check(
        id="contradicted-assumption",
        family="evidence",
        whole=True,
        find=find_contradicted,
        says="More speaks against an assumption than for it, and it still counts as holding.",
        why="Objectives rest on it; who decides late decides under pressure.",
        fix="Set its state to doubtful and a day under decide_by, or write down what speaks for it.",
        bad=_ASSUMPTION.format(state="holds"),
        good=_ASSUMPTION.format(state="doubtful"),
        file="strategy/assumptions.yaml",
    ),
    Check(
        id="only-wins-told",
        family="evidence",
        whole=True,
        find=find_only_won,
        says="All stories of deals are of deals that were won.",
        why="Most is learned from the others, and sellers believe a collection that has them.",
        fix="Ask for the story of the last deal that was lost, and of one that ended without a decision.",
        bad="".join(_STORY.format(number=number, outcome="won") for number in range(4)),
        good="".join(
            _STORY.format(number=number, outcome="lost" if number else "won") for number in range(4)
        ),
        file="strategy/wins.yaml",
    ),
    Check(
        id="old-proof",
        family="evidence",
        severity=Severity.NOTICE,
        dated=True,
        find=find_old_proof,
        says="Evidence is older than it may be.",
        why="A buyer asks what has happened since.",
        fix="Ask for a newer figure, or let it end with effective_until.",
        bad=_PROOF + "2019-05\n",
        good=_PROOF + "2025-11\n",
        file="strategy/proof.yaml",
    ),
    Check(
        id="one-sided-battlecard",
        family="evidence",
        close=True,
        find=find_one_sided,
        says="A battlecard names nothing in which the competitor wins.",
        why="Sellers find out anyway, in front of the customer, and then trust none of the card.",
        fix="Ask the sellers of the last deals lost to them, and write it down.",
        bad=_CARD + "  where_they_win: [Nowhere]\n",
        good=_CARD + "  where_they_win: [Price today]\n",
        file="strategy/competitors.yaml",
    ),
    Check(
        id="number-without-source",
        family="evidence",
        close=True,
        find=find_unsourced,
        unless=is_borne_out,
        says="Sellers are to claim a figure that has no source.",
        why="The first buyer who asks where it comes from gets no answer.",
        fix="Name a proof, write the source under sources, or link to it in the text.",
        bad=_ANSWER,
        good=_ANSWER + "  proof: [dairy-saves-a-third]\n",
        file="strategy/objections.yaml",
    ),
)
