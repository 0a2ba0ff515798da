"""An editor says the same of a wrong value as `check` does: its messages stand in the schema,
written by `make docs`.
"""

from __future__ import annotations

import json
import re
from pathlib import Path

import pytest

from generator.loading.loader import load_strategy
from scripts.write_messages import WORD, write
from tests.sample import MINIMAL_HEADER, MemoryTree

SCHEMA = Path(__file__).parents[2] / "schema"
FILES = [
    path for path in sorted(SCHEMA.rglob("*.schema.json")) if path.name != "custom.schema.json"
]


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.relative_to(SCHEMA).as_posix())
def test_the_messages_in_a_schema_are_those_of_the_checks(path: Path) -> None:
    assert path.read_text("utf-8") == write(json.loads(path.read_text("utf-8"))), "run: make docs"


def read_message(file: str, *steps: str) -> str:
    """The message at the end of these steps into a schema file."""
    node = json.loads((SCHEMA / file).read_text("utf-8"))
    for step in steps:
        node = node[step]
    return str(node[WORD])


MARKET = "- id: a\n  name: A\n  priority: primary\n  summary: B.\n"


@pytest.mark.parametrize(
    ("market", "message"),
    [
        (
            MARKET.replace("id: a", "id: Big Dairies"),
            read_message("common.schema.json", "$defs", "id"),
        ),
        (
            MARKET + "  review_every: quarterly\n",
            read_message("common.schema.json", "$defs", "interval"),
        ),
        (MARKET + "  reviewed_on: 5.1.2026\n", read_message("common.schema.json", "$defs", "date")),
        (
            MARKET.replace("primary", "primry"),
            read_message("markets.schema.json", "properties", "priority"),
        ),
        (
            MARKET.replace("name: A", "name: |\n    A\n    B"),
            read_message("common.schema.json", "$defs", "plain"),
        ),
    ],
)
def test_the_first_line_is_the_same_in_the_editor(market: str, message: str) -> None:
    tree = MemoryTree({"strategy.yaml": MINIMAL_HEADER, "strategy/markets.yaml": market})
    [problem] = load_strategy(tree).problems
    line = re.sub(r'^(".*?"|Name)', "This", problem.title)
    assert message.startswith(line)
