"""Rules that a company writes as data under `checks` in the header, as checks like ours.

A rule asks one thing: a field must be there, a text must not hold something, there are at most so
many, a date is near. One with a fault is not followed, and told at its line.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from datetime import date
from functools import partial
from typing import Any

from generator.checks.context import Check, Context, Finding, Text, is_live
from generator.checks.example import header_example
from generator.checks.own.faults import Fault, find_faults
from generator.checks.own.fields import HEADER, find_values, spell
from generator.checks.wordlist import compile_words
from generator.loading.locator import Spot
from generator.model.dates import RoughDay
from generator.model.entry import Entry, Key
from generator.model.header import Condition, OwnRule
from generator.problems.problem import Severity
from generator.schema.patterns import compile_pattern

OWN = "own"
"""The family of a company's own checks, and what their ids begin with: `own/floor-needs-approval`."""
_WHY = "Your company has set this rule, in strategy.yaml under checks."


def list_own_checks(context: Context) -> list[Check]:
    """The rules of the header that can be followed, as checks."""
    faulty = {position for position, _ in _list_faults(context)}
    return [
        _make_check(rule)
        for position, rule in enumerate(context.settings.rules)
        if position not in faulty
    ]


def find_faulty_rules(context: Context) -> Iterator[Finding]:
    """Rules that cannot be followed, each fault at its line."""
    for position, fault in _list_faults(context):
        yield Finding(
            entry=None,
            spot=Spot(None, ("checks", "rules", position, *fault.route)),
            title=fault.title,
            fix=fault.fix,
        )


def _list_faults(context: Context) -> Iterator[tuple[int, Fault]]:
    rules = context.settings.rules
    for position, rule in enumerate(rules):
        for fault in find_faults(rule, context.strategy, context.vocabulary):
            yield position, fault
        if rule.id in {one.id for one in rules[:position]}:
            yield position, Fault(("id",), f'two rules are called "{rule.id}"', "Rename one.")


def _make_check(rule: OwnRule) -> Check:
    is_dated = rule.within is not None
    usual = Severity.NOTICE if is_dated else Severity.WARNING
    return Check(
        id=f"{OWN}/{rule.id}",
        family=OWN,
        severity=Severity(rule.severity) if rule.severity else usual,
        dated=is_dated,
        whole=rule.at_most is not None,
        find=partial(_choose_look(rule), rule),
        says=rule.says,
        why=rule.why or _WHY,
        fix=rule.fix or "",
    )


def _choose_look(rule: OwnRule) -> Callable[[OwnRule, Context], Iterator[Finding]]:
    if rule.must_have:
        return _find_absent
    if rule.at_most is not None:
        return _find_too_many
    return _find_far_dates if rule.within is not None else _find_forbidden


def _find_absent(rule: OwnRule, context: Context) -> Iterator[Finding]:
    for key, group in _list_meant(rule, context):
        for path in rule.must_have:
            for route, value in find_values(group, path):
                if value is None:
                    yield _make(rule, context, Spot(key, route), f"Write {path}.")


def _find_forbidden(rule: OwnRule, context: Context) -> Iterator[Finding]:
    find, meant = _choose_find(rule), set()
    if rule.kind is not None:
        meant = {key for key, _ in _list_meant(rule, context)}
    for text in context.texts:
        if (rule.kind is None or text.key in meant) and _is_in(text, rule.fields):
            found = find(text.text)
            if found is not None:
                fix = f'Say it without "{found}".' if found else "Say it in other words."
                yield _make(rule, context, text.at(found), fix)


def _choose_find(rule: OwnRule) -> Callable[[str], str | None]:
    """What finds in a text the words that may not stand there: a pattern says only that they do."""
    if rule.must_not_match is not None:
        pattern = compile_pattern(rule.must_not_match)
        words = compile_words(rule.must_not_hold) if rule.must_not_hold else None

        def find_any(text: str) -> str | None:
            found = words.search(text) if words else None
            return found[0] if found else "" if pattern.is_valid(text) else None

        return find_any
    listed = compile_words(rule.must_not_hold)

    def find_word(text: str) -> str | None:
        found = listed.search(text)
        return found[0] if found else None

    return find_word


def _is_in(text: Text, fields: Sequence[str]) -> bool:
    return not fields or any(
        text.field == one or text.field.startswith(f"{one}.") for one in fields
    )


def _find_too_many(rule: OwnRule, context: Context) -> Iterator[Finding]:
    meant = [key for key, _ in _list_meant(rule, context)]
    most = rule.at_most or 0
    if len(meant) > most:
        where = (rule.when[0].field.split(".")[0],) if rule.when else ("id",)
        spots = [Spot(key, where) for key in meant]
        yield Finding(
            entry=meant[0],
            spot=spots[0],
            title=rule.says,
            why=f"Now it is {len(meant)}, and {most} may be. {rule.why or _WHY}",
            fix=rule.fix or f"Decide which {len(meant) - most} to leave out.",
            related=tuple((one, "counts as well") for one in spots[1:]),
        )


def _find_far_dates(rule: OwnRule, context: Context) -> Iterator[Finding]:
    assert rule.date is not None  # noqa: S101  # else the rule has a fault
    assert rule.within is not None  # noqa: S101
    for key, group in _list_meant(rule, context):
        for route, value in find_values(group, rule.date):
            known = isinstance(value, RoughDay) and value.is_known
            day = value.first if known else value
            if isinstance(day, date) and abs(day - context.today) > rule.within.length:
                yield _make(rule, context, Spot(key, route), "Look again, and write the new date.")


def _list_meant(rule: OwnRule, context: Context) -> Iterator[tuple[Key | None, Any]]:
    """The entries, or the header, that a rule is about."""
    if rule.kind == HEADER:
        meant: list[tuple[Key | None, Any]] = [(None, context.header)]
    else:
        entries: Sequence[Entry] = context.strategy.of(rule.kind or "")
        meant = [(one.key, one) for one in entries if is_live(one) and one.id not in rule.except_]
    for key, group in meant:
        if all(_is_so(condition, group) for condition in rule.when):
            yield key, group


def _is_so(condition: Condition, group: Any) -> bool:
    for _, value in find_values(group, condition.field):
        values = value if isinstance(value, tuple) else (value,)
        for one in values:
            if one is not None and (not condition.is_ or spell(one) in condition.is_):
                return True
    return False


def _make(rule: OwnRule, context: Context, spot: Spot, fix: str) -> Finding:
    return Finding(
        entry=spot.key,
        spot=spot,
        title=f"{context.titled(spot.key)}: {rule.says}",
        fix=rule.fix or fix,
    )


_RULES = """  checks:
    rules:
      - id: floor-needs-approval
        says: Who has a floor price says who approves a discount.
        kind: offerings
        when:
          - field: guardrails.floor
        {asks}
"""
CHECKS = (
    Check(
        id="faulty-own-rule",
        family="integrity",
        severity=Severity.ERROR,
        find=find_faulty_rules,
        says="A rule of your own cannot be followed.",
        why="It would be taken for kept, and nobody would look.",
        bad=header_example(_RULES.format(asks="must_have: [guardrails.approval]")),
        good=header_example(_RULES.format(asks="must_have: [guardrails.discount_approval]")),
        file="strategy.yaml",
    ),
)
