"""`playbook serve`: edits arrive, mistakes are shown, and what is carried over is what a fresh
build would give.
"""

from __future__ import annotations

import os
import platform
import re
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest
from mkdocs.commands.build import build
from mkdocs.config import load_config
from mkdocs.config.defaults import MkDocsConfig
from mkdocs.exceptions import Abort
from mkdocs.livereload import LiveReloadServer

from generator.pages.finder.index import make_index
from generator.pages.navigation import MOST_LISTED
from generator.pages.page import Asset
from generator.site.serve.access import is_own_name
from tests.playbooks import LONGEST, PATIENCE, run_playbook
from tests.trials.amount import some

LOOK_AGAIN = 0.05
"""Seconds between two looks, which leave the machine to whoever is waited for."""


@contextmanager
def serve_folder(folder: Path) -> Iterator[str]:
    """`playbook serve` of a folder, as its author runs it."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    log = folder.parent / "log.txt"
    with log.open("w") as output:
        server = subprocess.Popen(
            [sys.executable, "-m", "generator", "serve", "--address", f"127.0.0.1:{port}"],
            cwd=folder,
            stdout=output,
            stderr=subprocess.STDOUT,
            env={**os.environ, "PYTHONUNBUFFERED": "1"},
        )
        yield f"http://127.0.0.1:{port}/"
        server.terminate()
        server.wait(LONGEST)
    assert "Traceback" not in log.read_text("utf-8")


@pytest.fixture
def served(started: Path) -> Iterator[tuple[Path, str]]:
    with serve_folder(started) as url:
        yield started, url


def wait_for(url: str, words: str) -> str:
    """The page, as soon as the words stand on it."""
    end = time.monotonic() + PATIENCE
    text = ""
    while time.monotonic() < end:
        try:
            with urllib.request.urlopen(url, timeout=PATIENCE) as answer:
                text = answer.read().decode()
        except (urllib.error.URLError, ConnectionError, TimeoutError):
            text = ""
        if words in text:
            return text
        time.sleep(LOOK_AGAIN)
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
    wait_for(url + "components/", "<h1")  # which a built site has only where it is asked for


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
    end = time.monotonic() + PATIENCE
    while words not in log.read_text("utf-8"):
        assert time.monotonic() < end, log.read_text("utf-8")
        time.sleep(LOOK_AGAIN)


POLICY = re.compile(rb'<meta http-equiv="Content-Security-Policy" content="[^"]*">')
OF_A_BUILD = (
    *("_headers", "headers.nginx.conf", "sitemap.xml", "sitemap.xml.gz"),
    *("manifest.webmanifest", "assets/app-icon.svg", "playbook-offline.js"),
    *("assets/app-icon-192.png", "assets/app-icon-512.png"),
)
"""Files for whoever publishes a site; nobody looks at them while writing."""


TO_INSTALL = re.compile(
    rb'<link rel="manifest" href="[^"]*" crossorigin="use-credentials">\n'
    rb'<link rel="apple-touch-icon" href="[^"]*">\n'
)
"""What a site can be installed by; a preview cannot."""
RELOAD_SCRIPT = re.compile(rb'<script src="/livereload/\d+/\d+\.js"></script>')
"""The one thing that a served page has and a published one has not: a file, so that the policy may
be the same.
"""


def test_live_reload_comes_as_a_file(served: tuple[Path, str]) -> None:
    html = wait_for(served[1], "/livereload/")
    [script] = RELOAD_SCRIPT.findall(html.encode())
    address = script.decode().partition('"/')[2].partition('"')[0]
    assert "location.reload()" in wait_for(served[1] + address, "livereload(")
    [policy] = POLICY.findall(html.encode())
    assert b"unsafe" not in policy
    assert b"default-src 'none'" in policy


@pytest.mark.parametrize(
    "host",
    [
        "evil.example",
        "evil.example:8000",
        "127.0.0.1.evil.example",
        "",
        "localhost,evil",
        "localhost@evil",
        "[::1",
        "1.2.3.4",
        "localhost:8000:1",
        "user:pw@127.0.0.1",
        "127.1",
    ],
)
def test_who_asks_by_another_name_is_refused(previewed: Previewed, host: str) -> None:
    for address in (
        "",
        "markets/food-producers/",
        "assets/finder/search.json",
        "livereload/1/2",
        "livereload/1/2.js",
        "nothing",
        "\0",
    ):
        status, content = previewed.get(address, host)
        assert status == "403 Forbidden"
        assert content.startswith(b"403 Forbidden: ask for http://127.0.0.1:")


@pytest.mark.parametrize("host", ["127.0.0.1:8000", "localhost", "LOCALHOST:1", "[::1]:65535"])
def test_its_own_names_are_answered_at_any_port(previewed: Previewed, host: str) -> None:
    assert previewed.get("markets/", host)[0] == "200 OK"


def test_a_server_for_every_network_is_asked_by_figures_or_by_the_name_of_the_machine() -> None:
    for host in ("0.0.0.0", "::"):
        for asked in ("192.168.3.7:8000", "[fe80::1]:8000", platform.node(), "localhost:80"):
            assert is_own_name(asked, host), asked
        for asked in ("evil.example", "1.2.3.4.evil.example", "[evil]", "localhost.evil.example"):
            assert not is_own_name(asked, host), asked
    assert is_own_name("playbook.intern:8000", "playbook.intern")
    assert is_own_name("[fe80::7]:8000", "fe80::7")
    assert not is_own_name("192.168.3.8:8000", "192.168.3.7")


@pytest.mark.parametrize(
    "address",
    ["\0", "markets/\0", "markets/food-producers/\0.html", "assets/\0/../x", "livereload/1/\0"],
)
def test_an_address_that_no_file_can_have_is_refused(previewed: Previewed, address: str) -> None:
    assert previewed.get(address)[0] == "400 Bad Request"


STRATEGY, GUIDE = "strategy.yaml", "playbook/guides/first-week.md"


@dataclass
class Previewed:
    """What `serve` shows of a playbook: the real server, asked without a network."""

    folder: Path
    server: LiveReloadServer
    builds: list[str]

    def edit(self, file: str, old: str, new: str) -> None:
        """Change a text in a file, and wait until that is taken over."""
        text = (self.folder / file).read_text("utf-8")
        assert old in text
        (self.folder / file).write_text(text.replace(old, new), "utf-8")
        self.server.builder()

    def get(self, address: str, host: str = "127.0.0.1:8000") -> tuple[str, bytes]:
        """Status and content of an address, asked of a server by this name. Addresses come decoded,
        as its handler hands them on.
        """
        said: list[str] = []
        environ = {"PATH_INFO": f"/{address}", "REQUEST_METHOD": "GET", "HTTP_HOST": host}
        content = b"".join(
            self.server.get_app()(environ, lambda status, headers: said.append(status))
        )
        return said[0], RELOAD_SCRIPT.sub(b"", content)

    def differences(self, target: Path) -> list[str]:
        """The files of a fresh build into `target` that are served otherwise."""
        fresh = run_playbook("build", "--site-dir", target, cwd=self.folder)
        assert fresh.returncode == 0, fresh.stdout
        paths = [
            path.relative_to(target).as_posix()
            for path in sorted(target.rglob("*"))
            if path.is_file()
        ]
        return [
            path
            for path in paths
            if path not in OF_A_BUILD
            and self.get(path) != ("200 OK", TO_INSTALL.sub(b"", (target / path).read_bytes()))
        ]


@pytest.fixture
def previewed(started: Path, tmp_path: Path) -> Previewed:
    site, builds = tmp_path / "served", []
    (started / GUIDE).parent.mkdir(exist_ok=True)
    (started / GUIDE).write_text(
        "# First week\n\nMeet [dairies](entry:markets/food-producers) **first**.\n", "utf-8"
    )

    def build_again() -> None:
        builds.append("built")
        build(read())

    def read() -> MkDocsConfig:
        return load_config(str(started / "mkdocs.yml"), site_dir=str(site))

    config = read()
    plugin = config.plugins["playbook"]
    plugin.on_startup(command="serve", dirty=False)
    build(config)
    server = LiveReloadServer(build_again, "127.0.0.1", 0, str(site))
    plugin.on_serve(server, config=config, builder=build_again)
    return Previewed(started, server, builds)


def test_what_is_served_at_first_is_what_a_build_gives(
    previewed: Previewed, tmp_path: Path
) -> None:
    assert previewed.differences(tmp_path / "fresh") == []


EDITS = (
    (STRATEGY, "tagline: What we do, in a few words", "tagline: Something else", 0),
    (STRATEGY, "says: Your contract is too expensive.", "says: Far too much money.", 0),
    (STRATEGY, "statement: 96 of 100 calls", "statement: 97 of 100 calls", 0),
    (STRATEGY, "    proof: [response-times]\n    expert: head-of-sales\n", "", 0),
    (STRATEGY, "name: Food producers", "name: Bakers", 1),
    (
        STRATEGY,
        "  - id: food-producers\n",
        "  - id: food-producers\n    former_ids: [bakers]\n",
        1,
    ),
    (
        STRATEGY,
        "  - id: food-producers\n",
        "  - id: food-producers\n    audience: leadership\n",
        1,
    ),
    (STRATEGY, "company:", "language: de\n  company:", 1),
    (GUIDE, "**first**", "**at once**", 1),
    ("mkdocs.yml", "site_name:", "copyright: Ours\nsite_name:", 1),
    ("mkdocs.yml", "  - playbook", "  - playbook: {audience: leadership}", 1),
)
"""What is edited, and how often MkDocs must build the frame anew for it."""


@pytest.mark.trial
@pytest.mark.parametrize(("file", "old", "new", "builds"), some(EDITS, 4))
def test_what_is_served_after_an_edit_is_what_a_fresh_build_gives(
    previewed: Previewed, tmp_path: Path, file: str, old: str, new: str, builds: int
) -> None:
    """The frame stays where nothing in it has changed: `builds` says whether MkDocs had to build it
    anew.
    """
    previewed.edit(file, old, new)
    assert previewed.differences(tmp_path / "after") == []
    assert len(previewed.builds) == builds


def test_the_title_of_a_page_that_the_menu_does_not_list_needs_no_new_frame(
    started: Path, previewed: Previewed, tmp_path: Path
) -> None:
    folder = started / "strategy/objections"
    folder.mkdir(parents=True)
    for number in range(MOST_LISTED + 1):
        text = f"id: doubt-{number}\nsays: Doubt {number}\ncategory: price\nrespond: It pays.\n"
        (folder / f"doubt-{number}.yaml").write_text(text, "utf-8")
    previewed.server.builder()
    assert len(previewed.builds) == 1
    previewed.edit("strategy/objections/doubt-7.yaml", "says: Doubt 7", "says: Another doubt")
    assert b"<title>Another doubt" in previewed.get("objections/doubt-7/")[1]
    assert b"Another doubt" in previewed.get("objections/")[1]
    assert previewed.differences(tmp_path / "after") == []
    assert len(previewed.builds) == 1


def test_a_mistake_is_shown_on_every_page_and_goes_with_its_mending(
    previewed: Previewed, tmp_path: Path
) -> None:
    previewed.edit(STRATEGY, "priority: primary", "priority: primry")
    for address in ("", "markets/", "markets/food-producers/", "guides/first-week/"):
        assert b"you are looking at the last good version" in previewed.get(address)[1]
    assert b"<strong>first</strong>" in previewed.get("guides/first-week/")[1]
    previewed.edit(STRATEGY, "priority: primry", "priority: primary")
    assert previewed.differences(tmp_path / "after") == []
    assert previewed.builds == []


def test_a_mistake_is_told_once_also_where_the_menu_changes_with_it(
    previewed: Previewed, capsys: pytest.CaptureFixture[str]
) -> None:
    (previewed.folder / "playbook/guides/second-week.md").write_text("# Second week\n", "utf-8")
    capsys.readouterr()
    previewed.edit(STRATEGY, "priority: primary", "priority: primry")
    assert capsys.readouterr().out.count('"primry" is not a priority we know') == 1
    assert b"pb-notice" in previewed.get("guides/first-week/")[1]
    previewed.edit(STRATEGY, "priority: primry", "priority: primary")
    assert b"pb-notice" not in previewed.get("guides/first-week/")[1]
    assert previewed.get("guides/second-week/")[0] == "200 OK"


def test_what_the_finder_knows_is_worked_out_when_somebody_looks_for_something(
    previewed: Previewed, monkeypatch: pytest.MonkeyPatch
) -> None:
    """It takes as long as all pages together, and every page brings the finder along."""
    made: list[str] = []

    def make_and_count(*given: Any, **more: Any) -> Iterator[Asset]:
        made.append("made")
        return make_index(*given, **more)

    monkeypatch.setattr("generator.site.content.make_index", make_and_count)
    for path in (
        "",
        "assets/playbook.css",
        "assets/finder/finder.js",
        "assets/finder/finder.css",
        "entries.json",
    ):
        assert previewed.get(path)[0] == "200 OK", path
    assert made == []
    assert previewed.get("assets/finder/search.json")[0] == "200 OK"
    assert previewed.get("assets/finder/search.json")[0] == "200 OK"
    assert made == ["made"]


def test_addresses_that_lead_nowhere_or_out_of_the_site_are_not_found(previewed: Previewed) -> None:
    for address in (
        "nothing/",
        "../mkdocs.yml",
        "markets/../../strategy.yaml",
        "assets",
        "markets/%2e%2e/",
    ):
        assert previewed.get(address)[0].startswith("404"), address
    assert previewed.get("markets/food-producers")[0].startswith("302")


def test_a_plain_build_after_another_reads_anew_and_ends_at_a_mistake(
    started: Path, tmp_path: Path
) -> None:
    """MkDocs keeps the plugin object for the whole process; nothing of one build may stand in for
    the next.
    """
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


@pytest.mark.parametrize(
    "head", ["<!-- audience: leadership -->\n", "---\naudience: leadership\n---\n"]
)
def test_a_page_that_is_no_longer_for_this_reader_goes_while_something_is_broken(
    previewed: Previewed, head: str
) -> None:
    assert previewed.get("guides/first-week/")[0] == "200 OK"
    page = previewed.folder / GUIDE
    page.write_text(head + page.read_text("utf-8") + "\nA secret plan.\n", "utf-8")
    previewed.edit(STRATEGY, "priority: primary", "priority: primry")
    status, content = previewed.get("guides/first-week/")
    assert status != "200 OK"
    assert b"secret plan" not in content
    assert b"last good version" in previewed.get("markets/food-producers/")[1]


def test_a_page_that_is_taken_away_while_something_is_broken_is_gone(
    previewed: Previewed,
) -> None:
    (previewed.folder / GUIDE).unlink()
    previewed.edit(STRATEGY, "priority: primary", "priority: primry")
    assert previewed.get("guides/first-week/")[0] != "200 OK"
    assert b"last good version" in previewed.get("markets/food-producers/")[1]


def test_a_link_out_of_the_playbook_is_not_followed_while_it_is_served(
    previewed: Previewed, tmp_path: Path
) -> None:
    (tmp_path / "outside.txt").write_text("A secret plan.\n", "utf-8")
    (previewed.folder / "playbook/note.txt").symlink_to(tmp_path / "outside.txt")
    (previewed.folder / GUIDE).unlink()
    (previewed.folder / GUIDE).symlink_to(tmp_path / "outside.txt")
    previewed.server.builder()
    for address in ("note.txt", "guides/first-week/"):
        status, content = previewed.get(address)
        assert status != "200 OK"
        assert b"secret plan" not in content
    assert b"outside the playbook&#39;s folder" in previewed.get("markets/food-producers/")[1]
