"""What one check finds in a strategy given as data."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import date

import pytest

from generator.checks import check_meaning
from generator.problems.problem import Problem
from tests.sample import Entries, load_data

TODAY = date(2026, 11, 22)
Find = Callable[..., list[Problem]]


@pytest.fixture
def find() -> Find:
    """The findings of the check with this name."""

    def find_by(
        rule: str,
        header: Mapping[str, object] | None = None,
        today: date = TODAY,
        **kinds: Entries,
    ) -> list[Problem]:
        found = check_meaning(load_data(header, **kinds), today)
        return [problem for problem in found if problem.rule == rule]

    return find_by
