"""What a first visit to a page costs: every file that a real browser asks for, as a host sends it
(gzip), search apart.

Run: python benchmarks/page_weight.py [SITE] [ADDRESS]. Builds the root strategy where no site is
named. Ends with 1 where a page costs more than the limit.
"""

from __future__ import annotations

import gzip
import subprocess
import sys
import tempfile
from pathlib import Path

from playwright.sync_api import Response, sync_playwright

from scripts.install_browser import find_browser
from tests.browser.conftest import FLAGS, serve

ROOT = Path(__file__).parent.parent
PAGES = ("markets/dairies/", "", "objections/", "objectives/")
LIMIT_KB = 250
_TEXT = (".html", ".css", ".js", ".json", ".svg", ".xml", "/")


def measure(site: Path, address: str) -> list[tuple[int, str]]:
    """The files of a first visit: bytes as sent, and name, the heaviest first."""
    answers: list[Response] = []
    with sync_playwright() as playwright, serve(site) as url:
        browser = playwright.chromium.launch(executable_path=find_browser(), args=FLAGS)
        tab = browser.new_page()
        tab.on("response", lambda answer: answers.append(answer))  # noqa: PLW0108  # a bound method of a list will not do
        tab.goto(url + address, wait_until="networkidle")
        weights = [
            (_sent(answer), answer.url.removeprefix(url) or "index.html")
            for answer in answers
            if not answer.url.startswith("data:") and "search" not in answer.url.removeprefix(url)
        ]
        browser.close()
    return sorted(weights, reverse=True)


def _sent(answer: Response) -> int:
    body = answer.body()
    return len(gzip.compress(body, 6, mtime=0)) if answer.url.endswith(_TEXT) else len(body)


def main() -> int:
    """Print the weight of each page, the files of the heaviest first."""
    with tempfile.TemporaryDirectory() as folder:
        site = Path(sys.argv[1]) if len(sys.argv) > 1 else Path(folder) / "site"
        if len(sys.argv) == 1:
            build = [sys.executable, "-m", "generator", "build", "--site-dir", str(site)]
            subprocess.run(build, cwd=ROOT, check=True, stdout=subprocess.DEVNULL)
        too_heavy = False
        for address in sys.argv[2:] or PAGES:
            files = measure(site, address)
            total = sum(size for size, _ in files) / 1000
            too_heavy |= total > LIMIT_KB
            print(f"{total:6.1f} KB  /{address}  (limit {LIMIT_KB})")
            for size, name in files[:6]:
                print(f"        {size / 1000:6.1f} KB  {name}")
    return 1 if too_heavy else 0


if __name__ == "__main__":
    sys.exit(main())
