"""No text of a strategy runs or loads anything, whatever it holds and wherever it stands."""

from __future__ import annotations

import json
import re
from pathlib import Path
from urllib.parse import urlsplit

import pytest

from generator.model.edition import choose_edition
from generator.pages.registry import render_pages
from generator.schema.vocabulary import KINDS, standard_vocabulary
from tests.injections import STRINGS, fill_entry
from tests.markup import read_html
from tests.playbooks import Run
from tests.sample import TODAY, load_data

ATTACK = "<script>alert(1)</script><img src=x onerror=alert(1)>"
OURS = {
    "a",
    "article",
    "b",
    "blockquote",
    "br",
    "button",
    "circle",
    "code",
    "dd",
    "details",
    "div",
    "dl",
    "dt",
    "em",
    "form",
    "g",
    "h1",
    "h2",
    "h3",
    "hr",
    "input",
    "kbd",
    "label",
    "li",
    "line",
    "link",
    "ol",
    "option",
    "p",
    "path",
    "pre",
    "rect",
    "section",
    "select",
    "small",
    "span",
    "strong",
    "summary",
    "svg",
    "table",
    "tbody",
    "td",
    "text",
    "th",
    "thead",
    "time",
    "tr",
    "tspan",
    "ul",
}
"""Every element that pages are made of: scripts, images and frames are none of them."""


def test_there_are_enough_attacks_to_call_it_a_test():
    assert len(set(STRINGS)) >= 100


@pytest.mark.parametrize("kind", KINDS)
def test_every_text_field_of_every_kind_shows_what_was_written(kind: str) -> None:
    fields = standard_vocabulary().kinds[kind].fields
    entries = [fill_entry(kind, fields, number, text) for number, text in enumerate(STRINGS)]
    loaded = load_data(**{kind: entries})
    assert loaded.strategy is not None
    pages = render_pages(
        choose_edition(loaded.strategy, loaded.vocabulary, "internal", TODAY)
    ).pages
    texts = []
    for page in pages:
        # The one script of ours is a file, asked for by the template of the strategy map.
        found = read_html(
            re.sub(
                r'<script src="[./]*assets/[a-z_]+\.js" defer></script>', "", page.lay_out().html
            )
        )
        assert found.tags <= OURS, page.address
        assert not [
            name
            for name, _ in found.attributes
            if name.startswith("on") or name in ("style", "srcdoc", "action")
        ]
        assert {urlsplit(address).scheme for address in found.addresses} <= {
            "",
            "http",
            "https",
            "mailto",
        }, page.address
        texts.append(found.text)
    shown = "\n".join(texts)
    assert [text for text in STRINGS if " ".join(text.split()) not in shown] == []


def test_titles_and_descriptions_are_shown_and_never_run(playbook: Run, started: Path) -> None:
    file = started / "strategy.yaml"
    text = file.read_text("utf-8")
    for old, new in (
        ("name: Food producers", f"name: 'Food {ATTACK} \"&'"),
        ("says: Your contract is too expensive.", f"says: 'Too {ATTACK}'"),
        ("summary: Family-owned", f"summary: 'S\"> {ATTACK} Family-owned'\n    size: 'x"),
        (
            "statement: We help mid-sized food producers cut unplanned stops with machines that say early when they need care.",
            f"statement: 'S\"> {ATTACK}'",
        ),
    ):
        assert old in text
        text = text.replace(old, new, 1)
    text = text.replace(
        "an hour of standstill costs more than a service visit.", "an hour costs more.'"
    )
    file.write_text(text, "utf-8")
    done = playbook("build", cwd=started)
    assert done.returncode == 0, done.stdout
    for page in sorted((started / "site").rglob("*.html")):
        html = page.read_text("utf-8")
        assert "<script>alert" not in html, page
        assert "<img src=x" not in html, page
        assert not [name for name, _ in read_html(html).attributes if name.startswith("on")], page
    market = (started / "site/markets/food-producers/index.html").read_text("utf-8")
    assert "<title>Food &lt;script&gt;alert(1)&lt;/script&gt;" in market


def test_data_files_hold_the_texts_as_data(playbook: Run, started: Path) -> None:
    """What scripts read is JSON: a text in it is a text and cannot end the file."""
    text = (started / "strategy.yaml").read_text("utf-8")
    (started / "strategy.yaml").write_text(
        text.replace("name: Food producers", f"name: 'F {ATTACK}'", 1), "utf-8"
    )
    assert playbook("build", cwd=started).returncode == 0
    listed = json.loads((started / "site/entries.json").read_text("utf-8"))
    assert f"F {ATTACK}" in {entry["title"] for entry in listed["entries"]}
