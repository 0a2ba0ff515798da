"""Where things are kept between runs: in a folder of the user's own, or nowhere."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from generator.files.cache import open_cache


def test_a_folder_of_ones_own_is_made(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path))
    assert open_cache("sites") == tmp_path / "strategy-playbook/sites"
    assert (tmp_path / "strategy-playbook/sites").is_dir()


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
