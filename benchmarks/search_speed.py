"""How soon the finder answers and what it fetches, in Chromium: the root strategy, and ones grown
to 1,000 and 5,000 pages.

python -m benchmarks.search_speed [--pages 0 1000 5000 24000] [--most-whole 0] [--slower 4]      # 0
pages is the root strategy as it is

Per strategy, the median of several runs (and the shortest and longest), in milliseconds from the
last key to the first answer on screen: `at once` with nothing fetched yet and the whole loading
included; `first` likewise, but typed as people do, 300 ms after opening; `next` once all is loaded.
Beside them how long a fixed piece of work takes in the same browser, to compare machines by. Then
the kilobytes (gzip, as any web server sends them) that were fetched for the first answer, and
later. Only the files of the finder count; a page of the site is served with them.

`--slower 4` holds the browser's page processes still for three quarters of the time, as a phone of a
quarter of this machine's speed would be: DevTools slow the page alone, and not the worker that
answers. The fixed piece of work then takes so many times as long as else.
"""

from __future__ import annotations

import argparse
import gzip
import os
import signal
import statistics
import sys
import tempfile
import threading
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from datetime import date
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

from playwright.sync_api import Browser, Page, sync_playwright

from benchmarks.grow_strategy import ROOT, grow_strategy
from benchmarks.search_quality import finish_pages
from generator.checks.project import check_project
from generator.model.edition import choose_edition
from generator.pages.finder.index import MOST_WHOLE, make_index
from generator.pages.finder.scripts import list_scripts
from scripts.install_browser import find_browser
from tests.browser.conftest import FLAGS

RUNS = 7
PAUSE = 300
SLICE = 0.004  # seconds for which a slowed browser runs at a time
TYPED = "hydrogen"
QUERIES = ("too expensive", "hydrogn", "who comes at night", "cop guarantee", "brandvik price")
PAGE = """<!doctype html><title>Benchmark</title><link rel="stylesheet" href="assets/finder/finder.css">
<dialog id="pb-finder" class="pb-finder"><input><div data-finder-kinds></div><p data-finder-status></p>
<div data-finder-results hidden></div><div data-finder-nothing></div></dialog>
<script type="module" src="assets/finder/finder.js"></script>"""
TYPES = {"js": "text/javascript", "css": "text/css", "json": "application/json"}
CLOCK = """query => new Promise(done => {
  const input = document.querySelector("dialog input"), results = document.querySelector("[data-finder-results]");
  const start = performance.now();
  new MutationObserver((_, watch) => {
    if (!results.querySelector("[role=option]")) return;
    watch.disconnect();
    requestAnimationFrame(() => done(performance.now() - start));
  }).observe(results, { childList: true });
  input.value = query;
  input.dispatchEvent(new Event("input"));
})"""
WORK = "() => { const t = performance.now(); let s = 0; for (let i = 0; i < 2e7; i++) s += i % 7; return performance.now() - t + s * 0; }"


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").partition("\n")[0])
    parser.add_argument("--pages", type=int, nargs="*", default=[0, 1000, 5000, 24000])
    parser.add_argument(
        "--most-whole", type=int, default=MOST_WHOLE, help="records that are sent as a whole"
    )
    parser.add_argument("--slower", type=int, default=1, help="how many times slower a browser")
    asked = parser.parse_args()
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=find_browser(), args=FLAGS)
        print(
            f"{'pages':>6} {'entries':>8} {'at once ms':>18} {'first ms':>18} {'next ms':>18} {'work ms':>8} {'first KB':>9} {'later KB':>9}"
        )
        for pages in asked.pages:
            measure(pages, browser, asked.most_whole, asked.slower)
        browser.close()


def measure(pages: int, browser: Browser, most_whole: int, slower: int) -> None:
    """Measure one strategy and print its line."""
    with tempfile.TemporaryDirectory() as folder:
        root = ROOT
        if pages:
            root = Path(folder) / "grown"
            grow_strategy(root, pages)
        loaded, hand_written, _ = check_project(root)
    assert loaded.strategy is not None
    edition = choose_edition(loaded.strategy, loaded.vocabulary, "internal", date(2026, 11, 22))
    finished = finish_pages(hand_written, edition)
    assets = make_index(edition, (), finished, most_whole=most_whole)
    files = {
        asset.path: gzip.compress(asset.content, 6, mtime=0) for asset in (*assets, *list_scripts())
    }
    with serve(files) as (address, sent):
        cold, first, after, work = (list[float]() for _ in range(4))
        for run in range(2 * RUNS):
            page = browser.new_context().new_page()
            page.goto(address)
            sent.clear()
            with slow_down(slower):
                work.append(page.evaluate(WORK))
                (first if run % 2 else cold).append(time_first(page, PAUSE * (run % 2)))
            page.wait_for_selector("dialog[data-complete]", timeout=120_000)
            fetched = list(dict.fromkeys(sent))
            after += time_next(page)
            page.context.close()
    later = [path for path in fetched if "search-texts" in path]
    sizes = [
        sum(len(files[path]) for path in some) / 1000 for some in ([*{*fetched} - {*later}], later)
    ]
    entries = sum(1 for _ in edition.strategy)
    print(
        f"{pages or 'root':>6} {entries:>8,} {show(cold):>18} {show(first):>18} {show(after):>18} {min(work):>8.0f} "
        f"{sizes[0]:>9.0f} {sizes[1]:>9.0f}",
        flush=True,
    )


@contextmanager
def slow_down(times: int) -> Iterator[None]:
    """Let the page processes of our browser run for one slice in so many."""
    done = threading.Event()
    pids = list_renderers() if times > 1 else []

    def hold() -> None:
        while not done.is_set():
            for pid in pids:
                send_signal(pid, signal.SIGSTOP)
            done.wait(SLICE * (times - 1))
            for pid in pids:
                send_signal(pid, signal.SIGCONT)
            done.wait(SLICE)

    thread = threading.Thread(target=hold, daemon=True)
    if times > 1:
        thread.start()
    try:
        yield
    finally:
        done.set()
        if times > 1:
            thread.join()


def list_renderers() -> list[int]:
    """The page processes among those that this one has started, by their ids."""
    parents: dict[int, int] = {}
    commands: dict[int, bytes] = {}
    for folder in Path("/proc").glob("[0-9]*"):
        try:
            parents[int(folder.name)] = int(
                (folder / "stat").read_text().rpartition(")")[2].split()[1]
            )
            commands[int(folder.name)] = (folder / "cmdline").read_bytes()
        except OSError:  # it has ended meanwhile
            continue
    ours = {os.getpid()}
    while more := {pid for pid, parent in parents.items() if parent in ours} - ours:
        ours |= more
    return [pid for pid in ours if b"--type=renderer" in commands.get(pid, b"")]


def send_signal(pid: int, number: int) -> None:
    with suppress(ProcessLookupError):
        os.kill(pid, number)


def show(times: list[float]) -> str:
    """The median, and from the shortest to the longest: on a busy machine the shortest says most of
    the finder itself.
    """
    return f"{statistics.median(times):.0f} ({min(times):.0f} to {max(times):.0f})"


def time_first(page: Page, pause: int) -> float:
    """From typing to the first answer, where the finder was opened `pause` milliseconds before,
    with nothing loaded.
    """
    open_and_type = f"""async query => {{
      document.body.dispatchEvent(new KeyboardEvent("keydown", {{ key: "/", bubbles: true }}));
      if ({pause}) await new Promise(done => setTimeout(done, {pause}));
      return ({CLOCK})(query);
    }}"""
    return float(page.evaluate(open_and_type, TYPED))


def time_next(page: Page) -> list[float]:
    """Each query typed anew when all is loaded."""
    return [float(page.evaluate(CLOCK, query)) for query in QUERIES]


class _Server(ThreadingHTTPServer):
    """A page that is left or has its answer breaks off what it asked for."""

    def handle_error(self, request: object, client_address: object) -> None:
        """Nothing is said of it."""
        if not isinstance(sys.exception(), ConnectionError):
            super().handle_error(request, client_address)  # type: ignore[arg-type]


@contextmanager
def serve(files: dict[str, bytes]) -> Iterator[tuple[str, list[str]]]:
    """The finder's files behind a page of its own; also which were asked for."""
    sent: list[str] = []

    class Handler(BaseHTTPRequestHandler):
        protocol_version = "HTTP/1.1"
        disable_nagle_algorithm = (
            True  # as every web server does; else each small file waits for the browser's receipt
        )

        def do_GET(self) -> None:
            path = self.path.lstrip("/").partition("?")[0]
            content = files.get(path, gzip.compress(PAGE.encode()) if not path else b"")
            sent.append(path)
            self.send_response(200 if content else 404)
            self.send_header("Content-Type", TYPES.get(path.rpartition(".")[2], "text/html"))
            self.send_header("Content-Encoding", "gzip")
            self.send_header("Content-Length", str(len(content)))
            self.end_headers()
            self.wfile.write(content)

        def log_message(self, *arguments: object) -> None:
            pass

    with _Server(("127.0.0.1", 0), Handler) as server:
        threading.Thread(target=server.serve_forever, daemon=True).start()
        yield f"http://127.0.0.1:{server.server_port}/", sent
        server.shutdown()


if __name__ == "__main__":
    main()
