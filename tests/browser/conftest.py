"""A real Chromium, and a server for the built site on a sub-path, as an intranet host would serve
it.
"""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from itertools import cycle, product
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser, BrowserContext, Page, expect, sync_playwright

from scripts.install_browser import find_browser
from tests.playbooks import PATIENCE
from tests.trials.amount import choose

FLAGS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--no-first-run",
]
SUB_PATH = "/sales/playbook/"
expect.set_options(timeout=PATIENCE * 1000)


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    """The browser; a test run without one fails rather than passing over these tests."""
    path = find_browser()
    if path is None:
        pytest.fail("no Chromium was found; `make browser` installs one")
    with sync_playwright() as playwright:
        opened = playwright.chromium.launch(executable_path=path, args=FLAGS)
        yield opened
        opened.close()


def open_context(browser: Browser, **options: Any) -> BrowserContext:
    """A context that waits as long as the tests do, whatever is asked of it."""
    context = browser.new_context(**options)
    context.set_default_timeout(PATIENCE * 1000)
    return context


@pytest.fixture(scope="session")
def shared_context(browser: Browser) -> Iterator[Callable[..., BrowserContext]]:
    """One context for all tests that only read, by its options: files come from its cache."""
    opened: dict[str, BrowserContext] = {}

    def share(**options: Any) -> BrowserContext:
        key = repr(sorted(options.items()))
        if key not in opened:
            opened[key] = open_context(browser, **options)
        return opened[key]

    yield share
    for context in opened.values():
        context.close()


@pytest.fixture(scope="session")
def site_url(built_sites: dict[str, Path]) -> Iterator[str]:
    """Where the root site is served."""
    with serve(built_sites["root"]) as url:
        yield url


@pytest.fixture(scope="session")
def released_url(released_site: Path) -> Iterator[str]:
    """Where the site of a strategy with released versions is served, as leadership reads it."""
    with serve(released_site) as url:
        yield url


@contextmanager
def serve(root: Path, sub_path: str = SUB_PATH) -> Iterator[str]:
    """Serve a folder below a path; what is not there is answered with the site's own page for that."""

    class Handler(SimpleHTTPRequestHandler):
        def __init__(self, *arguments: Any) -> None:
            super().__init__(*arguments, directory=str(root))

        def translate_path(self, path: str) -> str:
            return super().translate_path(
                path[len(sub_path) - 1 :] if path.startswith(sub_path) else "/404-no-such-place"
            )

        def send_error(self, code: int, *arguments: Any, **options: Any) -> None:
            lost = root / "404.html"
            if code != 404 or not lost.is_file():
                return super().send_error(code, *arguments, **options)
            content = lost.read_bytes()
            self.send_response(404)
            self.send_header("Content-Type", "text/html; charset=utf-8")
            self.send_header("Content-Length", str(len(content)))
            self.end_headers()
            self.wfile.write(content)
            return None

        def log_message(self, *arguments: Any) -> None:
            pass

    with ThreadingHTTPServer(("127.0.0.1", 0), Handler) as server:
        threading.Thread(target=server.serve_forever, daemon=True).start()
        yield f"http://127.0.0.1:{server.server_port}{sub_path}"
        server.shutdown()


SIZES = {"phone": (390, 844), "desktop": (1280, 800)}


def in_turn(names: str, values: Iterable[Any]) -> pytest.MarkDecorator:
    """A decorator of a trial with a `page`: each of the values, on a phone and on a desktop in turn; in
    `make trials` on both. For what every size does alike.
    """
    every = [value if isinstance(value, tuple) else (value,) for value in values]
    tried = choose(list(zip(cycle(SIZES), every)), list(product(SIZES, every)))
    rows = [
        pytest.param(SIZES[size], *value, id="-".join([size, *map(str, value)]))
        for size, value in tried
    ]
    return pytest.mark.parametrize(f"page, {names}", rows, indirect=["page"])


@pytest.fixture(params=list(SIZES.values()), ids=list(SIZES))
def page(browser: Browser, site_url: str, request: pytest.FixtureRequest) -> Iterator[Page]:
    """A fresh tab. Whatever the page says on the console as an error (a breach of its policy is
    one), or asks of another host, fails the test.
    """
    width, height = request.param
    context = open_context(browser, viewport={"width": width, "height": height})
    tab = context.new_page()
    faults: list[str] = []
    tab.on(
        "console", lambda message: faults.append(message.text) if message.type == "error" else None
    )
    tab.on("pageerror", lambda error: faults.append(str(error)))
    tab.on(
        "request",
        lambda asked: (
            faults.append(asked.url)
            if not asked.url.startswith((site_url, "data:", "blob:"))
            else None
        ),
    )
    yield tab
    context.close()
    assert faults == []
