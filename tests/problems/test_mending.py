"""What `check --fix` does, and that it never makes a file worse."""

from __future__ import annotations

import random
from collections import Counter

import pytest
import yaml

from generator.loading.loader import load_strategy
from generator.problems.fixes import mend_texts
from tests.sample import MEDIUM_HEADER, MINIMAL_HEADER, MemoryTree, write_medium
from tests.trials.amount import choose

PEOPLE = (
    "- {id: zoe, name: Zoe Berg, role: Head of Field, accounts: ['@zoe.b', berg], former_ids: [boss]}\n"
    "- {id: adam, name: Adam, role: Seller}\n"
    "- {id: eva, name: Eva, role: Seller}\n"
)
TERM = "- id: lift\n  term: Lift\n  meaning: How far.\n"


def find_problems(texts):
    return load_strategy(MemoryTree(texts)).problems


def mend(file: str, text: str, **others: str) -> str:
    texts = {"strategy.yaml": MINIMAL_HEADER, "strategy/people.yaml": PEOPLE, **others, file: text}
    mended = {one.file: one.after for one in mend_texts(texts, find_problems)}
    assert set(mended) <= {file}
    return mended.get(file, text)


@pytest.mark.parametrize(
    ("written", "mended"),
    [
        ("owner: Zoe Berg", "owner: zoe"),
        ("owner: zoe berg", "owner: zoe"),
        ("owner: Head of Field", "owner: zoe"),
        ("owner: boss", "owner: zoe"),
        ('owner: "@zoe.b"', "owner: zoe"),
        ("owner: '@berg'", "owner: zoe"),
        ("owner: @zoe.b", "owner: zoe"),
        ("tags: core", "tags: [core]"),
        ("also: Raise it", "also: [Raise it]"),
        ("sources: 'Dr: Who'", 'sources: ["Dr: Who"]'),
        ("reviewed_on: 2026-11-27T23:30:00.123", "reviewed_on: 2026-11-27"),
        ("reviewed_on: 2026-11-27 09:30", "reviewed_on: 2026-11-27"),
        ("also:\n    1. Raise\n    2. 'Rise'", "also:\n    - Raise\n    - \"'Rise'\""),
        ("also:\n    a) Raise\n    b) Rise", "also:\n    - Raise\n    - Rise"),
        (
            "also:\n    (1) Raise\n    (2) Rise\n    (3) Up",
            "also:\n    - Raise\n    - Rise\n    - Up",
        ),
    ],
)
def test_what_is_certain_is_mended(written, mended):
    text = f"{TERM}  {written}   # why\n" if "\n" not in written else f"{TERM}  {written}\n"
    assert mend("strategy/glossary.yaml", text) == text.replace(written, mended)


@pytest.mark.parametrize(
    "written",
    [
        "owner: Seller",  # two are
        "owner: Zo Berg",
        "reviewed_on: 2026-11-27T23:30:00Z",
        "reviewed_on: 2026-11-27T23:30:00+02:00",
        "also: Heat, which is what we sell, and cold",
        "also:\n    2. Raise\n    3. Rise",
        "also:\n    1. Raise\n    1. Rise",
    ],
)
def test_what_has_several_readings_is_left_to_its_author(written):
    text = f"{TERM}  {written}\n"
    assert mend("strategy/glossary.yaml", text) == text


@pytest.mark.parametrize(
    ("written", "mended"),
    [
        ("target: 50%", "target: 50"),
        ("target: 45 %", "target: 45"),
        ("target: +5", "target: +5"),
        ("target: 12 visits", "target: 12"),
        ("target: EUR 12.50", "target: 12.50"),
        ("target: 1,180", "target: 1,180"),
        ("target: 1.180 %", "target: 1.180 %"),
        ("target: 12k", "target: 12k"),
        ("target: 10-12", "target: 10-12"),
    ],
)
def test_a_figure_with_nothing_but_its_unit_is_mended(written, mended):
    text = (
        "- id: grow\n  name: Grow\n  perspective: financial\n"
        f"  measures:\n    - name: Visits\n      unit: visits\n      {written}   # now\n"
    )
    assert mend("strategy/objectives.yaml", text) == text.replace(written, mended)


def test_an_entry_moved_with_its_dash_stands_at_the_edge():
    text = "# Moved\n\n  - id: lift   # up\n    term: Lift\n# here\n    meaning: >-\n      How\n      far.\n"
    assert mend("strategy/glossary/lift.yaml", text) == (
        "# Moved\n\nid: lift   # up\nterm: Lift\n# here\nmeaning: >-\n  How\n  far.\n"
    )
    two = TERM + TERM.replace("lift", "rise")
    assert mend("strategy/glossary/lift.yaml", two) == two


def test_references_in_one_item_are_taken_apart():
    plays = (
        "- id: call\n  name: Call\n  trigger: T\n  goal: G\n  steps: [{do: D}]\n  done_when: [D]\n"
        "  markets:\n    - mills, dairies\n  tags: [a]\n"
    )
    markets = "- {id: mills, name: M, priority: secondary, summary: S}\n- {id: dairies, name: D, priority: secondary, summary: S}\n"
    after = mend("strategy/plays.yaml", plays, **{"strategy/markets.yaml": markets})
    assert after == plays.replace("    - mills, dairies\n", "    - mills\n    - dairies\n")
    inline = plays.replace("\n    - mills, dairies", " [mills dairies]")
    after = mend("strategy/plays.yaml", inline, **{"strategy/markets.yaml": markets})
    assert after == inline.replace("[mills dairies]", "[mills, dairies]")


SLIPS = (
    lambda line: line.replace(": ", ":", 1),
    lambda line: line.replace("- ", "-", 1),
    lambda line: line.replace("- ", "• ", 1),
    lambda line: line.replace("  ", "\t", 1),
    lambda line: f" {line}",
    lambda line: line[1:],
    lambda line: f"# {line}",
    lambda line: line.replace(": ", ": @", 1),
    lambda line: line.replace(": ", ": - ", 1),
    lambda line: line.replace(": ", ": [", 1),
    lambda line: line.replace(": ", ': "', 1),
    lambda line: line.replace(": ", ": a: ", 1),
    lambda line: line.replace(": ", ": > ", 1),
    lambda line: line.upper(),
    lambda line: line.replace("e", "", 1),
    lambda line: f"{line}%",
    lambda line: f"{line}, x",
    lambda line: "",
    lambda line: f"{line}\n{line}",
)


@pytest.mark.trial
@pytest.mark.parametrize("seed", range(choose(2, 40)))
def test_no_file_is_ever_worse_than_before(seed):
    whole = yaml.safe_dump(
        {"strategy": dict(MEDIUM_HEADER), **write_medium()}, allow_unicode=True, sort_keys=False
    )
    chance = random.Random(seed)
    for _ in range(12):
        lines = whole.split("\n")
        for _ in range(chance.randint(1, 3)):
            number = chance.randrange(len(lines))
            lines[number] = chance.choice(SLIPS)(lines[number])
        texts = {"strategy.yaml": "\n".join(lines), "strategy/people.yaml": PEOPLE}
        before = Counter(problem.place.file for problem in find_problems(texts))
        mended = {one.file: one.after for one in mend_texts(texts, find_problems)}
        after = Counter(problem.place.file for problem in find_problems({**texts, **mended}))
        assert not after - before, "\n".join(lines)
