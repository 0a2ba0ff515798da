"""What takes long is begun first, so that short tests are left for the end, which workers share
evenly.
"""

from __future__ import annotations

from collections.abc import Iterator
from itertools import groupby

import pytest

LONG = ("browser", "commands", "site", "trials", "workbench")
"""Folders of tests with browsers, servers, git and whole sites; the others take milliseconds each."""


def deal(items: list[pytest.Item], workers: int) -> list[pytest.Item]:
    """The tests in the order in which `--dist worksteal` parts them: a run of them for each worker.

    Each begins with its share of what takes long: tests that are marked so one by one, then files,
    whose fixtures stay together. A file of few tests comes before one of many: each of its tests
    takes longer.
    """
    hands: list[list[pytest.Item]] = [[] for _ in range(workers)]
    longer = [one for one in items if _is_in_long_folder(one) and not _is_marked(one)]
    files = [list(found) for _, found in groupby(longer, lambda one: one.path)]
    for file in sorted(files, key=len, reverse=True):
        least = min(hands, key=len)
        least[:0] = file
    for number, item in enumerate(one for one in items if _is_marked(one)):
        hands[number % workers].insert(0, item)
    rest = [one for one in items if not _is_in_long_folder(one) and not _is_marked(one)]
    return list(_fill_up(hands, rest))


def _fill_up(hands: list[list[pytest.Item]], rest: list[pytest.Item]) -> Iterator[pytest.Item]:
    """Each hand, with as many of the rest as make it the part that xdist gives to a worker."""
    left = sum(map(len, hands)) + len(rest)
    for number, hand in enumerate(hands):
        size = left // (len(hands) - number)
        more = max(0, size - len(hand))
        yield from (*hand, *rest[:more])
        rest = rest[more:]
        left -= size
    yield from rest


def _is_marked(item: pytest.Item) -> bool:
    return item.get_closest_marker("long") is not None


def _is_in_long_folder(item: pytest.Item) -> bool:
    return item.nodeid.split("/")[1] in LONG
