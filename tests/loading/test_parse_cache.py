"""What check keeps of a large strategy never shows: with it, a folder is told the same as by
whoever reads it first.
"""

from __future__ import annotations

import marshal
import os
import random
import time
from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from generator.checks.project import check_project
from generator.loading import parse_cache, strategy_files
from generator.loading.loader import Loaded
from generator.loading.parse_cache import FEWEST
from generator.problems.problem import Problem
from generator.syntax import document
from tests.sample import MINIMAL_HEADER
from tests.trials.amount import choose, some
from tests.trials.edits import edit

TODAY = date(2026, 6, 1)
ENTRY = """\
id: objection-{number}
says: Your machine costs {number} times what a boiler costs
category: price
respond: >-
  Over ten years you pay {number}% less than [dairies](entry:markets/dairies) pay for gas, synergies aside.
markets: [dairies]
reviewed_on: 2025-0{month}-01
"""
MARKETS = (
    "- id: dairies\n  name: Dairies\n  priority: primary\n  summary: Plants that heat and cool.\n"
)
Told = tuple[Loaded, tuple[Problem, ...]]


@pytest.fixture
def root(tmp_path: Path) -> Path:
    folder = tmp_path / "firm/strategy/objections"
    folder.mkdir(parents=True)
    for number in range(FEWEST):
        text = ENTRY.format(number=number, month=number % 9 + 1)
        (folder / f"objection-{number}.yaml").write_text(text, "utf-8")
    (tmp_path / "firm/strategy/markets.yaml").write_text(MARKETS, "utf-8")
    (tmp_path / "firm/strategy.yaml").write_bytes(MINIMAL_HEADER.encode())
    return tmp_path / "firm"


@pytest.fixture
def kept(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The folder in which is kept what was read."""
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "cache"))
    return tmp_path / "cache/strategy-playbook/notebooks"


@pytest.fixture
def count_reads(monkeypatch: pytest.MonkeyPatch) -> Callable[[], int]:
    """How many files were read since it was asked last."""
    read, files = strategy_files.read_document, list[str]()

    def note(file: str, *rest: Any) -> object:
        files.append(file)
        return read(file, *rest)

    monkeypatch.setattr(strategy_files, "read_document", note)

    def count() -> int:
        found = len(files)
        files.clear()
        return found

    return count


def check(root: Path) -> Told:
    loaded, _, problems = check_project(root, as_of=TODAY)
    return loaded, problems


def check_afresh(root: Path) -> Told:
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("XDG_CACHE_HOME", os.devnull)
        return check(root)


def assert_same(one: Told, other: Told) -> None:
    assert one[1] == other[1]
    assert one[0].strategy == other[0].strategy
    assert (one[0].keys, one[0].lost, one[0].files) == (
        other[0].keys,
        other[0].lost,
        other[0].files,
    )


@pytest.mark.usefixtures("kept")
def test_what_has_not_changed_is_not_read_again(root: Path, count_reads: Callable[[], int]) -> None:
    first = check(root)
    assert count_reads() == FEWEST + 2
    assert_same(check(root), first)
    assert count_reads() == 1  # strategy.yaml, with which all begins
    file = root / "strategy/objections/objection-7.yaml"
    file.write_text(file.read_text("utf-8").replace("synergies", "friendship"), "utf-8")
    again = check(root)
    assert count_reads() == 2
    assert_same(again, check_afresh(root))
    assert len(again[1]) == len(first[1]) - 1


@pytest.mark.trial
@pytest.mark.usefixtures("kept")
@pytest.mark.parametrize("seed", range(choose(1, 30)))
def test_after_any_edit_it_says_what_whoever_reads_first_is_told(root: Path, seed: int) -> None:
    chance = random.Random(seed)
    for _ in range(6):
        assert_same(check(root), check_afresh(root))
        for _ in range(3):
            edit(root, chance)


@pytest.mark.usefixtures("kept")
@pytest.mark.trial
@pytest.mark.parametrize(
    "settings",
    some(
        [
            "  checks:\n    severities:\n      vague-words: error\n",
            "  checks:\n    severities:\n      vague-words: 'off'\n",
            "  checks:\n    vague_words:\n      add: [gas]\n      allow: [synerg*]\n",
            "  checks:\n    word_budgets:\n      respond: 5\n",
            "  checks:\n    waivers:\n      - check: vague-words\n        entry: objections/objection-1\n        reason: A quote.\n"
            "        owner: nobody\n        until: 2099-01-01\n",
            "  language: fi\n",
        ],
        3,
    ),
)
def test_what_the_company_sets_counts_at_once(root: Path, settings: str) -> None:
    before = check(root)
    (root / "strategy.yaml").write_text(MINIMAL_HEADER + settings, "utf-8")
    after = check(root)
    assert after[1] != before[1]
    assert_same(after, check_afresh(root))


@pytest.mark.usefixtures("kept")
def test_a_field_of_the_companys_own_counts_at_once(
    root: Path, count_reads: Callable[[], int]
) -> None:
    check(root)
    count_reads()
    (root / "schema").mkdir()
    (root / "schema/custom.schema.json").write_text(
        '{"$defs": {"objections": {"properties": {"deal": {"title": "Deal"}}}}}'
    )
    assert_same(check(root), check_afresh(root))
    assert count_reads() == 2 * (FEWEST + 2)


@pytest.mark.usefixtures("kept")
def test_another_program_reads_for_itself(
    root: Path, count_reads: Callable[[], int], monkeypatch: pytest.MonkeyPatch
) -> None:
    check(root)
    count_reads()
    parse_cache._describe_circumstances.cache_clear()
    monkeypatch.setattr(parse_cache, "describe_program", lambda: ["a newer one"])
    check(root)
    assert count_reads() == FEWEST + 2
    parse_cache._describe_circumstances.cache_clear()


@pytest.mark.trial
@pytest.mark.parametrize("harm", some([b"nothing of ours\n\x80\x05.", b"", None, b"\x80"], 2))
def test_what_is_damaged_is_not_used(root: Path, kept: Path, harm: bytes | None) -> None:
    first = check(root)
    parts = sorted(kept.glob("*/*"))
    assert len(parts) > 10
    for part in parts:
        part.write_bytes(part.read_bytes()[:-1] if harm is None else harm)
    assert_same(check(root), first)
    assert_same(check(root), first)


def test_what_lies_there_is_plain_data(root: Path, kept: Path) -> None:
    def list_types(value: object) -> set[type]:
        if isinstance(value, dict):
            return {type(value)}.union(*(list_types(one) for one in value.items()))
        if isinstance(value, tuple | list):
            return {type(value)}.union(*(list_types(one) for one in value))
        return {type(value)}

    check(root)
    found: set[type] = set()
    for part in kept.glob("*/*"):
        _, _, body = part.read_bytes().partition(b"\n")
        found |= list_types(marshal.loads(body))
    assert found <= {dict, tuple, list, str, bytes, int, float, bool, type(None)}


@pytest.mark.usefixtures("kept")
def test_what_was_found_is_told_without_opening_a_file_again(
    root: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    first = check(root)
    assert len(first[1]) >= FEWEST
    opened: list[str] = []
    clean = document.clean_text
    monkeypatch.setattr(
        document, "clean_text", lambda file, text: opened.append(file) or clean(file, text)
    )
    assert_same(check(root), first)
    assert opened == ["strategy.yaml"]


@pytest.mark.usefixtures("kept")
def test_a_run_in_which_nothing_is_looked_into_forgets_no_finding(root: Path, kept: Path) -> None:
    first = check(root)
    parts = {part: part.read_bytes() for part in kept.glob("*/*")}
    header = (root / "strategy.yaml").read_text("utf-8")
    (root / "strategy.yaml").write_text("strategy:\n", "utf-8")
    check(root)
    (root / "strategy.yaml").write_text(header, "utf-8")
    assert {part: part.read_bytes() for part in kept.glob("*/*")} == parts
    assert_same(check(root), first)


def test_of_a_small_strategy_nothing_is_kept(root: Path, kept: Path) -> None:
    check(root)
    assert len(list(kept.iterdir())) == 1
    for file in sorted(root.glob("strategy/objections/*"))[:50]:
        file.unlink()
    check(root)
    assert list(kept.iterdir()) == []


def test_what_was_kept_of_other_folders_goes_in_time(root: Path, kept: Path) -> None:
    for name, days in (("lately", 3), ("long-ago", 40)):
        (kept / name).mkdir(parents=True)
        then = time.time() - days * 24 * 3600
        os.utime(kept / name, (then, then))
    check(root)
    names = {folder.name for folder in kept.iterdir()}
    assert "lately" in names
    assert "long-ago" not in names
