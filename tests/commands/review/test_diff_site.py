"""`playbook diff --site`: two sites, and the pages that differ beside each other."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from tests.playbooks import Run
from tests.repositories import commit, make_repository
from tests.sample import write_strategy

CONFIG = "site_name: Acme\ndocs_dir: playbook\ntheme: {name: material, font: false}\nplugins: [playbook]\n"


def write(*markets: str, meaning: str = "A standstill.") -> dict[str, str]:
    listed = [{"id": name, "name": f"Market {name} <b>"} for name in markets]
    terms = [{"id": "stop", "term": "Stop", "meaning": meaning}]
    return {"strategy.yaml": write_strategy(markets=listed, glossary=terms)}


@pytest.fixture
def changed(tmp_path: Path) -> Path:
    files = {**write("pumps", "kilns"), "mkdocs.yml": CONFIG, "playbook/x.md": "# X\n\nOne.\n"}
    root = make_repository(tmp_path / "a", files)
    for path, text in {**write("pumps", "ovens"), "playbook/x.md": "# X\n\nTwo.\n"}.items():
        (root / path).write_text(text, "utf-8")
    return root


def read_groups(index: str) -> dict[str, list[str]]:
    """The files of the listed pages, by the heading above them."""
    groups = re.split(r"<h2>(\w+) \(\d+\)</h2>", index)[1:]
    return {
        title: re.findall(r"<code>([^<]+)</code>", text)
        for title, text in zip(groups[::2], groups[1::2], strict=True)
    }


def test_pages_that_differ_stand_beside_each_other(playbook: Run, changed: Path) -> None:
    target = changed.parent / "compared"
    for _ in range(2):  # a second time in place of the first
        done = playbook("diff", "main", "--site", target, cwd=changed)
        assert (done.returncode, done.stderr) == (0, ""), done.stdout
    groups = read_groups((target / "index.html").read_text("utf-8"))
    assert "markets/ovens/index.html" in groups["New"]  # What is new is a page from then on, too
    assert groups["Gone"] == ["markets/kilns/index.html"]
    assert {"markets/index.html", "x.html"} <= set(groups["Changed"])
    assert "glossary/index.html" not in groups["Changed"]
    pages = {path.name: path.read_text("utf-8") for path in target.glob("changed-*.html")}
    assert len(pages) == sum(map(len, groups.values()))
    for text in pages.values():
        assert "default-src 'none'" in text
        assert "<b>" not in text
        for frame in re.findall(r'<iframe src="([^"]+)"', text):
            assert (target / frame).is_file()
    [new] = [text for text in pages.values() if "after/markets/ovens/index.html" in text]
    assert "before/markets/ovens" not in new
    assert (target / "after/assets/finder/finder-here.js").is_file()  # it opens from a folder


def test_a_folder_with_something_else_and_a_faulty_change_are_left_alone(
    playbook: Run, changed: Path
) -> None:
    done = playbook("diff", "main", "--site", changed / "playbook", cwd=changed)
    assert done.returncode == 2
    assert "holds something else" in done.stderr
    (changed / "strategy.yaml").write_text("strategy: [", "utf-8")
    done = playbook("diff", "main", "--site", changed.parent / "new", cwd=changed)
    assert done.returncode == 1
    assert not (changed.parent / "new").exists()


def test_beside_a_version_that_cannot_be_built_every_page_is_new(
    playbook: Run, changed: Path
) -> None:
    good = (changed / "strategy.yaml").read_text("utf-8")
    commit(changed, {"strategy.yaml": "strategy: ["})
    (changed / "strategy.yaml").write_text(good, "utf-8")
    done = playbook("diff", "main", "--site", changed.parent / "new", cwd=changed)
    assert done.returncode == 0, done.stderr
    assert "cannot be built, so every page counts as new" in done.stdout
    assert list(read_groups((changed.parent / "new/index.html").read_text("utf-8"))) == ["New"]
