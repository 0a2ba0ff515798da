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
    PACKAGE,
    list_modules,
    read_no_change,
    tests_for,
)

SAMPLE, SEED = 400, 13
LEAST_OF_EACH = 3
"""So many changes of each module are in every sample."""


def main(arguments: Sequence[str] | None = None) -> int:
    """Run the trial; 0 where enough was noticed and the list of changes that are none is true."""
    options = _read_options(arguments)
    every = {
        module: list_changes(module, (PACKAGE / module).read_text("utf-8"))
        for module in list_modules()
    }
    none = read_no_change()
    known = {change.name for changes in every.values() for change in changes}
    counted = {
        module: [change for change in changes if change.name not in none]
        for module, changes in every.items()
        if not options.modules or any(module.startswith(name) for name in options.modules)
    }
    if options.fixed:
        lost = [name for name in FIXED if name not in known]
        chosen = [one for changes in counted.values() for one in changes if one.name in FIXED]
    else:
        lost = [name for name in none if name not in known]
        chosen = _choose(counted, None if options.all else options.sample, options.seed)
    for name in lost:
        print(f"named in a list, but no longer in the program: {name}")
    share = _try_all(chosen)
    return int(bool(lost) or share < (1 if options.fixed else LEAST_SHARE))


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
    parser.add_argument("--fixed", action="store_true", help="those that once went unnoticed")
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


def _try_all(chosen: Iterable[Change]) -> float:
    """Try these changes, module by module, and say how it went; the share that was noticed."""
    modules: dict[str, list[Change]] = {}
    for change in chosen:
        modules.setdefault(change.file, []).append(change)
    total = noticed = 0
    for module, changes in modules.items():
        outcomes = try_changes(module, changes, tests_for(module))
        missed = [outcome.change for outcome in outcomes if not outcome.noticed]
        total += len(outcomes)
        noticed += len(outcomes) - len(missed)
        print(_row(module, len(outcomes) - len(missed), len(outcomes)), flush=True)
        for change in missed:
            print(f"    {PACKAGE.name}/{change.file}:{change.line}  {change.name}", flush=True)
    print(_row("all", noticed, total))
    return noticed / total if total else 1.0


def _row(name: str, noticed: int, total: int) -> str:
    return f"{name:36} {noticed:4} of {total:4} noticed  {noticed / max(total, 1):4.0%}"


if __name__ == "__main__":
    try:
        sys.exit(main())
    except UnchangedFailsError as failure:
        sys.exit(f"these tests fail although nothing is changed: {failure}")
