"""A site that is already what would be built stays as it is; whatever is another since, it is built
anew.
"""

from __future__ import annotations

import os
from collections.abc import Callable
from pathlib import Path

import pytest

from tests.playbooks import Run, run_playbook, start_playbook

SAME = "Nothing has changed since it was built."


@pytest.fixture
def build(started: Path, tmp_path: Path) -> Callable[..., str]:
    def run(*options: str, command: Run = run_playbook, **environment: str) -> str:
        done = command(
            "build",
            "--as-of",
            "2026-11-22",
            *options,
            cwd=started,
            **{"XDG_CACHE_HOME": str(tmp_path / "cache"), **environment},
        )
        assert done.returncode == 0, done.stdout + done.stderr
        return done.stdout

    return run


def test_a_build_of_what_is_built_leaves_it_alone(build: Callable[..., str], started: Path) -> None:
    assert SAME not in build()
    before = (started / "site/index.html").stat().st_ino
    again = build(command=start_playbook)
    assert SAME in again
    assert "The site with" in again
    assert (started / "site/index.html").stat().st_ino == before


def test_whatever_is_another_since_it_is_built_anew(
    build: Callable[..., str], started: Path
) -> None:
    def edit() -> None:
        file = started / "strategy.yaml"
        file.write_text(file.read_text("utf-8").replace("summary: ", "summary: Now ", 1), "utf-8")

    def tamper() -> None:
        (started / "site/index.html").write_text("<h1>Gone</h1>", "utf-8")

    changes: dict[str, Callable[[], object]] = {
        "an edit": edit,
        "a page": lambda: (started / "playbook/more.md").write_text("# More\n", "utf-8"),
        "a setting": lambda: (started / "mkdocs.yml").write_text(
            (started / "mkdocs.yml").read_text("utf-8") + "\n# x\n"
        ),
        "the site": tamper,
        "a file of the site": lambda: os.remove(started / "site/sitemap.xml"),
    }
    build()
    for name, change in changes.items():
        change()
        assert SAME not in build(), name
        assert SAME in build(), name
    assert SAME not in build("--drafts")


def test_code_of_the_companys_own_may_do_anything_so_it_is_always_run(
    build: Callable[..., str], started: Path, playbook: Run
) -> None:
    (started / "hook.py").write_text("def on_post_build(config, **given):\n    pass\n", "utf-8")
    config = started / "mkdocs.yml"
    config.write_text(config.read_text("utf-8") + "\nhooks: [hook.py]\n", "utf-8")
    build()
    assert SAME not in build()


def test_a_plugin_that_sees_no_page_may_do_anything_too(
    build: Callable[..., str], started: Path
) -> None:
    config = started / "mkdocs.yml"
    config.write_text(
        config.read_text("utf-8").replace(
            "plugins:\n", "plugins:\n  - material/group: {plugins: []}\n"
        ),
        "utf-8",
    )
    assert "material/group" in config.read_text("utf-8")
    build()
    assert SAME not in build()


def test_without_a_cache_that_can_be_written_it_is_built_each_time(
    build: Callable[..., str], tmp_path: Path
) -> None:
    (tmp_path / "file").write_text("", "utf-8")
    for _ in range(2):
        assert SAME not in build(command=start_playbook, XDG_CACHE_HOME=str(tmp_path / "file"))
