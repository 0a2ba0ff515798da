"""What keeps a rule of a company's own from being followed, each at its line in the header."""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple

from generator.checks.own.fields import HEADER, find_field, find_kind, list_paths
from generator.model.header import OwnRule
from generator.model.strategy import Strategy
from generator.problems.phrases import join_words
from generator.problems.suggestions import suggest
from generator.schema.patterns import PatternError, compile_pattern
from generator.schema.vocabulary import Field, Kind, Vocabulary
from generator.syntax.document import Route

ASKS = {
    "must_have": ("must_have",),
    "must_not_hold or must_not_match": ("must_not_hold", "must_not_match"),
    "at_most": ("at_most",),
    "within": ("within",),
}
"""What a rule may ask, by the fields that ask it."""
_DATES = frozenset({"date", "day_or_month"})
_TEXTS = frozenset({"plain", "prose"})


class Fault(NamedTuple):
    """What is wrong with a rule: where in it, and what to do."""

    route: Route
    title: str
    fix: str


def find_faults(rule: OwnRule, strategy: Strategy, vocabulary: Vocabulary) -> Iterator[Fault]:
    """Everything that is wrong with a rule; nothing where it can be followed."""
    asked = [name for name, fields in ASKS.items() if any(_has(rule, one) for one in fields)]
    if len(asked) != 1:
        yield Fault(
            ("id",),
            f"the rule asks {join_words(asked)} at once" if asked else "the rule asks nothing",
            f"Let it ask one of {', '.join(ASKS)}; what else must hold is a rule of its own.",
        )
        return
    yield from _find_word_faults(rule)
    yield from _find_pattern_fault(rule)
    if asked == ["within"]:
        yield from _find_date_faults(rule)
    elif rule.date is not None:
        yield Fault(("date",), "the rule names a date, and not within what", "Add within: 90d.")
    if rule.fields and not asked[0].startswith("must_not"):
        yield Fault(("fields",), "fields are for rules about texts", "Take the line out.")
    if rule.kind is None:
        if not asked[0].startswith("must_not") or rule.when or rule.except_:
            yield Fault(("id",), "the rule does not say about which kind it is", "Add kind.")
        return
    kind = find_kind(rule.kind, vocabulary)
    if kind is None:
        near = suggest(rule.kind, [HEADER, *vocabulary.kinds])
        hint = f'Did you mean "{near}"?' if near else f"Kinds are {', '.join(vocabulary.kinds)}."
        yield Fault(("kind",), f'"{rule.kind}" is not a kind of entry', hint)
        return
    yield from _find_field_faults(rule, kind)
    known = {entry.id: (entry.title,) for entry in strategy.of(rule.kind)}
    for position, name in enumerate(rule.except_):
        if name not in known:
            near = suggest(name, known)
            hint = f'Did you mean "{near}"?' if near else "Take it out of the list."
            yield Fault(("except", position), f'there is no "{name}" among {rule.kind}', hint)


def _has(rule: OwnRule, name: str) -> bool:
    return getattr(rule, name) not in (None, ())


def _find_word_faults(rule: OwnRule) -> Iterator[Fault]:
    """Words that would stand in every text, or in none."""
    for position, word in enumerate(rule.must_not_hold):
        if "*" in word.rstrip("*") or not any(letter.isalnum() for letter in word):
            yield Fault(
                ("must_not_hold", position),
                f'"{word}" is no word that could be found',
                "Write whole words; a star at the end stands for any ending.",
            )


def _find_pattern_fault(rule: OwnRule) -> Iterator[Fault]:
    if rule.must_not_match is not None:
        try:
            compile_pattern(rule.must_not_match)
        except PatternError as error:
            yield Fault(
                ("must_not_match",),
                f"this pattern {error}",
                "Write it another way, or name the words under must_not_hold.",
            )


def _find_date_faults(rule: OwnRule) -> Iterator[Fault]:
    if rule.date is None:
        yield Fault(("within",), "the rule does not say which date is meant", "Add date.")
    if rule.severity in ("error", "warning"):
        yield Fault(
            ("severity",),
            "what depends on today's date is never more than a notice",
            "Write notice, or take the line out.",
        )


def _find_field_faults(rule: OwnRule, kind: Kind) -> Iterator[Fault]:
    """Fields that are not there, or not of the sort that is asked for."""
    named: list[tuple[Route, str, frozenset[str]]] = [
        (("when", position, "field"), one.field, frozenset())
        for position, one in enumerate(rule.when)
    ]
    named += [(("must_have", at), path, frozenset()) for at, path in enumerate(rule.must_have)]
    named += [(("fields", at), path, _TEXTS) for at, path in enumerate(rule.fields)]
    named += [(("date",), rule.date, _DATES)] if rule.date else []
    for route, path, types in named:
        field = find_field(kind, path)
        if field is None:
            near = suggest(path, list(list_paths(kind)))
            hint = f'Did you mean "{near}"?' if near else "docs/fields.md names every field."
            yield Fault(route, f'"{path}" is not a field of {kind.plural.lower()}', hint)
        elif types and not _holds(field, types):
            sort = "a date" if types is _DATES else "text"
            yield Fault(route, f'"{path}" holds no {sort.removeprefix("a ")}', f"Name {sort}.")
    for position, one in enumerate(rule.when):
        field = find_field(kind, one.field)
        labels = (field.item or field).labels if field else {}
        for at, value in enumerate(one.is_):
            if labels and value not in labels:
                yield Fault(
                    ("when", position, "is", at),
                    f'"{one.field}" is never "{value}"',
                    f"It is one of {', '.join(labels)}.",
                )


def _holds(field: Field, types: frozenset[str]) -> bool:
    """Whether a field, or one in it, is of such a type."""
    inner = field.item or field
    return inner.type in types or any(_holds(one, types) for one in inner.fields.values())
