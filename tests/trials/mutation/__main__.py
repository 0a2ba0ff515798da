"""Make single changes to the program, run the tests, say which they did not notice.

python -m tests.trials.mutation                     a sample of 400
python -m tests.trials.mutation --all
python -m tests.trials.mutation --modules checks model/edition.py
python -m tests.trials.mutation --fixed             those that once went unnoticed
"""

from __future__ import annotations

import argparse
import random
import sys
from collections.abc import Iterable, Sequence

from tests.trials.mutation.changes import Change, list_changes
from tests.trials.mutation.fixed import FIXED
from tests.trials.mutation.running import UnchangedFailsError, try_changes
from tests.trials.mutation.tables import (
    LEAST_SHARE,
    NO_CHANGE,
    PACKAGE,
    list_modules,
    list_tests,
    read_no_change,
)

SAMPLE, SEED = 400, 13
LEAST_OF_EACH = 3
"""So many changes of each module are in every sample."""


def main(arguments: Sequence[str] | None = None) -> int:
    """Run the trial; 0 where enough was noticed and every change that a list names is there."""
    options = _read_options(arguments)
    every = {
        module: list_changes(module, (PACKAGE / module).read_text("utf-8"))
        for module in list_modules()
    }
    none = read_no_change()
    known = {change.name for changes in every.values() for change in changes}
    lost = [name for name in (*none, *FIXED) if name not in known]
    for name in lost:
        print(f"a list names it, but it is no longer in the program: {name}")
    if options.fixed:
        some = FIXED[:: max(1, len(FIXED) // options.fixed)]
        chosen = [one for changes in every.values() for one in changes if one.name in some]
        return int(bool(lost) or _try_all(chosen, nearest=True) < 1)
    asked = {
        module: changes
        for module, changes in every.items()
        if not options.modules or any(module.startswith(name) for name in options.modules)
    }
    counted = {
        module: [change for change in changes if change.name not in none]
        for module, changes in asked.items()
    }
    share = _try_all(_choose(counted, None if options.all else options.sample, options.seed))
    left = sum(map(len, asked.values())) - sum(map(len, counted.values()))
    print(f"left out: {left} that change nothing, each with its reason in {NO_CHANGE.name}")
    return int(bool(lost) or share < LEAST_SHARE)


def _read_options(arguments: Sequence[str] | None) -> argparse.Namespace:
    parser = argparse.ArgumentParser(
        prog="python -m tests.trials.mutation",
        description=__doc__,
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    parser.add_argument(
        "--modules", nargs="+", default=[], metavar="PATH", help="rooms or files below generator/"
    )
    parser.add_argument("--sample", type=int, default=SAMPLE, metavar="N", help="how many changes")
    parser.add_argument("--seed", type=int, default=SEED)
    parser.add_argument("--all", action="store_true", help="every change there is")
    parser.add_argument(
        "--fixed",
        type=int,
        nargs="?",
        const=len(FIXED),
        metavar="N",
        help="those that once went unnoticed, or about N of them",
    )
    return parser.parse_args(arguments)


def _choose(counted: dict[str, list[Change]], number: int | None, seed: int) -> list[Change]:
    """A sample in which each module has its part; all where no number is given."""
    everything = [change for changes in counted.values() for change in changes]
    if number is None or number >= len(everything):
        return everything
    chance = random.Random(seed)
    chosen = {
        change
        for changes in counted.values()
        for change in chance.sample(changes, min(LEAST_OF_EACH, len(changes)))
    }
    rest = [change for change in everything if change not in chosen]
    chosen |= set(chance.sample(rest, max(number - len(chosen), 0)))
    return [change for change in everything if change in chosen]


def _try_all(chosen: Iterable[Change], *, nearest: bool = False) -> float:
    """Try these changes, module by module, and say how it went; the share that was noticed, 0 where
    not all could be tried. With `nearest`, only the first test file of each module is run.
    """
    modules: dict[str, list[Change]] = {}
    for change in chosen:
        modules.setdefault(change.file, []).append(change)
    total = noticed = 0
    all_tried = True
    for module, changes in modules.items():
        tests = list_tests(module)
        try:
            outcomes = try_changes(module, changes, tests[:1] if nearest else tests)
        except UnchangedFailsError:
            print(f"{module:36} cannot be tried: its tests fail although nothing is changed")
            all_tried = False
            continue
        missed = [outcome.change for outcome in outcomes if not outcome.noticed]
        total += len(outcomes)
        noticed += len(outcomes) - len(missed)
        print(_row(module, len(outcomes) - len(missed), len(outcomes)), flush=True)
        for change in missed:
            print(f"    {PACKAGE.name}/{change.file}:{change.line}  {change.name}", flush=True)
    print(_row("all", noticed, total), flush=True)
    return noticed / total if total and all_tried else 0.0


def _row(name: str, noticed: int, total: int) -> str:
    return f"{name:36} {noticed:4} of {total:4} noticed  {noticed / max(total, 1):4.0%}"


if __name__ == "__main__":
    sys.exit(main())
