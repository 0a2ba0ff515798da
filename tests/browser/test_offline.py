"""A copy of the playbook on the device: made when its reader asks for it, read where the network is
cut, and gone when it must be.
"""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.browser.conftest import SUB_PATH, open_context
from tests.playbooks import run_playbook

pytestmark = pytest.mark.browser

KEEP = "Keep a copy on this device"
REMOVE = "Remove from this device"
CACHES = "async () => (await caches.keys()).filter(name => name.startsWith('playbook-copy:'))"
WORKERS = "async () => (await navigator.serviceWorker.getRegistrations()).map(one => one.scope)"
AGE = """async ([days]) => {
  for (const name of await caches.keys()) {
    const cache = await caches.open(name);
    for (const { url } of await cache.keys()) {
      if (!url.endsWith("/offline-state")) continue;
      const state = await (await cache.match(url)).json();
      state.heard -= days * 24 * 60 * 60 * 1000;
      await cache.put(url, new Response(JSON.stringify(state)));
    }
  }
}"""


class Host(ThreadingHTTPServer):
    """Serves a site, until it refuses its readers, sends them elsewhere, or is cut off."""

    daemon_threads = True
    root: Path
    mood: int | str = 200
    url = ""


class _Handler(SimpleHTTPRequestHandler):
    server: Host

    def translate_path(self, path: str) -> str:
        self.directory = str(self.server.root)
        return super().translate_path(path.removeprefix(SUB_PATH.rstrip("/")))

    def send_head(self) -> Any:
        mood = self.server.mood
        if mood == "cut":
            self.close_connection = True
            self.connection.close()
            return None
        if mood == "elsewhere":
            self.send_response(302)
            self.send_header("Location", "http://login.example/")
            self.end_headers()
            return None
        if isinstance(mood, int) and mood != 200:
            self.send_error(mood)
            return None
        return super().send_head()

    def end_headers(self) -> None:
        # what a browser keeps by itself plays no part
        self.send_header("Cache-Control", "no-cache")
        super().end_headers()

    def log_message(self, *arguments: Any) -> None:
        pass

    def handle(self) -> None:
        with suppress(OSError, ValueError):  # the connection was cut
            super().handle()


@contextmanager
def host(root: Path) -> Iterator[Host]:
    with Host(("127.0.0.1", 0), _Handler) as server:
        server.root, server.url = root, f"http://127.0.0.1:{server.server_port}{SUB_PATH}"
        threading.Thread(target=server.serve_forever, daemon=True).start()
        yield server
        server.shutdown()


def build(folder: Path) -> None:
    """A site that may be kept, the next version of it, and one that may not be kept any more: of few
    pages, since each test keeps them all.
    """
    root = folder / "acme"

    def run(*arguments: str | Path) -> None:
        done = run_playbook(*arguments, cwd=folder)
        assert done.returncode == 0, done.stdout + done.stderr

    def build_to(name: str, *options: str) -> None:
        run("build", "--config", root / "mkdocs.yml", "--site-dir", folder / name, *options)

    run("init", root, "--company", "Acme")
    config, strategy = root / "mkdocs.yml", root / "strategy.yaml"
    header = strategy.read_text("utf-8")
    plain = config.read_text("utf-8").replace(
        "theme:\n", "theme:\n  icon: {logo: material/fire-circle}\n"
    )
    assert "\n  - playbook\n" in plain
    config.write_text(
        plain.replace("  - playbook\n", "  - playbook:\n      offline_copy: true\n"), "utf-8"
    )
    build_to("site")
    build_to("leadership", "--audience", "leadership")
    strategy.write_text(header.replace('version: "2026.1"', 'version: "2026.2"'), "utf-8")
    build_to("next")
    config.write_text(plain, "utf-8")
    build_to("off")


@pytest.fixture(scope="module")
def sites(make_once: Callable[[str, Callable[[Path], None]], Path]) -> Path:
    return make_once("kept-copy", build)


@pytest.fixture
def server(sites: Path) -> Iterator[Host]:
    with host(sites / "site") as running:
        yield running


@pytest.fixture
def tab(browser: Browser) -> Iterator[Page]:
    context = open_context(browser, viewport={"width": 390, "height": 844})
    yield context.new_page()
    context.close()


def keep(tab: Page, server: Host) -> None:
    tab.goto(server.url)
    tab.get_by_role("button", name=KEEP).click()
    expect(tab.get_by_role("button", name=REMOVE)).to_be_visible()


def is_gone(tab: Page) -> None:
    """Neither a copy nor what keeps it is left."""
    tab.wait_for_function(f"async () => (await ({CACHES})()).length === 0")
    tab.wait_for_function(f"async () => (await ({WORKERS})()).length === 0")


def test_a_copy_is_read_where_the_network_is_cut_and_says_which_version_it_is(
    tab: Page, server: Host
) -> None:
    keep(tab, server)
    expect(tab.locator("[data-offline-copy]")).to_contain_text("version 2026.1")
    server.mood = "cut"
    tab.goto(f"{server.url}objections/too-expensive/?q=")
    expect(tab.locator("h1")).to_contain_text("Your contract is too expensive")
    expect(tab.locator(".pb-copy-read")).to_contain_text("version 2026.1")
    # what a page asks for later comes from the same copy
    tab.keyboard.press("Escape")
    tab.goto(f"{server.url}call/?market=food-producers&persona=plant-manager")
    expect(tab.locator("[data-section=objections] .pb-call__part").first).to_be_visible()
    # nothing that was chosen or typed is kept
    kept = tab.evaluate(
        "async () => { const all = []; for (const name of await caches.keys()) for (const one of await "
        "(await caches.open(name)).keys()) all.push(one.url); return all; }"
    )
    assert [one for one in kept if "?" in one] == []
    server.mood = 200
    tab.goto(server.url)
    expect(tab.locator(".pb-copy-read")).to_have_count(0)


def test_a_newer_version_takes_the_place_of_the_copy_as_a_whole(
    tab: Page, server: Host, sites: Path
) -> None:
    keep(tab, server)
    server.root = sites / "next"
    tab.goto(server.url)
    expect(tab.locator("[data-offline-copy]")).to_contain_text("keeps version 2026.2")
    assert len(tab.evaluate(CACHES)) == 1
    server.mood = "cut"
    tab.goto(f"{server.url}objections/too-expensive/")
    expect(tab.locator(".pb-copy-read")).to_contain_text("version 2026.2")


def test_a_copy_that_is_not_whole_is_none(tab: Page, server: Host, sites: Path) -> None:
    tab.goto(server.url)
    expect(tab.get_by_role("button", name=KEEP)).to_be_visible()
    listing = sites / "broken"
    listing.mkdir(exist_ok=True)
    (listing / "offline.json").write_bytes(
        (sites / "site/offline.json")
        .read_bytes()
        .replace(b'"files":[[', b'"files":[["gone/",1,"0"],[')
    )
    (listing / "playbook-offline.js").write_bytes((sites / "site/playbook-offline.js").read_bytes())
    server.root = listing
    tab.get_by_role("button", name=KEEP).click()
    expect(tab.locator("[data-offline-copy]")).to_contain_text("could not be made")
    assert tab.evaluate(CACHES) == []


@pytest.mark.parametrize("mood", [401, 403, 410, "elsewhere"])
def test_whom_the_server_refuses_loses_the_copy_at_once(
    tab: Page, server: Host, mood: int | str
) -> None:
    keep(tab, server)
    other = tab.context.new_page()
    other.route("http://login.example/**", lambda route: route.fulfill(body="Sign in"))
    server.mood = mood
    other.goto(f"{server.url}objections/too-expensive/")
    is_gone(tab)
    server.mood = "cut"
    with pytest.raises(Exception, match="ERR_"):
        other.goto(f"{server.url}objections/too-expensive/")


@pytest.mark.parametrize(("days", "is_there"), [(13, True), (15, False)])
def test_fourteen_days_without_the_server_are_the_most(
    tab: Page, server: Host, days: int, is_there: bool
) -> None:
    keep(tab, server)
    tab.evaluate(AGE, [days])
    server.mood = "cut"
    other = tab.context.new_page()
    if is_there:
        other.goto(f"{server.url}objections/too-expensive/")
        expect(other.locator("h1")).to_contain_text("too expensive")
    else:
        with pytest.raises(Exception, match="ERR_"):
            other.goto(f"{server.url}objections/too-expensive/")
        is_gone(tab)


def test_the_reader_and_the_company_take_it_away(tab: Page, server: Host, sites: Path) -> None:
    keep(tab, server)
    tab.get_by_role("button", name=REMOVE).click()
    is_gone(tab)
    keep(tab, server)
    server.root = sites / "off"  # offline_copy is no longer set
    tab.goto(f"{server.url}objections/")
    is_gone(tab)
    tab.goto(server.url)
    expect(tab.get_by_role("button", name=KEEP)).to_have_count(0)


FAR_APART = """async (files) => {
  const drawn = await Promise.all(files.map(async (file) => {
    const image = new Image();
    image.src = new URL(file, document.querySelector("link[rel=manifest]").href);
    await image.decode();
    const brush = Object.assign(new OffscreenCanvas(192, 192)).getContext("2d");
    brush.imageSmoothingQuality = "high";
    brush.drawImage(image, 0, 0, 192, 192);
    return brush.getImageData(0, 0, 192, 192).data;
  }));
  const share = (one, other) => one.filter((value, at) => Math.abs(value - other[at]) > 100).length / one.length;
  return Math.max(...drawn.map((one) => share(one, drawn.at(-1))));
}"""
"""The share of what is another colour in one of the icons than in the last, which the browser draws."""


def test_only_those_inside_are_offered_a_copy_and_all_can_install(
    tab: Page, server: Host, sites: Path
) -> None:
    assert not (sites / "leadership/offline.json").exists()
    assert "unregister" in (sites / "leadership/playbook-offline.js").read_text("utf-8")
    server.root = sites / "leadership"
    tab.goto(f"{server.url}objections/")
    manifest = tab.evaluate(
        "async () => (await fetch(document.querySelector('link[rel=manifest]').href)).json()"
    )
    assert manifest["start_url"] == manifest["scope"] == "./"
    assert manifest["short_name"] == "Acme"
    for icon in manifest["icons"]:
        assert (sites / "leadership" / icon["src"]).is_file()
    assert tab.evaluate(FAR_APART, [icon["src"] for icon in manifest["icons"]]) < 0.001
