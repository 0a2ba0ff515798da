"""A real Chromium, and a server for the built site on a sub-path, as an intranet host would serve it."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser, Page, expect, sync_playwright

from scripts.install_browser import find_browser

FLAGS = ["--no-sandbox", "--disable-gpu", "--disable-background-networking", "--disable-component-update",
         "--disable-sync", "--no-first-run"]  # fmt: skip
SUB_PATH = "/sales/playbook/"
expect.set_options(timeout=20_000)  # for a machine that many share; what does come, comes at once


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


@pytest.fixture(scope="session")
def site_url(built_sites: dict[str, Path]) -> Iterator[str]:
    """Where the root site is served."""
    root = built_sites["root"]

    class Handler(SimpleHTTPRequestHandler):
        def __init__(self, *arguments: Any) -> None:
            super().__init__(*arguments, directory=str(root))

        def translate_path(self, path: str) -> str:
            return super().translate_path(
                path[len(SUB_PATH) - 1 :] if path.startswith(SUB_PATH) else "/404-no-such-place"
            )

        def log_message(self, *arguments: Any) -> None:
            pass

    with ThreadingHTTPServer(("127.0.0.1", 0), Handler) as server:
        threading.Thread(target=server.serve_forever, daemon=True).start()
        yield f"http://127.0.0.1:{server.server_port}{SUB_PATH}"
        server.shutdown()


@pytest.fixture(params=[(390, 844), (1280, 800)], ids=["phone", "desktop"])
def page(browser: Browser, site_url: str, request: pytest.FixtureRequest) -> Iterator[Page]:
    """A fresh tab. Whatever the page says on the console as an error, or asks of another host, fails the test."""
    width, height = request.param
    context = browser.new_context(viewport={"width": width, "height": height})
    tab = context.new_page()
    faults: list[str] = []
    tab.on("console", lambda message: faults.append(message.text) if message.type == "error" else None)
    tab.on("pageerror", lambda error: faults.append(str(error)))
    tab.on(
        "request",
        lambda asked: faults.append(asked.url) if not asked.url.startswith((site_url, "data:", "blob:")) else None,
    )
    yield tab
    context.close()
    assert faults == []
