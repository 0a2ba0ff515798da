"""What a strategy means, checked: one family of checks a file, all of them in one table.

A check knows the model and the day, and nothing of files: what it finds is data, and becomes a
problem here, with its place in the YAML. To add a check: a function and a line in the table of its
family, and its words in `schema/header.schema.json`.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from datetime import date
from itertools import chain

from generator.checks import clarity, completeness, evidence, focus, freshness, integrity
from generator.checks.context import FAMILIES, Check, Context, Finding
from generator.loading.loader import Loaded
from generator.loading.locator import Locator
from generator.model.builder import parse_key
from generator.model.entry import Key
from generator.model.header import Checks, Waiver
from generator.problems.problem import Problem, Severity

OFF = "off"
CHECKS: dict[str, Check] = {
    check.id: check
    for check in (
        *integrity.CHECKS,
        *focus.CHECKS,
        *clarity.CHECKS,
        *evidence.CHECKS,
        *completeness.CHECKS,
        *freshness.CHECKS,
    )
}
"""Every check by its id, family by family."""

__all__ = ["CHECKS", "FAMILIES", "OFF", "Check", "check_meaning"]


def check_meaning(
    loaded: Loaded, today: date, *, whole: bool = True, grave: bool = False
) -> list[Problem]:
    """What the checks find in a strategy on the day `today`; of `grave` checks only, those that may
    stop a build.

    Where some of it could not be read, `whole` is false. Then what compares entries must wait, and
    so must what comes with the calendar: it can wait, and the author has something else to mend.
    """
    if loaded.strategy is None:
        return []
    context = Context(loaded.strategy, loaded.vocabulary, today)
    checks = [
        check
        for check in CHECKS.values()
        if (whole or not (check.whole or check.dated))
        and (not grave or _severity_of(check, context.settings) is Severity.ERROR)
    ]
    return list(_make_problems(_find(context, checks, loaded.locator), context, loaded.locator))


def _find(
    context: Context, checks: Iterable[Check], locator: Locator
) -> Iterator[tuple[Check, Finding]]:
    """What these checks find, but for what the company has turned off or waived until a day that
    has not come.
    """
    settings = context.settings
    hidden = {_hidden_by(waiver) for waiver in settings.waivers if waiver.until >= context.today}
    wanted = [
        check
        for check in checks
        if not (check.can_be_waived and settings.severities.get(check.id) == OFF)
    ]
    found = (
        (check, finding) for check in wanted if not check.close for finding in check.find(context)
    )
    for check, finding in chain(
        found, _look_closely(context, [one for one in wanted if one.close], locator)
    ):
        if not check.can_be_waived or (check.id, finding.entry) not in hidden:
            yield check, finding


def _look_closely(
    context: Context, checks: Sequence[Check], locator: Locator
) -> Iterator[tuple[Check, Finding]]:
    """What is found in the header and in each entry by itself. In an entry that has stayed as it
    was, it is known from before.
    """
    settings = replace(context.settings, severities={}, waivers=())
    by = ("found", context.header.language, repr(settings), *(check.id for check in checks))
    known = {entry.key: locator.recall(entry.key, by) for entry in context.strategy}
    found: dict[Key | None, list[tuple[str, Finding]]] = {
        key: [] for key, kept in known.items() if kept is None
    }
    part = context.only(entry for entry in context.strategy if entry.key in found)
    for check in checks:
        for finding in check.find(part):
            found.setdefault(finding.entry, []).append((check.id, finding))
    for key, findings in found.items():
        locator.keep(key, by, tuple(findings))
    for name, finding in chain.from_iterable((known | found).values()):
        if not CHECKS[name].unless(context, finding):
            yield CHECKS[name], finding


def _hidden_by(waiver: Waiver) -> tuple[str, object]:
    return waiver.check, parse_key(waiver.entry, ()) if waiver.entry else None


def _make_problems(
    found: Iterable[tuple[Check, Finding]], context: Context, locator: Locator
) -> Iterator[Problem]:
    ran_out = {
        _hidden_by(waiver) for waiver in context.settings.waivers if waiver.until < context.today
    }
    for check, finding in found:
        severity = _severity_of(check, context.settings)
        if (check.id, finding.entry) in ran_out and severity is Severity.ERROR:
            severity = (
                Severity.WARNING
            )  # it is back because of a day that has come, and that stops no build
        key = finding.spot.key
        is_alone = all(spot.key == key for spot, _ in finding.related)
        problem: Problem | None = (
            locator.recall(key, (check.id, severity, finding)) if is_alone else None
        )
        if problem is None:
            problem = locator.problem(
                check,
                spot=finding.spot,
                title=finding.title,
                why=finding.why,
                fix=finding.fix,
                related=finding.related,
                severity=severity,
                entry=str(finding.entry) if finding.entry else "",
            )
            if is_alone:  # what another entry says may change, and with it its place
                locator.keep(key, (check.id, severity, finding), problem)
        yield problem


def _severity_of(check: Check, settings: Checks) -> Severity:
    if not check.can_be_waived or check.dated:
        return check.severity
    return Severity(settings.severities.get(check.id, check.severity))
