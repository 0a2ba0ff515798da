"""How long `check` takes, beside PyYAML's quickest loader on the same text, in one run.

    python -m benchmarks.check_speed

Prints for a strategy of about 20,000 lines: reading with the place of every value, and the whole
check in the same process, as ratios to `yaml.load` with `CSafeLoader`; for 10,000 sound entries,
whether the descriptive validator was ever asked; and for the same in a file each, the command
`playbook check` with all its checks, its start included, and again after one file has changed.
"""

from __future__ import annotations

import os
import statistics
import subprocess
import sys
import tempfile
import textwrap
import time
from collections.abc import Callable, Sequence
from functools import partial
from pathlib import Path
from unittest import mock

import yaml

from generator.loading.loader import load_strategy
from generator.syntax.document import read_document
from tests.sample import MINIMAL_HEADER, MemoryTree

RUNS = 5
ENTRY = """\
- id: objection-{number}
  says: Your machine costs {number} times what a boiler costs.
  also_said:
    - Number {number} is far too much for us
  category: price
  acknowledge: It is a large sum, and you want to see what it buys.
  respond: >-
    You buy the machine once and the energy every day. Over ten years the boiler burns
    {number} times its price, as [the dairy](entry:markets/dairies) measured.
  markets: [dairies]
  reviewed_on: 2026-10-01
  tags: [price]
"""
MARKETS = (
    "- id: dairies\n  name: Dairies\n  priority: primary\n  summary: Plants that heat and cool.\n"
)


def main() -> None:
    """Measure and print."""
    count = 20_000 // (ENTRY.count("\n"))
    text = "".join(ENTRY.format(number=number) for number in range(count))
    raw = text.encode()
    tree = MemoryTree(
        {
            "strategy.yaml": MINIMAL_HEADER,
            "strategy/markets.yaml": MARKETS.encode(),
            "strategy/objections.yaml": raw,
        }
    )
    assert load_strategy(tree).problems == ()
    baseline, reading, whole = [], [], []
    for _ in range(RUNS):
        baseline.append(_time(lambda: yaml.load(text, yaml.CSafeLoader)))
        reading.append(_time(lambda: read_document("objections.yaml", raw)))
        whole.append(_time(lambda: load_strategy(tree)))
    base = statistics.median(baseline)
    print(
        f"{text.count(chr(10)):,} lines, {count:,} entries, medians of {RUNS} runs in one process"
    )
    for name, seconds in (
        ("yaml.load, CSafeLoader", baseline),
        ("reading with places", reading),
        ("the whole check", whole),
    ):
        print(
            f"  {name:<24} {statistics.median(seconds):6.2f} s   {statistics.median(seconds) / base:5.2f} x"
        )
    _count_slow(10_000)
    _check_files(10_000)


def _count_slow(count: int) -> None:
    """Ten thousand sound entries: the descriptive validator must not be asked once."""
    entries = "".join(ENTRY.format(number=number) for number in range(count)).encode()
    tree = MemoryTree(
        {
            "strategy.yaml": MINIMAL_HEADER,
            "strategy/markets.yaml": MARKETS.encode(),
            "strategy/objections.yaml": entries,
        }
    )
    with mock.patch(
        "generator.schema.validator.read_descriptive", side_effect=AssertionError("asked")
    ) as asked:
        seconds = _time(lambda: load_strategy(tree, max_bytes=100_000_000))
    print(
        f"  {count:,} sound entries: {seconds:.2f} s, descriptive validator asked {asked.call_count} times"
    )


def _check_files(count: int) -> None:
    """The whole command on a folder, a file an entry: all sound, and with a finding in each."""
    for what, wrong in (("all sound", "are the"), ("a finding in each", "{number} times its")):
        with tempfile.TemporaryDirectory() as name:
            root, environment = Path(name) / "firm", _as_installed(Path(name))
            folder = root / "strategy/objections"
            folder.mkdir(parents=True)
            (root / "strategy.yaml").write_text(MINIMAL_HEADER, "utf-8")
            (root / "strategy/markets.yaml").write_text(MARKETS, "utf-8")
            for number in range(count):
                text = (
                    ENTRY.replace("{number} times its", wrong)
                    .format(number=number)
                    .replace("- ", "  ", 1)
                )
                (folder / f"objection-{number}.yaml").write_text(textwrap.dedent(text), "utf-8")
            files = sorted(folder.iterdir())
            base = _time(partial(_read_all, files))
            print(f"  {count:,} entries in a file each, {what}: yaml.load {base:.2f} s")
            command = [sys.executable, "-m", "generator", "check", str(root)]
            for when in ("cold", "one file changed", "one file changed"):
                start = time.perf_counter()
                subprocess.run(command, check=False, stdout=subprocess.DEVNULL, env=environment)
                seconds = time.perf_counter() - start
                print(
                    f"    playbook check, {when:<18} {seconds:6.2f} s   {seconds / base:5.2f} x",
                    flush=True,
                )
                files[0].write_text(files[0].read_text("utf-8") + "# and once more\n", "utf-8")


def _read_all(files: Sequence[Path]) -> None:
    for file in files:
        yaml.load(file.read_bytes(), yaml.CSafeLoader)


def _as_installed(folder: Path) -> dict[str, str]:
    """The surroundings of a command whose program is compiled, as pip leaves it, and which has kept
    nothing yet.
    """
    environment = {
        name: value for name, value in os.environ.items() if name != "PYTHONDONTWRITEBYTECODE"
    }
    environment |= {
        "PYTHONPYCACHEPREFIX": f"{folder}/compiled",
        "XDG_CACHE_HOME": f"{folder}/cache",
    }
    subprocess.run(
        [sys.executable, "-m", "generator", "check", folder],
        check=False,
        env=environment,
        capture_output=True,
    )
    return environment


def _time(work: Callable[[], object]) -> float:
    start = time.perf_counter()
    work()
    return time.perf_counter() - start


if __name__ == "__main__":
    main()
