"""Sites for places that open no folder by itself: file servers, and a folder without any server."""

from __future__ import annotations

import html
import json
import re
from pathlib import Path
from urllib.parse import unquote, urlsplit

import pytest

from generator.model.addresses import Delivery, name_file
from tests.playbooks import Run

LINK = re.compile(r'\b(?:href|src|data-url|data-acts)="([^"]*)"')


def list_dead(site: Path) -> list[str]:
    """Links of the pages that do not name a file of the site."""
    found = set()
    for page in site.rglob("*.html"):
        if page.name == "404.html":  # it is shown at any address, so that its links are absolute
            continue
        for address in LINK.findall(page.read_text("utf-8")):
            parts = urlsplit(html.unescape(address))
            if parts.scheme or parts.netloc or not parts.path:
                continue
            if not (page.parent / unquote(parts.path)).is_file() or parts.path.endswith("/"):
                found.add(f"{page.relative_to(site)}: {address}")
    return sorted(found)


@pytest.mark.parametrize(
    ("link", "named"),
    [
        ("", "index.html"),
        ("./", "index.html"),
        ("../", "../index.html"),
        ("../wins/acme/", "../wins/acme/index.html"),
        ("people/#ada", "people/index.html#ada"),
        ("#ada", "#ada"),
        ("guide.html", "guide.html"),
        ("assets/plan.pdf", "assets/plan.pdf"),
    ],
)
def test_a_link_to_a_folder_names_the_page_in_it(link: str, named: str) -> None:
    assert name_file(link) == named
    assert Delivery().complete(link) == link


def test_every_link_of_a_site_for_a_folder_leads_to_a_file(offline_site: Path) -> None:
    assert list_dead(offline_site) == []
    entries = json.loads((offline_site / "entries.json").read_text("utf-8"))["entries"]
    for entry in entries:
        assert (offline_site / entry["address"].partition("#")[0]).is_file(), entry
    feed = (offline_site / "feed.xml").read_text("utf-8")
    for address in re.findall(r'href="([^"]+)"', feed):
        assert (offline_site / address.partition("#")[0]).is_file(), address
    assert "https://unpkg.com" not in (offline_site / "index.html").read_text("utf-8")


def test_a_file_server_gets_links_to_files_and_data_as_ever(playbook: Run, started: Path) -> None:
    config = started / "mkdocs.yml"
    config.write_text(
        config.read_text("utf-8")
        + "\nuse_directory_urls: false\nsite_url: https://files.example/sales/\n",
        "utf-8",
    )
    done = playbook("build", cwd=started)
    assert (done.returncode, done.stderr) == (0, ""), done.stdout
    site = started / "site"
    assert list_dead(site) == []
    found = json.loads((site / "assets/finder/search.json").read_text("utf-8"))
    assert {kind["address"].partition("#")[0].endswith(".html") for kind in found["kinds"]} == {
        True,
        False,  # of pages, the index names what is behind a folder
    }
    assert found["index"] == "index.html"
    assert (site / "about.html").is_file()
    listed = [entry[1] for entry in found["entries"]]
    assert "about.html" in listed
