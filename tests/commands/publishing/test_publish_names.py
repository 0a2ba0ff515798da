"""Versions called as a company likes, side by side: their order is that of their releases."""

from __future__ import annotations

import json
from pathlib import Path

from tests.publishing import files, list_folders, read, run_publish, tag
from tests.repositories import commit, git, make_repository

NAMES = ["2026.9", "FY27-Q1", "Été"]


def list_names(root: Path) -> list[tuple[str, list[str]]]:
    listed = json.loads(read(root, "versions.json"))
    return [(one["version"], one["aliases"]) for one in listed]


def test_the_selector_has_them_as_they_were_released(tmp_path: Path) -> None:
    root = make_repository(tmp_path / "a", files(NAMES[0], "ev"))
    git(root, "config", "core.quotePath", "false")
    for name in NAMES:
        commit(root, files(name, "ev"))
        tag(root, name)
        done = run_publish(root)
        assert done.returncode == 0, done.stderr
    encoded = "%C3%89t%C3%A9"
    whole = [("Été", [encoded, "latest"]), ("FY27-Q1", []), ("2026.9", [])]
    assert list_names(root) == whole
    assert list_folders(root) == {*NAMES, "latest"}
    assert "You are reading version FY27-Q1" in read(root, "FY27-Q1/index.html")
    assert "You are reading version" not in read(root, "Été/index.html")
    assert f"/{encoded}/" in read(root, "_headers")
    git(root, "switch", "--quiet", "--detach", "vFY27-Q1")
    assert run_publish(root).returncode == 0  # an older one again is not the newest
    assert list_names(root) == whole
    git(root, "switch", "--quiet", "main")
    commit(root, files("été", "ev"))
    done = run_publish(root)
    assert (done.returncode, done.stderr.count("\n")) == (2, 1)
    assert "too much alike" in done.stderr
    assert list_names(root) == whole
