"""The order in which workers get the tests."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

import pytest

from tests.sequence import deal


@dataclass(frozen=True)
class Listed:
    """What is asked of a test to give it its place."""

    nodeid: str
    is_long: bool = False

    @property
    def path(self) -> Path:
        return Path(self.nodeid.partition("::")[0])

    def get_closest_marker(self, name: str) -> str | None:
        return name if name == "long" and self.is_long else None


SHORT = [Listed(f"tests/model/test_one.py::test_{number}") for number in range(20)]
IN_BROWSER = [
    Listed(f"tests/browser/test_{file}.py::test_{number}")
    for file, size in {"a": 2, "b": 4, "c": 3}.items()
    for number in range(size)
]
LONG = [Listed(f"tests/test_host.py::test_{number}", is_long=True) for number in range(4)]


@pytest.mark.parametrize("workers", [2, 3, 6])
def test_every_worker_begins_with_its_share_of_what_takes_long(workers: int) -> None:
    dealt = deal([*SHORT, *IN_BROWSER, *LONG], workers)  # type: ignore[list-item]
    assert sorted(map(repr, dealt)) == sorted(map(repr, [*SHORT, *IN_BROWSER, *LONG]))
    parts, left = [], list(dealt)
    for number in range(workers):  # as xdist does
        size = len(left) // (workers - number)
        parts.append(left[:size])
        left = left[size:]
    for part in parts:
        ranks = [0 if one in LONG else 1 if one in IN_BROWSER else 2 for one in part]
        assert ranks == sorted(ranks)
    assert sum(part[0] in LONG for part in parts) == min(workers, len(LONG))


def test_the_tests_of_a_file_stay_together_and_those_of_a_small_file_come_first() -> None:
    dealt = deal([*SHORT, *IN_BROWSER], 2)  # type: ignore[list-item]
    files = [one.path.stem.removeprefix("test_") for one in dealt[:14] if one in IN_BROWSER]
    others = [one.path.stem.removeprefix("test_") for one in dealt[14:] if one in IN_BROWSER]
    assert files == [*"bbbb"]
    assert others == [*"aaccc"]
