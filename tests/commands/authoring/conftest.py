"""A small strategy, in which somebody proposes changes."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.sample import MINIMAL_HEADER

OBJECTIONS = "- id: too-slow\n  says: You take too long  # said daily\n  category: timing\n  respond: >-\n    We begin\n    at once.\n"


@pytest.fixture
def home(tmp_path: Path) -> Path:
    (tmp_path / "strategy").mkdir()
    (tmp_path / "strategy.yaml").write_text(MINIMAL_HEADER, "utf-8")
    (tmp_path / "strategy/objections.yaml").write_text(OBJECTIONS, "utf-8")
    return tmp_path
