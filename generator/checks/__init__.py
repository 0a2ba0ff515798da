"""What a strategy means, checked: one family of checks a file, all of them in one table.

A check knows the model and the day, and nothing of files: what it finds is data, and becomes a problem here, with its place in the YAML.
To add a check: a function and a line in the table of its family, and its words in `schema/header.schema.json`.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import replace
from datetime import date

from generator.checks import clarity, completeness, evidence, focus, freshness, integrity
from generator.checks.context import FAMILIES, Check, Context, Finding
from generator.entry import parse_key
from generator.load import Loaded
from generator.location import Locator
from generator.model import Checks, Waiver
from generator.problem import Problem, Severity
from generator.rule import RULES, Rule

OFF = "off"
CHECKS: dict[str, Check] = {
    check.name: check
    for check in (
        *integrity.CHECKS,
        *focus.CHECKS,
        *clarity.CHECKS,
        *evidence.CHECKS,
        *completeness.CHECKS,
        *freshness.CHECKS,
    )
}
"""Every check by its name, family by family."""

ALL_RULES: dict[str, Rule] = {**RULES, **CHECKS}
"""Every rule a problem may name: those of form first, then those of meaning."""

__all__ = ["ALL_RULES", "CHECKS", "FAMILIES", "OFF", "Check", "check_meaning", "find_all"]


def check_meaning(loaded: Loaded, today: date, *, whole: bool = True, grave: bool = False) -> list[Problem]:
    """What the checks find in a strategy on the day `today`; of `grave` checks only, those that may stop a build.

    Where some of it could not be read, `whole` is false. Then what compares entries must wait, and so must what comes with the calendar:
    it can wait, and the author has something else to mend.
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
    return list(_make_problems(find_all(context, checks), context, loaded.locator))


def find_all(context: Context, checks: Iterable[Check] = tuple(CHECKS.values())) -> Iterator[tuple[Check, Finding]]:
    """What these checks find, but for what the company has turned off or waived until a day that has not come."""
    settings = context.settings
    hidden = {_hidden_by(waiver) for waiver in settings.waivers if waiver.until >= context.today}
    for check in checks:
        if check.can_be_waived and settings.severities.get(check.name) == OFF:
            continue
        for finding in check.find(context):
            if not check.can_be_waived or (check.name, finding.entry) not in hidden:
                yield check, finding


def _hidden_by(waiver: Waiver) -> tuple[str, object]:
    return waiver.check, parse_key(waiver.entry, ()) if waiver.entry else None


def _make_problems(found: Iterable[tuple[Check, Finding]], context: Context, locator: Locator) -> Iterator[Problem]:
    ran_out = {_hidden_by(waiver) for waiver in context.settings.waivers if waiver.until < context.today}
    for check, finding in found:
        severity = _severity_of(check, context.settings)
        if (check.name, finding.entry) in ran_out and severity is Severity.ERROR:
            severity = Severity.WARNING  # it is back because of a day that has come, and that stops no build
        words = (finding.title, finding.why or check.why, finding.fix)
        problem = locator.problem(check.name, severity, finding.spot, words, finding.related)
        yield replace(problem, entry=str(finding.entry) if finding.entry else "")


def _severity_of(check: Check, settings: Checks) -> Severity:
    if not check.can_be_waived or check.dated:
        return check.severity
    return Severity(settings.severities.get(check.name, check.severity))
