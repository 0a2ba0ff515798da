"""How near to a fault the first problem is told: a good strategy is changed in one place, and the
lines are compared.

    python benchmarks/problem_distance.py [--count 600] [--seed 1]

Each change deletes, doubles, swaps or truncates lines, or deletes, doubles or exchanges a sign, in
one file of the repository's own strategy. Of the changes that cause a problem, the share whose
first one stands within two lines of the change is printed, with every miss. The goal is 95%.
"""

from __future__ import annotations

import argparse
import random
from collections import Counter
from collections.abc import Callable
from pathlib import Path

from generator.files.tree import FolderTree, OverlayTree
from generator.loading.loader import load_strategy

ROOT = Path(__file__).parent.parent
NEAR = 2
SIGNS = " \t:-#&*!|>'\"%@`{}[],?\\=~ax9\u00a0\u201c\n"

Lines = list[str]
Change = tuple[Lines, int]
"""The lines after a change, and the number of the line where it was made."""


def delete_line(lines: Lines, at: int, dice: random.Random) -> Change:
    return lines[:at] + lines[at + 1 :], at + 1


def double_line(lines: Lines, at: int, dice: random.Random) -> Change:
    return lines[: at + 1] + lines[at:], at + 1


def swap_lines(lines: Lines, at: int, dice: random.Random) -> Change:
    at = min(at, len(lines) - 2)
    return [*lines[:at], lines[at + 1], lines[at], *lines[at + 2 :]], at + 1


def truncate(lines: Lines, at: int, dice: random.Random) -> Change:
    return [*lines[:at], lines[at][: dice.randrange(len(lines[at]) + 1)]], at + 1


def indent_line(lines: Lines, at: int, dice: random.Random) -> Change:
    line = lines[at][1:] if lines[at].startswith(" ") and dice.random() < 0.5 else " " + lines[at]
    return [*lines[:at], line, *lines[at + 1 :]], at + 1


def change_sign(lines: Lines, at: int, dice: random.Random) -> Change:
    line = lines[at]
    column = dice.randrange(max(len(line), 1))
    new = dice.choice(["", dice.choice(SIGNS), line[column : column + 1] * 2])
    return [*lines[:at], line[:column] + new + line[column + 1 :], *lines[at + 1 :]], at + 1


CHANGES: tuple[Callable[[Lines, int, random.Random], Change], ...] = (
    delete_line,
    double_line,
    swap_lines,
    truncate,
    indent_line,
    change_sign,
)


def main() -> None:
    """Change, read, compare, print."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--count", type=int, default=600)
    parser.add_argument("--seed", type=int, default=1)
    options = parser.parse_args()
    dice = random.Random(options.seed)
    tree = FolderTree(ROOT)
    texts = {file: tree.read_bytes(file).decode() for file in load_strategy(tree).files}
    counts: Counter[str] = Counter()
    misses: list[str] = []
    for _ in range(options.count):
        file = dice.choice(sorted(texts))
        lines = texts[file].split("\n")
        change = dice.choice(CHANGES)
        changed, line = change(lines, dice.randrange(len(lines)), dice)
        problems = load_strategy(OverlayTree(tree, {file: "\n".join(changed)})).problems
        if not problems:
            counts["passed"] += 1
            continue
        first = problems[0].place
        is_near = first.file == file and abs(first.line - line) <= NEAR
        counts["near" if is_near else "far"] += 1
        if not is_near:
            old, new = (
                lines[line - 1].strip()[:50],
                changed[line - 1].strip()[:50] if line <= len(changed) else "",
            )
            misses.append(
                f"  {change.__name__:12} {file}:{line}  {old!r} -> {new!r}\n"
                f"               told at {first.file}:{first.line}: {problems[0].title}"
            )
    told = counts["near"] + counts["far"]
    print(
        f"{options.count} changes, {told} with problems: the first is within {NEAR} lines in {counts['near'] / told:.1%}"
    )
    print("\n".join(misses))


if __name__ == "__main__":
    main()
