"""The header that examples of checks begin with: sound, and silent."""

from __future__ import annotations

STATEMENT = "We serve dairies with heat pumps and win because we measure."
_NOT_NOW = (
    "  not_now:\n    - what: Plants abroad\n      why: Nobody could serve them within a day.\n"
)


def header_example(
    more: str = "", statement: str = STATEMENT, not_now: str = _NOT_NOW, version: str = "1"
) -> str:
    """A strategy.yaml with this and `more` fields in its header."""
    return (
        f"strategy:\n  format: 2\n  company: Acme\n  statement: {statement}\n"
        f'  version: "{version}"\n  effective_from: 2026-01-01\n{not_now}{more}'
    )


def allocation_example(time: int) -> str:
    """Shares of time for two markets, 80 and `time`."""
    return f"  allocation:\n    - to: markets/dairies\n      time: 80\n    - to: markets/breweries\n      time: {time}\n"
