"""What a strategy means, checked: one family of checks a file, all of them in one table. The door is
`check_project`: all that is wrong in a folder, from the bytes to the meaning.

A check knows the model and the day, and nothing of files: what it finds is data, and becomes a
problem here, with its place in the YAML. To add a check: a function and a line in the table of its
family, and its words in `schema/header.schema.json`.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Iterator, Sequence
from dataclasses import replace
from datetime import date
from functools import partial
from itertools import chain
from typing import TYPE_CHECKING, Any

from generator.checks import (
    clarity,
    completeness,
    contradictions,
    evidence,
    focus,
    freshness,
    integrity,
    markup,
    own,
)
from generator.checks.context import FAMILIES, Check, Context, Finding
from generator.files.memory import FINDINGS, NO_MEMORY, Memory
from generator.loading.loader import Loaded
from generator.loading.locator import Locator, Spot
from generator.model.builder import parse_key
from generator.model.entry import Key
from generator.model.header import Checks, Waiver
from generator.problems.problem import Problem, Severity
from generator.problems.rule import FORM
from generator.syntax.document import Route

if TYPE_CHECKING:
    from generator.checks.project import check_project
else:

    def __getattr__(name: str) -> Any:
        """The door; `project` needs the table below, so that it cannot be read before."""
        if name != "check_project":
            raise AttributeError(f"module {__name__} has no attribute {name}")
        from generator.checks.project import check_project

        return check_project


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
        *contradictions.CHECKS,
        *markup.CHECKS,
        *own.CHECKS,
    )
}
"""Every check by its id, family by family."""

__all__ = [
    "CHECKS",
    "FAMILIES",
    "OFF",
    "Check",
    "check_closely",
    "check_meaning",
    "check_project",
    "family_of",
    "list_waiting",
]


def check_meaning(
    loaded: Loaded,
    today: date,
    *,
    whole: bool = True,
    grave: bool = False,
    memory: Memory = NO_MEMORY,
    installed: Sequence[Check] = (),
) -> list[Problem]:
    """What the checks find in a strategy on the day `today`; of `grave` checks only, those that may
    stop a build.

    Where some of it could not be read, `whole` is false. Then what compares entries must wait, and
    so must what comes with the calendar: it can wait, and the author has something else to mend.
    With a `memory`, entries that are the same as before are not looked into again. `installed` are
    checks of packages beside ours.
    """
    if loaded.strategy is None:
        return []
    context = Context(loaded.strategy, loaded.vocabulary, today)
    checks = [
        check
        for check in (*CHECKS.values(), *own.list_own_checks(context), *installed)
        if (whole or not (check.whole or check.dated))
        and (not grave or _severity_of(check, context.settings) is Severity.ERROR)
    ]
    look = partial(_look_closely, context, loaded.locator, memory, "grave " if grave else "")
    return list(_make_problems(_find(context, checks, look), context, loaded.locator))


def check_closely(
    loaded: Loaded, today: date, keys: Collection[Key | None], locator: Locator
) -> list[Problem]:
    """What the checks find in these entries (None: the header) by their own words alone. `locator` knows
    where they are written.
    """
    if loaded.strategy is None:
        return []
    context = Context(loaded.strategy, loaded.vocabulary, today)
    part = context.only(entry for key in keys if (entry := context.entry(key)) is not None)

    def look(checks: Sequence[Check]) -> Iterator[tuple[Check, Finding]]:
        for check in checks:
            for finding in check.find(part):
                if finding.entry in keys and not check.unless(context, finding):
                    yield check, finding

    close = [check for check in CHECKS.values() if check.close]
    return list(_make_problems(_find(context, close, look), context, locator))


def list_waiting(loaded: Loaded, problems: Iterable[Problem]) -> tuple[str, ...]:
    """The families of checks that were not run, or not all of them, since some of the strategy could
    not be read; none where everything was looked at.
    """
    if loaded.strategy is None:
        return FAMILIES
    if not any(one.severity is Severity.ERROR and family_of(one.rule) == FORM for one in problems):
        return ()
    waiting = {check.family for check in CHECKS.values() if check.whole or check.dated}
    return tuple(family for family in FAMILIES if family in waiting)


def family_of(rule: str) -> str:
    """The family of the check of this id; what no check has found is about form."""
    if rule.startswith(f"{own.OWN}/"):
        return own.OWN
    return CHECKS[rule].family if rule in CHECKS else FORM


def _find(
    context: Context,
    checks: Iterable[Check],
    look_closely: Callable[[Sequence[Check]], Iterator[tuple[Check, Finding]]],
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
    for check, finding in chain(found, look_closely([one for one in wanted if one.close])):
        if not check.can_be_waived or (check.id, finding.entry) not in hidden:
            yield check, finding


def _look_closely(
    context: Context, locator: Locator, memory: Memory, weight: str, checks: Sequence[Check]
) -> Iterator[tuple[Check, Finding]]:
    """What is found in the header and in each entry by itself. In an entry that has stayed as it
    was, it is known from before.
    """
    settings = replace(context.settings, severities={}, waivers=())
    names = (check.id for check in checks)
    kept = memory.about(weight + FINDINGS, context.header.language, repr(settings), *names)
    known: dict[Key | None, Any] = {
        entry.key: kept.recall(entry.key, locator.find(entry.key)) for entry in context.strategy
    }
    found: dict[Key | None, list[tuple[str, Finding]]] = {
        key: [] for key, plain in known.items() if plain is None
    }
    left = [entry for entry in context.strategy if entry.key in found]
    part = context if len(left) == len(known) else context.only(left)
    for check in checks:
        for finding in check.find(part):
            found.setdefault(finding.entry, []).append((check.id, finding))
    for key, findings in found.items():
        kept.keep(key, locator.find(key), tuple(_as_plain(*one) for one in findings))
    groups = (
        found[key] if key in found else (_as_found(key, one) for one in known[key])
        for key in known | found
    )
    for name, finding in chain.from_iterable(groups):
        if not CHECKS[name].unless(context, finding):
            yield CHECKS[name], finding


def _as_plain(name: str, finding: Finding) -> tuple[Any, ...]:
    """What a check found in an entry, as plain data, which can be kept from one run to the next."""
    related = tuple((*_plain_spot(spot), note) for spot, note in finding.related)
    return (
        name,
        *_plain_spot(finding.spot),
        finding.title,
        finding.fix,
        finding.why,
        related,
        finding.replacement,
    )


def _plain_spot(spot: Spot) -> tuple[Any, ...]:
    return (tuple(spot.key) if spot.key else None, spot.route, spot.text)


def _as_found(entry: Key | None, plain: tuple[Any, ...]) -> tuple[str, Finding]:
    name, key, route, text, title, fix, why, related, replacement = plain
    others = tuple((_spot(*spot), note) for *spot, note in related)
    return name, Finding(
        entry=entry,
        spot=_spot(key, route, text),
        title=title,
        fix=fix,
        why=why,
        related=others,
        replacement=replacement,
    )


def _spot(key: tuple[str, str] | None, route: Route, text: str) -> Spot:
    return Spot(Key(*key) if key else None, route, text)


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
        yield locator.problem(
            check,
            spot=finding.spot,
            title=finding.title,
            why=finding.why,
            fix=finding.fix,
            related=finding.related,
            severity=severity,
            entry=str(finding.entry) if finding.entry else "",
            replacement=finding.replacement,
        )


def _severity_of(check: Check, settings: Checks) -> Severity:
    if not check.can_be_waived or check.dated:
        return check.severity
    return Severity(settings.severities.get(check.id, check.severity))
