"""What a built site shows of an attack in a title or a description is a text, and so it is in the
files that scripts read.
"""

from __future__ import annotations

import json
from pathlib import Path

from tests.markup import read_html
from tests.playbooks import Run

ATTACK = "<script>alert(1)</script><img src=x onerror=alert(1)>"


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
