"""Clarity: a seller can say it, a buyer can repeat it. Few false alarms come before many finds."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from itertools import groupby

from generator.checks.context import Check, Context, Finding, Text
from generator.checks.example import header_example
from generator.checks.readable_text import (
    count_words,
    list_words,
    may_be_hard,
    measure_difficulty,
    split_sentences,
)
from generator.checks.similarity import find_twins
from generator.checks.wordlist import find_words, may_have_words
from generator.loading.locator import Spot
from generator.model.entry import Entry, Key
from generator.model.kinds import Competitor, Differentiator
from generator.model.placeholders import find_placeholder
from generator.problems.phrases import join_words, shorten
from generator.schema.vocabulary import Field, list_examples

DEFAULT_BUDGETS: Mapping[str, int] = {
    "statement": 35,
    "claim": 25,
    "one_liner": 25,
    "headline": 15,
    "quick_answer": 45,
    "say": 50,
    "acknowledge": 35,
    "message": 50,
    "summary": 70,
    "respond": 120,
}
"""How many words a field may have before it no longer fits its place; `checks.word_budgets` sets
others.
"""

SAID: Mapping[str, tuple[str, ...]] = {
    "": ("tagline", "statement"),
    "markets": (
        "summary",
        "rationale",
        "ideal_customer.must_have",
        "ideal_customer.good_signs",
        "segments.description",
        "triggers.what_it_means",
        "horizons.now.our_view",
        "horizons.next.our_view",
        "horizons.later.our_view",
        "do_more",
        "do_less",
    ),
    "personas": ("message", "questions", "goals"),
    "offerings": (
        "one_liner",
        "description",
        "problems",
        "outcomes",
        "capabilities.name",
        "capabilities.description",
        "not_for",
        "next_offerings.why",
        "next_offerings.opener",
    ),
    "differentiators": ("claim", "why_it_matters", "say", "show"),
    "proof": ("statement", "result"),
    "value_drivers": ("promise", "pitches.text"),
    "competitors": ("quick_answer", "where_we_win", "they_say.reply", "ask", "switching"),
    "objections": ("acknowledge", "explore", "respond", "confirm"),
    "stages": ("goal", "exit_criteria"),
    "plays": ("goal", "trigger", "steps.do", "steps.say", "steps.show", "questions", "done_when"),
    "qualification": ("elements.question", "elements.good_answer"),
    "glossary": ("meaning",),
    "announcements": ("headline", "why", "do"),
}
"""The fields that sellers read as our own words, or say. What buyers and competitors say is quoted, and
theirs.
"""

SHORTEST_HARD = 30
"""A measure of reading means nothing for fewer words."""


def find_long_statement(context: Context) -> Iterator[Finding]:
    """A statement that is no longer one sentence, or too long for one."""
    statement = context.header.statement or ""
    sentences, words = len(split_sentences(statement)), count_words(statement)
    most = _budget("statement", context)
    if sentences > 1 or words > most:
        what = (
            f"has {sentences} sentences"
            if sentences > 1
            else f"has {words} words; {most} are room for one thought"
        )
        yield Finding(
            entry=None,
            spot=Spot(None, ("statement",)),
            title=f"the statement {what}",
        )


def _budget(field: str, context: Context) -> int:
    return context.settings.word_budgets.get(field, DEFAULT_BUDGETS[field])


def find_vague_words(context: Context) -> Iterator[Finding]:
    """Words in what sellers say that any competitor could say as well."""
    return _find_listed(
        context, "vague", "Say what is behind it: a figure, a fact, an example. Or delete it."
    )


def find_empty_phrases(context: Context) -> Iterator[Finding]:
    """Phrases in what sellers say that can go without loss."""
    return _find_listed(context, "empty", "Delete it; the sentence will say the same.")


def _find_listed(context: Context, list_name: str, fix: str) -> Iterator[Finding]:
    settings, language = context.settings.vague_words, context.header.language
    said = (
        text
        for text in context.texts
        if text.field in SAID.get(text.key.kind if text.key else "", ())
    )
    for key, group in groupby(said, key=lambda text: text.key):
        texts = list(group)
        if not may_have_words([one.text for one in texts], list_name, language, settings):
            continue
        found = [
            (text, word)
            for text in texts
            for word in find_words(text.text, list_name, language, settings)
        ]
        if found:
            words = list(dict.fromkeys(word.lower() for _, word in found))
            first, *others = found
            what = join_words([f'"{word}"' for word in words[:4]])
            yield Finding(
                entry=key,
                spot=first[0].at(first[1]),
                title=f"{what} in {context.titled(key)} {'says' if len(words) == 1 else 'say'} nothing a competitor could not say"
                if list_name == "vague"
                else f"{what} in {context.titled(key)} {'is an empty phrase' if len(words) == 1 else 'are empty phrases'}",
                fix=fix,
                related=tuple((text.at(word), word) for text, word in others),
            )


def find_same_claims(context: Context) -> Iterator[Finding]:
    """Reasons to choose us that say what another says, or, without proof, what a competitor says as
    well.
    """
    claims = list(_list_claims(context))
    told: set[Key] = set()
    for earlier, later in find_twins([text for _, _, text in claims], context.settings.same_claim):
        pair = [claims[later], claims[earlier]]
        own = [claim for claim in pair if isinstance(claim[0], Differentiator)]
        if not own or own[0][0].key in told:
            continue
        entry, route, text = own[0]
        other = pair[1] if own[0] is pair[0] else pair[0]
        if isinstance(entry, Differentiator) and isinstance(other[0], Competitor) and entry.proof:
            continue
        told.add(entry.key)
        whose = (
            "another reason to choose us"
            if isinstance(other[0], Differentiator)
            else f'"{other[0].title}"'
        )
        yield Finding(
            entry=entry.key,
            spot=Spot(entry.key, route),
            title=f'"{shorten(text)}" says what {whose} says as well',
            fix=f'The other one: "{shorten(other[2].rstrip("."))}". Join the two, or say what is different.'
            if isinstance(other[0], Differentiator)
            else f'They say: "{shorten(other[2].rstrip("."))}". Prove yours, or say what only you can say.',
            related=((Spot(other[0].key, other[1]), "the other one"),),
        )


def _list_claims(context: Context) -> Iterator[tuple[Entry, tuple[str | int, ...], str]]:
    """What competitors say and are good at first, then ours: so that of two the one of ours is
    told.
    """
    for entry in context.live("competitors"):
        if isinstance(entry, Competitor):
            for position, text in enumerate(entry.where_they_win):
                yield entry, ("where_they_win", position), text
            for position, reply in enumerate(entry.they_say):
                yield entry, ("they_say", position, "claim"), reply.claim
    for entry in context.live("differentiators"):
        if isinstance(entry, Differentiator):
            yield entry, ("claim",), entry.claim


def find_long_texts(context: Context) -> Iterator[Finding]:
    """Texts too long for their place."""
    for text in context.texts:
        name = text.field.rpartition(".")[2]
        if text.key is None or name not in DEFAULT_BUDGETS:
            continue
        most = _budget(name, context)
        if len(text.text) > most * 2 and (words := count_words(text.text)) > most:
            entry = context.titled(text.key)
            field = _title_of(text, context)
            yield Finding(
                entry=text.key,
                spot=text.at(),
                title=f'"{field}" of {entry} has {words} words; its place has room for {most}',
            )


def _title_of(text: Text, context: Context) -> str:
    """What the schema calls the field that a text stands in."""
    assert text.key is not None  # noqa: S101  # the header's texts are judged elsewhere
    fields, title = context.vocabulary.kinds[text.key.kind].fields, text.field
    for name in text.field.split("."):
        field = fields[name]
        fields, title = (field.item or field).fields, field.title
    return title


def find_hard_texts(context: Context) -> Iterator[Finding]:
    """Prose that is hard to read."""
    for text in context.texts:
        if not text.is_prose or text.key is None or len(text.text) < 4 * SHORTEST_HARD:
            continue
        words = list_words(text.text)
        if len(words) < SHORTEST_HARD:
            continue
        limit = context.settings.hardest_reading
        if not may_be_hard(text.text, words, limit):
            continue
        difficulty = measure_difficulty(text.text, context.header.language)
        if difficulty > limit:
            longest = max(map(count_words, split_sentences(text.text)))
            yield Finding(
                entry=text.key,
                spot=text.at(),
                title=f'"{_title_of(text, context)}" of {context.titled(text.key)} is hard to read',
                fix=f"Its longest sentence has {longest} words. Cut it in two, and take shorter words.",
                why=f"Its reading difficulty (LIX) is {difficulty:.0f}; a newspaper has 45, a law 60.",
            )


def find_placeholders(context: Context) -> Iterator[Finding]:
    """Texts that stand in for what nobody has written yet, and examples that an editor filled in."""
    examples = list_examples(context.vocabulary)
    for text in context.texts:
        found = find_placeholder(text.text)
        if text.text in examples:
            yield Finding(
                entry=text.key,
                spot=text.at(text.text),
                title=f"{context.titled(text.key)} still has the example that explains the field",
            )
            continue
        if found is not None:
            yield Finding(
                entry=text.key,
                spot=text.at(found if "\n" not in found else ""),
                title=f'"{shorten(found, 30)}" stands where {context.titled(text.key)} should say something',
                fix="Write it; it must be there." if _is_required(text, context) else "",
            )


def _is_required(text: Text, context: Context) -> bool:
    """Whether a text stands in a field that may not be left out."""
    here = context.vocabulary.kinds[text.key.kind] if text.key else context.vocabulary.header
    field: Field | None = None
    fields = here.fields
    for step in text.route:
        if isinstance(step, str):
            field = fields.get(step)
            fields = ((field.item or field).fields) if field is not None else {}
    return field is not None and field.required and not isinstance(text.route[-1], int)


_TERM = "- id: lift\n  term: Lift\n  meaning: {meaning}\n"
_CLAIM = "- id: measured-{number}\n  claim: {claim}\n  why_it_matters: Guesses cost money.\n  proof: [dairy-saves-a-third]\n"
_CARD = "- id: heat-pump\n  name: Heat pump\n  one_liner: {text}\n"
_LONG = (
    "We serve dairies with heat pumps, and we win because we measure for four weeks before we quote, because our engineers answer within "
    "a day wherever the plant stands, and because each of our machines comes with a guarantee"
)
_HARD = (
    "Temperature lift characterises the difference between evaporation and condensation temperatures, whose magnitude determines "
    "compressor dimensioning, electricity consumption and consequently the economic attractiveness of every installation under the "
    "respective operating conditions of the production facility concerned"
)
_OFFERINGS = "strategy/offerings.yaml"
CHECKS = (
    Check(
        id="long-statement",
        family="clarity",
        find=find_long_statement,
        says="The statement is longer than a sentence that people can repeat.",
        why="What a seller cannot say in one breath, nobody repeats.",
        fix="Say in one sentence whom you serve, with what, and why you win; the rest belongs into vision and mission.",
        bad=header_example(statement=_LONG + "."),
        good=header_example(),
        file="strategy.yaml",
    ),
    Check(
        id="vague-words",
        family="clarity",
        close=True,
        find=find_vague_words,
        says="What sellers say holds words that any competitor could say.",
        why="A buyer hears them from everybody and believes them from nobody.",
        bad=_CARD.format(text="World-class heat for dairies."),
        good=_CARD.format(text="Hot water at 90 °C from the heat a dairy throws away."),
        file=_OFFERINGS,
    ),
    Check(
        id="empty-phrase",
        family="clarity",
        close=True,
        find=find_empty_phrases,
        says="What sellers say holds a phrase that can go without loss.",
        why="Each empty phrase costs the attention that the next line needs.",
        bad=_CARD.format(text="At the end of the day, heat from waste heat."),
        good=_CARD.format(text="Heat from waste heat."),
        file=_OFFERINGS,
    ),
    Check(
        id="same-claim",
        family="clarity",
        whole=True,
        find=find_same_claims,
        says="A reason to choose us says what another one says, or what a competitor says and nothing of ours proves.",
        why="Reasons that sound alike count as one; a reason that a rival has as well counts as none.",
        bad=_CLAIM.format(number=1, claim="We measure your plant for weeks before we quote")
        + _CLAIM.format(number=2, claim="Before we quote, we measure your plant for weeks"),
        good=_CLAIM.format(number=1, claim="We measure your plant for weeks before we quote")
        + _CLAIM.format(number=2, claim="A technician is there within a day"),
        file="strategy/differentiators.yaml",
    ),
    Check(
        id="text-too-long",
        family="clarity",
        close=True,
        find=find_long_texts,
        says="A text has more words than its place has room for.",
        why="A card is read in ten seconds, on a phone, before a call.",
        fix="Keep what a seller needs first, and move the rest into a longer field.",
        bad=_CARD.format(text=_LONG + "."),
        good=_CARD.format(text="Hot water at 90 °C from the heat a dairy throws away."),
        file=_OFFERINGS,
    ),
    Check(
        id="hard-to-read",
        family="clarity",
        close=True,
        find=find_hard_texts,
        says="Prose is hard to read.",
        why="A seller reads it once, between two calls.",
        bad=_TERM.format(meaning=_HARD + "."),
        good=_TERM.format(
            meaning="How far heat is raised. A small lift needs little power. A lift of 40 K turns the warm water of a dairy into hot water for its cleaning."
        ),
    ),
    Check(
        id="placeholder-text",
        family="clarity",
        close=True,
        find=find_placeholders,
        says="A text stands in for one that nobody has written yet.",
        why="A page with an empty promise helps less than no page, and counts as nothing in how complete the strategy is.",
        fix="Write it; a field that may be left out can go until you know.",
        bad=_TERM.format(meaning="tbd"),
        good=_TERM.format(meaning="How far heat is raised."),
    ),
)
