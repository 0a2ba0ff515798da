"""A strategy of the size that companies have, as data: a maker of bakery ovens, with what its
entries say to each other. The tests of decisions change it as its leadership would.
"""

from __future__ import annotations

from typing import Any

Data = dict[str, Any]

_MARKETS = {
    "bakery-chains": "Bakery chains",
    "craft-bakeries": "Craft bakeries",
    "hotels": "Hotels and canteens",
    "pizza": "Pizza makers",
    "frozen-goods": "Frozen goods",
}
_PERSONAS = {
    "owner": "Owner",
    "head-baker": "Head baker",
    "buyer": "Buyer",
    "energy-lead": "Energy lead",
}
_OFFERINGS = {
    "deck-200": "Deck oven 200",
    "rack-400": "Rack oven 400",
    "heat-back": "Heat Back",
    "care": "Oven Care",
}
_RIVALS = {"forno": "Forno Alto", "ofenbau": "Ofenbau Sued", "used": "A used oven"}
_PEOPLE = {
    "ida": "Ida Holm",
    "jon": "Jon Berg",
    "mia": "Mia Sand",
    "per": "Per Lund",
    "eva": "Eva Krog",
}
_DOUBTS = [
    ("too-expensive", "Your oven costs twice as much", "price"),
    ("no-time", "We bake at night and cannot stand still", "timing"),
    ("no-space", "There is no room behind the counter", "fit"),
    ("old-works", "The old one still works", "status_quo"),
    ("gas-is-cheap", "Gas is cheap again", "price"),
    ("no-fitter", "Our fitter does not know you", "trust"),
    ("crust", "Will the crust be the same?", "trust"),
    ("fuse", "Our fuse is too small", "fit"),
    ("next-year", "Come back next year", "timing"),
    ("board", "The board wants three offers", "authority"),
    ("rival-cheaper", "Forno is a third cheaper", "competition"),
    ("service-far", "Your service is too far away", "trust"),
]
_FACTS = [
    ("chain-gas", "A chain of 60 shops used 28% less gas in its first year"),
    ("craft-night", "A craft bakery in Aarhus changed its oven in one night"),
    ("hotel-crust", "41 of 44 hotel guests could not tell the breads apart"),
    ("pizza-hours", "An oven in Turin ran 19,000 hours without a repair"),
    ("frozen-line", "A frozen line bakes 12% more in the same hours"),
    ("service-time", "A fitter stood in the bakery within 6 hours in 96% of calls"),
    ("heat-back-water", "Heat Back makes 900 litres of hot water a day"),
    ("payback", "38 of 45 bakeries had their money back within three years"),
]
_PLAYS = [
    ("count-the-gas", "Count the gas"),
    ("bake-here", "Bake in our test kitchen"),
    ("one-night", "The oven of one night"),
    ("chain-pilot", "Three shops first"),
    ("care-first", "Service before the sale"),
    ("energy-talk", "Talk to the energy lead"),
]


def _pick(names: Any, number: int, count: int) -> list[str]:
    keys = list(names)
    return sorted({keys[(number + step * 2) % len(keys)] for step in range(count)})


def make_company() -> Data:
    """The strategy, new each time: 5 markets, 12 objections, 8 proofs, 6 plays and what they name."""
    return {
        "header": {
            "company": "Brandt Ovens",
            "statement": "We sell ovens to bakers who count their gas, and win in the first night.",
            "owners": {"markets": "ida", "proof": "jon"},
        },
        "people": [
            {"id": key, "name": name, "role": f"Leads {key}"} for key, name in _PEOPLE.items()
        ],
        "markets": [
            {
                "id": key,
                "name": name,
                "priority": "primary" if number < 3 else "secondary",
                "summary": f"{name} bake every day and pay for heat that leaves by the chimney.",
                "personas": _pick(_PERSONAS, number, 2),
                "reviewed_on": "2026-02-01",
            }
            for number, (key, name) in enumerate(_MARKETS.items())
        ],
        "personas": [{"id": key, "name": name} for key, name in _PERSONAS.items()],
        "offerings": [
            {
                "id": key,
                "name": name,
                "one_liner": f"{name} bakes with a third less gas.",
                "packages": [
                    {"name": "Bought", "price": f"EUR {18 + number * 7},500"},
                    {"name": "Rented", "price": f"EUR {390 + number * 80} a month"},
                ],
                "reviewed_on": "2026-02-01",
            }
            for number, (key, name) in enumerate(_OFFERINGS.items())
        ],
        "competitors": [
            {
                "id": key,
                "name": name,
                "kind": "status_quo" if key == "used" else "direct",
                "quick_answer": f"{name} is cheaper to buy and dearer to run.",
                "markets": _pick(_MARKETS, number, 2),
                "reviewed_on": "2026-02-01",
            }
            for number, (key, name) in enumerate(_RIVALS.items())
        ],
        "objections": [
            {
                "id": key,
                "says": says,
                "category": category,
                "respond": "Let us count what the gas costs you in ten years, then look again.",
                "markets": _pick(_MARKETS, number, 3),
                "personas": _pick(_PERSONAS, number, 2),
                "proof": _pick([fact for fact, _ in _FACTS], number, 2),
                "competitors": _pick(_RIVALS, number, 1),
                "owner": list(_PEOPLE)[number % 3],
                "reviewed_on": "2026-02-01",
            }
            for number, (key, says, category) in enumerate(_DOUBTS)
        ],
        "proof": [
            {
                "id": key,
                "statement": statement,
                "market": list(_MARKETS)[number % len(_MARKETS)],
                "offerings": _pick(_OFFERINGS, number, 1),
                "reviewed_on": "2026-02-01",
            }
            for number, (key, statement) in enumerate(_FACTS)
        ],
        "plays": [
            {
                "id": key,
                "name": name,
                "goal": f"{name}: the baker sees the figure himself.",
                "steps": [{"do": "Ask for the gas bill."}, {"do": "Bake together for one night."}],
                "markets": _pick(_MARKETS, number, 2),
                "offerings": _pick(_OFFERINGS, number, 2),
                "owner": list(_PEOPLE)[number % 3],
            }
            for number, (key, name) in enumerate(_PLAYS)
        ],
        "objectives": [
            {
                "id": "orders",
                "name": "Sell 150 ovens",
                "perspective": "financial",
                "measures": [{"name": "Ovens sold", "target": 150, "current": 61}],
            }
        ],
        "glossary": [
            {"id": "deck", "term": "Deck", "meaning": "The stone that the bread lies on."},
            {"id": "proofing", "term": "Proofing", "meaning": "The rest before the oven."},
        ],
        "announcements": [
            {
                "id": "rent",
                "headline": "Ovens can be rented",
                "date": "2026-03-01",
                "importance": 2,
                "why": "Chains asked for it.",
            }
        ],
    }
