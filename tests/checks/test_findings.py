"""What the checks find in the strategies of this repository, kept as files. `pytest --renew`
writes them anew; read them then.
"""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from generator.checks.project import check_project
from generator.problems.problem import Severity

ROOT = Path(__file__).parents[2]
GOLDEN = ROOT / "tests/golden/findings"
STRATEGIES = {
    "root": ROOT,
    "posthog": ROOT / "examples/posthog",
    "sourcegraph": ROOT / "examples/sourcegraph",
    "parcel-post": ROOT / "examples/parcel-post",
}
TODAY = date(2026, 11, 22)


@pytest.mark.parametrize("name", STRATEGIES)
def test_the_findings_are_those_that_were_read_and_judged(
    name: str, request: pytest.FixtureRequest
) -> None:
    problems = check_project(STRATEGIES[name], as_of=TODAY)[2]
    lines = [
        f"{one.severity} {one.rule} {one.place.file}:{one.place.line} {one.title}\n"
        for one in problems
    ]
    expected = GOLDEN / f"{name}.txt"
    if request.config.getoption("--renew"):
        expected.parent.mkdir(parents=True, exist_ok=True)
        expected.write_text("".join(lines), "utf-8")
    assert "".join(lines) == expected.read_text("utf-8")


def test_our_own_strategy_is_without_errors_and_nearly_without_warnings() -> None:
    problems = check_project(ROOT, as_of=TODAY)[2]
    assert not any(problem.severity is Severity.ERROR for problem in problems)
    assert sum(problem.severity is Severity.WARNING for problem in problems) <= 5
