"""Who reviews what, as git hosts read it."""

from __future__ import annotations

import json

from generator.commands.review.codeowners_text import list_unreachable, write_codeowners
from generator.loading.loader import load_strategy
from tests.sample import HEADER, MemoryTree, complete

PEOPLE = [
    {
        "id": "zoe",
        "name": "Zoe Ring",
        "accounts": ["zoe", "@sales/leads", "zoe@example.com", "not an account", "x\n* @evil"[:1]],
    },
    {"id": "adam", "name": "Adam Vogt"},
]


def load_files(**files: object):
    header = {**HEADER, "owners": {"markets": "zoe", "plays": "adam", "objections": "zoe"}}
    main = {"strategy": header, "people": [complete("people", person) for person in PEOPLE]}
    texts = {
        "strategy.yaml": json.dumps(main),
        **{path.replace("__", "/") + ".yaml": json.dumps(data) for path, data in files.items()},
    }
    loaded = load_strategy(MemoryTree(texts))
    assert loaded.strategy is not None, loaded.problems
    return loaded


def test_owners_are_asked_by_kind_and_by_entry():
    loaded = load_files(
        strategy__markets__ev={**complete("markets", {"id": "ev", "owner": "adam"})},
        strategy__objections__pricey={**complete("objections", {"id": "pricey", "owner": "zoe"})},
    )
    assert loaded.strategy is not None
    zoe = "@sales/leads @x @zoe zoe@example.com"
    assert [
        line
        for line in write_codeowners(loaded.strategy, "sales plan").splitlines()
        if not line.startswith("#")
    ] == [
        f"/sales\\ plan/strategy.yaml {zoe}",
        f"/sales\\ plan/strategy/markets.yaml {zoe}",
        f"/sales\\ plan/strategy/markets/ {zoe}",
        f"/sales\\ plan/strategy/objections.yaml {zoe}",
        f"/sales\\ plan/strategy/objections/ {zoe}",
        f"/sales\\ plan/strategy/markets/ev.yaml {zoe}",
        f"/sales\\ plan/strategy/objections/pricey.yaml {zoe}",
    ]
    assert [person.id for person in list_unreachable(loaded.strategy)] == ["adam"]


def test_signs_that_would_match_other_folders_are_told_as_they_are():
    loaded = load_files(strategy__markets__ev=complete("markets", {"id": "ev"}))
    assert loaded.strategy is not None
    lines = write_codeowners(loaded.strategy, "plan [2026] *old*").splitlines()
    assert lines[2].startswith(r"/plan\ \[2026\]\ \*old\*/strategy.yaml ")
