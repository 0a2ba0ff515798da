"""Where things are kept between runs: in a folder of the user's own, or nowhere."""

from __future__ import annotations

import os
from pathlib import Path

import platformdirs
import pytest
from platformdirs.macos import MacOS
from platformdirs.unix import Unix

from generator.files.cache import open_cache


def test_a_folder_of_ones_own_is_made(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path))
    assert open_cache("sites") == tmp_path / "strategy-playbook/sites"
    assert (tmp_path / "strategy-playbook/sites").is_dir()


@pytest.mark.parametrize(
    ("system", "folder"),
    [
        (Unix, ".cache/strategy-playbook"),
        (MacOS, "Library/Caches/strategy-playbook"),
    ],
)
def test_each_system_has_its_own_place_for_caches(
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    system: type[platformdirs.PlatformDirs],
    folder: str,
) -> None:
    monkeypatch.setenv("HOME", str(tmp_path))
    monkeypatch.setattr(platformdirs, "PlatformDirs", system)
    monkeypatch.delenv("XDG_CACHE_HOME", raising=False)
    assert open_cache("sites") == tmp_path / folder / "sites"
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "own"))
    assert open_cache("sites") == tmp_path / "own/strategy-playbook/sites"


def test_where_nobody_knows_the_home_nothing_is_kept(monkeypatch: pytest.MonkeyPatch) -> None:
    def fail(*_: object, **__: object) -> Path:
        raise RuntimeError("could not determine the home directory")

    monkeypatch.delenv("XDG_CACHE_HOME", raising=False)
    monkeypatch.setattr(platformdirs, "user_cache_path", fail)
    assert open_cache("sites") is None


def test_where_a_file_stands_in_the_way_nothing_is_kept(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "file").write_text("", "utf-8")
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "file"))
    assert open_cache("sites") is None


def test_a_folder_of_somebody_else_is_not_used(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path))
    folder = open_cache("templates")
    assert folder is not None
    monkeypatch.setattr(os, "getuid", lambda: folder.stat().st_uid + 1, raising=False)
    assert open_cache("templates") is None
