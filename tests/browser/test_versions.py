"""Versions side by side in a real browser: the selector, the banner on old ones, and what is new
since the last visit.
"""

from __future__ import annotations

import re
import threading
from collections.abc import Iterator
from datetime import datetime, timedelta
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.browser.conftest import open_context, serve
from tests.playbooks import run_playbook
from tests.repositories import PERSON, commit, git, make_repository
from tests.sample import write_strategy

pytestmark = pytest.mark.browser
CONFIG = "site_name: Acme\nsite_url: https://acme.example/sales/playbook/\ndocs_dir: playbook\ntheme: {name: material, font: false}\nplugins: [search, playbook]\n"


def strategy(version: str, *ids: str, **more: Any) -> dict[str, str]:
    markets = [
        {"id": name, "name": f"Market {name}", **(more if name == ids[0] else {})} for name in ids
    ]
    said = [{"id": f"say-{version}", "headline": f"Said with {version}", "version": version}]
    text = write_strategy({"version": version}, markets=markets, announcements=said)
    return {"strategy.yaml": text, "mkdocs.yml": CONFIG, "playbook/x.md": "# X\n"}


def release(root: Path, version: str, folder: Path) -> None:
    git(root, "tag", "-a", f"v{version}", "-m", version)
    done = run_playbook("publish", "--to-dir", folder, "--as-of", "2026-06-01", cwd=root, **PERSON)
    assert done.returncode == 0, done.stdout + done.stderr


@pytest.fixture(scope="module")
def versions(tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[str, Path, Path]]:
    """Two published versions, served in a sub-folder as an intranet host would."""
    base = tmp_path_factory.mktemp("versions")
    folder = base / "served" / "sales" / "playbook"
    root = make_repository(base / "a", strategy("1", "ev", "gone"))
    folder.parent.mkdir(parents=True)
    release(root, "1", folder)
    commit(root, strategy("2", "charging", former_ids=["ev"]))
    release(root, "2", folder)

    class Handler(SimpleHTTPRequestHandler):
        def __init__(self, *arguments: Any) -> None:
            super().__init__(*arguments, directory=str(base / "served"))

        def log_message(self, *arguments: Any) -> None:
            pass

    with ThreadingHTTPServer(("127.0.0.1", 0), Handler) as server:
        threading.Thread(target=server.serve_forever, daemon=True).start()
        yield f"http://127.0.0.1:{server.server_port}/sales/playbook/", root, folder
        server.shutdown()


@pytest.fixture
def tab(browser: Browser) -> Iterator[Page]:
    context = open_context(browser, viewport={"width": 1280, "height": 800})
    yield context.new_page()
    context.close()


def test_the_root_leads_to_the_latest_and_the_selector_to_the_others(
    tab: Page, versions: tuple[str, Path, Path]
) -> None:
    url, *_ = versions
    tab.goto(url)
    expect(tab).to_have_url(f"{url}latest/")
    current = tab.locator(".md-version__current")
    expect(current).to_contain_text("2")
    current.focus()
    tab.locator(".md-version__link", has_text=re.compile(r"^\s*1\s*$")).click()
    expect(tab).to_have_url(re.compile(rf"^{re.escape(url)}1/"))
    expect(tab.locator(".md-version__current")).to_contain_text("1")


def test_an_old_page_says_so_and_leads_to_the_same_entry_today(
    tab: Page, versions: tuple[str, Path, Path]
) -> None:
    url, *_ = versions
    tab.goto(f"{url}1/markets/ev/")
    banner = tab.locator(".pb-outdated")
    expect(banner).to_be_visible()
    expect(banner).to_contain_text("You are reading version 1, which is not the current one.")
    assert tab.locator("meta[name=robots]").get_attribute("content") == "noindex"
    banner.locator("a").click()
    expect(tab).to_have_url(f"{url}latest/markets/charging/")
    expect(tab.locator(".pb-outdated")).to_have_count(0)
    tab.goto(f"{url}1/markets/gone/")
    tab.locator(".pb-outdated a").click()
    expect(tab).to_have_url(f"{url}latest/")


def test_what_is_new_since_the_last_visit_is_marked(
    tab: Page, versions: tuple[str, Path, Path]
) -> None:
    url, *_ = versions
    tab.goto(f"{url}1/announcements/")
    tab.wait_for_function("() => Object.keys(localStorage).some(name => name.endsWith(':visits'))")
    expect(tab.locator(".pb-new")).to_have_count(0)
    tab.goto(f"{url}latest/announcements/")
    expect(tab.locator("[data-pb-item='version/2'].pb-new [data-pb-badge]").first).to_be_visible()
    expect(tab.locator("[data-pb-item='version/1'].pb-new")).to_have_count(0)
    for day in (1, 2):  # what was there at the last visit is not new at the next
        tab.clock.set_fixed_time(datetime.now() + timedelta(days=day))
        tab.reload()
    expect(tab.locator(".pb-new")).to_have_count(0)
    tab.get_by_role("link", name="All changes of version 2").click()
    expect(
        tab.locator(".pb-changes").get_by_role("link", name="Market charging").first
    ).to_be_visible()


def test_an_address_from_before_there_were_versions_leads_to_the_same_page_of_the_newest(
    versions: tuple[str, Path, Path], tab: Page
) -> None:
    with serve(versions[2]) as url:
        tab.goto(f"{url}markets/charging/?from=mail#top")
        expect(tab).to_have_url(f"{url}latest/markets/charging/?from=mail#top")
        tab.goto(f"{url}1/markets/no-such-thing/")
        expect(tab).to_have_url(f"{url}1/markets/no-such-thing/")
        tab.locator("article [data-finder-open]").click()
        expect(tab.locator("#pb-finder input")).to_have_value("no such thing")
        tab.goto(f"{url}nowhere/")
        expect(tab.get_by_role("heading", level=1)).to_have_text("There is no such page")
        expect(tab).to_have_url(f"{url}latest/nowhere/")
