"""How long the checks of meaning take, and how that grows with the strategy: 1,250 to 10,000
entries, in one run.

Half of the entries are claims (differentiators and competitors), one in ten nearly the same as
another, so that the search for near-duplicates has something to do. Prints seconds of the processor
for all checks and for the slowest, and how much longer twice as many entries take (2.0 is linear).
"""

from __future__ import annotations

import json
import random
import time
from collections.abc import Callable, Mapping
from datetime import date
from functools import partial
from typing import Any

from generator.checks import CHECKS, check_meaning
from generator.checks.context import Check, Context
from generator.loading.loader import Loaded, load_strategy
from tests.sample import HEADER, MemoryTree, complete

TODAY = date(2026, 11, 22)
SHORT = [
    "the",
    "a",
    "is",
    "in",
    "of",
    "to",
    "and",
    "we",
    "on",
    "at",
    "by",
    "it",
    "no",
    "if",
    "so",
    "up",
    "or",
    "as",
    "be",
    "can",
    "for",
    "who",
    "you",
    "was",
    "are",
    "has",
    "not",
    "one",
    "two",
    "low",
]
SIZES = (1_250, 2_500, 5_000, 10_000)
WORDS = [
    f"{start}{end}"
    for start in (
        "heat",
        "cold",
        "grid",
        "plant",
        "pump",
        "steam",
        "gas",
        "milk",
        "paper",
        "cost",
        "time",
        "day",
    )
    for end in ("", "s", "er", "ed", "y", "al", "ing", "work", "line", "side", "house", "point")
]


def write(count: int) -> Mapping[str, Any]:
    """The data of a strategy with this many entries."""
    dice = random.Random(count)  # the same every time

    def say(length: int) -> str:
        return " ".join(dice.choices([*WORDS, *SHORT * 4], k=length))

    def answer(number: int) -> dict[str, Any]:
        text = ". ".join(say(12) for _ in range(5)) + "."
        return complete(
            "objections",
            {"id": f"o-{number}", "says": say(8), "respond": text, "reviewed_on": "2026-10-01"},
        )

    claims = [say(9) for _ in range(count // 4)]
    for number in range(0, len(claims) - 1, 10):
        claims[number + 1] = f"{claims[number]} too"
    return {
        "strategy": dict(HEADER),
        "differentiators": [
            complete("differentiators", {"id": f"d-{number}", "claim": claim})
            for number, claim in enumerate(claims)
        ],
        "competitors": [
            complete(
                "competitors",
                {
                    "id": f"c-{number}",
                    "where_they_win": [say(5), say(6)],
                    "they_say": [{"claim": say(9), "reply": f"{say(11)}. {say(14)}."}],
                },
            )
            for number in range(count // 4)
        ],
        "objections": [answer(number) for number in range(count // 2)],
    }


def read(data: Mapping[str, Any]) -> Loaded:
    """The strategy, read from files of a size that people have."""
    files = {"strategy.yaml": json.dumps({"strategy": data["strategy"]})}
    files |= {
        f"strategy/{kind}.yaml": json.dumps(entries, indent=0)
        for kind, entries in data.items()
        if kind != "strategy"
    }
    return load_strategy(MemoryTree(files), max_bytes=1_000_000_000)


def main() -> None:
    """Measure and print."""
    previous: dict[str, float] = {}
    for size in SIZES:
        seconds = time_checks(read(write(size)))
        print(f"{size:,} entries")
        for name in sorted(seconds, key=lambda name: -seconds[name])[:6]:
            ratio = f"{seconds[name] / previous[name]:5.2f} x" if previous else ""
            print(f"  {name:<32} {seconds[name]:7.3f} s   {ratio}")
        previous = seconds


def time_checks(loaded: Loaded) -> dict[str, float]:
    """Seconds for all checks together, and for each alone."""
    assert loaded.strategy is not None
    assert loaded.problems == ()
    context = Context(loaded.strategy, loaded.vocabulary, TODAY)
    seconds = {"all checks, with their places": measure(partial(check_meaning, loaded, TODAY))}
    seconds["listing the texts"] = measure(lambda: context.texts)
    return seconds | {
        name: measure(partial(exhaust, check, context)) for name, check in CHECKS.items()
    }


def exhaust(check: Check, context: Context) -> None:
    """Let a check find all it finds."""
    for _ in check.find(context):
        pass


def measure(work: Callable[[], object]) -> float:
    """Seconds of the processor that some work takes."""
    start = time.process_time()
    work()
    return time.process_time() - start


if __name__ == "__main__":
    main()
