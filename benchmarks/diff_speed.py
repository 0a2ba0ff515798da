"""How long `diff` takes between two strategies of 10,000 entries, beside `check` on one of them, in
one run.

Both sides lie in a git repository; `diff` reads them from git's objects. One entry in ten is
changed. Each is the real command in a process of its own; printed are medians and their ratio,
which is to stay below 2.
"""

from __future__ import annotations

import os
import statistics
import subprocess
import sys
import tempfile
import time
from pathlib import Path

from benchmarks.check_speed import ENTRY, MARKETS
from tests.repositories import commit, git, make_repository
from tests.sample import MINIMAL_HEADER

RUNS = 5
COUNT = 10_000
LIMIT = ("--max-megabytes", "100")


def main() -> None:
    """Measure and print."""
    with tempfile.TemporaryDirectory() as name:
        root = make_repository(Path(name) / "strategy", _write_files(changed=False))
        git(root, "tag", "v1")
        commit(root, _write_files(changed=True))
        check, diff = [], []
        for _ in range(RUNS):
            check.append(_time(root, "check", *LIMIT))
            diff.append(_time(root, "diff", "v1", "HEAD", "--format", "json", *LIMIT))
    base = statistics.median(check)
    print(
        f"{COUNT:,} entries on each side, {COUNT // 10:,} changed, medians of {RUNS} runs, real commands"
    )
    print(f"  check on one side   {base:6.2f} s")
    print(
        f"  diff of both        {statistics.median(diff):6.2f} s   {statistics.median(diff) / base:5.2f} x"
    )


def _write_files(*, changed: bool) -> dict[str, str]:
    texts = []
    for number in range(COUNT):
        text = ENTRY.format(number=number)
        texts.append(
            text.replace("It is a large sum", "It is a fair sum")
            if changed and number % 10 == 0
            else text
        )
    return {
        "strategy.yaml": MINIMAL_HEADER,
        "strategy/markets.yaml": MARKETS,
        "strategy/objections.yaml": "".join(texts),
    }


def _time(root: Path, *arguments: str) -> float:
    start = time.perf_counter()
    done = subprocess.run(
        [sys.executable, "-m", "generator", *arguments],
        cwd=root,
        capture_output=True,
        check=False,
        env={**os.environ, "PYTHONPATH": str(Path(__file__).parent.parent)},
    )
    assert done.returncode == 0, done.stderr
    return time.perf_counter() - start


if __name__ == "__main__":
    main()
