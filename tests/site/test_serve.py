"""`playbook serve`: edits arrive, mistakes are shown, and what is carried over is what a fresh build would give."""

from __future__ import annotations

import os
import re
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Iterator
from pathlib import Path

import pytest
from mkdocs.commands.build import build
from mkdocs.config import load_config
from mkdocs.exceptions import Abort

LIMIT = 60.0


@pytest.fixture
def served(started: Path) -> Iterator[tuple[Path, str]]:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    log = started.parent / "log.txt"
    with log.open("w") as output:
        server = subprocess.Popen(
            [sys.executable, "-m", "generator", "serve", "--address", f"127.0.0.1:{port}"],
            cwd=started, stdout=output, stderr=subprocess.STDOUT, env={**os.environ, "PYTHONUNBUFFERED": "1"},
        )  # fmt: skip
        yield started, f"http://127.0.0.1:{port}/"
        server.terminate()
        server.wait(20)
    assert "Traceback" not in log.read_text("utf-8")


def wait_for(url: str, words: str) -> str:
    """The page, as soon as the words stand on it."""
    end = time.monotonic() + LIMIT
    text = ""
    while time.monotonic() < end:
        try:
            with urllib.request.urlopen(url, timeout=LIMIT) as answer:
                text = answer.read().decode()
        except (urllib.error.URLError, ConnectionError, TimeoutError):
            text = ""
        if words in text:
            return text
    raise AssertionError(f"{words!r} did not come: {text[:500]}")


def test_an_edit_arrives_a_mistake_is_shown_and_its_mending_too(served: tuple[Path, str]) -> None:
    folder, url = served
    file = folder / "strategy.yaml"
    text = file.read_text("utf-8")
    page = url + "markets/food-producers/"
    wait_for(page, "Family-owned plants")
    file.write_text(text.replace("Family-owned plants", "Cheese makers"), "utf-8")
    wait_for(page, "Cheese makers")
    file.write_text(text.replace("priority: primary", "priority: primry"), "utf-8")
    shown = wait_for(page, "you are looking at the last good version")
    assert "&#34;primry&#34; is not a priority we know" in shown
    assert "Cheese makers" in shown
    file.write_text(text.replace("Family-owned plants", "Dairies"), "utf-8")
    mended = wait_for(page, "Dairies")
    assert "last good version" not in mended


@pytest.mark.parametrize("broken", ["plugins: [playbook", "plugins: [playbok]\n", ""])
def test_a_broken_configuration_is_said_in_our_words_and_the_pages_stay(
    served: tuple[Path, str], broken: str
) -> None:
    folder, url = served
    page, log = url + "markets/food-producers/", folder.parent / "log.txt"
    config, strategy = folder / "mkdocs.yml", folder / "strategy.yaml"
    text, sound = strategy.read_text("utf-8"), config.read_text("utf-8")
    wait_for(page, "Family-owned plants")
    config.write_text(broken, "utf-8")
    wait_for_log(log, "until then the last good pages stay")
    assert "error: mkdocs.yml " in log.read_text("utf-8")
    assert "Aborted" not in log.read_text("utf-8")
    wait_for(page, "Family-owned plants")
    config.write_text(sound, "utf-8")
    strategy.write_text(text.replace("Family-owned plants", "Cheese makers"), "utf-8")
    wait_for(page, "Cheese makers")


def wait_for_log(log: Path, words: str) -> None:
    """Until the words stand in a log."""
    end = time.monotonic() + LIMIT
    while words not in log.read_text("utf-8"):
        assert time.monotonic() < end, log.read_text("utf-8")
        time.sleep(0.1)


POLICY = re.compile(rb'<meta http-equiv="Content-Security-Policy" content="[^"]*">')


def snapshot(folder: Path) -> dict[str, bytes]:
    """The files of a site but for its policy, which under `serve` lets live reload run and stands in no header file."""
    return {
        str(path.relative_to(folder)): POLICY.sub(b"", path.read_bytes())
        for path in sorted(folder.rglob("*"))
        if path.is_file() and path.name not in ("_headers", "headers.nginx.conf")
    }


def test_live_reload_runs_under_the_policy_and_nothing_comes_from_elsewhere(served: tuple[Path, str]) -> None:
    html = wait_for(served[1], "livereload(")
    [policy] = POLICY.findall(html.encode())
    assert b"script-src 'self' 'unsafe-inline';" in policy
    assert b"default-src 'none'" in policy


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("tagline: What we do, in a few words", "tagline: Something else"),
        ("name: Food producers", "name: Bakers"),
        ("says: Your contract is too expensive.", "says: Far too much money."),
        ("statement: 96 of 100 calls", "statement: 97 of 100 calls"),
        ("    proof: [response-times]\n    expert: head-of-sales\n", ""),
    ],
)
def test_what_is_carried_over_is_what_a_fresh_build_gives(
    started: Path, tmp_path: Path, old: str, new: str
) -> None:
    """Two builds by one plugin (MkDocs keeps the object), as `serve` makes them, against one of the edited strategy."""
    file = started / "strategy.yaml"
    text = file.read_text("utf-8")
    assert old in text
    for content in (text, text.replace(old, new)):
        file.write_text(content, "utf-8")
        config = load_config(str(started / "mkdocs.yml"), site_dir=str(tmp_path / "served"))
        if content == text:
            config.plugins["playbook"].on_startup(command="serve", dirty=False)
        build(config)
    config = load_config(str(started / "mkdocs.yml"), site_dir=str(tmp_path / "fresh"))
    config.plugins["playbook"].on_startup(command="build", dirty=False)  # else it would carry over as well
    build(config)
    served, fresh = snapshot(tmp_path / "served"), snapshot(tmp_path / "fresh")
    assert served.keys() == fresh.keys()
    assert [path for path in fresh if served[path] != fresh[path]] == []


def test_a_plain_build_after_another_reads_anew_and_ends_at_a_mistake(started: Path, tmp_path: Path) -> None:
    """MkDocs keeps the plugin object for the whole process; nothing of one build may stand in for the next."""
    file = started / "strategy.yaml"
    text = file.read_text("utf-8")
    for content in (text, text.replace("name: Food producers", "name: Bakers")):
        file.write_text(content, "utf-8")
        config = load_config(str(started / "mkdocs.yml"), site_dir=str(tmp_path / "site"))
        config.plugins["playbook"].on_startup(command="build", dirty=False)
        build(config)
    assert "Bakers" in (tmp_path / "site/markets/food-producers/index.html").read_text("utf-8")
    file.write_text(text.replace("priority: primary", "priority: primry"), "utf-8")
    config = load_config(str(started / "mkdocs.yml"), site_dir=str(tmp_path / "site"))
    with pytest.raises(Abort, match='"primry" is not a priority we know'):
        build(config)
