"""The finished sites: every page there, every link and anchor arriving, the same bytes each time."""

from __future__ import annotations

import json
import shutil
from functools import cache
from pathlib import Path
from urllib.parse import unquote, urldefrag, urljoin, urlsplit

import pytest
import yaml

from generator.files.tree import FolderTree
from generator.loading.loader import load_strategy
from generator.schema.vocabulary import KINDS
from tests.markup import Found, read_html
from tests.playbooks import AS_OF, LONGEST, ROOT, Run, read_files, start_playbook

FOLDERS = {
    "root": ROOT,
    "posthog": ROOT / "examples/posthog",
    "sourcegraph": ROOT / "examples/sourcegraph",
}


@cache
def read_site(site: Path) -> dict[str, Found]:
    """Every HTML page of a site by its path."""
    return {
        path.relative_to(site).as_posix(): read_html(path.read_text("utf-8"))
        for path in site.rglob("*.html")
    }


@pytest.mark.parametrize("name", FOLDERS)
def test_every_internal_link_and_anchor_arrives(built_sites: dict[str, Path], name: str) -> None:
    site = built_sites[name]
    pages = read_site(site)
    lost = []
    for path, found in pages.items():
        if path == "404.html":  # its links are absolute, for a host that serves it from any depth
            continue
        for address in found.addresses:
            if urlsplit(address).scheme or address.startswith("#__"):
                continue
            target, anchor = urldefrag(urljoin(f"https://site/{path}", address))
            file = unquote(urlsplit(target).path).lstrip("/")
            file += "index.html" if file.endswith("/") or not file else ""
            if not (site / file).is_file() or (
                anchor and file in pages and anchor not in pages[file].ids
            ):
                lost.append((path, address))
    assert lost == []
    assert len(pages) > 80


@pytest.mark.parametrize("name", FOLDERS)
def test_every_entry_that_is_shown_is_where_entries_json_says(
    built_sites: dict[str, Path], name: str
) -> None:
    site = built_sites[name]
    listed = json.loads((site / "entries.json").read_text("utf-8"))["entries"]
    strategy = load_strategy(FolderTree(FOLDERS[name])).strategy
    assert strategy is not None
    shown = {(entry["kind"], entry["id"]) for entry in listed}
    hidden = {entry.key for entry in strategy} - shown
    assert len(hidden) < 10
    assert {kind for kind, _ in shown} == {kind for kind in KINDS if strategy.of(kind)}
    pages = read_site(site)
    for entry in listed:
        page, anchor = urldefrag(entry["address"])
        found = pages[f"{page}index.html"]
        assert not anchor or anchor in found.ids, entry


@pytest.mark.parametrize("name", FOLDERS)
def test_no_id_stands_twice_on_a_page(built_sites: dict[str, Path], name: str) -> None:
    twice = {
        path: sorted({one for one in found.ids if found.ids.count(one) > 1})
        for path, found in read_site(built_sites[name]).items()
    }
    assert {path: ids for path, ids in twice.items() if ids} == {}


def test_an_old_address_leads_to_the_renamed_entry(built_sites: dict[str, Path]) -> None:
    site = built_sites["root"]
    for entry in json.loads((site / "entries.json").read_text("utf-8"))["entries"]:
        page, anchor = urldefrag(entry["address"])
        for old in entry.get("former_ids", ()):
            if anchor:
                assert old in read_html((site / page / "index.html").read_text("utf-8")).ids
            else:
                folder = page.split("/")[0]
                html = (site / folder / old / "index.html").read_text("utf-8")
                assert f'content="0; url=../{entry["id"]}/"' in html
                assert f"../{entry['id']}/" in read_html(html).addresses


def test_building_twice_gives_the_same_bytes(built_sites: dict[str, Path], tmp_path: Path) -> None:
    """In another process: what Python mixes anew in each, such as the order of sets, must not show."""
    again = tmp_path / "again"
    assert start_playbook("build", "--site-dir", again, "--as-of", AS_OF).returncode == 0
    first, second = read_files(built_sites["root"]), read_files(again)
    assert first.keys() == second.keys()
    assert [path for path in first if first[path] != second[path]] == []


def test_a_split_strategy_gives_the_same_site_but_for_edit_links(
    playbook: Run, copy_of_root: object, tmp_path: Path
) -> None:
    """All entries in strategy.yaml against one file per entry: only where `edit this page` leads
    may differ.
    """
    whole, split = copy_of_root(), copy_of_root()  # type: ignore[operator]
    data = yaml.load((whole / "strategy.yaml").read_text("utf-8"), yaml.BaseLoader)
    for file in sorted((whole / "strategy").rglob("*.yaml")):
        content = yaml.load(file.read_text("utf-8"), yaml.BaseLoader)
        kind = file.stem if isinstance(content, list) else file.parent.name
        data.setdefault(kind, []).extend(content if isinstance(content, list) else [content])
    shutil.rmtree(whole / "strategy")
    shutil.rmtree(split / "strategy")
    (whole / "strategy.yaml").write_text(json.dumps(data, ensure_ascii=False), "utf-8")
    (split / "strategy.yaml").write_text(
        json.dumps({"strategy": data["strategy"]}, ensure_ascii=False), "utf-8"
    )
    for kind in KINDS:
        for entry in data[kind]:
            file = split / "strategy" / kind / f"{entry['id']}.yaml"
            file.parent.mkdir(parents=True, exist_ok=True)
            file.write_text(json.dumps(entry, ensure_ascii=False), "utf-8")
    sites = []
    for folder in (whole, split):
        config = (folder / "mkdocs.yml").read_text("utf-8")
        settings = (
            "\nrepo_url: https://git.example.com/sales/playbook\nedit_uri: edit/main/playbook/\n"
        )
        (folder / "mkdocs.yml").write_text(config + settings, "utf-8")
        done = playbook("build", "--as-of", AS_OF, cwd=folder)
        assert done.returncode == 0, done.stdout + done.stderr
        sites.append(read_files(folder / "site"))
    one, many = sites
    assert one.keys() == many.keys()
    differing = [path for path in one if one[path] != many[path]]
    assert "objections/too-expensive/index.html" in differing
    for path in differing:
        lines = zip(one[path].splitlines(), many[path].splitlines(), strict=True)
        for left, right in lines:
            if left != right:
                assert (
                    b"https://git.example.com/sales/playbook/edit/main/strategy" in left + right
                ), (
                    path,
                    left,
                    right,
                )
    page = many["objections/too-expensive/index.html"].decode()
    assert (
        "https://git.example.com/sales/playbook/edit/main/strategy/objections/too-expensive.yaml"
        in page
    )


def test_plain_mkdocs_gives_the_same_site_as_playbook_build(
    playbook: Run, copy_of_root: object, tmp_path: Path
) -> None:
    import subprocess
    import sys

    folder = copy_of_root()  # type: ignore[operator]
    assert playbook("build", "--site-dir", tmp_path / "ours", cwd=folder).returncode == 0
    command = [
        sys.executable,
        "-m",
        "mkdocs",
        "build",
        "--strict",
        "--site-dir",
        str(tmp_path / "plain"),
    ]
    done = subprocess.run(
        command, cwd=folder, capture_output=True, text=True, timeout=LONGEST, check=False
    )
    assert done.returncode == 0, done.stderr
    ours, plain = read_files(tmp_path / "ours"), read_files(tmp_path / "plain")
    assert ours.keys() == plain.keys()
    assert [path for path in ours if ours[path] != plain[path]] == []


def test_nothing_on_a_page_asks_another_server(built_sites: dict[str, Path]) -> None:
    for path, found in read_site(built_sites["root"]).items():
        loaded = [
            value for name, value in found.attributes if name in ("src", "srcset", "poster", "data")
        ]
        assert [value for value in loaded if urlsplit(value).netloc] == [], path
