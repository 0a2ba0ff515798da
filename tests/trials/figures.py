"""What `pytest --trials` runs, and the table of figures at its end."""

from __future__ import annotations

import os
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest

_HERE = Path(__file__).parent
_FIGURES = "figures"


@dataclass
class Row:
    """What was tried by all tests of one name."""

    cases: int = 0
    seconds: float = 0.0
    failed: int = 0


class Figures:
    """Picks the trials (all tests in this folder, and those elsewhere that are marked `trial`), and
    counts for each how many cases it tried and what they cost.
    """

    def __init__(self) -> None:
        self._rows: defaultdict[str, Row] = defaultdict(Row)

    @pytest.hookimpl(trylast=True)
    def pytest_collection_modifyitems(
        self, config: pytest.Config, items: list[pytest.Item]
    ) -> None:
        """Leave the other tests to `make test`."""
        trials = [item for item in items if _HERE in item.path.parents or is_marked(item)]
        config.hook.pytest_deselected(items=[item for item in items if item not in trials])
        items[:] = trials

    @pytest.hookimpl(wrapper=True)
    def pytest_runtest_call(self, item: pytest.Item) -> Iterator[None]:
        """Count the examples of Hypothesis, which runs a test once for each, and the processor's
        time.
        """
        drawn = _count_examples(item)
        before = _processor_seconds()
        try:
            return (yield)
        finally:
            said = dict(item.user_properties).get("tried", 1)
            figures = (len(drawn) or said, _processor_seconds() - before)
            item.user_properties.append((_FIGURES, figures))

    def pytest_runtest_logreport(self, report: pytest.TestReport) -> None:
        """Add up what the workers send."""
        name = report.nodeid.partition("[")[0]
        if report.failed:
            self._rows[name].failed += 1
        if report.when == "call":
            cases, seconds = dict(report.user_properties).get(_FIGURES, (1, 0.0))
            self._rows[name].cases += cases
            self._rows[name].seconds += seconds

    def pytest_terminal_summary(self, terminalreporter: pytest.TerminalReporter) -> None:
        """The table."""
        if not self._rows:
            return
        terminalreporter.section("trials")
        terminalreporter.write_line(f"{'cases':>9} {'seconds':>9} {'failed':>7}  trial")
        for name, row in sorted(self._rows.items()):
            terminalreporter.write_line(
                f"{row.cases:>9,} {row.seconds:>9.1f} {row.failed:>7}  {name.removeprefix('tests/')}"
            )
        rows = self._rows.values()
        terminalreporter.write_line(
            f"{sum(row.cases for row in rows):>9,} {sum(row.seconds for row in rows):>9.1f} "
            f"{sum(row.failed for row in rows):>7}  all, in seconds of the processor"
        )


def is_marked(item: pytest.Item) -> bool:
    """Whether a test outside this folder has a large version."""
    return item.get_closest_marker("trial") is not None


def _count_examples(item: pytest.Item) -> list[None]:
    """A list that grows with each example that Hypothesis tries; it stays empty for other tests."""
    drawn: list[None] = []
    handle: Any = getattr(getattr(item, "obj", None), "hypothesis", None)
    if handle is not None:
        inner = handle.inner_test

        def count(*arguments: Any, **named: Any) -> Any:
            drawn.append(None)
            return inner(*arguments, **named)

        handle.inner_test = count
    return drawn


def _processor_seconds() -> float:
    """Of this process and of those it has waited for."""
    return sum(os.times()[:4])
