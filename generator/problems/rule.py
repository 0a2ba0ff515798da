"""A rule: what may not be, why, how to mend it, and the problems that are made of it.

Each rule stands in the room that finds what breaks it; the `RULES` of a room are those that it
knows.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from textwrap import indent

from generator.problems.problem import Edit, Place, Problem, Related, Severity

FORM = "form"
"""The family of the rules about how a strategy is written; those of `checks` are about what it
means.
"""


@dataclass(frozen=True, kw_only=True, eq=False)
class Rule:
    """One rule, by the `id` that stands in brackets behind a problem.

    `says` is what is wrong, `why` why that matters, `fix` how to mend it, where one sentence serves
    every case (else each problem brings its own). `bad` and `good` are the content of `file`, each
    bad or good by just this rule; for rules about files as a whole they are empty. `family` is the
    sort of fault it is.
    """

    id: str
    severity: Severity = Severity.ERROR
    family: str = FORM
    says: str
    why: str
    fix: str = ""
    bad: str = ""
    good: str = ""
    file: str = "strategy/glossary.yaml"

    @property
    def note(self) -> str:
        """What else there is to know of the rule, such as how much it weighs; empty where nothing."""
        return ""

    def tell(self) -> str:
        """The rule for a terminal."""
        parts = [f"{self.id}: {self.says}", self.why, *filter(None, [self.note])]
        for title, example in (("Bad", self.bad), ("Good", self.good)):
            if example:
                parts.append(f"{title} ({self.file}):\n\n{indent(example.rstrip(), '    ')}")
        return "\n\n".join(parts) + "\n"

    def problem(
        self,
        *,
        place: Place,
        title: str,
        why: str = "",
        fix: str = "",
        related: Sequence[Related] = (),
        excerpt: tuple[tuple[int, str], ...] = (),
        edits: tuple[Edit, ...] = (),
        severity: Severity | None = None,
        entry: str = "",
        is_cause: bool = False,
        proposed: tuple[Edit, ...] = (),
        renamed_to: str = "",
    ) -> Problem:
        """What breaks the rule at a place. Without `why`, `fix` or `severity`, the rule's own count."""
        return Problem(
            rule=self.id,
            severity=severity or self.severity,
            place=place,
            title=title,
            why=why or self.why,
            fix=fix or self.fix,
            related=tuple(related),
            excerpt=excerpt,
            edits=edits,
            entry=entry,
            is_cause=is_cause,
            proposed=proposed,
            renamed_to=renamed_to,
        )
