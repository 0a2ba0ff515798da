"""How much a trial tries: a fixed part whenever the tests run, far more in `make trials`."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TypeVar

from hypothesis import settings

T = TypeVar("T")
MANY = 20
"""So many times the fixed part, where a trial says nothing else."""
_is_large = False


def try_all() -> None:
    """From now on trials are large. For `pytest --trials`, before it reads any test."""
    global _is_large  # noqa: PLW0603  # decorators ask when a module is read, long before a fixture
    _is_large = True
    settings.register_profile(
        "trials", settings.get_profile("suite"), derandomize=False, print_blob=True
    )
    settings.load_profile("trials")


def choose(fixed: T, large: T) -> T:
    """The fixed part, or the large one."""
    return large if _is_large else fixed


def examples(fixed: int, large: int | None = None) -> settings:
    """A decorator: so many examples of Hypothesis. The fixed ones are the same each time; the large
    trial draws new ones, and prints how to draw what failed again.
    """
    return settings(max_examples=choose(fixed, large or MANY * fixed))


def some(items: Iterable[T], fixed: int) -> list[T]:
    """So many of the items, from the whole of the list, and all of them in the trials."""
    every = list(items)
    step = max(1, choose(len(every) / fixed, 1))
    return [every[int(number * step)] for number in range(int(len(every) / step))]
