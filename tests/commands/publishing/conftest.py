"""Published playbooks, each test with a copy of its own."""

from __future__ import annotations

import shutil
from collections.abc import Callable
from pathlib import Path

import pytest

from tests.publishing import files, run_publish, tag
from tests.repositories import commit, git, make_repository


@pytest.fixture(scope="session")
def original(make_once: Callable[[str, Callable[[Path], None]], Path]) -> Path:
    """Three released versions, published one after the other; in the last one an entry is renamed
    and one is gone.
    """
    return make_once("published", publish_three) / "a"


def publish_three(folder: Path) -> None:
    root = make_repository(folder / "a", files("1", "ev", "gone"))
    for version, content in (
        ("1", None),
        ("2", files("2", "ev", "gone")),
        ("10", files("10", "charging", former="ev")),
    ):
        if content is not None:
            commit(root, content)
        tag(root, version)
        done = run_publish(root)
        assert done.returncode == 0, done.stdout + done.stderr


@pytest.fixture
def published(original: Path, tmp_path: Path) -> Path:
    shutil.copytree(original, tmp_path / "copy", symlinks=True)
    return tmp_path / "copy"


@pytest.fixture
def clones(published: Path, tmp_path: Path) -> Callable[[str], Path]:
    """Clones of one bare repository, each with its own branch to publish."""
    git(tmp_path, "clone", "--quiet", "--bare", str(published), "origin.git")

    def clone(name: str) -> Path:
        git(tmp_path, "clone", "--quiet", str(tmp_path / "origin.git"), name)
        return tmp_path / name

    return clone
