"""Whom an entry concerns beyond those it names."""

import pytest

from generator.model.entry import Key
from generator.model.insights.nearness import Nearness

KINDS = {
    "personas": [{"id": "buyer"}, {"id": "fitter", "value_drivers": ["uptime"]}],
    "offerings": [{"id": "pump"}, {"id": "service"}],
    "value_drivers": [{"id": "saving", "personas": ["buyer"]}, {"id": "uptime"}],
    "differentiators": [
        {"id": "cheap", "value_drivers": ["saving"], "offerings": ["service"]},
        {"id": "there", "value_drivers": ["uptime"]},
        {"id": "round-the-clock", "offerings": ["service"]},
        {"id": "plain"},
    ],
    "objections": [
        {"id": "noise", "personas": ["fitter"], "offerings": ["service"]},
        {"id": "leak", "personas": ["fitter"], "offerings": ["service", "pump"]},
        {"id": "price", "personas": ["buyer"], "offerings": ["pump"]},
    ],
}


@pytest.mark.parametrize(
    ("key", "near"),
    [
        ("differentiators/cheap", {"persona": {"buyer": 1.0}}),
        ("differentiators/there", {"persona": {"fitter": 1.0}}),
        ("differentiators/round-the-clock", {"persona": {"fitter": 1.0}}),
        ("differentiators/plain", {}),
        ("personas/fitter", {"offering": {"service": 1.0, "pump": 0.3}}),
        ("objections/price", {}),
    ],
    ids=lambda value: value if isinstance(value, str) else "",
)
def test_what_is_left_open_is_near_to_what_it_is_spoken_of_with(make_edition, key, near):
    strategy = make_edition(**KINDS).strategy
    entry = strategy.find(Key(*key.split("/")))
    assert Nearness(strategy).of(entry) == near
