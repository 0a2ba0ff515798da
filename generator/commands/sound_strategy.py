"""The strategy for commands that go on whatever is wrong with a part of it."""

from __future__ import annotations

from pathlib import Path

from generator.commands.terminal import CannotRunError
from generator.files.tree import FolderTree
from generator.loading.loader import Loaded, load_strategy
from generator.model.strategy import Strategy


def read_sound(root: Path, max_bytes: int) -> tuple[Loaded, Strategy]:
    """What reading gave, and the sound part of the strategy, whatever else is wrong with it."""
    loaded = load_strategy(FolderTree(root), max_bytes)
    if loaded.strategy is None:
        raise CannotRunError(
            f"the strategy in {root} cannot be read; playbook check says what is wrong"
        )
    return loaded, loaded.strategy
