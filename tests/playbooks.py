"""Sites built once with the real MkDocs, and playbooks to try things on."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from tests.repositories import commit, git, make_repository

ROOT = Path(__file__).parent.parent
AS_OF = "2026-11-22"

Run = Callable[..., "subprocess.CompletedProcess[str]"]


def run_playbook(
    *arguments: str | Path, cwd: Path | None = None, **environment: str
) -> subprocess.CompletedProcess[str]:
    """The real command in a process of its own."""
    clean = {
        key: value
        for key, value in os.environ.items()
        if key not in ("SOURCE_DATE_EPOCH", "FORCE_COLOR")
    }
    return subprocess.run(
        [sys.executable, "-m", "generator", *map(str, arguments)],
        cwd=cwd or ROOT,
        env={**clean, **environment},
        capture_output=True,
        text=True,
        encoding="utf-8",
        timeout=120,
        check=False,
    )


def read_files(folder: Path) -> dict[str, bytes]:
    """Every file below a folder, by its path."""
    return {
        path.relative_to(folder).as_posix(): path.read_bytes()
        for path in sorted(folder.rglob("*"))
        if path.is_file()
    }


@pytest.fixture
def playbook() -> Run:
    """Run the command `playbook`."""
    return run_playbook


@pytest.fixture
def started(tmp_path: Path) -> Path:
    """A playbook as `init` makes it."""
    folder = tmp_path / "acme"
    made = run_playbook("init", folder, "--company", 'Acme "Tools" & Sons: Ltd')
    assert made.returncode == 0, made.stderr
    return folder


@pytest.fixture(scope="session")
def copy_of_root(tmp_path_factory: pytest.TempPathFactory) -> Callable[[], Path]:
    """A fresh copy of the root playbook's own files."""

    def copy() -> Path:
        folder = tmp_path_factory.mktemp("root") / "playbook-copy"
        folder.mkdir()
        for name in ("strategy.yaml", "mkdocs.yml"):
            shutil.copy(ROOT / name, folder / name)
        for name in ("strategy", "playbook", "schema"):
            shutil.copytree(ROOT / name, folder / name)
        return folder

    return copy


@pytest.fixture(scope="session")
def built_sites(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Path]:
    """The three strategies of the repository, built."""
    sites = {}
    for name, config in (
        ("root", ROOT / "mkdocs.yml"),
        ("posthog", ROOT / "examples/posthog/mkdocs.yml"),
        ("sourcegraph", ROOT / "examples/sourcegraph/mkdocs.yml"),
    ):
        target = tmp_path_factory.mktemp(name) / "site"
        done = run_playbook("build", "--config", config, "--site-dir", target, "--as-of", AS_OF)
        assert done.returncode == 0, done.stdout + done.stderr
        sites[name] = target
    return sites


@pytest.fixture(scope="session")
def released_site(
    copy_of_root: Callable[[], Path], tmp_path_factory: pytest.TempPathFactory
) -> Path:
    """The root site as leadership reads it, two released versions after its beginning and with a
    change since.
    """
    root = copy_of_root()
    header = (root / "strategy.yaml").read_text("utf-8")
    markets = (root / "strategy/markets.yaml").read_text("utf-8")
    make_repository(
        root,
        {
            "strategy.yaml": header.replace('version: "2026.4"', 'version: "2026.3"'),
            "strategy/markets.yaml": markets.replace(
                "priority: secondary", "priority: opportunistic", 1
            ),
        },
    )
    _tag(root, "2026.3", "2026-07-01")
    commit(root, {"strategy.yaml": header, "strategy/markets.yaml": markets})
    _tag(root, "2026.4", "2026-10-01")
    commit(
        root,
        {
            "strategy/markets.yaml": markets.replace(
                "priority: opportunistic", "priority: secondary", 1
            )
        },
    )
    target = tmp_path_factory.mktemp("released") / "site"
    done = run_playbook(
        "build",
        "--config",
        root / "mkdocs.yml",
        "--site-dir",
        target,
        "--audience",
        "leadership",
        "--as-of",
        AS_OF,
    )
    assert done.returncode == 0, done.stdout + done.stderr
    return target


def _tag(root: Path, version: str, day: str) -> None:
    git(root, "tag", "-a", f"v{version}", "-m", version, GIT_COMMITTER_DATE=f"{day}T12:00:00Z")
