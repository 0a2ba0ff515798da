"""Small strategies for the tests: a header that passes, and an entry of each kind with only what it
must have.
"""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any

from generator.loading.loader import Loaded, load_strategy

TODAY = date(2026, 6, 1)

MINIMAL_HEADER = """\
strategy:
  format: 2
  company: Acme
  statement: We serve dairies with heat pumps and win because we measure.
  version: "1"
  effective_from: 2026-01-01
  not_now: [{what: Plants abroad, why: Nobody could serve them within a day.}]
"""

HEADER: Mapping[str, Any] = {
    "format": 2,
    "company": "Acme",
    "statement": "We serve dairies with heat pumps and win because we measure.",
    "version": "1",
    "effective_from": "2026-01-01",
    "not_now": [{"what": "Plants abroad", "why": "Nobody could serve them within a day."}],
}

REQUIRED: Mapping[str, Mapping[str, Any]] = {
    "markets": {"name": "Dairies", "priority": "primary", "summary": "They heat and cool at once."},
    "personas": {"name": "Plant manager"},
    "offerings": {"name": "Heat pump", "one_liner": "Heat from waste heat."},
    "differentiators": {"claim": "We measure first", "why_it_matters": "Guesses cost money."},
    "proof": {
        "statement": "Saved 30% at a dairy",
        "kind": "customer",
        "source": "Measured in 2025.",
        "date": "2025-11",
    },
    "competitors": {
        "name": "Boilers Ltd",
        "kind": "direct",
        "summary": "They sell boilers.",
        "quick_answer": "They burn gas.",
        "where_we_win": ["Running cost"],
        "where_they_win": ["Price today"],
    },
    "objections": {
        "says": "It costs too much",
        "category": "price",
        "respond": "Over five years it costs less.",
    },
    "plays": {
        "name": "Measure first",
        "trigger": "A boiler is old",
        "goal": "A paid study",
        "steps": [{"do": "Call the plant."}],
        "done_when": ["The study is ordered"],
    },
    "stages": {
        "name": "Study",
        "order": 1,
        "buyer_step": "Orders a study",
        "exit_criteria": ["Order signed"],
    },
    "value_drivers": {"name": "Lower heat cost", "promise": "Heat costs less every month."},
    "wins": {
        "headline": "A dairy chose the study",
        "outcome": "won",
        "what_turned_it": "The figures were theirs.",
        "lesson": "Measure before you offer.",
    },
    "skills": {"name": "Ask about money"},
    "paths": {
        "name": "First month",
        "role": "Seller",
        "steps": [{"when": "Day 1", "do": "Read the objections."}],
    },
    "assumptions": {"statement": "Gas stays dear"},
    "qualification": {"method": "Four questions", "elements": [{"name": "Need"}]},
    "objectives": {"name": "Grow", "perspective": "financial"},
    "people": {"name": "Head of Sales", "role": "Leads sales"},
    "assets": {"name": "Price list", "url": "https://example.com/prices"},
    "glossary": {"term": "Lift", "meaning": "How far heat is raised."},
    "field_notes": {
        "date": "2026-05-01",
        "said_by": "Seller",
        "note": "They ask for steam.",
        "status": "open",
    },
    "announcements": {
        "date": "2026-05-01",
        "headline": "New price list",
        "importance": 2,
        "why": "Costs rose.",
    },
}

Entries = Sequence[Mapping[str, Any]]


def write_strategy(header: Mapping[str, Any] | None = None, **kinds: Entries) -> str:
    """The text of a strategy.yaml (in the part of YAML that is JSON); required fields are filled
    in.
    """
    data: dict[str, Any] = {"strategy": {**HEADER, **(header or {})}}
    for kind, entries in kinds.items():
        data[kind] = [complete(kind, entry) for entry in entries]
    return json.dumps(data, ensure_ascii=False, indent=1)


def complete(kind: str, entry: Mapping[str, Any]) -> dict[str, Any]:
    """An entry with the fields that its kind must have; those in `entry` win."""
    return {"id": "one", **REQUIRED[kind], **entry}


class MemoryTree:
    """A tree of files that never touches a disk."""

    def __init__(self, files: Mapping[str, str | bytes]) -> None:
        self._files = {
            path: text if isinstance(text, bytes) else text.encode("utf-8", "surrogatepass")
            for path, text in files.items()
        }

    def list_files(self, folder: str) -> Sequence[str]:
        return sorted(path for path in self._files if path.startswith(f"{folder}/"))

    def list_hidden(self, folder: str) -> Sequence[str]:
        return ()

    def read_bytes(self, path: str) -> bytes:
        if path not in self._files:
            raise FileNotFoundError(path)
        return self._files[path]


def load_data(header: Mapping[str, Any] | None = None, **kinds: Entries) -> Loaded:
    """A strategy from data; a test that goes on with a faulty one would test nothing, so faults end
    it.
    """
    loaded = load_strategy(MemoryTree({"strategy.yaml": write_strategy(header, **kinds)}))
    assert loaded.problems == (), [problem.title for problem in loaded.problems]
    return loaded


def write_medium() -> dict[str, list[dict[str, Any]]]:
    """Entries of most kinds that refer to each other, as data."""
    return {
        "people": [
            complete("people", {"id": "zoe", "topics": ["steam", "funding"]}),
            complete("people", {"id": "adam"}),
        ],
        "personas": [
            complete("personas", {"id": "manager", "questions": ["What does steam cost you?"]})
        ],
        "markets": [
            complete(
                "markets",
                {
                    "id": "dairies",
                    "owner": "zoe",
                    "summary": "They heat and cool at once. See [the pump](entry:offerings/pump).",
                    "personas": ["manager"],
                    "tags": ["food", "cold"],
                    "horizons": {
                        "now": {"challenge": "Gas is dear.", "who_to_engage": ["manager"]}
                    },
                    "pains": [{"pain": "Steam", "cost_of_inaction": "EUR 1 million"}],
                },
            ),
            complete("markets", {"id": "pharma", "priority": "secondary", "former_ids": ["drugs"]}),
        ],
        "offerings": [
            complete(
                "offerings",
                {
                    "id": "pump",
                    "markets": ["pharma", "dairies"],
                    "next_offerings": [{"to": "care", "why": "It lasts."}],
                },
            ),
            complete("offerings", {"id": "care", "requires": ["pump"]}),
        ],
        "proof": [complete("proof", {"id": "plant", "market": "dairies", "shareable": "public"})],
        "competitors": [
            complete(
                "competitors", {"id": "boilers", "markets": ["dairies"], "offerings": ["pump"]}
            )
        ],
        "objections": [
            complete(
                "objections",
                {"id": "pricey", "proof": ["plant"], "expert": "adam", "competitors": ["boilers"]},
            ),
            complete(
                "objections",
                {"id": "slow", "category": "timing", "also_said": ["Not now", "After summer"]},
            ),
        ],
        "objectives": [
            complete(
                "objectives",
                {
                    "id": "grow",
                    "measures": [{"name": "Orders", "target": 150, "due": "2027-12-31"}],
                },
            ),
            complete(
                "objectives",
                {"id": "learn", "perspective": "learning_growth", "supports": ["grow"]},
            ),
        ],
        "plays": [
            complete("plays", {"id": "measure", "markets": ["dairies"], "objectives": ["grow"]})
        ],
        "glossary": [complete("glossary", {"id": "lift", "also": ["temperature lift"]})],
        "field_notes": [
            complete(
                "field_notes", {"id": "steam", "about": ["markets/dairies", "objections/pricey"]}
            )
        ],
    }


MEDIUM_HEADER: Mapping[str, Any] = {
    **HEADER,
    "owners": {"markets": "zoe", "plays": "adam"},
    "allocation": [{"to": "markets/dairies", "time": 60}, {"to": "offerings/pump", "time": 40}],
    "not_now": [{"what": "France", "why": "No service there, see [pharma](entry:markets/pharma)."}],
}


OBJECTIONS = write_strategy(
    objections=[
        {"id": "pricey", "former_ids": ["old"]},
        {"id": "secret", "says": "Your rival is cheaper", "audience": "leadership"},
    ],
    proof=[{"id": "plant"}],
)
"""A strategy with a renamed entry and one for leadership alone."""
