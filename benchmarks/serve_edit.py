"""How long after saving a one-line edit the changed page is ready under `playbook serve`.

    python -m benchmarks.serve_edit [--pages 1000]

On the repository's own strategy, or on one grown from it to so many pages. Prints the seconds from
saving to the page being served with the new text: minimum, median, maximum over several edits of
each kind (a text of the header, shown on the home page; a text of an entry, on its own page; its
title, which stands on other pages and may stand in the menu), beside the seconds of a whole
`playbook build` in the same run.
"""

from __future__ import annotations

import argparse
import contextlib
import shutil
import socket
import statistics
import subprocess
import sys
import tempfile
import time
import urllib.error
import urllib.request
from pathlib import Path

from benchmarks.grow_strategy import grow_strategy

ROOT = Path(__file__).parent.parent
KINDS = {
    "a text of the header": ("strategy.yaml", "tagline:", ""),
    "a text of an entry": (
        "strategy/objections/above-160.yaml",
        "acknowledge:",
        "objections/above-160/",
    ),
    "the title of an entry": (
        "strategy/objections/above-160.yaml",
        "says:",
        "objections/above-160/",
    ),
}
"""The file of each kind of edit, the field in it, and the page that shows it."""
EDITS = 7
LIMIT = 30.0


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--pages", type=int, default=0)
    wanted = parser.parse_args().pages
    with tempfile.TemporaryDirectory() as folder:
        copy = Path(folder) / "playbook-copy"
        if wanted:
            print(f"{grow_strategy(copy, wanted).pages:,} pages")
        else:
            for name in ("strategy", "playbook", "schema"):
                shutil.copytree(ROOT / name, copy / name)
            for name in ("strategy.yaml", "mkdocs.yml"):
                shutil.copy(ROOT / name, copy / name)
        command = [sys.executable, "-m", "generator"]
        start = time.perf_counter()
        subprocess.run([*command, "build"], cwd=copy, check=True, capture_output=True)
        print(f"playbook build, whole: {time.perf_counter() - start:.2f} s")
        port = _free_port()
        server = subprocess.Popen(
            [*command, "serve", "--address", f"127.0.0.1:{port}"],
            cwd=copy,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
        )
        try:
            for kind, (file, field, address) in KINDS.items():
                seconds = _measure(copy / file, field, f"http://127.0.0.1:{port}/{address}")
                print(
                    f"{kind}, saved to served, {len(seconds)} edits: "
                    f"min {min(seconds):.2f}  median {statistics.median(seconds):.2f}  max {max(seconds):.2f} s"
                )
        finally:
            server.terminate()
            server.wait(10)


def _measure(file: Path, field: str, url: str) -> list[float]:
    _wait_for(url, "<h1")
    text = file.read_text("utf-8")
    line = next(line for line in text.split("\n") if line.strip().startswith(field))
    seconds = []
    for number in range(EDITS):
        words = f"Edit number {number} of the {field[:-1]} in this run"
        file.write_text(text.replace(line, f"{line[: line.index(field)]}{field} {words}"), "utf-8")
        start = time.perf_counter()
        _wait_for(url, words)
        seconds.append(time.perf_counter() - start)
        time.sleep(1)  # as an author pauses: the server must have settled before the next save
    return seconds


def _wait_for(url: str, words: str) -> None:
    end = time.perf_counter() + LIMIT
    while time.perf_counter() < end:
        with contextlib.suppress(urllib.error.URLError, ConnectionError, TimeoutError):
            if words in _read(url):
                return
        time.sleep(0.02)
    raise SystemExit(f"{url} did not show {words!r} within {LIMIT:.0f} s")


def _read(url: str) -> str:
    with urllib.request.urlopen(url, timeout=LIMIT) as answer:
        text: str = answer.read().decode()
        return text


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
        return port


if __name__ == "__main__":
    main()
