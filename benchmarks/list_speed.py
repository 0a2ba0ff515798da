"""How soon a long list can be filtered on a phone a quarter as fast as this machine: 300 and 2,000
proofs.

    python -m benchmarks.list_speed [--entries 300 2000]

Each figure is the best of three visits: from the request to a bar that takes a choice, with the
whole list there, and from a typed word to the rows that answer it. `work` is a loop of a fixed
length in the same browser, by which machines are compared.
"""

from __future__ import annotations

import argparse
import gzip
import subprocess
import sys
import tempfile
from pathlib import Path

from playwright.sync_api import Browser, sync_playwright

from benchmarks.grow_strategy import ROOT, grow_list
from benchmarks.search_speed import WORK
from scripts.install_browser import find_browser
from tests.browser.conftest import FLAGS, serve

SLOWER = 4
VISITS = 3
READY = """() => {
  const form = document.querySelector("form.pb-filter");
  return Boolean(form) && !form.hidden && document.readyState !== "loading";
}"""
ANSWER = """query => new Promise((done) => {
  const form = document.querySelector("form.pb-filter");
  const words = form.elements.namedItem("words");
  const start = performance.now();
  new MutationObserver((_, watch) => {
    if (form.dataset.answered !== query) return;
    watch.disconnect();
    requestAnimationFrame(() => done(performance.now() - start));
  }).observe(form, { attributes: true });
  words.value = query;
  words.dispatchEvent(new Event("input"));
})"""
CHOOSE = """() => {
  const choice = document.querySelector("form.pb-filter select");
  choice.selectedIndex = 1;
  const start = performance.now();
  choice.dispatchEvent(new Event("change"));
  document.body.offsetHeight;
  return performance.now() - start;
}"""


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").partition("\n")[0])
    parser.add_argument("--entries", type=int, nargs="*", default=[300, 2000])
    asked = parser.parse_args()
    print(
        f"{'proofs':>7} {'KB sent':>8} {'ready ms':>9} {'choice ms':>10} {'words ms':>9} {'work ms':>8}"
    )
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=find_browser(), args=FLAGS)
        for entries in asked.entries:
            with tempfile.TemporaryDirectory() as folder:
                site = build_site(Path(folder), entries)
                print(f"{entries:>7,} {measure(browser, site)}", flush=True)
        browser.close()


def build_site(folder: Path, entries: int) -> Path:
    """The site of the root strategy with so many proofs."""
    grow_list(folder / "grown", "proof", entries)
    build = [
        sys.executable,
        "-m",
        "generator",
        "build",
        "--config",
        str(folder / "grown/mkdocs.yml"),
    ]
    subprocess.run(
        [*build, "--site-dir", str(folder / "site")],
        cwd=ROOT,
        check=True,
        stdout=subprocess.DEVNULL,
    )
    return folder / "site"


def measure(browser: Browser, site: Path) -> str:
    """The line of a site: the best of a few visits, each with nothing kept from before."""
    found: list[tuple[float, ...]] = []
    with serve(site) as url:
        for _ in range(VISITS):
            context = browser.new_context(
                viewport={"width": 390, "height": 844}, has_touch=True, is_mobile=True
            )
            page = context.new_page()
            page.set_default_timeout(120_000)
            slow = context.new_cdp_session(page)
            slow.send("Emulation.setCPUThrottlingRate", {"rate": SLOWER})
            page.goto(f"{url}proof/", wait_until="commit")
            page.wait_for_function(READY, polling="raf")
            ready = page.evaluate("performance.now()")
            choice = page.evaluate(CHOOSE)
            page.locator(".pb-filter__clear").click()
            words = page.evaluate(ANSWER, "availability")
            found.append((ready, choice, words, page.evaluate(WORK)))
            context.close()
    size = len(gzip.compress((site / "proof/index.html").read_bytes(), 6, mtime=0)) / 1000
    best = [min(column) for column in zip(*found, strict=True)]
    return f"{size:>8.0f} {best[0]:>9.0f} {best[1]:>10.0f} {best[2]:>9.0f} {best[3]:>8.0f}"


if __name__ == "__main__":
    main()
